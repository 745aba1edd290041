// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"
#include "planner/store/sqlite.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace relevo::planner {

/// Writes one raster, row by row as it comes, in tiles of 256 x 256 pixels (lower ones where a row is very long):
/// float32, compressed without loss. Holds one row of tiles. \pre within a transaction.
class RasterWriter {
 public:
  RasterWriter(const Connection& connection, std::int64_t import_id, geo::LayerTheme theme,
               const geo::RasterHeader& header);
  /// Rows must come in order; values beyond the raster are a bug of the caller. \throws SqliteError
  void write(const geo::RasterRows& rows);
  /// Rows that never came are no data.
  void finish();

 private:
  void take_row(const float* values);
  void flush();

  Statement insert_tile_;
  std::int64_t raster_id_ = 0;
  int width_;
  int height_;
  int tile_height_;
  int next_row_ = 0;
  std::vector<float> band_;  ///< the rows of the row of tiles that is being filled
  std::vector<float> tile_;
  std::string packed_;
};

/// Pixels of the window, row by row, NaN for no data; unpacks only the tiles it touches. \pre the window lies within
/// the raster. \throws SqliteError, also for a tile that is broken.
std::vector<float> read_raster_window(const Connection& connection, std::int64_t raster_id, int column, int row,
                                      int columns, int rows);

}  // namespace relevo::planner
