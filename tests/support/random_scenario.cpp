// SPDX-License-Identifier: MIT
#include "tests/support/random_scenario.hpp"

#include "tests/support/mini_world.hpp"
#include "tests/support/rng.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace relevo::test {

using namespace planner;  // NOLINT(google-build-using-namespace): a test helper made of the model's types

namespace {

/// Draws one scenario part by part. Percentages are chosen so that a scenario has half a dozen special rules.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : rng_(seed), days_(rng_.pick(6, 10)), world_(days_) {}

  ScenarioData draw() {
    policy();
    agreements();
    units();
    requests();
    lenders();
    escorts();
    pools();
    journeys();
    answers();
    commitments();
    return world_.data();
  }

 private:
  void policy();
  Terms terms();
  void agreements();
  void units();
  void unit(const std::string& id, const std::string& kind, int count);
  void requests();
  void request(const std::string& id);
  void lenders();
  void escorts();
  void pools();
  void journeys();
  void answers();
  void commitments();
  void commitment(const std::string& unit, const std::string& agreement, const std::string& place);
  DayInterval some_days() {
    const int from = rng_.pick(-1, days_ - 4);
    return world_.days(from, from + rng_.pick(3, days_));
  }
  std::string strip(char mark) {
    const int first = rng_.pick(1, 4);
    const int count = std::min(rng_.pick(2, 7), days_ - first);
    return std::string(static_cast<std::size_t>(first), '.') + std::string(static_cast<std::size_t>(count), mark);
  }

  Rng rng_;
  bool pumps_ = false;
  int days_;
  MiniWorld world_;
  std::vector<std::string> agreements_;
  std::vector<std::string> rows_;  ///< not escorts
  std::vector<std::string> row_agencies_;
  std::vector<std::string> requests_;
  std::vector<std::string> places_;
};

void Generator::policy() {
  if (rng_.chance(70))
    world_.prices(rng_.one_of<double>({0.001, 0.01, 0.1}));
  if (rng_.chance(30))
    for (std::size_t tier = 0; tier < 4; ++tier)
      world_.policy().tier_points[tier].value = static_cast<double>(tier) * rng_.pick(1, 20);
  world_.policy().people_per_unit.value = rng_.one_of<int>({5, 10, 20});
}

Terms Generator::terms() {
  Terms terms;
  terms.line = rng_.pick(2, 4);
  terms.rest = rng_.pick(0, 2);
  if (rng_.chance(40)) {
    terms.tours = 2;
    terms.off = rng_.pick(0, 2);
  }
  if (rng_.chance(20))
    terms.orientation = 1;
  if (rng_.chance(25))
    terms.min_line = 2;
  if (rng_.chance(25)) {
    terms.deployment = rng_.pick(3, 7);
    terms.travel_counts = rng_.chance(50);
  }
  if (rng_.chance(15))
    terms.notice = 1;
  if (rng_.chance(12))
    terms.muster = 1;
  if (rng_.chance(12))
    terms.languages = {"en"};
  terms.tier = rng_.pick(1, 3);
  return terms;
}

void Generator::agreements() {
  const bool two_borrowers = rng_.chance(20);
  const std::string borrowers = two_borrowers ? "bc ab" : "bc";
  world_.agency("bc", "CA");
  if (two_borrowers)
    world_.agency("ab", "CA");
  Terms first = terms();
  if (rng_.chance(30))
    first.family = "f";
  if (rng_.chance(15)) {
    first.reciprocal = true;
    world_.agreement("a", rng_.chance(50) ? "country:CA" : borrowers, "mx us", first);
  } else {
    world_.agreement("a", rng_.chance(20) ? "*" : "mx us", rng_.chance(20) ? "country:CA" : borrowers, first);
  }
  agreements_ = {"a"};
  if (rng_.chance(30)) {
    Terms second = terms();
    if (rng_.chance(30))
      second.family = "f";
    if (rng_.chance(20))
      second.kinds = {rng_.chance(50) ? "crew" : "pump"};
    world_.agreement("b", rng_.chance(50) ? "mx" : "mx us", borrowers, second);
    agreements_.emplace_back("b");
  }
  if (rng_.chance(15)) {
    Terms own = terms();
    own.own_forces = true;
    own.tier = 0;
    world_.agreement("own", "*", "*", own);
    agreements_.emplace_back("own");
  }
  for (const auto& id : agreements_) {
    auto& agreement = world_.agreement_row(id);
    if (rng_.chance(10))
      agreement.in_force = some_days();
    if (rng_.chance(12))
      agreement.mobilization.documents.push_back({"passport", {}, some_days(), {}});
  }
  if (two_borrowers)
    places_.emplace_back("ab");
  places_.emplace_back("bc");
  if (rng_.chance(60)) {
    auto& incident = world_.incident("fire", "bc");
    if (rng_.chance(30))
      incident.capacity_persons = rng_.pick(4, 40);
    places_.emplace_back("fire");
  }
}

