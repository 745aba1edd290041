// SPDX-License-Identifier: MIT
#include "planner/solve/child_search.hpp"

#include "planner/solve/side_by_side.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <new>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace relevo::planner {
namespace {

std::optional<MipResult> search_in_child(ChildSearch search, std::function<void(const Progress&)> on_progress,
                                         std::function<bool()> stop) {
  return search_in_children({{std::move(search), std::move(on_progress), std::move(stop)}}, 1).front();
}

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

/// A number that all processes see.
class SharedNumber {
 public:
  SharedNumber()
      : page_(::mmap(nullptr, sizeof(std::atomic<int>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)),
        number_(new (page_) std::atomic<int>(0)) {}
  ~SharedNumber() { ::munmap(page_, sizeof(std::atomic<int>)); }
  SharedNumber(const SharedNumber&) = delete;
  SharedNumber& operator=(const SharedNumber&) = delete;
  std::atomic<int>& operator*() const noexcept { return *number_; }

 private:
  void* page_;
  std::atomic<int>* number_;
};

/// Says that it has begun, waits until so many have, and brings a long result.
ChildSearch waiting_for(std::atomic<int>& begun, int count, int who) {
  return [&begun, count, who](const Tell& tell, const Stop&) {
    ++begun;
    tell({});
    while (begun < count)
      std::this_thread::yield();
    MipResult result;
    result.nodes = who;
    result.values.assign(50'000, who);
    return result;
  };
}

TEST(ChildSearch, RunsAsManyAsAskedAtATimeAndBringsEachResultToItsPlace) {
  const SharedNumber begun;
  std::vector<ChildTask> tasks;
  std::vector<int> told(5);
  for (int i = 0; i < 5; ++i)
    tasks.push_back(
        {waiting_for(*begun, 2, i), [&told, i](const Progress&) { ++told[static_cast<std::size_t>(i)]; }, {}});
  const auto found = search_in_children(tasks, 2);
  ASSERT_EQ(found.size(), 5U);
  for (int i = 0; i < 5; ++i) {
    const auto& result = found[static_cast<std::size_t>(i)];
    ASSERT_TRUE(result) << i;
    EXPECT_EQ(result->nodes, i);
    EXPECT_EQ(result->values, std::vector<double>(50'000, i));
  }
  EXPECT_EQ(told, std::vector<int>(5, 1));
  EXPECT_EQ(*begun, 5);
}

TEST(ChildSearch, OneThatDiesTakesNoneOfTheOthersAlong) {
  const auto well = [](const Tell&, const Stop&) { return MipResult(); };
  const auto ill = [](const Tell&, const Stop&) -> MipResult { std::abort(); };
  const auto found = search_in_children({{well, {}, {}}, {ill, {}, {}}, {well, {}, {}}}, 2);
  EXPECT_TRUE(found[0]);
  EXPECT_FALSE(found[1]);
  EXPECT_TRUE(found[2]);
  EXPECT_TRUE(search_in_children({}, 2).empty());
}

TEST(ChildSearch, StopsOnlyTheOneThatIsMeant) {
  const SharedNumber ended;
  const auto until_stopped = [&](const Tell&, const Stop& is_stopped) {
    while (!is_stopped())
      std::this_thread::yield();
    ++*ended;
    return MipResult();
  };
  const auto after_the_other = [&](const Tell&, const Stop& is_stopped) {
    while (*ended == 0)
      std::this_thread::yield();
    MipResult result;
    result.end = is_stopped() ? MipResult::End::Stopped : MipResult::End::Optimal;
    return result;
  };
  const auto found = search_in_children({{until_stopped, {}, [] { return true; }}, {after_the_other, {}, {}}}, 2);
  ASSERT_TRUE(found[1]);
  EXPECT_EQ(found[1]->end, MipResult::End::Optimal);
}

TEST(ChildSearch, RefusesBesideThreads) {
  const std::vector<ChildTask> tasks{{[](const Tell&, const Stop&) { return MipResult(); }, {}, {}}};
  side_by_side(2, 2, [&](std::size_t, std::size_t) { EXPECT_THROW(search_in_children(tasks, 1), std::logic_error); });
  side_by_side(2, 1, [&](std::size_t, std::size_t) { EXPECT_TRUE(search_in_children(tasks, 1).front()); });
  EXPECT_TRUE(search_in_children(tasks, 1).front());
}

}  // namespace
}  // namespace relevo::planner
