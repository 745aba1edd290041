// SPDX-License-Identifier: MIT
#include "geo/layer/geocode_area.hpp"

#include "geo/geojson.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relevo::geo {

namespace {

struct ProvinceOrState {
  std::string_view digits;
  std::string_view letters;
};

/// https://www.statcan.gc.ca/en/subjects/standard/sgc/2021/index
constexpr std::array kProvinces = {
    ProvinceOrState{"10", "NL"}, ProvinceOrState{"11", "PE"}, ProvinceOrState{"12", "NS"}, ProvinceOrState{"13", "NB"},
    ProvinceOrState{"24", "QC"}, ProvinceOrState{"35", "ON"}, ProvinceOrState{"46", "MB"}, ProvinceOrState{"47", "SK"},
    ProvinceOrState{"48", "AB"}, ProvinceOrState{"59", "BC"}, ProvinceOrState{"60", "YT"}, ProvinceOrState{"61", "NT"},
    ProvinceOrState{"62", "NU"}};

/// FIPS 5-2, https://www.census.gov/library/reference/code-lists/ansi.html
constexpr std::array kStates = {
    ProvinceOrState{"01", "AL"}, ProvinceOrState{"02", "AK"}, ProvinceOrState{"04", "AZ"}, ProvinceOrState{"05", "AR"},
    ProvinceOrState{"06", "CA"}, ProvinceOrState{"08", "CO"}, ProvinceOrState{"09", "CT"}, ProvinceOrState{"10", "DE"},
    ProvinceOrState{"11", "DC"}, ProvinceOrState{"12", "FL"}, ProvinceOrState{"13", "GA"}, ProvinceOrState{"15", "HI"},
    ProvinceOrState{"16", "ID"}, ProvinceOrState{"17", "IL"}, ProvinceOrState{"18", "IN"}, ProvinceOrState{"19", "IA"},
    ProvinceOrState{"20", "KS"}, ProvinceOrState{"21", "KY"}, ProvinceOrState{"22", "LA"}, ProvinceOrState{"23", "ME"},
    ProvinceOrState{"24", "MD"}, ProvinceOrState{"25", "MA"}, ProvinceOrState{"26", "MI"}, ProvinceOrState{"27", "MN"},
    ProvinceOrState{"28", "MS"}, ProvinceOrState{"29", "MO"}, ProvinceOrState{"30", "MT"}, ProvinceOrState{"31", "NE"},
    ProvinceOrState{"32", "NV"}, ProvinceOrState{"33", "NH"}, ProvinceOrState{"34", "NJ"}, ProvinceOrState{"35", "NM"},
    ProvinceOrState{"36", "NY"}, ProvinceOrState{"37", "NC"}, ProvinceOrState{"38", "ND"}, ProvinceOrState{"39", "OH"},
    ProvinceOrState{"40", "OK"}, ProvinceOrState{"41", "OR"}, ProvinceOrState{"42", "PA"}, ProvinceOrState{"44", "RI"},
    ProvinceOrState{"45", "SC"}, ProvinceOrState{"46", "SD"}, ProvinceOrState{"47", "TN"}, ProvinceOrState{"48", "TX"},
    ProvinceOrState{"49", "UT"}, ProvinceOrState{"50", "VT"}, ProvinceOrState{"51", "VA"}, ProvinceOrState{"53", "WA"},
    ProvinceOrState{"54", "WV"}, ProvinceOrState{"55", "WI"}, ProvinceOrState{"56", "WY"}};

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
  const auto found =
      std::find_if(regions.begin(), regions.end(), [&](const ProvinceOrState& r) { return r.digits == digits; });
  return found == regions.end() ? std::string() : std::string(country) + std::string(found->letters);
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
                                    [&](const ProvinceOrState& region) { return region.letters == code.substr(0, 2); });
    return state == kStates.end() ? std::string() : "US-" + code.substr(0, 2);
  }
  return kind.starts_with("ISO3166-2") && code.find('-') != std::string::npos ? code : std::string();
}

const Polygons& RegionShapes::of(const std::string& region) {
  static const Polygons kNothing;
  if (!std::exchange(is_read_, true) && std::filesystem::exists(file_))
    shapes_ = read_areas_by_code(file_, file_.filename().string());
  const auto found = shapes_.find(region);
  return found == shapes_.end() ? kNothing : found->second;
}

}  // namespace relevo::geo
