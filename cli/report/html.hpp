// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/report_input.hpp"

#include <filesystem>
#include <string>

namespace relevo::cli {

/// report.html: one file that loads nothing, says everything without script, and prints on A4. The script in it only
/// moves the map and filters the order lines.
/// \param data_dir Relevo's data folder; the map takes its background from reference/boundaries.geojson in it.
std::string report_html(const ReportInput& input, const std::filesystem::path& data_dir);

}  // namespace relevo::cli
