// SPDX-License-Identifier: MIT
#include "tests/support/oracle_words.hpp"

#include <algorithm>
#include <set>

namespace relevo::test {

using namespace planner;  // NOLINT(google-build-using-namespace): a test helper made of the model's types

namespace {

bool holds(const std::vector<std::string>& all, const std::string& word) {
  return std::find(all.begin(), all.end(), word) != all.end();
}

bool share_word(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&b](const std::string& word) { return holds(b, word); });
}

bool is_party(const ScenarioData& data, const std::vector<Party>& parties, AgencyIndex agency) {
  return std::any_of(parties.begin(), parties.end(), [&](const Party& party) {
    switch (party.scope) {
      case Party::Scope::Agency:
        return party.id == data.agencies[agency].id;
      case Party::Scope::Country:
        return party.id == data.agencies[agency].country;
      case Party::Scope::Anyone:
        return true;
    }
    return false;
  });
}

/// The numbers of section 1 for one service of one unit.
struct Numbers {
  int journey = 1;      // k
  int orientation = 0;  // o
  int line = 0;         // L
  int off = 0;          // O
  int tours = 1;        // K
  int least = 1;        // m
  int rest = 0;         // R
  int days_worked = 0;  // w of a departure before `fresh`
  Day fresh;
  std::optional<int> deployment;  // D
  bool travel_counts = true;
  double travel_cost = 0;
};

struct Choice {
  Service service;
  Numbers numbers;
};

/// Walks the days of one unit: at home it waits or departs, on the line it stays or stops.
class Walker {
 public:
  Walker(const Scenario& scenario, UnitIndex unit, Day first_departure)
      : data_(scenario.data()), index_(unit), unit_(data_.units[unit]), first_departure_(first_departure) {
    for (auto a : data_.agreements.indices())
      add_choices(a);
  }

  std::vector<Word> walk() {
    at_home(data_.horizon.first);
    return std::move(words_);
  }

 private:
  void add_choices(AgreementIndex agreement);
  void add_choice(const Service& service, Destination to);
  bool is_forbidden(const std::optional<RequestIndex>& request) const;
  bool may_serve(RequestIndex request, AgreementIndex agreement) const;
  bool has_refused(RequestIndex request) const;
  bool speaks(const std::vector<std::string>& request_languages, const Agreement& agreement) const;
  bool may_depart(const Choice& choice, Day day) const;

  void at_home(Day day);
  void depart(const Choice& choice, Day day);
  void tour(const Choice& choice, Stay& stay, Day day, int number, int most, int least);
  void go_home(const Choice& choice, const Stay& stay, Day day);

  const ScenarioData& data_;
  UnitIndex index_;
  const Unit& unit_;
  Day first_departure_;
  std::vector<Choice> choices_;
  Word word_;
  std::vector<Word> words_;
};

// (P4)
bool Walker::is_forbidden(const std::optional<RequestIndex>& request) const {
  return std::any_of(data_.decisions.begin(), data_.decisions.end(), [&](const Decision& decision) {
    if (decision.action != Decision::Action::Forbid)
      return false;
    if (decision.request && decision.request != request)
      return false;
    return decision.unit ? decision.unit == index_ : decision.agency == unit_.agency;
  });
}

// (P10)
bool Walker::speaks(const std::vector<std::string>& request_languages, const Agreement& agreement) const {
  if (!data_.kinds.kinds[unit_.kind].crewed || holds(unit_.qualifications, "interpreter"))
    return true;
  if (!request_languages.empty() && !share_word(request_languages, unit_.languages))
    return false;
  return agreement.language.working.empty() || share_word(agreement.language.working, unit_.languages);
}

// (P5): the last answer, by day and then by row.
bool Walker::has_refused(RequestIndex request) const {
  bool refused = false;
  std::optional<Day> latest;
  for (const auto& response : data_.responses) {
    if (response.request != request || response.agency != unit_.agency || response.when < latest)
      continue;
    latest = response.when;
    refused = response.answer == Response::Answer::Declined || response.answer == Response::Answer::Recalled;
  }
  return refused;
}

