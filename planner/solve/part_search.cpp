// SPDX-License-Identifier: MIT
#include "planner/solve/part_search.hpp"

#include "planner/solve/mip.hpp"
#include "planner/solve/neighbourhood.hpp"
#include "planner/solve/seconds.hpp"
#include "planner/solve/side_by_side.hpp"
#include "planner/solve/tolerances.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <memory>
#include <utility>

namespace relevo::planner {

namespace {

// Found by trial on a season of tier L (docs/solver-experiments.md).
constexpr std::size_t kRostersOfPartRound = 2;  ///< of a class, that one round of pricing may bring
constexpr int kPartsTogether = 8;               ///< parts that are made anew on the same plan
constexpr double kLeastPromise = 1e-5;          ///< of what the programme comes to: what its relaxation must gain
constexpr std::array kPartKinds{RuinKind::Request, RuinKind::Open,   RuinKind::Request, RuinKind::Escorts,
                                RuinKind::Request, RuinKind::Lender, RuinKind::Open,    RuinKind::Escorts};

using SeatRecord = std::pair<Seat, RecordPtr>;

}  // namespace

/// Some units, and what they could do beside all others.
class PartSearch::Part {
 public:
  Part(const PartSearch& search, const PlanState& plan, std::uint64_t seed, const PartSearchOptions& options)
      : model_(search.model_), oracle_(search.oracle_), options_(options), others_(plan) {
    SearchRandom random(seed);
    const RuinKind kind = kPartKinds[random.below(kPartKinds.size())];
    const std::size_t size = kind == RuinKind::Request ? options.seats : 2 * options.seats;
    const auto drawn = NeighbourhoodSource(model_, search.search_index_, RowGuide()).draw(plan, kind, size, random);
    for (const Seat seat : drawn.task.seats)
      if (!plan.record(seat) || RosterProgramme::takes(model_, *plan.record(seat), true)) {
        before_.emplace_back(seat, plan.record(seat));
        seats_[model_.class_of(seat)].push_back(seat);
      }
    for (const auto& [seat, record] : before_)
      others_.set(seat, nullptr);
    std::vector<double> units;
    for (const auto& [c, seats] : seats_) {
      classes_.push_back(c);
      units.push_back(static_cast<double>(seats.size()));
    }
    programme_ = std::make_unique<RosterProgramme>(model_, search.index_, others_, classes_, units, true);
    programme_->stop_when(options.stop);
    for (const auto& [seat, record] : before_)
      if (record)
        follow(model_.class_of(seat), record);
  }

  /// Looks for rosters. False: they would better nothing, so that there is nothing to solve.
  bool relax(const std::vector<std::vector<RecordPtr>>& known) {
    if (before_.empty())
      return false;
    for (const std::size_t c : classes_)
      for (const auto& record : known[c])
        programme_->add(c, record);
    if (programme_->rosters() == 0 && !price())
      return false;
    hold_plan();
    const double now = programme_->objective();
    let_go();
    programme_->solve();
    for (int round = 0; round < options_.rounds && !is_over() && price(); ++round)
      programme_->solve();
    if (is_over() || !(programme_->objective() < now - kLeastPromise * std::abs(now)))
      return false;
    hold_plan();
    mip_.start = programme_->values();
    let_go();
    linear_ = programme_->as_model(columns_);
    mip_.nodes = options_.nodes;
    mip_.gap = kLeastPromise;
    mip_.stop = options_.stop;
    return true;
  }

  /// To be solved where relax() says so.
  MipTask task() const noexcept { return {&linear_, &mip_}; }

  /// What the units would better do, by the solution of the task; empty: nothing better was found.
  std::vector<SeatRecord> after(const MipResult& found) const {
    if (found.values.empty() || found.values == mip_.start)
      return {};
    std::map<std::size_t, std::size_t> taken;
    std::vector<SeatRecord> after;
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      const std::size_t c = programme_->class_of(j);
      for (long n = std::lround(found.values[static_cast<std::size_t>(columns_[j])]); n > 0; --n) {
        if (taken[c] == seats_.at(c).size())
          return {};  // no solution, whatever the solver says
        after.emplace_back(seats_.at(c)[taken[c]++], programme_->record(j));
      }
    }
    for (const auto& [c, seats] : seats_)
      for (std::size_t i = taken[c]; i < seats.size(); ++i)
        after.emplace_back(seats[i], nullptr);
    return after;
  }

