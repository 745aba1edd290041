// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/locale.hpp"
#include "planner/explain/explanation.hpp"
#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/text/message.hpp"

#include <string>
#include <utility>
#include <vector>

namespace relevo::cli {

/// Reasons, changes and runner-ups in one language. It refers to its arguments.
class ExplanationWords {
 public:
  ExplanationWords(const planner::Scenario& scenario, const planner::Plan& plan, text::Lang lang)
      : scenario_(scenario), plan_(plan), lang_(lang), locale_(lang) {}

  /// "C-42 Hand crew for Fort McMurray, priority 2: 93 of 93 unit-days open"
  std::string line(planner::RequestIndex index) const;
  /// The reason with the roster rows that fall under it; at most `most_rows`.
  std::string reason(const planner::ListedReason& reason, std::size_t most_rows) const;
  /// The change alone: "CA-BC keeps 1 unit fewer in reserve."
  std::string change(const planner::Change& change) const;
  /// And what it brings.
  std::string offer(const planner::LineChanges& changes, const planner::OfferedChange& offer) const;
  /// What can be had without any change. \pre there is some
  std::string reassigned(const planner::LineChanges& changes) const;
  /// That nothing helps, what was left out, and how all of it is proved.
  std::vector<std::string> remarks(const planner::LineChanges& changes) const;
  std::string unit(const planner::Assignment& assignment) const;
  /// Why it: what the runner-up would cost, one sentence for each line; that it accompanies, or was there before.
  std::vector<std::string> why(const planner::ExplainedUnit& explained) const;

  std::string say(std::string_view key, std::vector<std::pair<std::string, std::string>> args = {}) const {
    return text::render(text::Message{std::string(key), std::move(args)}, lang_);
  }
  const Locale& locale() const noexcept { return locale_; }

 private:
  std::string kind_name(planner::KindIndex kind) const;
  std::string no_offer(const planner::LineChanges& changes) const;
  std::string rows(const std::vector<planner::UnitsOfRow>& rows, std::size_t most) const;
  std::string displaced(const planner::LineFilling& filling) const;
  std::string money(double amount) const;
  std::string runner_up(const planner::RunnerUp& runner_up) const;

  const planner::Scenario& scenario_;
  const planner::Plan& plan_;
  text::Lang lang_;
  Locale locale_;
};

}  // namespace relevo::cli
