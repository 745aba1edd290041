// SPDX-License-Identifier: MIT
#include "planner/assess/map_layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <utility>

namespace relevo::planner {

namespace {

constexpr double kKmOfMapDegree = 110.574;

double squared_departure(const geo::LonLat& point, const geo::LonLat& from, const geo::LonLat& to) {
  const double dx = to.lon - from.lon;
  const double dy = to.lat - from.lat;
  const double squared = dx * dx + dy * dy;
  const double along =
      squared == 0.0 ? 0.0
                     : std::clamp(((point.lon - from.lon) * dx + (point.lat - from.lat) * dy) / squared, 0.0, 1.0);
  const double x = point.lon - from.lon - along * dx;
  const double y = point.lat - from.lat - along * dy;
  return x * x + y * y;
}

/// Boxes around the incidents, grown by kMapReach. The map needs no better: at high latitudes and over the antimeridian
/// they are generous.
class Surroundings {
 public:
  explicit Surroundings(const std::vector<IncidentExtent>& incidents) {
    const double up = kMapReach.kilometres() / kKmOfMapDegree;
    for (const auto& incident : incidents) {
      const double steepest = std::max(std::abs(incident.box.south), std::abs(incident.box.north)) + up;
      const double aside = steepest >= 89.0 ? 360.0 : up / std::cos(steepest * std::numbers::pi / 180.0);
      const geo::DegreeBox& box = incident.box;
      add({box.west - aside, box.south - up, box.east + aside, box.north + up});
    }
  }

  bool hold(const geo::LonLat& point) const {
    return std::ranges::any_of(boxes_, [&](const auto& box) { return box.contains(point); });
  }

  bool hold(const geo::Shape& shape) const {
    const auto box = box_of(shape);
    return !box.empty() && std::ranges::any_of(boxes_, [&](const geo::DegreeBox& own) {
      return own.west <= box.east && own.east >= box.west && own.south <= box.north && own.north >= box.south;
    });
  }

 private:
  static geo::DegreeBox box_of(const geo::Shape& shape) {
    geo::DegreeBox box;
    if (const auto* points = std::get_if<geo::Points>(&shape))
      for (const auto& point : *points)
        box.add(point);
    if (const auto* lines = std::get_if<geo::Lines>(&shape))
      for (const auto& line : *lines)
        for (const auto& point : line)
          box.add(point);
    return std::holds_alternative<geo::Polygons>(shape) ? geo::degree_box_of(std::get<geo::Polygons>(shape)) : box;
  }

  void add(const geo::DegreeBox& box) {
    boxes_.push_back(box);
    if (box.west < -180.0)
      boxes_.push_back({box.west + 360.0, box.south, 180.0, box.north});
    if (box.east > 180.0)
      boxes_.push_back({-180.0, box.south, box.east - 360.0, box.north});
  }

  std::vector<geo::DegreeBox> boxes_;
};

geo::Shape simplified_shape(const geo::Shape& shape) {
  if (const auto* lines = std::get_if<geo::Lines>(&shape)) {
    geo::Lines made;
    for (const auto& line : *lines)
      made.push_back(simplified(line, kMapToleranceDegrees));
    return made;
  }
  if (const auto* polygons = std::get_if<geo::Polygons>(&shape)) {
    geo::Polygons made;
    for (const auto& polygon : *polygons) {
      auto& own = made.emplace_back();
      own.outer = simplified(polygon.outer, kMapToleranceDegrees);
      for (const auto& hole : polygon.holes)
        own.holes.push_back(simplified(hole, kMapToleranceDegrees));
    }
    return made;
  }
  return shape;
}

/// Features by import; positions first, so that only what stays is copied.
class Collector {
 public:
  Collector(const LayerData& layers, const std::vector<IncidentExtent>& incidents)
      : layers_(layers), near_(incidents) {}

