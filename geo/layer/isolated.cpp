// SPDX-License-Identifier: MIT
#include "geo/layer/isolated.hpp"

#include "geo/layer/answer_reader.hpp"
#include "geo/layer/child_process.hpp"
#include "geo/layer/frames.hpp"
#include "geo/layer/wire_text.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace relevo::geo {

namespace {

using Clock = std::chrono::steady_clock;
using Args = std::vector<std::pair<std::string, std::string>>;
using std::chrono::milliseconds;

/// How often `stopped` is asked while nothing comes.
constexpr milliseconds kAskEvery{100};

/// The beginning of what a child writes to standard error; the rest is read and thrown away.
class ErrorText {
 public:
  void add(std::string_view bytes) { text_.append(bytes.substr(0, kKeptBytes - text_.size())); }

  /// The first line that says something, fit to be shown.
  std::string first_line() const {
    constexpr std::size_t kShownBytes = 200;
    const std::size_t start = text_.find_first_not_of(" \t\r\n");
    if (start == std::string::npos)
      return {};
    const std::size_t end = text_.find_first_of("\r\n", start);
    return printable(text_.substr(start, end == std::string::npos ? end : end - start), kShownBytes);
  }

 private:
  static constexpr std::size_t kKeptBytes = 4096;
  std::string text_;
};

/// One request to one child, from its start to its end.
class Conversation {
 public:
  Conversation(const frames::Request& request, LayerSink& sink, const std::filesystem::path& program,
               const IsolationLimits& limits, const std::function<bool()>& stopped)
      : limits_(limits),
        stopped_(stopped),
        file_(request.layer.shown_name),
        answer_(request.task, sink),
        child_(program, encoded(request), limits) {}

  void run() {
    fcntl(child_.errors(), F_SETFL, O_NONBLOCK);
    while (!answer_.is_complete()) {
      if (!take_frames())
        continue;
      if (!receive())
        return fail_at_end();
    }
  }

 private:
  static std::string encoded(const frames::Request& request) {
    std::string bytes;
    frames::append_request(bytes, request);
    return bytes;
  }

  [[noreturn]] void fail(const char* code, Args args) const { throw LayerError(file_, 0, code, std::move(args)); }

  /// Hands over one frame of those that have arrived; true when none is left.
  bool take_frames() {
    ask_stopped();
    const auto frame = buffer_.next();
    if (frame)
      answer_.take(*frame);
    return !frame;
  }

  void ask_stopped() const {
    if (stopped_ && stopped_())
      fail("interrupted", {});
  }

  /// Waits for bytes and takes them; false at the end of the child's output. The clock of silence runs only here: how
  /// long the sink takes is not the child's fault.
  bool receive() {
    const auto deadline = Clock::now() + limits_.silence;
    for (;;) {
      const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
      if (left <= milliseconds::zero())
        fail("child_silent", {{"seconds", std::to_string(limits_.silence.count())}});
      std::array<pollfd, 2> streams{pollfd{.fd = child_.output(), .events = POLLIN},
                                    pollfd{.fd = errors_closed_ ? -1 : child_.errors(), .events = POLLIN}};
      const int ready = poll(streams.data(), streams.size(), static_cast<int>(std::min(left, kAskEvery).count()));
      if (ready < 0 && errno != EINTR)
        throw std::system_error(errno, std::generic_category(), "poll");
      if (ready > 0 && streams[1].revents != 0)
        receive_errors();
      if (ready > 0 && streams[0].revents != 0)
        return receive_output();
      ask_stopped();
    }
  }

  bool receive_output() {
    const auto room = buffer_.room();
    const ssize_t bytes = read(child_.output(), room.data(), room.size());
    if (bytes < 0 && errno != EINTR)
      throw std::system_error(errno, std::generic_category(), "read");
    buffer_.filled(bytes < 0 ? 0 : static_cast<std::size_t>(bytes));
    return bytes != 0;
  }

  /// One piece of it: a flood must not keep us from the clock.
  void receive_errors() {
    std::array<char, 16'384> piece{};
    const ssize_t bytes = read(child_.errors(), piece.data(), piece.size());
    if (bytes > 0)
      error_text_.add({piece.data(), static_cast<std::size_t>(bytes)});
    else if (bytes == 0 || (errno != EINTR && errno != EAGAIN))
      errors_closed_ = true;
  }

  /// The child's output has ended before its answer was complete: why?
  [[noreturn]] void fail_at_end() {
    constexpr std::chrono::seconds kToEnd{10};
    const auto ending = child_.ended_within(std::min(kToEnd, limits_.silence));
    while (!errors_closed_ && has_errors())
      receive_errors();
    if (!ending || (ending->signal == 0 && ending->exit_code == kExitNoOutput))
      fail("child_protocol", {{"detail", "the output was closed and the process went on"}});
    fail_as(*ending);
  }

  bool has_errors() const {
    pollfd stream{.fd = child_.errors(), .events = POLLIN};
    return poll(&stream, 1, 0) > 0;
  }

