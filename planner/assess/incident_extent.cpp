// SPDX-License-Identifier: MIT
#include "planner/assess/incident_extent.hpp"

#include "geo/geodesic.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace relevo::planner::detail {

namespace {

using Json = nlohmann::json;

constexpr double kDegree = std::numbers::pi / 180.0;
constexpr double kRadiusMetres = 6'371'008.8;
constexpr double kKmPerDegree = kRadiusMetres * kDegree / 1000.0;
constexpr std::size_t kMostVertices = 400;

bool ring_contains(const geo::Ring& ring, const geo::LonLat& p) {
  bool inside = false;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const auto& a = ring[i];
    const auto& b = ring[i + 1];
    if ((a.lat > p.lat) != (b.lat > p.lat) && p.lon < (b.lon - a.lon) * (p.lat - a.lat) / (b.lat - a.lat) + a.lon)
      inside = !inside;
  }
  return inside;
}

bool polygon_contains(const geo::Polygon& polygon, const geo::LonLat& p) {
  return ring_contains(polygon.outer, p) &&
         std::ranges::none_of(polygon.holes, [&](const geo::Ring& hole) { return ring_contains(hole, p); });
}

double wrapped(double lon) {
  return lon > 180.0 ? lon - 360.0 : (lon < -180.0 ? lon + 360.0 : lon);
}

/// The point of the segment that is nearest on the map whose scale is true at `p`.
geo::LonLat nearest_on(const geo::LonLat& a, const geo::LonLat& b, const geo::LonLat& p) {
  const double scale = std::max(1e-6, std::cos(p.lat * kDegree));
  const double ax = wrapped(a.lon - p.lon) * scale;
  const double ay = a.lat - p.lat;
  const double dx = wrapped(b.lon - a.lon) * scale;
  const double dy = b.lat - a.lat;
  const double length = dx * dx + dy * dy;
  const double t = length > 0.0 ? std::clamp(-(ax * dx + ay * dy) / length, 0.0, 1.0) : 0.0;
  return {wrapped(a.lon + t * wrapped(b.lon - a.lon)), a.lat + t * (b.lat - a.lat)};
}

struct Nearest {
  double squared = Extent::kFar;
  geo::LonLat point;
};

void offer_ring(const geo::Ring& ring, const geo::LonLat& p, const geo::UnitVector& at, Nearest& nearest) {
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const auto q = nearest_on(ring[i], ring[i + 1], p);
    if (const double squared = geo::squared_chord(at, geo::unit_vector(q)); squared < nearest.squared)
      nearest = {squared, q};
  }
}

struct Xy {
  double x = 0.0;
  double y = 0.0;
};

/// Lambert's azimuthal equal-area projection of the sphere about a point, in metres.
class EqualArea {
 public:
  explicit EqualArea(const geo::LonLat& centre)
      : up_(geo::unit_vector(centre)),
        east_{-std::sin(centre.lon * kDegree), std::cos(centre.lon * kDegree), 0.0},
        north_{-up_.z * std::cos(centre.lon * kDegree), -up_.z * std::sin(centre.lon * kDegree),
               std::cos(centre.lat * kDegree)} {}

  Xy forward(const geo::LonLat& point) const {
    const auto u = geo::unit_vector(point);
    const double k = std::sqrt(2.0 / std::max(1e-12, 1.0 + dot(u, up_))) * kRadiusMetres;
    return {k * dot(u, east_), k * dot(u, north_)};
  }
  geo::LonLat back(const Xy& p) const {
    const double rho = std::min(2.0, std::hypot(p.x, p.y) / kRadiusMetres);
    const double along = 1.0 - rho * rho / 2.0;
    const double aside = rho > 0.0 ? std::sqrt(1.0 - rho * rho / 4.0) / kRadiusMetres : 0.0;
    const geo::UnitVector u{along * up_.x + aside * (p.x * east_.x + p.y * north_.x),
                            along * up_.y + aside * (p.x * east_.y + p.y * north_.y),
                            along * up_.z + aside * (p.x * east_.z + p.y * north_.z)};
    return {std::atan2(u.y, u.x) / kDegree, std::asin(std::clamp(u.z, -1.0, 1.0)) / kDegree};
  }

