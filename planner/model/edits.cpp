// SPDX-License-Identifier: MIT
#include "planner/model/edits.hpp"

#include "planner/model/spelling.hpp"

#include <algorithm>
#include <charconv>

namespace relevo::planner {

namespace {

constexpr const char* kOption = "--set";

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(at);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos)
      return parts;
    text.remove_prefix(end + 1);
  }
}

/// TOML where it is TOML, else text: --set scenario.title=Exercise needs no quotes.
TomlValue value_of(const std::string& written) {
  Diagnostics unheard;
  if (const auto parsed = parse_toml("value = " + written, kOption, unheard))
    if (const auto* value = section_of(*parsed).find("value"))
      return *value;
  TomlValue text;
  text.value = written;
  return text;
}

void set_key(TomlValue& table, const std::vector<std::string>& keys, std::size_t at, const TomlValue& value) {
  auto* entries = std::get_if<TomlValue::Table>(&table.value);
  if (entries == nullptr) {
    table.value = TomlValue::Table{};
    entries = &std::get<TomlValue::Table>(table.value);
  }
  auto entry = std::ranges::find(*entries, keys[at], &TomlEntry::key);
  if (entry == entries->end())
    entry = entries->insert(entries->end(), TomlEntry{keys[at], TomlValue{0, TomlValue::Table{}}});
  if (at + 1 < keys.size()) {
    set_key(entry->value, keys, at + 1, value);
    return;
  }
  // A value that says where it is from, { value = 3, source = ... }, is no longer from there.
  const bool has_provenance =
      section_of(entry->value).has("value") && std::get_if<TomlValue::Table>(&value.value) == nullptr;
  const std::size_t line = entry->value.line;
  entry->value = has_provenance ? TomlValue{0, TomlValue::Table{{"value", value}}} : value;
  entry->value.line = line;
}

/// The position of a column in the table's header; a column that is not there is added, empty.
std::size_t column_of(geo::Table& table, const TableSpec& spec, const ColumnSpec& column) {
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (spec.find(table.columns[i]) == &column)
      return i;
  table.columns.emplace_back(column.name);
  for (auto& row : table.rows)
    row.cells.resize(table.columns.size());
  return table.columns.size() - 1;
}

void set_cell(geo::TableRow& row, std::size_t column, const std::string& value) {
  if (row.cells.size() <= column)
    row.cells.resize(column + 1);
  row.cells[column] = value;
}

void report(Diagnostics& diagnostics, const std::string& path, const std::string& value, const std::string& rule,
            const std::string& suggestion, MessageArgs args = {}) {
  diagnostics.add(
      make_diagnostic_with_suggestion(Severity::Error, {kOption, 0, path}, value, rule, suggestion, std::move(args)));
}

std::vector<std::string> names_of(const TableSpec& spec) {
  std::vector<std::string> names;
  for (const auto& column : spec.columns)
    names.emplace_back(column.name);
  return names;
}

}  // namespace

