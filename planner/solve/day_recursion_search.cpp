// SPDX-License-Identifier: MIT
// The search of DayRecursion: its tables filled backwards over the days, and followed from a choice to the end.
#include "planner/solve/day_recursion.hpp"
#include "planner/solve/linear_model.hpp"
#include "planner/solve/tolerances.hpp"

#include <algorithm>
#include <optional>

namespace relevo::planner {

namespace {

// The loops over the days used of a tour; they read and write different tables.

void add(double* __restrict to, const double* __restrict from, double price, int count) {
  for (int c = 0; c < count; ++c)
    to[c] = price + from[c];
}

void take_least(double* __restrict to, const double* __restrict from, double least, int count) {
  for (int c = 0; c < count; ++c)
    to[c] = from[c] < least ? from[c] : least;
}

void add_and_take_least(double* __restrict to, const double* __restrict from, double price, int count) {
  for (int c = 0; c < count; ++c) {
    const double sum = price + from[c];
    to[c] = sum < to[c] ? sum : to[c];
  }
}

}  // namespace

std::size_t DayRecursion::offset(std::size_t duty, int layer, int moves, int day) const {
  const Place& place = places_[duty];
  const Group& group = groups_[place.group];
  const int width = place.last - place.first + 2;
  const int state = ((layer * (group.moves + 1) + moves) * width + day - place.first) * group.stride;
  return static_cast<std::size_t>(state);
}

int DayRecursion::last_end(const Group& group, std::size_t duty, int layer) const {
  if (group.budgets.empty())
    return group.longest;
  const DeploymentTerms& terms = unit_class_->duties[duty].option.terms;
  return std::min(group.longest,
                  group.budgets[static_cast<std::size_t>(layer)] - (terms.travel_counts ? terms.journey_days : 0));
}

/// \pre the duty can be departed to on that day
const DayRecursion::Departures& DayRecursion::departures_on(std::size_t duty, int day) const {
  auto i = first_departure_[duty];
  while (departures_[i].last < day)
    ++i;
  return departures_[i];
}

/// The best first step of a deployment.
struct DayRecursion::Choice {
  double price = kInfinity;
  std::size_t duty = 0;
  int depart = 0;
  bool shadow = false;
};

class DayRecursion::Search {
  /// Line days there can be: columns [first, last).
  struct Window {
    int first = 0;
    int last = 0;
  };

 public:
  Search(const DayRecursion& recursion, const RosterPrices& prices, std::vector<double>& tables,
         std::vector<double>& home)
      : r_(recursion), unit_class_(*recursion.unit_class_), prices_(prices), tables_(tables), home_(home) {
    open_duties();
    for (const auto& group : r_.groups_)
      moved_stride_ = std::max(moved_stride_, static_cast<std::size_t>(group.longest_move) + 1);
    moved_.assign(unit_class_.duties.size() * moved_stride_, kInfinity);
    rested_.assign(unit_class_.duties.size(), kInfinity);
    home_.assign(static_cast<std::size_t>(r_.columns_) + 1, 0.0);
    best_on_.resize(static_cast<std::size_t>(r_.horizon_));
    best_at_.resize(unit_class_.duties.size());
    next_departure_.resize(unit_class_.duties.size());
    for (std::size_t d = 0; d < unit_class_.duties.size(); ++d)
      next_departure_[d] = r_.first_departure_[d + 1];
  }

  /// Duties with a line day at all, and the days between the first and the last of these: the rest of the tables is
  /// neither made nor read.
  void open_duties() {
    windows_.resize(unit_class_.duties.size());
    open_.resize(r_.groups_.size());
    if (tables_.size() < r_.table_size_)
      tables_.resize(r_.table_size_);
    for (std::size_t d = 0; d < unit_class_.duties.size(); ++d) {
      const Place& place = r_.places_[d];
      const auto& line = prices_.duties[d].line;
      Window& window = windows_[d];
      window = {place.first, place.last};
      while (window.first < window.last && !(line[static_cast<std::size_t>(window.first)] < kInfinity))
        ++window.first;
      while (window.first < window.last && !(line[static_cast<std::size_t>(window.last) - 1] < kInfinity))
        --window.last;
      if (window.first == window.last)
        continue;
      all_open_.push_back(d);
      open_[place.group].push_back(d);
    }
  }

