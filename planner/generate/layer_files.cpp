// SPDX-License-Identifier: MIT
#include "planner/generate/content.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace relevo::planner::generate {

namespace {

/// What keeps the layers of the largest season small.
constexpr std::size_t kMostPerimeters = 120;
constexpr std::size_t kMostFires = 240;
constexpr std::size_t kMostHotspots = 1500;
constexpr int kHotspotsPerFire = 12;

/// Sixteen directions, clockwise from north, east and north in thousandths.
constexpr std::array<std::array<int, 2>, 16> kDirections = {{{0, 1000},
                                                             {383, 924},
                                                             {707, 707},
                                                             {924, 383},
                                                             {1000, 0},
                                                             {924, -383},
                                                             {707, -707},
                                                             {383, -924},
                                                             {0, -1000},
                                                             {-383, -924},
                                                             {-707, -707},
                                                             {-924, -383},
                                                             {-1000, 0},
                                                             {-924, 383},
                                                             {-707, 707},
                                                             {-383, 924}}};

/// Radius in metres of a circle of that area: 1 ha is 10,000 m2; pi as 355/113.
int radius_of(int area_ha) {
  return static_cast<int>(whole_root(static_cast<std::int64_t>(area_ha) * 10000 * 113 / 355));
}

Spot towards(Spot from, std::size_t direction, int metres) {
  const auto& [east, north] = kDirections.at(direction);
  return moved(from, static_cast<int>(static_cast<std::int64_t>(metres) * east / 1000),
               static_cast<int>(static_cast<std::int64_t>(metres) * north / 1000));
}

std::string position_text(Spot spot) {
  return fmt::format("[{},{}]", degrees_text(spot.lon), degrees_text(spot.lat));
}

/// Names of fires come from names of airports: quotes and backslashes are the only characters JSON minds.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      out += '\\';
    out += c;
  }
  return out + "\"";
}

class LayerMaker {
 public:
  LayerMaker(const Content& content, Random random) : content_(content), random_(random) {
    for (const auto& incident : content.incidents)
      if (incident.days_burning)
        burning_.push_back(&incident);
    std::ranges::stable_sort(burning_, std::greater{}, &IncidentRow::area_ha);
  }

  std::vector<LayerFile> make() {
    if (burning_.empty())
      return {};
    return {{{"layers/fires.geojson", fires()}, "active-fires"},
            {{"layers/hotspots.csv", hotspots()}, "hotspots"},
            {{"layers/perimeters.geojson", perimeters()}, "perimeters"}};
  }

 private:
  std::string properties_of(const IncidentRow& incident, const char* area_name) const {
    return fmt::format(R"("incident_id":"{}","name":{},"agency":"{}","date":"{}","{}":{})", incident.id,
                       quoted(incident.name), content_.territory(incident.agency).region.agency,
                       format_day(content_.day(-1)), area_name, incident.area_ha);
  }

  static std::string collection(const std::vector<std::string>& features) {
    return fmt::format("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", fmt::join(features, ",\n"));
  }

  std::string fires() const {
    std::vector<std::string> features;
    for (std::size_t i = 0; i < std::min(burning_.size(), kMostFires); ++i)
      features.push_back(fmt::format(
          R"({{"type":"Feature","properties":{{{},"stage_of_control":"{}","discovered":"{}"}},"geometry":{{"type":"Point","coordinates":{}}}}})",
          properties_of(*burning_[i], "area_ha"), burning_[i]->stage,
          format_day(content_.day(-*burning_[i]->days_burning)), position_text(burning_[i]->spot)));
    return collection(features);
  }

  /// Stars about the fire's place, between three quarters and five quarters of the radius of its area.
  std::string perimeters() {
    std::vector<std::string> features;
    for (std::size_t i = 0; i < std::min(burning_.size(), kMostPerimeters); ++i) {
      const auto& incident = *burning_[i];
      const int radius = radius_of(incident.area_ha);
      std::vector<std::string> ring;
      for (std::size_t direction = kDirections.size(); direction > 0; --direction)
        ring.push_back(position_text(towards(incident.spot, direction - 1, radius * random_.pick(75, 125) / 100)));
      ring.push_back(ring.front());
      features.push_back(fmt::format(
          R"({{"type":"Feature","properties":{{{}}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}})",
          properties_of(incident, "area_ha"), fmt::join(ring, ",")));
    }
    return collection(features);
  }

  /// Detections of the day before, as NASA FIRMS writes those of VIIRS: inside the perimeters.
  std::string hotspots() {
    std::string text =
        "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,"
        "bright_ti5,frp,daynight\n";
    std::size_t written = 0;
    for (const auto* incident : burning_) {
      const int radius = radius_of(incident->area_ha);
      for (int i = random_.pick(3, kHotspotsPerFire); i > 0 && written < kMostHotspots; --i, ++written)
        text += detection(incident->spot, radius);
    }
    return text;
  }

  /// "327.4": a number with one digit behind the point.
  std::string tenths(int least, int most) {
    const int tenth = random_.pick(0, 9);
    return fmt::format("{}.{}", random_.pick(least, most), tenth);
  }

  std::string detection(Spot fire, int radius) {
    const auto direction = static_cast<std::size_t>(random_.pick(0, static_cast<int>(kDirections.size()) - 1));
    const Spot spot = towards(fire, direction, radius * random_.pick(0, 65) / 100);
    const bool by_day = random_.chance(60);
    const auto power = tenths(1, 80);
    const auto cool = tenths(285, 305);
    const char* confidence = random_.chance(75) ? "n" : "h";
    const int minute = random_.pick(0, 59);
    const int hour = by_day ? random_.pick(18, 21) : random_.pick(7, 10);
    const int track = random_.pick(32, 60);
    const int scan = random_.pick(32, 60);
    const auto warm = tenths(320, 366);
    return fmt::format("{},{},{},0.{},0.{},{},{:02}{:02},N,VIIRS,{},2.0NRT,{},{},{}\n", degrees_text(spot.lat),
                       degrees_text(spot.lon), warm, scan, track, format_day(content_.day(-1)), hour, minute,
                       confidence, cool, power, by_day ? "D" : "N");
  }

  const Content& content_;
  Random random_;
  std::vector<const IncidentRow*> burning_;  ///< largest first
};

}  // namespace

std::vector<LayerFile> layer_files(const Content& content, Random random) {
  return LayerMaker(content, random).make();
}

}  // namespace relevo::planner::generate
