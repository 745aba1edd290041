// SPDX-License-Identifier: MIT
#include "planner/assess/incident_extent.hpp"

#include "geo/geodesic.hpp"
#include "geo/geojson.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <random>

namespace relevo::planner::detail {
namespace {

using geo::Distance;
using geo::LonLat;

double wrapped(double lon) {
  return lon > 180.0 ? lon - 360.0 : (lon < -180.0 ? lon + 360.0 : lon);
}

geo::Polygon box(double west, double south, double east, double north) {
  return {{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}};
}

TEST(Extents, ContainWithHolesAndMeasureToTheNearestEdge) {
  auto ring = box(-111.0, 56.0, -110.0, 57.0);
  ring.holes.push_back({{-110.6, 56.4}, {-110.6, 56.6}, {-110.4, 56.6}, {-110.4, 56.4}, {-110.6, 56.4}});
  const Extent extent({ring});
  EXPECT_TRUE(extent.contains({-110.9, 56.5}));
  EXPECT_FALSE(extent.contains({-110.5, 56.5}));
  EXPECT_EQ(extent.distance_km({-110.9, 56.5}, 5.0), 0.0);
  EXPECT_NEAR(extent.distance_km({-110.5, 56.59}, 5.0),
              geo::distance_between({-110.5, 56.59}, {-110.5, 56.6}).kilometres(), 1e-6);
  const LonLat east{-109.95, 56.5};
  EXPECT_NEAR(extent.distance_km(east, 5.0), geo::distance_between(east, {-110.0, 56.5}).kilometres(), 0.001);
  EXPECT_EQ(extent.distance_km(east, 1.0), Extent::kFar);
  EXPECT_EQ(extent.distance_km({-100.0, 56.5}, 5.0), Extent::kFar);
}

TEST(Extents, ReachOverTheAntimeridian) {
  const Extent extent({box(179.9, 65.0, 180.0, 65.1)});
  const LonLat beyond{-179.99, 65.05};
  EXPECT_NEAR(extent.distance_km(beyond, 5.0), geo::distance_between(beyond, {180.0, 65.05}).kilometres(), 0.001);
}

TEST(Extents, SayHowMuchTheyShare) {
  const Extent a({box(0.0, 0.0, 1.0, 1.0)});
  EXPECT_GT(a.shared_vertices(Extent({box(0.5, 0.5, 2.0, 2.0)})), 0U);
  EXPECT_GT(a.shared_vertices(Extent({box(-1.0, -1.0, 2.0, 2.0)})), 0U);
  EXPECT_EQ(a.shared_vertices(Extent({box(1.5, 0.0, 2.0, 1.0)})), 0U);
}

TEST(GeoJson, GoesThereAndBack) {
  geo::Polygons polygons{box(0, 0, 1, 1), box(2, 2, 3, 3)};
  polygons[0].holes.push_back({{0.2, 0.2}, {0.2, 0.4}, {0.4, 0.4}, {0.2, 0.2}});
  EXPECT_EQ(geo::polygons_of_geojson(geojson_of(polygons)), polygons);
  polygons.pop_back();
  EXPECT_EQ(geo::polygons_of_geojson(geojson_of(polygons)), polygons);
  EXPECT_TRUE(geo::polygons_of_geojson("").empty());
  EXPECT_TRUE(geo::polygons_of_geojson("{\"type\":\"Point\"}").empty());
}

/// Twice the area on the plate carrée map; positive: counter-clockwise.
double doubled_area(const geo::Ring& ring) {
  double sum = 0.0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    sum += (ring[i].lon - ring[0].lon) * (ring[i + 1].lat - ring[0].lat) -
           (ring[i + 1].lon - ring[0].lon) * (ring[i].lat - ring[0].lat);
  return sum;
}

void expect_sound(const geo::Polygons& hull) {
  ASSERT_FALSE(hull.empty());
  for (const auto& polygon : hull) {
    ASSERT_GE(polygon.outer.size(), 4U);
    EXPECT_EQ(polygon.outer.front(), polygon.outer.back());
    EXPECT_GT(doubled_area(polygon.outer), 0.0);
    for (const auto& p : polygon.outer)
      EXPECT_TRUE(geo::is_valid(p)) << p.lon << ' ' << p.lat;
  }
}

TEST(Footprints, HoldEveryPointAndALittleMoreAnywhereOnTheGlobe) {
  std::mt19937 random(11);
  for (const LonLat centre : {LonLat{-121.9, 36.4}, LonLat{179.95, 66.0}, LonLat{-180.0, -17.0}, LonLat{0.0, 0.0},
                              LonLat{20.0, 89.9}, LonLat{50.0, -89.95}})
    for (int count : {1, 2, 3, 40}) {
      std::vector<LonLat> points;
      std::uniform_real_distribution<double> azimuth(0.0, 360.0);
      std::exponential_distribution<double> metres(1.0 / 6000.0);
      for (int i = 0; i < count; ++i) {
        auto p = geo::point_at(centre, azimuth(random), Distance::from_metres(metres(random)));
        p.lon = wrapped(p.lon);
        points.push_back(p);
      }
      SCOPED_TRACE(testing::Message() << count << " points about " << centre.lon << ", " << centre.lat);
      const auto hull = grown_hull(points, 187.5);
      expect_sound(hull);
      const Extent extent(hull);
      for (const auto& p : points) {
        EXPECT_TRUE(extent.contains(p)) << p.lon << ' ' << p.lat;
        for (double bearing = 0.0; bearing < 360.0; bearing += 30.0) {
          auto q = geo::point_at(p, bearing, Distance::from_metres(180.0));
          q.lon = wrapped(q.lon);
          EXPECT_TRUE(extent.contains(q)) << q.lon << ' ' << q.lat;
        }
      }
      auto away = geo::point_at(centre, 10.0, Distance::from_kilometres(200.0));
      away.lon = wrapped(away.lon);
      EXPECT_FALSE(extent.contains(away));
    }
}

TEST(Footprints, AroundAPoleReachToIt) {
  std::vector<LonLat> north;
  std::vector<LonLat> south;
  for (double lon = -170.0; lon < 180.0; lon += 40.0) {
    north.push_back({lon, 89.95});
    south.push_back({lon, -89.95});
  }
  for (const auto& points : {north, south}) {
    const auto hull = grown_hull(points, 200.0);
    expect_sound(hull);
    const double sign = points.front().lat > 0.0 ? 1.0 : -1.0;
    EXPECT_TRUE(Extent(hull).contains({12.0, 89.99 * sign}));
    EXPECT_FALSE(Extent(hull).contains({12.0, 89.9 * sign}));
  }
}

TEST(DaysOfInstants, FollowTheSunAtThePlace) {
  const geo::Instant evening = Day{std::chrono::year{2016} / 7 / 23} + std::chrono::hours{3};
  EXPECT_EQ(format_day(day_at(evening, {-121.9, 36.4})), "2016-07-22");
  EXPECT_EQ(format_day(day_at(evening, {0.0, 0.0})), "2016-07-23");
  EXPECT_EQ(format_day(day_at(evening + std::chrono::hours{15}, {150.0, -33.0})), "2016-07-24");
}

}  // namespace
}  // namespace relevo::planner::detail