void Generator::unit(const std::string& id, const std::string& kind, int count) {
  const bool own = agreements_.back() == "own" && rng_.chance(30);
  const std::string agency = own ? "bc" : rng_.chance(80) ? "mx" : "us";
  auto& unit = world_.unit(id, agency, kind, count);
  row_agencies_.push_back(agency);
  const bool crewed = kind != "pump";
  if (crewed)
    unit.persons = rng_.one_of<int>({20, 20, 10, 5});
  if (rng_.chance(20))
    unit.available = some_days();
  if (crewed && rng_.chance(20))
    unit.days_worked = rng_.pick(1, 2);
  if (crewed && rng_.chance(80))
    unit.languages = rng_.chance(50) ? std::vector<std::string>{"en", "es"} : std::vector<std::string>{"en"};
  if (rng_.chance(70))
    unit.qualifications.emplace_back("faller");
  if (rng_.chance(10))
    unit.qualifications.emplace_back("interpreter");
  if (rng_.chance(75))
    unit.documents = {"passport"};
  if (rng_.chance(10))
    unit.fitness_valid_to = world_.day(rng_.pick(0, days_ - 1));
  if (rng_.chance(15))
    unit.daily_cost = Money(rng_.pick(10, 400));
  std::sort(unit.qualifications.begin(), unit.qualifications.end());
}

void Generator::units() {
  pumps_ = rng_.chance(15);
  world_.kind("pump").refurbish_days = pumps_ ? rng_.pick(0, 3) : 1;

  const int rows = rng_.pick(1, 3);
  int left = rng_.one_of<int>({3, 3, 4});
  for (int i = 0; i < rows; ++i) {
    const int count = i + 1 == rows ? left : rng_.pick(1, left - (rows - i - 1));
    left -= count;
    rows_.push_back("u" + std::to_string(i + 1));
    const std::string kind =
        pumps_ && i == 0 ? "pump" : rng_.one_of<std::string>({"crew:1", "crew:2", "crew:2", "crew:3"});
    unit(rows_.back(), kind, count);
  }
}

void Generator::request(const std::string& id) {
  const std::string& place = rng_.one_of(places_);
  const std::string kind =
      pumps_ && rng_.chance(75) ? "pump" : rng_.one_of<std::string>({"crew:2", "crew:3", "crew:3"});
  const bool people = kind != "pump" && rng_.chance(25);
  auto& request = people ? world_.people(id, place, kind, rng_.pick(1, 30), strip('#'))
                         : world_.request(id, place, kind, strip(static_cast<char>('0' + rng_.pick(1, 3))));
  requests_.push_back(id);
  request.priority = rng_.pick(1, 5);
  if (rng_.chance(8))
    request.need.last = world_.day(days_ + rng_.pick(1, 2));
  if (rng_.chance(5))
    request.need.first = world_.day(-1);
  if (kind != "pump" && rng_.chance(15))
    request.languages = rng_.chance(50) ? std::vector<std::string>{"es"} : std::vector<std::string>{"en", "fr"};
  if (rng_.chance(15))
    request.qualifications = {"faller"};
  if (rng_.chance(12))
    request.channel = rng_.chance(80) ? rng_.one_of(agreements_) : "f";
  if (rng_.chance(8))
    request.unit = world_.unit_index(rng_.one_of(rows_));
  if (rng_.chance(20))
    request.min_fill = people ? rng_.pick(2, 20) : rng_.pick(2, std::max(2, request.quantity));
  if (rng_.chance(15))
    request.package = "p";
}

