// SPDX-License-Identifier: MIT
#include "planner/solve/insertion.hpp"

#include "planner/solve/assemble.hpp"
#include "planner/solve/ledger.hpp"
#include "planner/solve/plan_rosters.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace relevo::planner {

namespace {

class Insertion {
 public:
  Insertion(const Scenario& scenario, const Plan& present, RequestIndex line)
      : line_(line), problem_(make_problem(scenario)), rows_(problem_), ledger_(problem_, rows_) {
    std::map<std::pair<UnitIndex, int>, std::size_t> classes;
    for (std::size_t c = 0; c < problem_.classes.size(); ++c)
      for (const auto& member : problem_.classes[c].members)
        classes[{member.unit, member.ordinal}] = c;
    for (const auto& a : present.assignments) {
      const auto unit_class = classes.find({a.unit, a.ordinal});
      if (a.commitment || unit_class == classes.end())
        continue;
      if (const auto deployment = deployment_of(problem_, unit_class->second, a))
        ledger_.record({a.unit, a.ordinal}, *deployment);
    }
  }

  std::optional<Plan> run(const std::function<bool(const Unit&)>& is_meant) {
    find_trials(is_meant);
    std::stable_sort(trials_.begin(), trials_.end(), [](const Trial& a, const Trial& b) { return a.gain > b.gain; });
    const std::size_t before = ledger_.bookings().size();
    for (const auto& trial : trials_) {
      if (!ledger_.free_member(trial.deployment) || !ledger_.book(trial.deployment))
        continue;
      if (auto plan = plan_if_it_obeys())
        return plan;
      ledger_.roll_back(before);
    }
    return std::nullopt;
  }

  std::optional<Plan> plan_if_it_obeys() const {
    Plan plan = plan_of_bookings();
    const PlanModel model(problem_, rows_);
    if (!state_of(model, plan).state.is_feasible())
      return std::nullopt;
    return plan;
  }

 private:
  struct Trial {
    Deployment deployment;
    int gain = 0;  ///< open days that it covers
  };

  bool is_open(int day) const { return ledger_.open(rows_.row(rows_.coverage_group(line_), day)) > 0.0; }

  void find_trials(const std::function<bool(const Unit&)>& is_meant) {
    for (std::size_t c = 0; c < problem_.classes.size(); ++c) {
      if (is_meant && !is_meant(problem_.data().units[problem_.classes[c].exemplar]))
        continue;
      for (std::size_t d = 0; d < problem_.classes[c].duties.size(); ++d)
        if (problem_.classes[c].duties[d].request == line_)
          for (const auto& departure : problem_.classes[c].duties[d].option.departures)
            add_trials(c, d, departure);
    }
  }

  /// Stays of all lengths that the departure allows and that cover an open day; of those that cover as many, the
  /// shortest.
  void add_trials(std::size_t c, std::size_t d, const DepartureDays::Departure& departure) {
    const PairOption& option = problem_.classes[c].duties[d].option;
    const int depart = departure.day;
    Block block;
    block.duty = d;
    block.first_line = option.terms.first_line(depart);
    const int longest = departure.first_tour_cap + option.terms.extension_days;
    int gain = 0;
    int best = 0;
    for (int days = 1; days <= longest; ++days) {
      const int last = block.first_line + days - 1;
      if (last >= option.need_last || !option.may_end(option.terms.counted_from(depart), last) ||
          !option.may_be_away(depart, option.terms.home(last) + 1))
        break;
      gain += is_open(last) ? 1 : 0;
      if (days < option.terms.min_line_days || gain <= best)
        continue;
      best = gain;
      block.line_days = days;
      trials_.push_back({Deployment{c, depart, {block}}, gain});
    }
  }

  Plan plan_of_bookings() const {
    std::vector<Assignment> assignments;
    for (const auto& booking : ledger_.bookings())
      assignments.push_back(make_assignment(problem_, booking.deployment, booking.member));
    return assemble_plan(problem_, rows_, std::move(assignments), "plan");
  }

  RequestIndex line_;
  Problem problem_;
  RowTable rows_;
  Ledger ledger_;
  std::vector<Trial> trials_;
};

}  // namespace

std::optional<Plan> as_far_as_it_fits(const Scenario& scenario, const Plan& present) {
  return Insertion(scenario, present, RequestIndex(0U)).plan_if_it_obeys();
}

std::optional<Plan> with_one_more(const Scenario& scenario, const Plan& present, RequestIndex line,
                                  const std::function<bool(const Unit&)>& is_meant) {
  return Insertion(scenario, present, line).run(is_meant);
}

}  // namespace relevo::planner
