// SPDX-License-Identifier: MIT
#include "tests/property/plan_text.hpp"

#include <fmt/format.h>

namespace relevo::test {

using namespace planner;  // NOLINT(google-build-using-namespace): a test helper made of the model's types

namespace {

std::string columns(const Horizon& horizon, const std::vector<Day>& days) {
  std::string text;
  for (const Day day : days)
    text += fmt::format(" {}", horizon.column(day));
  return text;
}

}  // namespace

std::string to_text(const ScenarioData& data, const Plan& plan) {
  std::string text =
      fmt::format("objective {} bound {} need {} cost {} constant {}\n", plan.result.objective, plan.result.bound,
                  plan.result.vector.need.value(), plan.result.vector.cost.value(), plan.result.constant);
  for (const auto& a : plan.assignments) {
    if (a.commitment)
      continue;
    text += fmt::format("{}#{} under {} out {} home {} rested {}:", data.units[a.unit].id, a.ordinal,
                        data.agreements[a.agreement].id, data.horizon.column(a.depart), data.horizon.column(a.home),
                        data.horizon.column(a.rested));
    for (const auto& stint : a.stints)
      text +=
          fmt::format(" {} move{} shadow{} line{} off{}", stint.request ? data.requests[*stint.request].id : "escort",
                      columns(data.horizon, stint.move_days), columns(data.horizon, stint.shadow_days),
                      columns(data.horizon, stint.line_days), columns(data.horizon, stint.days_off));
    text += fmt::format(" extension {} reliefs {}\n", a.extension_days, a.reliefs);
  }
  for (const auto& lift : plan.lifts)
    text += fmt::format("{} on {}: {} uses for {}\n", data.lifts[lift.lift].id, data.horizon.column(lift.day),
                        lift.uses, lift.passengers);
  return text;
}

std::string to_text(const ScenarioData& data, const std::vector<Finding>& findings) {
  std::string text;
  for (const auto& finding : findings) {
    text += fmt::format("{} {} day {} amount {}", finding.code, finding.subject,
                        finding.day ? std::to_string(data.horizon.column(*finding.day)) : "-", finding.amount);
    for (const auto& [name, value] : finding.what.args)
      text += fmt::format(" {}={}", name, value);
    text += '\n';
  }
  return text;
}

}  // namespace relevo::test
