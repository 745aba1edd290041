// SPDX-License-Identifier: MIT
#include "cli/layer_import.hpp"

#include "cli/interrupt.hpp"
#include "geo/layer/isolated.hpp"
#include "planner/model/sha256.hpp"
#include "planner/store/instant_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <future>
#include <map>
#include <system_error>

namespace relevo::cli {

namespace {

using planner::LayerImporter;
using planner::LayerImportOptions;
using planner::LayerImportResult;

const std::filesystem::path kThisProgram = "/proc/self/exe";

/// "-06:00", "+0530" as minutes east of Greenwich; nothing for other text.
std::optional<std::chrono::minutes> offset_of(std::string_view text) {
  if (text == "Z" || text == "z" || text.empty())
    return std::chrono::minutes{0};
  std::string digits;
  for (const char c : text.substr(1))
    if (c >= '0' && c <= '9')
      digits += c;
    else if (c != ':')
      return std::nullopt;
  if ((text.front() != '+' && text.front() != '-') || digits.size() != 4)
    return std::nullopt;
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const std::chrono::minutes offset{number / 100 * 60 + number % 100};
  return text.front() == '-' ? -offset : offset;
}

geo::LayerRequest layer_request(const planner::LayerBlock& block, const std::filesystem::path& data_dir) {
  geo::LayerRequest request;
  request.file = block.path;
  request.shown_name = block.file;
  request.theme = geo::theme_of(block.as);
  request.profile = block.profile;
  request.layer = block.layer;
  request.crs = block.crs;
  request.fields = block.fields;
  request.as_of = instant_of(block.as_of);
  request.archives = block.archives;
  request.profiles = data_dir / "profiles";
  return request;
}

LayerImportOptions layer_options(const planner::LayerBlock& block) {
  LayerImportOptions options;
  options.name = block.name;
  options.file = block.file;
  options.source = block.source;
  options.as_of = block.as_of;
  options.note = block.note;
  return options;
}

}  // namespace

LayerImportResult import_layer(const planner::Workspace& workspace, const geo::LayerRequest& request,
                               LayerImportOptions options) {
  std::error_code error;
  std::shared_future<std::string> digest;
  if (std::filesystem::is_regular_file(request.file, error)) {
    digest = std::async(std::launch::async, [file = request.file] { return planner::sha256_of_file(file); }).share();
    options.sha256 = [digest] { return digest.get(); };
  }
  LayerImporter importer(workspace, std::move(options));
  geo::read_layer_isolated(request, importer, kThisProgram, {}, interrupted);
  return importer.result();
}

std::vector<std::pair<geo::LayerRequest, LayerImportOptions>> layer_imports(
    const std::vector<planner::LayerBlock>& blocks, const std::filesystem::path& data_dir) {
  std::vector<std::pair<geo::LayerRequest, LayerImportOptions>> imports;
  std::map<std::string, int> uses;
  for (const auto& block : blocks) {
    auto options = layer_options(block);
    if (const int use = ++uses[options.name]; use > 1)
      options.name += fmt::format(" ({})", use);
    imports.emplace_back(layer_request(block, data_dir), std::move(options));
  }
  return imports;
}

std::optional<geo::Instant> instant_of(const std::string& as_of) {
  constexpr std::size_t kDate = 10;
  constexpr std::size_t kSeconds = 19;
  if (as_of.size() == kDate)
    return planner::read_instant(as_of + "T23:59:59Z");
  if (as_of.size() < 16)
    return std::nullopt;
  const bool has_seconds = as_of.size() >= kSeconds && as_of[16] == ':';
  std::string moment = as_of.substr(0, 16) + (has_seconds ? as_of.substr(16, 3) : ":00") + "Z";
  moment[kDate] = 'T';
  std::string_view rest = std::string_view{as_of}.substr(has_seconds ? kSeconds : 16);
  if (!rest.empty() && rest.front() == '.')
    rest.remove_prefix(std::min(rest.size(), rest.find_first_not_of("0123456789", 1)));
  const auto instant = planner::read_instant(moment);
  const auto offset = offset_of(rest);
  if (!instant || !offset)
    return std::nullopt;
  return *instant - *offset;
}

}  // namespace relevo::cli
