// SPDX-License-Identifier: MIT
#include "cli/report/comparison_json.hpp"

#include "cli/report/comparison_text.hpp"
#include "cli/report/json_values.hpp"
#include "cli/report/plan_words.hpp"
#include "planner/model/day.hpp"

#include <nlohmann/json.hpp>

namespace relevo::cli {

namespace {

using Json = nlohmann::ordered_json;
using planner::format_day;
using planner::GroupChange;
using planner::LineChange;
using planner::PlanComparison;
using planner::ReserveChange;
using planner::TravelGroup;

Json json_of(const PlanComparison::Side& side) {
  return {{"name", side.name},
          {"scenario", side.scenario},
          {"title", side.title},
          {"as_of", format_day(side.as_of)},
          {"first_day", format_day(side.horizon.first)},
          {"days", side.horizon.days},
          {"currency", side.currency},
          {"status", side.status},
          {"objective", side.objective},
          {"bound", side.bound},
          {"gap", side.gap},
          {"vector",
           {{"need", side.vector.need.value()},
            {"disturbance", side.vector.disturbance.value()},
            {"cost", side.vector.cost.value()}}}};
}

Json json_of(const std::optional<TravelGroup>& group) {
  if (!group)
    return nullptr;
  return {{"lender", group->lender},
          {"borrower", group->borrower},
          {"agreement_id", group->agreement},
          {"muster", text_or_null(group->muster)},
          {"depart", format_day(group->depart)},
          {"release", format_day(group->release)},
          {"home", format_day(group->home)},
          {"persons", group->persons},
          {"commitment", group->commitment},
          {"assignments", group->assignments},
          {"units", Json(group->units)},
          {"kinds", Json(group->kinds)},
          {"line_days", Json(group->line_days())}};
}

const char* word_of_change(const GroupChange& change) {
  if (change.is_added())
    return "added";
  if (change.is_dropped())
    return "dropped";
  return change.is_kept() ? "kept" : "changed";
}

Json json_of(const GroupChange& change, const planner::KindCatalogue& kinds, text::Lang lang) {
  return {{"change", word_of_change(change)},          {"sentence", group_sentence(change, kinds, lang)},
          {"days_later", change.days_later()},         {"days_longer", change.days_longer()},
          {"home_later", change.home_later()},         {"persons_more", change.persons_more()},
          {"kinds_more", Json(change.kinds_more())},   {"line_days_more", Json(change.line_days_more())},
          {"other_borrower", change.other_borrower()}, {"other_agreement", change.other_agreement()},
          {"other_muster", change.other_muster()},     {"other_units", change.other_units()},
          {"before", json_of(change.before)},          {"after", json_of(change.after)}};
}

Json json_of(const LineChange::Side& side) {
  return {{"priority", side.priority}, {"wanted", side.wanted}, {"worked", side.worked},
          {"unmet", side.unmet},       {"status", side.status}, {"reason_code", side.reason_code}};
}

Json json_of(const LineChange& change) {
  Json more = Json::array();
  for (const auto& [day, by] : change.filled_more)
    more.push_back({{"day", format_day(day)}, {"by", by}});
  return {{"request_id", change.request},
          {"incident_id", text_or_null(change.incident)},
          {"kind", change.kind},
          {"measure", word_of(change.measure)},
          {"before", json_of(change.before)},
          {"after", json_of(change.after)},
          {"filled_more", more}};
}

Json json_of(const ReserveChange::Side& side) {
  return {{"least_home", side.least_home},
          {"least_day", format_day(side.least_day)},
          {"away_days", side.away_days},
          {"days_below", side.days_below}};
}

Json shared_days(const planner::DayInterval& shared) {
  if (shared.empty())
    return nullptr;
  return {{"first_day", format_day(shared.first)}, {"last_day", format_day(shared.last - planner::Days{1})}};
}

}  // namespace

std::string comparison_json(const PlanComparison& comparison, const planner::KindCatalogue& kinds, text::Lang lang) {
  Json out = {{"identical", comparison.identical()},
              {"same_scenario", comparison.same_scenario()},
              {"before", json_of(comparison.before)},
              {"after", json_of(comparison.after)},
              {"shared", shared_days(comparison.shared)},
              {"lines_only_before", comparison.lines_only_before},
              {"lines_only_after", comparison.lines_only_after},
              {"groups_outside_before", comparison.groups_outside_before},
              {"groups_outside_after", comparison.groups_outside_after},
              {"groups", Json::array()},
              {"lines", Json::array()},
              {"priorities", Json::array()},
              {"reserve", Json::array()},
              {"cost", Json::object()}};
  for (const auto& change : comparison.groups)
    out["groups"].push_back(json_of(change, kinds, lang));
  for (const auto& change : comparison.lines)
    out["lines"].push_back(json_of(change));
  for (const auto& sum : comparison.priorities)
    out["priorities"].push_back({{"priority", sum.priority},
                                 {"measure", word_of(sum.measure)},
                                 {"before", {{"wanted", sum.before.wanted}, {"unmet", sum.before.unmet}}},
                                 {"after", {{"wanted", sum.after.wanted}, {"unmet", sum.after.unmet}}}});
  for (const auto& change : comparison.reserves)
    out["reserve"].push_back({{"agency", change.agency},
                              {"kind", change.kind},
                              {"before", json_of(change.before)},
                              {"after", json_of(change.after)}});
  for (const auto& [item, amounts] : comparison.cost)
    out["cost"][item] = {{"before", amounts.first}, {"after", amounts.second}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace relevo::cli
