// SPDX-License-Identifier: MIT
#include "cli/report/history_json.hpp"

#include "cli/report/history_text.hpp"
#include "cli/report/json_values.hpp"
#include "cli/report/plan_words.hpp"
#include "planner/model/day.hpp"

#include <nlohmann/json.hpp>

namespace relevo::cli {

namespace {

using Json = nlohmann::ordered_json;
using planner::format_day;
using planner::OrderEntry;
using planner::OrderTimeline;
using planner::ScenarioData;

Json day_or_null(const std::optional<planner::Day>& day) {
  return day ? Json(format_day(*day)) : Json(nullptr);
}

Json number_or_null(int number) {
  return number == 0 ? Json(nullptr) : Json(number);
}

Json json_of(const OrderEntry& entry, text::Lang lang) {
  const std::string why = said(entry.why, lang);
  return {{"when", day_or_null(entry.when)},
          {"until", day_or_null(entry.until)},
          {"state", word_of(entry.state)},
          {"expected", entry.expected},
          {"origin", word_of(entry.origin)},
          {"name", text_or_null(entry.name)},
          {"agency", text_or_null(entry.agency)},
          {"unit_id", text_or_null(entry.unit)},
          {"quantity", number_or_null(entry.quantity)},
          {"to_request", text_or_null(entry.to_request)},
          {"wanted", entry.origin == OrderEntry::Origin::Plan ? Json(entry.wanted) : Json(nullptr)},
          {"unmet", entry.origin == OrderEntry::Origin::Plan ? Json(entry.unmet) : Json(nullptr)},
          {"reason_code", text_or_null(entry.reason_code)},
          {"reason", text_or_null(why.empty() ? entry.reason : why)},
          {"source", text_or_null(entry.source)},
          {"note", text_or_null(entry.remark)}};
}

Json json_of(const ScenarioData& data, const OrderTimeline& timeline, text::Lang lang) {
  const auto& request = data.requests[timeline.request];
  const bool has_need = !request.need.empty();
  Json entries = Json::array();
  for (const auto& entry : timeline.entries)
    entries.push_back(json_of(entry, lang));
  return {{"request_id", request.id},
          {"incident_id", request.incident ? Json(data.incidents[*request.incident].id) : Json(nullptr)},
          {"borrower", data.agencies[request.borrower].id},
          {"kind", data.kinds.kinds[request.kind].id},
          {"type", request.type},
          {"measure", word_of(request.measure)},
          {"quantity", request.quantity},
          {"priority", request.priority},
          {"from", has_need ? Json(format_day(request.need.first)) : Json(nullptr)},
          {"to", has_need ? Json(format_day(request.need.last - planner::Days{1})) : Json(nullptr)},
          {"cancelled", day_or_null(request.cancelled)},
          {"state", word_of(timeline.state)},
          {"entries", entries}};
}

}  // namespace

std::string history_json(const planner::Scenario& scenario, const std::vector<OrderTimeline>& timelines,
                         text::Lang lang) {
  const auto& data = scenario.data();
  Json orders = Json::array();
  for (const auto& timeline : timelines)
    orders.push_back(json_of(data, timeline, lang));
  const Json out{{"scenario", data.id}, {"as_of", format_day(data.as_of)}, {"orders", orders}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace relevo::cli
