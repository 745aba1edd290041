// SPDX-License-Identifier: MIT
// Rule (9) of section 3: nearer forces come first. A unit stands in for another: same days at the same requests, under
// an agreement of a lower tier; the changed plan is judged again.
#include "planner/check/rules.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace relevo::planner::checking {

namespace {

// Whole plans judged again in one check, and assignments of these together: seconds at most. Beyond that, what is left
// is not looked into.
constexpr std::size_t kMostTrials = 200;
constexpr std::size_t kMostJudgedAgain = 400'000;

struct StandIn {
  UnitIndex unit{0U};
  AgreementIndex agreement{0U};
};

class PrecedenceSearch {
 public:
  explicit PrecedenceSearch(const Evidence& evidence) : data_(evidence.data()), changed_(evidence) {
    for (const Timeline& timeline : evidence.timelines)
      absences_[{timeline.assignment->unit, timeline.assignment->ordinal}].push_back(
          {timeline.away_first(), timeline.rested()});
    for (const AgreementIndex agreement : data_.agreements.indices())
      nearest_first_.push_back(agreement);
    std::ranges::stable_sort(nearest_first_, {}, [&](AgreementIndex a) { return tier_of(a); });
  }

  int tier_of(AgreementIndex agreement) const { return data_.agreements[agreement].precedence.tier; }

  std::optional<StandIn> find(std::size_t position) {
    const Timeline& replaced = changed_.timelines[position];
    for (const AgreementIndex agreement : nearest_first_) {
      if (tier_of(agreement) >= replaced.agreement->precedence.tier)
        break;
      for (const UnitIndex unit : data_.units.indices())
        if (may_stand_in(replaced, unit, agreement) && try_unit(position, {unit, agreement}))
          return StandIn{unit, agreement};
    }
    return std::nullopt;
  }

 private:
  using Ordinal = std::pair<UnitIndex, int>;

  bool may_stand_in(const Timeline& replaced, UnitIndex index, AgreementIndex agreement) const {
    const Unit& unit = data_.units[index];
    const bool own = unit.agency == replaced.assignment->borrower;
    return unit.kind == replaced.unit->kind && own == data_.agreements[agreement].own_forces;
  }

  // The days it would be away follow from its own journeys and the agreement's orientation.
  std::optional<Assignment> stand_in(const Timeline& replaced, StandIn who) const {
    const Unit& unit = data_.units[who.unit];
    Assignment a = *replaced.assignment;
    a.unit = who.unit;
    a.agreement = who.agreement;
    const auto journey_to = [&](const Stint& stint) {
      return data_.travel.find({unit.base, destination_of(data_, a, stint), unit.kind, who.agreement});
    };
    const geo::Itinerary* out = journey_to(a.stints.front());
    const geo::Itinerary* back = journey_to(a.stints.back());
    if (out == nullptr || back == nullptr)
      return std::nullopt;
    const Kind& kind = data_.kinds.kinds[unit.kind];
    const TourTerms& tour = data_.agreements[who.agreement].tour;
    const Days orientation{kind.crewed ? tour.orientation_days.value : 0};
    const Day last = replaced.duties.back().day;
    a.depart = replaced.duties.front().day - orientation - Days{out->days};
    a.arrive = a.depart + Days{std::max(out->days, 1) - 1};
    a.release = back->days == 0 ? last : last + Days{1};
    a.home = last + Days{back->days};
    const bool rests = kind.crewed && !kind.relieved;
    a.rested = a.home + Days{1 + (rests ? tour.rest_days_home.value : kind.refurbish_days)};
    a.outbound = *out;
    return a;
  }

  bool is_at_home(Ordinal ordinal, const Assignment& a) const {
    const auto it = absences_.find(ordinal);
    return it == absences_.end() || std::ranges::none_of(it->second, [&](const DayInterval& away) {
             return a.depart < away.last && away.first < a.rested;
           });
  }

  // Identical ordinals differ only in what they are committed to, so the first of each sort is enough.
  bool try_unit(std::size_t position, StandIn who) {
    std::optional<Assignment> a = stand_in(changed_.timelines[position], who);
    if (!a)
      return false;
    bool tried_free = false;
    for (a->ordinal = 1; a->ordinal <= data_.units[who.unit].count; ++a->ordinal) {
      const Ordinal ordinal{who.unit, a->ordinal};
      const bool is_free = !absences_.contains(ordinal);
      if ((is_free && tried_free) || !is_at_home(ordinal, *a))
        continue;
      tried_free = tried_free || is_free;
      if (breaks_nothing(position, *a))
        return true;
    }
    return false;
  }

  bool breaks_nothing(std::size_t position, const Assignment& a) {
    Verdict alone;
    Timeline timeline = make_timeline(data_, a, alone);
    judge_deployment(data_, timeline, alone);
    judge_pair(data_, timeline, alone);
    if (!alone.is_clean() || trials_ >= kMostTrials || trials_ * changed_.timelines.size() >= kMostJudgedAgain)
      return false;
    ++trials_;
    std::swap(changed_.timelines[position], timeline);
    const Ledger ledger = add_up(changed_);
    Verdict verdict;
    judge_ordinals(changed_, verdict);
    judge_requests(changed_, ledger, verdict);
    judge_lenders(changed_, ledger, verdict);
    judge_seats(changed_, ledger, verdict);
    judge_movements(changed_, ledger, verdict);
    std::swap(changed_.timelines[position], timeline);
    return verdict.is_clean();
  }

  const ScenarioData& data_;
  Evidence changed_;
  std::map<Ordinal, std::vector<DayInterval>> absences_;
  std::vector<AgreementIndex> nearest_first_;
  std::size_t trials_ = 0;
};

bool are_alike(const Timeline& a, const Timeline& b) {
  const Assignment& left = *a.assignment;
  const Assignment& right = *b.assignment;
  return left.unit == right.unit && left.agreement == right.agreement && left.borrower == right.borrower &&
         left.depart == right.depart && left.home == right.home && left.stints == right.stints;
}

}  // namespace

void remark_precedence(const Evidence& evidence, Verdict& verdict) {
  PrecedenceSearch search(evidence);
  std::vector<std::pair<const Timeline*, std::optional<StandIn>>> found;
  for (std::size_t i = 0; i < evidence.timelines.size(); ++i) {
    const Timeline& timeline = evidence.timelines[i];
    if (timeline.committed || !timeline.is_lent() || timeline.duties.empty())
      continue;
    auto known = std::ranges::find_if(found, [&](const auto& entry) { return are_alike(*entry.first, timeline); });
    if (known == found.end())
      known = found.insert(found.end(), {&timeline, search.find(i)});
    if (const auto& who = known->second)
      verdict.remark(
          {.code = "precedence.nearer",
           .subject = timeline.subject(),
           .day = timeline.away_first(),
           .amount = static_cast<double>(timeline.agreement->precedence.tier - search.tier_of(who->agreement)),
           .args = {{"unit", evidence.data().units[who->unit].id},
                    {"agreement", evidence.data().agreements[who->agreement].id}}});
  }
}

}  // namespace relevo::planner::checking
