// SPDX-License-Identifier: MIT
#include "planner/solve/duty_uses.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace relevo::planner {

GroupFinder::GroupFinder(const Problem& problem, const RowTable& rows) : problem_(problem), rows_(rows) {
  groups_.resize(static_cast<std::size_t>(RowFamily::Pin) + 1);
  for (std::size_t g = 0; g < rows.groups().size(); ++g) {
    auto& of_family = groups_[static_cast<std::size_t>(rows.groups()[g].family)];
    const std::size_t subject = rows.groups()[g].subject;
    if (of_family.size() <= subject)
      of_family.resize(subject + 1, kNoGroup);
    of_family[subject] = static_cast<GroupIndex>(g);
  }
  for (std::size_t g = 0; g < problem.escort_groups.size(); ++g) {
    const EscortGroup& group = problem.escort_groups[g];
    escort_groups_[{group.agreement, group.lender, group.borrower}].push_back(g);
  }
}

GroupIndex GroupFinder::find(RowFamily family, std::size_t subject) const {
  const auto& of_family = groups_[static_cast<std::size_t>(family)];
  return subject < of_family.size() ? of_family[subject] : kNoGroup;
}

/// Makes the rows of one class; duties under one agreement, and at one borrower, share theirs.
struct GroupFinder::Builder {
  using Range = DutyUses::Range;

  const GroupFinder& finder;
  const Problem& problem;
  const RowTable& rows;
  const UnitClass& unit_class;
  const Unit& unit;
  ClassUses made;
  std::map<std::pair<AgreementIndex, bool>, Range> away_of;  // escorts apart
  std::map<std::pair<AgreementIndex, AgencyIndex>, Range> on_duty_of;

  template <class List>
  static Range from(std::size_t first, const List& list) {
    return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(list.size())};
  }

  void use(GroupIndex group, double amount) {
    if (group != kNoGroup && amount != 0.0)
      made.uses.push_back({group, amount});
  }

  void use_lender(const Agreement& agreement, bool is_escort) {
    if (!is_escort) {
      const auto& reserves = rows.reserve_subjects();
      for (std::size_t i = 0; i < reserves.size(); ++i)
        if (reserves[i].agency == unit.agency && reserves[i].kind == unit.kind)
          use(finder.find(RowFamily::Reserve, i), 1.0);
    }
    const auto& offers = rows.offer_subjects();
    for (std::size_t i = 0; i < offers.size(); ++i) {
      const OfferSubject& offer = offers[i];
      const bool meant = offer.agency == unit.agency && offer.kind == unit.kind &&
                         (offer.type.empty() || offer.type == unit.type) &&
                         (offer.channel.empty() || offer.channel == agreement.id || offer.channel == agreement.family);
      if (meant)
        use(finder.find(RowFamily::Offer, i), 1.0);
    }
  }

  Range away(const Duty& duty) {
    const bool is_escort = duty.escort_group.has_value();
    const auto [it, is_new] = away_of.try_emplace({duty.option.agreement, is_escort});
    if (!is_new)
      return it->second;
    const std::size_t first = made.uses.size();
    const Agreement& agreement = problem.data().agreements[duty.option.agreement];
    for (const auto& share : unit.pools)
      use(finder.find(RowFamily::Pool, share.pool.value()), share.persons);
    if (!agreement.own_forces)
      use_lender(agreement, is_escort);
    return it->second = from(first, made.uses);
  }

  Range on_duty(const Duty& duty) {
    if (duty.escort_group)
      return {};
    const auto [it, is_new] = on_duty_of.try_emplace({duty.option.agreement, duty.borrower});
    if (!is_new)
      return it->second;
    const std::size_t first = made.uses.size();
    const auto groups = finder.escort_groups_.find({duty.option.agreement, unit.agency, duty.borrower});
    if (groups != finder.escort_groups_.end())
      for (const std::size_t g : groups->second)
        use(finder.find(RowFamily::EscortPersons, g), escorted(*problem.scenario, unit, problem.escort_groups[g]));
    return it->second = from(first, made.uses);
  }

  Range flights(const Duty& duty, Direction direction) {
    const std::size_t first = made.flights.size();
    if (unit.persons > 0)
      for (const auto& flight : lift_flights(problem.routes, *duty.option.journey, direction))
        made.flights.push_back({finder.find(RowFamily::Lift, flight.route), flight.day});
    return from(first, made.flights);
  }

  GroupIndex movement(const Duty& duty, Direction direction) const {
    const MovementSubject subject{duty.option.agreement, unit.agency, duty.borrower, unit.base, direction};
    const auto& all = rows.movement_subjects();
    const auto it = std::lower_bound(all.begin(), all.end(), subject);
    return it == all.end() || *it != subject
               ? kNoGroup
               : finder.find(RowFamily::MovementUnits, static_cast<std::size_t>(it - all.begin()));
  }

  GroupIndex announced(const Duty& duty, Direction direction) const {
    const std::size_t group = rows.announced_group(unit_class, duty, direction);
    return group == RowTable::kNone ? kNoGroup : static_cast<GroupIndex>(group);
  }

  void serve(RequestIndex index, DutyUses& duty_uses) const {
    const ScenarioData& data = problem.data();
    const Request& request = data.requests[index];
    duty_uses.amount = request.measure == Measure::People ? unit.persons : 1.0;
    if (duty_uses.amount != 0.0) {
      duty_uses.coverage = finder.find(RowFamily::Coverage, index.value());
      duty_uses.assigned = finder.find(RowFamily::Assigned, index.value());
    }
    if (request.incident && unit.persons > 0)
      duty_uses.capacity = finder.find(RowFamily::Capacity, request.incident->value());
    duty_uses.handover = finder.find(RowFamily::Handover, index.value());
    duty_uses.handover_first = std::max(0, data.horizon.column(request.need.first));
    duty_uses.handover_last = std::min(data.horizon.days, data.horizon.column(request.need.last) - 1);
  }

  void add(const Duty& duty) {
    DutyUses duty_uses;
    duty_uses.away = away(duty);
    duty_uses.on_duty = on_duty(duty);
    duty_uses.out = flights(duty, Direction::Out);
    duty_uses.home = flights(duty, Direction::Home);
    if (duty.request)
      serve(*duty.request, duty_uses);
    duty_uses.announced_out = announced(duty, Direction::Out);
    duty_uses.announced_home = announced(duty, Direction::Home);
    if (duty.escort_group) {
      if (problem.term_of(problem.escort_groups[*duty.escort_group]).supply == EscortTerms::Supply::Roster)
        duty_uses.present = finder.find(RowFamily::EscortsPresent, *duty.escort_group);
    } else {
      duty_uses.moves_out = movement(duty, Direction::Out);
      duty_uses.moves_home = movement(duty, Direction::Home);
      if (duty_uses.moves_out != kNoGroup && unit.persons > 0) {
        const std::size_t group = rows.movement_persons_group(rows.groups()[duty_uses.moves_out].subject);
        duty_uses.persons_out = group == RowTable::kNone ? kNoGroup : static_cast<GroupIndex>(group);
      }
    }
    made.duties.push_back(duty_uses);
  }
};

