// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/isolated.hpp"

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace relevo::geo {

/// True in a build with AddressSanitizer, whose shadow memory no limit of address space allows.
#ifdef __SANITIZE_ADDRESS__
inline constexpr bool kIsSanitized = true;
#else
inline constexpr bool kIsSanitized = false;
#endif

/// What a child exits with when memory ran out where no frame could be sent any more.
inline constexpr int kExitOutOfMemory = 112;
/// What a child exits with that cannot write its answer.
inline constexpr int kExitNoOutput = 113;

/// A file descriptor that is closed with the object.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) : number_(number) {}
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor();

  int number() const noexcept { return number_; }

 private:
  int number_ = -1;
};

/// How a process ended.
struct Ending {
  int signal = 0;  ///< that ended it; 0: it exited
  int exit_code = 0;
  std::chrono::microseconds processor_time{0};
};

/// A child in a session of its own, with limits, a clean environment, nothing of ours open but its three streams, and
/// no life after ours. Killed and reaped with the object.
class ChildProcess {
 public:
  /// Starts `program read-layer` with `input` as its whole standard input. \throws std::system_error
  ChildProcess(const std::filesystem::path& program, std::string_view input, const IsolationLimits& limits);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  int output() const noexcept { return output_.number(); }
  int errors() const noexcept { return errors_.number(); }

  /// How it ended, if it has within that time; does not end it.
  std::optional<Ending> ended_within(std::chrono::milliseconds patience);

 private:
  pid_t pid_ = -1;
  bool reaped_ = false;
  FileDescriptor output_;
  FileDescriptor errors_;
};

/// "SIGSEGV", or "signal 63".
std::string name_of_signal(int signal);

}  // namespace relevo::geo
