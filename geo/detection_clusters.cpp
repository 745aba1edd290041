// SPDX-License-Identifier: MIT
#include "geo/detection_clusters.hpp"

#include "geo/geodesic.hpp"
#include "geo/wgs84.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <numeric>
#include <stdexcept>
#include <tuple>

namespace relevo::geo {

namespace {

constexpr double kMostMetres = 1e6;
constexpr double kMostCellsAcross = 1e9;
/// Cells are this much smaller than they may be, so that rounding cannot put two points of one cell out of reach.
constexpr double kCellMargin = 0.9999;

constexpr double kMostMetresPerDegree = wgs84::kLargestRadiusMetres * std::numbers::pi / 180.0;
constexpr double kFewestMetresPerDegree = wgs84::kLeastRadiusMetres * std::numbers::pi / 180.0;
/// More than the rounding of a chord between Earth-centred coordinates.
constexpr double kChordRounding = 1e-7;

/// Where a point lies in the grid. Rows of one slot of time are parallel strips, columns their cells.
struct CellKey {
  std::int64_t slot = 0;
  std::int64_t row = 0;
  std::int64_t column = 0;
  friend auto operator<=>(const CellKey&, const CellKey&) = default;
};

/// Columns first ... last, none when last < first.
struct ColumnRange {
  std::int64_t first = 0;
  std::int64_t last = -1;
};
/// Two ranges where the columns run around the world.
using ColumnRanges = std::array<ColumnRange, 2>;

/// What all cells of a row share.
struct RowShape {
  std::int64_t columns = 0;  ///< around the world; 0: the row has ends
  double reach = 0.0;        ///< how far east and west neighbours may lie, in degrees; 360: anywhere
};

/// In the plane or from the centre of the Earth, in metres.
struct MetricPoint {
  double x = 0.0;
  double y = 0.0;
  double z = 0.0;
};

double squared_distance(const MetricPoint& a, const MetricPoint& b) noexcept {
  const double dx = a.x - b.x;
  const double dy = a.y - b.y;
  const double dz = a.z - b.z;
  return dx * dx + dy * dy + dz * dz;
}

/// The plane, cut into squares whose diagonal is the distance of the rule.
class Plane {
 public:
  Plane(std::span<const PlanarPoint> points, const ClusterRule& rule)
      : points_(points), metres_(rule.metres), side_(rule.metres / std::numbers::sqrt2 * kCellMargin) {
    double east = -std::numeric_limits<double>::infinity();
    double north = east;
    for (const auto& p : points) {
      if (!std::isfinite(p.x) || !std::isfinite(p.y))
        throw std::invalid_argument("a coordinate is not a finite number");
      west_ = std::min(west_, p.x);
      south_ = std::min(south_, p.y);
      east = std::max(east, p.x);
      north = std::max(north, p.y);
    }
    if (!points.empty() && std::max(east - west_, north - south_) >= kMostCellsAcross * metres_)
      throw std::invalid_argument("the points span more than 1e9 times the distance of the rule");
  }

  std::size_t size() const noexcept { return points_.size(); }
  CellKey key_of(std::size_t point) const noexcept {
    return {0, index_of(points_[point].y - south_), index_of(points_[point].x - west_)};
  }
  MetricPoint position_of(std::size_t point) const noexcept { return {points_[point].x, points_[point].y, 0.0}; }
  std::int64_t time_of(std::size_t /*point*/) const noexcept { return 0; }
  std::int64_t window() const noexcept { return 0; }
  std::int64_t row_reach() const noexcept { return 2; }
  RowShape shape_of(std::int64_t /*row*/) const noexcept { return {}; }
  static ColumnRanges columns_near(const RowShape& /*row*/, std::int64_t column, const RowShape& /*other*/) noexcept {
    return {ColumnRange{column - 2, column + 2}, {}};
  }
  double surely_near() const noexcept { return metres_; }
  double surely_far() const noexcept { return metres_; }
  bool is_near(std::size_t /*a*/, std::size_t /*b*/) const noexcept { return false; }  // the two limits leave no doubt
  bool is_before(std::size_t a, std::size_t b) const noexcept {
    const auto& p = points_[a];
    const auto& q = points_[b];
    return std::tie(p.x, p.y) < std::tie(q.x, q.y);
  }

