// SPDX-License-Identifier: MIT
// Section 2 of docs/model.md, rule by rule.
#include "tests/support/oracle_pairs.hpp"

#include <algorithm>

namespace relevo::test {

using namespace planner;  // NOLINT(google-build-using-namespace): a test helper made of the model's types

namespace {

bool is_party(const ScenarioData& data, const std::vector<Party>& parties, AgencyIndex agency) {
  return std::any_of(parties.begin(), parties.end(), [&](const Party& party) {
    switch (party.scope) {
      case Party::Scope::Agency:
        return party.id == data.agencies[agency].id;
      case Party::Scope::Country:
        return party.id == data.agencies[agency].country;
      case Party::Scope::Anyone:
        return true;
    }
    return false;
  });
}

// (P2b)
bool may_face(const ScenarioData& data, const Unit& unit, const Request& request) {
  std::optional<FireBehaviour> behaviour = request.fire_behaviour;
  if (!behaviour && request.incident)
    behaviour = data.incidents[*request.incident].fire_behaviour;
  if (!behaviour)
    return true;
  const KindType* type = data.kinds.kinds[unit.kind].find_type(unit.type);
  return type == nullptr || (type->faces && *behaviour <= *type->faces);
}

// (P5): the last answer, by day and then by row.
bool has_refused(const ScenarioData& data, AgencyIndex agency, RequestIndex request) {
  bool refused = false;
  std::optional<Day> latest;
  for (const auto& response : data.responses) {
    if (response.request != request || response.agency != agency || response.when < latest)
      continue;
    latest = response.when;
    refused = response.answer == Response::Answer::Declined || response.answer == Response::Answer::Recalled;
  }
  return refused;
}

// (P10)
bool speaks(const ScenarioData& data, const Unit& unit, const Request& request, const Agreement& agreement) {
  if (!data.kinds.kinds[unit.kind].crewed || holds(unit.qualifications, "interpreter"))
    return true;
  for (const auto& term : agreement.escorts)
    if (term.role == EscortTerms::Role::Interpreter)
      return true;
  if (!request.languages.empty() && !share_word(request.languages, unit.languages))
    return false;
  return agreement.language.working.empty() || share_word(agreement.language.working, unit.languages);
}

// (P13)
bool holds_documents(const ScenarioData& data, const Unit& unit, const Agreement& agreement, Day day) {
  if (!data.kinds.kinds[unit.kind].crewed)
    return true;
  for (const auto& rule : agreement.mobilization.documents)
    if (rule.in_force.contains(day) && !holds(unit.documents, rule.document) &&
        !share_word(unit.documents, rule.alternatives))
      return false;
  return true;
}

}  // namespace

bool holds(const std::vector<std::string>& all, const std::string& word) {
  return std::find(all.begin(), all.end(), word) != all.end();
}

bool share_word(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&b](const std::string& word) { return holds(b, word); });
}

bool agreement_joins(const ScenarioData& data, const Agreement& agreement, AgencyIndex lender, AgencyIndex borrower) {
  if ((lender == borrower) != agreement.own_forces)
    return false;
  if (is_party(data, agreement.lenders, lender) && is_party(data, agreement.borrowers, borrower))
    return true;
  return agreement.reciprocal && is_party(data, agreement.borrowers, lender) &&
         is_party(data, agreement.lenders, borrower);
}

bool is_forbidden(const ScenarioData& data, UnitIndex unit, const std::optional<RequestIndex>& request) {
  return std::any_of(data.decisions.begin(), data.decisions.end(), [&](const Decision& decision) {
    if (decision.action != Decision::Action::Forbid)
      return false;
    if (decision.request && decision.request != request)
      return false;
    return decision.unit ? decision.unit == unit : decision.agency == data.units[unit].agency;
  });
}

Day recalled_from(const ScenarioData& data, AgencyIndex lender, const Agreement& agreement) {
  Day from = kLastDay;
  for (const auto& recall : data.recalls)
    if (is_recalled(recall, lender, agreement))
      from = std::min(from, recall.effective);
  return from;
}

Destination place_of(const Request& request) {
  return request.incident ? Destination::incident(*request.incident) : Destination::agency(request.borrower);
}

std::vector<std::string> lasting_faults(const ScenarioData& data, UnitIndex unit_index, RequestIndex request_index,
                                        AgreementIndex agreement_index) {
  const Unit& unit = data.units[unit_index];
  const Request& request = data.requests[request_index];
  const Agreement& agreement = data.agreements[agreement_index];
  std::vector<std::string> faults;
  const auto demand = [&faults](bool kept, const char* code) {
    if (!kept)
      faults.emplace_back(code);
  };
  demand(unit.kind == request.kind, "kind");
  demand(unit.rank <= request.rank, "type");
  demand(may_face(data, unit, request), "fire_behaviour");
  demand(!request.unit || *request.unit == unit_index, "named");
  demand(!is_forbidden(data, unit_index, request_index), "forbidden");
  demand(!has_refused(data, unit.agency, request_index), "declined");
  demand(agreement_joins(data, agreement, unit.agency, request.borrower), "agreement");
  demand(request.channel.empty() || request.channel == agreement.id || request.channel == agreement.family, "channel");
  demand(agreement.kinds.empty() || holds(agreement.kinds, data.kinds.kinds[unit.kind].id), "covered");
  demand(std::all_of(request.qualifications.begin(), request.qualifications.end(),
                     [&unit](const std::string& wanted) { return holds(unit.qualifications, wanted); }),
         "qualification");
  demand(speaks(data, unit, request, agreement), "language");
  demand(data.travel.find({unit.base, place_of(request), unit.kind, agreement_index}) != nullptr, "travel");
  return faults;
}

std::vector<std::string> dated_faults(const ScenarioData& data, UnitIndex unit_index, AgreementIndex agreement_index,
                                      Day day) {
  const Unit& unit = data.units[unit_index];
  const Agreement& agreement = data.agreements[agreement_index];
  std::vector<std::string> faults;
  const auto demand = [&faults](bool kept, const char* code) {
    if (!kept)
      faults.emplace_back(code);
  };
  demand(agreement.in_force.contains(day), "in_force");
  demand(day < recalled_from(data, unit.agency, agreement), "recalled");
  demand(holds_documents(data, unit, agreement, day), "document");
  demand(!unit.fitness_valid_to || day <= *unit.fitness_valid_to, "fitness");
  return faults;
}

}  // namespace relevo::test
