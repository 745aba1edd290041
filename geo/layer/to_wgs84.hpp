// SPDX-License-Identifier: MIT
#pragma once

#include "geo/lon_lat.hpp"

#include <memory>
#include <optional>
#include <string>

class OGRCoordinateTransformation;
class OGRGeometry;
class OGRSpatialReference;

namespace relevo::geo {

/// From a reference system to WGS 84, longitude first on both sides (the traditional order of GIS).
class ToWgs84 {
 public:
  /// \throws std::invalid_argument where PROJ cannot do it
  explicit ToWgs84(const OGRSpatialReference& source);
  ~ToWgs84();
  ToWgs84(const ToWgs84&) = delete;
  ToWgs84& operator=(const ToWgs84&) = delete;

  /// Nothing where the point has no longitude and latitude.
  std::optional<LonLat> point(double x, double y) const;
  bool apply(OGRGeometry& geometry) const;

 private:
  std::unique_ptr<OGRCoordinateTransformation> transform_;  ///< null: it is WGS 84
};

/// From "EPSG:3978", WKT or a PROJ string; null where it is none.
std::unique_ptr<OGRSpatialReference> reference_system_of(const std::string& text);

/// "EPSG:3978" where it has such a code, else its name.
std::string shown_name_of(const OGRSpatialReference& system);

}  // namespace relevo::geo
