// SPDX-License-Identifier: MIT
#include "cli/report/plan_json.hpp"

#include "planner/model/diagnostics.hpp"
#include "tests/cli/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <limits>
#include <string>
#include <vector>

namespace relevo::cli {
namespace {

using Json = nlohmann::ordered_json;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items())
    keys.push_back(key);
  return keys;
}

Json write(const test::ReportWorld& world, text::Lang lang = text::Lang::En) {
  return Json::parse(plan_json(world.input(lang)));
}

TEST(PlanJson, HasEveryKeyOfTheContractInItsOrder) {
  const Json plan = write(test::alberta_2016());
  EXPECT_THAT(keys_of(plan),
              ElementsAre("schema_version", "scenario", "inputs", "options", "result", "baseline", "agreements",
                          "contingents", "assignments", "requests", "reserve", "representatives", "pools", "lifts",
                          "violations", "findings", "assessment", "sources", "conflicts", "run"));
  const std::vector<std::string> result = {"status",   "objective", "bound", "gap", "influenceable_gap",
                                           "constant", "vector",    "proof"};
  EXPECT_EQ(keys_of(plan["result"]), result);
  EXPECT_EQ(keys_of(plan["baseline"]), result);
  EXPECT_THAT(keys_of(plan["result"]["vector"]), ElementsAre("need", "disturbance", "cost"));
  EXPECT_THAT(keys_of(plan["scenario"]),
              ElementsAre("id", "title", "as_of", "time_zone", "first_day", "days", "currency"));
  EXPECT_THAT(keys_of(plan["inputs"][0]), ElementsAre("file", "sha256", "as_of", "note"));
  EXPECT_THAT(keys_of(plan["agreements"][0]),
              ElementsAre("agreement_id", "family", "max_line_days", "days_off_in_place", "max_tours", "payers"));
  EXPECT_THAT(keys_of(plan["contingents"][0]),
              ElementsAre("contingent_id", "agreement_id", "lender", "borrower", "muster", "depart", "release",
                          "return", "lead", "representative", "persons", "commitment"));
  EXPECT_THAT(keys_of(plan["assignments"][0]),
              ElementsAre("assignment_id", "contingent_id", "unit_id", "kind", "type", "ordinal", "class_id", "agency",
                          "borrower", "agreement_id", "clauses", "commitment", "escort", "phase", "depart", "arrive",
                          "stints", "release", "home", "rested", "legs", "travel", "persons", "extension_days",
                          "reliefs", "pools", "cost"));
  EXPECT_THAT(keys_of(plan["assignments"][0]["stints"][0]),
              ElementsAre("request_id", "incident_id", "move_days", "line_days", "shadow_days", "days_off"));
  EXPECT_THAT(keys_of(plan["assignments"][0]["legs"][0]),
              ElementsAre("mode", "from", "to", "from_lon", "from_lat", "to_lon", "to_lat", "distance_m", "depart_hour",
                          "arrive_hour", "from_airport", "to_airport"));
  EXPECT_THAT(keys_of(plan["requests"][0]),
              ElementsAre("request_id", "incident_id", "borrower", "kind", "type", "measure", "quantity", "priority",
                          "priority_from", "priority_score", "status", "wanted", "working", "assigned", "unmet",
                          "drops", "reason_code", "reason", "reason_message", "further_reasons"));
  EXPECT_THAT(keys_of(plan["reserve"][0]), ElementsAre("agency", "kind", "available", "reserve", "away", "level"));
  EXPECT_THAT(keys_of(plan["representatives"][0]),
              ElementsAre("agreement_id", "lender", "borrower", "role", "supply", "persons", "required", "present"));
  EXPECT_THAT(keys_of(plan["pools"][0]), ElementsAre("pool_id", "people", "away"));
  EXPECT_THAT(keys_of(plan["findings"][0]), ElementsAre("code", "subject", "day", "amount", "finding", "message"));
  EXPECT_THAT(keys_of(plan["run"]),
              ElementsAre("version", "seconds", "threads", "peak_mb", "date", "command", "scenario", "options"));
}

TEST(PlanJson, LiftsHaveTheirKeys) {
  EXPECT_THAT(keys_of(write(test::with_moves_and_lifts())["lifts"][0]),
              ElementsAre("lift_id", "from_airport", "to_airport", "day", "uses", "passengers", "cost"));
}

TEST(PlanJson, EmptyPlanHasTheSameTopLevel) {
  EXPECT_EQ(keys_of(write(test::empty_world())), keys_of(write(test::alberta_2016())));
}

