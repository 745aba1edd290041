// SPDX-License-Identifier: MIT
#include "tests/support/oracle_words.hpp"

#include "tests/support/oracle_pairs.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace relevo::test {

using namespace planner;  // NOLINT(google-build-using-namespace): a test helper made of the model's types

namespace {

/// The numbers of section 1 for one unit under one agreement.
struct Numbers {
  bool crew_tours = true;  // false: (D7)
  int orientation = 0;     // o
  int line = 0;            // L
  int extension = 0;       // X
  int off = 0;             // O
  int tours = 1;           // K
  int least = 1;           // m
  int shadow = 0;          // h
  int moves = 0;           // M
  int rest = 0;            // R
  int relief_after = 0;    // L' of a relieved kind, else 0
  int days_worked = 0;     // w of a departure before `fresh`
  Day fresh = kFirstDay;
  Day recalled = kLastDay;        // r
  std::optional<int> deployment;  // D
  bool travel_counts = true;
};

/// One thing a deployment may be for: a request, or an escort term.
struct Choice {
  AgreementIndex agreement{0U};
  AgencyIndex borrower{0U};
  std::optional<RequestIndex> request;
  std::optional<std::size_t> escort_term;
  Destination place;
  const geo::Itinerary* way = nullptr;
  Numbers numbers;
};

/// Where a deployment stands: the tour, the duty days used in it, what came before.
struct Progress {
  const Choice* first = nullptr;
  const Choice* here = nullptr;
  int usual = 0;  ///< duty days of this tour without extension
  int most = 0;   ///< with extension
  int tour = 1;
  int used = 0;
  int extended = 0;  ///< extension days of the tours before
  int moves = 0;

  int extension_days() const { return extended + std::max(0, used - usual); }
};

/// Walks the days of one unit: at home it waits or departs, on the line it stays, stops, takes days off or moves on.
class Walker {
 public:
  Walker(const Scenario& scenario, UnitIndex unit, Day first_departure, std::size_t most)
      : data_(scenario.data()),
        index_(unit),
        unit_(data_.units[unit]),
        kind_(data_.kinds.kinds[unit_.kind]),
        first_departure_(first_departure),
        most_(most) {}

  std::optional<std::vector<Word>> walk() {
    for (auto a : data_.agreements.indices())
      add_choices(a);
    at_home(data_.horizon.first);
    if (words_.size() > most_)
      return std::nullopt;
    return std::move(words_);
  }

  std::vector<Day> departures(RequestIndex request, AgreementIndex agreement) {
    add_request(request, agreement);
    only_once_ = true;
    std::vector<Day> days;
    for (Day day = data_.horizon.first; day < data_.horizon.last() && !choices_.empty(); day += Days{1}) {
      words_.clear();
      if (may_depart(choices_.front(), day))
        depart(choices_.front(), day);
      if (!words_.empty())
        days.push_back(day);
    }
    return days;
  }

 private:
  void add_choices(AgreementIndex agreement);
  void add_request(RequestIndex request, AgreementIndex agreement);
  void add_choice(Choice choice);
  Numbers numbers_of(const Choice& choice) const;
  bool may_depart(const Choice& choice, Day day) const;
  bool may_go_on(const Choice& from, const Choice& to) const;
  bool has_consented(const Agreement& agreement, AgencyIndex borrower) const;
  bool may_serve_on(const Choice& choice, Day day) const;

  void at_home(Day day);
  void depart(const Choice& choice, Day day);
  void block(Progress progress, Stay& stay, Day day, int least);
  void days_off(const Progress& progress, Stay& stay, Day last);
  void move_on(const Progress& progress, Stay& stay, Day last);
  void next_part(Progress progress, const Choice& to, Stay& stay, Day last, Day first);
  void go_home(const Progress& progress, const Stay& stay, Day day);
  double cost_of(const Progress& progress, const Stay& stay, int away, int present) const;
  double distance_cost(const geo::Itinerary& way, bool home) const;
  bool is_lifted(const std::string& from, const std::string& to) const;
  void add_flights(const geo::Itinerary& out, const geo::Itinerary& back, Stay& stay, Day release) const;

