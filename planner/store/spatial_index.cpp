// SPDX-License-Identifier: MIT
#include "planner/store/spatial_index.hpp"

#include "planner/store/geometry_blob.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace relevo::planner {

namespace {

// Changes up to this number go into the R-tree one by one; more of them make it worth packing anew.
constexpr std::size_t kFewChanges = 20'000;
// Cells of a full node are 51 (SQLite's RTREE_MAXCELLS for two dimensions); some room is left for later rows.
constexpr std::size_t kCellsPerNode = 45;
constexpr std::int64_t kRoot = 1;

/// A box as SQLite's R-tree keeps it: single precision, rounded outwards.
struct Box {
  float west = std::numeric_limits<float>::infinity();
  float east = -std::numeric_limits<float>::infinity();
  float south = std::numeric_limits<float>::infinity();
  float north = -std::numeric_limits<float>::infinity();
  void add(const Box& other) {
    west = std::min(west, other.west);
    east = std::max(east, other.east);
    south = std::min(south, other.south);
    north = std::max(north, other.north);
  }
};

float round_down(double value) {
  const auto nearest = static_cast<float>(value);
  return static_cast<double>(nearest) > value ? std::nextafter(nearest, -std::numeric_limits<float>::infinity())
                                              : nearest;
}

float round_up(double value) {
  return -round_down(-value);
}

struct Cell {
  std::int64_t id = 0;  ///< row, or node of the level below
  Box box;
};

template <class T>
void put_big_endian(std::string& bytes, T value) {
  for (int shift = static_cast<int>(sizeof value) * 8 - 8; shift >= 0; shift -= 8)
    bytes.push_back(static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xffU));
}

void put_coordinate(std::string& bytes, float value) {
  put_big_endian(bytes, std::bit_cast<std::uint32_t>(value));
}

/// Builds the tree level by level while the leaves stream in: one open node per level is all it holds.
class RtreePacker {
 public:
  RtreePacker(const Connection& connection, const std::string& index, std::size_t node_bytes)
      : node_bytes_(node_bytes),
        insert_node_(connection.prepare(
            fmt::format("INSERT INTO {} (nodeno, data) VALUES (?, ?)", quoted_identifier(index + "_node")))),
        insert_row_(connection.prepare(
            fmt::format("INSERT INTO {} (rowid, nodeno) VALUES (?, ?)", quoted_identifier(index + "_rowid")))),
        insert_parent_(connection.prepare(
            fmt::format("INSERT INTO {} (nodeno, parentnode) VALUES (?, ?)", quoted_identifier(index + "_parent")))) {}

  void add(const Cell& cell) { add(0, cell); }

  /// Closes all nodes; the last one becomes the root.
  void finish() {
    for (std::size_t level = 0; level < levels_.size(); ++level) {
      const bool is_top = level + 1 == levels_.size();
      if (is_top)
        write(level, kRoot, level);
      else if (!levels_[level].empty())
        close(level);
    }
    if (levels_.empty())
      write_node(kRoot, 0, {});
  }

 private:
  void add(std::size_t level, const Cell& cell) {
    if (levels_.size() == level)
      levels_.emplace_back();
    if (levels_[level].size() == kCellsPerNode)
      close(level);
    levels_[level].push_back(cell);
  }

  void close(std::size_t level) {
    const std::int64_t node = next_node_++;
    Cell parent{node, {}};
    for (const auto& cell : levels_[level])
      parent.box.add(cell.box);
    write(level, node, 0);
    levels_[level].clear();
    add(level + 1, parent);
  }

  void write(std::size_t level, std::int64_t node, std::size_t depth) {
    auto& statement = level == 0 ? insert_row_ : insert_parent_;
    for (const auto& cell : levels_[level])
      statement.bind(1, cell.id).bind(2, node).run();
    write_node(node, depth, levels_[level]);
  }

