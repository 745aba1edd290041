// SPDX-License-Identifier: MIT
#include "planner/solve/local_search.hpp"

#include "planner/solve/seconds.hpp"
#include "planner/solve/side_by_side.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <numeric>
#include <utility>

namespace relevo::planner {

namespace {

constexpr double kLeastGain = 1e-6;
/// Seats of a part: from and to, by class of size.
constexpr std::array<std::pair<int, int>, 3> kSizes{{{1, 4}, {5, 10}, {11, 24}}};
constexpr std::size_t kArms = kRuinKinds * kSizes.size();
/// How fast what was earned is forgotten, each time an arm is pulled.
constexpr double kForgets = 0.1;
/// Share of the pulls that goes to arms that earned nothing.
constexpr double kEven = 0.3;
/// A plan worse than the best by this share of it is still gone on from; rounds without a better one before the search
/// returns to the best.
constexpr double kDeviation = 2e-5;
constexpr long kPatience = 200;
/// Unit-days of the highest priority that a missing escort costs while a plan is constructed.
constexpr double kMissingAtFirst = 0.25;

/// What a part made anew comes to.
struct Outcome {
  std::vector<SeatChange> changes;  // empty: nothing
  double points = 0.0;
  long responses = 0;
};

/// Which sort of part earns how much for the work it makes.
class Arms {
 public:
  explicit Arms(const SearchIndex& index) {
    for (std::size_t arm = 0; arm < kArms; ++arm) {
      const auto kind = static_cast<RuinKind>(arm % kRuinKinds);
      const bool has_any = (kind != RuinKind::Escorts || !index.escort_groups.empty()) &&
                           (kind != RuinKind::Package || !index.packages.empty());
      if (has_any)
        known_.push_back(arm);
    }
  }

  std::size_t draw(SearchRandom& random) const {
    const double sum = std::accumulate(earned_.begin(), earned_.end(), 0.0);
    const double even = 1.0 / static_cast<double>(known_.size());
    double at = random.share();
    for (const std::size_t arm : known_) {
      at -= sum > 0.0 ? kEven * even + (1.0 - kEven) * earned_[arm] / sum : even;
      if (at < 0.0)
        return arm;
    }
    return known_.back();
  }

  void count(std::size_t arm, double points, long responses) {
    const double rate = std::max(0.0, -points) / static_cast<double>(std::max(1L, responses));
    earned_[arm] += kForgets * (rate - earned_[arm]);
  }

 private:
  std::vector<std::size_t> known_;
  std::array<double, kArms> earned_{};
};

}  // namespace

/// One call of improve().
class LocalSearch::Run {
 public:
  Run(LocalSearch& search, const PlanState& start, const SearchOptions& options)
      : search_(search),
        options_(options),
        source_(search.model_, search.index_, search.guide_),
        arms_(search.index_),
        best_(start.value().points),
        began_(std::chrono::steady_clock::now()) {
    const int threads = std::clamp(options.threads, 1, kTasks);
    for (int i = 0; i < threads; ++i)
      workers_.push_back(std::make_unique<Worker>(search, start));
  }

  PlanState run() {
    for (long round = 0; round < options_.rounds && !must_stop(); ++round) {
      make_anew(round);
      take_over();
      ++search_.counts_.rounds;
      if (round - improved_in_ > kPatience) {
        return_to_best();
        improved_in_ = round;
      }
      if (is_better_) {
        improved_in_ = round;
        is_better_ = false;
      }
      if (options_.on_progress)
        options_.on_progress({seconds(), round + 1, best_});
    }
    return_to_best();
    plan().restart_sum();
    return std::move(plan());
  }

 private:
  struct Worker {
    Worker(const LocalSearch& search, const PlanState& start)
        : state(start), recreation(search.model_, search.index_, search.pricing_, search.guide_) {}
    PlanState state;
    Recreation recreation;
    std::size_t synced = 0;  // changes of log_ made to the state
  };

  PlanState& plan() { return workers_.front()->state; }

  double seconds() const { return seconds_since(began_); }

  bool must_stop() const {
    return (options_.stop && options_.stop()) || (options_.seconds && seconds() >= *options_.seconds);
  }

