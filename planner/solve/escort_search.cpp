// SPDX-License-Identifier: MIT
#include "planner/solve/escort_search.hpp"

#include "planner/solve/programme_dive.hpp"
#include "planner/solve/side_by_side.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

namespace relevo::planner {

namespace {

// Found by trial on seasons of tier M (docs/solver-experiments.md).
constexpr double kWholeUnits = 1e-6;     ///< tolerance
constexpr double kLeastValue = 1e-6;     ///< of what the programme comes to: a gain
constexpr double kEscortsAtOnce = 0.15;  ///< of those still open, made whole before the programme is solved again
constexpr int kMostMistakes = 1;         ///< of a lender, that are made good
constexpr int kRoundsOfLender = 3;       ///< of pricing, when the escorts of a lender were taken back
constexpr std::size_t kRostersOfPlaceRound = 2;  ///< that one round of pricing may bring
constexpr std::size_t kDesks = 2;                ///< lenders looked at beside the same plan

/// One unit that accompanies others.
struct Escort {
  std::size_t unit_class = 0;
  RecordPtr record;
};

bool accompanies(const PlanModel& model, const RosterRecord& record) {
  return std::any_of(record.runs.begin(), record.runs.end(),
                     [&](const RowRun& run) { return model.group(run.group).family == RowFamily::EscortsPresent; });
}

bool may_accompany(const PlanModel& model, std::size_t unit_class) {
  const auto& duties = model.problem().classes[unit_class].duties;
  return std::any_of(duties.begin(), duties.end(), [&](const Duty& duty) {
    return duty.escort_group && model.escorts()[*duty.escort_group].term->threshold == 0;
  });
}

AgencyIndex lender_of(const PlanModel& model, std::size_t unit_class) {
  return model.problem().data().units[model.problem().classes[unit_class].exemplar].agency;
}

}  // namespace

/// A programme over all rosters known, and what is asked of it.
class EscortSearch::Desk {
 public:
  Desk(const PlanModel& model, const RosterOracle& oracle, const CouplingIndex& index, const RowGuide& guide,
       const PlanState& others, const std::vector<std::size_t>& classes, const std::vector<double>& units)
      : model_(model),
        oracle_(oracle),
        guide_(guide),
        classes_(classes),
        programme_(model, index, others, classes, units, true) {
    for (std::size_t i = 0; i < classes.size(); ++i)
      units_of_class_[classes[i]] = units[i];
  }

  void add(std::size_t unit_class, const RecordPtr& record) {
    if (programme_.add(unit_class, record))
      is_escort_.push_back(accompanies(model_, *record) ? 1 : 0);
  }

  void stop_when(const std::function<bool()>& stop) { programme_.stop_when(stop); }

  /// What the programme comes to beside these escorts and no other ones.
  double value(const std::vector<Escort>& escorts) {
    hold(escorts, std::nullopt);
    programme_.solve();
    return programme_.objective();
  }

  /// Rosters that better the programme join it, so many times at most.
  void price(int rounds, const std::function<bool()>& is_over) {
    for (int round = 0; round < rounds && !is_over(); ++round) {
      const std::size_t before = programme_.rosters();
      for (const auto& [c, record] :
           programme_.promising(oracle_, classes_, kRostersOfPlaceRound, guide_.price_of_row()))
        add(c, record);
      if (programme_.rosters() == before)
        return;
      bind_new(before);
      programme_.solve();
    }
  }

