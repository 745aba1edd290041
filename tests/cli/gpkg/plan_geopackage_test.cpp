// SPDX-License-Identifier: MIT
#include "cli/gpkg/plan_geopackage.hpp"

#include "cli/gpkg/exposure_rings.hpp"
#include "tests/cli/report/fixture.hpp"

#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>
#include <pugixml.hpp>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace relevo::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAreArray;

ReportInput with_rings(const test::ReportWorld& world) {
  ReportInput input = world.input();
  input.rings = exposure_rings(world.scenario.data());
  return input;
}

/// The file on disk while a test looks at it, by GDAL and by SQLite alone.
class PlanGeoPackageTest : public testing::Test {
 protected:
  void SetUp() override {
    GDALAllRegister();
    path_ = std::filesystem::temp_directory_path() /
            ("relevo-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + ".gpkg");
    write(plan_geopackage(with_rings(world_)));
  }
  void TearDown() override { std::filesystem::remove(path_); }

  void write(const std::string& bytes) const {
    std::ofstream file(path_, std::ios::binary);
    file << bytes;
    ASSERT_TRUE(file.flush());
  }
  GDALDatasetUniquePtr open(unsigned int flags = 0) const {
    return GDALDatasetUniquePtr(GDALDataset::Open(path_.c_str(), GDAL_OF_VECTOR | GDAL_OF_VERBOSE_ERROR | flags));
  }
  /// The rows of a query, columns joined by '|'.
  std::vector<std::string> query(const std::string& sql) const {
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open_v2(path_.c_str(), &database, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    const std::unique_ptr<sqlite3, int (*)(sqlite3*)> close(database, sqlite3_close);
    std::vector<std::string> rows;
    char* error = nullptr;
    sqlite3_exec(
        database, sql.c_str(),
        [](void* out, int columns, char** values, char**) {
          std::string row;
          for (int i = 0; i < columns; ++i)
            row += (i == 0 ? "" : "|") + std::string(values[i] == nullptr ? "NULL" : values[i]);
          static_cast<std::vector<std::string>*>(out)->push_back(row);
          return 0;
        },
        &rows, &error);
    EXPECT_EQ(error, nullptr) << error << ": " << sql;
    sqlite3_free(error);
    return rows;
  }

  test::ReportWorld world_ = test::assessed_world();
  std::filesystem::path path_;
};

const std::vector<std::string> kSpatial = {"incidents",
                                           "perimeters",
                                           "exposure_rings",
                                           "bases",
                                           "routes",
                                           "assignments_by_day",
                                           "contingents",
                                           "unreported_clusters",
                                           "hazard_1_hotspots",
                                           "hazard_2_smoke",
                                           "hazard_3_perimeters",
                                           "hazard_4_alerts",
                                           "hazard_5_earthquakes",
                                           "hazard_6_cyclones",
                                           "lenders"};
const std::vector<std::string> kTables = {"requests", "priority_parts", "layers", "sources", "layer_styles"};

TEST_F(PlanGeoPackageTest, GdalReadsEveryLayerAndValidGeometryInWgs84) {
  const auto dataset = open();
  ASSERT_NE(dataset, nullptr);
  std::set<std::string> names;
  for (const auto* layer : dataset->GetLayers())
    names.insert(const_cast<OGRLayer*>(layer)->GetName());
  std::vector<std::string> expected = kSpatial;
  expected.insert(expected.end(), kTables.begin(), kTables.end());
  EXPECT_THAT(names, UnorderedElementsAreArray(expected));
  for (const auto& name : kSpatial) {
    auto* layer = dataset->GetLayerByName(name.c_str());
    ASSERT_NE(layer, nullptr) << name;
    EXPECT_GT(layer->GetFeatureCount(), 0) << name;
    ASSERT_NE(layer->GetSpatialRef(), nullptr) << name;
    EXPECT_STREQ(layer->GetSpatialRef()->GetAuthorityCode(nullptr), "4326") << name;
    for (const auto& feature : *layer) {
      const auto* geometry = feature->GetGeometryRef();
      if (geometry == nullptr) {
        // A base at its airport: a leg of no length is no line.
        EXPECT_EQ(name, "routes");
        continue;
      }
      EXPECT_TRUE(geometry->IsValid()) << name << " " << feature->GetFID();
      EXPECT_EQ(wkbFlatten(layer->GetGeomType()), wkbFlatten(geometry->getGeometryType())) << name;
    }
  }
}

TEST_F(PlanGeoPackageTest, CountsAreThoseOfThePlan) {
  const auto dataset = open();
  const auto count = [&](const char* layer) {
    return static_cast<std::size_t>(dataset->GetLayerByName(layer)->GetFeatureCount());
  };
  EXPECT_EQ(count("incidents"), world_.scenario->incidents.size());
  EXPECT_EQ(count("perimeters"), 1U);
  EXPECT_EQ(count("exposure_rings"), 3 * world_.scenario->incidents.size());
  EXPECT_EQ(count("bases"), world_.scenario->bases.size());
  EXPECT_EQ(count("contingents"), world_.plan.contingents.size());
  EXPECT_EQ(count("unreported_clusters"), 2U);
  EXPECT_EQ(count("hazard_1_hotspots"), 120U);
  EXPECT_EQ(count("lenders"), world_.plan.reserve.size());
  EXPECT_EQ(count("requests"), world_.plan.requests.size());
  EXPECT_EQ(count("layers"), world_.scenario->assessment.imports.size());
  // Every day from departure to the last of the rest at home.
  std::size_t days = 0;
  for (const auto& assignment : world_.plan.assignments)
    days += static_cast<std::size_t>(
        (std::max(assignment.rested - planner::Days{1}, assignment.home) - assignment.depart).count() + 1);
  EXPECT_EQ(count("assignments_by_day"), days);
}

TEST_F(PlanGeoPackageTest, AnAssignmentIsWhereItsStateSays) {
  const auto rows = query(
      "SELECT day, state, incident_id FROM assignments_by_day WHERE assignment_id = 'A-0001' "
      "AND day IN ('2016-06-04', '2016-06-06', '2016-06-07', '2016-06-21', '2016-07-01', '2016-07-03') "
      "ORDER BY day");
  EXPECT_THAT(rows,
              ElementsAre("2016-06-04|travel_out|MWF-009", "2016-06-06|orientation|MWF-009", "2016-06-07|line|MWF-009",
                          "2016-06-21|off|MWF-009", "2016-07-01|travel_home|MWF-009", "2016-07-03|rest|NULL"));
  const auto dataset = open();
  auto* layer = dataset->GetLayerByName("assignments_by_day");
  const auto point_on = [&](const char* day) {
    layer->SetAttributeFilter((std::string("assignment_id = 'A-0001' AND day = '") + day + "'").c_str());
    layer->ResetReading();
    const OGRFeatureUniquePtr feature(layer->GetNextFeature());
    return *feature->GetGeometryRef()->toPoint();
  };
  EXPECT_DOUBLE_EQ(point_on("2016-06-07").getX(), -111.383);
  EXPECT_DOUBLE_EQ(point_on("2016-07-03").getY(), 20.72) << "rest at home: at its base";
  EXPECT_GT(point_on("2016-06-04").getY(), 20.72);
  EXPECT_GT(point_on("2016-06-05").getY(), point_on("2016-06-04").getY()) << "further north on the second day";
  layer->SetAttributeFilter(nullptr);
  EXPECT_EQ(layer->GetLayerDefn()->GetFieldDefn(layer->GetLayerDefn()->GetFieldIndex("day"))->GetType(), OFTDate);
}

TEST_F(PlanGeoPackageTest, IsValidByTheRulesOfGeoPackage) {
  EXPECT_THAT(query("PRAGMA integrity_check"), ElementsAre("ok"));
  EXPECT_THAT(query("PRAGMA foreign_key_check"), ElementsAre());
  EXPECT_THAT(query("PRAGMA application_id"), ElementsAre("1196444487"));
  EXPECT_THAT(query("PRAGMA user_version"), ElementsAre("10300"));
  EXPECT_THAT(query("SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY 1"), ElementsAre("-1", "0", "4326"));
  EXPECT_THAT(query("SELECT table_name FROM gpkg_contents WHERE table_name NOT IN (SELECT name FROM sqlite_master)"),
              ElementsAre());
  EXPECT_THAT(query("SELECT table_name FROM gpkg_contents WHERE data_type = 'features' AND table_name NOT IN "
                    "(SELECT table_name FROM gpkg_geometry_columns)"),
              ElementsAre());
  EXPECT_THAT(query("SELECT DISTINCT last_change FROM gpkg_contents"), ElementsAre("2016-06-01T00:00:00.000Z"));
  for (const auto& table : kSpatial) {
    EXPECT_THAT(query("SELECT rtreecheck('rtree_" + table + "_geom')"), ElementsAre("ok"));
    EXPECT_THAT(query("SELECT (SELECT count(*) FROM rtree_" + table + "_geom) = (SELECT count(*) FROM " + table +
                      " WHERE geom NOT NULL)"),
                ElementsAre("1"));
    EXPECT_THAT(query("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '" + table + "'"),
                ElementsAre("6"));
    EXPECT_THAT(query("SELECT count(*) FROM gpkg_extensions WHERE table_name = '" + table + "'"), ElementsAre("1"));
    // The contents' extent is the index's, which keeps 32-bit floats rounded outwards.
    EXPECT_THAT(
        query("SELECT abs(c.min_x - r.w) < 1e-4 AND abs(c.max_x - r.e) < 1e-4 AND abs(c.min_y - r.s) < 1e-4 AND "
              "abs(c.max_y - r.n) < 1e-4 FROM gpkg_contents c, (SELECT min(minx) w, max(maxx) e, min(miny) s, "
              "max(maxy) n FROM rtree_" +
              table + "_geom) r WHERE table_name = '" + table + "'"),
        ElementsAre("1"));
  }
}

TEST_F(PlanGeoPackageTest, TheIndexFollowsAnEdit) {
  {
    const auto dataset = open(GDAL_OF_UPDATE);
    auto* layer = dataset->GetLayerByName("incidents");
    const OGRFeatureUniquePtr feature(layer->GetFeature(1));
    OGRPoint moved(10.0, 20.0);
    feature->SetGeometry(&moved);
    ASSERT_EQ(layer->SetFeature(feature.get()), OGRERR_NONE);
  }
  EXPECT_THAT(query("SELECT round(minx, 3), round(maxy, 3) FROM rtree_incidents_geom WHERE id = 1"),
              ElementsAre("10.0|20.0"));
}

TEST_F(PlanGeoPackageTest, EverySpatialLayerOpensStyled) {
  EXPECT_THAT(query("SELECT f_table_name FROM layer_styles WHERE useAsDefault = 1"),
              UnorderedElementsAreArray(kSpatial));
  EXPECT_THAT(query("SELECT DISTINCT update_time FROM layer_styles"), ElementsAre("2016-06-01T00:00:00.000Z"));
  for (const auto& table : kSpatial) {
    const auto styles = query("SELECT styleQML FROM layer_styles WHERE f_table_name = '" + table + "'");
    const auto slds = query("SELECT styleSLD FROM layer_styles WHERE f_table_name = '" + table + "'");
    ASSERT_EQ(styles.size(), 1U);
    pugi::xml_document qml;
    ASSERT_TRUE(qml.load_string(styles[0].c_str(), pugi::parse_full)) << table;
    const auto renderer = qml.child("qgis").child("renderer-v2");
    EXPECT_TRUE(renderer.child("symbols").child("symbol")) << table;
    // A category without its symbol would draw nothing.
    for (const auto category : renderer.child("categories").children())
      EXPECT_TRUE(renderer.child("symbols").find_child_by_attribute("name", category.attribute("symbol").value()));
    pugi::xml_document sld;
    ASSERT_TRUE(sld.load_string(slds[0].c_str())) << table;
    EXPECT_TRUE(sld.first_element_by_path("StyledLayerDescriptor/NamedLayer/UserStyle/se:FeatureTypeStyle/se:Rule"));
  }
}

TEST_F(PlanGeoPackageTest, EveryValueOfAStylesColumnHasASymbol) {
  for (const auto& [table, column] : {std::pair{"incidents", "status"},
                                      {"assignments_by_day", "state"},
                                      {"routes", "standing"},
                                      {"lenders", "drawdown_band"},
                                      {"bases", "used"},
                                      {"perimeters", "schematic"},
                                      {"exposure_rings", "km"}}) {
    const auto qml = query(std::string("SELECT styleQML FROM layer_styles WHERE f_table_name = '") + table + "'").at(0);
    for (const auto& value : query(std::string("SELECT DISTINCT ") + column + " FROM " + table))
      EXPECT_THAT(qml, HasSubstr(" value=\"" + value + "\" label=")) << table;
  }
}

TEST_F(PlanGeoPackageTest, TheTemporalControllerFindsTimesAndEachDayOnce) {
  for (const auto& [table, first, last] : {std::tuple{"assignments_by_day", "noon", ""},
                                           {"routes", "from_noon", "to_noon"},
                                           {"contingents", "from_noon", "to_noon"},
                                           {"hazard_1_hotspots", "from_time", ""},
                                           {"hazard_2_smoke", "from_time", "to_time"}}) {
    pugi::xml_document qml;
    qml.load_string(
        query(std::string("SELECT styleQML FROM layer_styles WHERE f_table_name = '") + table + "'").at(0).c_str());
    const auto temporal = qml.child("qgis").child("temporal");
    EXPECT_STREQ(temporal.attribute("enabled").value(), "1") << table;
    EXPECT_STREQ(temporal.attribute("startField").value(), first) << table;
    EXPECT_STREQ(temporal.attribute("endField").value(), last) << table;
    EXPECT_THAT(query(std::string("SELECT type FROM pragma_table_info('") + table + "') WHERE name = '" + first + "'"),
                ElementsAre("DATETIME"));
  }
  // As QGIS asks for one day: from its first moment to that of the next, compared as text.
  EXPECT_THAT(query("SELECT DISTINCT day FROM assignments_by_day WHERE noon >= '2016-06-04T00:00:00Z' AND "
                    "noon < '2016-06-05T00:00:00Z'"),
              ElementsAre("2016-06-04"));
}

TEST_F(PlanGeoPackageTest, SameInputSameBytes) {
  const auto input = with_rings(world_);
  auto other_run = with_rings(world_);
  other_run.run = {"0.1.0", 99.0, 16, 4000.0, "2016-06-02 05:00", "relevo run elsewhere"};
  EXPECT_TRUE(plan_geopackage(input) == plan_geopackage(other_run));
}

TEST_F(PlanGeoPackageTest, NothingPlannedIsStillAGeoPackage) {
  const auto empty = test::empty_world();
  write(plan_geopackage(empty.input()));
  const auto dataset = open();
  ASSERT_NE(dataset, nullptr);
  EXPECT_EQ(dataset->GetLayerByName("incidents")->GetFeatureCount(), 0);
  EXPECT_THAT(query("SELECT min_x FROM gpkg_contents WHERE table_name = 'incidents'"), ElementsAre("NULL"));
}

TEST_F(PlanGeoPackageTest, HostileNamesAreText) {
  const auto hostile = test::hostile();
  write(plan_geopackage(with_rings(hostile)));
  EXPECT_THAT(query("SELECT name FROM incidents WHERE fid = 1").at(0), HasSubstr("</script><script>window.attacked"));
  EXPECT_THAT(query("PRAGMA integrity_check"), ElementsAre("ok"));
  for (const auto& qml : query("SELECT styleQML FROM layer_styles")) {
    pugi::xml_document document;
    EXPECT_TRUE(document.load_string(qml.c_str(), pugi::parse_full));
  }
}

TEST_F(PlanGeoPackageTest, RoutesAreCutAtTheAntimeridian) {
  planner::ScenarioData data = world_.scenario.data();
  auto plan = world_.plan;
  for (auto& leg : plan.assignments[0].outbound.legs)
    leg.to_point = {170.0, -40.0};
  const planner::Scenario scenario(std::move(data));
  write(plan_geopackage({scenario, plan, world_.baseline}));
  const auto dataset = open();
  bool cut = false;
  for (const auto& feature : *dataset->GetLayerByName("routes")) {
    if (feature->GetGeometryRef() == nullptr)
      continue;
    const auto* lines = feature->GetGeometryRef()->toMultiLineString();
    cut = cut || lines->getNumGeometries() == 2;
    for (const auto* line : *lines)
      for (int i = 1; i < line->getNumPoints(); ++i)
        EXPECT_LT(std::abs(line->getX(i) - line->getX(i - 1)), 180.0);
  }
  EXPECT_TRUE(cut);
}

}  // namespace
}  // namespace relevo::cli
