// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/report_input.hpp"

#include <map>
#include <string>
#include <vector>

namespace relevo::cli {

/// What each source was used for: by URL or citation, the things that rest on it ("agreement ca-mx-2014-2016", in the
/// report's language), each once and sorted. Values that were assumed have no source and are not in it.
std::map<std::string, std::vector<std::string>> cited_sources(const ReportInput& input);

}  // namespace relevo::cli