void Generator::requests() {
  const int count = rng_.one_of<int>({1, 2, 2, 3});
  for (int i = 0; i < count; ++i)
    request("q" + std::to_string(i + 1));
}

void Generator::lenders() {
  const std::array<double, 5> shares{1.0, 0.5, 0.5, 0.34, 0.0};
  if (rng_.chance(30))
    for (std::size_t i = 0; i < shares.size(); ++i)
      world_.policy().exportable_share[i].value = shares[i];
  if (rng_.chance(10))
    world_.policy().default_preparedness_level.value = 2;
  for (const std::string lender : {"mx", "us"})
    if (rng_.chance(30)) {
      int from = rng_.pick(-1, 3);
      auto& levels = world_.agency(lender).levels;
      levels.emplace_back(world_.day(from), rng_.pick(1, 4));
      if (rng_.chance(40))
        levels.emplace_back(world_.day(from + rng_.pick(1, 4)), rng_.pick(1, 5));
    }
  for (const std::string kind : {"crew", "pump"})
    if (rng_.chance(20))
      for (int i = rng_.pick(1, 2); i > 0; --i) {
        auto& offer = world_.offer(rng_.chance(80) ? "mx" : "us", kind, rng_.one_of<int>({0, 1, 1, 2, 2}));
        if (rng_.chance(50))
          offer.when = some_days();
        if (rng_.chance(20))
          offer.channel = rng_.one_of<std::string>({"a", "b", "f"});
        if (rng_.chance(20) && kind == "crew")
          offer.type = "2";
      }
}

void Generator::escorts() {
  for (const auto& id : agreements_) {
    if (id == "own")
      continue;
    for (const auto role : {EscortTerms::Role::Representative, EscortTerms::Role::Lead}) {
      if (!rng_.chance(role == EscortTerms::Role::Lead ? 10 : 30))
        continue;
      const bool roster = rng_.chance(55);
      world_.escort(id, role, rng_.one_of<int>({10, 20, 30, 100}),
                    roster ? EscortTerms::Supply::Roster : EscortTerms::Supply::Implicit,
                    rng_.chance(40) ? rng_.one_of<int>({5, 10, 20, 39}) : 0);
      if (!roster || rng_.chance(15))
        continue;
      const bool lead = role == EscortTerms::Role::Lead;
      const std::string row = (lead ? "lead-" : "rep-") + id;
      auto& unit = world_.unit(row, rng_.chance(85) ? "mx" : "us", lead ? "contingent-lead" : "agency-representative",
                               rng_.chance(25) ? 2 : 1);
      unit.languages = {"en"};
      unit.documents = {"passport"};
      if (rng_.chance(20))
        unit.available = some_days();
    }
  }
}

void Generator::pools() {
  if (!rng_.chance(15))
    return;
  auto& pool = world_.pool("people", rng_.pick(3, 20));
  if (rng_.chance(40))
    pool.rows.push_back({rng_.pick(1, 10), some_days()});
  if (rng_.chance(30))
    pool.rows.front().when = some_days();
  for (const auto& row : rows_)
    if (rng_.chance(60))
      world_.pool_share(row, "people", rng_.pick(0, world_.data().units[world_.unit_index(row)].persons));
}

void Generator::journeys() {
  for (const std::string base : {"mx", "us", "bc"})
    for (const auto& place : places_) {
      if (rng_.chance(45))
        world_.journey(base, place, rng_.pick(0, 2));
      if (rng_.chance(4))
        world_.no_way(base, place);
    }
}

