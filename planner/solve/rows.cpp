// SPDX-License-Identifier: MIT
#include "planner/solve/rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>

namespace relevo::planner {

namespace {

constexpr double kUnlimited = std::numeric_limits<double>::infinity();

bool contains_any(const std::vector<std::string>& words, const std::vector<std::string>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](const auto& word) { return std::find(words.begin(), words.end(), word) != words.end(); });
}

/// People who speak none of the working languages; where none is named, nobody is without one.
bool needs_interpreter(const Scenario& scenario, const Unit& unit, const Agreement& agreement) {
  return scenario->kinds.kinds[unit.kind].crewed && !agreement.language.working.empty() &&
         !contains_any(unit.languages, agreement.language.working) &&
         !contains_any(unit.qualifications, {"interpreter"});
}

/// Guards floor() against 5 x 0.8 = 3.9999999.
constexpr double kRoundingSlack = 1e-9;

bool same_offer(const OfferSubject& a, const Offer& b) {
  return a.agency == b.agency && a.kind == b.kind && a.type == b.type && a.channel == b.channel;
}

}  // namespace

int required_escorts(const EscortTerms& term, double accompanied) {
  if (accompanied <= term.threshold)
    return 0;
  const int whole = static_cast<int>(accompanied);  // people and units are
  return (whole + term.per_persons - 1) / term.per_persons;
}

int escorted(const Scenario& scenario, const Unit& unit, const EscortGroup& group) {
  const Agreement& agreement = scenario->agreements[group.agreement];
  const EscortTerms& term = agreement.escorts[group.term];
  if (term.role == EscortTerms::Role::Interpreter && !needs_interpreter(scenario, unit, agreement))
    return 0;
  return term.counts == EscortTerms::Counts::Units ? 1 : unit.persons;
}

RowTable::RowTable(const Problem& problem) : problem_(&problem), columns_(std::max(problem.columns, 1)) {
  make_groups();
  const auto rows = groups_.size() * static_cast<std::size_t>(columns_);
  limit_.assign(rows, kUnlimited);
  committed_.assign(rows, 0.0);
  wanted_.assign(rows, 0.0);
  count_commitments();
  set_limits();
}

void RowTable::add_group(RowFamily family, std::size_t subject) {
  groups_.push_back({family, subject});
}

void RowTable::add_groups(RowFamily family, std::vector<std::size_t>& positions, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    positions.push_back(groups_.size());
    add_group(family, i);
  }
}

void RowTable::make_lender_groups() {
  const ScenarioData& data = problem_->data();
  std::set<std::pair<AgencyIndex, KindIndex>> lenders;
  for (const auto& unit : data.units)
    lenders.insert({unit.agency, unit.kind});
  for (const auto& [agency, kind] : lenders)
    reserves_.push_back({agency, kind});
  add_groups(RowFamily::Reserve, reserve_, reserves_.size());
  for (const auto& offer : data.offers) {
    const bool known =
        std::any_of(offers_.begin(), offers_.end(), [&](const auto& subject) { return same_offer(subject, offer); });
    if (!known)
      offers_.push_back({offer.agency, offer.kind, offer.type, offer.channel});
  }
  add_groups(RowFamily::Offer, offer_, offers_.size());
}

void RowTable::make_movement_groups() {
  const ScenarioData& data = problem_->data();
  std::set<MovementSubject> subjects;
  for (const auto& c : problem_->classes) {
    const Unit& unit = data.units[c.exemplar];
    for (const auto& duty : c.duties) {
      const Agreement& agreement = data.agreements[duty.option.agreement];
      if (duty.escort_group || agreement.own_forces)
        continue;
      const bool priced = data.policy.movement_points.value > 0.0;
      if (priced || agreement.contingent.min_persons.value > 0)
        subjects.insert({duty.option.agreement, unit.agency, duty.borrower, unit.base, Direction::Out});
      if (priced)
        subjects.insert({duty.option.agreement, unit.agency, duty.borrower, unit.base, Direction::Home});
    }
  }
  movements_.assign(subjects.begin(), subjects.end());
  add_groups(RowFamily::MovementUnits, movement_, movements_.size());
  for (std::size_t i = 0; i < movements_.size(); ++i) {
    const bool has_least = movements_[i].direction == Direction::Out &&
                           data.agreements[movements_[i].agreement].contingent.min_persons.value > 0;
    movement_persons_.push_back(has_least ? groups_.size() : kNone);
    if (has_least)
      add_group(RowFamily::MovementPersons, i);
  }
}

