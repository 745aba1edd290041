// SPDX-License-Identifier: MIT
#pragma once

#include "planner/store/sqlite.hpp"

namespace relevo::planner {

/// Writes the default style of every geometry table into layer_styles, as QML (QGIS) and SLD 1.0 (others). Styles that
/// somebody else stored there stay, and a default of theirs stays the default. \pre within a transaction.
void write_layer_styles(const Connection& connection);

}  // namespace relevo::planner