  const ScenarioData& data_;
  UnitIndex index_;
  const Unit& unit_;
  const Kind& kind_;
  Day first_departure_;
  std::size_t most_;
  bool only_once_ = false;
  std::vector<Choice> choices_;
  Word word_;
  std::vector<Word> words_;
};

void Walker::add_choices(AgreementIndex agreement_index) {
  const Agreement& agreement = data_.agreements[agreement_index];
  for (auto q : data_.requests.indices())
    if (lasting_faults(data_, index_, q, agreement_index).empty())
      add_request(q, agreement_index);
  // Where nobody can be, nobody needs an escort.
  std::set<AgencyIndex> borrowers;
  for (const auto& request : data_.requests)
    borrowers.insert(request.borrower);
  for (const auto& commitment : data_.commitments)
    borrowers.insert(commitment.borrower);
  for (std::size_t i = 0; i < agreement.escorts.size(); ++i) {
    const EscortTerms& term = agreement.escorts[i];
    if (term.supply != EscortTerms::Supply::Roster || term.kind != kind_.id ||
        is_forbidden(data_, index_, std::nullopt))
      continue;
    for (const AgencyIndex borrower : borrowers)
      if (agreement_joins(data_, agreement, unit_.agency, borrower))
        add_choice({.agreement = agreement_index,
                    .borrower = borrower,
                    .request = {},
                    .escort_term = i,
                    .place = Destination::agency(borrower),
                    .numbers = {}});
  }
}

void Walker::add_request(RequestIndex request, AgreementIndex agreement) {
  add_choice({.agreement = agreement,
              .borrower = data_.requests[request].borrower,
              .request = request,
              .escort_term = {},
              .place = place_of(data_.requests[request]),
              .numbers = {}});
}

void Walker::add_choice(Choice choice) {
  choice.way = data_.travel.find({unit_.base, choice.place, unit_.kind, choice.agreement});
  if (choice.way == nullptr)
    return;
  if (!choice.request && !kind_.crewed)
    return;
  choice.numbers = numbers_of(choice);
  choices_.push_back(choice);
}

Numbers Walker::numbers_of(const Choice& choice) const {
  const Agreement& agreement = data_.agreements[choice.agreement];
  const TourTerms& tour = agreement.tour;
  Numbers numbers;
  numbers.recalled = recalled_from(data_, unit_.agency, agreement);
  // (D7)
  if (choice.request && (!kind_.crewed || kind_.relieved)) {
    const DayInterval need = data_.requests[*choice.request].need;
    numbers.crew_tours = false;
    numbers.line = static_cast<int>((need.last - need.first).count());
    numbers.rest = kind_.refurbish_days;
    if (kind_.crewed) {
      numbers.least = tour.min_line_days.value;
      numbers.orientation = tour.orientation_days.value;
      numbers.relief_after = tour.max_line_days.value;
    }
    return numbers;
  }
  numbers.orientation = tour.orientation_days.value;
  numbers.line = tour.max_line_days.value;
  numbers.off = tour.days_off_in_place.value;
  numbers.tours = tour.max_tours.value;
  numbers.least = tour.min_line_days.value;
  numbers.rest = tour.rest_days_home.value;
  numbers.days_worked = first_departure_ > kFirstDay ? 0 : unit_.days_worked;  // rested after a commitment
  numbers.fresh = std::max(unit_.available.first, data_.as_of) + Days{numbers.rest};
  numbers.deployment = tour.max_deployment_days.value;
  numbers.travel_counts = tour.travel_counts.value;
  if (choice.request) {
    numbers.extension = tour.extension_days.value;
    numbers.shadow = tour.shadow_days.value;
    numbers.moves = tour.max_moves.value;
  }
  return numbers;
}

// (D6) and (P12)-(P14)
bool Walker::may_depart(const Choice& choice, Day day) const {
  const auto& mobilization = data_.agreements[choice.agreement].mobilization;
  const bool is_told =
      day >= data_.as_of &&
      std::any_of(data_.announcements.begin(), data_.announcements.end(), [&](const planner::Announcement& a) {
        return a.unit == index_ && a.agreement == choice.agreement && a.request == choice.request &&
               a.borrower == choice.borrower && a.depart == day;
      });
  if (!is_told && day < data_.as_of + Days{mobilization.notice_days.value + mobilization.muster_days.value})
    return false;
  if (day < unit_.available.first || day < first_departure_)
    return false;
  return dated_faults(data_, index_, choice.agreement, day).empty();
}

// (D8)
bool Walker::has_consented(const Agreement& agreement, AgencyIndex borrower) const {
  return std::any_of(data_.consents.begin(), data_.consents.end(), [&](const Consent& consent) {
    return consent.lender == unit_.agency && consent.borrower == borrower &&
           (consent.channel.empty() || consent.channel == agreement.id || consent.channel == agreement.family);
  });
}

bool Walker::may_go_on(const Choice& from, const Choice& to) const {
  if (from.agreement != to.agreement || !to.request || from.request == to.request)
    return false;
  if (from.borrower == to.borrower)
    return true;
  const Agreement& agreement = data_.agreements[from.agreement];
  return agreement.tour.move_between_borrowers.value && has_consented(agreement, to.borrower);
}

// (D3), (D9)
bool Walker::may_serve_on(const Choice& choice, Day day) const {
  if (day >= choice.numbers.recalled)
    return false;
  return !choice.request || data_.requests[*choice.request].need.contains(day);
}

void Walker::at_home(Day day) {
  if (words_.size() > most_)
    return;
  if (only_once_ || day >= data_.horizon.last()) {
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

// (D1) and the first tour of (D2)
void Walker::depart(const Choice& choice, Day day) {
  const Numbers& numbers = choice.numbers;
  const int worked = day < numbers.fresh ? numbers.days_worked : 0;
  Progress progress;
  progress.first = &choice;
  progress.here = &choice;
  progress.usual = std::max(numbers.line - worked, 0);
  progress.most = numbers.line - worked + numbers.extension;
  // Without days off nothing marks the end of a tour; the first must be long enough all the same.
  const int first_tour = progress.most;
  if (numbers.off == 0 && numbers.tours > 1) {
    progress.most += (numbers.tours - 1) * numbers.line;
    progress.usual = progress.most;
  }
  const std::size_t mark = word_.states.size();
  word_.states.append(static_cast<std::size_t>(choice.way->days), 't');
  word_.states.append(static_cast<std::size_t>(numbers.orientation), 'o');
  const Day first_duty = day + Days{choice.way->days + numbers.orientation};
  Stay stay;
  stay.agreement = choice.agreement;
  stay.escort_term = choice.escort_term;
  stay.depart = day;
  stay.parts.push_back({choice.borrower, choice.request, {}, {}, {}, {}});
  if (first_tour >= numbers.least)
    block(progress, stay, first_duty, numbers.least);
  if (numbers.shadow > 0 && first_tour >= numbers.least + 1 && may_serve_on(choice, first_duty)) {
    stay.parts.back().shadow = {first_duty};
    word_.states += 'S';
    progress.used = 1;
    block(progress, stay, first_duty + Days{1}, numbers.least);
  }
  word_.states.resize(mark);
}

/// A run of at least `least` line days from `day` on; after each of them the unit may go home, take its days off or
/// move on.
void Walker::block(Progress progress, Stay& stay, Day day, int least) {
  if (words_.size() > most_)
    return;
  const std::size_t mark = word_.states.size();
  const std::size_t part = stay.parts.size() - 1;
  const std::size_t line_before = stay.parts[part].line.size();
  for (int worked = 1; progress.used < progress.most && may_serve_on(*progress.here, day); ++worked, day += Days{1}) {
    word_.states += 'L';
    stay.parts[part].line.push_back(day);
    ++progress.used;
    if (worked < least)
      continue;
    go_home(progress, stay, day + Days{1});
    days_off(progress, stay, day);
    if (progress.moves < progress.first->numbers.moves)
      move_on(progress, stay, day);
  }
  stay.parts[part].line.resize(line_before);
  word_.states.resize(mark);
}

/// The next tour, at the same request or, after a move within the days off, at another one. Where there are no days off
/// in place it is the same tour.
void Walker::days_off(const Progress& progress, Stay& stay, Day last) {
  const Numbers& numbers = progress.first->numbers;
  if (numbers.off == 0 || progress.tour == numbers.tours)
    return;
  const Day first = last + Days{numbers.off + 1};
  if (first > numbers.recalled)
    return;
  const std::size_t part = stay.parts.size() - 1;
  const std::size_t off_before = stay.parts[part].off.size();
  for (Day day = last + Days{1}; day < first; day += Days{1})
    stay.parts[part].off.push_back(day);
  word_.states.append(static_cast<std::size_t>(numbers.off), 'f');
  Progress next = progress;
  next.extended = progress.extension_days();
  next.tour = progress.tour + 1;
  next.used = 0;
  next.usual = numbers.line;
  next.most = numbers.line + numbers.extension;
  block(next, stay, first, 1);
  for (const auto& to : choices_) {
    if (progress.moves == numbers.moves || !may_go_on(*progress.here, to))
      continue;
    const auto* move = data_.travel.find_move({progress.here->place, to.place, unit_.kind});
    if (move != nullptr && move->days <= numbers.off)
      next_part(next, to, stay, last, first);
  }
  stay.parts[part].off.resize(off_before);
  word_.states.resize(word_.states.size() - static_cast<std::size_t>(numbers.off));
}

/// Within the tour.
void Walker::move_on(const Progress& progress, Stay& stay, Day last) {
  for (const auto& to : choices_) {
    if (!may_go_on(*progress.here, to))
      continue;
    const auto* move = data_.travel.find_move({progress.here->place, to.place, unit_.kind});
    if (move == nullptr || progress.used + move->days >= progress.most)
      continue;
    Progress next = progress;
    next.used += move->days;
    word_.states.append(static_cast<std::size_t>(move->days), 'm');
    next_part(next, to, stay, last, last + Days{1 + move->days});
    word_.states.resize(word_.states.size() - static_cast<std::size_t>(move->days));
  }
}

/// Leaves the present request after line day `last` and works at another one from `first` on.
void Walker::next_part(Progress progress, const Choice& to, Stay& stay, Day last, Day first) {
  ++progress.moves;
  stay.leaves.emplace_back(*progress.here->request, last);
  progress.here = &to;
  Part part{to.borrower, to.request, {}, {}, {}, {}};
  const auto& off = stay.parts.back().off;
  if (off.empty() || off.back() < last)
    for (Day day = last + Days{1}; day < first; day += Days{1})
      part.move.push_back(day);
  stay.parts.push_back(std::move(part));
  block(progress, stay, first, 1);
  stay.parts.pop_back();
  stay.leaves.pop_back();
}

bool Walker::is_lifted(const std::string& from, const std::string& to) const {
  return !from.empty() && !to.empty() && std::any_of(data_.lifts.begin(), data_.lifts.end(), [&](const Lift& lift) {
    return lift.from == from && lift.to == to;
  });
}

/// Money of one person's journey; on a route of the table of lifts the lift is paid and not the kilometres.
double Walker::distance_cost(const geo::Itinerary& way, bool home) const {
  double air = way.air.kilometres();
  for (const auto& leg : way.legs)
    if (leg.mode == geo::LegMode::Flight &&
        (home ? is_lifted(leg.to_airport, leg.from_airport) : is_lifted(leg.from_airport, leg.to_airport)))
      air -= leg.distance.kilometres();
  return air * data_.policy.air_cost_per_passenger_km.value +
         way.ground.kilometres() * data_.policy.ground_cost_per_person_km.value;
}

double Walker::cost_of(const Progress& progress, const Stay& stay, int away, int present) const {
  const auto& policy = data_.policy;
  const int people = std::max(unit_.persons, 1);
  const double daily = unit_.daily_cost ? unit_.daily_cost->value() : policy.person_daily_cost.value * people;
  const double out = distance_cost(*progress.first->way, false);
  double travel = out + distance_cost(*progress.here->way, true);
  for (std::size_t i = 1; i < stay.parts.size(); ++i) {
    const auto place = [&](std::size_t part) { return place_of(data_.requests[*stay.parts[part].request]); };
    const auto* move = data_.travel.find_move({place(i - 1), place(i), unit_.kind});
    travel += move->air.kilometres() * policy.air_cost_per_passenger_km.value +
              move->ground.kilometres() * policy.ground_cost_per_person_km.value;
  }
  travel += 2.0 * stay.reliefs * out;
  return daily * away + policy.lodging_per_person_day.value * unit_.persons * present + people * travel;
}

// (5)
void Walker::add_flights(const geo::Itinerary& out, const geo::Itinerary& back, Stay& stay, Day release) const {
  const auto offset = [](const geo::Leg& leg) { return static_cast<int>(std::floor(leg.depart_hour / 24)); };
  for (const auto& leg : out.legs)
    if (out.days > 0 && leg.mode == geo::LegMode::Flight && is_lifted(leg.from_airport, leg.to_airport))
      stay.flights.push_back({leg.from_airport, leg.to_airport, stay.depart + Days{offset(leg)}});
  for (const auto& leg : back.legs)
    if (back.days > 0 && leg.mode == geo::LegMode::Flight && is_lifted(leg.to_airport, leg.from_airport))
      stay.flights.push_back({leg.to_airport, leg.from_airport, release + Days{back.days - 1 - offset(leg)}});
}

// (D3)-(D7); `day` is the day after the last one present.
void Walker::go_home(const Progress& progress, const Stay& stay, Day day) {
  const Numbers& numbers = progress.first->numbers;
  const Day home = day + Days{progress.here->way->days - 1};
  const int present = static_cast<int>((day - (stay.depart + Days{progress.first->way->days})).count());
  const int away = static_cast<int>((home - stay.depart).count()) + 1;
  if (numbers.crew_tours && numbers.deployment && (numbers.travel_counts ? away : present) > *numbers.deployment)
    return;
  if (home >= unit_.available.last)
    return;
  for (const auto& down : unit_.down)
    if (down.first <= home && stay.depart < down.last)
      return;
  Stay done = stay;
  done.home = home;
  done.extension_days = progress.extension_days();
  if (numbers.relief_after > 0 && present > 0)
    done.reliefs = (present - 1) / numbers.relief_after;
  done.cost = cost_of(progress, done, away, present);
  if (progress.here->request)
    done.leaves.emplace_back(*progress.here->request, day - Days{1});
  add_flights(*progress.first->way, *progress.here->way, done, day);
  const std::size_t mark = word_.states.size();
  word_.states.append(static_cast<std::size_t>(progress.here->way->days), 'h');
  word_.states.append(static_cast<std::size_t>(numbers.rest), 'r');
  word_.stays.push_back(std::move(done));
  at_home(home + Days{1 + numbers.rest});
  word_.stays.pop_back();
  word_.states.resize(mark);
}

}  // namespace

std::optional<std::vector<Word>> words_of(const Scenario& scenario, UnitIndex unit, Day first_departure,
                                          std::size_t most) {
  return Walker(scenario, unit, first_departure, most).walk();
}

std::vector<Day> departures_for(const Scenario& scenario, UnitIndex unit, RequestIndex request,
                                AgreementIndex agreement) {
  return Walker(scenario, unit, kFirstDay, 1'000).departures(request, agreement);
}

}  // namespace relevo::test
