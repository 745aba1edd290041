// SPDX-License-Identifier: MIT
#include "planner/solve/kind_search.hpp"

#include "planner/solve/programme_dive.hpp"
#include "planner/solve/side_by_side.hpp"
#include "planner/solve/tolerances.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <utility>

namespace relevo::planner {

namespace {

// Found by trial on seasons of the tiers M and L (docs/solver.md).
constexpr std::size_t kRostersOfClass = 4;  ///< that one round of pricing may bring
constexpr std::size_t kKindsTogether = 2;   ///< parts that are made anew on the same plan

}  // namespace

KindSearch::KindSearch(const PlanModel& model, const CouplingIndex& index, const RosterOracle& oracle,
                       const LocalSearch& local)
    : model_(model), oracle_(oracle), local_(local), index_(index) {
  std::map<KindIndex, std::vector<std::size_t>> by_kind;
  for (std::size_t c = 0; c < model.problem().classes.size(); ++c) {
    const UnitClass& unit_class = model.problem().classes[c];
    const bool serves = std::any_of(unit_class.duties.begin(), unit_class.duties.end(),
                                    [](const Duty& duty) { return !duty.escort_group; });
    if (serves && model.pins_of(c).empty())
      by_kind[model.problem().data().units[unit_class.exemplar].kind].push_back(c);
  }
  for (auto& [kind, classes] : by_kind)
    classes_of_kind_.push_back(std::move(classes));
}

/// The units of some classes, and what they do.
class KindSearch::Part {
 public:
  Part(const KindSearch& search, const PlanState& state, const std::vector<std::size_t>& classes)
      : model_(search.model_),
        oracle_(search.oracle_),
        guide_(search.local_.guide()),
        classes_(classes),
        seats_(seats_to_fill(model_, state, classes)),
        others_(without(state, seats_)) {
    std::vector<double> units;
    units.reserve(classes.size());
    for (const std::size_t c : classes)
      units.push_back(static_cast<double>(seats_.at(c).size()));
    programme_ = std::make_unique<RosterProgramme>(model_, search.index_, others_, classes, units);
    for (const auto& [c, seats] : seats_)
      for (const Seat seat : seats)
        if (state.record(seat))
          programme_->add(c, state.record(seat));
  }

  void run(const std::vector<std::vector<RecordPtr>>& known, const KindSearchOptions& options) {
    for (const std::size_t c : classes_)
      for (const auto& record : known[c])
        programme_->add(c, record);
    programme_->stop_when(options.stop);
    programme_->solve();
    for (int round = 0; round < options.rounds && !is_over(options) && price(); ++round)
      programme_->solve();
    ProgrammeDive dive(*programme_, others_, seats_);
    dive.run(options.stop);
    found_ = dive.found();
  }

  /// What its units follow, and whose roster it is.
  const std::vector<std::pair<Seat, RecordPtr>>& found() const { return found_; }
  std::vector<Seat> seats() const {
    std::vector<Seat> all;
    for (const std::size_t c : classes_)
      all.insert(all.end(), seats_.at(c).begin(), seats_.at(c).end());
    return all;
  }

 private:
  using SeatsOfClass = ProgrammeDive::SeatsOfClass;

  static SeatsOfClass seats_to_fill(const PlanModel& model, const PlanState& state,
                                    const std::vector<std::size_t>& classes) {
    SeatsOfClass seats;
    for (const std::size_t c : classes) {
      auto& of_class = seats[c];
      for (std::size_t m = 0; m < model.problem().classes[c].members.size(); ++m) {
        const Seat seat = model.seat(c, m);
        if (!state.record(seat) || RosterProgramme::takes(model, *state.record(seat)))
          of_class.push_back(seat);
      }
    }
    return seats;
  }

  static PlanState without(PlanState state, const SeatsOfClass& seats) {
    for (const auto& [c, of_class] : seats)
      for (const Seat seat : of_class)
        state.set(seat, nullptr);
    return state;
  }

  static bool is_over(const KindSearchOptions& options) { return options.stop && options.stop(); }

  /// Adds rosters that better the programme. False: none does.
  bool price() {
    bool added = false;
    for (auto& [c, record] : programme_->promising(oracle_, classes_, kRostersOfClass, guide_.price_of_row()))
      added = programme_->add(c, std::move(record)) || added;
    return added;
  }

  const PlanModel& model_;
  const RosterOracle& oracle_;
  const RowGuide& guide_;
  const std::vector<std::size_t>& classes_;
  SeatsOfClass seats_;  // to be filled
  PlanState others_;    // what the rest does
  std::unique_ptr<RosterProgramme> programme_;
  std::vector<std::pair<Seat, RecordPtr>> found_;
};

/// Kinds whole where they have few classes; else stretches from west to east, or from south to north, that begin
/// elsewhere each time.
std::vector<std::vector<std::size_t>> KindSearch::parts(std::uint64_t seed, std::size_t most) const {
  const auto& data = model_.problem().data();
  const auto place = [&](std::size_t c) {
    const auto& point = data.bases[data.units[model_.problem().classes[c].exemplar].base].point;
    return seed % 2 == 0 ? point.lon : point.lat;
  };
  std::vector<std::vector<std::size_t>> parts;
  for (const auto& of_kind : classes_of_kind_) {
    const std::size_t count = (of_kind.size() + most - 1) / most;
    std::vector<std::size_t> classes = of_kind;
    if (count > 1) {
      std::stable_sort(classes.begin(), classes.end(),
                       [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
      const std::size_t length = (classes.size() + count - 1) / count;
      const std::size_t shift = length * (seed / 2 % 3) / 3;
      std::rotate(classes.begin(), classes.begin() + static_cast<std::ptrdiff_t>(shift), classes.end());
    }
    for (std::size_t i = 0; i < count; ++i) {
      const auto at = [&](std::size_t k) {
        return classes.begin() + static_cast<std::ptrdiff_t>(classes.size() * k / count);
      };
      auto& part = parts.emplace_back(at(i), at(i + 1));
      std::sort(part.begin(), part.end());
    }
  }
  return parts;
}

PlanState KindSearch::improve(PlanState start, const std::vector<std::vector<RecordPtr>>& known,
                              const KindSearchOptions& options) const {
  const auto all = parts(options.seed, options.classes);
  // Parts of one kind far from one another in time: those made anew together should be strangers.
  const std::size_t pairs = (all.size() + kKindsTogether - 1) / kKindsTogether;
  for (std::size_t first = 0; first < pairs; ++first) {
    std::vector<std::unique_ptr<Part>> together;
    for (std::size_t i = first; i < all.size(); i += pairs)
      together.push_back(std::make_unique<Part>(*this, start, all[i]));
    side_by_side(together.size(), options.threads,
                 [&](std::size_t i, std::size_t) { together[i]->run(known, options); });
    if (options.stop && options.stop())
      break;
    for (const auto& part : together) {
      PlanState next = local_.construct_on(start, options.seed, part->seats(), part->found());
      if (next.is_feasible() && next.value().points < start.value().points - kProofTolerance) {
        start = std::move(next);
        start.restart_sum();
        if (options.on_better)
          options.on_better(start.value().points);
      }
    }
  }
  return start;
}

}  // namespace relevo::planner