  template <class Records, class Import, class Where, class Make>
  void collect(const Records& records, Import import_of, Where where_of, Make make) {
    std::map<std::size_t, std::vector<std::size_t>> kept;
    std::map<std::size_t, std::uint64_t> totals;
    for (std::size_t i = 0; i < records.size(); ++i) {
      const auto import = import_of(records[i]);
      ++totals[import];
      if (near_.hold(where_of(records[i])))
        kept[import].push_back(i);
    }
    for (const auto& [import, total] : totals) {
      MapLayer layer = layer_of(import, total);
      const auto& positions = kept[import];
      const std::size_t step = (positions.size() + kMostMapFeatures - 1) / kMostMapFeatures;
      for (std::size_t i = 0; i < positions.size(); i += std::max<std::size_t>(1, step))
        layer.features.push_back(make(records[positions[i]]));
      made_[import].push_back(std::move(layer));
    }
  }

  std::vector<MapLayer> layers() && {
    std::vector<MapLayer> all;
    for (auto& [import, own] : made_)
      std::ranges::move(own, std::back_inserter(all));
    return all;
  }

 private:
  MapLayer layer_of(std::size_t import, std::uint64_t total) const {
    MapLayer layer;
    layer.total = total;
    if (import < layers_.imports.size()) {
      const auto& from = layers_.imports[import];
      layer.theme = from.theme;
      layer.name = from.name;
      layer.source = from.source.empty() ? from.file : from.source;
      layer.as_of = from.as_of;
    }
    return layer;
  }

  const LayerData& layers_;
  Surroundings near_;
  std::map<std::size_t, std::vector<MapLayer>> made_;
};

std::string hectares_of(const std::optional<double>& area_ha) {
  return area_ha ? fmt::format("{:.0f} ha", *area_ha) : std::string{};
}

}  // namespace

std::vector<geo::LonLat> simplified(const std::vector<geo::LonLat>& line, double tolerance) {
  if (line.size() < 3)
    return line;
  const bool is_ring = line.front() == line.back();
  std::vector<char> keep(line.size(), 0);
  keep.front() = keep.back() = 1;
  std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
  while (!open.empty()) {
    const auto [first, last] = open.back();
    open.pop_back();
    double most = 0.0;
    std::size_t farthest = first;
    for (std::size_t i = first + 1; i < last; ++i) {
      const double departure = squared_departure(line[i], line[first], line[last]);
      if (departure > most) {
        most = departure;
        farthest = i;
      }
    }
    if (farthest == first || most <= tolerance * tolerance)
      continue;
    keep[farthest] = 1;
    open.emplace_back(first, farthest);
    open.emplace_back(farthest, last);
  }
  std::vector<geo::LonLat> made;
  for (std::size_t i = 0; i < line.size(); ++i)
    if (keep[i] != 0)
      made.push_back(line[i]);
  return is_ring && made.size() < 4 ? line : made;
}

std::vector<MapLayer> map_layers_of(const LayerData& layers, const std::vector<IncidentExtent>& incidents) {
  Collector collector(layers, incidents);
  collector.collect(
      layers.detections, [](const Detection& d) { return static_cast<std::size_t>(std::max(0, d.import)); },
      [](const Detection& d) { return d.point; },
      [](const Detection& d) {
        return MapFeature{geo::Points{d.point}, {}, {}, std::max(0.0, static_cast<double>(d.frp_mw)), d.time, d.time};
      });
  collector.collect(
      layers.perimeters, [](const PerimeterRecord& p) { return p.import; },
      [](const PerimeterRecord& p) { return geo::Shape(p.polygons); },
      [](const PerimeterRecord& p) {
        return MapFeature{simplified_shape(p.polygons), p.name, hectares_of(p.area_ha),
                          p.area_ha.value_or(0.0),      p.time, std::nullopt};
      });
  collector.collect(
      layers.fires, [](const FireRecord& f) { return f.import; }, [](const FireRecord& f) { return f.point; },
      [](const FireRecord& f) {
        return MapFeature{geo::Points{f.point},
                          f.name.empty() ? f.key : f.name,
                          hectares_of(f.area_ha),
                          f.area_ha.value_or(0.0),
                          f.time,
                          std::nullopt};
      });
  collector.collect(
      layers.hazards, [](const HazardRecord& h) { return h.import; },
      [](const HazardRecord& h) -> const geo::Shape& { return h.shape; },
      [](const HazardRecord& h) {
        return MapFeature{simplified_shape(h.shape), h.name, h.detail, h.strength.value_or(0.0), h.from, h.to};
      });
  return std::move(collector).layers();
}

}  // namespace relevo::planner
