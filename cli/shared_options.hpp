// SPDX-License-Identifier: MIT
#pragma once

#include "cli/common_options.hpp"

#include <map>
#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): the name that CLI11 has
class App;
}

namespace relevo::cli {

// Options that several commands have, each with the same meaning everywhere.

/// --json, --lang and --quiet.
void add_common(CLI::App& app, CommonOptions& options);
/// --field: our fields and the columns of a file, or the variable of a raster.
void add_fields(CLI::App& app, std::map<std::string, std::string>& fields);
/// What steers the search for a plan.
void add_solve(CLI::App& app, CommonOptions& options);
/// --set, --pin, --forbid and --domestic: what is different for one run.
void add_edits(CLI::App& app, CommonOptions& options);
/// --previous: the earlier plan.
void add_previous(CLI::App& app, CommonOptions& options, bool required);

}  // namespace relevo::cli
