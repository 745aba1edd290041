// SPDX-License-Identifier: MIT
// Section 1 of docs/model.md: one deployment, day by day. With d = depart, k = days of the journey, o = orientation,
// s = first day assigned, e = last day present.
#include "planner/check/rules.hpp"
#include "planner/check/tours.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace relevo::planner::checking {

namespace {

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
    judge_shadow_days();
    judge_moves();
    judge_idle_days();
    judge_need();
    judge_recalls();
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
  void judge_blocks(const TourSequence& sequence);
  void judge_days_off(const TourSequence& sequence);
  void judge_shadow_days();
  void judge_moves();
  void judge_move_days(std::size_t stint);
  void judge_next_borrower(std::size_t stint);
  void judge_idle_days();
  void judge_need();
  void judge_recalls();
  void judge_journey();
  void judge_arrival();
  void judge_longest();
  void judge_return();

  const ScenarioData& data_;
  const Timeline& timeline_;
  Verdict& verdict_;
};

// (D6) departure: in the horizon, after notice and muster, unless it was announced before. Commitments were called
// before the plan was made.
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
  if (early > 0 && !timeline_.told)
    report("unit.notice", depart, early, limit(lead_time, mobilization.notice_days));
}

// (D6) availability: departs on or after the first day, is home on or before the last, and is down on none between.
void DeploymentJudge::judge_availability() {
  const DayInterval& available = timeline_.unit->available;
  const int early = days_between(timeline_.away_first(), available.first);
  if (early > 0)
    report("unit.available", timeline_.away_first(), early);
  const int late = days_between(available.last, timeline_.away_last()) + 1;
  if (late > 0)
    report("unit.available", timeline_.away_last(), late);
  std::optional<Day> first_down;
  int down = 0;
  for (Day day = timeline_.away_first(); day <= timeline_.away_last(); day += Days{1}) {
    if (!is_down(*timeline_.unit, day))
      continue;
    first_down = first_down.value_or(day);
    ++down;
  }
  if (first_down)
    report("unit.down", *first_down, down);
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
  const TourSequence sequence = tours_of(data_, timeline_);
  const int tours = static_cast<int>(sequence.tours.size());
  if (tours > rules().most_tours)
    report("tour.tours", sequence.tours[static_cast<std::size_t>(std::max(rules().most_tours, 0))].first,
           tours - rules().most_tours, limit(rules().most_tours, terms().max_tours));
  for (const Tour& tour : sequence.tours)
    if (const int excess = tour.beyond() - rules().extension; excess > 0)
      report("tour.line_days", tour.first, excess, limit(tour.most + rules().extension, terms().max_line_days));
  judge_blocks(sequence);
  judge_days_off(sequence);
}

