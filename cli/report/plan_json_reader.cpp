// SPDX-License-Identifier: MIT
#include "cli/report/plan_json.hpp"
#include "cli/report/plan_words.hpp"
#include "planner/model/day.hpp"
#include "planner/model/diagnostics.hpp"
#include "planner/model/spelling.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace relevo::cli {

namespace {

using Json = nlohmann::ordered_json;
using planner::Day;
using planner::Severity;

enum class Need { Required, Optional };

/// A value of the file and where it stands ("assignments[3].stints[0]"), so that every error can say where.
struct Node {
  const Json* value;
  std::string path;
};

class PlanReader {
 public:
  PlanReader(const planner::Scenario& scenario, std::string file) : data_(scenario.data()), file_(std::move(file)) {}

  planner::Plan read(std::string_view text) {
    const Json root = Json::parse(text, nullptr, false);
    if (root.is_discarded()) {
      fault("", "", "plan.json", "report.read.not_json", "report.read.not_json.remedy");
      throw planner::InputError(faults_);
    }
    planner::Plan plan;
    const Node top{&root, ""};
    if (expect(top, root.is_object(), "report.read.type_object")) {
      read_top(top, plan);
    }
    if (faults_.has_errors()) {
      throw planner::InputError(faults_);
    }
    return plan;
  }

 private:
  void read_top(const Node& top, planner::Plan& plan) {
    const int version = whole(top, "schema_version", Need::Optional, kPlanSchemaVersion);
    if (version != kPlanSchemaVersion) {
      fault("schema_version", std::to_string(version), "plan.version", "report.read.version",
            "report.read.version.remedy", {{"known", std::to_string(kPlanSchemaVersion)}});
      return;
    }
    plan.name = text_of(top, "name", Need::Optional, "plan");
    if (const auto result = member(top, "result", Need::Optional)) {
      plan.result = read_result(*result);
    }
    read_list(top, "contingents", Need::Optional, plan.contingents, &PlanReader::read_contingent);
    read_list(top, "assignments", Need::Required, plan.assignments, &PlanReader::read_assignment);
    read_list(top, "requests", Need::Optional, plan.requests, &PlanReader::read_request);
    read_list(top, "reserve", Need::Optional, plan.reserve, &PlanReader::read_reserve);
    read_list(top, "representatives", Need::Optional, plan.escorts, &PlanReader::read_escorts);
    read_list(top, "pools", Need::Optional, plan.pools, &PlanReader::read_pool);
    read_list(top, "lifts", Need::Optional, plan.lifts, &PlanReader::read_lift);
    read_list(top, "findings", Need::Optional, plan.findings, &PlanReader::read_finding);
  }

  planner::PlanResult read_result(const Node& node) {
    planner::PlanResult result;
    result.status = word(node, "status", planner::PlanStatus::Heuristic);
    result.objective = real(node, "objective");
    result.bound = real(node, "bound");
    result.gap = real(node, "gap");
    result.influenceable_gap = real(node, "influenceable_gap");
    result.constant = real(node, "constant");
    if (const auto vector = member(node, "vector", Need::Optional)) {
      result.vector.need = planner::Points(real(*vector, "need"));
      result.vector.disturbance = planner::Points(real(*vector, "disturbance"));
      result.vector.cost = planner::Money(real(*vector, "cost"));
    }
    result.proof = text_of(node, "proof", Need::Optional);
    return result;
  }

  planner::Contingent read_contingent(const Node& node) {
    planner::Contingent contingent;
    contingent.id = text_of(node, "contingent_id", Need::Required);
    contingent.agreement = reference(node, "agreement_id", agreements_);
    contingent.lender = reference(node, "lender", agencies_);
    contingent.borrower = reference(node, "borrower", agencies_);
    contingent.muster = reference(node, "muster", bases_);
    contingent.depart = day(node, "depart");
    contingent.release = day(node, "release");
    contingent.home = day(node, "return");
    contingent.lead = text_of(node, "lead", Need::Optional);
    contingent.representative = text_of(node, "representative", Need::Optional);
    contingent.persons = whole(node, "persons", Need::Optional);
    contingent.commitment = truth(node, "commitment");
    return contingent;
  }

