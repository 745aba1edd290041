// SPDX-License-Identifier: MIT
// Section 4 of docs/model.md: assignments with the same agreement, lender, borrower, base, departure, release and home
// form a contingent. Committed and new assignments may form two.
#include "planner/check/contingents.hpp"
#include "planner/check/rules.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace relevo::planner::checking {

namespace {

bool has_known_records(const ScenarioData& data, const Contingent& c) {
  return knows(data.agreements, c.agreement) && knows(data.agencies, c.lender) && knows(data.agencies, c.borrower) &&
         knows(data.bases, c.muster);
}

class ContingentJudge {
 public:
  ContingentJudge(const Journeys& journeys, const Ledger& ledger, const Contingent& contingent, Verdict& verdict)
      : journeys_(journeys),
        ledger_(ledger),
        contingent_(contingent),
        verdict_(verdict),
        members_(journeys.who_name(contingent.id)) {}

  void judge() {
    if (members_.empty())
      report("contingent.empty", 0);
    for (const Timeline* member : members_)
      if (key_of(*member) != key_of(contingent_))
        report("contingent.member", 0, {{"assignment", member->subject()}});
    judge_persons();
    judge_commitment();
    judge_lead();
    judge_representative();
  }

 private:
  void report(std::string_view code, int amount, MessageArgs args = {}) {
    verdict_.report({.code = code,
                     .subject = contingent_.id,
                     .day = contingent_.depart,
                     .amount = static_cast<double>(amount),
                     .args = std::move(args)});
  }

  // Escorts included.
  void judge_persons() {
    long real = 0;
    for (const Timeline* member : members_)
      real += member->unit->persons;
    if (real != contingent_.persons)
      verdict_.report({.code = "contingent.persons",
                       .subject = contingent_.id,
                       .day = contingent_.depart,
                       .amount = static_cast<double>(contingent_.persons) - static_cast<double>(real),
                       .args = {{"said", std::to_string(contingent_.persons)}, {"real", std::to_string(real)}}});
  }
  void judge_commitment() {
    const bool all = std::ranges::all_of(members_, [](const Timeline* m) { return m->committed; });
    if (!members_.empty() && contingent_.commitment != all)
      report("contingent.commitment", 0);
  }
  // The assignment of that id stands for the contingent and has the role.
  bool is_escort_of(const std::string& assignment_id, EscortTerms::Role role) const {
    return std::ranges::any_of(journeys_.escorts_for(contingent_), [&](const Timeline* escort) {
      return escort->assignment->id == assignment_id && escort->assignment->escort == role &&
             journeys_.stands_for(contingent_, *escort);
    });
  }
  void judge_lead() {
    const bool has_lead = std::ranges::any_of(
        members_, [](const Timeline* m) { return m->assignment->escort == EscortTerms::Role::Lead; });
    const bool is_wrong =
        contingent_.lead.empty() ? has_lead : !is_escort_of(contingent_.lead, EscortTerms::Role::Lead);
    if (is_wrong)
      report("contingent.lead", 0, {{"named", contingent_.lead}});
  }

  // Empty is right where none is demanded, or where none of the roster is there (then rule (4) speaks).
  bool may_be_without() const {
    const bool has_someone = std::ranges::any_of(journeys_.escorts_for(contingent_), [&](const Timeline* escort) {
      return escort->assignment->escort == EscortTerms::Role::Representative &&
             journeys_.stands_for(contingent_, *escort);
    });
    return std::ranges::none_of(representatives_of(ledger_, contingent_), [&](const EscortGroup* group) {
      return is_wanted(*group, contingent_) && (group->terms->supply == EscortTerms::Supply::Implicit || has_someone);
    });
  }
  void judge_representative() {
    const std::string& named = contingent_.representative;
    bool is_right = true;
    if (named.empty())
      is_right = contingent_.commitment || may_be_without();
    else if (named == "implicit")
      is_right = std::ranges::any_of(representatives_of(ledger_, contingent_), [](const EscortGroup* group) {
        return group->terms->supply == EscortTerms::Supply::Implicit;
      });
    else
      is_right = is_escort_of(named, EscortTerms::Role::Representative);
    if (!is_right)
      report("contingent.representative", 0, {{"named", named}});
  }

