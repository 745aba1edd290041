// SPDX-License-Identifier: MIT
#include "geo/geodesic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>
#include <string>

namespace relevo::geo {
namespace {

using testing::HasSubstr;

/// Expected values: geod +ellps=WGS84 -I -f "%.9f" -F "%.6f" +units=m (PROJ 9.1.1), latitude first.
struct Known {
  const char* what;
  LonLat from;
  LonLat to;
  double metres;
  double azimuth_deg;
};

class KnownGeodesic : public testing::TestWithParam<Known> {};

TEST_P(KnownGeodesic, AgreesWithGeod) {
  const Known& known = GetParam();
  const Geodesic found = measure_geodesic(known.from, known.to);
  EXPECT_NEAR(found.length.metres(), known.metres, 0.001);
  EXPECT_NEAR(found.azimuth_deg, known.azimuth_deg, 1e-8);
  EXPECT_NEAR(distance_between(known.to, known.from).metres(), known.metres, 0.001);
}

INSTANTIATE_TEST_SUITE_P(
    Pairs, KnownGeodesic,
    testing::Values(
        Known{"guadalajara_fort_mcmurray", {-103.39, 20.72}, {-111.38, 56.70}, 4048514.955236, 352.587559836},
        Known{"johannesburg_edmonton", {28.05, -26.20}, {-113.49, 53.55}, 15627722.964933, 324.447087409},
        Known{"st_johns_fort_mcmurray", {-52.71, 47.56}, {-111.38, 56.70}, 4010409.487108, 306.965559802},
        Known{"santiago_kamloops", {-70.66, -33.45}, {-120.33, 50.67}, 10516179.191016, 330.875747766},
        Known{"over_the_antimeridian", {174.78, -41.29}, {-179.90, 52.10}, 10360029.245125, 3.285693705},
        Known{"nearly_antipodal", {0, 0}, {179.7, 0.5}, 19944127.420750, 15.556882793},
        Known{"equator", {0, 0}, {90, 0}, 10018754.171395, 90.0},
        Known{"over_the_pole", {0, 89.9}, {180, 89.9}, 22338.795683, 0.0},
        Known{"sierra_colorado", {-120.5, 38.5}, {-105, 40}, 1346553.689964, 78.026412354},
        Known{"across_180", {179.9, -16.5}, {-179.9, -16.5}, 21352.830101, 90.028401561},
        Known{"pole_to_pole", {0, 90}, {0, -90}, 20003931.458625, 180.0}),
    [](const auto& tested) { return tested.param.what; });

TEST(Geodesic, PointAtAgreesWithGeod) {
  const LonLat north = point_at({-103.39, 20.72}, 340.25, Distance::from_kilometres(1000));
  EXPECT_NEAR(north.lat, 29.1795380701, 1e-9);
  EXPECT_NEAR(north.lon, -106.8518443472, 1e-9);
  const LonLat east = point_at({-113.49, 53.55}, 90, Distance::from_kilometres(250));
  EXPECT_NEAR(east.lat, 53.4905764860, 1e-9);
  EXPECT_NEAR(east.lon, -109.7216958144, 1e-9);
}

TEST(Geodesic, SamePointIsNoDistance) {
  EXPECT_EQ(distance_between({-21.94, 64.15}, {-21.94, 64.15}).metres(), 0.0);
  EXPECT_EQ(distance_between({180, 10}, {-180, 10}).metres(), 0.0);
}

LonLat random_point(std::mt19937& random) {
  std::uniform_real_distribution<double> lon(-180, 180);
  std::uniform_real_distribution<double> z(-1, 1);
  return {lon(random), std::asin(z(random)) * 180.0 / 3.14159265358979323846};
}

TEST(Geodesic, PartsAddUpOnRandomLines) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> fraction(0, 1);
  for (int i = 0; i < 2000; ++i) {
    const LonLat from = random_point(random);
    const LonLat to = random_point(random);
    const double f = fraction(random);
    const LonLat between = point_along(from, to, f);
    const double whole = distance_between(from, to).metres();
    ASSERT_NEAR(distance_between(from, between).metres(), f * whole, 0.001);
    ASSERT_NEAR(distance_between(between, to).metres(), (1 - f) * whole, 0.001);
  }
}

TEST(Geodesic, SphereStaysWithinItsError) {
  std::mt19937 random(12);
  double largest = 0.0;
  for (int i = 0; i < 20000; ++i) {
    const LonLat from = random_point(random);
    const LonLat to =
        i % 2 == 0 ? random_point(random) : point_at(from, 1.8 * (i % 200), Distance::from_kilometres(80));
    const double exact = distance_between(from, to).kilometres();
    const double quick = sphere_km(unit_vector(from), unit_vector(to));
    largest = std::max({largest, std::abs(quick / exact - 1), std::abs(exact / quick - 1)});
  }
  EXPECT_LT(largest, kSphereError);
  EXPECT_GT(largest, kSphereError * 0.9) << "the stated error is not far from the true one";
}

TEST(Geodesic, RefusesCoordinatesOffTheGlobeByName) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const LonLat& bad : {LonLat{181, 0}, LonLat{0, 90.5}, LonLat{nan, 0}, LonLat{-999, -999}})
    EXPECT_THROW(distance_between(bad, {0, 0}), std::invalid_argument);
  try {
    point_along({0, 0}, {12.5, 95.25}, 0.5);
    ADD_FAILURE();
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), HasSubstr("(12.5, 95.25)"));
  }
}

