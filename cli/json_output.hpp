// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace relevo::cli {

/// The answer of a command as JSON on stdout, two blanks a level; what is no UTF-8 in it becomes U+FFFD.
void print_json(const nlohmann::ordered_json& json);

}  // namespace relevo::cli