 private:
  std::int64_t index_of(double metres) const noexcept { return static_cast<std::int64_t>(std::floor(metres / side_)); }

  std::span<const PlanarPoint> points_;
  double metres_;
  double side_;
  double west_ = std::numeric_limits<double>::infinity();
  double south_ = std::numeric_limits<double>::infinity();
};

/// The ellipsoid and time. Rows are bands of latitude; each has as many columns as keep the diagonal of a cell, taken
/// with the largest radius of curvature, within the distance of the rule. Distances are compared by the chord c of the
/// geodesic s: 2 r sin(s / 2r) <= c <= s, r the least radius of curvature (Schur's theorem); between the two limits,
/// micrometres apart for distances of kilometres, the geodesic itself decides.
class Globe {
 public:
  Globe(std::span<const DetectionPoint> points, const ClusterRule& rule)
      : points_(points),
        metres_(rule.metres),
        window_(rule.seconds),
        slot_seconds_(std::max<std::int64_t>(1, rule.seconds)),
        cell_metres_(rule.metres / std::numbers::sqrt2 * kCellMargin),
        band_degrees_(cell_metres_ / kMostMetresPerDegree) {
    for (const auto& p : points)
      if (!is_valid(p.point))
        throw std::invalid_argument(fmt::format(
            "({}, {}) is not a longitude in [-180, 180] and a latitude in [-90, 90]", p.point.lon, p.point.lat));
  }

  std::size_t size() const noexcept { return points_.size(); }
  CellKey key_of(std::size_t point) const noexcept {
    const LonLat& p = points_[point].point;
    const auto row = static_cast<std::int64_t>(std::floor((p.lat + 90.0) / band_degrees_));
    const auto columns = columns_of(row);
    const auto column = static_cast<std::int64_t>(std::floor((p.lon + 180.0) / 360.0 * static_cast<double>(columns)));
    return {slot_of(time_of(point)), row, column < columns ? column : 0};
  }
  MetricPoint position_of(std::size_t point) const noexcept {
    const LonLat& p = points_[point].point;
    constexpr double kRadians = std::numbers::pi / 180.0;
    const double sine = std::sin(p.lat * kRadians);
    const double normal = wgs84::kSemiMajorAxisMetres / std::sqrt(1.0 - wgs84::kEccentricitySquared * sine * sine);
    const double from_axis = normal * std::cos(p.lat * kRadians);
    return {from_axis * std::cos(p.lon * kRadians), from_axis * std::sin(p.lon * kRadians),
            normal * (1.0 - wgs84::kEccentricitySquared) * sine};
  }
  std::int64_t time_of(std::size_t point) const noexcept { return points_[point].time.time_since_epoch().count(); }
  std::int64_t window() const noexcept { return window_; }
  std::int64_t row_reach() const noexcept {
    return static_cast<std::int64_t>(std::ceil(metres_ / kFewestMetresPerDegree / band_degrees_));
  }

  /// A path of the rule's length that starts in the row stays within the row widened by it, where a degree of longitude
  /// measures at least a cos(latitude).
  RowShape shape_of(std::int64_t row) const noexcept {
    const double poleward = std::max(std::abs(latitude_of(row)), std::abs(latitude_of(row + 1)));
    const double reached = poleward + metres_ / kFewestMetresPerDegree;
    constexpr double kNearPole = 89.9999;
    if (reached >= kNearPole)
      return {columns_of(row), 360.0};
    constexpr double kRadians = std::numbers::pi / 180.0;
    return {columns_of(row), metres_ / (wgs84::kSemiMajorAxisMetres * kRadians * std::cos(reached * kRadians)) + 1e-9};
  }

  /// The columns of another row that can hold neighbours of a point in this column.
  static ColumnRanges columns_near(const RowShape& row, std::int64_t column, const RowShape& other) noexcept {
    const double width = 360.0 / static_cast<double>(row.columns);
    const double west = static_cast<double>(column) * width - row.reach;
    const double east = static_cast<double>(column + 1) * width + row.reach;
    if (east - west >= 360.0)
      return {ColumnRange{0, other.columns - 1}, {}};
    const double columns_per_degree = static_cast<double>(other.columns) / 360.0;
    return wrapped(static_cast<std::int64_t>(std::floor(west * columns_per_degree)),
                   static_cast<std::int64_t>(std::floor(east * columns_per_degree)), other.columns);
  }

