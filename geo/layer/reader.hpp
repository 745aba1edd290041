// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace relevo::geo {

/// How somebody wants a file read; everything is optional.
struct LayerRequest {
  std::filesystem::path file;
  std::string shown_name;                     ///< what errors call the file
  std::optional<LayerTheme> theme;            ///< `as`; none: recognised
  std::string profile;                        ///< force this profile
  std::string layer;                          ///< layer or band of a source that has several
  std::string crs;                            ///< for sources that give none: "EPSG:3978"
  std::map<std::string, std::string> fields;  ///< our field -> the source's column; comes before the profile
  std::optional<Instant> as_of;    ///< "now" of versioned rows and of relative times; none: the newest in the file
  bool archives = false;           ///< read inside .zip, .gz, .tar (refused unless asked)
  std::filesystem::path profiles;  ///< folder of profile files (data/profiles)
};

/// A file that cannot be read as a layer, or no further. Codes and arguments, no sentence: the catalogue has
/// "layer.<code>" and "remedy.layer.<code>" in three languages.
class LayerError : public std::runtime_error {
 public:
  LayerError(std::string file, std::uint64_t record, std::string code,
             std::vector<std::pair<std::string, std::string>> args = {});
  const std::string& file() const noexcept { return file_; }
  std::uint64_t record() const noexcept { return record_; }  ///< 0: the whole file
  const std::string& code() const noexcept { return code_; }
  const std::vector<std::pair<std::string, std::string>>& args() const noexcept { return args_; }

 private:
  std::string file_;
  std::uint64_t record_;
  std::string code_;
  std::vector<std::pair<std::string, std::string>> args_;
};

/// Tells what a file is from its content, never from its name: reads its head only. Runs in this process.
/// \throws LayerError
LayerIdentity identify_layer(const LayerRequest& request);

/// Reads a layer into the sink, streaming: memory does not grow with the file. Runs in this process; importers call
/// read_layer_isolated (isolated.hpp). \throws LayerError, and whatever the sink throws.
void read_layer(const LayerRequest& request, LayerSink& sink);

}  // namespace relevo::geo
