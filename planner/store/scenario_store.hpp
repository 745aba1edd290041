// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario_source.hpp"
#include "planner/store/workspace.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace relevo::planner {

/// The scenario of a workspace: what load_scenario() reads there instead of in a folder.
class WorkspaceSource : public ScenarioSource {
 public:
  explicit WorkspaceSource(const Workspace& workspace) : workspace_(workspace) {}

  bool has_document(const std::string& name) const override;
  std::optional<std::string> document(const std::string& name, Diagnostics& diagnostics) override;
  std::vector<std::string> agreements() const override;
  std::vector<TableFile> table_files() const override;
  std::optional<SourceTable> table(const std::string& file, const std::string& table,
                                   Diagnostics& diagnostics) override;
  bool has_layer_files() const override { return false; }
  std::optional<std::filesystem::path> layer_file(const std::string&) const override { return std::nullopt; }
  std::vector<InputFile> layer_inputs() const override;

 private:
  const Workspace& workspace_;
};

/// Hands through what another source gives and keeps a copy: after load_scenario() it holds exactly what the scenario
/// is made of.
class RecordingSource : public ScenarioSource {
 public:
  explicit RecordingSource(ScenarioSource& from) : from_(from) {}

  bool has_document(const std::string& name) const override { return from_.has_document(name); }
  std::optional<std::string> document(const std::string& name, Diagnostics& diagnostics) override;
  std::vector<std::string> agreements() const override { return from_.agreements(); }
  std::vector<TableFile> table_files() const override { return from_.table_files(); }
  std::optional<SourceTable> table(const std::string& file, const std::string& table,
                                   Diagnostics& diagnostics) override;
  bool has_layer_files() const override { return from_.has_layer_files(); }
  std::optional<std::filesystem::path> layer_file(const std::string& file) const override {
    return from_.layer_file(file);
  }
  std::vector<InputFile> layer_inputs() const override { return from_.layer_inputs(); }

  const std::map<std::string, std::string>& documents() const noexcept { return documents_; }
  const std::map<std::string, SourceTable>& tables() const noexcept { return tables_; }

 private:
  ScenarioSource& from_;
  std::map<std::string, std::string> documents_;
  std::map<std::string, SourceTable> tables_;
};

/// Stores a text under its name in the scenario, replacing an older one. \pre within Workspace::write
void put_document(const Workspace& workspace, const std::string& name, const std::string& content);

/// Stores a table as it stands in its file - every cell, its line, surplus cells - replacing an older one of the name.
/// \pre within Workspace::write
void put_table(const Workspace& workspace, const std::string& name, const SourceTable& source);

/// What `status` shows.
struct StoredTable {
  std::string name;
  std::string file;
  std::string sha256;
  std::int64_t records = 0;
};
std::vector<StoredTable> stored_tables(const Workspace& workspace);
/// Name and sha256.
std::vector<std::pair<std::string, std::string>> stored_documents(const Workspace& workspace);

}  // namespace relevo::planner