  /// The escorts of a lender as the programme would have them beside the others, made whole; none: that pays not.
  std::optional<std::vector<Escort>> look(const std::vector<Escort>& escorts, AgencyIndex lender,
                                          const std::function<bool()>& is_over) {
    const double before = value(escorts);
    const auto pays = [&] { return programme_.objective() < before - kLeastValue * std::abs(before); };
    std::vector<Escort> next = escorts;
    std::erase_if(next, [&](const Escort& one) { return lender_of(model_, one.unit_class) == lender; });
    shut_.clear();
    hold(next, lender);
    programme_.solve();
    price(kRoundsOfLender, is_over);
    PlanState state(model_);
    std::map<std::size_t, std::size_t> taken;
    const auto send = [&](std::size_t c, const RecordPtr& record) {
      if (static_cast<double>(taken[c]) >= units_of_class_.at(c))
        return false;
      const Seat seat = model_.seat(c, taken[c]);
      if (state.set(seat, record).all_broken() > 0.0) {
        state.set(seat, nullptr);
        return false;
      }
      ++taken[c];
      return true;
    };
    for (const auto& one : next)
      send(one.unit_class, one.record);
    int mistakes = 0;
    while (pays() && !is_over()) {
      const auto earlier = next;
      const auto state_before = state;
      const auto taken_before = taken;
      const auto first = round(next, lender, send);
      if (!first)
        break;
      hold(next, lender);
      programme_.solve();
      price(1, is_over);
      if (pays() || mistakes++ == kMostMistakes)
        continue;
      // Not that one, then.
      next = earlier;
      state = state_before;
      taken = taken_before;
      shut_.insert(*first);
      hold(next, lender);
      programme_.solve();
    }
    if (is_over())
      return std::nullopt;
    shut_.clear();
    value(next);
    if (!pays())
      return std::nullopt;
    return next;
  }

  /// Everybody else made whole beside the escorts, which `state` has.
  PlanState dive(const PlanState& state, const std::vector<Escort>& escorts, const ProgrammeDive::SeatsOfClass& free,
                 const std::function<bool()>& is_over) {
    value(escorts);
    ProgrammeDive whole(programme_, state, free, held_);
    whole.run(is_over);
    return whole.plan();
  }

 private:
  /// Bounds of rosters that accompany: those of the lender that is free are free.
  void hold(const std::vector<Escort>& escorts, std::optional<AgencyIndex> free) {
    free_ = free;
    held_.assign(is_escort_.size(), 0.0);
    for (const auto& one : escorts)
      held_[roster_of(one)] += 1.0;
    bind_new(0);
  }

  void bind_new(std::size_t first) {
    held_.resize(is_escort_.size(), 0.0);
    for (std::size_t j = first; j < is_escort_.size(); ++j) {
      if (is_escort_[j] == 0)
        continue;
      const std::size_t c = programme_.class_of(j);
      const bool is_free = free_ == lender_of(model_, c) && !shut_.contains(j);
      programme_.bound(j, held_[j], is_free ? units_of_class_.at(c) : held_[j]);
    }
  }

  std::size_t roster_of(const Escort& escort) {
    add(escort.unit_class, escort.record);
    held_.resize(is_escort_.size(), 0.0);
    return *programme_.find(escort.unit_class, escort.record);
  }

