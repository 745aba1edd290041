// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"
#include "geo/lon_lat.hpp"
#include "geo/prepared_shape.hpp"
#include "geo/shape.hpp"
#include "geo/units.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace relevo::geo {

/// Pixels [column, column + columns) x [row, row + rows).
struct PixelWindow {
  int column = 0;
  int row = 0;
  int columns = 0;
  int rows = 0;
  bool empty() const noexcept { return columns <= 0 || rows <= 0; }
};

/// Pixels of a window row by row, NaN where there is no data. \pre the window lies within the raster.
using PixelReader = std::function<std::vector<float>(int column, int row, int columns, int rows)>;

struct PixelStatistics {
  double min = 0.0;
  double mean = 0.0;
  double max = 0.0;
  std::uint64_t pixels = 0;  ///< with data
};

/// Questions to a raster in any projection about places in WGS 84. Pixels are read in blocks of rows, so that memory
/// does not grow with the raster. Nothing is answered (std::nullopt) where no pixel with data is meant.
class RasterWindow {
 public:
  /// \throws std::invalid_argument where the coordinate system is unknown or the transform cannot be inverted; the
  /// message says which.
  RasterWindow(const RasterHeader& header, PixelReader read);
  ~RasterWindow();
  RasterWindow(RasterWindow&&) noexcept;
  RasterWindow& operator=(RasterWindow&&) noexcept;

  /// Over the pixels that the surfaces touch: their centre lies inside, or an edge runs through them. Edges are carried
  /// into the raster as straight lines between vertices at most a quarter of a degree apart.
  std::optional<PixelStatistics> touched_by(const Polygons& surfaces) const;

  /// Over the pixel of the point and those whose centre lies within `radius` of it.
  std::optional<PixelStatistics> around(const LonLat& point, Distance radius) const;

  /// The value that a share (0..1) of the pixels with their centre in the surfaces does not exceed (nearest rank).
  std::optional<double> percentile_within(const Polygons& surfaces, double share) const;

  /// For each radius the sum over pixels whose centre lies within it of the shape. \pre radii ascend.
  std::optional<std::vector<double>> sums_within(const PreparedShape& shape, const DegreeBox& extent,
                                                 std::span<const Distance> radii) const;

  /// Centre of a pixel in WGS 84; nothing where the projection has no answer.
  std::optional<LonLat> centre_of(int column, int row) const;

  /// The pixels that a box in degrees, grown by `margin`, can reach.
  PixelWindow window_of(const DegreeBox& box, Distance margin) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace relevo::geo
