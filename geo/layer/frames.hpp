// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"
#include "geo/layer/reader.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// What importer and child say to each other (docs/isolation.md). A frame is a head of 12 bytes and a payload:
///
///     magic "RLVF" | version, 2 bytes | type, 2 bytes | length of the payload, 4 bytes | payload
///
/// Numbers are in the machine's own order: both ends are the same program on the same machine. A text is its length in
/// 4 bytes and its UTF-8. Everything that is decoded is checked, whoever sent it; no allocation is larger than a small
/// multiple of the bytes that have arrived.
namespace relevo::geo::frames {

enum class FrameType : std::uint16_t {
  Request = 1,  ///< to the child, once
  Identity,     ///< first answer
  Features,     ///< a batch
  Raster,
  Rows,
  Counts,     ///< last answer to a reading
  Done,       ///< last answer to an identification
  Error,      ///< last answer of a reading that failed
  Heartbeat,  ///< the child is working and has nothing to say yet
};

/// What the child is asked to do.
enum class Task : std::uint8_t { Identify = 1, Read };

struct Request {
  Task task = Task::Read;
  LayerRequest layer;
};

/// A batch of features is sent when it has this many bytes.
inline constexpr std::size_t kBatchBytes = std::size_t{256} << 10U;
/// Largest record; a polygon of four million vertices with its attributes.
inline constexpr std::size_t kMaxFeatureBytes = std::size_t{64} << 20U;
/// Largest side of a raster, in pixels.
inline constexpr int kMaxRasterSide = 1'000'000;

/// Bytes that are not what the protocol says. what() tells which part, in English, for a developer.
class ProtocolError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Frame {
  FrameType type = FrameType::Heartbeat;
  std::string_view payload;
};

/// Takes bytes as they arrive and gives whole frames. Grows with what has arrived, never with what a head promises.
class FrameBuffer {
 public:
  /// Room for the next bytes; ends the life of payloads given before.
  std::span<char> room();
  /// So many bytes of the room were filled.
  void filled(std::size_t bytes);
  /// The next whole frame, if there is one. \throws ProtocolError on a head that no frame has
  std::optional<Frame> next();
  /// True between two frames.
  bool is_empty() const noexcept { return begin_ == end_; }

 private:
  std::vector<char> bytes_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

// Each appends one frame. \throws ProtocolError where the value is larger than a frame may be
void append_request(std::string& out, const Request& request);
void append_identity(std::string& out, const LayerIdentity& identity);
void append_raster(std::string& out, const RasterHeader& header);
/// Rows `first` to `first + count` of a block whose rows have `width` pixels.
void append_rows(std::string& out, const RasterRows& block, int width, int first, int count);
void append_counts(std::string& out, const LayerCounts& counts);
/// Texts of the error are made printable and cut to a sensible length.
void append_error(std::string& out, const LayerError& error);
/// A frame without payload: Done, Heartbeat.
void append_mark(std::string& out, FrameType type);

/// Collects features until they are worth a frame.
class FeatureBatch {
 public:
  FeatureBatch();
  /// \throws ProtocolError if the feature is larger than kMaxFeatureBytes; the batch is then as before
  void add(const LayerFeature& feature);
  bool is_empty() const noexcept { return count_ == 0; }
  bool is_full() const noexcept { return frame_.size() >= kBatchBytes; }
  /// The frame, valid until clear().
  std::string_view frame();
  void clear();

 private:
  std::string frame_;
  std::uint32_t count_ = 0;
};

// Each reads one payload to its end. \throws ProtocolError
Request decode_request(std::string_view payload);
LayerIdentity decode_identity(std::string_view payload);
/// Hands the features over one by one, each checked before; what a later one throws comes after the earlier ones.
void decode_features(std::string_view payload, const std::function<void(LayerFeature&&)>& take);
RasterHeader decode_raster(std::string_view payload);
RasterRows decode_rows(std::string_view payload, const RasterHeader& header);
LayerCounts decode_counts(std::string_view payload);
LayerError decode_error(std::string_view payload);

}  // namespace relevo::geo::frames
