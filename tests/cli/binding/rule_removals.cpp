// SPDX-License-Identifier: MIT
#include "tests/cli/binding/rule_removals.hpp"

#include "tests/support/mini_world.hpp"
#include "tests/support/rule_families.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <stdexcept>
#include <utility>

namespace relevo::test {

using namespace planner;  // NOLINT(google-build-using-namespace): a test helper made of the model's types

namespace {

constexpr const char* kFort = "fort-mcmurray-2016";
constexpr const char* kCanada = "canada-2023";
constexpr const char* kChiapas = "chiapas-earthquake";

using Lines = std::vector<std::string>;
using Effect = RuleRemoval::Effect;

template <class Table>
auto& named(Table& table, const std::string& id) {
  const auto it = std::ranges::find_if(table, [&](const auto& row) { return row.id == id; });
  if (it == table.end())
    throw std::invalid_argument("rule removals: nothing is called '" + id + "'");
  return *it;
}

/// The removal of the random scenarios, where it is made for any scenario.
std::function<void(ScenarioData&)> as_in_families(const std::string& name) {
  for (const auto& family : rule_families())
    if (family.name == name)
      return family.remove;
  throw std::invalid_argument("rule removals: no family '" + name + "'");
}

Destination destination_of(const Request& request) {
  return request.incident ? Destination::incident(*request.incident) : Destination::agency(request.borrower);
}

/// A journey for units of the row to the line under every agreement: the one that another kind or agreement has, or
/// two days.
void let_travel(ScenarioData& data, const Unit& unit, const Request& request) {
  const Destination to = destination_of(request);
  std::optional<geo::Itinerary> known;
  for (const auto& [key, journey] : data.travel.all())
    if (key.base == unit.base && key.to == to && !known)
      known = *journey;
  for (const auto agreement : data.agreements.indices())
    if (data.travel.find({unit.base, to, unit.kind, agreement}) == nullptr)
      data.travel.set({unit.base, to, unit.kind, agreement}, known ? *known : simple_journey(2));
}

/// The roster row becomes one of the kind and type that the line asks for.
void make_kind_of(ScenarioData& data, const std::string& row, const std::string& line) {
  Unit& unit = named(data.units, row);
  const Request& request = named(data.requests, line);
  unit.kind = request.kind;
  unit.type = request.type;
  unit.rank = request.rank;
  let_travel(data, unit, request);
}

void accept_any_type(ScenarioData& data, const std::string& line) {
  Request& request = named(data.requests, line);
  for (const auto& type : data.kinds.kinds[request.kind].types)
    if (type.rank > request.rank) {
      request.type = type.id;
      request.rank = type.rank;
    }
}

/// Everybody is a party of every agreement.
void open_agreements(ScenarioData& data) {
  as_in_families("agreement")(data);
  for (const auto& unit : data.units)
    for (const auto& request : data.requests)
      if (unit.kind == request.kind)
        let_travel(data, unit, request);
}

/// Lines counted in people want as many units as these make, and are counted in units.
void count_units(ScenarioData& data) {
  const int people = data.policy.people_per_unit.value;
  for (auto& request : data.requests)
    if (request.measure == Measure::People) {
      request.quantity = (request.quantity + people - 1) / people;
      request.min_fill = 1;
      request.measure = Measure::Units;
    }
}

/// Every journey is over on the day before the first shift.
void shorten_journeys(ScenarioData& data) {
  const TravelTable table = data.travel;
  for (const auto& [key, journey] : table.all()) {
    geo::Itinerary shorter = *journey;
    shorter.days = std::min(shorter.days, 1);
    data.travel.set(key, shorter);
  }
}

void add_units(ScenarioData& data) {
  for (auto& unit : data.units)
    ++unit.count;
}

void drop_dated_documents(ScenarioData& data) {
  for (auto& agreement : data.agreements)
    std::erase_if(agreement.mobilization.documents,
                  [](const DocumentRule& rule) { return rule.in_force.first != kFirstDay; });
}

/// Those who only are counted and paid. Interpreters stay: they let crews come.
void drop_implicit_representatives(ScenarioData& data) {
  for (auto& agreement : data.agreements)
    std::erase_if(agreement.escorts, [](const EscortTerms& term) {
      return term.supply == EscortTerms::Supply::Implicit && term.role != EscortTerms::Role::Interpreter;
    });
}

void count_travel(ScenarioData& data, bool counts) {
  for (auto& agreement : data.agreements)
    agreement.tour.travel_counts.value = counts;
}

/// Builds the table row by row.
class Table {
 public:
  Table& at(const char* scenario, Lines lines) {
    scenario_ = scenario;
    lines_ = std::move(lines);
    return *this;
  }
  Table& forbids(const std::string& family, const std::string& rule, const std::string& code = "") {
    return add(family, rule, code, Effect::Forbids, as_in_families(family));
  }
  Table& allows(const std::string& family, const std::string& rule, const std::string& code = "") {
    return add(family, rule, code, Effect::Allows, as_in_families(family));
  }
  Table& add(const std::string& family, const std::string& rule, const std::string& code, Effect effect,
             std::function<void(ScenarioData&)> remove) {
    all.push_back({family, rule, code, scenario_, lines_, effect, std::move(remove)});
    return *this;
  }

