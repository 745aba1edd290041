// SPDX-License-Identifier: MIT
#include "planner/store/layer_styles.hpp"

#include <fmt/format.h>

#include <array>
#include <string>

namespace relevo::planner {

namespace {

enum class Sort { Marker, Line, Fill };

/// One symbol for a table. Colours as hexadecimal RRGGBB, `alpha` of the fill 0..255, sizes in millimetres.
struct Style {
  const char* table;
  Sort sort;
  const char* fill;
  int alpha;
  const char* stroke;
  double size;  ///< of a marker, else width of the line
};

// Colours as on the report's map: fires in reds, other hazards in violets and blues, what has been judged in dark.
constexpr std::array<Style, 10> kStyles{{
    {"detections", Sort::Marker, "f03b20", 200, "7f0000", 1.6},
    {"perimeters", Sort::Fill, "d7301f", 70, "b30000", 0.5},
    {"fires", Sort::Marker, "fc8d59", 255, "7f0000", 3.2},
    {"places", Sort::Marker, "525252", 255, "ffffff", 1.8},
    {"hazard_points", Sort::Marker, "6a51a3", 220, "3f007d", 2.6},
    {"hazard_lines", Sort::Line, "6a51a3", 255, "6a51a3", 0.6},
    {"hazard_areas", Sort::Fill, "807dba", 60, "54278f", 0.4},
    {"rasters", Sort::Fill, "ffffff", 0, "636363", 0.4},
    {"assessed_incidents", Sort::Marker, "252525", 255, "ffd92f", 4.2},
    {"detection_clusters", Sort::Fill, "feb24c", 70, "bd0026", 0.5},
}};

constexpr const char* kStyleName = "Relevo";

struct Rgb {
  unsigned red;
  unsigned green;
  unsigned blue;
};

Rgb rgb_of(const char* hex) {
  const auto value = static_cast<unsigned>(std::stoul(hex, nullptr, 16));
  return {value >> 16U, (value >> 8U) & 0xffU, value & 0xffU};
}

std::string qgis_colour(const char* hex, int alpha) {
  const auto c = rgb_of(hex);
  return fmt::format("{},{},{},{}", c.red, c.green, c.blue, alpha);
}

std::string option(const char* name, const std::string& value) {
  return fmt::format(R"(<Option name="{}" type="QString" value="{}"/>)", name, value);
}

std::string qml_layer(const Style& style) {
  const auto stroke = qgis_colour(style.stroke, 255);
  const auto size = fmt::format("{}", style.size);
  switch (style.sort) {
    case Sort::Marker:
      return R"(<layer class="SimpleMarker" enabled="1" pass="0" locked="0"><Option type="Map">)" +
             option("name", "circle") + option("color", qgis_colour(style.fill, style.alpha)) +
             option("outline_color", stroke) + option("outline_width", "0.2") + option("outline_style", "solid") +
             option("size", size) + option("size_unit", "MM") + "</Option></layer>";
    case Sort::Line:
      return R"(<layer class="SimpleLine" enabled="1" pass="0" locked="0"><Option type="Map">)" +
             option("line_color", stroke) + option("line_width", size) + option("line_width_unit", "MM") +
             option("line_style", "solid") + "</Option></layer>";
    case Sort::Fill:
      break;
  }
  return R"(<layer class="SimpleFill" enabled="1" pass="0" locked="0"><Option type="Map">)" +
         option("color", qgis_colour(style.fill, style.alpha)) + option("style", style.alpha == 0 ? "no" : "solid") +
         option("outline_color", stroke) + option("outline_width", size) + option("outline_width_unit", "MM") +
         option("outline_style", "solid") + "</Option></layer>";
}

std::string qml_of(const Style& style) {
  constexpr std::array<const char*, 3> kTypes{"marker", "line", "fill"};
  constexpr std::array<int, 3> kGeometries{0, 1, 2};
  const auto sort = static_cast<std::size_t>(style.sort);
  return fmt::format(
      "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22\" "
      "styleCategories=\"Symbology\">\n<renderer-v2 type=\"singleSymbol\" forceraster=\"0\" symbollevels=\"0\" "
      "enableorderby=\"0\">\n<symbols><symbol type=\"{}\" name=\"0\" alpha=\"1\" clip_to_extent=\"1\" "
      "force_rhr=\"0\">{}</symbol></symbols>\n</renderer-v2>\n<layerGeometryType>{}</layerGeometryType>\n</qgis>\n",
      kTypes[sort], qml_layer(style), kGeometries[sort]);
}

std::string sld_fill(const Style& style) {
  return fmt::format(
      "<sld:Fill><sld:CssParameter name=\"fill\">#{}</sld:CssParameter><sld:CssParameter "
      "name=\"fill-opacity\">{:.2f}</sld:CssParameter></sld:Fill>",
      style.fill, style.alpha / 255.0);
}

std::string sld_stroke(const Style& style, double millimetres) {
  // SLD measures in pixels of 0.28 mm.
  return fmt::format(
      "<sld:Stroke><sld:CssParameter name=\"stroke\">#{}</sld:CssParameter><sld:CssParameter "
      "name=\"stroke-width\">{:.1f}</sld:CssParameter></sld:Stroke>",
      style.stroke, millimetres / 0.28);
}

std::string sld_symbolizer(const Style& style) {
  switch (style.sort) {
    case Sort::Marker:
      return fmt::format(
          "<sld:PointSymbolizer><sld:Graphic><sld:Mark><sld:WellKnownName>circle</sld:WellKnownName>{}{}</sld:Mark>"
          "<sld:Size>{:.1f}</sld:Size></sld:Graphic></sld:PointSymbolizer>",
          sld_fill(style), sld_stroke(style, 0.2), style.size / 0.28);
    case Sort::Line:
      return "<sld:LineSymbolizer>" + sld_stroke(style, style.size) + "</sld:LineSymbolizer>";
    case Sort::Fill:
      break;
  }
  return "<sld:PolygonSymbolizer>" + sld_fill(style) + sld_stroke(style, style.size) + "</sld:PolygonSymbolizer>";
}

std::string sld_of(const Style& style) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sld:StyledLayerDescriptor version=\"1.0.0\" "
      "xmlns:sld=\"http://www.opengis.net/sld\"><sld:NamedLayer><sld:Name>{0}</sld:Name><sld:UserStyle><sld:Name>{0}"
      "</sld:Name><sld:FeatureTypeStyle><sld:Rule>{1}</sld:Rule></sld:FeatureTypeStyle></sld:UserStyle>"
      "</sld:NamedLayer></sld:StyledLayerDescriptor>\n",
      style.table, sld_symbolizer(style));
}

}  // namespace

void write_layer_styles(const Connection& connection) {
  auto remove = connection.prepare("DELETE FROM layer_styles WHERE f_table_name = ? AND styleName = ? AND owner = ?");
  // QGIS asks for an empty catalogue and schema, not for none.
  auto insert = connection.prepare(
      "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
      "styleQML, "
      "styleSLD, useAsDefault, description, owner) VALUES ('', '', ?1, 'geom', ?2, ?3, ?4, NOT EXISTS (SELECT 1 FROM "
      "layer_styles WHERE f_table_name = ?1 AND useAsDefault), 'Made by Relevo', ?5)");
  for (const auto& style : kStyles) {
    remove.bind(1, style.table).bind(2, kStyleName).bind(3, "relevo").run();
    const auto qml = qml_of(style);
    const auto sld = sld_of(style);
    insert.bind(1, style.table).bind(2, kStyleName).bind(3, qml).bind(4, sld).bind(5, "relevo").run();
  }
}

}  // namespace relevo::planner
