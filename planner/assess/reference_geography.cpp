// SPDX-License-Identifier: MIT
#include "geo/csv_reader.hpp"
#include "geo/geojson.hpp"
#include "geo/table_error.hpp"
#include "planner/assess/assess.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace relevo::planner {

namespace {

constexpr const char* kPlaces = "reference/places.csv";
constexpr const char* kTerritories = "reference/territories.csv";
constexpr const char* kBoundaries = "reference/boundaries.geojson";
constexpr const char* kRestore = "Restore the file as it was shipped.";

/// A table of ours, by the names of its columns.
class Columns {
 public:
  explicit Columns(const geo::Table& table) : table_(table) {}

  std::size_t of(std::string_view name) const {
    const auto found = std::ranges::find(table_.columns, name);
    if (found == table_.columns.end())
      throw geo::TableError({table_.file, 0, "table.column", std::string(name),
                             fmt::format("the column '{}' is missing", name), kRestore});
    return static_cast<std::size_t>(found - table_.columns.begin());
  }

 private:
  const geo::Table& table_;
};

template <class Number>
Number number_of(const geo::Table& table, const geo::TableRow& row, std::size_t column) {
  const std::string& text = row.cells[column];
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    throw geo::TableError({table.file, row.line, "table.number", text,
                           fmt::format("{}: '{}' is not a number", table.columns[column], text),
                           "Write digits with a decimal point."});
  return value;
}

std::vector<PlaceRecord> read_places(const std::filesystem::path& file) {
  const auto table = geo::read_csv(file, kPlaces);
  const Columns columns(table);
  const auto name = columns.of("name");
  const auto country = columns.of("country");
  const auto admin1 = columns.of("admin1");
  const auto lon = columns.of("lon");
  const auto lat = columns.of("lat");
  const auto population = columns.of("population");
  std::vector<PlaceRecord> places;
  places.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    const geo::LonLat point{number_of<double>(table, row, lon), number_of<double>(table, row, lat)};
    if (!geo::is_valid(point))
      throw geo::TableError({table.file, row.line, "table.coordinate", fmt::format("{} {}", point.lon, point.lat),
                             fmt::format("{} lies off the globe", row.cells[name]),
                             "Longitudes lie in -180..180, latitudes in -90..90."});
    places.push_back({row.cells[name], row.cells[country], row.cells[admin1], point,
                      number_of<std::int64_t>(table, row, population)});
  }
  return places;
}

std::map<std::string, geo::Polygons> read_territories(const std::filesystem::path& folder) {
  const auto areas = geo::read_areas_by_code(folder / "boundaries.geojson", kBoundaries);
  const auto table = geo::read_csv(folder / "territories.csv", kTerritories);
  const Columns columns(table);
  const auto agency = columns.of("agency_id");
  const auto area = columns.of("area");
  std::map<std::string, geo::Polygons> territories;
  for (const auto& row : table.rows) {
    const auto found = areas.find(row.cells[area]);
    if (found == areas.end())
      throw geo::TableError({table.file, row.line, "table.value", row.cells[area],
                             fmt::format("area: '{}' is no code of {}", row.cells[area], kBoundaries),
                             "Write a country's or an area's code."});
    auto& own = territories[row.cells[agency]];
    own.insert(own.end(), found->second.begin(), found->second.end());
  }
  return territories;
}

}  // namespace

ReferenceGeography load_reference_geography(const std::filesystem::path& data_dir, const geo::AirportIndex& airports) {
  const auto folder = data_dir / "reference";
  return {read_places(folder / "places.csv"), read_territories(folder), airports};
}

}  // namespace relevo::planner
