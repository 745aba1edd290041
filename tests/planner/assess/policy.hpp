// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/load_policy.hpp"
#include "planner/model/text_file.hpp"

#include <filesystem>

namespace relevo::planner::test {

inline std::filesystem::path data_dir() {
  return std::filesystem::path(RELEVO_SOURCE_DIR) / "data";
}

/// data/policy/default.toml as shipped.
inline Policy shipped_policy() {
  Diagnostics diagnostics;
  return read_policy(read_text_file(data_dir() / "policy/default.toml", "default.toml", diagnostics).value(),
                     "default.toml", diagnostics);
}

}  // namespace relevo::planner::test
