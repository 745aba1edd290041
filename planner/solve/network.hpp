// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/deployment.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/rows.hpp"

#include <cstddef>
#include <vector>

namespace relevo::planner {

/// One arc of a duty network (docs/model.md, section 6): a whole tour at one duty, or a day of waiting at home.
struct Arc {
  int from = 0;
  int to = 0;
  int duty = -1;        ///< position in UnitClass::duties; -1: waits at home
  bool starts = false;  ///< first tour of its deployment: holds the journey
  int depart = 0;       ///< for an arc that starts
  Tour tour;
  bool ends = false;  ///< goes home after the tour, else stays for days off
  Piece piece;
  Money cost;
  double points = 0.0;      ///< tier points, for an arc that starts
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

/// Arcs that would break a limit of `rows` on their own are not made.
DutyNetwork make_network(const Problem& problem, const RowTable& rows, std::size_t unit_class);

}  // namespace relevo::planner
