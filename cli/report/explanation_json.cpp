// SPDX-License-Identifier: MIT
#include "cli/report/explanation_json.hpp"

#include "cli/report/explanation_words.hpp"
#include "cli/report/plan_words.hpp"

#include <nlohmann/json.hpp>

namespace relevo::cli {

namespace {

using Json = nlohmann::ordered_json;
using planner::format_day;

class ExplanationWriter {
 public:
  ExplanationWriter(const planner::Scenario& scenario, const planner::Plan& plan, text::Lang lang)
      : data_(scenario.data()), plan_(plan), words_(scenario, plan, lang) {}

  Json write(const planner::Explanation& explanation) const {
    Json json{{"scenario", data_.id}, {"as_of", format_day(data_.as_of)}, {"currency", data_.policy.currency}};
    json["lines"] = Json::array();
    for (const auto& line : explanation.lines)
      json["lines"].push_back(of_line(line));
    json["units"] = Json::array();
    for (const auto& unit : explanation.units)
      json["units"].push_back(of_unit(unit));
    return json;
  }

 private:
  Json rows(const std::vector<planner::UnitsOfRow>& rows) const {
    Json json = Json::array();
    for (const auto& row : rows)
      json.push_back({{"unit_id", data_.units[row.unit].id}, {"count", row.count}});
    return json;
  }

  Json of_filling(const planner::LineFilling& filling) const {
    Json displaced = Json::array();
    for (const auto& other : filling.displaced)
      displaced.push_back({{"request_id", data_.requests[other.request].id},
                           {"priority", data_.requests[other.request].priority},
                           {"more", other.more}});
    return {{"unmet", filling.unmet}, {"displaced", displaced}, {"need", filling.need}, {"cost", filling.cost}};
  }

  Json of_change(const planner::Change& change) const {
    const auto id = [](const auto& index, const auto& table) { return index ? Json(table[*index].id) : Json(nullptr); };
    return {{"code", code_of(change.kind)},
            {"size", change.size},
            {"agency", id(change.agency, data_.agencies)},
            {"kind", id(change.unit_kind, data_.kinds.kinds)},
            {"unit_id", id(change.unit, data_.units)},
            {"base_id", id(change.base, data_.bases)},
            {"agreement_id", id(change.agreement, data_.agreements)},
            {"pool_id", id(change.pool, data_.pools)},
            {"people", change.size * change.people},
            {"word", change.word.empty() ? Json(nullptr) : Json(change.word)},
            {"change", words_.change(change)}};
  }

  Json of_changes(const planner::LineChanges& changes) const {
    Json offers = Json::array();
    for (const auto& offer : changes.offers) {
      Json json = of_change(offer.change);
      json.update(of_filling(offer.filling));
      json["sentence"] = words_.offer(changes, offer);
      offers.push_back(std::move(json));
    }
    Json undecided = Json::array();
    for (const auto& change : changes.undecided)
      undecided.push_back(of_change(change));
    return {{"unmet", changes.unmet},
            {"least_unmet", changes.least_unmet},
            {"unavoidable", changes.unavoidable},
            {"others_could", changes.unmet - changes.unavoidable},
            {"reassigned", changes.reassigned ? of_filling(*changes.reassigned) : Json(nullptr)},
            {"offers", offers},
            {"undecided", undecided},
            {"catalogue", changes.catalogue},
            {"tried", changes.tried},
            {"ruled_out", changes.ruled_out},
            {"complete", changes.is_complete},
            {"proof", changes.proof == planner::ChangeProof::Exact ? "exact" : "part"}};
  }

  Json of_line(const planner::ExplainedLine& line) const {
    Json reasons = Json::array();
    for (const auto& listed : line.reasons)
      reasons.push_back(
          {{"reason_code", listed.reason.code}, {"reason", text_of(listed)}, {"units", rows(listed.units)}});
    return {{"request_id", data_.requests[line.line].id},
            {"status", word_of(plan_.requests.at(line.line.value()).status)},
            {"measure", word_of(data_.requests[line.line].measure)},
            {"priority", data_.requests[line.line].priority},
            {"reasons", reasons},
            {"changes", line.changes ? of_changes(*line.changes) : Json(nullptr)}};
  }

  std::string text_of(planner::ListedReason listed) const {
    listed.units.clear();
    return words_.reason(listed, 0);
  }

  Json of_unit(const planner::ExplainedUnit& unit) const {
    const auto& assignment = plan_.assignments.at(unit.assignment);
    Json runner_ups = Json::array();
    for (const auto& other : unit.runner_ups)
      runner_ups.push_back({{"request_id", data_.requests[other.line].id},
                            {"possible", other.is_possible},
                            {"proved", other.is_proved},
                            {"objective", other.objective},
                            {"need", other.need},
                            {"disturbance", other.disturbance},
                            {"cost", other.cost},
                            {"unmet", other.unmet},
                            {"instead", rows(other.instead)}});
    return {{"assignment_id", assignment.id},
            {"unit_id", data_.units[assignment.unit].id},
            {"ordinal", assignment.ordinal},
            {"commitment", assignment.commitment},
            {"escort", assignment.escort ? Json(word_of(*assignment.escort)) : Json(nullptr)},
            {"agreement_id", data_.agreements[assignment.agreement].id},
            {"clauses", assignment.clauses},
            {"depart", format_day(assignment.depart)},
            {"arrive", format_day(assignment.arrive)},
            {"home", format_day(assignment.home)},
            {"runner_ups", runner_ups},
            {"why", words_.why(unit)}};
  }

  const planner::ScenarioData& data_;
  const planner::Plan& plan_;
  ExplanationWords words_;
};

}  // namespace

std::string explanation_json(const planner::Scenario& scenario, const planner::Plan& plan,
                             const planner::Explanation& explanation, text::Lang lang) {
  return ExplanationWriter(scenario, plan, lang)
             .write(explanation)
             .dump(2, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

}  // namespace relevo::cli