int RowTable::least_persons(std::size_t group) const {
  return problem_->data().agreements[movements_[groups_[group].subject].agreement].contingent.min_persons.value;
}

void RowTable::make_groups() {
  const ScenarioData& data = problem_->data();
  const auto add_all = [&](RowFamily family, std::vector<std::size_t>& positions, std::size_t count) {
    add_groups(family, positions, count);
  };
  add_all(RowFamily::Coverage, coverage_, data.requests.size());
  for (auto r : data.requests.indices()) {
    const bool needed = data.requests[r].handover;
    handover_.push_back(needed ? groups_.size() : kNone);
    if (needed)
      add_group(RowFamily::Handover, r.value());
  }
  for (auto r : data.requests.indices()) {
    const Request& request = data.requests[r];
    const bool needed = request.min_fill > 1 || !request.package.empty();
    assigned_.push_back(needed ? groups_.size() : kNone);
    if (needed)
      add_group(RowFamily::Assigned, r.value());
  }
  for (auto i : data.incidents.indices()) {
    const bool needed = data.incidents[i].capacity_persons.has_value();
    capacity_.push_back(needed ? groups_.size() : kNone);
    if (needed)
      add_group(RowFamily::Capacity, i.value());
  }
  make_lender_groups();
  add_all(RowFamily::EscortPersons, escort_persons_, problem_->escort_groups.size());
  add_all(RowFamily::EscortsPresent, escorts_present_, problem_->escort_groups.size());
  add_all(RowFamily::Lift, lift_, problem_->routes.size());
  add_all(RowFamily::Pool, pool_, data.pools.size());
  make_movement_groups();
  make_announced_groups();
  for (std::size_t i = 0; i < data.decisions.size(); ++i) {
    const bool needed = data.decisions[i].action == Decision::Action::Pin;
    pin_.push_back(needed ? groups_.size() : kNone);
    if (needed)
      add_group(RowFamily::Pin, i);
  }
}

void RowTable::span(std::size_t group, Span days, double amount, std::vector<Entry>& out) const {
  if (group == kNone || amount == 0.0)
    return;
  const int last = std::min(days.last, columns_);
  for (int t = std::max(days.first, 0); t < last; ++t)
    out.push_back({row(group, t), amount});
}

void RowTable::use_away(const User& user, Span away, std::vector<Entry>& out) const {
  const ScenarioData& data = problem_->data();
  const Unit& unit = data.units[user.unit];
  const Agreement& agreement = data.agreements[user.agreement];
  for (const auto& share : unit.pools)
    span(pool_[share.pool.value()], away, share.persons, out);
  if (agreement.own_forces)
    return;
  if (!user.escort_group) {
    const auto it = std::lower_bound(reserves_.begin(), reserves_.end(), std::pair(unit.agency, unit.kind),
                                     [](const ReserveSubject& subject, const auto& lender) {
                                       return std::pair(subject.agency, subject.kind) < lender;
                                     });
    span(reserve_[static_cast<std::size_t>(it - reserves_.begin())], away, 1.0, out);
  }
  if (!user.is_new)
    return;
  for (std::size_t i = 0; i < offers_.size(); ++i) {
    const OfferSubject& offer = offers_[i];
    const bool meant = offer.agency == unit.agency && offer.kind == unit.kind &&
                       (offer.type.empty() || offer.type == unit.type) &&
                       (offer.channel.empty() || offer.channel == agreement.id || offer.channel == agreement.family);
    if (meant)
      span(offer_[i], away, 1.0, out);
  }
}

void RowTable::use_assigned(const User& user, const Piece& piece, std::vector<Entry>& out) const {
  const ScenarioData& data = problem_->data();
  const Unit& unit = data.units[user.unit];
  if (user.request) {
    const double amount = data.requests[*user.request].measure == Measure::People ? unit.persons : 1.0;
    span(coverage_[user.request->value()], piece.working, amount, out);
    span(assigned_[user.request->value()], piece.assigned, amount, out);
  }
  if (user.incident)
    span(capacity_[user.incident->value()], piece.assigned, unit.persons, out);
  if (!user.escort_group)
    use_escorted(user, user.borrower, piece.assigned, out);
  else if (problem_->term_of(problem_->escort_groups[*user.escort_group]).supply == EscortTerms::Supply::Roster)
    span(escorts_present_[*user.escort_group], piece.assigned, 1.0, out);
}

