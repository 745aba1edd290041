// SPDX-License-Identifier: MIT
#include "planner/record/evaluation.hpp"

#include "geo/csv_reader.hpp"
#include "tests/planner/record/record_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relevo::test {
namespace {

using planner::ActualAssignment;
using planner::as_happened;
using planner::Diagnostics;
using planner::evaluate_plan;
using planner::EvaluatedLender;
using planner::Evaluation;
using planner::read_actuals;
using testing::ElementsAre;

/// Two crews of BC on C-1 from 2 to 9, one of MX on C-2; tours of six days.
RecordBuilder season() {
  RecordBuilder builder;
  builder.plan.agreements.push_back(
      {.id = "pact", .max_line_days = 8, .max_tours = 1, .payer = {{"wages", planner::Payer::Borrower}}});
  return builder.crews("BC-1", 2, 1, 9, "C-1")
      .crews("MX-1", 1, 2, 9, "C-2")
      .line("C-1", 2, 0, 2, 9, 1)
      .line("C-2", 2, 1, 3, 9)
      .reserve("BC", 5, 3, 2, 1, 10)
      .reserve("MX", 4, 1, 1, 2, 10);
}

ActualAssignment crew(const std::string& row, const std::string& request, int depart, int last, int quantity = 1) {
  ActualAssignment actual{.unit = row,
                          .agency = RecordBuilder::lender_of(row),
                          .kind = "crew",
                          .agreement = "pact",
                          .borrower = "AB",
                          .request = request,
                          .quantity = quantity,
                          .persons = 20,
                          .depart = on(depart),
                          .home = on(last + 1)};
  for (int day = depart + 1; day <= last; ++day)
    actual.line_days.push_back(on(day));
  actual.duty_days = actual.line_days;
  return actual;
}

const EvaluatedLender& lender(const Evaluation& evaluation, const std::string& agency) {
  return *std::ranges::find(evaluation.lenders, agency, &EvaluatedLender::agency);
}

TEST(Evaluation, ThePlanAsItHappenedDeviatesInNothing) {
  const auto plan = season().plan;
  const auto evaluation = evaluate_plan(plan, as_happened(plan), {});
  for (const auto& line : evaluation.lines)
    EXPECT_EQ(line.fill.actual, line.fill.planned) << line.request;
  const auto& season = evaluation.season;
  EXPECT_EQ(season.actual.line_days, season.planned.line_days);
  EXPECT_EQ(season.actual.line_days, 2 * 8 + 7);
  EXPECT_EQ(season.actual.over_tour, 0);
  EXPECT_EQ(season.arrivals.days_late + season.arrivals.days_early + season.arrivals.missing, 0);
  for (const auto& payer : evaluation.payers)
    EXPECT_DOUBLE_EQ(payer.actual.value(), payer.planned.value());
}

TEST(Evaluation, FillNeverCountsMoreThanIsWantedOnADay) {
  // Three crews on two days that want two, then none.
  const auto evaluation = evaluate_plan(season().plan, {crew("BC-1", "C-1", 1, 3, 3)}, {});
  EXPECT_EQ(evaluation.lines[0].fill.wanted, 16);
  EXPECT_EQ(evaluation.lines[0].fill.planned, 16);
  EXPECT_EQ(evaluation.lines[0].fill.actual, 4);
  ASSERT_EQ(evaluation.priorities.size(), 2U);
  EXPECT_EQ(evaluation.priorities[1].fill.planned, 7);
  EXPECT_EQ(evaluation.priorities[1].fill.actual, 0);
}

TEST(Evaluation, TheKthArrivalBesideTheKthThatWasToCome) {
  // Planned: both on day 2. They came on 1 and 5, and a third, unplanned one on 7; nobody of MX came.
  const auto evaluation = evaluate_plan(
      season().plan, {crew("BC-1", "C-1", 4, 8), crew("BC-2", "C-1", 0, 8), crew("BC-2", "C-1", 6, 8)}, {});
  const auto& bc = lender(evaluation, "BC").arrivals;
  EXPECT_EQ(bc.days_late, 3);
  EXPECT_EQ(bc.days_early, 1);
  EXPECT_EQ(bc.unplanned, 1);
  EXPECT_EQ(lender(evaluation, "MX").arrivals.missing, 1);
  EXPECT_EQ(evaluation.season.arrivals.missing, 1);
}

TEST(Evaluation, ToursEndWithADayOffOrWithTheAgreement) {
  auto plan = season().plan;
  plan.agreements.front().max_line_days = 3;
  const auto over = [&](const ActualAssignment& actual) {
    return evaluate_plan(plan, {actual}, {}).season.actual.over_tour;
  };
  auto five = crew("BC-1", "C-1", 1, 6, 2);
  EXPECT_EQ(over(five), 2 * 2);
  // A day off in the middle makes two tours of two days; the agreement has one only.
  five.days_off = {on(4)};
  five.line_days = five.duty_days = {on(2), on(3), on(5), on(6)};
  EXPECT_EQ(over(five), 2 * 2);
  plan.agreements.front().max_tours = 2;
  EXPECT_EQ(over(five), 0);
  five.request.clear();
  five.days_off.clear();
  EXPECT_EQ(over(five), 0) << "tours are counted of those who serve a line";
}

TEST(Evaluation, AMoveToAnotherLineIsTheSameTour) {
  auto plan = season().plan;
  plan.agreements.front().max_line_days = 4;
  auto first = crew("BC-1", "C-1", 1, 4);
  first.home = on(4);
  auto second = crew("BC-1", "C-2", 4, 7);
  second.depart = on(5);
  second.moved = true;
  const auto evaluation = evaluate_plan(plan, {second, first}, {});
  EXPECT_EQ(evaluation.season.actual.over_tour, 6 - 4);
  EXPECT_EQ(evaluation.season.actual.units, 1);
  EXPECT_EQ(evaluation.season.actual.line_days, 6);
  // Home in between, if only for a night, is two tours.
  second.moved = false;
  EXPECT_EQ(evaluate_plan(plan, {second, first}, {}).season.actual.over_tour, 0);
}

TEST(Evaluation, KindsWithoutACrewThatStaysHaveNoTour) {
  planner::KindCatalogue kinds;
  kinds.kinds.push({.id = "crew", .relieved = true});
  auto plan = season().plan;
  plan.agreements.front().max_line_days = 2;
  EXPECT_EQ(evaluate_plan(plan, {crew("BC-1", "C-1", 1, 9)}, kinds).season.actual.over_tour, 0);
  plan.agreements.clear();
  const auto unknown = evaluate_plan(plan, {crew("BC-1", "C-1", 1, 9)}, {});
  EXPECT_EQ(unknown.rows_without_tour, 1);
}

TEST(Evaluation, ReserveCountsOnlyWhoIsLent) {
  auto own = crew("BC-1", "C-1", 1, 9, 4);
  own.borrower = "BC";
  EXPECT_EQ(evaluate_plan(season().plan, {own}, {}).season.actual.reserve_below, 0);
  const auto evaluation = evaluate_plan(season().plan, {crew("BC-1", "C-1", 1, 9, 4)}, {});
  EXPECT_EQ(evaluation.reserve[0].actual.least_home, 1);
  EXPECT_EQ(evaluation.reserve[0].actual.least_day, on(1));
  EXPECT_EQ(evaluation.reserve[0].actual.days_below, 10);
  EXPECT_EQ(evaluation.reserve[0].planned.days_below, 0);
  EXPECT_EQ(lender(evaluation, "BC").actual.reserve_below, 10);
}

TEST(Evaluation, CostByPayerThoseNotSaidLast) {
  auto paid = crew("BC-1", "C-1", 1, 9);
  paid.cost.emplace_back("AB", planner::Money(900));
  auto unsaid = crew("MX-1", "C-2", 1, 9);
  unsaid.cost.emplace_back("", planner::Money(50));
  const auto evaluation = evaluate_plan(season().plan, {paid, unsaid, crew("MX-1", "C-2", 1, 9)}, {});
  ASSERT_EQ(evaluation.payers.size(), 2U);
  EXPECT_EQ(evaluation.payers[0].payer, "AB");
  EXPECT_DOUBLE_EQ(evaluation.payers[0].planned.value(), 2 * 800 + 700);
  EXPECT_DOUBLE_EQ(evaluation.payers[0].actual.value(), 900);
  EXPECT_EQ(evaluation.payers[1].payer, "");
  EXPECT_EQ(evaluation.rows_without_cost, 1);
}

geo::Table table_of(const std::string& rows) {
  return geo::parse_csv(
      "unit,agency,kind,quantity,persons,request,depart,first_line_day,off_from,off_to,release,home,cost,"
      "currency,payer,source\n" +
          rows,
      "actuals.csv");
}

TEST(Actuals, RowsAreCompletedFromThePlan) {
  Diagnostics diagnostics;
  const auto rows =
      read_actuals(table_of("BC-1,,,2,,C-1,2030-06-04,2030-06-05,2030-06-07,2030-06-07,2030-06-09,,100,CAD,"
                            "lender,http://x\n,YT,crew,1,5,,2030-06-04,,,,2030-06-09,2030-06-10,,,,\n"),
                   season().plan, diagnostics);
  ASSERT_TRUE(diagnostics.all().empty());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].agency, "BC");
  EXPECT_EQ(rows[0].persons, 20);
  EXPECT_EQ(rows[0].agreement, "pact");
  EXPECT_THAT(rows[0].line_days, ElementsAre(on(2), on(3), on(5)));
  EXPECT_THAT(rows[0].days_off, ElementsAre(on(4)));
  EXPECT_EQ(rows[0].home, on(6));
  ASSERT_EQ(rows[0].cost.size(), 1U);
  EXPECT_EQ(rows[0].cost[0].first, "BC");
  EXPECT_EQ(rows[0].from.standing, planner::Standing::Stated);
  EXPECT_EQ(rows[1].from.standing, planner::Standing::Assumed);
  EXPECT_TRUE(rows[1].line_days.empty());
}

