// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <stdexcept>

namespace relevo::cli {

/// There is no data folder where one must be: says where it was looked for.
class DataDirError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The folder with the reference tables, agreements and scenarios that come with Relevo (`data/` in the
/// source tree). Looked for in this order:
///   1. the environment variable RELEVO_DATA, if it is set and not empty; it must then name a folder,
///   2. ../share/relevo beside the folder of the running program (an installed Relevo),
///   3. `data/` of the source tree this program was built from.
/// \throws DataDirError when there is none.
std::filesystem::path data_dir();

}  // namespace relevo::cli
