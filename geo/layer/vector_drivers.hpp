// SPDX-License-Identifier: MIT
#pragma once

#include <span>

namespace relevo::geo {

/// The drivers of GDAL that may see a file of vectors; no other is asked.
std::span<const char* const> vector_drivers() noexcept;

}  // namespace relevo::geo
