// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

namespace relevo::test {

/// The first seed of a series of random scenarios: RELEVO_SEED where it is set, and printed in any case.
inline std::uint64_t first_seed(std::uint64_t standard) {
  const char* given = std::getenv("RELEVO_SEED");  // NOLINT(concurrency-mt-unsafe): read before any thread starts
  const std::uint64_t seed = given != nullptr ? std::stoull(given) : standard;
  std::cout << "RELEVO_SEED=" << seed << '\n';
  return seed;
}

/// How many scenarios: RELEVO_CASES where it is set.
inline int number_of_cases(int standard) {
  const char* given = std::getenv("RELEVO_CASES");  // NOLINT(concurrency-mt-unsafe): read before any thread starts
  return given != nullptr ? std::stoi(given) : standard;
}

inline bool seed_is_overridden() {
  return std::getenv("RELEVO_SEED") != nullptr ||  // NOLINT(concurrency-mt-unsafe): as above
         std::getenv("RELEVO_CASES") != nullptr;   // NOLINT(concurrency-mt-unsafe): as above
}

}  // namespace relevo::test
