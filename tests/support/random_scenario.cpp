// SPDX-License-Identifier: MIT
#include "tests/support/random_scenario.hpp"

#include "tests/support/mini_world.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/rule_families.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace relevo::test {

using namespace planner;  // NOLINT(google-build-using-namespace): a test helper made of the model's types

namespace {

/// Draws one scenario part by part. Percentages are chosen so that a scenario has a few special rules beside those it
/// is about.
class Generator {
 public:
  Generator(std::uint64_t seed, const std::vector<const RuleFamily*>& families)
      : rng_(seed), families_(families), days_(rng_.pick(6, has_long_words() ? 7 : 9)), world_(days_) {}

  std::size_t rows() const { return rows_.size(); }

  ScenarioData draw() {
    policy();
    agreements();
    units();
    requests();
    lenders();
    escorts();
    pools();
    journeys();
    moves();
    answers();
    commitments();
    return world_.data();
  }

 private:
  bool is_about(const std::string& name) const {
    return std::any_of(families_.begin(), families_.end(),
                       [&name](const auto* family) { return family->name == name; });
  }
  /// Moves and shadows multiply what a unit can do.
  bool has_long_words() const {
    return is_about("moves") || is_about("consent") || is_about("shadow days") || is_about("extension");
  }
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
  void moves();
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
  std::vector<const RuleFamily*> families_;
  std::string special_kind_;  ///< of the first row, beside crews
  int days_;
  MiniWorld world_;
  std::vector<std::string> agreements_;
  std::vector<std::string> rows_;  ///< not escorts
  std::vector<std::string> row_agencies_;
  std::vector<std::string> requests_;
  std::vector<std::string> places_;
};

void Generator::policy() {
  if (rng_.chance(45))
    world_.prices(rng_.one_of<double>({0.001, 0.01, 0.1}));
  if (rng_.chance(12))
    for (std::size_t tier = 0; tier < 4; ++tier)
      world_.policy().tier_points[tier].value = static_cast<double>(tier) * rng_.pick(1, 20);
  world_.policy().people_per_unit.value = rng_.one_of<int>({5, 10, 20});
}

Terms Generator::terms() {
  Terms terms;
  terms.line = rng_.pick(2, 4);
  terms.rest = rng_.pick(0, 2);
  if (rng_.chance(25)) {
    terms.tours = 2;
    terms.off = rng_.pick(0, 2);
  }
  if (rng_.chance(8))
    terms.orientation = 1;
  if (rng_.chance(10))
    terms.min_line = 2;
  if (rng_.chance(10)) {
    terms.deployment = rng_.pick(3, 7);
    terms.travel_counts = rng_.chance(50);
  }
  if (rng_.chance(6))
    terms.notice = 1;
  if (rng_.chance(5))
    terms.muster = 1;
  if (rng_.chance(5))
    terms.languages = {"en"};
  if (rng_.chance(8))
    terms.moves = 1;
  if (rng_.chance(8))
    terms.shadow = 1;
  if (rng_.chance(8) && (terms.tours == 1 || terms.off > 0))
    terms.extension = 1;
  terms.tier = rng_.pick(1, 3);
  return terms;
}

void Generator::agreements() {
  const bool two_borrowers = rng_.chance(is_about("consent") ? 100 : 15);
  const std::string borrowers = two_borrowers ? "bc ab" : "bc";
  world_.agency("bc", "CA");
  if (two_borrowers)
    world_.agency("ab", "CA");
  Terms first = terms();
  if (rng_.chance(30))
    first.family = "f";
  if (rng_.chance(6)) {
    first.reciprocal = true;
    world_.agreement("a", rng_.chance(50) ? "country:CA" : borrowers, "mx us", first);
  } else {
    world_.agreement("a", rng_.chance(20) ? "*" : "mx us", rng_.chance(20) ? "country:CA" : borrowers, first);
  }
  agreements_ = {"a"};
  if (rng_.chance(20)) {
    Terms second = terms();
    if (rng_.chance(30))
      second.family = "f";
    if (rng_.chance(20))
      second.kinds = {rng_.chance(50) ? "crew" : "pump"};
    world_.agreement("b", rng_.chance(50) ? "mx" : "mx us", borrowers, second);
    agreements_.emplace_back("b");
  }
  if (rng_.chance(is_about("own forces") ? 100 : 8)) {
    Terms own = terms();
    own.own_forces = true;
    own.tier = 0;
    world_.agreement("own", "*", "*", own);
    agreements_.emplace_back("own");
  }
  for (const auto& id : agreements_) {
    auto& agreement = world_.agreement_row(id);
    if (rng_.chance(4))
      agreement.in_force = some_days();
    if (rng_.chance(4))
      agreement.mobilization.documents.push_back({"passport", {}, some_days(), {}});
  }
  if (two_borrowers)
    places_.emplace_back("ab");
  places_.emplace_back("bc");
  if (rng_.chance(is_about("capacity") || is_about("moves") ? 100 : 60)) {
    auto& incident = world_.incident("fire", "bc");
    if (rng_.chance(15))
      incident.capacity_persons = rng_.pick(4, 40);
    places_.emplace_back("fire");
  }
}

void Generator::unit(const std::string& id, const std::string& kind, int count) {
  const bool own = agreements_.back() == "own" && rng_.chance(is_about("own forces") ? 70 : 30);
  const std::string agency = own ? "bc" : rng_.chance(80) ? "mx" : "us";
  auto& unit = world_.unit(id, agency, kind, count);
  row_agencies_.push_back(agency);
  const bool crewed = kind != "pump";
  if (crewed && kind != "helicopter")
    unit.persons = rng_.one_of<int>({20, 20, 10, 5});
  if (rng_.chance(8))
    unit.available = some_days();
  if (crewed && rng_.chance(8))
    unit.days_worked = rng_.pick(1, 2);
  if (crewed && rng_.chance(80))
    unit.languages = rng_.chance(50) ? std::vector<std::string>{"en", "es"} : std::vector<std::string>{"en"};
  if (rng_.chance(70))
    unit.qualifications.emplace_back("faller");
  if (rng_.chance(4))
    unit.qualifications.emplace_back("interpreter");
  if (rng_.chance(85))
    unit.documents = {"passport"};
  if (rng_.chance(3))
    unit.fitness_valid_to = world_.day(rng_.pick(0, days_ - 1));
  if (rng_.chance(15))
    unit.daily_cost = Money(rng_.pick(10, 400));
  std::sort(unit.qualifications.begin(), unit.qualifications.end());
}

void Generator::units() {
  if (is_about("relieved in place"))
    special_kind_ = "helicopter";
  else if (is_about("refurbish") || rng_.chance(12))
    special_kind_ = rng_.chance(60) ? "pump" : "helicopter";
  if (!special_kind_.empty())
    world_.kind(special_kind_).refurbish_days = rng_.pick(0, 3);

  const int rows = rng_.pick(1, 3);
  int left = rng_.one_of<int>({3, 3, 4});
  for (int i = 0; i < rows; ++i) {
    const int count = i + 1 == rows ? left : rng_.pick(1, left - (rows - i - 1));
    left -= count;
    rows_.push_back("u" + std::to_string(i + 1));
    const std::string kind = !special_kind_.empty() && i == 0
                                 ? special_kind_
                                 : rng_.one_of<std::string>({"crew:1", "crew:2", "crew:2", "crew:3"});
    unit(rows_.back(), kind, count);
  }
}

void Generator::request(const std::string& id) {
  const bool first = requests_.empty();
  const std::string& place = is_about("consent") || is_about("moves") || is_about("capacity")
                                 ? (first ? places_.back() : places_.front())
                                 : rng_.one_of(places_);
  const std::string kind = !special_kind_.empty() && (first || rng_.chance(60))
                               ? special_kind_
                               : rng_.one_of<std::string>({"crew:2", "crew:3", "crew:3"});
  const bool people = kind == "crew:3" && rng_.chance(12);
  auto& request = people ? world_.people(id, place, kind, rng_.pick(1, 30), strip('#'))
                         : world_.request(id, place, kind, strip(static_cast<char>('0' + rng_.pick(1, 3))));
  requests_.push_back(id);
  request.priority = rng_.pick(1, 5);
  if (rng_.chance(5))
    request.need.last = world_.day(days_ + rng_.pick(1, 2));
  if (rng_.chance(3))
    request.need.first = world_.day(-1);
  if (rng_.chance(4))
    request.languages = rng_.chance(50) ? std::vector<std::string>{"es"} : std::vector<std::string>{"en", "fr"};
  if (rng_.chance(5))
    request.qualifications = {"faller"};
  if (rng_.chance(3))
    request.channel = rng_.chance(80) ? rng_.one_of(agreements_) : "f";
  if (rng_.chance(3))
    request.unit = world_.unit_index(rng_.one_of(rows_));
  if (rng_.chance(6))
    request.min_fill = people ? rng_.pick(2, 20) : rng_.pick(2, std::max(2, request.quantity));
  if (rng_.chance(5))
    request.package = "p";
}

void Generator::requests() {
  const bool several = has_long_words() || is_about("refurbish") || is_about("package") || is_about("pin");
  const int count = several ? 2 : rng_.one_of<int>({1, 2, 2, 3});
  for (int i = 0; i < count; ++i)
    request("q" + std::to_string(i + 1));
}

void Generator::lenders() {
  const std::array<double, 5> shares{1.0, 0.5, 0.5, 0.34, 0.0};
  if (rng_.chance(12))
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
    if (rng_.chance(8))
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
      if (!rng_.chance(role == EscortTerms::Role::Lead ? 4 : 12))
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
  if (!rng_.chance(6))
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
      if (rng_.chance(30))
        world_.journey(base, place, rng_.pick(0, 2));
      if (rng_.chance(1))
        world_.no_way(base, place);
    }
}

