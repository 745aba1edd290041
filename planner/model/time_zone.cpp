// SPDX-License-Identifier: MIT
#include "planner/model/time_zone.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>

namespace relevo::planner {

namespace {

std::filesystem::path database() {
  const char* folder = std::getenv("TZDIR");  // NOLINT(concurrency-mt-unsafe): nobody sets it while we run
  return folder != nullptr && *folder != '\0' ? folder : "/usr/share/zoneinfo";
}

bool is_zone_name(const std::string& name) {
  constexpr std::string_view kMarks = "_+-/";
  const auto allowed = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kMarks.find(c) != std::string_view::npos;
  };
  return !name.empty() && name.size() < 64 && name.front() != '/' && std::ranges::all_of(name, allowed);
}

}  // namespace

bool is_time_zone(const std::string& name) {
  if (name == "UTC")
    return true;
  if (!is_zone_name(name))
    return false;
  const auto file = database() / name;
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error))
    return false;
  std::ifstream in(file, std::ios::binary);
  std::array<char, 4> magic{};
  in.read(magic.data(), magic.size());
  return in && std::string_view(magic.data(), magic.size()) == "TZif";
}

std::vector<std::string> time_zone_names() {
  std::vector<std::string> names{"UTC"};
  std::ifstream in(database() / "zone1970.tab");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#'))
      continue;
    std::istringstream fields(line);
    std::string countries;
    std::string place;
    std::string name;
    if (fields >> countries >> place >> name)
      names.push_back(name);
  }
  return names;
}

}  // namespace relevo::planner
