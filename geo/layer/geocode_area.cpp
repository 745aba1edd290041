// SPDX-License-Identifier: MIT
#include "geo/layer/geocode_area.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

namespace relevo::geo {

namespace {

using Json = nlohmann::json;

struct Region {
  std::string_view digits;
  std::string_view letters;
};

/// https://www.statcan.gc.ca/en/subjects/standard/sgc/2021/index
constexpr std::array kProvinces = {Region{"10", "NL"}, Region{"11", "PE"}, Region{"12", "NS"}, Region{"13", "NB"},
                                   Region{"24", "QC"}, Region{"35", "ON"}, Region{"46", "MB"}, Region{"47", "SK"},
                                   Region{"48", "AB"}, Region{"59", "BC"}, Region{"60", "YT"}, Region{"61", "NT"},
                                   Region{"62", "NU"}};

/// FIPS 5-2, https://www.census.gov/library/reference/code-lists/ansi.html
constexpr std::array kStates = {
    Region{"01", "AL"}, Region{"02", "AK"}, Region{"04", "AZ"}, Region{"05", "AR"}, Region{"06", "CA"},
    Region{"08", "CO"}, Region{"09", "CT"}, Region{"10", "DE"}, Region{"11", "DC"}, Region{"12", "FL"},
    Region{"13", "GA"}, Region{"15", "HI"}, Region{"16", "ID"}, Region{"17", "IL"}, Region{"18", "IN"},
    Region{"19", "IA"}, Region{"20", "KS"}, Region{"21", "KY"}, Region{"22", "LA"}, Region{"23", "ME"},
    Region{"24", "MD"}, Region{"25", "MA"}, Region{"26", "MI"}, Region{"27", "MN"}, Region{"28", "MS"},
    Region{"29", "MO"}, Region{"30", "MT"}, Region{"31", "NE"}, Region{"32", "NV"}, Region{"33", "NH"},
    Region{"34", "NJ"}, Region{"35", "NM"}, Region{"36", "NY"}, Region{"37", "NC"}, Region{"38", "ND"},
    Region{"39", "OH"}, Region{"40", "OK"}, Region{"41", "OR"}, Region{"42", "PA"}, Region{"44", "RI"},
    Region{"45", "SC"}, Region{"46", "SD"}, Region{"47", "TN"}, Region{"48", "TX"}, Region{"49", "UT"},
    Region{"50", "VT"}, Region{"51", "VA"}, Region{"53", "WA"}, Region{"54", "WV"}, Region{"55", "WI"},
    Region{"56", "WY"}};

std::string capitals_of(std::string_view text) {
  std::string made;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z')
      made += static_cast<char>(c - 'a' + 'A');
    else if (c != ' ' && c != '_')
      made += c;
  }
  return made;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

template <class Regions>
std::string by_digits(const Regions& regions, std::string_view digits, const char* country) {
  const auto found = std::find_if(regions.begin(), regions.end(), [&](const Region& r) { return r.digits == digits; });
  return found == regions.end() ? std::string() : std::string(country) + std::string(found->letters);
}

Ring ring_of(const Json& json) {
  Ring ring;
  for (const auto& vertex : json)
    ring.push_back({vertex.at(0).get<double>(), vertex.at(1).get<double>()});
  return ring;
}

Polygon polygon_of(const Json& json) {
  Polygon polygon;
  for (const auto& ring : json) {
    if (polygon.outer.empty())
      polygon.outer = ring_of(ring);
    else
      polygon.holes.push_back(ring_of(ring));
  }
  return polygon;
}

Polygons polygons_of(const Json& geometry) {
  if (geometry.at("type") == "Polygon")
    return {polygon_of(geometry.at("coordinates"))};
  Polygons polygons;
  for (const auto& part : geometry.at("coordinates"))
    polygons.push_back(polygon_of(part));
  return polygons;
}

}  // namespace

std::string region_of_geocode(std::string_view name, std::string_view value) {
  const std::string kind = capitals_of(name);
  const std::string code = capitals_of(value);
  if (kind.find("CAP-CP:LOCATION") != std::string::npos || kind == "SGC")
    return is_digits(code) && code.size() >= 2 ? by_digits(kProvinces, code.substr(0, 2), "CA-") : std::string();
  if ((kind == "SAME" || kind == "FIPS6") && is_digits(code) && code.size() == 6)
    return by_digits(kStates, code.substr(1, 2), "US-");
  if (kind == "UGC" && code.size() == 6 && (code[2] == 'C' || code[2] == 'Z')) {
    const auto state = std::find_if(kStates.begin(), kStates.end(),
                                    [&](const Region& region) { return region.letters == code.substr(0, 2); });
    return state == kStates.end() ? std::string() : "US-" + code.substr(0, 2);
  }
  return kind.starts_with("ISO3166-2") ? code : std::string();
}

const Polygons& RegionShapes::of(const std::string& region) {
  static const Polygons kNothing;
  if (!std::exchange(is_loaded_, true))
    load();
  const auto found = shapes_.find(region);
  return found == shapes_.end() ? kNothing : found->second;
}

void RegionShapes::load() {
  std::ifstream stream(file_, std::ios::binary);
  const Json json = Json::parse(stream, nullptr, false);
  if (json.is_discarded())
    return;
  for (const auto& feature : json.at("features"))
    if (feature.at("properties").at("level") == 1)
      shapes_[feature.at("properties").at("code").get<std::string>()] = polygons_of(feature.at("geometry"));
}

}  // namespace relevo::geo
