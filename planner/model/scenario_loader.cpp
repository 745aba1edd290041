// SPDX-License-Identifier: MIT
#include "planner/model/scenario_loader.hpp"

#include "geo/ascii_text.hpp"
#include "planner/model/load_agreement.hpp"
#include "planner/model/load_kinds.hpp"
#include "planner/model/load_policy.hpp"
#include "planner/model/sha256.hpp"
#include "planner/model/tables.hpp"
#include "planner/model/text_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace relevo::planner {

namespace {

namespace fs = std::filesystem;

/// Reads everything of one scenario into one draft; every step reports its faults and goes on.
class ScenarioLoader {
 public:
  ScenarioLoader(ScenarioSource& source, fs::path data_dir, const ScenarioEdits& edits)
      : source_(source), data_dir_(std::move(data_dir)), edits_(edits), domestic_(edits.domestic) {}

  ScenarioDraft load() {
    load_settings();
    load_kinds();
    load_policy();
    load_agreements();
    load_tables();
    if (domestic_)
      forbid_foreign_help();
    load_perimeter_file();
    check_agreement_parties();
    load_layers();
    note_unused_files();
    apply_input_notes();
    report_unused_edits();
    if (draft_.diagnostics.has_errors())
      throw InputError(std::move(draft_.diagnostics));
    draft_.automatic_priorities = std::move(context_.automatic_priorities);
    draft_.open_commitments = std::move(context_.open_commitments);
    return std::move(draft_);
  }

 private:
  void report(Severity severity, Place place, std::string_view value, const std::string& rule, MessageArgs args = {},
              const std::string& suggestion = {}) {
    draft_.diagnostics.add(
        make_diagnostic_with_suggestion(severity, std::move(place), value, rule, suggestion, std::move(args)));
  }

  /// A text as it is, kept among the inputs.
  std::optional<std::string> as_input(std::optional<std::string> text, const std::string& shown_name) {
    if (text)
      draft_.data.inputs.push_back({.file = shown_name, .sha256 = sha256_of(*text)});
    return text;
  }
  std::optional<std::string> read_reference(const std::string& name) {
    return as_input(read_text_file(data_dir_ / name, name, draft_.diagnostics), name);
  }
  std::optional<std::string> read_document(const std::string& name) {
    return as_input(source_.document(name, draft_.diagnostics), name);
  }

  void load_settings() {
    const auto text = read_document(kScenarioFile);
    // Without it nothing can be understood; the faults of other files would only hide the one that counts.
    if (!text)
      throw InputError(std::move(draft_.diagnostics));
    settings_ = read_scenario_settings(*text, kScenarioFile, draft_.diagnostics, [this](TomlValue& document) {
      edits_.edit_document(document, "scenario", true);
      edits_.edit_document(document, "policy", true);
    });
    auto& data = draft_.data;
    data.id = settings_.id;
    data.title = settings_.title;
    data.time_zone = settings_.time_zone;
    data.as_of = settings_.as_of;
    data.horizon = settings_.horizon;
  }

  void load_kinds() {
    const std::string name = "reference/kinds.toml";
    if (const auto text = read_reference(name))
      draft_.data.kinds = read_kinds(*text, name, draft_.diagnostics);
  }

  void load_policy() {
    const std::string name = "policy/default.toml";
    if (const auto text = read_reference(name))
      draft_.data.policy = read_policy(*text, name, draft_.diagnostics);
    if (settings_.document)
      override_policy(draft_.data.policy, section_of(*settings_.document).section("policy"), kScenarioFile,
                      draft_.diagnostics);
  }

  std::vector<std::string> known_agreements() const {
    const auto own = source_.agreements();
    std::set<std::string> ids(own.begin(), own.end());
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(data_dir_ / "agreements", error))
      if (entry.path().extension() == ".toml")
        ids.insert(entry.path().stem().string());
    return {ids.begin(), ids.end()};
  }

  void load_agreements() {
    std::set<std::string> seen;
    const Place place{kScenarioFile, settings_.agreements_line, "agreements"};
    for (const auto& id : settings_.agreements) {
      if (seen.insert(id).second)
        load_agreement(id, place);
      else
        report(Severity::Error, place, id, "agreement.twice");
    }
  }