TEST(PlanJson, AssessmentHasEveryKeyOfTheContract) {
  const Json plan = write(test::assessed_world());
  const Json& assessment = plan["assessment"];
  EXPECT_THAT(keys_of(assessment), ElementsAre("layers", "incidents", "clusters", "risks"));
  EXPECT_THAT(keys_of(assessment["layers"][0]),
              ElementsAre("name", "theme", "file", "sha256", "source", "as_of", "profile", "format", "crs", "read",
                          "kept", "repaired", "refused", "reasons"));
  EXPECT_THAT(keys_of(assessment["incidents"][0]),
              ElementsAre("incident_id", "name", "hazard", "lon", "lat", "from_layer", "priority", "score", "parts",
                          "area_ha", "area_source", "growth_ha_per_day", "people_within_km", "people_source", "places",
                          "danger", "overlaps", "airport", "airport_km", "links"));
  EXPECT_THAT(keys_of(assessment["incidents"][0]["parts"][0]),
              ElementsAre("part", "value", "score", "weight", "points"));
  EXPECT_THAT(keys_of(assessment["clusters"][0]),
              ElementsAre("cluster_id", "lon", "lat", "first", "last", "detections", "frp_mw", "incident_id", "rule",
                          "distance_km", "nearest_place"));
  EXPECT_THAT(keys_of(assessment["risks"][0]),
              ElementsAre("agency", "day", "danger", "fire_load", "anticipated_load", "resource_level",
                          "ability_to_respond", "danger_value", "fire_load_value", "level", "given"));
}

TEST(PlanJson, AssessmentSaysHowAPriorityCameAbout) {
  const Json plan = write(test::assessed_world());
  const Json& incident = plan["assessment"]["incidents"][0];
  EXPECT_EQ(incident["incident_id"], "MWF-009");
  EXPECT_EQ(incident["people_within_km"]["25"], 61374);
  double points = 0.0;
  for (const auto& part : incident["parts"])
    points += part["points"].get<double>();
  EXPECT_DOUBLE_EQ(points, incident["score"].get<double>());
  EXPECT_TRUE(incident["parts"][4]["value"].is_null()) << "no data: a neutral score, no value";
  EXPECT_EQ(plan["requests"][0]["priority_from"], "assessment");
  EXPECT_EQ(plan["requests"][0]["priority_score"], 68);
  EXPECT_EQ(plan["requests"][1]["priority_from"], "table");
  EXPECT_TRUE(plan["requests"][1]["priority_score"].is_null());
  EXPECT_EQ(plan["assessment"]["clusters"][0]["first"], "2016-05-29T09:00:00Z");
  EXPECT_TRUE(plan["assessment"]["clusters"][0]["incident_id"].is_null());
  EXPECT_EQ(plan["assessment"]["layers"][0]["reasons"][0]["count"], 20);
  EXPECT_TRUE(plan["assessment"]["risks"][1]["anticipated_load"].is_null());
}

TEST(PlanJson, WithoutLayersTheAssessmentIsEmptyLists) {
  EXPECT_EQ(write(test::empty_world())["assessment"].dump(),
            R"({"layers":[],"incidents":[],"clusters":[],"risks":[]})");
}

TEST(PlanJson, UsesTheWordsOfTheDesign) {
  const Json plan = write(test::alberta_2016());
  EXPECT_EQ(plan["result"]["status"], "work_limit");
  EXPECT_EQ(plan["baseline"]["status"], "heuristic");
  EXPECT_EQ(plan["assignments"][0]["phase"], "firm");
  EXPECT_EQ(plan["assignments"][0]["depart"], "2016-06-04");
  EXPECT_EQ(plan["assignments"][0]["pools"]["JAL"], 9);
  EXPECT_EQ(plan["requests"][2]["status"], "utf");
  EXPECT_EQ(plan["requests"][2]["reason_code"], "declined");
  EXPECT_EQ(plan["requests"][11]["status"], "pending");
  EXPECT_TRUE(plan["violations"].empty());
}

TEST(PlanJson, SentencesFollowTheLanguageAndCodesDoNot) {
  const auto world = test::alberta_2016();
  const Json english = write(world, text::Lang::En);
  const Json french = write(world, text::Lang::Fr);
  EXPECT_NE(english["requests"][2]["reason"], french["requests"][2]["reason"]);
  EXPECT_EQ(english["requests"][2]["reason_code"], french["requests"][2]["reason_code"]);
}

TEST(PlanJson, OnlyRunTellsTwoRunsApart) {
  const auto world = test::alberta_2016();
  ReportInput first = world.input();
  ReportInput second = world.input();
  EXPECT_EQ(plan_json(first), plan_json(second));
  second.run = {"0.1.0", 99.0, 16, 4000.0, "2016-06-02 05:00", "relevo run elsewhere"};
  second.options["threads"] = "16";
  second.options["out"] = "elsewhere";
  Json a = Json::parse(plan_json(first));
  Json b = Json::parse(plan_json(second));
  EXPECT_NE(a, b);
  a.erase("run");
  b.erase("run");
  EXPECT_EQ(a.dump(), b.dump());
}

