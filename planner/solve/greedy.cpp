// SPDX-License-Identifier: MIT
#include "planner/solve/greedy.hpp"

#include "planner/solve/assemble.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace relevo::planner {

namespace {

/// A class and the duty by which it could serve a line, nearest first.
struct Candidate {
  double hours = 0.0;
  double daily_cost = 0.0;
  std::size_t unit_class = 0;
  std::size_t duty = 0;
  friend auto operator<=>(const Candidate&, const Candidate&) = default;
};

class Dispatcher {
 public:
  /// `closed`: rows that must not be used.
  Dispatcher(const Problem& problem, const RowTable& rows, const std::set<int>& closed)
      : problem_(problem), rows_(rows), ledger_(problem, rows, closed), candidates_(problem.data().requests.size()) {
    for (std::size_t c = 0; c < problem.classes.size(); ++c) {
      const auto& unit_class = problem.classes[c];
      const double cost = problem.scenario->daily_cost_of(problem.data().units[unit_class.exemplar]).value();
      for (std::size_t d = 0; d < unit_class.duties.size(); ++d)
        if (const auto& request = unit_class.duties[d].request)
          candidates_[request->value()].push_back({unit_class.duties[d].option.journey->hours, cost, c, d});
    }
    for (auto& of_request : candidates_)
      std::sort(of_request.begin(), of_request.end());
  }

  bool satisfy_pins() {
    for (std::size_t group = 0; group < rows_.groups().size(); ++group) {
      if (rows_.groups()[group].family != RowFamily::Pin)
        continue;
      const Decision& pin = rows_.pin_of(group);
      while (serving(pin) < pin.quantity)
        if (!send_pinned(pin))
          return false;
    }
    return true;
  }

  void serve_all() {
    std::set<std::string> packages;
    for (auto request : lines_in_order()) {
      const std::string& package = problem_.data().requests[request].package;
      if (package.empty())
        serve(request);
      else if (packages.insert(package).second)
        serve_package(package);
    }
  }

  /// False when a pin alone has left a line below its min_fill or broken a package.
  bool is_valid() const {
    for (auto request : problem_.data().requests.indices()) {
      const std::string& package = problem_.data().requests[request].package;
      if (!reaches_min_fill(request))
        return false;
      if (!package.empty() && has_new(request) && !ledger_.is_whole(package))
        return false;
    }
    return true;
  }

  /// Rows of the movements that are too small to travel (8).
  std::vector<int> too_small_movements() const {
    std::vector<int> rows;
    for (std::size_t group = 0; group < rows_.groups().size(); ++group) {
      if (rows_.groups()[group].family != RowFamily::MovementUnits)
        continue;
      const std::size_t persons = rows_.movement_persons_group(rows_.groups()[group].subject);
      for (int t = 0; persons != RowTable::kNone && t < rows_.columns(); ++t)
        if (ledger_.use(rows_.row(group, t)) > 0.0 && ledger_.use(rows_.row(persons, t)) < rows_.least_persons(persons))
          rows.push_back(rows_.row(group, t));
    }
    return rows;
  }

  std::vector<Assignment> assignments() const {
    std::vector<Assignment> all;
    for (const auto& booking : ledger_.bookings())
      all.push_back(make_assignment(problem_, booking.deployment, booking.member));
    return all;
  }

