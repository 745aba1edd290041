// SPDX-License-Identifier: MIT
#include "tests/support/oracle.hpp"

#include "tests/support/oracle_pairs.hpp"
#include "tests/support/oracle_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace relevo::test {

using namespace planner;  // NOLINT(google-build-using-namespace): a test helper made of the model's types

namespace {

/// Everything that the rules of section 3 count, per day. `id` is a request, an agency and kind, an offer group, an
/// escort group, an incident, a pool, a route or a movement. Persons are those whom an escort group is about.
enum class Family {
  Working,
  Assigned,
  Heads,
  Lent,
  Offered,
  Persons,
  Escorts,
  Incident,
  Pool,
  Seats,
  Leaving,
  Shadow,
  Moving,
  MovingPersons,
  Announced,
  Travelling
};
using Key = std::tuple<Family, std::uint32_t, Day>;

struct OfferGroup {
  AgencyIndex agency;
  KindIndex kind;
  std::string type;
  std::string channel;
};

struct EscortGroup {
  AgreementIndex agreement;
  AgencyIndex lender;
  AgencyIndex borrower;
  std::size_t term;
};

/// Airports between which there are lifts.
struct Route {
  std::string from;
  std::string to;
};

/// Whose units travel together, out or home (8).
struct Movement {
  AgreementIndex agreement;
  AgencyIndex lender;
  AgencyIndex borrower;
  BaseIndex base;
  bool home = false;
  friend bool operator==(const Movement&, const Movement&) = default;
};

/// What was announced of a row, an agreement and a line, out or home (10).
struct Told {
  UnitIndex unit;
  AgreementIndex agreement;
  std::optional<RequestIndex> request;
  AgencyIndex borrower;
  bool home = false;
  friend bool operator==(const Told&, const Told&) = default;
};

/// Units of one kind and type that travel together, out or home, as far as it tells contingents apart.
struct Trip {
  Movement movement;
  KindIndex kind;
  std::string type;
  Days way_home{0};  ///< home: from release to home
  friend bool operator==(const Trip&, const Trip&) = default;
};

/// One day of an escort group: how many must be there.
struct EscortDay {
  std::size_t group = 0;
  std::vector<int> persons;  ///< counters of this day and those ahead
  int escorts = -1;          ///< counter
  int alone = 0;             ///< required by commitments alone
  int kept = 0;              ///< escorts on commitments
  bool roster = false;
};

/// One day of a line with handover (2b).
struct HandoverDay {
  int leaving = -1;  ///< counters
  int shadow = -1;
};

struct Counter {
  Key key;
  int committed = 0;
  int cap = INT_MAX;  ///< most that new assignments may add
  double weight = 0;  ///< Working: points of one unmet; Announced: of one that does otherwise
  int open = 0;       ///< Working: need that commitments leave; Announced: how many
  int reach = 0;      ///< most that all units together could add
};

/// What one word adds to the counters, and what it costs.
struct Option {
  std::vector<std::pair<int, int>> effects;  ///< (counter, amount), ascending
  std::uint32_t pins = 0;                    ///< which pins' requests it serves
  double price = 0;                          ///< points
  double money = 0;
  double tier = 0;
  int extension = 0;
  std::string states;
};

/// Units with the same words: ordinals of one row, free from the same day.
struct Player {
  UnitIndex unit{0U};
  int ordinal = 1;
  std::size_t options = 0;      ///< which list
  std::uint32_t pins_kept = 0;  ///< pins that its commitments serve
};

std::int64_t ceil_div(int a, int b) {
  return (a + b - 1) / b;
}

class Search {
 public:
  Search(const Scenario& scenario, std::int64_t max_nodes, const std::vector<UnmetLimit>& limits,
         const Plan* other_than = nullptr, bool others_come = false)
      : scenario_(scenario),
        data_(scenario.data()),
        max_nodes_(max_nodes),
        limits_(limits),
        other_than_(other_than),
        others_come_(others_come) {
    make_groups();
    count_commitments();
    make_packages();
    make_players();
    set_caps();
    finish_options();
    if (other_than_ != nullptr)
      expect_travel();
  }

  OracleResult run();

 private:
  // Setting up.
  void make_groups();
  void count_commitments();
  void make_players();
  std::size_t make_options(UnitIndex index, Day first_departure);
  void set_caps();
  void cap_working(Counter& counter);
  void cap_lent(Counter& counter);
  void cap_offered(Counter& counter);
  void cap_seats(Counter& counter) const;
  void cap_announced(Counter& counter) const;
  int available_on(AgencyIndex agency, KindIndex kind, Day day) const;
  void make_escort_days();
  void make_handover_days();
  void make_movements();
  void finish_options();
  std::vector<bool> counters_that_matter() const;
  void keep_the_best(std::vector<Option>& list) const;
  Day rested_after(const Commitment& commitment) const;
  bool is_own(const Commitment& commitment) const;

  /// Calls `add(key, amount)` for everything that one stay of a unit counts towards.
  using Add = std::function<void(const Key&, int)>;
  void count_stay(const Unit& unit, const Stay& stay, bool commitment, const Add& add);
  void count_at_request(const Unit& unit, const Part& part, bool commitment, const Add& add) const;
  void count_for_escorts(const Unit& unit, const Stay& stay, const Add& add) const;
  void count_away(const Unit& unit, const Stay& stay, bool commitment, const Add& add) const;
  void count_movements(const Unit& unit, const Stay& stay, const Add& add);
  void count_announced(const Unit& unit, const Stay& stay, const Add& add) const;
  void count_travel(const Unit& unit, const Stay& stay, const Add& add);
  void expect_travel();
  std::uint32_t trip(const Trip& trip);
  std::uint32_t comes(const Unit& unit, AgencyIndex borrower);
  void make_told(const Told& told, Day day);
  int weight_for(const EscortGroup& group, const Unit& unit) const;
  bool is_lent(const Unit& unit, const Stay& stay) const;
  std::optional<std::size_t> escort_term_of(const Commitment& commitment) const;
  Stay stay_of(const Commitment& commitment) const;
  int counter_of(const Key& key);
  int find_counter(const Key& key) const {
    const auto found = index_.find(key);
    return found == index_.end() ? -1 : found->second;
  }
  int total(int counter) const {
    return counter < 0 ? 0 : counters_[static_cast<std::size_t>(counter)].committed + used(counter);
  }
  int used(int counter) const { return counter < 0 ? 0 : used_[static_cast<std::size_t>(counter)]; }
  int still(std::size_t player, int counter) const {
    return counter < 0 ? 0 : still_[player][static_cast<std::size_t>(counter)];
  }

