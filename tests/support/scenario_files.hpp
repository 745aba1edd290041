// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"

#include <map>
#include <string>
#include <vector>

namespace relevo::test {

/// The text of each file, by its name within the folder ("units.csv", "agreements/a.toml").
using FileTexts = std::map<std::string, std::string>;

/// The scenario as the files that stand for it, in the formats of docs/formats.md and docs/agreements.md. What no file
/// holds is left out: journeys and moves (geography makes them), the policy of travel and assessment, provenance.
/// \pre a commitment holds one ordinal of its row, a share of a pool at least one person
FileTexts scenario_files(const planner::ScenarioData& data);

/// The kinds as reference/kinds.toml.
std::string kinds_file(const planner::KindCatalogue& kinds);

/// Everything scenario_files() and kinds_file() write, as a flat list of fields, for comparison: "units[crew].count" is
/// "2". Two scenarios with the same fields are the same problem, but for their journeys.
std::map<std::string, std::string> fields_of(const planner::ScenarioData& data);

/// Why the loader refuses the files of the scenario, as the codes of docs/formats.md, sorted; empty where it takes
/// them. Random scenarios have lines and offers of a channel that no agreement has, and named lines that want more than
/// one unit.
std::vector<std::string> reasons_for_refusal(const planner::ScenarioData& data);

}  // namespace relevo::test
