// SPDX-License-Identifier: MIT
#include "planner/model/load_context.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace relevo::planner::detail {

namespace {

using Json = nlohmann::json;

bool is_position(const Json& json) {
  if (!json.is_array() || json.size() < 2 || json.size() > 3)
    return false;
  for (const auto& number : json)
    if (!number.is_number())
      return false;
  return geo::is_valid({json[0].get<double>(), json[1].get<double>()});
}

/// Positions nested `depth` arrays deep: 1 a line, 2 a polygon, 3 a multipolygon.
bool is_nest_of_positions(const Json& json, int depth) {
  if (depth == 0)
    return is_position(json);
  if (!json.is_array() || json.empty())
    return false;
  for (const auto& part : json)
    if (!is_nest_of_positions(part, depth - 1))
      return false;
  return true;
}

bool is_surface(const Json& geometry) {
  if (!geometry.is_object() || !geometry.contains("coordinates"))
    return false;
  const auto type = geometry.value("type", Json());
  const auto& coordinates = geometry["coordinates"];
  return (type == "Polygon" && is_nest_of_positions(coordinates, 2)) ||
         (type == "MultiPolygon" && is_nest_of_positions(coordinates, 3));
}

Json surface_of(const Json& geometry) {
  return {{"type", geometry["type"]}, {"coordinates", geometry["coordinates"]}};
}

class PerimeterReader {
 public:
  PerimeterReader(std::string shown_name, LoadContext& context)
      : shown_name_(std::move(shown_name)), context_(context) {}

  void read(const Json& document) {
    if (!document.is_object() || !document.contains("features") || !document["features"].is_array()) {
      report(0, "features", "", "perimeters.collection");
      return;
    }
    std::size_t number = 0;
    for (const auto& feature : document["features"])
      read_feature(feature, ++number);
  }

 private:
  void report(std::size_t number, const std::string& column, std::string_view value, const std::string& rule) {
    context_.diagnostics.add(make_diagnostic(Severity::Error, {shown_name_, number, column}, value, rule));
  }

  void read_feature(const Json& feature, std::size_t number) {
    const Json properties = feature.is_object() ? feature.value("properties", Json::object()) : Json::object();
    const Json id = properties.is_object() ? properties.value("incident_id", Json()) : Json();
    if (!id.is_string()) {
      report(number, "incident_id", "", "perimeters.incident_id");
      return;
    }
    const Json geometry = feature.value("geometry", Json());
    if (!is_surface(geometry)) {
      report(number, "geometry", id.get<std::string>(), "perimeters.geometry");
      return;
    }
    attach(id.get<std::string>(), geometry, properties.value("schematic", Json(false)) == true, number);
  }

  void attach(const std::string& id, const Json& geometry, bool schematic, std::size_t number) {
    if (const auto index = context_.incidents.find(id)) {
      auto& incident = context_.data.incidents[*index];
      if (!incident.geometry.empty())
        report(number, "incident_id", id, "perimeters.twice");
      incident.geometry = surface_of(geometry).dump();
      incident.schematic = schematic;
      return;
    }
    if (context_.incidents.knows(id) || context_.incidents.unreadable)
      return;
    context_.diagnostics.add(
        make_diagnostic_with_suggestion(Severity::Error, {shown_name_, number, "incident_id"}, id, "table.reference",
                                        closest_word(id, context_.incidents.ids()), {{"table", "incidents"}}));
  }

  std::string shown_name_;
  LoadContext& context_;
};

}  // namespace

void load_perimeters(const std::string& text, const std::string& shown_name, LoadContext& context) {
  const auto document = Json::parse(text, nullptr, false);
  if (document.is_discarded()) {
    context.diagnostics.add(make_diagnostic(Severity::Error, {shown_name, 0, ""}, "", "perimeters.json"));
    return;
  }
  PerimeterReader(shown_name, context).read(document);
}

}  // namespace relevo::planner::detail
