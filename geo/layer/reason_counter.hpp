// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::geo {

/// Counts why records were refused, repaired or corrected: each code once per record, with the first five as examples.
class ReasonCounter {
 public:
  void count(std::string_view code, std::uint64_t record) {
    auto it = reasons_.find(code);
    if (it == reasons_.end())
      it = reasons_.emplace(std::string(code), Entry{{std::string(code), 0, {}}, 0}).first;
    Entry& entry = it->second;
    if (entry.reason.count > 0 && entry.last == record)
      return;
    ++entry.reason.count;
    entry.last = record;
    if (entry.reason.examples.size() < kExamples)
      entry.reason.examples.push_back(record);
  }

  /// By code.
  std::vector<LayerReason> reasons() const {
    std::vector<LayerReason> list;
    for (const auto& [code, entry] : reasons_)
      list.push_back(entry.reason);
    return list;
  }

 private:
  static constexpr std::size_t kExamples = 5;
  struct Entry {
    LayerReason reason;
    std::uint64_t last = 0;
  };
  std::map<std::string, Entry, std::less<>> reasons_;
};

}  // namespace relevo::geo
