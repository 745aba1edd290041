// SPDX-License-Identifier: MIT
#include "planner/assess/donor_risk.hpp"

#include "planner/assess/priority.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

namespace relevo::planner {

namespace {

using geo::LayerTheme;

constexpr double kDangerShare = 0.9;
constexpr double kAnticipatedDays = 7.0;
constexpr double kClusterWeight = 0.5;
constexpr double kOtherHazardWeight = 2.0;
/// A list of fires speaks of an agency whose territory is this near its fires' box.
constexpr double kListMarginDegrees = 2.0;

bool is_fire(const Incident& incident) {
  return incident.hazard == "wildfire";
}

/// Level that a hazard in the territory sets at least; 1: none.
int floor_of(const CurrentHazard& hazard) {
  switch (hazard.theme) {
    case LayerTheme::Earthquakes:
      return hazard.strength >= 6.5 ? 4 : hazard.strength >= 5.5 ? 3 : 1;
    case LayerTheme::Cyclones:
      return hazard.strength >= 64.0 ? 4 : hazard.strength >= 34.0 ? 3 : 1;
    case LayerTheme::Alerts:
      return hazard.strength >= 4.0 ? 3 : 1;
    case LayerTheme::Flood:
      return 3;
    default:
      return 1;
  }
}

/// What does not change from day to day.
struct Loads {
  bool known = false;
  double fire_load = 0.0;
  double anticipated = 0.0;  ///< before the danger of the day
  int floor = 1;
};

class AgencyView {
 public:
  AgencyView(const ScenarioData& data, const RiskSources& sources, AgencyIndex agency)
      : data_(data), sources_(sources), agency_(agency), shape_(shape_of(sources, data.agencies[agency])) {
    for (const auto& unit : data.units)
      if (unit.agency == agency)
        roster_ += unit.count;
  }

  Loads loads() const {
    Loads loads;
    for (const auto incident : data_.incidents.indices())
      add_incident(incident, loads);
    for (const auto& cluster : data_.assessment.clusters)
      if (!cluster.incident && shape_.contains(cluster.centre)) {
        loads.known = true;
        loads.anticipated += kClusterWeight;
      }
    loads.known = loads.known || lists_reach_here();
    for (const auto& hazard : sources_.hazards.all())
      if (floor_of(hazard) > loads.floor && hazard.shape.intersects(shape_))
        loads.floor = floor_of(hazard);
    return loads;
  }

  std::optional<double> danger_of(const PlacedRaster& raster) const {
    const auto found = sources_.territories.find(data_.agencies[agency_].id);
    return found == sources_.territories.end() ? std::nullopt
                                               : raster.window.percentile_within(found->second, kDangerShare);
  }

  /// The larger of what the share at home and what it asks of others tell.
  int resource_level(Day day) const {
    const double asked = units_asked(day);
    if (roster_ == 0)
      return asked > 0.0 ? 4 : 0;
    const int home = share_class_of(home_share(day), data_.policy.assessment.home_share_classes);
    const double ratio = asked / roster_;
    const int asking = ratio > 1.0 ? 5 : ratio > 0.25 ? 4 : ratio > 0.0 ? 3 : 1;
    return std::max(home, asking);
  }

  int ability_to_respond(Day day) const {
    if (roster_ == 0)
      return 0;
    bool any = false;
    double offered = 0.0;
    for (const auto& offer : data_.offers)
      if (offer.agency == agency_ && offer.when.contains(day)) {
        any = true;
        offered += offer.quantity;
      }
    return any ? share_class_of(offered / roster_, data_.policy.assessment.offer_share_classes)
               : share_class_of(home_share(day), data_.policy.assessment.home_share_classes);
  }

 private:
  static geo::PreparedShape shape_of(const RiskSources& sources, const Agency& agency) {
    const auto found = sources.territories.find(agency.id);
    return geo::PreparedShape(found == sources.territories.end() ? geo::Shape{} : geo::Shape{found->second});
  }

  void add_incident(IncidentIndex index, Loads& loads) const {
    const auto& incident = data_.incidents[index];
    if (incident.agency != agency_ && !shape_.contains(incident.point))
      return;
    loads.known = true;
    if (!is_fire(incident)) {
      loads.fire_load += kOtherHazardWeight;
      loads.anticipated += kOtherHazardWeight;
      return;
    }
    const auto& assessed = data_.assessment.incidents[index.value()];
    const double grown = assessed.area_ha + kAnticipatedDays * std::max(0.0, assessed.growth_ha_per_day);
    loads.fire_load += fire_weight(assessed.area_ha, incident.stage_of_control);
    loads.anticipated += fire_weight(grown, incident.stage_of_control);
  }

  /// Lists of fires and of detections that reach the territory say that there is nothing where they have nothing.
  bool lists_reach_here() const {
    geo::DegreeBox box;
    for (const auto& fire : sources_.layers.fires)
      box.add(fire.point);
    for (const auto& detection : sources_.layers.detections)
      box.add(detection.point);
    if (box.empty() || shape_.empty())
      return false;
    const auto found = sources_.territories.find(data_.agencies[agency_].id);
    const auto own = geo::degree_box_of(found->second);
    return own.west <= box.east + kListMarginDegrees && own.east >= box.west - kListMarginDegrees &&
           own.south <= box.north + kListMarginDegrees && own.north >= box.south - kListMarginDegrees;
  }

  double home_share(Day day) const {
    std::size_t away = 0;
    for (const auto& commitment : data_.commitments)
      if (data_.units[commitment.unit].agency == agency_ && commitment.depart <= day && day < commitment.home)
        away += commitment.ordinals.size();
    return 1.0 - std::min(1.0, static_cast<double>(away) / roster_);
  }