void RowTable::use_escorted(const User& user, AgencyIndex borrower, Span days, std::vector<Entry>& out) const {
  const Unit& unit = problem_->data().units[user.unit];
  const auto& groups = problem_->escort_groups;
  const auto key = [](const EscortGroup& group) { return std::tuple(group.agreement, group.lender, group.borrower); };
  const std::tuple wanted(user.agreement, unit.agency, borrower);
  auto it = std::lower_bound(groups.begin(), groups.end(), wanted,
                             [&](const EscortGroup& group, const auto& value) { return key(group) < value; });
  for (; it != groups.end() && key(*it) == wanted; ++it)
    span(escort_persons_[static_cast<std::size_t>(it - groups.begin())], days, escorted(*problem_->scenario, unit, *it),
         out);
}

// (2b): on days that are needed, and the day after is too.
int RowTable::handover_row(const std::optional<RequestIndex>& request, int column) const {
  if (!request || handover_[request->value()] == kNone || column < 0 || column >= problem_->data().horizon.days)
    return -1;
  const Day day = problem_->data().horizon.day(column);
  const DayInterval& need = problem_->data().requests[*request].need;
  return need.contains(day) && need.contains(day + Days{1}) ? row(handover_[request->value()], column) : -1;
}

void RowTable::use_handover(const std::optional<RequestIndex>& request, int t, double amount,
                            std::vector<Entry>& out) const {
  const int r = handover_row(request, t);
  if (r >= 0)
    out.push_back({r, amount});
}

void RowTable::use_flights(const UnitClass& unit_class, const PairOption& option, Direction direction, int day,
                           std::vector<Entry>& out) const {
  const int persons = problem_->data().units[unit_class.exemplar].persons;
  for (const auto& flight : lift_flights(problem_->routes, *option.journey, direction))
    span(lift_[flight.route], {day + flight.day, day + flight.day + 1}, persons, out);
}

void RowTable::use_movement(const UnitClass& unit_class, const Duty& duty, Direction direction, int day,
                            std::vector<Entry>& out) const {
  const Unit& unit = problem_->data().units[unit_class.exemplar];
  if (duty.escort_group)
    return;
  const MovementSubject subject{duty.option.agreement, unit.agency, duty.borrower, unit.base, direction};
  const auto it = std::lower_bound(movements_.begin(), movements_.end(), subject);
  if (it == movements_.end() || *it != subject)
    return;
  const auto i = static_cast<std::size_t>(it - movements_.begin());
  span(movement_[i], {day, day + 1}, 1.0, out);
  span(movement_persons_[i], {day, day + 1}, unit.persons, out);
}

RowTable::User RowTable::new_user(const UnitClass& unit_class, const Duty& duty) const {
  User user{unit_class.exemplar, duty.option.agreement, duty.borrower, duty.request,
            std::nullopt,        duty.escort_group,     true};
  if (duty.request)
    user.incident = problem_->data().requests[*duty.request].incident;
  return user;
}

// Each state for one day, column 0: its rows tell the groups.
DutyRows RowTable::rows_of(const UnitClass& unit_class, std::size_t duty_index) const {
  const Duty& duty = unit_class.duties[duty_index];
  const User user = new_user(unit_class, duty);
  std::vector<Entry> entries;
  const auto take = [&](std::vector<DutyRows::Share>& shares) {
    for (const auto& entry : entries)
      shares.push_back({group_of(entry.row), entry.amount, column_of(entry.row)});
    entries.clear();
  };
  DutyRows rows;
  use_away(user, {0, 1}, entries);
  take(rows.away);
  if (!duty.escort_group) {
    use_escorted(user, user.borrower, {0, 1}, entries);
    take(rows.accompanied);
  }
  Piece piece;
  piece.working = {0, 1};
  use_assigned(user, piece, entries);
  take(rows.working);
  piece.working = {0, 0};
  piece.assigned = {0, 1};
  use_assigned(user, piece, entries);
  take(rows.assigned);
  std::erase_if(rows.assigned, [&](const DutyRows::Share& share) {
    return groups_[share.group].family == RowFamily::EscortPersons;  // stands under accompanied
  });
  use_flights(unit_class, duty.option, Direction::Out, 0, entries);
  use_movement(unit_class, duty, Direction::Out, 0, entries);
  use_announced(unit_class, duty, Direction::Out, 0, entries);
  take(rows.out);
  use_flights(unit_class, duty.option, Direction::Home, 0, entries);
  take(rows.home);
  use_movement(unit_class, duty, Direction::Home, 0, entries);
  use_announced(unit_class, duty, Direction::Home, 0, entries);
  take(rows.come_home);
  return rows;
}

