// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/reader.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace relevo::geo {

enum class FileKind { Text, Json, Xml, Database, Shapefile, Binary, Folder };

/// A folder for the parts of a shapefile, removed with the object.
class ScratchParts {
 public:
  explicit ScratchParts(const std::string& shown_name);
  ~ScratchParts();
  ScratchParts(const ScratchParts&) = delete;
  ScratchParts& operator=(const ScratchParts&) = delete;
  const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

/// A file that may be handed to a reader: it exists, is no archive and no virtual path unless that was asked for, and
/// declares no XML entities.
struct LayerFile {
  std::string path;  ///< for GDAL's file functions
  FileKind kind = FileKind::Binary;
  std::shared_ptr<ScratchParts> parts;  ///< keeps `path` alive
};

/// Looks at the first bytes, never at the name. \throws LayerError "file_missing", "path_refused", "folder_refused",
/// "archive_refused", "archive_ambiguous", "empty_file", "xml_entity", "xml_prolog", "web_page", "not_json",
/// "shapefile_part"
LayerFile open_layer_file(const LayerRequest& request);

}  // namespace relevo::geo
