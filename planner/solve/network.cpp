// SPDX-License-Identifier: MIT
#include "planner/solve/network.hpp"

#include "planner/solve/tolerances.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <tuple>

namespace relevo::planner {

namespace {

/// State of a unit between two blocks. What cannot bind later is not kept, so that paths merge.
struct Stay {
  enum class What { BeginsDaysOff, HasMovedHere };
  What what = What::BeginsDaysOff;
  std::size_t duty = 0;
  int tours = 1;  ///< done, or the running one included
  int used = 0;   ///< duty days of the running tour
  int moves = 0;
  int day = 0;
  std::optional<int> since;  ///< kept only where the longest deployment can bind (D4)
  int met = 0;               ///< set of pins the unit has met, bit by bit
  friend auto operator<=>(const Stay&, const Stay&) = default;
};

/// A block that may begin, and what the unit has behind it.
struct Start {
  int from = 0;  ///< node
  std::size_t duty = 0;
  std::optional<int> depart;
  std::optional<int> since;
  bool shadow = false;
  std::optional<std::size_t> moved_from;
  int first_line = 0;
  int shortest = 1;  ///< fewest line days
  int used = 0;      ///< duty days of the tour before it, its shadow day not included
  int tours = 1;     ///< this one included
  int moves = 0;
  int met = 0;

  int used_on_line() const noexcept { return used + (shadow ? 1 : 0); }
};

class NetworkBuilder {
 public:
  NetworkBuilder(const Problem& problem, const RowTable& rows, std::size_t index, ArcUses keeps)
      : problem_(problem), rows_(rows), unit_class_(problem.classes[index]), keeps_(keeps) {
    network_.unit_class = index;
    find_pins();
  }

  DutyNetwork build() {
    make_home_nodes();
    for (std::size_t d = 0; d < unit_class_.duties.size(); ++d)
      add_first_blocks(d);
    while (!open_.empty()) {
      const Stay stay = open_.front();
      open_.pop_front();
      add_later_blocks(stay);
    }
    network_.nodes = next_node_;
    return std::move(network_);
  }

 private:
  const PairOption& option_of(std::size_t duty) const { return unit_class_.duties[duty].option; }
  const DeploymentTerms& terms_of(std::size_t duty) const { return option_of(duty).terms; }

