// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/solve/duty.hpp"

#include <map>
#include <string>
#include <vector>

namespace relevo::planner {

/// Columns [first, last).
struct Span {
  int first = 0;
  int last = 0;
  int size() const noexcept { return last > first ? last - first : 0; }
};

/// A part of a deployment that adds up: the days it keeps a unit away, assigned and working. An arc of the duty network
/// is one piece; so is a whole commitment tour.
struct Piece {
  Span away;
  Span present;   ///< away, less the journeys: what lodging is paid for
  Span assigned;  ///< line days and the days off that follow
  Span working;   ///< line days
};

/// One tour of a deployment: its line days, and the column of its first.
struct Tour {
  int first_line = 0;
  int line_days = 0;
};

/// One deployment in columns of the horizon: a path from home to home through the duty network.
struct Deployment {
  std::size_t unit_class = 0;
  std::size_t duty = 0;
  int depart = 0;
  std::vector<Tour> tours;
};

/// The piece of tour `tour`; `starts` says that it is the first of its deployment (then it holds the journey out from
/// `depart`), `ends` that the unit goes home after it (else it takes its days off).
Piece piece_of(const DeploymentTerms& terms, const Tour& tour, int depart, bool starts, bool ends);

/// All pieces of a deployment, in order.
std::vector<Piece> pieces_of(const DeploymentTerms& terms, const Deployment& deployment);

/// What a commitment does day by day (docs/model.md, section 3 (0)), in columns that may be negative.
struct CommitmentDays {
  std::vector<Piece> pieces;
  Span away;
};
CommitmentDays commitment_days(const Scenario& scenario, const Commitment& commitment);

/// Cost by item (docs/model.md, section 5).
struct Cost {
  Money wages;
  Money lodging;
  Money travel;
  Money total() const noexcept { return wages + lodging + travel; }
};

/// Cost of one piece; `starts` charges the journey, both ways.
Cost cost_of(const Scenario& scenario, const Unit& unit, const Piece& piece, const geo::Itinerary& journey,
             bool starts);

/// The assignment of `member` that a deployment describes; id and contingent are given by the assembler.
Assignment make_assignment(const Problem& problem, const Deployment& deployment, const Member& member);

/// The assignment of one ordinal that a commitment stands for.
Assignment make_assignment(const Scenario& scenario, const Commitment& commitment, int ordinal);

}  // namespace relevo::planner
