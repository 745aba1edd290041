// SPDX-License-Identifier: MIT
#include "cli/report/tables.hpp"

#include "cli/report/csv_writer.hpp"
#include "cli/report/plan_words.hpp"
#include "planner/model/day.hpp"
#include "planner/model/judged_danger.hpp"

#include <algorithm>
#include <initializer_list>
#include <numeric>
#include <vector>

namespace relevo::cli {

namespace {

using planner::Assignment;
using planner::Day;
using planner::format_day;

void header(CsvWriter& csv, std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    csv.text(name);
  }
  csv.end_row();
}

// Joins without repeating: a unit that returns to a line after its days off is named once.
void append_once(std::string& list, const std::string& id) {
  const std::string bounded = ";" + list + ";";
  if (bounded.find(";" + id + ";") == std::string::npos) {
    list += list.empty() ? id : ";" + id;
  }
}

/// The days of all stints of one assignment together.
struct Stay {
  std::string requests;
  std::string incidents;
  std::vector<Day> line_days;
  int move_days = 0;
  int shadow_days = 0;
  std::vector<Day> days_off;
};

// "2016-06-19..2016-06-21;2016-07-06", or "none".
std::string ranges_of(const std::vector<Day>& days) {
  std::string out;
  for (std::size_t i = 0; i < days.size();) {
    std::size_t j = i;
    while (j + 1 < days.size() && days[j + 1] == days[j] + planner::Days{1}) {
      ++j;
    }
    out += (out.empty() ? "" : ";") + format_day(days[i]) + (j > i ? ".." + format_day(days[j]) : "");
    i = j + 1;
  }
  return out.empty() ? "none" : out;
}

Stay stay_of(const Assignment& assignment, const planner::ScenarioData& data) {
  Stay stay;
  for (const auto& stint : assignment.stints) {
    if (stint.request) {
      append_once(stay.requests, data.requests[*stint.request].id);
    }
    if (stint.incident) {
      append_once(stay.incidents, data.incidents[*stint.incident].id);
    }
    stay.line_days.insert(stay.line_days.end(), stint.line_days.begin(), stint.line_days.end());
    stay.move_days += static_cast<int>(stint.move_days.size());
    stay.shadow_days += static_cast<int>(stint.shadow_days.size());
    stay.days_off.insert(stay.days_off.end(), stint.days_off.begin(), stint.days_off.end());
  }
  std::ranges::sort(stay.line_days);
  std::ranges::sort(stay.days_off);
  return stay;
}

std::string joined(const std::vector<std::string>& items) {
  std::string out;
  for (const auto& item : items) {
    append_once(out, item);
  }
  return out;
}

// "QC-2:2023-06-28;QC-3:2023-07-10": where it works from which day on. `relevo check --plan` reads it back.
std::string stays_of(const Assignment& assignment, const planner::ScenarioData& data) {
  std::string out;
  for (const auto& stint : assignment.stints) {
    if (stint.request && !stint.line_days.empty()) {
      out += (out.empty() ? "" : ";") + data.requests[*stint.request].id + ":" + format_day(stint.line_days.front());
    }
  }
  return out;
}

double cost_of(const Assignment& assignment, const std::string& item) {
  const auto it = assignment.cost.find(item);
  return it == assignment.cost.end() ? 0.0 : it->second.value();
}

void write_assignment(CsvWriter& csv, const Assignment& assignment, const planner::ScenarioData& data) {
  const auto& unit = data.units[assignment.unit];
  const Stay stay = stay_of(assignment, data);
  csv.text(assignment.id).text(assignment.contingent_id).text(word_of(assignment.phase));
  csv.text(assignment.commitment ? "yes" : "no");
  csv.text(assignment.escort ? word_of(*assignment.escort) : "");
  csv.text(data.agencies[unit.agency].id).text(data.agencies[assignment.borrower].id);
  csv.text(data.agreements[assignment.agreement].id).text(joined(assignment.clauses));
  csv.text(unit.id).text(unit.name).number(assignment.ordinal);
  csv.text(data.kinds.kinds[unit.kind].id).text(unit.type).number(assignment.persons);
  csv.text(data.bases[unit.base].id).text(stay.requests).text(stay.incidents);
  csv.text(format_day(assignment.depart)).text(format_day(assignment.arrive));
  csv.text(stay.line_days.empty() ? "" : format_day(stay.line_days.front()));
  csv.text(stay.line_days.empty() ? "" : format_day(stay.line_days.back()));
  csv.number(static_cast<int>(stay.line_days.size()))
      .number(stay.shadow_days)
      .number(static_cast<int>(stay.days_off.size()));
  csv.text(format_day(assignment.release)).text(format_day(assignment.home)).text(format_day(assignment.rested));
  for (const char* item : {"wages", "travel", "lodging", "relief"}) {
    csv.money(cost_of(assignment, item));
  }
  csv.text(data.policy.currency).number(stay.move_days).number(assignment.extension_days).number(assignment.reliefs);
  csv.text(ranges_of(stay.days_off)).text(stays_of(assignment, data));
  csv.end_row();
}

int sum_of_days(const std::vector<int>& days) {
  return std::accumulate(days.begin(), days.end(), 0);
}

void write_unfilled(CsvWriter& csv, const planner::RequestFill& fill, const ReportInput& input) {
  const auto& data = input.scenario.data();
  const auto& request = data.requests[fill.request];
  const int wanted = sum_of_days(fill.wanted);
  const int unmet = sum_of_days(fill.unmet);
  csv.text(request.id).text(request.incident ? data.incidents[*request.incident].id : "");
  csv.text(request.incident ? data.incidents[*request.incident].name : "").text(data.agencies[request.borrower].id);
  csv.text(data.kinds.kinds[request.kind].id).text(request.type).text(word_of(request.measure));
  csv.number(request.quantity).number(request.priority);
  csv.text(format_day(request.need.first)).text(format_day(request.need.last - planner::Days{1}));
  csv.text(word_of(fill.status)).number(wanted).number(wanted - unmet).number(unmet);
  csv.text(fill.reason.code);
  csv.text(fill.reason.why.key.empty() ? "" : text::render(fill.reason.why, input.lang));
  csv.end_row();
}

void write_incident(CsvWriter& csv, const planner::IncidentAssessment& assessed, const planner::ScenarioData& data) {
  const auto& incident = data.incidents[assessed.incident];
  csv.text(incident.id).text(incident.name).text(incident.hazard).text(data.agencies[incident.agency].id);
  csv.real(incident.point.lon).real(incident.point.lat).text(assessed.from_layer ? "yes" : "no");
  csv.number(assessed.priority).real(assessed.score).real(assessed.area_ha).real(assessed.growth_ha_per_day);
  for (const auto people : assessed.people_within) {
    csv.whole(people);
  }
  if (assessed.places.empty()) {
    csv.text("").text("").text("");
  } else {
    const auto& place = assessed.places.front();
    csv.text(place.name).real(place.distance_km).real(place.bearing_deg);
  }
  if (const auto* danger = planner::judged_danger(assessed); danger == nullptr) {
    csv.text("").text("").text("").text("");
  } else {
    csv.text(danger->variable).real(danger->min).real(danger->mean).real(danger->max);
  }
  csv.number(static_cast<int>(assessed.overlaps.size())).text(assessed.airport);
  if (assessed.airport.empty()) {
    csv.text("");
  } else {
    csv.real(assessed.airport_km);
  }
  csv.end_row();
}

}  // namespace

