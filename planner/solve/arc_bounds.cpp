// SPDX-License-Identifier: MIT
#include "planner/solve/arc_bounds.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace relevo::planner {

namespace {

constexpr double kTolerance = 1e-9;

/// The least price of a path from home to the sink through each arc.
std::vector<double> least_through(const DutyNetwork& network, const std::vector<double>& price_of_arc) {
  const auto out = arcs_from_nodes(network);
  const auto order = nodes_in_order(network, out);
  const auto nodes = static_cast<std::size_t>(network.nodes);
  std::vector<double> paid(nodes, kInfinity);
  std::vector<double> rest(nodes, kInfinity);
  paid[0] = 0.0;
  rest[static_cast<std::size_t>(network.sink)] = 0.0;
  for (const int node : order)
    for (const std::size_t i : out[static_cast<std::size_t>(node)]) {
      double& to = paid[static_cast<std::size_t>(network.arcs[i].to)];
      to = std::min(to, paid[static_cast<std::size_t>(node)] + price_of_arc[i]);
    }
  std::for_each(order.rbegin(), order.rend(), [&](int node) {
    for (const std::size_t i : out[static_cast<std::size_t>(node)]) {
      double& from = rest[static_cast<std::size_t>(node)];
      from = std::min(from, price_of_arc[i] + rest[static_cast<std::size_t>(network.arcs[i].to)]);
    }
  });
  std::vector<double> through;
  through.reserve(network.arcs.size());
  for (std::size_t i = 0; i < network.arcs.size(); ++i)
    through.push_back(paid[static_cast<std::size_t>(network.arcs[i].from)] + price_of_arc[i] +
                      rest[static_cast<std::size_t>(network.arcs[i].to)]);
  return through;
}

/// The arcs that the rosters of one seat take.
class Walker {
 public:
  explicit Walker(const DutyNetwork& network) : network_(network), out_(arcs_from_nodes(network)) {}

  /// False: the roster is no path.
  bool walk(const Roster* roster, const std::function<void(std::size_t)>& take) const {
    int node = 0;
    for (std::size_t d = 0; roster != nullptr && d < roster->size(); ++d) {
      const Deployment& deployment = (*roster)[d];
      for (std::size_t b = 0; b < deployment.blocks.size(); ++b) {
        const auto depart = b == 0 ? std::optional(deployment.depart) : std::nullopt;
        auto arc = find(node, &deployment.blocks[b], depart);
        while (!arc && b == 0) {
          const auto wait = find(node, nullptr, std::nullopt);
          if (!wait)
            return false;
          take(*wait);
          node = network_.arcs[*wait].to;
          arc = find(node, &deployment.blocks[b], depart);
        }
        if (!arc)
          return false;
        take(*arc);
        node = network_.arcs[*arc].to;
      }
    }
    while (node != network_.sink) {
      const auto wait = find(node, nullptr, std::nullopt);
      if (!wait)
        return false;
      take(*wait);
      node = network_.arcs[*wait].to;
    }
    return true;
  }

 private:
  std::optional<std::size_t> find(int node, const Block* block, std::optional<int> depart) const {
    for (const std::size_t i : out_[static_cast<std::size_t>(node)]) {
      const Arc& arc = network_.arcs[i];
      if (block == nullptr ? !arc.block : arc.block == *block && arc.depart == depart)
        return i;
    }
    return std::nullopt;
  }

  const DutyNetwork& network_;
  std::vector<std::vector<std::size_t>> out_;
};

}  // namespace

std::vector<double> most_units(const Problem& problem, const Formulation& formulation,
                               const std::vector<double>& price_of_row, double gap) {
  const double per_money = problem.data().policy.points_per_money.value;
  std::vector<double> most;
  most.reserve(formulation.model().columns.size());
  for (const auto& column : formulation.model().columns)
    most.push_back(column.upper);
  for (const auto& network : formulation.networks()) {
    std::vector<double> price_of_arc;
    price_of_arc.reserve(network.arcs.size());
    for (const Arc& arc : network.arcs) {
      double price = arc.points + per_money * arc.cost.value();
      for (const auto& entry : arc.uses)
        price += entry.amount * price_of_row[static_cast<std::size_t>(entry.row)];
      price_of_arc.push_back(price);
    }
    const auto through = least_through(network, price_of_arc);
    if (through.empty())
      continue;
    const double least = *std::min_element(through.begin(), through.end());
    const auto& columns = formulation.columns_of(network.unit_class);
    for (std::size_t i = 0; i < through.size(); ++i) {
      const double difference = through[i] - least;
      double& units = most[static_cast<std::size_t>(columns[i])];
      if (difference > kTolerance)
        units = std::min(units, std::floor(gap / difference + kTolerance));
    }
  }
  return most;
}

std::vector<double> NarrowedModel::widened(const std::vector<double>& values, std::size_t whole) const {
  std::vector<double> all(whole, 0.0);
  for (std::size_t j = 0; j < values.size(); ++j)
    all[static_cast<std::size_t>(columns[j])] = values[j];
  return all;
}

NarrowedModel narrowed(const LinearModel& whole, const std::vector<double>& most) {
  NarrowedModel result;
  std::vector<int> column_of(whole.columns.size(), -1);
  for (std::size_t j = 0; j < whole.columns.size(); ++j) {
    if (most[j] <= 0.0 && whole.columns[j].lower <= 0.0)
      continue;
    LinearModel::Column column = whole.columns[j];
    column.upper = std::min(column.upper, most[j]);
    column_of[j] = result.model.add_column(std::move(column));
    result.columns.push_back(static_cast<int>(j));
  }
  result.model.rows = whole.rows;
  for (const auto& term : whole.terms)
    if (const int column = column_of[static_cast<std::size_t>(term.column)]; column >= 0)
      result.model.add_term(term.row, column, term.value);
  return result;
}

std::optional<std::vector<double>> units_on_arcs(const Problem& problem, const Formulation& formulation,
                                                 const PlanState& plan) {
  std::vector<double> units(formulation.model().columns.size(), 0.0);
  for (const auto& network : formulation.networks()) {
    const Walker walker(network);
    const auto& columns = formulation.columns_of(network.unit_class);
    for (std::size_t m = 0; m < problem.classes[network.unit_class].members.size(); ++m) {
      const RecordPtr& record = plan.record(plan.model().seat(network.unit_class, m));
      const bool is_path = walker.walk(record ? &record->roster : nullptr, [&](std::size_t arc) {
        units[static_cast<std::size_t>(columns[arc])] += 1.0;
      });
      if (!is_path)
        return std::nullopt;
    }
  }
  return units;
}

double estimated_arcs(const Problem& problem) {
  double arcs = 0.0;
  for (const auto& unit_class : problem.classes) {
    for (std::size_t d = 0; d < unit_class.duties.size(); ++d) {
      const PairOption& option = unit_class.duties[d].option;
      const int longest = std::min(option.terms.longest_tour(), option.need_last - option.need_first);
      const double blocks = static_cast<double>(option.first_departures().size()) * std::max(longest, 0);
      arcs += blocks * (1.0 + static_cast<double>(unit_class.moves[d].size()) * option.terms.max_moves);
    }
  }
  return arcs;
}

}  // namespace relevo::planner