void Generator::answers() {
  if (rng_.chance(9))
    world_.forbid_unit(rng_.one_of(rows_), rng_.chance(60) ? rng_.one_of(requests_) : "");
  if (rng_.chance(5))
    world_.forbid_agency(rng_.chance(50) ? "mx" : "us", rng_.chance(60) ? rng_.one_of(requests_) : "");
  if (rng_.chance(15))
    world_.response(rng_.one_of(requests_), rng_.chance(70) ? "mx" : "us",
                    rng_.one_of<Response::Answer>({Response::Answer::Asked, Response::Answer::Accepted,
                                                   Response::Answer::Conditional, Response::Answer::Declined,
                                                   Response::Answer::Recalled}));
  if (!rng_.chance(15))
    return;
  const std::string& row = rng_.one_of(rows_);
  const ScenarioData data = world_.data();
  const Unit& unit = data.units[world_.unit_index(row)];
  for (const auto& request : data.requests)
    if (request.kind == unit.kind && request.rank >= unit.rank) {
      world_.pin(row, request.id, rng_.pick(1, std::min(2, unit.count)));
      return;
    }
}

void Generator::commitment(const std::string& unit, const std::string& agreement, const std::string& place) {
  std::string strip(static_cast<std::size_t>(rng_.pick(1, 2)), 't');
  strip.append(static_cast<std::size_t>(rng_.pick(1, 5)), 'L');
  strip.append(static_cast<std::size_t>(rng_.pick(1, 2)), 'h');
  world_.commitment(unit, {1}, agreement, place, rng_.pick(-4, 2), strip);
}

/// Commitments may break any rule; only kind and lender are kept plausible.
void Generator::commitments() {
  if (!rng_.chance(30))
    return;
  const ScenarioData data = world_.data();
  const auto row = static_cast<std::size_t>(rng_.pick(0, static_cast<int>(rows_.size()) - 1));
  const Unit& unit = data.units[world_.unit_index(rows_[row])];
  const std::string& line = rng_.one_of(requests_);
  const Request& request = data.requests[world_.request_index(line)];
  const bool own = request.borrower == unit.agency;
  if (request.kind == unit.kind && (!own || agreements_.back() == "own"))
    commitment(rows_[row], own ? "own" : "a", line);
  for (const auto& escort : data.units)
    if ((escort.id == "rep-a" || escort.id == "lead-a") && rng_.chance(40))
      commitment(escort.id, "a", data.agencies[request.borrower].id);
}

bool has_decision(const ScenarioData& data, Decision::Action action) {
  return std::any_of(data.decisions.begin(), data.decisions.end(),
                     [action](const Decision& decision) { return decision.action == action; });
}

bool has_escort(const ScenarioData& data, EscortTerms::Supply supply) {
  for (const auto& agreement : data.agreements)
    for (const auto& term : agreement.escorts)
      if (term.supply == supply)
        return true;
  return false;
}

void remove_escorts(ScenarioData& data, EscortTerms::Supply supply) {
  for (auto& agreement : data.agreements)
    std::erase_if(agreement.escorts, [supply](const EscortTerms& term) { return term.supply == supply; });
}

bool has_threshold(const ScenarioData& data) {
  for (const auto& agreement : data.agreements)
    for (const auto& term : agreement.escorts)
      if (term.threshold > 0)
        return true;
  return false;
}

/// A family that stands in the rows of one table.
template <class Table, class Row>
RuleFamily rows(const char* name, Table ScenarioData::*table, bool (*has)(const Row&), void (*reset)(Row&)) {
  return {name,
          [table, has](const ScenarioData& data) {
            const Table& all = data.*table;
            return std::any_of(all.begin(), all.end(), has);
          },
          [table, reset](ScenarioData& data) {
            Table& all = data.*table;
            std::for_each(all.begin(), all.end(), reset);
          }};
}

