// SPDX-License-Identifier: MIT
#pragma once

#include "cli/common_options.hpp"
#include "planner/solve/mip.hpp"

#include <chrono>

namespace relevo::cli {

/// One line on stderr that is written over: seconds, nodes, incumbent, bound, gap. Only on a terminal, and never when
/// --quiet is given.
class ProgressLine {
 public:
  explicit ProgressLine(const CommonOptions& options);
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const planner::Progress& progress);
  void clear();

 private:
  bool is_shown_ = false;
  bool has_text_ = false;
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace relevo::cli
