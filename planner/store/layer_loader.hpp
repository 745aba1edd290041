// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/layer_data.hpp"
#include "planner/store/workspace.hpp"

namespace relevo::planner {

/// Every layer of the workspace, in the order of their imports and within one by `fid`. Alerts that another alert has
/// cancelled or updated are left out. Rasters are read when somebody asks for pixels, from the same open file, which
/// they keep open. \throws WorkspaceError
LayerData load_layer_data(const Workspace& workspace);

/// The imports alone, without a feature. \throws WorkspaceError
std::vector<LayerImport> load_imports(const Workspace& workspace);

}  // namespace relevo::planner
