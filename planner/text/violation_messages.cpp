// SPDX-License-Identifier: MIT
#include "planner/text/catalogue_parts.hpp"

namespace relevo::text {

namespace {

constexpr Entry kEntries[] = {
    {"violation.unit_in_two_places", "{unit} ({ordinal}) is in two places on {day}.",
     "{unit} ({ordinal}) está en dos lugares el {day}.", "{unit} ({ordinal}) est à deux endroits le {day}."},
};

}  // namespace

std::span<const Entry> violation_messages() {
  return kEntries;
}

}  // namespace relevo::text
