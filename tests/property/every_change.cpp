// SPDX-License-Identifier: MIT
#include "tests/property/every_change.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace relevo::test {

using namespace planner;  // NOLINT(google-build-using-namespace): a test helper made of the model's types

namespace {

class Lister {
 public:
  Lister(const ScenarioData& data, RequestIndex line, int most_steps)
      : data_(data), line_(line), request_(data.requests[line]), most_steps_(most_steps) {
    for (const auto& agreement : data.agreements)
      for (const auto& term : agreement.escorts)
        if (term.supply == EscortTerms::Supply::Roster)
          escort_kinds_.insert(*data.kinds.find(term.kind));
  }

  std::vector<Change> list() {
    of_line();
    of_answers();
    for (const auto unit : data_.units.indices())
      of_row(unit);
    for (const auto agreement : data_.agreements.indices())
      of_agreement(agreement);
    of_resources();
    return std::move(all_);
  }

 private:
  Change of(ChangeKind kind) const {
    Change change;
    change.kind = kind;
    change.line = line_;
    return change;
  }

  void add(Change change, int most) {
    for (change.size = 1; change.size <= std::min(most, most_steps_); ++change.size)
      all_.push_back(change);
  }

  void of_line() {
    if (request_.unit)
      add(of(ChangeKind::Unname), 1);
    if (!request_.channel.empty())
      add(of(ChangeKind::OpenChannel), 1);
    add(of(ChangeKind::LowerMinFill), request_.min_fill - 1);
    if (!request_.package.empty())
      add(of(ChangeKind::SplitPackage), 1);
    int lower = 0;
    for (const auto& type : data_.kinds.kinds[request_.kind].types)
      lower += type.rank > request_.rank ? 1 : 0;
    add(of(ChangeKind::LowerType), lower);
    auto behaviour = request_.fire_behaviour;
    if (!behaviour && request_.incident)
      behaviour = data_.incidents[*request_.incident].fire_behaviour;
    add(of(ChangeKind::CalmFire), behaviour ? static_cast<int>(*behaviour) : 0);
    const Day last = data_.horizon.first + Days{data_.horizon.days};
    add(of(ChangeKind::NeedLater), std::min(7, static_cast<int>((last - request_.need.last).count())));
    add(of(ChangeKind::NeedEarlier),
        std::min(7, static_cast<int>((request_.need.first - std::max(data_.as_of, data_.horizon.first)).count())));
  }

  void of_answers() {
    for (std::size_t i = 0; i < data_.decisions.size(); ++i) {
      const auto& decision = data_.decisions[i];
      Change change = of(decision.action == Decision::Action::Pin ? ChangeKind::LiftPin : ChangeKind::LiftForbid);
      change.row = i;
      const bool is_meant = !decision.unit || is_meant_row(*decision.unit);
      const bool is_here = decision.action == Decision::Action::Pin || !decision.request || *decision.request == line_;
      add(change, is_meant && is_here ? 1 : 0);
    }
    for (const auto agency : data_.agencies.indices()) {
      Change accept = of(ChangeKind::Accept);
      accept.agency = agency;
      const bool has_said_no =
          std::any_of(data_.responses.begin(), data_.responses.end(), [&](const Response& response) {
            return response.request == line_ && response.agency == agency &&
                   (response.answer == Response::Answer::Declined || response.answer == Response::Answer::Recalled);
          });
      add(accept, has_said_no ? 1 : 0);
      Change reserve = of(ChangeKind::ReleaseReserve);
      reserve.agency = agency;
      reserve.unit_kind = request_.kind;
      add(reserve, 7);
    }
    for (std::size_t i = 0; i < data_.offers.size(); ++i) {
      const auto& offer = data_.offers[i];
      bool is_first = offer.kind == request_.kind;
      for (std::size_t j = 0; j < i; ++j)
        is_first = is_first && !(data_.offers[j].agency == offer.agency && data_.offers[j].kind == offer.kind &&
                                 data_.offers[j].type == offer.type && data_.offers[j].channel == offer.channel);
      Change change = of(ChangeKind::EnlargeOffer);
      change.row = i;
      add(change, is_first ? 7 : 0);
    }
    for (std::size_t i = 0; i < data_.recalls.size(); ++i) {
      Change change = of(ChangeKind::PostponeRecall);
      change.row = i;
      add(change, 7);
    }
  }

  bool is_meant_row(UnitIndex unit) const {
    return data_.units[unit].kind == request_.kind || escort_kinds_.contains(data_.units[unit].kind);
  }

