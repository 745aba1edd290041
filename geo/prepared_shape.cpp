// SPDX-License-Identifier: MIT
#include "geo/prepared_shape.hpp"

#include "geo/geodesic.hpp"
#include "geo/wgs84.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <type_traits>
#include <utility>

namespace relevo::geo {

namespace {

constexpr double kRadiansPerDegree = std::numbers::pi / 180.0;
constexpr double kLargestDeviation = 0.5;
constexpr std::uint32_t kLeafSize = 4;
/// A minimum is found when what is left of its bracket is this short.
constexpr double kBracketMetres = 1e-4;

/// Most metres between an edge that is straight in degrees and its chord: an eighth of the largest second derivative of
/// the point along the edge (the parametrisation runs from 0 to 1).
double deviation_of(const LonLat& from, const LonLat& to) {
  const double east = std::abs(to.lon - from.lon) * kRadiansPerDegree;
  const double north = std::abs(to.lat - from.lat) * kRadiansPerDegree;
  const bool over_equator = (from.lat < 0.0) != (to.lat < 0.0);
  const double lowest = over_equator ? 0.0 : std::min(std::abs(from.lat), std::abs(to.lat));
  const double cosine = std::cos(lowest * kRadiansPerDegree);
  return wgs84::kLargestRadiusMetres / 8.0 * (east * east * cosine + 2.0 * east * north + 1.01 * north * north);
}

LonLat between(const LonLat& from, const LonLat& to, double fraction) {
  return {from.lon + (to.lon - from.lon) * fraction, from.lat + (to.lat - from.lat) * fraction};
}

/// Where the chord is nearest to a point, 0 ... 1.
double foot_on_chord(const EarthPoint& from, const EarthPoint& to, const EarthPoint& point) {
  const double dx = to.x - from.x;
  const double dy = to.y - from.y;
  const double dz = to.z - from.z;
  const double squared_length = dx * dx + dy * dy + dz * dz;
  if (squared_length == 0.0)
    return 0.0;
  const double along = (point.x - from.x) * dx + (point.y - from.y) * dy + (point.z - from.z) * dz;
  return std::clamp(along / squared_length, 0.0, 1.0);
}

double straight_line_to_chord(const EarthPoint& from, const EarthPoint& to, const EarthPoint& point) {
  const double fraction = foot_on_chord(from, to, point);
  return std::sqrt(
      squared_straight_line(point, EarthPoint{from.x + (to.x - from.x) * fraction, from.y + (to.y - from.y) * fraction,
                                              from.z + (to.z - from.z) * fraction}));
}

/// The distance from a fixed point to the point at a fraction of an edge, and how it changes along it.
class DistanceAlongEdge {
 public:
  DistanceAlongEdge(const LonLat& from, const LonLat& to, const LonLat& point) : from_(from), to_(to), point_(point) {}

  struct Value {
    double metres = 0.0;
    double slope = 0.0;  ///< metres per whole edge
  };

  Value at(double fraction) const {
    const LonLat foot = between(from_, to_, fraction);
    const Geodesic line = measure_geodesic(foot, point_);
    const double lat = foot.lat * kRadiansPerDegree;
    const double sine = std::sin(lat);
    const double root = std::sqrt(1.0 - wgs84::kEccentricitySquared * sine * sine);
    const double east = wgs84::kSemiMajorAxisMetres / root * std::cos(lat) * (to_.lon - from_.lon) * kRadiansPerDegree;
    const double north = wgs84::kSemiMajorAxisMetres * (1.0 - wgs84::kEccentricitySquared) / (root * root * root) *
                         (to_.lat - from_.lat) * kRadiansPerDegree;
    const double azimuth = line.azimuth_deg * kRadiansPerDegree;
    return {line.length.metres(), -(east * std::sin(azimuth) + north * std::cos(azimuth))};
  }

