// SPDX-License-Identifier: MIT
#include "cli/report/evaluation_report.hpp"
#include "cli/report/plan_words.hpp"
#include "planner/model/day.hpp"

#include <nlohmann/json.hpp>

namespace relevo::cli {

namespace {

using Json = nlohmann::ordered_json;
using planner::EvaluatedLender;
using planner::EvaluatedReserve;
using planner::FillFigures;
using planner::format_day;
using planner::LenderSide;

Json json_of(const FillFigures& fill) {
  return {{"wanted", fill.wanted}, {"planned", fill.planned}, {"actual", fill.actual}};
}

Json json_of(const LenderSide& side) {
  return {{"units", side.units},
          {"persons", side.persons},
          {"line_days", side.line_days},
          {"over_tour", side.over_tour},
          {"reserve_below", side.reserve_below},
          {"cost", side.cost.value()}};
}

Json json_of(const EvaluatedLender& lender) {
  return {{"planned", json_of(lender.planned)},       {"actual", json_of(lender.actual)},
          {"rows_with_cost", lender.rows_with_cost},  {"days_late", lender.arrivals.days_late},
          {"days_early", lender.arrivals.days_early}, {"missing", lender.arrivals.missing},
          {"unplanned", lender.arrivals.unplanned}};
}

Json json_of(const EvaluatedReserve::Side& side) {
  return {{"least_home", side.least_home}, {"least_day", format_day(side.least_day)}, {"days_below", side.days_below}};
}

Json with_name(const char* key, const Json& name, const Json& figures) {
  Json out{{key, name}};
  out.update(figures);
  return out;
}

}  // namespace

std::string evaluation_json(const EvaluationInput& input) {
  const auto& plan = input.plan;
  const auto& evaluation = input.evaluation;
  Json out{{"plan",
            {{"name", plan.name},
             {"scenario", plan.scenario},
             {"title", plan.title},
             {"as_of", format_day(plan.as_of)},
             {"first_day", format_day(plan.horizon.first)},
             {"days", plan.horizon.days},
             {"currency", plan.currency}}},
           {"actuals", input.actuals},
           {"rows", evaluation.rows},
           {"rows_assumed", evaluation.rows_assumed},
           {"rows_without_cost", evaluation.rows_without_cost},
           {"rows_without_tour", evaluation.rows_without_tour},
           {"priorities", Json::array()},
           {"lines", Json::array()},
           {"season", json_of(evaluation.season)},
           {"lenders", Json::array()},
           {"reserve", Json::array()},
           {"payers", Json::array()}};
  for (const auto& sum : evaluation.priorities) {
    Json entry{{"priority", sum.priority}, {"measure", word_of(sum.measure)}};
    entry.update(json_of(sum.fill));
    out["priorities"].push_back(entry);
  }
  for (const auto& line : evaluation.lines) {
    Json entry{{"request_id", line.request},
               {"kind", line.kind},
               {"priority", line.priority},
               {"measure", word_of(line.measure)}};
    entry.update(json_of(line.fill));
    out["lines"].push_back(entry);
  }
  for (const auto& lender : evaluation.lenders)
    out["lenders"].push_back(with_name("agency", lender.agency, json_of(lender)));
  for (const auto& line : evaluation.reserve)
    out["reserve"].push_back({{"agency", line.agency},
                              {"kind", line.kind},
                              {"planned", json_of(line.planned)},
                              {"actual", json_of(line.actual)}});
  for (const auto& payer : evaluation.payers)
    out["payers"].push_back({{"payer", payer.payer.empty() ? Json(nullptr) : Json(payer.payer)},
                             {"planned", payer.planned.value()},
                             {"actual", payer.actual.value()}});
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace relevo::cli
