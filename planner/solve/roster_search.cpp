// SPDX-License-Identifier: MIT
#include "planner/solve/roster_search.hpp"

#include "planner/solve/column_generation.hpp"
#include "planner/solve/dual_ascent.hpp"
#include "planner/solve/network_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <utility>

namespace relevo::planner {

namespace {

constexpr double kFirstShare = 0.5;              // of the price of unmet need, to begin with
constexpr double kProofTolerance = 1e-6;         // points
constexpr std::size_t kMostEnumerated = 60'000;  // rosters of all classes together
constexpr std::size_t kMostRestricted = 30'000;  // columns of a programme over the rosters found

class Search {
 public:
  Search(const Problem& problem, const RowTable& rows, const RosterPlan& start, const RosterSearchOptions& options)
      : problem_(problem),
        rows_(rows),
        options_(options),
        started_(std::chrono::steady_clock::now()),
        coupling_(make_coupling(problem, rows, reach_of_duties(problem, rows))),
        oracle_(problem, rows, options.threads),
        incumbent_(start) {
    result_.constant = coupling_.constant;
  }

  RosterSearchResult run() {
    Master master(problem_, rows_, coupling_);
    master.add(columns_of(incumbent_));
    const auto relaxed = relax(master);
    result_.rounds = relaxed.rounds;
    result_.bound = std::max(relaxed.bound, coupling_.constant);
    result_.columns = master.columns().size();
    result_.proof = fmt::format("column generation over rosters, Lagrangian bound after {} rounds", relaxed.rounds);
    if (relaxed.complete && master.lacks()) {
      result_.end = MipResult::End::Infeasible;
      return std::move(result_);
    }
    if (!is_over() && !is_proved() && master.columns().size() <= kMostRestricted)
      take(solve_over(master, options_.mip.nodes / 4), master);
    if (!is_over() && !is_proved() && !relaxed.duals.rows.empty())
      finish(relaxed);
    if (result_.end == MipResult::End::Infeasible)
      return std::move(result_);
    if (is_proved()) {
      result_.end = MipResult::End::Optimal;
      result_.bound = incumbent_.objective;
    } else if (options_.mip.stop && options_.mip.stop()) {
      result_.end = MipResult::End::Stopped;
    } else if (is_out_of_time()) {
      result_.end = MipResult::End::TimeLimit;
    } else if (options_.mip.gap > 0.0 && is_within(options_.mip.gap)) {
      result_.end = MipResult::End::GapLimit;
    }
    return std::move(result_);
  }

 private:
  double elapsed() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count(); }
  bool is_out_of_time() const { return options_.mip.seconds && elapsed() >= *options_.mip.seconds; }
  bool is_over() const { return is_out_of_time() || (options_.mip.stop && options_.mip.stop()); }
  bool has_plan() const { return incumbent_.objective < kInfinity; }
  bool is_within(double gap) const {
    return incumbent_.objective - result_.bound <= gap * std::abs(incumbent_.objective);
  }
  bool is_proved() const {
    return has_plan() &&
           incumbent_.objective - result_.bound <= kProofTolerance + 1e-9 * std::abs(incumbent_.objective);
  }

  void report() const {
    if (!options_.mip.on_progress)
      return;
    Progress progress;
    progress.seconds = elapsed();
    progress.nodes = result_.nodes;
    progress.bound = result_.bound;
    if (incumbent_.objective < kInfinity)
      progress.incumbent = incumbent_.objective;
    options_.mip.on_progress(progress);
  }

  std::vector<RosterColumn> columns_of(const RosterPlan& plan) const {
    std::map<UnitIndex, std::map<int, std::size_t>> class_of;
    for (std::size_t c = 0; c < problem_.classes.size(); ++c)
      for (const auto& member : problem_.classes[c].members)
        class_of[member.unit][member.ordinal] = c;
    std::vector<RosterColumn> columns;
    for (const auto& one : plan.rosters)
      if (!one.roster.empty())
        columns.push_back(
            make_roster_column(problem_, rows_, class_of.at(one.member.unit).at(one.member.ordinal), one.roster));
    return columns;
  }

