// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/kind.hpp"
#include "planner/record/comparison.hpp"
#include "planner/text/message.hpp"

#include <string>

namespace relevo::cli {

/// The comparison as docs/compare.md describes it; ends in "\n".
std::string comparison_json(const planner::PlanComparison& comparison, const planner::KindCatalogue& kinds,
                            text::Lang lang);

}  // namespace relevo::cli
