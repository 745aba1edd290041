// SPDX-License-Identifier: MIT
#pragma once

#include <string>

class OGRFeature;

namespace relevo::geo {

/// A field of an OGR feature as text: whole numbers without a fraction, other numbers with the fewest digits that give
/// them back, dates as 2016-06-04, instants as 2016-06-04T13:30:00 followed by their zone where it is known, logical
/// values as true and false, lists joined by ';'. Empty where the field is null.
std::string ogr_field_text(const OGRFeature& feature, int field);

}  // namespace relevo::geo
