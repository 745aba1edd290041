// SPDX-License-Identifier: MIT
#include "planner/solve/deployment_pool.hpp"

#include "planner/solve/deployment.hpp"
#include "planner/solve/side_by_side.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relevo::planner {

namespace {

constexpr std::size_t kClassesForThreads = 500;  // fewer choose in less time than a thread takes to begin

}  // namespace

DeploymentPool::DeploymentPool(const PlanModel& model)
    : model_(model),
      classes_(model.problem().classes.size()),
      followed_(model.problem().classes.size()),
      use_(model.rows().size(), 0.0),
      largest_use_(model.rows().size(), 0.0),
      sums_(model.rows().size() + 1, 0.0) {
  for (std::size_t c = 0; c < classes_.size(); ++c)
    classes_[c].free = model.problem().classes[c].members.size();
}

void DeploymentPool::add(std::size_t unit_class, const Roster& roster) {
  if (roster.empty())
    return;
  if (!model_.pins_of(unit_class).empty())
    return add_leg(unit_class, roster, model_.columns());
  for (const auto& deployment : roster)
    add_leg(unit_class, {deployment},
            std::min(model_.columns(), rested_after(model_.problem().classes[unit_class], deployment)));
}

void DeploymentPool::add_leg(std::size_t unit_class, const Roster& roster, int rested) {
  Of& of = classes_[unit_class];
  const int depart = roster.front().depart;
  auto at = static_cast<std::size_t>(std::lower_bound(of.prices.begin(), of.prices.end(), depart,
                                                      [](const Price& price, int day) { return price.depart > day; }) -
                                     of.prices.begin());
  for (; at < of.legs.size() && of.prices[at].depart == depart; ++at)
    if (of.legs[at].record->roster == roster)
      return;
  const RecordPtr record = model_.make_record(unit_class, roster);
  const auto uses = uses_of(unit_class, *record);
  for (const auto& use : uses)
    for (auto row = use.first; row < use.last; ++row)
      largest_use_[row] = std::max(largest_use_[row], std::abs(use.amount));
  const auto count = static_cast<std::uint32_t>(uses.size());
  const std::uint32_t begin = at == 0 ? 0 : of.prices[at - 1].end_of_uses;
  of.uses.insert(of.uses.begin() + begin, uses.begin(), uses.end());
  of.legs.insert(of.legs.begin() + static_cast<std::ptrdiff_t>(at), {record, of.next_id++, clock_});
  of.prices.insert(of.prices.begin() + static_cast<std::ptrdiff_t>(at),
                   {record->points, begin, static_cast<std::int16_t>(depart), static_cast<std::int16_t>(rested)});
  for (; at < of.prices.size(); ++at)
    of.prices[at].end_of_uses += count;
}

std::vector<DeploymentPool::Use> DeploymentPool::uses_of(std::size_t unit_class, const RosterRecord& record) const {
  std::vector<Use> uses;
  const auto add = [&](const RowRun& run) {
    const auto first = static_cast<std::uint32_t>(model_.rows().row(run.group, run.first));
    uses.push_back({first, first + static_cast<std::uint32_t>(run.last - run.first), run.amount});
  };
  for (const auto& run : record.runs)
    add(run);
  // The record's own runs leave pins out.
  for (const GroupIndex group : model_.pins_met(unit_class, record.roster))
    add({group, 0, 1, 1.0});
  return uses;
}

void DeploymentPool::add_use(const Use& use, double units) {
  for (auto row = use.first; row < use.last; ++row)
    use_[row] += units * use.amount;
}

void DeploymentPool::add_use(const Of& of, std::size_t leg, double units) {
  for (auto i = leg == 0 ? 0 : of.prices[leg - 1].end_of_uses; i < of.prices[leg].end_of_uses; ++i)
    add_use(of.uses[i], units);
}

std::size_t DeploymentPool::leg_of(const Of& of, Id id) {
  return static_cast<std::size_t>(
      std::find_if(of.legs.begin(), of.legs.end(), [id](const Leg& leg) { return leg.id == id; }) - of.legs.begin());
}

DeploymentPool::Turn DeploymentPool::turn(Of& of) const {
  Turn turn;
  Ids chosen = cheapest(of);
  for (const Id id : chosen)
    of.legs[leg_of(of, id)].followed = clock_;
  if (of.chosen == chosen)
    return turn;
  const auto is_in = [](const Ids& ids, Id id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); };
  for (const Id id : of.chosen)
    if (!is_in(chosen, id))
      turn.left.push_back(leg_of(of, id));
  for (const Id id : chosen)
    if (!is_in(of.chosen, id))
      turn.taken.push_back(leg_of(of, id));
  of.chosen = std::move(chosen);
  return turn;
}

