// SPDX-License-Identifier: MIT
#pragma once

#include "cli/common_options.hpp"
#include "planner/store/layer_importer.hpp"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <string>
#include <vector>

namespace relevo::cli {

/// What became of the files of one import, printed as they come: read, kept, repaired, refused, and why.
class ImportSummary {
 public:
  explicit ImportSummary(const CommonOptions& options) : options_(options) {}

  /// Imports one layer by `work`; an error of it is printed and counted, and does not end the program.
  void add(const std::string& name, const std::function<planner::LayerImportResult()>& work);
  /// The same for a table or document; `work` returns the number of its records.
  void add_table(const std::string& name, const std::string& table, const std::function<std::size_t()>& work);

  bool failed() const noexcept { return failed_; }
  nlohmann::ordered_json json() const;

 private:
  struct Entry {
    std::string name;
    std::string table;
    std::string error;
    planner::LayerImportResult result;
    std::size_t records = 0;
  };
  bool guarded(Entry& entry, const std::function<void()>& work);
  void print(const Entry& entry) const;
  void print_layer(const Entry& entry) const;

  const CommonOptions& options_;
  std::vector<Entry> entries_;
  bool failed_ = false;
};

}  // namespace relevo::cli
