// SPDX-License-Identifier: MIT
#include "geo/layer/to_wgs84.hpp"

#include <ogr_geometry.h>
#include <ogr_spatialref.h>

#include <cmath>
#include <stdexcept>

namespace relevo::geo {

ToWgs84::ToWgs84(const OGRSpatialReference& source) {
  OGRSpatialReference wgs84;
  wgs84.importFromEPSG(4326);
  wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  OGRSpatialReference from = source;
  from.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (from.IsSame(&wgs84) != 0)
    return;
  transform_.reset(OGRCreateCoordinateTransformation(&from, &wgs84));
  if (!transform_)
    throw std::invalid_argument("no way to WGS 84");
}

ToWgs84::~ToWgs84() = default;

std::optional<LonLat> ToWgs84::point(double x, double y) const {
  if (transform_ && transform_->Transform(1, &x, &y) == 0)
    return std::nullopt;
  if (!std::isfinite(x) || !std::isfinite(y))
    return std::nullopt;
  return LonLat{x, y};
}

bool ToWgs84::apply(OGRGeometry& geometry) const {
  return !transform_ || geometry.transform(transform_.get()) == OGRERR_NONE;
}

std::unique_ptr<OGRSpatialReference> reference_system_of(const std::string& text) {
  auto system = std::make_unique<OGRSpatialReference>();
  // Never from a file or an address: the text may come from a stranger.
  constexpr const char* kOptions[] = {"ALLOW_NETWORK_ACCESS=NO", "ALLOW_FILE_ACCESS=NO", nullptr};
  if (text.empty() || system->SetFromUserInput(text.c_str(), kOptions) != OGRERR_NONE)
    return nullptr;
  system->SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return system;
}

std::string shown_name_of(const OGRSpatialReference& system) {
  const char* authority = system.GetAuthorityName(nullptr);
  const char* code = system.GetAuthorityCode(nullptr);
  if (authority != nullptr && code != nullptr)
    return std::string(authority) + ":" + code;
  const char* name = system.GetName();
  return name == nullptr ? std::string("?") : std::string(name);
}

}  // namespace relevo::geo
