// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/edits.hpp"
#include "planner/model/load_context.hpp"
#include "planner/model/scenario.hpp"
#include "planner/model/scenario_settings.hpp"
#include "planner/model/scenario_source.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace relevo::planner {

/// A word by which lists of fires call an agency ("bc", "US-OR", "ONCC"), from data/reference/agency_words.csv.
struct AgencyWord {
  std::string word;
  std::string agency;
};

/// A scenario as far as it can be read without geography: everything but the journeys, and what follows from
/// them.
struct ScenarioDraft {
  ScenarioData data;        ///< `travel` is empty; open commitments have the day of release as `home`
  Diagnostics diagnostics;  ///< warnings and notes; errors were thrown
  std::vector<LayerBlock> layers;
  std::vector<RequestIndex> automatic_priorities;  ///< `auto`: 3 until the assessment sets it
  std::vector<OpenCommitment> open_commitments;
  std::vector<ReferenceAgency> reference_agencies;  ///< ascending by id, whether or not a table refers to them
  std::vector<AgencyWord> agency_words;
};

/// Reads scenario.toml, the tables it names or the folder holds, and from `data_dir` kinds, reference agencies, policy
/// and agreements. `other_formats` may be empty: then every table must be CSV. `edits` are made to what was read.
/// \throws InputError with everything wrong in all files.
ScenarioDraft load_scenario(const std::filesystem::path& folder, const std::filesystem::path& data_dir,
                            const TableReader& other_formats = {}, const ScenarioEdits& edits = {});
/// The same from any source.
ScenarioDraft load_scenario(ScenarioSource& source, const std::filesystem::path& data_dir,
                            const ScenarioEdits& edits = {});

/// Puts the journeys into the draft and fills in what commitments left open: the first line day after journey and
/// orientation, the day of coming home, and free ordinals in order. Afterwards `Scenario(std::move(draft.data))`.
void complete_commitments(ScenarioDraft& draft, TravelTable travel);

}  // namespace relevo::planner
