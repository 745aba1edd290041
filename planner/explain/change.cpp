// SPDX-License-Identifier: MIT
#include "planner/explain/change.hpp"

#include "planner/explain/new_units.hpp"
#include "planner/rules/pair_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace relevo::planner {

namespace {

constexpr std::array<std::string_view, kChangeKinds> kCodes = {
    "unname",       "channel",  "min_fill", "package",     "type",          "fire_behaviour", "need_later",
    "need_earlier", "forbid",   "pin",      "accept",      "offer",         "reserve",        "recall",
    "movement",     "document", "fitness",  "interpreter", "qualification", "available_from", "available_to",
    "downtime",     "rested",   "notice",   "in_force",    "extension",     "deployment",     "min_stay",
    "covered",      "party",    "escort",   "lift",        "pool",          "capacity",       "unit"};

void insert_sorted(std::vector<std::string>& words, const std::string& word) {
  const auto place = std::lower_bound(words.begin(), words.end(), word);
  if (place == words.end() || *place != word)
    words.insert(place, word);
}

/// The answer a lender gave last, made "accepted": the latest by day, then by row, is now the new one.
void accept(ScenarioData& data, RequestIndex line, AgencyIndex agency) {
  Response response;
  response.request = line;
  response.agency = agency;
  response.answer = Response::Answer::Accepted;
  for (const auto& other : data.responses)
    if (other.request == line && other.agency == agency && other.when &&
        (!response.when || *response.when < *other.when))
      response.when = other.when;
  data.responses.push_back(std::move(response));
}

void lower_type(const KindCatalogue& kinds, Request& line, int steps) {
  std::vector<const KindType*> lower;
  for (const auto& type : kinds.kinds[line.kind].types)
    if (type.rank > line.rank)
      lower.push_back(&type);
  std::stable_sort(lower.begin(), lower.end(), [](const KindType* a, const KindType* b) { return a->rank < b->rank; });
  const auto& type = *lower.at(static_cast<std::size_t>(steps - 1));
  line.type = type.id;
  line.rank = type.rank;
}

void calm_fire(ScenarioData& data, Request& line, int levels) {
  const auto stated = line.fire_behaviour ? line.fire_behaviour : data.incidents[*line.incident].fire_behaviour;
  line.fire_behaviour = static_cast<FireBehaviour>(static_cast<int>(*stated) - levels);
}

void shorten_notice(MobilizationTerms& terms, int days) {
  const int of_notice = std::min(days, terms.notice_days.value);
  terms.notice_days.value -= of_notice;
  terms.muster_days.value -= days - of_notice;
}

void extend_tour(TourTerms& tour, int days) {
  // Where nothing divides two tours there is no extension (D2): the tour itself is longer.
  if (tour.days_off_in_place.value == 0 && tour.max_tours.value > 1)
    tour.max_line_days.value += days;
  else
    tour.extension_days.value += days;
}

void change_line(ScenarioData& data, const Change& change) {
  Request& line = data.requests[change.line];
  switch (change.kind) {
    case ChangeKind::Unname:
      line.unit.reset();
      break;
    case ChangeKind::OpenChannel:
      line.channel.clear();
      break;
    case ChangeKind::LowerMinFill:
      line.min_fill -= change.size;
      break;
    case ChangeKind::SplitPackage:
      line.package.clear();
      break;
    case ChangeKind::LowerType:
      lower_type(data.kinds, line, change.size);
      break;
    case ChangeKind::CalmFire:
      calm_fire(data, line, change.size);
      break;
    case ChangeKind::NeedLater:
      line.need = {line.need.first + Days{change.size}, line.need.last + Days{change.size}};
      break;
    case ChangeKind::NeedEarlier:
      line.need = {line.need.first - Days{change.size}, line.need.last - Days{change.size}};
      break;
    default:
      break;
  }
}

void change_answers(ScenarioData& data, const Change& change) {
  switch (change.kind) {
    case ChangeKind::LiftForbid:
    case ChangeKind::LiftPin:
      data.decisions.erase(data.decisions.begin() + static_cast<std::ptrdiff_t>(change.row));
      break;
    case ChangeKind::Accept:
      accept(data, change.line, *change.agency);
      break;
    case ChangeKind::EnlargeOffer: {
      Offer more = data.offers[change.row];
      more.quantity = change.size;
      more.when = kAlways;
      data.offers.push_back(std::move(more));
      break;
    }
    case ChangeKind::ReleaseReserve:
      data.agencies[*change.agency].kept_less.emplace_back(*change.unit_kind, change.size);
      break;
    case ChangeKind::PostponeRecall:
      data.recalls[change.row].effective += Days{change.size};
      break;
    default:
      break;
  }
}

void change_unit(ScenarioData& data, const Change& change) {
  Unit& unit = data.units[*change.unit];
  switch (change.kind) {
    case ChangeKind::GiveDocument:
      insert_sorted(unit.documents, change.word);
      break;
    case ChangeKind::RenewFitness:
      unit.fitness_valid_to.reset();
      break;
    case ChangeKind::GiveInterpreter:
      insert_sorted(unit.qualifications, "interpreter");
      break;
    case ChangeKind::Qualify:
      insert_sorted(unit.qualifications, change.word);
      break;
    case ChangeKind::ComeEarlier:
      unit.available.first -= Days{change.size};
      break;
    case ChangeKind::StayLater:
      unit.available.last += Days{change.size};
      break;
    case ChangeKind::EndDowntime:
      unit.down.clear();
      break;
    case ChangeKind::Rest:
      unit.days_worked -= change.size;
      break;
    default:
      break;
  }
}

void change_agreement(ScenarioData& data, const Change& change) {
  Agreement& agreement = data.agreements[*change.agreement];
  switch (change.kind) {
    case ChangeKind::ShrinkMovement:
      agreement.contingent.min_persons.value -= change.size;
      break;
    case ChangeKind::ShortenNotice:
      shorten_notice(agreement.mobilization, change.size);
      break;
    case ChangeKind::ProlongForce:
      agreement.in_force = {agreement.in_force.first - Days{change.size}, agreement.in_force.last + Days{change.size}};
      break;
    case ChangeKind::ExtendTour:
      extend_tour(agreement.tour, change.size);
      break;
    case ChangeKind::ProlongStay:
      *agreement.tour.max_deployment_days.value += change.size;
      break;
    case ChangeKind::ShortenStay:
      agreement.tour.min_line_days.value -= change.size;
      break;
    case ChangeKind::CoverKind:
      agreement.kinds.push_back(data.kinds.kinds[data.requests[change.line].kind].id);
      break;
    case ChangeKind::AddParty:
      agreement.lenders.push_back({Party::Scope::Agency, data.agencies[*change.agency].id});
      agreement.borrowers.push_back({Party::Scope::Agency, data.agencies[data.requests[change.line].borrower].id});
      break;
    default:
      break;
  }
}

void change_resources(ScenarioData& data, const Change& change) {
  switch (change.kind) {
    case ChangeKind::AddLift:
      data.lifts[change.row].max_uses += change.size;
      break;
    case ChangeKind::EnlargePool:
      data.pools[*change.pool].rows.push_back({change.size * change.people, kAlways});
      break;
    case ChangeKind::EnlargeCapacity:
      *data.incidents[*data.requests[change.line].incident].capacity_persons += change.size * change.people;
      break;
    case ChangeKind::AddEscort:
    case ChangeKind::AddUnit:
      if (change.unit)
        data.units[*change.unit].count += change.size;
      else
        add_new_units(data, change);
      break;
    default:
      break;
  }
}

bool is_about_agreement(ChangeKind kind) {
  return kind == ChangeKind::ShrinkMovement || (kind >= ChangeKind::ShortenNotice && kind <= ChangeKind::AddParty);
}

}  // namespace

