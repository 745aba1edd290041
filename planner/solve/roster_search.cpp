// SPDX-License-Identifier: MIT
#include "planner/solve/roster_search.hpp"

#include "planner/solve/arc_bounds.hpp"
#include "planner/solve/column_generation.hpp"
#include "planner/solve/dive.hpp"
#include "planner/solve/dual_ascent.hpp"
#include "planner/solve/escort_search.hpp"
#include "planner/solve/first_duals.hpp"
#include "planner/solve/incumbent.hpp"
#include "planner/solve/kind_search.hpp"
#include "planner/solve/local_search.hpp"
#include "planner/solve/part_search.hpp"
#include "planner/solve/roster_proof.hpp"
#include "planner/solve/side_by_side.hpp"
#include "planner/solve/tolerances.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace relevo::planner {

namespace {

constexpr double kFirstShare = 0.5;                  // of the price of unmet need, to begin the ascent with
constexpr std::size_t kMostEnumerated = 60'000;      // rosters of all classes together
constexpr std::size_t kFewEnumerated = 2'000;        // the same, where the compact programme is small too
constexpr double kMostArcs = 60'000;                 // of the compact programme, to be made at all
constexpr double kMostArcsQuickly = 30'000;          // the same, where the effort is quick
constexpr std::size_t kMostRestricted = 3'000;       // columns of a programme over the rosters found
constexpr std::size_t kMostRows = 60'000;            // coupling rows for which linear programmes end in seconds
constexpr std::size_t kMostDuties = 20'000;          // of all classes, the same
constexpr std::size_t kMostDutiesOfParts = 600'000;  // the same for a kind, or a few lenders
constexpr double kAscentShareOfTime = 0.3;           // of the ascent, at most
constexpr double kContinentalShareOfTime = 0.5;      // the same, of continental seasons, whose bound rises for longer
constexpr int kContinentalAscent = 200;              // rounds, of which time allows few
constexpr int kExactEvery = 5;                       // the same: rounds that price all duties
constexpr double kFirstShareOfTime = 0.05;           // of the local search before the relaxation
constexpr double kFirstShareOfContinental = 0.01;    // where the dive's plan costs little more than half of it
constexpr long kFirstRounds = 40;
constexpr double kEscortWork = 800'000;          // of branching on escorts: nodes times coupling rows,
constexpr int kMostEscortNodes = 400;            // and nodes
constexpr double kEscortTreeShareOfTime = 0.3;   // the same
constexpr double kWellNarrowed = 0.5;            // share of the columns left
constexpr std::size_t kFewToNarrow = 15'000;     // columns of a compact programme that is solved as it is
constexpr double kGoodStart = 0.01;              // gap, within which escorts and kinds stay as they are
constexpr double kLeastGainOfTurn = 1e-3;        // of a turn, for another one
constexpr std::size_t kMostKnown = 16;           // rosters of a class that a kind made anew begins with
constexpr long kMostKnownWithOne = 2;            // of these: with the same deployment, where others have none new
constexpr int kPricedInKind = 4;                 // rounds, for the kinds of large seasons
constexpr double kShown = 1e-6;                  // units of the relaxation's solution
constexpr int kBatches = 20;                     // of a dive, where linear programmes follow it,
constexpr int kBatchesOfQuick = 100;             // where they do not since the effort is quick,
constexpr int kBatchesOfContinental = 300;       // and since the season is too large
constexpr double kDiveShareOfTime = 0.2;         // of a dive, at most
constexpr int kDraws = 8;                        // of plans from the relaxation's solution
constexpr int kTurns = 8;                        // of parts made anew and local search, by turns
constexpr int kParts = 20;                       // made anew in one turn
constexpr int kPartsOfLarge = 320;               // the same, of large seasons
constexpr double kTurnShareOfTime = 0.1;         // of the local search in one turn
constexpr double kEscortShareOfTime = 0.35;      // of the search for places for escorts in one turn
constexpr double kEscortPartShareOfTime = 0.02;  // the same, of some lenders
constexpr std::size_t kEscortPart = 150;         // classes of these
constexpr double kNearlyAsGood = 0.002;          // a plan that local search goes on from
constexpr int kEscortParts = 2;                  // in one turn
constexpr int kTurnsWithoutKinds = 3;            // of large seasons, after one in which kinds were made anew
constexpr int kFirstRoundsOfPart = 3;            // of pricing
constexpr double kLatestEscorts = 0.8;           // of the time, after which none begins
constexpr double kShortTurnShareOfTime = 0.02;   // before the compact programme
constexpr long kNoLimit = std::numeric_limits<long>::max();

class Search {
 public:
  Search(const PlanModel& model, std::vector<PlanState> start, const RosterSearchOptions& options)
      : model_(model),
        problem_(model.problem()),
        rows_(model.rows()),
        options_(options),
        best_(options),
        coupling_(make_coupling(problem_, rows_, reach_of_duties(problem_, rows_))),
        oracle_(model, options.threads),
        local_(model, oracle_.pricings()),
        proof_(model, coupling_, options, best_),
        is_compact_(estimated_arcs(problem_) <= (options.is_quick ? kMostArcsQuickly : kMostArcs)) {
    best_.set_constant(coupling_.constant);
    for (auto& state : start)
      best_.take(std::move(state));
  }

