// SPDX-License-Identifier: MIT
#include "planner/assess/assess.hpp"

#include "planner/assess/donor_risk.hpp"
#include "planner/assess/exposure.hpp"
#include "planner/assess/incidents.hpp"
#include "planner/assess/map_layers.hpp"
#include "planner/assess/overlaps.hpp"
#include "planner/assess/priority.hpp"
#include "planner/assess/rasters.hpp"
#include "planner/model/judged_danger.hpp"

#include <algorithm>
#include <cassert>
#include <set>
#include <utility>

namespace relevo::planner {

namespace {

using geo::LayerTheme;

constexpr const char* kReferencePlaces = "GeoNames (reference/places.csv)";

std::string places_source(const LayerData& layers) {
  for (const auto& import : layers.imports)
    if (import.theme == LayerTheme::Places)
      return import.name;
  return kReferencePlaces;
}

/// The theme that an incident of this hazard is itself.
std::optional<LayerTheme> own_theme(const std::string& hazard) {
  if (hazard == "earthquake")
    return LayerTheme::Earthquakes;
  if (hazard == "cyclone")
    return LayerTheme::Cyclones;
  if (hazard == "flood")
    return LayerTheme::Flood;
  return std::nullopt;
}

double count_other_themes(const IncidentAssessment& assessed, const std::string& hazard) {
  std::set<LayerTheme> themes;
  for (const auto& overlap : assessed.overlaps)
    if (overlap.theme != own_theme(hazard))
      themes.insert(overlap.theme);
  return static_cast<double>(themes.size());
}

void add_danger_fact(PriorityFacts& facts, const IncidentAssessment& assessed) {
  const auto* sample = judged_danger(assessed);
  if (sample == nullptr)
    return;
  facts.danger = sample->mean;
  facts.danger_variable = sample->variable;
}

/// Severity of a hazard other than fire; a flood's area speaks too.
std::optional<double> severity_of(const IncidentAssessment& assessed, const Incident& incident, double by_hazards) {
  double severity = by_hazards;
  if (incident.hazard == "flood" && assessed.area_ha > 0.0)
    severity = std::max(severity, flood_severity(assessed.area_ha));
  return severity < 0.0 ? std::nullopt : std::optional(severity);
}

class Assessor {
 public:
  Assessor(ScenarioDraft& draft, const LayerData& layers, const ReferenceGeography& reference)
      : draft_(draft),
        data_(draft.data),
        layers_(layers),
        reference_(reference),
        places_(layers.places.empty() ? reference.places : layers.places),
        rasters_(layers, draft.data.as_of, draft.data.policy.assessment, draft.diagnostics),
        hazards_(layers, draft.data.as_of) {}

  void assess_incidents() {
    assert(data_.assessment.incidents.size() == data_.incidents.size());
    const PlaceExposure exposure(places_, layers_.places.empty() ? kReferencePlaces : places_source(layers_));
    for (const auto& incident : data_.incidents)
      extents_.push_back(extent_of(incident));
    for (const auto index : data_.incidents.indices())
      assess_incident(index, exposure);
  }

  /// Lines that left their priority to the assessment; those without an incident keep the one they have.
  void set_priorities() {
    for (const auto index : draft_.automatic_priorities) {
      auto& request = data_.requests[index];
      if (request.incident)
        request.priority = data_.assessment.incidents[request.incident->value()].priority;
      else
        draft_.diagnostics.add(make_diagnostic(Severity::Note, {"requests", 0, "priority"}, request.id,
                                               "assess.no_incident", {{"priority", std::to_string(request.priority)}}));
    }
  }

  /// Without layers nothing is known of a territory but what the tables say of a few incidents: the levels of the
  /// tables and of the policy stand.
  void assess_lenders() {
    const bool has_layers = !layers_.fires.empty() || !layers_.detections.empty() || !layers_.perimeters.empty() ||
                            !layers_.hazards.empty() || !rasters_.danger().empty();
    if (!has_layers)
      return;
    data_.assessment.risks = assess_donor_risk(data_, {layers_, rasters_, hazards_, reference_.territories});
    apply_levels(data_);
  }

  void add_map_layers() { data_.assessment.map_layers = map_layers_of(layers_, extents_); }

 private:
  void assess_incident(IncidentIndex index, const PlaceExposure& exposure) {
    const auto& incident = data_.incidents[index];
    const auto& extent = extents_[index.value()];
    auto& assessed = data_.assessment.incidents[index.value()];
    exposure.add_to(assessed, extent);
    rasters_.add_people(assessed, extent, layers_.imports);
    rasters_.add_danger(assessed, extent, data_.as_of);
    hazards_.add_to(assessed, extent);
    add_access(assessed, extent, reference_.airports, data_.policy);
    const auto priority = prioritise(facts_of(incident, extent, assessed), data_.policy.assessment);
    assessed.parts = priority.parts;
    assessed.score = priority.score;
    assessed.priority = priority.priority;
  }

  PriorityFacts facts_of(const Incident& incident, const IncidentExtent& extent, const IncidentAssessment& assessed) {
    PriorityFacts facts;
    facts.wildfire = incident.hazard == "wildfire";
    if (!assessed.people_source.empty())
      facts.people = weighted_people(assessed.people_within);
    if (incident.areas.size() > 1)
      facts.growth_ha_day = assessed.growth_ha_per_day;
    if (assessed.area_ha > 0.0)
      facts.area_ha = assessed.area_ha;
    facts.control = control_of(incident.stage_of_control);
    add_danger_fact(facts, assessed);
    if (!layers_.hazards.empty())
      facts.overlaps = count_other_themes(assessed, incident.hazard);
    if (!assessed.airport.empty())
      facts.airport_road_km = assessed.airport_km;
    if (!facts.wildfire)
      facts.severity = severity_of(assessed, incident, hazards_.severity_at(extent, incident.hazard));
    return facts;
  }

  ScenarioDraft& draft_;
  ScenarioData& data_;
  const LayerData& layers_;
  const ReferenceGeography& reference_;
  const std::vector<PlaceRecord>& places_;
  Rasters rasters_;
  CurrentHazards hazards_;
  std::vector<IncidentExtent> extents_;
};

}  // namespace

void assess(ScenarioDraft& draft, const LayerData& layers, const ReferenceGeography& reference) {
  fuse_incidents(draft, layers, layers.places.empty() ? reference.places : layers.places);
  draft.data.assessment.imports = layers.imports;
  Assessor assessor(draft, layers, reference);
  assessor.assess_incidents();
  assessor.set_priorities();
  assessor.assess_lenders();
  assessor.add_map_layers();
}

}  // namespace relevo::planner
