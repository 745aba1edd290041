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
  for (auto option = options_before_.rbegin(); option != options_before_.rend(); ++option)
    CPLSetThreadLocalConfigOption(option->first.c_str(), option->second ? option->second->c_str() : nullptr);
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
