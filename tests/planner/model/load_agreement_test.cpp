// SPDX-License-Identifier: MIT
#include "planner/model/load_agreement.hpp"

#include "planner/model/load_kinds.hpp"
#include "planner/model/load_policy.hpp"
#include "planner/model/text_file.hpp"
#include "tests/planner/model/scenario_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relevo::planner {
namespace {

using test::in_words;
using test::sentence_of;
using test::summaries;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

KindCatalogue two_kinds() {
  KindCatalogue kinds;
  kinds.kinds.push({.id = "crew"});
  kinds.kinds.push({.id = "agency-representative"});
  return kinds;
}

/// A small agreement, line by line, so that a test can spoil one of them.
std::string sound_agreement() {
  return R"(id = "a-b"
title = "A lends to B"
edition = "1"
instrument = "letter"
[in_force]
from = 2016-01-01
to = 2016-12-31
status = "assumed"
note = "test"
[parties]
lenders = ["agency:MX-A", "country:MX"]
borrowers = ["anyone"]
status = "assumed"
note = "test"
[kinds]
covered = ["crew"]
status = "assumed"
note = "test"
[tour]
status = "assumed"
note = "test"
max_line_days = 14
travel_counts = { value = false, source = "https://example.org", status = "stated" }
[mobilization]
notice_days = { value = 2, status = "assumed", note = "test" }
no_travel_from = { value = 22, status = "assumed", note = "test" }
no_travel_until = { value = 5, status = "assumed", note = "test" }
[[mobilization.document]]
document = "passport"
to = 2016-06-30
status = "assumed"
note = "test"
[[escort]]
role = "representative"
kind = "agency-representative"
threshold = 10
per_persons = 50
supply = "roster"
status = "assumed"
note = "test"
[cost]
travel = { value = "lender", status = "assumed", note = "test" }
[precedence]
tier = 2
status = "assumed"
note = "test"
)";
}

struct AgreementReading {
  std::optional<Agreement> agreement;
  Diagnostics diagnostics;
};

AgreementReading read_text(const std::string& toml) {
  AgreementReading reading;
  reading.agreement = read_agreement(toml, "a-b.toml", two_kinds(), reading.diagnostics);
  return reading;
}

/// The rules broken by the agreement with one piece of text replaced.
std::vector<std::string> spoil(std::string_view from, std::string_view to) {
  auto toml = sound_agreement();
  const auto at = toml.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  toml.replace(at, from.size(), to);
  const auto reading = read_text(toml);
  EXPECT_FALSE(reading.agreement) << from << " -> " << to;
  return summaries(reading.diagnostics);
}

TEST(Agreement, ReadsEveryValue) {
  const auto reading = read_text(sound_agreement());
  ASSERT_TRUE(reading.agreement) << in_words(reading.diagnostics);
  const auto& a = *reading.agreement;
  EXPECT_EQ(a.family, "a-b");
  EXPECT_EQ(format_day(a.in_force.last), "2017-01-01");
  EXPECT_EQ(a.lenders[1].scope, Party::Scope::Country);
  EXPECT_EQ(a.lenders[1].id, "MX");
  EXPECT_EQ(a.borrowers[0].scope, Party::Scope::Anyone);
  EXPECT_EQ(a.tour.max_line_days.value, 14);
  EXPECT_EQ(a.tour.max_line_days.from.clause, "a-b/tour");
  EXPECT_FALSE(a.tour.travel_counts.value);
  EXPECT_EQ(a.tour.travel_counts.from.standing, Standing::Stated);
  EXPECT_FALSE(a.tour.max_deployment_days.value);
  EXPECT_EQ(a.mobilization.no_travel_until.value, 5);
  EXPECT_EQ(format_day(a.mobilization.documents[0].in_force.last), "2016-07-01");
  EXPECT_EQ(a.escorts[0].per_persons, 50);
  EXPECT_EQ(a.escorts[0].supply, EscortTerms::Supply::Roster);
  EXPECT_EQ(a.escorts[0].from.clause, "a-b/representative");
  EXPECT_EQ(a.cost.payer.at("travel").value, Payer::Lender);
  EXPECT_EQ(a.precedence.tier, 2);
}

TEST(Agreement, EveryMutationIsNamed) {
  EXPECT_THAT(spoil("max_line_days = 14", "max_line_day = 14"),
              ElementsAre("a-b.toml:22 tour.max_line_day toml.unknown_key"));
  EXPECT_THAT(spoil("max_line_days = 14", "max_line_days = 0"),
              ElementsAre("a-b.toml:22 tour.max_line_days toml.too_small"));
  EXPECT_THAT(spoil("max_line_days = 14", "max_line_days = '14'"),
              ElementsAre("a-b.toml:22 tour.max_line_days toml.type"));
  EXPECT_THAT(spoil("max_line_days = 14", "max_line_days = 14.5"),
              ElementsAre("a-b.toml:22 tour.max_line_days toml.type"));
  EXPECT_THAT(spoil("title = \"A lends to B\"", ""), ElementsAre("a-b.toml:1 title toml.missing_key"));
  EXPECT_THAT(spoil("tier = 2", "tier = 4"), ElementsAre("a-b.toml:44 precedence.tier toml.too_large"));
  EXPECT_THAT(spoil("to = 2016-12-31", "to = 2015-12-31"), ElementsAre("a-b.toml:5 to agreement.days"));
  EXPECT_THAT(spoil("agency:MX-A", "MX-A"), ElementsAre("a-b.toml:11 parties.lenders agreement.party"));
  EXPECT_THAT(spoil("[\"anyone\"]", "[]"), ElementsAre("a-b.toml:10 parties.borrowers agreement.no_party"));
  EXPECT_THAT(spoil("covered = [\"crew\"]", "covered = [\"crw\"]"),
              ElementsAre("a-b.toml:15 kinds.covered agreement.kind"));
  EXPECT_THAT(spoil("no_travel_until = { value = 5, status = \"assumed\", note = \"test\" }", ""),
              ElementsAre("a-b.toml:24 mobilization.no_travel_from agreement.travel_hours"));
  EXPECT_THAT(spoil("kind = \"agency-representative\"", ""),
              ElementsAre("a-b.toml:33 escort.kind agreement.escort_kind"));
  EXPECT_THAT(spoil("supply = \"roster\"", "supply = \"rooster\""), ElementsAre("a-b.toml:38 escort.supply toml.word"));
  EXPECT_THAT(spoil("source = \"https://example.org\", ", ""),
              ElementsAre("a-b.toml:23 tour.travel_counts provenance.source"));
  EXPECT_THAT(spoil("tier = 2\nstatus = \"assumed\"", "tier = 2"),
              Contains("a-b.toml:43 precedence provenance.status"));
  EXPECT_THAT(spoil("[tour]", "[tour"), ElementsAre(HasSubstr("toml.syntax")));
}

