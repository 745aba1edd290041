// SPDX-License-Identifier: MIT
#include "cli/gpkg/exposure_rings.hpp"

#include "geo/geodesic.hpp"
#include "geo/geojson.hpp"

#include <fmt/format.h>
#include <ogr_geometry.h>
#include <ogr_spatialref.h>

#include <array>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <utility>

namespace relevo::cli {

namespace {

using geo::LonLat;

constexpr int kVertices = 72;
// Of a quarter circle, in a buffer's corners.
constexpr int kQuarterVertices = 18;
constexpr std::array<int, 3> kRingsKm = {10, 25, 50};

struct DestroyTransformation {
  void operator()(OGRCoordinateTransformation* transformation) const {
    OGRCoordinateTransformation::DestroyCT(transformation);
  }
};
using Transformation = std::unique_ptr<OGRCoordinateTransformation, DestroyTransformation>;

void add_ring(OGRPolygon& polygon, const geo::Ring& ring) {
  OGRLinearRing line;
  for (const auto& point : ring) {
    line.addPoint(point.lon, point.lat);
  }
  line.closeRings();
  polygon.addRing(&line);
}

std::unique_ptr<OGRGeometry> geometry_of(const geo::Polygons& surfaces) {
  auto all = std::make_unique<OGRMultiPolygon>();
  for (const auto& surface : surfaces) {
    OGRPolygon polygon;
    add_ring(polygon, surface.outer);
    for (const auto& hole : surface.holes) {
      add_ring(polygon, hole);
    }
    all->addGeometry(&polygon);
  }
  return all;
}

geo::Ring ring_of(const OGRLinearRing& line, double shift) {
  geo::Ring ring;
  for (int i = 0; i < line.getNumPoints(); ++i) {
    ring.push_back({line.getX(i) + shift, line.getY(i)});
  }
  return ring;
}

void append_surfaces(const OGRGeometry& geometry, double shift, geo::Polygons& out) {
  const auto type = wkbFlatten(geometry.getGeometryType());
  if (type == wkbPolygon) {
    const auto* polygon = geometry.toPolygon();
    if (polygon->getExteriorRing() == nullptr) {
      return;
    }
    geo::Polygon surface{ring_of(*polygon->getExteriorRing(), shift), {}};
    for (int i = 0; i < polygon->getNumInteriorRings(); ++i) {
      surface.holes.push_back(ring_of(*polygon->getInteriorRing(i), shift));
    }
    out.push_back(std::move(surface));
  } else if (type == wkbMultiPolygon || type == wkbGeometryCollection) {
    for (const auto* part : *geometry.toGeometryCollection()) {
      append_surfaces(*part, shift, out);
    }
  }
}

std::unique_ptr<OGRGeometry> world_strip(double west) {
  auto strip = std::make_unique<OGRPolygon>();
  add_ring(*strip, {{west, -90.0}, {west + 360.0, -90.0}, {west + 360.0, 90.0}, {west, 90.0}, {west, -90.0}});
  return strip;
}

// Longitudes may run on past 180 degrees; every turn of the world gives its part.
geo::Polygons cut_at_antimeridian(const OGRGeometry& geometry) {
  geo::Polygons out;
  OGREnvelope extent;
  geometry.getEnvelope(&extent);
  if (extent.MinX >= -180.0 && extent.MaxX <= 180.0) {
    append_surfaces(geometry, 0.0, out);
    return out;
  }
  for (const double west : {-540.0, -180.0, 180.0}) {
    const std::unique_ptr<OGRGeometry> part(geometry.Intersection(world_strip(west).get()));
    if (part) {
      append_surfaces(*part, -180.0 - west, out);
    }
  }
  return out;
}

OGRSpatialReference reference_of(const std::string& definition) {
  OGRSpatialReference reference;
  if (reference.SetFromUserInput(definition.c_str()) != OGRERR_NONE) {
    throw std::runtime_error("PROJ does not know " + definition);
  }
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return reference;
}

Transformation transformation(const OGRSpatialReference& from, const OGRSpatialReference& to) {
  Transformation out(OGRCreateCoordinateTransformation(&from, &to));
  if (!out) {
    throw std::runtime_error("PROJ gives no way to the projection around an incident");
  }
  return out;
}

// Back from the projection; a vertex on the other side of 180 degrees keeps to its ring.
void keep_beside(OGRGeometry& geometry, double centre_lon) {
  class Unwrap : public OGRDefaultGeometryVisitor {
   public:
    explicit Unwrap(double centre) : centre_(centre) {}
    using OGRDefaultGeometryVisitor::visit;
    void visit(OGRPoint* point) override {
      point->setX(point->getX() - 360.0 * std::round((point->getX() - centre_) / 360.0));
    }

   private:
    double centre_;
  };
  Unwrap unwrap(centre_lon);
  geometry.accept(&unwrap);
}

}  // namespace

geo::Polygons ring_around(const LonLat& point, double km) {
  OGRPolygon polygon;
  geo::Ring ring;
  // Counter-clockwise, from the north.
  for (int i = 0; i < kVertices; ++i) {
    ring.push_back(geo::point_at(point, 360.0 - i * 360.0 / kVertices, geo::Distance::from_kilometres(km)));
  }
  ring.push_back(ring.front());
  add_ring(polygon, ring);
  keep_beside(polygon, point.lon);
  return cut_at_antimeridian(polygon);
}

geo::Polygons ring_around(const geo::Polygons& surfaces, const LonLat& centre, double km) {
  const auto wgs84 = reference_of("EPSG:4326");
  const auto local = reference_of(
      fmt::format("+proj=aeqd +lat_0={} +lon_0={} +datum=WGS84 +units=m +type=crs", centre.lat, centre.lon));
  const auto geometry = geometry_of(surfaces);
  if (geometry->transform(transformation(wgs84, local).get()) != OGRERR_NONE) {
    return {};
  }
  const std::unique_ptr<OGRGeometry> buffer(geometry->Buffer(km * 1000.0, kQuarterVertices));
  if (!buffer || buffer->transform(transformation(local, wgs84).get()) != OGRERR_NONE) {
    return {};
  }
  keep_beside(*buffer, centre.lon);
  return cut_at_antimeridian(*buffer);
}

std::vector<ExposureRing> exposure_rings(const planner::ScenarioData& data) {
  std::vector<ExposureRing> rings;
  for (const auto& assessed : data.assessment.incidents) {
    const auto& incident = data.incidents[assessed.incident];
    const auto perimeter = geo::polygons_of_geojson(incident.geometry);
    for (std::size_t i = 0; i < kRingsKm.size(); ++i) {
      geo::Polygons area = perimeter.empty() ? ring_around(incident.point, kRingsKm.at(i))
                                             : ring_around(perimeter, incident.point, kRingsKm.at(i));
      rings.push_back({assessed.incident, kRingsKm.at(i), assessed.people_within.at(i), std::move(area)});
    }
  }
  return rings;
}

}  // namespace relevo::cli
