// SPDX-License-Identifier: MIT
#include "cli/report/plan_json.hpp"

#include "cli/report/plan_json_assessment.hpp"
#include "cli/report/plan_words.hpp"
#include "cli/report/sources.hpp"
#include "planner/model/day.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace relevo::cli {

namespace {

using Json = nlohmann::ordered_json;
using planner::Day;
using planner::format_day;

Json number(double value) {
  return json_number(value);
}

Json days_json(const std::vector<Day>& days) {
  Json out = Json::array();
  for (const Day day : days) {
    out.push_back(format_day(day));
  }
  return out;
}

// An empty name means "none" in the model; in the file that is null.
Json name_or_null(const std::string& name) {
  return name.empty() ? Json(nullptr) : Json(name);
}

Json message_json(const text::Message& message) {
  Json args = Json::object();
  for (const auto& [name, value] : message.args) {
    args[name] = value;
  }
  return {{"key", message.key}, {"args", args}};
}

// Not every line has something to say: an empty key stays an empty sentence.
std::string sentence(const text::Message& message, text::Lang lang) {
  return message.key.empty() ? std::string() : text::render(message, lang);
}

Json money_json(const std::map<std::string, planner::Money>& cost) {
  Json out = Json::object();
  for (const auto& [item, amount] : cost) {
    out[item] = number(amount.value());
  }
  return out;
}

class PlanWriter {
 public:
  explicit PlanWriter(const ReportInput& input) : input_(input), data_(input.scenario.data()) {}

  Json write() const {
    Json out = Json::object();
    out["schema_version"] = kPlanSchemaVersion;
    out["scenario"] = scenario();
    out["inputs"] = inputs();
    out["options"] = options(false);
    if (!input_.edits.empty())
      out["edits"] = edits();
    out["result"] = result(input_.plan.result);
    out["baseline"] = result(input_.baseline.result);
    out["agreements"] = agreements();
    out["contingents"] = list(input_.plan.contingents, &PlanWriter::contingent);
    out["assignments"] = list(input_.plan.assignments, &PlanWriter::assignment);
    out["requests"] = list(input_.plan.requests, &PlanWriter::request);
    out["reserve"] = list(input_.plan.reserve, &PlanWriter::reserve);
    out["representatives"] = list(input_.plan.escorts, &PlanWriter::escorts);
    out["pools"] = list(input_.plan.pools, &PlanWriter::pool);
    out["lifts"] = list(input_.plan.lifts, &PlanWriter::lift);
    // A plan that breaks a rule is never written.
    out["violations"] = Json::array();
    out["findings"] = list(input_.plan.findings, &PlanWriter::finding);
    if (input_.replan)
      out["replan"] = replan(*input_.replan);
    out["assessment"] = assessment_json(input_);
    out["sources"] = sources();
    out["conflicts"] = list(data_.conflicts, &PlanWriter::conflict);
    out["run"] = run();
    return out;
  }

 private:
  template <class T>
  Json list(const std::vector<T>& items, Json (PlanWriter::*write_one)(const T&) const) const {
    Json out = Json::array();
    for (const auto& item : items) {
      out.push_back((this->*write_one)(item));
    }
    return out;
  }

  Json scenario() const {
    return {{"id", data_.id},
            {"title", data_.title},
            {"as_of", format_day(data_.as_of)},
            {"time_zone", data_.time_zone},
            {"first_day", format_day(data_.horizon.first)},
            {"days", data_.horizon.days},
            {"currency", data_.policy.currency}};
  }

  Json inputs() const {
    Json out = Json::array();
    for (const auto& file : data_.inputs) {
      out.push_back({{"file", file.file},
                     {"sha256", file.sha256},
                     {"as_of", name_or_null(file.as_of)},
                     {"note", name_or_null(file.note)}});
    }
    return out;
  }

