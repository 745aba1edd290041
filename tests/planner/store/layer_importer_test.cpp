// SPDX-License-Identifier: MIT
#include "planner/store/layer_importer.hpp"

#include "planner/store/layer_loader.hpp"
#include "tests/geo/scratch_folder.hpp"
#include "tests/planner/store/feature_making.hpp"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace relevo::planner {
namespace {

using geo::LayerTheme;
using test::at;
using test::count;
using test::detection;
using test::import_features;
using ::testing::ElementsAre;
using ::testing::SizeIs;

const geo::LayerIdentity kHotspots{.theme = LayerTheme::Hotspots, .profile = "firms-viirs", .format = "CSV"};

class LayerImporterTest : public ::testing::Test {
 protected:
  geo::ScratchFolder scratch_;
  std::filesystem::path file_ = scratch_.path() / "w.relevo";
  Workspace workspace_ = Workspace::create(file_);
};

TEST_F(LayerImporterTest, GivesBackWhatCameIn) {
  geo::LayerFeature perimeter{
      .record = 7,
      .key = "{A}",
      .name = "Ridge",
      .time = at(5),
      .shape = test::square(-120, 50, 1),
      .repaired = true,
      .fields = {{"area_ha", 12.5}, {"percent_contained", 130.0}, {"agency", std::string("bc")}}};
  import_features(workspace_, {.name = "p", .source = "a letter", .as_of = "2024-06-01"},
                  {.theme = LayerTheme::Perimeters}, {perimeter});
  import_features(workspace_, {.name = "h"}, kHotspots, {detection(2, -120.5, 50.25, 3)});
  const auto data = load_layer_data(workspace_);
  ASSERT_THAT(data.imports, SizeIs(2));
  EXPECT_EQ(data.imports[0].source, "a letter");
  EXPECT_EQ(data.imports[1].profile, "firms-viirs");
  ASSERT_THAT(data.perimeters, SizeIs(1));
  EXPECT_EQ(data.perimeters[0].key, "{A}");
  EXPECT_EQ(data.perimeters[0].time, at(5));
  EXPECT_EQ(data.perimeters[0].area_ha, 12.5);
  EXPECT_EQ(data.perimeters[0].percent_contained, std::nullopt) << "130 percent is not known";
  EXPECT_EQ(data.perimeters[0].polygons, test::square(-120, 50, 1));
  ASSERT_THAT(data.detections, SizeIs(1));
  EXPECT_EQ(data.detections[0].point, (geo::LonLat{-120.5, 50.25}));
  EXPECT_EQ(data.detections[0].time, at(3));
  EXPECT_EQ(data.detections[0].confidence, 50);
  EXPECT_EQ(data.detections[0].import, 1);
}

TEST_F(LayerImporterTest, SameNameReplacesAndOthersStay) {
  import_features(workspace_, {.name = "a"}, kHotspots, {detection(2, 1, 1, 1), detection(3, 2, 2, 2)});
  import_features(workspace_, {.name = "b"}, kHotspots, {detection(2, 3, 3, 3)});
  import_features(workspace_, {.name = "a"}, kHotspots, {detection(2, 4, 4, 4)});
  EXPECT_EQ(count(workspace_, "detections"), 2);
  EXPECT_EQ(count(workspace_, "imports"), 2);
  EXPECT_EQ(count(workspace_, "import_files"), 2);
  // A layer that becomes one of another theme leaves nothing of the old one.
  import_features(
      workspace_, {.name = "a"}, {.theme = LayerTheme::Earthquakes},
      {{.record = 1, .key = "q", .time = at(1), .shape = geo::Points{{1, 2}}, .fields = {{"magnitude", 5.44}}}});
  EXPECT_EQ(count(workspace_, "detections"), 1);
  const auto data = load_layer_data(workspace_);
  ASSERT_THAT(data.hazards, SizeIs(1));
  EXPECT_EQ(data.hazards[0].strength, 5.44);
  EXPECT_EQ(data.hazards[0].detail, "M 5.4");
}

TEST_F(LayerImporterTest, AppendTakesEachDetectionOnce) {
  import_features(workspace_, {.name = "a"}, kHotspots, {detection(2, 1, 1, 1), detection(3, 2, 2, 2)});
  const auto result = import_features(
      workspace_, {.name = "a", .append = true}, kHotspots,
      {detection(2, 2, 2, 2), detection(3, 2, 2, 2, "other"), detection(4, 2, 2, 3), detection(5, 2, 2, 3)});
  EXPECT_EQ(result.known, 2U) << "one of the first file, one of this one";
  EXPECT_EQ(count(workspace_, "detections"), 4);
  EXPECT_EQ(load_imports(workspace_)[0].counts.read, 6U);
}

TEST_F(LayerImporterTest, AppendTakesTheNewerOfOneKeyAndTime) {
  const geo::LayerIdentity fires{.theme = LayerTheme::ActiveFires};
  const auto fire = [](const char* key, int hours, double area) {
    return geo::LayerFeature{
        .record = 1, .key = key, .time = at(hours), .shape = geo::Points{{-120, 50}}, .fields = {{"area_ha", area}}};
  };
  import_features(workspace_, {.name = "f"}, fires, {fire("A", 1, 10), fire("B", 1, 20)});
  import_features(workspace_, {.name = "f", .append = true}, fires, {fire("A", 1, 11), fire("A", 2, 12)});
  std::vector<double> areas;
  for (const auto& record : load_layer_data(workspace_).fires)
    areas.push_back(*record.area_ha);
  std::ranges::sort(areas);
  EXPECT_THAT(areas, ElementsAre(11, 12, 20));
  try {
    import_features(workspace_, {.name = "f", .append = true}, kHotspots, {});
    FAIL() << "hotspots are no fires";
  } catch (const WorkspaceError& e) {
    EXPECT_EQ(e.code(), "append_theme");
  }
}

TEST_F(LayerImporterTest, RecordsWithoutPlaceAreCountedAsRefused) {
  const auto result = import_features(workspace_, {.name = "f"}, {.theme = LayerTheme::ActiveFires},
                                      {{.record = 9}, {.record = 10, .shape = geo::Points{{1, 2}}}});
  EXPECT_EQ(result.counts.kept, 1U);
  EXPECT_EQ(result.counts.refused, 1U);
  ASSERT_THAT(result.counts.reasons, SizeIs(1));
  EXPECT_EQ(result.counts.reasons[0].code, "no_geometry");
  EXPECT_THAT(result.counts.reasons[0].examples, ElementsAre(9U));
}

TEST_F(LayerImporterTest, AlertsAreRetiredWhicheverComesFirst) {
  const geo::LayerIdentity alerts{.theme = LayerTheme::Alerts};
  const auto alert = [](const std::string& key, const std::string& type, const std::string& references) {
    return geo::LayerFeature{
        .record = 1,
        .key = key,
        .time = at(1),
        .shape = test::square(1, 1, 1),
        .fields = {{"msg_type", type}, {"references", references}, {"severity", std::string("Severe")}}};
  };
  const auto standing = [&] {
    std::vector<std::string> keys;
    for (const auto& hazard : load_layer_data(workspace_).hazards)
      keys.push_back(hazard.key);
    return keys;
  };
  import_features(workspace_, {.name = "1"}, alerts, {alert("s,a,t#1", "Alert", ""), alert("s,b,t#1", "Alert", "")});
  import_features(workspace_, {.name = "2"}, alerts, {alert("s,c,t#1", "Update", "s,x,t s,a,t")});
  EXPECT_THAT(standing(), ElementsAre("s,b,t#1", "s,c,t#1"));
  EXPECT_EQ(load_layer_data(workspace_).hazards[0].strength, 3.0);
  import_features(workspace_, {.name = "3"}, alerts,
                  {alert("s,x,t#1", "Alert", ""), alert("s,d,t#1", "Cancel", "s,c,t")});
  EXPECT_THAT(standing(), ElementsAre("s,b,t#1"))
      << "x was updated before it came, d is a cancellation, c is cancelled";
  import_features(workspace_, {.name = "2"}, alerts, {});
  EXPECT_THAT(standing(), ElementsAre("s,a,t#1", "s,b,t#1", "s,x,t#1")) << "without the update the others stand again";
}

TEST_F(LayerImporterTest, RastersComeBackToTheBit) {
  constexpr int kWidth = 300;
  constexpr int kHeight = 530;
  geo::RasterHeader header{.variable = "fwi",
                           .width = kWidth,
                           .height = kHeight,
                           .transform = {-125, 0.05, 0, 60, 0, -0.05},
                           .crs = "EPSG:4326",
                           .time = at(1)};
  const auto value = [](int row, int column) {
    return (row + column) % 17 == 0 ? std::numeric_limits<float>::quiet_NaN()
                                    : static_cast<float>(row) * 0.37F + static_cast<float>(column) * 1e-3F;
  };
  LayerImporter importer(workspace_, {.name = "fwi", .file = "fwi.tif"});
  importer.begin({.theme = LayerTheme::Danger, .raster = true});
  importer.raster(header);
  for (int row = 0; row < kHeight; row += 53) {
    geo::RasterRows rows{.first_row = row, .rows = 53};
    for (int r = row; r < row + 53; ++r)
      for (int c = 0; c < kWidth; ++c)
        rows.values.push_back(value(r, c));
    importer.rows(std::move(rows));
  }
  importer.end({.read = 1, .kept = 1});
  const auto data = load_layer_data(workspace_);
  ASSERT_THAT(data.rasters, SizeIs(1));
  EXPECT_EQ(data.rasters[0].header.transform, header.transform);
  const auto expect_window = [&](int column, int row, int columns, int rows) {
    const auto pixels = data.rasters[0].read(column, row, columns, rows);
    ASSERT_THAT(pixels, SizeIs(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows)));
    for (int r = 0; r < rows; ++r)
      for (int c = 0; c < columns; ++c) {
        const float wanted = value(row + r, column + c);
        const float found =
            pixels[static_cast<std::size_t>(r) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(c)];
        ASSERT_TRUE(wanted == found || (std::isnan(wanted) && std::isnan(found))) << row + r << " " << column + c;
      }
  };
  expect_window(0, 0, kWidth, kHeight);
  expect_window(250, 250, 20, 20);
  expect_window(299, 529, 1, 1);
  EXPECT_EQ(
      workspace_.connection().integer("SELECT count(*) FROM rasters WHERE MbrMinX(geom) = -125 AND MbrMaxY(geom) = 60 "
                                      "AND ST_IsValid(geom)"),
      1);
}