  /// Pins of the class that are still to be met, and those that its members' commitments meet already.
  void find_pins() {
    pins_ = rows_.pins_of(unit_class_);
    for (std::size_t i = 0; i < pins_.size(); ++i)
      if (rows_.is_met_by_commitments(unit_class_, pins_[i]))
        met_by_commitments_ |= 1 << i;
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
      if (!duty.option.first_departures().empty())
        first_home_ = std::min(first_home_, duty.option.first_departures().front());
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

  int stay_node(const Stay& stay) {
    const auto [it, is_new] = nodes_of_stays_.try_emplace(stay, next_node_);
    if (is_new) {
      ++next_node_;
      open_.push_back(stay);
    }
    return it->second;
  }

  int longest_way_home(std::size_t duty) const {
    int days = terms_of(duty).journey_days;
    if (terms_of(duty).max_moves > 0)
      for (const auto& other : unit_class_.duties)
        if (other.option.agreement == option_of(duty).agreement)
          days = std::max(days, other.option.terms.journey_days);
    return days;
  }

  /// (D4) counts from this day for a departure to the duty; none where even the longest deployment fits.
  std::optional<int> counted_since(std::size_t duty, int depart) const {
    const auto& terms = terms_of(duty);
    if (!terms.max_deployment_days)
      return std::nullopt;
    const int journeys = terms.travel_counts ? terms.journey_days + longest_way_home(duty) : 0;
    if (terms.longest_stay() + journeys <= *terms.max_deployment_days)
      return std::nullopt;
    return terms.counted_from(depart);
  }

  /// Moves made, as far as they can ever bind: a unit with `left` duty days before it moves fewer times than that.
  static int remembered_moves(const DeploymentTerms& terms, int moves, int left) {
    return std::max(moves, std::max(0, terms.max_moves - left));
  }

  /// Whether a block may begin at the duty on `day`: a line day there can be the last, or can be moved on from.
  bool can_begin(std::size_t duty, const std::optional<int>& since, int day, int moves) const {
    const auto& option = option_of(duty);
    if (day < option.need_first || day >= option.need_last)
      return false;
    return option.may_end(since, day) || (moves < option.terms.max_moves && !unit_class_.moves[duty].empty());
  }

  int extension_of(const Start& start, const Block& block) const {
    const auto& terms = terms_of(block.duty);
    return extension_days(terms, start.used + block.duty_days()) - extension_days(terms, start.used);
  }

  double points_of(const Start& start, const Block& block) const {
    const auto& policy = problem_.data().policy;
    double points = policy.extension_points.value * extension_of(start, block);
    if (start.depart && !unit_class_.duties[block.duty].escort_group) {
      const auto& agreement = problem_.data().agreements[option_of(block.duty).agreement];
      points += policy.tier_points.at(static_cast<std::size_t>(agreement.precedence.tier)).value;
    }
    return points;
  }

  /// Adds the arc unless it breaks a row on its own.
  void add(const Start& start, const Block& block, int to) {
    const auto& option = option_of(block.duty);
    const Piece piece = piece_of(option.terms, block, start.depart);
    if (!option.may_be_away(piece.away.first, piece.away.last))
      return;
    Arc arc;
    arc.from = start.from;
    arc.to = to;
    arc.block = block;
    arc.depart = start.depart;
    uses_.clear();
    rows_.use(unit_class_, block, start.depart, uses_);
    for (const auto& entry : uses_)
      if (entry.amount > rows_.limit(entry.row) + kAmountTolerance)
        return;
    if (keeps_ == ArcUses::All)
      arc.uses = uses_;
    const int newly_met = met_by(unit_class_.duties[block.duty].request) & ~start.met;
    for (std::size_t i = 0; i < pins_.size(); ++i)
      if ((newly_met >> i & 1) != 0)
        arc.uses.push_back({rows_.row(pins_[i], 0), 1.0});
    arc.cost = cost_of(problem_, unit_class_, block, start.depart).total();
    arc.points = points_of(start, block);
    arc.extension_days = extension_of(start, block);
    network_.arcs.push_back(std::move(arc));
  }

  void add_blocks(const Start& start) {
    const auto& option = option_of(start.duty);
    const auto& terms = option.terms;
    const int longest = std::min(terms.longest_tour() - start.used_on_line(), option.need_last - start.first_line);
    for (int n = start.shortest; n <= longest; ++n) {
      Block block;
      block.duty = start.duty;
      block.first_line = start.first_line;
      block.line_days = n;
      block.shadow = start.shadow;
      block.moved_from = start.moved_from;
      const bool may_end = option.may_end(start.since, block.end() - 1);
      if (!may_end && unit_class_.moves[start.duty].empty())
        break;
      if (block.end() > option.present_before || block.end() > option.home_before)
        break;
      if (may_end)
        add(start, block, home_node(terms.rested(block.end() - 1), met_after(start)));
      stay(start, block);
      move_on(start, block);
    }
  }

  int met_after(const Start& start) const { return start.met | met_by(unit_class_.duties[start.duty].request); }

  /// The block with days off after it, where another tour can follow.
  void stay(const Start& start, Block block) {
    const auto& terms = terms_of(start.duty);
    const int next = block.end() + terms.days_off;
    if (start.tours >= terms.max_tours)
      return;
    const auto& moves = unit_class_.moves[start.duty];
    const bool somewhere_else =
        start.moves < terms.max_moves && std::any_of(moves.begin(), moves.end(), [&](const DutyMove& move) {
          return move.days <= terms.days_off && can_begin(move.to, start.since, next, start.moves + 1);
        });
    if (!somewhere_else && !can_begin(start.duty, start.since, next, start.moves))
      return;
    block.then = Block::Then::TakesDaysOff;
    const int left = (terms.max_tours - start.tours) * terms.longest_tour();
    add(start, block,
        stay_node({Stay::What::BeginsDaysOff, start.duty, start.tours, 0, remembered_moves(terms, start.moves, left),
                   block.end(), remembered_since(start), met_after(start)}));
  }

  /// The block with a move after it, within the tour.
  void move_on(const Start& start, Block block) {
    const auto& terms = terms_of(start.duty);
    if (start.moves >= terms.max_moves)
      return;
    block.then = Block::Then::MovesOn;
    for (const auto& move : unit_class_.moves[start.duty]) {
      block.next = move.to;
      block.move_days = move.days;
      const int used = start.used + block.duty_days();
      const int next = block.end() + move.days;
      if (used >= terms.longest_tour() || !can_begin(move.to, start.since, next, start.moves + 1))
        continue;
      const int left = terms.longest_tour() - used + (terms.max_tours - start.tours) * terms.longest_tour();
      add(start, block,
          stay_node({Stay::What::HasMovedHere, move.to, start.tours, used,
                     remembered_moves(terms, start.moves + 1, left), next, remembered_since(start), met_after(start)}));
    }
  }

  /// The first block knows its departure in any case; later ones where it can bind.
  std::optional<int> remembered_since(const Start& start) const {
    return start.depart ? counted_since(start.duty, *start.depart) : start.since;
  }

  void add_first_blocks(std::size_t duty) {
    const auto& option = option_of(duty);
    const auto& terms = option.terms;
    for (int met = 0; met < layers(); ++met) {
      for (const auto& [depart, cap] : option.first_departures()) {
        Start start;
        start.from = home_node(depart, met);
        start.duty = duty;
        start.depart = depart;
        start.since = terms.counted_from(depart);
        start.first_line = terms.first_line(depart);
        start.shortest = terms.min_line_days;
        start.used = terms.max_line_days - cap;
        start.met = met;
        add_blocks(start);
        if (!may_begin_with_shadow(problem_, unit_class_, duty, depart))
          continue;
        start.shadow = true;
        ++start.first_line;
        add_blocks(start);
      }
    }
  }

  void add_later_blocks(const Stay& stay) {
    const auto& terms = terms_of(stay.duty);
    Start start;
    start.from = nodes_of_stays_.at(stay);
    start.duty = stay.duty;
    start.since = stay.since;
    start.first_line = stay.day;
    start.used = stay.used;
    start.tours = stay.tours;
    start.moves = stay.moves;
    start.met = stay.met;
    if (stay.what == Stay::What::HasMovedHere) {
      add_blocks(start);
      return;
    }
    start.first_line = stay.day + terms.days_off;
    ++start.tours;
    add_blocks(start);
    if (stay.moves >= terms.max_moves)
      return;
    ++start.moves;
    start.moved_from = stay.duty;
    for (const auto& move : unit_class_.moves[stay.duty]) {
      start.duty = move.to;
      if (move.days <= terms.days_off && start.first_line >= option_of(move.to).need_first)
        add_blocks(start);
    }
  }

  const Problem& problem_;
  const RowTable& rows_;
  const UnitClass& unit_class_;
  ArcUses keeps_;
  DutyNetwork network_;
  std::vector<Entry> uses_;        // of one arc
  std::vector<std::size_t> pins_;  // groups of the row table
  int met_by_commitments_ = 0;
  int first_home_ = 0;
  int homes_ = 0;
  int next_node_ = 0;
  std::map<Stay, int> nodes_of_stays_;
  std::deque<Stay> open_;
};

}  // namespace

bool may_begin_with_shadow(const Problem& problem, const UnitClass& unit_class, std::size_t duty, int depart) {
  const ScenarioData& data = problem.data();
  const PairOption& option = unit_class.duties[duty].option;
  if (option.terms.shadow_days == 0 || !option.terms.first_block_fits(option.first_tour_cap_on(depart), true))
    return false;
  const Request& request = data.requests[*unit_class.duties[duty].request];
  const bool saves_a_drop = request.handover && data.policy.handover_points.value > 0.0 &&
                            option.terms.first_line(depart) < data.horizon.days;
  const bool may_come_later = option.first_departures().contains(depart + 1) &&
                              lift_flights(problem.routes, *option.journey, Direction::Out).empty() &&
                              data.agreements[option.agreement].contingent.min_persons.value == 0 &&
                              request.min_fill <= request.quantity;
  const Unit& unit = data.units[unit_class.exemplar];
  const Money day =
      problem.scenario->daily_cost_of(unit) + Money(data.policy.lodging_per_person_day.value * unit.persons);
  const auto announced = problem.scenario->announcements_of(unit_class.exemplar);
  const bool is_announced = std::ranges::any_of(announced, [&](const Announcement& a) {
    return a.agreement == option.agreement && a.request == unit_class.duties[duty].request &&
           data.horizon.column(a.depart) == depart;
  });
  const bool is_dearer = data.policy.points_per_money.value * day.value() >= data.policy.movement_points.value;
  return saves_a_drop || is_announced || !may_come_later || !is_dearer;
}

DutyNetwork make_network(const Problem& problem, const RowTable& rows, std::size_t unit_class, ArcUses uses) {
  return NetworkBuilder(problem, rows, unit_class, uses).build();
}

std::vector<std::vector<std::size_t>> arcs_from_nodes(const DutyNetwork& network) {
  std::vector<std::vector<std::size_t>> out(static_cast<std::size_t>(network.nodes));
  for (std::size_t i = 0; i < network.arcs.size(); ++i)
    out[static_cast<std::size_t>(network.arcs[i].from)].push_back(i);
  return out;
}

std::vector<int> nodes_in_order(const DutyNetwork& network, const std::vector<std::vector<std::size_t>>& out) {
  std::vector<int> entering(static_cast<std::size_t>(network.nodes), 0);
  for (const Arc& arc : network.arcs)
    ++entering[static_cast<std::size_t>(arc.to)];
  std::vector<int> order;
  for (int node = 0; node < network.nodes; ++node)
    if (entering[static_cast<std::size_t>(node)] == 0)
      order.push_back(node);
  for (std::size_t next = 0; next < order.size(); ++next)
    for (const std::size_t i : out[static_cast<std::size_t>(order[next])])
      if (--entering[static_cast<std::size_t>(network.arcs[i].to)] == 0)
        order.push_back(network.arcs[i].to);
  return order;
}

}  // namespace relevo::planner