// (P1)-(P10); the journey (P11) is looked up by add_choice().
bool Walker::may_serve(RequestIndex request, AgreementIndex agreement_index) const {
  const Request& q = data_.requests[request];
  const Agreement& agreement = data_.agreements[agreement_index];
  if (q.kind != unit_.kind || unit_.rank > q.rank)
    return false;
  if (q.unit && *q.unit != index_)
    return false;
  if (is_forbidden(request))
    return false;
  if (has_refused(request))
    return false;
  if (!agreement_joins(data_, agreement, unit_.agency, q.borrower))
    return false;
  if (!q.channel.empty() && q.channel != agreement.id && q.channel != agreement.family)
    return false;
  if (!agreement.kinds.empty() && !holds(agreement.kinds, data_.kinds.kinds[unit_.kind].id))
    return false;
  for (const auto& qualification : q.qualifications)
    if (!holds(unit_.qualifications, qualification))
      return false;
  return speaks(q.languages, agreement);
}

void Walker::add_choices(AgreementIndex agreement_index) {
  const Agreement& agreement = data_.agreements[agreement_index];
  for (auto q : data_.requests.indices()) {
    const Request& request = data_.requests[q];
    if (may_serve(q, agreement_index))
      add_choice({agreement_index, request.borrower, q, std::nullopt},
                 request.incident ? Destination::incident(*request.incident) : Destination::agency(request.borrower));
  }
  // Where nobody can be, nobody needs an escort.
  std::set<AgencyIndex> borrowers;
  for (const auto& request : data_.requests)
    borrowers.insert(request.borrower);
  for (const auto& commitment : data_.commitments)
    borrowers.insert(commitment.borrower);
  for (std::size_t i = 0; i < agreement.escorts.size(); ++i) {
    const EscortTerms& term = agreement.escorts[i];
    if (term.supply != EscortTerms::Supply::Roster || term.kind != data_.kinds.kinds[unit_.kind].id)
      continue;
    if (is_forbidden(std::nullopt) || !speaks({}, agreement))
      continue;
    for (const AgencyIndex borrower : borrowers)
      if (agreement_joins(data_, agreement, unit_.agency, borrower))
        add_choice({agreement_index, borrower, std::nullopt, i}, Destination::agency(borrower));
  }
}

void Walker::add_choice(const Service& service, Destination to) {
  const Agreement& agreement = data_.agreements[service.agreement];
  const geo::Itinerary* way = data_.travel.find({unit_.base, to, unit_.kind, service.agreement});
  if (way == nullptr)
    return;
  const Kind& kind = data_.kinds.kinds[unit_.kind];
  Numbers numbers;
  numbers.journey = way->days;
  if (kind.crewed) {
    numbers.orientation = agreement.tour.orientation_days.value;
    numbers.line = agreement.tour.max_line_days.value;
    numbers.off = agreement.tour.days_off_in_place.value;
    numbers.tours = agreement.tour.max_tours.value;
    numbers.least = agreement.tour.min_line_days.value;
    numbers.rest = agreement.tour.rest_days_home.value;
    numbers.days_worked = first_departure_ > kFirstDay ? 0 : unit_.days_worked;  // rested after a commitment
    numbers.fresh = std::max(unit_.available.first, data_.as_of) + Days{numbers.rest};
    numbers.deployment = agreement.tour.max_deployment_days.value;
    numbers.travel_counts = agreement.tour.travel_counts.value;
  } else if (service.request) {
    const DayInterval need = data_.requests[*service.request].need;
    numbers.line = static_cast<int>((need.last - need.first).count());
    numbers.rest = kind.refurbish_days;
  } else {
    return;
  }
  const auto& policy = data_.policy;
  numbers.travel_cost = 2.0 * std::max(unit_.persons, 1) *
                        (way->air.kilometres() * policy.air_cost_per_passenger_km.value +
                         way->ground.kilometres() * policy.ground_cost_per_person_km.value);
  choices_.push_back({service, numbers});
}

// (D6) and (P12)-(P14)
bool Walker::may_depart(const Choice& choice, Day day) const {
  const Agreement& agreement = data_.agreements[choice.service.agreement];
  const auto& mobilization = agreement.mobilization;
  if (day < data_.as_of + Days{mobilization.notice_days.value + mobilization.muster_days.value})
    return false;
  if (day < unit_.available.first || day < first_departure_)
    return false;
  if (!agreement.in_force.contains(day))
    return false;
  for (const auto& rule : mobilization.documents)
    if (data_.kinds.kinds[unit_.kind].crewed && rule.in_force.contains(day) && !holds(unit_.documents, rule.document))
      return false;
  return !unit_.fitness_valid_to || day <= *unit_.fitness_valid_to;
}

