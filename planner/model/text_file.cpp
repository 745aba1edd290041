// SPDX-License-Identifier: MIT
#include "planner/model/text_file.hpp"

#include <cstdint>
#include <fstream>
#include <iterator>

namespace relevo::planner {

namespace {

constexpr std::uintmax_t kMegabyte = 1U << 20U;
constexpr std::uintmax_t kMostMegabytes = 64;

}  // namespace

std::optional<std::string> read_text_file(const std::filesystem::path& file, const std::string& shown_name,
                                          Diagnostics& diagnostics) {
  const auto report = [&](const char* rule) {
    diagnostics.add(make_diagnostic(Severity::Error, {shown_name, 0, ""}, shown_name, rule,
                                    {{"limit", std::to_string(kMostMegabytes)}}));
    return std::nullopt;
  };
  std::error_code error;
  if (!std::filesystem::exists(file, error))
    return report("file.missing");
  if (!std::filesystem::is_regular_file(file, error))
    return report("file.unreadable");
  if (std::filesystem::file_size(file, error) > kMostMegabytes * kMegabyte)
    return report("file.too_large");
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in)
    return report("file.unreadable");
  return text;
}

}  // namespace relevo::planner
