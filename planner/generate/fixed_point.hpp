// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace relevo::planner::generate {

/// A place in hundred-thousandths of a degree (about 1.1 m), longitude first. Whole numbers: no digit depends on a
/// machine.
struct Spot {
  std::int32_t lon = 0;
  std::int32_t lat = 0;
  friend bool operator==(const Spot&, const Spot&) = default;
};

/// Of degrees, to the nearest.
Spot spot_of(double lon, double lat);
/// "-113.46870"
std::string degrees_text(std::int32_t hundred_thousandths);

/// So many metres east and north of a place, on a sphere, with Bhaskara's cosine: within 0.3 % of the way up to
/// latitude
/// 75. It only scatters places.
Spot moved(Spot from, int east_m, int north_m);
/// Square of a distance, for comparing only: in units of 1.1 m, with the same cosine.
std::int64_t squared_distance(Spot a, Spot b);

/// The whole part of the square root.
std::int64_t whole_root(std::int64_t value);

/// A ring, its first point not repeated.
using SpotRing = std::vector<Spot>;
/// By the even-odd rule over all rings, holes included. Exact, but for points on an edge, which may be either.
bool is_inside(Spot spot, const std::vector<SpotRing>& rings);

/// Shares out `total` in proportion to the weights, each at least `least`, by largest remainders; of equal ones the
/// first. \pre total >= least x weights.size(), no weight negative, and some positive where there is more to share out
std::vector<int> apportion(int total, const std::vector<std::int64_t>& weights, int least);

}  // namespace relevo::planner::generate