  RosterSearchResult run() {
    best_.take(local_.construct(options_.seed));
    best_.report();
    improve(is_continental() ? kFirstShareOfContinental : kFirstShareOfTime, kFirstRounds);
    Master master(problem_, rows_, coupling_);
    const auto relaxed = relax(master);
    best_.found().columns = master.columns().size();
    best_.found().proof =
        fmt::format("column generation over rosters, Lagrangian bound after {} rounds", relaxed.rounds);
    if (relaxed.complete && master.lacks())
      best_.found().end = MipResult::End::Infeasible;
    else
      make_whole(master, relaxed);
    return best_.finish();
  }

 private:
  /// Local search for a share of the time, or so many rounds where there is no limit in time.
  void improve(double share_of_time, long rounds) {
    if (best_.found().plan)
      improve_from(*best_.found().plan, share_of_time, rounds);
  }

  void improve_from(const PlanState& plan, double share_of_time, long rounds) {
    if (best_.is_over())
      return;
    SearchOptions options;
    options.seed = options_.seed + static_cast<std::uint64_t>(++searches_);
    options.threads = options_.threads;
    options.rounds = rounds;
    options.stop = options_.stop;
    if (options_.seconds) {
      options.rounds = is_compact_ ? rounds : kNoLimit;
      options.seconds = std::clamp(*options_.seconds - best_.elapsed(), 0.0, share_of_time * *options_.seconds);
    }
    options.on_progress = [this](const SearchProgress& search) { best_.report_plan(search.objective); };
    best_.take(local_.improve(plan, options));
  }

  /// Plans that come from the relaxation, and the proof where it is within reach.
  void make_whole(Master& master, const ColumnGenerationResult& relaxed) {
    draw(master);
    if (!relaxed.duals.rows.empty() && !best_.is_over())
      local_.set_guide(master.prices(relaxed.duals.rows), options_.threads);
    improve(kFirstShareOfTime, kFirstRounds);
    if (!best_.found().plan || (!is_compact_ && is_small(master)))
      proof_.over(master, options_.nodes / 4);
    if (is_small(master))
      proof_.over_all_within_gap(relaxed, is_compact_ ? kFewEnumerated : kMostEnumerated);
    if (has_programmes()) {
      kinds_.emplace(model_, index(), oracle_, local_);
      escorts_.emplace(model_, index(), oracle_, local_);
    }
    if (is_compact_)
      finish_by_arcs(master, relaxed);
    for (int turn = 0; best_.found().plan && !best_.is_over() && turn < kTurns; ++turn) {
      if (escorts_ && !is_large())
        send_escorts_elsewhere(master);
      if (kinds_ && (!is_large() || turn % (1 + kTurnsWithoutKinds) == 0))
        make_kinds_anew(master);
      for (int part = 0; escorts_ && is_large() && turn > 0 && part < kEscortParts; ++part)
        send_escorts_elsewhere(master);
      improve(kTurnShareOfTime, options_.search_rounds / kTurns);
      // Large seasons first take the form that kinds give them; where escorts are sent elsewhere by the programme of
      // the whole, parts of it have nothing to add.
      const bool helps = is_large() ? kinds_.has_value() && turn > 0 : !escorts_ || !escorts_->has_escorts();
      if (helps)
        make_parts_anew(master, kTurnShareOfTime);
    }
  }

