// SPDX-License-Identifier: MIT
// check() must survive any plan: a wrong index, a wild date or a list out of order is a violation, never a crash.
#include "planner/text/message.hpp"
#include "tests/planner/check/codes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <random>

namespace relevo::planner {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

constexpr unsigned kSeed = 20260601;

/// Makes plans of values that are wrong in every way the types allow, mixed with some that are right.
class Vandal {
 public:
  explicit Vandal(unsigned seed) : random_(seed) {}

  Plan plan() {
    Plan plan = base_world().plan;
    const int changes = number(1, 60);
    for (int i = 0; i < changes; ++i)
      damage(plan);
    return plan;
  }

 private:
  int number(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }
  bool chance(int in) { return number(1, in) == 1; }
  int any_number() {
    constexpr int kWild[] = {0, -1, 1, 1000000, std::numeric_limits<int>::max(), std::numeric_limits<int>::min()};
    return chance(3) ? kWild[number(0, 5)] : number(-3, 45);
  }
  Day day() {
    using Rep = Days::rep;
    constexpr Rep kWild[] = {0, -1, 2'000'000, std::numeric_limits<Rep>::max(), std::numeric_limits<Rep>::min()};
    if (chance(12))
      return Day{Days{kWild[number(0, 4)]}};
    return chance(12) ? (chance(2) ? kFirstDay : kLastDay) : D(number(-20, 60));
  }
  template <class IndexType>
  IndexType index() {
    return chance(15) ? IndexType{std::numeric_limits<std::uint32_t>::max()}
                      : IndexType{static_cast<std::uint32_t>(number(0, 6))};
  }
  double real() {
    constexpr double kWild[] = {0.0, -1.0, 1e300, std::numeric_limits<double>::infinity(),
                                std::numeric_limits<double>::quiet_NaN()};
    return kWild[number(0, 4)];
  }
  std::string word() { return "A-" + std::to_string(number(0, 12)); }
  std::vector<Day> some_days() {
    std::vector<Day> all;
    for (int n = number(0, 12); n > 0; --n)
      all.push_back(day());
    return all;
  }
  std::vector<int> some_numbers() {
    std::vector<int> all;
    for (int n = number(0, 50); n > 0; --n)
      all.push_back(any_number());
    return all;
  }
  EscortTerms::Role role() { return chance(2) ? EscortTerms::Role::Lead : EscortTerms::Role::Representative; }

  Stint stint() {
    Stint stint;
    if (!chance(4))
      stint.request = index<RequestIndex>();
    if (!chance(4))
      stint.incident = index<IncidentIndex>();
    if (chance(3))
      stint.move_days = some_days();
    stint.line_days = some_days();
    stint.shadow_days = some_days();
    stint.days_off = some_days();
    return stint;
  }

  Assignment assignment() {
    Assignment a{.id = word(), .contingent_id = "K-" + std::to_string(number(0, 7))};
    a.unit = index<UnitIndex>();
    a.ordinal = any_number();
    a.borrower = index<AgencyIndex>();
    a.agreement = index<AgreementIndex>();
    a.commitment = chance(3);
    if (chance(3))
      a.escort = role();
    a.depart = day();
    a.arrive = day();
    a.release = day();
    a.home = day();
    a.rested = day();
    a.persons = any_number();
    a.extension_days = any_number();
    a.reliefs = any_number();
    a.outbound.days = any_number();
    a.outbound.legs.resize(static_cast<std::size_t>(number(0, 2)));
    a.outbound.hours = real();
    a.cost["wages"] = Money{real()};
    for (int n = number(0, 3); n > 0; --n)
      a.stints.push_back(stint());
    return a;
  }

