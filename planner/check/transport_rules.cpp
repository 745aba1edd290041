// SPDX-License-Identifier: MIT
// Rules (5) and (8) of section 3: lifts that lenders share, and who travels together.
#include "planner/check/costs.hpp"
#include "planner/check/figures.hpp"
#include "planner/check/rules.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace relevo::planner::checking {

namespace {

std::string name_of(const Route& route) {
  return route.first + "-" + route.second;
}

int within_int(long long value) noexcept {
  return static_cast<int>(
      std::clamp<long long>(value, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
}

// Seats by route and day that the plan's uses give.
using Seats = std::map<Route, std::map<Day, long long>>;

void judge_uses(const LiftLine& line, const Lift& lift, bool twice, Verdict& verdict) {
  const int most = lift.when.contains(line.day) && !twice ? lift.max_uses : 0;
  const long long wrong = line.uses < 0 ? -static_cast<long long>(line.uses) : static_cast<long long>(line.uses) - most;
  if (wrong > 0 || twice)
    verdict.report({.code = "lift.uses",
                    .subject = lift.id,
                    .day = line.day,
                    .amount = static_cast<double>(std::max(wrong, 0LL)),
                    .args = {{"limit", std::to_string(most)}}});
}

void judge_line(const Ledger& ledger, const LiftLine& line, const Lift& lift, Verdict& verdict) {
  const int passengers = passengers_on(ledger, lift, line.day);
  const auto report = [&](const char* figure, double said, double real) {
    verdict.report({.code = "lift.figures",
                    .subject = lift.id,
                    .day = line.day,
                    .amount = said - real,
                    .args = {{"figure", figure}, {"said", show_number(said)}, {"real", show_number(real)}}});
  };
  if (line.passengers != passengers)
    report("passengers", line.passengers, passengers);
  if (const double cost = lift.cost.value() * line.uses; !(std::abs(line.cost.value() - cost) <= kMoneyTolerance))
    report("cost", line.cost.value(), cost);
}

Seats judge_lift_lines(const Evidence& evidence, const Ledger& ledger, Verdict& verdict) {
  const auto& lifts = evidence.data().lifts;
  std::set<std::pair<std::size_t, Day>> seen;
  Seats seats;
  for (const LiftLine& line : evidence.plan->lifts) {
    if (line.lift >= lifts.size() || line.day < kFirstDay || line.day > kLastDay) {
      verdict.report({.code = "plan.index", .subject = "lifts"});
      continue;
    }
    const Lift& lift = lifts[line.lift];
    const bool twice = !seen.emplace(line.lift, line.day).second;
    judge_uses(line, lift, twice, verdict);
    judge_line(ledger, line, lift, verdict);
    if (lift.when.contains(line.day) && line.uses > 0)
      seats[{lift.from, lift.to}][line.day] += static_cast<long long>(lift.seats) * line.uses;
  }
  return seats;
}

}  // namespace

void judge_lifts(const Evidence& evidence, const Ledger& ledger, Verdict& verdict) {
  Seats seats = judge_lift_lines(evidence, ledger, verdict);
  for (const auto& [route, flights] : ledger.passengers) {
    std::map<Day, int> excess;
    for (const auto& [day, passengers] : flights)
      excess[day] = within_int(passengers - seats[route][day]);
    for (const Run& run : runs_of(excess))
      verdict.report(over_run({.code = "plan.lift", .subject = name_of(route)}, run));
  }
}

void judge_seats(const Evidence& evidence, const Ledger& ledger, Verdict& verdict) {
  for (const auto& [route, flights] : ledger.passengers)
    for (const auto& [day, passengers] : flights) {
      long long seats = 0;
      for (const Lift& lift : evidence.data().lifts)
        if (lift.from == route.first && lift.to == route.second && lift.when.contains(day))
          seats += static_cast<long long>(lift.seats) * lift.max_uses;
      if (passengers > seats)
        verdict.report({.code = "plan.lift",
                        .subject = name_of(route),
                        .day = day,
                        .amount = static_cast<double>(passengers - seats),
                        .args = {{"last", format_day(day)}}});
    }
}

void judge_movements(const Evidence& evidence, const Ledger& ledger, Verdict& verdict) {
  const ScenarioData& data = evidence.data();
  for (const auto& [key, persons] : ledger.out) {
    const auto& [agreement, lender, borrower, base, day] = key;
    const auto& fewest = data.agreements[agreement].contingent.min_persons;
    if (persons >= fewest.value)
      continue;
    const std::string& clause = fewest.from.clause;
    verdict.report(
        {.code = "plan.movement",
         .subject = data.agreements[agreement].id + "/" + data.agencies[lender].id + "/" + data.agencies[borrower].id,
         .day = day,
         .amount = static_cast<double>(fewest.value - persons),
         .args = {{"base", data.bases[base].id},
                  {"limit", std::to_string(fewest.value)},
                  {"clause", clause.empty() ? data.agreements[agreement].id : clause}}});
  }
}

}  // namespace relevo::planner::checking
