// SPDX-License-Identifier: MIT
#include "geo/layer/gdal_session.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal_priv.h>

#include <mutex>

namespace relevo::geo {

namespace {

void CPL_STDCALL remember_message(CPLErr level, CPLErrorNum /*code*/, const char* message) {
  if (level >= CE_Warning)
    static_cast<GdalSession*>(CPLGetErrorHandlerUserData())->remember(level >= CE_Failure, message);
}

}  // namespace

GdalSession::GdalSession() {
  static std::once_flag once;
  std::call_once(once, [] { GDALAllRegister(); });
  CPLPushErrorHandlerEx(remember_message, this);
}

GdalSession::~GdalSession() {
  for (; !options_before_.empty(); options_before_.pop_back()) {
    const auto& [key, value] = options_before_.back();
    CPLSetThreadLocalConfigOption(key.c_str(), value ? value->c_str() : nullptr);
  }
  CPLPopErrorHandler();
}

void GdalSession::set_option(const char* key, const char* value) {
  const char* before = CPLGetThreadLocalConfigOption(key, nullptr);
  options_before_.emplace_back(key, before == nullptr ? std::nullopt : std::optional<std::string>(before));
  CPLSetThreadLocalConfigOption(key, value);
}

void GdalSession::remember(bool is_error, const char* message) {
  if (has_error_ && !is_error)
    return;
  last_message_ = message;
  has_error_ = has_error_ || is_error;
}

std::string netcdf_name_of(const std::string& path) {
  return "NETCDF:\"" + path + "\"";
}

}  // namespace relevo::geo
