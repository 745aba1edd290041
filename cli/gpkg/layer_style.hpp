// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relevo::cli {

struct Colour {
  int red = 0;
  int green = 0;
  int blue = 0;
  double opacity = 1.0;
};
inline constexpr Colour kWhite{255, 255, 255, 1.0};
inline constexpr Colour kGrey{107, 116, 124, 1.0};

/// How one thing is drawn. Millimetres on the screen or paper, as QGIS counts.
struct Symbol {
  enum class Kind { Marker, Line, Fill };
  Kind kind = Kind::Marker;
  Colour fill;  ///< of a line: not used
  Colour stroke;
  double stroke_mm = 0.26;
  bool dashed = false;
  std::string shape = "circle";  ///< of a marker: "circle", "square", "triangle", "star"
  double size_mm = 2.4;          ///< of a marker
};

/// A value of the style's column and how it is drawn.
struct Category {
  std::string value;
  std::string label;
  Symbol symbol;
};

/// The default style of a layer: QGIS reads the QML, other programs the SLD.
struct LayerStyle {
  std::string column;                ///< whose value decides; empty: `categories` has one entry, for all
  std::vector<Category> categories;  ///< at least one
  std::string label_column;          ///< written beside the things; empty: no labels
  std::string time_column;           ///< a DATETIME for the temporal controller, empty: none
  std::string end_column;            ///< with it: until when; empty: that moment only
};

std::string qml_of(const LayerStyle& style);
std::string sld_of(const LayerStyle& style, std::string_view layer);

}  // namespace relevo::cli
