// SPDX-License-Identifier: MIT
#include "planner/solve/duty.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace relevo::planner {

namespace {

/// What of the other tables speaks of single units.
struct UnitMentions {
  std::map<UnitIndex, std::vector<const Commitment*>> commitments;
  /// Pins, forbids, named requests and announcements single these out: they must not be exchanged for others.
  std::set<UnitIndex> singled_out;
};

UnitMentions mentions_of_units(const Scenario& scenario) {
  UnitMentions mentions;
  for (const auto& commitment : scenario->commitments)
    mentions.commitments[commitment.unit].push_back(&commitment);
  for (const auto& decision : scenario->decisions)
    if (decision.unit)
      mentions.singled_out.insert(*decision.unit);
  for (const auto& announcement : scenario->announcements)
    mentions.singled_out.insert(announcement.unit);
  for (const auto& request : scenario->requests)
    if (request.unit)
      mentions.singled_out.insert(*request.unit);
  return mentions;
}

/// Availability of each ordinal of a unit, after its commitments.
std::vector<Availability> availabilities(const Scenario& scenario, UnitIndex index,
                                         const std::vector<const Commitment*>& commitments) {
  const Unit& unit = scenario->units[index];
  std::vector<Availability> all(static_cast<std::size_t>(unit.count), availability_of(unit));
  for (const auto* commitment : commitments) {
    const Day rested = rested_after(scenario, *commitment);
    for (int ordinal : commitment->ordinals) {
      auto& one = all[static_cast<std::size_t>(ordinal - 1)];
      one.first = std::max(one.first, rested);
      one.days_worked = 0;
    }
  }
  return all;
}

/// Requests that commitments of one ordinal serve; they matter to pins only.
std::string committed_requests(const std::vector<const Commitment*>& commitments, int ordinal) {
  std::string requests;
  for (const auto* commitment : commitments)
    if (commitment->request &&
        std::find(commitment->ordinals.begin(), commitment->ordinals.end(), ordinal) != commitment->ordinals.end())
      requests += fmt::format("{};", commitment->request->value());
  return requests;
}

/// `name`: of a unit that is singled out, with its committed requests; else empty.
std::string class_key(const Unit& u, const Availability& a, const std::string& name) {
  std::string pools;
  for (const auto& share : u.pools)
    pools += fmt::format("{}:{};", share.pool.value(), share.persons);
  std::string down;
  for (const auto& period : u.down)
    down += fmt::format("{}-{};", (period.first - kFirstDay).count(), (period.last - kFirstDay).count());
  return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", u.agency.value(), u.kind.value(), u.type,
                     u.persons, u.base.value(), (a.first - kFirstDay).count(), (a.last - kFirstDay).count(),
                     a.days_worked, fmt::join(u.languages, ","), fmt::join(u.qualifications, ","),
                     fmt::join(u.documents, ","), u.fitness_valid_to ? format_day(*u.fitness_valid_to) : std::string{},
                     pools, down, u.daily_cost ? u.daily_cost->value() : -1.0, name);
}

std::vector<UnitClass> group_units(const Scenario& scenario) {
  std::vector<UnitClass> classes;
  std::map<std::string, std::size_t> by_key;
  const auto mentions = mentions_of_units(scenario);
  static const std::vector<const Commitment*> kNone;
  for (auto index : scenario->units.indices()) {
    const Unit& unit = scenario->units[index];
    const auto found = mentions.commitments.find(index);
    const auto& commitments = found == mentions.commitments.end() ? kNone : found->second;
    const bool is_singled_out = mentions.singled_out.contains(index);
    const auto all = availabilities(scenario, index, commitments);
    std::size_t position = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const int ordinal = static_cast<int>(i) + 1;
      // Ordinals without a commitment are alike.
      if (i == 0 || !commitments.empty()) {
        const std::string name =
            is_singled_out ? unit.id + "|" + committed_requests(commitments, ordinal) : std::string{};
        position = by_key.try_emplace(class_key(unit, all[i], name), classes.size()).first->second;
        if (position == classes.size())
          classes.push_back({index, all[i], {}, {}, {}});
      }
      classes[position].members.push_back({index, ordinal});
    }
  }
  return classes;
}