  planner::Assignment read_assignment(const Node& node) {
    planner::Assignment assignment;
    assignment.id = text_of(node, "assignment_id", Need::Required);
    assignment.contingent_id = text_of(node, "contingent_id", Need::Optional);
    assignment.unit = reference(node, "unit_id", units_);
    assignment.ordinal = whole(node, "ordinal", Need::Optional, 1);
    assignment.class_id = whole(node, "class_id", Need::Optional, -1);
    assignment.borrower = reference(node, "borrower", agencies_);
    assignment.agreement = reference(node, "agreement_id", agreements_);
    assignment.clauses = texts(node, "clauses");
    assignment.commitment = truth(node, "commitment");
    if (const auto escort = member(node, "escort", Need::Optional); escort && !escort->value->is_null()) {
      assignment.escort = word(node, "escort", planner::EscortTerms::Role::Representative);
    }
    assignment.phase = word(node, "phase", planner::Phase::Outlook);
    assignment.depart = day(node, "depart");
    assignment.arrive = day(node, "arrive");
    read_list(node, "stints", Need::Required, assignment.stints, &PlanReader::read_stint);
    assignment.release = day(node, "release");
    assignment.home = day(node, "home");
    assignment.rested = day(node, "rested");
    read_list(node, "legs", Need::Optional, assignment.outbound.legs, &PlanReader::read_leg);
    if (const auto travel = member(node, "travel", Need::Optional)) {
      assignment.outbound.days = whole(*travel, "days", Need::Optional, 1);
      assignment.outbound.hours = real(*travel, "hours");
      assignment.outbound.ground = geo::Distance::from_metres(real(*travel, "ground_m"));
      assignment.outbound.air = geo::Distance::from_metres(real(*travel, "air_m"));
    }
    assignment.persons = whole(node, "persons", Need::Optional);
    assignment.extension_days = whole(node, "extension_days", Need::Optional);
    assignment.reliefs = whole(node, "reliefs", Need::Optional);
    read_cost(node, assignment.cost);
    return assignment;
  }

  void read_cost(const Node& node, std::map<std::string, planner::Money>& cost) {
    const auto object = member(node, "cost", Need::Optional);
    if (!object || !expect(*object, object->value->is_object(), "report.read.type_object")) {
      return;
    }
    for (const auto& [item, amount] : object->value->items()) {
      cost[item] = planner::Money(real(*object, item));
    }
  }

  planner::Stint read_stint(const Node& node) {
    planner::Stint stint;
    stint.request = optional_reference(node, "request_id", requests_);
    stint.incident = optional_reference(node, "incident_id", incidents_);
    stint.move_days = days(node, "move_days");
    stint.line_days = days(node, "line_days");
    stint.shadow_days = days(node, "shadow_days");
    stint.days_off = days(node, "days_off");
    return stint;
  }

  geo::Leg read_leg(const Node& node) {
    geo::Leg leg;
    leg.mode = word(node, "mode", geo::LegMode::Ground);
    leg.from = text_of(node, "from", Need::Optional);
    leg.to = text_of(node, "to", Need::Optional);
    leg.from_point = {real(node, "from_lon"), real(node, "from_lat")};
    leg.to_point = {real(node, "to_lon"), real(node, "to_lat")};
    leg.distance = geo::Distance::from_metres(real(node, "distance_m"));
    leg.depart_hour = real(node, "depart_hour");
    leg.arrive_hour = real(node, "arrive_hour");
    leg.from_airport = text_of(node, "from_airport", Need::Optional);
    leg.to_airport = text_of(node, "to_airport", Need::Optional);
    return leg;
  }