  void load_agreement(const std::string& id, const Place& place) {
    const bool is_plain_name = id.find_first_of("/\\") == std::string::npos && !id.starts_with('.');
    const std::string shown_name = "agreements/" + id + ".toml";
    std::error_code error;
    // The scenario's own agreement comes before one of the data directory.
    const bool is_own = is_plain_name && source_.has_document(shown_name);
    if (!is_own && !(is_plain_name && fs::is_regular_file(data_dir_ / shown_name, error))) {
      context_.agreements_unreadable = true;
      const auto known = known_agreements();
      report(Severity::Error, place, id, "agreement.unknown", {{"known", fmt::format("{}", fmt::join(known, ", "))}},
             closest_word(id, known));
      return;
    }
    const auto text = is_own ? read_document(shown_name) : read_reference(shown_name);
    auto agreement =
        text ? read_agreement(*text, shown_name, draft_.data.kinds, draft_.diagnostics,
                              [&](TomlValue& document) { edits_.edit_document(document, "agreements." + id, false); })
             : std::nullopt;
    if (!agreement) {
      context_.agreements_unreadable = true;
      return;
    }
    check_agreement(*agreement, id, shown_name);
    draft_.data.agreements.push(std::move(*agreement));
  }

  void check_agreement(const Agreement& agreement, const std::string& id, const std::string& shown_name) {
    if (agreement.id != id)
      report(Severity::Error, {shown_name, 0, "id"}, agreement.id, "agreement.file_name");
    const auto& horizon = draft_.data.horizon;
    if (agreement.in_force.last <= horizon.first || agreement.in_force.first >= horizon.last())
      report(Severity::Warning, {shown_name, 0, "in_force"}, agreement.id, "agreement.not_in_force");
  }

  void load_tables() {
    load_reference_agencies();
    namespace d = detail;
    load(d::agencies_table(), d::load_agencies, [&] { context_.agencies.unreadable = true; });
    load(d::preparedness_table(), d::load_preparedness);
    load(d::bases_table(), d::load_bases, [&] { context_.bases.unreadable = true; });
    load(d::pools_table(), d::load_pools, [&] { context_.pools.unreadable = true; });
    load(d::units_table(), d::load_units, [&] { context_.units.unreadable = true; });
    load(d::incidents_table(), d::load_incidents, [&] { context_.incidents.unreadable = true; });
    load(d::incident_areas_table(), d::load_incident_areas);
    load(d::requests_table(), d::load_requests, [&] { context_.requests.unreadable = true; });
    load(d::offers_table(), d::load_offers);
    load(d::responses_table(), d::load_responses);
    load(d::request_history_table(), d::load_request_history);
    load(d::decisions_table(), d::load_decisions);
    load(d::unavailable_table(), d::load_unavailable);
    load(d::consents_table(), d::load_consents);
    load(d::recalls_table(), d::load_recalls);
    load(d::lifts_table(), d::load_lifts);
    load(d::commitments_table(), d::load_commitments);
    load(d::announcements_table(), d::load_announcements);
    load(d::conflicts_table(), d::load_conflicts);
    load(d::history_table(), d::load_history);
  }

  void load_reference_agencies() {
    const std::string name = "reference/agencies.csv";
    std::error_code error;
    if (!fs::exists(data_dir_ / name, error))
      return;
    const auto table = as_input(read_table_file(data_dir_ / name, name, "agencies", {}, draft_.diagnostics), name);
    if (!table)
      return;
    auto records = read_records(*table, detail::agencies_table(), draft_.diagnostics);
    draft_.reference_agencies = detail::reference_agencies(records, context_);
    detail::index_reference_agencies(records, context_);
    load_agency_words();
  }