  void make_anew(long round) {
    for (int i = 0; i < kTasks; ++i) {
      const auto task = static_cast<std::size_t>(i);
      seeds_[task] = SearchRandom::seed_of(options_.seed, static_cast<std::uint64_t>(round * kTasks + i));
      SearchRandom random(seeds_[task]);
      arm_of_[task] = arms_.draw(random);
    }
    side_by_side(kTasks, static_cast<int>(workers_.size()), [this](std::size_t task, std::size_t worker) {
      bring_up_to_date(*workers_[worker]);
      outcomes_[task] = try_one(*workers_[worker], task);
    });
    for (auto& worker : workers_) {
      bring_up_to_date(*worker);  // who had nothing to do
      worker->synced = 0;
    }
    log_.clear();
  }

  /// The changes that the plan has seen since this worker's copy was like it.
  void bring_up_to_date(Worker& worker) const {
    for (; worker.synced < log_.size(); ++worker.synced)
      if (&worker != workers_.front().get())
        worker.state.set(log_[worker.synced].first, log_[worker.synced].second);
  }

  Outcome try_one(Worker& worker, std::size_t task) const {
    if (must_stop())
      return {};
    SearchRandom random(SearchRandom::seed_of(seeds_[task], 1));
    const auto kind = static_cast<RuinKind>(arm_of_[task] % kRuinKinds);
    const auto [least, most] = kSizes[arm_of_[task] / kRuinKinds];
    const auto size = static_cast<std::size_t>(random.between(least, most));
    const Neighbourhood part = source_.draw(worker.state, kind, size, random);
    if (part.task.seats.empty())
      return {};
    Attempt attempt(worker.state);
    for (const Seat seat : part.vacated)
      attempt.set(seat, nullptr);
    const long before = worker.recreation.responses();
    Outcome outcome;
    if (worker.recreation.run(attempt, part.task, random) && attempt.value().points < allowed()) {
      outcome.changes = attempt.changes();
      outcome.points = attempt.value().points;
    }
    outcome.responses = worker.recreation.responses() - before;
    attempt.undo();
    return outcome;
  }

  /// Points that a change may cost.
  double allowed() const { return best_ + kDeviation * std::abs(best_) - current_at_start(); }
  double current_at_start() const { return current_; }

  void take_over() {
    for (std::size_t task = 0; task < kTasks; ++task) {
      Outcome& outcome = outcomes_[task];
      ++search_.counts_.tasks;
      search_.counts_.responses += outcome.responses;
      const double points = outcome.changes.empty() ? 0.0 : take_over(outcome);
      SearchCounts::Arm& arm = search_.counts_.arms[arm_of_[task]];
      ++arm.tasks;
      arm.accepted += points != 0.0 ? 1 : 0;
      arm.responses += outcome.responses;
      arm.points += std::max(0.0, -points);
      arms_.count(arm_of_[task], points, outcome.responses);
    }
  }

  /// Makes the changes to the plan, as it stands by now, where they still fit and pay.
  double take_over(const Outcome& outcome) {
    for (const auto& change : outcome.changes)
      if (plan().record(change.seat) != change.before)
        return 0.0;
    PlanValue value;
    for (const auto& change : outcome.changes)
      value += plan().set(change.seat, change.after);
    if (!plan().is_feasible() || value.points >= allowed()) {
      std::for_each(outcome.changes.rbegin(), outcome.changes.rend(),
                    [this](const SeatChange& change) { plan().set(change.seat, change.before); });
      return 0.0;
    }
    ++search_.counts_.accepted;
    current_ += value.points;
    for (const auto& change : outcome.changes) {
      log_.emplace_back(change.seat, change.after);
      since_best_.emplace_back(change.seat, change.before);
    }
    if (current_ < best_ - kLeastGain) {
      best_ = current_;
      since_best_.clear();
      is_better_ = true;
      ++search_.counts_.improved;
    }
    return value.points;
  }

  void return_to_best() {
    std::for_each(since_best_.rbegin(), since_best_.rend(), [this](const auto& change) {
      plan().set(change.first, change.second);
      log_.emplace_back(change.first, change.second);
    });
    since_best_.clear();
    current_ = best_;
  }

