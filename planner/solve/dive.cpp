// SPDX-License-Identifier: MIT
#include "planner/solve/dive.hpp"

#include "planner/solve/dual_steps.hpp"

#include <algorithm>
#include <utility>

namespace relevo::planner {

namespace {

// Found by trial on seasons of the tiers M and L (docs/solver.md).
constexpr int kDiveSteps = 20;    ///< of the prices, before each batch
constexpr double kLength = 0.01;  ///< of these steps
constexpr int kEscortBatches = 8;
constexpr double kEscortShare = 0.25;  ///< of the escorts still free, in one batch
constexpr double kLeastShare = 0.2;    ///< of the steps, for which an escort followed a roster that is fixed
constexpr int kBatches = 20;
constexpr double kShare = 0.1;  ///< of the units still free, in one batch at least

class Dive {
 public:
  Dive(const PlanModel& model, const Master& master, const RosterOracle& oracle, const DualAscentResult& raised,
       const DiveOptions& options)
      : model_(model),
        problem_(model.problem()),
        master_(master),
        oracle_(oracle),
        options_(options),
        pool_(*raised.pool),
        steps_(master, oracle.threads()),
        duals_(raised.duals),
        state_(model),
        below_(problem_.classes.size(), 0.0) {}

  std::vector<RelaxedRoster> run() {
    steps_.fit_to(pool_.largest_use());
    if (options_.escorts_in_batches) {
      go_down(true, kEscortBatches);
    } else {
      go_on();
      round_escorts();
    }
    // Those who are not needed give room to nobody.
    for (std::size_t c = 0; c < problem_.classes.size(); ++c)
      if (is_escort(c))
        pool_.close(c);
    go_down(false, kBatches);
    return std::move(fixed_);
  }

 private:
  bool is_escort(std::size_t c) const {
    const auto& duties = problem_.classes[c].duties;
    return std::all_of(duties.begin(), duties.end(), [](const Duty& duty) { return duty.escort_group.has_value(); });
  }

  /// The next free member of the class follows the record, where that breaks no rule and pays.
  bool fix(std::size_t c, const RecordPtr& record, bool must_pay) {
    const Seat seat = model_.seat(c, problem_.classes[c].members.size() - pool_.free(c));
    const PlanValue change = state_.set(seat, record);
    if (must_pay && (change.all_broken() > 0.0 || change.points >= 0.0)) {
      state_.set(seat, nullptr);
      return false;
    }
    pool_.fix(c, record);
    fixed_.push_back({c, record->roster, 1.0});
    return true;
  }

  /// Escorts follow the rosters they followed last, as many as go into whole units on the way through the
  /// sum of their shares.
  void round_escorts() {
    std::size_t last = problem_.classes.size();
    double sum = 0.0;
    double next = 0.5;
    double units = 0.0;
    for (const auto& one : pool_.shares()) {
      if (!is_escort(one.unit_class))
        continue;
      if (one.unit_class != last) {
        last = one.unit_class;
        units = static_cast<double>(pool_.free(last));
        sum = 0.0;
        next = 0.5;
      }
      sum += one.share * units;
      while (next < sum && pool_.free(last) > 0) {
        fix(last, one.record, false);
        next += 1.0;
      }
    }
  }

  /// Prices follow what is open, and who follows which roster is counted anew.
  void go_on() {
    pool_.restart_counts();
    for (int i = 0; i < kDiveSteps; ++i) {
      pool_.choose(steps_.prices(duals_), oracle_.threads());
      pool_.count();
      steps_.step(duals_, pool_.use(), kLength);
    }
  }

  void go_down(bool escorts, int batches) {
    for (int batch = 0; batch < batches && !(options_.stop && options_.stop()); ++batch) {
      if (batch > 0 || !escorts)
        price();
      go_on();
      if (!fix_batch(escorts, batch + 1 == batches))
        break;
    }
  }

  void price() {
    std::vector<std::size_t> open;
    for (std::size_t c = 0; c < problem_.classes.size(); ++c)
      if (pool_.free(c) > 0)
        open.push_back(c);
    if (open.empty())
      return;
    const auto answers = oracle_.ask(master_.prices(duals_), below_, 1, open);
    for (const std::size_t c : open)
      if (!answers[c].rosters.empty())
        pool_.follow(c, &answers[c].rosters.front().roster);
    steps_.fit_to(pool_.largest_use());
  }

  /// False: nothing was left to fix.
  bool fix_batch(bool escorts, bool is_last) {
    auto shares = pool_.shares();
    std::erase_if(shares, [&](const auto& share) {
      return is_escort(share.unit_class) != escorts || (escorts && share.share < kLeastShare);
    });
    std::stable_sort(shares.begin(), shares.end(), [](const auto& a, const auto& b) { return a.share > b.share; });
    std::size_t free = 0;
    for (std::size_t c = 0; c < problem_.classes.size(); ++c)
      free += is_escort(c) == escorts ? pool_.free(c) : 0;
    const auto quota =
        static_cast<std::size_t>(is_last ? static_cast<double>(free)
                                         : (escorts ? kEscortShare : kShare) * static_cast<double>(free)) +
        1;
    std::size_t done = 0;
    for (const auto& one : shares) {
      if (done >= quota)
        break;
      const double units = one.share * static_cast<double>(pool_.free(one.unit_class));
      auto count = std::max<std::size_t>(1, static_cast<std::size_t>(units));
      for (; count > 0 && pool_.free(one.unit_class) > 0; --count, ++done)
        if (!fix(one.unit_class, one.record, !escorts)) {
          pool_.forbid(one.unit_class, one.record);
          break;
        }
    }
    return done > 0;
  }

  const PlanModel& model_;
  const Problem& problem_;
  const Master& master_;
  const RosterOracle& oracle_;
  const DiveOptions& options_;
  RosterPool pool_;
  DualSteps steps_;
  std::vector<double> duals_;
  PlanState state_;  // what is fixed
  std::vector<double> below_;
  std::vector<RelaxedRoster> fixed_;
};

}  // namespace

std::vector<RelaxedRoster> dive(const PlanModel& model, const Master& master, const RosterOracle& oracle,
                                const DualAscentResult& raised, const DiveOptions& options) {
  return Dive(model, master, oracle, raised, options).run();
}

}  // namespace relevo::planner
