// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/reader.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace relevo::geo {

enum class FileKind { Text, Json, Xml, Database, Shapefile, Spreadsheet, Binary, Folder };

/// The parts of a shapefile, or a spreadsheet, as files in memory under the names that GDAL wants; the bytes stay in
/// the files, mapped. A lost index is made anew. Nothing is written.
class MappedParts {
 public:
  /// `shp` and its neighbours of the same stem. \throws LayerError "file_missing", "shapefile_part"
  MappedParts(const LayerRequest& request, const std::filesystem::path& shp);
  /// One file, called "layer" + `ending`. \throws LayerError "file_missing"
  MappedParts(const LayerRequest& request, const std::filesystem::path& file, const std::string& ending);
  ~MappedParts();
  MappedParts(const MappedParts&) = delete;
  MappedParts& operator=(const MappedParts&) = delete;
  std::string path_of(const std::string& ending) const { return folder_ + "/layer" + ending; }

 private:
  struct Mapping {
    void* bytes;
    std::size_t size;
  };
  Mapping map(const LayerRequest& request, const std::filesystem::path& file);
  void make_folder();
  void add(const std::string& ending, void* bytes, std::size_t size);

  std::string folder_;
  std::vector<Mapping> mappings_;
  std::vector<std::string> names_;
  std::string index_;
};

/// A file that may be handed to a reader: it exists, is no archive and no virtual path unless that was asked for, and
/// declares no XML entities.
struct LayerFile {
  std::string path;  ///< for GDAL's file functions
  FileKind kind = FileKind::Binary;
  std::shared_ptr<MappedParts> parts;  ///< keeps `path` alive
};

/// Looks at the first bytes, never at the name. \throws LayerError "file_missing", "path_refused", "folder_refused",
/// "archive_refused", "archive_ambiguous", "empty_file", "xml_entity", "xml_prolog", "web_page", "not_json",
/// "shapefile_part"
LayerFile open_layer_file(const LayerRequest& request);

}  // namespace relevo::geo