 private:
  LonLat from_;
  LonLat to_;
  LonLat point_;
};

/// Least distance along an edge short enough to have one minimum: the zero of its slope, by false position with the
/// Illinois rule, from the foot on the chord.
double least_along(const DistanceAlongEdge& distance, double foot, double edge_metres) {
  const auto first = distance.at(foot);
  double best = first.metres;
  if (first.slope == 0.0 || (foot == 0.0 && first.slope > 0.0) || (foot == 1.0 && first.slope < 0.0))
    return best;
  const bool ahead = first.slope < 0.0;
  double low = ahead ? foot : 0.0;
  double high = ahead ? 1.0 : foot;
  const auto other = distance.at(ahead ? high : low);
  best = std::min(best, other.metres);
  double slope_low = ahead ? first.slope : other.slope;
  double slope_high = ahead ? other.slope : first.slope;
  if (slope_low >= 0.0 || slope_high <= 0.0)
    return best;
  for (int step = 0; step < 60 && (high - low) * edge_metres > kBracketMetres; ++step) {
    // Halving now and then: a slope that jumps (the point lies on the edge) would keep one end for ever.
    const double middle =
        step % 3 == 2 ? (low + high) / 2.0 : low + (high - low) * slope_low / (slope_low - slope_high);
    const auto value = distance.at(std::clamp(middle, low, high));
    best = std::min(best, value.metres);
    if (std::abs(value.slope) * (high - low) < kBracketMetres)
      break;
    if (value.slope < 0.0) {
      low = middle;
      slope_low = value.slope;
      slope_high /= 2.0;
    } else {
      high = middle;
      slope_high = value.slope;
      slope_low /= 2.0;
    }
  }
  return best;
}

/// Twice the signed area of the triangle in degrees.
double turn(const LonLat& a, const LonLat& b, const LonLat& c) {
  return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon);
}

bool is_on(const LonLat& point, const LonLat& a, const LonLat& b) {
  return std::min(a.lon, b.lon) <= point.lon && point.lon <= std::max(a.lon, b.lon) &&
         std::min(a.lat, b.lat) <= point.lat && point.lat <= std::max(a.lat, b.lat);
}

bool segments_meet(const LonLat& a, const LonLat& b, const LonLat& c, const LonLat& d) {
  const double c_side = turn(a, b, c);
  const double d_side = turn(a, b, d);
  const double a_side = turn(c, d, a);
  const double b_side = turn(c, d, b);
  if (((c_side > 0.0) != (d_side > 0.0)) && ((a_side > 0.0) != (b_side > 0.0)) && c_side != 0.0 && d_side != 0.0 &&
      a_side != 0.0 && b_side != 0.0)
    return true;
  return (c_side == 0.0 && is_on(c, a, b)) || (d_side == 0.0 && is_on(d, a, b)) || (a_side == 0.0 && is_on(a, c, d)) ||
         (b_side == 0.0 && is_on(b, c, d));
}

}  // namespace

DegreeBox degree_box_of(const Polygons& polygons) {
  DegreeBox box;
  for (const auto& polygon : polygons)
    for (const auto& vertex : polygon.outer)
      box.add(vertex);
  return box;
}

/// What is known so far of the straight line from a point to a shape.
struct PreparedShape::Bounds {
  EarthPoint point;
  double least = 0.0;         ///< the true one is no shorter
  double most = 0.0;          ///< and no longer
  double most_squared = 0.0;  ///< beyond it a box is of no interest
};

struct PreparedShape::Nearest {
  LonLat point;
  EarthPoint place;
  double metres = 0.0;         ///< the shortest geodesic so far
  double straight_line = 0.0;  ///< what is farther than this in a straight line is farther by geodesic
};

PreparedShape::PreparedShape(const Shape& shape) {
  std::visit(
      [&](const auto& parts) {
        using Parts = std::decay_t<decltype(parts)>;
        if constexpr (std::is_same_v<Parts, Points>) {
          for (const auto& point : parts)
            add_vertex(point);
        } else if constexpr (std::is_same_v<Parts, Lines>) {
          for (const auto& line : parts)
            add_line(line);
        } else if constexpr (std::is_same_v<Parts, Polygons>) {
          const auto add_ring = [&](const Ring& ring) {
            add_line(ring);
            for (std::size_t i = 1; i < ring.size(); ++i)
              edges_.push_back({ring[i - 1], ring[i]});
          };
          degrees_ = degree_box_of(parts);
          for (const auto& polygon : parts) {
            add_ring(polygon.outer);
            for (const auto& hole : polygon.holes)
              add_ring(hole);
          }
        }
      },
      shape);
  if (pieces_.empty())
    return;
  build(0, static_cast<std::uint32_t>(pieces_.size()));
  box_ = nodes_.front().box;
  sort_into_bands();
}