TEST(Agreement, SuggestsTheKeyThatIsMeant) {
  auto toml = sound_agreement();
  toml.replace(toml.find("max_line_days"), 13, "max_line_dys");
  EXPECT_THAT(sentence_of(read_text(toml).diagnostics, "toml.unknown_key"), HasSubstr("Did you mean 'max_line_days'?"));
}

TEST(Kinds, FaultsAreNamed) {
  Diagnostics diagnostics;
  const auto kinds = read_kinds(R"([[kind]]
id = "crew"
category = "personel"
mobility = "flies"
names = { en = "Crew" }
)",
                                "k.toml", diagnostics);
  EXPECT_THAT(summaries(diagnostics), ElementsAre("k.toml:3 kind.category toml.word"));
  EXPECT_TRUE(kinds.kinds.empty());
}

TEST(Kinds, WhatTheSchemaCannotTell) {
  Diagnostics diagnostics;
  read_kinds(R"([[kind]]
id = "helicopter"
category = "aircraft"
mobility = "flies"
names = { en = "Helicopter" }
  [[kind.type]]
  id = "1"
  rank = 1
  [[kind.type]]
  id = "1"
  rank = 2
[[alias]]
id = "helicopter"
kind = "helicoptre"
[[alias]]
id = "heli"
kind = "helicopter"
type = "9"
)",
             "k.toml", diagnostics);
  EXPECT_THAT(
      summaries(diagnostics),
      ElementsAre("k.toml:1 type.id kinds.duplicate", "k.toml:1 mobility kinds.flight", "k.toml:12 id kinds.duplicate",
                  "k.toml:12 alias.kind kinds.alias_kind", "k.toml:15 alias.type kinds.alias_type"));
}

std::string default_policy() {
  Diagnostics diagnostics;
  return read_text_file(test::data_dir() / "policy" / "default.toml", "default.toml", diagnostics).value();
}

TEST(Policy, MissingAndUnknownKeysAreFaults) {
  auto toml = default_policy();
  toml.replace(toml.find("ground_kmh"), 10, "ground_kph");
  Diagnostics diagnostics;
  read_policy(toml, "p.toml", diagnostics);
  ASSERT_EQ(diagnostics.all().size(), 2U) << in_words(diagnostics);
  EXPECT_THAT(in_words(diagnostics), HasSubstr("Did you mean 'ground_kmh'?"));
  EXPECT_EQ(diagnostics.all()[1].rule, "toml.missing_key");
}

TEST(Policy, AScenarioOverridesSingleValues) {
  Diagnostics diagnostics;
  auto policy = read_policy(default_policy(), "p.toml", diagnostics);
  const auto document = parse_toml(
      "firm_hours = 48\n[travel]\nground_kmh = { value = 60, status = 'stated', source = 's' }\n"
      "[limits]\nseconds = 5\n[exchange.USD]\nto_currency = 1.4\nas_of = 2025-06-01\n",
      "scenario.toml", diagnostics);
  override_policy(policy, section_of(*document), "scenario.toml", diagnostics);
  EXPECT_THAT(summaries(diagnostics), IsEmpty()) << in_words(diagnostics);
  EXPECT_EQ(policy.firm_hours.value, 48);
  EXPECT_EQ(policy.firm_hours.from.standing, Standing::Assumed);
  EXPECT_THAT(policy.firm_hours.from.note, HasSubstr("scenario.toml"));
  EXPECT_EQ(policy.travel.ground_kmh.value, 60);
  EXPECT_EQ(policy.travel.ground_kmh.from.standing, Standing::Stated);
  EXPECT_EQ(policy.travel.ground_detour.value, 1.3);
  EXPECT_EQ(policy.limits.seconds, 5.0);
  EXPECT_EQ(policy.exchange.at("USD").to_currency, 1.4);
  EXPECT_EQ(policy.exchange.at("MXN").to_currency, 0.07);
}

TEST(Policy, AnotherCurrencyNeedsItsOwnAmounts) {
  Diagnostics diagnostics;
  auto policy = read_policy(default_policy(), "p.toml", diagnostics);
  const auto document = parse_toml("currency = 'MXN'\nperson_daily_cost = 2400\n", "scenario.toml", diagnostics);
  override_policy(policy, section_of(*document), "scenario.toml", diagnostics);
  EXPECT_EQ(diagnostics.all().size(), 5U) << in_words(diagnostics);
  EXPECT_EQ(diagnostics.all()[0].rule, "policy.currency_rates");
}

}  // namespace
}  // namespace relevo::planner
