// SPDX-License-Identifier: MIT
#include "planner/store/scenario_store.hpp"

#include "planner/model/sha256.hpp"
#include "planner/store/json_text.hpp"
#include "planner/store/layer_loader.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

#include <algorithm>
#include <set>

namespace relevo::planner {

namespace {

using nlohmann::ordered_json;

constexpr std::string_view kAgreements = "agreements/";
constexpr std::string_view kToml = ".toml";
// SQLite's limit is 2,000, two of them ours.
constexpr std::size_t kMostColumns = 1998;

std::vector<std::string> texts_of(const std::string& text) {
  std::vector<std::string> texts;
  const auto json = ordered_json::parse(text, nullptr, false);
  if (!json.is_array())
    throw SqliteError(SQLITE_CORRUPT, "a list of texts that is none");
  for (const auto& entry : json)
    texts.push_back(entry.is_string() ? entry.get<std::string>() : std::string{});
  return texts;
}

std::string cells_table(const std::string& name) {
  return "scenario_" + name;
}

/// SQLite knows no two columns that differ in case only, and ours come first.
std::vector<std::string> column_names(const std::vector<std::string>& headers) {
  std::vector<std::string> names;
  std::set<std::string> taken{"line", "surplus"};
  for (std::size_t i = 0; i < headers.size(); ++i) {
    std::string name = headers[i];
    std::erase(name, '\0');
    std::string folded = name;
    std::ranges::transform(folded, folded.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (name.empty() || !taken.insert(folded).second) {
      name = fmt::format("{}_{}", name.empty() ? "column" : name, i + 1);
      taken.insert(name);
    }
    names.push_back(std::move(name));
  }
  return names;
}

geo::TableRow row_of(const Statement& row, std::size_t columns) {
  geo::TableRow cells{.line = static_cast<std::size_t>(row.integer(0))};
  cells.cells.reserve(columns);
  for (std::size_t c = 0; c < columns; ++c)
    cells.cells.push_back(row.text(static_cast<int>(c) + 2));
  if (!row.is_null(1))
    cells.surplus = texts_of(row.text(1));
  return cells;
}

}  // namespace

bool WorkspaceSource::has_document(const std::string& name) const {
  return workspace_.read([&] {
    auto found = workspace_.connection().prepare("SELECT 1 FROM documents WHERE name = ?");
    return found.bind(1, name).step();
  });
}

std::optional<std::string> WorkspaceSource::document(const std::string& name, Diagnostics& diagnostics) {
  return workspace_.read([&]() -> std::optional<std::string> {
    auto found = workspace_.connection().prepare("SELECT content FROM documents WHERE name = ?");
    if (found.bind(1, name).step())
      return found.text(0);
    diagnostics.add(make_diagnostic(Severity::Error, {workspace_.shown_name(), 0, ""}, name, "workspace.no_document",
                                    {{"workspace", workspace_.shown_name()}}));
    return std::nullopt;
  });
}

std::vector<std::string> WorkspaceSource::agreements() const {
  std::vector<std::string> ids;
  for (const auto& [name, sha256] : stored_documents(workspace_))
    if (name.starts_with(kAgreements) && name.ends_with(kToml))
      ids.push_back(name.substr(kAgreements.size(), name.size() - kAgreements.size() - kToml.size()));
  return ids;
}

std::vector<TableFile> WorkspaceSource::table_files() const {
  std::vector<TableFile> files;
  for (const auto& table : stored_tables(workspace_))
    files.push_back({table.file, table.name});
  return files;
}

std::optional<SourceTable> WorkspaceSource::table(const std::string& file, const std::string& table,
                                                  Diagnostics& diagnostics) {
  return workspace_.read([&]() -> std::optional<SourceTable> {
    auto head = workspace_.connection().prepare(
        "SELECT file, sheet, encoding, sha256, columns FROM scenario_tables WHERE name = ?");
    if (!head.bind(1, table).step()) {
      diagnostics.add(make_diagnostic(Severity::Error, {file, 0, ""}, file, "file.missing"));
      return std::nullopt;
    }
    SourceTable read{.table = {.file = head.text(0),
                               .sheet = head.text(1),
                               .columns = texts_of(head.text(4)),
                               .encoding = head.text(2)},
                     .sha256 = head.text(3)};
    auto rows =
        workspace_.connection().prepare("SELECT * FROM " + quoted_identifier(cells_table(table)) + " ORDER BY rowid");
    while (rows.step())
      read.table.rows.push_back(row_of(rows, read.table.columns.size()));
    return read;
  });
}

std::vector<InputFile> WorkspaceSource::layer_inputs() const {
  return workspace_.read([&] {
    std::vector<InputFile> inputs;
    auto rows =
        workspace_.connection().prepare("SELECT file, sha256, as_of, note FROM import_files ORDER BY import_id, id");
    while (rows.step())
      inputs.push_back({.file = rows.text(0), .sha256 = rows.text(1), .as_of = rows.text(2), .note = rows.text(3)});
    return inputs;
  });
}

std::optional<std::string> RecordingSource::document(const std::string& name, Diagnostics& diagnostics) {
  auto text = from_.document(name, diagnostics);
  if (text)
    documents_[name] = *text;
  return text;
}

std::optional<SourceTable> RecordingSource::table(const std::string& file, const std::string& table,
                                                  Diagnostics& diagnostics) {
  auto read = from_.table(file, table, diagnostics);
  if (read)
    tables_[table] = *read;
  return read;
}

void put_document(const Workspace& workspace, const std::string& name, const std::string& content) {
  const auto sha256 = sha256_of(content);
  workspace.connection()
      .prepare(
          "INSERT INTO documents (name, sha256, content) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET sha256 = "
          "excluded.sha256, content = excluded.content")
      .bind(1, name)
      .bind(2, sha256)
      .bind(3, content)
      .run();
}

void put_table(const Workspace& workspace, const std::string& name, const SourceTable& source) {
  const auto& connection = workspace.connection();
  if (source.table.columns.size() > kMostColumns)
    throw WorkspaceError("wide_table", {{"file", source.table.file},
                                        {"columns", std::to_string(source.table.columns.size())},
                                        {"limit", std::to_string(kMostColumns)}});
  const auto cells = quoted_identifier(cells_table(name));
  std::string columns = "line INTEGER NOT NULL, surplus TEXT";
  std::string marks = "?, ?";
  for (const auto& column : column_names(source.table.columns)) {
    columns += fmt::format(", {} TEXT NOT NULL", quoted_identifier(column));
    marks += ", ?";
  }
  connection.execute(fmt::format("DROP TABLE IF EXISTS {0}; CREATE TABLE {0} ({1})", cells, columns));
  auto insert = connection.prepare(fmt::format("INSERT INTO {} VALUES ({})", cells, marks));
  for (const auto& row : source.table.rows) {
    const auto surplus = row.surplus.empty() ? std::string{} : json_text(row.surplus);
    insert.bind(1, static_cast<std::int64_t>(row.line)).bind_text_or_null(2, surplus);
    for (std::size_t c = 0; c < source.table.columns.size(); ++c)
      insert.bind(static_cast<int>(c) + 3, c < row.cells.size() ? std::string_view{row.cells[c]} : std::string_view{});
    insert.run();
  }
  const auto headers = json_text(source.table.columns);
  connection
      .prepare(
          "INSERT OR REPLACE INTO scenario_tables (name, file, sheet, encoding, sha256, columns, records) VALUES (?, "
          "?, "
          "?, ?, ?, ?, ?)")
      .bind(1, name)
      .bind(2, source.table.file)
      .bind(3, source.table.sheet)
      .bind(4, source.table.encoding)
      .bind(5, source.sha256)
      .bind(6, headers)
      .bind(7, static_cast<std::int64_t>(source.table.rows.size()))
      .run();
}

std::vector<StoredTable> stored_tables(const Workspace& workspace) {
  return workspace.read([&] {
    std::vector<StoredTable> tables;
    auto rows = workspace.connection().prepare("SELECT name, file, sha256, records FROM scenario_tables ORDER BY name");
    while (rows.step())
      tables.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3)});
    return tables;
  });
}

std::vector<std::pair<std::string, std::string>> stored_documents(const Workspace& workspace) {
  return workspace.read([&] {
    std::vector<std::pair<std::string, std::string>> documents;
    auto rows = workspace.connection().prepare("SELECT name, sha256 FROM documents ORDER BY name");
    while (rows.step())
      documents.emplace_back(rows.text(0), rows.text(1));
    return documents;
  });
}

}  // namespace relevo::planner
