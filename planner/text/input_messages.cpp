// SPDX-License-Identifier: MIT
#include "planner/text/catalogue_parts.hpp"

namespace relevo::text {

namespace {

constexpr Entry kEntries[] = {
    {"input.severity.error", "error", "error", "erreur"},
    {"input.severity.warning", "warning", "advertencia", "avertissement"},
    {"input.severity.note", "note", "nota", "remarque"},
};

}  // namespace

std::span<const Entry> input_messages() {
  return kEntries;
}

}  // namespace relevo::text
