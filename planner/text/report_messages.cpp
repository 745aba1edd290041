// SPDX-License-Identifier: MIT
#include "planner/text/catalogue_parts.hpp"

namespace relevo::text {

namespace {

constexpr Entry kEntries[] = {
    {"report.title", "Deployment plan", "Plan de despliegue", "Plan d'affectation"},
};

}  // namespace

std::span<const Entry> report_messages() {
  return kEntries;
}

}  // namespace relevo::text
