// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace relevo::cli {

/// null for an empty text.
nlohmann::ordered_json text_or_null(const std::string& text);

}  // namespace relevo::cli
