// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/reader.hpp"
#include "geo/layer/record_source.hpp"

namespace relevo::geo {

/// What a source of records is taken for, from its columns and its first records. \throws LayerError
LayerIdentity identify_records(const LayerRequest& request, RecordSource& source);

/// Reads them all into the sink: recognised, mapped, in WGS 84, repaired, counted. \throws LayerError
void read_records(const LayerRequest& request, RecordSource& source, LayerSink& sink);

}  // namespace relevo::geo
