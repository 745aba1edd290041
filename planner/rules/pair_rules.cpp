// SPDX-License-Identifier: MIT
#include "planner/rules/pair_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>

namespace relevo::planner {

namespace {

constexpr std::array<std::string_view, 20> kCodes = {
    "kind",     "type",    "fire_behaviour", "named",       "forbidden", "declined", "agreement",
    "channel",  "covered", "qualification",  "language",    "travel",    "in_force", "recalled",
    "document", "fitness", "available",      "days_worked", "too_late",  "too_short"};

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
using Failing = std::vector<Blocking>;

Blocking blocked(PairRule rule, Args args = {}, std::string clause = {}, int amount = 0) {
  return Blocking{rule, std::move(clause), std::move(args), amount};
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

/// Levels of fire behaviour by which the unit's type falls short of what its request faces (P2b); 0: it may go.
int fire_behaviour_excess(const Pair& pair, std::optional<FireBehaviour> stated) {
  const KindType* type = pair.scenario->kinds.kinds[pair.unit.kind].find_type(pair.unit.type);
  if (!stated || type == nullptr)
    return 0;
  const int may_face = type->faces ? static_cast<int>(*type->faces) : -1;
  return std::max(0, static_cast<int>(*stated) - may_face);
}

std::optional<FireBehaviour> fire_behaviour_at(const Pair& pair) {
  if (pair.request.fire_behaviour || !pair.request.incident)
    return pair.request.fire_behaviour;
  return pair.scenario->incidents[*pair.request.incident].fire_behaviour;
}

std::string key_of(FireBehaviour behaviour) {
  constexpr std::array<std::string_view, 4> kKeys = {"low", "moderate", "high", "extreme"};
  return fmt::format("reason.behaviour.{}", kKeys.at(static_cast<std::size_t>(behaviour)));
}

const Decision* forbidding_decision(const Pair& pair) {
  for (const auto& decision : pair.scenario->decisions) {
    if (decision.action != Decision::Action::Forbid)
      continue;
    if (decision.request && *decision.request != pair.request_index)
      continue;
    const bool meant = (decision.unit && *decision.unit == pair.unit_index) ||
                       (!decision.unit && decision.agency && *decision.agency == pair.unit.agency);
    if (meant)
      return &decision;
  }
  return nullptr;
}

/// (P2)-(P5): rules that need no agreement, for a unit of the right kind.
void judge_without_agreement(const Pair& pair, Answers answers, Failing& failing) {
  const auto& data = pair.scenario.data();
  if (pair.unit.rank > pair.request.rank)
    failing.push_back(blocked(PairRule::Type, {{"type", pair.unit.type}, {"wanted", pair.request.type}}, {},
                              pair.unit.rank - pair.request.rank));
  const auto behaviour = fire_behaviour_at(pair);
  if (const int excess = fire_behaviour_excess(pair, behaviour); excess > 0)
    failing.push_back(
        blocked(PairRule::FireBehaviour, {{"type", pair.unit.type}, {"behaviour", key_of(*behaviour)}}, {}, excess));
  if (pair.request.unit && *pair.request.unit != pair.unit_index)
    failing.push_back(blocked(PairRule::Named, {{"unit", data.units[*pair.request.unit].id}}));
  if (answers == Answers::Waived)
    return;
  if (const auto* decision = forbidding_decision(pair))
    failing.push_back(blocked(PairRule::Forbidden, {{"why", decision->reason}}));
  const Response* last = last_answer(pair);
  if (last != nullptr && (last->answer == Response::Answer::Declined || last->answer == Response::Answer::Recalled))
    failing.push_back(blocked(PairRule::Declined, {{"agency", pair.lender().name}, {"why", last->reason}}));
}

bool has_interpreters(const Agreement& agreement) {
  return std::any_of(agreement.escorts.begin(), agreement.escorts.end(),
                     [](const auto& term) { return term.role == EscortTerms::Role::Interpreter; });
}

std::optional<Blocking> judge_languages(const Pair& pair, const Agreement& agreement) {
  // Pumps speak no language.
  if (!pair.scenario->kinds.kinds[pair.unit.kind].crewed || has(pair.unit.qualifications, "interpreter") ||
      has_interpreters(agreement))
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
  std::vector<Day> told;  ///< days on which units of the row were announced to leave for this very duty
};

/// The days on which units of the row were announced to leave for the line (none: to escort at the borrower).
std::vector<Day> told_days(const Scenario& scenario, UnitIndex unit, AgreementIndex agreement,
                           std::optional<RequestIndex> request, AgencyIndex borrower) {
  std::vector<Day> days;
  if (scenario->announcements.empty())
    return days;
  for (const auto& a : scenario.announcements_of(unit))
    if (a.agreement == agreement && a.request == request && a.borrower == borrower)
      days.push_back(a.depart);
  return days;
}

/// (D6): the unit is free, and notice is over or has been given.
bool may_leave(const DayContext& c, Day day) {
  if (day < c.availability.first)
    return false;
  return day >= earliest_departure(c.scenario, c.agreement) ||
         (day >= c.scenario->as_of && std::ranges::find(c.told, day) != c.told.end());
}

bool holds_document(const Unit& unit, const DocumentRule& rule) {
  return has(unit.documents, rule.document) || intersects(unit.documents, rule.alternatives);
}

bool holds_documents(const DayContext& c, Day day, Blocking* why) {
  if (!c.scenario->kinds.kinds[c.unit.kind].crewed)
    return true;
  for (const auto& rule : c.agreement.mobilization.documents) {
    if (!rule.in_force.contains(day) || holds_document(c.unit, rule))
      continue;
    *why = blocked(PairRule::Document, {{"document", rule.document}}, rule.from.clause);
    return false;
  }
  return true;
}

/// Duty days of the first tour for a departure on `day`, without extension (D2).
int first_tour_cap(const DayContext& c, const DeploymentTerms& terms, Day day) {
  if (c.availability.days_worked == 0 || !has_tours(c.scenario->kinds.kinds[c.unit.kind]))
    return terms.max_line_days;
  const Day fresh = std::max(c.availability.first, c.scenario->as_of) + Days{terms.rest_days};
  return day < fresh ? terms.max_line_days - c.availability.days_worked : terms.max_line_days;
}

/// The first recall to take effect on what the unit's agency lends under the agreement (D9).
const Recall* first_recall(const DayContext& c) {
  const Recall* first = nullptr;
  for (const auto& recall : c.scenario->recalls)
    if (is_recalled(recall, c.unit.agency, c.agreement) && (first == nullptr || recall.effective < first->effective))
      first = &recall;
  return first;
}

/// The departures that are left, rule after rule. A rule that leaves none is noted, and the next is asked about the
/// days that were left before it.
class Departures {
 public:
  Departures(int horizon_days, Failing& failing)
      : days_(static_cast<std::size_t>(horizon_days)), failing_(failing), failing_before_(failing.size()) {
    std::iota(days_.begin(), days_.end(), 0);
  }

  /// False when no day satisfies `keep`: then `why` is noted.
  template <class Keep, class Why>
  bool narrow(Keep keep, Why why) {
    std::vector<int> kept;
    std::copy_if(days_.begin(), days_.end(), std::back_inserter(kept), keep);
    if (kept.empty()) {
      failing_.push_back(why());
      return false;
    }
    days_ = std::move(kept);
    return true;
  }

  const std::vector<int>& days() const { return days_; }
  bool is_allowed() const { return failing_.size() == failing_before_; }

 private:
  std::vector<int> days_;
  Failing& failing_;
  std::size_t failing_before_;
};

/// (P12)-(P14).
void judge_papers(const DayContext& c, Departures& departures) {
  const Horizon& horizon = c.scenario->horizon;
  const DayInterval in_force = c.agreement.in_force;
  departures.narrow(
      [&](int t) { return in_force.contains(horizon.day(t)); },
      [&] {
        const int missing = in_force.last <= horizon.first ? 1 - horizon.column(in_force.last)
                                                           : horizon.column(in_force.first) - (horizon.days - 1);
        return blocked(PairRule::InForce, {{"agreement", c.agreement.id}}, c.agreement.from.clause, missing);
      });
  if (const Recall* recall = first_recall(c))
    departures.narrow([&](int t) { return horizon.day(t) < recall->effective; },
                      [&] {
                        const int late = departures.days().front() - horizon.column(recall->effective) + 1;
                        return blocked(PairRule::Recalled,
                                       {{"day", format_day(recall->effective)}, {"why", recall->reason}},
                                       c.agreement.recall_notice_hours.from.clause, late);
                      });
  Blocking document;
  departures.narrow([&](int t) { return holds_documents(c, horizon.day(t), &document); }, [&] { return document; });
  if (const auto valid_to = c.unit.fitness_valid_to)
    departures.narrow([&](int t) { return horizon.day(t) <= *valid_to; },
                      [&] {
                        return blocked(PairRule::Fitness, {{"day", format_day(*valid_to)}}, {},
                                       departures.days().front() - horizon.column(*valid_to));
                      });
}

/// (D6): the first day on which the unit may depart, by its own availability and by the agreement.
bool judge_availability(const DayContext& c, const PairOption& option, Departures& departures) {
  const Horizon& horizon = c.scenario->horizon;
  const auto& terms = option.terms;
  const Day from = std::max(c.availability.first, earliest_departure(c.scenario, c.agreement));
  const int earliest = horizon.column(from);
  const int shortest = terms.first_line(0) + terms.min_line_days - 1 + terms.journey_days;  // home, counted from day 0
  return departures.narrow(
      [&](int t) {
        return may_leave(c, horizon.day(t)) && t + shortest < option.home_before &&
               option.may_be_away(t, t + shortest + 1);
      },
      [&] {
        const int too_late = std::max(earliest + shortest - option.home_before + 1, earliest - horizon.days + 1);
        return blocked(PairRule::Available, {{"from", format_day(from)}},
                       c.availability.first < from ? c.agreement.mobilization.notice_days.from.clause : std::string{},
                       std::max(0, too_late));
      });
}

/// (P15): the first of its codes, if any.
void judge_stay(const DayContext& c, const PairOption& option, Departures& departures) {
  const Horizon& horizon = c.scenario->horizon;
  const auto& terms = option.terms;
  const int least = terms.min_line_days;
  const auto cap_on = [&](int t) { return first_tour_cap(c, terms, horizon.day(t)); };
  if (!judge_availability(c, option, departures))
    return;
  // The tour of a kind without tours is its need: where that is too short, the stay is.
  if (has_tours(c.scenario->kinds.kinds[c.unit.kind]) &&
      !departures.narrow([&](int t) { return terms.first_block_fits(cap_on(t), false); },
                         [&] {
                           return blocked(
                               PairRule::DaysWorked, {{"days", std::to_string(c.availability.days_worked)}},
                               c.agreement.tour.max_line_days.from.clause,
                               least - cap_on(departures.days().back()) + terms.later_tour_days - terms.extension_days);
                         }))
    return;
  const int soonest = terms.first_line(departures.days().front());
  if (!departures.narrow([&](int t) { return terms.first_line(t) < option.need_last; },
                         [&] {
                           return blocked(PairRule::TooLate, {{"day", format_day(horizon.day(soonest))}}, {},
                                          soonest - option.need_last + 1);
                         }))
    return;
  // Line days of a stay that departs on `t`, at most the least that a stay must have.
  const auto possible = [&](int t) {
    int n = terms.first_line(t) >= option.need_first ? least : 0;
    while (n > 0 && (terms.first_line(t) + n > option.need_last ||
                     !option.may_end(terms.counted_from(t), terms.first_line(t) + n - 1)))
      --n;
    return n;
  };
  departures.narrow([&](int t) { return possible(t) == least; },
                    [&] {
                      int most = 0;
                      for (int t : departures.days())
                        most = std::max(most, possible(t));
                      return blocked(PairRule::TooShort, {{"days", std::to_string(least)}},
                                     c.agreement.tour.min_line_days.from.clause, least - most);
                    });
}

/// Fills in what bounds the days away under an option (D6, D9).
void set_bounds(const DayContext& c, PairOption& option) {
  const Horizon& horizon = c.scenario->horizon;
  option.home_before = horizon.column(c.availability.last);
  const Recall* recall = first_recall(c);
  option.present_before = horizon.column(recall == nullptr ? kLastDay : recall->effective);
  for (const auto& period : c.unit.down)
    option.down.emplace_back(horizon.column(period.first), horizon.column(period.last));
}

/// Of the days that papers allow, those on which a deployment may begin here and end elsewhere (D1)-(D9): its first
/// block is long enough, and the unit is not down or to be home before its end.
void add_departures_to_move_on(const DayContext& c, const std::vector<int>& days, PairOption& option) {
  const Horizon& horizon = c.scenario->horizon;
  const auto& terms = option.terms;
  for (const int t : days) {
    const int cap = first_tour_cap(c, terms, horizon.day(t));
    const int first = terms.first_line(t);
    const int end = first + terms.min_line_days;
    if (!may_leave(c, horizon.day(t)) || !terms.first_block_fits(cap, false) || first < option.need_first ||
        end > option.need_last || end > option.home_before || end > option.present_before ||
        !option.may_be_away(t, end))
      continue;
    option.departures_to_move_on.add(t, cap);
  }
  option.departures_to_move_on.shrink();
}

/// (P12)-(P15): fills the departures of `option`, or notes which rules empty them.
void judge_days(const DayContext& c, PairOption& option, Failing& failing) {
  const Horizon& horizon = c.scenario->horizon;
  set_bounds(c, option);
  Departures departures(horizon.days, failing);
  judge_papers(c, departures);
  if (departures.is_allowed() && option.terms.max_moves > 0)
    add_departures_to_move_on(c, departures.days(), option);
  judge_stay(c, option, departures);
  if (!departures.is_allowed())
    return;
  for (const int t : departures.days())
    option.departures.add(t, first_tour_cap(c, option.terms, horizon.day(t)));
  option.departures.shrink();
}

/// (P7)-(P15) under one agreement between the two agencies: notes every rule that fails.
void judge_under(const Pair& pair, AgreementIndex index, PairOption& option, Failing& failing) {
  const auto& data = pair.scenario.data();
  const Agreement& agreement = data.agreements[index];
  if (!pair.request.channel.empty() && pair.request.channel != agreement.id && pair.request.channel != agreement.family)
    failing.push_back(blocked(PairRule::Channel, {{"channel", pair.request.channel}}, agreement.channel_from.clause));
  if (!agreement.kinds.empty() && !has(agreement.kinds, data.kinds.kinds[pair.unit.kind].id))
    failing.push_back(blocked(PairRule::Covered, {{"agreement", agreement.id}}, agreement.kinds_from.clause));
  for (const auto& wanted : pair.request.qualifications)
    if (!has(pair.unit.qualifications, wanted)) {
      failing.push_back(blocked(PairRule::Qualification, {{"qualification", wanted}}));
      break;
    }
  if (auto no = judge_languages(pair, agreement))
    failing.push_back(std::move(*no));

  const DayContext context{pair.scenario, pair.unit, pair.availability, agreement,
                           told_days(pair.scenario, pair.unit_index, index, pair.request_index, pair.request.borrower)};
  option.agreement = index;
  option.journey =
      data.travel.find({pair.unit.base, pair.scenario.destination_of(pair.request), pair.unit.kind, index});
  if (option.journey == nullptr) {
    failing.push_back(blocked(PairRule::Travel));
    Departures departures(data.horizon.days, failing);
    judge_papers(context, departures);
    return;
  }
  option.need_first = data.horizon.column(pair.request.need.first);
  option.need_last = data.horizon.column(pair.request.need.last);
  option.terms =
      deployment_terms(pair.scenario, pair.unit, agreement, option.journey->days, option.need_last - option.need_first);
  judge_days(context, option, failing);
}

bool is_about_days(const Blocking& blocking) {
  return blocking.rule >= PairRule::InForce;
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

bool PairOption::may_be_away(int first, int last) const noexcept {
  return std::none_of(down.begin(), down.end(),
                      [&](const auto& period) { return period.first < last && first < period.second; });
}

bool PairOption::may_end(std::optional<int> since, int last_present) const noexcept {
  return terms.home(last_present) < home_before && last_present < present_before &&
         (!since || terms.deployment_fits(*since, last_present));
}

PairVerdict judge_pair(const Scenario& scenario, UnitIndex unit, const Availability& availability, RequestIndex request,
                       Answers answers) {
  const Pair pair{scenario, unit, scenario->units[unit], availability, request, scenario->requests[request]};
  PairVerdict verdict;
  Failing& failing = verdict.blockings;
  if (pair.unit.kind != pair.request.kind) {
    failing.push_back(blocked(PairRule::Kind, {{"kind", scenario->kinds.kinds[pair.unit.kind].id}}));
    verdict.blocking = failing.front();
    return verdict;
  }
  // Without a planning day - cancelled before its need, or wanted after the horizon - nobody can be in time for the
  // line, neither from home nor by a move.
  if (pair.request.need.empty() || pair.request.need.first >= scenario->horizon.last()) {
    failing.push_back(blocked(PairRule::TooLate, {{"day", format_day(pair.request.need.first)}}));
    verdict.blocking = failing.front();
    return verdict;
  }
  judge_without_agreement(pair, answers, failing);
  // Among agreements that all say no, the one that gets farthest through the rules is named.
  Failing farthest;
  for (auto index : scenario->agreements.indices()) {
    // (P6); what it says is put into words only where no agreement gets farther.
    if (!agreement_covers_parties(scenario, scenario->agreements[index], pair.unit.agency, pair.request.borrower))
      continue;
    PairOption option;
    Failing here;
    judge_under(pair, index, option, here);
    if (here.empty())
      verdict.options.push_back(std::move(option));
    else if (failing.empty() && option.journey != nullptr && option.terms.max_moves > 0 && is_about_days(here.front()))
      verdict.by_move_only.push_back(std::move(option));
    if (!here.empty() && (farthest.empty() || farthest.front().rule < here.front().rule))
      farthest = std::move(here);
  }
  const bool has_option = !verdict.options.empty();
  if (has_option && failing.empty())
    return verdict;
  verdict.options.clear();
  // An agreement that would allow it gets farther than any other, and none of its rules fails.
  if (has_option)
    farthest.clear();
  else if (farthest.empty())
    farthest.push_back(
        blocked(PairRule::Agreement, {{"lender", pair.lender().name}, {"borrower", pair.borrower().name}}));
  failing.insert(failing.end(), std::make_move_iterator(farthest.begin()), std::make_move_iterator(farthest.end()));
  verdict.blocking = failing.front();
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
  option.terms = escort_deployment_terms(
      deployment_terms(scenario, unit, agreement, option.journey->days, need_last - need_first));
  Failing failing;
  judge_days({scenario, unit, availability, agreement,
              told_days(scenario, unit_index, agreement_index, std::nullopt, borrower)},
             option, failing);
  if (!failing.empty())
    return std::nullopt;
  return option;
}

std::vector<std::string> allowing_clauses(const Agreement& agreement, const EscortTerms* term) {
  std::vector<std::string> clauses;
  const auto add = [&](const std::string& clause) {
    if (!clause.empty() && !has(clauses, clause))
      clauses.push_back(clause);
  };
  add(agreement.from.clause);
  add(agreement.channel_from.clause);
  add(agreement.kinds_from.clause);
  add(agreement.tour.max_line_days.from.clause);
  if (term != nullptr && !term->from.clause.empty())
    clauses.push_back(term->from.clause);
  return clauses;
}

int largest_unit_persons(const Scenario& scenario, const Request& request) {
  int most = 1;
  for (const auto& unit : scenario->units)
    if (unit.kind == request.kind && unit.rank <= request.rank)
      most = std::max(most, unit.persons);
  return most;
}

}  // namespace relevo::planner
