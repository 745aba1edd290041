// SPDX-License-Identifier: MIT
#include "cli/report/json_values.hpp"

#include <nlohmann/json.hpp>

namespace relevo::cli {

nlohmann::ordered_json text_or_null(const std::string& text) {
  return text.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(text);
}

}  // namespace relevo::cli
