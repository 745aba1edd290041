// SPDX-License-Identifier: MIT
#include "planner/solve/child_search.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <new>
#include <system_error>
#include <type_traits>
#include <vector>

namespace relevo::planner {

namespace {

constexpr int kPollMilliseconds = 100;

enum class Message : std::uint8_t { Progress, Result };

void write_all(int file, const void* data, std::size_t size) {
  const auto* at = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t written = ::write(file, at, size);
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      ::_exit(1);  // nobody listens any more
    at += written;
    size -= static_cast<std::size_t>(written);
  }
}

template <class T>
void write_value(int file, const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  write_all(file, &value, sizeof value);
}

void write_result(int file, const MipResult& result) {
  write_value(file, Message::Result);
  write_value(file, result.end);
  write_value(file, result.objective);
  write_value(file, result.bound);
  write_value(file, result.nodes);
  write_value(file, result.values.size());
  write_all(file, result.values.data(), result.values.size() * sizeof(double));
}

/// What the child runs; never returns.
[[noreturn]] void run_child(const ChildSearch& search, int file, const std::atomic<bool>& is_stopped) {
  // Nothing else of the program stays open here: a lock on a folder would outlive the program with the child.
  constexpr int kPipe = STDERR_FILENO + 1;
  ::dup2(file, kPipe);
  ::close_range(kPipe + 1, ~0U, 0);
  file = kPipe;
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  ::dup2(nowhere, STDERR_FILENO);  // the words of a failed assertion
  try {
    const MipResult result = search(
        [file](const Progress& progress) {
          write_value(file, Message::Progress);
          write_value(file, progress);
        },
        [&is_stopped] { return is_stopped.load(); });
    write_result(file, result);
  } catch (...) {
    ::_exit(1);
  }
  ::_exit(0);
}

/// Reads what the child writes, asking now and then whether to stop it.
class Listener {
 public:
  Listener(int file, std::atomic<bool>& is_stopped, const std::function<bool()>& stop)
      : file_(file), is_stopped_(is_stopped), stop_(stop) {}

  /// False at the end of the pipe.
  template <class T>
  bool read(T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    return read(&value, sizeof value);
  }

  bool read(void* data, std::size_t size) {
    auto* at = static_cast<char*>(data);
    while (size > 0) {
      pollfd waiting{file_, POLLIN, 0};
      const int ready = ::poll(&waiting, 1, kPollMilliseconds);
      if (stop_ && stop_())
        is_stopped_ = true;
      if (ready <= 0)
        continue;
      const ssize_t got = ::read(file_, at, size);
      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        return false;
      at += got;
      size -= static_cast<std::size_t>(got);
    }
    return true;
  }

 private:
  int file_;
  std::atomic<bool>& is_stopped_;
  const std::function<bool()>& stop_;
};

/// One flag that parent and child see.
class SharedFlag {
 public:
  SharedFlag()
      : page_(::mmap(nullptr, sizeof(std::atomic<bool>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (page_ == MAP_FAILED)
      throw std::system_error(errno, std::generic_category(), "mmap");
    flag_ = new (page_) std::atomic<bool>(false);
  }
  ~SharedFlag() { ::munmap(page_, sizeof(std::atomic<bool>)); }
  SharedFlag(const SharedFlag&) = delete;
  SharedFlag& operator=(const SharedFlag&) = delete;
  std::atomic<bool>& operator*() const noexcept { return *flag_; }

 private:
  void* page_;
  std::atomic<bool>* flag_ = nullptr;
};

bool read_result(Listener& listener, MipResult& result) {
  std::size_t size = 0;
  if (!listener.read(result.end) || !listener.read(result.objective) || !listener.read(result.bound) ||
      !listener.read(result.nodes) || !listener.read(size))
    return false;
  result.values.resize(size);
  return listener.read(result.values.data(), size * sizeof(double));
}

std::optional<MipResult> listen(Listener& listener, const std::function<void(const Progress&)>& on_progress) {
  Message message{};
  while (listener.read(message)) {
    if (message == Message::Result) {
      MipResult result;
      if (read_result(listener, result))
        return result;
      return std::nullopt;
    }
    Progress progress;
    if (!listener.read(progress))
      return std::nullopt;
    if (on_progress)
      on_progress(progress);
  }
  return std::nullopt;
}

}  // namespace

std::optional<MipResult> search_in_child(const ChildSearch& search,
                                         const std::function<void(const Progress&)>& on_progress,
                                         const std::function<bool()>& stop) {
  const SharedFlag is_stopped;
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw std::system_error(errno, std::generic_category(), "pipe");
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) {
    const int why = errno;
    ::close(ends[0]);
    ::close(ends[1]);
    throw std::system_error(why, std::generic_category(), "fork");
  }
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
      ::_exit(1);
    ::close(ends[0]);
    run_child(search, ends[1], *is_stopped);
  }
  ::close(ends[1]);
  Listener listener(ends[0], *is_stopped, stop);
  auto result = listen(listener, on_progress);
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return result;
}

}  // namespace relevo::planner