/// Where nothing bounds the stay but its terms.
constexpr int kNoLastColumn = 1 << 20;

using Route = std::tuple<AgreementIndex, AgencyIndex, AgencyIndex>;  // agreement, lender, borrower

/// Columns on which somebody of a route may be present, which is when escorts can be of use.
struct Window {
  int first = 0;
  int last = 0;
};

std::map<Route, Window> find_routes(const Scenario& scenario, const std::vector<UnitClass>& classes) {
  std::map<Route, Window> routes;
  const auto widen = [&](const Route& route, int first, int last) {
    const auto [it, is_new] = routes.try_emplace(route, Window{first, last});
    if (is_new)
      return;
    it->second.first = std::min(it->second.first, first);
    it->second.last = std::max(it->second.last, last);
  };
  for (const auto& c : classes) {
    // People are on duty on their way to a request, and in the days off between two.
    const int longest_move = c.longest_move();
    for (const auto& duty : c.duties) {
      const auto& terms = duty.option.terms;
      const bool moves = terms.max_moves > 0;
      widen({duty.option.agreement, scenario->units[c.exemplar].agency, duty.borrower},
            duty.option.need_first - (moves ? longest_move : 0), duty.option.need_last + (moves ? terms.days_off : 0));
    }
  }
  for (const auto& commitment : scenario->commitments)
    widen({commitment.agreement, scenario->units[commitment.unit].agency, commitment.borrower},
          scenario->horizon.column(commitment.first_line_day), scenario->horizon.column(commitment.release));
  return routes;
}

using RequestsByKind = std::map<KindIndex, std::vector<RequestIndex>>;

RequestsByKind requests_by_kind(const Scenario& scenario) {
  RequestsByKind all;
  for (auto request : scenario->requests.indices())
    all[scenario->requests[request].kind].push_back(request);
  return all;
}

/// Only requests of its kind can be for a class (P1).
void add_request_duties(const Scenario& scenario, const RequestsByKind& requests, UnitClass& unit_class) {
  const auto found = requests.find(scenario->units[unit_class.exemplar].kind);
  if (found == requests.end())
    return;
  for (auto request : found->second) {
    auto verdict = judge_pair(scenario, unit_class.exemplar, unit_class.availability, request);
    for (auto* options : {&verdict.options, &verdict.by_move_only})
      for (auto& option : *options)
        unit_class.duties.push_back({request, std::nullopt, scenario->requests[request].borrower, std::move(option)});
  }
}

bool has_consent(const Scenario& scenario, const Agreement& agreement, AgencyIndex lender, AgencyIndex borrower) {
  return std::any_of(scenario->consents.begin(), scenario->consents.end(), [&](const Consent& consent) {
    return consent.lender == lender && consent.borrower == borrower &&
           (consent.channel.empty() || consent.channel == agreement.id || consent.channel == agreement.family);
  });
}

/// From each request, those that units of its kind may move on to as far as the table of moves goes; ascending.
using MovesByRequest = std::vector<std::vector<std::pair<RequestIndex, const TravelTable::Move*>>>;

