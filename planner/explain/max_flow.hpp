// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace relevo::planner {

/// The most that flows from one node to another, in whole numbers; by the push-relabel algorithm of Boost.Graph.
class MaxFlow {
 public:
  using Amount = std::int64_t;

  std::size_t add_node() { return nodes_++; }
  void add_arc(std::size_t from, std::size_t to, Amount capacity) { arcs_.push_back({from, to, capacity}); }
  Amount between(std::size_t source, std::size_t sink) const;

 private:
  struct Arc {
    std::size_t from = 0;
    std::size_t to = 0;
    Amount capacity = 0;
  };
  std::size_t nodes_ = 0;
  std::vector<Arc> arcs_;
};

}  // namespace relevo::planner
