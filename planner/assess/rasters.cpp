// SPDX-License-Identifier: MIT
#include "planner/assess/rasters.hpp"

#include "planner/assess/exposure.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <stdexcept>
#include <string_view>

namespace relevo::planner {

namespace {

constexpr geo::Distance kAround = geo::Distance::from_kilometres(10);
constexpr std::array<const char*, 7> kJudgedBy{"fwi", "isi", "bui", "ffmc", "dmc", "dc", "danger_class"};

std::optional<Day> day_of(const std::optional<geo::Instant>& time) {
  if (!time)
    return std::nullopt;
  return std::chrono::floor<std::chrono::days>(*time);
}

/// Whether `other` holds on the day rather than `current`: the latest not after it, else the earliest. A raster without
/// a time counts as earlier than all others.
bool holds_rather(const PlacedRaster& other, const PlacedRaster& current, Day day) {
  const Day theirs = other.day.value_or(kFirstDay);
  const Day ours = current.day.value_or(kFirstDay);
  if ((theirs <= day) != (ours <= day))
    return theirs <= day;
  return theirs <= day ? theirs > ours : theirs < ours;
}

std::string file_of(const LayerData& layers, std::size_t import) {
  return import < layers.imports.size() ? layers.imports[import].file : std::string{};
}

}  // namespace

double danger_class_of(double value, const std::array<Provision<double>, 4>& classes) {
  double below = 0.0;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const double least = classes[i].value;
    if (value < least)
      return static_cast<double>(i + 1) + std::max(0.0, value - below) / std::max(least - below, 1e-9);
    below = least;
  }
  const double width = std::max(classes[3].value - classes[2].value, 1e-9);
  return 5.0 + std::min(1.0, (value - below) / width);
}

Rasters::Rasters(const LayerData& layers, Diagnostics& diagnostics) {
  for (const auto& record : layers.rasters) {
    const bool is_danger = record.theme == geo::LayerTheme::Danger;
    if (!is_danger && record.theme != geo::LayerTheme::Population)
      continue;
    try {
      (is_danger ? danger_ : people_)
          .push_back({&record, day_of(record.header.time), geo::RasterWindow(record.header, record.read)});
    } catch (const std::invalid_argument& error) {
      diagnostics.add(make_diagnostic(Severity::Warning, {file_of(layers, record.import), 0, ""},
                                      record.header.variable, "assess.raster", {{"reason", error.what()}}));
    }
  }
}

std::vector<const PlacedRaster*> Rasters::danger_on(Day day) const {
  std::map<std::string_view, const PlacedRaster*> by_variable;
  for (const auto& raster : danger_) {
    auto& held = by_variable[raster.record->header.variable];
    if (held == nullptr || holds_rather(raster, *held, day))
      held = &raster;
  }
  std::vector<const PlacedRaster*> held;
  held.reserve(by_variable.size());
  for (const auto& [variable, raster] : by_variable)
    held.push_back(raster);
  return held;
}

const PlacedRaster* Rasters::judged_by(const std::vector<const PlacedRaster*>& rasters,
                                       const Policy::Assessment& policy) {
  for (const char* variable : kJudgedBy)
    for (const auto* raster : rasters)
      if (raster->record->header.variable == variable && policy.danger_classes.contains(variable))
        return raster;
  return nullptr;
}

void Rasters::add_danger(IncidentAssessment& assessment, const IncidentExtent& extent, Day day) const {
  for (const auto* raster : danger_on(day)) {
    const auto found = extent.perimeter.empty() ? raster->window.around(extent.point, kAround)
                                                : raster->window.touched_by(extent.perimeter);
    if (found)
      assessment.danger.push_back({raster->record->import, raster->record->header.variable, found->min, found->mean,
                                   found->max, found->pixels});
  }
}

void Rasters::add_people(IncidentAssessment& assessment, const IncidentExtent& extent,
                         const std::vector<LayerImport>& imports) const {
  for (const auto& raster : people_) {
    const auto sums = raster.window.sums_within(extent.shape, extent.box, kExposureRings);
    if (!sums)
      continue;
    for (std::size_t ring = 0; ring < kExposureRings.size(); ++ring)
      assessment.people_within[ring] = std::llround((*sums)[ring]);
    const auto import = raster.record->import;
    assessment.people_source = import < imports.size() ? imports[import].name : raster.record->header.variable;
    return;
  }
}

}  // namespace relevo::planner
