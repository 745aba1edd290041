// SPDX-License-Identifier: MIT
#include "geo/layer/serve.hpp"

#include "geo/layer/child_process.hpp"
#include "geo/layer/frames.hpp"
#include "geo/layer/isolated.hpp"
#include "geo/layer/sandbox.hpp"

#include <cpl_error.h>
#include <gdal_priv.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <new>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace relevo::geo::detail {

namespace {

using frames::FrameType;

constexpr int kExitFailed = 1;

// --- Sending ---------------------------------------------------------------------------------------------------------

/// Standard output, for whole frames; the heartbeat uses it as well.
class Channel {
 public:
  void send(std::string_view frame) {
    const std::lock_guard lock(mutex_);
    write_all(frame);
  }
  /// Nothing if somebody is sending: that is life enough.
  void send_if_idle(std::string_view frame) {
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (lock.owns_lock())
      write_all(frame);
  }

 private:
  static void write_all(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
      if (written > 0)
        bytes.remove_prefix(static_cast<std::size_t>(written));
      else if (errno != EINTR)
        _exit(kExitNoOutput);
    }
  }
  std::mutex mutex_;
};

/// Tells the importer that the process works, as long as it uses the processor: a long parse is not silence, waiting
/// for something that never comes is.
class Heartbeat {
 public:
  explicit Heartbeat(Channel& channel) : channel_(channel) {
    frames::append_mark(frame_, FrameType::Heartbeat);
    thread_ = std::thread([this] { run(); });
  }
  ~Heartbeat() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }
  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;

 private:
  static std::chrono::microseconds processor_time() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return std::chrono::seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           std::chrono::microseconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
  }

  void run() {
    constexpr std::chrono::milliseconds kPeriod{250};
    constexpr std::chrono::milliseconds kWork{2};  // more than this thread itself takes
    auto before = processor_time();
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, kPeriod, [this] { return stop_; })) {
      const auto now = processor_time();
      if (now - before >= kWork)
        channel_.send_if_idle(frame_);
      before = now;
    }
  }

  Channel& channel_;
  std::string frame_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::thread thread_;
};

/// Sends what a reader gives.
class SendingSink : public LayerSink {
 public:
  explicit SendingSink(Channel& channel) : channel_(channel) {}

  void begin(const LayerIdentity& identity) override {
    frames::append_identity(frame_, identity);
    send();
  }
  void feature(LayerFeature&& feature) override {
    try {
      batch_.add(feature);
    } catch (const frames::ProtocolError&) {
      throw LayerError("", feature.record, "record_too_large",
                       {{"megabytes", std::to_string(frames::kMaxFeatureBytes >> 20U)}});
    }
    if (batch_.is_full())
      flush();
  }
  void raster(const RasterHeader& header) override {
    width_ = header.width;
    frames::append_raster(frame_, header);
    send();
  }
  void rows(RasterRows&& block) override {
    constexpr int kPixels = 1 << 18;
    const int rows_each = std::max(1, kPixels / std::max(1, width_));
    for (int first = 0; first < block.rows; first += rows_each) {
      frames::append_rows(frame_, block, width_, first, std::min(rows_each, block.rows - first));
      send();
    }
  }
  void end(const LayerCounts& counts) override {
    flush();
    frames::append_counts(frame_, counts);
    send();
  }
  void flush() {
    if (batch_.is_empty())
      return;
    channel_.send(batch_.frame());
    batch_.clear();
  }

 private:
  void send() {
    channel_.send(frame_);
    frame_.clear();
  }

  Channel& channel_;
  frames::FeatureBatch batch_;
  std::string frame_;
  int width_ = 0;
};

// --- What goes wrong -------------------------------------------------------------------------------------------------

/// Of this process: what GDAL said last, and the way out when it can say no more.
class GdalMessages {
 public:
  GdalMessages() { CPLSetErrorHandlerEx(&GdalMessages::hear, this); }
  ~GdalMessages() { CPLSetErrorHandlerEx(&CPLQuietErrorHandler, nullptr); }
  GdalMessages(const GdalMessages&) = delete;
  GdalMessages& operator=(const GdalMessages&) = delete;

