// SPDX-License-Identifier: MIT
#pragma once

#include "geo/raster_window.hpp"
#include "planner/assess/incident_shape.hpp"
#include "planner/model/assessment.hpp"
#include "planner/model/diagnostics.hpp"
#include "planner/model/layer_data.hpp"
#include "planner/model/policy.hpp"

#include <optional>
#include <string>
#include <vector>

/// Danger and population rasters near incidents and over territories (docs/assessment.md, section 2).
namespace relevo::planner {

/// Class 1..5 of a value, between classes a fraction: 1 at 0, k at the least value of class k, 5 at that of extreme, 6
/// once more the width of "very high" beyond it. Grows with the value.
double danger_class_of(double value, const std::array<Provision<double>, 4>& classes);

/// A raster that could be placed on the Earth.
struct PlacedRaster {
  const RasterRecord* record = nullptr;
  std::optional<Day> day;  ///< UTC
  geo::RasterWindow window;

  const std::string& variable() const noexcept { return record->header.variable; }
};

class Rasters {
 public:
  /// Rasters that cannot be placed give a warning and are left out; danger rasters of a day more than danger_days from
  /// the planning date give a note and are left out. Keeps a reference to the records.
  Rasters(const LayerData& layers, Day as_of, const Policy::Assessment& policy, Diagnostics& diagnostics);

  /// The danger rasters in the order in which they are asked on `day`: by variable, those by which danger is judged
  /// first (geo::kDangerVariables); of one variable the latest not after the day, the older ones, then the later ones,
  /// the earliest first. Which of them counts is decided by what they cover: the first that has pixels at the place.
  std::vector<const PlacedRaster*> danger_on(Day day) const;

  /// Fills danger, of each variable from the first raster that has pixels there, the judged variable first: over the
  /// pixels that the perimeter touches, without a perimeter over the pixel of the point and 10 km around.
  void add_danger(IncidentAssessment& assessment, const IncidentExtent& extent, Day day) const;

  /// Replaces people_within by the sums of the first population raster that covers the incident.
  void add_people(IncidentAssessment& assessment, const IncidentExtent& extent,
                  const std::vector<LayerImport>& imports) const;

  const std::vector<PlacedRaster>& danger() const noexcept { return danger_; }

 private:
  std::vector<PlacedRaster> danger_;
  std::vector<PlacedRaster> people_;
};

}  // namespace relevo::planner