  void run() {
    for (int t = r_.columns_; t >= 0; --t) {
      if (t < r_.horizon_)
        depart_on(t);  // needs what follows the first block; and who comes home today may be fit to go today
      for (std::size_t g = 0; g < r_.groups_.size(); ++g)
        if (!r_.groups_[g].one_block && !open_[g].empty())
          recurse(g, t);
    }
  }

  double home(int t) const { return t >= r_.horizon_ ? 0.0 : home_[static_cast<std::size_t>(t)]; }
  const Choice& best_on(int t) const { return best_on_[static_cast<std::size_t>(t)]; }
  const std::vector<Choice>& best_at() const { return best_at_; }

  const DeploymentTerms& terms(std::size_t duty) const { return unit_class_.duties[duty].option.terms; }
  const RosterPrices& prices() const { return prices_; }
  double extension(const DeploymentTerms& terms, int used) const {
    return used >= terms.max_line_days ? prices_.extension_day : 0.0;
  }

  /// What it takes to leave the duty for good after a last line day.
  double end(std::size_t duty, int last_line) const {
    const DutyPrices& days = prices_.duties[duty];
    const auto at = static_cast<std::size_t>(last_line);
    return days.leave[at] + days.go_home[at] + home(terms(duty).rested(last_line));
  }

  double on_line(std::size_t duty, int layer, int moves, int day, int used) const {
    const Place& place = r_.places_[duty];
    if (day < windows_[duty].first || day >= windows_[duty].last || used >= r_.groups_[place.group].longest)
      return kInfinity;
    return tables_[place.on_line + r_.offset(duty, layer, moves, day) + static_cast<std::size_t>(used)];
  }
  double after(std::size_t duty, int layer, int moves, int day, int used) const {
    const Place& place = r_.places_[duty];
    if (day <= windows_[duty].first || day > windows_[duty].last)
      return kInfinity;
    return tables_[place.after + r_.offset(duty, layer, moves, day) + static_cast<std::size_t>(used)];
  }

  /// Days off at the duty from `day` on; infinite where they do not end within the problem.
  double days_off(std::size_t duty, int day) const {
    double sum = 0.0;
    for (int t = day; t < day + terms(duty).days_off; ++t)
      sum += t < r_.columns_ ? prices_.duties[duty].off[static_cast<std::size_t>(t)] : kInfinity;
    return sum;
  }

  /// The move from one duty to the k-th of its moves within a tour: fare and days.
  double moving(std::size_t from, std::size_t k, int day) const {
    const DutyMove& move = unit_class_.moves[from][k];
    double sum = prices_.duties[from].leave[static_cast<std::size_t>(day - 1)] + prices_.fares[from][k];
    for (int t = day; t < day + move.days; ++t)
      sum += t < r_.columns_ ? prices_.duties[move.to].move_to[static_cast<std::size_t>(t)] : kInfinity;
    return sum;
  }

  /// One whole block of a duty without tables, by its number of line days; calls visit(line days, price).
  template <class Visit>
  void for_each_single_block(std::size_t duty, int depart, bool shadow, const Visit& visit) const {
    const PairOption& option = unit_class_.duties[duty].option;
    const DeploymentTerms& of_duty = option.terms;
    const DutyPrices& days = prices_.duties[duty];
    int used = option.worked_before(depart);
    int t = of_duty.first_line(depart);
    double price = days.depart[static_cast<std::size_t>(depart)];
    if (shadow) {
      price += days.shadow[static_cast<std::size_t>(t)] + extension(of_duty, used);
      ++used;
      ++t;
    }
    const int arrived = depart + of_duty.journey_days;
    const std::optional<int> since = of_duty.counted_from(depart);
    const Place& place = r_.places_[duty];
    for (int n = 1; used < of_duty.longest_tour() && t < place.last && price < kInfinity; ++n, ++t, ++used) {
      price += days.line[static_cast<std::size_t>(t)] + extension(of_duty, used);
      if (n < of_duty.min_line_days || !option.may_end(since, t))
        continue;
      double total = price + end(duty, t);
      if (of_duty.relief_days > 0) {
        const int crews = std::max(0, t - arrived) / of_duty.relief_days;
        total += days.relief * crews;
      }
      visit(n, total);
    }
  }

