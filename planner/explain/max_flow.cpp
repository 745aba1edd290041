// SPDX-License-Identifier: MIT
#include "planner/explain/max_flow.hpp"

#include <algorithm>
#include <limits>

namespace relevo::planner {

std::size_t MaxFlow::add_node() {
  out_.emplace_back();
  return out_.size() - 1;
}

void MaxFlow::add_arc(std::size_t from, std::size_t to, Amount capacity) {
  if (capacity <= 0)
    return;
  out_[from].push_back(arcs_.size());
  arcs_.push_back({to, capacity});
  out_[to].push_back(arcs_.size());
  arcs_.push_back({from, 0});
}

bool MaxFlow::find_levels(std::size_t source, std::size_t sink) {
  level_.assign(out_.size(), -1);
  level_[source] = 0;
  std::vector<std::size_t> queue{source};
  for (std::size_t i = 0; i < queue.size(); ++i)
    for (const std::size_t a : out_[queue[i]])
      if (const Arc& arc = arcs_[a]; arc.left > 0 && level_[arc.to] < 0) {
        level_[arc.to] = level_[queue[i]] + 1;
        queue.push_back(arc.to);
      }
  return level_[sink] >= 0;
}

MaxFlow::Amount MaxFlow::push(std::size_t node, std::size_t sink, Amount most) {
  if (node == sink)
    return most;
  Amount pushed = 0;
  for (; next_[node] < out_[node].size(); ++next_[node]) {
    const std::size_t a = out_[node][next_[node]];
    if (arcs_[a].left == 0 || level_[arcs_[a].to] != level_[node] + 1)
      continue;
    const Amount through = push(arcs_[a].to, sink, std::min(most - pushed, arcs_[a].left));
    arcs_[a].left -= through;
    arcs_[a ^ 1U].left += through;
    pushed += through;
    if (pushed == most)
      return pushed;
  }
  return pushed;
}

MaxFlow::Amount MaxFlow::between(std::size_t source, std::size_t sink) {
  Amount flow = 0;
  while (find_levels(source, sink)) {
    next_.assign(out_.size(), 0);
    flow += push(source, sink, std::numeric_limits<Amount>::max());
  }
  return flow;
}

}  // namespace relevo::planner
