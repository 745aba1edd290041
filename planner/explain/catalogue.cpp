// SPDX-License-Identifier: MIT
#include "planner/explain/change.hpp"
#include "planner/rules/pair_rules.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace relevo::planner {

namespace {

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool share_word(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const auto& word) { return has(b, word); });
}

bool is_same_sum(const Offer& a, const Offer& b) {
  return a.agency == b.agency && a.kind == b.kind && a.type == b.type && a.channel == b.channel;
}

class CatalogueMaker {
 public:
  CatalogueMaker(const Scenario& scenario, RequestIndex line)
      : scenario_(scenario), data_(scenario.data()), line_index_(line), line_(data_.requests[line]) {
    for (const auto& agreement : data_.agreements)
      for (const auto& term : agreement.escorts)
        if (const auto kind = data_.kinds.find(term.kind); kind && term.supply == EscortTerms::Supply::Roster)
          escort_kinds_.insert(*kind);
    for (const auto& unit : data_.units)
      if (unit.kind == line_.kind)
        lenders_.insert(unit.agency);
  }

  std::vector<CatalogueEntry> make() {
    add_line();
    add_decisions();
    add_lenders();
    for (const auto unit : data_.units.indices())
      add_row(unit);
    for (const auto agreement : data_.agreements.indices())
      add_agreement(agreement);
    add_escorts();
    add_shared();
    add_units();
    std::stable_sort(entries_.begin(), entries_.end(),
                     [](const CatalogueEntry& a, const CatalogueEntry& b) { return a.change.kind < b.change.kind; });
    return std::move(entries_);
  }

 private:
  Change of(ChangeKind kind) const {
    Change change;
    change.kind = kind;
    change.line = line_index_;
    return change;
  }

  void add(Change change, int most) {
    if (most > 0)
      entries_.push_back({std::move(change), most});
  }

  int days_up_to(Day from, Day to) const {
    return std::clamp<int>(static_cast<int>((to - from).count()), 0, kMostSteps);
  }

  void add_line() {
    const Horizon& horizon = data_.horizon;
    add(of(ChangeKind::Unname), line_.unit ? 1 : 0);
    add(of(ChangeKind::OpenChannel), line_.channel.empty() ? 0 : 1);
    add(of(ChangeKind::LowerMinFill), line_.min_fill - 1);
    add(of(ChangeKind::SplitPackage), line_.package.empty() ? 0 : 1);
    std::set<int> lower;
    for (const auto& type : data_.kinds.kinds[line_.kind].types)
      if (type.rank > line_.rank)
        lower.insert(type.rank);
    add(of(ChangeKind::LowerType), static_cast<int>(lower.size()));
    auto behaviour = line_.fire_behaviour;
    if (!behaviour && line_.incident)
      behaviour = data_.incidents[*line_.incident].fire_behaviour;
    add(of(ChangeKind::CalmFire), behaviour ? static_cast<int>(*behaviour) : 0);
    add(of(ChangeKind::NeedLater), days_up_to(line_.need.last, horizon.last()));
    add(of(ChangeKind::NeedEarlier), days_up_to(std::max(horizon.first, data_.as_of), line_.need.first));
  }

  bool is_meant(const Decision& decision) const {
    if (!decision.unit)
      return true;
    const KindIndex kind = data_.units[*decision.unit].kind;
    return kind == line_.kind || escort_kinds_.contains(kind);
  }

  void add_decisions() {
    for (std::size_t i = 0; i < data_.decisions.size(); ++i) {
      const Decision& decision = data_.decisions[i];
      const bool is_pin = decision.action == Decision::Action::Pin;
      if (!is_meant(decision) || (!is_pin && decision.request && *decision.request != line_index_))
        continue;
      Change change = of(is_pin ? ChangeKind::LiftPin : ChangeKind::LiftForbid);
      change.row = i;
      add(std::move(change), 1);
    }
  }

  bool has_declined(AgencyIndex agency) const {
    const Response* last = nullptr;
    for (const auto& response : data_.responses)
      if (response.request == line_index_ && response.agency == agency &&
          (last == nullptr || response.when >= last->when))
        last = &response;
    return last != nullptr &&
           (last->answer == Response::Answer::Declined || last->answer == Response::Answer::Recalled);
  }

  bool keeps_reserve(AgencyIndex agency) const {
    for (int t = 0; t < data_.horizon.days; ++t) {
      const int level = scenario_.level_on(agency, data_.horizon.day(t));
      if (data_.policy.exportable_share.at(static_cast<std::size_t>(level - 1)).value < 1.0)
        return true;
    }
    return false;
  }

