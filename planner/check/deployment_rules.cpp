// SPDX-License-Identifier: MIT
// Section 1 of docs/model.md: one deployment, day by day. With d = depart, k = days of the journey, o = orientation,
// s = first day assigned, e = last day present.
#include "planner/check/rules.hpp"

#include <algorithm>
#include <cmath>

namespace relevo::planner::checking {

namespace {

// One tour: a block of line and shadow days without a day off.
struct Tour {
  Day first;
  int worked = 0;      ///< line and shadow days
  int line = 0;        ///< line days
  int off_before = 0;  ///< days off since the tour before
};

struct TourSequence {
  std::vector<Tour> tours;
  int off_before = 0;  ///< days off before the first tour
  int off_after = 0;   ///< days off after the last tour
};

/// The unit has come home from a commitment and rested before this deployment.
bool follows_a_commitment(const ScenarioData& data, const Timeline& timeline) {
  return std::any_of(data.commitments.begin(), data.commitments.end(), [&](const Commitment& commitment) {
    return commitment.unit == timeline.assignment->unit && commitment.home < timeline.away_first() &&
           std::find(commitment.ordinals.begin(), commitment.ordinals.end(), timeline.assignment->ordinal) !=
               commitment.ordinals.end();
  });
}

// (D2): days already worked count until the unit has had its rest at home. They are the days of a commitment that was
// under way on the planning date, so they are not held against that one again, nor after its rest.
int days_worked_before(const ScenarioData& data, const Timeline& timeline) {
  if (!timeline.kind->crewed || (timeline.committed && timeline.away_first() < data.as_of))
    return 0;
  if (follows_a_commitment(data, timeline))
    return 0;
  const Day fresh = std::max(timeline.unit->available.first, data.as_of) + Days{timeline.rules.rest};
  return timeline.away_first() < fresh ? timeline.unit->days_worked : 0;
}

int most_line_days(const TourRules& rules, std::size_t tour, int worked_before) {
  return tour == 0 ? rules.most_line_days - worked_before : rules.most_line_days;
}

// Without days off between tours (O = 0) nothing marks where one ends: it ends when it is full and another is allowed.
bool begins_next_tour(const TourSequence& sequence, const TourRules& rules, int worked_before) {
  const std::size_t tours = sequence.tours.size();
  if (rules.days_off > 0 || tours == 0 || static_cast<long>(tours) >= rules.most_tours)
    return false;
  return sequence.tours.back().worked >= std::max(1, most_line_days(rules, tours - 1, worked_before));
}

TourSequence tours_of(const Timeline& timeline, int worked_before) {
  TourSequence sequence;
  int off = 0;
  for (const DutyDay& duty : timeline.duties) {
    if (duty.duty == Duty::Off) {
      ++off;
      continue;
    }
    if (sequence.tours.empty()) {
      sequence.off_before = off;
      sequence.tours.push_back({.first = duty.day});
    } else if (off > 0 || begins_next_tour(sequence, timeline.rules, worked_before)) {
      sequence.tours.push_back({.first = duty.day, .off_before = off});
    }
    off = 0;
    ++sequence.tours.back().worked;
    sequence.tours.back().line += duty.duty == Duty::Line ? 1 : 0;
  }
  sequence.off_after = off;
  return sequence;
}

// Reports about one deployment: fills in what all of its faults have in common.
class DeploymentJudge {
 public:
  DeploymentJudge(const ScenarioData& data, const Timeline& timeline, Verdict& verdict)
      : data_(data), timeline_(timeline), verdict_(verdict) {}

  void judge() {
    judge_departure();
    judge_availability();
    judge_rested();
    if (timeline_.duties.empty())
      return;
    judge_tours();
    judge_idle_days();
    judge_need();
    judge_journey();
    if (timeline_.outward != nullptr) {
      judge_arrival();
      judge_longest();
    }
    if (timeline_.homeward != nullptr)
      judge_return();
  }

 private:
  const Assignment& plan() const noexcept { return *timeline_.assignment; }
  const TourRules& rules() const noexcept { return timeline_.rules; }
  const TourTerms& terms() const noexcept { return timeline_.agreement->tour; }
  Day first_day() const noexcept { return timeline_.duties.front().day; }
  Day last_day() const noexcept { return timeline_.duties.back().day; }

