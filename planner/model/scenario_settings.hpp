// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/day.hpp"
#include "planner/model/diagnostics.hpp"
#include "planner/model/toml_schema.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::planner {

/// A [[layer]] block of scenario.toml: a layer the geography reads.
struct LayerBlock {
  std::string file;            ///< as written
  std::filesystem::path path;  ///< where it is; it was there when the scenario was loaded
  std::string as;              ///< what it is: "hotspots", "perimeters", "danger", ...
  std::string name;
  std::string as_of;
  std::string source;
  std::string note;
  std::string profile;                        ///< id of the profile to read it by; empty: recognised
  std::string layer;                          ///< layer or variable of a file that has several
  std::string crs;                            ///< for a file that gives none: "EPSG:3978"
  bool archives = false;                      ///< read inside .zip, .gz, .tar
  std::map<std::string, std::string> fields;  ///< our field -> the layer's
  std::size_t line = 0;                       ///< in scenario.toml
};

/// An [[input]] block: when a file's content was current.
struct InputNote {
  std::string file;
  std::string as_of;
  std::string note;
  std::size_t line = 0;
};

/// What scenario.toml says, before any table is read.
struct ScenarioSettings {
  std::string id;
  std::string title;
  std::string time_zone = "UTC";
  Day as_of;
  Horizon horizon;
  std::vector<std::string> agreements;
  std::size_t agreements_line = 0;
  std::map<std::string, std::string> tables;  ///< table -> file
  std::vector<LayerBlock> layers;
  std::vector<InputNote> inputs;
  std::optional<TomlValue> document;  ///< for the [policy] section
};

/// The keys of scenario.toml.
const std::vector<KeySpec>& scenario_schema();

/// Whatever is faulty is reported. `edit` may change the document before it is read.
ScenarioSettings read_scenario_settings(std::string_view toml, const std::string& shown_name, Diagnostics& diagnostics,
                                        const std::function<void(TomlValue&)>& edit = {});

}  // namespace relevo::planner
