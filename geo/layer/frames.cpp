// SPDX-License-Identifier: MIT
#include "geo/layer/frames.hpp"

#include "geo/layer/wire_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

namespace relevo::geo::frames {

namespace {

constexpr std::uint32_t kMagic = 0x46564C52;  // "RLVF" on a little-endian machine
constexpr std::uint16_t kVersion = 1;
constexpr std::size_t kReadBytes = std::size_t{256} << 10U;
/// A buffer that one huge frame made larger than this is given back.
constexpr std::size_t kKeptBytes = std::size_t{4} << 20U;

constexpr std::size_t kMaxCodeBytes = 64;
constexpr std::size_t kMaxArgBytes = 2000;
constexpr std::size_t kMaxArgs = 32;
constexpr std::size_t kMaxReasons = 10'000;
constexpr std::size_t kMaxExamples = 5;

/// Years 0001 to 9999: what a calendar date can show.
constexpr Instant kEarliest{std::chrono::sys_days{std::chrono::year{1} / 1 / 1}};
constexpr Instant kLatest{std::chrono::sys_days{std::chrono::year{9999} / 12 / 31}};

struct Head {
  std::uint32_t magic = kMagic;
  std::uint16_t version = kVersion;
  FrameType type = FrameType::Heartbeat;
  std::uint32_t length = 0;
};
static_assert(sizeof(Head) == 12 && std::is_trivially_copyable_v<Head>);

std::size_t longest_payload(FrameType type) {
  constexpr std::size_t kMegabyte = std::size_t{1} << 20U;
  switch (type) {
    case FrameType::Request:
    case FrameType::Raster:
      return kMegabyte;
    case FrameType::Identity:
    case FrameType::Counts:
      return 4 * kMegabyte;
    case FrameType::Features:
      return kMaxFeatureBytes + kBatchBytes + sizeof(std::uint32_t);
    case FrameType::Rows:
      return std::size_t{kMaxRasterSide} * sizeof(float) + 64;
    case FrameType::Error:
      return kMegabyte / 4;
    case FrameType::Done:
    case FrameType::Heartbeat:
      return 0;
  }
  throw ProtocolError("unknown type of frame");
}

// --- Writing ---------------------------------------------------------------------------------------------------------

/// Appends values to a frame.
class Encoder {
 public:
  explicit Encoder(std::string& out) : out_(out) {}

  template <class Number>
  void number(Number value) {
    static_assert(std::is_arithmetic_v<Number>);
    raw(&value, sizeof value);
  }
  void count(std::size_t value) {
    if (value > std::numeric_limits<std::uint32_t>::max())
      throw ProtocolError("more than a frame can count");
    number(static_cast<std::uint32_t>(value));
  }
  void text(std::string_view value) {
    count(value.size());
    out_.append(value);
  }
  void time(const std::optional<Instant>& value) {
    number(std::uint8_t{value.has_value()});
    if (value)
      number(std::int64_t{value->time_since_epoch().count()});
  }
  void points(const std::vector<LonLat>& points) {
    static_assert(std::is_trivially_copyable_v<LonLat> && sizeof(LonLat) == 2 * sizeof(double));
    count(points.size());
    raw(points.data(), points.size() * sizeof(LonLat));
  }
  void pairs(const std::vector<std::pair<std::string, std::string>>& pairs) {
    count(pairs.size());
    for (const auto& [key, value] : pairs) {
      text(key);
      text(value);
    }
  }
  void pairs(const std::map<std::string, std::string>& pairs) {
    count(pairs.size());
    for (const auto& [key, value] : pairs) {
      text(key);
      text(value);
    }
  }
  void raw(const void* data, std::size_t bytes) { out_.append(static_cast<const char*>(data), bytes); }