  /// The least price of a deployment that departs to a duty with tables.
  double toured(std::size_t duty, int day, const Departures& departure, bool shadow) const {
    const DeploymentTerms& of_duty = unit_class_.duties[duty].option.terms;
    const DutyPrices& days = prices_.duties[duty];
    int used = departure.worked;
    int t = of_duty.first_line(day);
    double price = days.depart[static_cast<std::size_t>(day)];
    if (shadow) {
      price += days.shadow[static_cast<std::size_t>(t)] + extension(of_duty, used);
      ++used;
      ++t;
    }
    if (used + of_duty.min_line_days > of_duty.longest_tour() || t + of_duty.min_line_days > r_.places_[duty].last ||
        t < r_.places_[duty].first)
      return kInfinity;
    for (int i = 0; i < of_duty.min_line_days; ++i)
      price += days.line[static_cast<std::size_t>(t) + static_cast<std::size_t>(i)] + extension(of_duty, used + i);
    return price + after(duty, departure.layer, 0, t + of_duty.min_line_days, used + of_duty.min_line_days);
  }

 private:
  void recurse(std::size_t index, int t) {
    const Group& group = r_.groups_[index];
    const auto& open = open_[index];
    for (int moves = group.moves; moves >= 0; --moves)
      for (int layer = group.layers - 1; layer >= 0; --layer) {
        for (const std::size_t duty : open)
          if (t >= windows_[duty].first && t < windows_[duty].last)
            work(group, duty, layer, moves, t);
        look_at_moves(group, open, layer, moves, t);
        for (const std::size_t duty : open)
          if (t > windows_[duty].first && t <= windows_[duty].last)
            go_on(group, duty, layer, moves, t);
      }
  }

  /// A(q,j,n,t,c) for all c.
  void work(const Group& group, std::size_t duty, int layer, int moves, int t) {
    const Place& place = r_.places_[duty];
    const double line = prices_.duties[duty].line[static_cast<std::size_t>(t)];
    double* here = &tables_[place.on_line + r_.offset(duty, layer, moves, t)];
    const double* next = &tables_[place.after + r_.offset(duty, layer, moves, t + 1)] + 1;
    const int usual = std::min(terms(duty).max_line_days, group.longest);
    add(here, next, line, usual);
    add(here + usual, next + usual, line + prices_.extension_day, group.longest - usual);
  }

  /// For all duties once what each may cost that is moved to from day t on, so that go_on() need not ask for each move.
  void look_at_moves(const Group& group, const std::vector<std::size_t>& open, int layer, int moves, int t) {
    if (moves >= group.moves || t == 0)
      return;
    for (const std::size_t to : open) {
      const Window& window = windows_[to];
      double* moved = &moved_[to * moved_stride_];
      std::fill(moved, moved + moved_stride_, kInfinity);
      rested_[to] =
          layer + 1 < terms(to).max_tours ? on_line(to, layer + 1, moves + 1, t + terms(to).days_off, 0) : kInfinity;
      const int last = std::min({group.longest_move, window.last - 1 - t, group.longest - 1});
      if (t + last < window.first)
        continue;
      const auto& days_on_the_way = prices_.duties[to].move_to;
      double on_the_way = 0.0;
      for (int days = 0; days <= last; ++days) {
        if (t + days >= window.first)
          moved[days] = on_the_way + on_line(to, layer, moves + 1, t + days, days);
        on_the_way += days_on_the_way[static_cast<std::size_t>(t) + static_cast<std::size_t>(days)];
      }
    }
  }