/// By the sums of the prices.
DeploymentPool::Ids DeploymentPool::cheapest(const Of& of) const {
  constexpr auto kHome = static_cast<std::size_t>(-1);
  const auto days = static_cast<std::size_t>(model_.columns());
  std::vector<double> from(days + 1, 0.0);         // the least price from a day on
  std::vector<std::size_t> next(days + 1, kHome);  // the leg that departs on it, where one does
  std::size_t t = days;
  std::uint32_t use = 0;
  for (std::size_t j = 0; j < of.prices.size(); ++j) {
    const Price& leg = of.prices[j];
    for (; t > static_cast<std::size_t>(leg.depart); --t)
      from[t - 1] = from[t];
    double price = leg.points + from[static_cast<std::size_t>(leg.rested)];
    for (; use < leg.end_of_uses; ++use)
      price += of.uses[use].amount * (sums_[of.uses[use].last] - sums_[of.uses[use].first]);
    if (price < from[t]) {
      from[t] = price;
      next[t] = j;
    }
  }
  Ids ids;
  for (t = 0; t < days;) {
    if (next[t] == kHome) {
      ++t;
      continue;
    }
    ids.push_back(of.legs[next[t]].id);
    t = static_cast<std::size_t>(of.prices[next[t]].rested);
  }
  return ids;
}

void DeploymentPool::choose(const std::vector<double>& price_of_row, int threads) {
  ++clock_;
  for (std::size_t row = 0; row < price_of_row.size(); ++row)
    sums_[row + 1] = sums_[row] + price_of_row[row];
  std::vector<Turn> turns(classes_.size());
  side_by_side(classes_.size(), classes_.size() < kClassesForThreads ? 1 : threads, [&](std::size_t c, std::size_t) {
    if (classes_[c].free > 0)
      turns[c] = turn(classes_[c]);
  });
  for (std::size_t c = 0; c < classes_.size(); ++c) {
    const auto units = static_cast<double>(classes_[c].free);
    for (const std::size_t leg : turns[c].left)
      add_use(classes_[c], leg, -units);
    for (const std::size_t leg : turns[c].taken)
      add_use(classes_[c], leg, units);
  }
}

void DeploymentPool::count() {
  ++counted_;
  for (std::size_t c = 0; c < classes_.size(); ++c) {
    Of& of = classes_[c];
    if (of.chosen.empty())
      continue;
    Followed& followed = followed_[c][of.chosen];
    if (followed.counts++ == 0)
      for (const Id id : of.chosen)
        followed.records.push_back(of.legs[leg_of(of, id)].record);
  }
}

void DeploymentPool::restart_counts() {
  counted_ = 0;
  for (auto& followed : followed_)
    followed.clear();
}

void DeploymentPool::go_home(Of& of) {
  for (const Id id : of.chosen)
    add_use(of, leg_of(of, id), -static_cast<double>(of.free));
  of.chosen.clear();
}

void DeploymentPool::fix(std::size_t unit_class, const RecordPtr& record) {
  go_home(classes_[unit_class]);
  --classes_[unit_class].free;
  for (const auto& use : uses_of(unit_class, *record))
    add_use(use, 1.0);
}

void DeploymentPool::close(std::size_t unit_class) {
  go_home(classes_[unit_class]);
  classes_[unit_class].free = 0;
}

void DeploymentPool::forbid(std::size_t unit_class, const Roster& leg) {
  go_home(classes_[unit_class]);
  keep(classes_[unit_class], [&](const Leg& other) { return other.record->roster != leg; });
}

std::vector<DeploymentPool::Share> DeploymentPool::shares(std::size_t unit_class) const {
  std::vector<Share> all;
  for (const auto& [ids, followed] : followed_[unit_class]) {
    Share share{{}, static_cast<double>(followed.counts) / static_cast<double>(counted_)};
    for (const auto& record : followed.records)
      share.roster.insert(share.roster.end(), record->roster.begin(), record->roster.end());
    all.push_back(std::move(share));
  }
  return all;
}

template <class IsKept>
void DeploymentPool::keep(Of& of, const IsKept& is_kept) {
  Of kept;
  std::uint32_t begin = 0;
  for (std::size_t j = 0; j < of.legs.size(); begin = of.prices[j++].end_of_uses) {
    if (!is_kept(of.legs[j]))
      continue;
    kept.uses.insert(kept.uses.end(), of.uses.begin() + begin, of.uses.begin() + of.prices[j].end_of_uses);
    kept.legs.push_back(std::move(of.legs[j]));
    kept.prices.push_back(of.prices[j]);
    kept.prices.back().end_of_uses = static_cast<std::uint32_t>(kept.uses.size());
  }
  of.legs = std::move(kept.legs);
  of.prices = std::move(kept.prices);
  of.uses = std::move(kept.uses);
}

void DeploymentPool::trim(std::size_t most) {
  for (auto& of : classes_) {
    if (of.legs.size() <= most)
      continue;
    std::vector<long> times;
    for (const auto& leg : of.legs)
      times.push_back(leg.followed);
    std::nth_element(times.begin(), times.end() - static_cast<std::ptrdiff_t>(most), times.end());
    const long oldest = times[times.size() - most];
    const auto is_kept = [&](const Leg& leg) {
      return leg.followed >= oldest || std::find(of.chosen.begin(), of.chosen.end(), leg.id) != of.chosen.end();
    };
    keep(of, is_kept);
  }
}

}  // namespace relevo::planner