 private:
  static double dot(const geo::UnitVector& a, const geo::UnitVector& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
  geo::UnitVector up_;
  geo::UnitVector east_;
  geo::UnitVector north_;
};

double turn(const Xy& a, const Xy& b, const Xy& c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// Andrew's monotone chain: counter-clockwise, not closed.
std::vector<Xy> hull_of(std::vector<Xy> points) {
  std::ranges::sort(points, {}, [](const Xy& p) { return std::pair(p.x, p.y); });
  std::vector<Xy> hull;
  const auto chain = [&](auto begin, auto end) {
    const std::size_t base = hull.size();
    for (auto it = begin; it != end; ++it) {
      while (hull.size() >= base + 2 && turn(hull[hull.size() - 2], hull.back(), *it) <= 0.0)
        hull.pop_back();
      hull.push_back(*it);
    }
    hull.pop_back();
  };
  chain(points.begin(), points.end());
  chain(points.rbegin(), points.rend());
  return hull;
}

/// The points and a regular octagon about each that holds the circle of the radius.
std::vector<Xy> with_octagons(const std::vector<Xy>& points, double radius) {
  std::vector<Xy> grown;
  const double corner = radius / std::cos(std::numbers::pi / 8.0);
  for (const auto& p : points)
    for (int i = 0; i < 8; ++i) {
      const double angle = (i + 0.5) * std::numbers::pi / 4.0;
      grown.push_back({p.x + corner * std::cos(angle), p.y + corner * std::sin(angle)});
    }
  return grown;
}

/// The ring in degrees. Edges straight in the projection bend on the map near the poles: they get a vertex each degree.
std::vector<geo::LonLat> unprojected(const std::vector<Xy>& hull, const EqualArea& map) {
  std::vector<geo::LonLat> ring;
  for (std::size_t i = 0; i < hull.size(); ++i) {
    const Xy& a = hull[i];
    const Xy& b = hull[(i + 1) % hull.size()];
    const double degrees = std::abs(wrapped(map.back(b).lon - map.back(a).lon));
    const int pieces = 1 + static_cast<int>(degrees);
    for (int piece = 0; piece < pieces; ++piece) {
      const double t = static_cast<double>(piece) / pieces;
      ring.push_back(map.back({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)}));
    }
  }
  return ring;
}

/// The part of a ring (unwrapped longitudes, not closed) on one side of a meridian.
std::vector<Xy> clipped(const std::vector<Xy>& ring, double meridian, bool keep_west) {
  std::vector<Xy> kept;
  const auto inside = [&](const Xy& p) { return keep_west ? p.x <= meridian : p.x >= meridian; };
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Xy& a = ring[i];
    const Xy& b = ring[(i + 1) % ring.size()];
    if (inside(a))
      kept.push_back(a);
    if (inside(a) != inside(b))
      kept.push_back({meridian, a.y + (b.y - a.y) * (meridian - a.x) / (b.x - a.x)});
  }
  return kept;
}

geo::Polygon closed(const std::vector<Xy>& ring, double shift) {
  geo::Polygon polygon;
  for (const auto& p : ring)
    polygon.outer.push_back({std::clamp(p.x + shift, -180.0, 180.0), std::clamp(p.y, -90.0, 90.0)});
  polygon.outer.push_back(polygon.outer.front());
  return polygon;
}

/// A counter-clockwise ring once around a pole (eastwards around the north pole) becomes a strip from -180 to 180 that
/// reaches to the pole.
geo::Polygons around_pole(std::vector<Xy> ring, double turn_degrees) {
  const double pole = turn_degrees > 0.0 ? 90.0 : -90.0;
  for (auto& p : ring)
    p.x = wrapped(p.x);
  std::ranges::sort(ring, {}, [](const Xy& p) { return std::pair(p.x, p.y); });
  const Xy& first = ring.front();
  const Xy& last = ring.back();
  const double gap = first.x + 360.0 - last.x;
  const double edge = gap > 0.0 ? last.y + (first.y - last.y) * (180.0 - last.x) / gap : first.y;
  std::vector<Xy> strip;
  if (first.x > -180.0)
    strip.push_back({-180.0, edge});
  strip.insert(strip.end(), ring.begin(), ring.end());
  if (last.x < 180.0)
    strip.push_back({180.0, edge});
  strip.push_back({180.0, pole});
  strip.push_back({-180.0, pole});
  if (pole < 0.0)
    std::ranges::reverse(strip);
  return {closed(strip, 0.0)};
}

/// A counter-clockwise ring on the globe as polygons of the map.
geo::Polygons on_map(const std::vector<geo::LonLat>& ring) {
  std::vector<Xy> unwrapped;
  double lon = ring.front().lon;
  for (std::size_t i = 0; i <= ring.size(); ++i) {
    const auto& p = ring[i % ring.size()];
    lon += wrapped(p.lon - wrapped(std::remainder(lon, 360.0)));
    if (i < ring.size())
      unwrapped.push_back({lon, p.lat});
  }
  const double around = lon - ring.front().lon;
  if (std::abs(around) > 180.0)
    return around_pole(unwrapped, around);
  const auto [west, east] = std::ranges::minmax_element(unwrapped, {}, &Xy::x);
  if (east->x <= 180.0 && west->x >= -180.0)
    return {closed(unwrapped, 0.0)};
  const double meridian = east->x > 180.0 ? 180.0 : -180.0;
  geo::Polygons parts;
  const auto add = [&](const std::vector<Xy>& part, double shift) {
    if (part.size() >= 3)
      parts.push_back(closed(part, shift));
  };
  add(clipped(unwrapped, meridian, true), meridian < 0.0 ? 360.0 : 0.0);
  add(clipped(unwrapped, meridian, false), meridian > 0.0 ? -360.0 : 0.0);
  return parts;
}

