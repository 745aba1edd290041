// SPDX-License-Identifier: MIT
#include "geo/geometry_repair.hpp"

#include "geo/geodesic.hpp"

#include <cpl_error.h>
#include <geodesic.h>
#include <ogr_geometry.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::geo {

namespace {

using GeometryPtr = std::unique_ptr<OGRGeometry>;
using Vertices = std::vector<LonLat>;

constexpr double kLongitudeTolerance = 1e-9;
constexpr double kWidestLongitude = 540.0;
constexpr double kStrayDegrees = 5.0;
constexpr double kStrayOriginDiagonals = 0.25;
constexpr double kStrayDiagonals = 10.0;
constexpr std::size_t kFewestOthersOfStray = 8;
constexpr double kSmallestSquareDegrees = 1e-14;
constexpr int kDeepestCollection = 64;
constexpr int kRepairPasses = 3;

/// In the order in which one of several is reported.
enum class Fault {
  NotFinite,
  OutOfRange,
  StrayVertex,
  SelfIntersection,
  NestedRings,
  HoleOutside,
  UnclosedRing,
  Antimeridian,
  WrappedLongitude,
  MixedCollection,
  ZeroArea,
  ZeroLength,
  None
};

std::string_view code_of(Fault fault) {
  static constexpr std::array<std::string_view, 13> kCodes = {"not_finite",
                                                              "out_of_range",
                                                              "stray_vertex",
                                                              "self_intersection",
                                                              "nested_rings",
                                                              "hole_outside",
                                                              "unclosed_ring",
                                                              "antimeridian",
                                                              "wrapped_longitude",
                                                              "mixed_collection",
                                                              "zero_area",
                                                              "zero_length",
                                                              ""};
  return kCodes.at(static_cast<std::size_t>(fault));
}

/// GEOS reports through CPLError; nothing of it is for the terminal.
class CapturedWarning {
 public:
  CapturedWarning() { CPLPushErrorHandlerEx(&CapturedWarning::remember, this); }
  ~CapturedWarning() { CPLPopErrorHandler(); }
  CapturedWarning(const CapturedWarning&) = delete;
  CapturedWarning& operator=(const CapturedWarning&) = delete;
  bool contains(std::string_view text) const { return last_.find(text) != std::string::npos; }

 private:
  static void CPL_STDCALL remember(CPLErr /*level*/, CPLErrorNum /*code*/, const char* message) {
    static_cast<CapturedWarning*>(CPLGetErrorHandlerUserData())->last_ = message;
  }
  std::string last_;
};

// ---------------------------------------------------------------------------------------------------------------------
// Vertices

/// \pre |lon| <= 540
double wrapped(double lon) {
  return lon > 180.0 ? lon - 360.0 : lon < -180.0 ? lon + 360.0 : lon;
}

struct Box {
  double west = std::numeric_limits<double>::infinity();
  double south = std::numeric_limits<double>::infinity();
  double east = -std::numeric_limits<double>::infinity();
  double north = -std::numeric_limits<double>::infinity();

