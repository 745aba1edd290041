// SPDX-License-Identifier: MIT
#include "planner/solve/ledger.hpp"

#include <algorithm>
#include <cmath>

namespace relevo::planner {

namespace {

constexpr double kTolerance = 1e-9;

const DeploymentTerms& terms_of(const Problem& problem, const Deployment& d) {
  return problem.classes[d.unit_class].duties[d.duty].option.terms;
}

/// Escorts that `persons` people need.
double needed(const EscortTerms& term, double persons) {
  return persons <= term.threshold ? 0.0 : std::ceil(persons / term.per_persons - kTolerance);
}

}  // namespace

Ledger::Ledger(const Problem& problem, const RowTable& rows)
    : problem_(problem), rows_(rows), use_(rows.size(), 0.0), busy_(problem.classes.size()) {
  for (std::size_t c = 0; c < problem.classes.size(); ++c)
    busy_[c].resize(problem.classes[c].members.size());
}

std::vector<Entry> Ledger::uses_of(const Deployment& deployment) const {
  const UnitClass& unit_class = problem_.classes[deployment.unit_class];
  const Duty& duty = unit_class.duties[deployment.duty];
  std::vector<Entry> uses;
  for (const auto& piece : pieces_of(duty.option.terms, deployment))
    rows_.use(unit_class, duty, piece, uses);
  return uses;
}

Span Ledger::busy_span(const Deployment& deployment) const {
  const auto& last = deployment.tours.back();
  return {deployment.depart, terms_of(problem_, deployment).rested(last.first_line + last.line_days - 1)};
}

void Ledger::apply(const std::vector<Entry>& uses, double sign) {
  for (const auto& entry : uses)
    use_[static_cast<std::size_t>(entry.row)] += sign * entry.amount;
}

std::optional<int> Ledger::first_broken(const Deployment& deployment) const {
  for (const auto& entry : uses_of(deployment))
    if (use(entry.row) + entry.amount > rows_.limit(entry.row) + kTolerance)
      return entry.row;
  return std::nullopt;
}

std::optional<std::size_t> Ledger::free_member(const Deployment& deployment) const {
  const Span span = busy_span(deployment);
  const auto& members = busy_[deployment.unit_class];
  for (std::size_t m = 0; m < members.size(); ++m) {
    const bool is_free = std::all_of(members[m].begin(), members[m].end(), [&](const Busy& busy) {
      return busy.until <= span.first || span.last <= busy.from;
    });
    if (is_free)
      return m;
  }
  return std::nullopt;
}

bool Ledger::book_alone(const Deployment& deployment, std::optional<int>* broken) {
  const auto member = free_member(deployment);
  if (!member)
    return false;
  if (const auto row = first_broken(deployment)) {
    if (broken != nullptr)
      *broken = row;
    return false;
  }
  auto uses = uses_of(deployment);
  apply(uses, 1.0);
  const Span span = busy_span(deployment);
  busy_[deployment.unit_class][*member].push_back({span.first, span.last});
  bookings_.push_back({problem_.classes[deployment.unit_class].members[*member], *member, deployment, std::move(uses)});
  return true;
}

void Ledger::record(const Member& member, const Deployment& deployment) {
  const auto& members = problem_.classes[deployment.unit_class].members;
  const auto it = std::find_if(members.begin(), members.end(),
                               [&](const Member& m) { return m.unit == member.unit && m.ordinal == member.ordinal; });
  const auto position = static_cast<std::size_t>(it - members.begin());
  auto uses = uses_of(deployment);
  apply(uses, 1.0);
  const Span span = busy_span(deployment);
  busy_[deployment.unit_class][position].push_back({span.first, span.last});
  bookings_.push_back({member, position, deployment, std::move(uses)});
}

void Ledger::roll_back(std::size_t count) {
  while (bookings_.size() > count) {
    const Booking& last = bookings_.back();
    apply(last.uses, -1.0);
    busy_[last.deployment.unit_class][last.member_position].pop_back();
    bookings_.pop_back();
  }
}

std::optional<int> Ledger::missing_escort(std::size_t escort_group) const {
  const EscortTerms& term = problem_.term_of(problem_.escort_groups[escort_group]);
  if (term.supply != EscortTerms::Supply::Roster)
    return std::nullopt;
  for (int t = 0; t < rows_.columns(); ++t) {
    const int persons = rows_.row(rows_.escort_persons_group(escort_group), t);
    const int present = rows_.row(rows_.escorts_present_group(escort_group), t);
    const double there = rows_.committed(present) + rows_.wanted(present) + use(present);
    if (use(persons) > 0.0 && there < needed(term, rows_.committed(persons) + use(persons)) - kTolerance)
      return t;
  }
  return std::nullopt;
}

bool Ledger::book_escort(std::size_t escort_group, int first) {
  int last = first;  // one past the run of days without enough escorts
  for (int t = first; t < rows_.columns(); ++t)
    if (use(rows_.row(rows_.escort_persons_group(escort_group), t)) > 0.0)
      last = t + 1;
  for (std::size_t c = 0; c < problem_.classes.size(); ++c) {
    const auto& duties = problem_.classes[c].duties;
    for (std::size_t d = 0; d < duties.size(); ++d) {
      if (duties[d].escort_group != escort_group)
        continue;
      const auto& option = duties[d].option;
      // The latest departure that is in place on `first`.
      for (std::size_t i = option.departures.size(); i-- > 0;) {
        const int depart = option.departures[i];
        int line = option.terms.first_line(depart);
        if (line > first)
          continue;
        Deployment escort{c, d, depart, {}};
        int cap = option.first_tour_cap[i];
        for (int tour = 0; tour < option.terms.max_tours && line < last; ++tour) {
          const int days = std::min({cap, last - line, option.need_last - line});
          if (days < (tour == 0 ? option.terms.min_line_days : 1))
            break;
          if (!option.terms.deployment_fits(depart, line + days - 1))
            break;
          if (option.terms.home(line + days - 1) >= option.home_before)
            break;
          escort.tours.push_back({line, days});
          cap = option.terms.max_line_days;
          line += days + option.terms.days_off;
        }
        if (!escort.tours.empty() && escort.tours.back().first_line + escort.tours.back().line_days > first &&
            book_alone(escort, nullptr))
          return true;
        break;
      }
    }
  }
  return false;
}

bool Ledger::book(const Deployment& deployment, std::optional<int>* broken) {
  const std::size_t before = bookings_.size();
  if (!book_alone(deployment, broken))
    return false;
  for (std::size_t g = 0; g < problem_.escort_groups.size(); ++g) {
    while (const auto day = missing_escort(g)) {
      if (book_escort(g, *day))
        continue;
      if (broken != nullptr)
        *broken = rows_.row(rows_.escorts_present_group(g), *day);
      roll_back(before);
      return false;
    }
  }
  return true;
}

}  // namespace relevo::planner