 private:
  std::string& out_;
};

void write_head(std::string& out, std::size_t at, FrameType type) {
  const std::size_t length = out.size() - at - sizeof(Head);
  if (length > longest_payload(type))
    throw ProtocolError("larger than a frame may be");
  const Head head{.type = type, .length = static_cast<std::uint32_t>(length)};
  std::memcpy(out.data() + at, &head, sizeof head);
}

/// Appends a frame whose payload `fill` writes; leaves `out` as it was if it grows too large.
template <class Fill>
void append_frame(std::string& out, FrameType type, Fill fill) {
  const std::size_t at = out.size();
  out.append(sizeof(Head), '\0');
  Encoder encoder(out);
  try {
    fill(encoder);
    write_head(out, at, type);
  } catch (...) {
    out.resize(at);
    throw;
  }
}

enum class ShapeKind : std::uint8_t { None, Point, Points, Lines, Polygons };

struct ShapeWriter {
  Encoder& out;

  void kind(ShapeKind kind) const { out.number(static_cast<std::uint8_t>(kind)); }
  void operator()(std::monostate /*none*/) const { kind(ShapeKind::None); }
  void operator()(const Points& points) const {
    // Nearly every record of a large file: no count.
    if (points.size() == 1) {
      kind(ShapeKind::Point);
      out.raw(points.data(), sizeof(LonLat));
      return;
    }
    kind(ShapeKind::Points);
    out.points(points);
  }
  void operator()(const Lines& lines) const {
    kind(ShapeKind::Lines);
    out.count(lines.size());
    for (const auto& line : lines)
      out.points(line);
  }
  void operator()(const Polygons& polygons) const {
    kind(ShapeKind::Polygons);
    out.count(polygons.size());
    for (const auto& polygon : polygons) {
      out.count(1 + polygon.holes.size());
      out.points(polygon.outer);
      for (const auto& hole : polygon.holes)
        out.points(hole);
    }
  }
};

void write_field(Encoder& out, const std::string& name, const FieldValue& value) {
  out.text(name);
  const auto* number = std::get_if<double>(&value);
  out.number(std::uint8_t{number != nullptr});
  if (number != nullptr)
    out.number(*number);
  else
    out.text(std::get<std::string>(value));
}

void write_feature(Encoder& out, const LayerFeature& feature) {
  out.number(feature.record);
  out.number(std::uint8_t{feature.repaired});
  out.time(feature.time);
  out.time(feature.until);
  std::visit(ShapeWriter{out}, feature.shape);
  out.text(feature.key);
  out.text(feature.name);
  out.count(feature.fields.size());
  for (const auto& [name, value] : feature.fields)
    write_field(out, name, value);
  out.text(feature.attributes);
}

// --- Reading ---------------------------------------------------------------------------------------------------------

/// Takes values from a payload and believes nothing.
class Decoder {
 public:
  explicit Decoder(std::string_view payload) : left_(payload) {}

