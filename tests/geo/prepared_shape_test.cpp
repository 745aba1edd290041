// SPDX-License-Identifier: MIT
#include "geo/prepared_shape.hpp"

#include "tests/geo/random_shapes.hpp"

#include <gtest/gtest.h>

#include <array>

namespace relevo::geo {
namespace {

/// Samples twice: coarsely over the whole line, then finely around the best edges.
double brute_force_metres(const LonLat& point, const Polygons& polygons) {
  if (is_inside_by_scan(point, polygons))
    return 0.0;
  double best = HUGE_VAL;
  for (const auto& polygon : polygons) {
    for (std::size_t i = 1; i < polygon.outer.size(); ++i) {
      LonLat from = polygon.outer[i - 1];
      LonLat to = polygon.outer[i];
      for (int round = 0; round < 7; ++round) {
        // The best of 20 parts and its neighbours become the next edge: the distance along an edge has one minimum.
        int nearest = 0;
        double least = HUGE_VAL;
        std::array<LonLat, 21> samples;
        for (int s = 0; s <= 20; ++s) {
          samples[static_cast<std::size_t>(s)] = {from.lon + (to.lon - from.lon) * s / 20.0,
                                                  from.lat + (to.lat - from.lat) * s / 20.0};
          const double metres = distance_between(point, samples[static_cast<std::size_t>(s)]).metres();
          if (metres < least) {
            least = metres;
            nearest = s;
          }
        }
        best = std::min(best, least);
        from = samples[static_cast<std::size_t>(std::max(0, nearest - 1))];
        to = samples[static_cast<std::size_t>(std::min(20, nearest + 1))];
      }
    }
  }
  return best;
}

TEST(PreparedShape, AgreesWithBruteForceToAMillimetre) {
  std::mt19937 random(2016);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int round = 0; round < 25; ++round) {
    const LonLat centre{unit(random) * 340 - 170, unit(random) * 164 - 82};
    const double reach_km = std::pow(10.0, unit(random) * 2.3);
    const Polygons polygons{{random_ring(centre, reach_km, 3 + static_cast<int>(random() % 30), random), {}}};
    const PreparedShape shape(polygons);
    for (int i = 0; i < 12; ++i) {
      const LonLat point = point_at(centre, unit(random) * 360, Distance::from_kilometres(unit(random) * reach_km * 4));
      const double expected = brute_force_metres(point, polygons);
      ASSERT_NEAR(shape.distance_to(point).metres(), expected, 0.001)
          << "round " << round << ", point " << point.lon << ' ' << point.lat;
      const auto bounds = shape.bounds_to(point, earth_point(point), Distance::from_kilometres(1000));
      ASSERT_LE(bounds.least_metres, expected + 1e-6);
      ASSERT_GE(bounds.most_metres, expected - 1e-6);
      ASSERT_LT(bounds.most_metres - bounds.least_metres, 3.0 + expected * expected * expected * 4e-16);
    }
  }
}

TEST(PreparedShape, LongEdgesAreParallelsNotGreatCircles) {
  // The border along 49 degrees north: Winnipeg lies north of it by the meridian, not by the great circle between the
  // ends. Expected: geod +ellps=WGS84 -I, 49.9N 97.14W to 49N 97.14W.
  const PreparedShape border(Lines{{{-122.76, 49.0}, {-95.15, 49.0}}});
  EXPECT_NEAR(border.distance_to({-97.14, 49.9}).metres(), distance_between({-97.14, 49.9}, {-97.14, 49.0}).metres(),
              0.01);
}

TEST(PreparedShape, HolesArePartOfTheOutside) {
  const Polygons ring{{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}, {{{1, 1}, {1, 3}, {3, 3}, {3, 1}, {1, 1}}}}};
  const PreparedShape shape(ring);
  EXPECT_EQ(shape.distance_to({0.5, 0.5}).metres(), 0.0);
  EXPECT_EQ(shape.distance_to({0, 0}).metres(), 0.0) << "on the border";
  EXPECT_NEAR(shape.distance_to({1.5, 2}).metres(), distance_between({1.5, 2}, {1, 2}).metres(), 0.01);
  EXPECT_TRUE(shape.contains({3.5, 2}));
  EXPECT_FALSE(shape.contains({2, 2}));
}

