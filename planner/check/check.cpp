// SPDX-License-Identifier: MIT
#include "planner/check/check.hpp"

#include "planner/check/announced.hpp"
#include "planner/check/ledger.hpp"
#include "planner/check/rules.hpp"
#include "planner/check/timeline.hpp"
#include "planner/check/verdict.hpp"

#include <utility>

namespace relevo::planner {

CheckReport check(const Scenario& scenario, const Plan& plan) {
  checking::Verdict verdict;
  checking::Evidence evidence = checking::gather(scenario, plan, verdict);
  checking::match_commitments(evidence, verdict);
  const checking::Ledger ledger = checking::add_up(evidence);
  checking::judge_statements(evidence, verdict);
  checking::judge_deployments(evidence, verdict);
  checking::judge_pairs(evidence, verdict);
  checking::judge_ordinals(evidence, verdict);
  checking::judge_requests(evidence, ledger, verdict);
  checking::judge_lenders(evidence, ledger, verdict);
  checking::judge_lifts(evidence, ledger, verdict);
  checking::judge_movements(evidence, ledger, verdict);
  checking::judge_contingents(evidence, ledger, verdict);
  checking::judge_figures(evidence, ledger, verdict);
  checking::judge_objective(evidence, ledger, verdict);
  checking::remark_changes(evidence, verdict);
  if (verdict.is_clean())
    checking::remark_precedence(evidence, verdict);
  return std::move(verdict).take();
}

}  // namespace relevo::planner