void PreparedShape::add_vertex(const LonLat& point) {
  const EarthPoint place = earth_point(point);
  pieces_.push_back({place, place, point, point, 0.0});
  corners_.push_back(point);
}

void PreparedShape::add_line(const std::vector<LonLat>& line) {
  if (line.size() == 1)
    add_vertex(line.front());
  if (line.size() < 2)
    return;
  corners_.push_back(line.front());
  for (std::size_t i = 1; i < line.size(); ++i)
    add_edge(line[i - 1], line[i]);
}

void PreparedShape::add_edge(const LonLat& from, const LonLat& to) {
  EarthPoint last = earth_point(from);
  const EarthPoint end = earth_point(to);
  const double deviation = deviation_of(from, to);
  const auto parts = static_cast<std::size_t>(std::max(1.0, std::ceil(std::sqrt(deviation / kLargestDeviation))));
  const auto count = static_cast<double>(parts);
  for (std::size_t i = 0; i < parts; ++i) {
    const LonLat a = between(from, to, static_cast<double>(i) / count);
    const LonLat b = i + 1 == parts ? to : between(from, to, static_cast<double>(i + 1) / count);
    const EarthPoint next = i + 1 == parts ? end : earth_point(b);
    pieces_.push_back({last, next, a, b, deviation_of(a, b)});
    last = next;
  }
}

std::uint32_t PreparedShape::build(std::uint32_t first, std::uint32_t last) {
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({{}, first, last, 0});
  EarthBox box;
  if (last - first <= kLeafSize) {
    for (std::uint32_t i = first; i < last; ++i) {
      box.add(pieces_[i].from, pieces_[i].deviation);
      box.add(pieces_[i].to, pieces_[i].deviation);
    }
  } else {
    const std::uint32_t middle = first + (last - first) / 2;
    box.add(nodes_[build(first, middle)].box);
    const std::uint32_t second = build(middle, last);
    box.add(nodes_[second].box);
    nodes_[index].second_child = second;
  }
  nodes_[index].box = box;
  return index;
}

void PreparedShape::sort_into_bands() {
  if (edges_.empty())
    return;
  // No more bands than edges are high on average, lest long edges fill memory: two entries for each edge, about.
  double climb = 1e-12;
  for (const auto& edge : edges_)
    climb += std::abs(edge.to.lat - edge.from.lat);
  const double height = std::max(degrees_.north - degrees_.south, 1e-12);
  const auto edge_count = static_cast<double>(edges_.size());
  const auto count = static_cast<std::size_t>(std::max(1.0, std::min(edge_count / 4.0, height * edge_count / climb)));
  bands_.south = degrees_.south;
  bands_.per_degree = static_cast<double>(count) / height;
  const auto band = [&](double lat) {
    const double position = (lat - bands_.south) * bands_.per_degree;
    return std::min(count - 1, static_cast<std::size_t>(std::max(0.0, position)));
  };
  const auto bands_of = [&](const Edge& edge) {
    return std::pair(band(std::min(edge.from.lat, edge.to.lat)), band(std::max(edge.from.lat, edge.to.lat)));
  };
  bands_.start.assign(count + 1, 0);
  for (const auto& edge : edges_) {
    const auto [lowest, highest] = bands_of(edge);
    for (std::size_t b = lowest; b <= highest; ++b)
      ++bands_.start[b + 1];
  }
  for (std::size_t b = 0; b < count; ++b)
    bands_.start[b + 1] += bands_.start[b];
  bands_.edges.resize(bands_.start.back());
  auto next = bands_.start;
  for (std::uint32_t i = 0; i < edges_.size(); ++i) {
    const auto [lowest, highest] = bands_of(edges_[i]);
    for (std::size_t b = lowest; b <= highest; ++b)
      bands_.edges[next[b]++] = i;
  }
}

