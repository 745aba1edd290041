// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/boundaries.hpp"
#include "cli/report/map_layers.hpp"
#include "cli/report/page.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace relevo::cli {

/// What both maps of the report show, the drawn one and the one to move about in.
struct MapIncident {
  std::uint32_t index = 0;  ///< in the scenario's incidents, as the rows of the tables name it
  std::string name;
  geo::LonLat point;
  double area_ha = 0.0;
  std::string status;  ///< worst of its lines: "utf", "partial", "pending", "filled"; empty: no lines
  std::vector<std::string> facts;
  std::vector<Ring> perimeter;
  bool schematic = false;
  MapDays days;
};

struct MapBase {
  std::string name;
  geo::LonLat point;
  bool used = false;
  std::vector<std::string> facts;
};

struct MapRoute {
  std::string contingent;
  std::string title;
  std::vector<std::string> facts;
  bool commitment = false;
  struct Leg {
    Ring line;
    bool air = false;
  };
  std::vector<Leg> legs;
  MapDays days;
};

struct MapRing {
  std::string name;
  std::vector<std::string> facts;
  geo::Polygons area;
};

struct MapModel {
  Box box;    ///< the incidents, what is newly sent and what lies near; before the margin
  Box frame;  ///< what the drawn map shows
  Box world;  ///< where the map to move about in may go: all bases and routes
  Boundaries land;
  std::vector<std::string> beyond;  ///< bases in use that lie outside the frame
  std::vector<MapIncident> incidents;
  std::vector<MapBase> bases;
  std::vector<MapRoute> routes;
  // Of the assessment; all empty without one.
  std::vector<MapLayerView> layers;
  std::vector<MapRing> rings;
  std::vector<MapDayText> days;
};

MapModel map_model(const Page& page, const Boundaries& boundaries);

}  // namespace relevo::cli