  /// C(q,j,n,t,c) for all c.
  void go_on(const Group& group, std::size_t duty, int layer, int moves, int t) {
    const Place& place = r_.places_[duty];
    const double at_once = std::min(end(duty, t - 1), rest(group, duty, layer, moves, t));
    const int may_end = std::max(0, r_.last_end(group, duty, layer) + 1);  // states from which it may end
    double* here = &tables_[place.after + r_.offset(duty, layer, moves, t)];
    if (t < windows_[duty].last) {
      const double* on = &tables_[place.on_line + r_.offset(duty, layer, moves, t)];
      take_least(here, on, at_once, std::min(may_end, group.longest));
      std::copy(on + std::min(may_end, group.longest), on + group.longest, here + std::min(may_end, group.longest));
      here[group.longest] = may_end > group.longest ? at_once : kInfinity;
    } else {
      std::fill(here, here + may_end, at_once);
      std::fill(here + may_end, here + group.longest + 1, kInfinity);
    }
    if (moves >= group.moves || t - 1 < 0)
      return;
    const auto& all = unit_class_.moves[duty];
    const auto& fares = prices_.fares[duty];
    // A is least where least of the tour is used, and C nowhere above what it takes to leave at once, where one may.
    const double most = may_end > group.longest && prices_.extension_day >= 0.0 ? at_once + kPriceTolerance : kInfinity;
    const double alone = most - prices_.duties[duty].leave[static_cast<std::size_t>(t - 1)];
    for (std::size_t k = 0; k < all.size(); ++k) {
      const DutyMove& move = all[k];
      if (!(fares[k] + moved_[move.to * moved_stride_ + static_cast<std::size_t>(move.days)] < alone))
        continue;
      const double fixed = moving(duty, k, t);
      const double* on =
          &tables_[r_.places_[move.to].on_line + r_.offset(move.to, layer, moves + 1, t + move.days)] + move.days;
      const int states = group.longest - move.days;
      const int usual = std::clamp(terms(duty).max_line_days - move.days + 1, 0, std::max(states, 0));
      add_and_take_least(here, on, fixed, usual);
      for (int c = usual; c < states; ++c)
        here[c] = std::min(here[c], fixed + moved_extension(duty, c, move.days) + on[c]);
    }
  }

 public:
  /// Extension days among the days of a move.
  double moved_extension(std::size_t duty, int used, int move_days) const {
    const DeploymentTerms& of_duty = terms(duty);
    return prices_.extension_day * (extension_days(of_duty, used + move_days) - extension_days(of_duty, used));
  }

  /// rest_and_return() by what look_at_moves() found.
  double rest(const Group& group, std::size_t duty, int layer, int moves, int t) const {
    if (layer + 1 >= terms(duty).max_tours)
      return kInfinity;
    const int days = terms(duty).days_off;
    double best = on_line(duty, layer + 1, moves, t + days, 0);
    if (moves < group.moves) {
      const auto& all = unit_class_.moves[duty];
      const auto& fares = prices_.fares[duty];
      const double leave = prices_.duties[duty].leave[static_cast<std::size_t>(t - 1)];
      for (std::size_t k = 0; k < all.size(); ++k)
        if (all[k].days <= days)
          best = std::min(best, leave + fares[k] + rested_[all[k].to]);
    }
    return days_off(duty, t) + best;
  }

  /// Days off after a tour, and the best tour after them.
  double rest_and_return(const Group& group, std::size_t duty, int layer, int moves, int t) const {
    if (layer + 1 >= terms(duty).max_tours)
      return kInfinity;
    const int day = t + terms(duty).days_off;
    double best = on_line(duty, layer + 1, moves, day, 0);
    if (moves < group.moves)
      for (std::size_t k = 0; k < unit_class_.moves[duty].size(); ++k)
        best = std::min(best, moved_in_days_off(duty, k, layer, moves, t));
    return days_off(duty, t) + best;
  }

  /// Without the days off themselves.
  double moved_in_days_off(std::size_t duty, std::size_t k, int layer, int moves, int t) const {
    const DutyMove& move = unit_class_.moves[duty][k];
    if (move.days > terms(duty).days_off)
      return kInfinity;
    return prices_.duties[duty].leave[static_cast<std::size_t>(t - 1)] + prices_.fares[duty][k] +
           on_line(move.to, layer + 1, moves + 1, t + terms(duty).days_off, 0);
  }

