// SPDX-License-Identifier: MIT
#pragma once

#include "geo/table.hpp"
#include "geo/table_error.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace relevo::geo {

/// A table beyond one of these is refused (rule table.limit), not cut.
struct OgrTableLimits {
  std::size_t file_bytes = std::size_t{256} << 20U;
  std::size_t cells = 20'000'000;  ///< rows x columns
};

/// Reads a table from an XLSX or ODS spreadsheet, a GeoPackage or a GeoJSON file, through GDAL. The content decides
/// which of the four it is; nothing else is opened, no path into a network or virtual file system, and no path that is
/// not a file.
///
/// `sheet` is a sheet or layer by its exact name. Without it the file must have one that is not empty.
/// The first row of a sheet is its header. Rows that are blank all over are skipped.
///
/// Cells become text: whole numbers without a fraction, other numbers with the fewest digits that give them back (in
/// spreadsheets at most 15), dates as 2016-06-04, instants as 2016-06-04T13:30:00 followed by their zone where it is
/// known, logical values as true and false (in spreadsheets 1 and 0), lists joined by ';'. What a spreadsheet keeps as
/// text
/// ("007") stays as it is, except that 2016/06/04 becomes 2016-06-04. Known limit of GDAL 3.6: a cell with date and
/// time whose number format is a lower-case custom one ("yyyy-mm-dd h:mm") loses its time. TableRow::line is the row of
/// the sheet counting the header, the feature id of a GeoPackage, the position (from 1) of a GeoJSON feature. Cells to
/// the right of a sheet's last column name are surplus.
///
/// Points get the columns `lon` and `lat` (degrees, WGS 84) unless the table has a column of either name; layers
/// without a coordinate system are taken to be in WGS 84. Other geometries are left to the layer readers.
///
/// `shown_name` is what errors and Table::file call the file. Throws TableError.
Table read_ogr_table(const std::filesystem::path& path, const std::string& shown_name,
                     const std::optional<std::string>& sheet = {}, const OgrTableLimits& limits = {});

}  // namespace relevo::geo
