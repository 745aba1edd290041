// SPDX-License-Identifier: MIT
// Facets of the escort rows against plain enumeration of crews.
#include "planner/solve/escort_room.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace relevo::planner {
namespace {

using testing::ElementsAre;

/// Every number of people that crews of these sizes can be, up to `most`.
std::set<int> sums_of(const std::set<int>& sizes, int most) {
  std::set<int> sums{0};
  for (int n = 1; n <= most; ++n)
    for (const int size : sizes)
      if (sums.contains(n - size))
        sums.insert(n);
  return sums;
}

TEST(UsableRoom, IsTheLargestSumThatFits) {
  for (const std::set<int>& sizes : {std::set{20}, std::set{20, 18}, std::set{7, 11, 3}, std::set{1}})
    for (const int most : {0, 1, 19, 100, 137}) {
      const UsableRoom usable(sizes, most);
      const auto sums = sums_of(sizes, most);
      for (int room = 0; room <= most + 30; ++room)
        EXPECT_EQ(usable.within(room), *std::prev(sums.upper_bound(room))) << room << " of " << most;
    }
}

TEST(UsableRoom, NoRoomIsNoRoom) {
  EXPECT_EQ(UsableRoom({20}, 100).within(-5), 0);
  EXPECT_EQ(UsableRoom({}, 100).within(50), 0);
}

TEST(Corners, TwoEscortsForThreeCrews) {
  // One for 30 people: one crew of 20 with one, three with two, four with three, and there are no more than five.
  const UsableRoom usable({20}, 100);
  EXPECT_THAT(corners_of(4, [&](int escorts) { return usable.within(30 * escorts); }),
              ElementsAre(EscortRoom{0, 0}, EscortRoom{2, 60}, EscortRoom{4, 100}));
}

TEST(Corners, WithoutEscortsOnlyALimit) {
  EXPECT_THAT(corners_of(0, [](int) { return 40; }), ElementsAre(EscortRoom{0, 40}));
}

/// The lines let in exactly the whole numbers of crews that the rule lets in.
TEST(Corners, LinesAllowEveryWholeNumberTheRuleAllowsAndNoOther) {
  for (const int size : {7, 18, 20, 45})
    for (const int per : {5, 20, 30, 41, 100})
      for (const int most_crews : {1, 5, 12}) {
        const UsableRoom usable({size}, size * most_crews);
        const int most_escorts = (size * most_crews + per - 1) / per;
        const auto corners = corners_of(most_escorts, [&](int escorts) { return usable.within(per * escorts); });
        ASSERT_GE(corners.size(), 2U);
        for (int escorts = 0; escorts <= most_escorts; ++escorts)
          for (int people = 0; people <= size * most_crews; people += size) {
            bool fits = true;
            for (std::size_t i = 0; i + 1 < corners.size(); ++i) {
              const int run = corners[i + 1].escorts - corners[i].escorts;
              const int rise = corners[i + 1].people - corners[i].people;
              fits = fits && run * (people - corners[i].people) <= rise * (escorts - corners[i].escorts);
            }
            EXPECT_EQ(fits, people <= per * escorts)
                << people << " people, " << escorts << " escorts, one per " << per << ", crews of " << size;
          }
      }
}

}  // namespace
}  // namespace relevo::planner