std::vector<RuleFamily> make_families() {
  return {
      rows(
          "second tour", &ScenarioData::agreements, +[](const Agreement& x) { return x.tour.max_tours.value > 1; },
          +[](Agreement& x) { x.tour.max_tours.value = 1; }),
      rows(
          "days off in place", &ScenarioData::agreements,
          +[](const Agreement& x) { return x.tour.days_off_in_place.value > 0; },
          +[](Agreement& x) { x.tour.days_off_in_place.value = 0; }),
      rows(
          "tour length", &ScenarioData::agreements, +[](const Agreement& x) { return x.tour.max_line_days.value > 0; },
          +[](Agreement& x) { ++x.tour.max_line_days.value; }),
      rows(
          "shortest stay", &ScenarioData::agreements,
          +[](const Agreement& x) { return x.tour.min_line_days.value > 1; },
          +[](Agreement& x) { x.tour.min_line_days.value = 1; }),
      rows(
          "orientation", &ScenarioData::agreements,
          +[](const Agreement& x) { return x.tour.orientation_days.value > 0; },
          +[](Agreement& x) { x.tour.orientation_days.value = 0; }),
      rows(
          "rest", &ScenarioData::agreements, +[](const Agreement& x) { return x.tour.rest_days_home.value > 0; },
          +[](Agreement& x) { x.tour.rest_days_home.value = 0; }),
      rows(
          "longest deployment", &ScenarioData::agreements,
          +[](const Agreement& x) { return x.tour.max_deployment_days.value.has_value(); },
          +[](Agreement& x) { x.tour.max_deployment_days.value.reset(); }),
      rows(
          "notice", &ScenarioData::agreements, +[](const Agreement& x) { return x.mobilization.notice_days.value > 0; },
          +[](Agreement& x) { x.mobilization.notice_days.value = 0; }),
      rows(
          "muster", &ScenarioData::agreements, +[](const Agreement& x) { return x.mobilization.muster_days.value > 0; },
          +[](Agreement& x) { x.mobilization.muster_days.value = 0; }),
      rows(
          "in force", &ScenarioData::agreements, +[](const Agreement& x) { return x.in_force != kAlways; },
          +[](Agreement& x) { x.in_force = kAlways; }),
      rows(
          "documents", &ScenarioData::agreements, +[](const Agreement& x) { return !x.mobilization.documents.empty(); },
          +[](Agreement& x) { x.mobilization.documents.clear(); }),
      rows(
          "working language", &ScenarioData::agreements,
          +[](const Agreement& x) { return !x.language.working.empty(); },
          +[](Agreement& x) { x.language.working.clear(); }),
      rows(
          "reciprocal", &ScenarioData::agreements, +[](const Agreement& x) { return x.reciprocal; },
          +[](Agreement& x) { x.reciprocal = false; }),
      rows(
          "covered kinds", &ScenarioData::agreements, +[](const Agreement& x) { return !x.kinds.empty(); },
          +[](Agreement& x) { x.kinds.clear(); }),
      rows(
          "availability", &ScenarioData::units, +[](const Unit& x) { return x.available != kAlways; },
          +[](Unit& x) { x.available = kAlways; }),
      rows(
          "days worked", &ScenarioData::units, +[](const Unit& x) { return x.days_worked > 0; },
          +[](Unit& x) { x.days_worked = 0; }),
      rows(
          "fitness", &ScenarioData::units, +[](const Unit& x) { return x.fitness_valid_to.has_value(); },
          +[](Unit& x) { x.fitness_valid_to.reset(); }),
      rows(
          "pool", &ScenarioData::units, +[](const Unit& x) { return !x.pools.empty(); },
          +[](Unit& x) { x.pools.clear(); }),
      rows(
          "language of a line", &ScenarioData::requests, +[](const Request& x) { return !x.languages.empty(); },
          +[](Request& x) { x.languages.clear(); }),
      rows(
          "qualification", &ScenarioData::requests, +[](const Request& x) { return !x.qualifications.empty(); },
          +[](Request& x) { x.qualifications.clear(); }),
      rows(
          "channel", &ScenarioData::requests, +[](const Request& x) { return !x.channel.empty(); },
          +[](Request& x) { x.channel.clear(); }),
      rows(
          "named", &ScenarioData::requests, +[](const Request& x) { return x.unit.has_value(); },
          +[](Request& x) { x.unit.reset(); }),
      rows(
          "least fill", &ScenarioData::requests, +[](const Request& x) { return x.min_fill > 1; },
          +[](Request& x) { x.min_fill = 1; }),
      rows(
          "package", &ScenarioData::requests, +[](const Request& x) { return !x.package.empty(); },
          +[](Request& x) { x.package.clear(); }),
      rows(
          "people", &ScenarioData::requests, +[](const Request& x) { return x.measure == Measure::People; },
          +[](Request& x) {
            if (x.measure == Measure::People)
              x.quantity = 1;
            x.measure = Measure::Units;
          }),
      rows(
          "capacity", &ScenarioData::incidents, +[](const Incident& x) { return x.capacity_persons.has_value(); },
          +[](Incident& x) { x.capacity_persons.reset(); }),
      rows(
          "declined", &ScenarioData::responses,
          +[](const Response& x) {
            return x.answer == Response::Answer::Declined || x.answer == Response::Answer::Recalled;
          },
          +[](Response& x) { x.answer = Response::Answer::Asked; }),
      {"type",
       [](const ScenarioData& data) {
         return std::any_of(data.requests.begin(), data.requests.end(),
                            [](const Request& q) { return q.type == "2" && q.kind.value() == 0; });
       },
       [](ScenarioData& data) {
         for (auto& q : data.requests)
           if (q.kind.value() == 0) {
             q.type = "3";
             q.rank = 3;
           };
       }},
      {"refurbish",
       [](const ScenarioData& data) {
         return std::any_of(data.requests.begin(), data.requests.end(),
                            [&data](const Request& q) { return !data.kinds.kinds[q.kind].crewed; });
       },
       [](ScenarioData& data) {
         for (auto& kind : data.kinds.kinds)
           kind.refurbish_days = 0;
       }},
      {"own forces",
       [](const ScenarioData& data) {
         return std::any_of(data.agreements.begin(), data.agreements.end(),
                            [](const Agreement& a) { return a.own_forces; });
       },
       [](ScenarioData& data) {
         for (auto& a : data.agreements)
           if (a.own_forces)
             a.in_force = {kFirstDay, kFirstDay + Days{1}};
       }},
      {"reserve",
       [](const ScenarioData& data) {
         return std::any_of(data.policy.exportable_share.begin(), data.policy.exportable_share.end(),
                            [](const auto& share) { return share.value < 1; });
       },
       [](ScenarioData& data) {
         for (auto& share : data.policy.exportable_share)
           share.value = 1;
       }},
      {"tier points", [](const ScenarioData& data) { return data.policy.tier_points[3].value > 0; },
       [](ScenarioData& data) {
         for (auto& tier : data.policy.tier_points)
           tier.value = 0;
       }},
      {"prices", [](const ScenarioData& data) { return data.policy.points_per_money.value > 0; },
       [](ScenarioData& data) { data.policy.points_per_money.value = 0; }},
      {"offer", [](const ScenarioData& data) { return !data.offers.empty(); },
       [](ScenarioData& data) { data.offers.clear(); }},
      {"commitment", [](const ScenarioData& data) { return !data.commitments.empty(); },
       [](ScenarioData& data) { data.commitments.clear(); }},
      {"forbidden", [](const ScenarioData& data) { return has_decision(data, Decision::Action::Forbid); },
       [](ScenarioData& data) {
         std::erase_if(data.decisions, [](const auto& d) { return d.action == Decision::Action::Forbid; });
       }},
      {"pin", [](const ScenarioData& data) { return has_decision(data, Decision::Action::Pin); },
       [](ScenarioData& data) {
         std::erase_if(data.decisions, [](const auto& d) { return d.action == Decision::Action::Pin; });
       }},
      {"escorts on the roster", [](const ScenarioData& data) { return has_escort(data, EscortTerms::Supply::Roster); },
       [](ScenarioData& data) { remove_escorts(data, EscortTerms::Supply::Roster); }},
      {"implicit escorts", [](const ScenarioData& data) { return has_escort(data, EscortTerms::Supply::Implicit); },
       [](ScenarioData& data) { remove_escorts(data, EscortTerms::Supply::Implicit); }},
      {"escort threshold", [](const ScenarioData& data) { return has_threshold(data); },
       [](ScenarioData& data) {
         for (auto& a : data.agreements)
           for (auto& term : a.escorts)
             term.threshold = 0;
       }},
  };
}

}  // namespace

ScenarioData random_scenario(std::uint64_t seed) {
  return Generator(seed).draw();
}

const std::vector<RuleFamily>& rule_families() {
  static const std::vector<RuleFamily> families = make_families();
  return families;
}

}  // namespace relevo::test
