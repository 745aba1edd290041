// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace relevo::cli::assets {

// The files of cli/report/assets/, put into the program when it is built, so that it needs none of them when it runs.

std::string_view leaflet_css();
std::string_view leaflet_js();
std::string_view report_css();
std::string_view report_js();

}  // namespace relevo::cli::assets
