// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/solve/duty.hpp"

#include <cstddef>
#include <map>
#include <optional>
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
  Span assigned;  ///< shadow and line days, and the days off that follow
  Span shadow;    ///< at most one day, before the line days
  Span working;   ///< line days
  Span moving;    ///< on the way to the next request within a tour: on duty, assigned to nothing
};

/// A run of line days at one duty within a tour, with what leads to it and what follows.
struct Block {
  enum class Then { GoesHome, TakesDaysOff, MovesOn };
  std::size_t duty = 0;  ///< position in UnitClass::duties
  int first_line = 0;
  int line_days = 0;
  bool shadow = false;                    ///< the day before first_line is a shadow day; first block only
  std::optional<std::size_t> moved_from;  ///< the duty that was left for this one in the days off before
  Then then = Then::GoesHome;
  std::size_t next = 0;  ///< the duty moved on to, for MovesOn
  int move_days = 0;     ///< and the days that takes

  /// One past the last line day.
  int end() const noexcept { return first_line + line_days; }
  /// Days that count towards the tour.
  int duty_days() const noexcept { return (shadow ? 1 : 0) + line_days + (then == Then::MovesOn ? move_days : 0); }
  friend bool operator==(const Block&, const Block&) = default;
};

/// One deployment in columns of the horizon: a path from home to home through the duty network. It has blocks.
struct Deployment {
  std::size_t unit_class = 0;
  int depart = 0;
  std::vector<Block> blocks;

  std::size_t first_duty() const { return blocks.front().duty; }
  friend bool operator==(const Deployment&, const Deployment&) = default;
};

/// The days of a block under the terms of its duty; `depart` is given for the first block of a deployment, which holds
/// the journey out.
Piece piece_of(const DeploymentTerms& terms, const Block& block, std::optional<int> depart);

/// All pieces of a deployment, in the order of its blocks.
std::vector<Piece> pieces_of(const UnitClass& unit_class, const Deployment& deployment);

/// The column from which the unit may depart again.
int rested_after(const UnitClass& unit_class, const Deployment& deployment);

/// Extension days (D2) of a tour with `used` duty days, those from before the deployment (w) included.
int extension_days(const DeploymentTerms& terms, int used) noexcept;

/// Crews that relieve the first one over the days present (D7).
int reliefs(const DeploymentTerms& terms, const Piece& piece) noexcept;

/// What a commitment does day by day (docs/model.md, section 3 (0)), in columns that may be negative.
struct CommitmentDays {
  struct Stay {
    std::optional<RequestIndex> request;
    std::optional<IncidentIndex> incident;
    AgencyIndex borrower{0U};
    std::vector<Piece> pieces;
    std::optional<int> leaves;  ///< the day on which it leaves the line for home (2b)
  };
  std::vector<Stay> stays;  ///< one for each stint
  Span away;
};
CommitmentDays commitment_days(const Scenario& scenario, const Commitment& commitment);

/// Cost by item (docs/model.md, section 5).
struct Cost {
  Money wages;
  Money lodging;
  Money travel;
  Money relief;
  Money total() const noexcept { return wages + lodging + travel + relief; }
};

/// Cost of one block for one unit of the class: the first (with `depart`) holds the journey out, the one that goes home
/// the journey home, and each the move to or from it. Lifts are paid apart.
Cost cost_of(const Problem& problem, const UnitClass& unit_class, const Block& block, std::optional<int> depart);

/// What one unit of the class pays for the journey of a duty one way, less what lifts carry, and for a move.
Money journey_fare(const Problem& problem, const UnitClass& unit_class, std::size_t duty, Direction direction);
Money move_fare(const Problem& problem, const UnitClass& unit_class, const TravelTable::Move& move);

/// The assignment of `member` that a deployment describes; id and contingent are given by the assembler.
Assignment make_assignment(const Problem& problem, const Deployment& deployment, const Member& member);

/// The assignment of one ordinal that a commitment stands for.
Assignment make_assignment(const Scenario& scenario, const Commitment& commitment, int ordinal);

}  // namespace relevo::planner
