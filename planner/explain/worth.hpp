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
  bool is_possible = true;  ///< false: pins or commitments need it
  bool is_proved = true;    ///< false: the figures are those of some plan
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
  std::function<bool()> stop;
};

/// All subjects that can matter: roster rows and reserves of kinds that some line asks for, and rows of escorts; in the
/// order of the tables.
std::vector<WorthSubject> worth_subjects(const Scenario& scenario);

/// By solving anew from the present plan (docs/explain.md, section 7). \pre `present` is the best plan
Worth worth_of(const Scenario& scenario, const Plan& present, const WorthSubject& subject, const WorthOptions& options);

}  // namespace relevo::planner