  double units_asked(Day day) const {
    double asked = 0.0;
    for (const auto& request : data_.requests)
      if (request.borrower == agency_ && request.need.contains(day))
        asked += request.measure == Measure::Units
                     ? request.quantity
                     : static_cast<double>(request.quantity) / data_.policy.people_per_unit.value;
    return asked;
  }

  const ScenarioData& data_;
  const RiskSources& sources_;
  AgencyIndex agency_;
  geo::PreparedShape shape_;
  double roster_ = 0.0;
};

/// Percentiles of one agency, each raster read once.
class DangerByDay {
 public:
  DangerByDay(const ScenarioData& data, const RiskSources& sources, const AgencyView& agency)
      : data_(data), sources_(sources), agency_(agency) {}

  /// From the first raster of the best variable that has pixels in the territory.
  void add_to(AgencyRisk& risk) {
    for (const auto* raster : sources_.rasters.danger_on(risk.day)) {
      const auto classes = data_.policy.assessment.danger_classes.find(raster->variable());
      if (classes == data_.policy.assessment.danger_classes.end())
        continue;
      const auto value = percentile_of(*raster);
      if (!value)
        continue;
      risk.danger_value = *value;
      risk.danger = std::min(5, static_cast<int>(danger_class_of(*value, classes->second)));
      return;
    }
  }

 private:
  std::optional<double> percentile_of(const PlacedRaster& raster) {
    const auto found = known_.find(&raster);
    return found != known_.end() ? found->second : known_.emplace(&raster, agency_.danger_of(raster)).first->second;
  }

  const ScenarioData& data_;
  const RiskSources& sources_;
  const AgencyView& agency_;
  std::map<const PlacedRaster*, std::optional<double>> known_;
};

double danger_factor(int danger) {
  return danger >= 5 ? 1.5 : danger == 4 ? 1.25 : 1.0;
}

void add_loads(AgencyRisk& risk, const Loads& loads, const Agency& agency, const Policy::Assessment& policy) {
  risk.hazard_floor = loads.floor;
  if (!loads.known)
    return;
  const double factor = agency.tier == Tier::National ? policy.national_load_factor.value : 1.0;
  risk.fire_load_value = loads.fire_load;
  risk.fire_load = load_class_of(loads.fire_load, policy.fire_load_classes, factor);
  risk.anticipated_load =
      load_class_of(loads.anticipated * danger_factor(risk.danger), policy.fire_load_classes, factor);
}

}  // namespace

int load_class_of(double load, const std::array<Provision<double>, 4>& least, double factor) {
  return 1 + static_cast<int>(std::ranges::count_if(least, [&](const auto& l) { return load >= l.value * factor; }));
}

int share_class_of(double share, const std::array<Provision<double>, 4>& least) {
  return 5 - static_cast<int>(std::ranges::count_if(least, [&](const auto& l) { return share >= l.value; }));
}

double fire_weight(double area_ha, const std::string& stage) {
  double weight = 4.0;
  if (area_ha <= 0.0 || (area_ha >= 10.0 && area_ha < 100.0))
    weight = 0.5;
  else if (area_ha < 10.0)
    weight = 0.25;
  else if (area_ha < 1000.0)
    weight = 1.0;
  else if (area_ha < 10000.0)
    weight = 2.0;
  const double control = control_of(stage).value_or(3.0);
  return weight * (control >= 3.0 ? 1.0 : control >= 2.0 ? 0.5 : control >= 1.0 ? 0.1 : 0.0);
}

int matrix_level(const AgencyRisk& risk) {
  if (risk.danger == 0 && risk.fire_load == 0 && risk.anticipated_load == 0)
    return risk.hazard_floor > 1 ? risk.hazard_floor : 0;
  int sum = 0;
  int known = 0;
  for (const int input :
       {risk.danger, risk.fire_load, risk.anticipated_load, risk.resource_level, risk.ability_to_respond}) {
    sum += input;
    known += input > 0 ? 1 : 0;
  }
  const int mean = (sum + known - 1) / known;
  const int load = std::max(risk.fire_load, risk.anticipated_load) - 1;
  return std::clamp(std::max({mean, load, risk.hazard_floor}), 1, 5);
}

std::vector<AgencyRisk> assess_donor_risk(const ScenarioData& data, const RiskSources& sources) {
  std::vector<AgencyRisk> risks;
  for (const auto index : data.agencies.indices()) {
    const auto& agency = data.agencies[index];
    const AgencyView view(data, sources, index);
    const Loads loads = view.loads();
    DangerByDay danger(data, sources, view);
    for (Day day = data.horizon.first; day < data.horizon.last(); day += Days{1}) {
      AgencyRisk risk{.agency = index, .day = day};
      danger.add_to(risk);
      add_loads(risk, loads, agency, data.policy.assessment);
      risk.resource_level = view.resource_level(day);
      risk.ability_to_respond = view.ability_to_respond(day);
      risk.level = matrix_level(risk);
      risk.given = !agency.levels.empty();
      risks.push_back(risk);
    }
  }
  return risks;
}

void apply_levels(ScenarioData& data) {
  for (const auto& risk : data.assessment.risks) {
    auto& levels = data.agencies[risk.agency].levels;
    if (risk.given || risk.level == 0)
      continue;
    if (levels.empty() || levels.back().second != risk.level)
      levels.emplace_back(risk.day, risk.level);
  }
}

}  // namespace relevo::planner
