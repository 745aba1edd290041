// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/reader.hpp"
#include "planner/model/scenario_settings.hpp"
#include "planner/store/layer_importer.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relevo::cli {

/// Reads the file in a child process and writes it into the workspace, in one transaction; the digest of the file is
/// computed meanwhile. Ctrl-C ends it like an error. \throws geo::LayerError, planner::WorkspaceError
planner::LayerImportResult import_layer(const planner::Workspace& workspace, const geo::LayerRequest& request,
                                        planner::LayerImportOptions options);

/// What the [[layer]] blocks of a scenario ask for, in their order. Blocks of one name get " (2)", " (3)", ... behind
/// it.
std::vector<std::pair<geo::LayerRequest, planner::LayerImportOptions>> layer_imports(
    const std::vector<planner::LayerBlock>& blocks, const std::filesystem::path& data_dir);

/// The instant of an `as_of`: a date (its end) or a date-time, UTC where it gives no zone; nothing for other words.
std::optional<geo::Instant> instant_of(const std::string& as_of);

}  // namespace relevo::cli