// (D2): the first block has at least m line days, every other one. They lie in the first tour, even where nothing marks
// its end.
void DeploymentJudge::judge_blocks(const TourSequence& sequence) {
  const std::vector<Block> blocks = blocks_of(timeline_);
  int fewest = std::max(rules().fewest_line_days, 1);
  const bool is_unmarked = rules().days_off == 0 && rules().most_tours > 1;
  int most = is_unmarked ? sequence.first_most : std::numeric_limits<int>::max();
  for (const Block& block : blocks) {
    const int line_days = std::min(block.line_days, std::max(0, most - (block.duty_days - block.line_days)));
    if (line_days < fewest)
      report("tour.min_line_days", block.first, fewest - line_days, limit(fewest, terms().min_line_days));
    fewest = 1;
    most = std::numeric_limits<int>::max();
  }
  if (blocks.empty())
    report("tour.min_line_days", first_day(), rules().fewest_line_days,
           limit(rules().fewest_line_days, terms().min_line_days));
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

// (D1): the first duty day may be a shadow day, where the agreement has any; there is no other.
void DeploymentJudge::judge_shadow_days() {
  std::optional<Day> first;
  int wrong = 0;
  for (const DutyDay& duty : timeline_.duties) {
    if (duty.duty != Duty::Shadow || (duty.day == first_day() && rules().shadow_days > 0))
      continue;
    first = first.value_or(duty.day);
    ++wrong;
  }
  if (first)
    report("tour.shadow", *first, wrong, limit(rules().shadow_days, terms().shadow_days));
}

// (D8).
void DeploymentJudge::judge_moves() {
  const int moves = static_cast<int>(timeline_.moves.size());
  if (moves > rules().most_moves)
    report("tour.moves", timeline_.away_first(), moves - rules().most_moves,
           limit(rules().most_moves, terms().max_moves));
  for (std::size_t i = 0; i < plan().stints.size(); ++i)
    judge_move_days(i);
  for (const MoveMade& move : timeline_.moves)
    judge_next_borrower(move.to);
}

// Within a tour the move takes its days right before the block it leads to. Between two tours it is made within the
// days off, which belong to the request left. Without a move there are no days of one.
void DeploymentJudge::judge_move_days(std::size_t stint) {
  const auto is_of_stint = [&](const DutyDay& duty) { return duty.stint == stint; };
  const auto first = std::ranges::find_if(timeline_.duties, is_of_stint);
  if (first == timeline_.duties.end())
    return;
  const auto made = std::ranges::find(timeline_.moves, stint, &MoveMade::to);
  int expected = 0;
  if (made != timeline_.moves.end()) {
    if (made->way == nullptr) {
      report("travel.move", first->day, 0);
      return;
    }
    const bool after_days_off =
        first->duty == Duty::Off || (first != timeline_.duties.begin() && std::prev(first)->duty == Duty::Off);
    if (after_days_off && made->way->days > rules().days_off)
      report("stint.move", first->day, made->way->days - rules().days_off);
    if (first->duty == Duty::Off)
      report("stint.days_off", first->day, 0);
    expected = after_days_off ? 0 : made->way->days;
  }
  const int said = static_cast<int>(plan().stints[stint].move_days.size());
  const auto is_move = [](const DutyDay& duty) { return duty.duty == Duty::Move; };
  const auto after_move = std::find_if_not(first, timeline_.duties.end(), is_move);
  const bool comes_first = std::none_of(after_move, timeline_.duties.end(),
                                        [&](const DutyDay& duty) { return is_of_stint(duty) && is_move(duty); });
  if (said != expected || !comes_first)
    report("stint.move", first->day, std::abs(said - expected));
}

// (D8): the borrower stays the same, or the agreement and the lender allow another one.
void DeploymentJudge::judge_next_borrower(std::size_t stint) {
  const AgencyIndex before = borrower_of(data_, plan(), plan().stints[stint - 1]);
  const AgencyIndex next = borrower_of(data_, plan(), plan().stints[stint]);
  if (before == next)
    return;
  const bool has_consent = std::ranges::any_of(data_.consents, [&](const Consent& consent) {
    return consent.lender == timeline_.unit->agency && consent.borrower == next &&
           (consent.channel.empty() || consent.channel == timeline_.agreement->id ||
            consent.channel == timeline_.agreement->family);
  });
  if (terms().move_between_borrowers.value && has_consent)
    return;
  MessageArgs args{{"borrower", data_.agencies[next].id},
                   {"lender", data_.agencies[timeline_.unit->agency].id},
                   {"clause", clause_of(timeline_, terms().move_between_borrowers)}};
  report("stint.borrower", timeline_.away_first(), 0, std::move(args));
}

// (D9), for commitments too.
void DeploymentJudge::judge_recalls() {
  const auto effective = recalled_from(data_, timeline_);
  if (!effective || last_day() < *effective)
    return;
  const auto late =
      std::ranges::count_if(timeline_.duties, [&](const DutyDay& duty) { return duty.day >= *effective; });
  report("deployment.recalled", *effective, static_cast<int>(late),
         {{"lender", data_.agencies[timeline_.unit->agency].id}});
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

// (D3): every line day and shadow day lies in the need of its request.
void DeploymentJudge::judge_need() {
  std::optional<Day> first;
  int outside = 0;
  for (const DutyDay& duty : timeline_.duties) {
    const auto& request = timeline_.stint_of(duty).request;
    const bool is_bound = duty.duty == Duty::Line || duty.duty == Duty::Shadow;
    if (!is_bound || !request || data_.requests[*request].need.contains(duty.day))
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

void judge_deployment(const ScenarioData& data, const Timeline& timeline, Verdict& verdict) {
  DeploymentJudge(data, timeline, verdict).judge();
}

void judge_deployments(const Evidence& evidence, Verdict& verdict) {
  for (const Timeline& timeline : evidence.timelines)
    judge_deployment(evidence.data(), timeline, verdict);
}

}  // namespace relevo::planner::checking