  void forget() {
    const std::lock_guard lock(mutex_);
    last_.clear();
  }
  std::string last() const {
    const std::lock_guard lock(mutex_);
    return last_;
  }

 private:
  static void CPL_STDCALL hear(CPLErr level, CPLErrorNum code, const char* message) {
    // GDAL aborts after a fatal error; that memory ran out would then be lost.
    if (level == CE_Fatal && code == CPLE_OutOfMemory)
      _exit(kExitOutOfMemory);
    if (level < CE_Warning)
      return;
    auto* self = static_cast<GdalMessages*>(CPLGetErrorHandlerUserData());
    const std::lock_guard lock(self->mutex_);
    self->last_ = message;
  }
  mutable std::mutex mutex_;
  std::string last_;
};

/// For exceptions that no handler can catch: thrown in a destructor, through C code, or on another thread.
[[noreturn]] void terminated() {
  try {
    if (const auto current = std::current_exception())
      std::rethrow_exception(current);
  } catch (const std::bad_alloc&) {
    _exit(kExitOutOfMemory);
  } catch (const std::exception& e) {
    const std::string_view text = e.what();
    static_cast<void>(!::write(STDERR_FILENO, text.data(), text.size()));
  } catch (...) {
    static_cast<void>(0);  // nothing to say about it
  }
  std::abort();
}

bool has_argument(const LayerError& error, std::string_view name) {
  return std::any_of(error.args().begin(), error.args().end(), [&](const auto& arg) { return arg.first == name; });
}

LayerError with_gdal(const LayerError& error, const std::string& said) {
  auto args = error.args();
  if (!said.empty() && !has_argument(error, "gdal"))
    args.emplace_back("gdal", said);
  return {error.file(), error.record(), error.code(), std::move(args)};
}

frames::Request receive_request() {
  frames::FrameBuffer buffer;
  for (;;) {
    if (const auto frame = buffer.next()) {
      if (frame->type != FrameType::Request)
        throw frames::ProtocolError("a request was expected");
      return frames::decode_request(frame->payload);
    }
    const auto room = buffer.room();
    const ssize_t bytes = ::read(STDIN_FILENO, room.data(), room.size());
    if (bytes == 0)
      throw frames::ProtocolError("no request");
    if (bytes < 0 && errno != EINTR)
      throw frames::ProtocolError("the request cannot be read");
    buffer.filled(bytes < 0 ? 0 : static_cast<std::size_t>(bytes));
  }
}

void answer(const LayerServer& server, const frames::Request& request, Channel& channel) {
  SendingSink sink(channel);
  try {
    if (request.task == frames::Task::Read)
      return server.read(request.layer, sink);
    sink.begin(server.identify(request.layer));
    std::string done;
    frames::append_mark(done, FrameType::Done);
    channel.send(done);
  } catch (...) {
    // What came before it is true; the importer decides what to do with it.
    sink.flush();
    throw;
  }
}

/// The exception in flight, as the error that the importer shall throw.
LayerError error_in_flight(const std::string& file) {
  try {
    throw;
  } catch (const LayerError& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return {file, 0, "child_memory"};
  } catch (const std::exception& e) {
    return {file, 0, "child_failed", {{"message", e.what()}}};
  } catch (...) {
    return {file, 0, "child_failed"};
  }
}

void prepare_process() {
  // Once more: gaining or losing privileges at exec clears it.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));  // a write beyond the limit fails instead
  std::set_terminate(&terminated);
}

}  // namespace

int serve(const LayerServer& server) {
  prepare_process();
  Channel channel;
  GdalMessages gdal;
  std::string file;
  try {
    const frames::Request request = receive_request();
    file = request.layer.shown_name;
    enter_sandbox();
    const Heartbeat heartbeat(channel);
    GDALAllRegister();
    gdal.forget();  // GDAL_SKIP names drivers that not every build has
    answer(server, request, channel);
    return 0;
  } catch (...) {
    std::string frame;
    frames::append_error(frame, with_gdal(error_in_flight(file), gdal.last()));
    channel.send(frame);
    return kExitFailed;
  }
}

}  // namespace relevo::geo::detail
