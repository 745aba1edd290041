// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/kind.hpp"
#include "planner/record/evaluation.hpp"
#include "planner/text/message.hpp"

#include <string>

namespace relevo::cli {

/// What an evaluation is shown with. It refers to values that must outlive it.
struct EvaluationInput {
  const planner::PlanRecord& plan;
  const planner::Evaluation& evaluation;
  const planner::KindCatalogue& kinds;
  std::string actuals;  ///< name of the table
  text::Lang lang = text::Lang::En;
};

/// On a terminal; lines end in "\n".
std::string evaluation_text(const EvaluationInput& input);
/// One self-contained page in the style of the report, without script.
std::string evaluation_html(const EvaluationInput& input);
/// As docs/evaluate.md describes it; ends in "\n".
std::string evaluation_json(const EvaluationInput& input);

}  // namespace relevo::cli
