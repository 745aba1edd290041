// SPDX-License-Identifier: MIT
#include "planner/explain/max_flow.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>

namespace relevo::planner {

namespace {

struct FlowArc;
using FlowTraits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using FlowGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, FlowArc>;

struct FlowArc {
  MaxFlow::Amount capacity = 0;
  MaxFlow::Amount residual = 0;
  FlowTraits::edge_descriptor reverse;
};

}  // namespace

MaxFlow::Amount MaxFlow::between(std::size_t source, std::size_t sink) const {
  FlowGraph graph(nodes_);
  for (const auto& arc : arcs_) {
    const auto there = add_edge(arc.from, arc.to, {arc.capacity, 0, {}}, graph).first;
    const auto back = add_edge(arc.to, arc.from, {0, 0, there}, graph).first;
    graph[there].reverse = back;
  }
  return boost::push_relabel_max_flow(graph, source, sink, get(&FlowArc::capacity, graph),
                                      get(&FlowArc::residual, graph), get(&FlowArc::reverse, graph),
                                      get(boost::vertex_index, graph));
}

}  // namespace relevo::planner