MovesByRequest moves_by_request(const Scenario& scenario, const RequestsByKind& requests) {
  std::map<std::pair<KindIndex, Destination>, std::vector<RequestIndex>> at;
  for (const auto& [kind, all] : requests)
    for (const auto request : all)
      at[{kind, scenario.destination_of(scenario->requests[request])}].push_back(request);
  MovesByRequest moves(scenario->requests.size());
  const auto add = [&](RequestIndex from, const std::vector<RequestIndex>& there, const TravelTable::Move* move) {
    for (const auto to : there)
      if (to != from && move != nullptr)
        moves[from.value()].emplace_back(to, move);
  };
  for (const auto& [place, here] : at)
    for (const auto from : here)
      add(from, here, scenario->travel.find_move({place.second, place.second, place.first}));
  for (const auto& [key, move] : scenario->travel.moves()) {
    const auto here = at.find({key.kind, key.from});
    const auto there = at.find({key.kind, key.to});
    if (key.from == key.to || here == at.end() || there == at.end())
      continue;
    for (const auto from : here->second)
      add(from, there->second, &move);
  }
  for (auto& from : moves)
    std::sort(from.begin(), from.end());
  return moves;
}

/// Whether a unit may move on from one duty to the other, if there is a way (D8).
bool may_move(const Scenario& scenario, const Unit& unit, const Duty& from, const Duty& to) {
  if (from.option.agreement != to.option.agreement || from.option.terms.max_moves == 0)
    return false;
  const Agreement& agreement = scenario->agreements[from.option.agreement];
  return from.borrower == to.borrower ||
         (agreement.tour.move_between_borrowers.value && has_consent(scenario, agreement, unit.agency, to.borrower));
}

/// \pre its duties serve requests, in their order
void add_moves(const Scenario& scenario, const MovesByRequest& moves, UnitClass& unit_class) {
  const auto& duties = unit_class.duties;
  unit_class.moves.resize(duties.size());
  const Unit& unit = scenario->units[unit_class.exemplar];
  const auto first_duty_of = [&](RequestIndex request) {
    return static_cast<std::size_t>(
        std::partition_point(duties.begin(), duties.end(), [&](const Duty& duty) { return *duty.request < request; }) -
        duties.begin());
  };
  for (std::size_t from = 0; from < duties.size(); ++from) {
    if (duties[from].option.terms.max_moves == 0)
      continue;
    for (const auto& [request, move] : moves[duties[from].request->value()])
      for (std::size_t to = first_duty_of(request); to < duties.size() && *duties[to].request == request; ++to)
        if (may_move(scenario, unit, duties[from], duties[to]))
          unit_class.moves[from].push_back({static_cast<std::uint32_t>(to), move->days, *move});
  }
}

/// Whether an escort may have to be at its post before anybody needs it: because a later departure is not allowed, or
/// because there is no seat.
bool may_have_to_come_early(const Scenario& scenario, const Unit& unit, const Agreement& agreement) {
  const Horizon& horizon = scenario->horizon;
  const bool rule_begins = std::any_of(agreement.mobilization.documents.begin(), agreement.mobilization.documents.end(),
                                       [&](const DocumentRule& rule) { return horizon.first < rule.in_force.first; });
  return unit.fitness_valid_to || rule_begins || agreement.in_force.last < horizon.last() || !scenario->lifts.empty();
}

/// Line days of an escort that nobody needs, before and after those that somebody does: the shortest stay, a first tour
/// for the sake of the days off that follow it, a last one because they cannot be the end.
struct Slack {
  int before = 0;
  int after = 0;
};

Slack slack_of(const TourTerms& tour) {
  const int off = tour.max_tours.value > 1 ? tour.days_off_in_place.value : 0;
  return {tour.min_line_days.value - 1 + (off > 0 ? off + 1 : 0), tour.min_line_days.value - 1 + off};
}

