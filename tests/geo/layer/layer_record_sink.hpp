// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/reader.hpp"

#include <fstream>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::geo {

/// All of a layer of records.
struct LayerRecords {
  LayerIdentity identity;
  std::vector<LayerFeature> features;
  LayerCounts counts;
  bool is_ended = false;

  /// How often a reason was met.
  std::uint64_t count_of(std::string_view code) const {
    for (const auto& reason : counts.reasons) {
      if (reason.code == code)
        return reason.count;
    }
    return 0;
  }
};

struct LayerRecordSink : LayerSink {
  LayerRecords got;

  void begin(const LayerIdentity& identity) override { got.identity = identity; }
  void feature(LayerFeature&& feature) override { got.features.push_back(std::move(feature)); }
  void raster(const RasterHeader& /*header*/) override {}
  void rows(RasterRows&& /*rows*/) override {}
  void end(const LayerCounts& counts) override {
    got.counts = counts;
    got.is_ended = true;
  }
};

inline const FieldValue* field(const LayerFeature& feature, std::string_view name) {
  for (const auto& [key, value] : feature.fields) {
    if (key == name)
      return &value;
  }
  return nullptr;
}

/// The number of a field; NaN where it is not known.
inline double number(const LayerFeature& feature, std::string_view name) {
  const FieldValue* value = field(feature, name);
  return value == nullptr ? std::numeric_limits<double>::quiet_NaN() : std::get<double>(*value);
}

/// The text of a field; empty where it is not known.
inline std::string text(const LayerFeature& feature, std::string_view name) {
  const FieldValue* value = field(feature, name);
  return value == nullptr ? std::string() : std::get<std::string>(*value);
}

inline void write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace relevo::geo
