// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/coupling.hpp"
#include "planner/solve/plan_state.hpp"
#include "planner/solve/roster_oracle.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace relevo::planner {

struct PartSearchOptions {
  std::uint64_t seed = 0;
  int parts = 100;                ///< the deterministic limit
  std::optional<double> seconds;  ///< wall clock
  int nodes = 200;                ///< of branch and bound in one part
  std::size_t classes = 14;       ///< of one part, at most
  std::function<bool()> stop;
  std::function<void(double objective)> on_better;
};

/// Improves a plan part by part: the units of some classes - those of a few lenders, escorts included, or some of one
/// kind - are taken out, and the programme over all they could do beside the others is solved, by column generation and
/// branch and bound. The others' use of the coupling rows moves to their sides.
class PartSearch {
 public:
  PartSearch(const PlanModel& model, const Coupling& coupling, const RosterOracle& oracle);

  /// Never worse than `start`, which breaks no rule. `row_duals`: prices of the coupling rows to begin with; may be
  /// empty.
  PlanState improve(PlanState start, const std::vector<double>& row_duals, const PartSearchOptions& options);

 private:
  class Part;
  std::vector<std::size_t> lenders_part(std::uint64_t draw, std::size_t most) const;
  std::vector<std::size_t> kind_part(std::uint64_t draw, std::size_t most) const;
  bool solve(PlanState& state, const std::vector<std::size_t>& classes, const std::vector<double>& row_duals,
             const PartSearchOptions& options) const;

  const PlanModel& model_;
  const Coupling& coupling_;
  const RosterOracle& oracle_;
  std::vector<std::vector<std::size_t>> links_of_row_;     // of the coupling, by model row
  std::vector<std::vector<std::size_t>> terms_of_row_;     // by model row
  std::vector<std::vector<std::size_t>> terms_of_column_;  // by auxiliary column
  std::vector<std::vector<std::size_t>> groups_of_class_;  // of the row table that a class can use
  std::vector<std::vector<int>> rows_of_group_;            // of the model, by group of the table
  std::vector<std::vector<std::size_t>> classes_of_lender_;
  std::vector<std::vector<std::size_t>> classes_of_kind_;
};

}  // namespace relevo::planner
