// SPDX-License-Identifier: MIT
#include "planner/solve/recreate.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace relevo::planner {

namespace {

/// A roster is put in when it earns at least so many points.
constexpr double kLeastEarned = 1e-6;
/// What mending a rule earns where it has to be mended: more than any unit-day is worth.
constexpr double kMending = 1e5;
/// Times that what still breaks a rule is taken out and put in again.
constexpr int kMendings = 4;
/// Rosters to choose from for units of pinned rows, of which some would leave the pin.
constexpr std::size_t kPinnedChoices = 64;
/// Units that may crowd others out, one after the other.
constexpr std::size_t kMostCrowding = 10;
/// Escorts with another roster tried for each task.
constexpr std::size_t kTrims = 4;

RulePrices hard_prices() {
  RulePrices rules;
  for (auto* rule : {&rules.escorts, &rules.min_fill, &rules.packages, &rules.movements, &rules.pins})
    *rule = {kInfinite, kMending};
  return rules;
}

/// Points of a change together with the rules it breaks or mends.
double total(const PlanValue& change, const RulePrices& rules) {
  const RulePrice limits{rules.crowding > 0.0 ? 0.0 : kInfinite, 0.0};  // who is crowded out will mend it
  return change.points + price_of_change(limits, change.broken_by(PlanRule::Limit)) +
         price_of_change(rules.escorts, change.broken_by(PlanRule::Escort)) +
         price_of_change(rules.min_fill, change.broken_by(PlanRule::MinFill)) +
         price_of_change(rules.packages, change.broken_by(PlanRule::Package)) +
         price_of_change(rules.movements, change.broken_by(PlanRule::Movement)) +
         price_of_change(rules.pins, change.broken_by(PlanRule::Pin));
}

PlanValue difference(const PlanValue& after, const PlanValue& before) {
  PlanValue change = after;
  change.points -= before.points;
  for (std::size_t i = 0; i < kPlanRules; ++i)
    change.broken[i] -= before.broken[i];
  return change;
}

}  // namespace

Recreation::Recreation(const PlanModel& model, const SearchIndex& index, const std::vector<RosterPricing>& pricing,
                       const RowGuide& guide)
    : model_(model), index_(index), pricing_(pricing), guide_(guide) {}

/// What a roster earns; taken back, and none, where it earns nothing.
std::optional<double> Recreation::put(Attempt& attempt, Seat seat, RecordPtr record, const RulePrices& rules) {
  const double earned = total(attempt.set(seat, std::move(record)), rules);
  if (earned < -kLeastEarned)
    return earned;
  attempt.set(seat, nullptr);
  return std::nullopt;
}

void Recreation::mistake_prices(std::size_t unit_class) {
  if (is_careful_ || (task_->blinks == 0 && task_->noise == 0))
    return;
  const auto& duties = model_.problem().classes[unit_class].duties;
  for (std::size_t d = 0; d < duties.size(); ++d) {
    auto& line = prices_.duties[d].line;
    const int last = std::min(duties[d].option.need_last, static_cast<int>(line.size()));
    for (int t = std::max(0, duties[d].option.need_first); t < last; ++t) {
      double& price = line[static_cast<std::size_t>(t)];
      if (!(price < 0.0))
        continue;
      if (random_->chance(task_->blinks))
        price = kInfinite;
      else if (task_->noise > 0)
        price *= 1.0 - 0.01 * random_->between(0, task_->noise);
    }
  }
}

/// Puts the best roster in for a unit at home, if it earns something at these prices; and what it earns.
std::optional<double> Recreation::respond(Attempt& attempt, Seat seat, const RulePrices& rules) {
  const std::size_t c = model_.class_of(seat);
  if (model_.problem().classes[c].duties.empty())
    return std::nullopt;
  const bool is_open = is_careful_ || task_->open_requests.empty();
  pricer_.price(attempt.state(), c, rules, prices_, {is_open ? nullptr : &task_->open_requests, true});
  mistake_prices(c);
  ++responses_;
  const std::size_t most = model_.pins_of(c).empty() ? 1 : kPinnedChoices;
  for (auto& choice : pricing_[c].cheapest(prices_, most, -kLeastEarned, workspace_))
    if (const auto earned = put(attempt, seat, model_.make_record(c, std::move(choice.roster)), rules))
      return earned;
  return std::nullopt;
}

