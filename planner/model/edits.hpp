// SPDX-License-Identifier: MIT
#pragma once

#include "geo/table.hpp"
#include "planner/model/diagnostics.hpp"
#include "planner/model/table_schema.hpp"
#include "planner/model/toml_document.hpp"

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::planner {

/// What is different for one run from what the files of a scenario say ("what if").
struct ScenarioEdits {
  /// A value for a path:
  ///   scenario.KEY, policy.KEY[.KEY]   a key of scenario.toml; the value in TOML, or plain text
  ///   agreements.ID.KEY[.KEY]          a key of that agreement's file
  ///   TABLE.ID.COLUMN                  the cell of every row whose first column holds ID; the value as in a table
  struct Set {
    std::string path;
    std::string value;
  };
  /// A row more of the table `decisions`.
  struct Choice {
    bool pin = false;     ///< else forbid
    std::string who;      ///< a unit; a forbid may name an agency
    std::string request;  ///< empty: all, for a forbid
    int quantity = 1;
  };
  std::vector<Set> sets;
  std::vector<Choice> choices;
  bool domestic = false;  ///< nobody new comes from another country than the borrower's
  bool empty() const noexcept { return sets.empty() && choices.empty() && !domestic; }
};

/// "PATH=VALUE"; nothing where there is no '='.
std::optional<ScenarioEdits::Set> parse_set(std::string_view text);
/// "UNIT:REQUEST[:N]" of a pin, "UNIT|AGENCY[:REQUEST]" of a forbid; nothing where a part is missing or N is no number.
std::optional<ScenarioEdits::Choice> parse_choice(std::string_view text, bool pin);

/// As parse_set() and parse_choice() read them.
std::string to_text(const ScenarioEdits::Set& set);
std::string to_text(const ScenarioEdits::Choice& choice);

/// Puts edits into what a loader has read, and knows which have found their place.
class EditSession {
 public:
  explicit EditSession(const ScenarioEdits& edits) : edits_(&edits) {}

  /// Keys of a document: `within` is what paths of it begin with ("scenario", "policy", "agreements.<id>").
  /// `keep_prefix`: the first word is a section of the document.
  void edit_document(TomlValue& document, const std::string& within, bool keep_prefix);
  /// Cells of a table. Unknown ids and columns are reported.
  void edit_table(geo::Table& table, const TableSpec& spec, Diagnostics& diagnostics);
  /// Rows more of the table `decisions`; `is_unit` tells units from agencies.
  void add_choices(geo::Table& decisions, const std::function<bool(const std::string&)>& is_unit) const;
  bool has_choices() const noexcept { return !edits_->choices.empty(); }
  /// Reports paths that lead nowhere, with what was probably meant.
  void report_unused(const std::vector<std::string>& tables, Diagnostics& diagnostics) const;

 private:
  const ScenarioEdits* edits_;
  std::set<std::size_t> used_;  ///< positions in sets
};

}  // namespace relevo::planner
