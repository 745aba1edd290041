// SPDX-License-Identifier: MIT
#include "planner/solve/child_search.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <vector>

namespace relevo::planner {
namespace {

using Tell = std::function<void(const Progress&)>;
using Stop = std::function<bool()>;

TEST(ChildSearch, BringsTheResultAndTheProgressHome) {
  std::vector<int> nodes;
  const auto found = search_in_child(
      [](const Tell& tell, const Stop&) {
        for (int i = 1; i <= 3; ++i) {
          Progress progress;
          progress.nodes = i;
          tell(progress);
        }
        MipResult result;
        result.end = MipResult::End::GapLimit;
        result.values.assign(100'000, 0.5);  // more than a pipe holds
        result.objective = 12.25;
        result.bound = -3.5;
        result.nodes = 7;
        return result;
      },
      [&](const Progress& progress) { nodes.push_back(progress.nodes); }, {});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->end, MipResult::End::GapLimit);
  EXPECT_EQ(found->values, std::vector<double>(100'000, 0.5));
  EXPECT_EQ(found->objective, 12.25);
  EXPECT_EQ(found->bound, -3.5);
  EXPECT_EQ(found->nodes, 7);
  EXPECT_EQ(nodes, (std::vector{1, 2, 3}));
}

TEST(ChildSearch, LivesThroughAChildThatDies) {
  EXPECT_FALSE(search_in_child([](const Tell&, const Stop&) -> MipResult { std::abort(); }, {}, {}));
  EXPECT_FALSE(search_in_child([](const Tell&, const Stop&) -> MipResult { throw std::runtime_error("no"); }, {}, {}));
}

TEST(ChildSearch, InterruptsTheChildWhenAsked) {
  const auto found = search_in_child(
      [](const Tell&, const Stop& is_stopped) {
        while (!is_stopped()) {
        }
        MipResult result;
        result.end = MipResult::End::Stopped;
        return result;
      },
      {}, [] { return true; });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->end, MipResult::End::Stopped);
}

}  // namespace
}  // namespace relevo::planner
