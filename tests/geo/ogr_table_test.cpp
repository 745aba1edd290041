// SPDX-License-Identifier: MIT
#include "geo/ogr_table.hpp"

#include "tests/geo/scratch_folder.hpp"

#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::geo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class OgrTable : public testing::Test {
 protected:
  void SetUp() override { GDALAllRegister(); }

  std::string path(std::string_view name) const { return (folder_ / name).string(); }

  GDALDatasetUniquePtr create(const char* driver, std::string_view name) const {
    GDALDriver* found = GetGDALDriverManager()->GetDriverByName(driver);
    EXPECT_NE(found, nullptr) << driver;
    return GDALDatasetUniquePtr(found->Create(path(name).c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  }

  void write_text(std::string_view name, std::string_view text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  Table read(std::string_view name, const std::optional<std::string>& sheet = {},
             const OgrTableLimits& limits = {}) const {
    return read_ogr_table(path(name), std::string(name), sheet, limits);
  }

  TableProblem problem_of(const std::filesystem::path& file, const std::optional<std::string>& sheet = {},
                          const OgrTableLimits& limits = {}) const {
    try {
      read_ogr_table(file, "shown", sheet, limits);
    } catch (const TableError& error) {
      return error.problem();
    }
    ADD_FAILURE() << "was read: " << file;
    return {};
  }

 private:
  ScratchFolder folder_;
};

void add_fields(OGRLayer& layer, const std::vector<std::pair<const char*, OGRFieldType>>& fields) {
  for (const auto& [name, type] : fields) {
    OGRFieldDefn field(name, type);
    ASSERT_EQ(layer.CreateField(&field), OGRERR_NONE);
  }
}

/// One roster with a Spanish header, a blank row and the traps of spreadsheets.
void write_roster(GDALDataset& dataset) {
  OGRLayer* layer = dataset.CreateLayer("Plantilla", nullptr, wkbNone);
  ASSERT_NE(layer, nullptr);
  add_fields(*layer, {{"código", OFTString},
                      {"Fecha de salida", OFTDate},
                      {"personas", OFTInteger},
                      {"costo diario", OFTReal},
                      {"identificador", OFTString}});
  const auto add = [&](const char* code, int day, int persons, double cost, const char* id) {
    auto feature = OGRFeatureUniquePtr(OGRFeature::CreateFeature(layer->GetLayerDefn()));
    feature->SetField(0, code);
    if (day > 0)
      feature->SetField(1, 2016, 6, day);
    feature->SetField(2, persons);
    feature->SetField(3, cost);
    feature->SetField(4, id);
    ASSERT_EQ(layer->CreateFeature(feature.get()), OGRERR_NONE);
  };
  add("007", 4, 20, 0.1, "U-1");
  auto blank = OGRFeatureUniquePtr(OGRFeature::CreateFeature(layer->GetLayerDefn()));
  ASSERT_EQ(layer->CreateFeature(blank.get()), OGRERR_NONE);
  add("008", 0, 21, -1234567.25, "Brigada Ñandú");
}

void expect_roster(const Table& table) {
  EXPECT_EQ(table.sheet, "Plantilla");
  EXPECT_THAT(table.columns, ElementsAre("código", "Fecha de salida", "personas", "costo diario", "identificador"));
  ASSERT_EQ(table.rows.size(), 2U) << "the blank row is skipped";
  EXPECT_THAT(table.rows[0].cells, ElementsAre("007", "2016-06-04", "20", "0.1", "U-1"));
  EXPECT_THAT(table.rows[1].cells, ElementsAre("008", "", "21", "-1234567.25", "Brigada Ñandú"));
}

TEST_F(OgrTable, ReadsXlsx) {
  auto dataset = create("XLSX", "roster.xlsx");
  write_roster(*dataset);
  dataset.reset();
  const Table table = read("roster.xlsx");
  EXPECT_EQ(table.file, "roster.xlsx");
  expect_roster(table);
  EXPECT_EQ(table.rows[0].line, 2U) << "row 1 is the header";
  EXPECT_EQ(table.rows[1].line, 4U) << "blank rows count";
}

TEST_F(OgrTable, ReadsOds) {
  auto dataset = create("ODS", "roster.ods");
  write_roster(*dataset);
  dataset.reset();
  const Table table = read("roster.ods");
  expect_roster(table);
  EXPECT_EQ(table.rows[0].line, 2U);
  EXPECT_EQ(table.rows[1].line, 4U);
}

TEST_F(OgrTable, ReadsGeoPackageTable) {
  auto dataset = create("GPKG", "roster.gpkg");
  write_roster(*dataset);
  dataset.reset();
  const Table table = read("roster.gpkg", "Plantilla");
  expect_roster(table);
  EXPECT_EQ(table.rows[0].line, 1U) << "feature id";
  EXPECT_EQ(table.rows[1].line, 3U);
}

class TextSheet : public OgrTable, public testing::WithParamInterface<const char*> {};

TEST_P(TextSheet, HasAHeader) {
  const std::string name = std::string("texts.") + (GetParam() == std::string("XLSX") ? "xlsx" : "ods");
  auto dataset = create(GetParam(), name);
  OGRLayer* layer = dataset->CreateLayer("Hoja1", nullptr, wkbNone);
  add_fields(*layer, {{"agency", OFTString}, {"country", OFTString}});
  for (const char* text : {"CONAFOR", "2016/06/04"}) {
    auto feature = OGRFeatureUniquePtr(OGRFeature::CreateFeature(layer->GetLayerDefn()));
    feature->SetField(0, text);
    feature->SetField(1, "MX");
    ASSERT_EQ(layer->CreateFeature(feature.get()), OGRERR_NONE);
  }
  dataset.reset();
  const Table table = read(name);
  EXPECT_THAT(table.columns, ElementsAre("agency", "country"));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_THAT(table.rows[0].cells, ElementsAre("CONAFOR", "MX"));
  EXPECT_THAT(table.rows[1].cells, ElementsAre("2016-06-04", "MX"));
}

INSTANTIATE_TEST_SUITE_P(Spreadsheets, TextSheet, testing::Values("XLSX", "ODS"),
                         [](const auto& tested) { return std::string(tested.param); });

TEST_F(OgrTable, AsksForTheSheetWhereThereAreSeveral) {
  auto dataset = create("XLSX", "book.xlsx");
  for (const char* sheet : {"Units", "Bases"}) {
    OGRLayer* layer = dataset->CreateLayer(sheet, nullptr, wkbNone);
    add_fields(*layer, {{sheet, OFTString}});
    auto feature = OGRFeatureUniquePtr(OGRFeature::CreateFeature(layer->GetLayerDefn()));
    feature->SetField(0, "x");
    ASSERT_EQ(layer->CreateFeature(feature.get()), OGRERR_NONE);
  }
  dataset.reset();
  EXPECT_THAT(read("book.xlsx", "Bases").columns, ElementsAre("Bases"));
  const TableProblem several = problem_of(path("book.xlsx"));
  EXPECT_EQ(several.rule, "table.sheet");
  EXPECT_THAT(several.remedy, HasSubstr("Units, Bases"));
  EXPECT_EQ(problem_of(path("book.xlsx"), "bases").rule, "table.sheet") << "names are exact";
}

TEST_F(OgrTable, GivesPointsTheirCoordinatesInWgs84) {
  auto dataset = create("GPKG", "points.gpkg");
  OGRSpatialReference utm;
  utm.importFromEPSG(32612);
  OGRLayer* layer = dataset->CreateLayer("bases", &utm, wkbPoint);
  add_fields(*layer, {{"name", OFTString}, {"since", OFTDateTime}});
  auto feature = OGRFeatureUniquePtr(OGRFeature::CreateFeature(layer->GetLayerDefn()));
  feature->SetField(0, "Fort McMurray");
  feature->SetField(1, 2016, 5, 3, 13, 30, 0.0F, 100);
  // EPSG:32612 of 111.38 W, 56.70 N: cs2cs EPSG:4326 EPSG:32612.
  OGRPoint point(476730.45, 6284056.62);
  feature->SetGeometry(&point);
  ASSERT_EQ(layer->CreateFeature(feature.get()), OGRERR_NONE);
  auto nowhere = OGRFeatureUniquePtr(OGRFeature::CreateFeature(layer->GetLayerDefn()));
  nowhere->SetField(0, "unknown");
  ASSERT_EQ(layer->CreateFeature(nowhere.get()), OGRERR_NONE);
  dataset.reset();

  const Table table = read("points.gpkg");
  ASSERT_THAT(table.columns, ElementsAre("name", "since", "lon", "lat"));
  EXPECT_EQ(table.rows.at(0).cells[1], "2016-05-03T13:30:00Z");
  EXPECT_NEAR(std::stod(table.rows.at(0).cells[2]), -111.38, 1e-5);
  EXPECT_NEAR(std::stod(table.rows.at(0).cells[3]), 56.70, 1e-5);
  EXPECT_THAT(table.rows.at(1).cells, ElementsAre("unknown", "", "", ""));
}

constexpr std::string_view kIncidents = R"({"type": "FeatureCollection", "features": [
  {"type": "Feature", "geometry": {"type": "Point", "coordinates": [-111.38, 56.7]},
   "properties": {"incident_id": "MWF-009", "area_ha": 589552.5, "languages": ["en", "fr"], "code": "007", "big": 4000000000}},
  {"type": "Feature", "geometry": null,
   "properties": {"incident_id": "PWF-030", "area_ha": 12, "languages": [], "code": "1", "big": null}}]})";

