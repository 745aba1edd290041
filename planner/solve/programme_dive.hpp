// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/plan_state.hpp"
#include "planner/solve/roster_programme.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace relevo::planner {

/// Makes the solution of a RosterProgramme whole: units that are whole follow their rosters, then rosters that most of
/// a unit follows, a share of the open units at a time, and the programme is solved again after each. A roster that
/// would break a rule takes nobody more.
class ProgrammeDive {
 public:
  /// By class: the seats that may be given rosters.
  using SeatsOfClass = std::map<std::size_t, std::vector<Seat>>;

  /// `beside`: the plan of all others, without those seats. `least`: units that follow a roster there already, by
  /// roster; those missing count as none.
  ProgrammeDive(RosterProgramme& programme, PlanState beside, const SeatsOfClass& seats,
                std::vector<double> least = {});

  /// The programme was solved. `stop`: looked at between linear programmes.
  void run(const std::function<bool()>& stop);

  /// Who follows which roster.
  const std::vector<std::pair<Seat, RecordPtr>>& found() const noexcept { return found_; }
  /// The plan of all others with these.
  const PlanState& plan() const noexcept { return plan_; }

 private:
  bool fix(std::size_t roster);
  void fix_or_close(std::size_t roster, std::size_t& done);
  bool fix_batch();

  RosterProgramme& programme_;
  const SeatsOfClass& seats_;
  PlanState plan_;
  std::map<std::size_t, std::size_t> taken_;  // of the seats of a class
  std::vector<double> least_;                 // units that follow a roster for good
  std::vector<char> is_closed_;               // by roster
  std::vector<std::pair<Seat, RecordPtr>> found_;
};

}  // namespace relevo::planner
