// SPDX-License-Identifier: MIT
#include "cli/json_output.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace relevo::cli {

void print_json(const nlohmann::ordered_json& json) {
  std::cout << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
}

}  // namespace relevo::cli
