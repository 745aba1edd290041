// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"
#include "planner/rules/pair_rules.hpp"
#include "planner/solve/lifts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relevo::planner {

/// One ordinal of a roster row.
struct Member {
  UnitIndex unit{0U};
  int ordinal = 1;
};

/// Who must be accompanied: one escort term of one agreement between one lender and one borrower (row family 4).
struct EscortGroup {
  AgreementIndex agreement{0U};
  AgencyIndex lender{0U};
  AgencyIndex borrower{0U};
  std::size_t term = 0;  ///< position in Agreement::escorts
};

/// What a class can be sent to do: serve a request, or escort a group. Exactly one of the two is set.
struct Duty {
  std::optional<RequestIndex> request;
  std::optional<std::size_t> escort_group;  ///< position in Problem::escort_groups
  AgencyIndex borrower{0U};
  PairOption option;
};

/// A move that units of a class may make from one duty to another (D8).
struct DutyMove {
  std::uint32_t to = 0;           ///< position in UnitClass::duties
  int days = 0;                   ///< of the move
  const TravelTable::Move& move;  ///< owned by the scenario: large seasons have many duties with the same move
};

/// Interchangeable units (docs/model.md, section 6): one network, one integer flow of members.size().
struct UnitClass {
  UnitIndex exemplar{0U};
  Availability availability;
  std::vector<Member> members;
  std::vector<Duty> duties;                  ///< those that can only be reached by a move have no departures
  std::vector<std::vector<DutyMove>> moves;  ///< by duty moved from

  /// Days of the longest move; 0: there is none.
  int longest_move() const noexcept;
  /// The move between two duties; there is one.
  const TravelTable::Move& move(std::size_t from, std::size_t to) const;
};

/// The scenario as the solver sees it: classes with their duties, escort groups, and how far ahead to look.
struct Problem {
  const Scenario* scenario = nullptr;
  std::vector<UnitClass> classes;
  std::vector<EscortGroup> escort_groups;  ///< ascending by agreement, lender and borrower
  std::vector<LiftRoute> routes;           ///< of the table lifts
  int columns = 0;  ///< days from the horizon's first day until the last possible or committed unit is home and rested

  const ScenarioData& data() const noexcept { return scenario->data(); }
  const EscortTerms& term_of(const EscortGroup& group) const {
    return data().agreements[group.agreement].escorts[group.term];
  }
};

/// Groups the roster into classes and judges every pair once.
Problem make_problem(const Scenario& scenario);

/// The first day on which a committed unit may go again (D5): rest as under the commitment's agreement.
Day rested_after(const Scenario& scenario, const Commitment& commitment);

/// The escort role in which a commitment or unit stands under an agreement; none for an ordinary resource.
std::optional<std::size_t> escort_term_of(const Scenario& scenario, const Unit& unit, const Agreement& agreement);

}  // namespace relevo::planner
