// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <vector>

namespace relevo::planner {

/// Room for people who come in groups: 30 places hold one crew of 20, not one and a half.
class UsableRoom {
 public:
  /// Groups of `sizes` people (positive), any number of each; at most `most` people altogether.
  UsableRoom(const std::set<int>& sizes, int most);

  /// The most people that groups can bring into `room` places; at most `most`.
  int within(int room) const;

 private:
  std::vector<int> largest_sum_;  // by places
};

/// How many people some escorts have room for.
struct EscortRoom {
  int escorts = 0;
  int people = 0;
  friend bool operator==(const EscortRoom&, const EscortRoom&) = default;
};

/// The corners, from left to right, of the smallest concave function of the escorts that is nowhere below `people_for`
/// at 0, 1, .. `most_escorts`. The lines through neighbours are the facets of row (4) of docs/model.md.
std::vector<EscortRoom> corners_of(int most_escorts, const std::function<int(int)>& people_for);

}  // namespace relevo::planner
