// SPDX-License-Identifier: MIT
#include "planner/store/spatial_index.hpp"

#include "tests/geo/scratch_folder.hpp"
#include "tests/planner/store/feature_making.hpp"

#include <gtest/gtest.h>

#include <random>

namespace relevo::planner {
namespace {

using test::at;
using test::detection;
using test::import_features;

const geo::LayerIdentity kPoints{.theme = geo::LayerTheme::Hotspots};

/// SQLite's own proof that a tree is sound, and its answers against a scan of the table.
void expect_sound(const Workspace& workspace, const std::string& table, std::mt19937_64& chance) {
  auto check = workspace.connection().prepare("SELECT rtreecheck('idx_" + table + "_geom')");
  ASSERT_TRUE(check.step());
  ASSERT_EQ(check.text(0), "ok");
  std::uniform_real_distribution<double> lon(-180, 180);
  std::uniform_real_distribution<double> lat(-90, 90);
  auto indexed = workspace.connection().prepare("SELECT count(*), coalesce(sum(pkid), 0) FROM idx_" + table +
                                                "_geom WHERE xmax >= ?1 AND xmin <= ?2 AND ymax >= ?3 AND ymin <= ?4");
  auto scanned =
      workspace.connection().prepare("SELECT count(*), coalesce(sum(fid), 0) FROM " + table +
                                     " WHERE MbrMaxX(geom) >= ?1 AND MbrMinX(geom) <= ?2 AND MbrMaxY(geom) >= "
                                     "?3 AND MbrMinY(geom) <= ?4");
  for (int i = 0; i < 20; ++i) {
    const auto [west, east] = std::minmax({lon(chance), lon(chance)});
    const auto [south, north] = std::minmax({lat(chance), lat(chance)});
    for (auto* question : {&indexed, &scanned}) {
      question->bind(1, west).bind(2, east).bind(3, south).bind(4, north);
      ASSERT_TRUE(question->step());
    }
    EXPECT_EQ(indexed.integer(0), scanned.integer(0));
    EXPECT_EQ(indexed.integer(1), scanned.integer(1));
    indexed.reset();
    scanned.reset();
  }
}

std::vector<geo::LayerFeature> random_detections(std::size_t n, std::mt19937_64& chance) {
  std::uniform_real_distribution<double> lon(-180, 180);
  std::uniform_real_distribution<double> lat(-90, 90);
  std::vector<geo::LayerFeature> features;
  for (std::size_t i = 0; i < n; ++i)
    features.push_back(detection(i + 2, lon(chance), lat(chance), static_cast<int>(i)));
  return features;
}

class SpatialIndexOfSize : public ::testing::TestWithParam<std::size_t> {};

TEST_P(SpatialIndexOfSize, IsSoundAndEqualsAScan) {
  std::mt19937_64 chance(GetParam());
  const geo::ScratchFolder scratch;
  const auto workspace = Workspace::create(scratch.path() / "w.relevo");
  import_features(workspace, {.name = "a"}, kPoints, random_detections(GetParam(), chance));
  expect_sound(workspace, "detections", chance);
  workspace.write([&] { rebuild_spatial_index(workspace.connection(), "detections"); });
  expect_sound(workspace, "detections", chance);
}

// Around a node (45), two levels (45 x 45 = 2025), and beyond what goes in row by row (20,000).
INSTANTIATE_TEST_SUITE_P(Sizes, SpatialIndexOfSize, ::testing::Values(0, 1, 44, 45, 46, 2025, 2026, 25'000));

TEST(SpatialIndex, StaysSoundThroughAdditionsAndReplacements) {
  std::mt19937_64 chance(7);
  const geo::ScratchFolder scratch;
  const auto workspace = Workspace::create(scratch.path() / "w.relevo");
  import_features(workspace, {.name = "large"}, kPoints, random_detections(22'000, chance));
  import_features(workspace, {.name = "small"}, kPoints, random_detections(500, chance));
  import_features(workspace, {.name = "small"}, kPoints, random_detections(300, chance));
  expect_sound(workspace, "detections", chance);
  EXPECT_EQ(test::count(workspace, "detections"), 22'300);
  import_features(workspace, {.name = "large"}, kPoints, random_detections(3, chance));
  expect_sound(workspace, "detections", chance);
  EXPECT_EQ(test::count(workspace, "detections"), 303);
}

TEST(SpatialIndex, HoldsExtents) {
  std::mt19937_64 chance(8);
  std::uniform_real_distribution<double> lon(-180, 170);
  std::uniform_real_distribution<double> lat(-90, 80);
  const geo::ScratchFolder scratch;
  const auto workspace = Workspace::create(scratch.path() / "w.relevo");
  std::vector<geo::LayerFeature> features;
  for (std::uint64_t i = 0; i < 3000; ++i)
    features.push_back({.record = i, .key = std::to_string(i), .shape = test::square(lon(chance), lat(chance), 3.0)});
  import_features(workspace, {.name = "p"}, {.theme = geo::LayerTheme::Perimeters}, std::move(features));
  workspace.write([&] { rebuild_spatial_index(workspace.connection(), "perimeters"); });
  expect_sound(workspace, "perimeters", chance);
}

TEST(SpatialIndex, TriggersAreBackAfterAnImport) {
  std::mt19937_64 chance(9);
  const geo::ScratchFolder scratch;
  const auto workspace = Workspace::create(scratch.path() / "w.relevo");
  const auto triggers = "sqlite_master WHERE type = 'trigger' AND tbl_name = 'detections'";
  const auto before = test::count(workspace, triggers);
  import_features(workspace, {.name = "a"}, kPoints, random_detections(10, chance));
  EXPECT_EQ(test::count(workspace, triggers), before);
  EXPECT_THROW(workspace.connection().execute("UPDATE detections SET geom = MakePoint(1, 2, 3857) WHERE fid = 1"),
               SqliteError)
      << "wrong reference system";
  workspace.connection().execute("UPDATE detections SET geom = MakePoint(1, 2, 4326) WHERE fid = 1");
  expect_sound(workspace, "detections", chance);
}

}  // namespace
}  // namespace relevo::planner