  void report(std::string_view code, Day day, int amount, MessageArgs args = {}) {
    verdict_.report({.code = code,
                     .subject = timeline_.subject(),
                     .day = day,
                     .amount = static_cast<double>(amount),
                     .args = std::move(args)},
                    blame(timeline_.committed));
  }
  template <class T>
  MessageArgs limit(int value, const Provision<T>& from) const {
    return {{"limit", std::to_string(value)}, {"clause", clause_of(timeline_, from)}};
  }

  void judge_departure();
  void judge_availability();
  void judge_rested();
  void judge_tours();
  void judge_tour(const Tour& tour, std::size_t position, int worked_before);
  void judge_days_off(const TourSequence& sequence);
  void judge_idle_days();
  void judge_need();
  void judge_journey();
  void judge_arrival();
  void judge_longest();
  void judge_return();

  const ScenarioData& data_;
  const Timeline& timeline_;
  Verdict& verdict_;
};

// (D6) departure: in the horizon, after notice and muster. Commitments were called before the plan was made.
void DeploymentJudge::judge_departure() {
  if (timeline_.committed)
    return;
  const Day depart = timeline_.away_first();
  if (!data_.horizon.contains(depart))
    report("unit.horizon", depart,
           std::max(days_between(depart, data_.horizon.first), days_between(data_.horizon.last(), depart) + 1));
  const MobilizationTerms& mobilization = timeline_.agreement->mobilization;
  const int lead_time = mobilization.notice_days.value + mobilization.muster_days.value;
  const int early = days_between(depart, data_.as_of + Days{lead_time});
  if (early > 0)
    report("unit.notice", depart, early, limit(lead_time, mobilization.notice_days));
}

// (D6) availability: departs on or after the first day, is home on or before the last.
void DeploymentJudge::judge_availability() {
  const DayInterval& available = timeline_.unit->available;
  const int early = days_between(timeline_.away_first(), available.first);
  if (early > 0)
    report("unit.available", timeline_.away_first(), early);
  const int late = days_between(available.last, timeline_.away_last()) + 1;
  if (late > 0)
    report("unit.available", timeline_.away_last(), late);
}

// (D5): the plan's own figure, so that of a commitment too.
void DeploymentJudge::judge_rested() {
  const int wrong = days_between(timeline_.rested(), plan().rested);
  if (wrong != 0)
    verdict_.report({.code = "deployment.rested",
                     .subject = timeline_.subject(),
                     .day = plan().rested,
                     .amount = static_cast<double>(wrong),
                     .args = limit(rules().rest, terms().rest_days_home)});
}

// (D2) and (D7).
void DeploymentJudge::judge_tours() {
  const int worked_before = days_worked_before(data_, timeline_);
  const TourSequence sequence = tours_of(timeline_, worked_before);
  const int tours = static_cast<int>(sequence.tours.size());
  if (tours > rules().most_tours)
    report("tour.tours", sequence.tours[static_cast<std::size_t>(std::max(rules().most_tours, 0))].first,
           tours - rules().most_tours, limit(rules().most_tours, terms().max_tours));
  for (std::size_t i = 0; i < sequence.tours.size(); ++i)
    judge_tour(sequence.tours[i], i, worked_before);
  judge_days_off(sequence);
  if (tours == 0)
    report("tour.min_line_days", first_day(), rules().fewest_line_days,
           limit(rules().fewest_line_days, terms().min_line_days));
}

void DeploymentJudge::judge_tour(const Tour& tour, std::size_t position, int worked_before) {
  const int most = most_line_days(rules(), position, worked_before);
  if (tour.worked > most)
    report("tour.line_days", tour.first, tour.worked - most, limit(most, terms().max_line_days));
  const int fewest = position == 0 ? std::max(rules().fewest_line_days, 1) : 1;
  if (tour.line < fewest)
    report("tour.min_line_days", tour.first, fewest - tour.line, limit(fewest, terms().min_line_days));
}

// (D2): exactly O days off between two tours, none elsewhere.
void DeploymentJudge::judge_days_off(const TourSequence& sequence) {
  const MessageArgs rule = limit(rules().days_off, terms().days_off_in_place);
  for (std::size_t i = 1; i < sequence.tours.size(); ++i) {
    const Tour& tour = sequence.tours[i];
    if (tour.off_before < rules().days_off)
      report("tour.days_off", tour.first, rules().days_off - tour.off_before, rule);
    if (tour.off_before > rules().days_off)
      report("tour.days_off_long", tour.first, tour.off_before - rules().days_off, rule);
  }
  if (sequence.off_before > 0)
    report("tour.days_off_long", first_day(), sequence.off_before, rule);
  if (sequence.off_after > 0)
    report("tour.days_off_long", last_day(), sequence.off_after, rule);
}

// Section 1: a unit present is never idle.
void DeploymentJudge::judge_idle_days() {
  for (std::size_t i = 1; i < timeline_.duties.size(); ++i) {
    const Day before = timeline_.duties[i - 1].day;
    const int gap = days_between(before, timeline_.duties[i].day) - 1;
    if (gap > 0)
      report("tour.idle", before + Days{1}, gap);
  }
}

// (D3): every line day lies in the need of its request.
void DeploymentJudge::judge_need() {
  std::optional<Day> first;
  int outside = 0;
  for (const DutyDay& duty : timeline_.duties) {
    const auto& request = timeline_.stint_of(duty).request;
    if (duty.duty != Duty::Line || !request || data_.requests[*request].need.contains(duty.day))
      continue;
    ++outside;
    first = first.value_or(duty.day);
  }
  if (first)
    report("tour.need", *first, outside);
}

// The journey the plan shows is the one of the travel table. Without legs it is not known (plan.hpp).
void DeploymentJudge::judge_journey() {
  constexpr double kHourTolerance = 0.1;
  constexpr double kMetreTolerance = 1000.0;
  const geo::Itinerary& said = plan().outbound;
  if (said.legs.empty() || timeline_.outward == nullptr)
    return;
  const geo::Itinerary& real = *timeline_.outward;
  const auto is_near = [](double a, double b, double tolerance) { return std::abs(a - b) <= tolerance; };
  const bool same = said.days == real.days && said.legs.size() == real.legs.size() &&
                    is_near(said.hours, real.hours, kHourTolerance) &&
                    is_near(said.ground.metres(), real.ground.metres(), kMetreTolerance) &&
                    is_near(said.air.metres(), real.air.metres(), kMetreTolerance);
  if (!same)
    report("travel.journey", timeline_.away_first(), said.days == real.days ? 0 : 1);
}

// (D1): arrive on d+k-1 (on d when k = 0), then o days of orientation, then the first day assigned. The days of a
// commitment are as given (rule (0)): it may have taken its time.
void DeploymentJudge::judge_arrival() {
  const int travel = timeline_.outward->days;
  const Day depart = timeline_.away_first();
  const Day arrive = depart + Days{std::max(travel, 1) - 1};
  if (plan().arrive != arrive && !timeline_.committed)
    report("travel.arrival", arrive, std::abs(days_between(plan().arrive, arrive)));
  const Day at_work = depart + Days{travel};
  const Day first_line = at_work + Days{rules().orientation};
  if (first_day() < at_work)
    report("travel.arrival", first_day(), days_between(first_day(), at_work));
  else if (first_day() < first_line)
    report("tour.orientation", first_day(), days_between(first_day(), first_line),
           limit(rules().orientation, terms().orientation_days));
  else if (first_day() > first_line && !timeline_.committed)
    report("tour.idle", first_line, days_between(first_line, first_day()));
}

// (D4), not for what has no crew (D7).
void DeploymentJudge::judge_longest() {
  if (!rules().longest)
    return;
  const int days = rules().travel_counts
                       ? days_between(timeline_.away_first(), timeline_.away_last()) + 1
                       : days_between(timeline_.away_first() + Days{timeline_.outward->days}, last_day()) + 1;
  if (days > *rules().longest)
    report("deployment.too_long", timeline_.away_last(), days - *rules().longest,
           limit(*rules().longest, terms().max_deployment_days));
}

// (D3): release = e+1 and home = e+k; both = e when k = 0. A commitment only cannot be home sooner.
void DeploymentJudge::judge_return() {
  const int travel = timeline_.homeward->days;
  const Day release = travel == 0 ? last_day() : last_day() + Days{1};
  const Day home = last_day() + Days{travel};
  if (timeline_.committed && plan().home >= home)
    return;
  if (plan().release != release)
    report("travel.release", release, std::abs(days_between(plan().release, release)));
  if (plan().home != home)
    report("travel.home", home, std::abs(days_between(plan().home, home)));
}

}  // namespace

void judge_deployments(const Evidence& evidence, Verdict& verdict) {
  for (const Timeline& timeline : evidence.timelines)
    DeploymentJudge(evidence.data(), timeline, verdict).judge();
}

}  // namespace relevo::planner::checking
