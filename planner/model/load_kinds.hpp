// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/diagnostics.hpp"
#include "planner/model/kind.hpp"
#include "planner/model/toml_schema.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relevo::planner {

/// The keys of data/reference/kinds.toml.
const std::vector<KeySpec>& kinds_schema();

/// Kinds, types and aliases from the text of kinds.toml. Whatever is faulty is reported; then the catalogue is empty.
KindCatalogue read_kinds(std::string_view toml, const std::string& shown_name, Diagnostics& diagnostics);

}  // namespace relevo::planner
