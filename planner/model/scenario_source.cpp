// SPDX-License-Identifier: MIT
#include "planner/model/scenario_source.hpp"

#include "geo/ascii_text.hpp"
#include "geo/csv_reader.hpp"
#include "geo/table_error.hpp"
#include "planner/model/sha256.hpp"
#include "planner/model/text_file.hpp"
#include "planner/model/toml_document.hpp"

#include <algorithm>
#include <set>

namespace relevo::planner {

namespace {

namespace fs = std::filesystem;

bool is_table_extension(const std::string& extension) {
  static const std::set<std::string> kExtensions{".csv", ".xlsx", ".ods", ".gpkg", ".geojson"};
  return kExtensions.contains(extension);
}

void report_table_error(const geo::TableProblem& problem, Diagnostics& diagnostics) {
  auto d = make_diagnostic(Severity::Error, {problem.file, problem.line, ""}, problem.value, "table.problem",
                           {{"reason", problem.reason}, {"advice", problem.remedy}});
  d.rule = problem.rule;
  diagnostics.add(std::move(d));
}

}  // namespace

FolderSource::FolderSource(fs::path folder, TableReader other_formats)
    : folder_(std::move(folder)), other_formats_(std::move(other_formats)) {
  // Faults of the file are reported when it is read.
  Diagnostics unheard;
  const auto text = read_text_file(folder_ / kScenarioFile, kScenarioFile, unheard);
  const auto document = text ? parse_toml(*text, kScenarioFile, unheard) : std::nullopt;
  if (!document)
    return;
  base_name_ = section_of(*document).section("scenario").text("base");
  std::error_code error;
  // A base has none itself: chains would only hide where a table is from.
  if (!base_name_.empty() && fs::is_directory(folder_ / base_name_, error)) {
    base_ = std::make_unique<FolderSource>(folder_ / base_name_, other_formats_);
    base_->base_.reset();
  }
}

bool FolderSource::has_document(const std::string& name) const {
  std::error_code error;
  return fs::exists(folder_ / name, error) || (base_ && name != kScenarioFile && base_->has_document(name));
}

std::optional<std::string> FolderSource::document(const std::string& name, Diagnostics& diagnostics) {
  std::error_code error;
  if (name == kScenarioFile && !base_name_.empty() && !base_)
    diagnostics.add(make_diagnostic(Severity::Error, {kScenarioFile, 0, "scenario.base"}, base_name_, "file.missing"));
  if (base_ && name != kScenarioFile && !fs::exists(folder_ / name, error))
    return base_->document(name, diagnostics);
  return read_text_file(folder_ / name, name, diagnostics);
}

std::vector<std::string> FolderSource::agreements() const {
  std::vector<std::string> ids;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_ / "agreements", error))
    if (entry.path().extension() == ".toml")
      ids.push_back(entry.path().stem().string());
  if (base_)
    for (auto& id : base_->agreements())
      if (std::ranges::find(ids, id) == ids.end())
        ids.push_back(std::move(id));
  return ids;
}

std::vector<TableFile> FolderSource::table_files() const {
  std::vector<fs::path> paths;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error))
    if (is_table_extension(geo::lower_ascii(entry.path().extension().string())) &&
        entry.path().filename() != kPerimeterFile)
      paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<TableFile> files;
  files.reserve(paths.size());
  for (const auto& path : paths)
    files.push_back({path.filename().string(), geo::lower_ascii(path.stem().string())});
  if (!base_)
    return files;
  for (const auto& file : base_->table_files())
    if (std::ranges::none_of(paths,
                             [&](const auto& path) { return geo::lower_ascii(path.stem().string()) == file.table; }))
      files.push_back({(fs::path(base_name_) / file.name).string(), file.table});
  return files;
}

std::optional<SourceTable> FolderSource::table(const std::string& file, const std::string& table,
                                               Diagnostics& diagnostics) {
  return read_table_file(folder_ / file, file, table, other_formats_, diagnostics);
}

std::optional<fs::path> FolderSource::layer_file(const std::string& file) const {
  std::error_code error;
  const auto path = folder_ / file;
  if (base_ && !fs::exists(path, error))
    return base_->layer_file(file);
  return fs::exists(path, error) ? std::optional(path) : std::nullopt;
}

std::optional<SourceTable> read_table_file(const fs::path& file, const std::string& shown_name,
                                           const std::string& table, const TableReader& other_formats,
                                           Diagnostics& diagnostics) {
  const auto report = [&](std::string_view value, const char* rule) {
    diagnostics.add(make_diagnostic(Severity::Error, {shown_name, 0, ""}, value, rule));
    return std::nullopt;
  };
  std::error_code error;
  if (!fs::is_regular_file(file, error))
    return report(shown_name, fs::exists(file, error) ? "file.unreadable" : "file.missing");
  const auto extension = geo::lower_ascii(file.extension().string());
  if (extension != ".csv" && !other_formats)
    return report(extension, "file.no_reader");
  try {
    auto read = extension == ".csv" ? geo::read_csv(file, shown_name) : other_formats(file, shown_name, table);
    return SourceTable{std::move(read), sha256_of_file(file)};
  } catch (const geo::TableError& fault) {
    report_table_error(fault.problem(), diagnostics);
    return std::nullopt;
  }
}

}  // namespace relevo::planner