  // Searching.
  using Lists = std::vector<std::vector<int>>;
  void place(std::size_t player, const Lists& lists, int previous);
  bool fits(const Option& option) const;
  double gain(const Option& option) const;
  void apply(const Option& option, int sign);
  double implicit_money() const;
  double lift_money(int seats) const;
  double lifts_money() const;
  int drops(std::size_t player) const;
  int movements() const;
  double lasting_points(std::size_t player) const;
  bool limits_can_hold(std::size_t player) const;
  bool can_end_well(std::size_t player) const;
  bool escorts_can_do(std::size_t player) const;
  bool movements_can_do(std::size_t player) const;
  int demand(const EscortDay& day) const;
  bool fills_can_do(std::size_t player) const;
  bool packages_can_do(std::size_t player) const;
  void make_packages();
  int promised(RequestIndex request, Day day) const;
  bool pins_hold() const;
  double changed_points() const;
  bool travels_as_expected() const;
  void finish();

  int required(const EscortGroup& group, int persons) const {
    const EscortTerms& term = data_.agreements[group.agreement].escorts[group.term];
    return persons <= term.threshold ? 0 : static_cast<int>(ceil_div(persons, term.per_persons));
  }

  const Scenario& scenario_;
  const ScenarioData& data_;
  std::int64_t max_nodes_;
  std::vector<UnmetLimit> limits_;
  const Plan* other_than_;
  bool others_come_;  ///< only who comes makes a plan another one, not when

  std::vector<OfferGroup> offers_;
  std::vector<EscortGroup> escorts_;
  std::vector<Route> routes_;
  std::vector<Movement> movements_;
  std::vector<Trip> trips_;
  std::map<Key, int> expected_;  ///< of other_than_
  std::vector<Told> told_;
  std::vector<EscortDay> escort_days_;
  std::vector<HandoverDay> handover_days_;
  std::vector<int> lift_days_;                      ///< Seats counters that cost
  std::vector<std::pair<int, int>> movement_days_;  ///< counters (Moving, MovingPersons or -1) that matter
  std::vector<int> fill_heads_;                     ///< Heads counters of requests with min_fill
  /// What a line of a package must have on one day, if anybody new comes to the package.
  struct PackageDay {
    RequestIndex request{0U};
    Day day;
    int least = 0;
  };
  std::map<std::string, std::vector<PackageDay>> packages_;
  std::vector<Decision> pins_;

  std::vector<Counter> counters_;
  std::map<Key, int> index_;
  std::vector<std::vector<Option>> options_;
  std::vector<Player> players_;
  std::vector<std::vector<int>> still_;  ///< [player][counter]: most that this and later players could add

