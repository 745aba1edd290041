// SPDX-License-Identifier: MIT
#include "planner/solve/capped.hpp"

#include "planner/solve/assemble.hpp"
#include "planner/solve/blocks.hpp"
#include "planner/solve/formulation.hpp"
#include "planner/solve/mip.hpp"
#include "planner/solve/plan_rosters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace relevo::planner {

namespace {

using ClassOfMember = std::map<std::pair<UnitIndex, int>, std::size_t>;

ClassOfMember classes_of_members(const Problem& problem) {
  ClassOfMember classes;
  for (std::size_t c = 0; c < problem.classes.size(); ++c)
    for (const auto& member : problem.classes[c].members)
      classes[{member.unit, member.ordinal}] = c;
  return classes;
}

class CappedSearch {
 public:
  CappedSearch(const Scenario& scenario, const Plan& present, const SearchFocus& focus, const CappedOptions& options)
      : present_(present),
        focus_(focus),
        options_(options),
        problem_(make_problem(scenario)),
        formulation_(problem_),
        model_(formulation_.model()) {}

  CappedResult run(const std::vector<UnmetCap>& caps) {
    CappedResult result;
    if (options_.least_unmet_of)
      minimise_unmet();
    if (!add_caps(caps)) {
      result.end = CappedResult::End::Impossible;
      return result;
    }
    // Where the change moves the need, what was assigned to the line may no longer stand, nor what others did with it.
    if (!search(blocks_of_focus(), caps, result))
      search(whole(), caps, result);
    return result;
  }

  std::vector<UnitIndex> rows_in_focus() const {
    const auto is_in = marked(blocks_of_focus());
    const auto is_searched = formulation_.classes_among(is_in);
    std::set<UnitIndex> rows;
    for (std::size_t c = 0; c < problem_.classes.size(); ++c)
      for (const auto& member : problem_.classes[c].members)
        if (is_searched[c])
          rows.insert(member.unit);
    return {rows.begin(), rows.end()};
  }

 private:
  std::vector<bool> marked(const ModelBlock& block) const {
    std::vector<bool> is_in(model_.columns.size(), false);
    for (const int column : block.columns)
      is_in[static_cast<std::size_t>(column)] = true;
    return is_in;
  }

  /// False where the plan that comes out breaks a rule.
  bool search(const ModelBlock& block, const std::vector<UnmetCap>& caps, CappedResult& result) const {
    MipOptions mip;
    mip.nodes = options_.nodes;
    mip.stop = options_.stop;
    mip.in_child = options_.in_child;
    const MipResult found = solve_mip(block.model, mip);
    result.nodes += found.nodes;
    if (found.end == MipResult::End::Infeasible) {
      result.end = CappedResult::End::Impossible;
      return true;
    }
    if (found.values.empty() && !block.columns.empty())
      return true;
    result.plan = plan_of(block, found.values);
    if (!obeys_rules(*result.plan)) {
      result.plan.reset();
      return false;
    }
    const bool keeps = std::all_of(
        caps.begin(), caps.end(), [&](const UnmetCap& cap) { return unmet_of(*result.plan, cap.request) <= cap.most; });
    if (!keeps)  // the solver's tolerances have let it through
      result.plan.reset();
    else if (found.end == MipResult::End::Optimal)
      result.end = CappedResult::End::Found;
    return true;
  }

  bool obeys_rules(const Plan& plan) const {
    const PlanModel model(problem_, formulation_.rows());
    return state_of(model, plan).state.is_feasible();
  }

  void minimise_unmet() {
    for (auto& column : model_.columns)
      column.cost = 0.0;
    for (const auto& unmet : formulation_.unmet())
      if (unmet.request == *options_.least_unmet_of)
        model_.columns[static_cast<std::size_t>(unmet.column)].cost = 1.0;
  }

  /// (9). False where what nobody can avoid is more than a cap.
  bool add_caps(const std::vector<UnmetCap>& caps) {
    bool may_hold = true;
    for (const auto& cap : caps) {
      const double most = cap.most - formulation_.unavoidable(cap.request);
      may_hold = may_hold && most >= 0.0;
      const int row = model_.add_row({fmt::format("unmet_q{}", cap.request.value()), -kInfinity, most});
      for (const auto& unmet : formulation_.unmet())
        if (unmet.request == cap.request)
          model_.add_term(row, unmet.column, 1.0);
    }
    return may_hold;
  }