std::string incidents_csv(const ReportInput& input) {
  CsvWriter csv;
  header(csv, {"incident_id",
               "name",
               "hazard",
               "agency",
               "lon",
               "lat",
               "from_layer",
               "priority",
               "score",
               "area_ha",
               "growth_ha_per_day",
               "people_10_km",
               "people_25_km",
               "people_50_km",
               "nearest_place",
               "nearest_km",
               "nearest_bearing_deg",
               "danger_variable",
               "danger_min",
               "danger_mean",
               "danger_max",
               "overlaps",
               "airport",
               "airport_km"});
  for (const auto& assessed : input.scenario.data().assessment.incidents) {
    write_incident(csv, assessed, input.scenario.data());
  }
  return csv.take();
}

std::string assignments_csv(const ReportInput& input) {
  CsvWriter csv;
  header(csv,
         {"assignment_id", "contingent_id", "phase",       "commitment",  "escort",   "agency",    "borrower",
          "agreement_id",  "clauses",       "unit_id",     "unit_name",   "ordinal",  "kind",      "type",
          "persons",       "base_id",       "request_id",  "incident_id", "depart",   "arrive",    "first_line_day",
          "last_line_day", "line_days",     "shadow_days", "days_off",    "release",  "home",      "rested",
          "wages",         "travel",        "lodging",     "relief",      "currency", "move_days", "extension_days",
          "reliefs",       "days_off_on",   "stays"});
  for (const auto& assignment : input.plan.assignments) {
    write_assignment(csv, assignment, input.scenario.data());
  }
  return csv.take();
}

std::string unfilled_csv(const ReportInput& input) {
  CsvWriter csv;
  header(csv, {"request_id", "incident_id", "incident", "borrower", "kind", "type", "measure", "quantity", "priority",
               "from", "to", "status", "wanted_days", "filled_days", "unmet_days", "reason_code", "reason"});
  for (const auto& fill : input.plan.requests) {
    if (fill.status != planner::RequestStatus::Filled) {
      write_unfilled(csv, fill, input);
    }
  }
  return csv.take();
}

}  // namespace relevo::cli