  template <class Number>
  Number number() {
    static_assert(std::is_arithmetic_v<Number>);
    Number value{};
    raw(&value, sizeof value);
    return value;
  }
  bool flag() {
    const auto value = number<std::uint8_t>();
    if (value > 1)
      throw ProtocolError("a flag that is neither 0 nor 1");
    return value == 1;
  }
  double finite() {
    const auto value = number<double>();
    if (!std::isfinite(value))
      throw ProtocolError("a number that is not finite");
    return value;
  }
  /// A count of things that take at least so many bytes each: no more than can still follow.
  std::size_t count(std::size_t bytes_each) {
    const std::size_t value = number<std::uint32_t>();
    if (value > left_.size() / bytes_each)
      throw ProtocolError("a count larger than its frame");
    return value;
  }
  std::string_view text() {
    const std::size_t size = count(1);
    const auto value = left_.substr(0, size);
    if (!is_utf8(value))
      throw ProtocolError("a text that is not UTF-8");
    left_.remove_prefix(size);
    return value;
  }
  std::string string() { return std::string(text()); }
  std::string code() {
    const auto value = text();
    const auto is_allowed = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
             c == '-';
    };
    if (value.empty() || value.size() > kMaxCodeBytes || !std::all_of(value.begin(), value.end(), is_allowed))
      throw ProtocolError("a code that is none");
    return std::string(value);
  }
  std::optional<Instant> time() {
    if (!flag())
      return std::nullopt;
    const auto seconds = number<std::int64_t>();
    if (seconds < kEarliest.time_since_epoch().count() || seconds > kLatest.time_since_epoch().count())
      throw ProtocolError("a time outside the years 1 to 9999");
    return Instant{std::chrono::seconds{seconds}};
  }
  LonLat point() {
    LonLat value;
    raw(&value, sizeof value);
    if (!is_valid(value))
      throw ProtocolError("coordinates that are none");
    return value;
  }
  std::vector<LonLat> points(std::size_t fewest) {
    const std::size_t size = count(sizeof(LonLat));
    if (size < fewest)
      throw ProtocolError("a shape with too few vertices");
    std::vector<LonLat> values(size);
    raw(values.data(), size * sizeof(LonLat));
    if (!std::all_of(values.begin(), values.end(), is_valid))
      throw ProtocolError("coordinates that are none");
    return values;
  }
  std::vector<std::pair<std::string, std::string>> pairs() {
    std::vector<std::pair<std::string, std::string>> values(count(8));
    for (auto& [key, value] : values) {
      key = string();
      value = string();
    }
    return values;
  }
  std::map<std::string, std::string> map() {
    std::map<std::string, std::string> values;
    for (auto& pair : pairs())
      values.insert(std::move(pair));
    return values;
  }
  void raw(void* to, std::size_t bytes) {
    if (bytes > left_.size())
      throw ProtocolError("a frame that ends within a value");
    if (bytes > 0)
      std::memcpy(to, left_.data(), bytes);
    left_.remove_prefix(bytes);
  }
  void finish() const {
    if (!left_.empty())
      throw ProtocolError("a frame longer than its values");
  }

 private:
  std::string_view left_;
};

LayerTheme theme_from(std::uint8_t value) {
  if (value > static_cast<std::uint8_t>(LayerTheme::Custom))
    throw ProtocolError("an unknown theme");
  return static_cast<LayerTheme>(value);
}

Ring read_ring(Decoder& in) {
  Ring ring = in.points(4);
  if (ring.front() != ring.back())
    throw ProtocolError("a ring that is not closed");
  return ring;
}

Polygons read_polygons(Decoder& in) {
  // A polygon is at least its number of rings and one ring of four vertices.
  constexpr std::size_t kRingBytes = 4 + 4 * sizeof(LonLat);
  Polygons polygons(in.count(4 + kRingBytes));
  for (auto& polygon : polygons) {
    const std::size_t rings = in.count(kRingBytes);
    if (rings == 0)
      throw ProtocolError("a polygon without a ring");
    polygon.outer = read_ring(in);
    polygon.holes.resize(rings - 1);
    for (auto& hole : polygon.holes)
      hole = read_ring(in);
  }
  return polygons;
}

Lines read_lines(Decoder& in) {
  Lines lines(in.count(4 + 2 * sizeof(LonLat)));
  for (auto& line : lines)
    line = in.points(2);
  return lines;
}

template <class Parts>
Shape not_empty(Parts parts) {
  if (parts.empty())
    throw ProtocolError("a shape without parts");
  return parts;
}

Shape read_shape(Decoder& in) {
  switch (static_cast<ShapeKind>(in.number<std::uint8_t>())) {
    case ShapeKind::None:
      return {};
    case ShapeKind::Point:
      return Points(1, in.point());
    case ShapeKind::Points:
      return in.points(1);
    case ShapeKind::Lines:
      return not_empty(read_lines(in));
    case ShapeKind::Polygons:
      return not_empty(read_polygons(in));
  }
  throw ProtocolError("an unknown kind of shape");
}

void read_fields(Decoder& in, LayerFeature& feature) {
  // Name, flag, and an empty text at the least. The vector grows as fields arrive: they are larger than that.
  const std::size_t fields = in.count(4 + 1 + 4);
  feature.fields.reserve(std::min<std::size_t>(fields, 64));
  for (std::size_t i = 0; i < fields; ++i) {
    auto& [name, value] = feature.fields.emplace_back(in.text(), 0.0);
    if (in.flag())
      value = in.finite();
    else
      value = in.string();
  }
}

LayerFeature read_feature(Decoder& in) {
  LayerFeature feature;
  feature.record = in.number<std::uint64_t>();
  feature.repaired = in.flag();
  feature.time = in.time();
  feature.until = in.time();
  feature.shape = read_shape(in);
  feature.key = in.text();
  feature.name = in.text();
  read_fields(in, feature);
  feature.attributes = in.text();
  if (!feature.attributes.empty() && !is_json_object(feature.attributes))
    throw ProtocolError("attributes that are no JSON object");
  return feature;
}

LayerReason read_reason(Decoder& in) {
  LayerReason reason;
  reason.code = in.code();
  reason.count = in.number<std::uint64_t>();
  reason.examples.resize(in.count(sizeof(std::uint64_t)));
  if (reason.examples.size() > kMaxExamples)
    throw ProtocolError("too many examples");
  for (auto& example : reason.examples)
    example = in.number<std::uint64_t>();
  return reason;
}

}  // namespace

