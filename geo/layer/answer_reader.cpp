// SPDX-License-Identifier: MIT
#include "geo/layer/answer_reader.hpp"

#include <utility>

namespace relevo::geo::frames {

void AnswerReader::take(const Frame& frame) {
  if (complete_)
    throw ProtocolError("a frame after the last one");
  switch (frame.type) {
    case FrameType::Heartbeat:
      return;
    case FrameType::Error:
      throw decode_error(frame.payload);
    case FrameType::Identity:
      return take_identity(frame.payload);
    case FrameType::Features:
      return take_features(frame.payload);
    case FrameType::Raster:
      return take_raster(frame.payload);
    case FrameType::Rows:
      return take_rows(frame.payload);
    case FrameType::Counts:
      return take_counts(frame.payload);
    case FrameType::Done:
      if (task_ != Task::Identify || !begun_)
        throw ProtocolError("an end without an answer");
      complete_ = true;
      return;
    case FrameType::Request:
      break;
  }
  throw ProtocolError("a frame that only the importer sends");
}

void AnswerReader::take_identity(std::string_view payload) {
  if (begun_)
    throw ProtocolError("a second identity");
  const LayerIdentity identity = decode_identity(payload);
  begun_ = true;
  is_raster_ = identity.raster;
  sink_.begin(identity);
}

void AnswerReader::take_features(std::string_view payload) {
  if (!begun_ || is_raster_ || task_ != Task::Read)
    throw ProtocolError("features out of place");
  decode_features(payload, [this](LayerFeature&& feature) {
    ++features_;
    if (feature.repaired)
      ++repaired_;
    sink_.feature(std::move(feature));
  });
}

void AnswerReader::take_raster(std::string_view payload) {
  if (!begun_ || !is_raster_ || header_ || task_ != Task::Read)
    throw ProtocolError("a raster out of place");
  header_ = decode_raster(payload);
  sink_.raster(*header_);
}

void AnswerReader::take_rows(std::string_view payload) {
  if (!header_)
    throw ProtocolError("rows out of place");
  RasterRows block = decode_rows(payload, *header_);
  if (block.first_row != next_row_)
    throw ProtocolError("rows out of order");
  next_row_ += block.rows;
  sink_.rows(std::move(block));
}

void AnswerReader::take_counts(std::string_view payload) {
  if (!begun_ || task_ != Task::Read)
    throw ProtocolError("counts out of place");
  const LayerCounts counts = decode_counts(payload);
  if (!is_raster_ && (counts.kept != features_ || counts.repaired < repaired_))
    throw ProtocolError("counts that are not those of the records sent");
  if (is_raster_ && (!header_ || next_row_ != header_->height))
    throw ProtocolError("a raster that is not complete");
  complete_ = true;
  sink_.end(counts);
}

}  // namespace relevo::geo::frames