  std::vector<RuleRemoval> all;

 private:
  std::string scenario_;
  Lines lines_;
};

void fort_mcmurray(Table& table) {
  table.at(kFort, {"C-41"})
      .allows("second tour", "(D2)")
      .forbids("days off in place", "(D2)")
      .forbids("tour length", "(D2)")
      .forbids("channel", "(P7)", "channel")
      .forbids("escorts on the roster", "(4)");
  table.at(kFort, {"C-42"})
      .forbids("declined", "(P5)", "declined")
      .add("agreement", "(P6)", "agreement", Effect::Forbids, open_agreements);
  table.at(kFort, {"C-10"}).add("type", "(P2)", "type", Effect::Forbids, [](ScenarioData& d) {
    accept_any_type(d, "C-10");
  });
  table.at(kFort, {"C-11"})
      .add("kind", "(P1)", "kind", Effect::Forbids, [](ScenarioData& d) { make_kind_of(d, "YT-IA", "C-11"); })
      .forbids("offer", "(3b)");
  table.at(kFort, {"C-10", "C-11", "C-12"}).forbids("shortest stay", "(D2)", "too_short");
  table.at(kFort, {"C-20"}).allows("commitment", "(0)");
  table.at(kFort, {"E-1"})
      .forbids("reserve", "(3)")
      .add("units of a row", "(1)", "", Effect::Forbids, add_units)
      .forbids("prices", "section 5")
      .forbids("tier points", "section 5");
}

void chiapas(Table& table) {
  table.at(kChiapas, {"U-1", "U-2", "U-3", "U-4"})
      .forbids("longest deployment", "(D4)")
      .add("travel that counts", "(D4)", "", Effect::Forbids, [](ScenarioData& d) { count_travel(d, false); })
      .allows("moves", "(D8)")
      .allows("consent", "(D8)")
      .allows("extension", "(D2)")
      .forbids("extension points", "section 5")
      .forbids("days worked", "(D2)", "days_worked")
      .forbids("qualification", "(P9)", "qualification")
      .forbids("working language", "(P10)")
      .forbids("pool", "(7)")
      .forbids("lifts", "(5)")
      .forbids("movement points", "(8)");
  table.at(kChiapas, {"U-1"}).forbids("documents", "(P13)", "document").forbids("pin", "(6)");
  table.at(kChiapas, {"U-1", "U-2"}).forbids("unit that is down", "(D6)").forbids("fitness", "(P14)", "fitness");
  table.at(kChiapas, {"U-2", "U-4"}).forbids("rest", "(D5)");
  table.at(kChiapas, {"U-4", "M-3"}).forbids("capacity", "(6)");
  table.at(kChiapas, {"M-1"})
      .allows("shadow days", "(D1)")
      .forbids("handover", "(2b)")
      .forbids("recall", "(D9)", "recalled")
      .allows("alternatives of documents", "(P13)");
  table.at(kChiapas, {"M-2"})
      .forbids("availability", "(D6)", "available")
      .add("documents by date", "(P13)", "", Effect::Forbids, drop_dated_documents);
  table.at(kChiapas, {"M-3"}).forbids("forbidden", "(P4)", "forbidden");
  table.at(kChiapas, {"U-5", "U-6"})
      .add("people", "(2)", "", Effect::Allows, count_units)
      .forbids("in force", "(P12)", "in_force")
      .forbids("least persons of a movement", "(8)");
  table.at(kChiapas, {"I-1", "I-2", "I-3", "I-4", "I-5", "I-6"})
      .forbids("package", "(6)")
      .allows("interpreters", "(4)")
      .allows("escort threshold", "(4)");
  table.at(kChiapas, {"W-1", "W-2", "W-4"})
      .forbids("refurbish", "(D7)")
      .forbids("least fill", "(6)")
      .allows("reciprocal", "(P6)");
}

void canada(Table& table) {
  table.at(kCanada, {"AB-1"})
      .forbids("notice", "(D6)")
      .forbids("muster", "(D6)")
      .forbids("orientation", "(D1)")
      .add("journey days", "(D1)", "too_late", Effect::Forbids, shorten_journeys);
  table.at(kCanada, {"NS-1"}).allows("own forces", "(P6)");
  table.at(kCanada, {"AB-4"}).forbids("covered kinds", "(P8)", "covered");
  table.at(kCanada, {"BC-6"}).forbids("named", "(P3)", "named");
  table.at(kCanada, {"QC-5"})
      .forbids("fire behaviour", "(P2b)", "fire_behaviour")
      .forbids("language of a line", "(P10)", "language");
  table.at(kCanada, {"SK-2"}).allows("relieved in place", "(D7)");
  table.at(kCanada, {"MB-1"})
      .add("implicit escorts", "(4)", "", Effect::Forbids, drop_implicit_representatives)
      .forbids("escorts ahead", "(4)")
      .allows("escorts by units", "(4)");
  table.at(kCanada, {"QC-10"}).add("travel", "(P11)", "travel", Effect::Forbids, [](ScenarioData& d) {
    let_travel(d, named(d.units, "AU-GFFF"), named(d.requests, "QC-10"));
  });
}

std::vector<RuleRemoval> make_removals() {
  Table table;
  fort_mcmurray(table);
  chiapas(table);
  canada(table);
  return std::move(table.all);
}

/// Erases the rows about lines that are gone and sets the others right.
template <class Rows>
void keep_known(Rows& rows, const std::map<RequestIndex, RequestIndex>& now) {
  std::erase_if(rows, [&](const auto& row) { return !now.contains(row.request); });
  for (auto& row : rows)
    row.request = now.at(row.request);
}

}  // namespace

const std::vector<RuleRemoval>& rule_removals() {
  static const std::vector<RuleRemoval> kRemovals = make_removals();
  return kRemovals;
}

ScenarioData with_lines(const ScenarioData& data, const std::vector<std::string>& lines) {
  if (lines.empty())
    return data;
  ScenarioData part = data;
  part.requests = {};
  std::map<RequestIndex, RequestIndex> now;
  for (const auto index : data.requests.indices())
    if (std::ranges::find(lines, data.requests[index].id) != lines.end())
      now.emplace(index, part.requests.push(data.requests[index]));
  if (now.size() != lines.size())
    throw std::invalid_argument("rule removals: a line that the scenario does not have");
  keep_known(part.responses, now);
  std::erase_if(part.decisions, [&](const Decision& d) { return d.request && !now.contains(*d.request); });
  for (auto& decision : part.decisions)
    if (decision.request)
      decision.request = now.at(*decision.request);
  for (auto& commitment : part.commitments)
    if (commitment.request) {
      const auto it = now.find(*commitment.request);
      commitment.request = it == now.end() ? std::nullopt : std::optional(it->second);
    }
  return part;
}

}  // namespace relevo::test
