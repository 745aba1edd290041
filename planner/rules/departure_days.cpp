// SPDX-License-Identifier: MIT
#include "planner/rules/departure_days.hpp"

#include <algorithm>

namespace relevo::planner {

void DepartureDays::add(int day, int first_tour_cap) {
  if (!runs_.empty() && runs_.back().last + 1 == day && runs_.back().first_tour_cap == first_tour_cap)
    runs_.back().last = day;
  else
    runs_.push_back({day, day, first_tour_cap});
}

std::size_t DepartureDays::size() const noexcept {
  std::size_t days = 0;
  for (const auto& run : runs_)
    days += static_cast<std::size_t>(run.last - run.first + 1);
  return days;
}

std::optional<int> DepartureDays::first_tour_cap_on(int day) const {
  const auto latest = latest_by(day);
  return latest && latest->day == day ? std::optional(latest->first_tour_cap) : std::nullopt;
}

std::optional<DepartureDays::Departure> DepartureDays::latest_by(int day) const {
  const auto after =
      std::partition_point(runs_.begin(), runs_.end(), [day](const Run& run) { return run.first <= day; });
  if (after == runs_.begin())
    return std::nullopt;
  const Run& run = *std::prev(after);
  return Departure{std::min(day, run.last), run.first_tour_cap};
}

std::vector<int> DepartureDays::days() const {
  std::vector<int> all;
  for (const auto& departure : *this)
    all.push_back(departure.day);
  return all;
}

}  // namespace relevo::planner
