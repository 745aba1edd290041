// SPDX-License-Identifier: MIT
#include "geo/shape_wkb.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace relevo::geo {

namespace {

static_assert(std::endian::native == std::endian::little, "WKB is written as the numbers lie in memory");

enum class WkbType : std::uint32_t {
  Point = 1,
  LineString = 2,
  Polygon = 3,
  MultiPoint = 4,
  MultiLineString = 5,
  MultiPolygon = 6,
  GeometryCollection = 7
};

constexpr char kLittleEndian = 1;
constexpr std::size_t kHeadBytes = 5;  // byte order and type
constexpr std::size_t kCountBytes = 4;
constexpr std::size_t kVertexBytes = 16;

class Writer {
 public:
  std::string take() { return std::move(bytes_); }

  void head(WkbType type) {
    bytes_.push_back(kLittleEndian);
    append(static_cast<std::uint32_t>(type));
  }
  void count(std::size_t n) { append(static_cast<std::uint32_t>(n)); }
  void vertex(const LonLat& point) {
    append(point.lon);
    append(point.lat);
  }
  void vertices(const std::vector<LonLat>& points) {
    count(points.size());
    for (const LonLat& point : points)
      vertex(point);
  }

  void part(const LonLat& point) {
    head(WkbType::Point);
    vertex(point);
  }
  void part(const std::vector<LonLat>& line) {
    head(WkbType::LineString);
    vertices(line);
  }
  void part(const Polygon& polygon) {
    head(WkbType::Polygon);
    count(polygon.holes.size() + 1);
    vertices(polygon.outer);
    for (const Ring& hole : polygon.holes)
      vertices(hole);
  }
  template <class Parts>
  void parts(const Parts& parts, WkbType multi, WkbForm form) {
    if (form == WkbForm::Simplest && parts.size() == 1) {
      part(parts.front());
      return;
    }
    head(multi);
    count(parts.size());
    for (const auto& each : parts)
      part(each);
  }

 private:
  template <class Number>
  void append(Number number) {
    char raw[sizeof(Number)];
    std::memcpy(raw, &number, sizeof(Number));
    bytes_.append(raw, sizeof(Number));
  }
  std::string bytes_;
};

class Parser {
 public:
  explicit Parser(std::string_view bytes) : bytes_(bytes) {}

  Shape shape() {
    Shape read = of_type(head());
    if (at_ != bytes_.size())
      fail("bytes are left over");
    return read;
  }

 private:
  [[noreturn]] void fail(const char* rule) const {
    throw WkbError("well-known binary: " + std::string(rule) + " at byte " + std::to_string(at_));
  }

  template <class Number>
  Number number() {
    if (bytes_.size() - at_ < sizeof(Number))
      fail("it ends too early");
    Number value;
    std::memcpy(&value, bytes_.data() + at_, sizeof(Number));
    at_ += sizeof(Number);
    return value;
  }

  WkbType head() {
    if (number<char>() != kLittleEndian)
      fail("not little-endian");
    const auto type = number<std::uint32_t>();
    if (type < static_cast<std::uint32_t>(WkbType::Point) ||
        type > static_cast<std::uint32_t>(WkbType::GeometryCollection))
      fail("a type that is not read");
    return static_cast<WkbType>(type);
  }
  void head_of(WkbType wanted) {
    if (head() != wanted)
      fail("a part of another type");
  }

  /// A count of things of at least `least_bytes` each, which must be there.
  std::size_t count(std::size_t least_bytes) {
    const std::size_t n = number<std::uint32_t>();
    if (n > (bytes_.size() - at_) / least_bytes)
      fail("a count larger than what follows");
    return n;
  }

  LonLat vertex() {
    LonLat point;
    point.lon = number<double>();
    point.lat = number<double>();
    if (!is_valid(point))
      fail("a vertex that is no longitude and latitude");
    return point;
  }
  std::vector<LonLat> vertices(std::size_t fewest) {
    const std::size_t n = count(kVertexBytes);
    if (n < fewest)
      fail("too few vertices");
    std::vector<LonLat> points;
    points.reserve(n);
    for (std::size_t i = 0; i < n; ++i)
      points.push_back(vertex());
    return points;
  }
  std::vector<LonLat> line() { return vertices(2); }
  Ring ring() {
    Ring read = vertices(4);
    if (read.front() != read.back())
      fail("a ring that is not closed");
    return read;
  }
  Polygon polygon() {
    const std::size_t rings = count(kCountBytes);
    if (rings == 0)
      fail("a polygon without a ring");
    Polygon read;
    read.outer = ring();
    for (std::size_t i = 1; i < rings; ++i)
      read.holes.push_back(ring());
    return read;
  }

  template <class Read>
  auto many(WkbType each, std::size_t least_bytes, Read read) {
    const std::size_t n = count(kHeadBytes + least_bytes);
    if (n == 0)
      fail("no part");
    std::vector<decltype(read())> parts;
    for (std::size_t i = 0; i < n; ++i) {
      head_of(each);
      parts.push_back(read());
    }
    return parts;
  }

  Shape of_type(WkbType type) {
    switch (type) {
      case WkbType::Point:
        return Points{vertex()};
      case WkbType::LineString:
        return Lines{line()};
      case WkbType::Polygon:
        return Polygons{polygon()};
      case WkbType::MultiPoint:
        return many(WkbType::Point, kVertexBytes, [this] { return vertex(); });
      case WkbType::MultiLineString:
        return many(WkbType::LineString, kCountBytes, [this] { return line(); });
      case WkbType::MultiPolygon:
        return many(WkbType::Polygon, kCountBytes, [this] { return polygon(); });
      case WkbType::GeometryCollection:
        break;
    }
    if (count(kHeadBytes) != 0)
      fail("a collection that is not empty");
    return std::monostate();
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
};

void extend(std::optional<BoundingBox>& box, const std::vector<LonLat>& vertices) noexcept {
  for (const LonLat& v : vertices) {
    if (!box) {
      box = BoundingBox{v.lon, v.lat, v.lon, v.lat};
      continue;
    }
    box->west = std::min(box->west, v.lon);
    box->south = std::min(box->south, v.lat);
    box->east = std::max(box->east, v.lon);
    box->north = std::max(box->north, v.lat);
  }
}

}  // namespace

std::string to_wkb(const Shape& shape, WkbForm form) {
  Writer writer;
  if (const auto* points = std::get_if<Points>(&shape); points != nullptr && !points->empty()) {
    writer.parts(*points, WkbType::MultiPoint, form);
  } else if (const auto* lines = std::get_if<Lines>(&shape); lines != nullptr && !lines->empty()) {
    writer.parts(*lines, WkbType::MultiLineString, form);
  } else if (const auto* polygons = std::get_if<Polygons>(&shape); polygons != nullptr && !polygons->empty()) {
    writer.parts(*polygons, WkbType::MultiPolygon, form);
  } else {
    writer.head(WkbType::GeometryCollection);
    writer.count(0);
  }
  return writer.take();
}

Shape from_wkb(std::string_view bytes) {
  return Parser(bytes).shape();
}

std::optional<BoundingBox> bounding_box_of(const Shape& shape) noexcept {
  std::optional<BoundingBox> box;
  if (const auto* points = std::get_if<Points>(&shape)) {
    extend(box, *points);
  } else if (const auto* lines = std::get_if<Lines>(&shape)) {
    for (const auto& line : *lines)
      extend(box, line);
  } else if (const auto* polygons = std::get_if<Polygons>(&shape)) {
    for (const Polygon& polygon : *polygons)
      extend(box, polygon.outer);
  }
  return box;
}

}  // namespace relevo::geo