  double surely_near() const noexcept {
    return 2.0 * wgs84::kLeastRadiusMetres * std::sin(metres_ / (2.0 * wgs84::kLeastRadiusMetres)) - kChordRounding;
  }
  double surely_far() const noexcept { return metres_ + kChordRounding; }
  bool is_near(std::size_t a, std::size_t b) const {
    return distance_between(points_[a].point, points_[b].point).metres() <= metres_;
  }
  bool is_before(std::size_t a, std::size_t b) const noexcept {
    const auto& p = points_[a];
    const auto& q = points_[b];
    return std::tie(p.time, p.point.lon, p.point.lat) < std::tie(q.time, q.point.lon, q.point.lat);
  }

 private:
  double latitude_of(std::int64_t row) const noexcept { return static_cast<double>(row) * band_degrees_ - 90.0; }

  std::int64_t slot_of(std::int64_t time) const noexcept {
    const auto slot = time / slot_seconds_;
    return time % slot_seconds_ < 0 ? slot - 1 : slot;
  }

  /// Enough for the widest parallel of the band to be cut into pieces no longer than a cell.
  std::int64_t columns_of(std::int64_t row) const noexcept {
    const double south = latitude_of(row);
    const double north = latitude_of(row + 1);
    const double widest = south <= 0.0 && north >= 0.0 ? 0.0 : std::min({std::abs(south), std::abs(north), 90.0});
    const double metres = 360.0 * kMostMetresPerDegree * std::cos(widest * std::numbers::pi / 180.0);
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(metres / cell_metres_)));
  }

  /// Columns first ... last of a ring of `count`, which they may leave on one side. Both ends are taken in full.
  static ColumnRanges wrapped(std::int64_t first, std::int64_t last, std::int64_t count) noexcept {
    if (last - first + 1 >= count)
      return {ColumnRange{0, count - 1}, {}};
    if (first < 0)
      return {ColumnRange{0, last}, ColumnRange{first + count, count - 1}};
    if (last >= count)
      return {ColumnRange{0, last - count}, ColumnRange{first, count - 1}};
    return {ColumnRange{first, last}, {}};
  }

  std::span<const DetectionPoint> points_;
  double metres_;
  std::int64_t window_;
  std::int64_t slot_seconds_;
  double cell_metres_;
  double band_degrees_;
};

