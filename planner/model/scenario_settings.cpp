// SPDX-License-Identifier: MIT
#include "planner/model/scenario_settings.hpp"

#include "planner/model/load_policy.hpp"
#include "planner/model/spelling.hpp"
#include "planner/model/tables.hpp"
#include "planner/model/time_zone.hpp"

namespace relevo::planner {

namespace {

LayerBlock make_layer(const TomlSection& section) {
  LayerBlock layer;
  layer.file = section.text("file");
  layer.as = section.text("as");
  layer.name = section.has("name") ? section.text("name") : layer.file;
  layer.as_of = section.moment("as_of");
  layer.source = section.text("source");
  layer.note = section.text("note");
  layer.profile = section.text("profile");
  layer.layer = section.text("layer");
  layer.crs = section.text("crs");
  layer.archives = section.boolean("archives").value_or(false);
  layer.line = section.line();
  const auto fields = section.section("fields");
  for (const auto& key : fields.keys())
    layer.fields[key] = fields.text(key);
  return layer;
}

InputNote make_input_note(const TomlSection& section) {
  return {section.text("file"), section.moment("as_of"), section.text("note"), section.line()};
}

void check_time_zone(const TomlSection& section, const std::string& shown_name, Diagnostics& diagnostics) {
  const auto name = section.text("time_zone");
  if (is_time_zone(name))
    return;
  diagnostics.add(make_diagnostic_with_suggestion(Severity::Error,
                                                  {shown_name, section.find("time_zone")->line, "scenario.time_zone"},
                                                  name, "scenario.time_zone", closest_word(name, time_zone_names())));
}

void read_calendar(ScenarioSettings& settings, const TomlSection& section, const std::string& shown_name,
                   Diagnostics& diagnostics) {
  settings.as_of = section.day("as_of").value_or(kFirstDay);
  settings.horizon = {section.day("first_day").value_or(settings.as_of), section.integer("days").value_or(1)};
  if (settings.horizon.first < settings.as_of)
    diagnostics.add(make_diagnostic(
        Severity::Warning, {shown_name, section.find("first_day")->line, "scenario.first_day"},
        format_day(settings.horizon.first), "scenario.horizon_before", {{"as_of", format_day(settings.as_of)}}));
}

/// `agreements` may stand above [scenario] or in it: TOML counts a key to the section above it.
void read_agreement_ids(ScenarioSettings& settings, const TomlSection& root, const std::string& shown_name,
                        Diagnostics& diagnostics) {
  const auto scenario = root.section("scenario");
  const auto& holder = root.has("agreements") ? root : scenario;
  const auto* value = holder.find("agreements");
  if (value == nullptr) {
    diagnostics.add(
        make_diagnostic(Severity::Error, {shown_name, scenario.line(), "agreements"}, "", "toml.missing_key"));
    return;
  }
  settings.agreements = texts_of(*value);
  settings.agreements_line = value->line;
}

}  // namespace

const std::vector<KeySpec>& scenario_schema() {
  static const std::vector<KeySpec> kSchema = [] {
    std::vector<KeySpec> tables;
    for (const auto* table : all_tables())
      tables.push_back({.name = table->name});
    const std::vector<KeySpec> scenario{
        {.name = "id", .required = true},
        {.name = "title", .required = true},
        {.name = "time_zone", .required = true},
        {.name = "as_of", .type = KeyType::Date, .required = true},
        {.name = "first_day", .type = KeyType::Date},
        {.name = "days", .type = KeyType::Integer, .required = true, .least = 1, .most = 1000},
        {.name = "agreements", .type = KeyType::Texts},
        {.name = "base"},
    };
    const std::vector<KeySpec> layer{
        {.name = "file", .required = true},
        {.name = "as",
         .required = true,
         .words = {"hotspots", "perimeters", "active-fires", "danger", "smoke", "earthquakes", "cyclones", "flood",
                   "alerts", "places", "population", "custom"}},
        {.name = "name"},
        {.name = "as_of", .type = KeyType::Moment},
        {.name = "source"},
        {.name = "note"},
        {.name = "profile"},
        {.name = "layer"},
        {.name = "crs"},
        {.name = "archives", .type = KeyType::Boolean},
        {.name = "fields", .type = KeyType::NamedTexts},
    };
    const std::vector<KeySpec> input{
        {.name = "file", .required = true}, {.name = "as_of", .type = KeyType::Moment}, {.name = "note"}};
    return std::vector<KeySpec>{
        {.name = "scenario", .type = KeyType::Section, .required = true, .keys = scenario},
        {.name = "agreements", .type = KeyType::Texts},
        {.name = "tables", .type = KeyType::Section, .keys = tables},
        {.name = "policy", .type = KeyType::Section, .keys = policy_schema()},
        {.name = "layer", .type = KeyType::Sections, .keys = layer},
        {.name = "input", .type = KeyType::Sections, .keys = input},
    };
  }();
  return kSchema;
}

ScenarioSettings read_scenario_settings(std::string_view toml, const std::string& shown_name, Diagnostics& diagnostics,
                                        const std::function<void(TomlValue&)>& edit) {
  ScenarioSettings settings;
  settings.document = parse_toml(toml, shown_name, diagnostics);
  if (!settings.document)
    return settings;
  if (edit)
    edit(*settings.document);
  const auto root = section_of(*settings.document);
  check_section(root, scenario_schema(), shown_name, diagnostics);
  const auto scenario = root.section("scenario");
  settings.id = scenario.text("id");
  settings.title = scenario.text("title");
  settings.time_zone = scenario.text("time_zone");
  if (!settings.time_zone.empty())
    check_time_zone(scenario, shown_name, diagnostics);
  read_calendar(settings, scenario, shown_name, diagnostics);
  read_agreement_ids(settings, root, shown_name, diagnostics);
  const auto tables = root.section("tables");
  for (const auto& table : tables.keys())
    settings.tables[table] = tables.text(table);
  for (const auto& section : root.sections("layer"))
    settings.layers.push_back(make_layer(section));
  for (const auto& section : root.sections("input"))
    settings.inputs.push_back(make_input_note(section));
  return settings;
}

}  // namespace relevo::planner
