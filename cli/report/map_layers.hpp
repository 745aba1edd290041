// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/map_frame.hpp"
#include "cli/report/page.hpp"
#include "geo/shape.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relevo::cli {

struct MapModel;

/// The days on which a thing of the map is shown, both inclusive; an open end has no value. Undated: both open.
struct MapDays {
  std::optional<planner::Day> first;
  std::optional<planner::Day> last;
};

struct MapShape {
  geo::Shape shape;  ///< simplified to what the drawn map can show
  std::string label;
  std::vector<std::string> facts;
  double strength = 0.0;
  MapDays days;
};

/// A layer of the assessment as both maps show it.
struct MapLayerView {
  std::string id;     ///< "layer-0"
  std::string theme;  ///< theme_id()
  std::string name;
  std::string note;  ///< how many of how many are shown, and as of when
  std::vector<MapShape> shapes;
};

/// The days of the slider, with what it says of each.
struct MapDayText {
  planner::Day day;
  std::string text;
};

/// Layers, with the days on which their features hold: detections, smoke and cyclone points on their day, perimeters
/// and reports of a fire until the next one of the same label, alerts while they are in force, what has no date always.
/// `tolerance` in degrees: what simplification may move.
std::vector<MapLayerView> map_layer_views(const Page& page, double tolerance);

/// From the first dated feature or departure, at most 60 days before the horizon, to the last planning day.
std::vector<MapDayText> map_days(const Page& page);

void draw_layers(Page& page, const MapModel& model, const MapFrame& frame);
void draw_rings(Page& page, const MapModel& model, const MapFrame& frame);
/// For the map to move about in: keys "layers", "rings" and "days".
void add_layers_json(nlohmann::ordered_json& map, const MapModel& model);
/// First and last day as places on the slider, null for an open end.
nlohmann::ordered_json span_json(const MapModel& model, const MapDays& days);
/// Switches and slider; hidden until the script takes them over.
void write_map_controls(Page& page, const MapModel& model);
void write_layer_legend(Page& page, const MapModel& model);

}  // namespace relevo::cli