  void extend(const LonLat& v) {
    west = std::min(west, v.lon);
    east = std::max(east, v.lon);
    south = std::min(south, v.lat);
    north = std::max(north, v.lat);
  }
  double diagonal() const { return std::hypot(east - west, north - south); }
  double distance_to(const LonLat& v) const {
    return std::hypot(std::max({west - v.lon, v.lon - east, 0.0}), std::max({south - v.lat, v.lat - north, 0.0}));
  }
  bool is_small() const { return east - west <= kStrayDegrees && north - south <= kStrayDegrees; }
};

Box box_of(const Vertices& vertices) {
  Box box;
  for (const LonLat& v : vertices)
    box.extend(v);
  return box;
}

template <class Keep>
Box box_where(const Vertices& vertices, Keep keep) {
  Box box;
  for (const LonLat& v : vertices) {
    if (keep(v))
      box.extend(v);
  }
  return box;
}

bool is_finite(const LonLat& v) {
  return std::isfinite(v.lon) && std::isfinite(v.lat);
}

bool is_origin(const LonLat& v) {
  return v.lon == 0.0 && v.lat == 0.0;
}

double median(const Vertices& vertices, double LonLat::*coordinate) {
  std::vector<double> values;
  values.reserve(vertices.size());
  for (const LonLat& v : vertices)
    values.push_back(v.*coordinate);
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// The same vertices with longitudes as offsets from `reference`, so that those across the antimeridian are near.
Vertices around(const Vertices& vertices, double reference) {
  Vertices offsets = vertices;
  for (LonLat& v : offsets)
    v.lon = std::remainder(v.lon - reference, 360.0);
  return offsets;
}

bool drop_origin(Vertices& vertices) {
  const auto origins = static_cast<std::size_t>(std::count_if(vertices.begin(), vertices.end(), is_origin));
  if (origins == 0 || vertices.size() - origins < 2)
    return false;
  Vertices others;
  std::copy_if(vertices.begin(), vertices.end(), std::back_inserter(others),
               [](const LonLat& v) { return !is_origin(v); });
  const double reference = median(others, &LonLat::lon);
  const Box box = box_of(around(others, reference));
  const double distance = box.distance_to({std::remainder(-reference, 360.0), 0.0});
  if (distance <= std::max(kStrayDegrees, kStrayOriginDiagonals * box.diagonal()))
    return false;
  vertices = std::move(others);
  return true;
}

bool drop_furthest(Vertices& vertices) {
  if (vertices.size() <= kFewestOthersOfStray)
    return false;
  const Vertices offsets = around(vertices, median(vertices, &LonLat::lon));
  const double middle = median(offsets, &LonLat::lat);
  const auto apartness = [middle](const LonLat& v) { return std::max(std::abs(v.lon), std::abs(v.lat - middle)); };
  const auto furthest = std::max_element(offsets.begin(), offsets.end(),
                                         [&](const LonLat& a, const LonLat& b) { return apartness(a) < apartness(b); });
  const Box box = box_where(offsets, [&](const LonLat& v) { return !(v == *furthest); });
  if (!(box.distance_to(*furthest) > std::max(kStrayDegrees, kStrayDiagonals * box.diagonal())))
    return false;
  vertices.erase(vertices.begin() + (furthest - offsets.begin()));
  return true;
}

bool drop_strays(Vertices& vertices, bool is_ring) {
  bool dropped = drop_origin(vertices);
  while (is_ring && drop_furthest(vertices))
    dropped = true;
  return dropped;
}

void drop_repeated(Vertices& vertices, bool is_ring) {
  vertices.erase(std::unique(vertices.begin(), vertices.end()), vertices.end());
  while (is_ring && vertices.size() > 1 && vertices.front() == vertices.back())
    vertices.pop_back();
}

bool goes_round_world(const LonLat& from, const LonLat& to) {
  return std::abs(to.lon - from.lon) == 360.0 && to.lat == from.lat;
}

/// Gives edges along a parallel that go round the world two vertices more. The ring is open.
void split_world_edges(Vertices& ring) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const LonLat from = ring[i];
    const LonLat to = ring[(i + 1) % ring.size()];
    if (!goes_round_world(from, to))
      continue;
    const double third = (to.lon - from.lon) / 3.0;
    const auto next = ring.begin() + static_cast<std::ptrdiff_t>(i) + 1;
    ring.insert(next, {{from.lon + third, from.lat}, {to.lon - third, from.lat}});
    i += 2;
  }
}

/// True when an edge of the open ring spans more than 180 degrees of longitude.
bool is_wide(const Vertices& ring) {
  double before = ring.back().lon;
  for (const LonLat& v : ring) {
    if (std::abs(v.lon - before) > 180.0)
      return true;
    before = v.lon;
  }
  return false;
}

double signed_area(const Ring& closed) {
  double twice = 0.0;
  const LonLat origin = closed.front();
  for (std::size_t i = 0; i + 1 < closed.size(); ++i) {
    twice += (closed[i].lon - origin.lon) * (closed[i + 1].lat - origin.lat) -
             (closed[i + 1].lon - origin.lon) * (closed[i].lat - origin.lat);
  }
  return twice / 2.0;
}

// ---------------------------------------------------------------------------------------------------------------------
// Polygons, from and to OGR

/// Open rings, cleaned, within -180..180.
struct RawPolygon {
  Vertices outer;
  std::vector<Vertices> holes;
  bool has_to_be_cut = false;  ///< an edge crosses the antimeridian
};

std::unique_ptr<OGRLinearRing> ogr_ring(const Vertices& vertices) {
  auto ring = std::make_unique<OGRLinearRing>();
  ring->setNumPoints(static_cast<int>(vertices.size()), FALSE);
  for (std::size_t i = 0; i < vertices.size(); ++i)
    ring->setPoint(static_cast<int>(i), vertices[i].lon, vertices[i].lat);
  ring->closeRings();
  return ring;
}