std::string_view code_of(ChangeKind kind) {
  return kCodes.at(static_cast<std::size_t>(kind));
}

bool is_widening(ChangeKind kind) noexcept {
  return kind != ChangeKind::NeedLater && kind != ChangeKind::NeedEarlier;
}

namespace {

void apply(const Change& change, ScenarioData& data) {
  if (change.kind <= ChangeKind::NeedEarlier)
    change_line(data, change);
  else if (is_about_agreement(change.kind))
    change_agreement(data, change);
  else if (change.kind <= ChangeKind::PostponeRecall)
    change_answers(data, change);
  else if (change.kind <= ChangeKind::Rest)
    change_unit(data, change);
  else
    change_resources(data, change);
}

bool takes_back_decision(const Change& change) {
  return change.kind == ChangeKind::LiftForbid || change.kind == ChangeKind::LiftPin;
}

}  // namespace

ScenarioData changed(const Scenario& scenario, const Change& change) {
  ScenarioData data = scenario.data();
  apply(change, data);
  return data;
}

// Units that come new come first: they have what the line asks for now. Decisions go last row first.
ScenarioData changed(const Scenario& scenario, const std::vector<Change>& changes) {
  ScenarioData data = scenario.data();
  std::vector<Change> decisions;
  std::for_each(changes.rbegin(), changes.rend(), [&](const Change& change) {
    if (takes_back_decision(change))
      decisions.push_back(change);
    else
      apply(change, data);
  });
  std::sort(decisions.begin(), decisions.end(), [](const Change& a, const Change& b) { return a.row > b.row; });
  for (const auto& change : decisions)
    apply(change, data);
  return data;
}