  planner::RequestFill read_request(const Node& node) {
    planner::RequestFill fill;
    fill.request = reference(node, "request_id", requests_);
    fill.status = word(node, "status", planner::RequestStatus::Filled);
    fill.wanted = wholes(node, "wanted");
    fill.working = wholes(node, "working");
    fill.assigned = wholes(node, "assigned");
    fill.unmet = wholes(node, "unmet");
    fill.drops = wholes(node, "drops");
    fill.reason = read_reason(node);
    read_list(node, "further_reasons", Need::Optional, fill.further, &PlanReader::read_reason);
    return fill;
  }

  planner::Reason read_reason(const Node& node) {
    return {text_of(node, "reason_code", Need::Optional, "none"), message(node, "reason_message")};
  }

  planner::ReserveLine read_reserve(const Node& node) {
    planner::ReserveLine line;
    line.agency = reference(node, "agency", agencies_);
    line.kind = reference(node, "kind", kinds_);
    line.available = wholes(node, "available");
    line.reserve = wholes(node, "reserve");
    line.away = wholes(node, "away");
    line.level = wholes(node, "level");
    return line;
  }

  planner::EscortLine read_escorts(const Node& node) {
    planner::EscortLine line;
    line.agreement = reference(node, "agreement_id", agreements_);
    line.lender = reference(node, "lender", agencies_);
    line.borrower = reference(node, "borrower", agencies_);
    line.role = word(node, "role", planner::EscortTerms::Role::Representative);
    line.supply = word(node, "supply", planner::EscortTerms::Supply::Implicit);
    line.persons = wholes(node, "persons");
    line.required = wholes(node, "required");
    line.present = wholes(node, "present");
    return line;
  }

  planner::PoolLine read_pool(const Node& node) {
    planner::PoolLine line;
    line.pool = reference(node, "pool_id", pools_);
    line.people = wholes(node, "people");
    line.away = wholes(node, "away");
    return line;
  }

  planner::LiftLine read_lift(const Node& node) {
    planner::LiftLine line;
    if (const auto id = member(node, "lift_id", Need::Required)) {
      line.lift = look_up(*id, lifts_);
    }
    line.day = day(node, "day");
    line.uses = whole(node, "uses", Need::Required);
    line.passengers = whole(node, "passengers", Need::Optional);
    line.cost = planner::Money(real(node, "cost"));
    return line;
  }

  planner::Finding read_finding(const Node& node) {
    planner::Finding finding;
    finding.code = text_of(node, "code", Need::Required);
    finding.subject = text_of(node, "subject", Need::Optional);
    if (const auto when = member(node, "day", Need::Optional); when && !when->value->is_null()) {
      finding.day = day(node, "day");
    }
    finding.amount = real(node, "amount");
    finding.what = message(node, "message");
    return finding;
  }

  text::Message message(const Node& node, const char* key) {
    text::Message out;
    const auto object = member(node, key, Need::Optional);
    if (!object || !expect(*object, object->value->is_object(), "report.read.type_object")) {
      return out;
    }
    out.key = text_of(*object, "key", Need::Optional);
    const auto args = member(*object, "args", Need::Optional);
    if (args && expect(*args, args->value->is_object(), "report.read.type_object")) {
      for (const auto& [name, value] : args->value->items()) {
        out.args.emplace_back(name, text_of(*args, name, Need::Required));
      }
    }
    return out;
  }

  // --- typed access; each reports what it cannot use and returns a harmless value, so that reading goes on ---

  std::optional<Node> member(const Node& node, const std::string& key, Need need) {
    Node child{nullptr, node.path.empty() ? key : node.path + "." + key};
    if (node.value->is_object()) {
      if (const auto it = node.value->find(key); it != node.value->end()) {
        child.value = &*it;
        return child;
      }
    }
    if (need == Need::Required) {
      fault(child.path, "", "plan.missing", "report.read.missing", "report.read.missing.remedy");
    }
    return std::nullopt;
  }