TEST(PlanJson, NumbersAreShortAndNeverInvalid) {
  auto world = test::alberta_2016();
  world.plan.result.objective = std::numeric_limits<double>::infinity();
  world.plan.result.bound = 0.1;
  world.plan.result.vector.need = planner::Points(12.0);
  const std::string text = plan_json(world.input());
  EXPECT_THAT(text, HasSubstr("\"objective\": null"));
  EXPECT_THAT(text, HasSubstr("\"bound\": 0.1,"));
  EXPECT_THAT(text, HasSubstr("\"need\": 12,"));
}

TEST(PlanJson, HostileTextStaysValid) {
  const auto world = test::hostile();
  EXPECT_NO_THROW(write(world));
}

TEST(ReadPlanJson, GivesBackWhatWasWritten) {
  for (const auto& world :
       {test::alberta_2016(), test::assessed_world(), test::with_moves_and_lifts(), test::empty_world()}) {
    const planner::Plan read = read_plan_json(plan_json(world.input()), world.scenario);
    EXPECT_EQ(read.assignments, world.plan.assignments);
    EXPECT_EQ(read.contingents, world.plan.contingents);
    EXPECT_EQ(read.requests, world.plan.requests);
    EXPECT_EQ(read.reserve, world.plan.reserve);
    EXPECT_EQ(read.escorts, world.plan.escorts);
    EXPECT_EQ(read.pools, world.plan.pools);
    EXPECT_EQ(read.lifts, world.plan.lifts);
    EXPECT_EQ(read.result, world.plan.result);
    EXPECT_EQ(read.findings, world.plan.findings);
  }
}

TEST(ReadPlanJson, APlanByHandNeedsOnlyAssignments) {
  const auto world = test::alberta_2016();
  const planner::Plan plan = read_plan_json(R"({"assignments": [{"assignment_id": "mine", "unit_id": "MX-BRIG",
      "borrower": "CA-AB", "agreement_id": "ca-mx-2014-2016", "depart": "2016-06-04", "arrive": "2016-06-05",
      "stints": [{"request_id": "C-2", "incident_id": "MWF-009", "line_days": ["2016-06-07"]}],
      "release": "2016-06-08", "home": "2016-06-09", "rested": "2016-06-12"}]})",
                                            world.scenario);
  ASSERT_EQ(plan.assignments.size(), 1U);
  EXPECT_EQ(plan.assignments[0].class_id, -1);
  EXPECT_EQ(plan.assignments[0].stints[0].line_days.size(), 1U);
}

std::vector<std::string> faults_of(const std::string& text) {
  const auto world = test::alberta_2016();
  std::vector<std::string> messages;
  try {
    read_plan_json(text, world.scenario, "mine.json");
  } catch (const planner::InputError& error) {
    for (const auto& fault : error.diagnostics().all())
      messages.push_back(planner::format_diagnostic(fault, text::Lang::En));
  }
  return messages;
}

TEST(ReadPlanJson, ReportsEveryFaultWithItsPlace) {
  const auto faults = faults_of(R"({"assignments": [{"assignment_id": 7, "unit_id": "MX-BRIK", "borrower": "CA-AB",
      "agreement_id": "ca-mx-2014-2016", "depart": "2016-02-30", "arrive": "2016-06-05", "phase": "maybe",
      "ordinal": 99999999999, "stints": {}, "release": "2016-06-08", "home": "2016-06-09"}]})");
  EXPECT_THAT(faults, testing::UnorderedElementsAre(
                          HasSubstr("assignments[0].assignment_id is not a text"),
                          AllOf(HasSubstr("assignments[0].unit_id: 'MX-BRIK'"), HasSubstr("Did you mean 'MX-BRIG'?")),
                          HasSubstr("assignments[0].depart"), HasSubstr("assignments[0].phase: 'maybe'"),
                          HasSubstr("assignments[0].ordinal"), HasSubstr("assignments[0].stints is not a list"),
                          HasSubstr("assignments[0].rested is missing")));
  for (const auto& fault : faults)
    EXPECT_THAT(fault, HasSubstr("mine.json"));
}

TEST(ReadPlanJson, RefusesWhatIsNoPlan) {
  EXPECT_THAT(faults_of(""), ElementsAre(HasSubstr("not JSON")));
  EXPECT_THAT(faults_of("[]"), ElementsAre(HasSubstr("not an object")));
  EXPECT_THAT(faults_of("{}"), ElementsAre(HasSubstr("assignments is missing")));
  EXPECT_THAT(faults_of(R"({"schema_version": 2})"), ElementsAre(HasSubstr("schema_version 2")));
  EXPECT_THAT(faults_of(std::string(100000, '[')), ElementsAre(HasSubstr("not JSON")));
}

}  // namespace
}  // namespace relevo::cli