  /// By the linear programme over the rosters found, of the whole season where that is solved, else of some lenders.
  void send_escorts_elsewhere(const Master& master) {
    const double share = is_large() ? kEscortPartShareOfTime : kEscortShareOfTime;
    const double until = options_.seconds ? std::min(best_.elapsed() / *options_.seconds + share, kLatestEscorts) : 1.0;
    const auto is_late = [this, until] { return options_.seconds && best_.elapsed() >= until * *options_.seconds; };
    if (best_.is_over() || is_late() || !escorts_->has_escorts())
      return;
    keep_known(master);
    EscortSearchOptions options;
    options.seed = static_cast<std::uint64_t>(turn_of_escorts_++);
    options.threads = options_.threads;
    if (is_large()) {
      options.classes = kEscortPart;
      options.first_rounds = kFirstRoundsOfPart;
    }
    options.stop = [this] { return best_.is_over(); };
    options.is_late = is_late;
    const PlanState next = escorts_->improve(*best_.found().plan, known_, options);
    if (!is_large())
      improve_from(next, kTurnShareOfTime, options_.search_rounds / kTurns);
    else if (next.value().points < best_.objective() - kProofTolerance)
      best_.take(next);
    else if (next.value().points < (1.0 + kNearlyAsGood) * best_.objective())
      improve_from(next, kEscortPartShareOfTime, options_.search_rounds / kTurns / kEscortParts);
    best_.report();
  }

  /// Plans near the solution of the relaxation.
  void draw(const Master& master) {
    std::vector<std::vector<RelaxedRoster>> near;  // what each plan begins with
    for (const bool in_batches : {false, true}) {
      if (best_.is_over() || (is_large() && in_batches))
        break;
      DiveOptions options;
      options.escorts_in_batches = in_batches;
      options.batches = has_programmes() ? kBatches : (options_.is_quick ? kBatchesOfQuick : kBatchesOfContinental);
      if (options_.seconds)
        options.seconds = kDiveShareOfTime * *options_.seconds;
      options.stop = [this] { return best_.is_over(); };
      near.push_back(dive(model_, master, oracle_, raised_, options));
      if (!is_large())
        construct(std::exchange(near, {}));
    }
    const std::size_t draws = is_continental() ? 0 : is_large() ? 1 : kDraws;
    near.insert(near.end(), draws, relaxed_plan_);
    construct(near);
  }

  /// A plan about each of these, side by side.
  void construct(const std::vector<std::vector<RelaxedRoster>>& near) {
    std::vector<std::optional<PlanState>> plans(near.size());
    const auto first = options_.seed + static_cast<std::uint64_t>(searches_) + 1;
    side_by_side(near.size(), options_.threads, [&](std::size_t i, std::size_t) {
      if (!best_.is_over())
        plans[i].emplace(local_.construct(first + i, near[i]));
    });
    searches_ += static_cast<int>(near.size());
    for (auto& plan : plans)
      if (plan)
        best_.take(std::move(*plan));
    best_.report();
  }

  /// Rosters to begin with, by class: those of the linear programme, or of the ascent those that most units followed,
  /// less those that only put together anew what others have.
  void keep_known(const Master& master) {
    if (!known_.empty())
      return;
    known_.resize(problem_.classes.size());
    for (const auto& column : master.columns())
      known_[column.unit_class].push_back(model_.make_record(column.unit_class, column.roster));
    if (!master.columns().empty())
      return;
    auto rosters = raised_.rosters;
    std::stable_sort(rosters.begin(), rosters.end(), [](const auto& a, const auto& b) { return a.units > b.units; });
    for (const auto& one : rosters) {
      auto& of_class = known_[one.unit_class];
      if (of_class.size() < kMostKnown && brings_new(of_class, one.record->roster))
        of_class.push_back(one.record);
    }
  }

  /// Whether the roster has a deployment that few of these have.
  static bool brings_new(const std::vector<RecordPtr>& known, const Roster& roster) {
    return std::any_of(roster.begin(), roster.end(), [&](const Deployment& deployment) {
      return std::count_if(known.begin(), known.end(), [&](const RecordPtr& record) {
               return std::find(record->roster.begin(), record->roster.end(), deployment) != record->roster.end();
             }) < kMostKnownWithOne;
    });
  }

  void make_kinds_anew(const Master& master) {
    if (best_.is_over())
      return;
    keep_known(master);
    KindSearchOptions options;
    options.seed = static_cast<std::uint64_t>(turn_of_kinds_++);
    options.threads = options_.threads;
    if (is_large())
      options.rounds = kPricedInKind;
    options.stop = [this] { return best_.is_over(); };
    options.on_better = [this](double better) { best_.report_plan(better); };
    best_.take(kinds_->improve(*best_.found().plan, known_, options));
    best_.report();
  }