/// Units of one class follow one another: what was best for one is best for the next while it earns as much, since
/// what is used up does not become cheaper.
void Recreation::fill(Attempt& attempt, const std::vector<Seat>& seats, const RulePrices& rules) {
  auto last_class = static_cast<std::size_t>(-1);
  RecordPtr last;  // of the last seat filled; none: it stayed at home
  double earned = 0.0;
  for (const Seat seat : seats) {
    const std::size_t c = model_.class_of(seat);
    if (attempt.state().record(seat) || index_.only_escorts[c] != 0)
      continue;
    if (c == last_class && !last)
      continue;
    if (c == last_class) {
      const auto again = put(attempt, seat, last, rules);
      if (again && *again <= earned + kLeastEarned)
        continue;
      if (again)
        attempt.set(seat, nullptr);
    }
    const auto best = respond(attempt, seat, rules);
    last = best ? attempt.state().record(seat) : nullptr;
    earned = best.value_or(0.0);
    last_class = c;
  }
}

/// A unit whose line days at a full line the seat has taken: the one whose roster is worst at the guide's prices, or
/// any.
std::optional<Seat> Recreation::one_on_full_line(const PlanState& state, Seat seat) {
  std::vector<Seat> found;
  for (const auto& run : state.record(seat)->runs) {
    if (model_.group(run.group).family != RowFamily::Coverage)
      continue;
    const auto is_full = [&](int t) {
      return state.uses_of(run.group)[t] > model_.rows().limit(model_.rows().row(run.group, t));
    };
    for (const Seat other : state.seats_at(RequestIndex(model_.rows().groups()[run.group].subject))) {
      if (other == seat)
        continue;
      for (const auto& theirs : state.record(other)->runs)
        for (int t = std::max(run.first, theirs.first);
             theirs.group == run.group && t < std::min(run.last, theirs.last); ++t)
          if (is_full(t) && (found.empty() || found.back() != other))
            found.push_back(other);
    }
  }
  if (found.empty())
    return std::nullopt;
  if (guide_.is_empty())
    return found[random_->below(found.size())];
  const auto regret = [&](Seat other) { return guide_.regret(model_, model_.class_of(other), state.record(other)); };
  Seat worst = found.front();
  double most = -kInfinite;
  for (const Seat other : found)
    if (const double regrets = regret(other) * (0.5 + random_->share()); regrets > most) {
      most = regrets;
      worst = other;
    }
  return worst;
}

/// Takes those home whose places the seat has taken; nobody, and the seat itself, where that is not enough.
std::vector<Seat> Recreation::crowded_out(Attempt& attempt, Seat seat) {
  std::vector<Seat> out;
  while (attempt.state().value().broken_by(PlanRule::Limit) > 0.0) {
    const auto other = one_on_full_line(attempt.state(), seat);
    if (!other) {
      attempt.set(seat, nullptr);
      break;
    }
    attempt.set(*other, nullptr);
    out.push_back(*other);
  }
  return out;
}

void Recreation::crowd_in(Attempt& attempt, const std::vector<Seat>& seats, RulePrices rules) {
  rules.crowding = task_->crowding;
  std::vector<Seat> waiting = seats;
  for (std::size_t i = 0; i < waiting.size() && i < kMostCrowding; ++i) {
    if (attempt.state().record(waiting[i]) || !respond(attempt, waiting[i], rules))
      continue;
    const auto out = crowded_out(attempt, waiting[i]);
    waiting.insert(waiting.end(), out.begin(), out.end());
  }
  rules.crowding = 0.0;
  fill(attempt, waiting, rules);
}

RulePrices Recreation::soft_prices(const PlanState& state, const RecreateTask& task) {
  RulePrices rules = hard_prices();
  if (task.missing_points == kInfinite)
    return rules;
  rules.escorts = rules.min_fill = rules.movements = {task.missing_points, task.missing_points};
  // Escorts may be missing where there are some at home.
  const auto columns = static_cast<std::size_t>(model_.columns());
  missing_escorts_.assign(model_.escorts().size() * columns, kInfinite);
  for (const std::size_t g : task.open_escorts.empty() ? index_.escort_groups : task.open_escorts) {
    const auto is_at_home = [&](std::uint32_t c) {
      for (std::size_t m = 0; m < model_.problem().classes[c].members.size(); ++m)
        if (!state.record(model_.seat(c, m)))
          return true;
      return false;
    };
    const auto& classes = index_.classes_of_escorts[g];
    if (std::any_of(classes.begin(), classes.end(), is_at_home))
      std::fill_n(missing_escorts_.begin() + static_cast<std::ptrdiff_t>(g * columns), columns, task.missing_points);
  }
  rules.missing_escorts = &missing_escorts_;
  return rules;
}

