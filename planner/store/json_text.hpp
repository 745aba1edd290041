// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace relevo::planner {

/// As it stands in a column: in one line; what is no UTF-8 in it becomes U+FFFD.
std::string json_text(const nlohmann::ordered_json& json);

}  // namespace relevo::planner
