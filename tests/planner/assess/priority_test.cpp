// SPDX-License-Identifier: MIT
#include "planner/assess/priority.hpp"

#include "planner/assess/rasters.hpp"
#include "planner/text/message.hpp"
#include "tests/planner/assess/policy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace relevo::planner {
namespace {

const Policy::Assessment& policy() {
  static const Policy kPolicy = test::shipped_policy();
  return kPolicy.assessment;
}

double score_of(const Priority& priority, const std::string& part) {
  const auto found = std::ranges::find(priority.parts, part, &PriorityPart::part);
  return found == priority.parts.end() ? -1.0 : found->score;
}

TEST(Priority, AFireOfWhichNothingIsKnownScoresTheNeutralHalf) {
  const auto priority = prioritise({}, policy());
  EXPECT_DOUBLE_EQ(priority.score, 50.0);
  EXPECT_EQ(priority.priority, 3);
  EXPECT_EQ(priority.parts.size(), 7U);
  for (const auto& part : priority.parts) {
    EXPECT_FALSE(part.known);
    EXPECT_DOUBLE_EQ(part.score, 0.5);
  }
}

TEST(Priority, APartOfEachIsWorkedOutByHand) {
  // People: 999 -> log10(1000) / 5 = 0.6. Growth: 99 ha/day -> 2 / 4. Danger: FWI 17.5 is half way through "high",
  // class 3.5 -> 2.5 / 5. Control: being held 0.4. Size: 9,999 ha -> 4 / 5. Overlaps: 1 / 3. Access: 100 km -> 0.2.
  const PriorityFacts facts{.people = 999,
                            .growth_ha_day = 99,
                            .danger = 17.5,
                            .danger_variable = "fwi",
                            .area_ha = 9999,
                            .control = 2,
                            .overlaps = 1,
                            .airport_road_km = 100};
  const auto priority = prioritise(facts, policy());
  EXPECT_NEAR(score_of(priority, "people"), 0.6, 1e-12);
  EXPECT_NEAR(score_of(priority, "growth"), 0.5, 1e-12);
  EXPECT_NEAR(score_of(priority, "danger"), 0.5, 1e-12);
  EXPECT_NEAR(score_of(priority, "control"), 0.4, 1e-12);
  EXPECT_NEAR(score_of(priority, "size"), 0.8, 1e-12);
  EXPECT_NEAR(score_of(priority, "overlaps"), 1.0 / 3.0, 1e-12);
  EXPECT_NEAR(score_of(priority, "access"), 0.2, 1e-12);
  EXPECT_NEAR(priority.score, 30 * 0.6 + 20 * 0.5 + 15 * 0.5 + 15 * 0.4 + 10 * 0.8 + 5 / 3.0 + 5 * 0.2, 1e-9);
  EXPECT_EQ(priority.priority, 3);
}

TEST(Priority, OtherHazardsAreJudgedByTheirSeverity) {
  const auto priority = prioritise({.wildfire = false, .people = 1e6, .severity = 0.75}, policy());
  EXPECT_EQ(priority.parts.size(), 4U);
  EXPECT_NEAR(priority.score, 30 + 60 * 0.75 + 2.5 + 2.5, 1e-9);
  EXPECT_EQ(priority.priority, 1);
}

TEST(Priority, ThresholdsDivideTheScores) {
  auto facts = PriorityFacts{.people = 0,
                             .growth_ha_day = 0,
                             .danger = 0,
                             .danger_variable = "fwi",
                             .area_ha = 0,
                             .control = 0,
                             .overlaps = 0,
                             .airport_road_km = 0};
  EXPECT_EQ(prioritise(facts, policy()).priority, 5);
  EXPECT_DOUBLE_EQ(prioritise(facts, policy()).score, 0.0);
  facts = {.people = 1e9,
           .growth_ha_day = 1e9,
           .danger = 1e9,
           .danger_variable = "fwi",
           .area_ha = 1e9,
           .control = 3,
           .overlaps = 9,
           .airport_road_km = 1e9};
  EXPECT_DOUBLE_EQ(prioritise(facts, policy()).score, 100.0);
  EXPECT_EQ(prioritise(facts, policy()).priority, 1);
}

TEST(Priority, DangerOfAVariableWithoutClassesIsNotKnown) {
  const auto priority = prioritise({.danger = 30, .danger_variable = "kbdi"}, policy());
  EXPECT_DOUBLE_EQ(priority.score, 50.0);
}

class RandomFacts {
 public:
  PriorityFacts next() {
    PriorityFacts facts;
    facts.wildfire = random_() % 4 != 0;
    facts.people = maybe(2e5);
    facts.growth_ha_day = maybe(2e4);
    facts.danger = maybe(60);
    facts.danger_variable = std::array{"fwi", "isi", "bui", "ffmc", "dmc", "dc", "danger_class"}[random_() % 7];
    facts.area_ha = maybe(3e5);
    if (random_() % 2 == 0)
      facts.control = static_cast<double>(random_() % 4);
    facts.overlaps = maybe(5);
    facts.airport_road_km = maybe(900);
    facts.severity = maybe(1);
    return facts;
  }

