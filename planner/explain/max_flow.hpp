// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace relevo::planner {

/// The most that flows from one node to another, in whole numbers (Dinic 1970: Algorithm for solution of a problem of
/// maximum flow in a network with power estimation).
class MaxFlow {
 public:
  using Amount = std::int64_t;

  std::size_t add_node();
  void add_arc(std::size_t from, std::size_t to, Amount capacity);
  /// To be asked once.
  Amount between(std::size_t source, std::size_t sink);

 private:
  struct Arc {
    std::size_t to = 0;
    Amount left = 0;  ///< of its capacity
  };
  bool find_levels(std::size_t source, std::size_t sink);
  Amount push(std::size_t node, std::size_t sink, Amount most);

  std::vector<Arc> arcs_;  ///< an arc, then its reverse
  std::vector<std::vector<std::size_t>> out_;
  std::vector<int> level_;
  std::vector<std::size_t> next_;  ///< by node: the arc to be tried next
};

}  // namespace relevo::planner