  ModelBlock whole() const {
    ModelBlock all{model_, {}};
    for (std::size_t j = 0; j < model_.columns.size(); ++j)
      all.columns.push_back(static_cast<int>(j));
    return all;
  }

  /// Empty where nobody can come to the lines.
  ModelBlock blocks_of_focus() const {
    std::vector<bool> is_meant(model_.columns.size(), false);
    for (const auto& unmet : formulation_.unmet())
      if (std::find(focus_.lines.begin(), focus_.lines.end(), unmet.request) != focus_.lines.end())
        is_meant[static_cast<std::size_t>(unmet.column)] = true;
    for (std::size_t c = 0; c < problem_.classes.size(); ++c) {
      const auto& members = problem_.classes[c].members;
      const bool is_of_row = std::any_of(members.begin(), members.end(), [&](const Member& member) {
        return std::find(focus_.units.begin(), focus_.units.end(), member.unit) != focus_.units.end();
      });
      if (is_of_row)
        for (const int column : formulation_.columns_of(c))
          is_meant[static_cast<std::size_t>(column)] = true;
    }
    ModelBlock all;
    for (const auto& block : independent_blocks(model_))
      if (std::any_of(block.columns.begin(), block.columns.end(),
                      [&](int column) { return is_meant[static_cast<std::size_t>(column)]; }))
        append(block, all);
    return all;
  }

  static void append(const ModelBlock& block, ModelBlock& all) {
    const auto first_row = static_cast<int>(all.model.rows.size());
    const auto first_column = static_cast<int>(all.model.columns.size());
    all.columns.insert(all.columns.end(), block.columns.begin(), block.columns.end());
    all.model.columns.insert(all.model.columns.end(), block.model.columns.begin(), block.model.columns.end());
    all.model.rows.insert(all.model.rows.end(), block.model.rows.begin(), block.model.rows.end());
    for (const auto& term : block.model.terms)
      all.model.add_term(first_row + term.row, first_column + term.column, term.value);
  }

  Plan plan_of(const ModelBlock& block, const std::vector<double>& of_block) const {
    std::vector<double> values(model_.columns.size(), 0.0);
    for (std::size_t j = 0; j < block.columns.size(); ++j)
      values[static_cast<std::size_t>(block.columns[j])] = of_block[j];
    std::vector<Assignment> assignments;
    for (const auto& unit : formulation_.deployments_of(values))
      assignments.push_back(make_assignment(problem_, unit.deployment, unit.member));
    const auto is_searched = formulation_.classes_among(marked(block));
    const auto classes = classes_of_members(problem_);
    for (const auto& assignment : present_.assignments) {
      if (assignment.commitment)
        continue;
      const auto unit_class = classes.find({assignment.unit, assignment.ordinal});
      if (unit_class == classes.end() || is_searched[unit_class->second])
        continue;
      if (auto kept = deployment_of(problem_, unit_class->second, assignment))
        assignments.push_back(make_assignment(problem_, *kept, {assignment.unit, assignment.ordinal}));
    }
    return assemble_plan(problem_, formulation_.rows(), std::move(assignments), "plan");
  }

  const Plan& present_;
  const SearchFocus& focus_;
  const CappedOptions& options_;
  Problem problem_;
  Formulation formulation_;
  LinearModel model_;
};

}  // namespace

std::vector<UnitIndex> coupled_rows(const Scenario& scenario, const SearchFocus& focus) {
  return CappedSearch(scenario, {}, focus, {}).rows_in_focus();
}

int unmet_of(const Plan& plan, RequestIndex line) {
  const auto& unmet = plan.requests.at(line.value()).unmet;
  return std::accumulate(unmet.begin(), unmet.end(), 0);
}

CappedResult solve_capped(const Scenario& scenario, const Plan& present, const SearchFocus& focus,
                          const std::vector<UnmetCap>& caps, const CappedOptions& options) {
  return CappedSearch(scenario, present, focus, options).run(caps);
}

}  // namespace relevo::planner