  LocalSearch& search_;
  const SearchOptions& options_;
  NeighbourhoodSource source_;
  std::vector<std::unique_ptr<Worker>> workers_;
  Arms arms_;
  std::array<std::uint64_t, kTasks> seeds_{};
  std::array<std::size_t, kTasks> arm_of_{};
  std::array<Outcome, kTasks> outcomes_;
  std::vector<std::pair<Seat, RecordPtr>> log_;         // changes of the last round, for the other workers
  std::vector<std::pair<Seat, RecordPtr>> since_best_;  // what they were before, since the best plan
  double best_;
  double current_ = best_;
  long improved_in_ = 0;
  bool is_better_ = false;
  std::chrono::steady_clock::time_point began_;
};

LocalSearch::LocalSearch(const PlanModel& model, const std::vector<RosterPricing>& pricing)
    : model_(model), pricing_(pricing), index_(model) {
  for (std::size_t arm = 0; arm < kArms; ++arm)
    counts_.arms.push_back({static_cast<RuinKind>(arm % kRuinKinds), kSizes[arm / kRuinKinds].second});
}

LocalSearch::~LocalSearch() = default;

void LocalSearch::set_guide(std::vector<double> price_of_row, int threads) {
  guide_ = RowGuide(model_, pricing_, std::move(price_of_row), threads);
}

/// Gives members of each class the rosters of the relaxation: one for each whole unit on the way through their sum.
void LocalSearch::draw(PlanState& state, const std::vector<RelaxedRoster>& relaxed, SearchRandom& random) const {
  const std::size_t classes = model_.problem().classes.size();
  std::vector<double> sum(classes, 0.0);
  std::vector<double> next(classes, 0.0);
  for (double& first : next)
    first = random.share();
  std::vector<std::size_t> taken(classes, 0);
  std::vector<std::pair<Seat, RecordPtr>> escorts;
  std::vector<std::pair<Seat, RecordPtr>> others;
  for (const auto& one : relaxed) {
    const std::size_t c = one.unit_class;
    sum[c] += one.units;
    while (next[c] < sum[c] && taken[c] < model_.problem().classes[c].members.size()) {
      next[c] += 1.0;
      const Seat seat = model_.seat(c, taken[c]++);
      (index_.only_escorts[c] != 0 ? escorts : others).emplace_back(seat, model_.make_record(c, one.roster));
    }
  }
  random.shuffle(others);
  for (auto* all : {&escorts, &others})
    for (auto& [seat, record] : *all) {
      if (state.record(seat))
        continue;
      const PlanValue change = state.set(seat, std::move(record));
      if (change.all_broken() > 0.0 || (all == &others && change.points >= 0.0))
        state.set(seat, nullptr);
    }
}

PlanState LocalSearch::construct(std::uint64_t seed, const std::vector<RelaxedRoster>& relaxed) const {
  PlanState state(model_);
  SearchRandom random(seed);
  Recreation recreation(model_, index_, pricing_, guide_);
  for (std::size_t c = 0; c < model_.problem().classes.size(); ++c) {
    if (model_.pins_of(c).empty())
      continue;
    Attempt attempt(state);
    RecreateTask task;
    for (std::size_t m = 0; m < model_.problem().classes[c].members.size(); ++m)
      task.seats.push_back(model_.seat(c, m));
    recreation.run(attempt, task, random);  // pins of other classes may still be open: the rosters stay
  }
  if (!state.is_feasible())
    return state;
  draw(state, relaxed, random);
  for (const AgencyIndex lender : index_.lenders) {
    Attempt attempt(state);
    RecreateTask task;
    task.seats = index_.seats_of_lender[lender.value()];
    task.missing_points = kMissingAtFirst * index_.unit_points;
    if (!recreation.run(attempt, task, random))
      attempt.undo();
  }
  state.restart_sum();
  return state;
}

PlanState LocalSearch::construct_on(PlanState state, std::uint64_t seed, const std::vector<Seat>& seats,
                                    const std::vector<std::pair<Seat, RecordPtr>>& given) const {
  SearchRandom random(seed);
  for (const Seat seat : seats)
    state.set(seat, nullptr);
  for (const auto& [seat, record] : given)
    if (state.set(seat, record).all_broken() > 0.0)
      state.set(seat, nullptr);
  Recreation recreation(model_, index_, pricing_, guide_);
  Attempt attempt(state);
  RecreateTask task;
  for (const Seat seat : seats)
    if (!state.record(seat))
      task.seats.push_back(seat);
  if (!recreation.run(attempt, task, random))
    attempt.undo();
  state.restart_sum();
  return state;
}

PlanState LocalSearch::improve(const PlanState& start, const SearchOptions& options) {
  return Run(*this, start, options).run();
}

}  // namespace relevo::planner
