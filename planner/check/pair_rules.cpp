// SPDX-License-Identifier: MIT
// Section 2 of docs/model.md: who may serve a request. (P15) is (D1)-(D9), judged with the deployments.
#include "planner/check/parties.hpp"
#include "planner/check/rules.hpp"

#include <algorithm>
#include <set>

namespace relevo::planner::checking {

namespace {

bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

// Reports about one assignment, and about its stay at one request.
class PairJudge {
 public:
  PairJudge(const ScenarioData& data, const Timeline& timeline, Verdict& verdict)
      : data_(data), timeline_(timeline), verdict_(verdict) {}

  void judge() {
    judge_agreement();
    judge_departure_day();
    if (timeline_.is_escort())
      judge_escort();
    for (const RequestIndex request : requests())
      judge_request(request);
  }

 private:
  const Unit& unit() const noexcept { return *timeline_.unit; }
  const Agreement& agreement() const noexcept { return *timeline_.agreement; }
  Day depart() const noexcept { return timeline_.away_first(); }

  std::set<RequestIndex> requests() const {
    std::set<RequestIndex> all;
    for (const Stint& stint : timeline_.assignment->stints)
      if (stint.request)
        all.insert(*stint.request);
    return all;
  }
  void report(std::string_view code, MessageArgs args, double amount = 0.0) {
    verdict_.report(
        {.code = code, .subject = timeline_.subject(), .day = depart(), .amount = amount, .args = std::move(args)},
        blame(timeline_.committed));
  }
  MessageArgs cites(const Provenance& from) const { return {{"clause", clause_of(timeline_, from)}}; }

  void judge_parties(AgencyIndex borrower);
  void judge_agreement();
  void judge_departure_day();
  void judge_escort();
  void judge_request(RequestIndex index);
  void judge_ability(const Request& request);
  void judge_fire_behaviour(const Request& request);
  void judge_wishes(RequestIndex index);
  void judge_terms(const Request& request);
  bool is_forbidden(std::optional<RequestIndex> request) const;
  bool has_refused(RequestIndex request) const;
  bool speaks_enough(const Request& request) const;