  void make_parts_anew(const Master& master, double share_of_time) {
    if (best_.is_over())
      return;
    keep_known(master);
    if (!parts_)
      parts_.emplace(model_, index(), oracle_);
    PartSearchOptions options;
    options.seed = options_.seed + static_cast<std::uint64_t>(++searches_);
    options.threads = options_.threads;
    options.parts = is_large() ? kPartsOfLarge : kParts;
    if (options_.seconds)
      options.seconds = share_of_time * *options_.seconds;
    options.stop = [this] { return best_.is_over(); };
    options.on_better = [this](double better) { best_.report_plan(better); };
    best_.take(parts_->improve(*best_.found().plan, known_, options));
  }

  const CouplingIndex& index() {
    if (!index_)
      index_.emplace(rows_, coupling_);
    return *index_;
  }

  bool is_small(const Master& master) const { return !is_large() && master.columns().size() <= kMostRestricted; }

  /// The plan's rosters, each once.
  std::vector<RosterColumn> columns_of_plan() const {
    std::vector<RosterColumn> columns;
    std::vector<RecordPtr> of_class;
    for (Seat seat = 0; best_.found().plan && seat < model_.seats(); ++seat) {
      if (model_.position_of(seat) == 0)
        of_class.clear();
      const RecordPtr& record = best_.found().plan->record(seat);
      if (!record || std::any_of(of_class.begin(), of_class.end(),
                                 [&](const RecordPtr& other) { return is_same_roster(record, other); }))
        continue;
      of_class.push_back(record);
      columns.push_back(make_roster_column(problem_, rows_, model_.class_of(seat), record->roster));
    }
    return columns;
  }

  /// Prices and rosters to begin with, without a linear programme.
  void ascend(Master& master, ColumnGenerationOptions& options) {
    DualAscentOptions ascent;
    ascent.rounds = options_.ascent_rounds;
    double share_of_time = kAscentShareOfTime;
    if (is_continental() && !options_.is_quick) {
      ascent.rounds = kContinentalAscent;
      ascent.exact_every = kExactEvery;
      share_of_time = kContinentalShareOfTime;
    }
    if (options_.seconds)
      ascent.seconds = share_of_time * *options_.seconds;
    ascent.stop = options.stop;
    ascent.on_round = [this](int rounds, double bound) { best_.prove(rounds, bound); };
    raised_ = raise_bound(model_, master, oracle_, first_duals(master), ascent);
    options.start = {raised_.bound, raised_.duals, raised_.class_duals};
    options.first_round = raised_.rounds;
    for (const auto& one : raised_.rosters)
      relaxed_plan_.push_back({one.unit_class, one.record->roster, one.units});
    if (is_large())
      return;
    std::vector<RosterColumn> columns;
    for (const auto& one : raised_.rosters)
      columns.push_back(make_roster_column(problem_, rows_, one.unit_class, one.record->roster));
    master.add(std::move(columns));
  }

  /// Those of the plan at hand, or a share of what it costs not to meet a row, whichever proves the better bound.
  std::vector<double> first_duals(const Master& master) const {
    auto duals = master.first_duals(kFirstShare);
    if (!best_.found().plan || best_.is_over())
      return duals;
    auto of_plan = duals_of_plan(coupling_, *best_.found().plan);
    return lagrangian_bound(problem_, master, oracle_, of_plan) > lagrangian_bound(problem_, master, oracle_, duals)
               ? of_plan
               : duals;
  }

  /// Whether the linear programme takes too long, or longer than asked for.
  bool is_large() const {
    return (options_.is_quick && !is_compact_) || coupling_.model.rows.size() > kMostRows || duties() > kMostDuties;
  }
  /// Whether those of parts do, so that local search gains more in the time.
  bool is_continental() const { return duties() > kMostDutiesOfParts; }
  /// Whether kinds are made anew, and escorts sent elsewhere.
  bool has_programmes() const { return is_compact_ || (!options_.is_quick && !is_continental()); }
  std::size_t duties() const {
    std::size_t duties = 0;
    for (const auto& unit_class : problem_.classes)
      duties += unit_class.duties.size();
    return duties;
  }

  static ColumnGenerationResult unproved(double bound) {
    ColumnGenerationResult result;
    result.bound = bound;
    return result;
  }