TEST_F(LayerImporterTest, GeometriesAreWhatSpatialiteReads) {
  geo::Polygons with_hole = test::square(-120, 50, 2);
  with_hole[0].holes.push_back({{-119.5, 50.5}, {-119.5, 51}, {-119, 51}, {-119, 50.5}, {-119.5, 50.5}});
  with_hole.push_back(test::square(10, 10, 1)[0]);
  const geo::LayerIdentity custom{.theme = LayerTheme::Custom};
  import_features(workspace_, {.name = "c"}, custom,
                  {{.record = 1, .shape = with_hole},
                   {.record = 2, .shape = geo::Lines{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}, {9, 9}}}},
                   {.record = 3, .shape = geo::Points{{1, 2}, {3, 4}}}});
  const auto text = [&](const std::string& table) {
    auto row = workspace_.connection().prepare("SELECT AsText(geom) FROM " + table + " WHERE ST_IsValid(geom)");
    return row.step() ? row.text(0) : std::string("none");
  };
  EXPECT_EQ(text("hazard_areas"),
            "MULTIPOLYGON(((-120 50, -118 50, -118 52, -120 52, -120 50), (-119.5 50.5, -119.5 51, -119 51, -119 50.5, "
            "-119.5 50.5)), ((10 10, 11 10, 11 11, 10 11, 10 10)))");
  EXPECT_EQ(text("hazard_lines"), "MULTILINESTRING((1 2, 3 4), (5 6, 7 8, 9 9))");
  EXPECT_EQ(text("hazard_points"), "MULTIPOINT(1 2, 3 4)");
  const auto hazards = load_layer_data(workspace_).hazards;
  ASSERT_THAT(hazards, SizeIs(3));
  EXPECT_TRUE(std::ranges::any_of(hazards, [&](const auto& h) { return h.shape == geo::Shape(with_hole); }));
}

