// SPDX-License-Identifier: MIT
#pragma once

#include "planner/generate/random.hpp"
#include "planner/generate/reference.hpp"
#include "planner/generate/season.hpp"
#include "planner/model/day.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relevo::planner::generate {

/// A base, at a real airport of its agency.
struct BaseRow {
  std::string id;
  std::size_t agency = 0;
  Field field;
};

/// A row of the roster: one class of the solver.
struct UnitRow {
  std::string id;
  std::size_t agency = 0;
  std::optional<std::size_t> kind;  ///< position in kind_shares(); none: an escort
  std::string kind_id;
  std::string type;
  int count = 1;
  int persons = 1;
  std::size_t base = 0;
  std::optional<int> from;  ///< column of the horizon
  std::optional<int> to;    ///< column, inclusive
  int days_worked = 0;
  std::string languages;
  std::string qualifications;
  std::string documents;
  std::string pools;
  int daily_cost = 0;

  bool is_available(int day) const { return (!from || *from <= day) && (!to || day <= *to); }
};

struct PoolRow {
  std::string id;
  int people = 0;
};

/// A fire of a cluster near an airport.
struct IncidentRow {
  std::string id;
  std::string name;
  std::size_t agency = 0;
  Spot spot;
  int base_priority = 3;
  std::string fire_behaviour;
  int first_need = 0;  ///< column
  /// Of a fire that burns on the planning date.
  std::optional<int> days_burning;
  int area_ha = 0;
  std::string stage;
};

/// An order line.
struct RequestRow {
  std::string id;
  std::size_t agency = 0;
  std::size_t incident = 0;
  std::size_t kind = 0;  ///< position in kind_shares()
  std::string type;
  int weight = 1;  ///< what its quantity is in proportion to
  int quantity = 1;
  bool in_people = false;
  int persons_per_unit = 1;
  int from = 0;  ///< column
  int to = 0;    ///< column, inclusive
  int priority = 3;
  int min_fill = 0;  ///< 0: not given
  std::string package;
  bool handover = false;

  bool contains(int day) const { return from <= day && day <= to; }
};

struct LevelRow {
  std::size_t agency = 0;
  int day = 0;
  int level = 1;
};

struct LiftRow {
  std::string id;
  std::string from;
  std::string to;
  int seats = 0;
  int max_uses = 1;
  int cost = 0;
};

/// Everything that a season holds, before it becomes text.
struct Content {
  SeasonOptions options;
  Reference reference;
  Day first_day;
  std::vector<BaseRow> bases;
  std::vector<PoolRow> pools;
  std::vector<UnitRow> units;
  std::vector<IncidentRow> incidents;
  std::vector<RequestRow> requests;
  std::vector<LevelRow> levels;  ///< ascending by agency and day; each agency has one for the first day
  std::vector<LiftRow> lifts;

  const Territory& territory(std::size_t agency) const { return reference.territories[agency]; }
  Day day(int column) const { return first_day + Days{column}; }
  bool has(Extra extra) const { return options.extras.contains(extra); }
  int level_on(std::size_t agency, int day) const;
};

/// Bases and units; every count exact.
void make_roster(Content& content, Random random);
/// Incidents and lines, each with the weight of its quantity.
void make_demand(Content& content, Random random);
/// Quantities and preparedness levels; returns what they come to.
PeakDemand make_quantities(Content& content, Random random);
/// What was asked for besides.
void add_extras(Content& content, Random random);

/// Tables, scenario.toml, agreements and layers, ascending by name.
std::vector<SeasonFile> files_of(const Content& content, const std::string& id, Random random);
std::vector<SeasonFile> agreement_files(const Content& content);
/// Ids of the agreements, in the order in which scenario.toml names them.
std::vector<std::string> agreement_ids();

/// One layer and how scenario.toml names it.
struct LayerFile {
  SeasonFile file;
  std::string theme;
};
std::vector<LayerFile> layer_files(const Content& content, Random random);

}  // namespace relevo::planner::generate