  /// Whose rosters they were.
  const std::vector<SeatRecord>& before() const noexcept { return before_; }

 private:
  bool is_over() const { return options_.stop && options_.stop(); }

  /// One more unit of the plan that does so.
  void follow(std::size_t unit_class, const RecordPtr& record) {
    programme_->add(unit_class, record);
    units_.resize(programme_->rosters(), 0.0);
    units_[*programme_->find(unit_class, record)] += 1.0;
  }

  /// Solves the programme with what the units did before.
  void hold_plan() {
    units_.resize(programme_->rosters(), 0.0);
    for (std::size_t j = 0; j < units_.size(); ++j)
      programme_->bound(j, units_[j], units_[j]);
    programme_->solve();
  }

  void let_go() {
    for (std::size_t j = 0; j < units_.size(); ++j)
      programme_->bound(j, 0.0, static_cast<double>(seats_.at(programme_->class_of(j)).size()));
  }

  /// Adds rosters that better the programme. False: none does.
  bool price() {
    bool added = false;
    for (auto& [c, record] : programme_->promising(oracle_, classes_, kRostersOfPartRound))
      added = programme_->add(c, std::move(record)) || added;
    return added;
  }

  const PlanModel& model_;
  const RosterOracle& oracle_;
  const PartSearchOptions& options_;
  PlanState others_;  // what the rest does
  std::vector<SeatRecord> before_;
  std::map<std::size_t, std::vector<Seat>> seats_;  // by class
  std::vector<std::size_t> classes_;
  std::unique_ptr<RosterProgramme> programme_;
  std::vector<double> units_;  // of the plan, by roster
  LinearModel linear_;
  std::vector<int> columns_;  // of it, by roster
  MipOptions mip_;
};

PartSearch::PartSearch(const PlanModel& model, const CouplingIndex& index, const RosterOracle& oracle)
    : model_(model), index_(index), oracle_(oracle), search_index_(model) {}

PlanState PartSearch::improve(PlanState start, const std::vector<std::vector<RecordPtr>>& known,
                              const PartSearchOptions& options) const {
  const auto begin = std::chrono::steady_clock::now();
  PartSearchOptions of_part = options;
  of_part.stop = [&] {
    return (options.stop && options.stop()) || (options.seconds && seconds_since(begin) >= *options.seconds);
  };
  for (int first = 0; first < options.parts && !of_part.stop(); first += kPartsTogether) {
    const auto count = static_cast<std::size_t>(std::min(kPartsTogether, options.parts - first));
    std::vector<std::unique_ptr<Part>> parts(count);
    side_by_side(count, options.threads, [&](std::size_t i, std::size_t) {
      const auto seed = SearchRandom::seed_of(options.seed, static_cast<std::uint64_t>(first) + i);
      auto part = std::make_unique<Part>(*this, start, seed, of_part);
      if (part->relax(known))
        parts[i] = std::move(part);
    });
    std::erase(parts, nullptr);
    std::vector<MipTask> tasks;
    tasks.reserve(parts.size());
    for (const auto& part : parts)
      tasks.push_back(part->task());
    const auto solved = solve_mips(tasks, options.threads);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto& before = parts[i]->before();
      const auto after = parts[i]->after(solved[i]);
      if (after.empty() || std::any_of(before.begin(), before.end(),
                                       [&](const SeatRecord& one) { return start.record(one.first) != one.second; }))
        continue;
      const double points = start.value().points;
      for (const auto& [seat, record] : after)
        start.set(seat, record);
      if (start.is_feasible() && start.value().points < points - kProofTolerance) {
        if (options.on_better)
          options.on_better(start.value().points);
        continue;
      }
      for (const auto& [seat, record] : before)
        start.set(seat, record);
    }
  }
  start.restart_sum();
  return start;
}

}  // namespace relevo::planner
