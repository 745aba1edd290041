// SPDX-License-Identifier: MIT
// A plan.json (docs/plan-json.md) without its scenario.
#include "planner/model/diagnostics.hpp"
#include "planner/record/plan_record.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <limits>
#include <utility>

namespace relevo::planner {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;  ///< of plan.json that is understood

/// A value of the file and where it stands ("assignments[3].stints[0]").
struct Node {
  const Json* value;
  std::string path;
};

/// Each access reports what it cannot use and returns a harmless value, so that one reading shows all faults.
class RecordReader {
 public:
  explicit RecordReader(std::string file) : file_(std::move(file)) {}

  PlanRecord read(std::string_view text) {
    const Json root = Json::parse(text, nullptr, false);
    PlanRecord record;
    record.name = file_;
    if (root.is_discarded())
      fault("", "", "plan.json", "report.read.not_json", "report.read.not_json.remedy");
    else if (const Node top{&root, ""}; expect(top, root.is_object(), "report.read.type_object"))
      read_top(top, record);
    if (faults_.has_errors())
      throw InputError(faults_);
    return record;
  }

 private:
  void read_top(const Node& top, PlanRecord& record) {
    if (const int version = whole(top, "schema_version", kVersion); version != kVersion) {
      fault("schema_version", std::to_string(version), "plan.version", "report.read.version",
            "report.read.version.remedy", {{"known", std::to_string(kVersion)}});
      return;
    }
    if (const auto scenario = required(top, "scenario"); scenario && is_object(*scenario))
      read_scenario(*scenario, record);
    if (const auto result = member(top, "result"); result && is_object(*result))
      read_result(*result, record);
    for (const auto& node : list(top, "agreements"))
      record.agreements.push_back(agreement(node));
    for (const auto& node : list(top, "contingents"))
      record.contingents.push_back({.id = needed_text(node, "contingent_id"),
                                    .muster = text(node, "muster"),
                                    .representative = text(node, "representative")});
    for (const auto& node : list(top, "requests"))
      record.lines.push_back(line(node));
    if (required(top, "assignments"))
      for (const auto& node : list(top, "assignments"))
        record.assignments.push_back(assignment(node, record));
    for (const auto& node : list(top, "reserve"))
      record.reserve.push_back({.agency = needed_text(node, "agency"),
                                .kind = needed_text(node, "kind"),
                                .available = wholes(node, "available"),
                                .reserve = wholes(node, "reserve"),
                                .away = wholes(node, "away")});
    for (const auto& node : list(top, "lifts"))
      record.lifts.push_back({.id = needed_text(node, "lift_id"),
                              .day = day(node, "day"),
                              .uses = whole(node, "uses"),
                              .cost = Money(real(node, "cost"))});
  }

  void read_scenario(const Node& node, PlanRecord& record) {
    record.scenario = needed_text(node, "id");
    record.title = text(node, "title");
    record.as_of = day(node, "as_of");
    record.horizon = {day(node, "first_day"), whole(node, "days")};
    // A plan of more than a century is a slip of the pen, and its days would not fit a calendar.
    expect(node, record.horizon.days >= 0 && record.horizon.days <= 36525, "report.read.type_whole");
    record.currency = text(node, "currency");
  }

  void read_result(const Node& node, PlanRecord& record) {
    record.status = text(node, "status");
    record.objective = real(node, "objective");
    record.bound = real(node, "bound");
    record.gap = real(node, "gap");
    if (const auto vector = member(node, "vector"); vector && is_object(*vector))
      record.vector = {Points(real(*vector, "need")), Points(real(*vector, "disturbance")),
                       Money(real(*vector, "cost"))};
  }

  PlanRecord::Agreement agreement(const Node& node) {
    PlanRecord::Agreement agreement{.id = needed_text(node, "agreement_id"),
                                    .family = text(node, "family"),
                                    .max_line_days = whole(node, "max_line_days"),
                                    .days_off_in_place = whole(node, "days_off_in_place"),
                                    .max_tours = whole(node, "max_tours", 1)};
    if (const auto payers = member(node, "payers"); payers && is_object(*payers))
      for (const auto& [item, payer] : payers->value->items())
        agreement.payer[item] = text(*payers, item) == "lender" ? Payer::Lender : Payer::Borrower;
    return agreement;
  }

  PlanRecord::Line line(const Node& node) {
    const std::string measure = text(node, "measure");
    return {.request = needed_text(node, "request_id"),
            .incident = text(node, "incident_id"),
            .borrower = text(node, "borrower"),
            .kind = text(node, "kind"),
            .measure = measure == "people" ? Measure::People : Measure::Units,
            .quantity = whole(node, "quantity"),
            .priority = whole(node, "priority", 3),
            .status = text(node, "status"),
            .reason_code = text(node, "reason_code"),
            .reason = message(node, "reason_message"),
            .wanted = wholes(node, "wanted"),
            .working = wholes(node, "working"),
            .unmet = wholes(node, "unmet")};
  }

  text::Message message(const Node& node, const char* key) {
    text::Message message;
    const auto object = member(node, key);
    if (!object || !is_object(*object))
      return message;
    message.key = text(*object, "key");
    if (const auto args = member(*object, "args"); args && is_object(*args))
      for (const auto& [name, value] : args->value->items())
        message.args.emplace_back(name, text(*args, name));
    return message;
  }