  template <class T>
  void read_list(const Node& node, const char* key, Need need, std::vector<T>& out,
                 T (PlanReader::*read_one)(const Node&)) {
    const auto list = member(node, key, need);
    if (!list || !expect(*list, list->value->is_array(), "report.read.type_list")) {
      return;
    }
    out.reserve(list->value->size());
    for (std::size_t i = 0; i < list->value->size(); ++i) {
      const Node item{&(*list->value)[i], fmt::format("{}[{}]", list->path, i)};
      if (expect(item, item.value->is_object(), "report.read.type_object")) {
        out.push_back((this->*read_one)(item));
      }
    }
  }

  template <class T, class ReadOne>
  std::vector<T> simple_list(const Node& node, const char* key, ReadOne read_one) {
    std::vector<T> out;
    const auto list = member(node, key, Need::Optional);
    if (!list || !expect(*list, list->value->is_array(), "report.read.type_list")) {
      return out;
    }
    for (std::size_t i = 0; i < list->value->size(); ++i) {
      out.push_back(read_one(Node{&(*list->value)[i], fmt::format("{}[{}]", list->path, i)}));
    }
    return out;
  }

  std::vector<int> wholes(const Node& node, const char* key) {
    return simple_list<int>(node, key, [this](const Node& item) { return as_whole(item); });
  }
  std::vector<Day> days(const Node& node, const char* key) {
    return simple_list<Day>(node, key, [this](const Node& item) { return as_day(item); });
  }
  std::vector<std::string> texts(const Node& node, const char* key) {
    return simple_list<std::string>(node, key, [this](const Node& item) { return as_text(item); });
  }

  std::string text_of(const Node& node, const std::string& key, Need need, const std::string& otherwise = {}) {
    const auto child = member(node, key, need);
    return child && !(need == Need::Optional && child->value->is_null()) ? as_text(*child) : otherwise;
  }
  int whole(const Node& node, const char* key, Need need, int otherwise = 0) {
    const auto child = member(node, key, need);
    return child && !(need == Need::Optional && child->value->is_null()) ? as_whole(*child) : otherwise;
  }
  Day day(const Node& node, const char* key) {
    const auto child = member(node, key, Need::Required);
    return child ? as_day(*child) : Day{};
  }
  bool truth(const Node& node, const char* key) {
    const auto child = member(node, key, Need::Optional);
    return child && expect(*child, child->value->is_boolean(), "report.read.type_boolean") && child->value->get<bool>();
  }
  double real(const Node& node, const std::string& key) {
    const auto child = member(node, key, Need::Optional);
    if (!child || child->value->is_null() || !expect(*child, child->value->is_number(), "report.read.type_number")) {
      return 0.0;
    }
    return child->value->get<double>();
  }

  template <class Enum>
  Enum word(const Node& node, const char* key, Enum otherwise) {
    const std::string written = text_of(node, key, Need::Optional, std::string(word_of(otherwise)));
    if (const auto value = enum_of<Enum>(written)) {
      return *value;
    }
    fault(node.path + "." + key, written, "plan.word", "report.read.word", "report.read.word.remedy");
    return otherwise;
  }

  std::string as_text(const Node& node) {
    return expect(node, node.value->is_string(), "report.read.type_text") ? node.value->get<std::string>()
                                                                          : std::string();
  }
  int as_whole(const Node& node) {
    if (!expect(node, node.value->is_number_integer(), "report.read.type_whole")) {
      return 0;
    }
    // A number beyond 64 bits has already become a floating-point one in the parser.
    const auto value = node.value->is_number_unsigned()
                           ? static_cast<std::int64_t>(std::min<std::uint64_t>(
                                 node.value->get<std::uint64_t>(), std::numeric_limits<std::int64_t>::max()))
                           : node.value->get<std::int64_t>();
    const bool fits = value >= std::numeric_limits<int>::min() && value <= std::numeric_limits<int>::max();
    return expect(node, fits, "report.read.type_whole") ? static_cast<int>(value) : 0;
  }
  Day as_day(const Node& node) {
    const auto parsed = node.value->is_string() ? planner::parse_day(node.value->get<std::string>()) : std::nullopt;
    return expect(node, parsed.has_value(), "report.read.type_day") ? *parsed : Day{};
  }