  const ScenarioData& data_;
  const Timeline& timeline_;
  Verdict& verdict_;
};

// (P6) lender and borrower.
void PairJudge::judge_parties(AgencyIndex borrower) {
  const AgencyIndex lender = unit().agency;
  if ((lender == borrower) != agreement().own_forces || !may_lend(data_, agreement(), lender, borrower))
    report("pair.agreement", {{"agreement", agreement().id},
                              {"lender", data_.agencies[lender].id},
                              {"borrower", data_.agencies[borrower].id}});
}

// (P6), and (P11) a way from the base to every place.
void PairJudge::judge_agreement() {
  judge_parties(timeline_.assignment->borrower);
  const bool has_place = !timeline_.assignment->stints.empty();
  if (has_place && !timeline_.reaches_all)
    report("pair.travel", {});
}

// (P12), (P12b)-(P14): what must hold on the day of departure.
void PairJudge::judge_departure_day() {
  if (!agreement().in_force.contains(depart()))
    report("pair.in_force", cites(agreement().from));
  if (const auto effective = recalled_from(data_, timeline_); effective && depart() >= *effective)
    report("pair.recalled", {{"lender", data_.agencies[unit().agency].id}, {"from", format_day(*effective)}},
           days_between(*effective, depart()) + 1);
  for (const DocumentRule& rule : agreement().mobilization.documents) {
    if (!timeline_.kind->crewed || !rule.in_force.contains(depart()) || contains(unit().documents, rule.document) ||
        share_a_word(unit().documents, rule.alternatives))
      continue;
    MessageArgs args = cites(rule.from);
    args.emplace_back("document", rule.document);
    report("pair.document", std::move(args));
  }
  if (unit().fitness_valid_to && depart() > *unit().fitness_valid_to)
    report("pair.fitness", {{"until", format_day(*unit().fitness_valid_to)}},
           days_between(*unit().fitness_valid_to, depart()));
}

// Rule (4): roster escorts are units of the lender of the escort kind. (P4) holds where all requests are forbidden.
void PairJudge::judge_escort() {
  const bool is_right = std::ranges::any_of(agreement().escorts, [&](const EscortTerms& terms) {
    return terms.role == *timeline_.assignment->escort && terms.supply == EscortTerms::Supply::Roster &&
           terms.kind == timeline_.kind->id;
  });
  if (!is_right)
    report("escort.kind", {{"kind", timeline_.kind->id}, {"agreement", agreement().id}});
  if (is_forbidden(std::nullopt))
    report("pair.forbidden", {{"request", ""}});
}

void PairJudge::judge_request(RequestIndex index) {
  const Request& request = data_.requests[index];
  // (P6): whose unit it is at first; those it moves on to are (D8)'s.
  const Stint& first = timeline_.assignment->stints.front();
  if (first.request == index && request.borrower != timeline_.assignment->borrower)
    report("pair.borrower", {{"request", request.id}, {"borrower", data_.agencies[timeline_.assignment->borrower].id}});
  if (request.borrower != timeline_.assignment->borrower)
    judge_parties(request.borrower);
  judge_ability(request);
  judge_wishes(index);
  judge_terms(request);
}

// (P1), (P2), (P9): kind, type and qualifications.
void PairJudge::judge_ability(const Request& request) {
  const std::string& kind = data_.kinds.kinds[request.kind].id;
  if (unit().kind != request.kind)
    report("pair.kind", {{"request", request.id}, {"wanted", kind}, {"kind", timeline_.kind->id}});
  if (unit().rank > request.rank)
    report("pair.type", {{"request", request.id}, {"wanted", request.type}, {"type", unit().type}},
           unit().rank - request.rank);
  judge_fire_behaviour(request);
  for (const std::string& qualification : request.qualifications)
    if (!contains(unit().qualifications, qualification))
      report("pair.qualification", {{"request", request.id}, {"qualification", qualification}});
}

// (P2b): what the request states, or else its incident. A kind without types faces everything.
void PairJudge::judge_fire_behaviour(const Request& request) {
  auto behaviour = request.fire_behaviour;
  if (!behaviour && request.incident)
    behaviour = data_.incidents[*request.incident].fire_behaviour;
  const KindType* type = timeline_.kind->find_type(unit().type);
  if (!behaviour || type == nullptr || (type->faces && *type->faces >= *behaviour))
    return;
  const int ranks = static_cast<int>(*behaviour) - (type->faces ? static_cast<int>(*type->faces) : -1);
  report("pair.fire_behaviour", {{"request", request.id}, {"type", unit().type}}, ranks);
}

// (P3)-(P5): what the borrower, the coordinator and the lender have said about this pair.
void PairJudge::judge_wishes(RequestIndex index) {
  const Request& request = data_.requests[index];
  if (request.unit && *request.unit != timeline_.assignment->unit)
    report("pair.named", {{"request", request.id},
                          {"wanted", knows(data_.units, *request.unit) ? data_.units[*request.unit].id : "?"}});
  if (is_forbidden(index))
    report("pair.forbidden", {{"request", request.id}});
  if (has_refused(index))
    report("pair.declined", {{"request", request.id}, {"lender", data_.agencies[unit().agency].id}});
}

// (P7), (P8), (P10): channel, kinds covered, languages.
void PairJudge::judge_terms(const Request& request) {
  if (!request.channel.empty() && request.channel != agreement().id && request.channel != agreement().family)
    report("pair.channel", {{"request", request.id}, {"channel", request.channel}, {"agreement", agreement().id}});
  if (!agreement().kinds.empty() && !contains(agreement().kinds, timeline_.kind->id)) {
    MessageArgs args = cites(agreement().kinds_from);
    args.emplace_back("kind", timeline_.kind->id);
    report("pair.covered", std::move(args));
  }
  if (!speaks_enough(request)) {
    MessageArgs args = cites(agreement().language.from);
    args.emplace_back("request", request.id);
    report("pair.language", std::move(args));
  }
}

bool PairJudge::is_forbidden(std::optional<RequestIndex> request) const {
  return std::ranges::any_of(data_.decisions, [&](const Decision& decision) {
    if (decision.action != Decision::Action::Forbid || (!decision.unit && !decision.agency))
      return false;
    return (!decision.unit || *decision.unit == timeline_.assignment->unit) &&
           (!decision.agency || *decision.agency == unit().agency) &&
           (!decision.request || decision.request == request);
  });
}

// (P5): the lender's last answer counts; answers without a day come before those with one.
bool PairJudge::has_refused(RequestIndex request) const {
  const Response* last = nullptr;
  for (const Response& response : data_.responses) {
    if (response.request != request || response.agency != unit().agency)
      continue;
    if (last == nullptr || response.when >= last->when)
      last = &response;
  }
  return last != nullptr && (last->answer == Response::Answer::Declined || last->answer == Response::Answer::Recalled);
}

bool PairJudge::speaks_enough(const Request& request) const {
  const auto speaks_one_of = [&](const std::vector<std::string>& languages) {
    return !timeline_.kind->crewed || languages.empty() || share_a_word(unit().languages, languages);
  };
  const bool brings_interpreters = std::ranges::any_of(
      agreement().escorts, [](const EscortTerms& terms) { return terms.role == EscortTerms::Role::Interpreter; });
  return contains(unit().qualifications, "interpreter") || brings_interpreters ||
         (speaks_one_of(request.languages) && speaks_one_of(agreement().language.working));
}

}  // namespace

void judge_pair(const ScenarioData& data, const Timeline& timeline, Verdict& verdict) {
  PairJudge(data, timeline, verdict).judge();
}

void judge_pairs(const Evidence& evidence, Verdict& verdict) {
  for (const Timeline& timeline : evidence.timelines)
    judge_pair(evidence.data(), timeline, verdict);
}

}  // namespace relevo::planner::checking
