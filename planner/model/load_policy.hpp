// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/diagnostics.hpp"
#include "planner/model/policy.hpp"
#include "planner/model/toml_schema.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relevo::planner {

/// The keys of data/policy/default.toml; a scenario's [policy] takes the same, none of them required.
const std::vector<KeySpec>& policy_schema();

/// The policy of data/policy/default.toml: every value, each with its provenance.
Policy read_policy(std::string_view toml, const std::string& shown_name, Diagnostics& diagnostics);

/// Replaces the values that a checked [policy] section of a scenario gives. A value without a status of its own is
/// assumed, with the scenario as the one who assumed it.
void override_policy(Policy& policy, const TomlSection& section, const std::string& shown_name,
                     Diagnostics& diagnostics);

}  // namespace relevo::planner
