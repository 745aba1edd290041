// SPDX-License-Identifier: MIT
// What KML says in folders and descriptions: attributes for people, read as columns.
#include "geo/layer/labelled_text.hpp"
#include "geo/layer/reader.hpp"
#include "geo/layer/time_text.hpp"
#include "tests/geo/layer/layer_record_sink.hpp"
#include "tests/geo/scratch_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace relevo::geo {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

std::string placemark(const std::string& description, double west, const std::string& name = "") {
  return fmt::format(
      "<Placemark>{}<description>{}</description><Polygon><outerBoundaryIs><LinearRing><coordinates>"
      "{:.1f},38.0,0 {:.1f},38.0,0 {:.1f},39.0,0 {:.1f},39.0,0 {:.1f},38.0,0"
      "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>",
      name.empty() ? "" : "<name>" + name + "</name>", description, west, west + 1, west + 1, west, west);
}

std::string folder(const std::string& name, const std::string& placemarks) {
  return "<Folder><name>" + name + "</name>" + placemarks + "</Folder>";
}

std::string document(const std::string& body) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>" + body +
         "</Document></kml>";
}

std::string plume(const std::string& start, const std::string& end, const std::string& density) {
  return fmt::format(
      "<![CDATA[<div style=\"width:170px;\">Start Time: {}<br>\nEnd Time: {}<br>Density: {}<br>Satellite: GOES-WEST"
      "</div>]]>",
      start, end, density);
}

class Kml : public testing::Test {
 protected:
  LayerRecords read(const std::string& bytes, const std::string& layer = "") {
    write_file(folder_ / "unnamed", bytes);
    LayerRequest request;
    request.file = folder_ / "unnamed";
    request.profiles = std::filesystem::path(RELEVO_SOURCE_DIR) / "data" / "profiles";
    request.layer = layer;
    LayerRecordSink sink;
    read_layer(request, sink);
    EXPECT_EQ(sink.got.counts.read, sink.got.counts.kept + sink.got.counts.refused);
    return std::move(sink.got);
  }

  ScratchFolder folder_;
};

const std::string kDay =
    document("<name>HMS Smoke Mapping-20260929</name>" +
             folder("Smoke (Light)", placemark(plume("2026272 1200UTC", "2026272 1500UTC", "Light"), -120) +
                                         placemark(plume("2026272 2300UTC", "2026273 0130UTC", "Light"), -110)) +
             folder("Smoke (Medium)", "") +
             folder("Smoke (Heavy)", placemark(plume("2026272 1300UTC", "2026272 1500UTC", "Heavy"), -100)));

TEST_F(Kml, SmokeOfADayIsKnownByWhatIsInIt) {
  const auto got = read(kDay);
  EXPECT_EQ(got.identity.theme, LayerTheme::Smoke);
  EXPECT_EQ(got.identity.profile, "hms-smoke");
  EXPECT_THAT(got.identity.remarks, Not(Contains(Pair("other_layers", testing::_))));
  ASSERT_EQ(got.features.size(), 3U);  // of all folders
  const std::vector<double> densities = {number(got.features[0], "density"), number(got.features[1], "density"),
                                         number(got.features[2], "density")};
  EXPECT_THAT(densities, ElementsAre(1.0, 1.0, 3.0));
  EXPECT_EQ(iso_text(got.features[0].time.value()), "2026-09-29T12:00:00Z");  // day 272 of a year of 365 days
  EXPECT_EQ(iso_text(got.features[0].until.value()), "2026-09-29T15:00:00Z");
  EXPECT_EQ(iso_text(got.features[1].until.value()), "2026-09-30T01:30:00Z");
  EXPECT_THAT(got.features[2].attributes, HasSubstr(R"x("folder":"Smoke (Heavy)")x"));
  EXPECT_THAT(got.features[2].attributes, HasSubstr(R"("Satellite":"GOES-WEST")"));
  EXPECT_THAT(got.features[2].attributes, Not(HasSubstr("tessellate"))) << "says how to draw, not what";
  EXPECT_THAT(got.identity.columns, Not(Contains("icon")));
}

TEST_F(Kml, AFolderIsReadAloneWhereItIsNamed) {
  const auto got = read(kDay, "Smoke (Heavy)");
  EXPECT_EQ(got.identity.profile, "hms-smoke");
  ASSERT_EQ(got.features.size(), 1U);
  EXPECT_EQ(number(got.features[0], "density"), 3.0);
}

TEST_F(Kml, SmokeOfEarlierYearsHasFiguresAndLineFeeds) {
  const auto got =
      read(document(placemark("\n  Smoke Attributes:\n    Start Time: 2020005 1201 UTC\n"
                              "    Density: 16.000\n    Satellite: GOES-EAST\n",
                              -120, "Smoke (Medium)")));
  EXPECT_EQ(got.identity.profile, "hms-smoke");
  ASSERT_EQ(got.features.size(), 1U);
  EXPECT_EQ(number(got.features[0], "density"), 2.0);
  EXPECT_EQ(iso_text(got.features[0].time.value()), "2020-01-05T12:01:00Z");
  EXPECT_FALSE(got.features[0].until.has_value());
}