std::optional<ScenarioEdits::Set> parse_set(std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0)
    return std::nullopt;
  return ScenarioEdits::Set{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

std::optional<ScenarioEdits::Choice> parse_choice(std::string_view text, bool pin) {
  const auto parts = split(text, ':');
  const std::size_t most = pin ? 3 : 2;
  if (parts.size() > most || (pin && parts.size() < 2) ||
      std::ranges::any_of(parts, [](const auto& part) { return part.empty(); }))
    return std::nullopt;
  ScenarioEdits::Choice choice{.pin = pin, .who = parts[0], .request = parts.size() > 1 ? parts[1] : std::string{}};
  if (parts.size() == 3) {
    const char* end = parts[2].data() + parts[2].size();
    const auto [last, error] = std::from_chars(parts[2].data(), end, choice.quantity);
    if (error != std::errc{} || last != end || choice.quantity < 1)
      return std::nullopt;
  }
  return choice;
}

std::string to_text(const ScenarioEdits::Set& set) {
  return set.path + "=" + set.value;
}

std::string to_text(const ScenarioEdits::Choice& choice) {
  std::string text = choice.who;
  if (!choice.request.empty())
    text += ":" + choice.request;
  return choice.pin ? text + ":" + std::to_string(choice.quantity) : text;
}

void EditSession::edit_document(TomlValue& document, const std::string& within, bool keep_prefix) {
  const auto prefix = split(within, '.');
  for (std::size_t i = 0; i < edits_->sets.size(); ++i) {
    const auto& set = edits_->sets[i];
    auto keys = split(set.path, '.');
    if (keys.size() <= prefix.size() || !std::equal(prefix.begin(), prefix.end(), keys.begin()))
      continue;
    if (!keep_prefix)
      keys.erase(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(prefix.size()));
    set_key(document, keys, 0, value_of(set.value));
    used_.insert(i);
  }
}

void EditSession::edit_table(geo::Table& table, const TableSpec& spec, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < edits_->sets.size(); ++i) {
    const auto& [path, value] = edits_->sets[i];
    const auto first = path.find('.');
    const auto last = path.rfind('.');
    if (first == std::string::npos || path.substr(0, first) != spec.name || last == first)
      continue;
    used_.insert(i);
    const std::string id = path.substr(first + 1, last - first - 1);
    const std::string written = path.substr(last + 1);
    const ColumnSpec* column = spec.find(written);
    if (column == nullptr) {
      report(diagnostics, path, written, "edit.column", closest_word(written, names_of(spec)),
             {{"table", std::string(spec.name)}});
      continue;
    }
    const std::size_t key = column_of(table, spec, spec.columns.front());
    const std::size_t at = column_of(table, spec, *column);
    std::vector<std::string> ids;
    bool found = false;
    for (auto& row : table.rows) {
      ids.push_back(key < row.cells.size() ? row.cells[key] : std::string{});
      if (ids.back() != id)
        continue;
      found = true;
      set_cell(row, at, value);
    }
    if (!found)
      report(diagnostics, path, id, "edit.record", closest_word(id, ids), {{"table", std::string(spec.name)}});
  }
}

void EditSession::add_choices(geo::Table& decisions, const std::function<bool(const std::string&)>& is_unit) const {
  const auto column = [&](std::string_view name) {
    const auto found = std::ranges::find(decisions.columns, name);
    if (found != decisions.columns.end())
      return static_cast<std::size_t>(found - decisions.columns.begin());
    decisions.columns.emplace_back(name);
    return decisions.columns.size() - 1;
  };
  for (const auto& choice : edits_->choices) {
    geo::TableRow row;
    set_cell(row, column("action"), choice.pin ? "pin" : "forbid");
    set_cell(row, column(choice.pin || is_unit(choice.who) ? "unit" : "agency"), choice.who);
    set_cell(row, column("request"), choice.request);
    if (choice.pin)
      set_cell(row, column("quantity"), std::to_string(choice.quantity));
    set_cell(row, column("reason"), choice.pin ? "--pin" : "--forbid");
    decisions.rows.push_back(std::move(row));
  }
  for (auto& row : decisions.rows)
    row.cells.resize(std::max(row.cells.size(), decisions.columns.size()));
}

void EditSession::report_unused(const std::vector<std::string>& tables, Diagnostics& diagnostics) const {
  std::vector<std::string> roots = tables;
  roots.insert(roots.end(), {"scenario", "policy", "agreements"});
  for (std::size_t i = 0; i < edits_->sets.size(); ++i) {
    if (used_.contains(i))
      continue;
    const auto keys = split(edits_->sets[i].path, '.');
    const bool is_known = std::ranges::find(roots, keys.front()) != roots.end();
    report(diagnostics, edits_->sets[i].path, edits_->sets[i].path, is_known ? "edit.nothing" : "edit.path",
           is_known ? std::string{} : closest_word(keys.front(), roots));
  }
}

}  // namespace relevo::planner