  ColumnGenerationResult relax(Master& master) {
    if (best_.found().plan && best_.is_over())
      return unproved(best_.found().bound);
    ColumnGenerationOptions options;
    options.rounds = options_.ascent_rounds + options_.rounds;
    options.stop = [this] { return best_.is_over(); };
    options.on_round = [this, &master](int rounds, double, double bound) {
      best_.found().columns = master.columns().size();
      best_.prove(rounds, bound);
    };
    ascend(master, options);
    if (is_large()) {
      ColumnGenerationResult result;
      result.bound = options.start.bound;
      result.duals = {options.start.rows, options.start.classes};
      result.rounds = options.first_round;
      return result;
    }
    master.add(columns_of_plan());
    auto result = generate_columns(problem_, rows_, master, oracle_, options);
    relaxed_plan_.clear();
    const auto units = master.units();
    for (std::size_t j = 0; j < units.size(); ++j)
      if (units[j] > kShown)
        relaxed_plan_.push_back({master.columns()[j].unit_class, master.columns()[j].roster, units[j]});
    return result;
  }

  /// The compact programme without the arcs that no better plan can use.
  void finish_by_arcs(const Master& master, const ColumnGenerationResult& relaxed) {
    if (best_.is_over() || !best_.found().plan || relaxed.duals.rows.empty())
      return;
    const Formulation formulation(problem_);
    auto most = narrow_further(formulation, master, relaxed);
    if (escorts_->has_escorts())
      narrow_by_escorts(formulation, master, relaxed, most);
    proof_.by_arcs(formulation, most);
  }

  /// Less the arcs that a better plan cannot use whatever its escorts are.
  void narrow_by_escorts(const Formulation& formulation, const Master& master, const ColumnGenerationResult& relaxed,
                         std::vector<double>& most) {
    if (best_.is_over())
      return;
    const auto nodes = static_cast<int>(kEscortWork / static_cast<double>(coupling_.model.rows.size()));
    const double until = options_.seconds ? best_.elapsed() + kEscortTreeShareOfTime * *options_.seconds : kInfinity;
    const auto leaves = proof_.by_escorts(master, relaxed, std::min(nodes, kMostEscortNodes),
                                          [this, until] { return best_.elapsed() >= until; });
    const auto of_leaves = most_units(problem_, formulation, master, leaves, best_.objective());
    for (std::size_t j = 0; j < most.size(); ++j)
      most[j] = std::min(most[j], of_leaves[j]);
  }

  /// By column of the formulation, the most units that a better plan can have there. Where that leaves most of the
  /// arcs, better plans are looked for first: the nearer the plan is to the bound, the fewer arcs are left.
  std::vector<double> narrow_further(const Formulation& formulation, const Master& master,
                                     const ColumnGenerationResult& relaxed) {
    auto duals = relaxed.duals.rows;
    const Master sides(problem_, rows_, coupling_);
    const double bound = lagrangian_bound(problem_, sides, oracle_, duals);
    const auto prices = sides.prices(duals);
    const auto left = [&](const std::vector<double>& most) {
      return static_cast<double>(std::count_if(most.begin(), most.end(), [](double units) { return units > 0.0; })) /
             static_cast<double>(most.size());
    };
    bool gains = true;
    for (int turn = 0;; ++turn) {
      auto most = most_units(problem_, formulation, prices, best_.objective() - bound + kProofTolerance);
      if (turn == kTurns || !gains || left(most) <= kWellNarrowed || best_.is_over() || most.size() <= kFewToNarrow)
        return most;
      const double before = best_.objective();
      if (!best_.is_within(kGoodStart)) {
        send_escorts_elsewhere(master);
        make_kinds_anew(master);
      }
      improve(kShortTurnShareOfTime, options_.search_rounds / kTurns);
      make_parts_anew(master, kShortTurnShareOfTime);
      gains = turn == 0 || best_.objective() < before - kLeastGainOfTurn * std::abs(before);
    }
  }

  const PlanModel& model_;
  const Problem& problem_;
  const RowTable& rows_;
  const RosterSearchOptions& options_;
  Incumbent best_;
  Coupling coupling_;
  RosterOracle oracle_;
  LocalSearch local_;
  RosterProof proof_;
  DualAscentResult raised_;
  std::vector<RelaxedRoster> relaxed_plan_;
  std::optional<CouplingIndex> index_;  ///< for the next three
  std::optional<KindSearch> kinds_;
  std::optional<EscortSearch> escorts_;
  std::optional<PartSearch> parts_;
  std::vector<std::vector<RecordPtr>> known_;  ///< rosters to begin with, by class
  int turn_of_kinds_ = 0;
  int turn_of_escorts_ = 0;
  bool is_compact_;  ///< the compact programme is small enough to end with
  int searches_ = 0;
};

}  // namespace

RosterSearchResult search_rosters(const PlanModel& model, std::vector<PlanState> start,
                                  const RosterSearchOptions& options) {
  return Search(model, std::move(start), options).run();
}

}  // namespace relevo::planner