bool Recreation::run(Attempt& attempt, const RecreateTask& task, SearchRandom& random) {
  task_ = &task;
  random_ = &random;
  is_careful_ = false;
  const RulePrices hard = hard_prices();
  const bool is_soft = task.missing_points < kInfinite;
  if (task.package)
    attempt.hold_open(*task.package, true);
  RulePrices first = is_soft ? soft_prices(attempt.state(), task) : hard;
  const bool is_guided = task.guide_share > 0.0 && !guide_.is_empty();
  if (is_guided) {
    first.guide = &guide_.price_of_row();
    first.guide_share = task.guide_share;
  }
  if (task.crowding > 0.0)
    crowd_in(attempt, task.seats, first);
  fill(attempt, task.seats, first);
  if (attempt.state().value().broken_by(PlanRule::Escort) > 0.0)
    send_escorts(attempt);
  bool is_whole = mend(attempt, hard, random);
  if (task.package) {
    attempt.hold_open(*task.package, false);
    is_whole = mend(attempt, hard, random);  // without the package where it could not be filled
  }
  if (!is_whole)
    return false;
  if (is_soft || is_guided)
    fill(attempt, task.seats, hard);
  trim_escorts(attempt, random);
  return attempt.state().is_feasible();
}

/// Roster escort groups that the attempt has to do with.
std::vector<std::size_t> Recreation::escort_groups_of(const Attempt& attempt) const {
  std::vector<std::size_t> groups;
  const auto note = [&](const RecordPtr& record) {
    if (!record)
      return;
    for (const auto& run : record->runs) {
      const auto& group = model_.group(run.group);
      const bool is_escorts = group.family == RowFamily::EscortPersons || group.family == RowFamily::EscortsPresent;
      if (is_escorts && !model_.escorts()[group.subject].is_implicit)
        groups.push_back(group.subject);
    }
  };
  for (const auto& [seat, before] : attempt.touched()) {
    note(before);
    note(attempt.state().record(seat));
  }
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  return groups;
}

void Recreation::send_escorts(Attempt& attempt) {
  for (const std::size_t g : escort_groups_of(attempt)) {
    const auto is_short = [&] {
      for (int t = 0; t < model_.columns(); ++t)
        if (attempt.state().missing_escorts(g, t) > 0)
          return true;
      return false;
    };
    while (is_short() && send_escort(attempt, g)) {
    }
  }
}

/// One more escort from home, of the class that can do it at the least price. False: none can.
bool Recreation::send_escort(Attempt& attempt, std::size_t escort_group) {
  const RulePrices rules = hard_prices();
  const bool was_careful = std::exchange(is_careful_, true);
  std::optional<std::pair<double, Seat>> best;
  RecordPtr best_record;
  for (const std::uint32_t c : index_.classes_of_escorts[escort_group]) {
    const auto& members = model_.problem().classes[c].members;
    std::size_t m = 0;
    while (m < members.size() && attempt.state().record(model_.seat(c, m)))
      ++m;
    if (m == members.size())
      continue;
    const Seat seat = model_.seat(c, m);
    const PlanValue before = attempt.value();
    if (!respond(attempt, seat, rules))
      continue;
    const double earned = total(difference(attempt.value(), before), rules);
    if (!best || earned < best->first) {
      best = {earned, seat};
      best_record = attempt.state().record(seat);
    }
    attempt.set(seat, nullptr);
  }
  is_careful_ = was_careful;
  if (!best)
    return false;
  const double before = attempt.state().value().broken_by(PlanRule::Escort);
  attempt.set(best->second, best_record);
  if (attempt.state().value().broken_by(PlanRule::Escort) < before)
    return true;
  attempt.set(best->second, nullptr);
  return false;
}