TEST_F(Kml, TheFolderSaysTheDensityWhereTheDescriptionDoesNot) {
  const auto got =
      read(document(folder("Smoke (Light)", placemark(plume("2026272 1200UTC", "2026272 1500UTC", "Light"), -120)) +
                    folder("Smoke (Medium)", placemark("<![CDATA[Start Time: 2026272 1200UTC<br>Density: ]]>", -110))));
  ASSERT_EQ(got.features.size(), 2U);
  EXPECT_EQ(number(got.features[1], "density"), 2.0);
}

TEST_F(Kml, OtherFoldersAndTextsAreNoSmoke) {
  const auto got = read(document(folder("Plan (Light)", placemark("Start Time: noon", -120)) +
                                 folder("Plan (Heavy)", placemark("Start Time: 2026272 1200UTC", -110))));
  EXPECT_EQ(got.identity.theme, LayerTheme::Custom);
  EXPECT_EQ(got.features.size(), 2U);
}

TEST_F(Kml, FoldersOfAnotherGeometryStayApart) {
  const std::string point =
      "<Placemark><name>A</name><Point><coordinates>-111.4,56.7</coordinates></Point></Placemark>";
  const auto got =
      read(document(folder("stations", point) + folder("zones", placemark("", -120)) + folder("more stations", point)));
  EXPECT_EQ(got.features.size(), 2U);
  EXPECT_THAT(got.identity.remarks, Contains(Pair("other_layers", "stations, zones, more stations")));
}

TEST_F(Kml, PerimetersWithTheirAttributesInAnHtmlTable) {
  const std::string table =
      "<![CDATA[<html><head><style>td: x</style></head><body><table><tr><td>CEDAR</td></tr><tr><td>\n<table>\n"
      "<tr>\n<td>poly_IncidentName</td>\n<td>CEDAR</td>\n</tr><tr><td>poly_GISAcres</td><td>247.1</td></tr>"
      "<tr><td>attr_IrwinID</td><td>{A-1}</td></tr>"
      "<tr><td>poly_DateCurrent</td><td>2024-06-20 12:00</td></tr></table></td></tr></table></body></html>]]>";
  const auto got = read(document(placemark(table, -120)));
  EXPECT_EQ(got.identity.theme, LayerTheme::Perimeters);
  EXPECT_EQ(got.identity.profile, "wfigs-perimeters");
  ASSERT_EQ(got.features.size(), 1U);
  EXPECT_EQ(got.features[0].name, "CEDAR");
}

TEST_F(Kml, DetectionsOfFirms) {
  const auto got = read(document(
      folder("Fire Detection Centroids",
             "<Placemark><name>Fire Detection Centroid</name><description><![CDATA[<b>Latitude: </b> 56.7<br/>"
             "<b>Longitude: </b> -111.4<br/><b>Detection Time: </b> 2016-05-03 20:21 UTC<br/><b>Sensor: </b> VIIRS "
             "S-NPP<br/><b>Confidence: </b> High<br/><b>FRP: </b> 12.5 MW]]></description>"
             "<Point><coordinates>-111.4,56.7,0</coordinates></Point></Placemark>")));
  EXPECT_EQ(got.identity.profile, "firms-kml");
  ASSERT_EQ(got.features.size(), 1U);
  EXPECT_EQ(number(got.features[0], "frp_mw"), 12.5);
  EXPECT_EQ(number(got.features[0], "confidence"), 90.0);
  EXPECT_EQ(text(got.features[0], "satellite"), "S-NPP");
  EXPECT_EQ(iso_text(got.features[0].time.value()), "2016-05-03T20:21:00Z");
}

using Values = std::vector<std::pair<std::string, std::string>>;

TEST(LabelledValues, OfLines) {
  EXPECT_EQ(
      labelled_values("<b>Name:</b> A &amp; B<br/>\r\nState : BC\nno label\nhttps://example.org/x\n12:30 seen\nNote:"),
      (Values{{"Name", "A & B"}, {"State", "BC"}, {"Note", ""}}));
}

TEST(LabelledValues, OfTables) {
  EXPECT_EQ(labelled_values("<TABLE><tr><th>Size</th><th>< 10 ha</th></tr><tr><td>One</td><td>1</td><td>2</td></tr>"
                            "<tr><td colspan=\"2\">Seen: today</td></tr></TABLE>"),
            (Values{{"Size", "< 10 ha"}, {"Seen", "today"}}));
}

TEST(LabelledValues, AreFoundInWhateverIsThere) {
  const std::string text = "<style>a:b</style>x: 1<br>&amp;y<table><tr><td>z</td><td>2";
  for (std::size_t length = 0; length <= text.size(); ++length) {
    for (const auto& [label, value] : labelled_values(text.substr(0, length))) {
      EXPECT_FALSE(label.empty());
      EXPECT_LE(label.size(), 40U);
    }
  }
  EXPECT_EQ(labelled_values(std::string(1'000'000, '<') + "a: b"), Values{});
}

}  // namespace
}  // namespace relevo::geo
