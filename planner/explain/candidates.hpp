// SPDX-License-Identifier: MIT
#pragma once

#include "planner/explain/change.hpp"
#include "planner/explain/reasons.hpp"

#include <vector>

namespace relevo::planner {

/// Of a line's catalogue, the changes that lift one of the reasons why it is open, for the units under that reason
/// (docs/explain.md, section 2); in the order of the catalogue.
std::vector<CatalogueEntry> candidates_of(const Scenario& scenario, const std::vector<CatalogueEntry>& catalogue,
                                          const std::vector<ListedReason>& reasons);

}  // namespace relevo::planner
