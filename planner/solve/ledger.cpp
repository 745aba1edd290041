// SPDX-License-Identifier: MIT
#include "planner/solve/ledger.hpp"

#include "planner/solve/tolerances.hpp"

#include <algorithm>
#include <cmath>

namespace relevo::planner {

Ledger::Ledger(const Problem& problem, const RowTable& rows, std::set<int> closed)
    : problem_(problem),
      rows_(rows),
      closed_(std::move(closed)),
      use_(rows.size(), 0.0),
      busy_(problem.classes.size()),
      escort_duties_(problem.escort_groups.size()) {
  for (std::size_t c = 0; c < problem.classes.size(); ++c) {
    busy_[c].resize(problem.classes[c].members.size());
    for (std::size_t d = 0; d < problem.classes[c].duties.size(); ++d)
      if (const auto& group = problem.classes[c].duties[d].escort_group)
        escort_duties_[*group].push_back({c, d});
  }
}

std::vector<Entry> Ledger::uses_of(const Deployment& deployment) const {
  const UnitClass& unit_class = problem_.classes[deployment.unit_class];
  std::vector<Entry> uses;
  std::optional<int> depart = deployment.depart;
  for (const auto& block : deployment.blocks) {
    rows_.use(unit_class, block, depart, uses);
    depart.reset();
  }
  return uses;
}

Span Ledger::busy_span(const Deployment& deployment) const {
  return {deployment.depart, rested_after(problem_.classes[deployment.unit_class], deployment)};
}

void Ledger::apply(const std::vector<Entry>& uses, double sign) {
  for (const auto& entry : uses)
    use_[static_cast<std::size_t>(entry.row)] += sign * entry.amount;
}

std::optional<int> Ledger::first_broken(const Deployment& deployment) const {
  for (const auto& entry : uses_of(deployment))
    if (use(entry.row) + entry.amount > rows_.limit(entry.row) + kAmountTolerance || closed_.contains(entry.row))
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
  add_escort_groups(uses, recorded_groups_);
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

bool Ledger::is_whole(const std::string& package) const {
  const auto& requests = problem_.data().requests;
  for (const auto request : requests.indices()) {
    if (requests[request].package != package)
      continue;
    for (int t = 0; t < rows_.columns(); ++t) {
      const int row = rows_.row(rows_.assigned_group(request), t);
      if (use(row) + rows_.committed(row) < rows_.whole(row))
        return false;
    }
  }
  return true;
}

// Because of those who are there on the day or soon after it, where bookings are among them.
double Ledger::needed_escorts(std::size_t escort_group, int t) const {
  const EscortTerms& term = problem_.term_of(problem_.escort_groups[escort_group]);
  double needed = 0.0;
  for (int s = t; s <= std::min(t + term.ahead_days, rows_.columns() - 1); ++s) {
    const int persons = rows_.row(rows_.escort_persons_group(escort_group), s);
    if (use(persons) > 0.0)
      needed = std::max<double>(needed, required_escorts(term, rows_.committed(persons) + use(persons)));
  }
  return needed;
}

std::optional<int> Ledger::missing_escort(std::size_t escort_group) const {
  if (problem_.term_of(problem_.escort_groups[escort_group]).supply != EscortTerms::Supply::Roster)
    return std::nullopt;
  for (int t = 0; t < rows_.columns(); ++t) {
    const int present = rows_.row(rows_.escorts_present_group(escort_group), t);
    const double there = rows_.committed(present) + rows_.wanted(present) + use(present);
    if (there < needed_escorts(escort_group, t) - kAmountTolerance)
      return t;
  }
  return std::nullopt;
}

/// The deployment with that departure, in place on the first of `days` and working as many of them as it can.
std::optional<Deployment> Ledger::escort_deployment(std::size_t unit_class, std::size_t duty,
                                                    const DepartureDays::Departure& departure, Span days) const {
  const PairOption& option = problem_.classes[unit_class].duties[duty].option;
  const int depart = departure.day;
  Deployment escort{unit_class, depart, {}};
  int line = option.terms.first_line(depart);
  int cap = departure.first_tour_cap;
  for (int tour = 0; tour < option.terms.max_tours && line < days.last; ++tour) {
    Block block;
    block.duty = duty;
    block.first_line = line;
    block.line_days = std::min({cap, days.last - line, option.need_last - line});
    if (block.line_days < (tour == 0 ? option.terms.min_line_days : 1) ||
        !option.may_end(option.terms.counted_from(depart), block.end() - 1) ||
        !option.may_be_away(depart, option.terms.home(block.end() - 1) + 1))
      break;
    if (tour > 0)
      escort.blocks.back().then = Block::Then::TakesDaysOff;
    escort.blocks.push_back(block);
    cap = option.terms.max_line_days;
    line = block.end() + option.terms.days_off;
  }
  if (escort.blocks.empty() || escort.blocks.back().end() <= days.first)
    return std::nullopt;
  return escort;
}

bool Ledger::book_escort(std::size_t escort_group, int first) {
  int last = first;  // one past the run of days without enough escorts
  for (int t = first; t < rows_.columns(); ++t)
    if (use(rows_.row(rows_.escort_persons_group(escort_group), t)) > 0.0)
      last = t + 1;
  for (const auto& [c, d] : escort_duties_[escort_group]) {
    // The latest departure that is in place on `first`.
    const auto& option = problem_.classes[c].duties[d].option;
    const auto departure = option.departures.latest_by(first - option.terms.first_line(0));
    if (!departure)
      continue;
    const auto escort = escort_deployment(c, d, *departure, {first, last});
    if (escort && book_alone(*escort, nullptr))
      return true;
  }
  return false;
}

/// Groups whose people become more.
void Ledger::add_escort_groups(const std::vector<Entry>& uses, std::set<std::size_t>& groups) const {
  for (const auto& entry : uses) {
    const RowGroup& group = rows_.groups()[rows_.group_of(entry.row)];
    if (group.family == RowFamily::EscortPersons)
      groups.insert(group.subject);
  }
}

// Only groups with more people can have come to miss an escort; those that record() has filled may have before.
bool Ledger::book(const Deployment& deployment, std::optional<int>* broken) {
  const std::size_t before = bookings_.size();
  if (!book_alone(deployment, broken))
    return false;
  std::set<std::size_t> groups = recorded_groups_;
  add_escort_groups(bookings_.back().uses, groups);
  for (const std::size_t g : groups) {
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