  template <class IndexType>
  using Lookup = std::map<std::string, IndexType>;

  template <class IndexType>
  IndexType reference(const Node& node, const char* key, const Lookup<IndexType>& known) {
    const auto child = member(node, key, Need::Required);
    return child ? look_up(*child, known) : IndexType{0U};
  }
  template <class IndexType>
  std::optional<IndexType> optional_reference(const Node& node, const char* key, const Lookup<IndexType>& known) {
    const auto child = member(node, key, Need::Optional);
    if (!child || child->value->is_null()) {
      return std::nullopt;
    }
    return look_up(*child, known);
  }
  template <class IndexType>
  IndexType look_up(const Node& node, const Lookup<IndexType>& known) {
    const std::string id = as_text(node);
    if (const auto it = known.find(id); it != known.end()) {
      return it->second;
    }
    std::vector<std::string> candidates;
    candidates.reserve(known.size());
    for (const auto& [candidate, index] : known) {
      candidates.push_back(candidate);
    }
    const std::string suggestion = planner::closest_word(id, candidates);
    fault(node.path, id, "plan.reference", "report.read.reference",
          suggestion.empty() ? "report.read.reference.remedy" : "report.read.suggestion", {{"suggestion", suggestion}});
    return IndexType{0U};
  }

  // True when the value can be used; otherwise reports what was expected there.
  bool expect(const Node& node, bool holds, const char* expected) {
    if (!holds) {
      fault(node.path, node.value->dump(-1, ' ', true, Json::error_handler_t::replace), "plan.type", expected,
            "report.read.type.remedy");
    }
    return holds;
  }

  void fault(const std::string& path, const std::string& value, const std::string& rule, const char* what,
             const char* remedy, planner::MessageArgs args = {}) {
    args.emplace_back("path", path);
    args.emplace_back("value", planner::shorten_value(value));
    faults_.add({Severity::Error, file_, 0, path, planner::shorten_value(value), rule, {what, args}, {remedy, args}});
  }

  // Lifts are a plain list.
  static Lookup<std::size_t> by_position(const std::vector<planner::Lift>& lifts) {
    Lookup<std::size_t> out;
    for (std::size_t i = 0; i < lifts.size(); ++i) {
      out.emplace(lifts[i].id, i);
    }
    return out;
  }

  template <class IndexType, class Table>
  static Lookup<IndexType> by_id(const Table& table) {
    Lookup<IndexType> out;
    for (const IndexType index : table.indices()) {
      out.emplace(table[index].id, index);
    }
    return out;
  }

  // A reader lives for one call of read_plan_json and never outlives what it refers to.
  const planner::ScenarioData& data_;
  std::string file_;
  planner::Diagnostics faults_;
  Lookup<planner::AgencyIndex> agencies_ = by_id<planner::AgencyIndex>(data_.agencies);
  Lookup<planner::AgreementIndex> agreements_ = by_id<planner::AgreementIndex>(data_.agreements);
  Lookup<planner::BaseIndex> bases_ = by_id<planner::BaseIndex>(data_.bases);
  Lookup<planner::UnitIndex> units_ = by_id<planner::UnitIndex>(data_.units);
  Lookup<planner::PoolIndex> pools_ = by_id<planner::PoolIndex>(data_.pools);
  Lookup<planner::IncidentIndex> incidents_ = by_id<planner::IncidentIndex>(data_.incidents);
  Lookup<planner::RequestIndex> requests_ = by_id<planner::RequestIndex>(data_.requests);
  Lookup<std::size_t> lifts_ = by_position(data_.lifts);
  Lookup<planner::KindIndex> kinds_ = by_id<planner::KindIndex>(data_.kinds.kinds);
};

}  // namespace

planner::Plan read_plan_json(std::string_view text, const planner::Scenario& scenario, const std::string& file) {
  return PlanReader(scenario, file).read(text);
}

}  // namespace relevo::cli
