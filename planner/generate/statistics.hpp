// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace relevo::planner::generate {

/// An agency of data/reference/agencies.csv as seasons see it. Sources of the figures: docs/generate.md.
struct Region {
  std::string_view agency;
  int forces;                 ///< weight of what it has, of all agencies
  int fires;                  ///< weight of what burns there in a year: fires, those of Mexico at two fifths
  std::array<int, 4> months;  ///< June to September: how much of it burns then, 0 to 10
  int bases;                  ///< most bases
};

/// In the order in which seasons of few agencies take them.
std::span<const Region> regions();

/// A type of a kind in seasons.
struct TypeShare {
  std::string_view type;
  int units;     ///< per cent of the kind's roster rows
  int requests;  ///< per cent of its lines; 0 for a type that nobody asks for by name
};

/// A kind of data/reference/kinds.toml as seasons use it.
struct KindShare {
  std::string_view kind;
  std::string_view code;    ///< in unit ids
  std::string_view prefix;  ///< of request ids, as resource orders number them: crews, equipment, aircraft, overhead
  int units;                ///< per mille of the units
  int requests;             ///< per mille of the lines
  int machine_cost;         ///< per day, besides its people; CAD
  std::span<const TypeShare> types;
};

/// In the order in which seasons of few kinds take them.
std::span<const KindShare> kind_shares();

inline constexpr std::string_view kRepresentative = "agency-representative";
inline constexpr std::string_view kLead = "contingent-lead";

}  // namespace relevo::planner::generate