  const Journeys& journeys_;
  const Ledger& ledger_;
  const Contingent& contingent_;
  Verdict& verdict_;
  const std::vector<const Timeline*>& members_;
};

// Every assignment is in a contingent of the plan, and the same journey is one contingent.
void judge_membership(const Evidence& evidence, const std::set<std::string>& ids, Verdict& verdict) {
  std::map<std::pair<JourneyKey, bool>, std::string> contingent_of;
  for (const Timeline& timeline : evidence.timelines) {
    if (may_travel_alone(timeline))
      continue;
    const std::string& id = timeline.assignment->contingent_id;
    if (!ids.contains(id)) {
      verdict.report({.code = "contingent.missing", .subject = timeline.subject(), .args = {{"contingent", id}}});
      continue;
    }
    const auto [it, is_first] = contingent_of.emplace(std::pair(key_of(timeline), timeline.committed), id);
    if (!is_first && it->second != id)
      verdict.report({.code = "contingent.split",
                      .subject = timeline.subject(),
                      .day = timeline.away_first(),
                      .args = {{"contingent", id}, {"other", it->second}}});
  }
}

}  // namespace

JourneyKey key_of(const Timeline& timeline) {
  const Assignment& a = *timeline.assignment;
  return {a.agreement, timeline.unit->agency, a.borrower, timeline.unit->base, a.depart, a.release, a.home};
}

JourneyKey key_of(const Contingent& c) {
  return {c.agreement, c.lender, c.borrower, c.muster, c.depart, c.release, c.home};
}

bool is_member(const Contingent& c, const Timeline& timeline) {
  return timeline.committed == c.commitment && key_of(timeline) == key_of(c);
}

Journeys::Journeys(const Evidence& evidence) {
  for (const Timeline& timeline : evidence.timelines) {
    const Assignment& a = *timeline.assignment;
    by_id_[a.contingent_id].push_back(&timeline);
    const std::pair arrival(timeline.is_escort(), a.arrive);  // units come before escorts
    const auto [first, is_new] = arrivals_.emplace(std::pair(key_of(timeline), timeline.committed), arrival);
    if (!is_new)
      first->second = std::min(first->second, arrival);
    if (a.escort)
      escorts_[{a.agreement, timeline.unit->agency, a.borrower}].push_back(&timeline);
  }
}

const std::vector<const Timeline*>& Journeys::who_name(const std::string& contingent_id) const {
  const auto found = by_id_.find(contingent_id);
  return found == by_id_.end() ? nobody_ : found->second;
}

std::optional<Day> Journeys::arrival_of(const Contingent& contingent) const {
  const auto found = arrivals_.find({key_of(contingent), contingent.commitment});
  return found == arrivals_.end() ? std::nullopt : std::optional(found->second.second);
}

const std::vector<const Timeline*>& Journeys::escorts_for(const Contingent& contingent) const {
  const auto found = escorts_.find({contingent.agreement, contingent.lender, contingent.borrower});
  return found == escorts_.end() ? nobody_ : found->second;
}

bool Journeys::stands_for(const Contingent& contingent, const Timeline& escort) const {
  const Assignment& a = *escort.assignment;
  if (!a.escort || a.agreement != contingent.agreement || escort.unit->agency != contingent.lender ||
      a.borrower != contingent.borrower)
    return false;
  if (is_member(contingent, escort))
    return true;
  const std::optional<Day> arrival = arrival_of(contingent);
  if (!arrival || escort.duties.empty() || escort.duties.back().day < *arrival)
    return false;
  return std::ranges::all_of(escort.agreement->escorts,
                             [&](const EscortTerms& terms) {
                               return terms.role != *a.escort || a.arrive + Days{terms.ahead_days} <= *arrival;
                             }) &&
         a.arrive <= *arrival;
}

std::vector<const EscortGroup*> representatives_of(const Ledger& ledger, const Contingent& contingent) {
  std::vector<const EscortGroup*> groups;
  for (const EscortGroup& group : ledger.escorts)
    if (group.agreement == contingent.agreement && group.lender == contingent.lender &&
        group.borrower == contingent.borrower && group.terms->role == EscortTerms::Role::Representative)
      groups.push_back(&group);
  return groups;
}

bool is_wanted(const EscortGroup& group, const Contingent& contingent) {
  return std::ranges::any_of(group.persons, [&](const auto& entry) {
    return contingent.depart <= entry.first && entry.first <= contingent.home &&
           group.required_for(entry.second.all) > 0;
  });
}

bool may_travel_alone(const Timeline& timeline) {
  return timeline.agreement->own_forces && timeline.assignment->contingent_id.empty();
}

void judge_contingents(const Evidence& evidence, const Ledger& ledger, Verdict& verdict) {
  const Journeys journeys(evidence);
  std::set<std::string> ids;
  for (const Contingent& contingent : evidence.plan->contingents) {
    if (contingent.id.empty() || !ids.insert(contingent.id).second)
      verdict.report({.code = "contingent.id", .subject = contingent.id});
    if (has_known_records(evidence.data(), contingent))
      ContingentJudge(journeys, ledger, contingent, verdict).judge();
    else
      verdict.report({.code = "plan.index", .subject = contingent.id});
  }
  judge_membership(evidence, ids, verdict);
}

}  // namespace relevo::planner::checking
