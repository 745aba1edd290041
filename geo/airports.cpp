// SPDX-License-Identifier: MIT
#include "geo/airports.hpp"

#include "geo/csv_reader.hpp"
#include "geo/table_error.hpp"

#include <boost/geometry/geometries/point.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <boost/geometry/strategies/strategies.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <tuple>
#include <utility>

namespace relevo::geo {

namespace {

namespace bg = boost::geometry;

/// Nearest by chord between unit vectors is nearest on the sphere, with no special case at the poles or at longitude
/// 180.
using Direction = bg::model::point<double, 3, bg::cs::cartesian>;
using Entry = std::pair<Direction, std::uint32_t>;
using AirportTree = bg::index::rtree<Entry, bg::index::rstar<16>>;

Direction as_direction(const UnitVector& v) {
  return {v.x, v.y, v.z};
}

bool is_nearer_airport(const NearAirport& a, const NearAirport& b) {
  return std::tie(a.distance, a.airport->ident) < std::tie(b.distance, b.airport->ident);
}

void require_distinct_and_valid(const std::vector<Airport>& sorted) {
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (sorted[i].ident.empty()) {
      throw std::invalid_argument(fmt::format("an airport named '{}' has no ident", sorted[i].name));
    }
    if (i > 0 && sorted[i].ident == sorted[i - 1].ident) {
      throw std::invalid_argument(fmt::format("the airport {} is listed twice", sorted[i].ident));
    }
    if (!is_valid(sorted[i].point)) {
      throw std::invalid_argument(
          fmt::format("the airport {} lies at ({}, {})", sorted[i].ident, sorted[i].point.lon, sorted[i].point.lat));
    }
  }
}

/// Positions of the columns used, by name.
struct Columns {
  std::size_t ident, name, country, lon, lat, size, runway_m;
};

class AirportTable {
 public:
  explicit AirportTable(Table table) : table_(std::move(table)) {
    columns_ = {column("ident"), column("name"), column("country"), column("lon"),
                column("lat"),   column("size"), column("runway_m")};
  }

  std::vector<Airport> airports() const {
    std::vector<Airport> made;
    made.reserve(table_.rows.size());
    for (const TableRow& row : table_.rows)
      made.push_back(airport(row));
    refuse_duplicates(made);
    return made;
  }

 private:
  std::size_t column(std::string_view name) const {
    const auto found = std::find(table_.columns.begin(), table_.columns.end(), name);
    if (found == table_.columns.end()) {
      throw TableError({table_.file, 0, "table.column", std::string(name),
                        fmt::format("the column '{}' is missing", name), "Add it to the header line."});
    }
    return static_cast<std::size_t>(found - table_.columns.begin());
  }

  [[noreturn]] void refuse(const TableRow& row, const char* rule, const std::string& value, std::string reason,
                           std::string remedy) const {
    throw TableError({table_.file, row.line, rule, value, std::move(reason), std::move(remedy)});
  }

  template <class Number>
  Number number(const TableRow& row, std::size_t column_index) const {
    const std::string& text = row.cells[column_index];
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
      refuse(row, "table.number", text, fmt::format("{}: '{}' is not a number", table_.columns[column_index], text),
             "Write digits with a decimal point.");
    }
    return value;
  }

  AirportSize size(const TableRow& row) const {
    const std::string& text = row.cells[columns_.size];
    if (text == "large")
      return AirportSize::Large;
    if (text == "medium")
      return AirportSize::Medium;
    if (text != "small") {
      refuse(row, "table.value", text, fmt::format("size: '{}' is unknown", text), "Write small, medium or large.");
    }
    return AirportSize::Small;
  }

  Airport airport(const TableRow& row) const {
    Airport made{.ident = row.cells[columns_.ident],
                 .name = row.cells[columns_.name],
                 .country = row.cells[columns_.country],
                 .point = {number<double>(row, columns_.lon), number<double>(row, columns_.lat)},
                 .runway_m = number<int>(row, columns_.runway_m),
                 .size = size(row)};
    if (made.ident.empty())
      refuse(row, "table.value", "", "ident is empty", "Give every airport its code.");
    if (!is_valid(made.point)) {
      refuse(row, "table.coordinate", fmt::format("{} {}", made.point.lon, made.point.lat),
             fmt::format("the airport {} lies at longitude {} and latitude {}", made.ident, made.point.lon,
                         made.point.lat),
             "Longitudes lie in -180..180, latitudes in -90..90.");
    }
    return made;
  }

