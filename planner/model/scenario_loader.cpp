// SPDX-License-Identifier: MIT
#include "planner/model/scenario_loader.hpp"

#include "geo/csv_reader.hpp"
#include "geo/table_error.hpp"
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

constexpr const char* kScenarioFile = "scenario.toml";
constexpr const char* kPerimeterFile = "perimeters.geojson";

std::string lower(std::string text) {
  for (auto& c : text)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
  return text;
}

bool is_table_extension(const std::string& extension) {
  static const std::set<std::string> kExtensions{".csv", ".xlsx", ".ods", ".gpkg", ".geojson"};
  return kExtensions.contains(extension);
}

/// Files of a folder that may be tables, by name.
std::vector<fs::path> table_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (is_table_extension(lower(entry.path().extension().string())) && entry.path().filename() != kPerimeterFile)
      files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

/// Reads everything of one scenario folder into one draft; every step reports its faults and goes on.
class ScenarioLoader {
 public:
  ScenarioLoader(fs::path folder, fs::path data_dir, const TableReader& other_formats)
      : folder_(std::move(folder)), data_dir_(std::move(data_dir)), other_formats_(other_formats) {
    draft_.folder = folder_;
  }

  ScenarioDraft load() {
    load_settings();
    load_kinds();
    load_policy();
    load_agreements();
    load_tables();
    load_perimeter_file();
    check_agreement_parties();
    load_layers();
    note_unused_files();
    apply_input_notes();
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

  /// The text of a file of ours, kept among the inputs.
  std::optional<std::string> read_input(const fs::path& file, const std::string& shown_name) {
    auto text = read_text_file(file, shown_name, draft_.diagnostics);
    if (text)
      draft_.data.inputs.push_back({.file = shown_name, .sha256 = sha256_of(*text)});
    return text;
  }

  void load_settings() {
    const auto text = read_input(folder_ / kScenarioFile, kScenarioFile);
    // Without it nothing can be understood; the faults of other files would only hide the one that counts.
    if (!text)
      throw InputError(std::move(draft_.diagnostics));
    settings_ = read_scenario_settings(*text, kScenarioFile, draft_.diagnostics);
    auto& data = draft_.data;
    data.id = settings_.id;
    data.title = settings_.title;
    data.time_zone = settings_.time_zone;
    data.as_of = settings_.as_of;
    data.horizon = settings_.horizon;
  }

  void load_kinds() {
    const std::string name = "reference/kinds.toml";
    if (const auto text = read_input(data_dir_ / name, name))
      draft_.data.kinds = read_kinds(*text, name, draft_.diagnostics);
  }

  void load_policy() {
    const std::string name = "policy/default.toml";
    if (const auto text = read_input(data_dir_ / name, name))
      draft_.data.policy = read_policy(*text, name, draft_.diagnostics);
    if (settings_.document)
      override_policy(draft_.data.policy, section_of(*settings_.document).section("policy"), kScenarioFile,
                      draft_.diagnostics);
  }

  /// The scenario's own agreement comes before one of the data directory.
  std::optional<fs::path> agreement_file(const std::string& id) const {
    std::error_code error;
    for (const auto& base : {folder_, data_dir_})
      if (const auto file = base / "agreements" / (id + ".toml"); fs::is_regular_file(file, error))
        return file;
    return std::nullopt;
  }

  std::vector<std::string> known_agreements() const {
    std::set<std::string> ids;
    std::error_code error;
    for (const auto& base : {folder_, data_dir_})
      for (const auto& entry : fs::directory_iterator(base / "agreements", error))
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
    const auto file = is_plain_name ? agreement_file(id) : std::nullopt;
    if (!file) {
      context_.agreements_unreadable = true;
      const auto known = known_agreements();
      report(Severity::Error, place, id, "agreement.unknown", {{"known", fmt::format("{}", fmt::join(known, ", "))}},
             closest_word(id, known));
      return;
    }
    const std::string shown_name = "agreements/" + id + ".toml";
    const auto text = read_input(*file, shown_name);
    auto agreement = text ? read_agreement(*text, shown_name, draft_.data.kinds, draft_.diagnostics) : std::nullopt;
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
    load(d::decisions_table(), d::load_decisions);
    load(d::unavailable_table(), d::load_unavailable);
    load(d::consents_table(), d::load_consents);
    load(d::recalls_table(), d::load_recalls);
    load(d::lifts_table(), d::load_lifts);
    load(d::commitments_table(), d::load_commitments);
    load(d::conflicts_table(), d::load_conflicts);
    load(d::history_table(), d::load_history);
  }

  void load_reference_agencies() {
    const std::string name = "reference/agencies.csv";
    std::error_code error;
    if (!fs::exists(data_dir_ / name, error))
      return;
    const auto table = read_table(data_dir_ / name, name, "agencies");
    if (!table)
      return;
    auto records = read_records(*table, detail::agencies_table(), draft_.diagnostics);
    detail::index_reference_agencies(records, context_);
  }

  using Load = void (*)(std::vector<Record>&, detail::LoadContext&);

  void load(const TableSpec& spec, Load load_records, const std::function<void()>& on_unreadable = {}) {
    const auto found = find_table(spec);
    if (!found.file) {
      if (found.is_fault && on_unreadable)
        on_unreadable();
      return;
    }
    const auto table = read_table(*found.file, found.shown_name, std::string(spec.name));
    if (!table) {
      if (on_unreadable)
        on_unreadable();
      return;
    }
    auto records = read_records(*table, spec, draft_.diagnostics);
    load_records(records, context_);
  }

  struct FoundTable {
    std::optional<fs::path> file;
    std::string shown_name;
    bool is_fault = false;
  };

  FoundTable find_table(const TableSpec& spec) {
    const std::string name{spec.name};
    if (const auto it = settings_.tables.find(name); it != settings_.tables.end()) {
      used_.insert(fs::path(it->second).filename().string());
      return {folder_ / it->second, it->second};
    }
    std::vector<std::string> candidates;
    for (const auto& file : table_files(folder_))
      if (lower(file.stem().string()) == name)
        candidates.push_back(file.filename().string());
    used_.insert(candidates.begin(), candidates.end());
    if (candidates.size() == 1)
      return {folder_ / candidates.front(), candidates.front()};
    if (candidates.empty() && !spec.required)
      return {};
    if (candidates.empty())
      report(Severity::Error, {kScenarioFile, 0, ""}, name, "file.table_missing", {{"table", name}});
    else
      report(Severity::Error, {kScenarioFile, 0, ""}, name, "file.two_candidates",
             {{"table", name}, {"files", fmt::format("{}", fmt::join(candidates, ", "))}});
    return {.is_fault = true};
  }

  std::optional<geo::Table> read_table(const fs::path& file, const std::string& shown_name, const std::string& table) {
    std::error_code error;
    if (!fs::is_regular_file(file, error)) {
      report(Severity::Error, {shown_name, 0, ""}, shown_name,
             fs::exists(file, error) ? "file.unreadable" : "file.missing");
      return std::nullopt;
    }
    const auto extension = lower(file.extension().string());
    if (extension != ".csv" && !other_formats_) {
      report(Severity::Error, {shown_name, 0, ""}, extension, "file.no_reader");
      return std::nullopt;
    }
    try {
      auto read = extension == ".csv" ? geo::read_csv(file, shown_name) : other_formats_(file, shown_name, table);
      if (!is_input(shown_name))
        draft_.data.inputs.push_back({.file = shown_name, .sha256 = sha256_of_file(file)});
      return read;
    } catch (const geo::TableError& fault) {
      report_table_error(fault.problem());
      return std::nullopt;
    }
  }

  bool is_input(const std::string& shown_name) const {
    return std::ranges::find(draft_.data.inputs, shown_name, &InputFile::file) != draft_.data.inputs.end();
  }

  void report_table_error(const geo::TableProblem& problem) {
    auto d = make_diagnostic(Severity::Error, {problem.file, problem.line, ""}, problem.value, "table.problem",
                             {{"reason", problem.reason}, {"advice", problem.remedy}});
    d.rule = problem.rule;
    draft_.diagnostics.add(std::move(d));
  }

  void load_perimeter_file() {
    std::error_code error;
    if (!fs::exists(folder_ / kPerimeterFile, error))
      return;
    if (const auto text = read_input(folder_ / kPerimeterFile, kPerimeterFile))
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
    for (auto layer : settings_.layers) {
      layer.path = folder_ / layer.file;
      used_.insert(fs::path(layer.file).filename().string());
      std::error_code error;
      if (!fs::exists(layer.path, error)) {
        report(Severity::Error, {kScenarioFile, layer.line, "layer.file"}, layer.file, "file.missing");
        continue;
      }
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
    for (const auto& file : table_files(folder_)) {
      const auto name = file.filename().string();
      if (used_.contains(name))
        continue;
      const auto meant = closest_word(file.stem().string(), absent);
      report(meant.empty() ? Severity::Note : Severity::Warning, {name, 0, ""}, name, "file.unused", {},
             meant.empty() ? meant : meant + lower(file.extension().string()));
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

  fs::path folder_;
  fs::path data_dir_;
  const TableReader& other_formats_;
  ScenarioDraft draft_;
  ScenarioSettings settings_;
  std::set<std::string> used_;  ///< file names of tables and layers
  detail::LoadContext context_{.data = draft_.data, .diagnostics = draft_.diagnostics};
};

}  // namespace

ScenarioDraft load_scenario(const fs::path& folder, const fs::path& data_dir, const TableReader& other_formats) {
  return ScenarioLoader(folder, data_dir, other_formats).load();
}

}  // namespace relevo::planner
