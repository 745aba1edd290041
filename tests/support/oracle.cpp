// SPDX-License-Identifier: MIT
#include "tests/support/oracle.hpp"

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
/// escort group, an incident or a pool.
enum class Family { Working, Assigned, Heads, Lent, Offered, Persons, Escorts, Incident, Pool };
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

struct Counter {
  Key key;
  int committed = 0;
  int cap = INT_MAX;  ///< most that new assignments may add
  double weight = 0;  ///< Working: points of one unmet
  int open = 0;       ///< Working: need that commitments leave
  int reach = 0;      ///< most that all units together could add
};

/// What one word adds to the counters, and what it costs.
struct Option {
  std::vector<std::pair<int, int>> effects;  ///< (counter, amount), ascending
  std::uint32_t pins = 0;                    ///< which pins' requests it serves
  double price = 0;                          ///< points
  double money = 0;
  double tier = 0;
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
  Search(const Scenario& scenario, std::int64_t max_nodes)
      : scenario_(scenario), data_(scenario.data()), max_nodes_(max_nodes) {
    make_groups();
    count_commitments();
    make_players();
    set_caps();
    finish_options();
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
  void drop_idle_escorts();
  void finish_options();
  Day rested_after(const Commitment& commitment) const;
  bool is_own(const Commitment& commitment) const;

  /// Calls `add(key, amount)` for everything that one stay of a unit counts towards.
  void count_stay(const Unit& unit, const Stay& stay, bool commitment,
                  const std::function<void(const Key&, int)>& add) const;
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
  bool can_end_well(std::size_t player) const;
  bool escorts_can_do(std::size_t player) const;
  bool fills_can_do(std::size_t player) const;
  bool packages_can_do(std::size_t player) const;
  bool pins_hold() const;
  void finish();

  int required(const EscortGroup& group, int persons) const {
    const EscortTerms& term = data_.agreements[group.agreement].escorts[group.term];
    return persons <= term.threshold ? 0 : static_cast<int>(ceil_div(persons, term.per_persons));
  }

  const Scenario& scenario_;
  const ScenarioData& data_;
  std::int64_t max_nodes_;

  std::vector<OfferGroup> offers_;
  std::vector<EscortGroup> escorts_;
  std::vector<std::pair<int, int>> escort_days_;  ///< counters (Persons, Escorts or -1) of one group and day
  std::vector<int> fill_heads_;                   ///< Heads counters of requests with min_fill
  std::map<std::string, std::vector<RequestIndex>> packages_;
  std::vector<Decision> pins_;

  std::vector<Counter> counters_;
  std::map<Key, int> index_;
  std::vector<std::vector<Option>> options_;
  std::vector<Player> players_;
  std::vector<std::vector<int>> still_;  ///< [player][counter]: most that this and later players could add

  std::vector<int> used_;
  std::vector<const Option*> chosen_;
  double open_points_ = 0;  ///< points of unmet need at present
  double prices_ = 0;
  double best_ = 0;
  bool found_ = false;
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
  for (auto q : data_.requests.indices())
    if (!data_.requests[q].package.empty())
      packages_[data_.requests[q].package].push_back(q);
  for (const auto& decision : data_.decisions)
    if (decision.action == Decision::Action::Pin)
      pins_.push_back(decision);
}

int Search::counter_of(const Key& key) {
  const auto [place, added] = index_.emplace(key, static_cast<int>(counters_.size()));
  if (added) {
    counters_.emplace_back();
    counters_.back().key = key;
  }
  return place->second;
}

void Search::count_stay(const Unit& unit, const Stay& stay, bool commitment,
                        const std::function<void(const Key&, int)>& add) const {
  const Agreement& agreement = data_.agreements[stay.service.agreement];
  std::vector<Day> assigned = stay.line;
  assigned.insert(assigned.end(), stay.off.begin(), stay.off.end());
  if (stay.service.request) {
    const auto q = stay.service.request->value();
    const Request& request = data_.requests[*stay.service.request];
    const int amount = request.measure == Measure::People ? unit.persons : 1;
    for (const Day day : stay.line)
      add({Family::Working, q, day}, amount);
    for (const Day day : assigned) {
      if (request.min_fill > 1 || !request.package.empty()) {
        add({Family::Assigned, q, day}, amount);
        if (!commitment)
          add({Family::Heads, q, day}, 1);
      }
      if (request.incident)
        add({Family::Incident, request.incident->value(), day}, unit.persons);
    }
  }
  for (std::size_t g = 0; g < escorts_.size(); ++g) {
    const EscortGroup& group = escorts_[g];
    if (group.agreement != stay.service.agreement || group.lender != unit.agency ||
        group.borrower != stay.service.borrower)
      continue;
    const auto id = static_cast<std::uint32_t>(g);
    for (const Day day : assigned) {
      if (!stay.service.escort_term)
        add({Family::Persons, id, day}, unit.persons);
      if (stay.service.escort_term == group.term)
        add({Family::Escorts, id, day}, 1);
    }
  }
  const bool lent = !stay.service.escort_term && !agreement.own_forces && stay.service.borrower != unit.agency;
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
  stay.service = {commitment.agreement, commitment.borrower, commitment.request, escort_term_of(commitment)};
  stay.depart = commitment.depart;
  stay.home = commitment.home;
  const auto& tour = data_.agreements[commitment.agreement].tour;
  const bool crewed = data_.kinds.kinds[unit.kind].crewed;
  int tours = 1;
  int worked = 0;
  for (Day day = commitment.first_line_day; day < commitment.release; day += Days{1}) {
    if (crewed && worked == tour.max_line_days.value && tours < tour.max_tours.value) {
      for (int i = 0; i < tour.days_off_in_place.value && day < commitment.release; ++i, day += Days{1})
        stay.off.push_back(day);
      ++tours;
      worked = 0;
      if (day >= commitment.release)
        break;
    }
    stay.line.push_back(day);
    ++worked;
  }
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
    if (!stay.service.request && commitment.incident)
      for (Day day = commitment.first_line_day; day < commitment.release; day += Days{1})
        counters_[static_cast<std::size_t>(counter_of({Family::Incident, commitment.incident->value(), day}))]
            .committed += unit.persons * times;
  }
}

