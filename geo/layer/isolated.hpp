// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/reader.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>

namespace relevo::geo {

/// What the child process may use. Beyond a limit it is ended, and the error names the limit.
struct IsolationLimits {
  std::size_t memory_bytes = std::size_t{2} << 30U;  ///< address space; not set in sanitizer builds
  std::chrono::seconds processor_time{600};
  std::chrono::seconds silence{60};  ///< longest wall time without a byte from the child
};

/// As read_layer, but the file is parsed in a child process that can take nothing with it: a crash, a hang or an
/// exhausted memory of a driver becomes a LayerError ("child_crashed", "child_silent", "child_memory", "child_time",
/// "child_protocol"), and the caller goes on. What the child sends is checked before the sink sees it. `program` is the
/// executable that has the hidden command `read-layer` (the program itself, /proc/self/exe). `stopped` is asked now and
/// then; true ends the child and throws LayerError "interrupted". \throws LayerError, and whatever the sink throws.
void read_layer_isolated(const LayerRequest& request, LayerSink& sink, const std::filesystem::path& program,
                         const IsolationLimits& limits = {}, const std::function<bool()>& stopped = {});

/// The same for identify_layer.
LayerIdentity identify_layer_isolated(const LayerRequest& request, const std::filesystem::path& program,
                                      const IsolationLimits& limits = {});

/// The child's side: reads the request from standard input, sends frames to standard output. Returns the exit code.
int serve_layer_request();

}  // namespace relevo::geo