  Json options(bool of_the_run) const {
    static const std::set<std::string> run_only = {"threads", "jobs",  "out",     "workspace", "data",
                                                   "quiet",   "color", "verbose", "progress",  "force"};
    Json out = Json::object();
    for (const auto& [name, value] : input_.options) {
      if (run_only.contains(name) == of_the_run) {
        out[name] = value;
      }
    }
    return out;
  }

  Json edits() const {
    Json out{{"set", Json::array()}, {"pin", Json::array()}, {"forbid", Json::array()}};
    for (const auto& set : input_.edits.sets)
      out["set"].push_back(to_text(set));
    for (const auto& choice : input_.edits.choices)
      out[choice.pin ? "pin" : "forbid"].push_back(to_text(choice));
    out["domestic"] = input_.edits.domestic;
    return out;
  }

  static Json result(const planner::PlanResult& result) {
    return {{"status", word_of(result.status)},
            {"objective", number(result.objective)},
            {"bound", number(result.bound)},
            {"gap", number(result.gap)},
            {"influenceable_gap", number(result.influenceable_gap)},
            {"constant", number(result.constant)},
            {"vector",
             {{"need", number(result.vector.need.value())},
              {"disturbance", number(result.vector.disturbance.value())},
              {"cost", number(result.vector.cost.value())}}},
            {"proof", result.proof}};
  }

  // What a plan is measured by when its tables have gone: the stays that were agreed, and who pays.
  Json agreements() const {
    Json out = Json::array();
    for (const auto& agreement : data_.agreements) {
      Json payers = Json::object();
      for (const auto& [item, payer] : agreement.cost.payer) {
        payers[item] = payer.value == planner::Payer::Lender ? "lender" : "borrower";
      }
      out.push_back({{"agreement_id", agreement.id},
                     {"family", name_or_null(agreement.family)},
                     {"max_line_days", agreement.tour.max_line_days.value},
                     {"days_off_in_place", agreement.tour.days_off_in_place.value},
                     {"max_tours", agreement.tour.max_tours.value},
                     {"payers", payers}});
    }
    return out;
  }

  Json contingent(const planner::Contingent& contingent) const {
    return {{"contingent_id", contingent.id},
            {"agreement_id", data_.agreements[contingent.agreement].id},
            {"lender", data_.agencies[contingent.lender].id},
            {"borrower", data_.agencies[contingent.borrower].id},
            {"muster", data_.bases[contingent.muster].id},
            {"depart", format_day(contingent.depart)},
            {"release", format_day(contingent.release)},
            {"return", format_day(contingent.home)},
            {"lead", name_or_null(contingent.lead)},
            {"representative", name_or_null(contingent.representative)},
            {"persons", contingent.persons},
            {"commitment", contingent.commitment}};
  }

  Json assignment(const planner::Assignment& assignment) const {
    const auto& unit = data_.units[assignment.unit];
    Json out = Json::object();
    out["assignment_id"] = assignment.id;
    out["contingent_id"] = name_or_null(assignment.contingent_id);
    out["unit_id"] = unit.id;
    out["kind"] = data_.kinds.kinds[unit.kind].id;
    out["type"] = unit.type;
    out["ordinal"] = assignment.ordinal;
    out["class_id"] = assignment.class_id < 0 ? Json(nullptr) : Json(assignment.class_id);
    out["agency"] = data_.agencies[unit.agency].id;
    out["borrower"] = data_.agencies[assignment.borrower].id;
    out["agreement_id"] = data_.agreements[assignment.agreement].id;
    out["clauses"] = assignment.clauses;
    out["commitment"] = assignment.commitment;
    out["escort"] = assignment.escort ? Json(word_of(*assignment.escort)) : Json(nullptr);
    out["phase"] = word_of(assignment.phase);
    out["depart"] = format_day(assignment.depart);
    out["arrive"] = format_day(assignment.arrive);
    out["stints"] = list(assignment.stints, &PlanWriter::stint);
    out["release"] = format_day(assignment.release);
    out["home"] = format_day(assignment.home);
    out["rested"] = format_day(assignment.rested);
    out["legs"] = list(assignment.outbound.legs, &PlanWriter::leg);
    out["travel"] = {{"days", assignment.outbound.days},
                     {"hours", number(assignment.outbound.hours)},
                     {"ground_m", number(assignment.outbound.ground.metres())},
                     {"air_m", number(assignment.outbound.air.metres())}};
    out["persons"] = assignment.persons;
    out["extension_days"] = assignment.extension_days;
    out["reliefs"] = assignment.reliefs;
    Json pools = Json::object();
    for (const auto& share : unit.pools) {
      pools[data_.pools[share.pool].id] = share.persons;
    }
    out["pools"] = pools;
    out["cost"] = money_json(assignment.cost);
    return out;
  }

