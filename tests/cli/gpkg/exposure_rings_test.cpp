// SPDX-License-Identifier: MIT
#include "cli/gpkg/exposure_rings.hpp"

#include "geo/geodesic.hpp"
#include "tests/cli/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace relevo::cli {
namespace {

using geo::LonLat;

// Closest of many points on the outline: no projection in it.
double km_to_outline(const LonLat& from, const geo::Ring& outline) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i + 1 < outline.size(); ++i) {
    constexpr int kSteps = 400;
    for (int step = 0; step <= kSteps; ++step) {
      const double share = static_cast<double>(step) / kSteps;
      const LonLat at{outline[i].lon + share * (outline[i + 1].lon - outline[i].lon),
                      outline[i].lat + share * (outline[i + 1].lat - outline[i].lat)};
      least = std::min(least, geo::distance_between(from, at).kilometres());
    }
  }
  return least;
}

TEST(ExposureRings, ACircleIsExactAtEveryVertex) {
  for (const LonLat centre : {LonLat{-111.383, 56.7}, {0.0, 0.0}, {150.5, -35.2}, {20.0, 78.0}}) {
    const auto ring = ring_around(centre, 25.0);
    ASSERT_EQ(ring.size(), 1U);
    EXPECT_EQ(ring[0].outer.size(), 73U);
    EXPECT_EQ(ring[0].outer.front(), ring[0].outer.back());
    for (const auto& vertex : ring[0].outer)
      EXPECT_NEAR(geo::distance_between(centre, vertex).metres(), 25000.0, 0.001);
  }
}

TEST(ExposureRings, ABufferKeepsItsDistanceFromThePerimeter) {
  // A hook, so that a buffer of its hull would be another one.
  const geo::Polygons hook = {
      {{{-111.8, 56.4}, {-110.9, 56.4}, {-110.9, 57.0}, {-111.0, 57.0}, {-111.0, 56.5}, {-111.8, 56.5}, {-111.8, 56.4}},
       {}}};
  for (const double km : {10.0, 25.0, 50.0}) {
    const auto ring = ring_around(hook, {-111.3, 56.7}, km);
    ASSERT_EQ(ring.size(), 1U);
    for (const auto& vertex : ring[0].outer)
      EXPECT_NEAR(km_to_outline(vertex, hook[0].outer), km, 0.001 * km + 0.05);
  }
}

TEST(ExposureRings, AreCutAtTheAntimeridian) {
  const auto ring = ring_around(LonLat{179.9, -16.5}, 50.0);
  ASSERT_EQ(ring.size(), 2U);
  for (const auto& part : ring)
    for (const auto& vertex : part.outer) {
      EXPECT_TRUE(geo::is_valid(vertex));
      EXPECT_GT(std::abs(vertex.lon), 179.0) << "no part spans the world";
      EXPECT_LT(geo::distance_between({179.9, -16.5}, vertex).kilometres(), 50.001);
    }
  const auto surface =
      ring_around({{{{179.9, -16.6}, {180.0, -16.6}, {180.0, -16.4}, {179.9, -16.4}, {179.9, -16.6}}, {}}},
                  LonLat{179.95, -16.5}, 10.0);
  EXPECT_EQ(surface.size(), 2U);
}

TEST(ExposureRings, ThreeForEachAssessedIncident) {
  const auto world = test::assessed_world();
  const auto rings = exposure_rings(world.scenario.data());
  ASSERT_EQ(rings.size(), 3 * world.scenario->incidents.size());
  EXPECT_EQ(rings[1].km, 25);
  EXPECT_EQ(rings[1].people, 61374);
  EXPECT_TRUE(exposure_rings(test::alberta_2016().scenario.data()).empty());
}

}  // namespace
}  // namespace relevo::cli
