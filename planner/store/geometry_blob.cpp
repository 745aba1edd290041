// SPDX-License-Identifier: MIT
#include "planner/store/geometry_blob.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>

// Layout: 00 01 srid(4) west south east north (8 each) 7C class(4) body FE. A multi geometry's body is a count and
// then, for each part, 69 class(4) body. https://www.gaia-gis.it/gaia-sins/BLOB-Geometry.html

namespace relevo::planner {

namespace {

static_assert(std::endian::native == std::endian::little, "blobs are written as the machine holds numbers");

constexpr std::uint32_t kSrid = 4326;
constexpr std::uint32_t kPoint = 1;
constexpr std::uint32_t kLine = 2;
constexpr std::uint32_t kPolygon = 3;
constexpr std::uint32_t kMulti = 3;  ///< added to the class of the parts
constexpr std::size_t kHead = 43;    ///< bytes up to the body
constexpr std::size_t kVertexBytes = 16;
constexpr char kBodyMark = '\x7C';
constexpr char kPartMark = '\x69';
constexpr char kEndMark = '\xFE';

template <class T>
void put(std::string& blob, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  blob.append(bytes, sizeof value);
}

void put_count(std::string& blob, std::size_t count) {
  put(blob, static_cast<std::uint32_t>(count));
}

void put_vertices(std::string& blob, const std::vector<geo::LonLat>& vertices) {
  for (const auto& v : vertices) {
    put(blob, v.lon);
    put(blob, v.lat);
  }
}

struct Extent {
  BlobBox box{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(),
              -std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  void add(const std::vector<geo::LonLat>& vertices) {
    for (const auto& v : vertices) {
      box.west = std::min(box.west, v.lon);
      box.south = std::min(box.south, v.lat);
      box.east = std::max(box.east, v.lon);
      box.north = std::max(box.north, v.lat);
    }
  }
};

void put_head(std::string& blob, const BlobBox& box, std::uint32_t geometry_class) {
  blob.push_back('\0');
  blob.push_back('\1');
  put(blob, kSrid);
  put(blob, box.west);
  put(blob, box.south);
  put(blob, box.east);
  put(blob, box.north);
  blob.push_back(kBodyMark);
  put(blob, geometry_class);
}

void put_part(std::string& blob, std::uint32_t geometry_class) {
  blob.push_back(kPartMark);
  put(blob, geometry_class);
}

void put_shape(std::string& blob, const geo::Points& points) {
  Extent extent;
  extent.add(points);
  put_head(blob, extent.box, kPoint + kMulti);
  put_count(blob, points.size());
  for (const auto& point : points) {
    put_part(blob, kPoint);
    put(blob, point.lon);
    put(blob, point.lat);
  }
}

void put_shape(std::string& blob, const geo::Lines& lines) {
  Extent extent;
  for (const auto& line : lines)
    extent.add(line);
  put_head(blob, extent.box, kLine + kMulti);
  put_count(blob, lines.size());
  for (const auto& line : lines) {
    put_part(blob, kLine);
    put_count(blob, line.size());
    put_vertices(blob, line);
  }
}

void put_shape(std::string& blob, const geo::Polygons& polygons) {
  Extent extent;
  for (const auto& polygon : polygons)
    extent.add(polygon.outer);
  put_head(blob, extent.box, kPolygon + kMulti);
  put_count(blob, polygons.size());
  for (const auto& polygon : polygons) {
    put_part(blob, kPolygon);
    put_count(blob, 1 + polygon.holes.size());
    put_count(blob, polygon.outer.size());
    put_vertices(blob, polygon.outer);
    for (const auto& hole : polygon.holes) {
      put_count(blob, hole.size());
      put_vertices(blob, hole);
    }
  }
}

/// Reads forward and never past the end; after a fault everything it gives is zero.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <class T>
  T take() {
    T value{};
    if (bytes_.size() < sizeof value) {
      fail();
      return value;
    }
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
    return value;
  }
  /// A count of things of at least `least_bytes` each.
  std::size_t count(std::size_t least_bytes) {
    const std::size_t n = take<std::uint32_t>();
    if (n > bytes_.size() / least_bytes) {
      fail();
      return 0;
    }
    return n;
  }
  void expect_part(std::uint32_t geometry_class) {
    if (take<char>() != kPartMark || take<std::uint32_t>() != geometry_class)
      fail();
  }
  geo::LonLat vertex() {
    const auto lon = take<double>();
    const auto lat = take<double>();
    return {lon, lat};
  }
  std::vector<geo::LonLat> vertices() {
    std::vector<geo::LonLat> all(count(kVertexBytes));
    for (auto& v : all)
      v = vertex();
    return all;
  }
  bool at_end() const noexcept { return ok_ && bytes_.size() == 1 && bytes_.front() == kEndMark; }
  bool ok() const noexcept { return ok_; }

