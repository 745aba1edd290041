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

/// A build with sanitizers tries one of so many of the random scenarios: they look for errors of memory, which a third
/// of the scenarios makes as well. That answers equal those of the oracles is proved on all of them without sanitizers.
#ifdef RELEVO_SANITIZED
inline constexpr int kTriedOf = 3;
#else
inline constexpr int kTriedOf = 1;
#endif

/// Whether this build tries all of them, so that it may be asked how often something happened that is rare in them.
inline constexpr bool kTriesAll = kTriedOf == 1;

/// What becomes in this build of a number that is meant for all scenarios: how many there are, or how often something
/// must have happened in them. Rounded up.
constexpr int share_of_cases(int of_all) {
  return (of_all + kTriedOf - 1) / kTriedOf;
}

/// How many scenarios: RELEVO_CASES where it is set, else the share of `standard` that this build tries.
inline int number_of_cases(int standard) {
  const char* given = std::getenv("RELEVO_CASES");  // NOLINT(concurrency-mt-unsafe): read before any thread starts
  return given != nullptr ? std::stoi(given) : share_of_cases(standard);
}

inline bool seed_is_overridden() {
  return std::getenv("RELEVO_SEED") != nullptr ||  // NOLINT(concurrency-mt-unsafe): as above
         std::getenv("RELEVO_CASES") != nullptr;   // NOLINT(concurrency-mt-unsafe): as above
}

}  // namespace relevo::test
