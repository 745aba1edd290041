// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/report_input.hpp"
#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <string>

namespace relevo::cli::test {

/// A plan made by hand, in the shape of the first scenario: Alberta in late May 2016 with South Africans, Ontarians and
/// British Columbians already there, 41 people from Mexico to come, a provincial line that Jalisco declined. It has one
/// of everything that a report can show; whether it is a good plan does not matter here.
struct ReportWorld {
  planner::Scenario scenario;
  planner::Plan plan;
  planner::Plan baseline;

  ReportInput input(text::Lang lang = text::Lang::En) const;
};

ReportWorld alberta_2016();

/// The same with what few plans have: a move, an extension day, a relief crew, an interpreter, a drop and a lift.
ReportWorld with_moves_and_lifts();

/// The same with hostile names: markup, script ends, formulas, control characters and bytes that are not UTF-8.
ReportWorld hostile();

/// Nothing asked, nothing planned.
ReportWorld empty_world();

}  // namespace relevo::cli::test
