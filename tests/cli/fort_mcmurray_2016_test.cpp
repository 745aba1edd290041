// SPDX-License-Identifier: MIT
// The shipped scenario against what happened: 41 people of CONAFOR left for Alberta on Saturday 4 June 2016, and the 59
// of Jalisco did not. Each row that holds the number is taken away in turn, so that no other rule can be the cause.
#include "cli/scenario_source.hpp"
#include "planner/check/check.hpp"
#include "planner/explain/reasons.hpp"
#include "planner/solve/solve.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace relevo::cli {
namespace {

using namespace planner;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;

Day day(int month, int day_of_month) {
  return Day{std::chrono::year{2016} / month / day_of_month};
}

/// The scenario as shipped, with its journeys; read once.
const ScenarioData& shipped() {
  static const Scenario kScenario = [] {
    const std::filesystem::path data = std::filesystem::path(RELEVO_SOURCE_DIR) / "data";
    CommonOptions options;
    options.quiet = true;
    return load_for_planning(data / "scenarios" / "fort-mcmurray-2016", data, options);
  }();
  return kScenario.data();
}

template <class Table>
auto& named(Table& table, const std::string& id) {
  return *std::ranges::find_if(table, [&](const auto& entry) { return entry.id == id; });
}

struct Planned {
  Scenario scenario;
  Plan plan;
  CheckReport report;

  explicit Planned(ScenarioData data) : scenario(std::move(data)), plan(solve(scenario)) {
    explain_lines(scenario, plan);
    report = check(scenario, plan);
  }

  const std::string& lender_of(const Assignment& a) const {
    return scenario->agencies[scenario->units[a.unit].agency].id;
  }

  std::vector<const Assignment*> new_from(const std::string& agency) const {
    std::vector<const Assignment*> found;
    for (const auto& a : plan.assignments)
      if (!a.commitment && lender_of(a) == agency)
        found.push_back(&a);
    return found;
  }

  int people_from(const std::string& agency) const {
    int sum = 0;
    for (const auto* a : new_from(agency))
      sum += a->persons;
    return sum;
  }

  std::vector<const Contingent*> new_contingents_from(const std::string& agency) const {
    std::vector<const Contingent*> found;
    for (const auto& c : plan.contingents)
      if (!c.commitment && scenario->agencies[c.lender].id == agency)
        found.push_back(&c);
    return found;
  }

  const RequestFill& line(const std::string& id) const {
    return *std::ranges::find_if(plan.requests, [&](const auto& q) { return scenario->requests[q.request].id == id; });
  }