Json json_of(const geo::Ring& ring) {
  Json json = Json::array();
  for (const auto& p : ring)
    json.push_back({p.lon, p.lat});
  return json;
}

}  // namespace

Extent::Extent(geo::Polygons polygons) : polygons_(std::move(polygons)) {
  for (const auto& polygon : polygons_) {
    Box box{180.0, 90.0, -180.0, -90.0};
    for (const auto& p : polygon.outer)
      box = {std::min(box.west, p.lon), std::min(box.south, p.lat), std::max(box.east, p.lon),
             std::max(box.north, p.lat)};
    boxes_.push_back(box);
  }
}

bool Extent::contains(const geo::LonLat& point) const {
  for (std::size_t i = 0; i < polygons_.size(); ++i)
    if (boxes_[i].holds(point) && polygon_contains(polygons_[i], point))
      return true;
  return false;
}

double Extent::distance_km(const geo::LonLat& point, double limit_km) const {
  if (contains(point))
    return 0.0;
  const double margin = limit_km / kKmPerDegree * 1.01;
  const double margin_lon = margin / std::max(1e-3, std::cos(std::min(90.0, std::abs(point.lat) + margin) * kDegree));
  Nearest nearest;
  const auto at = geo::unit_vector(point);
  for (std::size_t i = 0; i < polygons_.size(); ++i) {
    const Box& box = boxes_[i];
    const Box wide{box.west - margin_lon, box.south - margin, box.east + margin_lon, box.north + margin};
    if (!wide.holds(point) && !wide.holds({point.lon - 360.0, point.lat}) &&
        !wide.holds({point.lon + 360.0, point.lat}))
      continue;
    offer_ring(polygons_[i].outer, point, at, nearest);
    for (const auto& hole : polygons_[i].holes)
      offer_ring(hole, point, at, nearest);
  }
  if (nearest.squared == kFar)
    return kFar;
  const double km = geo::distance_between(point, nearest.point).kilometres();
  return km <= limit_km ? km : kFar;
}

std::size_t Extent::vertices_within(const Extent& other) const {
  std::size_t vertices = 0;
  for (const auto& polygon : polygons_)
    vertices += polygon.outer.size();
  const std::size_t step = 1 + vertices / kMostVertices;
  std::size_t within = 0;
  for (std::size_t i = 0; i < polygons_.size(); ++i) {
    if (std::ranges::none_of(other.boxes_, [&](const Box& box) { return box.meets(boxes_[i]); }))
      continue;
    for (std::size_t v = 0; v < polygons_[i].outer.size(); v += step)
      within += other.contains(polygons_[i].outer[v]) ? 1U : 0U;
  }
  return within;
}

std::size_t Extent::shared_vertices(const Extent& other) const {
  return vertices_within(other) + other.vertices_within(*this);
}

geo::LonLat Extent::centre() const {
  const auto largest =
      std::ranges::max_element(polygons_, {}, [](const geo::Polygon& polygon) { return polygon.outer.size(); });
  return largest == polygons_.end() ? geo::LonLat{} : middle_of(largest->outer);
}

std::string geojson_of(const geo::Polygons& polygons) {
  Json parts = Json::array();
  for (const auto& polygon : polygons) {
    Json rings = Json::array();
    rings.push_back(json_of(polygon.outer));
    for (const auto& hole : polygon.holes)
      rings.push_back(json_of(hole));
    parts.push_back(std::move(rings));
  }
  if (parts.size() == 1)
    return Json{{"type", "Polygon"}, {"coordinates", parts[0]}}.dump();
  return Json{{"type", "MultiPolygon"}, {"coordinates", parts}}.dump();
}

geo::Polygons grown_hull(std::span<const geo::LonLat> points, double grow_metres) {
  const EqualArea map(middle_of(points));
  std::vector<Xy> flat;
  flat.reserve(points.size());
  for (const auto& p : points)
    flat.push_back(map.forward(p));
  const auto core = flat.size() > 2 ? hull_of(flat) : flat;
  return on_map(unprojected(hull_of(with_octagons(core, grow_metres)), map));
}

geo::LonLat middle_of(std::span<const geo::LonLat> points) {
  geo::UnitVector sum;
  for (const auto& p : points) {
    const auto u = geo::unit_vector(p);
    sum = {sum.x + u.x, sum.y + u.y, sum.z + u.z};
  }
  const double flat = std::hypot(sum.x, sum.y);
  if (flat + std::abs(sum.z) < 1e-9)
    return points.front();
  return {std::atan2(sum.y, sum.x) / kDegree, std::atan2(sum.z, flat) / kDegree};
}

Day day_at(geo::Instant instant, const geo::LonLat& place) {
  constexpr double kDegreesPerHour = 15.0;
  return std::chrono::floor<Days>(instant + std::chrono::hours{std::lround(place.lon / kDegreesPerHour)});
}

}  // namespace relevo::planner::detail
