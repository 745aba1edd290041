// SPDX-License-Identifier: MIT
#include "planner/solve/capped.hpp"

#include "planner/solve/block_model.hpp"
#include "planner/solve/mip.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

namespace relevo::planner {

namespace {

class CappedSearch {
 public:
  CappedSearch(const Scenario& scenario, const Plan& present, const SearchFocus& focus, const CappedOptions& options)
      : focus_(focus),
        options_(options),
        parts_(scenario, present),
        formulation_(parts_.formulation()),
        model_(parts_.model()) {}

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
      search(parts_.whole(), caps, result);
    return result;
  }

  std::vector<UnitIndex> rows_in_focus() const {
    const auto is_searched = parts_.classes_in(blocks_of_focus());
    const Problem& problem = parts_.problem();
    std::set<UnitIndex> rows;
    for (std::size_t c = 0; c < problem.classes.size(); ++c)
      for (const auto& member : problem.classes[c].members)
        if (is_searched[c])
          rows.insert(member.unit);
    return {rows.begin(), rows.end()};
  }

 private:
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
    result.plan = parts_.plan_of(block, found.values);
    if (!parts_.obeys_rules(*result.plan)) {
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

  /// Empty where nobody can come to the lines.
  ModelBlock blocks_of_focus() const {
    std::vector<bool> is_meant(model_.columns.size(), false);
    for (const auto& unmet : formulation_.unmet())
      if (std::find(focus_.lines.begin(), focus_.lines.end(), unmet.request) != focus_.lines.end())
        is_meant[static_cast<std::size_t>(unmet.column)] = true;
    const Problem& problem = parts_.problem();
    for (std::size_t c = 0; c < problem.classes.size(); ++c) {
      const auto& members = problem.classes[c].members;
      const bool is_of_row = std::any_of(members.begin(), members.end(), [&](const Member& member) {
        return std::find(focus_.units.begin(), focus_.units.end(), member.unit) != focus_.units.end();
      });
      if (is_of_row)
        for (const int column : formulation_.columns_of(c))
          is_meant[static_cast<std::size_t>(column)] = true;
    }
    return parts_.blocks_with(is_meant);
  }

  const SearchFocus& focus_;
  const CappedOptions& options_;
  BlockModel parts_;
  const Formulation& formulation_;
  LinearModel& model_;
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
