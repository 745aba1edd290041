// SPDX-License-Identifier: MIT
#include "cli/report/map_frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace relevo::cli {

namespace {

// 12.3, .5, -4
std::string tenths(long value) {
  const long whole = std::abs(value) / 10;
  const long rest = std::abs(value) % 10;
  std::string out = value < 0 ? "-" : "";
  if (whole != 0 || rest == 0) {
    out += std::to_string(whole);
  }
  return rest == 0 ? out : out + "." + std::to_string(rest);
}

}  // namespace

MapFrame::MapFrame(const Box& box) : projection_(box.centre()) {
  double west = 0.0;
  double east = 0.0;
  double south = 0.0;
  double north = 0.0;
  constexpr int kSteps = 16;
  for (int i = 0; i <= kSteps; ++i) {
    const double share = static_cast<double>(i) / kSteps;
    const double lon = box.west + share * (box.east - box.west);
    const double lat = box.south + share * (box.north - box.south);
    for (const auto& point : {geo::LonLat{lon, box.south}, {lon, box.north}, {box.west, lat}, {box.east, lat}}) {
      const auto at = projection_.project(point);
      west = std::min(west, at.x);
      east = std::max(east, at.x);
      south = std::min(south, at.y);
      north = std::max(north, at.y);
    }
  }
  // Fill the frame: the edges of a projected box bulge, and what they leave empty is of no use.
  scale_ = std::max(kWidth / (east - west), kHeight / (north - south)) * 0.98;
  x0_ = kWidth / 2.0 - scale_ * (west + east) / 2.0;
  y0_ = kHeight / 2.0 + scale_ * (south + north) / 2.0;
}

EqualArea::Point MapFrame::place(const geo::LonLat& point) const {
  const auto at = projection_.project(point);
  return {x0_ + scale_ * at.x, y0_ - scale_ * at.y};
}

// Tenths of a unit, each point as the way from the one before: half the length of absolute places.
std::string MapFrame::path(const Ring& ring, bool closed) const {
  std::string out;
  long last_x = 0;
  long last_y = 0;
  for (const auto& point : ring) {
    const auto at = place(point);
    const long x = std::lround(at.x * 10.0);
    const long y = std::lround(at.y * 10.0);
    if (out.empty()) {
      out = fmt::format("M{} {}", tenths(x), tenths(y));
    } else if (x != last_x || y != last_y) {
      out += fmt::format("l{}{}{}", tenths(x - last_x), y < last_y ? "" : " ", tenths(y - last_y));
    }
    last_x = x;
    last_y = y;
  }
  return closed ? out + "z" : out;
}

}  // namespace relevo::cli