TEST(Actuals, EveryFaultNamesRowColumnAndRule) {
  auto plan = season().plan;
  plan.lines[1].measure = planner::Measure::People;
  Diagnostics diagnostics;
  const auto rows = read_actuals(table_of("BC-2,,,,,C-1,2030-06-04,2030-06-05,,,2030-06-09,,,,,\n"
                                          "BC-1,,,,,C-7,2030-06-04,2030-06-05,,,2030-06-09,,,,,\n"
                                          ",YT,crew,,,C-2,2030-06-04,2030-06-05,,,2030-06-09,,,,,\n"
                                          "BC-1,,,,,C-1,2030-06-04,,,,2030-06-09,,,,,\n"
                                          "BC-1,,,,,C-1,2030-06-04,2030-06-05,2030-06-06,,2030-06-01,,5,USD,,\n"
                                          "BC-1,,,0,,C-1,soon,2030-06-05,,,,,,,,\n"),
                                 plan, diagnostics);
  EXPECT_TRUE(rows.empty());
  std::vector<std::string> said;
  for (const auto& d : diagnostics.all())
    said.push_back(std::to_string(d.line) + " " + d.column + " " + d.rule);
  EXPECT_THAT(said, ElementsAre("7 quantity table.zero", "7 depart table.date", "7 release table.empty_cell",
                                "2 unit actuals.unit", "3 request actuals.request", "4 persons actuals.persons",
                                "5 first_line_day actuals.days", "6 off_to actuals.days", "6 release table.date_order",
                                "6 currency actuals.currency", "7 release actuals.days"));
  EXPECT_EQ(diagnostics.all()[3].remedy.key, "remedy.did_you_mean");
}

}  // namespace
}  // namespace relevo::test
