// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace relevo::planner {

/// What one more or one less is asked of.
enum class WorthKind {
  Unit,     ///< units like a roster row, from a day on
  Reserve,  ///< units of a kind that a lender keeps at home; one more means one kept less
  Escort    ///< representatives, leads or interpreters like a roster row, from a day on
};

struct WorthSubject {
  WorthKind kind = WorthKind::Unit;
  AgencyIndex agency{0U};
  KindIndex unit_kind{0U};
  std::optional<UnitIndex> unit;  ///< Unit and Escort: the row
};

/// The best plan with one more (or less), less the present one. A negative objective is a gain.
struct WorthStep {
  bool is_possible = true;  ///< false: pins or commitments need it; or, not proved, no plan was found
  bool is_proved = true;    ///< false: the figures are those of some plan
  /// No plan with it is below the present one by more: what `objective` cannot be less than; none: not known.
  std::optional<double> bound;
  double objective = 0.0;
  double need = 0.0;
  double cost = 0.0;
};

struct Worth {
  WorthSubject subject;
  WorthStep more;
  std::optional<WorthStep> less;  ///< none: there is none to take away
};

struct WorthOptions {
  std::optional<Day> from;  ///< day from which the one more is there, or the one less is gone; none: planning date
  int nodes = 20'000;
  bool in_child = true;
  /// false: from the present plan by one deployment after the other, as for scenarios too large for the compact model.
  /// None: as answers_exactly() says.
  std::optional<bool> is_exact;
  int bound_rounds = 150;  ///< of the bound that figures are given with that are not proved; 0: none
  int threads = 1;         ///< never changes a figure; one is used for the compact model
  std::function<bool()> stop;
};

/// All subjects that can matter: roster rows and reserves of kinds that some line asks for, and rows of escorts; in the
/// order of the tables.
std::vector<WorthSubject> worth_subjects(const Scenario& scenario);

/// By solving anew from the present plan (docs/explain.md, section 7); what is not proved has no bound. \pre `present`
/// is the best plan, or the figures are not exact
Worth worth_of(const Scenario& scenario, const Plan& present, const WorthSubject& subject, const WorthOptions& options);

/// Of all subjects that `is_meant` takes, most valuable first: by what one more gains, then by what one less costs.
std::vector<Worth> worths_of(const Scenario& scenario, const Plan& present, WorthOptions options,
                             const std::function<bool(const WorthSubject&)>& is_meant);

}  // namespace relevo::planner