  void write_node(std::int64_t node, std::size_t depth, const std::vector<Cell>& cells) {
    bytes_.clear();
    put_big_endian(bytes_, static_cast<std::uint16_t>(depth));
    put_big_endian(bytes_, static_cast<std::uint16_t>(cells.size()));
    for (const auto& cell : cells) {
      put_big_endian(bytes_, static_cast<std::uint64_t>(cell.id));
      put_coordinate(bytes_, cell.box.west);
      put_coordinate(bytes_, cell.box.east);
      put_coordinate(bytes_, cell.box.south);
      put_coordinate(bytes_, cell.box.north);
    }
    bytes_.resize(node_bytes_, '\0');
    insert_node_.bind(1, node).bind_blob(2, bytes_).run();
  }

  std::size_t node_bytes_;
  Statement insert_node_;
  Statement insert_row_;
  Statement insert_parent_;
  std::vector<std::vector<Cell>> levels_;
  std::int64_t next_node_ = kRoot + 1;
  std::string bytes_;
};

/// Position along a Hilbert curve over 65,536 x 65,536 cells of the world.
/// https://en.wikipedia.org/wiki/Hilbert_curve, "xy2d".
std::int64_t hilbert_position(double lon, double lat) {
  constexpr std::uint32_t kSide = 1U << 16U;
  const auto scaled = [](double value, double half) {
    return static_cast<std::uint32_t>(std::clamp((value + half) / (2 * half), 0.0, 1.0) * (kSide - 1));
  };
  std::uint32_t x = scaled(lon, 180.0);
  std::uint32_t y = scaled(lat, 90.0);
  std::uint64_t position = 0;
  for (std::uint32_t s = kSide / 2; s > 0; s /= 2) {
    const std::uint32_t rx = (x & s) != 0 ? 1 : 0;
    const std::uint32_t ry = (y & s) != 0 ? 1 : 0;
    position += static_cast<std::uint64_t>(s) * s * ((3 * rx) ^ ry);
    if (ry == 0) {
      if (rx == 1) {
        x = kSide - 1 - x;
        y = kSide - 1 - y;
      }
      std::swap(x, y);
    }
  }
  return static_cast<std::int64_t>(position);
}