  void add_lenders() {
    for (const auto agency : data_.agencies.indices()) {
      Change accept = of(ChangeKind::Accept);
      accept.agency = agency;
      add(std::move(accept), has_declined(agency) ? 1 : 0);
      Change reserve = of(ChangeKind::ReleaseReserve);
      reserve.agency = agency;
      reserve.unit_kind = line_.kind;
      add(std::move(reserve), lenders_.contains(agency) && keeps_reserve(agency) ? kMostSteps : 0);
    }
    for (std::size_t i = 0; i < data_.offers.size(); ++i) {
      const Offer& offer = data_.offers[i];
      const auto before = data_.offers.begin() + static_cast<std::ptrdiff_t>(i);
      const bool is_first =
          std::none_of(data_.offers.begin(), before, [&](const Offer& other) { return is_same_sum(other, offer); });
      Change change = of(ChangeKind::EnlargeOffer);
      change.row = i;
      add(std::move(change), offer.kind == line_.kind && is_first ? kMostSteps : 0);
    }
    for (std::size_t i = 0; i < data_.recalls.size(); ++i) {
      Change change = of(ChangeKind::PostponeRecall);
      change.row = i;
      add(std::move(change), kMostSteps);
    }
  }

  void add_row(UnitIndex index) {
    const Unit& unit = data_.units[index];
    if (unit.kind != line_.kind && !escort_kinds_.contains(unit.kind))
      return;
    const auto of_row = [&](ChangeKind kind) {
      Change change = of(kind);
      change.unit = index;
      return change;
    };
    if (data_.kinds.kinds[unit.kind].crewed)
      add_documents(index, unit);
    if (unit.kind == line_.kind)
      add_skills(index, unit);
    const bool runs_out = unit.fitness_valid_to && *unit.fitness_valid_to + Days{1} < data_.horizon.last();
    add(of_row(ChangeKind::RenewFitness), runs_out ? 1 : 0);
    add(of_row(ChangeKind::ComeEarlier), days_up_to(data_.horizon.first, unit.available.first));
    add(of_row(ChangeKind::StayLater), days_up_to(unit.available.last, kLastDay));
    add(of_row(ChangeKind::EndDowntime), unit.down.empty() ? 0 : 1);
    add(of_row(ChangeKind::Rest), unit.days_worked);
  }

  void add_documents(UnitIndex index, const Unit& unit) {
    std::set<std::string> missing;
    for (const auto& agreement : data_.agreements)
      for (const auto& rule : agreement.mobilization.documents)
        if (!has(unit.documents, rule.document) && !share_word(unit.documents, rule.alternatives))
          missing.insert(rule.document);
    for (const auto& document : missing) {
      Change change = of(ChangeKind::GiveDocument);
      change.unit = index;
      change.word = document;
      add(std::move(change), 1);
    }
  }

  void add_skills(UnitIndex index, const Unit& unit) {
    const auto is_foreign = [&](const std::vector<std::string>& languages) {
      return !languages.empty() && !share_word(languages, unit.languages);
    };
    // Who can serve another line sets those free who serve it now.
    const bool needs_interpreter =
        std::any_of(data_.requests.begin(), data_.requests.end(),
                    [&](const auto& r) { return r.kind == unit.kind && is_foreign(r.languages); }) ||
        std::any_of(data_.agreements.begin(), data_.agreements.end(),
                    [&](const auto& a) { return is_foreign(a.language.working); });
    Change interpreter = of(ChangeKind::GiveInterpreter);
    interpreter.unit = index;
    const bool may_use = data_.kinds.kinds[unit.kind].crewed && !has(unit.qualifications, "interpreter");
    add(std::move(interpreter), may_use && needs_interpreter ? 1 : 0);
    for (const auto& wanted : line_.qualifications) {
      Change change = of(ChangeKind::Qualify);
      change.unit = index;
      change.word = wanted;
      add(std::move(change), has(unit.qualifications, wanted) ? 0 : 1);
    }
  }

  void add_agreement(AgreementIndex index) {
    const Agreement& agreement = data_.agreements[index];
    const TourTerms& tour = agreement.tour;
    const auto of_agreement = [&](ChangeKind kind) {
      Change change = of(kind);
      change.agreement = index;
      return change;
    };
    const Kind& kind = data_.kinds.kinds[line_.kind];
    const bool is_whole =
        agreement.in_force.first <= data_.horizon.first && agreement.in_force.last >= data_.horizon.last();
    const bool has_tours =
        (kind.crewed && !kind.relieved) || (tour.days_off_in_place.value == 0 && tour.max_tours.value > 1);
    const bool covers = agreement.kinds.empty() || has(agreement.kinds, kind.id);
    add(of_agreement(ChangeKind::ShrinkMovement), agreement.contingent.min_persons.value - 1);
    add(of_agreement(ChangeKind::ShortenNotice),
        agreement.mobilization.notice_days.value + agreement.mobilization.muster_days.value);
    add(of_agreement(ChangeKind::ProlongForce), is_whole ? 0 : kMostSteps);
    add(of_agreement(ChangeKind::ExtendTour), has_tours ? kMostSteps : 0);
    add(of_agreement(ChangeKind::ProlongStay), tour.max_deployment_days.value ? kMostSteps : 0);
    add(of_agreement(ChangeKind::ShortenStay), tour.min_line_days.value - 1);
    add(of_agreement(ChangeKind::CoverKind), covers ? 0 : 1);
    for (const auto lender : lenders_) {
      Change change = of_agreement(ChangeKind::AddParty);
      change.agency = lender;
      const bool is_open = agreement.own_forces != (lender == line_.borrower) ||
                           agreement_covers_parties(scenario_, agreement, lender, line_.borrower);
      add(std::move(change), is_open ? 0 : 1);
    }
  }

