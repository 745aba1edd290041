// SPDX-License-Identifier: MIT
#include "planner/solve/neighbourhood.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace relevo::planner {

namespace {

/// Requests looked at for one with much open need.
constexpr int kTournament = 8;
/// Days of a window.
constexpr int kLeastWindow = 4;
constexpr int kMostWindow = 14;
/// Chances in per cent.
constexpr int kOpenToAll = 10;
constexpr int kHard = 50;
constexpr int kSkipsRelated = 30;
constexpr int kByClass = 50;
constexpr int kClears = 40;
constexpr int kElsewhere = 60;
constexpr int kMistakes = 50;
constexpr std::array<int, 4> kBlinks{0, 3, 10, 25};
constexpr std::array<int, 3> kNoise{0, 20, 60};
constexpr std::array<double, 4> kGuide{0.0, 0.0, 0.5, 1.0};
constexpr std::array<double, 4> kCrowding{0.5, 0.8, 0.95, 1.0};
/// Prices of what is missing, in unit-days of the highest priority.
constexpr std::array<double, 6> kMissingPrices{0.02, 0.1, 0.25, 0.5, 1.0, 2.0};

bool works_between(const PlanModel& model, Seat seat, const RosterRecord& record, int first, int last) {
  const auto& duties = model.unit_class_of(seat).duties;
  return std::any_of(record.roster.begin(), record.roster.end(), [&](const Deployment& deployment) {
    return std::any_of(deployment.blocks.begin(), deployment.blocks.end(), [&](const Block& block) {
      return duties[block.duty].request && block.first_line < last && first < block.end();
    });
  });
}

}  // namespace

/// One drawing: collects seats once each.
struct NeighbourhoodSource::Drawing {
  const PlanModel& model;
  const SearchIndex& index;
  const RowGuide& guide;
  const PlanState& state;
  std::size_t size;
  SearchRandom& random;
  Neighbourhood made;
  std::vector<Seat> idle;
  std::vector<RequestIndex> requests;  // that rosters may go to

  const ScenarioData& data() const { return model.problem().data(); }
  bool is_full() const { return made.vacated.size() >= size; }

  bool is_in(Seat seat) const {
    return std::find(made.vacated.begin(), made.vacated.end(), seat) != made.vacated.end() ||
           std::find(idle.begin(), idle.end(), seat) != idle.end();
  }

  void take(Seat seat) {
    if (is_in(seat))
      return;
    (state.record(seat) ? made.vacated : idle).push_back(seat);
  }

  void take_some(std::vector<Seat> seats) {
    random.shuffle(seats);
    for (const Seat seat : seats)
      if (!is_full())
        take(seat);
  }

  /// Units at home of the class, `most` of them.
  void take_idle(std::size_t unit_class, std::size_t most) {
    const auto& members = model.problem().classes[unit_class].members;
    for (std::size_t m = 0; m < members.size() && most > 0; ++m) {
      const Seat seat = model.seat(unit_class, m);
      if (state.record(seat) || is_in(seat))
        continue;
      idle.push_back(seat);
      --most;
    }
  }

  /// Units at home that could come to the request, of a few classes.
  void take_idle_at(RequestIndex request, std::size_t classes) {
    const auto& all = index.classes_at[request.value()];
    for (std::size_t i = 0; i < classes && !all.empty(); ++i)
      take_idle(all[random.below(all.size())], 1 + random.below(2));
  }

  RequestIndex any_request() { return index.requests[random.below(index.requests.size())]; }

  double open_need(RequestIndex request) const {
    const auto group = static_cast<GroupIndex>(model.rows().coverage_group(request));
    double open = 0.0;
    for (int t = 0; t < model.columns(); ++t) {
      const int row = model.rows().row(group, t);
      // What the relaxation leaves open as well cannot be helped.
      const double worth =
          model.group(group).points + (guide.is_empty() ? 0.0 : guide.price_of_row()[static_cast<std::size_t>(row)]);
      open += worth * std::max(0.0, model.rows().wanted(row) - state.use(row));
    }
    return open;
  }

  RequestIndex open_request() {
    RequestIndex best = any_request();
    double most = open_need(best);
    for (int i = 1; i < kTournament; ++i) {
      const RequestIndex other = any_request();
      if (const double open = open_need(other); open > most) {
        best = other;
        most = open;
      }
    }
    return best;
  }

