// SPDX-License-Identifier: MIT
#include "planner/rules/pair_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

namespace relevo::planner {

namespace {

constexpr std::array<std::string_view, 18> kCodes = {
    "kind",     "type",   "named",    "forbidden", "declined", "agreement", "channel",     "covered",  "qualification",
    "language", "travel", "in_force", "document",  "fitness",  "available", "days_worked", "too_late", "too_short"};

bool intersects(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const auto& x) { return std::find(b.begin(), b.end(), x) != b.end(); });
}

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string join(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

bool party_matches(const Party& party, const Agency& agency) {
  switch (party.scope) {
    case Party::Scope::Anyone:
      return true;
    case Party::Scope::Country:
      return party.id == agency.country;
    case Party::Scope::Agency:
      return party.id == agency.id;
  }
  return false;
}

bool any_matches(const std::vector<Party>& parties, const Agency& agency) {
  return std::any_of(parties.begin(), parties.end(), [&](const auto& p) { return party_matches(p, agency); });
}

/// A unit facing a request: the facts every rule below reads.
struct Pair {
  const Scenario& scenario;
  UnitIndex unit_index;
  const Unit& unit;
  const Availability& availability;
  RequestIndex request_index;
  const Request& request;

  const Agency& lender() const { return scenario->agencies[unit.agency]; }
  const Agency& borrower() const { return scenario->agencies[request.borrower]; }
};

using Args = std::vector<std::pair<std::string, std::string>>;

Blocking blocked(PairRule rule, Args args = {}, std::string clause = {}) {
  return Blocking{rule, std::move(clause), std::move(args)};
}

/// The lender's last answer to the line: by its day (none comes first), then by its row. None: not asked.
const Response* last_answer(const Pair& pair) {
  const Response* last = nullptr;
  for (const auto& response : pair.scenario->responses)
    if (response.request == pair.request_index && response.agency == pair.unit.agency &&
        (last == nullptr || response.when >= last->when))
      last = &response;
  return last;
}

/// (P1)-(P5) and (P9): rules that need no agreement.
std::optional<Blocking> judge_without_agreement(const Pair& pair, Answers answers) {
  const auto& data = pair.scenario.data();
  if (pair.unit.kind != pair.request.kind)
    return blocked(PairRule::Kind, {{"kind", data.kinds.kinds[pair.unit.kind].id}});
  if (pair.unit.rank > pair.request.rank)
    return blocked(PairRule::Type, {{"type", pair.unit.type}, {"wanted", pair.request.type}});
  if (pair.request.unit && *pair.request.unit != pair.unit_index)
    return blocked(PairRule::Named, {{"unit", data.units[*pair.request.unit].id}});
  if (answers == Answers::Waived)
    return std::nullopt;
  for (const auto& decision : data.decisions) {
    if (decision.action != Decision::Action::Forbid)
      continue;
    if (decision.request && *decision.request != pair.request_index)
      continue;
    const bool meant = (decision.unit && *decision.unit == pair.unit_index) ||
                       (!decision.unit && decision.agency && *decision.agency == pair.unit.agency);
    if (meant)
      return blocked(PairRule::Forbidden, {{"why", decision.reason}});
  }
  const Response* last = last_answer(pair);
  if (last != nullptr && (last->answer == Response::Answer::Declined || last->answer == Response::Answer::Recalled))
    return blocked(PairRule::Declined, {{"agency", pair.lender().name}, {"why", last->reason}});
  return std::nullopt;
}

std::optional<Blocking> judge_languages(const Pair& pair, const Agreement& agreement) {
  // Pumps speak no language.
  if (!pair.scenario->kinds.kinds[pair.unit.kind].crewed || has(pair.unit.qualifications, "interpreter"))
    return std::nullopt;
  if (!pair.request.languages.empty() && !intersects(pair.unit.languages, pair.request.languages))
    return blocked(PairRule::Language, {{"languages", join(pair.request.languages)}});
  if (!agreement.language.working.empty() && !intersects(pair.unit.languages, agreement.language.working))
    return blocked(PairRule::Language, {{"languages", join(agreement.language.working)}},
                   agreement.language.from.clause);
  return std::nullopt;
}

/// What the departure-day rules need to know of an option, whether it serves a request or escorts.
struct DayContext {
  const Scenario& scenario;
  const Unit& unit;
  const Availability& availability;
  const Agreement& agreement;
};

bool holds_documents(const DayContext& c, Day day, Blocking* why) {
  if (!c.scenario->kinds.kinds[c.unit.kind].crewed)
    return true;
  for (const auto& rule : c.agreement.mobilization.documents) {
    if (!rule.in_force.contains(day) || has(c.unit.documents, rule.document))
      continue;
    if (why != nullptr)
      *why = blocked(PairRule::Document, {{"document", rule.document}}, rule.from.clause);
    return false;
  }
  return true;
}

/// Most line days of the first tour for a departure on `day` (D2).
int first_tour_cap(const DayContext& c, const DeploymentTerms& terms, Day day) {
  if (c.availability.days_worked == 0 || !c.scenario->kinds.kinds[c.unit.kind].crewed)
    return terms.max_line_days;
  const Day fresh = std::max(c.availability.first, c.scenario->as_of) + Days{terms.rest_days};
  return day < fresh ? terms.max_line_days - c.availability.days_worked : terms.max_line_days;
}

/// Keeps the days that satisfy `keep`; true when some are left.
bool narrow(std::vector<int>& columns, const std::function<bool(int)>& keep) {
  std::erase_if(columns, [&](int t) { return !keep(t); });
  return !columns.empty();
}

/// (P12)-(P15): fills the departures of `option`, or says which rule empties them.
std::optional<Blocking> judge_days(const DayContext& c, PairOption& option) {
  const Horizon& horizon = c.scenario->horizon;
  const auto& terms = option.terms;
  std::vector<int> days(static_cast<std::size_t>(horizon.days));
  for (int t = 0; t < horizon.days; ++t)
    days[static_cast<std::size_t>(t)] = t;

  if (!narrow(days, [&](int t) { return c.agreement.in_force.contains(horizon.day(t)); }))
    return blocked(PairRule::InForce, {{"agreement", c.agreement.id}}, c.agreement.from.clause);
  Blocking document;
  if (!narrow(days, [&](int t) { return holds_documents(c, horizon.day(t), &document); }))
    return document;
  if (c.unit.fitness_valid_to && !narrow(days, [&](int t) { return horizon.day(t) <= *c.unit.fitness_valid_to; }))
    return blocked(PairRule::Fitness, {{"day", format_day(*c.unit.fitness_valid_to)}});

  option.home_before = horizon.column(c.availability.last);
  const int earliest =
      std::max(horizon.column(c.availability.first), horizon.column(earliest_departure(c.scenario, c.agreement)));
  const int shortest = terms.first_line(0) + terms.min_line_days - 1 + terms.journey_days;
  if (!narrow(days, [&](int t) { return t >= earliest && t + shortest < option.home_before; }))
    return blocked(PairRule::Available,
                   {{"from", format_day(std::max(c.availability.first, earliest_departure(c.scenario, c.agreement)))}},
                   c.availability.first < earliest_departure(c.scenario, c.agreement)
                       ? c.agreement.mobilization.notice_days.from.clause
                       : std::string{});
  if (!narrow(days, [&](int t) { return first_tour_cap(c, terms, horizon.day(t)) >= terms.min_line_days; }))
    return blocked(PairRule::DaysWorked, {{"days", std::to_string(c.availability.days_worked)}},
                   c.agreement.tour.max_line_days.from.clause);
  const int soonest = terms.first_line(days.front());
  if (!narrow(days, [&](int t) { return terms.first_line(t) < option.need_last; }))
    return blocked(PairRule::TooLate, {{"day", format_day(horizon.day(soonest))}});
  const bool fits = narrow(days, [&](int t) {
    const int last = terms.first_line(t) + terms.min_line_days - 1;
    return terms.first_line(t) >= option.need_first && last < option.need_last && terms.deployment_fits(t, last);
  });
  if (!fits)
    return blocked(PairRule::TooShort, {{"days", std::to_string(terms.min_line_days)}},
                   c.agreement.tour.min_line_days.from.clause);
  option.departures = std::move(days);
  for (int t : option.departures)
    option.first_tour_cap.push_back(first_tour_cap(c, terms, horizon.day(t)));
  return std::nullopt;
}

std::vector<std::string> allowing_clauses(const Agreement& agreement) {
  std::vector<std::string> clauses;
  const auto add = [&](const std::string& clause) {
    if (!clause.empty() && !has(clauses, clause))
      clauses.push_back(clause);
  };
  add(agreement.from.clause);
  add(agreement.channel_from.clause);
  add(agreement.kinds_from.clause);
  add(agreement.tour.max_line_days.from.clause);
  return clauses;
}

/// (P6)-(P8), (P10)-(P15) under one agreement.
std::optional<Blocking> judge_under(const Pair& pair, AgreementIndex index, PairOption& option) {
  const auto& data = pair.scenario.data();
  const Agreement& agreement = data.agreements[index];
  if (!agreement_covers_parties(pair.scenario, agreement, pair.unit.agency, pair.request.borrower))
    return blocked(PairRule::Agreement, {{"lender", pair.lender().name}, {"borrower", pair.borrower().name}});
  if (!pair.request.channel.empty() && pair.request.channel != agreement.id && pair.request.channel != agreement.family)
    return blocked(PairRule::Channel, {{"channel", pair.request.channel}}, agreement.channel_from.clause);
  if (!agreement.kinds.empty() && !has(agreement.kinds, data.kinds.kinds[pair.unit.kind].id))
    return blocked(PairRule::Covered, {{"agreement", agreement.id}}, agreement.kinds_from.clause);
  for (const auto& wanted : pair.request.qualifications)
    if (!has(pair.unit.qualifications, wanted))
      return blocked(PairRule::Qualification, {{"qualification", wanted}});
  if (auto no = judge_languages(pair, agreement))
    return no;

  option.agreement = index;
  option.journey =
      data.travel.find({pair.unit.base, pair.scenario.destination_of(pair.request), pair.unit.kind, index});
  if (option.journey == nullptr)
    return blocked(PairRule::Travel);
  option.need_first = data.horizon.column(pair.request.need.first);
  option.need_last = data.horizon.column(pair.request.need.last);
  option.terms =
      deployment_terms(pair.scenario, pair.unit, agreement, option.journey->days, option.need_last - option.need_first);
  option.clauses = allowing_clauses(agreement);
  return judge_days({pair.scenario, pair.unit, pair.availability, agreement}, option);
}

}  // namespace

