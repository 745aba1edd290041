// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/plan_state.hpp"
#include "planner/solve/recreate.hpp"
#include "planner/solve/search_index.hpp"
#include "planner/solve/search_random.hpp"

#include <cstddef>
#include <vector>

namespace relevo::planner {

/// A part of a plan to be made anew: whose rosters go, and how new ones are found.
struct Neighbourhood {
  std::vector<Seat> vacated;
  RecreateTask task;
};

/// What a part is taken around.
enum class RuinKind {
  Request,  ///< units at a request and at others near it
  Open,     ///< a request with open need: units that could come, wherever they are
  Lender,   ///< units of a lender, escorts with them
  Escorts,  ///< all that one lender has at one borrower, and its escorts
  Window,   ///< units of one kind away on the same days
  Class,    ///< units of one class
  Crowd,    ///< one unit, and those whose places it and they take
  Package   ///< the lines of a package, to be filled or cleared
};
inline constexpr std::size_t kRuinKinds = 8;

/// Draws parts of a plan. The same plan and random numbers give the same part.
class NeighbourhoodSource {
 public:
  NeighbourhoodSource(const PlanModel& model, const SearchIndex& index, const RowGuide& guide)
      : model_(model), index_(index), guide_(guide) {}

  /// A part with about `size` seats; empty where the plan has none of the kind.
  Neighbourhood draw(const PlanState& state, RuinKind kind, std::size_t size, SearchRandom& random) const;

 private:
  struct Drawing;
  const PlanModel& model_;
  const SearchIndex& index_;
  const RowGuide& guide_;
};

}  // namespace relevo::planner
