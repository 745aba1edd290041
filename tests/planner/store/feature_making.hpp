// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"
#include "planner/store/layer_importer.hpp"
#include "planner/store/workspace.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace relevo::planner::test {

inline geo::Instant at(int hours) {
  return geo::Instant{std::chrono::sys_days{std::chrono::year{2024} / 6 / 1}} + std::chrono::hours{hours};
}

inline geo::LayerFeature detection(std::uint64_t record, double lon, double lat, int hours,
                                   const std::string& satellite = "N") {
  return {.record = record,
          .time = at(hours),
          .shape = geo::Points{{lon, lat}},
          .fields = {{"frp_mw", 1.5}, {"confidence", 50.0}, {"satellite", satellite}},
          .attributes = R"({"frp":"1.5"})"};
}

inline geo::Polygons square(double west, double south, double side) {
  return {{.outer = {
               {west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}, {west, south}}}};
}

/// Imports features as a reader would hand them over.
inline LayerImportResult import_features(const Workspace& workspace, LayerImportOptions options,
                                         const geo::LayerIdentity& identity, std::vector<geo::LayerFeature> features) {
  if (options.file.empty())
    options.file = options.name;
  LayerImporter importer(workspace, std::move(options));
  importer.begin(identity);
  geo::LayerCounts counts{.read = features.size(), .kept = features.size()};
  for (auto& feature : features)
    importer.feature(std::move(feature));
  importer.end(counts);
  return importer.result();
}

inline std::int64_t count(const Workspace& workspace, const std::string& table) {
  return workspace.connection().integer("SELECT count(*) FROM " + table).value_or(-1);
}

}  // namespace relevo::planner::test
