// SPDX-License-Identifier: MIT
#include "geo/detection_clusters.hpp"

#include "geo/geodesic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <deque>
#include <functional>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <stdexcept>

namespace relevo::geo {
namespace {

using testing::ElementsAre;

using Labels = std::vector<std::int32_t>;

/// DBSCAN as in the paper, every pair compared. Border points get every cluster they may belong to.
struct Oracle {
  std::vector<char> core;
  std::vector<std::set<int>> clusters;  ///< of each point; empty: noise
  int count = 0;

  Oracle(std::size_t points, int min_points, const std::function<bool(std::size_t, std::size_t)>& near)
      : core(points), clusters(points) {
    std::vector<std::vector<std::size_t>> neighbours(points);
    for (std::size_t i = 0; i < points; ++i)
      for (std::size_t j = 0; j < points; ++j)
        if (i == j || near(i, j))
          neighbours[i].push_back(j);
    for (std::size_t i = 0; i < points; ++i)
      core[i] = static_cast<char>(neighbours[i].size() >= static_cast<std::size_t>(min_points));
    for (std::size_t i = 0; i < points; ++i)
      if (core[i] != 0 && clusters[i].empty())
        flood(i, count++, neighbours);
  }

 private:
  void flood(std::size_t start, int cluster, const std::vector<std::vector<std::size_t>>& neighbours) {
    std::deque<std::size_t> open{start};
    clusters[start] = {cluster};
    while (!open.empty()) {
      const auto i = open.front();
      open.pop_front();
      for (const auto j : neighbours[i]) {
        if (core[j] != 0 && clusters[j].empty())
          open.push_back(j);
        clusters[j].insert(cluster);
      }
    }
  }
};

/// Core points partitioned alike, border points in one of their clusters, noise the same.
void expect_same_clusters(const Labels& found, const Oracle& oracle) {
  ASSERT_EQ(found.size(), oracle.clusters.size());
  std::map<std::int32_t, int> meaning;
  for (std::size_t i = 0; i < found.size(); ++i)
    if (oracle.core[i] != 0) {
      ASSERT_NE(found[i], kNoise) << "core point " << i;
      const auto [it, fresh] = meaning.emplace(found[i], *oracle.clusters[i].begin());
      ASSERT_EQ(it->second, *oracle.clusters[i].begin()) << "core point " << i;
    }
  ASSERT_EQ(static_cast<int>(meaning.size()), oracle.count);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (oracle.clusters[i].empty()) {
      ASSERT_EQ(found[i], kNoise) << "point " << i;
    } else {
      ASSERT_TRUE(meaning.contains(found[i])) << "point " << i;
      ASSERT_TRUE(oracle.clusters[i].contains(meaning.at(found[i]))) << "point " << i;
    }
  }
}

double wrapped_longitude(double lon) {
  return lon > 180.0 ? lon - 360.0 : (lon < -180.0 ? lon + 360.0 : lon);
}

/// Clumps and loners around a centre drawn from the hard places of the globe, with duplicates and gaps in time.
struct RandomSet {
  std::vector<DetectionPoint> points;
  ClusterRule rule;

