// SPDX-License-Identifier: MIT
#include "cli/gpkg/layer_style.hpp"

#include "cli/report/html_writer.hpp"

#include <fmt/format.h>

namespace relevo::cli {

namespace {

// SLD counts in pixels of 0.28 mm.
constexpr double kPixelMm = 0.28;

std::string xml(std::string_view text) {
  return escape_html(text);
}

std::string rgba(const Colour& colour) {
  return fmt::format("{},{},{},{:.0f}", colour.red, colour.green, colour.blue, colour.opacity * 255.0);
}

std::string hex(const Colour& colour) {
  return fmt::format("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue);
}

std::string option(std::string_view name, std::string_view value) {
  return fmt::format(R"(<Option type="QString" name="{}" value="{}"/>)", name, xml(value));
}

std::string_view qgis_kind(Symbol::Kind kind) {
  switch (kind) {
    case Symbol::Kind::Marker:
      return "marker";
    case Symbol::Kind::Line:
      return "line";
    case Symbol::Kind::Fill:
      return "fill";
  }
  return "marker";
}

std::string marker_options(const Symbol& symbol) {
  return option("name", symbol.shape) + option("color", rgba(symbol.fill)) +
         option("outline_color", rgba(symbol.stroke)) + option("outline_style", "solid") +
         option("outline_width", fmt::format("{}", symbol.stroke_mm)) + option("outline_width_unit", "MM") +
         option("size", fmt::format("{}", symbol.size_mm)) + option("size_unit", "MM");
}

std::string line_options(const Symbol& symbol) {
  return option("line_color", rgba(symbol.stroke)) + option("line_style", symbol.dashed ? "dash" : "solid") +
         option("line_width", fmt::format("{}", symbol.stroke_mm)) + option("line_width_unit", "MM") +
         option("capstyle", "round") + option("joinstyle", "round");
}

std::string fill_options(const Symbol& symbol) {
  return option("color", rgba(symbol.fill)) + option("style", symbol.fill.opacity > 0.0 ? "solid" : "no") +
         option("outline_color", rgba(symbol.stroke)) + option("outline_style", symbol.dashed ? "dash" : "solid") +
         option("outline_width", fmt::format("{}", symbol.stroke_mm)) + option("outline_width_unit", "MM");
}

std::string qgis_symbol(const Symbol& symbol, std::size_t number) {
  const std::string_view layer = symbol.kind == Symbol::Kind::Marker ? "SimpleMarker"
                                 : symbol.kind == Symbol::Kind::Line ? "SimpleLine"
                                                                     : "SimpleFill";
  const std::string options = symbol.kind == Symbol::Kind::Marker ? marker_options(symbol)
                              : symbol.kind == Symbol::Kind::Line ? line_options(symbol)
                                                                  : fill_options(symbol);
  return fmt::format(
      "<symbol type=\"{}\" name=\"{}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\"><layer class=\"{}\" "
      "enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">{}</Option></layer></symbol>\n",
      qgis_kind(symbol.kind), number, layer, options);
}

std::string qgis_renderer(const LayerStyle& style) {
  std::string symbols;
  std::string categories;
  for (std::size_t i = 0; i < style.categories.size(); ++i) {
    const auto& category = style.categories[i];
    symbols += qgis_symbol(category.symbol, i);
    categories += fmt::format("<category symbol=\"{}\" value=\"{}\" label=\"{}\" render=\"true\"/>\n", i,
                              xml(category.value), xml(category.label));
  }
  if (style.column.empty()) {
    return fmt::format(
        "<renderer-v2 type=\"singleSymbol\" enableorderby=\"0\" forceraster=\"0\" symbollevels=\"0\">"
        "<symbols>\n{}</symbols></renderer-v2>\n",
        symbols);
  }
  return fmt::format(
      "<renderer-v2 type=\"categorizedSymbol\" attr=\"{}\" enableorderby=\"0\" forceraster=\"0\" "
      "symbollevels=\"0\"><categories>\n{}</categories><symbols>\n{}</symbols></renderer-v2>\n",
      xml(style.column), categories, symbols);
}

std::string qgis_labels(const LayerStyle& style) {
  if (style.label_column.empty()) {
    return {};
  }
  return fmt::format(
      "<labeling type=\"simple\"><settings><text-style fieldName=\"{}\" isExpression=\"0\" fontSize=\"8.5\" "
      "fontSizeUnit=\"Point\" fontFamily=\"Sans\" fontWeight=\"50\" textColor=\"27,31,35,255\" textOpacity=\"1\">"
      "<text-buffer bufferDraw=\"1\" bufferSize=\"0.8\" bufferSizeUnits=\"MM\" bufferColor=\"255,255,255,255\" "
      "bufferOpacity=\"1\"/></text-style><placement placement=\"{}\" dist=\"1\" distUnits=\"MM\"/>"
      "<rendering displayAll=\"0\" drawLabels=\"1\" obstacle=\"1\"/></settings></labeling>\n",
      xml(style.label_column), style.categories.front().symbol.kind == Symbol::Kind::Marker ? 6 : 1);
}

// Mode 1: an instant in one field; mode 2: from one field to another. QGIS 3.22 compares a DATE as text with a time and
// is a day off, so the fields are times; with a duration of a day it would show two days.
std::string qgis_temporal(const LayerStyle& style) {
  if (style.time_column.empty()) {
    return {};
  }
  return fmt::format(
      "<temporal enabled=\"1\" mode=\"{}\" startField=\"{}\" endField=\"{}\" fixedDuration=\"0\" "
      "durationField=\"\" durationUnit=\"d\" startExpression=\"\" endExpression=\"\" "
      "accumulate=\"0\" limitMode=\"1\"><fixedRange><start></start><end></end></fixedRange></temporal>\n",
      style.end_column.empty() ? 1 : 2, xml(style.time_column), xml(style.end_column));
}

std::string sld_parameter(std::string_view name, std::string_view value) {
  return fmt::format("<se:SvgParameter name=\"{}\">{}</se:SvgParameter>", name, xml(value));
}

std::string sld_stroke(const Symbol& symbol) {
  return "<se:Stroke>" + sld_parameter("stroke", hex(symbol.stroke)) +
         sld_parameter("stroke-opacity", fmt::format("{}", symbol.stroke.opacity)) +
         sld_parameter("stroke-width", fmt::format("{:.1f}", symbol.stroke_mm / kPixelMm)) +
         (symbol.dashed ? sld_parameter("stroke-dasharray", "6 4") : std::string()) + "</se:Stroke>";
}

std::string sld_fill(const Symbol& symbol) {
  return "<se:Fill>" + sld_parameter("fill", hex(symbol.fill)) +
         sld_parameter("fill-opacity", fmt::format("{}", symbol.fill.opacity)) + "</se:Fill>";
}

std::string sld_symbolizer(const Symbol& symbol) {
  switch (symbol.kind) {
    case Symbol::Kind::Marker:
      return fmt::format(
          "<se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>{}</se:WellKnownName>{}{}"
          "</se:Mark><se:Size>{:.0f}</se:Size></se:Graphic></se:PointSymbolizer>",
          symbol.shape, sld_fill(symbol), sld_stroke(symbol), symbol.size_mm / kPixelMm);
    case Symbol::Kind::Line:
      return "<se:LineSymbolizer>" + sld_stroke(symbol) + "</se:LineSymbolizer>";
    case Symbol::Kind::Fill:
      return "<se:PolygonSymbolizer>" + sld_fill(symbol) + sld_stroke(symbol) + "</se:PolygonSymbolizer>";
  }
  return {};
}

std::string sld_rule(const LayerStyle& style, const Category& category) {
  const std::string filter =
      style.column.empty()
          ? std::string()
          : fmt::format(
                "<ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>{}</ogc:PropertyName><ogc:Literal>{}"
                "</ogc:Literal></ogc:PropertyIsEqualTo></ogc:Filter>",
                xml(style.column), xml(category.value));
  return fmt::format("<se:Rule><se:Name>{}</se:Name>{}{}</se:Rule>\n", xml(category.label), filter,
                     sld_symbolizer(category.symbol));
}

}  // namespace

std::string qml_of(const LayerStyle& style) {
  return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
         "<qgis version=\"3.22\" styleCategories=\"Symbology|Labeling|Temporal\" labelsEnabled=\"" +
         std::string(style.label_column.empty() ? "0" : "1") + "\">\n" + qgis_temporal(style) + qgis_renderer(style) +
         qgis_labels(style) + "</qgis>\n";
}

std::string sld_of(const LayerStyle& style, std::string_view layer) {
  std::string rules;
  for (const auto& category : style.categories) {
    rules += sld_rule(style, category);
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<StyledLayerDescriptor version=\"1.1.0\" xmlns=\"http://www.opengis.net/sld\" "
      "xmlns:se=\"http://www.opengis.net/se\" xmlns:ogc=\"http://www.opengis.net/ogc\">\n"
      "<NamedLayer><se:Name>{0}</se:Name><UserStyle><se:Name>{0}</se:Name><se:FeatureTypeStyle>\n{1}"
      "</se:FeatureTypeStyle></UserStyle></NamedLayer>\n</StyledLayerDescriptor>\n",
      xml(layer), rules);
}

}  // namespace relevo::cli
