// SPDX-License-Identifier: MIT
#include "geo/layer/isolated.hpp"

#include "geo/layer/child_process.hpp"
#include "tests/geo/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace relevo::geo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

class Collected : public LayerSink {
 public:
  static constexpr std::size_t kEnough = 1000;

  void begin(const LayerIdentity& given) override { identities.push_back(given); }
  void feature(LayerFeature&& given) override {
    if (features.size() < kEnough)  // of a child that never stops
      features.push_back(std::move(given));
  }
  void raster(const RasterHeader& given) override { headers.push_back(given); }
  void rows(RasterRows&& given) override { pixels.insert(pixels.end(), given.values.begin(), given.values.end()); }
  void end(const LayerCounts& given) override { counts.push_back(given); }

  std::vector<LayerIdentity> identities;
  std::vector<LayerFeature> features;
  std::vector<RasterHeader> headers;
  std::vector<float> pixels;
  std::vector<LayerCounts> counts;
};

/// Limits that only bite where a test means them to.
IsolationLimits generous() {
  return {.memory_bytes = std::size_t{2} << 30U,
          .processor_time = std::chrono::seconds{300},
          .silence = std::chrono::seconds{300}};
}

LayerRequest request(const std::string& behaviour) {
  return {.file = "/somewhere/detections.csv", .shown_name = "detections.csv", .profile = behaviour};
}

std::string arg(const LayerError& error, const std::string& name) {
  for (const auto& [key, value] : error.args()) {
    if (key == name)
      return value;
  }
  return "(none)";
}

std::ptrdiff_t open_files() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator());
}

/// In kilobytes.
long peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

class Isolated : public testing::Test {
 protected:
  void SetUp() override { open_before_ = open_files(); }

  /// Whatever a child did, the next import goes on, no process is left and no file is left open.
  void TearDown() override {
    Collected collected;
    EXPECT_NO_THROW(read("good", collected));
    EXPECT_EQ(collected.features.size(), 3U);
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
    EXPECT_EQ(open_files(), open_before_);
  }

  static void read(const std::string& behaviour, LayerSink& sink, const IsolationLimits& limits = generous(),
                   const std::function<bool()>& stopped = {}) {
    read_layer_isolated(request(behaviour), sink, RELEVO_MISBEHAVING_CHILD, limits, stopped);
  }

  static LayerError error_of(const std::string& behaviour, const IsolationLimits& limits = generous(),
                             const std::function<bool()>& stopped = {}) {
    Collected collected;
    try {
      read(behaviour, collected, limits, stopped);
    } catch (const LayerError& error) {
      EXPECT_TRUE(collected.counts.empty()) << behaviour;
      return error;
    }
    ADD_FAILURE() << behaviour << " went well";
    return {"", 0, "none"};
  }

 private:
  std::ptrdiff_t open_before_ = 0;
};

TEST_F(Isolated, FeaturesArriveAsTheyWereRead) {
  Collected collected;
  read("good", collected);
  ASSERT_EQ(collected.identities.size(), 1U);
  EXPECT_EQ(collected.identities[0].format, "CSV");
  ASSERT_EQ(collected.features.size(), 3U);
  EXPECT_EQ(collected.features[2].record, 3U);
  EXPECT_EQ(collected.features[2].key, "k3");
  EXPECT_EQ(std::get<Points>(collected.features[2].shape), Points({{-120.5, 50.25}}));
  ASSERT_EQ(collected.counts.size(), 1U);
  EXPECT_EQ(collected.counts[0].kept, 3U);
}

TEST_F(Isolated, RasterArrivesRowByRow) {
  Collected collected;
  read("raster", collected);
  ASSERT_EQ(collected.headers.size(), 1U);
  ASSERT_EQ(collected.pixels.size(), 12U);
  EXPECT_EQ(collected.pixels[2], 1.5F);
  EXPECT_TRUE(std::isnan(collected.pixels[3]));
  EXPECT_EQ(collected.counts.size(), 1U);
}