  /// Makes some of the lender's escorts whole: those that are, and those that most of one follows. Returns the first of
  /// these; none: no escort is open.
  template <class Send>
  std::optional<std::size_t> round(std::vector<Escort>& escorts, AgencyIndex lender, const Send& send) {
    std::vector<std::pair<double, std::size_t>> open;
    double sum = 0.0;
    std::optional<std::size_t> sent;
    for (std::size_t j = 0; j < is_escort_.size(); ++j) {
      if (is_escort_[j] == 0 || lender_of(model_, programme_.class_of(j)) != lender || shut_.contains(j))
        continue;
      const double more = programme_.units(j) - held_[j];
      const double whole = std::floor(more + kWholeUnits);
      for (long n = std::lround(whole); n > 0 && !shut_.contains(j); --n)
        if (send(programme_.class_of(j), programme_.record(j)))
          escorts.push_back({programme_.class_of(j), programme_.record(j)});
        else
          shut_.insert(j);
      if (more - whole > kWholeUnits && !shut_.contains(j)) {
        open.emplace_back(more - whole, j);
        sum += more - whole;
      }
    }
    std::stable_sort(open.begin(), open.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    auto quota = static_cast<std::size_t>(kEscortsAtOnce * sum) + 1;
    for (const auto& [more, j] : open) {
      if (quota == 0)
        break;
      if (send(programme_.class_of(j), programme_.record(j))) {
        escorts.push_back({programme_.class_of(j), programme_.record(j)});
        --quota;
      } else {
        shut_.insert(j);
      }
      sent = sent ? sent : j;
    }
    return sent;
  }

  const PlanModel& model_;
  const RosterOracle& oracle_;
  const RowGuide& guide_;
  const std::vector<std::size_t>& classes_;
  RosterProgramme programme_;
  std::map<std::size_t, double> units_of_class_;
  std::vector<char> is_escort_;  // by roster
  std::vector<double> held_;     // by roster
  std::set<std::size_t> shut_;   // rosters that can take nobody more
  std::optional<AgencyIndex> free_;
};

/// One call of improve().
class EscortSearch::Run {
 public:
  Run(const EscortSearch& search, const PlanState& plan, const std::vector<std::vector<RecordPtr>>& known,
      const EscortSearchOptions& options)
      : search_(search), model_(search.model_), plan_(plan), others_(plan), options_(options) {
    const auto& problem = model_.problem();
    for (const std::size_t c : search.part(options.seed, options.classes)) {
      double units = 0.0;
      for (std::size_t m = 0; m < problem.classes[c].members.size(); ++m) {
        const Seat seat = model_.seat(c, m);
        const RecordPtr& record = plan.record(seat);
        if (record && !RosterProgramme::takes(model_, *record, true))
          continue;
        seats_[c].push_back(seat);
        others_.set(seat, nullptr);
        units += 1.0;
      }
      classes_.push_back(c);
      units_.push_back(units);
    }
    for (std::size_t i = 0; i < kDesks; ++i) {
      desks_.push_back(std::make_unique<Desk>(model_, search.oracle_, search.index_, search.local_.guide(), others_,
                                              classes_, units_));
      desks_.back()->stop_when(options.stop);
      for (const std::size_t c : classes_) {
        for (const Seat seat : seats_[c])
          if (plan.record(seat))
            desks_.back()->add(c, plan.record(seat));
        for (const auto& record : known[c])
          desks_.back()->add(c, record);
      }
    }
    for (const std::size_t c : classes_)
      for (const Seat seat : seats_[c])
        if (plan.record(seat) && accompanies(model_, *plan.record(seat)))
          escorts_.push_back({c, plan.record(seat)});
  }

  PlanState run() {
    if (is_over())
      return plan_;
    std::vector<AgencyIndex> lenders = lenders_with_escorts();
    side_by_side(kDesks, options_.threads, [&](std::size_t i, std::size_t) {
      desks_[i]->value(escorts_);
      desks_[i]->price(options_.first_rounds, [this] { return is_over(); });
    });
    if (!lenders.empty())
      std::rotate(lenders.begin(),
                  lenders.begin() + static_cast<std::ptrdiff_t>(options_.seed * kDesks % lenders.size()),
                  lenders.end());
    for (int pass = 0; pass < options_.passes && !is_late(); ++pass) {
      bool gained = false;
      for (std::size_t first = 0; first < lenders.size() && !is_late(); first += kDesks)
        gained = look_at(lenders, first) || gained;
      if (!gained)
        break;
    }
    PlanState made = plan_with_escorts();
    return is_over() ? plan_ : made;
  }

 private:
  bool is_over() const { return options_.stop && options_.stop(); }
  bool is_late() const { return is_over() || (options_.is_late && options_.is_late()); }

  std::vector<AgencyIndex> lenders_with_escorts() const {
    std::set<AgencyIndex> lenders;
    for (const std::size_t c : classes_)
      if (may_accompany(model_, c))
        lenders.insert(lender_of(model_, c));
    return {lenders.begin(), lenders.end()};
  }