ClassUses GroupFinder::uses_of(const UnitClass& unit_class) const {
  const Unit& unit = problem_.data().units[unit_class.exemplar];
  Builder builder{*this, problem_, rows_, unit_class, unit, {}, {}, {}};
  builder.made.persons = unit.persons;
  for (const auto& duty : unit_class.duties)
    builder.add(duty);
  return std::move(builder.made);
}

namespace {

class RunWriter {
 public:
  RunWriter(const ClassUses& rows, int columns, std::vector<RowRun>& runs)
      : rows_(rows), columns_(columns), runs_(runs) {}

  void add(GroupIndex group, Span days, double amount) {
    const int first = std::max(days.first, 0);
    const int last = std::min(days.last, columns_);
    if (group != kNoGroup && first < last)
      runs_.push_back({group, first, last, amount});
  }

  void add(DutyUses::Range uses, Span days) {
    for (auto i = uses.first; i < uses.last; ++i)
      add(rows_.uses[i].group, days, rows_.uses[i].amount);
  }

  void add_flights(DutyUses::Range flights, int day) {
    for (auto i = flights.first; i < flights.last; ++i)
      add(rows_.flights[i].group, on(day + rows_.flights[i].day), rows_.persons);
  }

  void add_handover(const DutyUses& duty, int day, double amount) {
    if (day >= duty.handover_first && day < duty.handover_last)
      add(duty.handover, on(day), amount);
  }

  static Span on(int day) { return {day, day + 1}; }

 private:
  const ClassUses& rows_;
  int columns_;
  std::vector<RowRun>& runs_;
};

}  // namespace

void append_runs(const UnitClass& unit_class, const ClassUses& class_uses, int columns, const Block& block,
                 std::optional<int> depart, std::vector<RowRun>& runs) {
  const DutyUses& duty = class_uses.duties[block.duty];
  const DeploymentTerms& terms = unit_class.duties[block.duty].option.terms;
  const Piece piece = piece_of(terms, block, depart);
  RunWriter out(class_uses, columns, runs);
  out.add(duty.coverage, piece.working, duty.amount);
  out.add(duty.assigned, piece.assigned, duty.amount);
  out.add(duty.capacity, piece.assigned, class_uses.persons);
  out.add(duty.present, piece.assigned, 1.0);
  out.add(duty.on_duty, piece.assigned);
  out.add(duty.away, piece.away);
  if (block.shadow)
    out.add_handover(duty, piece.shadow.first, -1.0);
  if (block.moved_from)
    out.add_handover(class_uses.duties[*block.moved_from], block.first_line - terms.days_off - 1, 1.0);
  if (block.then != Block::Then::TakesDaysOff)
    out.add_handover(duty, block.end() - 1, 1.0);
  if (block.then == Block::Then::MovesOn)
    out.add(class_uses.duties[block.next].on_duty, piece.moving);
  if (depart) {
    out.add_flights(duty.out, *depart);
    out.add(duty.moves_out, RunWriter::on(*depart), 1.0);
    out.add(duty.persons_out, RunWriter::on(*depart), class_uses.persons);
    out.add(duty.announced_out, RunWriter::on(*depart), 1.0);
  }
  if (block.then == Block::Then::GoesHome) {
    out.add_flights(duty.home, terms.release(block.end() - 1));
    out.add(duty.moves_home, RunWriter::on(terms.home(block.end() - 1)), 1.0);
    out.add(duty.announced_home, RunWriter::on(terms.home(block.end() - 1)), 1.0);
  }
}

}  // namespace relevo::planner
