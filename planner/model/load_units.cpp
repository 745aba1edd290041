// SPDX-License-Identifier: MIT
#include "planner/model/load_context.hpp"

#include <algorithm>
#include <string_view>

namespace relevo::planner::detail {

namespace {

int persons_of(Record& record, const Kind& kind, const std::string& type_id, LoadContext& context) {
  if (const auto persons = record.integer("persons"))
    return *persons;
  if (record.has("persons") || !kind.crewed)
    return 0;
  const KindType* type = kind.find_type(type_id);
  if (type != nullptr && type->persons > 0)
    return type->persons;
  if (record.written("persons").empty())
    record.report(context.diagnostics, Severity::Error, "persons", "unit.persons", {{"kind", kind.id}});
  return 0;
}

/// "JAL:18" means 18 people of pool JAL.
std::optional<PoolShare> parse_share(const std::string& part, Record& record, LoadContext& context) {
  const auto colon = part.rfind(':');
  const auto persons = colon == std::string::npos ? std::nullopt : parse_integer(part.substr(colon + 1));
  if (!persons || *persons < 1) {
    record.report(context.diagnostics, Severity::Error, "pools", "unit.pools", {{"part", part}});
    return std::nullopt;
  }
  const std::string id = part.substr(0, colon);
  if (const auto pool = context.pools.find(id))
    return PoolShare{*pool, *persons};
  record.invalidate();
  if (context.pools.knows(id) || context.pools.unreadable)
    return std::nullopt;
  context.diagnostics.add(make_diagnostic_with_suggestion(Severity::Error, record.place("pools"), id, "table.reference",
                                                          closest_word(id, context.pools.ids()), {{"table", "pools"}}));
  return std::nullopt;
}

std::vector<PoolShare> shares_of(Record& record, int persons, LoadContext& context) {
  std::vector<PoolShare> shares;
  int pooled = 0;
  for (const auto& part : record.list("pools")) {
    const auto share = parse_share(part, record, context);
    if (!share)
      continue;
    if (std::ranges::find(shares, share->pool, &PoolShare::pool) != shares.end())
      record.report(context.diagnostics, Severity::Error, "pools", "unit.pools_twice", {{"part", part}});
    shares.push_back(*share);
    pooled += share->persons;
  }
  if (pooled > persons && record.valid())
    record.report(context.diagnostics, Severity::Error, "pools", "unit.pool_persons",
                  {{"pooled", std::to_string(pooled)}, {"persons", std::to_string(persons)}});
  std::ranges::sort(shares, {}, &PoolShare::pool);
  return shares;
}

void check_base_owner(const Unit& unit, Record& record, LoadContext& context) {
  const auto& base = context.data.bases[unit.base];
  if (base.agency == unit.agency)
    return;
  record.report(context.diagnostics, Severity::Note, "base", "unit.base_of_other",
                {{"owner", context.data.agencies[base.agency].id}});
}

std::optional<Unit> make_unit(Record& record, LoadContext& context) {
  Unit unit;
  unit.id = record.text("unit_id");
  unit.name = record.has("name") ? record.text("name") : unit.id;
  if (const auto agency = resolve_agency(context, record, "agency"))
    unit.agency = *agency;
  if (const auto base = resolve(context, record, "base", "bases", context.bases))
    unit.base = *base;
  if (const auto kind = resolve_kind(context, record, EmptyType::OnlyOne)) {
    unit.kind = kind->kind;
    unit.type = kind->type;
    unit.rank = kind->rank;
    unit.persons = persons_of(record, context.data.kinds.kinds[kind->kind], kind->type, context);
  }
  unit.count = record.integer("count").value_or(1);
  unit.available = interval_of(context, record, "available_from", "available_to");
  unit.days_worked = record.integer("days_worked").value_or(0);
  unit.languages = checked_languages(context, record, "languages");
  unit.qualifications = sorted_words(record.list("qualifications"));
  unit.documents = sorted_words(record.list("documents"));
  unit.fitness_valid_to = record.day("fitness_valid_to");
  unit.pools = shares_of(record, unit.persons, context);
  unit.daily_cost = money_of(context, record, "daily_cost", "currency");
  unit.from = provenance_of(record);
  if (!record.valid())
    return std::nullopt;
  check_base_owner(unit, record, context);
  return unit;
}

}  // namespace

const TableSpec& units_table() {
  static const TableSpec kTable{
      .name = "units",
      .required = true,
      .about = "The roster: one row per unit, or per `count` identical units.",
      .columns = with_provenance({
          {.name = "unit_id",
           .type = CellType::Identifier,
           .required = true,
           .about = "published id",
           .aliases = {"unit", "id"}},
          {.name = "name", .about = "name", .default_value = "the id", .aliases = {"nombre", "nom"}},
          {.name = "agency",
           .type = CellType::Reference,
           .required = true,
           .about = "whose unit it is",
           .aliases = {"agency_id"},
           .refers_to = "agencies"},
          {.name = "kind",
           .required = true,
           .about = "kind of data/reference/kinds.toml, or an alias that implies a type",
           .aliases = {"clase"}},
          {.name = "type",
           .about = "type of that kind",
           .default_value = "the alias's type, or the only type of the kind",
           .aliases = {"tipo"}},
          {.name = "count",
           .type = CellType::Integer,
           .about = "how many identical units",
           .unit = "units",
           .default_value = "1",
           .least = 1,
           .most = 100000},
          {.name = "persons",
           .type = CellType::Integer,
           .about = "people in one unit",
           .unit = "people",
           .default_value = "usual for the type",
           .least = 0,
           .most = 100000,
           .aliases = {"people"}},
          {.name = "base",
           .type = CellType::Reference,
           .required = true,
           .about = "where it lives and leaves from",
           .aliases = {"base_id"},
           .refers_to = "bases"},
          {.name = "available_from",
           .type = CellType::Date,
           .about = "first day it may depart",
           .default_value = "always"},
          {.name = "available_to",
           .type = CellType::Date,
           .about = "last day, inclusive: it is home on or before it",
           .default_value = "always"},
          {.name = "days_worked",
           .type = CellType::Integer,
           .about = "line days used of the present tour",
           .unit = "days",
           .default_value = "0",
           .least = 0,
           .most = 365},
          {.name = "languages",
           .type = CellType::List,
           .about = "ISO 639-1 codes, as es;en",
           .default_value = "none",
           .aliases = {"idiomas", "langues"}},
          {.name = "qualifications", .type = CellType::List, .about = "words joined by ';'", .default_value = "none"},
          {.name = "documents",
           .type = CellType::List,
           .about = "travel documents everyone holds, as passport;visa-ca",
           .default_value = "none"},
          {.name = "fitness_valid_to",
           .type = CellType::Date,
           .about = "last day the fitness result is valid",
           .default_value = "no limit"},
          {.name = "pools",
           .type = CellType::List,
           .about = "people of the unit who belong to pools, as JAL:18",
           .default_value = "none"},
          {.name = "daily_cost",
           .type = CellType::Number,
           .about = "cost of one unit per day away",
           .unit = "currency",
           .default_value = "person_daily_cost of the policy for each person",
           .least = 0},
          {.name = "currency", .about = "ISO 4217 code of daily_cost", .default_value = "the policy's"},
      })};
  return kTable;
}

void load_units(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records) {
    const auto unit = make_unit(record, context);
    context.units.add(record.text("unit_id"), unit ? std::optional(context.data.units.push(*unit)) : std::nullopt);
  }
}

}  // namespace relevo::planner::detail
