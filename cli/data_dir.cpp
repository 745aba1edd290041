// SPDX-License-Identifier: MIT
#include "cli/data_dir.hpp"

#include <fmt/core.h>

#include <cstdlib>
#include <system_error>

namespace relevo::cli {

namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

// The folder a copy installed under <prefix>/bin would use: <prefix>/share/relevo. Empty where /proc is not
// mounted.
fs::path installed_data_dir() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) {
    return {};
  }
  return program.parent_path().parent_path() / "share" / "relevo";
}

}  // namespace

fs::path data_dir() {
  if (const char* chosen = std::getenv("RELEVO_DATA"); chosen != nullptr && *chosen != '\0') {
    if (!is_folder(chosen)) {
      throw DataDirError(fmt::format(
          "RELEVO_DATA names '{}', which is not a folder; unset it or let it name Relevo's data folder", chosen));
    }
    return chosen;
  }
  fs::path installed = installed_data_dir();
  if (!installed.empty() && is_folder(installed)) {
    return installed;
  }
  fs::path source_tree = RELEVO_SOURCE_DATA_DIR;
  if (is_folder(source_tree)) {
    return source_tree;
  }
  throw DataDirError(fmt::format("Relevo's data folder is neither at '{}' nor at '{}'; set RELEVO_DATA to where it is",
                                 installed.string(), source_tree.string()));
}

}  // namespace relevo::cli