bool PreparedShape::contains(const LonLat& point) const noexcept {
  if (edges_.empty() || !degrees_.contains(point))
    return false;
  const std::size_t count = bands_.start.size() - 1;
  const std::size_t band =
      std::min(count - 1, static_cast<std::size_t>(std::max(0.0, (point.lat - bands_.south) * bands_.per_degree)));
  bool inside = false;
  for (std::uint32_t i = bands_.start[band]; i < bands_.start[band + 1]; ++i) {
    const auto& edge = edges_[bands_.edges[i]];
    if ((edge.from.lat > point.lat) == (edge.to.lat > point.lat))
      continue;
    const double lon =
        edge.from.lon + (edge.to.lon - edge.from.lon) * (point.lat - edge.from.lat) / (edge.to.lat - edge.from.lat);
    if (lon > point.lon)
      inside = !inside;
  }
  return inside;
}

void PreparedShape::bound(std::uint32_t node, Bounds& bounds) const {
  const Node& here = nodes_[node];
  if (here.second_child != 0) {
    std::uint32_t nearer = node + 1;
    std::uint32_t farther = here.second_child;
    double near_squared = squared_straight_line(bounds.point, nodes_[nearer].box);
    double far_squared = squared_straight_line(bounds.point, nodes_[farther].box);
    if (far_squared < near_squared) {
      std::swap(nearer, farther);
      std::swap(near_squared, far_squared);
    }
    if (near_squared <= bounds.most_squared)
      bound(nearer, bounds);
    if (far_squared <= bounds.most_squared)
      bound(farther, bounds);
    return;
  }
  for (std::uint32_t i = here.first; i < here.last; ++i) {
    const Piece& piece = pieces_[i];
    const double metres = straight_line_to_chord(piece.from, piece.to, bounds.point);
    bounds.least = std::min(bounds.least, metres - piece.deviation);
    if (metres + piece.deviation < bounds.most) {
      bounds.most = metres + piece.deviation;
      bounds.most_squared = bounds.most * bounds.most;
    }
  }
}

DistanceBounds PreparedShape::bounds_to(const LonLat& point, const EarthPoint& place, Distance limit) const {
  // A metre more than the limit, so that what lies just beyond it is bounded too.
  const double most = straight_line_at_most(limit.metres()) + 2.0 * kLargestDeviation;
  Bounds bounds{place, most, most, most * most};
  if (pieces_.empty() || squared_straight_line(place, box_) > bounds.most_squared)
    return {limit.metres() + kLargestDeviation, HUGE_VAL};
  if (contains(point))
    return {0.0, 0.0};
  bound(0, bounds);
  if (bounds.most >= most && bounds.least >= most)
    return {limit.metres() + kLargestDeviation, HUGE_VAL};
  return {geodesic_at_least(std::max(0.0, bounds.least)), geodesic_at_most(bounds.most)};
}

double PreparedShape::distance_to_piece(const Piece& piece, const LonLat& point) {
  const double length = std::sqrt(squared_straight_line(piece.from, piece.to));
  if (length == 0.0)
    return distance_between(piece.start, point).metres();
  const double foot = foot_on_chord(piece.from, piece.to, earth_point(point));
  return least_along({piece.start, piece.end, point}, foot, length);
}

void PreparedShape::nearest(std::uint32_t node, Nearest& nearest_so_far) const {
  const Node& here = nodes_[node];
  if (here.second_child != 0) {
    std::uint32_t nearer = node + 1;
    std::uint32_t farther = here.second_child;
    double near_squared = squared_straight_line(nearest_so_far.place, nodes_[nearer].box);
    double far_squared = squared_straight_line(nearest_so_far.place, nodes_[farther].box);
    if (far_squared < near_squared) {
      std::swap(nearer, farther);
      std::swap(near_squared, far_squared);
    }
    if (std::sqrt(near_squared) <= nearest_so_far.straight_line)
      nearest(nearer, nearest_so_far);
    if (std::sqrt(far_squared) <= nearest_so_far.straight_line)
      nearest(farther, nearest_so_far);
    return;
  }
  for (std::uint32_t i = here.first; i < here.last; ++i) {
    const Piece& piece = pieces_[i];
    if (straight_line_to_chord(piece.from, piece.to, nearest_so_far.place) - piece.deviation >
        nearest_so_far.straight_line)
      continue;
    const double metres = distance_to_piece(piece, nearest_so_far.point);
    if (metres < nearest_so_far.metres) {
      nearest_so_far.metres = metres;
      nearest_so_far.straight_line = straight_line_at_most(metres);
    }
  }
}

