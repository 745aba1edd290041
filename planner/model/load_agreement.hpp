// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/agreement.hpp"
#include "planner/model/diagnostics.hpp"
#include "planner/model/kind.hpp"
#include "planner/model/toml_schema.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::planner {

/// The keys of an agreement file, as docs/agreements.md explains them.
const std::vector<KeySpec>& agreement_schema();

/// One agreement from the text of its file, which `edit` may change first. Kind ids are checked against `kinds`.
/// Nothing when an error was reported.
std::optional<Agreement> read_agreement(std::string_view toml, const std::string& shown_name,
                                        const KindCatalogue& kinds, Diagnostics& diagnostics,
                                        const std::function<void(TomlValue&)>& edit = {});

/// All agreements of a folder, by file name; the faulty ones are reported and left out.
std::vector<Agreement> read_agreements_folder(const std::filesystem::path& folder, const KindCatalogue& kinds,
                                              Diagnostics& diagnostics);

}  // namespace relevo::planner