Day Search::rested_after(const Commitment& commitment) const {
  const Kind& kind = data_.kinds.kinds[data_.units[commitment.unit].kind];
  const int rest = kind.crewed ? data_.agreements[commitment.agreement].tour.rest_days_home.value : kind.refurbish_days;
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
  for (const Word& word : words_of(scenario_, index, first_departure)) {
    Option option;
    option.states = word.states;
    std::map<int, int> effects;
    for (const Stay& stay : word.stays) {
      count_stay(unit, stay, false, [&](const Key& key, int amount) { effects[counter_of(key)] += amount; });
      option.money += stay.cost;
      const Agreement& agreement = data_.agreements[stay.service.agreement];
      if (!stay.service.escort_term)
        option.tier += data_.policy.tier_points[static_cast<std::size_t>(agreement.precedence.tier)].value;
      for (std::size_t p = 0; p < pins_.size(); ++p)
        if (pins_[p].unit == index && stay.service.request && pins_[p].request == stay.service.request)
          option.pins |= 1U << p;
    }
    option.effects.assign(effects.begin(), effects.end());
    option.price = option.tier + data_.policy.points_per_money.value * option.money;
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
void Search::cap_lent(Counter& counter) {
  const auto& [family, id, day] = counter.key;
  const AgencyIndex agency(id / 1000);
  const KindIndex kind(id % 1000);
  int available = 0;
  for (const auto& unit : data_.units)
    if (unit.agency == agency && unit.kind == kind && unit.available.contains(day))
      available += unit.count;
  for (const auto& commitment : data_.commitments) {
    const Unit& unit = data_.units[commitment.unit];
    if (unit.agency != agency || unit.kind != kind || !unit.available.contains(day) || !is_own(commitment))
      continue;
    if (commitment.depart <= day && day <= commitment.home)
      available -= static_cast<int>(commitment.ordinals.size());
  }
  int level = data_.policy.default_preparedness_level.value;
  for (const auto& [from, value] : data_.agencies[agency].levels)
    if (from <= day)
      level = value;
  const double share = data_.policy.exportable_share[static_cast<std::size_t>(level - 1)].value;
  counter.cap = std::max(static_cast<int>(std::floor(available * share + 1e-9)), counter.committed) - counter.committed;
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
      case Family::Assigned:
      case Family::Heads:
      case Family::Persons:
      case Family::Escorts:
        break;
    }
  }
}