std::unique_ptr<OGRPolygon> ogr_polygon(const Vertices& outer, const std::vector<Vertices>& holes) {
  auto polygon = std::make_unique<OGRPolygon>();
  polygon->addRingDirectly(ogr_ring(outer).release());
  for (const Vertices& hole : holes)
    polygon->addRingDirectly(ogr_ring(hole).release());
  return polygon;
}

std::unique_ptr<OGRMultiPolygon> ogr_polygons(const Polygons& polygons) {
  auto made = std::make_unique<OGRMultiPolygon>();
  for (const Polygon& polygon : polygons)
    made->addGeometryDirectly(ogr_polygon(polygon.outer, polygon.holes).release());
  return made;
}

GeometryPtr ogr_of(const Polygons& polygons) {
  if (polygons.size() == 1)
    return ogr_polygon(polygons.front().outer, polygons.front().holes);
  return ogr_polygons(polygons);
}

Vertices vertices_of(const OGRSimpleCurve& curve) {
  Vertices vertices;
  const int n = curve.getNumPoints();
  vertices.reserve(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i)
    vertices.push_back({curve.getX(i), curve.getY(i)});
  return vertices;
}

/// Snaps to the antimeridian and the poles what rounding left beside them.
LonLat snapped(LonLat v) {
  if (std::abs(std::abs(v.lon) - 180.0) < kLongitudeTolerance)
    v.lon = std::copysign(180.0, v.lon);
  if (std::abs(std::abs(v.lat) - 90.0) < kLongitudeTolerance)
    v.lat = std::copysign(90.0, v.lat);
  return v;
}

/// Of an open ring.
Ring closed_ring(Vertices vertices, bool counter_clockwise) {
  vertices.push_back(vertices.front());
  if ((signed_area(vertices) > 0.0) != counter_clockwise)
    std::reverse(vertices.begin(), vertices.end());
  return vertices;
}

/// An open ring of a result of GEOS without what rounding left in it; nothing if no area is left.
std::optional<Ring> settled_ring(Vertices vertices, bool counter_clockwise) {
  std::transform(vertices.begin(), vertices.end(), vertices.begin(), snapped);
  drop_repeated(vertices, true);
  if (vertices.size() < 3)
    return {};
  Ring ring = closed_ring(std::move(vertices), counter_clockwise);
  if (std::abs(signed_area(ring)) < kSmallestSquareDegrees)
    return {};
  return ring;
}

/// The polygons in a result of GEOS, shifted by `shift` degrees of longitude.
void append_polygons_of(Polygons& polygons, const OGRGeometry& geometry, double shift) {
  if (OGR_GT_IsSubClassOf(geometry.getGeometryType(), wkbGeometryCollection) != FALSE) {
    for (const OGRGeometry* part : *geometry.toGeometryCollection())
      append_polygons_of(polygons, *part, shift);
    return;
  }
  if (wkbFlatten(geometry.getGeometryType()) != wkbPolygon || geometry.IsEmpty())
    return;
  const auto shifted = [shift](const OGRLinearRing& ring) {
    Vertices vertices = vertices_of(ring);
    for (LonLat& v : vertices)
      v.lon += shift;
    return vertices;
  };
  const OGRPolygon& polygon = *geometry.toPolygon();
  std::optional<Ring> outer = settled_ring(shifted(*polygon.getExteriorRing()), true);
  if (!outer)
    return;
  polygons.push_back({std::move(*outer), {}});
  for (int i = 0; i < polygon.getNumInteriorRings(); ++i) {
    if (std::optional<Ring> hole = settled_ring(shifted(*polygon.getInteriorRing(i)), false))
      polygons.back().holes.push_back(std::move(*hole));
  }
}

GeometryPtr make_valid(const OGRGeometry& geometry) {
  const char* const options[] = {"METHOD=STRUCTURE", "KEEP_COLLAPSED=NO", nullptr};
  return GeometryPtr(geometry.MakeValid(options));
}

/// Why GEOS finds it invalid; nothing when it is valid.
std::optional<Fault> invalidity_of(const OGRGeometry& geometry) {
  const CapturedWarning warning;
  if (geometry.IsValid() != FALSE)
    return {};
  if (warning.contains("Hole lies outside"))
    return Fault::HoleOutside;
  if (warning.contains("Nested") || warning.contains("Holes are nested"))
    return Fault::NestedRings;
  return Fault::SelfIntersection;
}