  Json stint(const planner::Stint& stint) const {
    return {{"request_id", stint.request ? Json(data_.requests[*stint.request].id) : Json(nullptr)},
            {"incident_id", stint.incident ? Json(data_.incidents[*stint.incident].id) : Json(nullptr)},
            {"move_days", days_json(stint.move_days)},
            {"line_days", days_json(stint.line_days)},
            {"shadow_days", days_json(stint.shadow_days)},
            {"days_off", days_json(stint.days_off)}};
  }

  Json leg(const geo::Leg& leg) const {
    return {{"mode", word_of(leg.mode)},
            {"from", leg.from},
            {"to", leg.to},
            {"from_lon", number(leg.from_point.lon)},
            {"from_lat", number(leg.from_point.lat)},
            {"to_lon", number(leg.to_point.lon)},
            {"to_lat", number(leg.to_point.lat)},
            {"distance_m", number(leg.distance.metres())},
            {"depart_hour", number(leg.depart_hour)},
            {"arrive_hour", number(leg.arrive_hour)},
            {"from_airport", name_or_null(leg.from_airport)},
            {"to_airport", name_or_null(leg.to_airport)}};
  }

  Json request(const planner::RequestFill& fill) const {
    const auto& request = data_.requests[fill.request];
    Json out = Json::object();
    out["request_id"] = request.id;
    out["incident_id"] = request.incident ? Json(data_.incidents[*request.incident].id) : Json(nullptr);
    out["borrower"] = data_.agencies[request.borrower].id;
    out["kind"] = data_.kinds.kinds[request.kind].id;
    out["type"] = request.type;
    out["measure"] = word_of(request.measure);
    out["quantity"] = request.quantity;
    out["priority"] = request.priority;
    out["priority_from"] = request.automatic_priority ? "assessment" : "table";
    out["priority_score"] = priority_score(request);
    out["status"] = word_of(fill.status);
    out["wanted"] = fill.wanted;
    out["working"] = fill.working;
    out["assigned"] = fill.assigned;
    out["unmet"] = fill.unmet;
    out["drops"] = fill.drops;
    out["reason_code"] = fill.reason.code;
    out["reason"] = sentence(fill.reason.why, input_.lang);
    out["reason_message"] = message_json(fill.reason.why);
    out["further_reasons"] = list(fill.further, &PlanWriter::reason);
    return out;
  }

  // Of the incident, for a line that left its priority to the assessment; the parts stand with the incident.
  Json priority_score(const planner::Request& request) const {
    const auto& assessed = data_.assessment.incidents;
    return request.automatic_priority && request.incident && request.incident->value() < assessed.size()
               ? number(assessed[request.incident->value()].score)
               : Json(nullptr);
  }

  Json reason(const planner::Reason& reason) const {
    return {{"reason_code", reason.code},
            {"reason", sentence(reason.why, input_.lang)},
            {"reason_message", message_json(reason.why)}};
  }

  Json reserve(const planner::ReserveLine& line) const {
    return {{"agency", data_.agencies[line.agency].id},
            {"kind", data_.kinds.kinds[line.kind].id},
            {"available", line.available},
            {"reserve", line.reserve},
            {"away", line.away},
            {"level", line.level}};
  }

