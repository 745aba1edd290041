// SPDX-License-Identifier: MIT
#pragma once

#include "geo/table.hpp"
#include "planner/model/diagnostics.hpp"
#include "planner/model/scenario.hpp"
#include "planner/model/scenario_settings.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relevo::planner {

/// What a scenario has beside its tables: the names of the documents.
inline constexpr const char* kScenarioFile = "scenario.toml";
inline constexpr const char* kPerimeterFile = "perimeters.geojson";

/// Reads a table of a format other than CSV (.xlsx, .ods, .gpkg, .geojson). `table` is the name of the table it should
/// hold, for files of several sheets. Throws geo::TableError.
using TableReader = std::function<geo::Table(const std::filesystem::path& file, const std::string& shown_name,
                                             const std::string& table)>;

/// A file that may hold a table.
struct TableFile {
  std::string name;   ///< as shown and as asked for: "units.csv"
  std::string table;  ///< the table that its name means, in small letters: "units"
};

/// A table and the digest of the file it is from.
struct SourceTable {
  geo::Table table;
  std::string sha256;
};

/// Where the texts and tables of one scenario come from: a folder or a workspace. Names are as in the folder, relative
/// to it. Faults are reported; nothing is returned then.
class ScenarioSource {
 public:
  ScenarioSource() = default;
  ScenarioSource(const ScenarioSource&) = delete;
  ScenarioSource& operator=(const ScenarioSource&) = delete;
  virtual ~ScenarioSource() = default;

  virtual bool has_document(const std::string& name) const = 0;
  /// The text; a missing one is reported.
  virtual std::optional<std::string> document(const std::string& name, Diagnostics& diagnostics) = 0;
  /// The ids of agreements of its own, without order.
  virtual std::vector<std::string> agreements() const = 0;
  /// Files that may hold tables, by name.
  virtual std::vector<TableFile> table_files() const = 0;
  virtual std::optional<SourceTable> table(const std::string& file, const std::string& table,
                                           Diagnostics& diagnostics) = 0;
  /// Whether [[layer]] blocks name files that are still to be imported; else their imports are among layer_inputs().
  virtual bool has_layer_files() const = 0;
  /// Where the file of a [[layer]] block is; nothing when it is missing. \pre has_layer_files()
  virtual std::optional<std::filesystem::path> layer_file(const std::string& file) const = 0;
  /// Layers that are already imported. \pre not has_layer_files()
  virtual std::vector<InputFile> layer_inputs() const = 0;
};

/// A folder with scenario.toml, tables and agreements/. Where scenario.toml names another folder as its `base`, what is
/// missing here is taken from there: tables, agreements, perimeters and layers, each whole.
class FolderSource : public ScenarioSource {
 public:
  FolderSource(std::filesystem::path folder, TableReader other_formats);

  bool has_document(const std::string& name) const override;
  std::optional<std::string> document(const std::string& name, Diagnostics& diagnostics) override;
  std::vector<std::string> agreements() const override;
  std::vector<TableFile> table_files() const override;
  std::optional<SourceTable> table(const std::string& file, const std::string& table,
                                   Diagnostics& diagnostics) override;
  bool has_layer_files() const override { return true; }
  std::optional<std::filesystem::path> layer_file(const std::string& file) const override;
  std::vector<InputFile> layer_inputs() const override { return {}; }

 private:
  std::filesystem::path folder_;
  TableReader other_formats_;
  std::string base_name_;               ///< as scenario.toml writes it; empty: none
  std::unique_ptr<FolderSource> base_;  ///< nullptr: none, or it is not there
};

/// A table from a file: CSV by itself, anything else by `other_formats`. Faults are reported.
std::optional<SourceTable> read_table_file(const std::filesystem::path& file, const std::string& shown_name,
                                           const std::string& table, const TableReader& other_formats,
                                           Diagnostics& diagnostics);

}  // namespace relevo::planner