  std::optional<BaseIndex> base_of(AgencyIndex agency) const {
    for (const auto& unit : data_.units)
      if (unit.agency == agency && unit.kind == line_.kind)
        return unit.base;
    return std::nullopt;
  }

  bool has_row(AgencyIndex agency, KindIndex kind) const {
    return std::any_of(data_.units.begin(), data_.units.end(),
                       [&](const Unit& unit) { return unit.agency == agency && unit.kind == kind; });
  }

  void add_escorts() {
    for (const auto index : data_.units.indices())
      if (escort_kinds_.contains(data_.units[index].kind)) {
        Change change = of(ChangeKind::AddEscort);
        change.unit = index;
        add(std::move(change), kMostSteps);
      }
    for (const auto lender : lenders_)
      for (const auto kind : escort_kinds_) {
        if (has_row(lender, kind) || !is_escorted(lender, kind))
          continue;
        Change change = of(ChangeKind::AddEscort);
        change.unit_kind = kind;
        change.base = base_of(lender);
        add(std::move(change), kMostSteps);
      }
  }

  /// Whether what the agency lends to the line's borrower needs escorts of the kind.
  bool is_escorted(AgencyIndex lender, KindIndex kind) const {
    for (const auto& agreement : data_.agreements)
      if (agreement_covers_parties(scenario_, agreement, lender, line_.borrower))
        for (const auto& term : agreement.escorts)
          if (term.supply == EscortTerms::Supply::Roster && term.kind == data_.kinds.kinds[kind].id)
            return true;
    return false;
  }

  void add_shared() {
    for (std::size_t i = 0; i < data_.lifts.size(); ++i) {
      Change change = of(ChangeKind::AddLift);
      change.row = i;
      add(std::move(change), kMostSteps);
    }
    for (const auto pool : data_.pools.indices()) {
      Change change = of(ChangeKind::EnlargePool);
      change.pool = pool;
      for (const auto& unit : data_.units)
        if (unit.kind == line_.kind || escort_kinds_.contains(unit.kind))
          for (const auto& share : unit.pools)
            change.people = share.pool == pool ? std::max(change.people, share.persons) : change.people;
      const int most = change.people > 0 ? kMostSteps : 0;
      add(std::move(change), most);
    }
    if (line_.incident && data_.incidents[*line_.incident].capacity_persons) {
      Change change = of(ChangeKind::EnlargeCapacity);
      for (const auto& unit : data_.units)
        if (unit.kind == line_.kind)
          change.people = std::max(change.people, unit.persons);
      const int most = change.people > 0 ? kMostSteps : 0;
      add(std::move(change), most);
    }
  }

  void add_units() {
    for (const auto index : data_.units.indices())
      if (data_.units[index].kind == line_.kind) {
        Change change = of(ChangeKind::AddUnit);
        change.unit = index;
        add(std::move(change), kMostSteps);
      }
    if (!lenders_.empty())
      return;
    for (const auto base : data_.bases.indices()) {
      const AgencyIndex agency = data_.bases[base].agency;
      const bool may_lend = std::any_of(data_.agreements.begin(), data_.agreements.end(), [&](const auto& agreement) {
        return agreement_covers_parties(scenario_, agreement, agency, line_.borrower);
      });
      Change change = of(ChangeKind::AddUnit);
      change.unit_kind = line_.kind;
      change.base = base;
      add(std::move(change), may_lend ? kMostSteps : 0);
    }
  }

  const Scenario& scenario_;
  const ScenarioData& data_;
  RequestIndex line_index_;
  const Request& line_;
  std::set<KindIndex> escort_kinds_;
  std::set<AgencyIndex> lenders_;  ///< who has units of the line's kind
  std::vector<CatalogueEntry> entries_;
};

}  // namespace

std::vector<CatalogueEntry> catalogue_for(const Scenario& scenario, RequestIndex line) {
  return CatalogueMaker(scenario, line).make();
}

}  // namespace relevo::planner