 private:
  void depart_on(int t) {
    Choice best;
    for (const std::size_t duty : all_open_) {
      std::uint32_t& next = next_departure_[duty];
      const auto& departures = r_.departures_;
      const auto begin = r_.first_departure_[duty];
      while (next > begin && departures[next - 1].first > t)
        --next;
      if (next == begin || departures[next - 1].last < t ||
          !(prices_.duties[duty].depart[static_cast<std::size_t>(t)] < kInfinity))
        continue;
      for (const bool shadow : {false, true}) {
        if (shadow && !departures[next - 1].shadow_allowed)
          continue;
        const double price = deployment(duty, t, departures[next - 1], shadow);
        if (price < best.price - kPriceTolerance)
          best = {price, duty, t, shadow};
        if (price <= best_at_[duty].price)
          best_at_[duty] = {price, duty, t, shadow};
      }
    }
    best_on_[static_cast<std::size_t>(t)] = best;
    home_[static_cast<std::size_t>(t)] = std::min(home(t + 1), best.price);
  }

  double deployment(std::size_t duty, int day, const Departures& departure, bool shadow) const {
    if (!r_.groups_[r_.places_[duty].group].one_block)
      return toured(duty, day, departure, shadow);
    double best = kInfinity;
    for_each_single_block(duty, day, shadow, [&](int, double price) { best = std::min(best, price); });
    return best;
  }

  const DayRecursion& r_;
  const UnitClass& unit_class_;
  const RosterPrices& prices_;
  std::vector<double>& tables_;
  std::vector<double>& home_;
  std::vector<Window> windows_;                 // by duty
  std::vector<std::size_t> all_open_;           // duties with a line day, ascending
  std::vector<std::vector<std::size_t>> open_;  // the same, by group
  std::size_t moved_stride_ = 1;
  std::vector<double> moved_;    // by days of a move and the duty moved to: what follows, without the fare
  std::vector<double> rested_;   // by duty moved to in days off: what follows them
  std::vector<Choice> best_on_;  // by day of departure
  std::vector<Choice> best_at_;  // by duty
  std::vector<std::uint32_t> next_departure_;  // by duty: one past the departures to look at
};

/// Follows the tables from a choice to the end.
class DayRecursion::Trace {
 public:
  Trace(const DayRecursion& recursion, const Search& search)
      : r_(recursion), unit_class_(*recursion.unit_class_), search_(search) {}

  Roster roster(Choice choice) const {
    Roster all;
    while (true) {
      Deployment deployment{r_.index_, choice.depart, {}};
      const int rested =
          r_.groups_[r_.places_[choice.duty].group].one_block ? single(choice, deployment) : toured(choice, deployment);
      all.push_back(std::move(deployment));
      int t = rested;
      while (t < r_.horizon_ && !(search_.best_on(t).price <= search_.home(t)))
        ++t;
      if (t >= r_.horizon_ || !(search_.home(t) < -kPriceTolerance))
        return all;
      choice = search_.best_on(t);
    }
  }

 private:
  const DeploymentTerms& terms(std::size_t duty) const { return search_.terms(duty); }

  Block first_block(const Choice& choice) const {
    Block block;
    block.duty = choice.duty;
    block.shadow = choice.shadow;
    block.first_line = terms(choice.duty).first_line(choice.depart) + (choice.shadow ? 1 : 0);
    block.line_days = terms(choice.duty).min_line_days;
    return block;
  }

  int single(const Choice& choice, Deployment& deployment) const {
    Block block = first_block(choice);
    double best = kInfinity;
    search_.for_each_single_block(choice.duty, choice.depart, choice.shadow, [&](int line_days, double price) {
      if (price < best) {
        best = price;
        block.line_days = line_days;
      }
    });
    deployment.blocks.push_back(block);
    return terms(choice.duty).rested(block.end() - 1);
  }

