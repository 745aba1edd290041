// SPDX-License-Identifier: MIT
#include "planner/assess/rasters.hpp"

#include "geo/layer/danger_variable.hpp"
#include "planner/assess/exposure.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <tuple>
#include <utility>

namespace relevo::planner {

namespace {

constexpr geo::Distance kAround = geo::Distance::from_kilometres(10);

std::optional<Day> day_of(const std::optional<geo::Instant>& time) {
  if (!time)
    return std::nullopt;
  return std::chrono::floor<std::chrono::days>(*time);
}

/// Whether `one` holds on the day rather than `other`: the latest not after it, else the earliest. A raster without a
/// time counts as earlier than all others.
bool holds_rather(const PlacedRaster& one, const PlacedRaster& other, Day day) {
  const Day ours = one.day.value_or(kFirstDay);
  const Day theirs = other.day.value_or(kFirstDay);
  if ((ours <= day) != (theirs <= day))
    return ours <= day;
  return ours <= day ? ours > theirs : ours < theirs;
}

/// Days between the raster and the planning date; nothing for one without a date.
std::optional<long> days_from(const std::optional<Day>& day, Day as_of) {
  if (!day)
    return std::nullopt;
  return std::labs(static_cast<long>((*day - as_of).count()));
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

Rasters::Rasters(const LayerData& layers, Day as_of, const Policy::Assessment& policy, Diagnostics& diagnostics) {
  for (const auto& record : layers.rasters) {
    const bool is_danger = record.theme == geo::LayerTheme::Danger;
    if (!is_danger && record.theme != geo::LayerTheme::Population)
      continue;
    const auto remark = [&](Severity severity, const char* rule, MessageArgs args) {
      diagnostics.add(make_diagnostic(severity, {file_of(layers, record.import), 0, ""}, record.header.variable, rule,
                                      std::move(args)));
    };
    const auto day = day_of(record.header.time);
    if (is_danger && !day)
      remark(Severity::Note, "assess.raster_undated", {});
    const auto days = days_from(day, as_of);
    if (is_danger && days && static_cast<double>(*days) > policy.danger_days.value) {
      remark(Severity::Note, "assess.raster_date", {{"day", format_day(*day)}, {"days", std::to_string(*days)}});
      continue;
    }
    try {
      (is_danger ? danger_ : people_).push_back({&record, day, geo::RasterWindow(record.header, record.read)});
    } catch (const std::invalid_argument& error) {
      remark(Severity::Warning, "assess.raster", {{"reason", error.what()}});
    }
  }
}

std::vector<const PlacedRaster*> Rasters::danger_on(Day day) const {
  std::vector<const PlacedRaster*> rasters;
  rasters.reserve(danger_.size());
  for (const auto& raster : danger_)
    rasters.push_back(&raster);
  std::stable_sort(rasters.begin(), rasters.end(), [day](const PlacedRaster* a, const PlacedRaster* b) {
    const auto by = [](const PlacedRaster& raster) {
      return std::tuple(geo::danger_rank(raster.variable()), std::string_view{raster.variable()});
    };
    return by(*a) != by(*b) ? by(*a) < by(*b) : holds_rather(*a, *b, day);
  });
  return rasters;
}

void Rasters::add_danger(IncidentAssessment& assessment, const IncidentExtent& extent, Day day) const {
  for (const auto* raster : danger_on(day)) {
    const bool is_known = !assessment.danger.empty() && assessment.danger.back().variable == raster->variable();
    if (is_known)
      continue;
    const auto found = extent.perimeter.empty() ? raster->window.around(extent.point, kAround)
                                                : raster->window.touched_by(extent.perimeter);
    if (found)
      assessment.danger.push_back(
          {raster->record->import, raster->variable(), found->min, found->mean, found->max, found->pixels});
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
