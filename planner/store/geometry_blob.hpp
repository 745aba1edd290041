// SPDX-License-Identifier: MIT
#pragma once

#include "geo/shape.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace relevo::planner {

/// A shape as SpatiaLite stores it (its "BLOB-Geometry": little-endian, SRID 4326, bounding box first), always as
/// MultiPoint, MultiLineString or MultiPolygon; empty for no geometry. Written into `blob`, whose memory is used again.
void write_geometry(const geo::Shape& shape, std::string& blob);
/// The same for one point, as Point.
void write_geometry(const geo::LonLat& point, std::string& blob);

/// Reads what the two write; nothing for NULL or any other blob. Counts are checked against the bytes that are left.
std::optional<geo::Shape> read_geometry(std::string_view blob);
/// The first point of it.
std::optional<geo::LonLat> read_point(std::string_view blob);

/// The bounding box in the head of a blob.
struct BlobBox {
  double west = 0.0;
  double south = 0.0;
  double east = 0.0;
  double north = 0.0;
};
std::optional<BlobBox> read_box(std::string_view blob) noexcept;

}  // namespace relevo::planner
