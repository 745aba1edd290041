// SPDX-License-Identifier: MIT
#pragma once

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal_priv.h>

#include <mutex>
#include <optional>
#include <string>

/// How we use GDAL: without its messages on the terminal, without lasting settings. Only for .cpp files that include
/// GDAL anyway.
namespace relevo::geo {

/// Keeps GDAL's messages off the terminal and remembers the last one, on this thread and while it lives.
class CapturedErrors {
 public:
  CapturedErrors() { CPLPushErrorHandlerEx(&CapturedErrors::remember, this); }
  ~CapturedErrors() { CPLPopErrorHandler(); }
  CapturedErrors(const CapturedErrors&) = delete;
  CapturedErrors& operator=(const CapturedErrors&) = delete;

  /// " (GDAL: ...)", empty where GDAL said nothing.
  std::string suffix() const { return last_.empty() ? std::string() : " (GDAL: " + last_ + ")"; }
  const std::string& last() const noexcept { return last_; }
  bool has_failure() const noexcept { return has_failure_; }
  void forget() noexcept { has_failure_ = false; }

 private:
  static void CPL_STDCALL remember(CPLErr level, CPLErrorNum /*code*/, const char* message) {
    auto* self = static_cast<CapturedErrors*>(CPLGetErrorHandlerUserData());
    if (level < CE_Warning)
      return;
    self->last_ = message;
    if (level >= CE_Failure)
      self->has_failure_ = true;
  }
  std::string last_;
  bool has_failure_ = false;
};

/// Sets a GDAL option on this thread while it lives.
class ThreadOption {
 public:
  ThreadOption(const char* key, const char* value) : key_(key) {
    const char* before = CPLGetThreadLocalConfigOption(key, nullptr);
    if (before != nullptr)
      before_ = before;
    CPLSetThreadLocalConfigOption(key, value);
  }
  ~ThreadOption() { CPLSetThreadLocalConfigOption(key_, before_ ? before_->c_str() : nullptr); }
  ThreadOption(const ThreadOption&) = delete;
  ThreadOption& operator=(const ThreadOption&) = delete;

 private:
  const char* key_;
  std::optional<std::string> before_;
};

/// Once per process.
inline void register_drivers() {
  static std::once_flag once;
  std::call_once(once, [] { GDALAllRegister(); });
}

}  // namespace relevo::geo
