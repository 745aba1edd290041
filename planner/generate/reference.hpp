// SPDX-License-Identifier: MIT
#pragma once

#include "planner/generate/fixed_point.hpp"
#include "planner/generate/statistics.hpp"
#include "planner/model/kind.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace relevo::planner::generate {

/// An airport of data/reference/airports.csv; places as the table writes them.
struct Field {
  std::string ident;
  std::string name;
  std::string lon;
  std::string lat;
  Spot spot;
  bool takes_charters = false;  ///< medium or large, with a runway of 1,500 m
};

/// An agency of a season and the land it answers for.
struct Territory {
  Region region;
  Spot seat;
  std::vector<Field> fields;    ///< airports within, by ident
  std::vector<SpotRing> rings;  ///< of its areas

  std::string country() const { return std::string(region.agency.substr(0, 2)); }
};

/// What seasons take from data/reference.
struct Reference {
  KindCatalogue kinds;
  std::vector<Territory> territories;  ///< of the first agencies of regions()
};

/// \throws InputError when a table is missing or not what it was
Reference read_reference(const std::filesystem::path& data_dir, int agencies);

}  // namespace relevo::planner::generate