/// Everything that stands in the file, as text.
std::string dump(const Workspace& workspace) {
  std::string all;
  for (const char* sql :
       {"SELECT group_concat(fid || hex(geom) || source_key) FROM detections",
        "SELECT group_concat(id || name) FROM imports", "SELECT group_concat(id || file) FROM import_files",
        "SELECT group_concat(name || sql) FROM sqlite_master"}) {
    auto row = workspace.connection().prepare(sql);
    if (row.step())
      all += row.text(0) + "\n";
  }
  return all;
}

TEST_F(LayerImporterTest, KilledAtAnyPointItLeavesTheWorkspaceAsItWas) {
  import_features(workspace_, {.name = "a"}, kHotspots, {detection(2, 1, 1, 1), detection(3, 2, 2, 2)});
  const auto before = dump(workspace_);
  // After begin, after some rows, after so many that pages have been written to the file, before end.
  for (const int rows : {0, 10, 60'000, 250'000}) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      const auto workspace = Workspace::open(file_);
      LayerImporter importer(workspace, {.name = "a", .file = "a"});
      importer.begin(kHotspots);
      for (int i = 0; i < rows; ++i)
        importer.feature(detection(static_cast<std::uint64_t>(i), i % 180, i % 90, i));
      std::raise(SIGKILL);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    EXPECT_EQ(dump(Workspace::open(file_)), before) << "killed after " << rows;
  }
  EXPECT_EQ(Workspace::open(file_).connection().integer(
                "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
            1);
}

TEST_F(LayerImporterTest, LeftBeforeItsEndItLeavesNothing) {
  const auto before = dump(workspace_);
  {
    LayerImporter importer(workspace_, {.name = "a", .file = "a"});
    importer.begin(kHotspots);
    importer.feature(detection(2, 1, 1, 1));
  }
  EXPECT_EQ(dump(workspace_), before);
}

}  // namespace
}  // namespace relevo::planner
