// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/kind.hpp"
#include "planner/record/comparison.hpp"
#include "planner/text/message.hpp"

#include <string>

namespace relevo::cli {

/// What two plans do otherwise, as a coordinator would say it; lines end in "\n".
std::string comparison_text(const planner::PlanComparison& comparison, const planner::KindCatalogue& kinds,
                            text::Lang lang);

/// One contingent in one sentence: who, and what is different about it ("leaves 2 days later, on 6 Jun; 1 Hand crew
/// more"). For those added, dropped or kept: who it is.
std::string group_sentence(const planner::GroupChange& change, const planner::KindCatalogue& kinds, text::Lang lang);

}  // namespace relevo::cli