  int toured(const Choice& choice, Deployment& deployment) const {
    const Group& group = r_.groups_[r_.places_[choice.duty].group];
    Block block = first_block(choice);
    int used = unit_class_.duties[choice.duty].option.worked_before(choice.depart) + block.duty_days();
    int layer = r_.departures_on(choice.duty, choice.depart).layer;
    int moves = 0;
    while (true) {
      const int t = block.end();
      const double go_home = used <= r_.last_end(group, block.duty, layer) ? search_.end(block.duty, t - 1) : kInfinity;
      const double rest = search_.rest_and_return(group, block.duty, layer, moves, t);
      const double on = search_.on_line(block.duty, layer, moves, t, used);
      std::size_t next = 0;
      const double move = moves < group.moves ? best_move(block.duty, layer, moves, t, used, next) : kInfinity;
      const double best = std::min(std::min(go_home, rest), std::min(on, move));
      if (go_home <= best) {
        deployment.blocks.push_back(block);
        return terms(block.duty).rested(t - 1);
      }
      if (on <= best) {
        ++block.line_days;
        ++used;
      } else if (rest <= best) {
        block = after_days_off(block, layer, moves, t, deployment);
        used = 1;
        ++layer;
      } else {
        block = moved(block, next, t, deployment);
        used += deployment.blocks.back().move_days + 1;
        ++moves;
      }
    }
  }

  double best_move(std::size_t duty, int layer, int moves, int t, int used, std::size_t& next) const {
    double best = kInfinity;
    for (std::size_t k = 0; k < unit_class_.moves[duty].size(); ++k) {
      const DutyMove& move = unit_class_.moves[duty][k];
      const int day = t + move.days;
      const double price = search_.moving(duty, k, t) + search_.moved_extension(duty, used, move.days) +
                           search_.on_line(move.to, layer, moves + 1, day, used + move.days);
      if (price < best) {
        best = price;
        next = k;
      }
    }
    return best;
  }

  Block after_days_off(Block block, int layer, int& moves, int t, Deployment& deployment) const {
    block.then = Block::Then::TakesDaysOff;
    deployment.blocks.push_back(block);
    Block next;
    next.duty = block.duty;
    next.first_line = t + terms(block.duty).days_off;
    next.line_days = 1;
    double best = search_.on_line(block.duty, layer + 1, moves, next.first_line, 0);
    std::optional<std::size_t> moved_to;
    if (moves < r_.groups_[r_.places_[block.duty].group].moves)
      for (std::size_t k = 0; k < unit_class_.moves[block.duty].size(); ++k) {
        const double price = search_.moved_in_days_off(block.duty, k, layer, moves, t);
        if (price < best) {
          best = price;
          moved_to = unit_class_.moves[block.duty][k].to;
        }
      }
    if (moved_to) {
      next.duty = *moved_to;
      next.moved_from = block.duty;
      ++moves;
    }
    return next;
  }

  Block moved(Block block, std::size_t k, int t, Deployment& deployment) const {
    const DutyMove& move = unit_class_.moves[block.duty][k];
    block.then = Block::Then::MovesOn;
    block.next = move.to;
    block.move_days = move.days;
    deployment.blocks.push_back(block);
    Block next;
    next.duty = move.to;
    next.first_line = t + move.days;
    next.line_days = 1;
    return next;
  }

  const DayRecursion& r_;
  const UnitClass& unit_class_;
  const Search& search_;
};

std::vector<PricedRoster> DayRecursion::cheapest(const RosterPrices& prices, std::size_t most, double below,
                                                 std::vector<double>& tables, std::vector<double>& home) const {
  Search search(*this, prices, tables, home);
  search.run();
  std::vector<Choice> choices = search.best_at();
  std::erase_if(choices, [&](const Choice& choice) { return !(choice.price < below); });
  std::stable_sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) { return a.price < b.price; });
  if (choices.size() > most)
    choices.resize(most);
  const Trace trace(*this, search);
  std::vector<PricedRoster> found;
  found.reserve(choices.size());
  for (const auto& choice : choices)
    found.push_back({choice.price, trace.roster(choice)});
  return found;
}

double DayRecursion::least_price(const RosterPrices& prices, std::vector<double>& tables,
                                 std::vector<double>& home) const {
  Search search(*this, prices, tables, home);
  search.run();
  return search.home(0);
}

}  // namespace relevo::planner
