// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"
#include "geo/layer/reader.hpp"

#include <functional>

/// The child's side of isolated.hpp with the reading itself left open, for tests that misbehave.
namespace relevo::geo::detail {

struct LayerServer {
  std::function<LayerIdentity(const LayerRequest&)> identify;
  std::function<void(const LayerRequest&, LayerSink&)> read;
};

/// Serves one request from standard input and returns the exit code. Every exception becomes an error frame:
/// LayerError as it is, std::bad_alloc as "child_memory", anything else as "child_failed" with its text. What GDAL said
/// last is added as argument "gdal".
int serve(const LayerServer& server);

}  // namespace relevo::geo::detail