// ---------------------------------------------------------------------------------------------------------------------
// Polygons across the antimeridian

/// Longitudes without jumps, beginning within -180..180; a ring that goes round a pole is closed along it.
Vertices unwound(const Vertices& ring) {
  Vertices made;
  made.reserve(ring.size() + 2);
  double latitudes = 0.0;
  for (const LonLat& v : ring) {
    const double before = made.empty() ? v.lon : made.back().lon;
    made.push_back({v.lon + 360.0 * std::round((before - v.lon) / 360.0), v.lat});
    latitudes += v.lat;
  }
  const double turns = std::round((made.back().lon - made.front().lon) / 360.0);
  if (turns != 0.0) {
    const LonLat first = made.front();
    const double pole = std::copysign(90.0, latitudes);
    made.push_back({first.lon + 360.0 * turns, first.lat});
    made.push_back({first.lon + 360.0 * turns, pole});
    made.push_back({first.lon, pole});
  }
  return made;
}

std::unique_ptr<OGRPolygon> window(int number) {
  const double west = -180.0 + 360.0 * number;
  return ogr_polygon({{west, -90.0}, {west + 360.0, -90.0}, {west + 360.0, 90.0}, {west, 90.0}}, {});
}

/// What the ring winds around, within -180..180.
GeometryPtr region_across(const Vertices& ring) {
  const Vertices line = unwound(ring);
  const Box box = box_of(line);
  const GeometryPtr whole = make_valid(*ogr_polygon(line, {}));
  const int first = static_cast<int>(std::floor((box.west + 180.0) / 360.0));
  const int last = static_cast<int>(std::ceil((box.east + 180.0) / 360.0));
  Polygons pieces;
  for (int number = first; whole && number < last; ++number) {
    const GeometryPtr piece(whole->Intersection(window(number).get()));
    if (piece)
      append_polygons_of(pieces, *piece, -360.0 * number);
  }
  return make_valid(*ogr_polygons(pieces));
}

GeometryPtr region_of(const Vertices& ring) {
  return is_wide(ring) ? region_across(ring) : make_valid(*ogr_polygon(ring, {}));
}

/// A hole that lies outside the polygon is a part of its own: so they come from programs that write the parts
/// of a multipolygon as rings of one polygon.
void append_region(Polygons& polygons, const RawPolygon& raw) {
  GeometryPtr covered = region_of(raw.outer);
  if (!covered)
    return;
  const GeometryPtr shell(covered->clone());
  for (const Vertices& hole : raw.holes) {
    const GeometryPtr gap = region_of(hole);
    if (!gap)
      continue;
    if (shell->IsEmpty() || (shell->Intersects(gap.get()) != FALSE && shell->Touches(gap.get()) == FALSE)) {
      if (GeometryPtr rest(covered->Difference(gap.get())); rest)
        covered = std::move(rest);
    } else {
      append_polygons_of(polygons, *gap, 0.0);
    }
  }
  append_polygons_of(polygons, *covered, 0.0);
}

/// Edges along a pole or the edge of the world may span more than a half of it.
void split_wide_edges(Ring& ring) {
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const LonLat from = ring[i];
    const LonLat to = ring[i + 1];
    if (std::abs(to.lon - from.lon) > 180.0) {
      const LonLat middle = {(from.lon + to.lon) / 2.0, (from.lat + to.lat) / 2.0};
      ring.insert(ring.begin() + static_cast<std::ptrdiff_t>(i) + 1, middle);
    }
  }
}

void split_wide_edges(Polygons& polygons) {
  for (Polygon& polygon : polygons) {
    split_wide_edges(polygon.outer);
    for (Ring& hole : polygon.holes)
      split_wide_edges(hole);
  }
}

// ---------------------------------------------------------------------------------------------------------------------

class Repair {
 public:
  RepairedShape of(const OGRGeometry& geometry) {
    collect(geometry, 0);
    if (vertices_ == 0)
      return {std::monostate(), "empty"};
    if (bad_ * 10 > vertices_)
      return {std::monostate(), std::string(code_of(fault_))};
    RepairedShape repaired;
    repaired.shape = finish();
    repaired.reason = code_of(fault_);
    return repaired;
  }

 private:
  void note(Fault fault) { fault_ = std::min(fault_, fault); }

