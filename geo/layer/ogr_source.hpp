// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/layer_file.hpp"
#include "geo/layer/record_source.hpp"

#include <memory>
#include <span>
#include <string_view>

namespace relevo::geo {

/// The drivers of GDAL that may see a file; no other is asked.
std::span<const char* const> vector_drivers() noexcept;

/// Records of a layer that one of vector_drivers() can open: the layer named in the request, else the first that has
/// records. \throws LayerError "no_driver", "json_unreadable", "xml_unreadable", "layer_missing", "no_layers",
/// "read_failed"
std::unique_ptr<RecordSource> open_ogr_source(const LayerRequest& request, const LayerFile& file);

}  // namespace relevo::geo
