// SPDX-License-Identifier: MIT
#include "planner/solve/programme_dive.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace relevo::planner {

namespace {

// Found by trial on seasons of the tiers M and L (docs/solver.md).
constexpr int kDiveBatches = 10;
constexpr double kBatchShare = 0.25;      ///< of the units still open, in one batch
constexpr double kWholeTolerance = 1e-6;  ///< units

}  // namespace

ProgrammeDive::ProgrammeDive(RosterProgramme& programme, PlanState beside, const SeatsOfClass& seats,
                             std::vector<double> least)
    : programme_(programme),
      seats_(seats),
      plan_(std::move(beside)),
      least_(std::move(least)),
      is_closed_(programme.rosters(), 0) {
  least_.resize(programme.rosters(), 0.0);
}

void ProgrammeDive::run(const std::function<bool()>& stop) {
  for (int batch = 0; batch < kDiveBatches && !(stop && stop()) && fix_batch(); ++batch)
    programme_.solve();
}

bool ProgrammeDive::fix(std::size_t roster) {
  const std::size_t c = programme_.class_of(roster);
  const auto seats = seats_.find(c);
  std::size_t& next = taken_[c];
  if (seats == seats_.end() || next == seats->second.size())
    return false;
  const Seat seat = seats->second[next];
  if (plan_.set(seat, programme_.record(roster)).all_broken() > 0.0) {
    plan_.set(seat, nullptr);
    return false;
  }
  ++next;
  least_[roster] += 1.0;
  found_.emplace_back(seat, programme_.record(roster));
  return true;
}

void ProgrammeDive::fix_or_close(std::size_t roster, std::size_t& done) {
  if (fix(roster))
    ++done;
  else
    is_closed_[roster] = 1;
}

/// Fixes whole units, then those rosters that most of a unit follows. False: nothing was left to fix.
bool ProgrammeDive::fix_batch() {
  std::vector<std::pair<double, std::size_t>> fractions;
  std::size_t done = 0;
  double open = 0.0;
  for (std::size_t j = 0; j < least_.size(); ++j) {
    const double more = programme_.units(j) - least_[j];
    if (more <= kWholeTolerance)
      continue;
    open += more;
    const double whole = std::floor(more + kWholeTolerance);
    for (long n = std::lround(whole); n > 0 && is_closed_[j] == 0; --n)
      fix_or_close(j, done);
    if (more - whole > kWholeTolerance && is_closed_[j] == 0)
      fractions.emplace_back(more - whole, j);
  }
  std::stable_sort(fractions.begin(), fractions.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  const auto quota = static_cast<std::size_t>(kBatchShare * open) + 1;
  for (const auto& [fraction, j] : fractions) {
    if (done >= quota)
      break;
    fix_or_close(j, done);
  }
  for (std::size_t j = 0; j < least_.size(); ++j)
    if (least_[j] > 0.0 || is_closed_[j] != 0)
      programme_.bound(j, least_[j], is_closed_[j] != 0 ? least_[j] : std::numeric_limits<double>::infinity());
  return open > kWholeTolerance;
}

}  // namespace relevo::planner