TEST(Polyline, KeepsItsEndsAndItsSteps) {
  const LonLat from{-103.39, 20.72};
  const LonLat to{-111.38, 56.70};
  const auto line = geodesic_polyline(from, to, Distance::from_kilometres(100));
  EXPECT_EQ(line.front(), from);
  EXPECT_EQ(line.back(), to);
  EXPECT_EQ(line.size(), 42U);
  for (std::size_t i = 1; i < line.size(); ++i)
    EXPECT_NEAR(distance_between(line[i - 1], line[i]).metres(), 4048514.955236 / 41, 0.001);
  EXPECT_EQ(geodesic_polyline(from, from, Distance::from_metres(1)).size(), 2U);
  EXPECT_EQ(geodesic_polyline(from, to, Distance::from_metres(1)).size(), 10000U) << "never more";
}

TEST(Antimeridian, CutsALineThatCrosses) {
  const auto pieces = split_at_antimeridian({{170, 0}, {178, 4}, {-178, 8}, {-170, 10}});
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[0], (std::vector<LonLat>{{170, 0}, {178, 4}, {180, 6}}));
  EXPECT_EQ(pieces[1], (std::vector<LonLat>{{-180, 6}, {-178, 8}, {-170, 10}}));
}

TEST(Antimeridian, LeavesOtherLinesWhole) {
  const std::vector<LonLat> line = {{-100, 20}, {80, 50}, {100, 20}};
  EXPECT_EQ(split_at_antimeridian(line), (std::vector<std::vector<LonLat>>{line}));
  EXPECT_TRUE(split_at_antimeridian({}).empty());
  EXPECT_TRUE(split_at_antimeridian({{1, 1}}).empty());
}

TEST(Antimeridian, MakesNoEmptyPiecesWhereALineTouchesIt) {
  EXPECT_EQ(split_at_antimeridian({{179, 0}, {-180, 1}}), (std::vector<std::vector<LonLat>>{{{179, 0}, {180, 1}}}));
  EXPECT_EQ(split_at_antimeridian({{179, 0}, {180, 1}, {-179, 2}}),
            (std::vector<std::vector<LonLat>>{{{179, 0}, {180, 1}}, {{-180, 1}, {-179, 2}}}));
}

TEST(Antimeridian, DrawsSydneyToAnchorageInTwo) {
  const auto pieces =
      split_at_antimeridian(geodesic_polyline({151.2, -33.9}, {-149.9, 61.2}, Distance::from_kilometres(50)));
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[0].back().lon, 180.0);
  EXPECT_EQ(pieces[1].front().lon, -180.0);
  EXPECT_EQ(pieces[0].back().lat, pieces[1].front().lat);
  for (const auto& piece : pieces)
    for (std::size_t i = 1; i < piece.size(); ++i)
      EXPECT_LT(std::abs(piece[i].lon - piece[i - 1].lon), 5.0);
}

}  // namespace
}  // namespace relevo::geo
