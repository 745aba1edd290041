// SPDX-License-Identifier: MIT
// The shipped scenarios that use the whole model: their plans break no rule and what each is
// there to show is in the plan.
#include "cli/plan_table.hpp"
#include "cli/report/tables.hpp"
#include "cli/scenario_source.hpp"
#include "geo/csv_reader.hpp"
#include "planner/check/check.hpp"
#include "planner/explain/reasons.hpp"
#include "planner/solve/solve.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <tuple>

namespace relevo::cli {
namespace {

using namespace planner;  // NOLINT(google-build-using-namespace): a test made of the model's types
using testing::IsEmpty;

constexpr double kGap = 0.01;

struct Planned {
  Scenario scenario;
  Plan plan;
  CheckReport report;

  explicit Planned(const std::string& name, double gap = kGap)
      : scenario(loaded(name)), plan(solve(scenario, {.gap = gap})) {
    explain_lines(scenario, plan);
    report = check(scenario, plan);
  }

  static Scenario loaded(const std::string& name) {
    const std::filesystem::path data = std::filesystem::path(RELEVO_SOURCE_DIR) / "data";
    CommonOptions options;
    options.quiet = true;
    return load_for_planning(data / "scenarios" / name, data, options);
  }

  const std::string& lender_of(const Assignment& a) const {
    return scenario->agencies[scenario->units[a.unit].agency].id;
  }
  const std::string& unit_of(const Assignment& a) const { return scenario->units[a.unit].id; }

  const RequestFill& line(const std::string& id) const {
    return *std::ranges::find_if(plan.requests, [&](const auto& q) { return scenario->requests[q.request].id == id; });
  }

  int new_people_from(const std::string& agency) const {
    int sum = 0;
    for (const auto& a : plan.assignments)
      if (!a.commitment && lender_of(a) == agency)
        sum += a.persons;
    return sum;
  }

  void expect_sound() const {
    EXPECT_THAT(report.violations, IsEmpty());
    EXPECT_LT(plan.result.gap, kGap);
  }

  /// Who goes when, and where on which days.
  static auto deployments(const Plan& plan) {
    using Key = std::tuple<UnitIndex, int, Day>;
    std::map<Key, std::tuple<AgreementIndex, std::vector<Stint>, Day, Day>> all;
    for (const auto& a : plan.assignments)
      all.emplace(Key(a.unit, a.ordinal, a.depart), std::tuple(a.agreement, a.stints, a.release, a.home));
    return all;
  }