  /// As many lenders as there are desks, beside the same escorts. What each found is taken over one after the other,
  /// where it still pays.
  bool look_at(const std::vector<AgencyIndex>& lenders, std::size_t first) {
    const std::size_t count = std::min(kDesks, lenders.size() - first);
    std::array<std::optional<std::vector<Escort>>, kDesks> found;
    side_by_side(count, options_.threads, [&](std::size_t i, std::size_t) {
      found[i] = desks_[i]->look(escorts_, lenders[first + i], [this] { return is_late(); });
    });
    bool gained = false;
    for (std::size_t i = 0; i < count; ++i) {
      if (!found[i])
        continue;
      auto next = escorts_;
      const auto is_of_lender = [&](const Escort& one) {
        return lender_of(model_, one.unit_class) == lenders[first + i];
      };
      std::erase_if(next, is_of_lender);
      std::copy_if(found[i]->begin(), found[i]->end(), std::back_inserter(next), is_of_lender);
      if (gained) {
        const double so_far = desks_[i]->value(escorts_);
        if (!(desks_[i]->value(next) < so_far - kLeastValue * std::abs(so_far)))
          continue;
      }
      escorts_ = std::move(next);
      gained = true;
    }
    return gained;
  }

  PlanState plan_with_escorts() {
    PlanState state = others_;
    auto free = seats_;
    for (const auto& one : escorts_) {
      state.set(free[one.unit_class].back(), one.record);
      free[one.unit_class].pop_back();
    }
    if (!state.is_feasible())
      return plan_;
    PlanState whole = desks_.front()->dive(state, escorts_, free, [this] { return is_over(); });
    std::vector<Seat> open;
    for (const auto& [c, seats] : free)
      for (const Seat seat : seats)
        if (!whole.record(seat))
          open.push_back(seat);
    return search_.local_.construct_on(std::move(whole), options_.seed, open, {});
  }

  const EscortSearch& search_;
  const PlanModel& model_;
  const PlanState& plan_;
  PlanState others_;  // who stays, whatever the escorts do
  const EscortSearchOptions& options_;
  std::vector<std::size_t> classes_;
  std::vector<double> units_;
  ProgrammeDive::SeatsOfClass seats_;
  std::vector<std::unique_ptr<Desk>> desks_;
  std::vector<Escort> escorts_;
};

EscortSearch::EscortSearch(const PlanModel& model, const CouplingIndex& index, const RosterOracle& oracle,
                           const LocalSearch& local)
    : model_(model), oracle_(oracle), local_(local), index_(index) {
  std::map<AgencyIndex, std::vector<std::size_t>> by_lender;
  for (std::size_t c = 0; c < model.problem().classes.size(); ++c) {
    const UnitClass& unit_class = model.problem().classes[c];
    if (!unit_class.duties.empty() && model.pins_of(c).empty())
      by_lender[lender_of(model, c)].push_back(c);
  }
  for (auto& [lender, classes] : by_lender) {
    if (std::any_of(classes.begin(), classes.end(), [&](std::size_t c) { return may_accompany(model, c); }))
      with_escorts_.push_back(classes_of_lender_.size());
    classes_of_lender_.push_back(std::move(classes));
  }
}

/// A lender that has escorts, another one with each seed, and then those whose bases are nearest to its own.
std::vector<std::size_t> EscortSearch::part(std::uint64_t seed, std::size_t most) const {
  const auto& data = model_.problem().data();
  const auto place = [&](std::size_t lender) {
    const std::size_t c = classes_of_lender_[lender].front();
    return data.bases[data.units[model_.problem().classes[c].exemplar].base].point;
  };
  const auto centre = place(with_escorts_[seed % with_escorts_.size()]);
  std::vector<std::pair<double, std::size_t>> by_distance;
  for (std::size_t l = 0; l < classes_of_lender_.size(); ++l) {
    const auto point = place(l);
    by_distance.emplace_back(std::hypot(point.lon - centre.lon, point.lat - centre.lat), l);
  }
  std::sort(by_distance.begin(), by_distance.end());
  std::vector<std::size_t> classes;
  for (const auto& [distance, l] : by_distance) {
    if (!classes.empty() && classes.size() + classes_of_lender_[l].size() > most)
      break;
    classes.insert(classes.end(), classes_of_lender_[l].begin(), classes_of_lender_[l].end());
  }
  std::sort(classes.begin(), classes.end());
  return classes;
}

PlanState EscortSearch::improve(const PlanState& plan, const std::vector<std::vector<RecordPtr>>& known,
                                const EscortSearchOptions& options) const {
  return has_escorts() ? Run(*this, plan, known, options).run() : plan;
}

}  // namespace relevo::planner