  void of_row(UnitIndex index) {
    if (!is_meant_row(index))
      return;
    const Unit& unit = data_.units[index];
    const auto row = [&](ChangeKind kind, int most, const std::string& word = {}) {
      Change change = of(kind);
      change.unit = index;
      change.word = word;
      add(change, most);
    };
    std::set<std::string> documents;
    for (const auto& agreement : data_.agreements)
      for (const auto& rule : agreement.mobilization.documents)
        documents.insert(rule.document);
    const auto holds = [](const std::vector<std::string>& words, const std::string& word) {
      return std::find(words.begin(), words.end(), word) != words.end();
    };
    for (const auto& document : documents)
      row(ChangeKind::GiveDocument, holds(unit.documents, document) ? 0 : 1, document);
    row(ChangeKind::RenewFitness, unit.fitness_valid_to ? 1 : 0);
    if (unit.kind == request_.kind) {
      row(ChangeKind::GiveInterpreter, holds(unit.qualifications, "interpreter") ? 0 : 1);
      for (const auto& word : request_.qualifications)
        row(ChangeKind::Qualify, holds(unit.qualifications, word) ? 0 : 1, word);
      row(ChangeKind::AddUnit, 7);
    } else {
      Change change = of(ChangeKind::AddEscort);
      change.unit = index;
      add(change, 7);
    }
    const auto late = static_cast<int>((unit.available.first - data_.horizon.first).count());
    row(ChangeKind::ComeEarlier, std::min(7, std::max(0, late)));
    row(ChangeKind::StayLater, unit.available.last < kLastDay ? 7 : 0);
    row(ChangeKind::EndDowntime, unit.down.empty() ? 0 : 1);
    row(ChangeKind::Rest, unit.days_worked);
  }

  void of_agreement(AgreementIndex index) {
    const Agreement& agreement = data_.agreements[index];
    const auto of_it = [&](ChangeKind kind, int most) {
      Change change = of(kind);
      change.agreement = index;
      add(change, most);
    };
    of_it(ChangeKind::ShrinkMovement, agreement.contingent.min_persons.value - 1);
    of_it(ChangeKind::ShortenNotice,
          agreement.mobilization.notice_days.value + agreement.mobilization.muster_days.value);
    const bool is_bounded = agreement.in_force.first > kFirstDay || agreement.in_force.last < kLastDay;
    of_it(ChangeKind::ProlongForce, is_bounded ? 7 : 0);
    of_it(ChangeKind::ExtendTour, 7);
    of_it(ChangeKind::ProlongStay, agreement.tour.max_deployment_days.value ? 7 : 0);
    of_it(ChangeKind::ShortenStay, agreement.tour.min_line_days.value - 1);
    of_it(ChangeKind::CoverKind, agreement.kinds.empty() ? 0 : 1);
    for (const auto agency : data_.agencies.indices()) {
      const bool has_units = std::any_of(data_.units.begin(), data_.units.end(), [&](const Unit& unit) {
        return unit.agency == agency && unit.kind == request_.kind;
      });
      Change change = of(ChangeKind::AddParty);
      change.agreement = index;
      change.agency = agency;
      add(change, has_units && agreement.own_forces == (agency == request_.borrower) ? 1 : 0);
    }
  }

  void of_resources() {
    for (std::size_t i = 0; i < data_.lifts.size(); ++i) {
      Change change = of(ChangeKind::AddLift);
      change.row = i;
      add(change, 7);
    }
    for (const auto pool : data_.pools.indices()) {
      Change change = of(ChangeKind::EnlargePool);
      change.pool = pool;
      for (const auto unit : data_.units.indices())
        for (const auto& share : data_.units[unit].pools)
          if (is_meant_row(unit) && share.pool == pool)
            change.people = std::max(change.people, share.persons);
      add(change, change.people > 0 ? 7 : 0);
    }
    if (request_.incident && data_.incidents[*request_.incident].capacity_persons) {
      Change change = of(ChangeKind::EnlargeCapacity);
      for (const auto& unit : data_.units)
        if (unit.kind == request_.kind)
          change.people = std::max(change.people, unit.persons);
      add(change, change.people > 0 ? 7 : 0);
    }
    const bool has_kind = std::any_of(data_.units.begin(), data_.units.end(),
                                      [&](const Unit& unit) { return unit.kind == request_.kind; });
    for (const auto base : data_.bases.indices()) {
      Change change = of(ChangeKind::AddUnit);
      change.unit_kind = request_.kind;
      change.base = base;
      add(change, has_kind ? 0 : 7);
    }
    new_escorts();
  }

  /// A lender of the kind without an escort of a kind gets some at the base of its first row.
  void new_escorts() {
    for (const auto agency : data_.agencies.indices())
      for (const auto kind : escort_kinds_) {
        std::optional<BaseIndex> base;
        bool has_escort = false;
        for (const auto& unit : data_.units) {
          if (unit.agency == agency && unit.kind == request_.kind && !base)
            base = unit.base;
          has_escort = has_escort || (unit.agency == agency && unit.kind == kind);
        }
        Change change = of(ChangeKind::AddEscort);
        change.unit_kind = kind;
        change.base = base;
        add(change, base && !has_escort ? 7 : 0);
      }
  }

  const ScenarioData& data_;
  RequestIndex line_;
  const Request& request_;
  int most_steps_;
  std::set<KindIndex> escort_kinds_;
  std::vector<Change> all_;
};

}  // namespace

std::vector<Change> every_change(const ScenarioData& data, RequestIndex line, int most_steps) {
  return Lister(data, line, most_steps).list();
}

}  // namespace relevo::test