  explicit RandomSet(std::mt19937& random) {
    static const std::vector<LonLat> kCentres = {{-121.9, 36.4}, {180.0, 52.0},  {-180.0, -17.0}, {25.0, 90.0},
                                                 {0.0, -90.0},   {-60.0, 82.5},  {179.99, 71.0},  {0.0, 0.0},
                                                 {12.0, 89.98},  {-100.0, 60.0}, {140.0, -89.99}};
    const LonLat centre = kCentres[random() % kCentres.size()];
    rule.metres = std::exp(std::uniform_real_distribution(std::log(200.0), std::log(60'000.0))(random));
    rule.seconds = std::vector<std::int64_t>{0, 3600, 21'600, 86'400, 10'000'000}[random() % 5];
    rule.min_points = static_cast<int>(1 + random() % 6);
    const std::size_t count = 20 + random() % 280;
    const double spread = rule.metres * std::uniform_real_distribution(1.0, 12.0)(random);
    std::exponential_distribution<double> metres(1.0 / spread);
    std::uniform_real_distribution<double> azimuth(0.0, 360.0);
    std::uniform_int_distribution<std::int64_t> time(-100'000, 300'000);
    while (points.size() < count) {
      DetectionPoint p{point_at(centre, azimuth(random), Distance::from_metres(metres(random))),
                       Instant{std::chrono::seconds{time(random) / 5400 * 5400}}};
      p.point.lon = wrapped_longitude(p.point.lon);
      points.push_back(p);
      while (random() % 4 == 0)  // the same pixel again, at once or an orbit later
        points.push_back({p.point, p.time + std::chrono::seconds{random() % 2 * 6000}});
    }
  }

  bool near(std::size_t a, std::size_t b) const {
    return std::abs((points[a].time - points[b].time).count()) <= rule.seconds &&
           distance_between(points[a].point, points[b].point).metres() <= rule.metres;
  }
};

TEST(DetectionClusters, EqualBruteForceOn200RandomSets) {
  std::mt19937 random(20'160'722);
  for (int round = 0; round < 200; ++round) {
    const RandomSet set(random);
    SCOPED_TRACE(testing::Message() << "round " << round << ": " << set.points.size() << " points near ("
                                    << set.points.front().point.lon << ", " << set.points.front().point.lat
                                    << "), metres " << set.rule.metres << ", seconds " << set.rule.seconds
                                    << ", min_points " << set.rule.min_points);
    const Oracle oracle(set.points.size(), set.rule.min_points,
                        [&](std::size_t a, std::size_t b) { return set.near(a, b); });
    expect_same_clusters(cluster_detections(set.points, set.rule), oracle);
    if (HasFatalFailure())
      return;
  }
}

TEST(DetectionClusters, BorderPointsGoToTheirNearestCorePoint) {
  std::mt19937 random(7);
  int borders = 0;
  for (int round = 0; round < 60; ++round) {
    const RandomSet set(random);
    const Oracle oracle(set.points.size(), set.rule.min_points,
                        [&](std::size_t a, std::size_t b) { return set.near(a, b); });
    const Labels found = cluster_detections(set.points, set.rule);
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (oracle.core[i] != 0 || oracle.clusters[i].size() < 2)
        continue;
      ++borders;
      double nearest = 1e9;
      double of_its_cluster = 1e9;
      for (std::size_t j = 0; j < found.size(); ++j)
        if (oracle.core[j] != 0 && set.near(i, j)) {
          const double metres = distance_between(set.points[i].point, set.points[j].point).metres();
          nearest = std::min(nearest, metres);
          if (found[j] == found[i])
            of_its_cluster = std::min(of_its_cluster, metres);
        }
      EXPECT_NEAR(of_its_cluster, nearest, 1e-5);
    }
  }
  EXPECT_GE(borders, 5);
}

TEST(DetectionClusters, OrderOfTheInputChangesNothing) {
  std::mt19937 random(99);
  for (int round = 0; round < 60; ++round) {
    const RandomSet set(random);
    const Labels before = cluster_detections(set.points, set.rule);
    std::vector<std::size_t> order(set.points.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::shuffle(order, random);
    std::vector<DetectionPoint> shuffled;
    for (const auto i : order)
      shuffled.push_back(set.points[i]);
    const Labels after = cluster_detections(shuffled, set.rule);
    for (std::size_t i = 0; i < order.size(); ++i)
      ASSERT_EQ(after[i], before[order[i]]) << "round " << round << ", point " << order[i];
  }
}

TEST(DetectionClusters, NumbersFollowTheFirstDetection) {
  const Instant day{std::chrono::hours{24 * 17'000}};
  const auto later = day + std::chrono::hours{1};
  const std::vector<DetectionPoint> points = {{{-110.0, 50.0}, later}, {{-110.0, 50.001}, later}, {{10.0, 0.0}, day},
                                              {{-111.0, 50.0}, later}, {{-111.0, 50.001}, day},   {{30.0, 0.0}, day}};
  EXPECT_THAT(cluster_detections(points, {.metres = 500, .seconds = 3600, .min_points = 2}),
              ElementsAre(1, 1, kNoise, 0, 0, kNoise));
}

TEST(DetectionClusters, TheLimitsBelongToTheNeighbourhood) {
  const LonLat here{-111.38, 56.7};
  const LonLat there = point_at(here, 33.0, Distance::from_metres(1500.0));
  const double apart = distance_between(here, there).metres();
  const std::vector<DetectionPoint> points = {{here, Instant{std::chrono::seconds{0}}},
                                              {there, Instant{std::chrono::seconds{3600}}}};
  EXPECT_THAT(cluster_detections(points, {.metres = apart, .seconds = 3600, .min_points = 2}), ElementsAre(0, 0));
  EXPECT_THAT(cluster_detections(points, {.metres = apart - 1e-6, .seconds = 3600, .min_points = 2}),
              ElementsAre(kNoise, kNoise));
  EXPECT_THAT(cluster_detections(points, {.metres = apart, .seconds = 3599, .min_points = 2}),
              ElementsAre(kNoise, kNoise));
}

TEST(DetectionClusters, BothSidesOfTheAntimeridianAndOfThePoleAreNeighbours) {
  const Instant now{};
  const std::vector<DetectionPoint> points = {
      {{179.9999, -16.8}, now}, {{-179.9999, -16.8}, now}, {{180.0, 66.0}, now}, {{-180.0, 66.0}, now},
      {{0.0, 89.999}, now},     {{180.0, 89.999}, now},    {{77.0, -90.0}, now}, {{-50.0, -90.0}, now}};
  EXPECT_THAT(cluster_detections(points, {.metres = 300, .seconds = 0, .min_points = 2}),
              ElementsAre(1, 1, 0, 0, 3, 3, 2, 2));
}

TEST(DetectionClusters, NothingAndRulesOutOfRange) {
  EXPECT_TRUE(cluster_detections({}, {}).empty());
  const std::vector<DetectionPoint> one = {{{0.0, 0.0}, Instant{}}};
  EXPECT_THAT(cluster_detections(one, {.min_points = 1}), ElementsAre(0));
  EXPECT_THROW(cluster_detections(one, {.metres = 0.0}), std::invalid_argument);
  EXPECT_THROW(cluster_detections(one, {.metres = std::nan("")}), std::invalid_argument);
  EXPECT_THROW(cluster_detections(one, {.metres = 2e6}), std::invalid_argument);
  EXPECT_THROW(cluster_detections(one, {.seconds = -1}), std::invalid_argument);
  EXPECT_THROW(cluster_detections(one, {.min_points = 0}), std::invalid_argument);
  const std::vector<DetectionPoint> beyond = {{{181.0, 0.0}, Instant{}}};
  EXPECT_THROW(cluster_detections(beyond, {}), std::invalid_argument);
}

TEST(PlanarClusters, EqualBruteForceOn200RandomSets) {
  std::mt19937 random(5432);
  for (int round = 0; round < 200; ++round) {
    ClusterRule rule{.metres = 1000.0, .min_points = static_cast<int>(1 + random() % 8)};
    const double side = 1000.0 * static_cast<double>(3 + random() % 30);
    std::uniform_real_distribution<double> place(-side, side);
    std::vector<PlanarPoint> points(30 + random() % 300);
    for (auto& p : points)
      p = {place(random), place(random)};
    for (std::size_t i = 3; i < points.size(); i += 7)  // on a lattice: distances of exactly 1000 m, and duplicates
      points[i] = {std::round(points[i].x / 1000.0) * 1000.0, std::round(points[i].y / 1000.0) * 1000.0};
    const Oracle oracle(points.size(), rule.min_points, [&](std::size_t a, std::size_t b) {
      const double dx = points[a].x - points[b].x;
      const double dy = points[a].y - points[b].y;
      return dx * dx + dy * dy <= rule.metres * rule.metres;
    });
    SCOPED_TRACE(testing::Message() << "round " << round);
    expect_same_clusters(cluster_planar(points, rule), oracle);
    if (HasFatalFailure())
      return;
  }
}

TEST(PlanarClusters, RefusesWhatItCannotGrid) {
  const std::vector<PlanarPoint> infinite = {{0.0, std::numeric_limits<double>::infinity()}};
  EXPECT_THROW(cluster_planar(infinite, {}), std::invalid_argument);
  const std::vector<PlanarPoint> wide = {{0.0, 0.0}, {1e9, 0.0}};
  EXPECT_THROW(cluster_planar(wide, {.metres = 0.5}), std::invalid_argument);
}

}  // namespace
}  // namespace relevo::geo