// --- Frames ----------------------------------------------------------------------------------------------------------

std::span<char> FrameBuffer::room() {
  if (is_empty()) {
    begin_ = end_ = 0;
    if (bytes_.size() > kKeptBytes)
      std::vector<char>().swap(bytes_);
  }
  if (begin_ > 0 && bytes_.size() - end_ < kReadBytes) {
    std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (bytes_.size() - end_ < kReadBytes)
    bytes_.resize(std::max(2 * bytes_.size(), 2 * kReadBytes));
  return std::span(bytes_).subspan(end_, bytes_.size() - end_);
}

void FrameBuffer::filled(std::size_t bytes) {
  end_ += bytes;
}

std::optional<Frame> FrameBuffer::next() {
  if (end_ - begin_ < sizeof(Head))
    return std::nullopt;
  Head head;
  std::memcpy(&head, bytes_.data() + begin_, sizeof head);
  if (head.magic != kMagic)
    throw ProtocolError("bytes that are no frame");
  if (head.version != kVersion)
    throw ProtocolError("another version of the protocol");
  if (head.length > longest_payload(head.type))
    throw ProtocolError("a frame that is too long");
  if (end_ - begin_ < sizeof head + head.length)
    return std::nullopt;
  const std::string_view payload(bytes_.data() + begin_ + sizeof head, head.length);
  begin_ += sizeof head + head.length;
  return Frame{.type = head.type, .payload = payload};
}

void append_request(std::string& out, const Request& request) {
  append_frame(out, FrameType::Request, [&](Encoder& to) {
    const LayerRequest& layer = request.layer;
    to.number(static_cast<std::uint8_t>(request.task));
    // Names of files are bytes, not always UTF-8.
    to.count(layer.file.native().size());
    to.raw(layer.file.native().data(), layer.file.native().size());
    to.count(layer.profiles.native().size());
    to.raw(layer.profiles.native().data(), layer.profiles.native().size());
    to.text(layer.shown_name);
    to.number(std::uint8_t{layer.theme.has_value()});
    to.number(static_cast<std::uint8_t>(layer.theme.value_or(LayerTheme::Custom)));
    to.text(layer.profile);
    to.text(layer.layer);
    to.text(layer.crs);
    to.pairs(layer.fields);
    to.time(layer.as_of);
    to.number(std::uint8_t{layer.archives});
  });
}

Request decode_request(std::string_view payload) {
  Decoder in(payload);
  Request request;
  LayerRequest& layer = request.layer;
  const auto task = in.number<std::uint8_t>();
  if (task != static_cast<std::uint8_t>(Task::Identify) && task != static_cast<std::uint8_t>(Task::Read))
    throw ProtocolError("an unknown task");
  request.task = static_cast<Task>(task);
  for (auto* path : {&layer.file, &layer.profiles}) {
    std::string bytes(in.count(1), '\0');
    in.raw(bytes.data(), bytes.size());
    *path = bytes;
  }
  layer.shown_name = in.string();
  const bool has_theme = in.flag();
  const LayerTheme theme = theme_from(in.number<std::uint8_t>());
  if (has_theme)
    layer.theme = theme;
  layer.profile = in.string();
  layer.layer = in.string();
  layer.crs = in.string();
  layer.fields = in.map();
  layer.as_of = in.time();
  layer.archives = in.flag();
  in.finish();
  return request;
}

void append_identity(std::string& out, const LayerIdentity& identity) {
  append_frame(out, FrameType::Identity, [&](Encoder& to) {
    to.number(static_cast<std::uint8_t>(identity.theme));
    to.text(identity.profile);
    to.text(identity.format);
    to.text(identity.layer);
    to.text(identity.crs);
    to.number(std::uint8_t{identity.raster});
    to.count(identity.columns.size());
    for (const auto& column : identity.columns)
      to.text(column);
    to.pairs(identity.field_of);
    to.pairs(identity.remarks);
  });
}

LayerIdentity decode_identity(std::string_view payload) {
  Decoder in(payload);
  LayerIdentity identity;
  identity.theme = theme_from(in.number<std::uint8_t>());
  identity.profile = in.string();
  identity.format = in.string();
  identity.layer = in.string();
  identity.crs = in.string();
  identity.raster = in.flag();
  identity.columns.resize(in.count(4));
  for (auto& column : identity.columns)
    column = in.string();
  identity.field_of = in.map();
  identity.remarks = in.pairs();
  in.finish();
  return identity;
}

void append_raster(std::string& out, const RasterHeader& header) {
  append_frame(out, FrameType::Raster, [&](Encoder& to) {
    to.text(header.variable);
    to.number(std::int32_t{header.width});
    to.number(std::int32_t{header.height});
    for (const double value : header.transform)
      to.number(value);
    to.text(header.crs);
    to.time(header.time);
  });
}

RasterHeader decode_raster(std::string_view payload) {
  Decoder in(payload);
  RasterHeader header;
  header.variable = in.string();
  header.width = in.number<std::int32_t>();
  header.height = in.number<std::int32_t>();
  if (header.width < 1 || header.height < 1 || header.width > kMaxRasterSide || header.height > kMaxRasterSide)
    throw ProtocolError("a raster of impossible size");
  for (double& value : header.transform)
    value = in.finite();
  header.crs = in.string();
  header.time = in.time();
  in.finish();
  return header;
}

void append_rows(std::string& out, const RasterRows& block, int width, int first, int count) {
  append_frame(out, FrameType::Rows, [&](Encoder& to) {
    const auto pixels = [&](int rows) { return static_cast<std::size_t>(rows) * static_cast<std::size_t>(width); };
    if (width < 1 || first < 0 || count < 1 || pixels(first + count) > block.values.size())
      throw ProtocolError("rows that are not in their block");
    to.number(std::int32_t{block.first_row + first});
    to.number(std::int32_t{count});
    to.raw(block.values.data() + pixels(first), pixels(count) * sizeof(float));
  });
}

RasterRows decode_rows(std::string_view payload, const RasterHeader& header) {
  Decoder in(payload);
  RasterRows block;
  block.first_row = in.number<std::int32_t>();
  block.rows = in.number<std::int32_t>();
  if (block.rows < 1 || block.first_row < 0 || block.rows > header.height - block.first_row)
    throw ProtocolError("rows outside their raster");
  const std::size_t bytes =
      static_cast<std::size_t>(block.rows) * static_cast<std::size_t>(header.width) * sizeof(float);
  if (bytes != payload.size() - 2 * sizeof(std::int32_t))
    throw ProtocolError("rows that are shorter or longer than their raster");
  block.values.resize(bytes / sizeof(float));
  in.raw(block.values.data(), bytes);
  in.finish();
  if (std::any_of(block.values.begin(), block.values.end(), [](float value) { return std::isinf(value); }))
    throw ProtocolError("an infinite pixel");
  return block;
}

void append_counts(std::string& out, const LayerCounts& counts) {
  append_frame(out, FrameType::Counts, [&](Encoder& to) {
    for (const std::uint64_t count : {counts.read, counts.kept, counts.repaired, counts.refused})
      to.number(count);
    to.count(counts.reasons.size());
    for (const auto& reason : counts.reasons) {
      to.text(reason.code);
      to.number(reason.count);
      const std::size_t examples = std::min(reason.examples.size(), kMaxExamples);
      to.count(examples);
      for (std::size_t i = 0; i < examples; ++i)
        to.number(reason.examples[i]);
    }
  });
}

LayerCounts decode_counts(std::string_view payload) {
  Decoder in(payload);
  LayerCounts counts;
  for (auto* count : {&counts.read, &counts.kept, &counts.repaired, &counts.refused})
    *count = in.number<std::uint64_t>();
  if (counts.kept > counts.read || counts.refused != counts.read - counts.kept)
    throw ProtocolError("records read that are neither kept nor refused");
  if (counts.repaired > counts.kept)
    throw ProtocolError("more records repaired than kept");
  const std::size_t reasons = in.count(4 + 1 + sizeof(std::uint64_t) + 4);
  if (reasons > kMaxReasons)
    throw ProtocolError("too many reasons");
  for (std::size_t i = 0; i < reasons; ++i)
    counts.reasons.push_back(read_reason(in));
  in.finish();
  return counts;
}

void append_error(std::string& out, const LayerError& error) {
  append_frame(out, FrameType::Error, [&](Encoder& to) {
    to.text(printable(error.file(), kMaxArgBytes));
    to.number(error.record());
    to.text(error.code());
    const std::size_t args = std::min(error.args().size(), kMaxArgs);
    to.count(args);
    for (std::size_t i = 0; i < args; ++i) {
      to.text(error.args()[i].first);
      to.text(printable(error.args()[i].second, kMaxArgBytes));
    }
  });
}

LayerError decode_error(std::string_view payload) {
  Decoder in(payload);
  const std::string file = printable(in.text(), kMaxArgBytes);
  const auto record = in.number<std::uint64_t>();
  const std::string code = in.code();
  const std::size_t size = in.count(4 + 1 + 4);
  if (size > kMaxArgs)
    throw ProtocolError("too many arguments");
  std::vector<std::pair<std::string, std::string>> args;
  for (std::size_t i = 0; i < size; ++i) {
    std::string name = in.code();
    args.emplace_back(std::move(name), printable(in.text(), kMaxArgBytes));
  }
  in.finish();
  return {file, record, code, std::move(args)};
}

void append_mark(std::string& out, FrameType type) {
  append_frame(out, type, [](Encoder&) {});
}

FeatureBatch::FeatureBatch() {
  clear();
}

void FeatureBatch::add(const LayerFeature& feature) {
  const std::size_t before = frame_.size();
  Encoder encoder(frame_);
  write_feature(encoder, feature);
  if (frame_.size() - before > kMaxFeatureBytes) {
    frame_.resize(before);
    throw ProtocolError("a record that is too large");
  }
  ++count_;
}

std::string_view FeatureBatch::frame() {
  std::memcpy(frame_.data() + sizeof(Head), &count_, sizeof count_);
  write_head(frame_, 0, FrameType::Features);
  return frame_;
}

void FeatureBatch::clear() {
  if (frame_.capacity() > kKeptBytes)
    std::string().swap(frame_);
  count_ = 0;
  frame_.assign(sizeof(Head) + sizeof count_, '\0');
}

void decode_features(std::string_view payload, const std::function<void(LayerFeature&&)>& take) {
  // Record, flags, kind of shape and the lengths of four texts and lists, all empty.
  constexpr std::size_t kLeastBytes = 8 + 1 + 1 + 1 + 1 + 4 * 4;
  Decoder in(payload);
  const std::size_t features = in.count(kLeastBytes);
  for (std::size_t i = 0; i < features; ++i)
    take(read_feature(in));
  in.finish();
}

}  // namespace relevo::geo::frames