 private:
  std::vector<RequestIndex> lines_in_order() const {
    const auto& requests = problem_.data().requests;
    auto order = requests.indices();
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
      return std::tuple(requests[a].priority, requests[a].need.first) <
             std::tuple(requests[b].priority, requests[b].need.first);
    });
    return order;
  }

  const std::vector<Candidate>& candidates(RequestIndex request) const { return candidates_[request.value()]; }

  int row(RequestIndex request, int t) const { return rows_.row(rows_.coverage_group(request), t); }

  /// Days from `from` on which the line is open without a break, at most `most`.
  int open_days(RequestIndex request, int from, int most) const {
    int n = 0;
    while (n < most && from + n < problem_.data().horizon.days && ledger_.open(row(request, from + n)) > 0.0)
      ++n;
    return n;
  }

  /// The longest deployment of the candidate whose first line day is `day`, one that can be booked; empty tours: none.
  bool send(RequestIndex request, const Candidate& candidate, int day, int shortest_wanted) {
    const auto& option = problem_.classes[candidate.unit_class].duties[candidate.duty].option;
    const int depart = day - option.terms.first_line(0);
    const auto cap = option.departures.first_tour_cap_on(depart);
    if (!cap)
      return false;
    const int longest = std::max(open_days(request, day, *cap), shortest_wanted);
    for (int n = std::min(longest, *cap); n >= option.terms.min_line_days; --n) {
      Deployment deployment{candidate.unit_class, depart, {line_block(candidate.duty, day, n)}};
      if (!fits(option, deployment))
        continue;
      if (n == *cap && book_with_second_tour(request, option, deployment))
        return true;
      if (ledger_.book(deployment))
        return true;
    }
    return false;
  }

  static Block line_block(std::size_t duty, int first_line, int line_days) {
    Block block;
    block.duty = duty;
    block.first_line = first_line;
    block.line_days = line_days;
    return block;
  }

  static bool fits(const PairOption& option, const Deployment& deployment) {
    const int end = deployment.blocks.back().end();
    return end <= option.need_last && option.may_end(option.terms.counted_from(deployment.depart), end - 1) &&
           option.may_be_away(deployment.depart, option.terms.home(end - 1) + 1);
  }

  bool book_with_second_tour(RequestIndex request, const PairOption& option, const Deployment& first) {
    if (option.terms.max_tours < 2)
      return false;
    const Block& before = first.blocks.front();
    const int start = before.end() + option.terms.days_off;
    for (int n = open_days(request, start, option.terms.max_line_days); n >= 1; --n) {
      Deployment both = first;
      both.blocks.front().then = Block::Then::TakesDaysOff;
      both.blocks.push_back(line_block(before.duty, start, n));
      if (fits(option, both) && ledger_.book(both))
        return true;
    }
    return false;
  }

  void serve(RequestIndex request) {
    const std::size_t before = ledger_.bookings().size();
    const auto& nearest = candidates(request);
    for (int t = 0; t < problem_.data().horizon.days; ++t) {
      bool sent = true;
      while (sent && ledger_.open(row(request, t)) > 0.0) {
        sent = std::any_of(nearest.begin(), nearest.end(), [&](const auto& c) { return send(request, c, t, 0); });
      }
    }
    if (!reaches_min_fill(request))
      ledger_.roll_back(before);
  }

  bool reaches_min_fill(RequestIndex request) const {
    const std::size_t group = rows_.assigned_group(request);
    const int least = problem_.data().requests[request].min_fill;
    if (group == RowTable::kNone || least <= 1)
      return true;
    for (int t = 0; t < rows_.columns(); ++t) {
      const int r = rows_.row(group, t);
      if (ledger_.use(r) > 0.0 && ledger_.use(r) + rows_.committed(r) < least)
        return false;
    }
    return true;
  }

  bool has_new(RequestIndex request) const {
    const std::size_t group = rows_.assigned_group(request);
    for (int t = 0; t < rows_.columns(); ++t)
      if (ledger_.use(rows_.row(group, t)) > 0.0)
        return true;
    return false;
  }

  void serve_package(const std::string& package) {
    const std::size_t before = ledger_.bookings().size();
    const auto& data = problem_.data();
    for (auto request : lines_in_order())
      if (data.requests[request].package == package)
        serve(request);
    if (!ledger_.is_whole(package))
      ledger_.roll_back(before);
  }

  /// Units of the pinned row that serve the request: a pin counts units, not deployments.
  int serving(const Decision& pin) const {
    std::set<int> ordinals;
    for (const auto& commitment : problem_.data().commitments)
      if (commitment.unit == pin.unit && commitment.request == pin.request)
        ordinals.insert(commitment.ordinals.begin(), commitment.ordinals.end());
    for (const auto& booking : ledger_.bookings()) {
      const auto& duty = problem_.classes[booking.deployment.unit_class].duties[booking.deployment.first_duty()];
      if (booking.member.unit == pin.unit && duty.request == pin.request)
        ordinals.insert(booking.member.ordinal);
    }
    return static_cast<int>(ordinals.size());
  }

  bool send_pinned(const Decision& pin) {
    const int before = serving(pin);
    const std::size_t bookings = ledger_.bookings().size();
    for (const auto& candidate : candidates(*pin.request)) {
      if (problem_.classes[candidate.unit_class].exemplar != *pin.unit)
        continue;
      const int least = problem_.classes[candidate.unit_class].duties[candidate.duty].option.terms.min_line_days;
      for (int t = 0; t < rows_.columns(); ++t) {
        if (send(*pin.request, candidate, t, least) && serving(pin) > before)
          return true;
        ledger_.roll_back(bookings);
      }
    }
    return false;
  }

  const Problem& problem_;
  const RowTable& rows_;
  Ledger ledger_;
  std::vector<std::vector<Candidate>> candidates_;  // by request, nearest first
};

}  // namespace

std::optional<Plan> greedy_plan(const Problem& problem, const RowTable& rows) {
  // Movements that stay too small are given up, and dispatch begins anew without them.
  std::set<int> closed;
  while (true) {
    Dispatcher dispatcher(problem, rows, closed);
    if (!dispatcher.satisfy_pins())
      return std::nullopt;
    dispatcher.serve_all();
    const auto too_small = dispatcher.too_small_movements();
    closed.insert(too_small.begin(), too_small.end());
    if (!too_small.empty())
      continue;
    if (!dispatcher.is_valid())
      return std::nullopt;
    return assemble_plan(problem, rows, dispatcher.assignments(), "baseline");
  }
}

Plan greedy_plan(const Scenario& scenario) {
  const Problem problem = make_problem(scenario);
  auto plan = greedy_plan(problem, RowTable(problem));
  if (!plan) {
    Diagnostics diagnostics;
    diagnostics.add(make_diagnostic(Severity::Error, {"decisions", 0, ""}, "", "decision.pin", {}));
    throw ContradictionError(std::move(diagnostics));
  }
  return *std::move(plan);
}

}  // namespace relevo::planner