text::Message describe(const Scenario& scenario, const Change& change) {
  const ScenarioData& data = scenario.data();
  const Request& line = data.requests[change.line];
  const bool is_new = change.kind == ChangeKind::AddUnit && !change.unit;
  text::Message message{is_new ? "change.new_unit" : fmt::format("change.{}", code_of(change.kind)), {}};
  const auto add = [&](const char* name, std::string value) { message.args.emplace_back(name, std::move(value)); };
  add("size", std::to_string(change.size));
  add("line", line.id);
  add("borrower", data.agencies[line.borrower].name);
  add("people", std::to_string(change.size * change.people));
  add("word", change.word);
  if (change.kind == ChangeKind::LowerType || change.kind == ChangeKind::CalmFire) {
    const ScenarioData after = changed(scenario, change);
    add("type", after.requests[change.line].type);
    if (change.kind == ChangeKind::CalmFire) {
      constexpr std::array<std::string_view, 4> kLevels = {"low", "moderate", "high", "extreme"};
      const auto level = static_cast<std::size_t>(*after.requests[change.line].fire_behaviour);
      add("behaviour", fmt::format("reason.behaviour.{}", kLevels.at(level)));
    }
  }
  if (change.unit) {
    add("unit", data.units[*change.unit].id);
    add("agency", data.agencies[data.units[*change.unit].agency].name);
    add("base", data.bases[data.units[*change.unit].base].name);
    add("kind_id", data.kinds.kinds[data.units[*change.unit].kind].id);
  } else if (change.base) {
    add("base", data.bases[*change.base].name);
    add("kind_id", data.kinds.kinds[*change.unit_kind].id);
  } else if (change.unit_kind) {
    add("kind_id", data.kinds.kinds[*change.unit_kind].id);
  }
  if (change.agency && !change.unit)
    add("agency", data.agencies[*change.agency].name);
  if (change.kind == ChangeKind::EnlargeOffer)
    add("agency", data.agencies[data.offers[change.row].agency].name);
  if (change.kind == ChangeKind::PostponeRecall)
    add("agency", data.agencies[data.recalls[change.row].lender].name);
  if (change.kind == ChangeKind::AddLift)
    add("lift", data.lifts[change.row].id);
  if (change.agreement)
    add("agreement", data.agreements[*change.agreement].id);
  if (change.pool)
    add("pool", data.pools[*change.pool].id);
  if (change.kind == ChangeKind::EnlargeCapacity)
    add("incident", data.incidents[*line.incident].name);
  if (change.kind == ChangeKind::LiftForbid || change.kind == ChangeKind::LiftPin) {
    const Decision& decision = data.decisions[change.row];
    add("what", decision.unit ? data.units[*decision.unit].id : data.agencies[*decision.agency].name);
    add("why", decision.reason);
  }
  return message;
}

}  // namespace relevo::planner
