// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

namespace relevo::planner {

/// Statements that bring a workspace of version `version` - 1 to `version`.
struct Migration {
  int version = 0;
  std::string_view sql;
};

/// planner/store/schema.sql: version 1.
std::string_view base_schema();
/// planner/store/migrations/*.sql: versions 2, 3, ... without a gap.
std::span<const Migration> migrations();

}  // namespace relevo::planner
