// SPDX-License-Identifier: MIT
#include "planner/solve/escort_room.hpp"

#include <algorithm>
#include <cstdint>

namespace relevo::planner {

namespace {

bool is_on_or_below(const EscortRoom& middle, const EscortRoom& left, const EscortRoom& right) {
  const auto rise = [&](const EscortRoom& to) { return static_cast<std::int64_t>(to.people) - left.people; };
  const auto run = [&](const EscortRoom& to) { return static_cast<std::int64_t>(to.escorts) - left.escorts; };
  return rise(middle) * run(right) <= rise(right) * run(middle);
}

}  // namespace

UsableRoom::UsableRoom(const std::set<int>& sizes, int most)
    : largest_sum_(static_cast<std::size_t>(std::max(most, 0)) + 1, 0) {
  for (std::size_t room = 1; room < largest_sum_.size(); ++room) {
    for (const int size : sizes) {
      const auto group = static_cast<std::size_t>(size);
      if (group <= room)
        largest_sum_[room] = std::max(largest_sum_[room], size + largest_sum_[room - group]);
    }
  }
}

int UsableRoom::within(int room) const {
  const int most = static_cast<int>(largest_sum_.size()) - 1;
  return largest_sum_[static_cast<std::size_t>(std::clamp(room, 0, most))];
}

std::vector<EscortRoom> corners_of(int most_escorts, const std::function<int(int)>& people_for) {
  std::vector<EscortRoom> corners;
  for (int escorts = 0; escorts <= most_escorts; ++escorts) {
    const EscortRoom next{escorts, people_for(escorts)};
    while (corners.size() >= 2 && is_on_or_below(corners.back(), corners[corners.size() - 2], next))
      corners.pop_back();
    corners.push_back(next);
  }
  return corners;
}

}  // namespace relevo::planner
