// SPDX-License-Identifier: MIT
#include "planner/check/timeline.hpp"

#include "planner/check/announced.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace relevo::planner::checking {

Destination destination_of(const ScenarioData& data, const Assignment& a, const Stint& stint) {
  if (stint.request) {
    const Request& request = data.requests[*stint.request];
    return request.incident ? Destination::incident(*request.incident) : Destination::agency(request.borrower);
  }
  return stint.incident ? Destination::incident(*stint.incident) : Destination::agency(a.borrower);
}

namespace {

// Nothing real lasts ten years; the limit keeps a nonsensical plan from costing hours.
constexpr int kLongestDeployment = 3660;

std::string name_of(const Assignment& assignment, const Unit* unit) {
  if (!assignment.id.empty())
    return assignment.id;
  const std::string ordinal = std::to_string(assignment.ordinal);
  return unit == nullptr ? "#" + ordinal : unit->id + "#" + ordinal;
}

bool is_possible(Day day) noexcept {
  return kFirstDay <= day && day <= kLastDay;
}

bool are_possible(const std::vector<Day>& days) noexcept {
  return std::ranges::all_of(days, is_possible);
}

bool knows_places(const ScenarioData& data, const Stint& stint) {
  return (!stint.request || knows(data.requests, *stint.request)) &&
         (!stint.incident || knows(data.incidents, *stint.incident));
}

// Indices the scenario does not have (section 6 of the plan's format): nothing else can be said about them.
bool has_known_records(const ScenarioData& data, const Assignment& a) {
  return knows(data.units, a.unit) && knows(data.agreements, a.agreement) && knows(data.agencies, a.borrower) &&
         std::ranges::all_of(a.stints, [&](const Stint& stint) { return knows_places(data, stint); });
}

bool has_possible_days(const Assignment& a) {
  return is_possible(a.depart) && is_possible(a.arrive) && is_possible(a.release) && is_possible(a.home) &&
         is_possible(a.rested) && days_between(a.depart, a.home) <= kLongestDeployment &&
         std::ranges::all_of(a.stints, [](const Stint& s) {
           return are_possible(s.move_days) && are_possible(s.line_days) && are_possible(s.shadow_days) &&
                  are_possible(s.days_off);
         });
}

bool is_in_order(const Assignment& a) noexcept {
  return a.depart <= a.arrive && a.arrive <= a.home && a.depart <= a.release && a.release <= a.home;
}

// The assignment can be laid out in days. Reports why not.
bool is_judgeable(const ScenarioData& data, const Assignment& a, Verdict& verdict) {
  if (!has_known_records(data, a)) {
    verdict.report({.code = "plan.index", .subject = name_of(a, nullptr)});
    return false;
  }
  const std::string name = name_of(a, &data.units[a.unit]);
  if (!has_possible_days(a)) {
    verdict.report({.code = "plan.day", .subject = name});
    return false;
  }
  if (!is_in_order(a))
    verdict.report({.code = "plan.order", .subject = name, .day = a.depart});
  return a.depart <= a.home;
}

TourRules rules_with_crew(const TourTerms& tour, bool escort) {
  return {.most_duty_days = tour.max_line_days.value,
          .extension = escort ? 0 : tour.extension_days.value,
          .days_off = tour.days_off_in_place.value,
          .most_tours = tour.max_tours.value,
          .fewest_line_days = tour.min_line_days.value,
          .shadow_days = escort ? 0 : tour.shadow_days.value,
          .most_moves = escort ? 0 : tour.max_moves.value,
          .orientation = tour.orientation_days.value,
          .rest = tour.rest_days_home.value,
          .longest = tour.max_deployment_days.value,
          .travel_counts = tour.travel_counts.value};
}

// (D7). The need bounds the line days by (D3), so its length is no limit of its own for the stay at one request; over
// several stays the lengths add up.
TourRules rules_without_crew(const ScenarioData& data, const Assignment& a, const Kind& kind) {
  int longest_need = 0;
  for (const Stint& stint : a.stints)
    longest_need +=
        stint.request ? days_between(data.requests[*stint.request].need.first, data.requests[*stint.request].need.last)
                      : kLongestDeployment;
  return {.most_duty_days = longest_need, .rest = kind.refurbish_days};
}

TourRules rules_of(const ScenarioData& data, const Assignment& a, const Kind& kind) {
  const TourTerms& tour = data.agreements[a.agreement].tour;
  if (kind.crewed && !kind.relieved)
    return rules_with_crew(tour, a.escort.has_value());
  TourRules rules = rules_without_crew(data, a, kind);
  if (kind.relieved) {
    rules.fewest_line_days = tour.min_line_days.value;
    rules.orientation = tour.orientation_days.value;
  }
  return rules;
}

const geo::Itinerary* journey_of(const ScenarioData& data, const Assignment& a, const Stint& stint) {
  const Unit& unit = data.units[a.unit];
  return data.travel.find({unit.base, destination_of(data, a, stint), unit.kind, a.agreement});
}

bool is_ascending(const std::vector<Day>& days) {
  return std::ranges::adjacent_find(days, std::ranges::greater_equal{}) == days.end();
}

// Lays the day lists of all stints out on one line. A day that is named twice keeps its first duty.
class DutyCollector {
 public:
  void add(std::size_t stint, Duty duty, const std::vector<Day>& days) {
    ascending_ = ascending_ && is_ascending(days);
    for (const Day day : days)
      disjoint_ = duties_.emplace(day, DutyDay{day, duty, stint}).second && disjoint_;
  }
  bool is_tidy() const noexcept { return ascending_ && disjoint_; }
  std::vector<DutyDay> take() const {
    std::vector<DutyDay> all;
    all.reserve(duties_.size());
    for (const auto& [day, duty] : duties_)
      all.push_back(duty);
    return all;
  }