  void expect_sound() const {
    EXPECT_EQ(plan.result.status, PlanStatus::Optimal);
    EXPECT_THAT(report.violations, IsEmpty());
  }
};

const Planned& as_shipped() {
  static const Planned kPlanned{shipped()};
  return kPlanned;
}

void lift_offers(ScenarioData& data, const std::string& agency) {
  std::erase_if(data.offers, [&](const Offer& offer) { return data.agencies[offer.agency].id == agency; });
}

void set_people(ScenarioData& data, const std::string& pool, int people) {
  named(data.pools, pool).rows = {{.people = people}};
}

void set_level(ScenarioData& data, const std::string& agency, int level) {
  named(data.agencies, agency).levels = {{kFirstDay, level}};
}

void take_back_refusals(ScenarioData& data) {
  std::erase_if(data.responses, [](const Response& r) { return r.answer == Response::Answer::Declined; });
}

int imported_people(const ScenarioData& data, const std::string& agency) {
  int sum = 0;
  for (const auto& c : data.commitments) {
    const auto& unit = data.units[c.unit];
    if (data.agencies[unit.agency].id == agency)
      sum += unit.persons * static_cast<int>(c.ordinals.size());
  }
  return sum;
}

TEST(FortMcMurray2016, HelpOnTheGroundAddsUpToTheReportedNumbers) {
  const std::vector<std::pair<std::string, int>> reported{
      {"ZA-WOF", 298}, {"US-NICC", 198}, {"CA-BC", 111}, {"CA-ON", 85}, {"CA-NT", 30},    {"CA-PC", 28},
      {"CA-SK", 8},    {"CA-NB", 7},     {"CA-NS", 3},   {"CA-MB", 2},  {"MX-CONAFOR", 1}};
  for (const auto& [agency, people] : reported)
    EXPECT_EQ(imported_people(shipped(), agency), people) << agency;
  EXPECT_EQ(imported_people(shipped(), "CA-NL") + imported_people(shipped(), "CA-PE"), 3);
}

TEST(FortMcMurray2016, PlanIsProvenBestAndBreaksNoRule) {
  as_shipped().expect_sound();
  // Only the representative who stays as long as the brigades is longer at work than a tour.
  ASSERT_EQ(as_shipped().report.findings.size(), 1U);
  EXPECT_EQ(as_shipped().report.findings.front().code, "inherited.tour.line_days");
}

TEST(FortMcMurray2016, FortyOnePeopleOfConaforLeaveInOneContingentWithTheirLead) {
  const Planned& p = as_shipped();
  EXPECT_EQ(p.people_from("MX-CONAFOR"), 41);
  const auto contingents = p.new_contingents_from("MX-CONAFOR");
  ASSERT_EQ(contingents.size(), 1U);
  EXPECT_EQ(contingents.front()->persons, 41);
  EXPECT_EQ(contingents.front()->depart, day(6, 4));
  EXPECT_EQ(contingents.front()->home, day(7, 6));
  EXPECT_FALSE(contingents.front()->lead.empty());
  EXPECT_FALSE(contingents.front()->representative.empty());
}

TEST(FortMcMurray2016, TheRepresentativeOfMayIsNotLedByTheLeadOfJune) {
  // CONAFOR's representative is there since 24 May, its lead comes on 4 June; the representative stands for both.
  const Planned as_shipped(shipped());
  int contingents = 0;
  for (const Contingent& c : as_shipped.plan.contingents) {
    if (as_shipped.scenario->agencies[c.lender].id != "MX-CONAFOR")
      continue;
    ++contingents;
    EXPECT_EQ(c.lead.empty(), c.depart < day(6, 4)) << c.id;
    EXPECT_FALSE(c.representative.empty()) << c.id;
  }
  EXPECT_EQ(contingents, 2);
}

TEST(FortMcMurray2016, BrigadesArriveTheSameDayAndWorkTwoTours) {
  const Planned& p = as_shipped();
  std::vector<std::string> units;
  for (const auto* a : p.new_from("MX-CONAFOR")) {
    units.push_back(p.scenario->units[a->unit].id);
    EXPECT_EQ(a->depart, day(6, 4));
    EXPECT_EQ(a->arrive, day(6, 4));
    ASSERT_EQ(a->stints.size(), 1U);
    const Stint& stint = a->stints.front();
    EXPECT_EQ(stint.line_days.size(), 28U);
    EXPECT_EQ(stint.line_days.front(), day(6, 5));
    EXPECT_EQ(stint.line_days.back(), day(7, 5));
    EXPECT_THAT(stint.days_off, ElementsAre(day(6, 19), day(6, 20), day(6, 21)));
  }
  std::ranges::sort(units);
  EXPECT_THAT(units, ElementsAre("MX-BRIG", "MX-BRIG", "MX-LEAD"));
}

TEST(FortMcMurray2016, EveryNewAssignmentCitesItsClauses) {
  for (const auto* a : as_shipped().new_from("MX-CONAFOR"))
    EXPECT_THAT(a->clauses, IsSupersetOf({std::string("ca-mx-2014-2016/in_force"), std::string("ca-mx-2014-2016/kinds"),
                                          std::string("ca-mx-2014-2016/tour")}));
  for (const auto& a : as_shipped().plan.assignments)
    if (!a.commitment) {
      EXPECT_THAT(a.clauses, testing::Not(IsEmpty())) << a.id;
    }
}

TEST(FortMcMurray2016, JaliscosLineStaysOpenBecauseItWasDeclined) {
  const RequestFill& line = as_shipped().line("C-42");
  EXPECT_EQ(line.status, RequestStatus::UnableToFill);
  EXPECT_EQ(line.reason.code, "declined");
  EXPECT_EQ(as_shipped().people_from("MX-JAL"), 0);
}

TEST(FortMcMurray2016, RowsThatHoldTheNumberAreTheNamedOnesInTurn) {
  ScenarioData data = shipped();
  named(data.requests, "C-41").quantity = 12;
  const Planned offered{data};
  offered.expect_sound();
  EXPECT_EQ(offered.people_from("MX-CONAFOR"), 41);
  EXPECT_EQ(offered.line("C-41").reason.code, "offer");

  data = shipped();
  lift_offers(data, "MX-CONAFOR");
  const Planned relieved{data};
  relieved.expect_sound();
  EXPECT_EQ(relieved.people_from("MX-CONAFOR"), 82);
  EXPECT_EQ(relieved.line("C-41").status, RequestStatus::Filled);

  named(data.requests, "C-41").quantity = 12;
  const Planned pooled{data};
  pooled.expect_sound();
  EXPECT_EQ(pooled.people_from("MX-CONAFOR"), 124);
  EXPECT_EQ(pooled.line("C-41").reason.code, "pool");

  set_people(data, "JAL", 1000);
  const Planned reserved{data};
  reserved.expect_sound();
  EXPECT_EQ(reserved.people_from("MX-CONAFOR"), 165);
  EXPECT_EQ(reserved.line("C-41").reason.code, "reserve");

  set_level(data, "MX-CONAFOR", 1);
  const Planned exhausted{data};
  exhausted.expect_sound();
  EXPECT_EQ(exhausted.people_from("MX-CONAFOR"), 205);
  EXPECT_EQ(exhausted.line("C-41").reason.code, "in_use");
}

TEST(FortMcMurray2016, WithoutTheRefusalThePoolHoldsJaliscoBack) {
  ScenarioData data = shipped();
  take_back_refusals(data);
  const Planned pooled{data};
  pooled.expect_sound();
  EXPECT_EQ(pooled.people_from("MX-CONAFOR"), 41);
  EXPECT_EQ(pooled.people_from("MX-JAL"), 39);
  EXPECT_EQ(pooled.line("C-42").reason.code, "pool");

  set_people(data, "JAL", 77);
  const Planned all{data};
  all.expect_sound();
  EXPECT_EQ(all.people_from("MX-CONAFOR"), 41);
  EXPECT_EQ(all.people_from("MX-JAL"), 59);
}

}  // namespace
}  // namespace relevo::cli
