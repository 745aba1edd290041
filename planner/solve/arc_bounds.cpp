// SPDX-License-Identifier: MIT
#include "planner/solve/arc_bounds.hpp"

#include "planner/solve/tolerances.hpp"

#include <algorithm>
#include <cmath>

namespace relevo::planner {

namespace {

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
      if (difference > kPriceTolerance)
        units = std::min(units, std::floor(gap / difference + kAmountTolerance));
    }
  }
  return most;
}

std::vector<double> most_units(const Problem& problem, const Formulation& formulation, const Master& master,
                               const std::vector<EscortLeaf>& leaves, double objective) {
  std::vector<double> most(formulation.model().columns.size(), 0.0);
  for (const auto& leaf : leaves) {
    const auto of_leaf =
        most_units(problem, formulation, master.prices(leaf.row_duals), objective - leaf.bound + kProofTolerance);
    for (std::size_t j = 0; j < most.size(); ++j)
      most[j] = std::max(most[j], of_leaf[j]);
  }
  return most;
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