  void damage(Plan& plan) {
    switch (number(0, 7)) {
      case 0:
        plan.assignments.push_back(assignment());
        break;
      case 1:
        plan.assignments[static_cast<std::size_t>(number(0, 10))] = assignment();
        break;
      case 2:
        bend(plan.assignments[static_cast<std::size_t>(number(0, 10))]);
        break;
      case 3:
        plan.contingents.push_back({.id = "K-" + std::to_string(number(0, 9)),
                                    .agreement = index<AgreementIndex>(),
                                    .lender = index<AgencyIndex>(),
                                    .borrower = index<AgencyIndex>(),
                                    .muster = index<BaseIndex>(),
                                    .depart = day(),
                                    .release = day(),
                                    .home = day(),
                                    .lead = word(),
                                    .representative = chance(2) ? "implicit" : word(),
                                    .persons = any_number(),
                                    .commitment = chance(2)});
        break;
      case 4:
        plan.requests.push_back({.request = index<RequestIndex>(),
                                 .wanted = some_numbers(),
                                 .working = some_numbers(),
                                 .assigned = some_numbers(),
                                 .unmet = some_numbers()});
        break;
      case 5:
        plan.reserve.push_back({.agency = index<AgencyIndex>(), .kind = index<KindIndex>(), .away = some_numbers()});
        plan.pools.push_back({.pool = index<PoolIndex>(), .people = some_numbers()});
        plan.lifts.push_back(
            {static_cast<std::size_t>(number(0, 3)), day(), any_number(), any_number(), Money{real()}});
        break;
      case 6:
        plan.escorts.push_back({.agreement = index<AgreementIndex>(),
                                .lender = index<AgencyIndex>(),
                                .borrower = index<AgencyIndex>(),
                                .role = role(),
                                .present = some_numbers()});
        break;
      default:
        plan.result.status = PlanStatus::Optimal;
        plan.result.objective = real();
        plan.result.bound = real();
        plan.result.gap = real();
        plan.result.vector = {Points{real()}, Points{real()}, Money{real()}};
    }
  }
  void bend(Assignment& a) {
    switch (number(0, 5)) {
      case 0:
        a.depart = day();
        break;
      case 1:
        a.home = day();
        break;
      case 2:
        a.unit = index<UnitIndex>();
        break;
      case 3:
        a.agreement = index<AgreementIndex>();
        break;
      case 4:
        a.stints.push_back(stint());
        break;
      default:
        a.stints.clear();
    }
  }

  std::mt19937 random_;
};

TEST(HostilePlans, AreJudgedWithoutACrash) {
  const char* wanted = std::getenv("RELEVO_TEST_SEED");
  const unsigned first = wanted == nullptr ? kSeed : static_cast<unsigned>(std::strtoul(wanted, nullptr, 10));
  ScenarioData data = base_world().data;
  data.lifts = {{.id = "L-1", .from = "MXAP", .to = "ABAP", .seats = 20, .cost = Money{1.0}}};
  const Scenario scenario{std::move(data)};
  for (unsigned seed = first; seed < first + 300; ++seed) {
    SCOPED_TRACE("RELEVO_TEST_SEED=" + std::to_string(seed));
    const Plan plan = Vandal(seed).plan();
    const CheckReport report = check(scenario, plan);
    EXPECT_THAT(report.violations, Not(IsEmpty()));
    for (const auto* findings : {&report.violations, &report.findings})
      for (const Finding& finding : *findings)
        EXPECT_THAT(text::render(finding.what, text::Lang::Fr), Not(IsEmpty()));
  }
}

TEST(HostilePlans, GetTheSameVerdictTwice) {
  const Scenario scenario{base_world().data};
  for (unsigned seed = kSeed; seed < kSeed + 20; ++seed) {
    const CheckReport first = check(scenario, Vandal(seed).plan());
    const CheckReport second = check(scenario, Vandal(seed).plan());
    ASSERT_EQ(first.violations.size(), second.violations.size());
    for (std::size_t i = 0; i < first.violations.size(); ++i)
      EXPECT_EQ(first.violations[i].what, second.violations[i].what);
  }
}

TEST(HostilePlans, PlanWithNothingInItDropsTheCommitment) {
  World world = base_world();
  world.plan = {};
  EXPECT_THAT(codes_of(check(world).violations), Contains("plan.commitment_missing"));
}

}  // namespace
}  // namespace relevo::planner
