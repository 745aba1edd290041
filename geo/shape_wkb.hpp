// SPDX-License-Identifier: MIT
#pragma once

#include "geo/shape.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

/// Shapes as Well-Known Binary (OGC Simple Features 06-103r4, section 8): what databases and GIS programs read.
namespace relevo::geo {

/// Bytes that are no Shape. what() says which rule they break and at which byte.
class WkbError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Which of two equivalent geometry types is written.
enum class WkbForm {
  Multi,    ///< always MultiPoint, MultiLineString or MultiPolygon
  Simplest  ///< Point, LineString or Polygon for a shape of a single part, else as Multi
};

/// Little-endian, two-dimensional. A shape without parts is an empty GeometryCollection.
std::string to_wkb(const Shape& shape, WkbForm form = WkbForm::Multi);

/// Reads what to_wkb writes, in both forms. Every count is checked against the bytes that are left before memory is
/// taken for it. \throws WkbError for anything else: another byte order, Z or M, a type not named above, bytes missing
/// or left over, a vertex that is not is_valid(), a line of less than two vertices, a ring of less than four or one
/// that is not closed. Whether rings cross is not looked at.
Shape from_wkb(std::string_view bytes);

/// Limits on the map, in degrees. A shape cut at the antimeridian reaches from -180 to 180.
struct BoundingBox {
  double west = 0.0;
  double south = 0.0;
  double east = 0.0;
  double north = 0.0;
  friend bool operator==(const BoundingBox&, const BoundingBox&) = default;
};

/// Nothing for a shape without vertices.
std::optional<BoundingBox> bounding_box_of(const Shape& shape) noexcept;

}  // namespace relevo::geo
