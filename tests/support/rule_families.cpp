// SPDX-License-Identifier: MIT
#include "tests/support/rule_families.hpp"

#include "tests/support/mini_world.hpp"

#include <algorithm>

namespace relevo::test {

using namespace planner;  // NOLINT(google-build-using-namespace): a test helper made of the model's types

namespace {

using Reach = RuleFamily::Reach;

template <class Table, class Test>
bool any(const Table& table, const Test& test) {
  return std::any_of(table.begin(), table.end(), test);
}

// What the functions that sharpen have in common.

bool is_crew(const Stage& stage) {
  return stage.data.kinds.kinds[stage.unit().kind].id == "crew";
}

/// Wanted from day `from` on, for `days` days or to the end of the horizon.
void want(const Stage& stage, int from, int days = 99) {
  stage.request().need = {stage.day(from), stage.day(std::min(from + days, stage.data.horizon.days))};
}

void want_units(const Stage& stage, int quantity) {
  stage.request().measure = Measure::Units;
  stage.request().quantity = quantity;
  stage.request().min_fill = std::min(stage.request().min_fill, quantity);
}

void one_tour(const Stage& stage, int line) {
  auto& tour = stage.agreement().tour;
  tour.max_line_days.value = line;
  tour.max_tours.value = 1;
  tour.min_line_days.value = 1;
}

void travel_days(const Stage& stage, int days) {
  const auto place = [&](Destination to) {
    return to.what == Destination::What::Incident ? stage.data.incidents[IncidentIndex(to.index)].id
                                                  : stage.data.agencies[AgencyIndex(to.index)].id;
  };
  const Request& q = stage.request();
  const Destination to = q.incident ? Destination::incident(*q.incident) : Destination::agency(q.borrower);
  for (auto agreement : stage.data.agreements.indices())
    stage.data.travel.set({stage.unit().base, to, stage.unit().kind, agreement},
                          simple_journey(days, stage.data.bases[stage.unit().base].id, place(to)));
}

void set_prices(const Stage& stage, double points) {
  auto& policy = stage.data.policy;
  policy.points_per_money.value = points;
  policy.person_daily_cost.value = 10;
  policy.lodging_per_person_day.value = 1;
  policy.air_cost_per_passenger_km.value = 0.01;
  policy.ground_cost_per_person_km.value = 0.01;
  policy.escort_daily_cost.value = 30;
}

EscortTerms& add_escort(const Stage& stage, EscortTerms::Role role, EscortTerms::Supply supply, int per) {
  EscortTerms term;
  term.role = role;
  term.kind = role == EscortTerms::Role::Representative ? "agency-representative"
              : role == EscortTerms::Role::Lead         ? "contingent-lead"
                                                        : "interpreter";
  term.supply = supply;
  term.per_persons = per;
  auto& escorts = stage.agreement().escorts;
  std::erase_if(escorts, [&term](const EscortTerms& other) { return other.kind == term.kind; });
  escorts.push_back(term);
  return escorts.back();
}

/// One escort on the roster of the unit's agency.
void add_escort_unit(const Stage& stage, const EscortTerms& term) {
  Unit unit;
  unit.id = "sharp-" + term.kind;
  if (any(stage.data.units, [&unit](const Unit& other) { return other.id == unit.id; }))
    return;
  unit.agency = stage.unit().agency;
  unit.base = stage.unit().base;
  unit.kind = stage.data.kinds.find(term.kind).value();
  unit.type = "2";
  unit.rank = 2;
  unit.persons = 1;
  unit.documents = {"passport", "visa"};
  unit.languages = {"en"};
  stage.data.units.push_back(std::move(unit));
}

/// The line takes units like this one.
void meet(const Stage& stage) {
  if (!stage.data.commitments.empty())
    return;
  Request& request = stage.request();
  const Kind& kind = stage.data.kinds.kinds[stage.unit().kind];
  if (request.kind != stage.unit().kind)
    want_units(stage, request.quantity);
  request.kind = stage.unit().kind;
  request.type = kind.types.back().id;
  request.rank = kind.types.back().rank;
}

/// It wants more of them than there are, when they can come.
void want_all(const Stage& stage) {
  want_units(stage, 4);
  want(stage, 2, 3);
  stage.request().priority = 1;
}

/// Line 2 follows line 1 at another place (where there is one), a move apart; nobody can go out twice.
void two_places(const Stage& stage, int move_days) {
  auto& data = stage.data;
  Request& first = stage.request();
  for (auto q : data.requests.indices())
    if (q != stage.line) {
      Request& second = data.requests[q];
      second.kind = first.kind;
      second.type = first.type;
      second.rank = first.rank;
      second.measure = Measure::Units;
      second.quantity = 4;
      second.min_fill = 1;
      second.need = {stage.day(3 + move_days), stage.day(5 + move_days)};
      second.unit.reset();
      second.channel.clear();
      second.qualifications.clear();
      second.languages.clear();
    }
  want(stage, 1, 2);
  want_units(stage, 4);
  stage.unit().count = 1;
  stage.agreement().tour.rest_days_home.value = 5;
  std::vector<Destination> places;
  for (const auto& q : data.requests)
    places.push_back(q.incident ? Destination::incident(*q.incident) : Destination::agency(q.borrower));
  for (const auto& from : places)
    for (const auto& to : places)
      if (from != to)
        data.travel.set_move({from, to, first.kind}, {move_days, geo::Distance::from_kilometres(100), {}});
}

/// Whoever goes to line 1 can be home in time, after day 3 or 4, from line 2 only.
void nearer_home(const Stage& stage) {
  two_places(stage, 0);
  travel_days(stage, 2);
  for (auto q : stage.data.requests.indices())
    if (q != stage.line)
      travel_days({stage.data, stage.rng, stage.row, q}, 0);
  stage.unit().available.last = stage.day(stage.rng.pick(4, 5));
}

/// A family that stands in one field of the rows of a table.
template <class Table, class Row>
RuleFamily rows(const char* name, Reach reach, Table ScenarioData::*table, bool (*has)(const Row&), void (*reset)(Row&),
                void (*sharpen)(const Stage&)) {
  return {name, reach, [table, has](const ScenarioData& data) { return any(data.*table, has); },
          [table, reset](ScenarioData& data) {
            Table& all = data.*table;
            std::for_each(all.begin(), all.end(), reset);
          },
          sharpen};
}

constexpr auto kAgreements = &ScenarioData::agreements;
constexpr auto kUnits = &ScenarioData::units;
constexpr auto kRequests = &ScenarioData::requests;

void add_tour_families(std::vector<RuleFamily>& all) {
  all.push_back(rows(
      "second tour", Reach::Plan, kAgreements, +[](const Agreement& x) { return x.tour.max_tours.value > 1; },
      +[](Agreement& x) { x.tour.max_tours.value = 1; },
      +[](const Stage& s) {
        one_tour(s, s.rng.pick(1, 2));
        auto& tour = s.agreement().tour;
        tour.max_tours.value = 2;
        tour.days_off_in_place.value = s.rng.pick(0, 1);
        tour.extension_days.value = 0;
        tour.rest_days_home.value = 2;
        tour.max_deployment_days.value.reset();
        want(s, 1);
      }));
  all.push_back(rows(
      "days off in place", Reach::Plan, kAgreements,
      +[](const Agreement& x) {
        return x.tour.days_off_in_place.value > 0 && x.tour.max_tours.value > 1 && x.tour.extension_days.value == 0;
      },
      +[](Agreement& x) {
        if (x.tour.extension_days.value == 0)
          x.tour.days_off_in_place.value = 0;
      },
      +[](const Stage& s) {
        one_tour(s, s.rng.pick(1, 2));
        auto& tour = s.agreement().tour;
        tour.max_tours.value = 2;
        tour.days_off_in_place.value = s.rng.pick(1, 2);
        tour.extension_days.value = 0;
        tour.rest_days_home.value = 2;
        want(s, 1, 5);
      }));
  all.push_back(rows(
      "tour length", Reach::Plan, kAgreements, +[](const Agreement& x) { return x.tour.max_line_days.value > 0; },
      +[](Agreement& x) { ++x.tour.max_line_days.value; },
      +[](const Stage& s) {
        one_tour(s, 2);
        want(s, 1);
      }));
  all.push_back(rows(
      "shortest stay", Reach::Plan, kAgreements, +[](const Agreement& x) { return x.tour.min_line_days.value > 1; },
      +[](Agreement& x) { x.tour.min_line_days.value = 1; },
      +[](const Stage& s) {
        one_tour(s, 4);
        s.agreement().tour.min_line_days.value = 3;
        want(s, 2, 2);
      }));
  all.push_back(rows(
      "orientation", Reach::Plan, kAgreements, +[](const Agreement& x) { return x.tour.orientation_days.value > 0; },
      +[](Agreement& x) { x.tour.orientation_days.value = 0; },
      +[](const Stage& s) {
        s.agreement().tour.orientation_days.value = s.rng.pick(1, 2);
        want(s, 1, 3);
      }));
  all.push_back(rows(
      "rest", Reach::Plan, kAgreements, +[](const Agreement& x) { return x.tour.rest_days_home.value > 0; },
      +[](Agreement& x) { x.tour.rest_days_home.value = 0; },
      +[](const Stage& s) {
        one_tour(s, s.rng.pick(1, 2));
        s.agreement().tour.rest_days_home.value = s.rng.pick(1, 2);
        travel_days(s, 0);
        want(s, 0);
        want_units(s, s.unit().count);
      }));
  all.push_back(rows(
      "longest deployment", Reach::Plan, kAgreements,
      +[](const Agreement& x) { return x.tour.max_deployment_days.value.has_value(); },
      +[](Agreement& x) { x.tour.max_deployment_days.value.reset(); },
      +[](const Stage& s) {
        one_tour(s, 5);
        s.agreement().tour.max_deployment_days.value = s.rng.pick(3, 4);
        want(s, 1);
      }));
  all.push_back(rows(
      "shadow days", Reach::Plan, kAgreements, +[](const Agreement& x) { return x.tour.shadow_days.value > 0; },
      +[](Agreement& x) { x.tour.shadow_days.value = 0; },
      +[](const Stage& s) {
        one_tour(s, 3);
        s.agreement().tour.shadow_days.value = 1;
        s.agreement().tour.rest_days_home.value = 3;
        s.request().handover = true;
        s.data.policy.handover_points.value = 60;
        s.unit().count = 2;
        want(s, 1, 5);
        want_units(s, 1);
      }));
  all.push_back(rows(
      "moves", Reach::Plan, kAgreements, +[](const Agreement& x) { return x.tour.max_moves.value > 0; },
      +[](Agreement& x) { x.tour.max_moves.value = 0; },
      +[](const Stage& s) {
        auto& tour = s.agreement().tour;
        one_tour(s, 5);
        tour.max_moves.value = s.rng.pick(1, 2);
        two_places(s, s.rng.pick(0, 1));
        if (s.rng.chance(25))
          nearer_home(s);
        if (s.rng.chance(50)) {
          tour.max_line_days.value = 2;
          tour.max_tours.value = 2;
          tour.days_off_in_place.value = s.rng.pick(1, 2);
        }
      }));
  all.push_back(rows(
      "extension", Reach::Plan, kAgreements, +[](const Agreement& x) { return x.tour.extension_days.value > 0; },
      +[](Agreement& x) { x.tour.extension_days.value = 0; },
      +[](const Stage& s) {
        auto& tour = s.agreement().tour;
        tour.max_line_days.value = 2;
        tour.extension_days.value = s.rng.pick(1, 2);
        if (tour.days_off_in_place.value == 0)
          tour.max_tours.value = 1;
        tour.rest_days_home.value = 2;
        s.data.policy.extension_points.value = s.rng.one_of<double>({0, 10, 40});
        want(s, 1);
      }));
}

void add_departure_families(std::vector<RuleFamily>& all) {
  all.push_back(rows(
      "notice", Reach::Plan, kAgreements, +[](const Agreement& x) { return x.mobilization.notice_days.value > 0; },
      +[](Agreement& x) { x.mobilization.notice_days.value = 0; },
      +[](const Stage& s) {
        s.agreement().mobilization.notice_days.value = s.rng.pick(1, 2);
        want(s, 1, 3);
      }));
  all.push_back(rows(
      "muster", Reach::Plan, kAgreements, +[](const Agreement& x) { return x.mobilization.muster_days.value > 0; },
      +[](Agreement& x) { x.mobilization.muster_days.value = 0; },
      +[](const Stage& s) {
        s.agreement().mobilization.muster_days.value = s.rng.pick(1, 2);
        want(s, 1, 3);
      }));
  all.push_back(rows(
      "in force", Reach::Plan, kAgreements, +[](const Agreement& x) { return x.in_force != kAlways && !x.own_forces; },
      +[](Agreement& x) {
        if (!x.own_forces)
          x.in_force = kAlways;
      },
      +[](const Stage& s) {
        const int from = s.rng.chance(20) ? -5 : s.rng.pick(1, 3);
        s.agreement().in_force = {s.day(from), s.day(from + s.rng.pick(1, 2))};
        one_tour(s, 2);
        want(s, 1);
      }));
  all.push_back(rows(
      "recall", Reach::Plan, &ScenarioData::recalls, +[](const Recall&) { return true; },
      +[](Recall& x) { x.day = x.effective = kLastDay; },
      +[](const Stage& s) {
        const int from = s.rng.pick(0, 5);
        Recall recall;
        recall.lender = s.unit().agency;
        recall.channel = s.rng.chance(50) ? "" : s.rng.chance(50) ? s.agreement().id : s.agreement().family;
        recall.effective = s.day(from);
        recall.day = s.day(std::min(from, 0));
        s.data.recalls.push_back(std::move(recall));
        bring_forward_commitments(s.data);
        want(s, 1);
      }));
  all.push_back(rows(
      "availability", Reach::Plan, kUnits, +[](const Unit& x) { return x.available != kAlways; },
      +[](Unit& x) { x.available = kAlways; },
      +[](const Stage& s) {
        s.unit().available = s.rng.chance(50) ? DayInterval{s.day(s.rng.pick(1, 3)), kLastDay}
                                              : DayInterval{kFirstDay, s.day(s.rng.pick(2, 4))};
        want(s, 1, 4);
      }));
  all.push_back(rows(
      "unit that is down", Reach::Plan, kUnits, +[](const Unit& x) { return !x.down.empty(); },
      +[](Unit& x) { x.down.clear(); },
      +[](const Stage& s) {
        const int from = s.rng.pick(1, 3);
        s.unit().down = {{s.day(from), s.day(from + s.rng.pick(1, 2))}};
        want(s, 1, 4);
        want_units(s, s.unit().count);
      }));
  all.push_back(rows(
      "days worked", Reach::Plan, kUnits, +[](const Unit& x) { return x.days_worked > 0; },
      +[](Unit& x) { x.days_worked = 0; },
      +[](const Stage& s) {
        if (!is_crew(s))
          return;
        one_tour(s, 3);
        s.agreement().tour.rest_days_home.value = s.rng.one_of<int>({2, 3, 9});
        s.unit().days_worked = s.rng.pick(1, 3);
        s.unit().count = 1;
        want(s, 1, 3);
      }));
  all.push_back(rows(
      "fitness", Reach::Plan, kUnits, +[](const Unit& x) { return x.fitness_valid_to.has_value(); },
      +[](Unit& x) { x.fitness_valid_to.reset(); },
      +[](const Stage& s) {
        s.unit().fitness_valid_to = s.day(s.rng.pick(-1, 1));
        one_tour(s, 2);
        want(s, 3);
      }));
}

void add_pair_families(std::vector<RuleFamily>& all) {
  all.push_back(
      {"kind", Reach::Pair,
       [](const ScenarioData& data) { return data.units[UnitIndex(0U)].kind != data.requests[RequestIndex(0U)].kind; },
       [](ScenarioData& data) {
         Unit& unit = data.units[UnitIndex(0U)];
         const Request& request = data.requests[RequestIndex(0U)];
         unit.kind = request.kind;
         unit.type = request.type;
         unit.rank = request.rank;
       },
       [](const Stage& s) {
         Unit& unit = s.data.units[UnitIndex(0U)];
         Request& request = s.data.requests[RequestIndex(0U)];
         if (!s.data.commitments.empty())
           return;
         request.kind = s.data.kinds.find(unit.kind.value() == 0 ? "pump" : "crew").value();
         request.type = "2";
         request.rank = 2;
         request.measure = Measure::Units;
         request.quantity = 4;
         request.min_fill = 1;
       }});
  all.push_back({"type", Reach::Pair,
                 [](const ScenarioData& data) {
                   return any(data.requests, [](const Request& q) { return q.rank < 3 && q.kind.value() == 0; });
                 },
                 [](ScenarioData& data) {
                   for (auto& q : data.requests)
                     if (q.kind.value() == 0) {
                       q.type = "3";
                       q.rank = 3;
                     }
                 },
                 [](const Stage& s) {
                   if (!is_crew(s) || s.request().kind != s.unit().kind)
                     return;
                   s.unit().type = "3";
                   s.unit().rank = 3;
                   s.request().type = "1";
                   s.request().rank = 1;
                 }});
  all.push_back(
      {"fire behaviour", Reach::Pair,
       [](const ScenarioData& data) {
         return any(data.requests, [](const Request& q) { return q.fire_behaviour.has_value(); }) ||
                any(data.incidents, [](const Incident& i) { return i.fire_behaviour.has_value(); });
       },
       [](ScenarioData& data) {
         for (auto& q : data.requests)
           q.fire_behaviour.reset();
         for (auto& i : data.incidents)
           i.fire_behaviour.reset();
       },
       [](const Stage& s) {
         auto& types = s.data.kinds.kinds[s.unit().kind].types;
         for (auto& type : types)
           type.faces = s.rng.one_of<std::optional<FireBehaviour>>(
               {std::nullopt, FireBehaviour::Low, FireBehaviour::Moderate, FireBehaviour::High});
         if (s.request().incident) {
           s.data.incidents[*s.request().incident].fire_behaviour = FireBehaviour::Extreme;
           if (s.rng.chance(50))
             s.request().fire_behaviour = FireBehaviour::Moderate;
         } else {
           s.request().fire_behaviour = s.rng.one_of<FireBehaviour>({FireBehaviour::Moderate, FireBehaviour::High});
         }
       }});
  all.push_back(rows(
      "named", Reach::Pair, kRequests, +[](const Request& x) { return x.unit.has_value(); },
      +[](Request& x) { x.unit.reset(); },
      +[](const Stage& s) { s.request().unit = UnitIndex(s.row.value() == 0 ? s.data.units.size() - 1 : 0); }));
  all.push_back({"forbidden", Reach::Pair,
                 [](const ScenarioData& data) {
                   return any(data.decisions, [](const Decision& d) { return d.action == Decision::Action::Forbid; });
                 },
                 [](ScenarioData& data) {
                   std::erase_if(data.decisions, [](const auto& d) { return d.action == Decision::Action::Forbid; });
                 },
                 [](const Stage& s) {
                   Decision decision;
                   if (s.rng.chance(50))
                     decision.unit = s.row;
                   else
                     decision.agency = s.unit().agency;
                   if (s.rng.chance(50))
                     decision.request = s.line;
                   s.data.decisions.push_back(std::move(decision));
                 }});
  all.push_back(rows(
      "declined", Reach::Pair, &ScenarioData::responses,
      +[](const Response& x) {
        return x.answer == Response::Answer::Declined || x.answer == Response::Answer::Recalled;
      },
      +[](Response& x) { x.answer = Response::Answer::Asked; },
      +[](const Stage& s) {
        Response response;
        response.request = s.line;
        response.agency = s.unit().agency;
        response.answer = s.rng.chance(50) ? Response::Answer::Declined : Response::Answer::Recalled;
        s.data.responses.push_back(std::move(response));
      }));
  all.push_back({"agreement", Reach::All,
                 [](const ScenarioData& data) {
                   return any(data.agreements, [](const Agreement& a) {
                     return !a.own_forces && any(a.lenders, [](const Party& p) { return p.id != "*"; });
                   });
                 },
                 [](ScenarioData& data) {
                   for (auto& agreement : data.agreements)
                     if (!agreement.own_forces) {
                       agreement.lenders.push_back({Party::Scope::Anyone, ""});
                       agreement.borrowers.push_back({Party::Scope::Anyone, ""});
                     }
                 },
                 [](const Stage& s) {
                   s.agreement().lenders = {{Party::Scope::Agency, s.data.agencies.back().id}};
                   s.agreement().reciprocal = false;
                 }});
  all.push_back(rows(
      "reciprocal", Reach::All, kAgreements, +[](const Agreement& x) { return x.reciprocal; },
      +[](Agreement& x) { x.reciprocal = false; },
      +[](const Stage& s) {
        if (!s.agreement().reciprocal)
          std::swap(s.agreement().lenders, s.agreement().borrowers);
        s.agreement().reciprocal = true;
      }));
  all.push_back(rows(
      "channel", Reach::Pair, kRequests, +[](const Request& x) { return !x.channel.empty(); },
      +[](Request& x) { x.channel.clear(); },
      +[](const Stage& s) { s.request().channel = s.rng.chance(70) ? "elsewhere" : "b"; }));
  all.push_back(rows(
      "covered kinds", Reach::All, kAgreements, +[](const Agreement& x) { return !x.kinds.empty(); },
      +[](Agreement& x) { x.kinds.clear(); },
      +[](const Stage& s) { s.agreement().kinds = {s.unit().kind.value() == 0 ? "pump" : "crew"}; }));
  all.push_back(rows(
      "qualification", Reach::Pair, kRequests, +[](const Request& x) { return !x.qualifications.empty(); },
      +[](Request& x) { x.qualifications.clear(); },
      +[](const Stage& s) { s.request().qualifications = {s.rng.chance(30) ? "faller" : "sawyer"}; }));
  all.push_back(rows(
      "language of a line", Reach::Pair, kRequests, +[](const Request& x) { return !x.languages.empty(); },
      +[](Request& x) { x.languages.clear(); }, +[](const Stage& s) { s.request().languages = {"fr"}; }));
  all.push_back(rows(
      "working language", Reach::Pair, kAgreements, +[](const Agreement& x) { return !x.language.working.empty(); },
      +[](Agreement& x) { x.language.working.clear(); },
      +[](const Stage& s) {
        s.agreement().language.working = {"en"};
        s.unit().languages = {"es"};
        std::erase(s.unit().qualifications, "interpreter");
      }));
  all.push_back({"travel", Reach::Pair,
                 [](const ScenarioData& data) {
                   const std::size_t places = data.incidents.size() + data.agencies.size();
                   return data.travel.all().size() <
                          data.bases.size() * places * data.kinds.kinds.size() * data.agreements.size();
                 },
                 [](ScenarioData& data) {
                   const auto add = [&data](Destination to) {
                     for (auto base : data.bases.indices())
                       for (auto kind : data.kinds.kinds.indices())
                         for (auto agreement : data.agreements.indices())
                           if (data.travel.find({base, to, kind, agreement}) == nullptr)
                             data.travel.set({base, to, kind, agreement}, simple_journey(1));
                   };
                   for (auto i : data.incidents.indices())
                     add(Destination::incident(i));
                   for (auto a : data.agencies.indices())
                     add(Destination::agency(a));
                 },
                 [](const Stage& s) {
                   const Request& q = s.request();
                   const Destination to =
                       q.incident ? Destination::incident(*q.incident) : Destination::agency(q.borrower);
                   TravelTable left;
                   for (const auto& [key, way] : s.data.travel.all())
                     if (key.base != s.unit().base || key.to != to)
                       left.share(key, way);
                   for (const auto& [key, move] : s.data.travel.moves())
                     left.set_move(key, move);
                   s.data.travel = std::move(left);
                 }});
  all.push_back(rows(
      "documents", Reach::Pair, kAgreements, +[](const Agreement& x) { return !x.mobilization.documents.empty(); },
      +[](Agreement& x) { x.mobilization.documents.clear(); },
      +[](const Stage& s) {
        s.agreement().mobilization.documents = {{"passport", {}, kAlways, {}}};
        s.unit().documents.clear();
      }));
  all.push_back(rows(
      "alternatives of documents", Reach::Pair, kAgreements,
      +[](const Agreement& x) {
        return any(x.mobilization.documents, [](const auto& d) { return !d.alternatives.empty(); });
      },
      +[](Agreement& x) {
        for (auto& rule : x.mobilization.documents)
          rule.alternatives.clear();
      },
      +[](const Stage& s) {
        s.agreement().mobilization.documents = {{"visa", {"eta", "nexus"}, kAlways, {}}};
        s.unit().documents = {s.rng.chance(50) ? "eta" : "nexus"};
      }));
}

void add_line_families(std::vector<RuleFamily>& all) {
  all.push_back(rows(
      "least fill", Reach::Plan, kRequests, +[](const Request& x) { return x.min_fill > 1; },
      +[](Request& x) { x.min_fill = 1; },
      +[](const Stage& s) {
        want_units(s, 2);
        s.request().min_fill = 2;
        s.unit().count = 1;
      }));
  all.push_back(rows(
      "package", Reach::Plan, kRequests, +[](const Request& x) { return !x.package.empty(); },
      +[](Request& x) { x.package.clear(); },
      +[](const Stage& s) {
        for (auto& request : s.data.requests)
          request.package = "p";
        want_units(s, 3);
      }));
  all.push_back(rows(
      "people", Reach::Plan, kRequests, +[](const Request& x) { return x.measure == Measure::People; },
      +[](Request& x) {
        if (x.measure == Measure::People)
          x.quantity = 1;
        x.measure = Measure::Units;
      },
      +[](const Stage& s) {
        if (!is_crew(s))
          return;
        s.request().measure = Measure::People;
        s.request().quantity = s.rng.pick(10, 45);
      }));
  all.push_back(rows(
      "handover", Reach::Plan, kRequests, +[](const Request& x) { return x.handover; },
      +[](Request& x) { x.handover = false; },
      +[](const Stage& s) {
        one_tour(s, 2);
        s.agreement().tour.shadow_days.value = s.rng.pick(0, 1);
        s.request().handover = true;
        s.data.policy.handover_points.value = s.rng.one_of<double>({30, 60, 350});
        want(s, 1, 5);
      }));
  all.push_back(rows(
      "capacity", Reach::Plan, &ScenarioData::incidents,
      +[](const Incident& x) { return x.capacity_persons.has_value(); },
      +[](Incident& x) { x.capacity_persons.reset(); },
      +[](const Stage& s) {
        if (!s.request().incident)
          return;
        want_units(s, s.unit().count);
        s.data.incidents[*s.request().incident].capacity_persons = std::max(0, s.unit().persons * s.unit().count - 1);
      }));
  all.push_back({"pin", Reach::Plan,
                 [](const ScenarioData& data) {
                   return any(data.decisions, [](const Decision& d) { return d.action == Decision::Action::Pin; });
                 },
                 [](ScenarioData& data) {
                   std::erase_if(data.decisions, [](const auto& d) { return d.action == Decision::Action::Pin; });
                 },
                 [](const Stage& s) {
                   Decision decision;
                   decision.action = Decision::Action::Pin;
                   decision.unit = s.row;
                   decision.request = s.line;
                   decision.quantity = s.unit().count;
                   s.data.decisions.push_back(std::move(decision));
                   s.request().priority = 5;
                   for (auto& request : s.data.requests)
                     if (&request != &s.request())
                       request.priority = 1;
                 }});
}

void add_lender_families(std::vector<RuleFamily>& all) {
  all.push_back({"reserve", Reach::Plan,
                 [](const ScenarioData& data) {
                   return any(data.policy.exportable_share, [](const auto& share) { return share.value < 1; });
                 },
                 [](ScenarioData& data) {
                   for (auto& share : data.policy.exportable_share)
                     share.value = 1;
                 },
                 [](const Stage& s) {
                   for (auto& share : s.data.policy.exportable_share)
                     share.value = 0.5;
                   want_units(s, 2);
                 }});
  all.push_back({"offer", Reach::Plan, [](const ScenarioData& data) { return !data.offers.empty(); },
                 [](ScenarioData& data) { data.offers.clear(); },
                 [](const Stage& s) {
                   Offer offer;
                   offer.agency = s.unit().agency;
                   offer.kind = s.unit().kind;
                   offer.quantity = s.rng.pick(0, 1);
                   want_units(s, 2);
                   s.data.offers.push_back(std::move(offer));
                 }});
  all.push_back(rows(
      "pool", Reach::Plan, kUnits, +[](const Unit& x) { return !x.pools.empty(); }, +[](Unit& x) { x.pools.clear(); },
      +[](const Stage& s) {
        const int share = std::min(s.unit().persons, 10);
        if (share == 0 || !s.data.pools.empty())
          return;
        s.data.pools.push_back({"sharp", {{share * s.unit().count - 1, kAlways}}, {}});
        s.unit().pools = {{PoolIndex(s.data.pools.size() - 1), share}};
        want_units(s, s.unit().count);
      }));
  all.push_back({"refurbish", Reach::Plan,
                 [](const ScenarioData& data) {
                   return any(data.requests, [&data](const Request& q) {
                     const Kind& kind = data.kinds.kinds[q.kind];
                     return (!kind.crewed || kind.relieved) && kind.refurbish_days > 0;
                   });
                 },
                 [](ScenarioData& data) {
                   for (auto& kind : data.kinds.kinds)
                     kind.refurbish_days = 0;
                 },
                 [](const Stage& s) {
                   s.data.kinds.kinds[s.unit().kind].refurbish_days = s.rng.pick(2, 3);
                   travel_days(s, 0);
                   two_places(s, 1);
                 }});
  all.push_back({"relieved in place", Reach::Plan,
                 [](const ScenarioData& data) {
                   return any(data.units, [&data](const Unit& unit) { return data.kinds.kinds[unit.kind].relieved; });
                 },
                 [](ScenarioData& data) {
                   for (auto& kind : data.kinds.kinds)
                     kind.relieved = false;
                 },
                 [](const Stage& s) {
                   one_tour(s, 2);
                   if (s.rng.chance(50))
                     set_prices(s, 0.1);
                   want(s, 1);
                 }});
  all.push_back(
      {"own forces", Reach::Plan,
       [](const ScenarioData& data) { return any(data.agreements, [](const Agreement& a) { return a.own_forces; }); },
       [](ScenarioData& data) {
         for (auto& a : data.agreements)
           if (a.own_forces)
             a.in_force = {kFirstDay, kFirstDay + Days{1}};
       },
       [](const Stage&) {}});
  all.push_back({"commitment", Reach::Plan, [](const ScenarioData& data) { return !data.commitments.empty(); },
                 [](ScenarioData& data) { data.commitments.clear(); }, [](const Stage&) {}});
  all.push_back(rows(
      "consent", Reach::Plan, &ScenarioData::consents, +[](const Consent&) { return true; },
      +[](Consent& x) { x.channel = "elsewhere"; },
      +[](const Stage& s) {
        auto& tour = s.agreement().tour;
        one_tour(s, 5);
        tour.max_moves.value = 1;
        tour.move_between_borrowers.value = true;
        two_places(s, s.rng.pick(0, 1));
        for (const auto& request : s.data.requests)
          s.data.consents.push_back(
              {s.unit().agency, request.borrower, s.rng.chance(50) ? "" : s.agreement().family, {}});
      }));
}

bool has_term(const ScenarioData& data, const std::function<bool(const EscortTerms&)>& test) {
  return any(data.agreements, [&test](const Agreement& a) { return any(a.escorts, test); });
}

void for_terms(ScenarioData& data, const std::function<void(EscortTerms&)>& change) {
  for (auto& agreement : data.agreements)
    for (auto& term : agreement.escorts)
      change(term);
}

void erase_terms(ScenarioData& data, const std::function<bool(const EscortTerms&)>& test) {
  for (auto& agreement : data.agreements)
    std::erase_if(agreement.escorts, test);
}

void add_escort_families(std::vector<RuleFamily>& all) {
  using Supply = EscortTerms::Supply;
  using Role = EscortTerms::Role;
  const auto is_roster = [](const EscortTerms& t) { return t.supply == Supply::Roster; };
  const auto is_implicit = [](const EscortTerms& t) { return t.supply == Supply::Implicit; };
  const auto is_interpreter = [](const EscortTerms& t) { return t.role == Role::Interpreter; };
  all.push_back({"escorts on the roster", Reach::Plan, [=](const ScenarioData& d) { return has_term(d, is_roster); },
                 [=](ScenarioData& d) { erase_terms(d, is_roster); },
                 [](const Stage& s) {
                   const auto& term = add_escort(s, Role::Representative, Supply::Roster, s.rng.one_of<int>({10, 30}));
                   if (s.rng.chance(70))
                     add_escort_unit(s, term);
                   want_units(s, 2);
                 }});
  all.push_back({"implicit escorts", Reach::Plan, [=](const ScenarioData& d) { return has_term(d, is_implicit); },
                 [=](ScenarioData& d) { erase_terms(d, is_implicit); },
                 [](const Stage& s) {
                   add_escort(s, Role::Representative, Supply::Implicit, s.rng.one_of<int>({10, 20, 30}));
                   set_prices(s, 0.1);
                 }});
  all.push_back(
      {"escort threshold", Reach::Plan,
       [](const ScenarioData& d) { return has_term(d, [](const EscortTerms& t) { return t.threshold > 0; }); },
       [](ScenarioData& d) { for_terms(d, [](EscortTerms& t) { t.threshold = 0; }); },
       [](const Stage& s) {
         auto& term = add_escort(s, Role::Representative, s.rng.chance(50) ? Supply::Roster : Supply::Implicit,
                                 s.rng.one_of<int>({20, 40}));
         term.threshold = std::max(1, s.unit().persons * s.rng.pick(1, 2) - s.rng.pick(0, 1));
         set_prices(s, 0.1);
         want_units(s, 2);
       }});
  all.push_back(
      {"escorts ahead", Reach::Plan,
       [](const ScenarioData& d) { return has_term(d, [](const EscortTerms& t) { return t.ahead_days > 0; }); },
       [](ScenarioData& d) { for_terms(d, [](EscortTerms& t) { t.ahead_days = 0; }); },
       [](const Stage& s) {
         auto& term = add_escort(s, s.rng.chance(50) ? Role::Representative : Role::Lead,
                                 s.rng.chance(60) ? Supply::Roster : Supply::Implicit, 100);
         term.ahead_days = s.rng.pick(1, 2);
         if (term.supply == Supply::Roster)
           add_escort_unit(s, term);
         else
           set_prices(s, 0.1);
         want(s, 1, 4);
       },
       2});
  all.push_back({"escorts by units", Reach::Plan,
                 [](const ScenarioData& d) {
                   return has_term(d, [](const EscortTerms& t) { return t.counts == EscortTerms::Counts::Units; });
                 },
                 [](ScenarioData& d) { for_terms(d, [](EscortTerms& t) { t.counts = EscortTerms::Counts::Persons; }); },
                 [](const Stage& s) {
                   auto& term = add_escort(s, Role::Lead, s.rng.chance(60) ? Supply::Roster : Supply::Implicit,
                                           s.rng.pick(1, 2));
                   term.counts = EscortTerms::Counts::Units;
                   if (term.supply == Supply::Roster)
                     add_escort_unit(s, term);
                   else
                     set_prices(s, 0.1);
                 }});
  all.push_back({"interpreters", Reach::Plan, [=](const ScenarioData& d) { return has_term(d, is_interpreter); },
                 [=](ScenarioData& d) { erase_terms(d, is_interpreter); },
                 [](const Stage& s) {
                   s.agreement().language.working = {"en"};
                   s.unit().languages = {"es"};
                   std::erase(s.unit().qualifications, "interpreter");
                   auto& term = add_escort(s, Role::Interpreter, s.rng.chance(60) ? Supply::Roster : Supply::Implicit,
                                           s.rng.one_of<int>({20, 30, 100}));
                   if (s.rng.chance(30)) {
                     term.counts = EscortTerms::Counts::Units;
                     term.per_persons = s.rng.pick(1, 2);
                   }
                   if (term.supply == Supply::Roster)
                     add_escort_unit(s, term);
                 }});
}

void add_price_families(std::vector<RuleFamily>& all) {
  all.push_back({"prices", Reach::Plan, [](const ScenarioData& data) { return data.policy.points_per_money.value > 0; },
                 [](ScenarioData& data) { data.policy.points_per_money.value = 0; },
                 [](const Stage& s) { set_prices(s, 0.05); }});
  all.push_back({"tier points", Reach::Plan,
                 [](const ScenarioData& data) { return data.policy.tier_points[3].value > 0; },
                 [](ScenarioData& data) {
                   for (auto& tier : data.policy.tier_points)
                     tier.value = 0;
                 },
                 [](const Stage& s) {
                   for (std::size_t tier = 0; tier < 4; ++tier)
                     s.data.policy.tier_points[tier].value = 20.0 * static_cast<double>(tier);
                 }});
  all.push_back({"extension points", Reach::Plan,
                 [](const ScenarioData& data) { return data.policy.extension_points.value > 0; },
                 [](ScenarioData& data) { data.policy.extension_points.value = 0; },
                 [](const Stage& s) {
                   one_tour(s, 2);
                   s.agreement().tour.extension_days.value = 2;
                   s.data.policy.extension_points.value = s.rng.one_of<double>({10, 40, 350});
                   want(s, 1);
                 }});
  all.push_back({"announcements", Reach::Plan, [](const ScenarioData& data) { return !data.announcements.empty(); },
                 [](ScenarioData& data) { data.announcements.clear(); },
                 [](const Stage& s) {
                   Policy& policy = s.data.policy;
                   policy.changed_firm_points.value = s.rng.one_of<double>({20, 150, 900});
                   policy.changed_outlook_points.value = s.rng.one_of<double>({0, 15, 120});
                   policy.changed_return_points.value = s.rng.one_of<double>({0, 10, 80});
                   if (s.rng.chance(40))
                     s.agreement().mobilization.notice_days.value = s.rng.pick(1, 3);
                   for (int n = s.rng.pick(1, 3); n > 0; --n) {
                     Announcement a;
                     a.unit = s.row;
                     a.quantity = s.rng.pick(1, s.unit().count);
                     a.request = a.last_request = s.line;
                     if (s.rng.chance(30))
                       a.last_request = RequestIndex(
                           static_cast<std::size_t>(s.rng.pick(0, static_cast<int>(s.data.requests.size()) - 1)));
                     a.borrower = s.data.requests[*a.request].borrower;
                     a.last_borrower = s.data.requests[*a.last_request].borrower;
                     a.depart = s.day(s.rng.pick(0, 3));
                     a.home = a.depart + Days{s.rng.pick(2, 8)};
                     a.firm = s.rng.chance(50);
                     s.data.announcements.push_back(a);
                   }
                 }});
  all.push_back({"movement points", Reach::Plan,
                 [](const ScenarioData& data) { return data.policy.movement_points.value > 0; },
                 [](ScenarioData& data) { data.policy.movement_points.value = 0; },
                 [](const Stage& s) {
                   s.data.policy.movement_points.value = s.rng.one_of<double>({5, 50, 200});
                 }});
  all.push_back(rows(
      "least persons of a movement", Reach::Plan, kAgreements,
      +[](const Agreement& x) { return x.contingent.min_persons.value > 0; },
      +[](Agreement& x) { x.contingent.min_persons.value = 0; },
      +[](const Stage& s) {
        s.agreement().contingent.min_persons.value = s.unit().persons + s.rng.pick(1, 10);
        if (s.rng.chance(60))
          s.unit().count = 2;
      }));
  all.push_back({"lifts", Reach::Plan, [](const ScenarioData& data) { return !data.lifts.empty(); },
                 [](ScenarioData& data) { data.lifts.clear(); },
                 [](const Stage& s) {
                   if (!s.data.lifts.empty())
                     return;
                   const Request& q = s.request();
                   const std::string base = s.data.bases[s.unit().base].id;
                   const std::string place =
                       q.incident ? s.data.incidents[*q.incident].id : s.data.agencies[q.borrower].id;
                   for (int i = s.rng.pick(1, 3); i > 0; --i) {
                     Lift lift;
                     lift.id = "lift-" + std::to_string(i);
                     const bool out = s.rng.chance(60);
                     lift.from = out ? base : place;
                     lift.to = out ? place : base;
                     lift.seats = s.rng.one_of<int>({1, 10, 20, 30});
                     lift.max_uses = s.rng.pick(1, 2);
                     lift.cost = Money(s.rng.one_of<int>({0, 50, 200}));
                     if (s.rng.chance(40))
                       lift.when = {s.day(s.rng.pick(0, 3)), s.day(s.rng.pick(4, 9))};
                     s.data.lifts.push_back(std::move(lift));
                   }
                   travel_days(s, s.rng.pick(1, 2));
                   want(s, 2, 3);
                   want_units(s, 2);
                   if (s.rng.chance(50))
                     set_prices(s, 0.1);
                 },
                 2});
}

std::vector<RuleFamily> make_families() {
  std::vector<RuleFamily> all;
  add_tour_families(all);
  add_departure_families(all);
  add_pair_families(all);
  add_line_families(all);
  add_lender_families(all);
  add_escort_families(all);
  add_price_families(all);
  for (auto& family : all)
    family.sharpen = [of_pair = family.reach != Reach::Plan, sharpen = family.sharpen](const Stage& stage) {
      meet(stage);
      if (of_pair)
        want_all(stage);
      sharpen(stage);
    };
  for (auto& family : all)
    for (const auto* delicate : {"consent", "least persons of a movement", "shadow days", "interpreters"})
      if (family.name == delicate)
        family.turns = 2;
  return all;
}

}  // namespace

const std::vector<RuleFamily>& rule_families() {
  static const std::vector<RuleFamily> families = make_families();
  return families;
}

}  // namespace relevo::test
