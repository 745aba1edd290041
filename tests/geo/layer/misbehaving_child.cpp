// SPDX-License-Identifier: MIT
// The child of the isolation tests: stands in for `relevo read-layer` and does what request.profile says, good or bad.
#include "geo/layer/child_process.hpp"
#include "geo/layer/frames.hpp"
#include "geo/layer/serve.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <limits>
#include <map>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#ifdef __SANITIZE_ADDRESS__
// Running out of memory is an exception here too, long before the machine has none left.
extern "C" const char* __asan_default_options();  // NOLINT: the name is the sanitizer's
extern "C" const char* __asan_default_options() {
  return "allocator_may_return_null=1:max_allocation_size_mb=512:handle_segv=0:handle_abort=0";
}
#endif

namespace {

using namespace relevo::geo;  // NOLINT(google-build-using-namespace): a test program of one file

LayerIdentity identity(bool raster = false) {
  return {.theme = LayerTheme::Hotspots, .profile = "test", .format = "CSV", .raster = raster, .columns = {"a", "b"}};
}

LayerFeature feature(std::uint64_t record) {
  return {.record = record,
          .key = "k" + std::to_string(record),
          .shape = Points{{-120.5, 50.25}},
          .fields = {{"frp_mw", 12.5}, {"confidence", "high"}},
          .attributes = R"({"a":"x"})"};
}

RasterHeader raster_header(int width, int height) {
  return {.variable = "fwi", .width = width, .height = height, .transform = {0, 1, 0, 0, 0, -1}};
}

/// Past all encoders.
void write_raw(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written <= 0)
      _exit(9);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string frame_of(const LayerFeature& feature) {
  frames::FeatureBatch batch;
  batch.add(feature);
  return std::string(batch.frame());
}

[[noreturn]] void sleep_forever() {
  for (;;)
    pause();
}

void use_processor(double seconds) {
  volatile unsigned work = 0;
  while (static_cast<double>(std::clock()) / CLOCKS_PER_SEC < seconds) {
    for (unsigned i = 0; i < 100'000; ++i)
      work = work + i;
  }
}

void finish(LayerSink& sink, std::uint64_t features) {
  sink.end({.read = features, .kept = features});
}

void answer_well(const LayerRequest& /*request*/, LayerSink& sink) {
  sink.begin(identity());
  for (std::uint64_t i = 1; i <= 3; ++i)
    sink.feature(feature(i));
  finish(sink, 3);
}

/// The sanitizer's operator new ends the program instead of throwing; its malloc can be told not to.
void allocate(std::size_t bytes) {
  void* memory = kIsSanitized ? std::malloc(bytes) : ::operator new(bytes);
  if (memory == nullptr)
    throw std::bad_alloc();
  kIsSanitized ? std::free(memory) : ::operator delete(memory);
}

void exhaust_memory() {
  for (std::size_t bytes = 1U << 20U; bytes < std::numeric_limits<std::size_t>::max() / 4; bytes *= 2)
    allocate(bytes);
}

void flood_errors(std::size_t lines) {
  const std::string line = "a line of a very talkative driver\n";
  for (std::size_t i = 0; i < lines; ++i)
    static_cast<void>(!write(STDERR_FILENO, line.data(), line.size()));
}

/// What the sandbox says to whoever wants more than reading; 0 is "allowed".
void probe_sandbox(const LayerRequest& request, LayerSink& sink) {
  const auto error_of = [](long result) { return static_cast<double>(result < 0 ? errno : 0); };
  sink.begin(identity());
  LayerFeature result = feature(1);
  result.fields = {{"socket", error_of(socket(AF_INET, SOCK_STREAM, 0))},
                   {"create", error_of(open((request.file.string() + ".new").c_str(), O_WRONLY | O_CREAT, 0600))},
                   {"append", error_of(open(request.file.c_str(), O_WRONLY | O_APPEND))},
                   {"remove", error_of(unlink(request.file.c_str()))},
                   {"read", error_of(open(request.file.c_str(), O_RDONLY))},
                   {"execute", error_of(execl("/bin/true", "true", nullptr))},
                   {"stop_parent", error_of(kIsSanitized ? (errno = EPERM, -1) : kill(getppid(), 0))}};
  sink.feature(std::move(result));
  finish(sink, 1);
}

void probe_environment(const LayerRequest& /*request*/, LayerSink& sink) {
  sink.begin(identity());
  LayerFeature result = feature(1);
  result.fields.clear();
  for (const char* name : {"HOME", "RELEVO_TEST_SECRET", "http_proxy", "RELEVO_DATA", "GDAL_PAM_ENABLED"}) {
    const char* value = std::getenv(name);
    result.fields.emplace_back(name, std::string(value == nullptr ? "(none)" : value));
  }
  double open_files = 0;
  for (int number = 3; number < 256; ++number)
    open_files += fcntl(number, F_GETFD) >= 0 ? 1.0 : 0.0;
  result.fields.emplace_back("open_files", open_files);
  sink.feature(std::move(result));
  finish(sink, 1);
}

void tell_pid_and_hang(const LayerRequest& /*request*/, LayerSink& sink) {
  sink.begin(identity());
  write_raw(frame_of(feature(static_cast<std::uint64_t>(getpid()))));
  sleep_forever();
}

void send_forever(const LayerRequest& /*request*/, LayerSink& sink) {
  sink.begin(identity());
  for (std::uint64_t i = 1;; ++i)
    sink.feature(feature(i));
}

void send_million(const LayerRequest& /*request*/, LayerSink& sink) {
  sink.begin(identity());
  for (std::uint64_t i = 1; i <= 1'000'000; ++i) {
    LayerFeature one = feature(i);
    one.time = Instant{std::chrono::seconds{1'700'000'000 + static_cast<long>(i)}};
    one.fields = {{"brightness_k", 330.5}, {"scan_km", 0.4},    {"track_km", 0.4},
                  {"frp_mw", 12.5},        {"confidence", "n"}, {"satellite", "N20"}};
    one.attributes = R"({"latitude":"50.25","longitude":"-120.5","bright_ti4":"330.5","scan":"0.4","track":"0.4",)"
                     R"("acq_date":"2024-07-22","acq_time":"2048","satellite":"N20","confidence":"n","frp":"12.5"})";
    sink.feature(std::move(one));
  }
  finish(sink, 1'000'000);
}

void send_raster(LayerSink& sink, int first, int rows, float value = 1.5F) {
  sink.rows(
      {.first_row = first, .rows = rows, .values = std::vector<float>(static_cast<std::size_t>(rows) * 3, value)});
}

void lie_with(LayerSink& sink, LayerFeature bad) {
  sink.begin(identity());
  sink.feature(std::move(bad));
  finish(sink, 1);
}

using Behaviour = std::function<void(const LayerRequest&, LayerSink&)>;

std::map<std::string, Behaviour> crashes() {
  return {
      {"segv", [](const auto&, auto&) { raise(SIGSEGV); }},
      {"segv_after_features",
       [](const auto&, LayerSink& sink) {
         sink.begin(identity());
         write_raw(frame_of(feature(1)));
         raise(SIGSEGV);
       }},
      {"abort",
       [](const auto&, auto&) {
         static_cast<void>(!write(STDERR_FILENO, "\n\x1b[31mfree(): invalid pointer\xff\nmore\n", 37));
         std::abort();
       }},
      {"hang", [](const auto&, auto&) { sleep_forever(); }},
      {"hang_after_begin",
       [](const auto&, LayerSink& sink) {
         sink.begin(identity());
         sleep_forever();
       }},
      {"exhaust", [](const auto&, auto&) { exhaust_memory(); }},
      {"exhaust_uncaught", [](const auto&, auto&) { ([]() noexcept { exhaust_memory(); })(); }},
      {"spin", [](const auto&, auto&) { use_processor(1e9); }},
      {"work_in_silence",
       [](const LayerRequest& request, LayerSink& sink) {
         use_processor(2.5);
         answer_well(request, sink);
       }},
      {"exit_0", [](const auto&, auto&) { _exit(0); }},
      {"exit_3", [](const auto&, auto&) { _exit(3); }},
      {"close_and_hang",
       [](const auto&, auto&) {
         dup2(STDERR_FILENO, STDOUT_FILENO);
         sleep_forever();
       }},
      {"close_and_talk",
       [](const LayerRequest& request, LayerSink& sink) {
         close(STDOUT_FILENO);
         answer_well(request, sink);
       }},
      {"flood_errors",
       [](const LayerRequest& request, LayerSink& sink) {
         flood_errors(100'000);
         answer_well(request, sink);
       }},
      {"flood_errors_forever", [](const auto&, auto&) { flood_errors(std::numeric_limits<std::size_t>::max()); }},
      {"send_forever", send_forever},
      {"send_million", send_million},
      {"tell_pid_and_hang", tell_pid_and_hang},
      {"throw_layer_error",
       [](const LayerRequest& request, auto&) {
         throw LayerError(request.shown_name, 7, "coordinates_missing", {{"column", "lat"}, {"value", "a\nb\xff"}});
       }},
      {"throw_runtime_error", [](const auto&, auto&) { throw std::runtime_error("no such thing"); }},
      {"throw_bad_alloc", [](const auto&, auto&) { throw std::bad_alloc(); }},
      {"throw_number", [](const auto&, auto&) { throw 5; }},  // NOLINT: as bad code does
  };
}

std::map<std::string, Behaviour> lies() {
  return {
      {"garbage", [](const auto&, auto&) { write_raw("GDAL ERROR 1: all of this went to standard output\n"); }},
      {"cut_frame",
       [](const auto&, LayerSink& sink) {
         sink.begin(identity());
         write_raw(frame_of(feature(1)).substr(0, 40));
         _exit(0);
       }},
      {"cut_head",
       [](const auto&, auto&) {
         write_raw(std::string_view("RLVF\1", 5));
         _exit(0);
       }},
      {"huge_frame",
       [](const auto&, auto&) { write_raw(std::string_view("RLVF\1\0\3\0\xff\xff\xff\xff", 12)), sleep_forever(); }},
      {"other_version", [](const auto&, auto&) { write_raw(std::string_view("RLVF\2\0\3\0\0\0\0\0", 12)); }},
      {"other_type", [](const auto&, auto&) { write_raw(std::string_view("RLVF\1\0\x63\0\0\0\0\0", 12)); }},
      {"no_identity",
       [](const auto&, LayerSink& sink) {
         sink.feature(feature(1));
         finish(sink, 1);
       }},
      {"two_identities",
       [](const auto&, LayerSink& sink) {
         sink.begin(identity());
         sink.begin(identity());
       }},
      {"not_finite",
       [](const auto&, LayerSink& sink) {
         LayerFeature bad = feature(1);
         bad.fields = {{"frp_mw", std::numeric_limits<double>::quiet_NaN()}};
         lie_with(sink, bad);
       }},
      {"off_the_earth",
       [](const auto&, LayerSink& sink) {
         LayerFeature bad = feature(1);
         bad.shape = Points{{-120.5, 90.5}};
         lie_with(sink, bad);
       }},
      {"open_ring",
       [](const auto&, LayerSink& sink) {
         LayerFeature bad = feature(1);
         bad.shape = Polygons{{.outer = {{0, 0}, {1, 0}, {1, 1}, {0, 1}}}};
         lie_with(sink, bad);
       }},
      {"not_utf8",
       [](const auto&, LayerSink& sink) {
         LayerFeature bad = feature(1);
         bad.name =
             "Qu\xe9"
             "bec";
         lie_with(sink, bad);
       }},
      {"not_json",
       [](const auto&, LayerSink& sink) {
         LayerFeature bad = feature(1);
         bad.attributes = R"({"a":01})";
         lie_with(sink, bad);
       }},
      {"unknown_theme",
       [](const auto&, LayerSink& sink) {
         LayerIdentity bad = identity();
         bad.theme = static_cast<LayerTheme>(200);
         sink.begin(bad);
       }},
      {"year_300000",
       [](const auto&, LayerSink& sink) {
         LayerFeature bad = feature(1);
         bad.time = Instant{std::chrono::seconds{9'000'000'000'000}};
         lie_with(sink, bad);
       }},
      {"wrong_sum",
       [](const auto&, LayerSink& sink) {
         sink.begin(identity());
         sink.feature(feature(1));
         sink.end({.read = 3, .kept = 1, .refused = 1});
       }},
      {"wrong_kept",
       [](const auto&, LayerSink& sink) {
         sink.begin(identity());
         sink.feature(feature(1));
         finish(sink, 2);
       }},
      {"features_in_raster",
       [](const auto&, LayerSink& sink) {
         sink.begin(identity(true));
         sink.feature(feature(1));
         finish(sink, 1);
       }},
      {"huge_raster",
       [](const auto&, LayerSink& sink) {
         sink.begin(identity(true));
         sink.raster(raster_header(2'000'000'000, 2'000'000'000));
       }},
      {"rows_out_of_order",
       [](const auto&, LayerSink& sink) {
         sink.begin(identity(true));
         sink.raster(raster_header(3, 4));
         send_raster(sink, 2, 2);
       }},
      {"rows_missing",
       [](const auto&, LayerSink& sink) {
         sink.begin(identity(true));
         sink.raster(raster_header(3, 4));
         send_raster(sink, 0, 2);
         finish(sink, 0);
       }},
      {"infinite_pixel",
       [](const auto&, LayerSink& sink) {
         sink.begin(identity(true));
         sink.raster(raster_header(3, 4));
         send_raster(sink, 0, 4, std::numeric_limits<float>::infinity());
       }},
  };
}

std::map<std::string, Behaviour> good() {
  return {
      {"good", answer_well},
      {"raster",
       [](const auto&, LayerSink& sink) {
         sink.begin(identity(true));
         sink.raster(raster_header(3, 4));
         send_raster(sink, 0, 1);
         send_raster(sink, 1, 3, std::numeric_limits<float>::quiet_NaN());
         finish(sink, 0);
       }},
      {"probe_sandbox", probe_sandbox},
      {"probe_environment", probe_environment},
  };
}

void behave(const LayerRequest& request, LayerSink& sink) {
  for (const auto& behaviours : {good(), crashes(), lies()}) {
    if (const auto it = behaviours.find(request.profile); it != behaviours.end())
      return it->second(request, sink);
  }
  throw std::runtime_error("no such behaviour");
}

/// Reads as asked and passes the identity on.
LayerIdentity identify(const LayerRequest& request) {
  if (request.profile == "good")
    return identity();
  class Nowhere : public LayerSink {
    void begin(const LayerIdentity& /*identity*/) override {}
    void feature(LayerFeature&& /*feature*/) override {}
    void raster(const RasterHeader& /*header*/) override {}
    void rows(RasterRows&& /*rows*/) override {}
    void end(const LayerCounts& /*counts*/) override {}
  } nowhere;
  behave(request, nowhere);
  return identity();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 || std::string_view(argv[1]) != "read-layer")
    return 2;
  return detail::serve({.identify = identify, .read = behave});
}