  void around_request() {
    const RequestIndex centre = random.chance(50) ? open_request() : any_request();
    requests.push_back(centre);
    take_some(state.seats_at(centre));
    for (const RequestIndex other : index.related[centre.value()]) {
      if (is_full())
        break;
      if (random.chance(kSkipsRelated))
        continue;
      requests.push_back(other);
      take_some(state.seats_at(other));
    }
    take_idle_at(centre, 1 + random.below(size));
  }

  void around_open() {
    const RequestIndex centre = open_request();
    requests.push_back(centre);
    const auto& classes = index.classes_at[centre.value()];
    for (std::size_t tries = 0; tries < 2 * size && !is_full(); ++tries) {
      const std::size_t c = classes[random.below(classes.size())];
      take(model.seat(c, random.below(model.problem().classes[c].members.size())));
    }
    take_idle_at(centre, 1 + random.below(size));
  }

  void around_lender() {
    const AgencyIndex lender = index.lenders[random.below(index.lenders.size())];
    take_some(index.seats_of_lender[lender.value()]);
  }

  void around_escorts() {
    const std::size_t g = index.escort_groups[random.below(index.escort_groups.size())];
    const auto& escorts = model.escorts()[g];
    const auto& seats = index.seats_of_lender[model.problem().escort_groups[g].lender.value()];
    std::vector<Seat> concerned;
    for (const Seat seat : seats) {
      const auto& record = state.record(seat);
      if (record && std::any_of(record->runs.begin(), record->runs.end(), [&](const RowRun& run) {
            return run.group == escorts.persons || run.group == escorts.present;
          }))
        concerned.push_back(seat);
    }
    take_some(std::move(concerned));
    for (std::size_t i = 0; i < size; ++i)
      take(seats[random.below(seats.size())]);
    if (random.chance(kElsewhere))
      send_elsewhere(model.problem().escort_groups[g]);
  }

  /// Opens a borrower, perhaps another one, to all that the lender has taken back.
  void send_elsewhere(const EscortGroup& from) {
    std::vector<std::size_t> there;
    for (const std::size_t g : index.escort_groups)
      if (model.problem().escort_groups[g].lender == from.lender)
        there.push_back(g);
    const EscortGroup& to = model.problem().escort_groups[there[random.below(there.size())]];
    for (const std::size_t g : there) {
      const EscortGroup& group = model.problem().escort_groups[g];
      if (group.agreement == to.agreement && group.borrower == to.borrower)
        made.task.open_escorts.push_back(g);
    }
    made.task.missing_points = index.unit_points * kMissingPrices[random.below(kMissingPrices.size())];
  }

  void around_window() {
    const RequestIndex centre = any_request();
    const int length = random.between(kLeastWindow, kMostWindow);
    const int first = std::max(0, data().horizon.column(data().requests[centre].need.first)) +
                      static_cast<int>(random.below(static_cast<std::size_t>(std::max<long>(
                          1, (data().requests[centre].need.last - data().requests[centre].need.first).count()))));
    std::vector<RequestIndex> near = index.related[centre.value()];
    near.push_back(centre);
    random.shuffle(near);
    for (const RequestIndex request : near) {
      std::vector<Seat> there;
      for (const Seat seat : state.seats_at(request))
        if (works_between(model, seat, *state.record(seat), first, first + length))
          there.push_back(seat);
      requests.push_back(request);
      take_some(std::move(there));
      if (is_full())
        break;
    }
    take_idle_at(centre, 1 + random.below(size));
  }

  void around_class() {
    const AgencyIndex lender = index.lenders[random.below(index.lenders.size())];
    const auto& seats = index.seats_of_lender[lender.value()];
    const std::size_t c = model.class_of(seats[random.below(seats.size())]);
    std::vector<Seat> members;
    for (std::size_t m = 0; m < model.problem().classes[c].members.size(); ++m)
      members.push_back(model.seat(c, m));
    take_some(std::move(members));
  }

  /// Of some units that can go anywhere, the one whose roster is worst at the guide's prices; without a guide any.
  Seat regretting() {
    const auto any = [&] {
      const auto& seats = index.seats_of_lender[index.lenders[random.below(index.lenders.size())].value()];
      return seats[random.below(seats.size())];
    };
    Seat worst = any();
    if (guide.is_empty())
      return worst;
    double most = guide.regret(model, model.class_of(worst), state.record(worst));
    for (int i = 1; i < kTournament; ++i) {
      const Seat other = any();
      if (const double regret = guide.regret(model, model.class_of(other), state.record(other)); regret > most) {
        worst = other;
        most = regret;
      }
    }
    return worst;
  }

