// SPDX-License-Identifier: MIT
#include "planner/solve/network.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <tuple>

namespace relevo::planner {

namespace {

constexpr double kTolerance = 1e-9;
constexpr int kAnyDeparture = -1;

/// State of a unit that begins its days off.
struct OffState {
  int duty = 0;
  int tours_done = 0;
  int day = 0;
  int depart = kAnyDeparture;  ///< kept only where the longest deployment can bind (D4)
  int met = 0;                 ///< set of pins the unit has met, bit by bit
  friend auto operator<=>(const OffState&, const OffState&) = default;
};

class NetworkBuilder {
 public:
  NetworkBuilder(const Problem& problem, const RowTable& rows, std::size_t index)
      : problem_(problem), rows_(rows), unit_class_(problem.classes[index]) {
    network_.unit_class = index;
    find_pins();
  }

  DutyNetwork build() {
    make_home_nodes();
    for (std::size_t d = 0; d < unit_class_.duties.size(); ++d)
      add_first_tours(static_cast<int>(d));
    while (!open_.empty()) {
      const OffState state = open_.front();
      open_.pop_front();
      add_later_tours(state);
    }
    network_.nodes = next_node_;
    return std::move(network_);
  }

 private:
  const DeploymentTerms& terms_of(int duty) const { return option_of(duty).terms; }
  const PairOption& option_of(int duty) const { return unit_class_.duties[static_cast<std::size_t>(duty)].option; }

  /// Pins of the class that are still to be met, and those that its members' commitments meet already.
  void find_pins() {
    pins_ = rows_.pins_of(unit_class_);
    const Member& member = unit_class_.members.front();
    for (const auto& commitment : problem_.data().commitments) {
      const auto& ordinals = commitment.ordinals;
      if (commitment.unit == member.unit &&
          std::find(ordinals.begin(), ordinals.end(), member.ordinal) != ordinals.end())
        met_by_commitments_ |= met_by(commitment.request);
    }
  }

  /// The set of pins that serving a request meets.
  int met_by(const std::optional<RequestIndex>& request) const {
    int met = 0;
    for (std::size_t i = 0; i < pins_.size(); ++i)
      if (rows_.pin_of(pins_[i]).request == request)
        met |= 1 << i;
    return met;
  }

  int layers() const { return 1 << pins_.size(); }

  void make_home_nodes() {
    first_home_ = problem_.data().horizon.days;
    for (const auto& duty : unit_class_.duties)
      first_home_ = std::min(first_home_, duty.option.departures.front());
    homes_ = std::max(problem_.data().horizon.days - first_home_, 0);
    network_.sink = homes_ * layers();
    next_node_ = network_.sink + 1;
    for (int met = 0; met < layers(); ++met) {
      for (int i = 0; i < homes_; ++i) {
        Arc wait;
        wait.from = home_node(first_home_ + i, met);
        wait.to = home_node(first_home_ + i + 1, met);
        network_.arcs.push_back(std::move(wait));
      }
    }
  }

  /// Layers in an order that gives the one where units start the nodes from 0 on.
  int home_node(int day, int met) const {
    const int position = day - first_home_;
    return position >= homes_ ? network_.sink : (met ^ met_by_commitments_) * homes_ + position;
  }

  int off_node(const OffState& state) {
    const auto [it, is_new] = off_nodes_.try_emplace(state, next_node_);
    if (is_new) {
      ++next_node_;
      open_.push_back(state);
    }
    return it->second;
  }

  /// Whether the departure must be remembered after a tour that ended before `day`.
  int remembered_departure(const DeploymentTerms& terms, int depart) const {
    if (!terms.max_deployment_days)
      return kAnyDeparture;
    const int last =
        terms.first_line(0) + terms.max_tours * terms.max_line_days + (terms.max_tours - 1) * terms.days_off - 1;
    return terms.deployment_fits(0, last) ? kAnyDeparture : depart;
  }

  bool can_end(int duty, int depart, int last_present) const {
    const auto& option = option_of(duty);
    if (option.terms.home(last_present) >= option.home_before)
      return false;
    return depart == kAnyDeparture || option.terms.deployment_fits(depart, last_present);
  }

