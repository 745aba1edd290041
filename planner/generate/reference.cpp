// SPDX-License-Identifier: MIT
#include "planner/generate/reference.hpp"

#include "geo/geojson.hpp"
#include "geo/table_error.hpp"
#include "planner/model/diagnostics.hpp"
#include "planner/model/load_kinds.hpp"
#include "planner/model/scenario_source.hpp"
#include "planner/model/table_schema.hpp"
#include "planner/model/text_file.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace relevo::planner::generate {

namespace {

namespace fs = std::filesystem;

constexpr int kCharterRunway = 1500;  // metres, as travel.passenger_runway_m
/// Where the two areas that share California meet: 37 degrees north (assumed).
constexpr std::int32_t kMiddleOfCalifornia = 3700000;

/// Reads the tables of data/reference; whatever is wrong ends in one InputError.
class ReferenceReader {
 public:
  explicit ReferenceReader(fs::path data_dir) : data_dir_(std::move(data_dir)) {}

  Reference read(int agencies) {
    Reference reference;
    const std::string kinds = "reference/kinds.toml";
    if (const auto text = read_text_file(data_dir_ / kinds, kinds, diagnostics_))
      reference.kinds = read_kinds(*text, kinds, diagnostics_);
    for (const auto& region : regions().first(static_cast<std::size_t>(agencies)))
      reference.territories.push_back({.region = region});
    read_seats(reference.territories);
    const auto areas = read_areas();
    read_fields(reference.territories, areas);
    read_rings(reference.territories, areas);
    for (const auto& territory : reference.territories)
      if (!diagnostics_.has_errors() && (territory.fields.empty() || territory.rings.empty()))
        fault("reference/territories.csv", std::string(territory.region.agency), "an agency has no airport or no area");
    stop_if_faulty();
    return reference;
  }

 private:
  using Areas = std::map<std::string, std::vector<std::string>>;  // by agency

  void stop_if_faulty() {
    if (diagnostics_.has_errors())
      throw InputError(std::move(diagnostics_));
  }

  void fault(const std::string& file, const std::string& value, const std::string& reason) {
    auto d = make_diagnostic(Severity::Error, {file, 0, ""}, value, "table.problem",
                             {{"reason", reason}, {"advice", "Restore the file as it was shipped."}});
    diagnostics_.add(std::move(d));
  }

  /// Calls `take` with the cells of each row, in the order of `columns`.
  template <class Take>
  void each_row(const std::string& file, const std::vector<std::string>& columns, Take take) {
    const auto read = read_table_file(data_dir_ / file, file, "", {}, diagnostics_);
    stop_if_faulty();
    std::vector<std::size_t> positions;
    for (const auto& column : columns) {
      const auto found = std::ranges::find(read->table.columns, column);
      if (found == read->table.columns.end())
        fault(file, column, "a column is missing");
      positions.push_back(static_cast<std::size_t>(found - read->table.columns.begin()));
    }
    stop_if_faulty();
    for (const auto& row : read->table.rows) {
      std::vector<std::string> cells;
      cells.reserve(positions.size());
      for (const auto position : positions)
        cells.push_back(row.cells[position]);
      take(cells);
    }
  }

  Spot spot_at(const std::string& file, const std::string& lon, const std::string& lat) {
    const auto x = parse_number(lon);
    const auto y = parse_number(lat);
    if (!x || !y)
      fault(file, lon + " " + lat, "a coordinate is no number");
    stop_if_faulty();
    return spot_of(*x, *y);
  }

  void read_seats(std::vector<Territory>& territories) {
    const std::string file = "reference/agencies.csv";
    std::map<std::string, Spot> seats;
    each_row(file, {"agency_id", "lon", "lat"},
             [&](const auto& cells) { seats[cells[0]] = spot_at(file, cells[1], cells[2]); });
    for (auto& territory : territories) {
      const auto found = seats.find(std::string(territory.region.agency));
      if (found == seats.end())
        fault(file, std::string(territory.region.agency), "an agency is missing");
      else
        territory.seat = found->second;
    }
    stop_if_faulty();
  }

  Areas read_areas() {
    Areas areas;
    each_row("reference/territories.csv", {"agency_id", "area"}, [&](const auto& cells) {
      // Hawaii is out of the reach of everybody who drives, and of most who fly themselves.
      if (cells[1] != "US-HI")
        areas[cells[0]].push_back(cells[1]);
    });
    return areas;
  }

  static bool is_in_share(const Territory& territory, Spot spot) {
    if (territory.region.agency == "US-ONCC")
      return spot.lat >= kMiddleOfCalifornia;
    if (territory.region.agency == "US-OSCC")
      return spot.lat < kMiddleOfCalifornia;
    return true;
  }

  void read_fields(std::vector<Territory>& territories, const Areas& areas) {
    const std::string file = "reference/airports.csv";
    std::map<std::string, std::vector<Territory*>> by_area;
    for (auto& territory : territories)
      if (const auto found = areas.find(std::string(territory.region.agency)); found != areas.end())
        for (const auto& area : found->second)
          by_area[area].push_back(&territory);
    each_row(file, {"ident", "name", "country", "region", "lon", "lat", "size", "runway_m"}, [&](const auto& cells) {
      const auto runway = parse_integer(cells[7]);
      for (const auto& area : {cells[2], cells[3]}) {
        const auto found = by_area.find(area);
        if (found == by_area.end())
          continue;
        Field field{cells[0], cells[1], cells[4], cells[5], spot_at(file, cells[4], cells[5]), false};
        field.takes_charters = cells[6] != "small" && runway && *runway >= kCharterRunway;
        for (auto* territory : found->second)
          if (is_in_share(*territory, field.spot))
            territory->fields.push_back(field);
      }
    });
    for (auto& territory : territories)
      std::ranges::sort(territory.fields, {}, &Field::ident);
  }

  static SpotRing ring_of(const geo::Ring& vertices) {
    SpotRing ring;
    for (const auto& vertex : vertices)
      ring.push_back(spot_of(vertex.lon, vertex.lat));
    if (ring.size() > 1 && ring.front() == ring.back())
      ring.pop_back();
    return ring;
  }

  void read_rings(std::vector<Territory>& territories, const Areas& areas) {
    const std::string file = "reference/boundaries.geojson";
    try {
      auto surfaces = geo::read_areas_by_code(data_dir_ / file, file);
      for (auto& territory : territories) {
        const auto found = areas.find(std::string(territory.region.agency));
        if (found == areas.end())
          continue;
        for (const auto& area : found->second) {
          for (const auto& polygon : surfaces[area]) {
            territory.rings.push_back(ring_of(polygon.outer));
            for (const auto& hole : polygon.holes)
              territory.rings.push_back(ring_of(hole));
          }
        }
      }
    } catch (const geo::TableError& error) {
      fault(file, "", error.problem().reason);
    }
  }

  fs::path data_dir_;
  Diagnostics diagnostics_;
};

}  // namespace

Reference read_reference(const fs::path& data_dir, int agencies) {
  return ReferenceReader(data_dir).read(agencies);
}

}  // namespace relevo::planner::generate
