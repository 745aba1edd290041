// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/neighbourhood.hpp"
#include "planner/solve/plan_state.hpp"
#include "planner/solve/roster_pricing.hpp"
#include "planner/solve/row_guide.hpp"
#include "planner/solve/search_index.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace relevo::planner {

/// A roster that a relaxation lets some units of a class follow, not always a whole number of them.
struct RelaxedRoster {
  std::size_t unit_class = 0;
  Roster roster;
  double units = 0.0;
};

struct SearchProgress {
  double seconds = 0.0;
  long rounds = 0;
  double objective = 0.0;  ///< of the best plan so far
};

struct SearchOptions {
  std::uint64_t seed = 0;
  int threads = 1;                ///< never changes the plan
  long rounds = 1000;             ///< the deterministic limit
  std::optional<double> seconds;  ///< wall clock, looked at between parts
  std::function<bool()> stop;     ///< looked at between parts; true ends the search with the best plan so far
  std::function<void(const SearchProgress&)> on_progress;  ///< after each round
};

/// What a search did, for benchmarks.
struct SearchCounts {
  /// Parts of one kind and size.
  struct Arm {
    RuinKind kind = RuinKind::Request;
    int most_seats = 0;
    long tasks = 0;
    long accepted = 0;
    long responses = 0;
    double points = 0.0;  ///< gained, where parts made the plan better
  };
  std::vector<Arm> arms;
  long rounds = 0;
  long tasks = 0;
  long accepted = 0;
  long improved = 0;
  long responses = 0;  ///< dynamic programmes solved
};

/// Improves plans by making parts of them anew, again and again: the rosters of a part go, and each unit gets the best
/// one as the plan then stands (large neighbourhood search over best responses).
///
/// A round makes kTasks parts anew, each by itself on the same plan, on as many threads as there are; then they are
/// taken over one after the other where they still fit and pay. Which parts, and what becomes of them, depends on the
/// seed and the plan alone.
class LocalSearch {
 public:
  /// Prices of rows that a relaxation found (Master::prices), to be looked at beside those of the plan.
  void set_guide(std::vector<double> price_of_row, int threads);
  const RowGuide& guide() const noexcept { return guide_; }

  /// `pricing`: by class. All must outlive the search.
  LocalSearch(const PlanModel& model, const std::vector<RosterPricing>& pricing);
  ~LocalSearch();

  static constexpr int kTasks = 16;

  /// A plan from nothing. Pinned units come first. Then the units draw among the rosters of a relaxation, each as
  /// likely as many units follow it, escorts before those they escort, and go where no rule is broken; lender by
  /// lender, those who are left follow their best response. It breaks rules only where best responses do not find how
  /// to keep pins.
  PlanState construct(std::uint64_t seed, const std::vector<RelaxedRoster>& relaxed = {}) const;

  /// The plan with other rosters on some seats: those `given`, where they break no rule, and best responses on the
  /// rest.
  PlanState construct_on(PlanState state, std::uint64_t seed, const std::vector<Seat>& seats,
                         const std::vector<std::pair<Seat, RecordPtr>>& given) const;

  /// Never worse than `start`, which breaks no rule.
  PlanState improve(const PlanState& start, const SearchOptions& options);

  const SearchCounts& counts() const noexcept { return counts_; }

 private:
  class Run;
  void draw(PlanState& state, const std::vector<RelaxedRoster>& relaxed, SearchRandom& random) const;
  const PlanModel& model_;
  const std::vector<RosterPricing>& pricing_;
  SearchIndex index_;
  RowGuide guide_;
  SearchCounts counts_;
};

}  // namespace relevo::planner