  std::vector<int> used_;
  std::vector<const Option*> chosen_;
  double open_points_ = 0;  ///< points of unmet need, and of changes to what was announced, at present
  double prices_ = 0;
  double best_ = 0;
  bool found_ = false;
  bool too_large_ = false;
  OracleResult result_;
};

void Search::make_groups() {
  for (const auto& offer : data_.offers) {
    const auto same = [&offer](const OfferGroup& g) {
      return g.agency == offer.agency && g.kind == offer.kind && g.type == offer.type && g.channel == offer.channel;
    };
    if (std::none_of(offers_.begin(), offers_.end(), same))
      offers_.push_back({offer.agency, offer.kind, offer.type, offer.channel});
  }
  for (auto a : data_.agreements.indices())
    for (std::size_t term = 0; term < data_.agreements[a].escorts.size(); ++term)
      for (auto lender : data_.agencies.indices())
        for (auto borrower : data_.agencies.indices())
          escorts_.push_back({a, lender, borrower, term});
  for (const auto& lift : data_.lifts)
    if (std::none_of(routes_.begin(), routes_.end(),
                     [&lift](const Route& r) { return r.from == lift.from && r.to == lift.to; }))
      routes_.push_back({lift.from, lift.to});
  for (const auto& decision : data_.decisions)
    if (decision.action == Decision::Action::Pin)
      pins_.push_back(decision);
  for (const auto& a : data_.announcements) {
    make_told({a.unit, a.agreement, a.request, a.borrower, false}, a.depart);
    make_told({a.unit, a.agreement, a.last_request, a.last_borrower, true}, a.home);
  }
}

void Search::make_told(const Told& told, Day day) {
  auto found = std::find(told_.begin(), told_.end(), told);
  if (found == told_.end())
    found = told_.insert(told_.end(), told);
  if (day >= data_.horizon.first)
    counter_of({Family::Announced, static_cast<std::uint32_t>(found - told_.begin()), day});
}

int Search::counter_of(const Key& key) {
  const auto [place, added] = index_.emplace(key, static_cast<int>(counters_.size()));
  if (added) {
    counters_.emplace_back();
    counters_.back().key = key;
  }
  return place->second;
}

void Search::count_stay(const Unit& unit, const Stay& stay, bool commitment, const Add& add) {
  for (const Part& part : stay.parts)
    if (part.request)
      count_at_request(unit, part, commitment, add);
  for (const auto& [request, day] : stay.leaves)
    if (data_.requests[request].handover)
      add({Family::Leaving, request.value(), day}, 1);
  count_for_escorts(unit, stay, add);
  count_away(unit, stay, commitment, add);
  if (commitment)
    return;
  count_movements(unit, stay, add);
  count_announced(unit, stay, add);
  if (other_than_ != nullptr)
    count_travel(unit, stay, add);
  for (const Flight& flight : stay.flights)
    for (std::size_t r = 0; r < routes_.size(); ++r)
      if (routes_[r].from == flight.from && routes_[r].to == flight.to)
        add({Family::Seats, static_cast<std::uint32_t>(r), flight.day}, unit.persons);
}

std::vector<Day> assigned_days(const Part& part) {
  std::vector<Day> days = part.line;
  days.insert(days.end(), part.shadow.begin(), part.shadow.end());
  days.insert(days.end(), part.off.begin(), part.off.end());
  return days;
}

void Search::count_at_request(const Unit& unit, const Part& part, bool commitment, const Add& add) const {
  const auto q = part.request->value();
  const Request& request = data_.requests[*part.request];
  const int amount = request.measure == Measure::People ? unit.persons : 1;
  for (const Day day : part.line)
    add({Family::Working, q, day}, amount);
  for (const Day day : part.shadow)
    if (request.handover)
      add({Family::Shadow, q, day}, 1);
  for (const Day day : assigned_days(part)) {
    if (request.min_fill > 1 || !request.package.empty()) {
      add({Family::Assigned, q, day}, amount);
      if (!commitment)
        add({Family::Heads, q, day}, 1);
    }
    if (request.incident)
      add({Family::Incident, request.incident->value(), day}, unit.persons);
  }
}

/// What a unit counts for the escorts of a group (4).
int Search::weight_for(const EscortGroup& group, const Unit& unit) const {
  const Agreement& agreement = data_.agreements[group.agreement];
  const EscortTerms& term = agreement.escorts[group.term];
  if (term.role == EscortTerms::Role::Interpreter) {
    const auto& working = agreement.language.working;
    if (working.empty() || !data_.kinds.kinds[unit.kind].crewed || share_word(working, unit.languages) ||
        holds(unit.qualifications, "interpreter"))
      return 0;
  }
  return term.counts == EscortTerms::Counts::Units ? 1 : unit.persons;
}

void Search::count_for_escorts(const Unit& unit, const Stay& stay, const Add& add) const {
  for (std::size_t g = 0; g < escorts_.size(); ++g) {
    const EscortGroup& group = escorts_[g];
    if (group.agreement != stay.agreement || group.lender != unit.agency)
      continue;
    const auto id = static_cast<std::uint32_t>(g);
    for (const Part& part : stay.parts) {
      if (group.borrower != part.borrower)
        continue;
      std::vector<Day> days = assigned_days(part);
      days.insert(days.end(), part.move.begin(), part.move.end());
      for (const Day day : days) {
        if (!stay.escort_term)
          add({Family::Persons, id, day}, weight_for(group, unit));
        if (stay.escort_term == group.term)
          add({Family::Escorts, id, day}, 1);
      }
    }
  }
}

bool Search::is_lent(const Unit& unit, const Stay& stay) const {
  return !stay.escort_term && !data_.agreements[stay.agreement].own_forces &&
         stay.parts.front().borrower != unit.agency;
}

void Search::count_away(const Unit& unit, const Stay& stay, bool commitment, const Add& add) const {
  const Agreement& agreement = data_.agreements[stay.agreement];
  const bool lent = is_lent(unit, stay);
  for (Day day = stay.depart; day <= stay.home; day += Days{1}) {
    if (lent)
      add({Family::Lent, unit.agency.value() * 1000 + unit.kind.value(), day}, 1);
    for (std::size_t g = 0; lent && !commitment && g < offers_.size(); ++g) {
      const OfferGroup& offer = offers_[g];
      if (offer.agency != unit.agency || offer.kind != unit.kind)
        continue;
      if (!offer.type.empty() && offer.type != unit.type)
        continue;
      if (!offer.channel.empty() && offer.channel != agreement.id && offer.channel != agreement.family)
        continue;
      add({Family::Offered, static_cast<std::uint32_t>(g), day}, 1);
    }
    for (const auto& share : unit.pools)
      add({Family::Pool, share.pool.value(), day}, share.persons);
  }
}

void Search::count_movements(const Unit& unit, const Stay& stay, const Add& add) {
  if (!is_lent(unit, stay))
    return;
  for (const bool home : {false, true}) {
    const Part& part = home ? stay.parts.back() : stay.parts.front();
    const Movement movement{stay.agreement, unit.agency, part.borrower, unit.base, home};
    auto found = std::find(movements_.begin(), movements_.end(), movement);
    if (found == movements_.end())
      found = movements_.insert(movements_.end(), movement);
    const auto id = static_cast<std::uint32_t>(found - movements_.begin());
    const Day day = home ? stay.home : stay.depart;
    add({Family::Moving, id, day}, 1);
    if (!home)
      add({Family::MovingPersons, id, day}, unit.persons);
  }
}

std::uint32_t Search::trip(const Trip& trip) {
  auto found = std::find(trips_.begin(), trips_.end(), trip);
  if (found == trips_.end())
    found = trips_.insert(trips_.end(), trip);
  return static_cast<std::uint32_t>(found - trips_.begin());
}

void Search::count_travel(const Unit& unit, const Stay& stay, const Add& add) {
  if (others_come_) {
    if (!stay.escort_term)
      add({Family::Travelling, comes(unit, stay.parts.front().borrower), Day{}}, 1);
    return;
  }
  if (!is_lent(unit, stay))
    return;
  const auto movement = [&](const Part& part, bool home) {
    return Movement{stay.agreement, unit.agency, part.borrower, unit.base, home};
  };
  add({Family::Travelling, trip({movement(stay.parts.front(), false), unit.kind, unit.type}), stay.depart}, 1);
  const Day last = stay.parts.back().line.back();
  const Day release = stay.home > last ? last + Days{1} : last;
  add({Family::Travelling, trip({movement(stay.parts.back(), true), unit.kind, unit.type, stay.home - release}),
       stay.home},
      1);
}

std::uint32_t Search::comes(const Unit& unit, AgencyIndex borrower) {
  return trip({{AgreementIndex(0U), unit.agency, borrower, unit.base, false}, unit.kind, unit.type});
}

void Search::expect_travel() {
  for (const auto& a : other_than_->assignments) {
    if (others_come_) {
      if (!a.commitment && !a.escort)
        ++expected_[{Family::Travelling, comes(data_.units[a.unit], data_.requests[*a.stints.front().request].borrower),
                     Day{}}];
      continue;
    }
    if (a.commitment || a.escort || data_.agreements[a.agreement].own_forces)
      continue;
    const Unit& unit = data_.units[a.unit];
    const AgencyIndex first = data_.requests[*a.stints.front().request].borrower;
    const AgencyIndex last = data_.requests[*a.stints.back().request].borrower;
    if (first == unit.agency)
      continue;
    ++expected_[{Family::Travelling, trip({{a.agreement, unit.agency, first, unit.base, false}, unit.kind, unit.type}),
                 a.depart}];
    ++expected_[{Family::Travelling,
                 trip({{a.agreement, unit.agency, last, unit.base, true}, unit.kind, unit.type, a.home - a.release}),
                 a.home}];
  }
}

bool Search::travels_as_expected() const {
  std::map<Key, int> travels;
  for (std::size_t c = 0; c < counters_.size(); ++c)
    if (std::get<0>(counters_[c].key) == Family::Travelling && used_[c] > 0)
      travels[counters_[c].key] = used_[c];
  if (!others_come_)
    return travels == expected_;
  return std::all_of(travels.begin(), travels.end(), [this](const auto& travel) {
    const auto before = expected_.find(travel.first);
    return before != expected_.end() && travel.second <= before->second;
  });
}

void Search::count_announced(const Unit& unit, const Stay& stay, const Add& add) const {
  for (std::size_t i = 0; i < told_.size(); ++i) {
    const Told& told = told_[i];
    const Part& part = told.home ? stay.parts.back() : stay.parts.front();
    if (&data_.units[told.unit] == &unit && told.agreement == stay.agreement && told.request == part.request &&
        told.borrower == part.borrower)
      add({Family::Announced, static_cast<std::uint32_t>(i), told.home ? stay.home : stay.depart}, 1);
  }
}

// (10), and (D6) for those who leave before notice would be over.
void Search::cap_announced(Counter& counter) const {
  const auto& [family, id, day] = counter.key;
  const Told& told = told_[id];
  bool firm = false;
  for (const auto& a : data_.announcements) {
    const Told this_one = told.home ? Told{a.unit, a.agreement, a.last_request, a.last_borrower, true}
                                    : Told{a.unit, a.agreement, a.request, a.borrower, false};
    if (this_one == told && (told.home ? a.home : a.depart) == day) {
      counter.open += a.quantity;
      firm = firm || a.firm;
    }
  }
  const Policy& policy = data_.policy;
  const double out = firm ? policy.changed_firm_points.value : policy.changed_outlook_points.value;
  counter.weight = counter.open == 0 || !told.request ? 0.0 : told.home ? policy.changed_return_points.value : out;
  const auto& mobilization = data_.agreements[told.agreement].mobilization;
  if (!told.home && day < data_.as_of + Days{mobilization.notice_days.value + mobilization.muster_days.value})
    counter.cap = counter.open;
}

std::optional<std::size_t> Search::escort_term_of(const Commitment& commitment) const {
  if (commitment.request)
    return std::nullopt;
  const auto& terms = data_.agreements[commitment.agreement].escorts;
  const std::string& kind = data_.kinds.kinds[data_.units[commitment.unit].kind].id;
  for (std::size_t i = 0; i < terms.size(); ++i)
    if (terms[i].kind == kind)
      return i;
  return std::nullopt;
}

Stay Search::stay_of(const Commitment& commitment) const {
  const Unit& unit = data_.units[commitment.unit];
  // (0)
  Stay stay;
  stay.agreement = commitment.agreement;
  stay.escort_term = escort_term_of(commitment);
  stay.depart = commitment.depart;
  stay.home = commitment.home;
  for (const auto& stint : commitment.stints) {
    const AgencyIndex borrower = stint.request ? data_.requests[*stint.request].borrower : commitment.borrower;
    stay.parts.push_back(
        {borrower, stint.request, stint.move_days, stint.shadow_days, stint.line_days, stint.days_off});
  }
  if (!stay.parts.empty()) {
    const Part& last = stay.parts.back();
    std::vector<Day> days = assigned_days(last);
    days.insert(days.end(), last.move.begin(), last.move.end());
    if (last.request)
      stay.leaves.emplace_back(*last.request, *std::max_element(days.begin(), days.end()));
    return stay;
  }
  Part part{commitment.borrower, commitment.request, {}, {}, {}, {}};
  const auto& tour = data_.agreements[commitment.agreement].tour;
  const Kind& kind = data_.kinds.kinds[unit.kind];
  const bool tours_bind = kind.crewed && !kind.relieved;
  int tours = 1;
  int worked = 0;
  for (Day day = commitment.first_line_day; day < commitment.release; day += Days{1}) {
    if (tours_bind && worked == tour.max_line_days.value && tours < tour.max_tours.value) {
      for (int i = 0; i < tour.days_off_in_place.value && day < commitment.release; ++i, day += Days{1})
        part.off.push_back(day);
      ++tours;
      worked = 0;
      if (day >= commitment.release)
        break;
    }
    part.line.push_back(day);
    ++worked;
  }
  if (commitment.request && !part.line.empty())
    stay.leaves.emplace_back(*commitment.request, commitment.release - Days{1});
  stay.parts.push_back(std::move(part));
  return stay;
}

bool Search::is_own(const Commitment& commitment) const {
  return data_.agreements[commitment.agreement].own_forces ||
         commitment.borrower == data_.units[commitment.unit].agency;
}

void Search::count_commitments() {
  for (const auto& commitment : data_.commitments) {
    const Unit& unit = data_.units[commitment.unit];
    const int times = static_cast<int>(commitment.ordinals.size());
    const Stay stay = stay_of(commitment);
    count_stay(unit, stay, true, [&](const Key& key, int amount) {
      counters_[static_cast<std::size_t>(counter_of(key))].committed += amount * times;
    });
    // At an incident without a line in the plan.
    if (!commitment.request && commitment.incident)
      for (Day day = commitment.first_line_day; day < commitment.release; day += Days{1})
        counters_[static_cast<std::size_t>(counter_of({Family::Incident, commitment.incident->value(), day}))]
            .committed += unit.persons * times;
  }
}

Day Search::rested_after(const Commitment& commitment) const {
  const Kind& kind = data_.kinds.kinds[data_.units[commitment.unit].kind];
  const int rest = kind.crewed && !kind.relieved ? data_.agreements[commitment.agreement].tour.rest_days_home.value
                                                 : kind.refurbish_days;
  return commitment.home + Days{1 + rest};
}

void Search::make_players() {
  std::map<std::pair<UnitIndex, Day>, std::size_t> lists;
  for (auto u : data_.units.indices())
    for (int ordinal = 1; ordinal <= data_.units[u].count; ++ordinal) {
      Player player;
      player.unit = u;
      player.ordinal = ordinal;
      Day free = kFirstDay;
      for (const auto& commitment : data_.commitments) {
        const auto& ordinals = commitment.ordinals;
        if (commitment.unit != u || std::find(ordinals.begin(), ordinals.end(), ordinal) == ordinals.end())
          continue;
        free = std::max(free, rested_after(commitment));
        for (std::size_t p = 0; p < pins_.size(); ++p)
          if (pins_[p].unit == u && pins_[p].request == commitment.request)
            player.pins_kept |= 1U << p;
      }
      const auto found = lists.find({u, free});
      player.options = found != lists.end() ? found->second : make_options(u, free);
      lists[{u, free}] = player.options;
      players_.push_back(player);
    }
  // Escorts last: what they must do follows from the others. Units with the same words stand together.
  const auto can_escort = [this](const Player& player) {
    for (const auto& option : options_[player.options])
      for (const auto& [counter, amount] : option.effects)
        if (std::get<0>(counters_[static_cast<std::size_t>(counter)].key) == Family::Escorts)
          return 1;
    return 0;
  };
  std::stable_sort(players_.begin(), players_.end(), [&](const Player& a, const Player& b) {
    return std::make_pair(can_escort(a), a.options) < std::make_pair(can_escort(b), b.options);
  });
}

std::size_t Search::make_options(UnitIndex index, Day first_departure) {
  const Unit& unit = data_.units[index];
  std::vector<Option> options;
  const auto words = words_of(scenario_, index, first_departure);
  too_large_ = too_large_ || !words;
  for (const Word& word : words ? *words : std::vector<Word>{}) {
    Option option;
    option.states = word.states;
    std::map<int, int> effects;
    for (const Stay& stay : word.stays) {
      count_stay(unit, stay, false, [&](const Key& key, int amount) { effects[counter_of(key)] += amount; });
      option.money += stay.cost;
      option.extension += stay.extension_days;
      const Agreement& agreement = data_.agreements[stay.agreement];
      if (!stay.escort_term)
        option.tier += data_.policy.tier_points[static_cast<std::size_t>(agreement.precedence.tier)].value;
      for (const Part& part : stay.parts)
        for (std::size_t p = 0; p < pins_.size(); ++p)
          if (pins_[p].unit == index && part.request && pins_[p].request == part.request)
            option.pins |= 1U << p;
    }
    option.effects.assign(effects.begin(), effects.end());
    option.price = option.tier + data_.policy.points_per_money.value * option.money +
                   data_.policy.extension_points.value * option.extension;
    options.push_back(std::move(option));
  }
  options_.push_back(std::move(options));
  return options_.size() - 1;
}

// (2)
void Search::cap_working(Counter& counter) {
  const auto& [family, id, day] = counter.key;
  const Request& request = data_.requests[RequestIndex(id)];
  const int need = request.need.contains(day) ? request.quantity : 0;
  int most = need;
  if (request.measure == Measure::People) {
    int largest = 0;
    for (const auto& unit : data_.units)
      if (unit.kind == request.kind && unit.rank <= request.rank)
        largest = std::max(largest, unit.persons);
    most = need + std::max(0, largest - 1);
  }
  counter.cap = std::max(0, most - counter.committed);
  if (!data_.horizon.contains(day))
    return;
  counter.weight = data_.policy.unmet_points[static_cast<std::size_t>(request.priority - 1)].value;
  if (request.measure == Measure::People)
    counter.weight /= data_.policy.people_per_unit.value;
  counter.open = std::max(0, need - counter.committed);
}

// (3)
int Search::available_on(AgencyIndex agency, KindIndex kind, Day day) const {
  int available = 0;
  for (auto u : data_.units.indices()) {
    const Unit& unit = data_.units[u];
    const bool down = std::any_of(unit.down.begin(), unit.down.end(), [day](const auto& d) { return d.contains(day); });
    if (unit.agency != agency || unit.kind != kind || !unit.available.contains(day) || down)
      continue;
    std::set<int> elsewhere;
    for (const auto& commitment : data_.commitments) {
      if (commitment.unit != u)
        continue;
      const bool on_own = is_own(commitment) && commitment.depart <= day && day <= commitment.home;
      const bool resting = commitment.home < day && day < rested_after(commitment);
      if (on_own || resting)
        elsewhere.insert(commitment.ordinals.begin(), commitment.ordinals.end());
    }
    available += unit.count - static_cast<int>(elsewhere.size());
  }
  return available;
}

void Search::cap_lent(Counter& counter) {
  const auto& [family, id, day] = counter.key;
  const AgencyIndex agency(id / 1000);
  const int available = available_on(agency, KindIndex(id % 1000), day);
  int level = data_.policy.default_preparedness_level.value;
  for (const auto& [from, value] : data_.agencies[agency].levels)
    if (from <= day)
      level = value;
  const double share = data_.policy.exportable_share[static_cast<std::size_t>(level - 1)].value;
  int lent = static_cast<int>(std::floor(available * share + 1e-9));
  for (const auto& [kind, less] : data_.agencies[agency].kept_less)
    if (kind == KindIndex(id % 1000))
      lent = std::min(available, lent + less);
  counter.cap = std::max(lent, counter.committed) - counter.committed;
}

// (3b)
void Search::cap_offered(Counter& counter) {
  const auto& [family, id, day] = counter.key;
  const OfferGroup& group = offers_[id];
  counter.cap = 0;
  for (const auto& offer : data_.offers)
    if (offer.agency == group.agency && offer.kind == group.kind && offer.type == group.type &&
        offer.channel == group.channel && offer.when.contains(day))
      counter.cap += offer.quantity;
}

// (5)
void Search::cap_seats(Counter& counter) const {
  const auto& [family, id, day] = counter.key;
  counter.cap = 0;
  for (const auto& lift : data_.lifts)
    if (lift.from == routes_[id].from && lift.to == routes_[id].to && lift.when.contains(day))
      counter.cap += lift.seats * lift.max_uses;
}

void Search::set_caps() {
  for (auto q : data_.requests.indices())
    for (Day day = data_.requests[q].need.first; day < data_.requests[q].need.last; day += Days{1})
      if (data_.horizon.contains(day))
        counter_of({Family::Working, q.value(), day});
  for (auto& counter : counters_) {
    const auto& [family, id, day] = counter.key;
    switch (family) {
      case Family::Working:
        cap_working(counter);
        break;
      case Family::Lent:
        cap_lent(counter);
        break;
      case Family::Offered:
        cap_offered(counter);
        break;
      case Family::Incident:
        if (const auto capacity = data_.incidents[IncidentIndex(id)].capacity_persons)
          counter.cap = std::max(*capacity, counter.committed) - counter.committed;
        break;
      case Family::Pool:
        counter.cap = std::max(data_.pools[PoolIndex(id)].people_on(day), counter.committed) - counter.committed;
        break;
      case Family::Seats:
        cap_seats(counter);
        break;
      case Family::Announced:
        cap_announced(counter);
        break;
      case Family::Assigned:
      case Family::Heads:
      case Family::Persons:
      case Family::Escorts:
      case Family::Leaving:
      case Family::Shadow:
      case Family::Moving:
      case Family::Travelling:
      case Family::MovingPersons:
        break;
    }
  }
}

/// The days on which new units could need escorts (4). Where nobody can come to need them, the words of escorts differ
/// in cost only.
void Search::make_escort_days() {
  for (std::size_t g = 0; g < escorts_.size(); ++g) {
    const EscortTerms& term = data_.agreements[escorts_[g].agreement].escorts[escorts_[g].term];
    const auto id = static_cast<std::uint32_t>(g);
    std::set<Day> days;
    for (const auto& counter : counters_)
      if (const auto& [family, group, day] = counter.key; family == Family::Persons && group == id)
        for (int back = 0; back <= term.ahead_days; ++back)
          if (day - Days{back} >= data_.horizon.first)
            days.insert(day - Days{back});
    for (const Day day : days) {
      EscortDay escort_day;
      escort_day.group = g;
      escort_day.roster = term.supply == EscortTerms::Supply::Roster;
      escort_day.escorts = find_counter({Family::Escorts, id, day});
      int most = 0;
      for (int i = 0; i <= term.ahead_days; ++i)
        if (const int persons = find_counter({Family::Persons, id, day + Days{i}}); persons >= 0) {
          const Counter& counter = counters_[static_cast<std::size_t>(persons)];
          escort_day.persons.push_back(persons);
          escort_day.alone = std::max(escort_day.alone, required(escorts_[g], counter.committed));
          most = std::max(most, required(escorts_[g], counter.committed + counter.reach));
        }
      if (escort_day.roster && escort_day.escorts >= 0)
        escort_day.kept = counters_[static_cast<std::size_t>(escort_day.escorts)].committed;
      const bool counts = escort_day.roster || data_.policy.escort_daily_cost.value > 0;
      if (counts && most > std::max(escort_day.kept, escort_day.alone))
        escort_days_.push_back(std::move(escort_day));
    }
  }
}

// (2b)
void Search::make_handover_days() {
  if (data_.policy.handover_points.value <= 0)
    return;
  for (const auto& counter : counters_) {
    const auto& [family, id, day] = counter.key;
    if (family != Family::Leaving)
      continue;
    const DayInterval need = data_.requests[RequestIndex(id)].need;
    if (data_.horizon.contains(day) && need.contains(day) && need.contains(day + Days{1}))
      handover_days_.push_back({find_counter(counter.key), find_counter({Family::Shadow, id, day})});
  }
}

// (8)
void Search::make_movements() {
  for (const auto& counter : counters_) {
    const auto& [family, id, day] = counter.key;
    if (family != Family::Moving)
      continue;
    const Movement& movement = movements_[id];
    const bool least = !movement.home && data_.agreements[movement.agreement].contingent.min_persons.value > 0;
    if (least || data_.policy.movement_points.value > 0)
      movement_days_.emplace_back(find_counter(counter.key),
                                  least ? find_counter({Family::MovingPersons, id, day}) : -1);
  }
}

void Search::finish_options() {
  for (auto& counter : counters_)
    counter.reach = 0;
  std::vector<std::vector<int>> most(options_.size(), std::vector<int>(counters_.size(), 0));
  for (std::size_t list = 0; list < options_.size(); ++list)
    for (const auto& option : options_[list])
      for (const auto& [counter, amount] : option.effects) {
        int& value = most[list][static_cast<std::size_t>(counter)];
        value = std::max(value, amount);
      }
  still_.assign(players_.size() + 1, std::vector<int>(counters_.size(), 0));
  for (std::size_t p = players_.size(); p-- > 0;)
    for (std::size_t c = 0; c < counters_.size(); ++c)
      still_[p][c] = still_[p + 1][c] + most[players_[p].options][c];
  for (std::size_t c = 0; c < counters_.size(); ++c) {
    counters_[c].reach = still_[0][c];
    if (counters_[c].reach <= counters_[c].cap)
      counters_[c].cap = INT_MAX;
  }
  make_escort_days();
  make_handover_days();
  make_movements();
  for (std::size_t c = 0; c < counters_.size(); ++c) {
    const auto& [family, id, day] = counters_[c].key;
    if (family == Family::Heads && data_.requests[RequestIndex(id)].min_fill > 1)
      fill_heads_.push_back(static_cast<int>(c));
    if (family == Family::Seats && data_.policy.points_per_money.value > 0)
      lift_days_.push_back(static_cast<int>(c));
  }
  const std::vector<bool> matters = counters_that_matter();
  for (auto& list : options_) {
    for (auto& option : list)
      std::erase_if(option.effects, [&](const auto& e) { return !matters[static_cast<std::size_t>(e.first)]; });
    keep_the_best(list);
  }
}

std::vector<bool> Search::counters_that_matter() const {
  std::vector<bool> matters(counters_.size(), false);
  const auto mark = [&matters](int counter) {
    if (counter >= 0)
      matters[static_cast<std::size_t>(counter)] = true;
  };
  for (const auto& day : escort_days_) {
    std::for_each(day.persons.begin(), day.persons.end(), mark);
    mark(day.escorts);
  }
  for (const auto& day : handover_days_) {
    mark(day.leaving);
    mark(day.shadow);
  }
  for (const auto& [units, persons] : movement_days_) {
    mark(units);
    mark(persons);
  }
  std::for_each(lift_days_.begin(), lift_days_.end(), mark);
  for (std::size_t c = 0; c < counters_.size(); ++c) {
    const Family family = std::get<0>(counters_[c].key);
    if (counters_[c].cap != INT_MAX || counters_[c].weight > 0 || family == Family::Assigned ||
        family == Family::Heads || family == Family::Travelling)
      matters[c] = true;
  }
  return matters;
}

/// Of words that do the same the cheapest that takes up least is enough. What is only limited or paid for is better
/// small; everything else must be the same.
void Search::keep_the_best(std::vector<Option>& list) const {
  const auto is_burden = [this](int counter) {
    switch (std::get<0>(counters_[static_cast<std::size_t>(counter)].key)) {
      case Family::Lent:
      case Family::Offered:
      case Family::Persons:
      case Family::Incident:
      case Family::Pool:
      case Family::Seats:
      case Family::Leaving:
        return true;
      case Family::Moving:
        return std::none_of(movement_days_.begin(), movement_days_.end(),
                            [counter](const auto& day) { return day.first == counter && day.second >= 0; });
      default:
        return false;
    }
  };
  using Effects = std::vector<std::pair<int, int>>;
  std::map<std::pair<Effects, std::uint32_t>, std::vector<std::pair<Effects, Option>>> kept;
  const auto is_within = [](const Effects& a, const Effects& b) {
    auto place = b.begin();
    for (const auto& [counter, amount] : a) {
      while (place != b.end() && place->first < counter)
        ++place;
      if (place == b.end() || place->first != counter || place->second < amount)
        return false;
    }
    return true;
  };
  for (auto& option : list) {
    Effects burdens;
    Effects others;
    for (const auto& effect : option.effects)
      (is_burden(effect.first) ? burdens : others).push_back(effect);
    auto& rivals = kept[{others, option.pins}];
    const auto beats = [&](const Effects& a, double price_a, const Effects& b, double price_b) {
      return price_a <= price_b && is_within(a, b);
    };
    if (std::any_of(rivals.begin(), rivals.end(),
                    [&](const auto& rival) { return beats(rival.first, rival.second.price, burdens, option.price); }))
      continue;
    std::erase_if(rivals,
                  [&](const auto& rival) { return beats(burdens, option.price, rival.first, rival.second.price); });
    rivals.emplace_back(std::move(burdens), std::move(option));
  }
  list.clear();
  for (auto& [key, rivals] : kept)
    for (auto& rival : rivals)
      list.push_back(std::move(rival.second));
}

OracleResult Search::run() {
  if (too_large_) {
    result_.complete = false;
    return std::move(result_);
  }
  used_.assign(counters_.size(), 0);
  for (const auto& counter : counters_)
    open_points_ += counter.weight * counter.open;
  Lists lists(options_.size());
  for (std::size_t list = 0; list < options_.size(); ++list)
    for (std::size_t i = 0; i < options_[list].size(); ++i)
      lists[list].push_back(static_cast<int>(i));
  place(0, lists, -1);
  result_.feasible = found_;
  return std::move(result_);
}

bool Search::fits(const Option& option) const {
  return std::all_of(option.effects.begin(), option.effects.end(), [this](const auto& effect) {
    const auto c = static_cast<std::size_t>(effect.first);
    return counters_[c].cap == INT_MAX || used_[c] + effect.second <= counters_[c].cap;
  });
}

/// By how much a word lowers the objective if nothing else is added. Later it can only be less: what others cover is
/// no longer open, and implicit escorts, left out here, only cost.
double Search::gain(const Option& option) const {
  double points = -option.price;
  for (const auto& [counter, amount] : option.effects) {
    const auto c = static_cast<std::size_t>(counter);
    if (counters_[c].weight > 0)
      points += counters_[c].weight * std::min(amount, std::max(0, counters_[c].open - used_[c]));
  }
  return points;
}

void Search::apply(const Option& option, int sign) {
  for (const auto& [counter, amount] : option.effects) {
    const auto c = static_cast<std::size_t>(counter);
    const int before = std::max(0, counters_[c].open - used_[c]);
    used_[c] += sign * amount;
    open_points_ += counters_[c].weight * (std::max(0, counters_[c].open - used_[c]) - before);
  }
  prices_ += sign * option.price;
}

/// How many escorts a day asks for, by what is there so far.
int Search::demand(const EscortDay& day) const {
  int most = 0;
  for (const int persons : day.persons)
    most = std::max(most, required(escorts_[day.group], total(persons)));
  return most;
}

double Search::implicit_money() const {
  std::int64_t escort_days = 0;
  for (const auto& day : escort_days_)
    if (!day.roster)
      escort_days += demand(day) - day.alone;
  return static_cast<double>(escort_days) * data_.policy.escort_daily_cost.value;
}

/// (5): the cheapest uses of the lifts of one route and day for the passengers there are.
double Search::lift_money(int seats) const {
  const auto& [family, id, day] = counters_[static_cast<std::size_t>(seats)].key;
  const auto passengers = static_cast<std::size_t>(used(seats));
  std::vector<double> cheapest(passengers + 1, HUGE_VAL);  // by passengers without a seat
  cheapest[passengers] = 0;
  for (const auto& lift : data_.lifts) {
    if (lift.from != routes_[id].from || lift.to != routes_[id].to || !lift.when.contains(day))
      continue;
    for (int use = 0; use < lift.max_uses; ++use) {
      std::vector<double> next = cheapest;
      for (std::size_t left = 0; left <= passengers; ++left) {
        const auto after = left - std::min(left, static_cast<std::size_t>(lift.seats));
        next[after] = std::min(next[after], cheapest[left] + lift.cost.value());
      }
      cheapest = std::move(next);
    }
  }
  return cheapest[0];
}

double Search::lifts_money() const {
  double money = 0;
  for (const int day : lift_days_)
    if (used(day) > 0)
      money += lift_money(day);
  return money;
}

/// (2b): those that no later shadow can undo.
int Search::drops(std::size_t player) const {
  int sum = 0;
  for (const auto& day : handover_days_)
    sum += std::max(0, total(day.leaving) - total(day.shadow) - still(player, day.shadow));
  return sum;
}

/// (8)
int Search::movements() const {
  return static_cast<int>(std::count_if(movement_days_.begin(), movement_days_.end(),
                                        [this](const auto& day) { return used(day.first) > 0; }));
}

/// What stays to be paid beside the prices of the words, whatever the later players do.
double Search::lasting_points(std::size_t player) const {
  const auto& policy = data_.policy;
  return policy.points_per_money.value * (implicit_money() + lifts_money()) +
         policy.handover_points.value * drops(player) + policy.movement_points.value * movements();
}

/// (4) for escorts on the roster: no day needs more than there are and could still come.
bool Search::escorts_can_do(std::size_t player) const {
  return std::all_of(escort_days_.begin(), escort_days_.end(), [&](const EscortDay& day) {
    const int shortfall = std::max(0, day.alone - day.kept);
    return !day.roster || demand(day) <= total(day.escorts) + still(player, day.escorts) + shortfall;
  });
}

/// (8) min_persons
bool Search::movements_can_do(std::size_t player) const {
  return std::all_of(movement_days_.begin(), movement_days_.end(), [&](const auto& day) {
    if (day.second < 0 || used(day.first) == 0)
      return true;
    const auto id = std::get<1>(counters_[static_cast<std::size_t>(day.first)].key);
    const int least = data_.agreements[movements_[id].agreement].contingent.min_persons.value;
    return used(day.second) + still(player, day.second) >= least;
  });
}

/// (6) min_fill
bool Search::fills_can_do(std::size_t player) const {
  for (const int heads : fill_heads_) {
    const auto& [family, id, day] = counters_[static_cast<std::size_t>(heads)].key;
    if (used(heads) == 0)
      continue;
    const int assigned = find_counter({Family::Assigned, id, day});
    if (total(assigned) + still(player, assigned) < data_.requests[RequestIndex(id)].min_fill)
      return false;
  }
  return true;
}

/// Units or people that are committed to a line on a day, or announced for it by who has yet to leave.
int Search::promised(RequestIndex request, Day day) const {
  const int committed = find_counter({Family::Assigned, request.value(), day});
  int sum = committed < 0 ? 0 : counters_[static_cast<std::size_t>(committed)].committed;
  for (const auto& a : data_.announcements)
    for (const auto& stay : a.stays)
      if (a.depart >= data_.horizon.first && stay.request == request && day >= stay.first && day < stay.last)
        sum += a.quantity * (data_.requests[request].measure == Measure::People ? data_.units[a.unit].persons : 1);
  return sum;
}

/// (6) package: each day of each line with what was promised for it; where something was promised to each line, that is
/// enough, and else it must be all that is wanted.
void Search::make_packages() {
  std::map<std::string, std::map<RequestIndex, int>> most_promised;
  for (auto q : data_.requests.indices()) {
    const Request& request = data_.requests[q];
    if (request.package.empty())
      continue;
    for (Day day = request.need.first; day < request.need.last; day += Days{1})
      if (data_.horizon.contains(day)) {
        const int told = promised(q, day);
        packages_[request.package].push_back({q, day, std::min(told, request.quantity)});
        int& most = most_promised[request.package][q];
        most = std::max(most, told);
      }
  }
  for (auto& [word, days] : packages_) {
    const auto& lines = most_promised[word];
    if (std::any_of(lines.begin(), lines.end(), [](const auto& line) { return line.second == 0; }))
      for (PackageDay& line : days)
        line.least = data_.requests[line.request].quantity;
  }
}

/// (6) package
bool Search::packages_can_do(std::size_t player) const {
  for (const auto& [word, days] : packages_) {
    bool started = false;
    for (std::size_t c = 0; c < counters_.size(); ++c) {
      const auto& [family, id, day] = counters_[c].key;
      if (family == Family::Heads && used_[c] > 0 && data_.requests[RequestIndex(id)].package == word)
        started = true;
    }
    if (!started)
      continue;
    for (const PackageDay& line : days) {
      const int assigned = find_counter({Family::Assigned, line.request.value(), line.day});
      if (total(assigned) + still(player, assigned) < line.least)
        return false;
    }
  }
  return true;
}

/// Limits on what stays open of a line.
bool Search::limits_can_hold(std::size_t player) const {
  return std::all_of(limits_.begin(), limits_.end(), [&](const UnmetLimit& limit) {
    int unmet = 0;
    for (std::size_t c = 0; c < counters_.size(); ++c) {
      const auto& [family, id, day] = counters_[c].key;
      if (family == Family::Working && id == limit.request.value())
        unmet += std::max(0, counters_[c].open - used_[c] - still(player, static_cast<int>(c)));
    }
    return unmet <= limit.most;
  });
}

bool Search::can_end_well(std::size_t player) const {
  return limits_can_hold(player) && escorts_can_do(player) && fills_can_do(player) && packages_can_do(player) &&
         movements_can_do(player);
}

/// (6) pin
bool Search::pins_hold() const {
  for (std::size_t p = 0; p < pins_.size(); ++p) {
    int serving = 0;
    for (std::size_t i = 0; i < players_.size(); ++i)
      if (((players_[i].pins_kept | chosen_[i]->pins) >> p & 1U) != 0)
        ++serving;
    if (serving < pins_[p].quantity)
      return false;
  }
  return true;
}

double Search::changed_points() const {
  double points = 0;
  for (std::size_t c = 0; c < counters_.size(); ++c)
    if (std::get<0>(counters_[c].key) == Family::Announced)
      points += counters_[c].weight * std::max(0, counters_[c].open - used_[c]);
  return points;
}

void Search::finish() {
  if (!pins_hold() || (other_than_ != nullptr && travels_as_expected()))
    return;
  const double objective = open_points_ + prices_ + lasting_points(players_.size());
  if (found_ && objective >= best_)
    return;
  found_ = true;
  best_ = objective;
  result_.objective = objective;
  result_.changes = changed_points();
  result_.need = open_points_ - result_.changes;
  result_.cost = implicit_money() + lifts_money();
  result_.tier = 0;
  result_.extension_days = 0;
  result_.drops = drops(players_.size());
  result_.movements = movements();
  result_.rosters.clear();
  for (std::size_t i = 0; i < players_.size(); ++i) {
    result_.cost += chosen_[i]->money;
    result_.tier += chosen_[i]->tier;
    result_.extension_days += chosen_[i]->extension;
    if (chosen_[i]->states.find_first_not_of('.') != std::string::npos)
      result_.rosters.push_back(
          fmt::format("{}#{} {}", data_.units[players_[i].unit].id, players_[i].ordinal, chosen_[i]->states));
  }
}

void Search::place(std::size_t player, const Lists& lists, int previous) {
  if (++result_.nodes > max_nodes_) {
    result_.complete = false;
    return;
  }
  if (!can_end_well(player))
    return;
  if (player == players_.size()) {
    finish();
    return;
  }
  // Words that no longer fit never will again: everything that is capped only grows.
  Lists fitting(lists.size());
  std::vector<std::vector<std::pair<double, int>>> gains(lists.size());
  std::vector<double> most(lists.size(), 0);
  double rest = 0;
  for (std::size_t p = player; p < players_.size(); ++p) {
    const std::size_t list = players_[p].options;
    if (gains[list].empty()) {
      for (const int i : lists[list]) {
        const Option& option = options_[list][static_cast<std::size_t>(i)];
        if (!fits(option))
          continue;
        fitting[list].push_back(i);
        gains[list].emplace_back(gain(option), i);
        most[list] = std::max(most[list], gains[list].back().first);
      }
    }
    if (p > player)
      rest += most[list];
  }
  const std::size_t list = players_[player].options;
  std::sort(gains[list].begin(), gains[list].end(),
            [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  const double now = open_points_ + prices_ + lasting_points(player);
  const bool next_is_same = player + 1 < players_.size() && players_[player + 1].options == list &&
                            players_[player + 1].pins_kept == players_[player].pins_kept;
  for (const auto& [points, i] : gains[list]) {
    if (found_ && now - std::min(points + rest, open_points_) >= best_ - 1e-9)
      break;
    if (i < previous)
      continue;
    const Option& option = options_[list][static_cast<std::size_t>(i)];
    apply(option, 1);
    chosen_.push_back(&option);
    place(player + 1, fitting, next_is_same ? i : -1);
    chosen_.pop_back();
    apply(option, -1);
  }
}

}  // namespace

OracleResult brute_force(const Scenario& scenario, std::int64_t max_nodes, const std::vector<UnmetLimit>& limits) {
  return Search(scenario, max_nodes, limits).run();
}

OracleResult brute_force_other(const Scenario& scenario, const Plan& than, std::int64_t max_nodes) {
  return Search(scenario, max_nodes, {}, &than).run();
}

OracleResult brute_force_others_come(const Scenario& scenario, const Plan& than, std::int64_t max_nodes) {
  return Search(scenario, max_nodes, {}, &than, true).run();
}

}  // namespace relevo::test
