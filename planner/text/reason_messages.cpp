// SPDX-License-Identifier: MIT
#include "planner/text/catalogue_parts.hpp"

namespace relevo::text {

namespace {

constexpr Entry kEntries[] = {
    {"reason.none", "The request is filled.", "La solicitud está atendida.", "La demande est comblée."},
};

}  // namespace

std::span<const Entry> reason_messages() {
  return kEntries;
}

}  // namespace relevo::text
