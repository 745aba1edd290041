// SPDX-License-Identifier: MIT
#pragma once

#include "planner/explain/change.hpp"

#include <cstddef>
#include <functional>
#include <vector>

namespace relevo::planner {

/// How many of the changes are proved not to fill the line: with any number of steps of one of them, at least `unmet`
/// of it stays open in every plan, whatever becomes of other lines (LeastOpen). Changes that only widen what is allowed
/// are looked at together, and in halves where together they might fill it; so the count may be less than what could be
/// proved of them one by one. \pre at least `unmet` stays open without a change
std::size_t count_ruled_out(const Scenario& scenario, const std::vector<CatalogueEntry>& entries, int unmet,
                            const std::function<bool()>& stop);

}  // namespace relevo::planner
