// SPDX-License-Identifier: MIT
#pragma once

#include "planner/check/check.hpp"
#include "planner/model/day.hpp"
#include "planner/model/diagnostics.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::planner::checking {

/// One broken rule on its way to becoming a Finding. The sentence is the catalogue's "violation.<code>", given `args`
/// and the arguments subject, day and amount.
struct Fault {
  std::string_view code;
  std::string subject;
  std::optional<Day> day;
  double amount = 0.0;
  MessageArgs args;
};

/// Whether the plan or only its commitments broke the rule.
enum class Blame { Plan, Commitment };

inline Blame blame(bool committed) noexcept {
  return committed ? Blame::Commitment : Blame::Plan;
}

/// Collects what the rule families report.
class Verdict {
 public:
  void report(Fault fault, Blame whose = Blame::Plan);
  /// Something worth knowing that breaks no rule: a finding under its own code.
  void remark(Fault fault);
  bool is_clean() const noexcept { return report_.violations.empty(); }
  CheckReport take() && { return std::move(report_); }

 private:
  CheckReport report_;
};

/// Consecutive days on which a limit is exceeded.
struct Run {
  Day first;
  Day last;
  int worst = 0;  ///< largest excess of the run
};

/// The days with a positive excess, joined into runs.
std::vector<Run> runs_of(const std::map<Day, int>& excess);

/// The fault with the days and the amount of the run: arguments `day`, `last` and `amount`.
Fault over_run(Fault fault, const Run& run);

/// "3", "3.25": whole numbers without decimals.
std::string show_number(double value);

/// Of languages, or documents.
inline bool share_a_word(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::find_first_of(a, b) != a.end();
}

/// Days from a to b; negative when b is earlier.
inline int days_between(Day a, Day b) noexcept {
  return static_cast<int>((b - a).count());
}

}  // namespace relevo::planner::checking
