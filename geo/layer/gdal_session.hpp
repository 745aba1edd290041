// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relevo::geo {

/// While it lives, on this thread: GDAL's drivers are registered, its messages stay off the terminal and the last one
/// is remembered, and options are set that are taken back at its end.
class GdalSession {
 public:
  GdalSession();
  ~GdalSession();
  GdalSession(const GdalSession&) = delete;
  GdalSession& operator=(const GdalSession&) = delete;

  void set_option(const char* key, const char* value);
  const std::string& last_message() const noexcept { return last_message_; }
  /// For the error handler. A message of no consequence does not replace an error.
  void remember(bool is_error, const char* message);

 private:
  std::vector<std::pair<std::string, std::optional<std::string>>> options_before_;
  std::string last_message_;
  bool has_error_ = false;
};

/// What GDAL opens to see `path` as netCDF. By the plain path it takes files of netCDF 4 for netCDF only if they are
/// named so; by this one it looks into them.
std::string netcdf_name_of(const std::string& path);

}  // namespace relevo::geo
