// SPDX-License-Identifier: MIT
#include "planner/solve/plan_rosters.hpp"

#include "planner/solve/roster_rules.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace relevo::planner {

namespace {

/// The duty of the class that a stint is done under; none: there is no such duty.
std::optional<std::size_t> duty_of(const Problem& problem, const UnitClass& unit_class, const Assignment& assignment,
                                   const Stint& stint) {
  for (std::size_t d = 0; d < unit_class.duties.size(); ++d) {
    const Duty& duty = unit_class.duties[d];
    if (duty.option.agreement != assignment.agreement)
      continue;
    if (!assignment.escort && stint.request && duty.request == stint.request)
      return d;
    if (assignment.escort && duty.escort_group && duty.borrower == assignment.borrower &&
        problem.term_of(problem.escort_groups[*duty.escort_group]).role == *assignment.escort)
      return d;
  }
  return std::nullopt;
}

/// The blocks of one stay: its runs of line days.
std::vector<Block> blocks_of(const Horizon& horizon, std::size_t duty, const Stint& stint) {
  std::vector<Block> blocks;
  for (const Day day : stint.line_days) {
    const int t = horizon.column(day);
    if (blocks.empty() || blocks.back().end() != t) {
      if (!blocks.empty())
        blocks.back().then = Block::Then::TakesDaysOff;
      Block block;
      block.duty = duty;
      block.first_line = t;
      blocks.push_back(block);
    }
    ++blocks.back().line_days;
  }
  if (!blocks.empty())
    blocks.front().shadow = !stint.shadow_days.empty();
  return blocks;
}

/// Links the last block of one stay with the first of the next: a move within a tour, or in the days off between two.
void move_on(const Stint& from, const Stint& to, Block& last, Block& next) {
  const bool in_days_off = !from.days_off.empty() && from.days_off.back() >= from.line_days.back();
  if (in_days_off) {
    last.then = Block::Then::TakesDaysOff;
    next.moved_from = last.duty;
  } else {
    last.then = Block::Then::MovesOn;
    last.next = next.duty;
    last.move_days = static_cast<int>(to.move_days.size());
  }
}

}  // namespace

std::optional<Deployment> deployment_of(const Problem& problem, std::size_t unit_class, const Assignment& assignment) {
  const Horizon& horizon = problem.data().horizon;
  Deployment deployment{unit_class, horizon.column(assignment.depart), {}};
  const Stint* before = nullptr;
  for (const auto& stint : assignment.stints) {
    const auto duty = duty_of(problem, problem.classes[unit_class], assignment, stint);
    if (!duty)
      return std::nullopt;
    auto blocks = blocks_of(horizon, *duty, stint);
    if (blocks.empty())
      return std::nullopt;
    if (before != nullptr)
      move_on(*before, stint, deployment.blocks.back(), blocks.front());
    deployment.blocks.insert(deployment.blocks.end(), blocks.begin(), blocks.end());
    before = &stint;
  }
  if (deployment.blocks.empty() || !obeys_terms(problem.classes[unit_class], deployment))
    return std::nullopt;
  return deployment;
}

StateOfPlan state_of(const PlanModel& model, const Plan& plan) {
  std::map<std::pair<UnitIndex, int>, Seat> seats;
  for (Seat seat = 0; seat < model.seats(); ++seat)
    seats[{model.member_of(seat).unit, model.member_of(seat).ordinal}] = seat;
  StateOfPlan made{PlanState(model)};
  std::map<Seat, Roster> rosters;
  for (const auto& assignment : plan.assignments) {
    if (assignment.commitment)
      continue;
    const auto seat = seats.find({assignment.unit, assignment.ordinal});
    auto deployment =
        seat == seats.end() ? std::nullopt : deployment_of(model.problem(), model.class_of(seat->second), assignment);
    if (deployment)
      rosters[seat->second].push_back(*std::move(deployment));
    else
      ++made.left_out;
  }
  for (auto& [seat, roster] : rosters) {
    std::sort(roster.begin(), roster.end(),
              [](const Deployment& a, const Deployment& b) { return a.depart < b.depart; });
    // (D5): who is not home and rested does not go again.
    Roster kept;
    for (auto& deployment : roster) {
      if (!kept.empty() && deployment.depart < rested_after(model.unit_class_of(seat), kept.back()))
        ++made.left_out;
      else
        kept.push_back(std::move(deployment));
    }
    made.state.set(seat, model.make_record(model.class_of(seat), std::move(kept)));
  }
  return made;
}

namespace {

/// Sends units home whose going breaks rules of the plan, those who leave last first, until none is broken or nothing
/// helps.
void send_home(StateOfPlan& made) {
  PlanState& state = made.state;
  std::vector<Seat> order;
  for (Seat seat = 0; seat < state.model().seats(); ++seat)
    if (state.record(seat))
      order.push_back(seat);
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](Seat seat) { return state.record(seat)->roster.front().depart; });
  for (bool helps = true; helps && !state.is_feasible();) {
    helps = false;
    for (const Seat seat : order) {
      const RecordPtr record = state.record(seat);
      if (!record || state.is_feasible())
        continue;
      if (state.set(seat, nullptr).all_broken() < 0.0) {
        helps = true;
        made.left_out += record->roster.size();
      } else {
        state.set(seat, record);
      }
    }
  }
}

}  // namespace

StateOfPlan start_of(const PlanModel& model, const Plan& plan) {
  StateOfPlan made = state_of(model, plan);
  send_home(made);
  return made;
}

std::vector<Assignment> assignments_of(const PlanState& state) {
  const PlanModel& model = state.model();
  std::vector<Assignment> all;
  for (Seat seat = 0; seat < model.seats(); ++seat)
    if (const auto& record = state.record(seat))
      for (const auto& deployment : record->roster)
        all.push_back(make_assignment(model.problem(), deployment, model.member_of(seat)));
  return all;
}

}  // namespace relevo::planner
