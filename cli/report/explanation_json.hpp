// SPDX-License-Identifier: MIT
#pragma once

#include "planner/explain/explanation.hpp"
#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/text/message.hpp"

#include <string>

namespace relevo::cli {

/// An explanation as docs/explain.md describes its JSON. Sentences in the language, codes the same in every one.
std::string explanation_json(const planner::Scenario& scenario, const planner::Plan& plan,
                             const planner::Explanation& explanation, text::Lang lang);

}  // namespace relevo::cli
