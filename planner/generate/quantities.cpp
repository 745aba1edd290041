// SPDX-License-Identifier: MIT
#include "planner/generate/content.hpp"

#include <algorithm>
#include <array>

namespace relevo::planner::generate {

namespace {

/// Demand of a kind on the peak day, per cent of the units available: what is aimed at, high to low, and the spread
/// about it. The first at which demand is at most kMostOfUsable per cent of what can be used is taken.
constexpr int kHighestAim = 128;
constexpr int kLowestAim = 114;
constexpr int kSpread = 4;
constexpr int kLeastPerCent = 110;
constexpr int kMostPerCent = 150;
constexpr int kMostOfUsable = 148;
constexpr int kRounds = 12;
constexpr int kDaysBetweenLevels = 3;
/// Demand of an agency's own lines, per cent of its units, below which its level is 1, 2, 3 and 4 (assumed).
constexpr std::array<int, 4> kLoads = {50, 100, 160, 260};
/// Per cent of a kind that may be away by level: exportable_share of policy/default.toml.
constexpr std::array<int, 5> kExportable = {100, 80, 60, 40, 20};

class QuantityMaker {
 public:
  QuantityMaker(Content& content, Random random)
      : content_(content), random_(random), kinds_(static_cast<std::size_t>(content.options.size.kinds)) {
    const auto days = static_cast<std::size_t>(content.options.size.days);
    const auto agencies = content.reference.territories.size();
    available_.assign(days, Table(agencies, std::vector<int>(kinds_, 0)));
    for (const auto& unit : content.units)
      for (std::size_t day = 0; unit.kind && day < days; ++day)
        if (unit.is_available(static_cast<int>(day)))
          available_[day][unit.agency][*unit.kind] += unit.count;
    for (std::size_t kind = 0; kind < kinds_; ++kind)
      spread_.push_back(random_.pick(-kSpread, kSpread));
  }

  PeakDemand make() {
    PeakDemand peak;
    for (int aim = kHighestAim; aim >= kLowestAim; aim -= 2) {
      set_quantities(aim);
      set_levels();
      peak = measured();
      if (peak.demand * 100 <= peak.usable * kMostOfUsable)
        break;
    }
    return peak;
  }

 private:
  using Table = std::vector<std::vector<int>>;  // by agency and kind

  int days() const { return content_.options.size.days; }

  int available(int day, std::size_t kind) const {
    int sum = 0;
    for (const auto& agency : available_[static_cast<std::size_t>(day)])
      sum += agency[kind];
    return sum;
  }

  std::vector<int> demand_by_day() const {
    std::vector<int> sums(static_cast<std::size_t>(days()), 0);
    for (const auto& row : content_.requests)
      for (int day = row.from; day <= row.to; ++day)
        sums[static_cast<std::size_t>(day)] += row.quantity;
    return sums;
  }

  /// The first day of greatest demand.
  int peak_day() const {
    const auto sums = demand_by_day();
    return static_cast<int>(std::ranges::max_element(sums) - sums.begin());
  }

  /// Quantities in proportion to the weights, such that on the peak day each kind has what is aimed at. The peak
  /// follows the quantities and they follow the peak, until both stand.
  void set_quantities(int aim) {
    for (auto& row : content_.requests)
      row.quantity = row.weight;
    int peak = peak_day();
    for (int round = 0; round < kRounds; ++round) {
      for (std::size_t kind = 0; kind < kinds_; ++kind)
        set_quantities_of(kind, peak, aim + spread_[kind]);
      const int now = peak_day();
      if (now == peak)
        return;
      if (round + 1 < kRounds)
        peak = now;
    }
    lower_other_days(peak);
  }

  void set_quantities_of(std::size_t kind, int peak, int per_cent) {
    std::vector<RequestRow*> active;
    std::vector<RequestRow*> others;
    std::vector<std::int64_t> weights;
    std::int64_t sum = 0;
    for (auto& row : content_.requests) {
      if (row.kind != kind)
        continue;
      (row.contains(peak) ? active : others).push_back(&row);
      if (row.contains(peak)) {
        weights.push_back(row.weight);
        sum += row.weight;
      }
    }
    const int units = available(peak, kind);
    const int wanted = std::max((units * per_cent + 99) / 100, static_cast<int>(active.size()));
    if (!active.empty()) {
      const auto quantities = apportion(wanted, weights, 1);
      for (std::size_t i = 0; i < active.size(); ++i)
        active[i]->quantity = quantities[i];
    }
    for (auto* row : others)
      row->quantity = static_cast<int>(
          std::max<std::int64_t>(1, sum == 0 ? row->weight : (std::int64_t{row->weight} * wanted + sum / 2) / sum));
  }

