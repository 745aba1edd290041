// SPDX-License-Identifier: MIT
#include "geo/ogr_text.hpp"

#include <cpl_string.h>
#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <cstdlib>

namespace relevo::geo {

namespace {

std::string instant_text(const OGRFeature& feature, int field) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
  float second = 0.0F;
  feature.GetFieldAsDateTime(field, &year, &month, &day, &hour, &minute, &second, &zone);
  std::string text =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", year, month, day, hour, minute, static_cast<int>(second));
  // OGR counts zones in quarters of an hour from 100; 0 and 1 are "unknown" and "local".
  constexpr int kUtc = 100;
  if (zone == kUtc)
    return text + "Z";
  if (zone <= 1)
    return text;
  const int quarters = std::abs(zone - kUtc);
  return text + fmt::format("{}{:02}:{:02}", zone < kUtc ? '-' : '+', quarters / 4, quarters % 4 * 15);
}

std::string date_text(const OGRFeature& feature, int field) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
  float second = 0.0F;
  feature.GetFieldAsDateTime(field, &year, &month, &day, &hour, &minute, &second, &zone);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::string real_text(const OGRFeature& feature, int field, OGRFieldSubType subtype) {
  const double value = feature.GetFieldAsDouble(field);
  return subtype == OFSTFloat32 ? fmt::format("{}", static_cast<float>(value)) : fmt::format("{}", value);
}

template <class Number>
std::string joined(const Number* values, int count) {
  return fmt::format("{}", fmt::join(values, values + count, ";"));
}

std::string list_text(const OGRFeature& feature, int field, OGRFieldType type) {
  int count = 0;
  switch (type) {
    case OFTIntegerList: {
      const int* values = feature.GetFieldAsIntegerList(field, &count);
      return joined(values, count);
    }
    case OFTInteger64List: {
      const GIntBig* values = feature.GetFieldAsInteger64List(field, &count);
      return joined(values, count);
    }
    case OFTRealList: {
      const double* values = feature.GetFieldAsDoubleList(field, &count);
      return joined(values, count);
    }
    default: {
      CSLConstList values = feature.GetFieldAsStringList(field);
      return joined(values, CSLCount(values));
    }
  }
}

}  // namespace

std::string ogr_field_text(const OGRFeature& feature, int field) {
  if (!feature.IsFieldSetAndNotNull(field))
    return {};
  const OGRFieldDefn& definition = *feature.GetFieldDefnRef(field);
  switch (definition.GetType()) {
    case OFTInteger:
    case OFTInteger64:
      if (definition.GetSubType() == OFSTBoolean)
        return feature.GetFieldAsInteger(field) != 0 ? "true" : "false";
      return fmt::format("{}", feature.GetFieldAsInteger64(field));
    case OFTReal:
      return real_text(feature, field, definition.GetSubType());
    case OFTDate:
      return date_text(feature, field);
    case OFTDateTime:
      return instant_text(feature, field);
    case OFTIntegerList:
    case OFTInteger64List:
    case OFTRealList:
    case OFTStringList:
      return list_text(feature, field, definition.GetType());
    default:
      return feature.GetFieldAsString(field);
  }
}

}  // namespace relevo::geo
