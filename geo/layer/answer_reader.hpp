// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"
#include "geo/layer/frames.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace relevo::geo::frames {

/// Hands what a child answers to a sink and holds it to the order: an identity; features, or a raster and all its rows
/// from the first to the last; counts that agree with what was sent.
class AnswerReader {
 public:
  AnswerReader(Task task, LayerSink& sink) : task_(task), sink_(sink) {}
  /// \throws ProtocolError, the child's LayerError, and whatever the sink throws
  void take(const Frame& frame);
  /// True after the last frame of an answer.
  bool is_complete() const noexcept { return complete_; }

 private:
  void take_identity(std::string_view payload);
  void take_features(std::string_view payload);
  void take_raster(std::string_view payload);
  void take_rows(std::string_view payload);
  void take_counts(std::string_view payload);

  Task task_;
  LayerSink& sink_;
  bool begun_ = false;
  bool is_raster_ = false;
  bool complete_ = false;
  std::uint64_t features_ = 0;
  std::uint64_t repaired_ = 0;
  std::optional<RasterHeader> header_;
  int next_row_ = 0;
};

}  // namespace relevo::geo::frames