  /// Adds the arc unless it breaks a row on its own. `met` are the pins that the unit had met before.
  void add(Arc arc, int met) {
    const Duty& duty = unit_class_.duties[static_cast<std::size_t>(arc.duty)];
    const Scenario& scenario = *problem_.scenario;
    const Unit& unit = scenario->units[unit_class_.exemplar];
    arc.piece = piece_of(duty.option.terms, arc.tour, arc.depart, arc.starts, arc.ends);
    rows_.use(unit_class_, duty, arc.piece, arc.uses);
    for (const auto& entry : arc.uses)
      if (entry.amount > rows_.limit(entry.row) + kTolerance)
        return;
    for (std::size_t i = 0; i < pins_.size(); ++i)
      if (((met_by(duty.request) & ~met) >> i & 1) != 0)
        arc.uses.push_back({rows_.row(pins_[i], 0), 1.0});
    arc.cost = cost_of(scenario, unit, arc.piece, *duty.option.journey, arc.starts).total();
    if (arc.starts && !duty.escort_group) {
      const auto tier = static_cast<std::size_t>(scenario->agreements[duty.option.agreement].precedence.tier);
      arc.points = scenario->policy.tier_points.at(tier).value;
    }
    network_.arcs.push_back(std::move(arc));
  }

  /// A tour that may begin: where, with how many line days, and what the unit has behind it.
  struct TourStart {
    int duty = 0;
    int from = 0;
    bool starts = false;
    int depart = kAnyDeparture;
    int first_line = 0;
    int shortest = 1;
    int longest = 0;
    int tours = 1;  ///< this one included
    int met = 0;
  };

  void add_tours(const TourStart& start) {
    const auto& option = option_of(start.duty);
    const auto& terms = option.terms;
    const int met = start.met | met_by(unit_class_.duties[static_cast<std::size_t>(start.duty)].request);
    for (int n = start.shortest; n <= start.longest && start.first_line + n <= option.need_last; ++n) {
      const int last = start.first_line + n - 1;
      if (!can_end(start.duty, start.depart, last))
        break;
      Arc arc;
      arc.from = start.from;
      arc.duty = start.duty;
      arc.starts = start.starts;
      arc.depart = start.depart;
      arc.tour = {start.first_line, n};
      arc.ends = true;
      arc.to = home_node(terms.rested(last), met);
      Arc staying = arc;
      add(std::move(arc), start.met);
      const int next = last + 1 + terms.days_off;
      if (start.tours >= terms.max_tours || next >= option.need_last || !can_end(start.duty, start.depart, next))
        continue;
      staying.ends = false;
      const int depart = start.depart == kAnyDeparture ? kAnyDeparture : remembered_departure(terms, start.depart);
      staying.to = off_node({start.duty, start.tours, last + 1, depart, met});
      add(std::move(staying), start.met);
    }
  }

  void add_first_tours(int duty) {
    const auto& option = option_of(duty);
    for (int met = 0; met < layers(); ++met) {
      for (std::size_t i = 0; i < option.departures.size(); ++i) {
        const int depart = option.departures[i];
        add_tours({duty, home_node(depart, met), true, depart, option.terms.first_line(depart),
                   option.terms.min_line_days, option.first_tour_cap[i], 1, met});
      }
    }
  }

  void add_later_tours(const OffState& state) {
    const auto& terms = terms_of(state.duty);
    add_tours({state.duty, off_nodes_.at(state), false, state.depart, state.day + terms.days_off, 1,
               terms.max_line_days, state.tours_done + 1, state.met});
  }

  const Problem& problem_;
  const RowTable& rows_;
  const UnitClass& unit_class_;
  DutyNetwork network_;
  std::vector<std::size_t> pins_;  // groups of the row table
  int met_by_commitments_ = 0;
  int first_home_ = 0;
  int homes_ = 0;
  int next_node_ = 0;
  std::map<OffState, int> off_nodes_;
  std::deque<OffState> open_;
};

}  // namespace

DutyNetwork make_network(const Problem& problem, const RowTable& rows, std::size_t unit_class) {
  return NetworkBuilder(problem, rows, unit_class).build();
}

}  // namespace relevo::planner
