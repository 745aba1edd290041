// SPDX-License-Identifier: MIT
#include "planner/solve/rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace relevo::planner {

namespace {

constexpr double kUnlimited = std::numeric_limits<double>::infinity();

/// Guards floor() against 5 x 0.8 = 3.9999999.
constexpr double kRoundingSlack = 1e-9;

bool same_offer(const OfferSubject& a, const Offer& b) {
  return a.agency == b.agency && a.kind == b.kind && a.type == b.type && a.channel == b.channel;
}

int required_escorts(const EscortTerms& term, double persons) {
  if (persons <= term.threshold)
    return 0;
  return static_cast<int>(std::ceil(persons / term.per_persons - kRoundingSlack));
}

}  // namespace

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

void RowTable::make_groups() {
  const ScenarioData& data = problem_->data();
  const auto add_all = [&](RowFamily family, std::vector<std::size_t>& positions, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      positions.push_back(groups_.size());
      add_group(family, i);
    }
  };
  add_all(RowFamily::Coverage, coverage_, data.requests.size());
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
  std::set<std::pair<AgencyIndex, KindIndex>> lenders;
  for (const auto& unit : data.units)
    lenders.insert({unit.agency, unit.kind});
  for (const auto& [agency, kind] : lenders)
    reserves_.push_back({agency, kind});
  add_all(RowFamily::Reserve, reserve_, reserves_.size());
  for (const auto& offer : data.offers) {
    const bool known =
        std::any_of(offers_.begin(), offers_.end(), [&](const auto& subject) { return same_offer(subject, offer); });
    if (!known)
      offers_.push_back({offer.agency, offer.kind, offer.type, offer.channel});
  }
  add_all(RowFamily::Offer, offer_, offers_.size());
  add_all(RowFamily::EscortPersons, escort_persons_, problem_->escort_groups.size());
  add_all(RowFamily::EscortsPresent, escorts_present_, problem_->escort_groups.size());
  add_all(RowFamily::Pool, pool_, data.pools.size());
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
    for (std::size_t i = 0; i < reserves_.size(); ++i)
      if (reserves_[i].agency == unit.agency && reserves_[i].kind == unit.kind)
        span(reserve_[i], away, 1.0, out);
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
  for (std::size_t g = 0; g < problem_->escort_groups.size(); ++g) {
    const EscortGroup& group = problem_->escort_groups[g];
    if (user.escort_group) {
      if (*user.escort_group == g)
        span(escorts_present_[g], piece.assigned, 1.0, out);
    } else if (group.agreement == user.agreement && group.lender == unit.agency && group.borrower == user.borrower) {
      span(escort_persons_[g], piece.assigned, unit.persons, out);
    }
  }
}

void RowTable::use(const User& user, const Piece& piece, std::vector<Entry>& out) const {
  use_assigned(user, piece, out);
  use_away(user, piece.away, out);
}

void RowTable::use(const UnitClass& unit_class, const Duty& duty, const Piece& piece, std::vector<Entry>& out) const {
  User user{unit_class.exemplar, duty.option.agreement, duty.borrower, duty.request,
            std::nullopt,        duty.escort_group,     true};
  if (duty.request)
    user.incident = problem_->data().requests[*duty.request].incident;
  use(user, piece, out);
}

std::vector<std::size_t> RowTable::pins_of(const UnitClass& unit_class) const {
  std::vector<std::size_t> pins;
  for (const std::size_t group : pin_)
    if (group != kNone && pin_of(group).unit == unit_class.exemplar)
      pins.push_back(group);
  return pins;
}

void RowTable::count_commitments() {
  const ScenarioData& data = problem_->data();
  std::vector<Entry> entries;
  for (const auto& commitment : data.commitments) {
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
    entries.clear();
    use_away(user, days.away, entries);
    for (const auto& piece : days.pieces)
      use_assigned(user, piece, entries);
    const auto ordinals = static_cast<double>(commitment.ordinals.size());
    for (const auto& entry : entries)
      committed_[static_cast<std::size_t>(entry.row)] += entry.amount * ordinals;
    for (std::size_t i = 0; i < pin_.size(); ++i)
      if (pin_[i] != kNone && data.decisions[i].unit == commitment.unit &&
          data.decisions[i].request == commitment.request)
        committed_[static_cast<std::size_t>(row(pin_[i], 0))] += ordinals;
  }
}

int RowTable::available(const ReserveSubject& subject, Day day) const {
  const ScenarioData& data = problem_->data();
  int count = 0;
  for (const auto& unit : data.units)
    if (unit.agency == subject.agency && unit.kind == subject.kind && unit.available.contains(day))
      count += unit.count;
  for (const auto& commitment : data.commitments) {
    const Unit& unit = data.units[commitment.unit];
    if (unit.agency == subject.agency && unit.kind == subject.kind &&
        data.agreements[commitment.agreement].own_forces && commitment.depart <= day && day <= commitment.home &&
        unit.available.contains(day))
      count -= static_cast<int>(commitment.ordinals.size());
  }
  return count;
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
      return std::floor(available(subject, day) * share + kRoundingSlack);
    }
    case RowFamily::Offer: {
      double sum = 0.0;
      for (const auto& offer : data.offers)
        if (same_offer(offers_[group.subject], offer) && offer.when.contains(day))
          sum += offer.quantity;
      return sum;
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
  for (std::size_t g = 0; g < problem_->escort_groups.size(); ++g) {
    const EscortTerms& term = problem_->term_of(problem_->escort_groups[g]);
    for (int t = 0; t < columns_; ++t) {
      const auto present = static_cast<std::size_t>(row(escorts_present_[g], t));
      const double persons = committed_[static_cast<std::size_t>(row(escort_persons_[g], t))];
      wanted_[present] = std::max(0.0, required_escorts(term, persons) - committed_[present]);
    }
  }
}

}  // namespace relevo::planner