 private:
  void fail() {
    ok_ = false;
    bytes_ = {};
  }
  std::string_view bytes_;
  bool ok_ = true;
};

geo::Polygon read_polygon(Reader& reader) {
  geo::Polygon polygon;
  const auto rings = reader.count(sizeof(std::uint32_t));
  for (std::size_t i = 0; i < rings && reader.ok(); ++i)
    if (i == 0)
      polygon.outer = reader.vertices();
    else
      polygon.holes.push_back(reader.vertices());
  return polygon;
}

geo::Shape read_body(Reader& reader, std::uint32_t geometry_class) {
  constexpr std::size_t kPartBytes = 9;
  if (geometry_class == kPoint)
    return geo::Points{reader.vertex()};
  if (geometry_class == kPoint + kMulti) {
    geo::Points points(reader.count(kPartBytes + 12));
    for (auto& point : points) {
      reader.expect_part(kPoint);
      point = reader.vertex();
    }
    return points;
  }
  if (geometry_class == kLine + kMulti) {
    geo::Lines lines(reader.count(kPartBytes));
    for (auto& line : lines) {
      reader.expect_part(kLine);
      line = reader.vertices();
    }
    return lines;
  }
  geo::Polygons polygons(reader.count(kPartBytes));
  for (auto& polygon : polygons) {
    reader.expect_part(kPolygon);
    polygon = read_polygon(reader);
  }
  return polygons;
}

bool has_head(std::string_view blob) noexcept {
  return blob.size() > kHead && blob[0] == '\0' && blob[1] == '\1' && blob[kHead - 5] == kBodyMark;
}

}  // namespace

void write_geometry(const geo::Shape& shape, std::string& blob) {
  blob.clear();
  if (const auto* points = std::get_if<geo::Points>(&shape))
    put_shape(blob, *points);
  else if (const auto* lines = std::get_if<geo::Lines>(&shape))
    put_shape(blob, *lines);
  else if (const auto* polygons = std::get_if<geo::Polygons>(&shape))
    put_shape(blob, *polygons);
  else
    return;
  blob.push_back(kEndMark);
}

void write_geometry(const geo::LonLat& point, std::string& blob) {
  blob.clear();
  put_head(blob, {point.lon, point.lat, point.lon, point.lat}, kPoint);
  put(blob, point.lon);
  put(blob, point.lat);
  blob.push_back(kEndMark);
}

std::optional<geo::Shape> read_geometry(std::string_view blob) {
  if (!has_head(blob))
    return std::nullopt;
  Reader reader(blob.substr(kHead - 4));
  const auto geometry_class = reader.take<std::uint32_t>();
  const bool known = geometry_class == kPoint || (geometry_class > kMulti && geometry_class <= kMulti + kPolygon);
  if (!known)
    return std::nullopt;
  auto shape = read_body(reader, geometry_class);
  if (!reader.at_end())
    return std::nullopt;
  return shape;
}

std::optional<geo::LonLat> read_point(std::string_view blob) {
  const auto shape = read_geometry(blob);
  const auto* points = shape ? std::get_if<geo::Points>(&*shape) : nullptr;
  if (points == nullptr || points->empty())
    return std::nullopt;
  return points->front();
}

std::optional<BlobBox> read_box(std::string_view blob) noexcept {
  if (!has_head(blob))
    return std::nullopt;
  BlobBox box;
  std::memcpy(&box.west, blob.data() + 6, sizeof(double));
  std::memcpy(&box.south, blob.data() + 14, sizeof(double));
  std::memcpy(&box.east, blob.data() + 22, sizeof(double));
  std::memcpy(&box.north, blob.data() + 30, sizeof(double));
  return box;
}

}  // namespace relevo::planner
