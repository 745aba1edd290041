// SPDX-License-Identifier: MIT
#include "geo/layer/reader.hpp"

namespace relevo::geo {

namespace {

/// "fires.tif:3: raster_size (width=9, height=8)": for logs and debuggers, people read the catalogue's sentence.
std::string terse(const std::string& file, std::uint64_t record, const std::string& code,
                  const std::vector<std::pair<std::string, std::string>>& args) {
  std::string text = file + (record == 0 ? "" : ":" + std::to_string(record)) + ": " + code;
  const char* before = " (";
  for (const auto& [name, value] : args) {
    text.append(before).append(name).append("=").append(value);
    before = ", ";
  }
  return args.empty() ? text : text + ")";
}

}  // namespace

LayerError::LayerError(std::string file, std::uint64_t record, std::string code,
                       std::vector<std::pair<std::string, std::string>> args)
    : std::runtime_error(terse(file, record, code, args)),
      file_(std::move(file)),
      record_(record),
      code_(std::move(code)),
      args_(std::move(args)) {}

}  // namespace relevo::geo
