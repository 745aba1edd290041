// SPDX-License-Identifier: MIT
#include "cli/previous_plan.hpp"

#include "cli/plan_file.hpp"
#include "cli/report/plan_json.hpp"
#include "cli/text_file.hpp"

#include <nlohmann/json.hpp>

#include <set>
#include <utility>

namespace relevo::cli {

namespace {

using Json = nlohmann::ordered_json;
using planner::LostAssignment;
using planner::Scenario;

template <class Table>
std::set<std::string> known_ids(const Table& table) {
  std::set<std::string> ids;
  for (const auto& record : table)
    ids.insert(record.id);
  return ids;
}

/// Takes out of a plan.json what a scenario does not know, and all that planning anew does not need.
class PreviousFilter {
 public:
  explicit PreviousFilter(const Scenario& today)
      : today_(today),
        units_(known_ids(today->units)),
        agreements_(known_ids(today->agreements)),
        agencies_(known_ids(today->agencies)),
        requests_(known_ids(today->requests)),
        incidents_(known_ids(today->incidents)) {}

  /// Other faults are left for the reader of plans to find.
  Json filtered(const Json& plan) {
    Json kept = Json::object();
    if (plan.contains("schema_version"))
      kept["schema_version"] = plan["schema_version"];
    Json& list = kept["assignments"] = Json::array();
    for (const auto& assignment : plan.at("assignments"))
      if (!assignment.is_object() || is_known(assignment))
        list.push_back(without_the_rest(assignment));
    return kept;
  }

  std::vector<LostAssignment> lost() && { return std::move(lost_); }

 private:
  static std::string text(const Json& object, const char* key) {
    const auto it = object.find(key);
    return it == object.end() || !it->is_string() ? std::string{} : it->get<std::string>();
  }

  bool has_left(const Json& assignment) const {
    const auto depart = planner::parse_day(text(assignment, "depart"));
    return depart && *depart < today_->as_of;
  }

  bool is_known(const Json& assignment) {
    const auto lose = [&](const char* code, const std::string& what) {
      lost_.push_back({text(assignment, "assignment_id"), text(assignment, "unit_id"), code, what});
      return false;
    };
    // A key that is missing is a fault of the file, which the reader of plans reports.
    const auto is_unknown = [](const std::string& id, const std::set<std::string>& known) {
      return !id.empty() && !known.contains(id);
    };
    if (const auto id = text(assignment, "unit_id"); is_unknown(id, units_))
      return lose("unit", id);
    if (const auto id = text(assignment, "agreement_id"); is_unknown(id, agreements_))
      return lose("agreement", id);
    if (const auto id = text(assignment, "borrower"); is_unknown(id, agencies_))
      return lose("borrower", id);
    if (has_left(assignment) || !assignment.contains("stints") || !assignment["stints"].is_array())
      return true;
    for (const auto& stint : assignment["stints"])
      if (const auto id = text(stint, "request_id"); !id.empty() && !requests_.contains(id))
        return lose("request", id);
    return true;
  }

  Json without_the_rest(Json assignment) const {
    if (!assignment.is_object())
      return assignment;
    for (const char* key : {"contingent_id", "legs", "travel", "pools", "cost", "class_id"})
      assignment.erase(key);
    if (!assignment.contains("stints") || !assignment["stints"].is_array())
      return assignment;
    for (auto& stint : assignment["stints"]) {
      if (!stint.is_object())
        continue;
      if (!requests_.contains(text(stint, "request_id")))
        stint.erase("request_id");
      if (!incidents_.contains(text(stint, "incident_id")))
        stint.erase("incident_id");
    }
    return assignment;
  }

  const Scenario& today_;
  std::set<std::string> units_;
  std::set<std::string> agreements_;
  std::set<std::string> agencies_;
  std::set<std::string> requests_;
  std::set<std::string> incidents_;
  std::vector<LostAssignment> lost_;
};

}  // namespace

std::vector<std::string> lines_of(const EarlierPlan& earlier, text::Lang lang) {
  std::vector<std::string> lines{
      text::render({"cli.replan.carried",
                    {{"left", std::to_string(earlier.under_way)}, {"announced", std::to_string(earlier.announced)}}},
                   lang)};
  for (const auto& lost : earlier.lost)
    lines.push_back(text::render(
        {"cli.replan.lost." + lost.code, {{"assignment", lost.assignment}, {"unit", lost.unit}, {"what", lost.what}}},
        lang));
  return lines;
}

planner::Scenario carry_over_plan(const Scenario& today, const std::filesystem::path& previous, EarlierPlan& earlier) {
  const auto file = plan_file_of(previous);
  if (is_plan_table(file)) {
    earlier.plan = read_plan_file(file, today);
  } else {
    std::string text = read_text_file(file);
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_object() && json.contains("assignments") && json["assignments"].is_array()) {
      PreviousFilter filter(today);
      text = filter.filtered(json).dump();
      earlier.lost = std::move(filter).lost();
    }
    earlier.plan = read_plan_json(text, today, file.string());
  }
  auto carried = carry_over(today.data(), earlier.plan);
  earlier.under_way = carried.left + carried.known;
  earlier.announced = carried.announced;
  earlier.lost.insert(earlier.lost.end(), carried.lost.begin(), carried.lost.end());
  return Scenario(std::move(carried.data));
}

}  // namespace relevo::cli