TEST(PreparedShape, KnowsNoAntimeridian) {
  // A square cut in two, as shapes are.
  const Polygons halves{{{{179, 10}, {180, 10}, {180, 12}, {179, 12}, {179, 10}}, {}},
                        {{{-180, 10}, {-179, 10}, {-179, 12}, {-180, 12}, {-180, 10}}, {}}};
  const PreparedShape shape(halves);
  EXPECT_LT(shape.distance_to({180, 11}).metres(), 0.001) << "on the cut";
  EXPECT_EQ(shape.distance_to({-179.5, 11}).metres(), 0.0);
  EXPECT_NEAR(shape.distance_to({-178, 12}).metres(), distance_between({-178, 12}, {-179, 12}).metres(), 20.0);
  const PreparedShape eastern(Polygons{halves[0]});
  EXPECT_NEAR(eastern.distance_to({-179.9, 11}).metres(), distance_between({-179.9, 11}, {180, 11}).metres(), 0.01);
}

TEST(PreparedShape, KnowsNoPoles) {
  // All that lies north of 89 degrees, as GeoJSON writes it.
  const PreparedShape cap(Polygons{{{{-180, 89}, {0, 89}, {180, 89}, {180, 90}, {-180, 90}, {-180, 89}}, {}}});
  EXPECT_EQ(cap.distance_to({33, 89.5}).metres(), 0.0);
  for (const double lon : {-179.0, -90.0, 0.0, 45.0, 180.0})
    EXPECT_NEAR(cap.distance_to({lon, 88}).metres(), distance_between({lon, 88}, {lon, 89}).metres(), 0.001) << lon;
  const PreparedShape pole(Points{{0, 90}});
  EXPECT_NEAR(pole.distance_to({77, 89}).metres(), distance_between({0, 90}, {77, 89}).metres(), 0.001);
}

TEST(PreparedShape, PointsAndLinesHaveNoInside) {
  const PreparedShape points(Points{{0, 0}, {10, 10}});
  EXPECT_NEAR(points.distance_to({9, 9}).metres(), distance_between({9, 9}, {10, 10}).metres(), 1e-6);
  EXPECT_FALSE(PreparedShape(Lines{{{0, 0}, {2, 0}, {2, 2}, {0, 0}}}).contains({1.5, 0.5}));
  EXPECT_TRUE(PreparedShape(Shape{}).empty());
  EXPECT_EQ(PreparedShape(Shape{}).distance_to({0, 0}).metres(), HUGE_VAL);
  EXPECT_THROW(PreparedShape(Points{{200, 0}}), std::invalid_argument);
}

TEST(PreparedShape, ShapesMeetOrHaveADistance) {
  const PreparedShape square(Polygons{{{{0, 0}, {2, 0}, {2, 2}, {0, 2}, {0, 0}}, {}}});
  const PreparedShape within(Polygons{{{{0.5, 0.5}, {1, 0.5}, {1, 1}, {0.5, 1}, {0.5, 0.5}}, {}}});
  const PreparedShape bar(Polygons{{{{-1, 0.9}, {3, 0.9}, {3, 1.1}, {-1, 1.1}, {-1, 0.9}}, {}}});
  const PreparedShape apart(Polygons{{{{3, 0}, {4, 0}, {4, 2}, {3, 2}, {3, 0}}, {}}});
  EXPECT_EQ(square.distance_to(within).metres(), 0.0);
  EXPECT_EQ(within.distance_to(square).metres(), 0.0);
  EXPECT_EQ(square.distance_to(bar).metres(), 0.0) << "no corner of one lies in the other";
  EXPECT_TRUE(bar.intersects(square));
  EXPECT_FALSE(apart.intersects(square));
  EXPECT_NEAR(square.distance_to(apart).metres(), distance_between({2, 2}, {3, 2}).metres(), 10.0);
  EXPECT_DOUBLE_EQ(square.distance_to(apart).metres(), apart.distance_to(square).metres());
  EXPECT_NEAR(square.distance_to(PreparedShape(Points{{3, 1}})).metres(), square.distance_to(LonLat{3, 1}).metres(),
              0.001);
}

TEST(PreparedShape, ASawOfManyEdgesIsReadQuickly) {
  // Every edge spans all latitudes: bands by latitude must not multiply them.
  Ring saw;
  for (int i = 0; i <= 20000; ++i)
    saw.push_back({-60.0 + i * 0.005, i % 2 == 0 ? -10.0 : 10.0});
  saw.push_back({40.0, 20.0});
  saw.push_back({-60.0, 20.0});
  saw.push_back(saw.front());
  const Polygons polygons{{saw, {}}};
  std::mt19937 random(5);
  std::uniform_real_distribution<double> unit(0, 1);
  const PreparedShape shape(polygons);
  for (int i = 0; i < 200; ++i) {
    const LonLat point{unit(random) * 110 - 65, unit(random) * 34 - 12};
    ASSERT_EQ(shape.contains(point), is_inside_by_scan(point, polygons));
  }
}

}  // namespace
}  // namespace relevo::geo