  void load_agency_words() {
    const std::string name = "reference/agency_words.csv";
    std::error_code error;
    if (!fs::exists(data_dir_ / name, error))
      return;
    const auto table = as_input(read_table_file(data_dir_ / name, name, "agency_words", {}, draft_.diagnostics), name);
    if (!table)
      return;
    const auto column_of = [&](std::string_view column) {
      return static_cast<std::size_t>(std::ranges::find(table->columns, column) - table->columns.begin());
    };
    const auto word = column_of("word");
    const auto agency = column_of("agency_id");
    if (std::max(word, agency) >= table->columns.size()) {
      report(Severity::Error, {name, 1, word < table->columns.size() ? "agency_id" : "word"}, "",
             "table.missing_column", {{"table", "agency_words"}});
      return;
    }
    for (const auto& row : table->rows)
      draft_.agency_words.push_back({row.cells[word], row.cells[agency]});
  }

  using Load = void (*)(std::vector<Record>&, detail::LoadContext&);

  void load(const TableSpec& spec, Load load_records, const std::function<void()>& on_unreadable = {}) {
    const bool has_more_rows = &spec == &detail::decisions_table() && edits_.has_choices();
    const auto found = find_table(spec);
    if (!found.file && !has_more_rows) {
      if (found.is_fault && on_unreadable)
        on_unreadable();
      return;
    }
    auto table = found.file
                     ? as_input(source_.table(*found.file, std::string(spec.name), draft_.diagnostics), *found.file)
                     : std::optional(geo::Table{.file = std::string(spec.name)});
    if (!table) {
      if (on_unreadable)
        on_unreadable();
      return;
    }
    edits_.edit_table(*table, spec, draft_.diagnostics);
    if (has_more_rows)
      edits_.add_choices(*table, [this](const std::string& id) { return context_.units.knows(id); });
    auto records = read_records(*table, spec, draft_.diagnostics);
    load_records(records, context_);
  }

  /// One decision for each lender and line of another country, or for the lender where all lines are foreign to it.
  void forbid_foreign_help() {
    auto& data = draft_.data;
    for (const auto agency : data.agencies.indices()) {
      std::vector<RequestIndex> foreign;
      for (const auto request : data.requests.indices())
        if (data.agencies[data.requests[request].borrower].country != data.agencies[agency].country)
          foreign.push_back(request);
      const auto forbid = [&](std::optional<RequestIndex> request) {
        data.decisions.push_back(
            {.action = Decision::Action::Forbid, .agency = agency, .request = request, .reason = "--domestic"});
      };
      if (!foreign.empty() && foreign.size() == data.requests.size())
        forbid(std::nullopt);
      else
        std::ranges::for_each(foreign, forbid);
    }
  }

  void report_unused_edits() {
    std::vector<std::string> tables;
    for (const auto* spec : all_tables())
      tables.emplace_back(spec->name);
    edits_.report_unused(tables, draft_.diagnostics);
  }

  struct FoundTable {
    std::optional<std::string> file;
    bool is_fault = false;
  };

  FoundTable find_table(const TableSpec& spec) {
    const std::string name{spec.name};
    if (const auto it = settings_.tables.find(name); it != settings_.tables.end()) {
      used_.insert(fs::path(it->second).filename().string());
      return {it->second};
    }
    std::vector<std::string> candidates;
    for (const auto& file : source_.table_files())
      if (file.table == name)
        candidates.push_back(file.name);
    used_.insert(candidates.begin(), candidates.end());
    if (candidates.size() == 1)
      return {candidates.front()};
    if (candidates.empty() && !spec.required)
      return {};
    if (candidates.empty())
      report(Severity::Error, {kScenarioFile, 0, ""}, name, "file.table_missing", {{"table", name}});
    else
      report(Severity::Error, {kScenarioFile, 0, ""}, name, "file.two_candidates",
             {{"table", name}, {"files", fmt::format("{}", fmt::join(candidates, ", "))}});
    return {.is_fault = true};
  }

  /// The table, its file kept among the inputs.
  std::optional<geo::Table> as_input(std::optional<SourceTable> read, const std::string& shown_name) {
    if (!read)
      return std::nullopt;
    if (!is_input(shown_name))
      draft_.data.inputs.push_back({.file = shown_name, .sha256 = read->sha256});
    return std::move(read->table);
  }

  bool is_input(const std::string& shown_name) const {
    return std::ranges::find(draft_.data.inputs, shown_name, &InputFile::file) != draft_.data.inputs.end();
  }