  Json escorts(const planner::EscortLine& line) const {
    return {{"agreement_id", data_.agreements[line.agreement].id},
            {"lender", data_.agencies[line.lender].id},
            {"borrower", data_.agencies[line.borrower].id},
            {"role", word_of(line.role)},
            {"supply", word_of(line.supply)},
            {"persons", line.persons},
            {"required", line.required},
            {"present", line.present}};
  }

  Json pool(const planner::PoolLine& line) const {
    return {{"pool_id", data_.pools[line.pool].id}, {"people", line.people}, {"away", line.away}};
  }

  Json lift(const planner::LiftLine& line) const {
    const auto& lift = data_.lifts.at(line.lift);
    return {{"lift_id", lift.id},
            {"from_airport", lift.from},
            {"to_airport", lift.to},
            {"day", format_day(line.day)},
            {"uses", line.uses},
            {"passengers", line.passengers},
            {"cost", number(line.cost.value())}};
  }

  Json finding(const planner::Finding& finding) const {
    return {{"code", finding.code},
            {"subject", finding.subject},
            {"day", finding.day ? Json(format_day(*finding.day)) : Json(nullptr)},
            {"amount", number(finding.amount)},
            {"finding", sentence(finding.what, input_.lang)},
            {"message", message_json(finding.what)}};
  }

  Json lost(const planner::LostAssignment& lost) const {
    return {{"assignment_id", lost.assignment}, {"unit_id", lost.unit}, {"code", lost.code}, {"what", lost.what}};
  }

  Json change(const planner::PlanChange& change) const {
    static constexpr const char* kWords[] = {"moved", "elsewhere", "cancelled", "released"};
    const auto request = [this](const std::optional<planner::RequestIndex>& index) {
      return index ? Json(data_.requests[*index].id) : Json(nullptr);
    };
    const auto day = [](const std::optional<Day>& when) { return when ? Json(format_day(*when)) : Json(nullptr); };
    return {{"change", kWords[static_cast<int>(change.what)]},
            {"unit_id", data_.units[change.unit].id},
            {"quantity", change.quantity},
            {"firm", change.firm},
            {"before",
             {{"request_id", request(change.before_request)},
              {"depart", format_day(change.before_depart)},
              {"home", format_day(change.before_home)}}},
            {"now",
             {{"request_id", request(change.now_request)},
              {"depart", day(change.now_depart)},
              {"home", day(change.now_home)}}},
            {"code", change.code},
            {"sentence", sentence(change.sentence, input_.lang)},
            {"why", sentence(change.why, input_.lang)}};
  }

  Json replan(const ReplanReport& replan) const {
    return {{"previous", replan.previous},
            {"left", replan.left},
            {"announced", replan.disturbance.announced},
            {"changed", replan.disturbance.changed},
            {"lost", list(replan.lost, &PlanWriter::lost)},
            {"changes", list(replan.changes, &PlanWriter::change)}};
  }

  Json conflict(const planner::SourceConflict& conflict) const {
    return {{"subject", conflict.subject},
            {"used", conflict.used},
            {"used_source", conflict.used_source},
            {"other", conflict.other},
            {"other_source", conflict.other_source}};
  }

  Json sources() const {
    Json out = Json::array();
    for (const auto& [source, subjects] : cited_sources(input_)) {
      out.push_back({{"source", source}, {"subjects", subjects}});
    }
    return out;
  }

  Json run() const {
    return {{"version", input_.run.version},
            {"seconds", number(input_.run.seconds)},
            {"threads", input_.run.threads},
            {"peak_mb", number(input_.run.peak_mb)},
            {"date", name_or_null(input_.run.date)},
            {"command", name_or_null(input_.run.command)},
            {"scenario", name_or_null(input_.run.scenario)},
            {"options", options(true)}};
  }

  // A writer lives for one call of plan_json and never outlives what it refers to.
  const ReportInput& input_;
  const planner::ScenarioData& data_;
};

}  // namespace

std::string plan_json(const ReportInput& input) {
  // Text that is not UTF-8 becomes replacement characters instead of an error at the last step of a run.
  return PlanWriter(input).write().dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace relevo::cli