  void refuse_duplicates(const std::vector<Airport>& airports) const {
    std::vector<std::pair<std::string_view, std::size_t>> idents;
    idents.reserve(airports.size());
    for (std::size_t i = 0; i < airports.size(); ++i)
      idents.emplace_back(airports[i].ident, i);
    std::sort(idents.begin(), idents.end());
    for (std::size_t i = 1; i < idents.size(); ++i) {
      if (idents[i].first != idents[i - 1].first)
        continue;
      refuse(table_.rows[idents[i].second], "table.duplicate", std::string(idents[i].first),
             fmt::format("the airport {} stands on line {} already", idents[i].first,
                         table_.rows[idents[i - 1].second].line),
             "Keep one of the two.");
    }
  }

  Table table_;
  Columns columns_{};
};

}  // namespace

struct AirportIndex::Impl {
  std::vector<Airport> airports;  ///< ascending by ident
  std::vector<UnitVector> directions;
  AirportTree tree;
};

AirportIndex::AirportIndex(std::vector<Airport> airports) {
  std::sort(airports.begin(), airports.end(), [](const Airport& a, const Airport& b) { return a.ident < b.ident; });
  require_distinct_and_valid(airports);
  std::vector<UnitVector> directions;
  std::vector<Entry> entries;
  for (const Airport& airport : airports) {
    directions.push_back(unit_vector(airport.point));
    entries.emplace_back(as_direction(directions.back()), static_cast<std::uint32_t>(entries.size()));
  }
  impl_ = std::make_unique<const Impl>(Impl{std::move(airports), std::move(directions), AirportTree(entries)});
}

AirportIndex::~AirportIndex() = default;
AirportIndex::AirportIndex(AirportIndex&&) noexcept = default;
AirportIndex& AirportIndex::operator=(AirportIndex&&) noexcept = default;

AirportIndex AirportIndex::load(const std::filesystem::path& file, const std::string& shown_name) {
  return AirportIndex(AirportTable(read_csv(file, shown_name)).airports());
}

std::span<const Airport> AirportIndex::all() const noexcept {
  return impl_->airports;
}

std::span<const UnitVector> AirportIndex::directions() const noexcept {
  return impl_->directions;
}

const Airport* AirportIndex::find(std::string_view ident) const noexcept {
  const auto found =
      std::lower_bound(impl_->airports.begin(), impl_->airports.end(), ident,
                       [](const Airport& airport, std::string_view code) { return airport.ident < code; });
  return found != impl_->airports.end() && found->ident == ident ? &*found : nullptr;
}

/// The tree yields airports by spherical distance; they are put in the order of the ellipsoid. The search ends when
/// even a spherical distance that is too long by its largest error is beyond the last one kept.
std::vector<NearAirport> AirportIndex::nearest(const LonLat& point, std::size_t count,
                                               const AirportFilter& filter) const {
  std::vector<NearAirport> kept;
  if (count == 0 || impl_->airports.empty())
    return kept;
  const UnitVector direction = unit_vector(point);
  const auto query = bg::index::nearest(as_direction(direction), static_cast<unsigned>(impl_->airports.size()));
  for (auto entry = impl_->tree.qbegin(query); entry != impl_->tree.qend(); ++entry) {
    const Airport& airport = impl_->airports[entry->second];
    const double at_least_km = sphere_km(direction, impl_->directions[entry->second]) * (1.0 - kSphereError);
    if (kept.size() == count && at_least_km > kept.back().distance.kilometres())
      break;
    if (!filter.accepts(airport))
      continue;
    const NearAirport candidate{&airport, distance_between(point, airport.point)};
    kept.insert(std::upper_bound(kept.begin(), kept.end(), candidate, is_nearer_airport), candidate);
    if (kept.size() > count)
      kept.pop_back();
  }
  return kept;
}

}  // namespace relevo::geo
