// SPDX-License-Identifier: MIT
#include "planner/solve/dive.hpp"

#include "planner/solve/dual_steps.hpp"
#include "planner/solve/search_random.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace relevo::planner {

namespace {

double env(const char* name, double usual) { const char* v = std::getenv(name); return v ? std::atof(v) : usual; }
const int kBatches = static_cast<int>(env("D_BATCHES", 20));
const int kSteps = static_cast<int>(env("D_STEPS", 20));
const double kLength = env("D_LENGTH", 0.01);
const double kLeastBatch = env("D_SHARE", 0.1);  ///< of the units still free

class Dive {
 public:
  Dive(const PlanModel& model, const Master& master, const RosterOracle& oracle, const DualAscentResult& raised,
       const DiveOptions& options)
      : model_(model),
        problem_(model.problem()),
        master_(master),
        oracle_(oracle),
        raised_(raised),
        options_(options),
        random_(options.seed),
        pool_(*raised.pool),
        steps_(master),
        duals_(raised.duals),
        state_(model),
        below_(problem_.classes.size(), 0.0) {}

  std::vector<RelaxedRoster> run() {
    steps_.fit_to(pool_);
    fix_escorts();
    for (int batch = 0; batch < kBatches && !(options_.stop && options_.stop()); ++batch) {
      if (batch > 0)
        price();
      pool_.restart_counts();
      for (int i = 0; i < kSteps; ++i) {
        pool_.choose(master_.prices(duals_));
        pool_.count();
        steps_.step(duals_, pool_, kLength);
      }
      if (!fix_batch(batch + 1 == kBatches))
        break;
    }
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

  /// Escorts follow the rosters of the relaxation, as many as go into whole units on the way through their sum.
  void fix_escorts() {
    std::size_t last = problem_.classes.size();
    double sum = 0.0;
    double next = 0.0;
    for (const auto& one : raised_.rosters) {
      if (!is_escort(one.unit_class))
        continue;
      if (one.unit_class != last) {
        last = one.unit_class;
        sum = 0.0;
        next = random_.share();
      }
      for (sum += one.units; next < sum && pool_.free(last) > 0; next += 1.0)
        fix(last, one.record, false);
    }
  }

  void price() {
    std::vector<std::size_t> open;
    for (std::size_t c = 0; c < problem_.classes.size(); ++c)
      if (pool_.free(c) > 0 && !is_escort(c))
        open.push_back(c);
    if (open.empty())
      return;
    const auto answers = oracle_.ask(master_.prices(duals_), below_, 1, open);
    for (const std::size_t c : open)
      if (!answers[c].rosters.empty())
        pool_.follow(c, &answers[c].rosters.front().roster);
    steps_.fit_to(pool_);
  }

  /// False: nothing was left to fix.
  bool fix_batch(bool is_last) {
    auto shares = pool_.shares();
    std::erase_if(shares, [&](const auto& share) { return is_escort(share.unit_class); });
    std::stable_sort(shares.begin(), shares.end(), [](const auto& a, const auto& b) { return a.share > b.share; });
    std::size_t free = 0;
    for (std::size_t c = 0; c < problem_.classes.size(); ++c)
      free += is_escort(c) ? 0 : pool_.free(c);
    const auto quota = static_cast<std::size_t>(is_last ? static_cast<double>(free) : kLeastBatch * static_cast<double>(free)) + 1;
    std::size_t done = 0;
    for (const auto& one : shares) {
      if (done >= quota)
        break;
      const double units = one.share * static_cast<double>(pool_.free(one.unit_class));
      auto count = std::max<std::size_t>(1, static_cast<std::size_t>(units));
      for (; count > 0 && pool_.free(one.unit_class) > 0; --count, ++done)
        if (!fix(one.unit_class, one.record, true)) {
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
  const DualAscentResult& raised_;
  const DiveOptions& options_;
  SearchRandom random_;
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
