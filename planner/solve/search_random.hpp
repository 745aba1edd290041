// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace relevo::planner {

/// Whole random numbers, the same on every machine: splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom
/// number generators", 2014).
class SearchRandom {
 public:
  explicit SearchRandom(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() noexcept {
    state_ += 0x9E3779B97F4A7C15U;
    return mixed(state_);
  }
  /// From 0 to `count` - 1; `count` is not 0.
  std::size_t below(std::size_t count) noexcept { return static_cast<std::size_t>(next() % count); }
  /// From least to most, both included.
  int between(int least, int most) noexcept {
    return least + static_cast<int>(below(static_cast<std::size_t>(most - least) + 1));
  }
  /// From 0 up to, not including, 1: 53 random bits, the same on every machine.
  double share() noexcept { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
  bool chance(int percent) noexcept { return between(1, 100) <= percent; }

  template <class T>
  void shuffle(std::vector<T>& all) noexcept {
    for (std::size_t i = all.size(); i > 1; --i)
      std::swap(all[i - 1], all[below(i)]);
  }

  /// A seed of its own for part `part` of a work with a seed.
  static std::uint64_t seed_of(std::uint64_t seed, std::uint64_t part) noexcept {
    return mixed(seed + mixed(part + 0x9E3779B97F4A7C15U));
  }

 private:
  static std::uint64_t mixed(std::uint64_t z) noexcept {
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

  std::uint64_t state_;
};

}  // namespace relevo::planner