void RowTable::use(const UnitClass& unit_class, const Block& block, std::optional<int> depart,
                   std::vector<Entry>& out) const {
  const Duty& duty = unit_class.duties[block.duty];
  const DeploymentTerms& terms = duty.option.terms;
  const Piece piece = piece_of(terms, block, depart);
  const User user = new_user(unit_class, duty);
  use_assigned(user, piece, out);
  use_away(user, piece.away, out);
  if (block.shadow)
    use_handover(duty.request, piece.shadow.first, -1.0, out);
  if (block.moved_from)
    use_handover(unit_class.duties[*block.moved_from].request, block.first_line - terms.days_off - 1, 1.0, out);
  if (block.then != Block::Then::TakesDaysOff)
    use_handover(duty.request, block.end() - 1, 1.0, out);
  if (block.then == Block::Then::MovesOn)
    use_escorted(user, unit_class.duties[block.next].borrower, piece.moving, out);
  if (depart) {
    use_flights(unit_class, duty.option, Direction::Out, *depart, out);
    use_movement(unit_class, duty, Direction::Out, *depart, out);
    use_announced(unit_class, duty, Direction::Out, *depart, out);
  }
  if (block.then == Block::Then::GoesHome) {
    use_flights(unit_class, duty.option, Direction::Home, terms.release(block.end() - 1), out);
    use_movement(unit_class, duty, Direction::Home, terms.home(block.end() - 1), out);
    use_announced(unit_class, duty, Direction::Home, terms.home(block.end() - 1), out);
  }
}

std::vector<std::size_t> RowTable::pins_of(const UnitClass& unit_class) const {
  std::vector<std::size_t> pins;
  for (const std::size_t group : pin_)
    if (group != kNone && pin_of(group).unit == unit_class.exemplar)
      pins.push_back(group);
  return pins;
}

bool RowTable::is_met_by_commitments(const UnitClass& unit_class, std::size_t pin) const {
  const Member& member = unit_class.members.front();  // members of a pinned class have like commitments
  const auto& commitments = problem_->data().commitments;
  return std::any_of(commitments.begin(), commitments.end(), [&](const Commitment& commitment) {
    const auto& ordinals = commitment.ordinals;
    return commitment.unit == member.unit && commitment.request == pin_of(pin).request &&
           std::find(ordinals.begin(), ordinals.end(), member.ordinal) != ordinals.end();
  });
}

void RowTable::count_commitments() {
  for (const auto& commitment : problem_->data().commitments)
    count_commitment(commitment);
}

void RowTable::count_commitment(const Commitment& commitment) {
  const ScenarioData& data = problem_->data();
  const auto days = commitment_days(*problem_->scenario, commitment);
  const auto term =
      escort_term_of(*problem_->scenario, data.units[commitment.unit], data.agreements[commitment.agreement]);
  User user{commitment.unit,
            commitment.agreement,
            commitment.borrower,
            commitment.request,
            commitment.incident,
            std::nullopt,
            false};
  if (term && !commitment.request) {
    for (std::size_t g = 0; g < problem_->escort_groups.size(); ++g) {
      const EscortGroup& group = problem_->escort_groups[g];
      if (group.agreement == commitment.agreement && group.lender == data.units[commitment.unit].agency &&
          group.borrower == commitment.borrower && group.term == *term)
        user.escort_group = g;
    }
  }
  std::vector<Entry> entries;
  use_away(user, days.away, entries);
  for (const auto& stay : days.stays) {
    user.request = stay.request;
    user.incident = stay.incident;
    user.borrower = stay.borrower;
    for (const auto& piece : stay.pieces) {
      use_assigned(user, piece, entries);
      if (piece.moving.first < piece.moving.last)
        use_escorted(user, stay.borrower, piece.moving, entries);
      if (piece.shadow.first < piece.shadow.last)
        use_handover(stay.request, piece.shadow.first, -1.0, entries);
    }
    if (stay.leaves)
      use_handover(stay.request, *stay.leaves, 1.0, entries);
  }
  const auto ordinals = static_cast<double>(commitment.ordinals.size());
  for (const auto& entry : entries)
    committed_[static_cast<std::size_t>(entry.row)] += entry.amount * ordinals;
  for (std::size_t i = 0; i < pin_.size(); ++i)
    if (pin_[i] != kNone && data.decisions[i].unit == commitment.unit &&
        data.decisions[i].request == commitment.request)
      committed_[static_cast<std::size_t>(row(pin_[i], 0))] += ordinals;
}

