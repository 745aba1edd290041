// SPDX-License-Identifier: MIT
#include "cli/progress.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iostream>

namespace relevo::cli {

namespace {

constexpr std::chrono::milliseconds kInterval{200};

}  // namespace

ProgressLine::ProgressLine(const CommonOptions& options) : is_shown_(!options.quiet && ::isatty(STDERR_FILENO) == 1) {}

void ProgressLine::show(const planner::Progress& progress) {
  const auto now = std::chrono::steady_clock::now();
  if (!is_shown_ || now - last_ < kInterval)
    return;
  last_ = now;
  has_text_ = true;
  std::string line = fmt::format("{:6.1f} s  nodes {:6}", progress.seconds, progress.nodes);
  if (progress.rounds > 0)
    line += fmt::format("  rounds {:4}  rosters {:6}", progress.rounds, progress.columns);
  line += fmt::format("  bound {:.1f}", progress.bound);
  if (progress.incumbent) {
    const double gap = (*progress.incumbent - progress.bound) / std::max(1e-9, std::abs(*progress.incumbent));
    line += fmt::format("  best {:.1f}  gap {:.2f} %", *progress.incumbent, 100.0 * gap);
  }
  fmt::print(std::cerr, "\r\x1b[K{}", line);
  std::cerr.flush();
}

void ProgressLine::clear() {
  if (!has_text_)
    return;
  std::cerr << "\r\x1b[K" << std::flush;
  has_text_ = false;
}

}  // namespace relevo::cli
