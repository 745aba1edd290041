// SPDX-License-Identifier: MIT
#include "planner/store/json_text.hpp"

#include <nlohmann/json.hpp>

namespace relevo::planner {

std::string json_text(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace relevo::planner