std::string_view code_of(PairRule rule) {
  return kCodes.at(static_cast<std::size_t>(rule));
}

Availability availability_of(const Unit& unit) {
  return {unit.available.first, unit.available.last, unit.days_worked};
}

bool agreement_covers_parties(const Scenario& scenario, const Agreement& agreement, AgencyIndex lender,
                              AgencyIndex borrower) {
  const Agency& from = scenario->agencies[lender];
  const Agency& to = scenario->agencies[borrower];
  if (agreement.own_forces != (lender == borrower))
    return false;
  if (any_matches(agreement.lenders, from) && any_matches(agreement.borrowers, to))
    return true;
  return agreement.reciprocal && any_matches(agreement.lenders, to) && any_matches(agreement.borrowers, from);
}

PairVerdict judge_pair(const Scenario& scenario, UnitIndex unit, const Availability& availability, RequestIndex request,
                       Answers answers) {
  const Pair pair{scenario, unit, scenario->units[unit], availability, request, scenario->requests[request]};
  PairVerdict verdict;
  if (auto no = judge_without_agreement(pair, answers)) {
    verdict.blocking = std::move(no);
    return verdict;
  }
  // Among agreements that all say no, the one that gets farthest through the rules names the reason.
  std::optional<Blocking> farthest;
  for (auto index : scenario->agreements.indices()) {
    PairOption option;
    auto no = judge_under(pair, index, option);
    if (!no)
      verdict.options.push_back(std::move(option));
    else if (!farthest || farthest->rule < no->rule)
      farthest = std::move(no);
  }
  if (verdict.options.empty())
    verdict.blocking =
        farthest ? std::move(*farthest)
                 : blocked(PairRule::Agreement, {{"lender", pair.lender().name}, {"borrower", pair.borrower().name}});
  return verdict;
}

