// SPDX-License-Identifier: MIT
#pragma once

#include "geo/lon_lat.hpp"
#include "geo/prepared_shape.hpp"
#include "geo/units.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace relevo::geo {

/// A point within the largest radius of a shape.
struct RingHit {
  std::uint32_t point = 0;  ///< position in the list the index was made of
  std::uint32_t ring = 0;   ///< the first radius that reaches it
};

struct NearPoint {
  std::uint32_t point = 0;
  Distance distance;
};

/// Points by place, for questions about their distance from shapes. Immutable; may be read from several threads.
class PlaceIndex {
 public:
  /// \throws std::invalid_argument on a point that is not is_valid().
  explicit PlaceIndex(std::vector<LonLat> points);
  ~PlaceIndex();
  PlaceIndex(PlaceIndex&&) noexcept;
  PlaceIndex& operator=(PlaceIndex&&) noexcept;

  std::size_t size() const noexcept;

  /// Points whose distance from the shape is at most a radius, ascending by position. Decided to 1 mm: bounds first,
  /// the exact distance only where a radius lies between them. \pre radii ascend.
  std::vector<RingHit> within(const PreparedShape& shape, std::span<const Distance> radii) const;

  /// The `count` nearest points, ascending by (distance, position), to 1 mm; fewer where there are fewer within
  /// `farthest`.
  std::vector<NearPoint> nearest(const PreparedShape& shape, std::size_t count, Distance farthest) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace relevo::geo
