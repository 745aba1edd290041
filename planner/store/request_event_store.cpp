// SPDX-License-Identifier: MIT
#include "planner/store/request_event_store.hpp"

#include <nlohmann/json.hpp>
#include <sqlite3.h>

namespace relevo::planner {

namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const text::Message& message) {
  if (message.key.empty())
    return "{}";
  Json args = Json::object();
  for (const auto& [name, value] : message.args)
    args[name] = value;
  return Json{{"key", message.key}, {"args", args}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

text::Message message_of(const std::string& text) {
  text::Message message;
  const auto json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("key") || !json["key"].is_string())
    return message;
  message.key = json["key"].get<std::string>();
  if (json.contains("args") && json["args"].is_object())
    for (const auto& [name, value] : json["args"].items())
      if (value.is_string())
        message.args.emplace_back(name, value.get<std::string>());
  return message;
}

PlanEvent event_of(const Statement& row) {
  const auto day = parse_day(row.text(2));
  if (!day)
    throw SqliteError(SQLITE_CORRUPT, "request_events: a day that is none");
  return {.request = row.text(0),
          .state = row.text(1),
          .when = *day,
          .wanted = static_cast<int>(row.integer(3)),
          .unmet = static_cast<int>(row.integer(4)),
          .reason_code = row.text(5),
          .why = message_of(row.text(6)),
          .plan = row.text(7)};
}

std::vector<PlanEvent> read_events(const Workspace& workspace) {
  std::vector<PlanEvent> events;
  auto rows = workspace.connection().prepare(
      "SELECT request_id, state, day, wanted, unmet, reason_code, reason, plan_name FROM request_events ORDER BY id");
  while (rows.step())
    events.push_back(event_of(rows));
  return events;
}

}  // namespace

void append_plan_events(const Workspace& workspace, std::int64_t plan_id, const std::vector<PlanEvent>& events) {
  auto insert = workspace.connection().prepare(
      "INSERT INTO request_events (request_id, state, day, wanted, unmet, reason_code, reason, plan_id, plan_name) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const auto& event : news_of(events, read_events(workspace))) {
    const auto day = format_day(event.when);
    const auto why = text_of(event.why);
    insert.bind(1, event.request)
        .bind(2, event.state)
        .bind(3, day)
        .bind(4, event.wanted)
        .bind(5, event.unmet)
        .bind(6, event.reason_code)
        .bind(7, why)
        .bind(8, plan_id)
        .bind(9, event.plan)
        .run();
  }
}

std::vector<PlanEvent> stored_plan_events(const Workspace& workspace) {
  try {
    return read_events(workspace);
  } catch (const SqliteError& e) {
    workspace.rethrow(e);
  }
}

}  // namespace relevo::planner
