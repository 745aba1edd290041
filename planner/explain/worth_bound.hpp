// SPDX-License-Identifier: MIT
#pragma once

#include "planner/explain/worth.hpp"
#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace relevo::planner {

/// How far below the present plan the best plan with one more, or one less, can be at most: one Lagrangian bound for
/// all subjects (docs/explain.md, section 7). Its rows are those of the scenario in which every subject has one more,
/// with the sides that they have without, so that they hold for one more of any of them; its prices are found once.
class WorthBound {
 public:
  struct Options {
    int rounds = 150;  ///< of pricing
    std::function<bool()> stop;
  };
  /// \pre `present` is a plan of the scenario; the subjects are of worth_subjects()
  WorthBound(const Scenario& scenario, const Plan& present, const std::vector<WorthSubject>& subjects,
             const Options& options);

  /// Points: no plan is below. From the planning date on, or from the day on which the row is there.
  double now() const noexcept { return now_; }
  double with_one_more(const WorthSubject& subject) const;
  double with_one_less(const WorthSubject& subject) const;

 private:
  /// Of a lender and a kind, points that all rows (3) come to.
  struct OfReserve {
    double one_unit_more = 0.0;  ///< where one unit of each row more is there
    double one_kept_less = 0.0;
  };
  struct OfRow {
    double first = 0.0;  ///< least price of a roster of one more unit
    double last = 0.0;   ///< of the unit that goes where there is one less
  };
  double now_ = 0.0;
  double proved_ = 0.0;  ///< of the scenario as it is, at the prices found
  std::map<std::pair<AgencyIndex, KindIndex>, OfReserve> reserves_;
  std::map<UnitIndex, OfRow> rows_;
};

}  // namespace relevo::planner
