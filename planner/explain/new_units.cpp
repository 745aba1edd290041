// SPDX-License-Identifier: MIT
#include "planner/explain/new_units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace relevo::planner {

namespace {

void sort_unique(std::vector<std::string>& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

Unit new_unit(const ScenarioData& data, const Change& change) {
  const Request& line = data.requests[change.line];
  const Kind& kind = data.kinds.kinds[*change.unit_kind];
  const bool serves_line = *change.unit_kind == line.kind;
  Unit unit;
  unit.id = fmt::format("new-{}-{}", data.bases[*change.base].id, kind.id);
  unit.name = unit.id;
  unit.agency = data.bases[*change.base].agency;
  unit.kind = *change.unit_kind;
  unit.base = *change.base;
  unit.count = change.size;
  if (serves_line) {
    unit.type = line.type;
    unit.rank = line.rank;
    unit.qualifications = line.qualifications;
  } else if (!kind.types.empty()) {
    unit.type = kind.types.front().id;
    unit.rank = kind.types.front().rank;
  }
  const KindType* type = kind.find_type(unit.type);
  unit.persons = std::max(type == nullptr ? 1 : type->persons, kind.crewed ? 1 : 0);
  unit.languages = line.languages;
  for (const auto& agreement : data.agreements) {
    unit.languages.insert(unit.languages.end(), agreement.language.working.begin(), agreement.language.working.end());
    for (const auto& rule : agreement.mobilization.documents)
      unit.documents.push_back(rule.document);
  }
  sort_unique(unit.languages);
  sort_unique(unit.qualifications);
  sort_unique(unit.documents);
  return unit;
}

bool travels_alike(const Kind& a, const Kind& b) {
  return a.mobility == b.mobility && a.mobility != Mobility::Flies;
}

void borrow_journeys(ScenarioData& data, BaseIndex base, KindIndex kind) {
  std::vector<std::pair<TravelTable::Key, TravelTable::Journey>> borrowed;
  for (const auto& [key, journey] : data.travel.all())
    if (key.base == base && key.kind != kind && travels_alike(data.kinds.kinds[key.kind], data.kinds.kinds[kind]))
      borrowed.emplace_back(TravelTable::Key{key.base, key.to, kind, key.agreement}, journey);
  for (auto& [key, journey] : borrowed)
    if (!data.travel.all().contains(key))
      data.travel.share(key, std::move(journey));
}

}  // namespace

void add_new_units(ScenarioData& data, const Change& change) {
  borrow_journeys(data, *change.base, *change.unit_kind);
  data.units.push_back(new_unit(data, change));
}

}  // namespace relevo::planner
