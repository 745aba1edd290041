// SPDX-License-Identifier: MIT
// Areas on the ellipsoid against two oracles that share no code with PROJ: a published figure, and a geodesic and the
// area beneath it integrated step by step.
#include "geo/polygon_area.hpp"

#include "tests/geo/random_shapes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <random>

namespace relevo::geo {
namespace {

constexpr double kRadius = 6378137.0;
constexpr double kFlattening = 1.0 / 298.257223563;
constexpr double kEccentricity2 = kFlattening * (2.0 - kFlattening);
constexpr double kDegree = std::numbers::pi / 180.0;

/// Square metres from the equator to the latitude, for each radian of longitude (Snyder, Map Projections: A Working
/// Manual, 1987, equation 3-12 for the sphere of equal area).
double zone(double lat) {
  const double e = std::sqrt(kEccentricity2);
  const double es = e * std::sin(lat);
  return kRadius * kRadius * (1.0 - kEccentricity2) / 2.0 *
         (std::sin(lat) / (1.0 - es * es) + std::log((1.0 + es) / (1.0 - es)) / (2.0 * e));
}

/// A place on a geodesic, its heading there (from north to the east), and the area between the path and a parallel.
using State = std::array<double, 4>;
enum Field : std::size_t { Lat, Lon, Heading, Beneath };

/// What changes for each metre along a geodesic: the radii of curvature and Clairaut's relation.
State change(const State& s, double parallel) {
  const double w2 = 1.0 - kEccentricity2 * std::sin(s[Lat]) * std::sin(s[Lat]);
  const double along_meridian = kRadius * (1.0 - kEccentricity2) / std::pow(w2, 1.5);
  const double across = kRadius / std::sqrt(w2);
  const double east = std::sin(s[Heading]) / (across * std::cos(s[Lat]));
  return {std::cos(s[Heading]) / along_meridian, east, std::sin(s[Lat]) * east, (zone(s[Lat]) - zone(parallel)) * east};
}

State moved(const State& s, const State& rate, double metres) {
  State to = s;
  for (std::size_t i = 0; i < to.size(); ++i)
    to[i] += rate[i] * metres;
  return to;
}

/// Runge-Kutta of fourth order.
State follow(State s, double metres, double parallel) {
  constexpr int kSteps = 60;
  const double step = metres / kSteps;
  for (int i = 0; i < kSteps; ++i) {
    const State a = change(s, parallel);
    const State b = change(moved(s, a, step / 2), parallel);
    const State c = change(moved(s, b, step / 2), parallel);
    const State d = change(moved(s, c, step), parallel);
    for (std::size_t field = 0; field < s.size(); ++field)
      s[field] += step / 6.0 * (a[field] + 2.0 * b[field] + 2.0 * c[field] + d[field]);
  }
  return s;
}

/// The area between the parallel and the geodesic between two places less than a quarter of the globe apart, found by
/// shooting: Newton's method on the heading and the length.
double beneath_edge(const LonLat& from, const LonLat& to, double parallel) {
  const double lat = from.lat * kDegree;
  const double lon = from.lon * kDegree;
  const double north = (to.lat - from.lat) * kDegree;
  const double east = (to.lon - from.lon) * kDegree * std::cos((from.lat + to.lat) / 2.0 * kDegree);
  double heading = std::atan2(east, north);
  double metres = kRadius * std::hypot(east, north);
  State end{};
  for (int round = 0; round < 20; ++round) {
    end = follow({lat, lon, heading, 0.0}, metres, parallel);
    const double lat_off = to.lat * kDegree - end[Lat];
    const double lon_off = to.lon * kDegree - end[Lon];
    if (std::hypot(lat_off, lon_off) < 1e-13)
      break;
    const State turned = follow({lat, lon, heading + 1e-5, 0.0}, metres, parallel);
    const State rate = change(end, parallel);
    const double lat_by_turn = (turned[Lat] - end[Lat]) / 1e-5;
    const double lon_by_turn = (turned[Lon] - end[Lon]) / 1e-5;
    const double determinant = lat_by_turn * rate[Lon] - lon_by_turn * rate[Lat];
    heading += (lat_off * rate[Lon] - lon_off * rate[Lat]) / determinant;
    metres += (lat_by_turn * lon_off - lon_by_turn * lat_off) / determinant;
  }
  EXPECT_NEAR(end[Lat], to.lat * kDegree, 1e-12);
  EXPECT_NEAR(end[Lon], to.lon * kDegree, 1e-12);
  return end[Beneath];
}

/// Of a counter-clockwise ring: what lies beneath its edges, those that lead back west less those that lead east. The
/// parallel is that of a vertex: which one it is adds nothing on the way round, but a far one takes digits away.
double integrated(const Ring& ring) {
  double sum = 0.0;
  for (std::size_t i = 1; i < ring.size(); ++i)
    sum -= beneath_edge(ring[i - 1], ring[i], ring.front().lat * kDegree);
  return sum;
}

TEST(PolygonArea, AntarcticaAsPublished) {
  // The example of GeographicLib's documentation ("Computing the area of a geodesic polygon"): 13,662,703,680,020.1 m2.
  constexpr std::array<std::pair<double, double>, 18> kLatLon{{{-63.1, -58},
                                                               {-72.9, -74},
                                                               {-71.9, -102},
                                                               {-74.9, -102},
                                                               {-74.3, -131},
                                                               {-77.5, -163},
                                                               {-77.4, 163},
                                                               {-71.7, 172},
                                                               {-65.9, 140},
                                                               {-65.7, 113},
                                                               {-66.6, 88},
                                                               {-66.9, 59},
                                                               {-69.8, 25},
                                                               {-70.0, -4},
                                                               {-71.0, -14},
                                                               {-77.3, -33},
                                                               {-77.9, -46},
                                                               {-74.7, -61}}};
  // The list goes round the pole by west, which is clockwise; ours are counter-clockwise as RFC 7946 has them.
  Ring ring;
  for (const auto& [lat, lon] : kLatLon)
    ring.push_back({lon, lat});
  ring.push_back(ring.front());
  EXPECT_NEAR(area_of({{ring, {}}}).square_metres(), 13662703680020.1, 1.0);
}

TEST(PolygonArea, AgreesWithAGeodesicIntegratedStepByStep) {
  std::mt19937 random(20260);
  std::uniform_real_distribution<double> lon(-150, 150);
  std::uniform_real_distribution<double> lat(-65, 65);
  for (const double reach_km : {0.3, 3.0, 30.0, 300.0, 1000.0})
    for (int i = 0; i < 12; ++i) {
      const LonLat centre{lon(random), lat(random)};
      const Ring ring = random_ring(centre, reach_km, 5 + 3 * i, random);
      const double expected = integrated(ring);
      ASSERT_GT(expected, 0.0);
      EXPECT_NEAR(area_of({{ring, {}}}).square_metres() / expected, 1.0, 1e-8)
          << reach_km << " km about " << centre.lon << " " << centre.lat;
    }
}

}  // namespace
}  // namespace relevo::geo
