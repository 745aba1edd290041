// SPDX-License-Identifier: MIT
#include "planner/solve/roster_proof.hpp"

#include "planner/solve/arc_search.hpp"
#include "planner/solve/day_pricing.hpp"
#include "planner/solve/network_search.hpp"
#include "planner/solve/tolerances.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace relevo::planner {

namespace {

constexpr double kNearStart = 0.05;      ///< gap, within which branch and bound looks for no plans of its own,
constexpr double kNearlyProved = 0.001;  ///< and first does without cuts,
constexpr int kFewNodes = 200;           ///< for so many nodes

}  // namespace

RosterProof::RosterProof(const PlanModel& model, const Coupling& coupling, const RosterSearchOptions& options,
                         Incumbent& incumbent)
    : model_(model),
      problem_(model.problem()),
      rows_(model.rows()),
      coupling_(coupling),
      options_(options),
      incumbent_(incumbent) {}

MipOptions RosterProof::options_for(int nodes) const {
  MipOptions mip;
  mip.in_child = true;
  mip.nodes = std::max(1, nodes);
  mip.stop = options_.stop;
  if (options_.seconds)
    mip.seconds = std::max(0.01, *options_.seconds - incumbent_.elapsed());
  return mip;
}

MipResult RosterProof::solve_over(const Master& master, int nodes) {
  MipResult found = solve_mip(master.as_model(), options_for(nodes));
  found.objective += coupling_.constant;
  found.bound += coupling_.constant;
  incumbent_.found().nodes += found.nodes;
  return found;
}

/// Takes a better plan: the members of a class take its rosters in order.
void RosterProof::take(const MipResult& found, const Master& master) {
  if (found.values.empty() || found.objective >= incumbent_.objective() - kProofTolerance)
    return;
  PlanState state(model_);
  std::vector<std::size_t> next_member(problem_.classes.size(), 0);
  const std::size_t first = coupling_.model.columns.size();
  for (std::size_t j = 0; j < master.columns().size(); ++j) {
    const RosterColumn& column = master.columns()[j];
    for (long n = std::lround(found.values[first + j]); n > 0; --n) {
      if (next_member[column.unit_class] == problem_.classes[column.unit_class].members.size())
        return;  // no solution, whatever the solver says
      state.set(model_.seat(column.unit_class, next_member[column.unit_class]++),
                model_.make_record(column.unit_class, column.roster));
    }
  }
  incumbent_.take(std::move(state));
  incumbent_.report();
}

void RosterProof::over(const Master& master, int nodes) {
  if (!incumbent_.is_over())
    take(solve_over(master, nodes), master);
}

void RosterProof::over_all_within_gap(const ColumnGenerationResult& relaxed, std::size_t most) {
  if (incumbent_.is_over() || relaxed.duals.rows.empty())
    return;
  // Infinite where there is no plan at hand.
  const double gap = incumbent_.objective() - relaxed.bound + kProofTolerance;
  const Master sides(problem_, rows_, coupling_);
  const auto prices = sides.prices(relaxed.duals.rows);
  std::vector<RosterColumn> all;
  RosterPrices days;
  for (std::size_t c = 0; c < problem_.classes.size(); ++c) {
    if (problem_.classes[c].duties.empty())
      continue;
    if (incumbent_.is_over())
      return;
    DayPricing(model_, c).fill(prices, days);
    const auto rosters =
        NetworkSearch(problem_, rows_, c).within(days, relaxed.duals.classes[c] + gap, most - all.size());
    if (!rosters)
      return;
    for (const auto& roster : *rosters)
      all.push_back(make_roster_column(problem_, rows_, c, roster));
  }
  RosterSearchResult& result = incumbent_.found();
  Master whole(problem_, rows_, coupling_);
  result.columns = all.size();
  whole.add(std::move(all));
  const MipResult found = solve_over(whole, options_.nodes);
  take(found, whole);
  if (found.end == MipResult::End::Infeasible) {
    // No plan is better than the one at hand; where there is none, none exists.
    if (result.plan)
      result.bound = incumbent_.objective();
    else
      result.end = MipResult::End::Infeasible;
    return;
  }
  result.bound = std::max(result.bound, std::min(found.bound, incumbent_.objective()));
  result.proof = fmt::format(
      "column generation over rosters, {} rounds; branch and bound by CBC over the {} rosters within the gap, {} "
      "nodes",
      result.rounds, result.columns, result.nodes);
}

std::vector<EscortLeaf> RosterProof::by_escorts(const Master& master, const ColumnGenerationResult& relaxed, int nodes,
                                                const std::function<bool()>& is_late) {
  RosterSearchResult& result = incumbent_.found();
  EscortTreeOptions tree;
  tree.objective = incumbent_.objective();
  tree.nodes = std::min(nodes, options_.nodes);
  tree.threads = options_.threads;
  tree.stop = [&] { return incumbent_.is_over() || is_late(); };
  tree.on_nodes = [&, before = result.nodes](int so_far, double bound) {
    result.nodes = before + so_far;
    incumbent_.raise_bound(bound);
  };
  auto found = branch_on_escorts(model_, coupling_, master.columns(), relaxed, tree);
  if (found.nodes > 1) {  // else all escorts were whole
    escort_nodes_ = found.nodes;
    incumbent_.raise_bound(found.bound);
    result.proof = fmt::format("column generation over rosters, {} rounds; branch and bound on escorts, {} nodes",
                               result.rounds, escort_nodes_);
  }
  return std::move(found.leaves);
}

void RosterProof::by_arcs(const Formulation& formulation, const std::vector<double>& most) {
  if (incumbent_.is_over())
    return;
  RosterSearchResult& result = incumbent_.found();
  ArcSearchResult found;
  double bound = result.bound;
  const auto search = [&](int nodes, bool without_cuts) {
    MipOptions mip = options_for(std::min(nodes, options_.nodes - result.nodes));
    mip.gap = options_.gap;
    mip.start_is_good = incumbent_.is_within(kNearStart);
    mip.without_cuts = without_cuts;
    if (options_.on_progress)
      mip.on_progress = [this, begun = incumbent_.elapsed()](const Progress& progress) {
        incumbent_.relay(progress, begun);
      };
    found = search_arcs(model_, formulation, most, *result.plan, mip);
    result.nodes += found.nodes;
    bound = std::max(bound, found.bound);
    if (found.plan)
      incumbent_.take(*std::move(found.plan));
    return found.end == MipResult::End::NodeLimit;
  };
  if (!incumbent_.is_within(kNearlyProved) || search(kFewNodes, true))
    search(options_.nodes, false);
  bound = std::min(bound, incumbent_.objective());
  if (bound > result.bound) {
    result.bound = bound;
    result.proof = fmt::format(
        "column generation over rosters, {} rounds; branch and bound {}by CBC over the {} of {} columns of the compact "
        "model that a better plan could use, {} nodes",
        result.rounds, escort_nodes_ > 0 ? fmt::format("on escorts, {} nodes, and ", escort_nodes_) : "", found.columns,
        formulation.model().columns.size(), found.nodes);
  }
  incumbent_.report();
}

}  // namespace relevo::planner