void Walker::at_home(Day day) {
  if (day >= data_.horizon.last()) {
    words_.push_back(word_);
    return;
  }
  for (const auto& choice : choices_)
    if (may_depart(choice, day))
      depart(choice, day);
  word_.states += '.';
  at_home(day + Days{1});
  word_.states.pop_back();
}

// (D1)
void Walker::depart(const Choice& choice, Day day) {
  const Numbers& numbers = choice.numbers;
  const std::size_t mark = word_.states.size();
  Stay stay;
  stay.service = choice.service;
  stay.depart = day;
  word_.states.append(static_cast<std::size_t>(numbers.journey), 't');
  word_.states.append(static_cast<std::size_t>(numbers.orientation), 'o');
  const int worked = day < numbers.fresh ? numbers.days_worked : 0;
  tour(choice, stay, day + Days{numbers.journey + numbers.orientation}, 1, numbers.line - worked, numbers.least);
  word_.states.resize(mark);
}

// (D2), (D3)
void Walker::tour(const Choice& choice, Stay& stay, Day day, int number, int most, int least) {
  const Numbers& numbers = choice.numbers;
  const std::size_t mark = word_.states.size();
  const std::size_t line_before = stay.line.size();
  for (int worked = 1; worked <= most; ++worked, day += Days{1}) {
    if (choice.service.request && !data_.requests[*choice.service.request].need.contains(day))
      break;
    word_.states += 'L';
    stay.line.push_back(day);
    if (worked < least)
      continue;
    go_home(choice, stay, day + Days{1});
    if (number == numbers.tours)
      continue;
    for (int i = 1; i <= numbers.off; ++i) {
      word_.states += 'f';
      stay.off.push_back(day + Days{i});
    }
    tour(choice, stay, day + Days{numbers.off + 1}, number + 1, numbers.line, 1);
    stay.off.resize(stay.off.size() - static_cast<std::size_t>(numbers.off));
    word_.states.resize(word_.states.size() - static_cast<std::size_t>(numbers.off));
  }
  stay.line.resize(line_before);
  word_.states.resize(mark);
}

// (D3)-(D6); `day` is the day after the last one present.
void Walker::go_home(const Choice& choice, const Stay& stay, Day day) {
  const Numbers& numbers = choice.numbers;
  const Day home = day + Days{numbers.journey - 1};
  const int present = static_cast<int>((day - (stay.depart + Days{numbers.journey})).count());
  const int away = static_cast<int>((home - stay.depart).count()) + 1;
  if (numbers.deployment && (numbers.travel_counts ? away : present) > *numbers.deployment)
    return;
  if (home >= unit_.available.last)
    return;
  const auto& policy = data_.policy;
  const double daily =
      unit_.daily_cost ? unit_.daily_cost->value() : policy.person_daily_cost.value * std::max(unit_.persons, 1);
  Stay done = stay;
  done.home = home;
  done.cost = daily * away + policy.lodging_per_person_day.value * unit_.persons * present + numbers.travel_cost;
  const std::size_t mark = word_.states.size();
  word_.states.append(static_cast<std::size_t>(numbers.journey), 'h');
  word_.states.append(static_cast<std::size_t>(numbers.rest), 'r');
  word_.stays.push_back(std::move(done));
  at_home(home + Days{1 + numbers.rest});
  word_.stays.pop_back();
  word_.states.resize(mark);
}

}  // namespace

// (P6)
bool agreement_joins(const ScenarioData& data, const Agreement& agreement, AgencyIndex lender, AgencyIndex borrower) {
  if ((lender == borrower) != agreement.own_forces)
    return false;
  if (is_party(data, agreement.lenders, lender) && is_party(data, agreement.borrowers, borrower))
    return true;
  return agreement.reciprocal && is_party(data, agreement.borrowers, lender) &&
         is_party(data, agreement.lenders, borrower);
}

std::vector<Word> words_of(const Scenario& scenario, UnitIndex unit, Day first_departure) {
  return Walker(scenario, unit, first_departure).walk();
}

}  // namespace relevo::test
