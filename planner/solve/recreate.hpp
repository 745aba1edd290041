// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/attempt.hpp"
#include "planner/solve/roster_pricing.hpp"
#include "planner/solve/row_guide.hpp"
#include "planner/solve/search_index.hpp"
#include "planner/solve/search_random.hpp"
#include "planner/solve/state_prices.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace relevo::planner {

/// What a part of a plan is made anew from.
struct RecreateTask {
  std::vector<Seat> seats;  ///< to be filled, in this order; those with a roster are left alone
  /// Points of a missing escort and day, missing person of a movement, and missing unit and day of a least fill, while
  /// rosters are put in that need more of them; infinite: never missing. What is still missing then is mended, or the
  /// rosters go.
  double missing_points = std::numeric_limits<double>::infinity();
  /// Line days in a hundred that a unit overlooks at random, and by how much in a hundred the worth of the others may
  /// be mistaken: so that others than the best for one unit are tried, which may be better for all.
  int blinks = 0;
  int noise = 0;
  /// Above 0: units may take places on full lines for such a share of what an open one earns (RulePrices::crowding);
  /// who had them looks for another roster, and so on, a few times.
  double crowding = 0.0;
  double guide_share = 0.0;  ///< RulePrices::guide_share, where there is a guide
  /// Escort groups of which some may be missing at that price; empty: all.
  std::vector<std::size_t> open_escorts;
  /// Requests that rosters may go to; empty: all.
  std::vector<char> open_requests;
  std::optional<std::size_t> package;  ///< that is to be filled, if it can be
};

/// Fills seats of a plan with rosters, each the best for its unit as the plan then stands (a best response), and leaves
/// no rule broken. One object for each thread.
class Recreation {
 public:
  Recreation(const PlanModel& model, const SearchIndex& index, const std::vector<RosterPricing>& pricing,
             const RowGuide& guide);

  /// False: rules stay broken; the attempt is to be undone.
  bool run(Attempt& attempt, const RecreateTask& task, SearchRandom& random);

  /// Dynamic programmes solved so far.
  long responses() const noexcept { return responses_; }

 private:
  /// A row group of which some columns break a rule.
  struct Broken {
    GroupIndex group = 0;
    std::vector<char> columns;
  };
  std::optional<double> respond(Attempt& attempt, Seat seat, const RulePrices& rules);
  std::optional<double> put(Attempt& attempt, Seat seat, RecordPtr record, const RulePrices& rules);
  void crowd_in(Attempt& attempt, const std::vector<Seat>& seats, RulePrices rules);
  std::vector<Seat> crowded_out(Attempt& attempt, Seat seat);
  std::optional<Seat> one_on_full_line(const PlanState& state, Seat seat);
  void fill(Attempt& attempt, const std::vector<Seat>& seats, const RulePrices& rules);
  void mistake_prices(std::size_t unit_class);
  RulePrices soft_prices(const PlanState& state, const RecreateTask& task);
  std::vector<std::size_t> escort_groups_of(const Attempt& attempt) const;
  void send_escorts(Attempt& attempt);
  bool send_escort(Attempt& attempt, std::size_t escort_group);
  void trim_escorts(Attempt& attempt, SearchRandom& random);
  bool mend(Attempt& attempt, const RulePrices& hard, SearchRandom& random);
  std::vector<Broken> broken_groups(const Attempt& attempt) const;
  std::vector<Seat> culprits(const PlanState& state, const Broken& broken) const;
  const std::vector<Seat>& users_of(const PlanState& state, GroupIndex index) const;

  const PlanModel& model_;
  const SearchIndex& index_;
  const std::vector<RosterPricing>& pricing_;
  const RowGuide& guide_;
  const RecreateTask* task_ = nullptr;  // that is being done
  SearchRandom* random_ = nullptr;
  bool is_careful_ = false;  // neither closed requests nor mistakes
  StatePricer pricer_;
  RosterPrices prices_;
  RosterPricing::Workspace workspace_;
  std::vector<double> missing_escorts_;
  long responses_ = 0;
};

}  // namespace relevo::planner