void add_escort_duties(Problem& problem, const std::vector<Window>& windows) {
  const Scenario& scenario = *problem.scenario;
  for (std::size_t g = 0; g < problem.escort_groups.size(); ++g) {
    const EscortGroup& group = problem.escort_groups[g];
    const EscortTerms& term = problem.term_of(group);
    if (term.supply != EscortTerms::Supply::Roster)
      continue;
    for (auto& c : problem.classes) {
      const Unit& unit = scenario->units[c.exemplar];
      if (unit.agency != group.lender)
        continue;
      const bool early = may_have_to_come_early(scenario, unit, scenario->agreements[group.agreement]);
      const Slack slack = slack_of(scenario->agreements[group.agreement].tour);
      const int first = early ? 0 : windows[g].first - term.ahead_days - slack.before;
      const int last = scenario->lifts.empty() ? windows[g].last + slack.after
                                               : std::max(windows[g].last + slack.after, kNoLastColumn);
      auto option =
          judge_escort(scenario, c.exemplar, c.availability, group.agreement, term, group.borrower, first, last);
      if (option)
        c.duties.push_back({std::nullopt, g, group.borrower, std::move(*option)});
    }
  }
}

int columns_needed(const Problem& problem) {
  const Horizon& horizon = problem.data().horizon;
  int columns = horizon.days;
  for (const auto& c : problem.classes) {
    int longest_way_home = 0;
    for (const auto& duty : c.duties)
      longest_way_home = std::max(longest_way_home, duty.option.terms.journey_days);
    for (const auto& duty : c.duties) {
      const auto& terms = duty.option.terms;
      if (duty.option.first_departures().empty())
        continue;
      const int home = terms.max_moves > 0 ? longest_way_home : terms.journey_days;
      columns = std::max(columns, duty.option.first_departures().back() + terms.journey_days + terms.longest_stay() +
                                      home + 1 + terms.rest_days + 1);
    }
  }
  for (const auto& commitment : problem.data().commitments)
    columns = std::max(columns, horizon.column(rested_after(*problem.scenario, commitment)) + 1);
  for (const auto& announcement : problem.data().announcements)
    columns = std::max(columns, horizon.column(announcement.home) + 1);
  return columns;
}

}  // namespace

int UnitClass::longest_move() const noexcept {
  int longest = 0;
  for (const auto& from : moves)
    for (const auto& move : from)
      longest = std::max(longest, move.days);
  return longest;
}

const TravelTable::Move& UnitClass::move(std::size_t from, std::size_t to) const {
  const auto& there = moves.at(from);
  return std::find_if(there.begin(), there.end(), [to](const DutyMove& m) { return m.to == to; })->move;
}

Day rested_after(const Scenario& scenario, const Commitment& commitment) {
  const Unit& unit = scenario->units[commitment.unit];
  const Agreement& agreement = scenario->agreements[commitment.agreement];
  return commitment.home + Days{1 + deployment_terms(scenario, unit, agreement, 0, 0).rest_days};
}

std::optional<std::size_t> escort_term_of(const Scenario& scenario, const Unit& unit, const Agreement& agreement) {
  const std::string& kind = scenario->kinds.kinds[unit.kind].id;
  for (std::size_t i = 0; i < agreement.escorts.size(); ++i)
    if (agreement.escorts[i].kind == kind)
      return i;
  return std::nullopt;
}

Problem make_problem(const Scenario& scenario) {
  Problem problem;
  problem.scenario = &scenario;
  problem.classes = group_units(scenario);
  problem.routes = lift_routes(scenario.data());
  const auto requests = requests_by_kind(scenario);
  const auto moves = moves_by_request(scenario, requests);
  for (auto& c : problem.classes) {
    add_request_duties(scenario, requests, c);
    c.duties.shrink_to_fit();
    add_moves(scenario, moves, c);
  }
  std::vector<Window> windows;
  for (const auto& [route, window] : find_routes(scenario, problem.classes)) {
    const auto& [agreement, lender, borrower] = route;
    for (std::size_t i = 0; i < scenario->agreements[agreement].escorts.size(); ++i) {
      problem.escort_groups.push_back({agreement, lender, borrower, i});
      windows.push_back(window);
    }
  }
  add_escort_duties(problem, windows);
  for (auto& c : problem.classes)
    c.moves.resize(c.duties.size());
  problem.columns = columns_needed(problem);
  return problem;
}

}  // namespace relevo::planner
