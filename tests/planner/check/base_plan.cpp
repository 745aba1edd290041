// SPDX-License-Identifier: MIT
#include "tests/planner/check/base_plan.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>

namespace relevo::planner {

namespace {

constexpr BaseIndex kAbBase{0U};
constexpr BaseIndex kMxBase{1U};
constexpr BaseIndex kBcBase{2U};
constexpr PoolIndex kPool{0U};

void add_places(ScenarioData& data) {
  data.agencies.push({.id = "AB", .name = "Alberta", .country = "CA", .levels = {{D(0), 3}}});
  data.agencies.push({.id = "MX", .name = "Mexico", .country = "MX", .levels = {{D(-50), 1}}});
  data.agencies.push({.id = "BC", .name = "British Columbia", .country = "CA", .levels = {{D(-50), 2}}});
  data.bases.push({.id = "ab-base", .agency = kAlberta});
  data.bases.push({.id = "mx-base", .agency = kMexico});
  data.bases.push({.id = "bc-base", .agency = kBritishColumbia});
  // Fire one has and a crew from British Columbia: 60 people.
  data.incidents.push({.id = "F-1", .agency = kAlberta, .capacity_persons = 60});
  data.incidents.push({.id = "F-2", .agency = kAlberta});
}

void add_kinds(ScenarioData& data) {
  const std::vector<KindType> types{{.id = "1", .rank = 1}, {.id = "2", .rank = 2}};
  data.kinds.kinds.push({.id = "crew", .types = types});
  data.kinds.kinds.push(
      {.id = "pump", .mobility = Mobility::Freight, .crewed = false, .refurbish_days = 3, .types = types});
  data.kinds.kinds.push({.id = "representative", .types = types});
  data.kinds.kinds.push({.id = "lead", .types = types});
}

void add_units(ScenarioData& data) {
  data.pools.push({.id = "JAL", .rows = {{20, kAlways}}});
  data.units.push({.id = "mx-crew",
                   .agency = kMexico,
                   .kind = kCrew,
                   .type = "2",
                   .rank = 2,
                   .count = 3,
                   .persons = 20,
                   .base = kMxBase,
                   .available = interval(2, 37),
                   .languages = {"es"},
                   .qualifications = {"interpreter", "s-190"},
                   .documents = {"passport"},
                   .fitness_valid_to = D(2),
                   .pools = {{kPool, 10}},
                   .daily_cost = Money{1500.0}});
  for (const auto& [id, kind] : {std::pair("mx-rep", kRepresentative), std::pair("mx-lead", kLead)})
    data.units.push({.id = id,
                     .agency = kMexico,
                     .kind = kind,
                     .type = "1",
                     .persons = 1,
                     .base = kMxBase,
                     .languages = {"en", "es"},
                     .documents = {"passport"}});
  data.units.push({.id = "bc-crew",
                   .agency = kBritishColumbia,
                   .kind = kCrew,
                   .type = "1",
                   .count = 4,
                   .persons = 20,
                   .base = kBcBase,
                   .available = interval(-10, 30),
                   .days_worked = 4,
                   .languages = {"en"},
                   .qualifications = {"s-190"}});
  data.units.push({.id = "bc-pump",
                   .agency = kBritishColumbia,
                   .kind = kPump,
                   .type = "1",
                   .count = 3,
                   .base = kBcBase,
                   .languages = {"en"}});
  data.units.push({.id = "ab-crew",
                   .agency = kAlberta,
                   .kind = kCrew,
                   .type = "1",
                   .count = 2,
                   .persons = 20,
                   .base = kAbBase,
                   .languages = {"en"}});
}

Request line(std::string id, KindIndex kind, int quantity, DayInterval need, int priority) {
  return {.id = std::move(id),
          .borrower = kAlberta,
          .kind = kind,
          .type = "2",
          .rank = 2,
          .quantity = quantity,
          .need = need,
          .priority = priority};
}

void add_requests(ScenarioData& data) {
  Request crews = line("R-1", kCrew, 3, interval(5, 35), 1);
  crews.incident = kFireOne;
  crews.qualifications = {"s-190"};
  data.requests.push(crews);

  Request people = line("R-2", kCrew, 40, interval(3, 12), 2);
  people.incident = kFireTwo;
  people.measure = Measure::People;
  people.languages = {"en"};
  data.requests.push(people);

  Request pumps = line("R-3", kPump, 2, interval(2, 20), 3);
  pumps.incident = kFireOne;
  pumps.min_fill = 2;
  pumps.package = "kit";
  data.requests.push(pumps);

  Request named = line("R-4", kCrew, 1, interval(1, 10), 3);
  named.incident = kFireTwo;
  named.unit = kAbCrew;
  named.package = "kit";
  data.requests.push(named);

  Request under_way = line("R-5", kCrew, 1, interval(-4, 5), 3);
  under_way.incident = kFireOne;
  data.requests.push(under_way);

  data.requests.push(line("R-6", kCrew, 1, interval(30, 33), 5));
}

Agreement from_mexico() {
  Agreement mx{.id = "mx-2026", .family = "mx"};
  mx.in_force = interval(2, 2);
  mx.lenders = {{Party::Scope::Agency, "MX"}};
  mx.borrowers = {{Party::Scope::Agency, "AB"}};
  mx.kinds = {"crew"};
  mx.tour.max_line_days = {14, {.clause = "mx-2026/tour"}};
  mx.tour.days_off_in_place.value = 3;
  mx.tour.max_tours.value = 2;
  mx.tour.min_line_days.value = 14;
  mx.tour.orientation_days.value = 1;
  mx.tour.rest_days_home.value = 2;
  mx.tour.max_deployment_days.value = 36;
  mx.mobilization.notice_days.value = 1;
  mx.mobilization.muster_days.value = 1;
  mx.mobilization.documents = {{.document = "passport", .from = {}}};
  mx.language.working = {"en"};
  mx.precedence.tier = 3;
  mx.escorts = {{.role = EscortTerms::Role::Representative,
                 .kind = "representative",
                 .per_persons = 40,
                 .supply = EscortTerms::Supply::Roster},
                {.role = EscortTerms::Role::Lead,
                 .kind = "lead",
                 .threshold = 39,
                 .per_persons = 200,
                 .supply = EscortTerms::Supply::Roster}};
  return mx;
}

Agreement from_british_columbia() {
  Agreement bc{.id = "bc-2026", .family = "bc"};
  bc.lenders = {{Party::Scope::Country, "CA"}};
  bc.borrowers = {{Party::Scope::Country, "CA"}};
  bc.tour.max_line_days.value = 10;
  bc.tour.min_line_days.value = 10;
  bc.tour.rest_days_home.value = 2;
  bc.language.working = {"en"};
  bc.precedence.tier = 1;
  bc.escorts = {
      {.role = EscortTerms::Role::Representative, .kind = "representative", .threshold = 40, .per_persons = 40}};
  return bc;
}

Agreement own_forces() {
  Agreement own{.id = "own"};
  own.own_forces = true;
  own.lenders = {{Party::Scope::Anyone, ""}};
  own.borrowers = {{Party::Scope::Anyone, ""}};
  own.tour.rest_days_home.value = 1;
  own.precedence.tier = 0;
  return own;
}

void add_answers(ScenarioData& data) {
  data.offers = {
      {.agency = kMexico, .kind = kCrew, .type = "2", .quantity = 2, .when = interval(0, 37), .channel = "mx"}};
  data.responses = {{.request = kCrews, .agency = kMexico, .answer = Response::Answer::Declined, .when = D(-3)},
                    {.request = kCrews, .agency = kMexico, .answer = Response::Answer::Accepted, .when = D(-1)}};
  data.decisions = {{.action = Decision::Action::Pin, .unit = kBcCrew, .request = kPeople, .quantity = 2},
                    {.action = Decision::Action::Forbid, .unit = kMxCrew, .request = kPeople}};
  data.commitments = {{.id = "C-1",
                       .unit = kBcCrew,
                       .ordinals = {3},
                       .agreement = kFromBc,
                       .request = kUnderWay,
                       .borrower = kAlberta,
                       .incident = kFireOne,
                       .depart = D(-5),
                       .first_line_day = D(-4),
                       .release = D(6),
                       .home = D(6)}};
}

void add_policy(Policy& policy) {
  const std::array points{1000.0, 800.0, 600.0, 400.0, 100.0};
  const std::array tiers{0.0, 2.0, 3.0, 4.0};
  const std::array shares{0.7, 0.75, 0.5, 0.25, 0.0};
  for (std::size_t i = 0; i < points.size(); ++i) {
    policy.unmet_points[i].value = points[i];
    policy.exportable_share[i].value = shares[i];
  }
  for (std::size_t i = 0; i < tiers.size(); ++i)
    policy.tier_points[i].value = tiers[i];
  policy.points_per_money.value = 0.001;
  policy.person_daily_cost.value = 100.0;
  policy.lodging_per_person_day.value = 50.0;
  policy.air_cost_per_passenger_km.value = 0.1;
  policy.ground_cost_per_person_km.value = 0.2;
  policy.escort_daily_cost.value = 500.0;
}

geo::Itinerary journey(int days, double ground_km, double air_km) {
  geo::Itinerary itinerary;
  itinerary.days = days;
  itinerary.ground = geo::Distance::from_kilometres(ground_km);
  itinerary.air = geo::Distance::from_kilometres(air_km);
  itinerary.hours = days * 20.0;
  itinerary.legs = {{.from = "base", .to = "place", .distance = itinerary.ground}};
  return itinerary;
}

void add_travel(ScenarioData& data) {
  const std::array places{Destination::incident(kFireOne), Destination::incident(kFireTwo),
                          Destination::agency(kAlberta)};
  for (const Destination place : places) {
    for (const KindIndex kind : {kCrew, kRepresentative, kLead})
      data.travel.set({kMxBase, place, kind, kFromMexico}, journey(2, 100.0, 4000.0));
    for (const KindIndex kind : {kCrew, kPump})
      data.travel.set({kBcBase, place, kind, kFromBc}, journey(1, 600.0, 0.0));
    data.travel.set({kAbBase, place, kCrew, kOwnForces}, journey(0, 50.0, 0.0));
  }
}

ScenarioData base_data() {
  ScenarioData data;
  data.id = "small";
  data.as_of = D(0);
  data.horizon = {D(0), kHorizonDays};
  add_places(data);
  add_kinds(data);
  add_units(data);
  add_requests(data);
  data.agreements.push(from_mexico());
  data.agreements.push(from_british_columbia());
  data.agreements.push(own_forces());
  add_answers(data);
  add_policy(data.policy);
  add_travel(data);
  return data;
}

std::map<std::string, Money> costs(double wages, double travel, double lodging) {
  return {{"wages", Money{wages}}, {"travel", Money{travel}}, {"lodging", Money{lodging}}};
}

// Out on D2 and D3, orientation on D4, 14 line days, 3 off, 14 line days, home on D37: 36 days away, 32 of them
// present.
Assignment from_mexico(std::string id, UnitIndex unit, int ordinal) {
  Assignment a{.id = std::move(id), .contingent_id = "K-1", .unit = unit, .ordinal = ordinal};
  a.borrower = kAlberta;
  a.agreement = kFromMexico;
  a.phase = Phase::Firm;
  a.depart = D(2);
  a.arrive = D(3);
  a.release = D(36);
  a.home = D(37);
  a.rested = D(40);
  a.outbound = journey(2, 100.0, 4000.0);
  Stint stint{.line_days = days(5, 18), .days_off = days(19, 21)};
  std::ranges::copy(days(22, 35), std::back_inserter(stint.line_days));
  a.stints = {stint};
  return a;
}

Assignment mexican_crew(std::string id, int ordinal) {
  Assignment a = from_mexico(std::move(id), kMxCrew, ordinal);
  a.persons = 20;
  a.stints[0].request = kCrews;
  a.stints[0].incident = kFireOne;
  // 1500 x 36; 2 x 20 x (4000 x 0.1 + 100 x 0.2); 50 x 20 x 32
  a.cost = costs(54000.0, 16800.0, 32000.0);
  return a;
}

Assignment mexican_escort(std::string id, UnitIndex unit, EscortTerms::Role role) {
  Assignment a = from_mexico(std::move(id), unit, 1);
  a.persons = 1;
  a.escort = role;
  a.cost = costs(3600.0, 840.0, 1600.0);
  return a;
}

// Out on `depart`, ten line days, home on the day after: 12 days away, 10 present.
Assignment bc_crew(std::string id, int ordinal, int depart, RequestIndex request, IncidentIndex incident) {
  Assignment a{.id = std::move(id), .unit = kBcCrew, .ordinal = ordinal};
  a.borrower = kAlberta;
  a.agreement = kFromBc;
  a.depart = a.arrive = D(depart);
  a.release = a.home = D(depart + 11);
  a.rested = D(depart + 14);
  a.persons = 20;
  a.stints = {{.request = request, .incident = incident, .line_days = days(depart + 1, depart + 10)}};
  // 2000 x 12; 2 x 20 x 600 x 0.2; 50 x 20 x 10
  a.cost = costs(24000.0, 4800.0, 10000.0);
  return a;
}

Assignment alberta_crew() {
  Assignment a{.id = "A-8", .contingent_id = "K-5", .unit = kAbCrew, .ordinal = 2};
  a.borrower = kAlberta;
  a.agreement = kOwnForces;
  a.phase = Phase::Firm;
  a.depart = a.arrive = D(1);
  a.release = a.home = D(10);
  a.rested = D(12);
  a.persons = 20;
  a.stints = {{.request = kNamed, .incident = kFireTwo, .line_days = days(1, 10)}};
  a.cost = costs(20000.0, 400.0, 10000.0);
  return a;
}

Assignment bc_pump(std::string id, int ordinal) {
  Assignment a{.id = std::move(id), .contingent_id = "K-6", .unit = kBcPump, .ordinal = ordinal};
  a.borrower = kAlberta;
  a.agreement = kFromBc;
  a.phase = Phase::Firm;
  a.depart = a.arrive = D(1);
  a.release = a.home = D(21);
  a.rested = D(25);
  a.stints = {{.request = kPumps, .incident = kFireOne, .line_days = days(2, 20)}};
  a.cost = costs(2100.0, 240.0, 0.0);
  return a;
}

void add_assignments(Plan& plan) {
  plan.assignments = {mexican_crew("A-1", 1), mexican_crew("A-2", 2),
                      mexican_escort("A-3", kMxRepresentative, EscortTerms::Role::Representative),
                      mexican_escort("A-4", kMxLead, EscortTerms::Role::Lead)};
  for (const int ordinal : {1, 2}) {
    Assignment a = bc_crew("A-" + std::to_string(4 + ordinal), ordinal, 2, kPeople, kFireTwo);
    a.contingent_id = "K-2";
    a.phase = Phase::Firm;
    plan.assignments.push_back(a);
  }
  Assignment again = bc_crew("A-7", 3, 9, kCrews, kFireOne);
  again.contingent_id = "K-4";
  plan.assignments.push_back(again);
  plan.assignments.push_back(alberta_crew());
  plan.assignments.push_back(bc_pump("A-9", 1));
  plan.assignments.push_back(bc_pump("A-10", 2));
  Assignment committed = bc_crew("A-11", 3, -5, kUnderWay, kFireOne);
  committed.contingent_id = "K-3";
  committed.commitment = true;
  committed.cost.clear();
  plan.assignments.push_back(committed);
}

Contingent group(std::string id, AgencyIndex lender, BaseIndex muster, AgreementIndex agreement, int depart,
                 int release, int home, int persons) {
  return {.id = std::move(id),
          .agreement = agreement,
          .lender = lender,
          .borrower = kAlberta,
          .muster = muster,
          .depart = D(depart),
          .release = D(release),
          .home = D(home),
          .persons = persons};
}

void add_contingents(Plan& plan) {
  plan.contingents = {group("K-1", kMexico, kMxBase, kFromMexico, 2, 36, 37, 42),
                      group("K-2", kBritishColumbia, kBcBase, kFromBc, 2, 13, 13, 40),
                      group("K-3", kBritishColumbia, kBcBase, kFromBc, -5, 6, 6, 20),
                      group("K-4", kBritishColumbia, kBcBase, kFromBc, 9, 20, 20, 20),
                      group("K-5", kAlberta, kAbBase, kOwnForces, 1, 10, 10, 20),
                      group("K-6", kBritishColumbia, kBcBase, kFromBc, 1, 21, 21, 0)};
  plan.contingents[0].lead = "A-4";
  plan.contingents[0].representative = "A-3";
  plan.contingents[2].commitment = true;
  for (const std::size_t i : {std::size_t{1}, std::size_t{3}, std::size_t{5}})
    plan.contingents[i].representative = "implicit";
}

using Changes = std::vector<std::pair<int, int>>;

void add_fill(Plan& plan, RequestIndex request, RequestStatus status, const Changes& wanted, const Changes& working,
              const Changes& assigned, const Changes& unmet) {
  plan.requests.push_back({.request = request,
                           .status = status,
                           .wanted = steps(wanted),
                           .working = steps(working),
                           .assigned = steps(assigned),
                           .unmet = steps(unmet)});
}

void add_fills(Plan& plan) {
  add_fill(plan, kCrews, RequestStatus::Partial, {{5, 3}, {36, 0}},
           {{5, 2}, {10, 3}, {19, 1}, {20, 0}, {22, 2}, {36, 0}}, {{5, 2}, {10, 3}, {20, 2}, {36, 0}},
           {{5, 1}, {10, 0}, {19, 2}, {20, 3}, {22, 1}, {36, 0}});
  const auto add_filled = [&](RequestIndex request, const Changes& all) {
    add_fill(plan, request, RequestStatus::Filled, all, all, all, {});
  };
  add_filled(kPeople, {{3, 40}, {13, 0}});
  add_filled(kPumps, {{2, 2}, {21, 0}});
  add_filled(kNamed, {{1, 1}, {11, 0}});
  add_filled(kUnderWay, {{0, 1}, {6, 0}});
  add_fill(plan, kOpen, RequestStatus::UnableToFill, {{30, 1}, {34, 0}}, {}, {}, {{30, 1}, {34, 0}});
}

void add_lines(Plan& plan) {
  // A level of 2 lets three of four crews go.
  plan.reserve = {{.agency = kBritishColumbia,
                   .kind = kCrew,
                   .available = steps({{0, 4}, {31, 0}}),
                   .reserve = steps({{0, 1}, {31, 0}}),
                   .away = steps({{0, 1}, {2, 3}, {7, 2}, {9, 3}, {14, 1}, {21, 0}}),
                   .level = steps({{0, 2}})}};
  plan.escorts = {{.agreement = kFromMexico,
                   .lender = kMexico,
                   .borrower = kAlberta,
                   .role = EscortTerms::Role::Representative,
                   .supply = EscortTerms::Supply::Roster,
                   .persons = steps({{5, 40}, {36, 0}}),
                   .required = steps({{5, 1}, {36, 0}}),
                   .present = steps({{5, 1}, {36, 0}})},
                  {.agreement = kFromBc,
                   .lender = kBritishColumbia,
                   .borrower = kAlberta,
                   .role = EscortTerms::Role::Representative,
                   .supply = EscortTerms::Supply::Implicit,
                   .persons = steps({{0, 20}, {3, 60}, {6, 40}, {10, 60}, {13, 20}, {20, 0}}),
                   .required = steps({{3, 2}, {6, 0}, {10, 2}, {13, 0}}),
                   .present = steps({{3, 2}, {6, 0}, {10, 2}, {13, 0}})}};
  plan.pools = {{.pool = kPool, .people = steps({{0, 20}}), .away = steps({{2, 20}, {38, 0}})}};
}

// Need: R-1 misses 5 x 1 + 1 x 2 + 2 x 3 + 14 x 1 = 27 crew-days at 1000, R-6 misses 4 at 100.
// Cost: 2 x 102800 + 2 x 6040 + 3 x 38800 + 30400 + 2 x 2340, and 12 days of implicit representatives at 500.
// Tiers: two from Mexico at 4, five from British Columbia at 2, one at home at 0.
void add_result(PlanResult& result) {
  result.status = PlanStatus::Heuristic;
  result.vector = {Points{27400.0}, Points{0.0}, Money{375160.0}};
  result.objective = 27400.0 + 375.16 + 18.0;
}

}  // namespace

Assignment& World::at(const std::string& assignment_id) {
  const auto it = std::ranges::find(plan.assignments, assignment_id, &Assignment::id);
  if (it == plan.assignments.end())
    throw std::logic_error("no assignment " + assignment_id);
  return *it;
}

Contingent& World::contingent(const std::string& id) {
  const auto it = std::ranges::find(plan.contingents, id, &Contingent::id);
  if (it == plan.contingents.end())
    throw std::logic_error("no contingent " + id);
  return *it;
}

RequestFill& World::fill(RequestIndex request) {
  return *std::ranges::find(plan.requests, request, &RequestFill::request);
}

void World::drop(const std::string& assignment_id) {
  std::erase_if(plan.assignments, [&](const Assignment& a) { return a.id == assignment_id; });
}

Day D(int n) {
  return Day{std::chrono::year{2026} / 6 / 1} + Days{n};
}

std::vector<Day> days(int first, int last) {
  std::vector<Day> all;
  for (int n = first; n <= last; ++n)
    all.push_back(D(n));
  return all;
}

DayInterval interval(int first, int last) {
  return {D(first), D(last + 1)};
}

std::vector<int> steps(const std::vector<std::pair<int, int>>& changes) {
  std::vector<int> values(kHorizonDays, 0);
  for (const auto& [from, value] : changes)
    std::fill(values.begin() + from, values.end(), value);
  return values;
}

World base_world() {
  World world{base_data(), {}};
  add_assignments(world.plan);
  add_contingents(world.plan);
  add_fills(world.plan);
  add_lines(world.plan);
  add_result(world.plan.result);
  return world;
}

}  // namespace relevo::planner