TEST_F(Isolated, IdentityComesBackAlone) {
  const auto identity = identify_layer_isolated(request("good"), RELEVO_MISBEHAVING_CHILD, generous());
  EXPECT_EQ(identity.profile, "test");
  EXPECT_THAT(identity.columns, ElementsAre("a", "b"));
  try {
    identify_layer_isolated(request("segv"), RELEVO_MISBEHAVING_CHILD, generous());
    ADD_FAILURE();
  } catch (const LayerError& error) {
    EXPECT_EQ(error.code(), "child_crashed");
  }
}

TEST_F(Isolated, CrashNamesFileAndSignal) {
  const LayerError error = error_of("segv");
  EXPECT_EQ(error.file(), "detections.csv");
  EXPECT_EQ(error.code(), "child_crashed");
  EXPECT_EQ(arg(error, "cause"), "SIGSEGV");
}

TEST_F(Isolated, CrashAfterRecordsIsStillACrash) {
  Collected collected;
  try {
    read("segv_after_features", collected);
    ADD_FAILURE();
  } catch (const LayerError& error) {
    EXPECT_EQ(error.code(), "child_crashed");
  }
  EXPECT_EQ(collected.features.size(), 1U);
  EXPECT_TRUE(collected.counts.empty());
}

TEST_F(Isolated, AbortShowsItsFirstWordsMadePrintable) {
  const LayerError error = error_of("abort");
  EXPECT_EQ(error.code(), "child_crashed");
  EXPECT_EQ(arg(error, "cause"), "SIGABRT");
  EXPECT_EQ(arg(error, "message"), "?[31mfree(): invalid pointer?");
}

TEST_F(Isolated, EarlyExitIsNoEmptyLayer) {
  EXPECT_EQ(error_of("exit_0").code(), "child_protocol");
  const LayerError error = error_of("exit_3");
  EXPECT_EQ(error.code(), "child_crashed");
  EXPECT_EQ(arg(error, "cause"), "exit code 3");
}

TEST_F(Isolated, ProgramThatDoesNotExist) {
  Collected collected;
  try {
    read_layer_isolated(request("good"), collected, "/nonexistent/relevo", generous());
    ADD_FAILURE();
  } catch (const LayerError& error) {
    EXPECT_EQ(error.code(), "child_crashed");
    EXPECT_EQ(arg(error, "message"), "the program cannot be started");
  }
}

TEST_F(Isolated, SilenceEndsAChildThatWaitsForever) {
  IsolationLimits limits = generous();
  limits.silence = std::chrono::seconds{1};
  for (const char* behaviour : {"hang", "hang_after_begin"}) {
    const LayerError error = error_of(behaviour, limits);
    EXPECT_EQ(error.code(), "child_silent") << behaviour;
    EXPECT_EQ(arg(error, "seconds"), "1");
  }
}

TEST_F(Isolated, WorkIsNotSilence) {
  IsolationLimits limits = generous();
  limits.silence = std::chrono::seconds{2};
  Collected collected;
  read("work_in_silence", collected, limits);
  EXPECT_EQ(collected.features.size(), 3U);
}

TEST_F(Isolated, ProcessorTimeEndsAChildThatSpins) {
  IsolationLimits limits = generous();
  limits.processor_time = std::chrono::seconds{1};
  for (const char* behaviour : {"spin", "send_forever", "flood_errors_forever"}) {
    const LayerError error = error_of(behaviour, limits);
    EXPECT_EQ(error.code(), "child_time") << behaviour;
    EXPECT_EQ(arg(error, "seconds"), "1");
  }
}

TEST_F(Isolated, MemoryLimitHoldsHoweverItIsReached) {
  IsolationLimits limits = generous();
  limits.memory_bytes = std::size_t{1} << 30U;
  for (const char* behaviour : {"exhaust", "exhaust_uncaught", "throw_bad_alloc"}) {
    const LayerError error = error_of(behaviour, limits);
    EXPECT_EQ(error.code(), "child_memory") << behaviour;
    EXPECT_EQ(arg(error, "megabytes"), "1024");
  }
}