std::optional<PairOption> judge_escort(const Scenario& scenario, UnitIndex unit_index, const Availability& availability,
                                       AgreementIndex agreement_index, const EscortTerms& term, AgencyIndex borrower,
                                       int need_first, int need_last) {
  const Unit& unit = scenario->units[unit_index];
  const Agreement& agreement = scenario->agreements[agreement_index];
  if (scenario->kinds.kinds[unit.kind].id != term.kind)
    return std::nullopt;
  if (!agreement_covers_parties(scenario, agreement, unit.agency, borrower))
    return std::nullopt;
  for (const auto& decision : scenario->decisions) {
    if (decision.action != Decision::Action::Forbid || decision.request)
      continue;
    if ((decision.unit && *decision.unit == unit_index) ||
        (!decision.unit && decision.agency && *decision.agency == unit.agency))
      return std::nullopt;
  }
  PairOption option;
  option.agreement = agreement_index;
  option.journey = scenario->travel.find({unit.base, Destination::agency(borrower), unit.kind, agreement_index});
  if (option.journey == nullptr)
    return std::nullopt;
  option.need_first = need_first;
  option.need_last = need_last;
  option.terms = deployment_terms(scenario, unit, agreement, option.journey->days, need_last - need_first);
  option.clauses = allowing_clauses(agreement);
  if (!term.from.clause.empty())
    option.clauses.push_back(term.from.clause);
  if (judge_days({scenario, unit, availability, agreement}, option))
    return std::nullopt;
  return option;
}

int largest_unit_persons(const Scenario& scenario, const Request& request) {
  int most = 1;
  for (const auto& unit : scenario->units)
    if (unit.kind == request.kind && unit.rank <= request.rank)
      most = std::max(most, unit.persons);
  return most;
}

}  // namespace relevo::planner