/// Forgets escorts that nobody can come to need: their words then differ in cost only.
void Search::drop_idle_escorts() {
  for (std::size_t c = 0; c < counters_.size(); ++c) {
    const auto [family, id, day] = counters_[c].key;
    if (family != Family::Persons)
      continue;
    const EscortGroup& group = escorts_[id];
    const int escorts = find_counter({Family::Escorts, id, day});
    const bool roster = data_.agreements[group.agreement].escorts[group.term].supply == EscortTerms::Supply::Roster;
    const int kept = escorts < 0 ? 0 : counters_[static_cast<std::size_t>(escorts)].committed;
    const int alone = required(group, counters_[c].committed);
    if (required(group, counters_[c].committed + counters_[c].reach) > std::max(kept, alone))
      escort_days_.emplace_back(static_cast<int>(c), roster ? escorts : -1);
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
  drop_idle_escorts();

  std::vector<bool> matters(counters_.size(), false);
  for (const auto& [persons, escorts] : escort_days_) {
    matters[static_cast<std::size_t>(persons)] = true;
    if (escorts >= 0)
      matters[static_cast<std::size_t>(escorts)] = true;
  }
  for (std::size_t c = 0; c < counters_.size(); ++c) {
    const auto& [family, id, day] = counters_[c].key;
    if (counters_[c].cap != INT_MAX || counters_[c].weight > 0)
      matters[c] = true;
    if (family == Family::Assigned || family == Family::Heads)
      matters[c] = true;
    if (family == Family::Heads && data_.requests[RequestIndex(id)].min_fill > 1)
      fill_heads_.push_back(static_cast<int>(c));
  }
  // Of words that count the same only the cheapest is of interest.
  for (auto& list : options_) {
    std::map<std::pair<std::vector<std::pair<int, int>>, std::uint32_t>, Option> cheapest;
    for (auto& option : list) {
      std::erase_if(option.effects, [&](const auto& e) { return !matters[static_cast<std::size_t>(e.first)]; });
      auto key = std::make_pair(option.effects, option.pins);
      const auto place = cheapest.find(key);
      if (place == cheapest.end())
        cheapest.emplace(std::move(key), std::move(option));
      else if (option.price < place->second.price)
        place->second = std::move(option);
    }
    list.clear();
    for (auto& [key, option] : cheapest)
      list.push_back(std::move(option));
  }
}

OracleResult Search::run() {
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

double Search::implicit_money() const {
  std::int64_t escort_days = 0;
  for (const auto& [persons, escorts] : escort_days_) {
    const auto& counter = counters_[static_cast<std::size_t>(persons)];
    const EscortGroup& group = escorts_[std::get<1>(counter.key)];
    if (data_.agreements[group.agreement].escorts[group.term].supply != EscortTerms::Supply::Implicit)
      continue;
    const int kept = find_counter({Family::Escorts, std::get<1>(counter.key), std::get<2>(counter.key)});
    const int there = kept < 0 ? 0 : counters_[static_cast<std::size_t>(kept)].committed;
    const int covered = std::max(there, required(group, counter.committed));
    escort_days += std::max(0, required(group, total(persons)) - covered);
  }
  return static_cast<double>(escort_days) * data_.policy.escort_daily_cost.value;
}

/// (4) for escorts on the roster: no day needs more than there are and could still come.
bool Search::escorts_can_do(std::size_t player) const {
  for (const auto& [persons, escorts] : escort_days_) {
    const auto& counter = counters_[static_cast<std::size_t>(persons)];
    const EscortGroup& group = escorts_[std::get<1>(counter.key)];
    if (data_.agreements[group.agreement].escorts[group.term].supply != EscortTerms::Supply::Roster)
      continue;
    const int kept = escorts < 0 ? 0 : counters_[static_cast<std::size_t>(escorts)].committed;
    const int shortfall = std::max(0, required(group, counter.committed) - kept);
    if (required(group, total(persons)) > total(escorts) + still(player, escorts) + shortfall)
      return false;
  }
  return true;
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

/// (6) package
bool Search::packages_can_do(std::size_t player) const {
  for (const auto& [word, lines] : packages_) {
    bool started = false;
    for (std::size_t c = 0; c < counters_.size(); ++c) {
      const auto& [family, id, day] = counters_[c].key;
      if (family == Family::Heads && used_[c] > 0 && data_.requests[RequestIndex(id)].package == word)
        started = true;
    }
    if (!started)
      continue;
    for (const auto q : lines) {
      const Request& request = data_.requests[q];
      for (Day day = request.need.first; day < request.need.last; day += Days{1}) {
        if (!data_.horizon.contains(day))
          continue;
        const int assigned = find_counter({Family::Assigned, q.value(), day});
        if (total(assigned) + still(player, assigned) < request.quantity)
          return false;
      }
    }
  }
  return true;
}

bool Search::can_end_well(std::size_t player) const {
  return escorts_can_do(player) && fills_can_do(player) && packages_can_do(player);
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

void Search::finish() {
  if (!pins_hold())
    return;
  const double escorts = implicit_money();
  const double objective = open_points_ + prices_ + data_.policy.points_per_money.value * escorts;
  if (found_ && objective >= best_)
    return;
  found_ = true;
  best_ = objective;
  result_.objective = objective;
  result_.need = open_points_;
  result_.cost = escorts;
  result_.tier = 0;
  result_.rosters.clear();
  for (std::size_t i = 0; i < players_.size(); ++i) {
    result_.cost += chosen_[i]->money;
    result_.tier += chosen_[i]->tier;
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
  const double now = open_points_ + prices_ + data_.policy.points_per_money.value * implicit_money();
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

OracleResult brute_force(const Scenario& scenario, std::int64_t max_nodes) {
  return Search(scenario, max_nodes).run();
}

}  // namespace relevo::test