/// Moves matter only where an agreement has some.
void Generator::moves() {
  for (std::size_t i = 0; i < places_.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (rng_.chance(70))
        world_.move(places_[i], places_[j], rng_.pick(0, 2));
}

void Generator::answers() {
  if (rng_.chance(3))
    world_.forbid_unit(rng_.one_of(rows_), rng_.chance(60) ? rng_.one_of(requests_) : "");
  if (rng_.chance(2))
    world_.forbid_agency(rng_.chance(50) ? "mx" : "us", rng_.chance(60) ? rng_.one_of(requests_) : "");
  if (rng_.chance(6))
    world_.response(rng_.one_of(requests_), rng_.chance(70) ? "mx" : "us",
                    rng_.one_of<Response::Answer>({Response::Answer::Asked, Response::Answer::Accepted,
                                                   Response::Answer::Conditional, Response::Answer::Declined,
                                                   Response::Answer::Recalled}));
  if (!rng_.chance(5))
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
  if (!rng_.chance(is_about("commitment") ? 100 : 15))
    return;
  const ScenarioData data = world_.data();
  const std::size_t row =
      is_about("commitment") ? 0 : static_cast<std::size_t>(rng_.pick(0, static_cast<int>(rows_.size()) - 1));
  const Unit& unit = data.units[world_.unit_index(rows_[row])];
  const std::string& line = is_about("commitment") ? requests_.front() : rng_.one_of(requests_);
  const Request& request = data.requests[world_.request_index(line)];
  const bool own = request.borrower == unit.agency;
  if (request.kind == unit.kind && (!own || agreements_.back() == "own"))
    commitment(rows_[row], own ? "own" : "a", line);
  for (const auto& escort : data.units)
    if ((escort.id == "rep-a" || escort.id == "lead-a") && rng_.chance(40))
      commitment(escort.id, "a", data.agencies[request.borrower].id);
}

/// Which families a scenario is about: one that keeps units off requests, and two others.
std::vector<const RuleFamily*> families_of(std::uint64_t seed) {
  std::vector<const RuleFamily*> of_pairs;
  std::vector<const RuleFamily*> of_plans;
  for (const auto& family : rule_families())
    for (int turn = 0; turn < family.turns; ++turn)
      (family.reach == RuleFamily::Reach::Plan ? of_plans : of_pairs).push_back(&family);
  const RuleFamily* first = of_pairs[seed % of_pairs.size()];
  const RuleFamily* second = of_plans[seed % of_plans.size()];
  const RuleFamily* third = of_plans[(seed * 5 + 3) % of_plans.size()];
  switch (seed / of_plans.size() % 4) {
    case 0:
      return {first};
    case 1:
      return {first, second};
    case 2:
      return {second};
    default:
      return {second, third};
  }
}

}  // namespace

ScenarioData random_scenario(std::uint64_t seed) {
  const auto families = families_of(seed);
  Generator generator(seed, families);
  ScenarioData data = generator.draw();
  Rng rng(seed ^ 0x5eedU);
  const std::size_t rows = generator.rows();
  for (const auto* family : families) {
    const bool apart = family->reach != RuleFamily::Reach::Plan && families.size() > 1;
    family->sharpen({data, rng, UnitIndex(apart ? rows - 1 : 0), RequestIndex(apart ? data.requests.size() - 1 : 0)});
  }
  // An extension beside a second tour without days off is refused on loading.
  for (auto& agreement : data.agreements)
    if (auto& tour = agreement.tour; tour.days_off_in_place.value == 0 && tour.extension_days.value > 0)
      tour.max_tours.value = 1;
  return data;
}

}  // namespace relevo::test