  void around_unit() {
    for (std::size_t i = 0; i < 1 + size / 4; ++i)
      take(regretting());
    made.task.crowding = kCrowding[random.below(kCrowding.size())];
  }

  void around_package() {
    std::vector<std::size_t> packages;
    for (std::size_t p = 0; p < index.packages.size(); ++p)
      if (!index.packages[p].empty())
        packages.push_back(p);
    if (packages.empty())
      return;
    const std::size_t p = packages[random.below(packages.size())];
    size = model.seats();
    for (const RequestIndex request : index.packages[p]) {
      take_some(state.seats_at(request));
      take_idle_at(request, 8);
    }
    if (state.is_package_open(p) && random.chance(kClears))
      return;
    made.task.package = p;
    for (const RequestIndex request : index.packages[p])
      for (int i = 0; i < 4; ++i) {
        const auto& classes = index.classes_at[request.value()];
        if (classes.empty())
          continue;
        const std::size_t c = classes[random.below(classes.size())];
        take(model.seat(c, random.below(model.problem().classes[c].members.size())));
      }
  }

  /// The requests of the vacated rosters, and some more.
  void open_requests() {
    if (requests.empty() || random.chance(kOpenToAll))
      return;
    auto& open = made.task.open_requests;
    open.assign(data().requests.size(), 0);
    for (const RequestIndex request : requests) {
      open[request.value()] = 1;
      const auto& related = index.related[request.value()];
      for (std::size_t i = 0; i < std::min<std::size_t>(related.size(), 2); ++i)
        open[related[i].value()] = 1;
    }
    for (const Seat seat : made.vacated)
      for (const auto& deployment : state.record(seat)->roster)
        for (const auto& block : deployment.blocks)
          if (const auto& request = model.unit_class_of(seat).duties[block.duty].request)
            open[request->value()] = 1;
  }

  /// All that were vacated and those at home, in a random order; those of a class often one after the other.
  void order_seats() {
    auto& seats = made.task.seats;
    seats = made.vacated;
    seats.insert(seats.end(), idle.begin(), idle.end());
    random.shuffle(seats);
    if (!random.chance(kByClass))
      return;
    std::vector<std::pair<std::size_t, Seat>> by_class;
    for (std::size_t i = 0; i < seats.size(); ++i) {
      std::size_t first = 0;
      while (model.class_of(seats[first]) != model.class_of(seats[i]))
        ++first;
      by_class.emplace_back(first, seats[i]);
    }
    std::stable_sort(by_class.begin(), by_class.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < seats.size(); ++i)
      seats[i] = by_class[i].second;
  }
};

Neighbourhood NeighbourhoodSource::draw(const PlanState& state, RuinKind kind, std::size_t size,
                                        SearchRandom& random) const {
  Drawing drawing{model_, index_, guide_, state, size, random, {}, {}, {}};
  if (index_.requests.empty() || index_.lenders.empty())
    return {};
  switch (kind) {
    case RuinKind::Request:
      drawing.around_request();
      break;
    case RuinKind::Open:
      drawing.around_open();
      break;
    case RuinKind::Lender:
      drawing.around_lender();
      break;
    case RuinKind::Escorts:
      if (!index_.escort_groups.empty())
        drawing.around_escorts();
      break;
    case RuinKind::Window:
      drawing.around_window();
      break;
    case RuinKind::Class:
      drawing.around_class();
      break;
    case RuinKind::Crowd:
      drawing.around_unit();
      break;
    case RuinKind::Package:
      drawing.around_package();
      break;
  }
  drawing.open_requests();
  drawing.order_seats();
  if (drawing.made.task.open_escorts.empty() && !random.chance(kHard))
    drawing.made.task.missing_points = index_.unit_points * kMissingPrices[random.below(kMissingPrices.size())];
  drawing.made.task.guide_share = kGuide[random.below(kGuide.size())];
  if (random.chance(kMistakes)) {
    drawing.made.task.blinks = kBlinks[random.below(kBlinks.size())];
    drawing.made.task.noise = kNoise[random.below(kNoise.size())];
  }
  return std::move(drawing.made);
}

}  // namespace relevo::planner
