// SPDX-License-Identifier: MIT
#include "planner/model/load_context.hpp"

#include <algorithm>

namespace relevo::planner::detail {

namespace {

bool is_country_code(const std::string& text) {
  return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

Tier tier_of(const std::string& word) {
  if (word == "local")
    return Tier::Local;
  if (word == "national")
    return Tier::National;
  if (word == "international")
    return Tier::International;
  return Tier::Regional;
}

std::optional<Agency> make_agency(Record& record, LoadContext& context) {
  Agency agency;
  agency.id = record.text("agency_id");
  agency.name = record.has("name") ? record.text("name") : agency.id;
  agency.country = record.text("country");
  if (!agency.country.empty() && !is_country_code(agency.country))
    record.report(context.diagnostics, Severity::Error, "country", "table.country");
  agency.tier = tier_of(record.text("tier"));
  agency.point = {record.number("lon").value_or(0.0), record.number("lat").value_or(0.0)};
  if (const auto level = record.integer("preparedness_level"))
    agency.levels.emplace_back(kFirstDay, *level);
  if (!record.valid())
    return std::nullopt;
  return agency;
}

void set_level(Agency& agency, Day day, int level, Record& record, LoadContext& context) {
  const auto it = std::ranges::lower_bound(agency.levels, day, {}, [](const auto& entry) { return entry.first; });
  if (it == agency.levels.end() || it->first != day)
    agency.levels.insert(it, {day, level});
  else if (it->second != level)
    record.report(context.diagnostics, Severity::Error, "level", "preparedness.two_levels",
                  {{"agency", agency.id}, {"date", format_day(day)}, {"other", std::to_string(it->second)}});
}

/// Takes an agency over from the reference list, and the centre it orders through with it.
std::optional<AgencyIndex> adopt_reference_agency(const std::string& id, LoadContext& context) {
  const auto it = context.reference_agencies.find(id);
  if (it == context.reference_agencies.end())
    return std::nullopt;
  Record record = it->second;
  const auto agency = make_agency(record, context);
  if (!agency) {
    context.agencies.add(id, std::nullopt);
    return std::nullopt;
  }
  const auto index = context.data.agencies.push(*agency);
  context.agencies.add(id, index);
  const auto centre = resolve_agency(context, record, "centre");
  context.data.agencies[index].centre = centre;
  return index;
}

}  // namespace

const TableSpec& agencies_table() {
  static const TableSpec kTable{
      .name = "agencies",
      .about = "Who lends and borrows. Agencies of data/reference/agencies.csv need no row; a row replaces theirs.",
      .columns = with_provenance({
          {.name = "agency_id",
           .type = CellType::Identifier,
           .required = true,
           .about = "published id, as CA-AB",
           .aliases = {"agency", "id"}},
          {.name = "name", .about = "name", .default_value = "the id", .aliases = {"nombre", "nom"}},
          {.name = "name_es", .about = "name in Spanish (kept for people)"},
          {.name = "name_fr", .about = "name in French (kept for people)"},
          {.name = "country", .required = true, .about = "ISO 3166 alpha-2 code", .aliases = {"pais", "pays"}},
          {.name = "tier",
           .type = CellType::Word,
           .about = "how far it reaches",
           .default_value = "regional",
           .words = {"local", "regional", "national", "international"}},
          {.name = "centre",
           .type = CellType::Reference,
           .about = "coordination centre it orders through",
           .default_value = "none",
           .aliases = {"center", "centro"},
           .refers_to = "agencies"},
          {.name = "lon",
           .type = CellType::Number,
           .required = true,
           .about = "its own place, WGS 84",
           .unit = "degrees east",
           .least = -180,
           .most = 180,
           .aliases = {"longitude", "longitud"}},
          {.name = "lat",
           .type = CellType::Number,
           .required = true,
           .about = "its own place, WGS 84",
           .unit = "degrees north",
           .least = -90,
           .most = 90,
           .aliases = {"latitude", "latitud"}},
          {.name = "preparedness_level",
           .type = CellType::Integer,
           .about = "its level on all days that `preparedness` does not tell",
           .default_value = "default_preparedness_level of the policy",
           .least = 1,
           .most = 5,
           .aliases = {"apl", "level"}},
      })};
  return kTable;
}

std::vector<ReferenceAgency> reference_agencies(const std::vector<Record>& records, LoadContext& context) {
  std::vector<ReferenceAgency> agencies;
  for (Record record : records)
    if (auto agency = make_agency(record, context))
      agencies.push_back({std::move(*agency), record.text("centre")});
  std::ranges::sort(agencies, {}, [](const ReferenceAgency& known) { return known.agency.id; });
  return agencies;
}

void index_reference_agencies(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records)
    context.reference_agencies.emplace(record.text("agency_id"), std::move(record));
}

void load_agencies(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records) {
    const auto agency = make_agency(record, context);
    context.agencies.add(record.text("agency_id"),
                         agency ? std::optional(context.data.agencies.push(*agency)) : std::nullopt);
  }
  for (auto& record : records) {
    const auto centre = resolve_agency(context, record, "centre");
    if (const auto index = context.agencies.find(record.text("agency_id")))
      context.data.agencies[*index].centre = centre;
  }
}

std::optional<AgencyIndex> find_agency(LoadContext& context, const std::string& id) {
  if (context.agencies.knows(id))
    return context.agencies.find(id);
  return adopt_reference_agency(id, context);
}

std::optional<AgencyIndex> resolve_agency(LoadContext& context, Record& record, std::string_view column) {
  const auto id = record.text(column);
  if (id.empty())
    return std::nullopt;
  if (const auto index = find_agency(context, id))
    return index;
  if (context.agencies.knows(id) || context.agencies.unreadable) {
    record.invalidate();
    return std::nullopt;
  }
  auto known = context.agencies.ids();
  for (const auto& [reference_id, row] : context.reference_agencies)
    known.push_back(reference_id);
  report_unknown_reference(context, record, column, "agencies", known);
  return std::nullopt;
}

const TableSpec& preparedness_table() {
  static const TableSpec kTable{.name = "preparedness",
                                .about = "Preparedness level of an agency from a day on.",
                                .columns = with_provenance({
                                    {.name = "agency_id",
                                     .type = CellType::Reference,
                                     .required = true,
                                     .about = "whose level",
                                     .aliases = {"agency"},
                                     .refers_to = "agencies"},
                                    {.name = "date",
                                     .type = CellType::Date,
                                     .required = true,
                                     .about = "first day of the level",
                                     .aliases = {"from", "fecha"}},
                                    {.name = "level",
                                     .type = CellType::Integer,
                                     .required = true,
                                     .about = "1 lowest ... 5 highest",
                                     .least = 1,
                                     .most = 5,
                                     .aliases = {"preparedness_level", "apl"}},
                                })};
  return kTable;
}

void load_preparedness(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records) {
    const auto agency = resolve_agency(context, record, "agency_id");
    const auto day = record.day("date");
    const auto level = record.integer("level");
    if (agency && day && level)
      set_level(context.data.agencies[*agency], *day, *level, record, context);
  }
}

}  // namespace relevo::planner::detail