 private:
  std::map<Day, DutyDay> duties_;
  bool ascending_ = true;
  bool disjoint_ = true;
};

// Stints follow one another: no day of a later one before a day of an earlier one.
bool are_stints_in_order(const std::vector<DutyDay>& duties) {
  return std::ranges::is_sorted(duties, {}, [](const DutyDay& duty) { return duty.stint; });
}

void judge_duty_days(const Timeline& timeline, bool tidy, Verdict& verdict) {
  const Assignment& a = *timeline.assignment;
  const std::string subject = timeline.subject();
  if (!tidy)
    verdict.report({.code = "stint.days", .subject = subject});
  if (!are_stints_in_order(timeline.duties))
    verdict.report({.code = "stint.order", .subject = subject});
  for (const DutyDay& duty : timeline.duties) {
    if (a.depart <= duty.day && duty.day <= a.home)
      continue;
    verdict.report({.code = "stint.outside",
                    .subject = subject,
                    .day = duty.day,
                    .amount = static_cast<double>(std::ranges::count_if(
                        timeline.duties, [&](const DutyDay& d) { return d.day < a.depart || d.day > a.home; }))});
    return;
  }
}

void add_moves(const ScenarioData& data, Timeline& timeline) {
  const Assignment& a = *timeline.assignment;
  for (std::size_t i = 1; i < a.stints.size(); ++i) {
    if (a.stints[i].request == a.stints[i - 1].request)
      continue;
    const Destination from = destination_of(data, a, a.stints[i - 1]);
    const Destination to = destination_of(data, a, a.stints[i]);
    timeline.moves.push_back({i, data.travel.find_move({from, to, timeline.unit->kind})});
  }
}

void lay_out(const ScenarioData& data, Timeline& timeline, Verdict& verdict) {
  const Assignment& a = *timeline.assignment;
  DutyCollector duties;
  for (std::size_t i = 0; i < a.stints.size(); ++i) {
    duties.add(i, Duty::Move, a.stints[i].move_days);
    duties.add(i, Duty::Line, a.stints[i].line_days);
    duties.add(i, Duty::Shadow, a.stints[i].shadow_days);
    duties.add(i, Duty::Off, a.stints[i].days_off);
  }
  timeline.duties = duties.take();
  if (!a.stints.empty()) {
    timeline.outward = journey_of(data, a, a.stints.front());
    timeline.homeward = journey_of(data, a, a.stints.back());
  }
  timeline.reaches_all =
      std::ranges::all_of(a.stints, [&](const Stint& stint) { return journey_of(data, a, stint) != nullptr; });
  add_moves(data, timeline);
  judge_duty_days(timeline, duties.is_tidy(), verdict);
}

}  // namespace

std::string Timeline::subject() const {
  return name_of(*assignment, unit);
}

std::string clause_of(const Timeline& timeline, const Provenance& from) {
  return from.clause.empty() ? timeline.agreement->id : from.clause;
}

AgencyIndex borrower_of(const ScenarioData& data, const Assignment& assignment, const Stint& stint) {
  return stint.request ? data.requests[*stint.request].borrower : assignment.borrower;
}

bool is_down(const Unit& unit, Day day) {
  return std::ranges::any_of(unit.down, [&](const DayInterval& period) { return period.contains(day); });
}

std::optional<Day> recalled_from(const ScenarioData& data, const Timeline& timeline) {
  std::optional<Day> first;
  for (const Recall& recall : data.recalls)
    if (is_recalled(recall, timeline.unit->agency, *timeline.agreement))
      first = first ? std::min(*first, recall.effective) : recall.effective;
  return first;
}

Timeline make_timeline(const ScenarioData& data, const Assignment& a, Verdict& verdict) {
  Timeline timeline;
  timeline.assignment = &a;
  timeline.unit = &data.units[a.unit];
  timeline.kind = &data.kinds.kinds[timeline.unit->kind];
  timeline.agreement = &data.agreements[a.agreement];
  timeline.rules = rules_of(data, a, *timeline.kind);
  lay_out(data, timeline, verdict);
  return timeline;
}

Evidence gather(const Scenario& scenario, const Plan& plan, Verdict& verdict) {
  Evidence evidence{.scenario = &scenario, .plan = &plan, .timelines = {}};
  std::set<std::string> ids;
  for (const Assignment& a : plan.assignments) {
    if (a.id.empty() || !ids.insert(a.id).second)
      verdict.report({.code = "assignment.id", .subject = name_of(a, nullptr)});
    if (is_judgeable(scenario.data(), a, verdict))
      evidence.timelines.push_back(make_timeline(scenario.data(), a, verdict));
  }
  mark_told(evidence);
  return evidence;
}

}  // namespace relevo::planner::checking
