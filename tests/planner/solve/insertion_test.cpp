// SPDX-License-Identifier: MIT
// One deployment more beside those of a plan, of which something may be missing.
#include "planner/solve/insertion.hpp"

#include "planner/check/check.hpp"
#include "planner/solve/solve.hpp"
#include "tests/support/mini_world.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace relevo::planner {
namespace {

using test::MiniWorld;

// What is left of a plan in a changed scenario may lack an escort: whoever is added brings one for those there too.
TEST(Insertion, SendsTheEscortsThatThePresentPlanHasLost) {
  MiniWorld world(8);
  world.prices();
  for (const char* lender : {"mx", "us"}) {
    const std::string agreement = std::string(lender) + "-bc";
    world.agreement(agreement, lender, "bc", {.line = 6});
    world.escort(agreement, EscortTerms::Role::Lead, 40, EscortTerms::Supply::Roster);
    world.unit(std::string(lender) + "-crew", lender, "crew", 1);
    world.unit(std::string(lender) + "-lead", lender, "contingent-lead", 1);
  }
  world.incident("fire", "bc");
  for (const char* lender : {"mx", "us"})
    world.request(lender, "fire", "crew", "..1111..").unit = world.unit_index(std::string(lender) + "-crew");
  const Scenario scenario(world.data());
  Plan plan = solve(scenario);
  ASSERT_EQ(plan.assignments.size(), 4U);
  std::erase_if(plan.assignments, [&](const Assignment& a) {
    return a.unit == world.unit_index("us-crew") || scenario->units[a.unit].id.ends_with("-lead");
  });
  ASSERT_EQ(plan.assignments.size(), 1U);
  const auto more = with_one_more(scenario, plan, world.request_index("us"));
  ASSERT_TRUE(more);
  EXPECT_EQ(more->assignments.size(), 4U);
  EXPECT_TRUE(check(scenario, *more).violations.empty());
}

}  // namespace
}  // namespace relevo::planner