  /// What `relevo check --plan assignments.csv` reads is the plan that was written, and as good.
  void expect_table_reads_back() const {
    const Plan read =
        read_plan_table(geo::parse_csv(assignments_csv({scenario, plan, plan}), "assignments.csv"), scenario);
    EXPECT_EQ(deployments(read), deployments(plan));
    EXPECT_THAT(check(scenario, read).violations, IsEmpty());
    EXPECT_NEAR(read.result.objective, plan.result.objective, 1e-6 * plan.result.objective);
  }
};

const Planned& canada() {
  static const Planned kPlanned{"canada-2023"};
  return kPlanned;
}

const Planned& chiapas() {
  // A percent is more than a handover is worth.
  static const Planned kPlanned{"chiapas-earthquake", 1e-4};
  return kPlanned;
}

void canada_is_planned_within_a_percent_and_breaks_no_rule() {
  canada().expect_sound();
}

void canada_mexicos_second_contingent_goes_to_prince_george_with_its_escorts() {
  const Planned& p = canada();
  EXPECT_EQ(p.line("BC-2").status, RequestStatus::Filled);
  // 102 went: 100 and two technicians. The plan sends a representative as well, for the first one stays in Ontario.
  EXPECT_EQ(p.new_people_from("MX-CONAFOR"), 103);
  ASSERT_FALSE(p.plan.lifts.empty());
  for (const auto& lift : p.plan.lifts)
    EXPECT_EQ(p.scenario->lifts[lift.lift].id, "MX-BIG");
}

void canada_provinces_at_level_five_keep_four_fifths() {
  const Planned& p = canada();
  for (Day day = p.scenario->horizon.first; day < p.scenario->horizon.last(); day += Days{1}) {
    const auto lent = std::ranges::count_if(p.plan.assignments, [&](const Assignment& a) {
      return p.unit_of(a) == "BC-UC" && p.scenario->agencies[a.borrower].id != "CA-BC" && a.depart <= day &&
             day <= a.home;
    });
    EXPECT_LE(lent, 3) << "of 18";
  }
}

void canada_the_team_comes_with_its_pumps() {
  EXPECT_EQ(canada().line("QC-8").status, RequestStatus::Filled);
  EXPECT_EQ(canada().line("QC-9").status, RequestStatus::Filled);
}

void canada_named_lines_and_hot_fires_get_who_they_ask_for() {
  const Planned& p = canada();
  EXPECT_EQ(p.line("BC-6").status, RequestStatus::Filled);
  for (const auto& a : p.plan.assignments) {
    const auto serves = [&](const char* id) {
      return std::ranges::any_of(
          a.stints, [&](const Stint& s) { return s.request && p.scenario->requests[*s.request].id == id; });
    };
    if (serves("BC-6")) {
      EXPECT_EQ(p.unit_of(a), "US-IMT");
    }
    if (serves("QC-5")) {
      EXPECT_EQ(p.scenario->units[a.unit].type, "1") << "behaviour is high";
      EXPECT_THAT(p.scenario->units[a.unit].languages, testing::Contains("fr"));
    }
  }
  EXPECT_EQ(p.line("AB-4").reason.code, "covered");
  EXPECT_EQ(p.line("QC-10").reason.code, "travel");
}

void chiapa_is_planned_within_a_percent_and_breaks_no_rule() {
  chiapas().expect_sound();
}

void chiapa_the_management_team_comes_together() {
  for (const char* id : {"I-1", "I-2", "I-3", "I-4"})
    EXPECT_EQ(chiapas().line(id).status, RequestStatus::Filled) << id;
}

void chiapa_equipment_comes_without_people_and_the_reserve_holds_some_back() {
  const Planned& p = chiapas();
  EXPECT_EQ(p.line("W-1").status, RequestStatus::Filled);
  EXPECT_EQ(p.line("W-2").status, RequestStatus::Partial);
  EXPECT_EQ(p.line("W-2").reason.code, "reserve");
  for (const auto& a : p.plan.assignments)
    if (p.unit_of(a) == "GOC-WPU") {
      EXPECT_EQ(a.persons, 0);
    }
}

void chiapa_who_has_no_passport_stays_and_who_is_down_comes_later() {
  const Planned& p = chiapas();
  for (const auto& a : p.plan.assignments) {
    EXPECT_NE(p.unit_of(a), "WPG-USAR");
    if (p.unit_of(a) == "TOR-USAR-L") {
      EXPECT_GT(a.depart, parse_day("2017-09-13").value());
    }
  }
}

std::vector<const Assignment*> new_with(const Planned& p, bool (*holds)(const Planned&, const Assignment&)) {
  std::vector<const Assignment*> found;
  for (const auto& a : p.plan.assignments)
    if (!a.commitment && holds(p, a))
      found.push_back(&a);
  return found;
}

const std::string& request_of(const Planned& p, const Stint& stint) {
  return p.scenario->requests[stint.request.value()].id;
}

Day chiapas_day(const char* text) {
  return parse_day(text).value();
}

// The rescue teams of Juchitán, lent to the federation, go on to Ixtepec for the State of Oaxaca: the lender consents.
void chiapa_teams_move_on_to_another_borrower_with_consent() {
  const Planned& p = chiapas();
  const auto moved = new_with(p, [](const Planned& planned, const Assignment& a) {
    return a.stints.size() == 2 && request_of(planned, a.stints[0]) == "U-1" &&
           request_of(planned, a.stints[1]) == "U-3";
  });
  ASSERT_EQ(moved.size(), 2U);
  for (const Assignment* a : moved) {
    const AgencyIndex next = p.scenario->requests[a->stints[1].request.value()].borrower;
    EXPECT_NE(next, a->borrower);
    EXPECT_TRUE(std::ranges::any_of(p.scenario->consents, [&](const Consent& consent) {
      return consent.lender == p.scenario->units[a->unit].agency && consent.borrower == next;
    }));
    EXPECT_EQ(a->stints[1].line_days.front(), a->stints[0].line_days.back() + Days{1}) << "within a tour";
  }
}

// One clinic after the other at Juchitán: who comes shadows on the last day of who goes.
void chiapa_clinics_hand_over_with_a_shadow_day() {
  const Planned& p = chiapas();
  const auto shadows = new_with(p, [](const Planned& planned, const Assignment& a) {
    return !a.escort && !a.stints.front().shadow_days.empty() && request_of(planned, a.stints.front()) == "M-1";
  });
  ASSERT_EQ(shadows.size(), 2U);
  for (const Assignment* a : shadows) {
    const Day shadow = a->stints.front().shadow_days.front();
    EXPECT_TRUE(std::ranges::any_of(p.plan.assignments, [&](const Assignment& other) {
      return !other.escort && request_of(p, other.stints.back()) == "M-1" &&
             other.stints.back().line_days.back() == shadow;
    }));
  }
  // The last one is recalled.
  const auto& drops = p.line("M-1").drops;
  EXPECT_EQ(std::accumulate(drops.begin(), drops.end(), 0), 1);
  EXPECT_EQ(drops[static_cast<std::size_t>(p.scenario->horizon.column(chiapas_day("2017-10-11")))], 1);
}

// The Red Cross recalls on 10 October with two days of notice: its last clinic works until the 11th, the need goes on.
void chiapa_the_recall_ends_the_last_clinic() {
  const Planned& p = chiapas();
  const Day effective = chiapas_day("2017-10-12");
  Day last = kFirstDay;
  for (const auto& a : p.plan.assignments)
    if (p.lender_of(a) == "CA-RC")
      last = std::max(last, a.stints.back().line_days.back());
  EXPECT_EQ(last, effective - Days{1});
  for (Day day = effective; day <= chiapas_day("2017-10-14"); day += Days{1})
    EXPECT_EQ(p.line("M-1").unmet[static_cast<std::size_t>(p.scenario->horizon.column(day))], 1);
}

// From 22 September on foreign clinicians need a licence, unless their team is verified. Mobile clinics are not: none
// sets out any more although their lines have open days; verified clinics do.
void chiapa_who_lacks_the_licence_leaves_before_the_rule_begins() {
  const Planned& p = chiapas();
  const Day begins = chiapas_day("2017-09-22");
  Day last_mobile = kFirstDay;
  Day last_fixed = kFirstDay;
  for (const auto& a : p.plan.assignments) {
    if (p.unit_of(a) == "RC-EMTM")
      last_mobile = std::max(last_mobile, a.depart);
    if (p.unit_of(a) == "RC-EMT1")
      last_fixed = std::max(last_fixed, a.depart);
  }
  EXPECT_EQ(last_mobile, begins - Days{1}) << "on the last day that is free";
  EXPECT_GT(last_fixed, begins);
  const auto& open = p.line("M-2").unmet;
  const auto from = static_cast<std::size_t>(p.scenario->horizon.column(begins));
  EXPECT_GT(std::accumulate(open.begin() + static_cast<std::ptrdiff_t>(from), open.end(), 0), 0);
}

/// New people of each lender on flights from `from` to `to`, by day.
std::map<Day, std::map<std::string, int>> flying(const Planned& p, const std::string& from, const std::string& to) {
  std::map<Day, std::map<std::string, int>> all;
  for (const auto& a : p.plan.assignments)
    for (const auto& leg : a.outbound.legs)
      if (!a.commitment && a.persons > 0 && leg.from_airport == from && leg.to_airport == to)
        all[a.depart + Days{static_cast<int>(leg.depart_hour / 24)}][p.lender_of(a)] += a.persons;
  return all;
}

void chiapa_lenders_share_the_aircraft() {
  const Planned& p = chiapas();
  ASSERT_FALSE(p.plan.lifts.empty());
  std::map<Day, int> seats;
  for (const auto& line : p.plan.lifts) {
    const Lift& lift = p.scenario->lifts[line.lift];
    EXPECT_LE(line.uses, lift.max_uses);
    seats[line.day] += line.uses * lift.seats;
  }
  int shared = 0;
  for (const auto& [day, lenders] : flying(p, "CYTR", "MMTG")) {
    int people = 0;
    for (const auto& [lender, count] : lenders)
      people += count;
    EXPECT_LE(people, seats[day]) << format_day(day);
    shared += lenders.size() > 1 ? 1 : 0;
  }
  EXPECT_GT(shared, 0) << "rescue teams and the Red Cross in one aircraft";
}

// Each scenario is planned once: a test is a process of its own, and its plan takes most of a minute.
TEST(Canada2023, PlansAsItsPageSays) {
  canada_is_planned_within_a_percent_and_breaks_no_rule();
  canada_mexicos_second_contingent_goes_to_prince_george_with_its_escorts();
  canada_provinces_at_level_five_keep_four_fifths();
  canada_the_team_comes_with_its_pumps();
  canada_named_lines_and_hot_fires_get_who_they_ask_for();
  canada().expect_table_reads_back();
}

TEST(ChiapasEarthquake, PlansAsItsPageSays) {
  chiapa_is_planned_within_a_percent_and_breaks_no_rule();
  chiapa_the_management_team_comes_together();
  chiapa_equipment_comes_without_people_and_the_reserve_holds_some_back();
  chiapa_who_has_no_passport_stays_and_who_is_down_comes_later();
  chiapa_lenders_share_the_aircraft();
  chiapa_teams_move_on_to_another_borrower_with_consent();
  chiapa_clinics_hand_over_with_a_shadow_day();
  chiapa_the_recall_ends_the_last_clinic();
  chiapa_who_lacks_the_licence_leaves_before_the_rule_begins();
  chiapas().expect_table_reads_back();
}

TEST(FortMcMurray2016Table, ReadsBack) {
  const Planned planned("fort-mcmurray-2016");
  planned.expect_sound();
  planned.expect_table_reads_back();
}

TEST(FortMcMurray2016JuneTable, ReadsBack) {
  const Planned planned("fort-mcmurray-2016-june");
  planned.expect_sound();
  planned.expect_table_reads_back();
}

TEST(ShippedScenarios, AreAllReadBackAbove) {
  std::set<std::string> names;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(RELEVO_SOURCE_DIR) / "data/scenarios"))
    names.insert(entry.path().filename().string());
  EXPECT_THAT(names, testing::ElementsAre("canada-2023", "chiapas-earthquake", "fort-mcmurray-2016",
                                          "fort-mcmurray-2016-june"));
}

}  // namespace
}  // namespace relevo::cli
