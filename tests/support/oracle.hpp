// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace relevo::test {

/// The best plan of a tiny scenario by exhaustive search; docs/model.md, section 5, merged.
struct OracleResult {
  bool feasible = false;  ///< false: the pins cannot hold
  bool complete = true;   ///< false: given up after `nodes`; the objective is then only that of some plan
  double objective = 0;
  double need = 0;     ///< points of unmet need
  double changes = 0;  ///< points of changes to what was announced
  double cost = 0;     ///< money, implicit escorts and lifts included
  double tier = 0;     ///< tier points
  int extension_days = 0;
  int drops = 0;      ///< where handover has a price
  int movements = 0;  ///< where movements have a price or a least number of persons
  std::int64_t nodes = 0;
  std::vector<std::string> rosters;  ///< of units that go: "brigade#1 ..ttLLLh" from the first day of the horizon on
};

/// Of a line: unmet need over the planning days, in its measure, is at most this.
struct UnmetLimit {
  planner::RequestIndex request{0U};
  int most = 0;
};

/// Finds for every single unit each word of day states that sections 1 and 2 allow, and searches all combinations of
/// the words of all units under the rules of section 3. Written from docs/model.md alone: it shares nothing with the
/// rules, the solver or check. Means for a few units over about ten days.
/// Only plans within the limits count; where there is none, the result is not feasible.
OracleResult brute_force(const planner::Scenario& scenario, std::int64_t max_nodes = 20'000'000,
                         const std::vector<UnmetLimit>& limits = {});

/// The best of the plans whose contingents are not those of `than`: where not as many units of each kind and type set
/// out on each day under each agreement from each base to each borrower, or leave for home and come home (escorts, own
/// forces and commitments do not count).
OracleResult brute_force_other(const planner::Scenario& scenario, const planner::Plan& than,
                               std::int64_t max_nodes = 20'000'000);
/// The best of the plans in which, of some agency, base, kind and type, more units set out to a borrower than in
/// `than`, on whichever days and under whichever agreement; own forces count, escorts and commitments do not.
OracleResult brute_force_others_come(const planner::Scenario& scenario, const planner::Plan& than,
                                     std::int64_t max_nodes = 20'000'000);

}  // namespace relevo::test