int RowTable::available(const ReserveSubject& subject, Day day) const {
  const ScenarioData& data = problem_->data();
  const auto is_there = [&](const Unit& unit) {
    return unit.agency == subject.agency && unit.kind == subject.kind && unit.available.contains(day) &&
           std::none_of(unit.down.begin(), unit.down.end(), [&](const auto& period) { return period.contains(day); });
  };
  int count = 0;
  for (const auto& unit : data.units)
    if (is_there(unit))
      count += unit.count;
  std::set<std::pair<UnitIndex, int>> others;  // on the agency's own incidents, or at rest
  for (const auto& commitment : data.commitments) {
    if (!is_there(data.units[commitment.unit]))
      continue;
    const bool on_own = data.agreements[commitment.agreement].own_forces && commitment.depart <= day;
    const bool is_meant = day <= commitment.home ? on_own : day < rested_after(*problem_->scenario, commitment);
    if (!is_meant)
      continue;
    for (const int ordinal : commitment.ordinals)
      others.insert({commitment.unit, ordinal});
  }
  return count - static_cast<int>(others.size());
}

double RowTable::cap_of(const RowGroup& group, int column) const {
  const ScenarioData& data = problem_->data();
  const Day day = data.horizon.day(column);
  switch (group.family) {
    case RowFamily::Coverage: {
      const Request& request = data.requests[RequestIndex(group.subject)];
      if (!request.need.contains(day))
        return 0.0;
      const int overfill =
          request.measure == Measure::People ? largest_unit_persons(*problem_->scenario, request) - 1 : 0;
      return request.quantity + overfill;
    }
    case RowFamily::Capacity:
      return *data.incidents[IncidentIndex(group.subject)].capacity_persons;
    case RowFamily::Reserve: {
      const ReserveSubject& subject = reserves_[group.subject];
      const int level = problem_->scenario->level_on(subject.agency, day);
      const double share = data.policy.exportable_share.at(static_cast<std::size_t>(level - 1)).value;
      const int there = available(subject, day);
      const int less = data.agencies[subject.agency].kept_less_of(subject.kind);
      return std::min<double>(there, std::floor(there * share + kRoundingSlack) + less);
    }
    case RowFamily::Offer: {
      double sum = 0.0;
      for (const auto& offer : data.offers)
        if (same_offer(offers_[group.subject], offer) && offer.when.contains(day))
          sum += offer.quantity;
      return sum;
    }
    case RowFamily::Lift: {
      double seats = 0.0;
      for (const std::size_t f : lifts_on(data, problem_->routes[group.subject], day))
        seats += static_cast<double>(data.lifts[f].seats) * data.lifts[f].max_uses;
      return seats;
    }
    case RowFamily::Pool:
      return data.pools[PoolIndex(group.subject)].people_on(day);
    default:
      return kUnlimited;
  }
}

void RowTable::set_limits_of(std::size_t group) {
  const ScenarioData& data = problem_->data();
  for (int t = 0; t < columns_; ++t) {
    const auto r = static_cast<std::size_t>(row(group, t));
    const double cap = cap_of(groups_[group], t);
    if (cap < kUnlimited)
      limit_[r] = std::max(cap, committed_[r]) - committed_[r];
    if (groups_[group].family == RowFamily::Coverage && t < data.horizon.days) {
      const Request& request = data.requests[RequestIndex(groups_[group].subject)];
      if (request.need.contains(data.horizon.day(t)))
        wanted_[r] = std::max(0.0, request.quantity - committed_[r]);
    }
  }
}

void RowTable::set_limits() {
  const ScenarioData& data = problem_->data();
  for (std::size_t group = 0; group < groups_.size(); ++group) {
    set_limits_of(group);
    if (groups_[group].family == RowFamily::Pin) {
      const auto r = static_cast<std::size_t>(row(group, 0));
      wanted_[r] = std::max(0.0, data.decisions[groups_[group].subject].quantity - committed_[r]);
    }
  }
  set_announced();
  set_packages();
  for (std::size_t g = 0; g < problem_->escort_groups.size(); ++g)
    set_escort_limits(g);
}

// What commitments alone require on a day or soon after and do not have.
void RowTable::set_escort_limits(std::size_t escort_group) {
  const EscortTerms& term = problem_->term_of(problem_->escort_groups[escort_group]);
  for (int t = 0; t < columns_; ++t) {
    int required = 0;
    for (int s = t; s <= std::min(t + term.ahead_days, columns_ - 1); ++s)
      required = std::max(required, required_escorts(term, committed(row(escort_persons_[escort_group], s))));
    const auto present = static_cast<std::size_t>(row(escorts_present_[escort_group], t));
    wanted_[present] = std::max(0.0, required - committed_[present]);
  }
}

}  // namespace relevo::planner