  /// Takes units off lines that are not there on the peak day until no day has more.
  void lower_other_days(int peak) {
    auto sums = demand_by_day();
    for (bool changed = true; changed;) {
      changed = false;
      for (auto& row : content_.requests) {
        // The first of equal days is the peak.
        const auto over = [&](int day) {
          return sums[static_cast<std::size_t>(day)] + (day < peak ? 1 : 0) > sums[static_cast<std::size_t>(peak)];
        };
        bool is_over = false;
        for (int day = row.from; day <= row.to; ++day)
          is_over = is_over || over(day);
        if (!is_over || row.contains(peak) || row.quantity == 1)
          continue;
        --row.quantity;
        for (int day = row.from; day <= row.to; ++day)
          --sums[static_cast<std::size_t>(day)];
        changed = true;
      }
    }
  }

  Table own_demand(int day) const {
    Table demand(content_.reference.territories.size(), std::vector<int>(kinds_, 0));
    for (const auto& row : content_.requests)
      if (row.contains(day))
        demand[row.agency][row.kind] += row.quantity;
    return demand;
  }

  /// Every third day, from what its own lines ask of what it has; a level moves by one at a time.
  void set_levels() {
    content_.levels.clear();
    std::vector<int> levels(content_.reference.territories.size(), 0);
    for (int day = 0; day < days(); day += kDaysBetweenLevels) {
      const auto demand = own_demand(day);
      for (std::size_t agency = 0; agency < levels.size(); ++agency) {
        const int wanted = level_of(demand[agency], available_[static_cast<std::size_t>(day)][agency]);
        const int before = levels[agency];
        levels[agency] = before == 0 ? wanted : std::clamp(wanted, before - 1, before + 1);
        if (levels[agency] != before)
          content_.levels.push_back({agency, day, levels[agency]});
      }
    }
    std::ranges::stable_sort(content_.levels, {}, &LevelRow::agency);
  }

  static int level_of(const std::vector<int>& demand, const std::vector<int>& available) {
    int asked = 0;
    int units = 0;
    for (std::size_t kind = 0; kind < demand.size(); ++kind) {
      asked += demand[kind];
      units += available[kind];
    }
    const auto reached = [&](int load) { return asked * 100 >= load * std::max(units, 1); };
    return 1 + static_cast<int>(std::ranges::count_if(kLoads, reached));
  }

  PeakDemand measured() const {
    PeakDemand peak;
    peak.day = peak_day();
    const auto demand = own_demand(peak.day);
    const auto& available = available_[static_cast<std::size_t>(peak.day)];
    for (std::size_t kind = 0; kind < kinds_; ++kind) {
      PeakDemand::OfKind of_kind{std::string(kind_shares()[kind].kind), 0, 0};
      for (std::size_t agency = 0; agency < demand.size(); ++agency) {
        const int level = content_.level_on(agency, peak.day);
        const int units = available[agency][kind];
        const int lendable = units * kExportable.at(static_cast<std::size_t>(level - 1)) / 100;
        peak.usable += std::min(units, lendable + demand[agency][kind]);
        of_kind.demand += demand[agency][kind];
        of_kind.available += units;
      }
      peak.demand += of_kind.demand;
      peak.available += of_kind.available;
      peak.kinds.push_back(std::move(of_kind));
    }
    return peak;
  }

  Content& content_;
  Random random_;
  std::size_t kinds_;
  std::vector<Table> available_;  ///< by day
  std::vector<int> spread_;       ///< by kind, per cent
};

}  // namespace

bool PeakDemand::is_as_promised() const noexcept {
  const auto holds = [this](int units) {
    return demand * 100 >= units * kLeastPerCent && demand * 100 <= units * kMostPerCent;
  };
  const auto is_short = [](const OfKind& kind) { return kind.demand > kind.available; };
  return holds(available) && holds(usable) && std::ranges::all_of(kinds, is_short);
}

int Content::level_on(std::size_t agency, int day) const {
  int level = 1;
  for (const auto& row : levels)
    if (row.agency == agency && row.day <= day)
      level = row.level;
  return level;
}

PeakDemand make_quantities(Content& content, Random random) {
  return QuantityMaker(content, random).make();
}

}  // namespace relevo::planner::generate
