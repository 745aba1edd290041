// SPDX-License-Identifier: MIT
#pragma once

#include "geo/geodesic.hpp"
#include "geo/lon_lat.hpp"
#include "geo/table.hpp"
#include "geo/units.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::geo {

/// As OurAirports grades them: large has scheduled long-haul traffic, medium regional traffic.
enum class AirportSize { Small, Medium, Large };

struct Airport {
  std::string ident;  ///< ICAO code, or the national one where there is none
  std::string name;
  std::string country;  ///< ISO 3166 alpha-2
  LonLat point;
  int runway_m = 0;  ///< longest usable runway
  AirportSize size = AirportSize::Small;

  friend bool operator==(const Airport&, const Airport&) = default;
};

/// Which airports a search considers.
struct AirportFilter {
  int runway_m = 0;                           ///< at least this long
  AirportSize smallest = AirportSize::Small;  ///< this size or larger
  std::string country;                        ///< only there; empty: anywhere
  bool accepts(const Airport& airport) const noexcept {
    return airport.runway_m >= runway_m && airport.size >= smallest && (country.empty() || airport.country == country);
  }
};

struct NearAirport {
  const Airport* airport = nullptr;  ///< owned by the index, never null
  Distance distance;                 ///< ellipsoidal
};

/// Airports by code and by place. Immutable; may be read from several threads.
class AirportIndex {
 public:
  /// Throws std::invalid_argument naming the ident of an airport that has none, has it twice or lies off the globe.
  explicit AirportIndex(std::vector<Airport> airports);
  ~AirportIndex();
  AirportIndex(AirportIndex&&) noexcept;
  AirportIndex& operator=(AirportIndex&&) noexcept;

  /// Reads a table with at least the columns ident, name, country, lon, lat, size (small, medium, large) and runway_m
  /// (metres). Throws TableError with file, line, rule and remedy: table.column, table.number, table.value,
  /// table.coordinate, table.duplicate, and those of read_csv.
  static AirportIndex load(const std::filesystem::path& file, const std::string& shown_name);

  /// All airports, ascending by ident.
  std::span<const Airport> all() const noexcept;

  /// unit_vector() of each of all(), in the same order.
  std::span<const UnitVector> directions() const noexcept;

  /// nullptr: not in the table. Codes are compared as written.
  const Airport* find(std::string_view ident) const noexcept;

  /// The `count` nearest accepted airports, ascending by (distance, ident); fewer where there are fewer.
  std::vector<NearAirport> nearest(const LonLat& point, std::size_t count, const AirportFilter& filter = {}) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace relevo::geo