  PlanRecord::Assignment assignment(const Node& node, const PlanRecord& record) {
    PlanRecord::Assignment assignment{.id = text(node, "assignment_id"),
                                      .contingent = text(node, "contingent_id"),
                                      .unit = needed_text(node, "unit_id"),
                                      .ordinal = whole(node, "ordinal", 1),
                                      .kind = text(node, "kind"),
                                      .agency = text(node, "agency"),
                                      .borrower = text(node, "borrower"),
                                      .agreement = text(node, "agreement_id"),
                                      .escort = text(node, "escort"),
                                      .commitment = truth(node, "commitment"),
                                      .depart = day(node, "depart"),
                                      .release = day(node, "release"),
                                      .home = day(node, "home"),
                                      .persons = whole(node, "persons")};
    for (const auto& stint : list(node, "stints"))
      assignment.stays.push_back({.request = text(stint, "request_id"),
                                  .incident = text(stint, "incident_id"),
                                  .line_days = days(stint, "line_days"),
                                  .shadow_days = days(stint, "shadow_days"),
                                  .days_off = days(stint, "days_off")});
    // A plan.json of before `kind` was written: the line it serves asks for it.
    for (const auto& stay : assignment.stays)
      if (const auto* served = record.find_line(stay.request); assignment.kind.empty() && served != nullptr)
        assignment.kind = served->kind;
    if (const auto cost = member(node, "cost"); cost && is_object(*cost))
      for (const auto& [item, amount] : cost->value->items())
        assignment.cost[item] = Money(real(*cost, item));
    return assignment;
  }

  /// Nothing for a key that is missing or null.
  static std::optional<Node> member(const Node& node, const std::string& key) {
    if (!node.value->is_object())
      return std::nullopt;
    const auto it = node.value->find(key);
    if (it == node.value->end() || it->is_null())
      return std::nullopt;
    return Node{&*it, node.path.empty() ? key : node.path + "." + key};
  }
  std::optional<Node> required(const Node& node, const std::string& key) {
    auto child = member(node, key);
    if (!child)
      fault(node.path.empty() ? key : node.path + "." + key, "", "plan.missing", "report.read.missing",
            "report.read.missing.remedy");
    return child;
  }
  bool is_object(const Node& node) { return expect(node, node.value->is_object(), "report.read.type_object"); }

  /// The objects of a list.
  std::vector<Node> list(const Node& node, const char* key) {
    std::vector<Node> nodes;
    for (auto& item : items(node, key))
      if (is_object(item))
        nodes.push_back(std::move(item));
    return nodes;
  }
  std::vector<Node> items(const Node& node, const char* key) {
    std::vector<Node> nodes;
    const auto child = member(node, key);
    if (!child || !expect(*child, child->value->is_array(), "report.read.type_list"))
      return nodes;
    for (std::size_t i = 0; i < child->value->size(); ++i)
      nodes.push_back({&(*child->value)[i], fmt::format("{}[{}]", child->path, i)});
    return nodes;
  }
  std::vector<int> wholes(const Node& node, const char* key) {
    std::vector<int> numbers;
    for (const auto& item : items(node, key))
      numbers.push_back(as_whole(item));
    return numbers;
  }
  std::vector<Day> days(const Node& node, const char* key) {
    std::vector<Day> all;
    for (const auto& item : items(node, key))
      all.push_back(as_day(item));
    return all;
  }

  std::string as_text(const Node& node) {
    return expect(node, node.value->is_string(), "report.read.type_text") ? node.value->get<std::string>()
                                                                          : std::string{};
  }
  std::string text(const Node& node, const std::string& key) {
    const auto child = member(node, key);
    return child ? as_text(*child) : std::string{};
  }
  std::string needed_text(const Node& node, const std::string& key) {
    const auto child = required(node, key);
    return child ? as_text(*child) : std::string{};
  }
  /// Within what sums of a season can hold.
  int as_whole(const Node& node) {
    constexpr std::int64_t kMost = 1'000'000'000;
    const auto& value = *node.value;
    const bool fits = value.is_number_integer() &&
                      (value.is_number_unsigned() ? value.get<std::uint64_t>() <= static_cast<std::uint64_t>(kMost)
                                                  : value.get<std::int64_t>() >= -kMost);
    return expect(node, fits, "report.read.type_whole") ? value.get<int>() : 0;
  }
  int whole(const Node& node, const char* key, int otherwise = 0) {
    const auto child = member(node, key);
    return child ? as_whole(*child) : otherwise;
  }
  double real(const Node& node, const std::string& key) {
    const auto child = member(node, key);
    return child && expect(*child, child->value->is_number(), "report.read.type_number") ? child->value->get<double>()
                                                                                         : 0.0;
  }
  bool truth(const Node& node, const char* key) {
    const auto child = member(node, key);
    return child && expect(*child, child->value->is_boolean(), "report.read.type_boolean") && child->value->get<bool>();
  }
  Day as_day(const Node& node) {
    const auto parsed = node.value->is_string() ? parse_day(node.value->get<std::string>()) : std::nullopt;
    return expect(node, parsed.has_value(), "report.read.type_day") ? *parsed : Day{};
  }
  Day day(const Node& node, const char* key) {
    const auto child = required(node, key);
    return child ? as_day(*child) : Day{};
  }

  bool expect(const Node& node, bool holds, const char* expected) {
    if (!holds)
      fault(node.path, node.value->dump(-1, ' ', true, Json::error_handler_t::replace), "plan.type", expected,
            "report.read.type.remedy");
    return holds;
  }
  void fault(const std::string& path, const std::string& value, const std::string& rule, const char* what,
             const char* remedy, MessageArgs args = {}) {
    args.emplace_back("path", path);
    args.emplace_back("value", shorten_value(value));
    faults_.add({Severity::Error, file_, 0, path, shorten_value(value), rule, {what, args}, {remedy, args}});
  }

  std::string file_;
  Diagnostics faults_;
};

}  // namespace

PlanRecord read_plan_record(std::string_view json, const std::string& name) {
  return RecordReader(name).read(json);
}

}  // namespace relevo::planner