TEST_F(Isolated, ErrorsOfTheReaderPassWithTheirArguments) {
  const LayerError error = error_of("throw_layer_error");
  EXPECT_EQ(error.file(), "detections.csv");
  EXPECT_EQ(error.record(), 7U);
  EXPECT_EQ(error.code(), "coordinates_missing");
  EXPECT_THAT(error.args(), ElementsAre(Pair("column", "lat"), Pair("value", "a?b?")));
}

TEST_F(Isolated, OtherExceptionsBecomeAnErrorWithTheirText) {
  const LayerError error = error_of("throw_runtime_error");
  EXPECT_EQ(error.code(), "child_failed");
  EXPECT_EQ(arg(error, "message"), "no such thing");
  EXPECT_EQ(error_of("throw_number").code(), "child_failed");
}

TEST_F(Isolated, FloodOfMessagesDoesNotBlockTheChild) {
  Collected collected;
  read("flood_errors", collected);
  EXPECT_EQ(collected.features.size(), 3U);
}

TEST_F(Isolated, OutputClosedByALivingChild) {
  IsolationLimits limits = generous();
  limits.silence = std::chrono::seconds{1};
  EXPECT_EQ(error_of("close_and_hang", limits).code(), "child_protocol");
  EXPECT_EQ(error_of("close_and_talk").code(), "child_protocol");
}

TEST_F(Isolated, WhoeverAsksToStopIsHeardWhileTheChildHangsAndWhileItTalks) {
  for (const char* behaviour : {"hang", "send_forever"}) {
    int asked = 0;
    const LayerError error = error_of(behaviour, generous(), [&asked] { return ++asked > 2; });
    EXPECT_EQ(error.code(), "interrupted") << behaviour;
  }
}

TEST_F(Isolated, WhatTheSinkThrowsPassesAsItIs) {
  class Full : public Collected {
   public:
    void feature(LayerFeature&& given) override {
      Collected::feature(std::move(given));
      if (features.size() == 1000)
        throw std::length_error("the disk is full");
    }
  } full;
  EXPECT_THROW(read("send_forever", full), std::length_error);
  EXPECT_EQ(full.features.size(), 1000U);
}

TEST_F(Isolated, SandboxLeavesReadingAndNothingElse) {
  const ScratchFolder folder;
  std::ofstream(folder / "data.csv") << "a,b\n";
  LayerRequest probe = request("probe_sandbox");
  probe.file = folder / "data.csv";
  Collected collected;
  read_layer_isolated(probe, collected, RELEVO_MISBEHAVING_CHILD, generous());
  ASSERT_EQ(collected.features.size(), 1U);
  const std::map<std::string, FieldValue> found(collected.features[0].fields.begin(),
                                                collected.features[0].fields.end());
  EXPECT_EQ(std::get<double>(found.at("socket")), EACCES);
  EXPECT_EQ(std::get<double>(found.at("create")), EROFS);
  EXPECT_EQ(std::get<double>(found.at("append")), EROFS);
  EXPECT_EQ(std::get<double>(found.at("remove")), EROFS);
  EXPECT_EQ(std::get<double>(found.at("read")), 0);
  EXPECT_EQ(std::get<double>(found.at("execute")), EPERM);
  EXPECT_EQ(std::get<double>(found.at("stop_parent")), EPERM);
  EXPECT_TRUE(std::filesystem::exists(folder / "data.csv"));
  EXPECT_FALSE(std::filesystem::exists(folder / "data.csv.new"));
}

