// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/geometry.hpp"

#include <string>

namespace relevo::cli {

/// From degrees to the units of the drawn map.
class MapFrame {
 public:
  static constexpr double kWidth = 960.0;
  static constexpr double kHeight = 640.0;

  /// Fills the drawing with the box.
  explicit MapFrame(const Box& box);
  EqualArea::Point place(const geo::LonLat& point) const;
  /// The line as data of an SVG path.
  std::string path(const Ring& ring, bool closed) const;

 private:
  EqualArea projection_;
  double scale_ = 1.0;
  double x0_ = 0.0;
  double y0_ = 0.0;
};

}  // namespace relevo::cli
