// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace relevo::cli {

/// The output folder cannot be written: says which, why and what to do.
class OutputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Who makes a folder: the hidden file that says so, and the name in messages.
struct FolderMaker {
  const char* marker;
  const char* name;
};
inline constexpr FolderMaker kResultFolder{".relevo-output", "Relevo"};
/// A scenario is input to whoever plans with it: no result takes its place, and it takes no result's.
inline constexpr FolderMaker kSeasonFolder{".relevo-season", "`relevo generate`"};

/// Files of one result, written beside their folder and renamed into place, so that the folder is either the old one or
/// the new one, whole. A folder that is already there is replaced only if its maker made it (it then holds the maker's
/// marker) or if it is empty. A run that is killed while it writes leaves a hidden folder `.NAME.new-PID` (or
/// `.old-PID`) beside; the next run that succeeds takes away those of ours whose process is gone.
class OutputFolder {
 public:
  /// \throws OutputError when the folder exists and is somebody else's; nothing is touched.
  explicit OutputFolder(const std::filesystem::path& folder, const FolderMaker& maker = kResultFolder);

  /// `name` may lie in a folder of its own: "layers/hotspots.csv".
  void add(const std::string& name, std::string content) { files_.emplace_back(name, std::move(content)); }
  /// \throws OutputError; whatever was in the folder before is then still there.
  void commit();

  const std::filesystem::path& path() const noexcept { return folder_; }

 private:
  void write();

  std::filesystem::path folder_;
  FolderMaker maker_;
  std::vector<std::pair<std::string, std::string>> files_;
};

/// Writes one file by way of a temporary one beside it. \throws OutputError
void write_file(const std::filesystem::path& file, const std::string& content);

}  // namespace relevo::cli
