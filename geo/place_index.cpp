// SPDX-License-Identifier: MIT
#include "geo/place_index.hpp"

#include "geo/earth_point.hpp"

#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <boost/geometry/strategies/strategies.hpp>

#include <algorithm>
#include <cassert>
#include <iterator>
#include <tuple>
#include <utility>

namespace relevo::geo {

namespace {

namespace bg = boost::geometry;
using IndexedPoint = bg::model::point<double, 3, bg::cs::cartesian>;
using IndexedBox = bg::model::box<IndexedPoint>;
using IndexEntry = std::pair<IndexedPoint, std::uint32_t>;
using PlaceTree = bg::index::rtree<IndexEntry, bg::index::linear<16>>;

constexpr double kFirstSearchMetres = 50000.0;

IndexedBox grown(const EarthBox& box, double by) {
  return {{box.least.x - by, box.least.y - by, box.least.z - by}, {box.most.x + by, box.most.y + by, box.most.z + by}};
}

EarthPoint as_earth_point(const IndexedPoint& position) {
  return {bg::get<0>(position), bg::get<1>(position), bg::get<2>(position)};
}

bool is_nearer_place(const NearPoint& a, const NearPoint& b) {
  return std::tie(a.distance, a.point) < std::tie(b.distance, b.point);
}

/// The first radius that reaches the point; radii.size(): none does.
std::uint32_t ring_of(const PreparedShape& shape, const LonLat& point, const EarthPoint& place,
                      std::span<const Distance> radii) {
  const DistanceBounds bounds = shape.bounds_to(point, place, radii.back());
  const auto first_of = [&](double metres) {
    const auto found = std::lower_bound(radii.begin(), radii.end(), Distance::from_metres(metres));
    return static_cast<std::uint32_t>(found - radii.begin());
  };
  const std::uint32_t ring = first_of(bounds.least_metres);
  if (ring == radii.size() || ring == first_of(bounds.most_metres))
    return ring;
  return first_of(shape.distance_to(point).metres());
}

}  // namespace

struct PlaceIndex::Impl {
  std::vector<LonLat> points;
  PlaceTree tree;

  std::vector<IndexEntry> candidates(const PreparedShape& shape, Distance radius) const {
    std::vector<IndexEntry> found;
    tree.query(bg::index::intersects(grown(shape.box(), straight_line_at_most(radius.metres()))),
               std::back_inserter(found));
    return found;
  }
};

PlaceIndex::PlaceIndex(std::vector<LonLat> points) {
  std::vector<IndexEntry> entries;
  entries.reserve(points.size());
  for (const LonLat& point : points) {
    const EarthPoint place = earth_point(point);
    entries.emplace_back(IndexedPoint{place.x, place.y, place.z}, static_cast<std::uint32_t>(entries.size()));
  }
  impl_ = std::make_unique<const Impl>(Impl{std::move(points), PlaceTree(entries)});
}

PlaceIndex::~PlaceIndex() = default;
PlaceIndex::PlaceIndex(PlaceIndex&&) noexcept = default;
PlaceIndex& PlaceIndex::operator=(PlaceIndex&&) noexcept = default;

std::size_t PlaceIndex::size() const noexcept {
  return impl_->points.size();
}

std::vector<RingHit> PlaceIndex::within(const PreparedShape& shape, std::span<const Distance> radii) const {
  assert(std::is_sorted(radii.begin(), radii.end()));
  std::vector<RingHit> hits;
  if (radii.empty() || shape.empty())
    return hits;
  for (const auto& [position, point] : impl_->candidates(shape, radii.back())) {
    const std::uint32_t ring = ring_of(shape, impl_->points[point], as_earth_point(position), radii);
    if (ring < radii.size())
      hits.push_back({point, ring});
  }
  std::sort(hits.begin(), hits.end(), [](const RingHit& a, const RingHit& b) { return a.point < b.point; });
  return hits;
}

/// The search widens until enough points are found, each time by a factor of four.
std::vector<NearPoint> PlaceIndex::nearest(const PreparedShape& shape, std::size_t count, Distance farthest) const {
  std::vector<NearPoint> kept;
  if (count == 0 || shape.empty())
    return kept;
  for (Distance radius = std::min(farthest, Distance::from_metres(kFirstSearchMetres));;
       radius = std::min(farthest, radius * 4.0)) {
    kept.clear();
    for (const auto& [position, point] : impl_->candidates(shape, radius)) {
      const Distance limit = kept.size() == count ? kept.back().distance : radius;
      const LonLat& where = impl_->points[point];
      if (shape.bounds_to(where, as_earth_point(position), limit).least_metres > limit.metres())
        continue;
      const NearPoint candidate{point, shape.distance_to(where)};
      if (candidate.distance > radius)
        continue;
      kept.insert(std::upper_bound(kept.begin(), kept.end(), candidate, is_nearer_place), candidate);
      if (kept.size() > count)
        kept.pop_back();
    }
    if (kept.size() == count || radius >= farthest)
      return kept;
  }
}

}  // namespace relevo::geo