/// Disjoint sets of cells.
class CellSets {
 public:
  explicit CellSets(std::size_t cells) : parent_(cells) { std::iota(parent_.begin(), parent_.end(), 0U); }
  std::uint32_t find(std::uint32_t cell) noexcept {
    while (parent_[cell] != cell) {
      parent_[cell] = parent_[parent_[cell]];
      cell = parent_[cell];
    }
    return cell;
  }
  void join(std::uint32_t a, std::uint32_t b) noexcept {
    a = find(a);
    b = find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

/// DBSCAN on a grid whose cells are so small that all points of a cell are neighbours (Gunawan 2013; de Berg, Gunawan,
/// Roeloffzen 2019): a cell of min_points is core as a whole, core points of a cell share a cluster, and clusters are
/// sets of cells.
template <class Space>
class GridClustering {
 public:
  GridClustering(const Space& space, int min_points)
      : space_(space),
        min_points_(static_cast<std::size_t>(min_points)),
        near_(squared_limit(space.surely_near())),
        far_(space.surely_far() * space.surely_far()) {
    fill_grid();
    link_rows();
  }

  std::vector<std::int32_t> labels() {
    mark_core_points();
    CellSets sets(cells_.size());
    join_cells(sets);
    std::vector<std::int32_t> found(points_.size(), kNoise);
    for (std::size_t c = 0; c < cells_.size(); ++c)
      for (std::uint32_t i = cells_[c].first; i < cells_[c].last; ++i)
        if (is_core_[i] != 0)
          found[i] = static_cast<std::int32_t>(sets.find(static_cast<std::uint32_t>(c)));
    attach_border_points(found);
    return numbered(found);
  }

 private:
  /// A point of the input as the grid holds it, points of a cell side by side.
  struct GridPoint {
    MetricPoint at;
    std::int64_t time = 0;
    std::uint32_t input = 0;
  };
  struct Cell {
    std::int64_t column = 0;
    std::uint32_t first = 0;  ///< positions in points_
    std::uint32_t last = 0;
    std::uint32_t size() const noexcept { return last - first; }
  };
  struct Row {
    std::int64_t slot = 0;
    std::int64_t row = 0;
    std::uint32_t first = 0;  ///< positions in cells_
    std::uint32_t last = 0;
    RowShape shape;
    std::vector<std::uint32_t> near;  ///< rows that can hold neighbours, itself among them
  };
  /// For each row near the one being visited, the cell where the last search ended: searches go east with the cells.
  using Cursors = std::vector<std::uint32_t>;

  static double squared_limit(double limit) noexcept { return limit > 0.0 ? limit * limit : 0.0; }

  void fill_grid() {
    std::vector<std::pair<CellKey, std::uint32_t>> order(space_.size());
    for (std::size_t i = 0; i < order.size(); ++i)
      order[i] = {space_.key_of(i), static_cast<std::uint32_t>(i)};
    std::ranges::sort(order);
    points_.reserve(order.size());
    const CellKey* previous = nullptr;
    for (const auto& [key, input] : order) {
      const auto position = static_cast<std::uint32_t>(points_.size());
      if (previous == nullptr || previous->slot != key.slot || previous->row != key.row)
        rows_.push_back({.slot = key.slot,
                         .row = key.row,
                         .first = static_cast<std::uint32_t>(cells_.size()),
                         .last = static_cast<std::uint32_t>(cells_.size()),
                         .shape = space_.shape_of(key.row),
                         .near = {}});
      if (previous == nullptr || *previous != key) {
        cells_.push_back({key.column, position, position});
        ++rows_.back().last;
      }
      points_.push_back({space_.position_of(input), space_.time_of(input), input});
      ++cells_.back().last;
      previous = &key;
    }
  }

  void link_rows() {
    const auto key = [](const Row& row) { return std::pair(row.slot, row.row); };
    const auto reach = space_.row_reach();
    for (auto& row : rows_) {
      for (std::int64_t slot = row.slot - 1; slot <= row.slot + 1; ++slot) {
        auto it = std::ranges::lower_bound(rows_, std::pair(slot, row.row - reach), {}, key);
        for (; it != rows_.end() && it->slot == slot && it->row <= row.row + reach; ++it)
          row.near.push_back(static_cast<std::uint32_t>(it - rows_.begin()));
      }
      // The likeliest neighbours first, so that counting them ends early.
      std::ranges::stable_sort(row.near, {}, [&](std::uint32_t other) {
        return std::pair(std::abs(rows_[other].row - row.row), std::abs(rows_[other].slot - row.slot));
      });
    }
  }

  bool are_neighbours(std::uint32_t a, std::uint32_t b) const {
    const auto& p = points_[a];
    const auto& q = points_[b];
    const auto apart = p.time < q.time ? q.time - p.time : p.time - q.time;
    if (apart > space_.window())
      return false;
    const double squared = squared_distance(p.at, q.at);
    if (squared <= near_)
      return true;
    return squared <= far_ && space_.is_near(p.input, q.input);
  }

  /// The first cell of the row whose column is at least `column`.
  std::uint32_t seek(const Row& row, std::uint32_t& cursor, std::int64_t column) const {
    if (cursor > row.first && cells_[cursor - 1].column >= column)
      cursor = static_cast<std::uint32_t>(
          std::lower_bound(cells_.begin() + row.first, cells_.begin() + cursor, column,
                           [](const Cell& cell, std::int64_t wanted) { return cell.column < wanted; }) -
          cells_.begin());
    while (cursor < row.last && cells_[cursor].column < column)
      ++cursor;
    return cursor;
  }

  /// Calls visit(cell) for every other cell from `least` on that can hold neighbours of this one.
  template <class Visit>
  void visit_cells_near(const Row& row, Cursors& cursors, std::uint32_t cell, std::uint32_t least, Visit visit) const {
    for (std::size_t r = 0; r < row.near.size(); ++r) {
      const Row& other = rows_[row.near[r]];
      if (other.last <= least)
        continue;
      for (const auto& range : Space::columns_near(row.shape, cells_[cell].column, other.shape)) {
        if (range.last < range.first)
          continue;
        for (auto found = seek(other, cursors[r], range.first);
             found < other.last && cells_[found].column <= range.last; ++found)
          if (found != cell && found >= least)
            visit(found);
      }
    }
  }

  template <class Visit>
  void visit_all_cells(Visit visit) {
    Cursors cursors;
    for (const auto& row : rows_) {
      cursors.clear();
      for (const auto other : row.near)
        cursors.push_back(rows_[other].first);
      for (std::uint32_t cell = row.first; cell < row.last; ++cell)
        visit(row, cursors, cell);
    }
  }

  void mark_core_points() {
    is_core_.assign(points_.size(), 0);
    has_core_.assign(cells_.size(), 0);
    std::vector<std::uint32_t> near;
    visit_all_cells([&](const Row& row, Cursors& cursors, std::uint32_t c) {
      const Cell& cell = cells_[c];
      if (cell.size() >= min_points_) {
        std::fill(is_core_.begin() + cell.first, is_core_.begin() + cell.last, char{1});
        has_core_[c] = 1;
        return;
      }
      near.clear();
      visit_cells_near(row, cursors, c, 0, [&](std::uint32_t other) { near.push_back(other); });
      for (std::uint32_t i = cell.first; i < cell.last; ++i)
        if (has_enough_neighbours(i, cell.size(), near)) {
          is_core_[i] = 1;
          has_core_[c] = 1;
        }
    });
  }

  bool has_enough_neighbours(std::uint32_t point, std::size_t known, const std::vector<std::uint32_t>& near) const {
    for (const auto other : near)
      for (std::uint32_t j = cells_[other].first; j < cells_[other].last; ++j)
        if (are_neighbours(point, j) && ++known >= min_points_)
          return true;
    return false;
  }

  void join_cells(CellSets& sets) {
    visit_all_cells([&](const Row& row, Cursors& cursors, std::uint32_t c) {
      if (has_core_[c] == 0)
        return;
      visit_cells_near(row, cursors, c, c + 1, [&](std::uint32_t other) {
        if (has_core_[other] != 0 && sets.find(c) != sets.find(other) && are_linked(c, other))
          sets.join(c, other);
      });
    });
  }

  /// Whether some core point of one cell is a neighbour of one of the other. Pairs of full cells just out of reach are
  /// the costly ones: points of the first that are too far from the box around the second are left out.
  bool are_linked(std::uint32_t a, std::uint32_t b) {
    collect_core_points(b, of_second_);
    MetricPoint low = points_[of_second_.front()].at;
    MetricPoint high = low;
    for (const auto j : of_second_) {
      const auto& p = points_[j].at;
      low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
    }
    for (std::uint32_t i = cells_[a].first; i < cells_[a].last; ++i) {
      if (is_core_[i] == 0)
        continue;
      const auto& p = points_[i].at;
      const MetricPoint nearest{std::clamp(p.x, low.x, high.x), std::clamp(p.y, low.y, high.y),
                                std::clamp(p.z, low.z, high.z)};
      if (squared_distance(p, nearest) > far_)
        continue;
      for (const auto j : of_second_)
        if (are_neighbours(i, j))
          return true;
    }
    return false;
  }

  void collect_core_points(std::uint32_t cell, std::vector<std::uint32_t>& found) const {
    found.clear();
    for (std::uint32_t i = cells_[cell].first; i < cells_[cell].last; ++i)
      if (is_core_[i] != 0)
        found.push_back(i);
  }

  void attach_border_points(std::vector<std::int32_t>& found) {
    std::vector<std::uint32_t> near;
    visit_all_cells([&](const Row& row, Cursors& cursors, std::uint32_t c) {
      const Cell& cell = cells_[c];
      if (cell.size() >= min_points_)
        return;
      near.assign(1, c);
      visit_cells_near(row, cursors, c, 0, [&](std::uint32_t other) {
        if (has_core_[other] != 0)
          near.push_back(other);
      });
      for (std::uint32_t i = cell.first; i < cell.last; ++i) {
        if (is_core_[i] != 0)
          continue;
        Nearest nearest;
        for (const auto other : near)
          offer_core_points(i, other, nearest);
        if (nearest.point != kNone)
          found[i] = found[nearest.point];
      }
    });
  }

  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  struct Nearest {
    std::uint32_t point = kNone;
    double squared = 0.0;
  };

  void offer_core_points(std::uint32_t border, std::uint32_t cell, Nearest& nearest) const {
    for (std::uint32_t j = cells_[cell].first; j < cells_[cell].last; ++j) {
      if (is_core_[j] == 0 || !are_neighbours(border, j))
        continue;
      const double squared = squared_distance(points_[border].at, points_[j].at);
      if (nearest.point == kNone || squared < nearest.squared ||
          (squared == nearest.squared && space_.is_before(points_[j].input, points_[nearest.point].input)))
        nearest = {j, squared};
    }
  }

  /// From sets of cells to numbers by first point, in the order of the input.
  std::vector<std::int32_t> numbered(const std::vector<std::int32_t>& found) const {
    std::vector<std::uint32_t> first_of(cells_.size(), kNone);
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (found[i] == kNoise)
        continue;
      auto& first = first_of[static_cast<std::size_t>(found[i])];
      if (first == kNone || space_.is_before(points_[i].input, first) ||
          (!space_.is_before(first, points_[i].input) && points_[i].input < first))
        first = points_[i].input;
    }
    std::vector<std::uint32_t> sets;
    for (std::uint32_t c = 0; c < first_of.size(); ++c)
      if (first_of[c] != kNone)
        sets.push_back(c);
    std::ranges::sort(sets, [&](std::uint32_t a, std::uint32_t b) {
      if (space_.is_before(first_of[a], first_of[b]) || space_.is_before(first_of[b], first_of[a]))
        return space_.is_before(first_of[a], first_of[b]);
      return first_of[a] < first_of[b];
    });
    std::vector<std::int32_t> number_of(cells_.size(), kNoise);
    for (std::size_t n = 0; n < sets.size(); ++n)
      number_of[sets[n]] = static_cast<std::int32_t>(n);
    std::vector<std::int32_t> result(found.size(), kNoise);
    for (std::size_t i = 0; i < found.size(); ++i)
      if (found[i] != kNoise)
        result[points_[i].input] = number_of[static_cast<std::size_t>(found[i])];
    return result;
  }

  const Space& space_;
  std::size_t min_points_;
  double near_;
  double far_;
  std::vector<GridPoint> points_;
  std::vector<Cell> cells_;
  std::vector<Row> rows_;
  std::vector<char> is_core_;
  std::vector<char> has_core_;
  std::vector<std::uint32_t> of_second_;
};

void require_valid(const ClusterRule& rule, std::size_t points) {
  if (!(rule.metres > 0.0 && rule.metres <= kMostMetres))
    throw std::invalid_argument(fmt::format("a cluster distance of {} m is not above 0 and at most 1e6", rule.metres));
  if (rule.seconds < 0)
    throw std::invalid_argument(fmt::format("a cluster window of {} s is negative", rule.seconds));
  if (rule.min_points < 1)
    throw std::invalid_argument(fmt::format("a cluster of at least {} points is no cluster", rule.min_points));
  if (points >= static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
    throw std::invalid_argument("more points than clusters can be numbered for");
}

}  // namespace

std::vector<std::int32_t> cluster_detections(std::span<const DetectionPoint> points, const ClusterRule& rule) {
  require_valid(rule, points.size());
  const Globe globe(points, rule);
  return GridClustering(globe, rule.min_points).labels();
}

std::vector<std::int32_t> cluster_planar(std::span<const PlanarPoint> points, const ClusterRule& rule) {
  require_valid(rule, points.size());
  const Plane plane(points, rule);
  return GridClustering(plane, rule.min_points).labels();
}

}  // namespace relevo::geo
