// SPDX-License-Identifier: MIT
#include "planner/solve/dive.hpp"

#include "planner/solve/dual_steps.hpp"
#include "planner/solve/seconds.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace relevo::planner {

namespace {

// Found by trial on seasons of the tiers M, L and XL (docs/solver.md).
constexpr int kDiveSteps = 40;    ///< of the prices, before each batch
constexpr double kLength = 0.01;  ///< of these steps
constexpr int kEscortBatches = 8;
constexpr double kEscortShare = 0.25;      ///< of the escorts still free, in one batch
constexpr double kLeastShare = 0.2;        ///< of the steps, for which an escort followed a roster that is fixed
constexpr double kLeftOpen = 0.01;         ///< of the units, before the last batch
constexpr int kLeastBatches = 20;          ///< however little time there is
constexpr std::size_t kFoundToDive = 3;    ///< rosters that a class is asked for
constexpr std::size_t kPricedToDive = 10;  ///< duties of a day
constexpr std::size_t kMostLegs = 40;      ///< deployments of a class that steps look at

class Dive {
 public:
  Dive(const PlanModel& model, const Master& master, const RosterOracle& oracle, const DualAscentResult& raised,
       const DiveOptions& options)
      : model_(model),
        problem_(model.problem()),
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
      fix_escorts_in_batches();
    } else {
      go_on();
      round_escorts();
    }
    // Those who are not needed give room to nobody.
    for (std::size_t c = 0; c < problem_.classes.size(); ++c)
      if (is_escort(c))
        pool_.close(c);
    fix_units();
    return std::move(fixed_);
  }

 private:
  bool is_escort(std::size_t c) const {
    const auto& duties = problem_.classes[c].duties;
    return std::all_of(duties.begin(), duties.end(), [](const Duty& duty) { return duty.escort_group.has_value(); });
  }

  /// The next free member of the class follows the record, where that breaks no rule and pays.
  bool fix(std::size_t c, const RecordPtr& record, bool must_pay) {
    const Seat seat = next_seat(c);
    const PlanValue change = state_.set(seat, record);
    if (must_pay && !is_good(change)) {
      state_.set(seat, nullptr);
      return false;
    }
    pool_.fix(c, record);
    fixed_.push_back({c, record->roster, 1.0});
    return true;
  }

  static bool is_good(const PlanValue& change) { return change.all_broken() == 0.0 && change.points < 0.0; }

  Seat next_seat(std::size_t c) const { return model_.seat(c, problem_.classes[c].members.size() - pool_.free(c)); }

  /// Nobody else of the class goes where the first of the deployments leads that breaks a rule or does not pay.
  void forbid(std::size_t c, const Roster& roster) {
    if (!model_.pins_of(c).empty())
      return pool_.forbid(c, roster);
    const Seat seat = next_seat(c);
    Roster first;
    for (const auto& deployment : roster) {
      first.push_back(deployment);
      if (is_good(state_.set(seat, model_.make_record(c, first))))
        continue;
      pool_.forbid(c, {deployment});
      break;
    }
    state_.set(seat, nullptr);
  }

  /// Escorts follow the rosters they followed last, as many as go into whole units on the way through the
  /// sum of their shares.
  void round_escorts() {
    for (std::size_t c = 0; c < problem_.classes.size(); ++c) {
      if (!is_escort(c))
        continue;
      const auto units = static_cast<double>(pool_.free(c));
      double sum = 0.0;
      double next = 0.5;
      for (const auto& one : pool_.shares(c)) {
        sum += one.share * units;
        while (next < sum && pool_.free(c) > 0) {
          fix(c, model_.make_record(c, one.roster), false);
          next += 1.0;
        }
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

  bool is_over() const { return options_.stop && options_.stop(); }

  void fix_escorts_in_batches() {
    for (int batch = 0; batch < kEscortBatches && !is_over(); ++batch) {
      if (batch > 0)
        price();
      go_on();
      const bool is_last = batch + 1 == kEscortBatches;
      if (!fix_most_followed(followed(true), is_last ? 1.0 : kEscortShare))
        break;
    }
  }

  /// So many of the units at a time that after as many batches as there is time for next to none are left.
  void fix_units() {
    const auto begin = std::chrono::steady_clock::now();
    double left_open = 0.0;
    for (int done = 0, batches = options_.batches; done < batches && !is_over(); ++done) {
      price();
      go_on();
      const auto shares = followed(false);
      const double units = units_of(shares);
      if (done == 0)
        left_open = kLeftOpen * units;
      else
        batches = batches_in_time(done, begin);
      const bool is_last = done + 1 >= batches || !(units > left_open);
      const double left = is_last ? 0.0 : std::pow(left_open / units, 1.0 / (batches - done));
      if (!fix_most_followed(shares, 1.0 - left) && is_last)
        break;
    }
  }

  /// At the pace of those that are done.
  int batches_in_time(int done, std::chrono::steady_clock::time_point begin) const {
    if (!options_.seconds)
      return options_.batches;
    const double spent = seconds_since(begin);
    const double in_time = *options_.seconds / std::max(spent, 1e-9) * done;
    return static_cast<int>(std::clamp<double>(in_time, std::min(kLeastBatches, options_.batches), options_.batches));
  }

  void price() {
    std::vector<std::size_t> open;
    for (std::size_t c = 0; c < problem_.classes.size(); ++c)
      if (pool_.free(c) > 0)
        open.push_back(c);
    if (open.empty())
      return;
    const auto answers = oracle_.ask(steps_.prices(duals_), below_, kFoundToDive, open, kPricedToDive);
    for (const std::size_t c : open)
      for (const auto& one : answers[c].rosters)
        pool_.add(c, one.roster);
    pool_.trim(kMostLegs);
    steps_.fit_to(pool_.largest_use());
  }

  struct OfClass {
    std::size_t unit_class = 0;
    DeploymentPool::Share followed;
  };

  /// What escorts, or the others, followed lately; what most did first.
  std::vector<OfClass> followed(bool escorts) const {
    std::vector<OfClass> shares;
    for (std::size_t c = 0; c < problem_.classes.size(); ++c)
      if (pool_.free(c) > 0 && is_escort(c) == escorts)
        for (auto& one : pool_.shares(c))
          shares.push_back({c, std::move(one)});
    std::stable_sort(shares.begin(), shares.end(),
                     [](const auto& a, const auto& b) { return a.followed.share > b.followed.share; });
    return shares;
  }

  double units_of(const OfClass& one) const {
    return one.followed.share * static_cast<double>(pool_.free(one.unit_class));
  }
  double units_of(const std::vector<OfClass>& shares) const {
    double units = 0.0;
    for (const auto& one : shares)
      units += units_of(one);
    return units;
  }

  /// Whether anybody is.
  bool fix_most_followed(const std::vector<OfClass>& shares, double share_of_units) {
    const auto quota = static_cast<std::size_t>(share_of_units * units_of(shares)) + 1;
    std::size_t done = 0;
    for (const auto& one : shares) {
      const std::size_t c = one.unit_class;
      const bool escort = is_escort(c);
      if (done >= quota || (escort && one.followed.share < kLeastShare))
        break;
      const auto count = std::max<std::size_t>(1, static_cast<std::size_t>(units_of(one)));
      const RecordPtr record = model_.make_record(c, one.followed.roster);
      for (std::size_t i = 0; i < count && pool_.free(c) > 0; ++i, ++done)
        if (!fix(c, record, !escort)) {
          forbid(c, record->roster);
          break;
        }
    }
    return done > 0;
  }

  const PlanModel& model_;
  const Problem& problem_;
  const RosterOracle& oracle_;
  const DiveOptions& options_;
  DeploymentPool pool_;
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
