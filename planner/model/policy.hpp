// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/day.hpp"
#include "planner/model/provenance.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>

namespace relevo::planner {

/// The coordinator's prices and rates. Defaults and their sources stand in data/policy/default.toml; a scenario's
/// [policy] overrides single values. Points are explained in docs/model.md, section 5.
struct Policy {
  /// Points of one unmet unit-day, by priority 1..5 (index 0 is priority 1).
  std::array<Provision<double>, 5> unmet_points;
  Provision<int> people_per_unit{20, {}};           ///< an unmet person-day weighs 1/people_per_unit of a unit-day
  Provision<double> points_per_money{0, {}};        ///< points per unit of `currency`
  std::array<Provision<double>, 4> tier_points;     ///< per assignment of tier 0..3
  Provision<double> handover_points{0, {}};         ///< per unit that leaves a line with handover unrelieved (2b)
  Provision<double> extension_points{0, {}};        ///< per unit and extension day (D2)
  Provision<double> movement_points{0, {}};         ///< per movement, out and home (8)
  Provision<double> changed_firm_points{0, {}};     ///< per unit announced as firm that does not depart as announced
  Provision<double> changed_outlook_points{0, {}};  ///< the same for what was announced as outlook
  Provision<double> changed_return_points{0, {}};   ///< per announced unit that does not come home as announced
  /// Share of a lender's available units of a kind that may be away, by its preparedness level 1..5.
  std::array<Provision<double>, 5> exportable_share;
  Provision<int> default_preparedness_level{1, {}};

  std::string currency = "CAD";
  struct Rate {
    double to_currency = 1.0;  ///< multiply an amount in that currency by this
    Day as_of;
    Provenance from;
  };
  std::map<std::string, Rate> exchange;
  Provision<double> person_daily_cost{0, {}};       ///< where a unit gives none: wages, per person and day away
  Provision<double> lodging_per_person_day{0, {}};  ///< lodging and meals, per person and day present
  Provision<double> air_cost_per_passenger_km{0, {}};
  Provision<double> ground_cost_per_person_km{0, {}};
  Provision<double> escort_daily_cost{0, {}};  ///< an implicit representative, per day present

  struct Travel {
    Provision<double> ground_kmh{70, {}};
    Provision<double> ground_detour{1.3, {}};  ///< road distance over geodesic distance
    Provision<double> max_driving_hours_per_day{10, {}};
    Provision<double> airliner_kmh{750, {}};
    Provision<double> flight_overhead_hours{0.5, {}};  ///< taxi, climb and approach, per flight
    Provision<double> check_in_hours{2, {}};
    Provision<double> border_hours{1, {}};          ///< added once where the journey crosses a border
    Provision<double> ground_only_km{500, {}};      ///< passengers drive when the road is shorter than this
    Provision<int> passenger_runway_m{1500, {}};    ///< an airport takes a charter from this length on
    Provision<double> departure_hour{6, {}};        ///< journeys begin at this hour of the departure day
    Provision<double> same_day_shift_hours{2, {}};  ///< a journey not longer than this leaves the day a line day
    Provision<double> max_move_km{800, {}};         ///< by road: units move no farther between incidents (D8)
  } travel;

  struct Limits {
    int nodes = 200000;             ///< branch-and-bound nodes; the deterministic limit
    double gap = 0.0;               ///< stop at this relative gap
    std::optional<double> seconds;  ///< wall clock; may change the plan, and the output says so
  } limits;

  /// How layers become incidents, priorities and levels (docs/assessment.md).
  struct Assessment {
    Provision<double> cluster_metres{1500, {}};        ///< detections nearer than this ...
    Provision<double> cluster_hours{24, {}};           ///< ... and closer in time than this are neighbours
    Provision<int> cluster_detections{3, {}};          ///< neighbours, itself included, that make a core detection
    Provision<double> match_km{5, {}};                 ///< a cluster or record this near an incident belongs to it
    Provision<double> same_fire_km{2, {}};             ///< records of two lists this near, of one day, are one fire
    std::map<std::string, Provision<double>> weights;  ///< of the parts of the priority formula; they sum to 100
    std::array<Provision<double>, 4> priority_scores;  ///< least score of priority 1, 2, 3 and 4
    Provision<double> neutral_score{0.5, {}};          ///< of a part without data, 0..1
    /// By variable of a danger raster ("fwi", "isi", ...): least value of moderate, high, very high and extreme.
    std::map<std::string, std::array<Provision<double>, 4>> danger_classes;
    Provision<double> danger_days{10, {}};  ///< danger rasters farther than this from the planning date do not count
    std::array<Provision<double>, 4> fire_load_classes;    ///< least weighted fires of class 2, 3, 4 and 5
    Provision<double> national_load_factor{4, {}};         ///< the same times this for national centres
    std::array<Provision<double>, 4> home_share_classes;   ///< least share of units at home of class 1, 2, 3 and 4
    std::array<Provision<double>, 4> offer_share_classes;  ///< least share of units on offer of class 1, 2, 3 and 4
  } assessment;

  Provision<int> firm_hours{72, {}};  ///< departures within this many hours of the planning date are firm
};

}  // namespace relevo::planner