/// Takes escorts home who are not needed, and sends some for fewer days.
void Recreation::trim_escorts(Attempt& attempt, SearchRandom& random) {
  std::vector<Seat> seats;
  for (const std::size_t g : escort_groups_of(attempt))
    for (const std::uint32_t c : index_.classes_of_escorts[g])
      for (std::size_t m = 0; m < model_.problem().classes[c].members.size(); ++m)
        if (const Seat seat = model_.seat(c, m); attempt.state().record(seat))
          seats.push_back(seat);
  std::sort(seats.begin(), seats.end());
  seats.erase(std::unique(seats.begin(), seats.end()), seats.end());
  random.shuffle(seats);
  const RulePrices rules = hard_prices();
  const bool was_careful = std::exchange(is_careful_, true);
  std::size_t tried = 0;
  for (const Seat seat : seats) {
    const RecordPtr old = attempt.state().record(seat);
    PlanValue change = attempt.set(seat, nullptr);
    if (change.all_broken() <= 0.0 && change.points < 0.0)
      continue;
    if (tried++ < kTrims) {
      const PlanValue before = attempt.value();
      if (respond(attempt, seat, rules)) {
        change.points += attempt.value().points - before.points;
        if (attempt.state().is_feasible() && change.points < -kLeastEarned)
          continue;
      }
    }
    attempt.set(seat, old);
  }
  is_careful_ = was_careful;
}

/// The row groups that the attempt has to do with and that break a rule on some day.
std::vector<Recreation::Broken> Recreation::broken_groups(const Attempt& attempt) const {
  const PlanState& state = attempt.state();
  std::vector<GroupIndex> groups;
  const auto note = [&](const RecordPtr& record) {
    if (!record)
      return;
    for (const auto& run : record->runs) {
      const auto& group = model_.group(run.group);
      if (group.family == RowFamily::EscortPersons || group.family == RowFamily::Assigned ||
          (group.family == RowFamily::MovementUnits && group.partner != kNoGroup))
        groups.push_back(run.group);
      else if (group.family == RowFamily::EscortsPresent)
        groups.push_back(model_.escorts()[group.subject].persons);
      if (group.family == RowFamily::Assigned && group.in_package)
        for (const RequestIndex request : index_.packages[group.subject])
          groups.push_back(static_cast<GroupIndex>(model_.rows().assigned_group(request)));
    }
  };
  for (const auto& [seat, before] : attempt.touched()) {
    note(before);
    note(state.record(seat));
  }
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  std::vector<Broken> broken;
  for (const GroupIndex group : groups) {
    Broken one{group, state.broken_columns(group)};
    if (!one.columns.empty())
      broken.push_back(std::move(one));
  }
  return broken;
}

const std::vector<Seat>& Recreation::users_of(const PlanState& state, GroupIndex index) const {
  const auto& group = model_.group(index);
  const auto& problem = model_.problem();
  AgencyIndex lender{0U};
  if (group.family == RowFamily::Assigned)
    return state.seats_at(RequestIndex(model_.rows().groups()[index].subject));
  if (group.family == RowFamily::EscortPersons)
    lender = problem.escort_groups[group.subject].lender;
  else
    lender = model_.rows().movement_subjects()[model_.rows().groups()[index].subject].lender;
  return index_.seats_of_lender[lender.value()];
}

std::vector<Seat> Recreation::culprits(const PlanState& state, const Broken& broken) const {
  std::vector<Seat> seats;
  for (const Seat seat : users_of(state, broken.group)) {
    const auto& record = state.record(seat);
    if (!record)
      continue;
    const bool is_one = std::any_of(record->runs.begin(), record->runs.end(), [&](const RowRun& run) {
      return run.group == broken.group && std::any_of(broken.columns.begin() + run.first,
                                                      broken.columns.begin() + run.last, [](char b) { return b != 0; });
    });
    if (is_one)
      seats.push_back(seat);
  }
  return seats;
}

/// Takes out what has to do with broken rules and puts it, or something else, in again where no rule is broken.
bool Recreation::mend(Attempt& attempt, const RulePrices& hard, SearchRandom& random) {
  for (int pass = 0; pass < kMendings && !attempt.state().is_feasible(); ++pass) {
    std::vector<Seat> seats;
    for (const auto& broken : broken_groups(attempt)) {
      const auto found = culprits(attempt.state(), broken);
      seats.insert(seats.end(), found.begin(), found.end());
    }
    std::sort(seats.begin(), seats.end());
    seats.erase(std::unique(seats.begin(), seats.end()), seats.end());
    if (seats.empty())
      return false;
    random.shuffle(seats);
    std::vector<RecordPtr> old;
    for (const Seat seat : seats) {
      old.push_back(attempt.state().record(seat));
      attempt.set(seat, nullptr);
    }
    for (std::size_t i = 0; i < seats.size(); ++i)
      if (!put(attempt, seats[i], old[i], hard))
        respond(attempt, seats[i], hard);
  }
  return attempt.state().is_feasible();
}

}  // namespace relevo::planner
