// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/solve/formulation.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace relevo::planner {

/// In what another plan must be another one.
enum class PlanDifference {
  Contingents,  ///< somebody else comes, or somebody at another time
  Who           ///< somebody comes who does not now: of some lender, base, kind and type more units to a borrower
};

/// Whose units travel together one way, as far as it tells contingents apart (docs/model.md, section 4): lent units of
/// one kind and type, of one base, under one agreement. Escorts do not count: they follow those whom they accompany.
struct TravelKey {
  AgreementIndex agreement{0U};
  AgencyIndex lender{0U};
  AgencyIndex borrower{0U};  ///< of the first request on the way out, of the last on the way home
  BaseIndex base{0U};
  KindIndex kind{0U};
  std::string type;
  bool home = false;  ///< on the way home
  Day first;          ///< out: the departure; home: the release
  Day last;           ///< out: the same; home: the day they are home
  friend auto operator<=>(const TravelKey&, const TravelKey&) = default;
};

/// How many units of a plan travel so; commitments left out. Two plans have the same contingents when these are equal:
/// which of the units that came together go home together makes no difference. Who: only those who set out count, own
/// forces too, under whichever agreement and whenever that is; these parts of the key are the same for all.
std::map<TravelKey, int> travel_counts(const Scenario& scenario, const Plan& plan,
                                       PlanDifference difference = PlanDifference::Contingents);

/// Whether a plan with the counts `after` is another one than that with `before`.
bool is_other(const std::map<TravelKey, int>& before, const std::map<TravelKey, int>& after, PlanDifference difference);

/// The columns of a formulation of which each unit counts for a key.
std::map<TravelKey, std::vector<int>> travel_columns(const Problem& problem, const Formulation& formulation,
                                                     PlanDifference difference = PlanDifference::Contingents);

}  // namespace relevo::planner
