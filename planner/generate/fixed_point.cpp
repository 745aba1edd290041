// SPDX-License-Identifier: MIT
#include "planner/generate/fixed_point.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace relevo::planner::generate {

namespace {

constexpr std::int64_t kPerDegree = 100000;
/// Hundred-thousandths of a degree of latitude in a hundred kilometres: 100 km / 111.195 km per degree.
constexpr std::int64_t kPerHundredKm = 89932;
constexpr std::int64_t kHundredKmInMetres = 100000;

/// Cosine of a latitude in millionths: (32400 - 4 x^2) / (32400 + x^2) with x in degrees (Bhaskara I, 7th century);
/// error below 0.0017.
std::int64_t cosine_millionths(std::int64_t lat) {
  const std::int64_t square = lat * lat / kPerDegree;  // of degrees, times kPerDegree
  const std::int64_t whole = 32400 * kPerDegree;
  return (whole - 4 * square) * 1000000 / (whole + square);
}

std::int32_t to_hundred_thousandths(double degrees) {
  return static_cast<std::int32_t>(std::floor(degrees * static_cast<double>(kPerDegree) + 0.5));
}

}  // namespace

Spot spot_of(double lon, double lat) {
  return {to_hundred_thousandths(lon), to_hundred_thousandths(lat)};
}

std::string degrees_text(std::int32_t hundred_thousandths) {
  const std::int64_t size = std::abs(static_cast<std::int64_t>(hundred_thousandths));
  return fmt::format("{}{}.{:05}", hundred_thousandths < 0 ? "-" : "", size / kPerDegree, size % kPerDegree);
}

Spot moved(Spot from, int east_m, int north_m) {
  const std::int64_t north = north_m * kPerHundredKm / kHundredKmInMetres;
  const std::int64_t east =
      east_m * kPerHundredKm / kHundredKmInMetres * 1000000 / std::max<std::int64_t>(cosine_millionths(from.lat), 1000);
  return {static_cast<std::int32_t>(from.lon + east), static_cast<std::int32_t>(from.lat + north)};
}

std::int64_t squared_distance(Spot a, Spot b) {
  const std::int64_t north = static_cast<std::int64_t>(a.lat) - b.lat;
  const std::int64_t middle = (static_cast<std::int64_t>(a.lat) + b.lat) / 2;
  const std::int64_t east = (static_cast<std::int64_t>(a.lon) - b.lon) * cosine_millionths(middle) / 1000000;
  return north * north + east * east;
}

std::int64_t whole_root(std::int64_t value) {
  assert(value >= 0);
  std::int64_t root = 0;
  for (std::int64_t bit = std::int64_t{1} << 30; bit > 0; bit >>= 1)
    if ((root + bit) * (root + bit) <= value)
      root += bit;
  return root;
}

bool is_inside(Spot spot, const std::vector<SpotRing>& rings) {
  bool inside = false;
  for (const auto& ring : rings) {
    for (std::size_t i = 0, before = ring.size() - 1; i < ring.size(); before = i++) {
      const Spot a = ring[before];
      const Spot b = ring[i];
      if ((a.lat > spot.lat) == (b.lat > spot.lat))
        continue;
      // The edge crosses the parallel of the spot east of it.
      const std::int64_t rise = static_cast<std::int64_t>(b.lat) - a.lat;
      const std::int64_t left = (static_cast<std::int64_t>(spot.lon) - a.lon) * rise;
      const std::int64_t right =
          (static_cast<std::int64_t>(b.lon) - a.lon) * (static_cast<std::int64_t>(spot.lat) - a.lat);
      if (rise > 0 ? left < right : left > right)
        inside = !inside;
    }
  }
  return inside;
}

std::vector<int> apportion(int total, const std::vector<std::int64_t>& weights, int least) {
  const auto count = static_cast<int>(weights.size());
  assert(total >= least * count);
  std::vector<int> shares(weights.size(), least);
  std::int64_t rest = total - least * count;
  const auto sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  if (rest == 0 || sum == 0)
    return shares;
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::int64_t wanted = rest;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    shares[i] += static_cast<int>(wanted * weights[i] / sum);
    rest -= wanted * weights[i] / sum;
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return wanted * weights[a] % sum > wanted * weights[b] % sum; });
  for (std::int64_t i = 0; i < rest; ++i)
    ++shares[order[static_cast<std::size_t>(i)]];
  return shares;
}

}  // namespace relevo::planner::generate