  void load_perimeter_file() {
    if (!source_.has_document(kPerimeterFile))
      return;
    if (const auto text = read_document(kPerimeterFile))
      detail::load_perimeters(*text, kPerimeterFile, context_);
  }

  /// A party nobody has described can neither lend nor borrow: probably a slip of the pen.
  void check_agreement_parties() {
    std::vector<std::string> known = context_.agencies.ids();
    for (const auto& [id, record] : context_.reference_agencies)
      known.push_back(id);
    if (known.empty() || context_.agencies.unreadable)
      return;
    for (const auto& agreement : draft_.data.agreements)
      for (const auto* parties : {&agreement.lenders, &agreement.borrowers})
        for (const auto& party : *parties)
          if (party.scope == Party::Scope::Agency && std::ranges::find(known, party.id) == known.end())
            report(Severity::Warning, {agreement.file, 0, "parties"}, party.id, "agreement.agency", {},
                   closest_word(party.id, known));
  }

  void load_layers() {
    if (!source_.has_layer_files()) {
      for (auto& input : source_.layer_inputs())
        if (!is_input(input.file))
          draft_.data.inputs.push_back(std::move(input));
      return;
    }
    for (auto layer : settings_.layers) {
      used_.insert(fs::path(layer.file).filename().string());
      const auto path = source_.layer_file(layer.file);
      if (!path) {
        report(Severity::Error, {kScenarioFile, layer.line, "layer.file"}, layer.file, "file.missing");
        continue;
      }
      layer.path = *path;
      std::error_code error;
      const bool is_file = fs::is_regular_file(layer.path, error);
      if (!is_input(layer.file))
        draft_.data.inputs.push_back({.file = layer.file,
                                      .sha256 = is_file ? sha256_of_file(layer.path) : std::string{},
                                      .as_of = layer.as_of,
                                      .note = layer.note});
      draft_.layers.push_back(std::move(layer));
    }
  }

  /// A file that looks like a table and is none of ours: perhaps misnamed, so that its rows would silently be missing.
  void note_unused_files() {
    std::vector<std::string> absent;
    for (const auto* spec : all_tables())
      absent.emplace_back(spec->name);
    for (const auto& [name, table] : source_.table_files()) {
      // What happened is set beside a plan after the season (docs/evaluate.md); no plan is made from it.
      if (used_.contains(name) || table == "actuals")
        continue;
      const fs::path file(name);
      const auto meant = closest_word(file.stem().string(), absent);
      report(meant.empty() ? Severity::Note : Severity::Warning, {name, 0, ""}, name, "file.unused", {},
             meant.empty() ? meant : meant + geo::lower_ascii(file.extension().string()));
    }
  }

  void apply_input_notes() {
    std::vector<std::string> known;
    for (const auto& input : draft_.data.inputs)
      known.push_back(input.file);
    for (const auto& note : settings_.inputs) {
      const auto it = std::ranges::find(draft_.data.inputs, note.file, &InputFile::file);
      if (it == draft_.data.inputs.end()) {
        report(Severity::Warning, {kScenarioFile, note.line, "input.file"}, note.file, "scenario.input_unused", {},
               closest_word(note.file, known));
        continue;
      }
      if (!note.as_of.empty())
        it->as_of = note.as_of;
      if (!note.note.empty())
        it->note = note.note;
    }
  }

  ScenarioSource& source_;
  fs::path data_dir_;
  EditSession edits_;
  bool domestic_;
  ScenarioDraft draft_;
  ScenarioSettings settings_;
  std::set<std::string> used_;  ///< file names of tables and layers
  detail::LoadContext context_{.data = draft_.data, .diagnostics = draft_.diagnostics};
};

}  // namespace

ScenarioDraft load_scenario(const fs::path& folder, const fs::path& data_dir, const TableReader& other_formats,
                            const ScenarioEdits& edits) {
  FolderSource source(folder, other_formats);
  return load_scenario(source, data_dir, edits);
}

ScenarioDraft load_scenario(ScenarioSource& source, const fs::path& data_dir, const ScenarioEdits& edits) {
  return ScenarioLoader(source, data_dir, edits).load();
}

}  // namespace relevo::planner
