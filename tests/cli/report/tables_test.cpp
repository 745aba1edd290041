// SPDX-License-Identifier: MIT
#include "cli/report/tables.hpp"

#include "cli/report/csv_writer.hpp"
#include "tests/cli/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace relevo::cli {
namespace {

using testing::HasSubstr;

std::string cell(std::string_view text) {
  CsvWriter csv;
  csv.text(text);
  return csv.take();
}

TEST(CsvWriter, QuotesAsTheStandardSays) {
  EXPECT_EQ(cell("plain"), "plain");
  EXPECT_EQ(cell("a,b"), "\"a,b\"");
  EXPECT_EQ(cell("say \"when\""), "\"say \"\"when\"\"\"");
  EXPECT_EQ(cell("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(cell(" blank"), "\" blank\"");
  EXPECT_EQ(cell(""), "");
}

TEST(CsvWriter, FormulasAreInert) {
  EXPECT_EQ(cell("=1+1"), "'=1+1");
  EXPECT_EQ(cell("+1"), "'+1");
  EXPECT_EQ(cell("-1"), "'-1");
  EXPECT_EQ(cell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(cell("\t=1"), "'\t=1");
  EXPECT_EQ(cell("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(cell("\uFF1D1"), "'\uFF1D1");
  EXPECT_EQ(cell("=A1,\"x\""), "\"'=A1,\"\"x\"\"\"");
  EXPECT_EQ(cell("C-12"), "C-12");
}

TEST(CsvWriter, NumbersAreUntouched) {
  CsvWriter csv;
  csv.number(-5).money(-1234.5);
  csv.end_row();
  EXPECT_EQ(csv.take(), "-5,-1234.50\r\n");
}

std::size_t lines_of(const std::string& csv) {
  return static_cast<std::size_t>(std::ranges::count(csv, '\n'));
}

TEST(Tables, OneLinePerAssignment) {
  const auto world = test::alberta_2016();
  const std::string csv = assignments_csv(world.input());
  EXPECT_EQ(lines_of(csv), world.plan.assignments.size() + 1);
  EXPECT_THAT(csv, HasSubstr("A-0001,K-003,firm,no,,MX-CONAFOR,CA-AB,ca-mx-2014-2016,"));
  EXPECT_THAT(csv, HasSubstr(",2016-06-04,2016-06-05,2016-06-07,2016-06-29,20,1,3,2016-07-01,2016-07-02,2016-07-05,"));
  EXPECT_EQ(csv, assignments_csv(world.input()));
}

TEST(Tables, UnfilledLinesCarryCodeAndSentence) {
  const auto world = test::alberta_2016();
  const std::string csv = unfilled_csv(world.input());
  EXPECT_THAT(csv, HasSubstr("C-3,MWF-009,Horse River,CA-AB,crew,2,people,59,2,2016-06-01,2016-06-30,utf,1770,0,1770,"
                             "declined,3 × MX-JAL: the lender declined this line (critical season at home).\r\n"));
}

TEST(Tables, OneLinePerIncidentWithItsAssessment) {
  const auto world = test::assessed_world();
  const std::string csv = incidents_csv(world.input());
  EXPECT_EQ(lines_of(csv), world.scenario->incidents.size() + 1);
  EXPECT_THAT(csv, HasSubstr("\r\nMWF-009,Horse River,wildfire,CA-AB,-111.383,56.7,no,1,68,522895,12500,0,61374,66573,"
                             "Fort McMurray,12.4,84,fwi,11.5,23.75,38,2,CYMM,22.6\r\n"));
  EXPECT_THAT(csv, HasSubstr("\r\nCWF-003,Cariboo test fire,wildfire,CA-BC,-122.1,52.4,yes,5,12,260,0,0,61374,66573,"
                             ",,,,,,,0,CYMM,22.6\r\n"));
  EXPECT_EQ(lines_of(incidents_csv(test::alberta_2016().input())), 1U) << "nothing assessed: the header alone";
}

TEST(Tables, NoCellOfAHostilePlanIsAFormula) {
  const auto world = test::hostile();
  for (const auto& csv : {assignments_csv(world.input()), unfilled_csv(world.input())}) {
    bool quoted = false;
    char previous = ',';
    for (const char c : csv) {
      const bool begins_cell = !quoted && c != '"' && (previous == ',' || previous == '\n');
      quoted = quoted != (c == '"');
      if (begins_cell) {
        EXPECT_EQ(std::string("=+-@\t").find(c), std::string::npos) << csv;
      }
      previous = c;
    }
    EXPECT_THAT(csv, testing::Not(HasSubstr("\"=")));
    EXPECT_THAT(csv, testing::Not(HasSubstr("\"@")));
  }
  // Longitudes are numbers and keep their sign.
  EXPECT_THAT(incidents_csv(world.input()), HasSubstr(",'=cmd,22.6\r\n"));
}

TEST(Tables, SayWhichDaysAreOff) {
  auto world = test::alberta_2016();
  planner::Stint& stint = world.plan.assignments.front().stints.front();
  stint.days_off = {planner::parse_day("2016-06-19").value(), planner::parse_day("2016-06-20").value(),
                    planner::parse_day("2016-07-06").value()};
  EXPECT_THAT(assignments_csv(world.input()), HasSubstr(",2016-06-19..2016-06-20;2016-07-06,"));
  stint.days_off.clear();
  EXPECT_THAT(assignments_csv(world.input()), HasSubstr(",none,"));
}

}  // namespace
}  // namespace relevo::cli
