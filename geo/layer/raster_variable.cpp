// SPDX-License-Identifier: MIT
#include "geo/layer/raster_variable.hpp"

#include "geo/ascii_text.hpp"

#include <algorithm>
#include <array>

namespace relevo::geo {

namespace {

struct Name {
  std::string_view words;  ///< lower case, separated by one space
  std::string_view variable;
};

// The longer names first: "drought code" decides before "dc" is looked for.
constexpr std::array kNames = {
    Name{"fine fuel moisture code", "ffmc"},
    Name{"duff moisture code", "dmc"},
    Name{"drought code", "dc"},
    Name{"initial spread index", "isi"},
    Name{"build up index", "bui"},
    Name{"buildup index", "bui"},
    Name{"daily severity rating", "dsr"},
    Name{"fire weather index", "fwi"},
    Name{"fwinx", "fwi"},
    Name{"ffmcode", "ffmc"},
    Name{"dufmcode", "dmc"},
    Name{"drtcode", "dc"},
    Name{"infsinx", "isi"},
    Name{"fbupinx", "bui"},
    Name{"fdsrte", "dsr"},
    Name{"danger class", "danger_class"},
    Name{"danger rating", "danger_class"},
    Name{"flood depth", "depth_m"},
    Name{"water depth", "depth_m"},
    Name{"inundation depth", "depth_m"},
    Name{"depth of flooding", "depth_m"},
    Name{"total precipitation", "precipitation"},
    Name{"precipitation amount", "precipitation"},
    Name{"population", "people"},
    Name{"people", "people"},
    Name{"persons", "people"},
    Name{"ppp", "people"},
    Name{"ffmc", "ffmc"},
    Name{"dmc", "dmc"},
    Name{"isi", "isi"},
    Name{"bui", "bui"},
    Name{"dsr", "dsr"},
    Name{"fwi", "fwi"},
    Name{"dc", "dc"},
    Name{"pop", "people"},
    Name{"precipitation", "precipitation"},
    Name{"precip", "precipitation"},
    Name{"prec", "precipitation"},
    Name{"apcp", "precipitation"},
};

/// " dc noon ": lower case, everything but letters taken for one space.
std::string padded_words(std::string_view text) {
  std::string words = " ";
  for (const char c : text) {
    if (is_letter(c)) {
      words.push_back(lower_ascii(c));
    } else if (words.back() != ' ') {
      words.push_back(' ');
    }
  }
  words.push_back(' ');
  return words;
}

}  // namespace

std::string variable_of(std::string_view description) {
  const std::string words = padded_words(description);
  for (const Name& name : kNames) {
    if (words.find(" " + std::string(name.words) + " ") != std::string::npos)
      return std::string(name.variable);
  }
  return {};
}

bool is_fire_weather(std::string_view variable) noexcept {
  constexpr std::array<std::string_view, 7> kParts = {"fwi", "ffmc", "dmc", "dc", "isi", "bui", "dsr"};
  return std::find(kParts.begin(), kParts.end(), variable) != kParts.end();
}

}  // namespace relevo::geo
