// SPDX-License-Identifier: MIT
#pragma once

#include "geo/itinerary.hpp"
#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <optional>
#include <string_view>

namespace relevo::cli {

// The words that plan.json and the tables use for enumerators. They are part of the file formats: never translated,
// never changed.

std::string_view word_of(planner::PlanStatus status);
std::string_view word_of(planner::RequestStatus status);
std::string_view word_of(planner::Phase phase);
std::string_view word_of(planner::EscortTerms::Role role);
std::string_view word_of(planner::EscortTerms::Supply supply);
std::string_view word_of(planner::Measure measure);
std::string_view word_of(geo::LegMode mode);

/// The catalogue's word for the role.
std::string_view key_of(planner::EscortTerms::Role role);

/// The enumerator behind a word, none for a word that is not in use: `enum_of<planner::Phase>("firm")`.
template <class Enum>
std::optional<Enum> enum_of(std::string_view word);

}  // namespace relevo::cli
