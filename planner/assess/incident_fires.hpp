// SPDX-License-Identifier: MIT
#pragma once

#include "geo/geodesic.hpp"
#include "planner/assess/incident_agencies.hpp"
#include "planner/assess/incident_extent.hpp"
#include "planner/assess/incident_identity.hpp"
#include "planner/model/layer_data.hpp"
#include "planner/model/scenario_loader.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// Which records of the layers speak of which fire. docs/incidents.md, section 2, has the rules in their order.
namespace relevo::planner::detail {

/// An area that some record gives.
struct DatedArea {
  Day day;
  geo::Instant time;  ///< orders several of one day
  double hectares = 0.0;
  std::size_t import = 0;
  bool is_perimeter = false;  ///< of a perimeter, not of a list
};

/// A link before it is counted to an incident.
struct RecordLink {
  std::size_t import = 0;
  std::string key;
  std::string rule;
  double distance_km = 0.0;
};

/// One fire, of the scenario's table or known to layers only.
struct Fire {
  std::optional<IncidentIndex> incident;
  std::vector<FireId> ids;
  std::string key;   ///< as the first record that has one writes it
  std::string name;  ///< the first that is a name
  std::string agency_word;
  std::string agency;  ///< agency_id, empty: not known
  geo::LonLat point;
  geo::UnitVector direction;
  Extent extent;  ///< newest perimeter known so far
  std::optional<Day> extent_day;
  std::size_t extent_import = 0;
  bool extent_of_layer = false;
  std::optional<Day> discovered;
  std::optional<Day> reported;  ///< of the latest record
  std::string stage_of_control;
  std::string response_type;
  std::size_t import = 0;  ///< of the record that gave the point
  std::vector<RecordLink> links;
  std::vector<DatedArea> areas;
  std::set<std::size_t> lists;  ///< imports of fire lists that have a record of it
};

/// A record that was kept apart although something spoke for joining it.
struct ApartRecord {
  enum class Why { Ambiguous, FarKey };
  Why why = Why::Ambiguous;
  std::string record;  ///< name or key
  std::string first;   ///< the fire, or the first of those, it may belong to
  std::string second;
  double distance_km = 0.0;
  std::size_t import = 0;
};

struct FireList {
  std::vector<Fire> fires;  ///< those of the table first, in its order
  std::vector<ApartRecord> apart;
  std::size_t after_planning_date = 0;  ///< records not used for being later than the planning date
};

FireList gather_fires(const ScenarioDraft& draft, const LayerData& layers, const AgencyFinder& agencies);

/// The day of a record, else of its import, as far as either is known.
std::optional<Day> day_of(const std::optional<geo::Instant>& time, const geo::LonLat& place, const LayerImport& import);

}  // namespace relevo::planner::detail
