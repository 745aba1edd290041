// SPDX-License-Identifier: MIT
#include "planner/solve/escort_dive.hpp"

#include "planner/solve/column_generation.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace relevo::planner {

namespace {

constexpr double kWhole = 1e-6;
constexpr std::size_t kShare = 15;  ///< one in so many is fixed in a step
constexpr double kCertain = 0.75;   ///< of a unit: fixed together with all others that are so near to whole

bool is_escort_class(const UnitClass& unit_class) {
  return !unit_class.duties.empty() && std::all_of(unit_class.duties.begin(), unit_class.duties.end(),
                                                   [](const Duty& duty) { return duty.escort_group.has_value(); });
}

class Dive {
 public:
  Dive(const Problem& problem, const RowTable& rows, Master& master, const RosterOracle& oracle,
       const EscortDiveOptions& options)
      : problem_(problem), rows_(rows), master_(master), oracle_(oracle), options_(options) {
    for (const auto& unit_class : problem.classes)
      is_escort_.push_back(is_escort_class(unit_class));
  }

  bool run() {
    price(0);
    for (int step = 0; step < options_.steps && !is_stopped(); ++step) {
      if (!fix_some())
        break;
      price(options_.rounds_per_step);
    }
    if (is_stopped() || !fix_all())
      return false;
    price(options_.last_rounds);
    return true;
  }

 private:
  bool is_stopped() const { return options_.stop && options_.stop(); }

  void price(int rounds) {
    ColumnGenerationOptions generation;
    generation.rounds = rounds;
    generation.smoothed = false;
    generation.gap = 0.0;
    generation.stop = options_.stop;
    generate_columns(problem_, rows_, master_, oracle_, generation);
  }

  bool is_escort(std::size_t column) const { return is_escort_[master_.columns()[column].unit_class]; }

  /// Rounds up the escorts that are nearest to whole, a share of all that are not; false when all are whole.
  bool fix_some() {
    const std::vector<double> units = master_.units();
    std::vector<std::pair<double, std::size_t>> broken;
    for (std::size_t j = 0; j < units.size(); ++j) {
      if (!is_escort(j) || units[j] < kWhole)
        continue;
      const double part = units[j] - std::floor(units[j] + kWhole);
      if (part < kWhole)
        master_.bound(j, std::round(units[j]), kInfinity);
      else
        broken.emplace_back(-part, j);
    }
    std::sort(broken.begin(), broken.end());
    const std::size_t enough = broken.size() / kShare + 1;
    for (std::size_t i = 0; i < broken.size() && (i < enough || -broken[i].first >= kCertain); ++i)
      master_.bound(broken[i].second, std::ceil(units[broken[i].second]), kInfinity);
    return !broken.empty();
  }

  /// Bounds every escort column to the whole units it has; false where one has not.
  bool fix_all() {
    const std::vector<double> units = master_.units();
    for (std::size_t j = 0; j < units.size(); ++j) {
      if (!is_escort(j))
        continue;
      if (std::abs(units[j] - std::round(units[j])) > 1e-4)
        return false;
      master_.bound(j, std::round(units[j]), std::round(units[j]));
    }
    return true;
  }

  const Problem& problem_;
  const RowTable& rows_;
  Master& master_;
  const RosterOracle& oracle_;
  const EscortDiveOptions& options_;
  std::vector<bool> is_escort_;
};

}  // namespace

bool dive_on_escorts(const Problem& problem, const RowTable& rows, Master& master, const RosterOracle& oracle,
                     const EscortDiveOptions& options) {
  return Dive(problem, rows, master, oracle, options).run();
}

}  // namespace relevo::planner