std::string_view blob_of(sqlite3_value* value) {
  const void* start = sqlite3_value_blob(value);
  if (start == nullptr)
    return {};
  return {static_cast<const char*>(start), static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

/// SQL function relevo_hilbert(geom).
void hilbert_function(sqlite3_context* context, int, sqlite3_value** values) {
  const auto box = read_box(blob_of(values[0]));
  if (!box)
    return sqlite3_result_null(context);
  sqlite3_result_int64(context, hilbert_position((box->west + box->east) / 2, (box->south + box->north) / 2));
}

std::string index_of(const std::string& table) {
  return "idx_" + table + "_geom";
}

std::string trigger_list(const std::string& table) {
  // Made by AddGeometryColumn (ggi_, ggu_: type and SRID; tmi_, tmu_, tmd_: time of the last change) and by
  // CreateSpatialIndex (gii_, giu_, gid_).
  std::string list;
  for (const char* kind : {"ggi", "ggu", "tmi", "tmu", "tmd", "gii", "giu", "gid"})
    list += fmt::format("{}'{}_{}_geom'", list.empty() ? "" : ", ", kind, table);
  return list;
}

/// Programs that keep statistics of a table see by these times that they are old.
void note_time_of_change(const Connection& connection, const std::string& table) {
  connection
      .prepare(
          "UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), last_delete = "
          "strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE f_table_name = ? AND f_geometry_column = 'geom'")
      .bind(1, table)
      .run();
}

Cell cell_of(std::int64_t fid, const BlobBox& box) {
  return {fid, {round_down(box.west), round_up(box.east), round_down(box.south), round_up(box.north)}};
}

}  // namespace

void rebuild_spatial_index(const Connection& connection, const std::string& table) {
  const std::string index = index_of(table);
  sqlite3_create_function_v2(connection.handle(), "relevo_hilbert", 1,
                             SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr, hilbert_function, nullptr,
                             nullptr, nullptr);
  const auto node_bytes = connection.integer(
      fmt::format("SELECT length(data) FROM {} WHERE nodeno = 1", quoted_identifier(index + "_node")));
  if (!node_bytes)
    throw SqliteError(SQLITE_CORRUPT, index + " has no root");
  for (const char* part : {"_node", "_rowid", "_parent"})
    connection.execute(fmt::format("DELETE FROM {}", quoted_identifier(index + part)));
  RtreePacker packer(connection, index, static_cast<std::size_t>(*node_bytes));
  auto rows =
      connection.prepare(fmt::format("SELECT fid, substr(geom, 1, 44) FROM {} WHERE geom IS NOT NULL ORDER BY "
                                     "relevo_hilbert(geom), fid",
                                     quoted_identifier(table)));
  while (rows.step())
    if (const auto box = read_box(rows.bytes(1)))
      packer.add(cell_of(rows.integer(0), *box));
  packer.finish();
}

BulkTable::BulkTable(const Connection& connection, std::string table)
    : connection_(connection), table_(std::move(table)) {
  auto triggers = connection_.prepare(
      fmt::format("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND name IN ({}) "
                  "ORDER BY name",
                  trigger_list(table_)));
  triggers.bind(1, table_);
  std::vector<std::string> names;
  while (triggers.step()) {
    names.push_back(triggers.text(0));
    triggers_.push_back(triggers.text(1));
  }
  triggers.reset();
  for (const auto& name : names)
    connection_.execute("DROP TRIGGER " + quoted_identifier(name));
}

void BulkTable::note(std::vector<std::int64_t>& fids, std::int64_t fid) {
  if (many_)
    return;
  fids.push_back(fid);
  if (added_.size() + removed_.size() <= kFewChanges)
    return;
  many_ = true;
  added_ = {};
  removed_ = {};
}

void BulkTable::inserted(std::int64_t fid) {
  note(added_, fid);
}

void BulkTable::remove_import(std::int64_t import_id) {
  {
    auto rows = connection_.prepare(
        fmt::format("SELECT fid FROM {} WHERE import_id = ? LIMIT {}", quoted_identifier(table_), kFewChanges + 1));
    rows.bind(1, import_id);
    while (rows.step())
      note(removed_, rows.integer(0));
  }
  connection_.prepare(fmt::format("DELETE FROM {} WHERE import_id = ?", quoted_identifier(table_)))
      .bind(1, import_id)
      .run();
}

void BulkTable::remove(std::int64_t fid) {
  connection_.prepare(fmt::format("DELETE FROM {} WHERE fid = ?", quoted_identifier(table_))).bind(1, fid).run();
  note(removed_, fid);
}

void BulkTable::finish() {
  const std::string index = quoted_identifier(index_of(table_));
  if (many_) {
    rebuild_spatial_index(connection_, table_);
  } else {
    auto remove = connection_.prepare(fmt::format("DELETE FROM {} WHERE pkid = ?", index));
    for (const auto fid : removed_)
      remove.bind(1, fid).run();
    // A row that was written, removed and written again has its number twice.
    std::ranges::sort(added_);
    added_.erase(std::unique(added_.begin(), added_.end()), added_.end());
    auto box =
        connection_.prepare(fmt::format("SELECT substr(geom, 1, 44) FROM {} WHERE fid = ?", quoted_identifier(table_)));
    auto insert =
        connection_.prepare(fmt::format("INSERT INTO {} (pkid, xmin, xmax, ymin, ymax) VALUES (?, ?, ?, ?, ?)", index));
    for (const auto fid : added_) {
      box.bind(1, fid);
      if (box.step())
        if (const auto found = read_box(box.bytes(0)))
          insert.bind(1, fid)
              .bind(2, found->west)
              .bind(3, found->east)
              .bind(4, found->south)
              .bind(5, found->north)
              .run();
      box.reset();
    }
  }
  for (const auto& sql : triggers_)
    connection_.execute(sql);
  note_time_of_change(connection_, table_);
}

}  // namespace relevo::planner
