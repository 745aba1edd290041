// SPDX-License-Identifier: MIT
#include "geo/place_index.hpp"

#include "tests/geo/random_shapes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>

namespace relevo::geo {
namespace {

constexpr std::array<Distance, 3> kRadii{Distance::from_kilometres(10), Distance::from_kilometres(25),
                                         Distance::from_kilometres(50)};

std::map<std::uint32_t, std::uint32_t> rings_by_scan(const std::vector<LonLat>& points, const PreparedShape& shape) {
  std::map<std::uint32_t, std::uint32_t> rings;
  for (std::uint32_t i = 0; i < points.size(); ++i) {
    const Distance distance = shape.distance_to(points[i]);
    for (std::uint32_t r = 0; r < kRadii.size(); ++r)
      if (distance <= kRadii[r]) {
        rings[i] = r;
        break;
      }
  }
  return rings;
}

struct Region {
  const char* name;
  LonLat centre;
  double spread_deg;
};

class PlaceIndexAt : public testing::TestWithParam<Region> {};

TEST_P(PlaceIndexAt, FindsWhatALinearScanFinds) {
  const Region& region = GetParam();
  std::mt19937 random(17);
  std::uniform_real_distribution<double> unit(-1, 1);
  const auto near = [&] {
    double lon = region.centre.lon + region.spread_deg * unit(random);
    if (lon > 180)
      lon -= 360;
    return LonLat{lon, std::clamp(region.centre.lat + std::min(1.5, region.spread_deg) * unit(random), -90.0, 90.0)};
  };
  std::vector<LonLat> points;
  for (int i = 0; i < 1500; ++i)
    points.push_back(near());
  const PlaceIndex index(points);
  for (int round = 0; round < 20; ++round) {
    const PreparedShape shape(Polygons{{random_ring(near(), 3 + 30.0 * (round % 4), 12, random), {}}});
    std::map<std::uint32_t, std::uint32_t> found;
    for (const RingHit& hit : index.within(shape, kRadii))
      found[hit.point] = hit.ring;
    ASSERT_EQ(found, rings_by_scan(points, shape)) << region.name << " round " << round;
    std::vector<std::pair<double, std::uint32_t>> all;
    for (std::uint32_t i = 0; i < points.size(); ++i)
      all.emplace_back(shape.distance_to(points[i]).metres(), i);
    std::sort(all.begin(), all.end());
    const auto nearest = index.nearest(shape, 5, Distance::from_kilometres(30000));
    ASSERT_EQ(nearest.size(), 5U);
    for (std::size_t i = 0; i < nearest.size(); ++i)
      ASSERT_EQ(nearest[i].point, all[i].second);
  }
}

INSTANTIATE_TEST_SUITE_P(Places, PlaceIndexAt,
                         testing::Values(Region{"boreal", {-111.4, 56.7}, 2.0}, Region{"equator", {-60, 0}, 1.0},
                                         Region{"antimeridian", {179.9, -16.5}, 1.5},
                                         Region{"north_pole", {0, 89.6}, 180.0},
                                         Region{"south_pole", {0, -89.8}, 180.0}),
                         [](const auto& tested) { return tested.param.name; });

TEST(PlaceIndex, AnswersWithinTheFarthestOnly) {
  const PlaceIndex index({{0, 0}, {1, 0}, {90, 0}});
  const PreparedShape here(Points{{0, 0}});
  EXPECT_EQ(index.nearest(here, 5, Distance::from_kilometres(200)).size(), 2U);
  EXPECT_EQ(index.nearest(here, 5, Distance::from_kilometres(20100)).size(), 3U);
  EXPECT_EQ(index.nearest(here, 1, Distance::from_kilometres(200)).front().point, 0U);
  EXPECT_TRUE(index.nearest(PreparedShape(Shape{}), 5, Distance::from_kilometres(1)).empty());
  EXPECT_TRUE(PlaceIndex({}).within(here, kRadii).empty());
  EXPECT_THROW(PlaceIndex({{0, 91}}), std::invalid_argument);
}

TEST(PlaceIndex, DecidesOnTheRingItself) {
  const LonLat centre{-111.4, 56.7};
  std::vector<LonLat> points;
  for (int i = 0; i < 360; ++i) {
    points.push_back(point_at(centre, i, Distance::from_metres(50000.0 - 0.002)));
    points.push_back(point_at(centre, i, Distance::from_metres(50000.0 + 0.002)));
  }
  const auto hits = PlaceIndex(points).within(PreparedShape(Points{centre}), kRadii);
  ASSERT_EQ(hits.size(), 360U);
  for (const auto& hit : hits)
    EXPECT_EQ(hit.point % 2, 0U);
}

}  // namespace
}  // namespace relevo::geo
