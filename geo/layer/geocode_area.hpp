// SPDX-License-Identifier: MIT
#pragma once

#include "geo/shape.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

/// Where an alert lies that names its area by a code only.
namespace relevo::geo {

/// The province or state that a geocode of CAP lies in, by ISO 3166-2: "CA-ON" for `profile:CAP-CP:Location` 3537064
/// (Statistics Canada, Standard Geographical Classification: the first two digits), "US-CA" for SAME or FIPS6 006109
/// (the second and third digit) and for UGC CAC109 (the first two letters), and ISO 3166-2 codes themselves. Empty for
/// all others, marine zones among them.
std::string region_of_geocode(std::string_view name, std::string_view value);

/// Shapes of provinces and states, from boundaries.geojson of the reference data, read when first asked for.
class RegionShapes {
 public:
  explicit RegionShapes(std::filesystem::path file) : file_(std::move(file)) {}

  /// Empty for a region that the file does not have, and for all where there is no such file. \throws TableError
  const Polygons& of(const std::string& region);

 private:
  std::filesystem::path file_;
  bool is_read_ = false;
  std::map<std::string, Polygons> shapes_;
};

}  // namespace relevo::geo
