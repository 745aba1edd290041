// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/index.hpp"
#include "planner/model/provenance.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace relevo::planner {

enum class Category { Personnel, Overhead, Equipment, Aircraft, Team };
/// How a unit gets to the incident: as passengers, driving itself, flying itself, or as freight.
enum class Mobility { Passengers, Drives, Flies, Freight };

/// Fire behaviour at an incident, and what a type may face at most.
enum class FireBehaviour { Low, Moderate, High, Extreme };

/// One type of a kind. Rank 1 is the most capable; a request for a type accepts every type of that kind whose rank is
/// not larger. Type is permission, not arithmetic: a better type does not count for more.
struct KindType {
  std::string id;  ///< "1", "2IA", "VLAT"
  int rank = 1;
  int persons = 0;  ///< usual people per unit, the default of the roster's `persons`
  /// Worst fire behaviour that units of the type may face; none: they face no fire at all.
  std::optional<FireBehaviour> faces = FireBehaviour::Extreme;
  std::map<std::string, std::string> names;  ///< by language code
};

struct Kind {
  std::string id;  ///< "crew", "helicopter", "agency-representative"
  Category category = Category::Personnel;
  Mobility mobility = Mobility::Passengers;
  bool crewed = true;                ///< false: no people, no tour and no days off (pumps, hose)
  bool relieved = false;             ///< its crew is relieved in place: tours bind the crew, not the unit (D7)
  std::optional<double> cruise_kmh;  ///< Mobility::Flies only
  std::optional<double> range_km;    ///< Mobility::Flies only
  std::optional<int> runway_m;       ///< shortest runway it uses; none: needs no runway
  int refurbish_days = 0;            ///< days at home before it can go again, for what has no rest
  std::map<std::string, std::string> names;
  std::vector<KindType> types;
  Provenance from;

  const KindType* find_type(const std::string& type_id) const noexcept {
    for (const auto& t : types)
      if (t.id == type_id)
        return &t;
    return nullptr;
  }
};

/// Another system's word for a kind and type: "brigada" is a crew of type 2.
struct KindAlias {
  std::string id;
  std::string kind;
  std::string type;
  std::string system;
};

struct KindCatalogue {
  IndexedVector<KindIndex, Kind> kinds;
  std::vector<KindAlias> aliases;

  std::optional<KindIndex> find(const std::string& id) const noexcept {
    for (auto k : kinds.indices())
      if (kinds[k].id == id)
        return k;
    return std::nullopt;
  }
};

}  // namespace relevo::planner