TEST_F(Isolated, ChildSeesACleanEnvironmentAndNoneOfOurFiles) {
  setenv("RELEVO_TEST_SECRET", "x", 1);
  setenv("http_proxy", "http://127.0.0.1:1", 1);
  setenv("RELEVO_DATA", "/data", 1);
  const int inherited = dup(STDIN_FILENO);  // without close-on-exec
  Collected collected;
  read("probe_environment", collected);
  close(inherited);
  for (const char* name : {"RELEVO_TEST_SECRET", "http_proxy", "RELEVO_DATA"})
    unsetenv(name);
  ASSERT_EQ(collected.features.size(), 1U);
  EXPECT_THAT(collected.features[0].fields,
              ElementsAre(Pair("HOME", FieldValue("(none)")), Pair("RELEVO_TEST_SECRET", FieldValue("(none)")),
                          Pair("http_proxy", FieldValue("(none)")), Pair("RELEVO_DATA", FieldValue("/data")),
                          Pair("GDAL_PAM_ENABLED", FieldValue("NO")), Pair("open_files", FieldValue(0.0))));
}

/// Says the number of the child through a pipe once it is known.
class PidTeller : public Collected {
 public:
  explicit PidTeller(int to) : to_(to) {}
  void feature(LayerFeature&& given) override {
    const auto pid = static_cast<pid_t>(given.record);
    if (write(to_, &pid, sizeof pid) != sizeof pid)
      _exit(1);
  }

 private:
  int to_;
};

TEST_F(Isolated, ChildDoesNotOutliveAKilledImporter) {
  ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);  // orphans become ours, so that their end can be seen
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t importer = fork();
  if (importer == 0) {
    PidTeller teller(ends[1]);
    read("tell_pid_and_hang", teller);
    _exit(0);
  }
  close(ends[1]);
  pid_t child = 0;
  ASSERT_EQ(::read(ends[0], &child, sizeof child), static_cast<ssize_t>(sizeof child));
  close(ends[0]);
  kill(importer, SIGKILL);
  EXPECT_EQ(waitpid(importer, nullptr, 0), importer);
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGKILL);
  prctl(PR_SET_CHILD_SUBREAPER, 0);
}

class Lie : public Isolated, public testing::WithParamInterface<std::pair<const char*, const char*>> {};

TEST_P(Lie, IsFoundOut) {
  const auto [behaviour, detail] = GetParam();
  const long before = peak_memory();
  const LayerError error = error_of(behaviour);
  EXPECT_EQ(error.code(), "child_protocol");
  EXPECT_EQ(error.file(), "detections.csv");
  EXPECT_EQ(arg(error, "detail"), detail);
  EXPECT_LT(peak_memory() - before, 64'000) << "kilobytes; nothing may be allocated on the word of a child";
}

INSTANTIATE_TEST_SUITE_P(
    All, Lie,
    testing::Values(
        std::pair("garbage", "bytes that are no frame"), std::pair("cut_frame", "a frame is cut short"),
        std::pair("cut_head", "a frame is cut short"), std::pair("huge_frame", "a frame that is too long"),
        std::pair("other_version", "another version of the protocol"), std::pair("other_type", "unknown type of frame"),
        std::pair("no_identity", "features out of place"), std::pair("two_identities", "a second identity"),
        std::pair("not_finite", "a number that is not finite"), std::pair("off_the_earth", "coordinates that are none"),
        std::pair("open_ring", "a ring that is not closed"), std::pair("not_utf8", "a text that is not UTF-8"),
        std::pair("not_json", "attributes that are no JSON object"), std::pair("unknown_theme", "an unknown theme"),
        std::pair("year_300000", "a time outside the years 1 to 9999"),
        std::pair("wrong_sum", "records read that are neither kept nor refused"),
        std::pair("wrong_kept", "counts that are not those of the records sent"),
        std::pair("features_in_raster", "features out of place"),
        std::pair("huge_raster", "a raster of impossible size"), std::pair("rows_out_of_order", "rows out of order"),
        std::pair("rows_missing", "a raster that is not complete"), std::pair("infinite_pixel", "an infinite pixel")),
    [](const auto& lie) { return std::string(lie.param.first); });

}  // namespace
}  // namespace relevo::geo