  void collect(const OGRGeometry& geometry, int depth) {
    if (geometry.IsEmpty() || depth > kDeepestCollection)
      return;
    if (geometry.hasCurveGeometry(TRUE) != FALSE) {
      const GeometryPtr linear(geometry.getLinearGeometry());
      if (linear && linear->hasCurveGeometry(TRUE) == FALSE)
        collect(*linear, depth + 1);
      return;
    }
    const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
    if (type == wkbPoint) {
      const OGRPoint& point = *geometry.toPoint();
      add_point({point.getX(), point.getY()});
    } else if (OGR_GT_IsSubClassOf(type, wkbLineString) != FALSE) {
      add_line(vertices_of(*geometry.toSimpleCurve()));
    } else if (OGR_GT_IsSubClassOf(type, wkbPolygon) != FALSE) {
      add_polygon(*geometry.toPolygon());
    } else if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection) != FALSE) {
      for (const OGRGeometry* part : *geometry.toGeometryCollection())
        collect(*part, depth + 1);
    } else if (OGR_GT_IsSubClassOf(type, wkbPolyhedralSurface) != FALSE) {
      for (const OGRPolygon* part : *geometry.toPolyhedralSurface())
        collect(*part, depth + 1);
    }
  }

  /// Drops what is no coordinate; longitudes are not wrapped yet.
  void drop_bad(Vertices& vertices) {
    vertices_ += vertices.size();
    const auto is_bad = [this](LonLat& v) {
      if (!is_finite(v)) {
        note(Fault::NotFinite);
        return true;
      }
      v = snapped(v);
      if (std::abs(v.lat) <= 90.0 && std::abs(v.lon) <= kWidestLongitude)
        return false;
      note(Fault::OutOfRange);
      return true;
    };
    const auto kept = std::remove_if(vertices.begin(), vertices.end(), is_bad);
    bad_ += static_cast<std::size_t>(vertices.end() - kept);
    vertices.erase(kept, vertices.end());
  }

  /// Leaves only usable vertices, within -180..180.
  void clean(Vertices& vertices, bool is_ring) {
    drop_bad(vertices);
    if (is_ring)
      split_world_edges(vertices);
    for (LonLat& v : vertices)
      wrap(v);
    if (!box_of(vertices).is_small() && drop_strays(vertices, is_ring))
      note(Fault::StrayVertex);
    drop_repeated(vertices, is_ring);
  }

  void add_point(const LonLat& point) {
    Vertices vertices = {point};
    drop_bad(vertices);
    points_.insert(points_.end(), vertices.begin(), vertices.end());
  }

  void add_line(Vertices vertices) {
    clean(vertices, false);
    if (vertices.size() < 2) {
      note(Fault::ZeroLength);
    } else {
      lines_.push_back(std::move(vertices));
    }
  }

  /// An open ring; nothing if it encloses nothing.
  std::optional<Vertices> ring_of(const OGRLinearRing& ogr) {
    Vertices vertices = vertices_of(ogr);
    const bool is_closed = vertices.size() > 1 && vertices.front() == vertices.back();
    const bool is_open = !is_closed && vertices.size() > 2 && is_finite(vertices.front()) && is_finite(vertices.back());
    if (is_closed)
      vertices.pop_back();
    clean(vertices, true);
    if (vertices.size() < 3) {
      note(Fault::ZeroArea);
      return {};
    }
    if (is_open)
      note(Fault::UnclosedRing);
    return vertices;
  }

  void add_polygon(const OGRPolygon& polygon) {
    std::optional<Vertices> outer = ring_of(*polygon.getExteriorRing());
    if (!outer)
      return;
    RawPolygon raw{std::move(*outer), {}, false};
    for (int i = 0; i < polygon.getNumInteriorRings(); ++i) {
      if (std::optional<Vertices> hole = ring_of(*polygon.getInteriorRing(i)))
        raw.holes.push_back(std::move(*hole));
    }
    raw.has_to_be_cut =
        is_wide(raw.outer) || std::any_of(raw.holes.begin(), raw.holes.end(), [](const auto& h) { return is_wide(h); });
    polygons_.push_back(std::move(raw));
  }

  Shape finish() {
    if (!polygons_.empty()) {
      if (!lines_.empty() || !points_.empty())
        note(Fault::MixedCollection);
      return finish_polygons();
    }
    if (!lines_.empty()) {
      if (!points_.empty())
        note(Fault::MixedCollection);
      return finish_lines();
    }
    return finish_points();
  }

  Shape finish_points() {
    if (points_.empty())
      return std::monostate();
    if (drop_origin(points_))
      note(Fault::StrayVertex);
    for (LonLat& point : points_)
      wrap(point);
    return std::move(points_);
  }

  Shape finish_lines() {
    Lines cut;
    for (const Vertices& line : lines_) {
      for (auto& piece : split_at_antimeridian(line))
        cut.push_back(std::move(piece));
    }
    if (cut.size() > lines_.size())
      note(Fault::Antimeridian);
    if (cut.empty()) {
      note(Fault::ZeroLength);
      return std::monostate();
    }
    return cut;
  }

  void wrap(LonLat& v) {
    if (std::abs(v.lon) > 180.0) {
      v.lon = wrapped(v.lon);
      note(Fault::WrappedLongitude);
    }
  }

  Shape finish_polygons() {
    Polygons polygons;
    if (!take_as_they_are(polygons)) {
      const CapturedWarning quiet;
      for (const RawPolygon& raw : polygons_)
        append_region(polygons, raw);
      polygons = valid(std::move(polygons));
      split_wide_edges(polygons);
    }
    if (polygons.empty()) {
      note(Fault::ZeroArea);
      return std::monostate();
    }
    return polygons;
  }

  /// False, and nothing taken, if they have to be cut or repaired.
  bool take_as_they_are(Polygons& polygons) {
    const auto crosses = [](const RawPolygon& raw) { return raw.has_to_be_cut; };
    if (std::any_of(polygons_.begin(), polygons_.end(), crosses)) {
      note(Fault::Antimeridian);
      for (const RawPolygon& raw : polygons_)
        note_invalidity(*ogr_polygon(unwound(raw.outer), {}));
      return false;
    }
    for (const RawPolygon& raw : polygons_) {
      polygons.push_back({closed_ring(raw.outer, true), {}});
      for (const Vertices& hole : raw.holes)
        polygons.back().holes.push_back(closed_ring(hole, false));
    }
    if (!note_invalidity(*ogr_of(polygons)))
      return true;
    polygons.clear();
    return false;
  }

  bool note_invalidity(const OGRGeometry& geometry) {
    const std::optional<Fault> fault = invalidity_of(geometry);
    if (fault)
      note(*fault);
    return fault.has_value();
  }

  /// Unites what overlaps. Rounding after a repair may break it again, which another pass mends.
  Polygons valid(Polygons polygons) {
    for (int pass = 0; pass < kRepairPasses && !polygons.empty(); ++pass) {
      const GeometryPtr ogr = ogr_of(polygons);
      if (!invalidity_of(*ogr))
        return polygons;
      const GeometryPtr mended = make_valid(*ogr);
      polygons.clear();
      if (mended)
        append_polygons_of(polygons, *mended, 0.0);
    }
    if (!polygons.empty() && invalidity_of(*ogr_of(polygons)))
      polygons.clear();
    return polygons;
  }

  Points points_;
  std::vector<Vertices> lines_;
  std::vector<RawPolygon> polygons_;
  std::size_t vertices_ = 0;
  std::size_t bad_ = 0;
  Fault fault_ = Fault::None;
};

/// Square metres to the left of the closed ring, or to its right.
double area_beside(const geod_geodesic& ellipsoid, const Ring& ring, bool left) {
  geod_polygon polygon;
  geod_polygon_init(&polygon, FALSE);
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    geod_polygon_addpoint(&ellipsoid, &polygon, ring[i].lat, ring[i].lon);
  double area = 0.0;
  geod_polygon_compute(&ellipsoid, &polygon, left ? FALSE : TRUE, FALSE, &area, nullptr);
  return area;
}

}  // namespace

RepairedShape repair_shape(const OGRGeometry& geometry) {
  const CapturedWarning quiet;
  return Repair().of(geometry);
}

Area area_of(const Polygons& polygons) {
  geod_geodesic wgs84;
  geod_init(&wgs84, 6378137.0, 1.0 / 298.257223563);
  double square_metres = 0.0;
  for (const Polygon& polygon : polygons) {
    square_metres += area_beside(wgs84, polygon.outer, true);
    for (const Ring& hole : polygon.holes)
      square_metres -= area_beside(wgs84, hole, false);
  }
  return Area::from_hectares(square_metres / 10000.0);
}

}  // namespace relevo::geo