  /// The same with one thing worse.
  PriorityFacts worsened(const PriorityFacts& facts) {
    auto worse = facts;
    const double more = 100.0 * unit_(random_);
    std::optional<double>* const known[] = {&worse.people,  &worse.growth_ha_day, &worse.danger,
                                            &worse.area_ha, &worse.overlaps,      &worse.airport_road_km};
    const auto which = random_() % 8;
    if (which < 6 && *known[which])
      **known[which] += more;
    if (which == 6 && worse.control)
      *worse.control = std::min(3.0, *worse.control + 1.0);
    if (which == 7 && worse.severity)
      *worse.severity = std::min(1.0, *worse.severity + more / 100.0);
    return worse;
  }

 private:
  std::optional<double> maybe(double most) {
    if (random_() % 6 == 0)
      return std::nullopt;
    return most * std::pow(unit_(random_), 3);
  }
  std::mt19937 random_{1988};
  std::uniform_real_distribution<double> unit_{0, 1};
};

TEST(PriorityProperty, IsBetweenItsBoundsAndSumsItsParts) {
  RandomFacts random;
  for (int i = 0; i < 5000; ++i) {
    const auto priority = prioritise(random.next(), policy());
    double sum = 0.0;
    double weights = 0.0;
    for (const auto& part : priority.parts) {
      ASSERT_GE(part.score, 0.0) << part.part;
      ASSERT_LE(part.score, 1.0) << part.part;
      sum += part.weight * part.score;
      weights += part.weight;
      ASSERT_FALSE(text::render("assess.part." + part.part, text::Lang::Es).empty());
      ASSERT_FALSE(text::render("assess.part." + part.part + ".value", text::Lang::Fr).empty());
    }
    ASSERT_NEAR(sum, priority.score, 1e-9);
    ASSERT_NEAR(weights, 100.0, 1e-9);
    ASSERT_GE(priority.priority, 1);
    ASSERT_LE(priority.priority, 5);
  }
}

TEST(PriorityProperty, WorseNewsNeverLowersAPriority) {
  RandomFacts random;
  int changed = 0;
  for (int i = 0; i < 20000; ++i) {
    const auto facts = random.next();
    const auto before = prioritise(facts, policy());
    const auto after = prioritise(random.worsened(facts), policy());
    ASSERT_GE(after.score, before.score) << i;
    ASSERT_LE(after.priority, before.priority) << i;
    changed += after.score > before.score ? 1 : 0;
  }
  EXPECT_GT(changed, 5000) << "the test has something to see";
}

TEST(DangerClass, GrowsWithoutAJump) {
  const auto& classes = policy().danger_classes.at("fwi");
  EXPECT_DOUBLE_EQ(danger_class_of(0, classes), 1.0);
  EXPECT_DOUBLE_EQ(danger_class_of(5, classes), 2.0);
  EXPECT_DOUBLE_EQ(danger_class_of(14, classes), 3.0);
  EXPECT_DOUBLE_EQ(danger_class_of(21, classes), 4.0);
  EXPECT_DOUBLE_EQ(danger_class_of(33, classes), 5.0);
  EXPECT_DOUBLE_EQ(danger_class_of(45, classes), 6.0);
  for (double value = 0; value < 60; value += 0.25)
    EXPECT_LE(danger_class_of(value, classes), danger_class_of(value + 0.25, classes));
}

TEST(WeightedPeople, CountsTheFarLess) {
  EXPECT_DOUBLE_EQ(weighted_people({100, 300, 1300}), 100 + 100 + 200);
  EXPECT_DOUBLE_EQ(weighted_people({0, 0, 0}), 0);
}

TEST(Control, ReadsTheStagesOfTheAgencies) {
  EXPECT_EQ(control_of("OC"), 3.0);
  EXPECT_EQ(control_of("bh"), 2.0);
  EXPECT_EQ(control_of("UC"), 1.0);
  EXPECT_EQ(control_of("EX"), 0.0);
  EXPECT_FALSE(control_of("Hors-Ctrl"));
  EXPECT_FALSE(control_of(""));
}

TEST(AssessmentPolicy, WeightsMustSumToAHundred) {
  Diagnostics diagnostics;
  auto policy = test::shipped_policy();
  const auto document = parse_toml("[assessment.weights]\npeople = 31\n", "scenario.toml", diagnostics);
  override_policy(policy, section_of(*document), "scenario.toml", diagnostics);
  ASSERT_EQ(diagnostics.all().size(), 1U);
  EXPECT_EQ(diagnostics.all().front().rule, "policy.weights");
  EXPECT_EQ(diagnostics.all().front().value, "101");
}

}  // namespace
}  // namespace relevo::planner