TEST_F(OgrTable, ReadsGeoJson) {
  write_text("incidents.geojson", kIncidents);
  const Table table = read("incidents.geojson");
  EXPECT_THAT(table.columns, ElementsAre("incident_id", "area_ha", "languages", "code", "big", "lon", "lat"));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_THAT(table.rows[0].cells, ElementsAre("MWF-009", "589552.5", "en;fr", "007", "4000000000", "-111.38", "56.7"));
  EXPECT_THAT(table.rows[1].cells, ElementsAre("PWF-030", "12", "", "1", "", "", ""));
  EXPECT_EQ(table.rows[0].line, 1U);
  EXPECT_EQ(table.rows[1].line, 2U);
}

TEST_F(OgrTable, KeepsCoordinatesThatTheTableHas) {
  write_text("t.geojson", R"({"type": "FeatureCollection", "features": [{"type": "Feature",
    "geometry": {"type": "Point", "coordinates": [-111.38, 56.7]}, "properties": {"Lon": -110, "Lat": 55}}]})");
  const Table table = read("t.geojson");
  EXPECT_THAT(table.columns, ElementsAre("Lon", "Lat"));
  EXPECT_THAT(table.rows.at(0).cells, ElementsAre("-110", "55"));
}

TEST_F(OgrTable, RefusesPointsOffTheGlobe) {
  write_text("t.geojson", R"({"type": "FeatureCollection", "features": [{"type": "Feature",
    "geometry": {"type": "Point", "coordinates": [56.7, -111.38]}, "properties": {"a": 1}}]})");
  const TableProblem problem = problem_of(path("t.geojson"));
  EXPECT_EQ(problem.rule, "table.geometry");
  EXPECT_EQ(problem.line, 1U);
}

