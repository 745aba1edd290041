// SPDX-License-Identifier: MIT
// What is shipped under data/: it loads, and says what the sources say.
#include "planner/model/load_agreement.hpp"
#include "planner/model/load_kinds.hpp"
#include "planner/model/load_policy.hpp"
#include "planner/model/text_file.hpp"
#include "tests/planner/model/scenario_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace relevo::planner {
namespace {

using test::data_dir;
using test::in_words;
using test::shipped_text;
using test::summaries;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

KindCatalogue shipped_kinds() {
  Diagnostics diagnostics;
  auto kinds = read_kinds(shipped_text("reference/kinds.toml"), "kinds.toml", diagnostics);
  EXPECT_THAT(summaries(diagnostics), IsEmpty()) << in_words(diagnostics);
  return kinds;
}

Agreement shipped(const std::string& id) {
  Diagnostics diagnostics;
  const auto agreement = read_agreement(shipped_text("agreements/" + id + ".toml"), id, shipped_kinds(), diagnostics);
  EXPECT_TRUE(agreement) << in_words(diagnostics);
  return agreement.value_or(Agreement{});
}

std::vector<std::string> documents_on(const Agreement& agreement, const char* day) {
  std::vector<std::string> documents;
  for (const auto& rule : agreement.mobilization.documents)
    if (rule.in_force.contains(parse_day(day).value()))
      documents.push_back(rule.document);
  return documents;
}

TEST(ShippedKinds, KnowCrewsAndTheirWords) {
  const auto kinds = shipped_kinds();
  const auto crew = kinds.find("crew");
  ASSERT_TRUE(crew);
  EXPECT_EQ(kinds.kinds[*crew].find_type("2")->persons, 20);
  EXPECT_LT(kinds.kinds[*crew].find_type("1")->rank, kinds.kinds[*crew].find_type("2")->rank);
  EXPECT_TRUE(kinds.find("agency-representative"));
  EXPECT_TRUE(kinds.find("contingent-lead"));
  EXPECT_TRUE(std::ranges::any_of(kinds.aliases, [](const auto& a) { return a.id == "brigada" && a.kind == "crew"; }));
}

TEST(ShippedKinds, HaveThreeNames) {
  for (const auto& kind : shipped_kinds().kinds)
    for (const char* language : {"en", "es", "fr"})
      EXPECT_TRUE(kind.names.contains(language)) << kind.id;
}

TEST(ShippedAgreements, AllLoadWithoutRemark) {
  Diagnostics diagnostics;
  const auto agreements = read_agreements_folder(data_dir() / "agreements", shipped_kinds(), diagnostics);
  EXPECT_THAT(summaries(diagnostics), IsEmpty()) << in_words(diagnostics);
  std::vector<std::string> ids;
  ids.reserve(agreements.size());
  for (const auto& agreement : agreements)
    ids.push_back(agreement.id);
  for (const char* id :
       {"ab-jal-2005", "all-hazard-template", "ca-mx-2014-2016", "ca-mx-2014-2023", "ca-mx-2014-2025",
        "ca-mx-all-hazard", "ca-za", "canus", "mars", "multilateral-template", "own-forces", "us-national"})
    EXPECT_THAT(ids, Contains(id));
}

TEST(ShippedAgreements, EveryStatedValueNamesAPage) {
  Diagnostics diagnostics;
  for (const auto& a : read_agreements_folder(data_dir() / "agreements", shipped_kinds(), diagnostics))
    for (const auto& from : {a.from, a.tour.max_line_days.from, a.tour.days_off_in_place.from, a.tour.max_tours.from,
                             a.mobilization.notice_days.from, a.mobilization.muster_days.from, a.precedence.from}) {
      EXPECT_TRUE(from.clause.starts_with(a.id + "/")) << from.clause;
      if (from.standing == Standing::Stated)
        EXPECT_THAT(from.source, HasSubstr("http")) << from.clause;
      else
        EXPECT_FALSE(from.note.empty()) << from.clause;
    }
}

TEST(CanadaMexico2016, ToursAndDays) {
  const auto a = shipped("ca-mx-2014-2016");
  EXPECT_EQ(a.family, "ca-mx-2014");
  EXPECT_EQ(a.tour.max_line_days.value, 14);
  EXPECT_EQ(a.tour.days_off_in_place.value, 3);
  EXPECT_EQ(a.tour.max_tours.value, 2);
  EXPECT_EQ(a.tour.max_line_days.from.standing, Standing::Stated);
  // A plan of 28 May departs from 4 June on.
  EXPECT_EQ(a.mobilization.notice_days.value + a.mobilization.muster_days.value, 7);
  EXPECT_TRUE(a.reciprocal);
  EXPECT_EQ(a.asking, "CA-CIFFC");
  EXPECT_EQ(a.answering, "MX-CONAFOR");
  EXPECT_EQ(a.cost.payer.at("travel").value, Payer::Borrower);
  EXPECT_TRUE(a.in_force.contains(parse_day("2016-06-04").value()));
}

TEST(CanadaMexico2016, DocumentsFollowTheVisaHistory) {
  const auto a = shipped("ca-mx-2014-2016");
  EXPECT_THAT(documents_on(a, "2016-06-04"), ElementsAre("passport", "visa-ca"));
  EXPECT_THAT(documents_on(a, "2016-11-30"), ElementsAre("passport", "visa-ca"));
  EXPECT_THAT(documents_on(a, "2016-12-01"), ElementsAre("passport", "eta-ca"));
  EXPECT_THAT(documents_on(a, "2024-02-29"), ElementsAre("passport", "eta-ca"));
  EXPECT_THAT(documents_on(a, "2025-07-13"), ElementsAre("passport", "visa-ca"));
}

TEST(CanadaMexico2025, AVisaOfTheUnitedStatesDoesInsteadOfTheCanadianOne) {
  const auto a = shipped("ca-mx-2014-2025");
  const auto& documents = a.mobilization.documents;
  const auto rule = std::ranges::find_if(documents, [](const DocumentRule& d) {
    return d.in_force.contains(parse_day("2025-07-13").value()) && d.document != "passport";
  });
  ASSERT_NE(rule, documents.end());
  EXPECT_EQ(rule->document, "visa-ca");
  EXPECT_THAT(rule->alternatives, ElementsAre("visa-us", "visa-ca-last-10-years"));
}

TEST(UnitedStates, ExtendsToThirtyDaysWithTwoDaysOff) {
  const auto a = shipped("us-national");
  EXPECT_EQ(a.tour.max_line_days.value + a.tour.extension_days.value, 21);
  EXPECT_EQ(a.tour.days_off_in_place.value, 2);
  EXPECT_EQ(a.tour.max_deployment_days.value, 30);
  EXPECT_FALSE(a.tour.travel_counts.value);
}

TEST(Templates, NobodyHasStatedTheirTerms) {
  for (const char* id : {"multilateral-template", "ca-mx-all-hazard"}) {
    const auto a = shipped(id);
    EXPECT_EQ(a.tour.max_line_days.from.standing, Standing::Assumed) << id;
    EXPECT_EQ(a.mobilization.notice_days.from.standing, Standing::Assumed) << id;
  }
  EXPECT_EQ(shipped("multilateral-template").lenders.size(), 8U);
  EXPECT_TRUE(shipped("all-hazard-template").tour.move_between_borrowers.value);
}

/// ceil(people / per_persons) above the threshold.
int needed(const EscortTerms& escort, int people) {
  return people <= escort.threshold ? 0 : (people + escort.per_persons - 1) / escort.per_persons;
}

TEST(CanadaMexico2016, EscortsMatchTheContingentsSeen) {
  const auto a = shipped("ca-mx-2014-2016");
  ASSERT_EQ(a.escorts.size(), 2U);
  const auto& representative = a.escorts[0];
  const auto& lead = a.escorts[1];
  EXPECT_EQ(representative.role, EscortTerms::Role::Representative);
  EXPECT_EQ(lead.role, EscortTerms::Role::Lead);
  EXPECT_EQ(needed(lead, 40), 1);   // 41 people in 2016 and 2025
  EXPECT_EQ(needed(lead, 60), 2);   // 62 in 2018
  EXPECT_EQ(needed(lead, 100), 2);  // 101 to 103
  EXPECT_EQ(needed(representative, 40), 1);
  EXPECT_EQ(needed(representative, 100), 1);
}

TEST(OtherAgreements, SayWhatTheirSourcesSay) {
  const auto mars = shipped("mars");
  EXPECT_EQ(mars.tour.max_deployment_days.value, 19);
  EXPECT_EQ(mars.tour.max_line_days.value, 14);
  const auto jalisco = shipped("ab-jal-2005");
  ASSERT_EQ(jalisco.borrowers.size(), 1U);
  EXPECT_EQ(jalisco.borrowers[0].id, "CA-AB");
  EXPECT_EQ(jalisco.lenders[0].id, "MX-JAL");
  EXPECT_FALSE(jalisco.reciprocal);
  EXPECT_TRUE(shipped("canus").reciprocal);
  EXPECT_EQ(shipped("us-national").mobilization.no_travel_from.value, 22);
  EXPECT_TRUE(shipped("own-forces").own_forces);
  EXPECT_EQ(shipped("own-forces").precedence.tier, 0);
  EXPECT_EQ(shipped("ca-za").mobilization.muster_days.value, 10);
}

TEST(ShippedPolicy, HasEveryValueWithItsReason) {
  Diagnostics diagnostics;
  const auto policy = read_policy(shipped_text("policy/default.toml"), "default.toml", diagnostics);
  EXPECT_THAT(summaries(diagnostics), IsEmpty()) << in_words(diagnostics);
  EXPECT_EQ(policy.unmet_points[0].value, 4000);
  EXPECT_EQ(policy.unmet_points[4].value, 250);
  EXPECT_EQ(policy.tier_points[3].value, 60);
  EXPECT_EQ(policy.exportable_share[4].value, 0.2);
  EXPECT_EQ(policy.person_daily_cost.value, 170);
  EXPECT_EQ(policy.person_daily_cost.from.standing, Standing::Stated);
  EXPECT_EQ(policy.travel.ground_kmh.value, 70);
  EXPECT_FALSE(policy.travel.ground_kmh.from.note.empty());
  EXPECT_EQ(policy.firm_hours.value, 72);
  EXPECT_TRUE(policy.exchange.contains("MXN"));
}

TEST(ShippedPolicy, MoneyNeverBuysAnUnmetDay) {
  Diagnostics diagnostics;
  const auto policy = read_policy(shipped_text("policy/default.toml"), "default.toml", diagnostics);
  const double crew_day = 20 * (policy.person_daily_cost.value + policy.lodging_per_person_day.value);
  EXPECT_LT(30 * crew_day * policy.points_per_money.value, policy.unmet_points[4].value);
}

TEST(ShippedScenarios, LoadWithoutWarning) {
  for (const auto& entry : std::filesystem::directory_iterator(data_dir() / "scenarios")) {
    auto draft = load_scenario(entry.path(), data_dir());
    EXPECT_THAT(summaries(draft.diagnostics, Severity::Warning), IsEmpty()) << in_words(draft.diagnostics);
    complete_commitments(draft, {});
    EXPECT_NO_THROW(Scenario(std::move(draft.data))) << entry.path();
  }
}

}  // namespace
}  // namespace relevo::planner
