// SPDX-License-Identifier: MIT
#include "geo/geometry_repair.hpp"

#include "geo/geodesic.hpp"
#include "geo/ogr_polygons.hpp"
#include "geo/polygon_region.hpp"
#include "geo/vertices.hpp"

#include <cpl_error.h>
#include <ogr_geometry.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::geo {

namespace {

constexpr double kWidestLongitude = 540.0;
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
    if (drop_strays(vertices, is_ring))
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

}  // namespace

RepairedShape repair_shape(const OGRGeometry& geometry) {
  const CapturedWarning quiet;
  return Repair().of(geometry);
}

}  // namespace relevo::geo
