// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/layer_file.hpp"
#include "geo/layer/record_source.hpp"

#include <memory>

namespace relevo::geo {

/// Records of delimited text (csv_stream.hpp). Columns without a name are called "column N", of two with one name the
/// second "name (2)". \throws LayerError "csv_quote", "csv_limit", "csv_encoding", "not_text", "empty_file"
std::unique_ptr<RecordSource> open_csv_source(const LayerRequest& request, const LayerFile& file);

/// Gives every column a name of its own; returns the names that were there twice.
std::vector<std::string> make_unique(std::vector<SourceColumn>& columns);

}  // namespace relevo::geo