  [[noreturn]] void fail_as(const Ending& ending) const {
    constexpr std::size_t kMegabyte = std::size_t{1} << 20U;
    const bool used_its_time = ending.processor_time >= limits_.processor_time;
    if (ending.signal == SIGXCPU || (ending.signal == SIGKILL && used_its_time))
      fail("child_time", {{"seconds", std::to_string(limits_.processor_time.count())}});
    if (ending.signal == 0 && ending.exit_code == kExitOutOfMemory)
      fail("child_memory", {{"megabytes", std::to_string(limits_.memory_bytes / kMegabyte)}});
    if (ending.signal == 0 && ending.exit_code == 0)
      fail("child_protocol", {{"detail", buffer_.is_empty() ? "the answer is not complete" : "a frame is cut short"}});
    const std::string cause =
        ending.signal != 0 ? name_of_signal(ending.signal) : "exit code " + std::to_string(ending.exit_code);
    Args args{{"cause", cause}};
    if (std::string message = error_text_.first_line(); !message.empty())
      args.emplace_back("message", std::move(message));
    fail("child_crashed", std::move(args));
  }

  const IsolationLimits& limits_;
  const std::function<bool()>& stopped_;
  std::string file_;
  frames::AnswerReader answer_;
  frames::FrameBuffer buffer_;
  ErrorText error_text_;
  bool errors_closed_ = false;
  ChildProcess child_;
};

/// The child may see files from another place than we do, and a name must not look like an option or a connection.
frames::Request to_child(const LayerRequest& layer, frames::Task task) {
  frames::Request request{.task = task, .layer = layer};
  request.layer.file = std::filesystem::absolute(layer.file);
  if (!layer.profiles.empty())
    request.layer.profiles = std::filesystem::absolute(layer.profiles);
  return request;
}

/// The memory error of a child that could still speak lacks the limit, which only we know.
LayerError completed(const LayerError& error, const LayerRequest& request, const IsolationLimits& limits) {
  auto args = error.args();
  if (error.code() == "child_memory" && args.empty())
    args.emplace_back("megabytes", std::to_string(limits.memory_bytes >> 20U));
  return {error.file().empty() ? request.shown_name : error.file(), error.record(), error.code(), std::move(args)};
}

/// The sink's own exceptions must pass as they are, even when they are of a kind that we translate.
class GuardedSink : public LayerSink {
 public:
  explicit GuardedSink(LayerSink& sink) : sink_(sink) {}
  void begin(const LayerIdentity& identity) override {
    guard([&] { sink_.begin(identity); });
  }
  void feature(LayerFeature&& feature) override {
    guard([&] { sink_.feature(std::move(feature)); });
  }
  void raster(const RasterHeader& header) override {
    guard([&] { sink_.raster(header); });
  }
  void rows(RasterRows&& rows) override {
    guard([&] { sink_.rows(std::move(rows)); });
  }
  void end(const LayerCounts& counts) override {
    guard([&] { sink_.end(counts); });
  }
  bool has_thrown() const noexcept { return has_thrown_; }

 private:
  template <class Call>
  void guard(Call call) {
    try {
      call();
    } catch (...) {
      has_thrown_ = true;
      throw;
    }
  }
  LayerSink& sink_;
  bool has_thrown_ = false;
};

void converse(const LayerRequest& layer, frames::Task task, LayerSink& sink, const std::filesystem::path& program,
              const IsolationLimits& limits, const std::function<bool()>& stopped) {
  GuardedSink guarded(sink);
  try {
    Conversation(to_child(layer, task), guarded, program, limits, stopped).run();
  } catch (const LayerError& error) {
    if (guarded.has_thrown())
      throw;
    throw completed(error, layer, limits);
  } catch (const frames::ProtocolError& error) {
    throw LayerError(layer.shown_name, 0, "child_protocol", {{"detail", error.what()}});
  } catch (const std::system_error& error) {
    if (guarded.has_thrown())
      throw;
    throw LayerError(layer.shown_name, 0, "child_failed", {{"message", error.what()}});
  }
}

/// Keeps the identity and has no use for the rest.
class IdentityOnly : public LayerSink {
 public:
  void begin(const LayerIdentity& identity) override { identity_ = identity; }
  void feature(LayerFeature&& /*feature*/) override {}
  void raster(const RasterHeader& /*header*/) override {}
  void rows(RasterRows&& /*rows*/) override {}
  void end(const LayerCounts& /*counts*/) override {}
  const LayerIdentity& identity() const noexcept { return identity_; }

 private:
  LayerIdentity identity_;
};

}  // namespace

void read_layer_isolated(const LayerRequest& request, LayerSink& sink, const std::filesystem::path& program,
                         const IsolationLimits& limits, const std::function<bool()>& stopped) {
  converse(request, frames::Task::Read, sink, program, limits, stopped);
}

LayerIdentity identify_layer_isolated(const LayerRequest& request, const std::filesystem::path& program,
                                      const IsolationLimits& limits) {
  IdentityOnly sink;
  converse(request, frames::Task::Identify, sink, program, limits, {});
  return sink.identity();
}

}  // namespace relevo::geo
