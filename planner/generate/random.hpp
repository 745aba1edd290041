// SPDX-License-Identifier: MIT
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace relevo::planner::generate {

/// splitmix64 (Steele, Lea, Flood 2014): whole numbers only, so the same with every compiler, library and processor.
class Random {
 public:
  /// Each `stream` of a seed is a sequence of its own: what one part draws does not move another part.
  Random(std::uint64_t seed, std::uint64_t stream)
      : state_((mixed(seed + kStep) ^ (stream * 0xD1342543DE82EF95U)) + kStep) {}

  std::uint64_t next() {
    state_ += kStep;
    return mixed(state_);
  }
  /// From least to most, both inclusive. The bias of the remainder is below 2^-30 for the ranges used here.
  int pick(int least, int most) {
    assert(least <= most);
    const auto width = static_cast<std::uint64_t>(static_cast<std::int64_t>(most) - least) + 1U;
    return static_cast<int>(least + static_cast<std::int64_t>(next() % width));
  }
  bool chance(int percent) { return pick(1, 100) <= percent; }
  /// A position, as likely as its weight. \pre some weight is positive, none negative
  std::size_t weighted(const std::vector<int>& weights) {
    int total = 0;
    for (const int weight : weights)
      total += weight;
    int left = pick(1, total);
    std::size_t position = 0;
    while (left > weights[position])
      left -= weights[position++];
    return position;
  }
  template <class T>
  const T& one_of(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(pick(0, static_cast<int>(all.size()) - 1))];
  }
  /// Fisher and Yates.
  template <class T>
  void shuffle(std::vector<T>& all) {
    for (std::size_t i = all.size(); i > 1; --i)
      std::swap(all[i - 1], all[static_cast<std::size_t>(pick(0, static_cast<int>(i) - 1))]);
  }

 private:
  static constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15U;

  static std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

  std::uint64_t state_;
};

}  // namespace relevo::planner::generate