  /// Prices and rosters to begin with, without a linear programme.
  void ascend(Master& master, ColumnGenerationOptions& options) {
    DualAscentOptions ascent;
    ascent.rounds = options_.ascent_rounds;
    ascent.stop = options.stop;
    ascent.on_round = [this](int rounds, double bound) {
      result_.rounds = rounds;
      result_.bound = std::max(bound, coupling_.constant);
      report();
    };
    auto raised = raise_bound(problem_, rows_, master, oracle_, master.first_duals(kFirstShare), ascent);
    master.add(std::move(raised.rosters));
    options.start = {raised.bound, raised.duals, raised.class_duals};
    options.first_round = raised.rounds;
  }

  ColumnGenerationResult relax(Master& master) {
    ColumnGenerationOptions options;
    options.rounds = options_.ascent_rounds + options_.rounds;
    options.stop = [this] { return is_over(); };
    options.on_round = [this](int rounds, double, double bound) {
      result_.rounds = rounds;
      result_.bound = std::max(bound, coupling_.constant);
      report();
    };
    ascend(master, options);
    return generate_columns(problem_, rows_, master, oracle_, options);
  }

  MipResult solve_over(const Master& master, int nodes) {
    MipOptions mip = options_.mip;
    mip.nodes = std::max(1, nodes);
    if (mip.seconds)
      mip.seconds = std::max(0.01, *mip.seconds - elapsed());
    mip.on_progress = {};
    const LinearModel model = master.as_model();
    MipResult found = solve_mip(model, mip);
    found.objective += coupling_.constant;
    found.bound += coupling_.constant;
    result_.nodes += found.nodes;
    return found;
  }

  /// Takes a better plan.
  void take(const MipResult& found, const Master& master) {
    if (found.values.empty() || found.objective >= incumbent_.objective - kProofTolerance)
      return;
    incumbent_.objective = found.objective;
    incumbent_.rosters.clear();
    std::vector<std::size_t> next_member(problem_.classes.size(), 0);
    const std::size_t first = coupling_.model.columns.size();
    for (std::size_t j = 0; j < master.columns().size(); ++j) {
      const RosterColumn& column = master.columns()[j];
      const auto& members = problem_.classes[column.unit_class].members;
      for (long n = std::lround(found.values[first + j]); n > 0; --n)
        incumbent_.rosters.push_back({members[next_member[column.unit_class]++], column.roster});
    }
    result_.plan = incumbent_;
    report();
  }

  /// The programme over all rosters that a better plan could use.
  void finish(const ColumnGenerationResult& relaxed) {
    // Infinite where there is no plan at hand: then all rosters there are.
    const double gap = incumbent_.objective - relaxed.bound + kProofTolerance;
    const Master sides(problem_, rows_, coupling_);
    const auto prices = sides.prices(relaxed.duals.rows);
    std::vector<RosterColumn> all;
    RosterPrices days;
    for (std::size_t c = 0; c < problem_.classes.size(); ++c) {
      if (problem_.classes[c].duties.empty())
        continue;
      if (is_over())
        return;
      DayPricing(problem_, rows_, c).fill(prices, days);
      const auto rosters =
          NetworkSearch(problem_, rows_, c).within(days, relaxed.duals.classes[c] + gap, kMostEnumerated - all.size());
      if (!rosters)
        return;
      for (const auto& roster : *rosters)
        all.push_back(make_roster_column(problem_, rows_, c, roster));
    }
    Master whole(problem_, rows_, coupling_);
    result_.columns = all.size();
    whole.add(std::move(all));
    const MipResult found = solve_over(whole, options_.mip.nodes);
    take(found, whole);
    if (found.end == MipResult::End::Infeasible) {
      // No plan is better than the one at hand; where there is none, none exists.
      if (incumbent_.objective < kInfinity)
        result_.bound = incumbent_.objective;
      else
        result_.end = MipResult::End::Infeasible;
      return;
    }
    result_.bound = std::max(result_.bound, std::min(found.bound, incumbent_.objective));
    result_.proof = fmt::format(
        "column generation over rosters, {} rounds; branch and bound by CBC over the {} rosters within the gap, {} "
        "nodes",
        result_.rounds, result_.columns, result_.nodes);
  }

  const Problem& problem_;
  const RowTable& rows_;
  const RosterSearchOptions& options_;
  std::chrono::steady_clock::time_point started_;
  Coupling coupling_;
  RosterOracle oracle_;
  RosterPlan incumbent_;
  RosterSearchResult result_;
};

}  // namespace

RosterSearchResult search_rosters(const Problem& problem, const RowTable& rows, const RosterPlan& start,
                                  const RosterSearchOptions& options) {
  return Search(problem, rows, start, options).run();
}

}  // namespace relevo::planner