TEST_F(OgrTable, OpensNothingButPlainFiles) {
  for (const char* hostile : {"/vsicurl/http://example.org/units.xlsx", "/vsizip//etc/passwd",
                              "/VSIS3/bucket/units.gpkg", "/vsimem/x.gpkg", "//vsicurl/x.xlsx", "/tmp/../vsistdin/x",
                              "http://example.org/units.geojson", "PG:dbname=x://", "s3://b/units.gpkg"})
    EXPECT_EQ(problem_of(hostile).rule, "table.path") << hostile;
  for (const char* nothing : {"PG:dbname=relevo", "WFS:example.org", R"({"type": "Point", "coordinates": [1, 2]})",
                              "/dev/stdin", "/dev/zero", "/tmp", "", "no such file.xlsx"})
    EXPECT_EQ(problem_of(nothing).rule, "table.open") << nothing;
}

TEST_F(OgrTable, OpensOnlyItsFourFormats) {
  write_text("t.vrt",
             "<OGRVRTDataSource><OGRVRTLayer name=\"x\"><SrcDataSource>/vsicurl/http://example.org/x"
             "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
  write_text("t.csv", "a,b\n1,2\n");
  write_text("t.gpkg", "SQLite format 3 but no database");
  write_text("t.xlsx", "PK\x03\x04 but no archive");
  for (const char* name : {"t.vrt", "t.csv", "t.gpkg", "t.xlsx"}) {
    const TableProblem problem = problem_of(path(name));
    EXPECT_EQ(problem.rule, "table.driver") << name;
    EXPECT_EQ(problem.file, "shown");
  }
}

TEST_F(OgrTable, KeepsToItsLimits) {
  write_text("incidents.geojson", kIncidents);
  EXPECT_EQ(problem_of(path("incidents.geojson"), {}, {.file_bytes = 100}).rule, "table.limit");
  EXPECT_EQ(problem_of(path("incidents.geojson"), {}, {.cells = 13}).rule, "table.limit");
  EXPECT_EQ(read("incidents.geojson", {}, {.cells = 14}).rows.size(), 2U);
}

TEST_F(OgrTable, RefusesTwoColumnsOfOneName) {
  auto dataset = create("XLSX", "t.xlsx");
  OGRLayer* layer = dataset->CreateLayer("t", nullptr, wkbNone);
  add_fields(*layer, {{"name", OFTString}, {"NAME ", OFTString}});
  auto feature = OGRFeatureUniquePtr(OGRFeature::CreateFeature(layer->GetLayerDefn()));
  feature->SetField(0, "x");
  ASSERT_EQ(layer->CreateFeature(feature.get()), OGRERR_NONE);
  dataset.reset();
  EXPECT_EQ(problem_of(path("t.xlsx")).rule, "table.header");
}

}  // namespace
}  // namespace relevo::geo
