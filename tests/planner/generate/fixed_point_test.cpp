// SPDX-License-Identifier: MIT
// Whole numbers against the real functions, which the library must not use: only the tests may.
#include "planner/generate/fixed_point.hpp"

#include "planner/generate/random.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace relevo::planner::generate {
namespace {

using testing::ElementsAre;

TEST(Random, HasStreamsOfItsOwn) {
  Random a(1, 2);
  Random b(1, 2);
  Random other_stream(1, 3);
  Random other_seed(2, 2);
  const auto first = a.next();
  EXPECT_EQ(first, b.next());
  EXPECT_NE(first, other_stream.next());
  EXPECT_NE(first, other_seed.next());
}

TEST(Random, StaysInRangeAndReachesItsEnds) {
  Random random(5, 1);
  std::vector<int> seen(7, 0);
  for (int i = 0; i < 700; ++i)
    ++seen.at(static_cast<std::size_t>(random.pick(-3, 3) + 3));
  for (const int count : seen)
    EXPECT_GT(count, 60);
}

TEST(Random, ChoosesByWeight) {
  Random random(5, 1);
  std::vector<int> seen(3, 0);
  for (int i = 0; i < 4000; ++i)
    ++seen.at(random.weighted({1, 0, 3}));
  EXPECT_EQ(seen[1], 0);
  EXPECT_NEAR(seen[0], 1000, 120);
}

TEST(FixedPoint, WritesDegrees) {
  EXPECT_EQ(degrees_text(-11346870), "-113.46870");
  EXPECT_EQ(degrees_text(-500), "-0.00500");
  EXPECT_EQ(degrees_text(0), "0.00000");
  EXPECT_EQ(degrees_text(4912345), "49.12345");
  EXPECT_EQ(spot_of(-113.4687, 53.55005), (Spot{-11346870, 5355005}));
}

TEST(FixedPoint, MovesByMetres) {
  for (const int lat : {0, 20, 45, 60, 70}) {
    const Spot from{-11000000, lat * 100000};
    const Spot to = moved(from, 30000, -20000);
    const double cosine = std::cos(lat * std::numbers::pi / 180.0);
    EXPECT_NEAR((to.lat - from.lat) * 1.11195, -20000, 20) << lat;
    EXPECT_NEAR((to.lon - from.lon) * 1.11195 * cosine, 30000, 300) << lat;
    EXPECT_NEAR(std::sqrt(static_cast<double>(squared_distance(from, to))) * 1.11195, std::hypot(30000.0, 20000.0), 400)
        << lat;
  }
}

TEST(FixedPoint, TakesWholeRoots) {
  for (const std::int64_t n : {0LL, 1LL, 3LL, 4LL, 99LL, 100LL, 1000000007LL, 999999999999LL})
    EXPECT_EQ(whole_root(n), static_cast<std::int64_t>(std::floor(std::sqrt(static_cast<double>(n))))) << n;
}

TEST(FixedPoint, KnowsInsideFromOutside) {
  const std::vector<SpotRing> with_hole = {{{0, 0}, {100, 0}, {100, 100}, {0, 100}},
                                           {{40, 40}, {60, 40}, {60, 60}, {40, 60}}};
  EXPECT_TRUE(is_inside({20, 50}, with_hole));
  EXPECT_FALSE(is_inside({50, 50}, with_hole));
  EXPECT_FALSE(is_inside({-1, 50}, with_hole));
  EXPECT_FALSE(is_inside({101, 50}, with_hole));
  EXPECT_FALSE(is_inside({50, 101}, with_hole));
  const std::vector<SpotRing> triangle = {{{0, 0}, {100, 0}, {50, 90}}};
  EXPECT_TRUE(is_inside({50, 50}, triangle));
  EXPECT_FALSE(is_inside({10, 50}, triangle));
}

TEST(Apportion, GivesWhatIsThereInProportion) {
  EXPECT_THAT(apportion(10, {1, 1, 1}, 0), ElementsAre(4, 3, 3));
  EXPECT_THAT(apportion(10, {5, 3, 2}, 0), ElementsAre(5, 3, 2));
  EXPECT_THAT(apportion(10, {0, 9, 1}, 1), ElementsAre(1, 7, 2));
  EXPECT_THAT(apportion(3, {7, 7, 7}, 1), ElementsAre(1, 1, 1));
  EXPECT_THAT(apportion(0, {1, 2}, 0), ElementsAre(0, 0));
  Random random(9, 1);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::int64_t> weights;
    for (int i = random.pick(1, 30); i > 0; --i)
      weights.push_back(random.pick(0, 50));
    weights.front() = 1;
    const int total = static_cast<int>(weights.size()) + random.pick(0, 500);
    const auto shares = apportion(total, weights, 1);
    EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), 0), total);
    EXPECT_GE(*std::min_element(shares.begin(), shares.end()), 1);
  }
}

}  // namespace
}  // namespace relevo::planner::generate
