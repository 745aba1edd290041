// SPDX-License-Identifier: MIT
#include "planner/check/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace relevo::planner::checking {

namespace {

Finding finding_of(std::string code, std::string key, Fault fault) {
  Finding finding;
  finding.code = std::move(code);
  finding.subject = fault.subject;
  finding.day = fault.day;
  finding.amount = fault.amount;
  finding.what.key = std::move(key);
  finding.what.args = std::move(fault.args);
  finding.what.args.emplace_back("subject", std::move(fault.subject));
  finding.what.args.emplace_back("day", fault.day ? format_day(*fault.day) : std::string());
  finding.what.args.emplace_back("amount", show_number(fault.amount));
  return finding;
}

}  // namespace

void Verdict::report(Fault fault, Blame whose) {
  const std::string code{fault.code};
  if (whose == Blame::Commitment)
    report_.findings.push_back(finding_of("inherited." + code, "violation." + code, std::move(fault)));
  else
    report_.violations.push_back(finding_of(code, "violation." + code, std::move(fault)));
}

void Verdict::remark(Fault fault) {
  const std::string code{fault.code};
  report_.findings.push_back(finding_of(code, "violation." + code, std::move(fault)));
}

std::vector<Run> runs_of(const std::map<Day, int>& excess) {
  std::vector<Run> runs;
  for (const auto& [day, amount] : excess) {
    if (amount <= 0)
      continue;
    if (!runs.empty() && runs.back().last + Days{1} == day) {
      runs.back().last = day;
      runs.back().worst = std::max(runs.back().worst, amount);
    } else {
      runs.push_back({day, day, amount});
    }
  }
  return runs;
}

Fault over_run(Fault fault, const Run& run) {
  fault.day = run.first;
  fault.amount = run.worst;
  fault.args.emplace_back("last", format_day(run.last));
  return fault;
}

std::string show_number(double value) {
  if (std::isfinite(value) && std::abs(value - std::round(value)) < 5e-7)
    return fmt::format("{:.0f}", std::round(value) + 0.0);
  return fmt::format("{:.2f}", value);
}

}  // namespace relevo::planner::checking
