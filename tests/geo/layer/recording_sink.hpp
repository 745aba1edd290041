// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"
#include "geo/layer/reader.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::geo {

/// What a reader handed over.
struct Recording {
  std::uint64_t count_of(std::string_view code) const {
    const auto reason = std::find_if(counts.reasons.begin(), counts.reasons.end(),
                                     [&](const LayerReason& known) { return known.code == code; });
    return reason == counts.reasons.end() ? 0 : reason->count;
  }
  std::optional<std::string> remark(std::string_view code) const {
    for (const auto& [name, value] : identity.remarks) {
      if (name == code)
        return value;
    }
    return {};
  }

  LayerIdentity identity;
  RasterHeader header;
  std::vector<LayerFeature> features;
  std::vector<float> values;
  LayerCounts counts;
  int next_row = 0;
  bool rows_in_order = true;
};

class RecordingSink : public LayerSink {
 public:
  void begin(const LayerIdentity& given) override { made.identity = given; }
  void feature(LayerFeature&& given) override { made.features.push_back(std::move(given)); }
  void raster(const RasterHeader& given) override { made.header = given; }
  void rows(RasterRows&& given) override {
    const auto cells = static_cast<std::size_t>(given.rows) * static_cast<std::size_t>(made.header.width);
    made.rows_in_order = made.rows_in_order && given.first_row == made.next_row && given.values.size() == cells;
    made.next_row += given.rows;
    made.values.insert(made.values.end(), given.values.begin(), given.values.end());
  }
  void end(const LayerCounts& given) override { made.counts = given; }

  Recording made;
};

/// The field's text or number; empty where it is not known.
inline std::optional<FieldValue> field_of(const LayerFeature& feature, std::string_view name) {
  for (const auto& [known, value] : feature.fields) {
    if (known == name)
      return value;
  }
  return {};
}

inline std::string text_field(const LayerFeature& feature, std::string_view name) {
  const std::optional<FieldValue> value = field_of(feature, name);
  return value ? std::get<std::string>(*value) : std::string();
}

/// The code of the LayerError that `read` ends with; empty if it does not.
template <class Read>
std::string code_thrown_by(Read read) {
  try {
    read();
  } catch (const LayerError& error) {
    return error.code();
  }
  return {};
}

}  // namespace relevo::geo