Distance PreparedShape::distance_to(const LonLat& point) const {
  if (pieces_.empty())
    return Distance::from_metres(HUGE_VAL);
  const EarthPoint place = earth_point(point);
  if (contains(point))
    return Distance{};
  Nearest found{point, place, HUGE_VAL, HUGE_VAL};
  nearest(0, found);
  return Distance::from_metres(found.metres);
}

bool PreparedShape::crosses(std::uint32_t node, const PreparedShape& other, std::uint32_t other_node) const {
  const Node& mine = nodes_[node];
  const Node& theirs = other.nodes_[other_node];
  if (squared_straight_line(mine.box, theirs.box) > 0.0)
    return false;
  if (mine.second_child != 0 && (theirs.second_child == 0 || mine.last - mine.first >= theirs.last - theirs.first))
    return crosses(node + 1, other, other_node) || crosses(mine.second_child, other, other_node);
  if (theirs.second_child != 0)
    return crosses(node, other, other_node + 1) || crosses(node, other, theirs.second_child);
  for (std::uint32_t i = mine.first; i < mine.last; ++i)
    for (std::uint32_t j = theirs.first; j < theirs.last; ++j)
      if (segments_meet(pieces_[i].start, pieces_[i].end, other.pieces_[j].start, other.pieces_[j].end))
        return true;
  return false;
}

bool PreparedShape::intersects(const PreparedShape& other) const {
  if (empty() || other.empty())
    return false;
  const auto any_inside = [](const std::vector<LonLat>& corners, const PreparedShape& shape) {
    return std::any_of(corners.begin(), corners.end(), [&](const LonLat& c) { return shape.contains(c); });
  };
  return any_inside(corners_, other) || any_inside(other.corners_, *this) || crosses(0, other, 0);
}

void PreparedShape::nearest_pair(std::uint32_t node, const PreparedShape& other, std::uint32_t other_node,
                                 double& best) const {
  const Node& mine = nodes_[node];
  const Node& theirs = other.nodes_[other_node];
  if (std::sqrt(squared_straight_line(mine.box, theirs.box)) > straight_line_at_most(best))
    return;
  if (mine.second_child != 0 && (theirs.second_child == 0 || mine.last - mine.first >= theirs.last - theirs.first)) {
    std::pair children(node + 1, mine.second_child);
    if (squared_straight_line(nodes_[children.second].box, theirs.box) <
        squared_straight_line(nodes_[children.first].box, theirs.box))
      std::swap(children.first, children.second);
    nearest_pair(children.first, other, other_node, best);
    nearest_pair(children.second, other, other_node, best);
    return;
  }
  if (theirs.second_child != 0) {
    other.nearest_pair(other_node, *this, node, best);
    return;
  }
  const auto try_end = [&](const Piece& piece, const LonLat& end, const EarthPoint& place) {
    if (straight_line_to_chord(piece.from, piece.to, place) - piece.deviation <= straight_line_at_most(best))
      best = std::min(best, distance_to_piece(piece, end));
  };
  for (std::uint32_t i = mine.first; i < mine.last; ++i)
    for (std::uint32_t j = theirs.first; j < theirs.last; ++j) {
      const Piece& a = pieces_[i];
      const Piece& b = other.pieces_[j];
      try_end(b, a.start, a.from);
      try_end(b, a.end, a.to);
      try_end(a, b.start, b.from);
      try_end(a, b.end, b.to);
    }
}

Distance PreparedShape::distance_to(const PreparedShape& other) const {
  if (empty() || other.empty())
    return Distance::from_metres(HUGE_VAL);
  if (intersects(other))
    return Distance{};
  double best = HUGE_VAL;
  nearest_pair(0, other, 0, best);
  return Distance::from_metres(best);
}

}  // namespace relevo::geo
