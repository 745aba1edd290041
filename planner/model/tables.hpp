// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/table_schema.hpp"

#include <vector>

namespace relevo::planner {

/// Every table a scenario may have, in the order in which they are read.
const std::vector<const TableSpec*>& all_tables();

}  // namespace relevo::planner
