// SPDX-License-Identifier: MIT
#include "cli/report/sources.hpp"

#include <set>
#include <string_view>

namespace relevo::cli {

namespace {

class Citations {
 public:
  void cite(const planner::Provenance& from, const std::string& subject) { cite(from.source, subject); }
  void cite(const std::string& source, const std::string& subject) {
    if (!source.empty()) {
      subjects_[source].insert(subject);
    }
  }
  std::map<std::string, std::vector<std::string>> sorted() const {
    std::map<std::string, std::vector<std::string>> out;
    for (const auto& [source, subjects] : subjects_) {
      out[source].assign(subjects.begin(), subjects.end());
    }
    return out;
  }

 private:
  std::map<std::string, std::set<std::string>> subjects_;
};

// Only agreements that the plan uses: the shipped ones that nobody needed are not sources of this plan.
void cite_agreement(Citations& citations, const planner::Agreement& agreement, const std::string& subject) {
  const auto& tour = agreement.tour;
  for (const auto* from : {&agreement.from, &agreement.channel_from, &agreement.kinds_from, &tour.max_line_days.from,
                           &tour.days_off_in_place.from, &tour.max_tours.from, &tour.min_line_days.from,
                           &tour.orientation_days.from, &tour.rest_days_home.from, &tour.max_deployment_days.from,
                           &tour.travel_counts.from, &agreement.mobilization.notice_days.from,
                           &agreement.mobilization.muster_days.from, &agreement.mobilization.no_travel_from.from,
                           &agreement.language.from, &agreement.precedence.from, &agreement.recall_notice_hours.from}) {
    citations.cite(*from, subject);
  }
  for (const auto& document : agreement.mobilization.documents) {
    citations.cite(document.from, subject);
  }
  for (const auto& escort : agreement.escorts) {
    citations.cite(escort.from, subject);
  }
  for (const auto& [item, payer] : agreement.cost.payer) {
    citations.cite(payer.from, subject);
  }
}

}  // namespace

std::map<std::string, std::vector<std::string>> cited_sources(const ReportInput& input) {
  const auto& data = input.scenario.data();
  Citations citations;
  const auto subject = [&](std::string_view word, const std::string& id) {
    return text::render(word, input.lang) + " " + id;
  };
  std::set<planner::AgreementIndex> used;
  for (const auto& assignment : input.plan.assignments) {
    used.insert(assignment.agreement);
  }
  for (const auto agreement : used) {
    cite_agreement(citations, data.agreements[agreement], subject("word.agreement", data.agreements[agreement].id));
  }
  for (const auto& unit : data.units) {
    citations.cite(unit.from, subject("word.unit", unit.id));
  }
  for (const auto& pool : data.pools) {
    citations.cite(pool.from, subject("word.pool", pool.id));
  }
  for (const auto& incident : data.incidents) {
    citations.cite(incident.from, subject("word.incident", incident.id));
    for (const auto& report : incident.areas) {
      citations.cite(report.source, subject("word.incident", incident.id));
    }
  }
  for (const auto& request : data.requests) {
    citations.cite(request.from, subject("word.request", request.id));
  }
  for (const auto& offer : data.offers) {
    citations.cite(offer.from, subject("word.offer", data.agencies[offer.agency].id));
  }
  for (const auto& response : data.responses) {
    citations.cite(response.from, subject("word.response", data.requests[response.request].id));
  }
  for (const auto& commitment : data.commitments) {
    citations.cite(commitment.from, subject("word.commitment", commitment.id));
  }
  return citations.sorted();
}

}  // namespace relevo::cli
