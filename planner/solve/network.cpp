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
  friend auto operator<=>(const OffState&, const OffState&) = default;
};

class NetworkBuilder {
 public:
  NetworkBuilder(const Problem& problem, const RowTable& rows, std::size_t index)
      : problem_(problem), rows_(rows), unit_class_(problem.classes[index]) {
    network_.unit_class = index;
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

  void make_home_nodes() {
    const int horizon = problem_.data().horizon.days;
    int first = horizon;
    for (const auto& duty : unit_class_.duties)
      first = std::min(first, duty.option.departures.front());
    first_home_ = first;
    const int homes = std::max(horizon - first, 0);
    network_.sink = homes;
    next_node_ = homes + 1;
    for (int i = 0; i < homes; ++i) {
      Arc wait;
      wait.from = i;
      wait.to = i + 1;
      network_.arcs.push_back(std::move(wait));
    }
  }

  int home_node(int day) const {
    const int node = day - first_home_;
    return std::min(node, network_.sink);
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

  /// Adds the arc unless it breaks a row on its own.
  void add(Arc arc) {
    const Duty& duty = unit_class_.duties[static_cast<std::size_t>(arc.duty)];
    const Scenario& scenario = *problem_.scenario;
    const Unit& unit = scenario->units[unit_class_.exemplar];
    arc.piece = piece_of(duty.option.terms, arc.tour, arc.depart, arc.starts, arc.ends);
    rows_.use(unit_class_, duty, arc.piece, arc.starts, arc.uses);
    for (const auto& entry : arc.uses)
      if (entry.amount > rows_.limit(entry.row) + kTolerance)
        return;
    arc.cost = cost_of(scenario, unit, arc.piece, *duty.option.journey, arc.starts).total();
    if (arc.starts && !duty.escort_group) {
      const auto tier = static_cast<std::size_t>(scenario->agreements[duty.option.agreement].precedence.tier);
      arc.points = scenario->policy.tier_points.at(tier).value;
    }
    network_.arcs.push_back(std::move(arc));
  }

  void add_tour(int duty, int from, int depart, bool starts, int first_line, int shortest, int longest,
                int tours_done) {
    const auto& option = option_of(duty);
    const auto& terms = option.terms;
    for (int n = shortest; n <= longest && first_line + n <= option.need_last; ++n) {
      const int last = first_line + n - 1;
      if (!can_end(duty, depart, last))
        break;
      Arc arc;
      arc.from = from;
      arc.duty = duty;
      arc.starts = starts;
      arc.depart = depart;
      arc.tour = {first_line, n};
      arc.ends = true;
      arc.to = home_node(terms.rested(last));
      Arc staying = arc;
      add(std::move(arc));
      const int next = last + 1 + terms.days_off;
      if (tours_done >= terms.max_tours || next >= option.need_last || !can_end(duty, depart, next))
        continue;
      staying.ends = false;
      staying.to = off_node(
          {duty, tours_done, last + 1, depart == kAnyDeparture ? kAnyDeparture : remembered_departure(terms, depart)});
      add(std::move(staying));
    }
  }

  void add_first_tours(int duty) {
    const auto& option = option_of(duty);
    for (std::size_t i = 0; i < option.departures.size(); ++i) {
      const int depart = option.departures[i];
      add_tour(duty, home_node(depart), depart, true, option.terms.first_line(depart), option.terms.min_line_days,
               option.first_tour_cap[i], 1);
    }
  }

  void add_later_tours(const OffState& state) {
    const auto& terms = terms_of(state.duty);
    add_tour(state.duty, off_nodes_.at(state), state.depart, false, state.day + terms.days_off, 1, terms.max_line_days,
             state.tours_done + 1);
  }

  const Problem& problem_;
  const RowTable& rows_;
  const UnitClass& unit_class_;
  DutyNetwork network_;
  int first_home_ = 0;
  int next_node_ = 0;
  std::map<OffState, int> off_nodes_;
  std::deque<OffState> open_;
};

}  // namespace

DutyNetwork make_network(const Problem& problem, const RowTable& rows, std::size_t unit_class) {
  return NetworkBuilder(problem, rows, unit_class).build();
}

}  // namespace relevo::planner
