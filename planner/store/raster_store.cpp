// SPDX-License-Identifier: MIT
#include "planner/store/raster_store.hpp"

#include "planner/store/footprint.hpp"
#include "planner/store/geometry_blob.hpp"
#include "planner/store/instant_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sqlite3.h>
#include <zlib.h>

#include <algorithm>
#include <cassert>
#include <limits>

namespace relevo::planner {

namespace {

constexpr int kTile = 256;
constexpr std::size_t kMostPixelsOfBand = std::size_t{1} << 23U;  // 32 MB
constexpr float kNoData = std::numeric_limits<float>::quiet_NaN();

[[noreturn]] void fail_broken(std::int64_t raster_id) {
  throw SqliteError(SQLITE_CORRUPT, fmt::format("a tile of raster {} is broken", raster_id));
}

std::size_t positive(int value) {
  return static_cast<std::size_t>(value);
}

void compress_tile(const std::vector<float>& tile, std::string& packed) {
  const auto bytes = static_cast<uLong>(tile.size() * sizeof(float));
  uLongf length = compressBound(bytes);
  packed.resize(length);
  // zlib's bytes are unsigned char.
  const int result = compress2(reinterpret_cast<Bytef*>(packed.data()), &length,                            // NOLINT
                               reinterpret_cast<const Bytef*>(tile.data()), bytes, Z_DEFAULT_COMPRESSION);  // NOLINT
  if (result != Z_OK)
    throw std::bad_alloc();
  packed.resize(length);
}

std::vector<float> uncompress_tile(std::string_view packed, std::size_t pixels, std::int64_t raster_id) {
  std::vector<float> tile(pixels);
  uLongf length = pixels * sizeof(float);
  const int result = uncompress(reinterpret_cast<Bytef*>(tile.data()), &length,                 // NOLINT: as above
                                reinterpret_cast<const Bytef*>(packed.data()), packed.size());  // NOLINT
  if (result != Z_OK || length != pixels * sizeof(float))
    fail_broken(raster_id);
  return tile;
}

std::int64_t insert_head(const Connection& connection, std::int64_t import_id, geo::LayerTheme theme,
                         const geo::RasterHeader& header, int tile_height) {
  std::string footprint;
  write_geometry(footprint_of(header), footprint);
  const auto transform = nlohmann::json(header.transform).dump();
  const auto time = header.time ? instant_text(*header.time) : std::string{};
  auto insert = connection.prepare(
      "INSERT INTO rasters (import_id, theme, variable, width, height, tile_width, tile_height, transform, crs, time, "
      "geom) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  insert.bind(1, import_id).bind(2, geo::word_of(theme)).bind(3, header.variable);
  insert.bind(4, header.width).bind(5, header.height).bind(6, kTile).bind(7, tile_height);
  insert.bind(8, transform).bind(9, header.crs).bind_text_or_null(10, time);
  if (footprint.empty())
    insert.bind_null(11);
  else
    insert.bind_blob(11, footprint);
  insert.run();
  return connection.last_insert_id();
}

/// One window being filled from tiles.
struct Window {
  int column;
  int row;
  int columns;
  int rows;
  std::vector<float> pixels;

  void copy_from(const std::vector<float>& tile, int left, int top, int tile_width, int tile_height) {
    const int first_row = std::max(row, top);
    const int last_row = std::min(row + rows, top + tile_height);
    const int first_column = std::max(column, left);
    const int last_column = std::min(column + columns, left + tile_width);
    for (int r = first_row; r < last_row; ++r)
      for (int c = first_column; c < last_column; ++c)
        pixels[positive(r - row) * positive(columns) + positive(c - column)] =
            tile[positive(r - top) * positive(tile_width) + positive(c - left)];
  }
};

}  // namespace

RasterWriter::RasterWriter(const Connection& connection, std::int64_t import_id, geo::LayerTheme theme,
                           const geo::RasterHeader& header)
    : insert_tile_(connection.prepare(
          "INSERT INTO raster_tiles (raster_id, tile_row, tile_column, pixels) VALUES (?, ?, ?, ?)")),
      width_(header.width),
      height_(header.height),
      tile_height_(static_cast<int>(
          std::clamp<std::size_t>(kMostPixelsOfBand / positive(std::max(1, header.width)), 1, kTile))) {
  raster_id_ = insert_head(connection, import_id, theme, header, tile_height_);
}

void RasterWriter::write(const geo::RasterRows& rows) {
  assert(rows.values.size() == positive(rows.rows) * positive(width_));
  assert(rows.first_row >= next_row_ && rows.first_row + rows.rows <= height_);
  const std::vector<float> nothing(rows.first_row > next_row_ ? positive(width_) : 0, kNoData);
  while (next_row_ < rows.first_row)
    take_row(nothing.data());
  for (int r = 0; r < rows.rows; ++r)
    take_row(rows.values.data() + positive(r) * positive(width_));
}

void RasterWriter::finish() {
  const std::vector<float> nothing(next_row_ < height_ ? positive(width_) : 0, kNoData);
  while (next_row_ < height_)
    take_row(nothing.data());
}

void RasterWriter::take_row(const float* values) {
  band_.insert(band_.end(), values, values + width_);
  ++next_row_;
  if (next_row_ % tile_height_ == 0 || next_row_ == height_)
    flush();
}

void RasterWriter::flush() {
  const auto rows = band_.size() / positive(width_);
  const int tile_row = (next_row_ - 1) / tile_height_;
  for (int left = 0; left < width_; left += kTile) {
    const auto columns = positive(std::min(kTile, width_ - left));
    tile_.clear();
    for (std::size_t r = 0; r < rows; ++r) {
      const float* start = band_.data() + r * positive(width_) + positive(left);
      tile_.insert(tile_.end(), start, start + columns);
    }
    compress_tile(tile_, packed_);
    insert_tile_.bind(1, raster_id_).bind(2, tile_row).bind(3, left / kTile).bind_blob(4, packed_).run();
  }
  band_.clear();
}

std::vector<float> read_raster_window(const Connection& connection, std::int64_t raster_id, int column, int row,
                                      int columns, int rows) {
  auto head = connection.prepare("SELECT width, height, tile_width, tile_height FROM rasters WHERE fid = ?");
  head.bind(1, raster_id);
  if (!head.step())
    fail_broken(raster_id);
  const int width = static_cast<int>(head.integer(0));
  const int height = static_cast<int>(head.integer(1));
  const int tile_width = static_cast<int>(head.integer(2));
  const int tile_height = static_cast<int>(head.integer(3));
  assert(column >= 0 && row >= 0 && columns >= 0 && rows >= 0 && column + columns <= width && row + rows <= height);
  Window window{column, row, columns, rows, std::vector<float>(positive(columns) * positive(rows), kNoData)};
  if (window.pixels.empty())
    return {};
  auto tiles = connection.prepare(
      "SELECT tile_row, tile_column, pixels FROM raster_tiles WHERE raster_id = ? AND tile_row BETWEEN ? AND ? AND "
      "tile_column BETWEEN ? AND ?");
  tiles.bind(1, raster_id).bind(2, row / tile_height).bind(3, (row + rows - 1) / tile_height);
  tiles.bind(4, column / tile_width).bind(5, (column + columns - 1) / tile_width);
  while (tiles.step()) {
    const int top = static_cast<int>(tiles.integer(0)) * tile_height;
    const int left = static_cast<int>(tiles.integer(1)) * tile_width;
    const int tile_rows = std::min(tile_height, height - top);
    const int tile_columns = std::min(tile_width, width - left);
    const auto tile = uncompress_tile(tiles.bytes(2), positive(tile_rows) * positive(tile_columns), raster_id);
    window.copy_from(tile, left, top, tile_columns, tile_rows);
  }
  return std::move(window.pixels);
}

}  // namespace relevo::planner
