// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/deployment.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/rows.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace relevo::planner {

/// One arc of a duty network (docs/model.md, section 6): a block at one duty, or a day of waiting at home.
struct Arc {
  int from = 0;
  int to = 0;
  std::optional<Block> block;  ///< none: waits at home
  std::optional<int> depart;   ///< for the first block of a deployment
  Money cost;
  double points = 0.0;      ///< tier and extension points
  int extension_days = 0;   ///< of the block
  std::vector<Entry> uses;  ///< rows of the RowTable
};

/// The duty network of a class: node 0 is at home and free on the first useful day, where all units start; node
/// `sink` is where they end. A class with pins has a layer of nodes for each set of pins that a unit has met, so that a
/// pin counts units and not deployments.
struct DutyNetwork {
  std::size_t unit_class = 0;
  int nodes = 0;
  int sink = 0;
  std::vector<Arc> arcs;
};

/// By node, the arcs that leave it, ascending.
std::vector<std::vector<std::size_t>> arcs_from_nodes(const DutyNetwork& network);

/// The nodes so that every arc leads onwards. `out`: of arcs_from_nodes().
std::vector<int> nodes_in_order(const DutyNetwork& network, const std::vector<std::vector<std::size_t>>& out);

/// Whether a deployment may begin with a shadow day that is of use. It saves a drop; or it lets the unit travel a day
/// earlier, with others or as announced. Else the unit works on that day, or, where the line is full, comes a day
/// later.
bool may_begin_with_shadow(const Problem& problem, const UnitClass& unit_class, std::size_t duty, int depart);

/// Which uses arcs keep: who prices days needs only those of pins, and all are most of the memory of a large season.
enum class ArcUses { All, Pins };

/// Arcs that would break a limit of `rows` on their own are not made.
DutyNetwork make_network(const Problem& problem, const RowTable& rows, std::size_t unit_class,
                         ArcUses uses = ArcUses::All);

}  // namespace relevo::planner
