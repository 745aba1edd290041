// SPDX-License-Identifier: MIT
#include "geo/layer/cap_source.hpp"

#include "geo/geodesic.hpp"
#include "geo/layer/geocode_area.hpp"
#include "geo/layer/source_file.hpp"
#include "geo/layer/time_text.hpp"
#include "geo/polygon_area.hpp"
#include "geo/shape_wkb.hpp"
#include "tests/geo/layer/recording_sink.hpp"
#include "tests/geo/scratch_folder.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <random>

namespace relevo::geo {
namespace {

constexpr const char* kArea =
    "<area><areaDesc>Valley</areaDesc><polygon>38.5,-120.1 38.3,-119.9 38.5,-119.7 38.6,-119.9 "
    "38.5,-120.1</polygon></area>";

struct AlertDraft {
  std::string identifier = "A-1";
  std::string status = "Actual";
  std::string type = "Alert";
  std::string references;
  std::string infos;
  std::string sent = "2016-05-03T16:00:00-07:00";
};

std::string info(const std::string& language, const std::string& event, const std::string& areas) {
  return "<info><language>" + language + "</language><category>Fire</category><event>" + event +
         "</event><urgency>Immediate</urgency><severity>Extreme</severity><certainty>Observed</certainty>"
         "<effective>2016-05-03T16:30:00-07:00</effective><expires>2016-05-04T00:00:00-07:00</expires><headline>" +
         event + " now</headline>" + areas + "</info>";
}

std::string alert(const AlertDraft& draft) {
  return "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>" + draft.identifier +
         "</identifier><sender>fire@example.org</sender><sent>" + draft.sent + "</sent><status>" + draft.status +
         "</status><msgType>" + draft.type + "</msgType><scope>Public</scope><references>" + draft.references +
         "</references>" + draft.infos + "</alert>";
}

std::string alert_with(const std::string& areas) {
  AlertDraft draft;
  draft.infos = info("en-CA", "wildfire", areas);
  return alert(draft);
}

class CapSource : public testing::Test {
 protected:
  LayerRequest write(const std::string& text, const std::string& name = "feed.bin") {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    LayerRequest request;
    request.file = folder_ / name;
    request.shown_name = "feed";
    return request;
  }
  Recording read(const LayerRequest& request) {
    RecordingSink sink;
    EXPECT_TRUE(is_cap(request));
    read_cap(request, sink);
    EXPECT_EQ(sink.made.counts.read, sink.made.counts.kept + sink.made.counts.refused);
    EXPECT_EQ(sink.made.counts.kept, sink.made.features.size());
    return std::move(sink.made);
  }
  Recording read(const std::string& text) { return read(write(text)); }

 private:
  ScratchFolder folder_;
};

TEST_F(CapSource, ReadsAPolygonWithItsTimesAndFields) {
  const Recording sink = read("<?xml version=\"1.0\"?>\n" + alert_with(kArea));
  ASSERT_EQ(sink.features.size(), 1U);
  const LayerFeature& feature = sink.features.front();
  EXPECT_EQ(feature.key, "fire@example.org,A-1,2016-05-03T23:00:00Z#1");
  EXPECT_EQ(feature.name, "wildfire now");
  EXPECT_EQ(iso_text(*feature.time), "2016-05-03T23:30:00Z");
  EXPECT_EQ(iso_text(*feature.until), "2016-05-04T07:00:00Z");
  EXPECT_EQ(bounding_box_of(feature.shape), (BoundingBox{-120.1, 38.3, -119.7, 38.6})) << "latitude comes first";
  EXPECT_EQ(text_field(feature, "severity"), "Extreme");
  EXPECT_EQ(text_field(feature, "msg_type"), "Alert");
  EXPECT_EQ(text_field(feature, "area"), "Valley");
  EXPECT_FALSE(feature.repaired);
  EXPECT_EQ(sink.identity.theme, LayerTheme::Alerts);
  EXPECT_EQ(sink.identity.format, "CAP");
  EXPECT_EQ(sink.remark("cap_version"), "1.2");
  EXPECT_EQ(nlohmann::json::parse(feature.attributes)["info"]["category"], "Fire");
}

TEST_F(CapSource, ACircleIsAGeodesicPolygon) {
  const Recording sink = read(alert_with("<area><areaDesc>x</areaDesc><circle>32.9,-115.5 20</circle></area>"));
  ASSERT_EQ(sink.features.size(), 1U);
  const auto& polygons = std::get<Polygons>(sink.features.front().shape);
  ASSERT_EQ(polygons.size(), 1U);
  for (const LonLat& v : polygons.front().outer)
    EXPECT_NEAR(distance_between({-115.5, 32.9}, v).metres(), 20000.0, 1e-3);
  const double whole = std::numbers::pi * 400.0 * 100.0;
  EXPECT_NEAR(area_of(polygons).hectares() / whole, 1.0, 0.0008) << "the chords take off 0.07 %";
}

TEST_F(CapSource, ACircleWithoutRadiusIsAPoint) {
  const Recording sink = read(alert_with("<area><circle>-16.053,-173.274 0.0</circle></area>"));
  ASSERT_EQ(sink.features.size(), 1U);
  EXPECT_EQ(sink.features.front().shape, Shape(Points{{-173.274, -16.053}}));
}

TEST_F(CapSource, ACircleAcrossTheAntimeridianIsCut) {
  const Recording sink = read(alert_with("<area><circle>-17,179.9 100</circle></area>"));
  ASSERT_EQ(sink.features.size(), 1U);
  EXPECT_EQ(std::get<Polygons>(sink.features.front().shape).size(), 2U);
  EXPECT_EQ(sink.count_of("antimeridian"), 1U);
}

TEST_F(CapSource, SeveralPolygonsOfAnAreaAreOneShape) {
  const Recording sink =
      read(alert_with("<area><polygon>0,0 0,1 1,1 0,0</polygon><polygon>5,5 5,6 6,6 5,5</polygon></area>"));
  ASSERT_EQ(sink.features.size(), 1U);
  EXPECT_EQ(std::get<Polygons>(sink.features.front().shape).size(), 2U);
}

TEST_F(CapSource, GeocodesAloneAreKeptWithoutGeometry) {
  const Recording sink = read(alert_with(
      "<area><areaDesc>Humboldt</areaDesc><geocode><valueName>UGC</valueName><value>NVC013</value></geocode></area>"));
  ASSERT_EQ(sink.features.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(sink.features.front().shape));
  EXPECT_EQ(sink.count_of("no_geometry"), 1U);
  EXPECT_EQ(nlohmann::json::parse(sink.features.front().attributes)["area"]["geocode"][0], "UGC=NVC013");
}

TEST_F(CapSource, TheWantedLanguageIsReadAndTheOthersAreKept) {
  AlertDraft draft;
  draft.infos = info("fr-CA", "feu de forêt", kArea) + info("en-CA", "wildfire", kArea);
  LayerRequest request = write(alert(draft));
  const Recording sink = read(request);
  ASSERT_EQ(sink.features.size(), 1U) << "the same alert in two languages is one";
  EXPECT_EQ(text_field(sink.features.front(), "event"), "wildfire");
  EXPECT_NE(sink.features.front().attributes.find("feu de forêt"), std::string::npos);
  request.fields["language"] = "fr";
  EXPECT_EQ(text_field(read(request).features.at(0), "event"), "feu de forêt");
  request.fields["language"] = "es";
  EXPECT_EQ(text_field(read(request).features.at(0), "event"), "feu de forêt") << "the first where none fits";
  EXPECT_EQ(sink.remark("languages"), "en-CA fr-CA");
}

TEST_F(CapSource, EveryInfoAndAreaHasItsKey) {
  AlertDraft draft;
  draft.infos = info("en-CA", "wildfire", std::string(kArea) + kArea) + info("en-CA", "smoke", kArea);
  const Recording sink = read(alert(draft));
  ASSERT_EQ(sink.features.size(), 3U);
  EXPECT_EQ(sink.features[0].key, "fire@example.org,A-1,2016-05-03T23:00:00Z#1");
  EXPECT_EQ(sink.features[1].key, "fire@example.org,A-1,2016-05-03T23:00:00Z#2");
  EXPECT_EQ(sink.features[2].key, "fire@example.org,A-1,2016-05-03T23:00:00Z#2.1");
}

TEST_F(CapSource, WhatIsNoRealAlertIsRefused) {
  for (const char* const status : {"Test", "Exercise", "Draft", "System", ""}) {
    AlertDraft draft;
    draft.status = status;
    draft.infos = info("en-CA", "wildfire", kArea);
    LayerRequest request = write(alert(draft));
    const Recording sink = read(request);
    EXPECT_TRUE(sink.features.empty()) << status;
    EXPECT_EQ(sink.count_of("not_actual"), 1U) << status;
    request.fields["status"] = "any";
    EXPECT_EQ(read(request).features.size(), 1U) << status;
  }
  AlertDraft ack;
  ack.type = "Ack";
  EXPECT_EQ(read(alert(ack)).count_of("not_an_alert"), 1U);
}

std::string envelope(const std::string& alerts) {
  return "<EDXLDistribution "
         "xmlns=\"urn:oasis:names:tc:emergency:EDXL:DE:1.0\"><contentObject><xmlContent><embeddedXMLContent>" +
         alerts + "</embeddedXMLContent></xmlContent></contentObject></EDXLDistribution>";
}

TEST_F(CapSource, UpdatesAndCancellationsTakeTheirPlaceWithinAFile) {
  AlertDraft first, second, cancel;
  first.infos = info("en-CA", "wildfire", kArea);
  second.identifier = "A-2";
  second.type = "Update";
  // The same moment in another zone.
  second.references = "fire@example.org,A-1,2016-05-03T23:00:00+00:00";
  second.infos = info("en-CA", "wildfire", kArea);
  const Recording updated = read(envelope(alert(first) + alert(second)));
  ASSERT_EQ(updated.features.size(), 1U);
  EXPECT_EQ(text_field(updated.features[0], "msg_type"), "Update");
  EXPECT_EQ(text_field(updated.features[0], "references"), "fire@example.org,A-1,2016-05-03T23:00:00Z")
      << "the key of the first alert up to its #";
  EXPECT_EQ(updated.count_of("superseded"), 1U);

  cancel.identifier = "A-3";
  cancel.type = "Cancel";
  cancel.references = "fire@example.org,A-1,2016-05-03T16:00:00-07:00\n fire@example.org,A-2,2016-05-03T16:00:00-07:00";
  const Recording cancelled = read(envelope(alert(cancel) + alert(first) + alert(second)));
  ASSERT_EQ(cancelled.features.size(), 1U) << "for the workspace to retire what came earlier";
  EXPECT_EQ(cancelled.features[0].key, "fire@example.org,A-3,2016-05-03T23:00:00Z");
  EXPECT_EQ(cancelled.count_of("superseded"), 2U);
}

TEST_F(CapSource, PrefixedNamesAndFeedsAreRead) {
  std::string prefixed = alert_with(kArea);
  for (std::size_t at = prefixed.find('<'); at != std::string::npos; at = prefixed.find('<', at + 1))
    prefixed.insert(prefixed[at + 1] == '/' ? at + 2 : at + 1, "cap:");
  prefixed.replace(prefixed.find("xmlns="), 6, "xmlns:cap=");
  EXPECT_EQ(
      read("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content>" + prefixed + "</content></entry></feed>")
          .features.size(),
      1U);
}

TEST_F(CapSource, EncodingsOfOldSendersAreRead) {
  const Recording latin = read("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" +
                               alert_with("<area><areaDesc>Usulut\xE1n</areaDesc><circle>1,1 1</circle></area>"));
  EXPECT_EQ(text_field(latin.features.at(0), "area"), "Usulután");
  EXPECT_EQ(text_field(read("\xEF\xBB\xBF" + alert_with("<area><areaDesc>Usulután</areaDesc></area>")).features.at(0),
                       "area"),
            "Usulután");
}

TEST_F(CapSource, BrokenCoordinatesAreReportedAndTheRestIsKept) {
  const Recording sink = read(alert_with(
      "<area><polygon>38.5,-120.1 38.3,abc 38.5,-119.7</polygon></area><area><circle>95,10 5</circle></area>"
      "<area><circle>1,1 -5</circle></area><area><circle>1,1 1e9</circle></area><area><circle>nan,1 1</circle></area>"
      "<area><polygon></polygon></area><area><polygon>+41.12,-117.61 +41.06,-117.47, +40.91,-117.52 "
      "+41.12,-117.61</polygon></area>"));
  ASSERT_EQ(sink.features.size(), 7U);
  EXPECT_EQ(sink.count_of("coordinates_invalid"), 5U);
  EXPECT_EQ(sink.count_of("no_geometry"), 6U);
  EXPECT_FALSE(std::holds_alternative<std::monostate>(sink.features[6].shape)) << "signs and a comma too many";
}

TEST_F(CapSource, CrossingPolygonsAreRepaired) {
  const Recording sink = read(alert_with("<area><polygon>0,0 2,2 2,0 0,2 0,0</polygon></area>"));
  EXPECT_EQ(sink.counts.repaired, 1U);
  EXPECT_EQ(sink.count_of("self_intersection"), 1U);
  EXPECT_TRUE(sink.features.at(0).repaired);
}

TEST_F(CapSource, EntitiesAreRefused) {
  const std::string doctype = "<?xml version=\"1.0\"?><!DOCTYPE alert [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
  const LayerRequest request = write(doctype + alert_with("<area><areaDesc>&x;</areaDesc></area>"));
  EXPECT_TRUE(is_cap(request));
  RecordingSink sink;
  EXPECT_EQ(code_thrown_by([&] { read_cap(request, sink); }), "xml_entity");
  EXPECT_EQ(code_thrown_by([&] { identify_cap(request); }), "xml_entity");
}

TEST_F(CapSource, BrokenXmlIsRefused) {
  const std::string whole = alert_with(kArea);
  RecordingSink sink;
  for (const std::size_t kept : {whole.size() - 1, whole.size() / 2, std::size_t{120}}) {
    const LayerRequest request = write(whole.substr(0, kept));
    EXPECT_EQ(code_thrown_by([&] { read_cap(request, sink); }), "xml_broken") << kept;
  }
  EXPECT_TRUE(sink.made.features.empty()) << "nothing is handed over before the end of the file was seen";
}

TEST_F(CapSource, OtherFilesAreNotTaken) {
  EXPECT_FALSE(is_cap(write("{\"type\": \"FeatureCollection\", \"alert\": \"urn:oasis:names:tc:emergency:cap:1.2\"}")));
  EXPECT_FALSE(is_cap(write("<kml xmlns=\"http://www.opengis.net/kml/2.2\"><alert></alert></kml>")));
  EXPECT_FALSE(
      is_cap(write("<feed xmlns:cap=\"urn:oasis:names:tc:emergency:cap:1.1\"><cap:event>x</cap:event></feed>")));
  EXPECT_FALSE(is_cap(write("")));
  LayerRequest missing;
  missing.file = "/nowhere/at/all.cap";
  EXPECT_EQ(code_thrown_by([&] { is_cap(missing); }), "file_missing");
  missing.file = "/vsicurl/http://example.org/a.cap";
  EXPECT_EQ(code_thrown_by([&] { is_cap(missing); }), "path_refused");
}

/// Whatever becomes of the bytes, the reader reads or refuses.
TEST_F(CapSource, DamagedFilesNeverCrash) {
  std::mt19937 random(20260605);
  const std::string whole =
      "<?xml version=\"1.0\"?>" + alert_with(std::string(kArea) + "<area><circle>1,1 5</circle></area>");
  for (int round = 0; round < 400; ++round) {
    std::string damaged = whole;
    for (auto hits = random() % 4 + 1; hits > 0; --hits)
      damaged[random() % damaged.size()] = static_cast<char>(random());
    const LayerRequest request = write(damaged);
    RecordingSink sink;
    const std::string code = code_thrown_by([&] { read_cap(request, sink); });
    EXPECT_TRUE(code.empty() || code == "xml_broken" || code == "xml_entity" || code == "layer_empty")
        << code << damaged;
  }
}

TEST(InstantOfIso, ReadsTheFormsOfTheStandard) {
  const auto text = [](std::string_view written) {
    const std::optional<Instant> instant = instant_of_iso(written);
    return instant ? iso_text(*instant) : std::string();
  };
  EXPECT_EQ(text("2016-05-03T16:00:00-07:00"), "2016-05-03T23:00:00Z");
  EXPECT_EQ(text("2016-05-03T16:00:00+05:30"), "2016-05-03T10:30:00Z");
  EXPECT_EQ(text("2016-05-03T16:00:00.999Z"), "2016-05-03T16:00:00Z");
  EXPECT_EQ(text("2016-05-03 16:00"), "2016-05-03T16:00:00Z");
  EXPECT_EQ(text("2016-05-03"), "2016-05-03T00:00:00Z");
  EXPECT_EQ(text("2016-02-29T24:00:00Z"), "2016-03-01T00:00:00Z");
  for (const char* const none :
       {"", "2016", "2015-02-29", "2016-13-01", "2016-05-03T", "2016-05-03T25:00:00Z", "2016-05-03T16:60:00Z",
        "2016-05-03T16:00:00 PDT", "2016-05-03T16:00:00Zx", "20 16-05-03", "-016-05-03"})
    EXPECT_EQ(text(none), "") << none;
}

TEST(Geocode, TellsTheProvinceOrState) {
  EXPECT_EQ(region_of_geocode("profile:CAP-CP:Location:0.3", "3537064"), "CA-ON");
  EXPECT_EQ(region_of_geocode("SAME", "006109"), "US-CA");
  EXPECT_EQ(region_of_geocode("FIPS6", "032013"), "US-NV");
  EXPECT_EQ(region_of_geocode("UGC", "NVC013"), "US-NV");
  EXPECT_EQ(region_of_geocode("ISO 3166-2", "MX-JAL"), "MX-JAL");
  EXPECT_EQ(region_of_geocode("UGC", "PZZ150"), "") << "the Pacific Ocean";
  EXPECT_EQ(region_of_geocode("layer:EC-MSC-SMC:1.0:CLC", "041420"), "");
  EXPECT_EQ(region_of_geocode("SAME", "0061"), "");
}

TEST_F(CapSource, AnAreaWithGeocodesOnlyIsTheirProvinceOrState) {
  const auto coded = [](const std::string& name, const std::string& value) {
    return "<geocode><valueName>" + name + "</valueName><value>" + value + "</value></geocode>";
  };
  LayerRequest asked =
      write(alert_with("<area><areaDesc>Simcoe</areaDesc>" + coded("profile:CAP-CP:Location:0.3", "3537064") +
                       coded("profile:CAP-CP:Location:0.3", "3536020") + "</area><area><areaDesc>At sea</areaDesc>" +
                       coded("UGC", "PZZ150") + "</area>" + kArea));
  asked.profiles = std::filesystem::path(RELEVO_SOURCE_DIR) / "data" / "profiles";
  RecordingSink sink;
  read_cap(asked, sink);
  ASSERT_EQ(sink.made.features.size(), 3U);
  const auto& ontario = std::get<Polygons>(sink.made.features[0].shape);
  EXPECT_GT(std::get<Polygons>(sink.made.features[0].shape).size(), 0U);
  EXPECT_TRUE(std::any_of(ontario.begin(), ontario.end(), [](const Polygon& part) {
    return std::any_of(part.outer.begin(), part.outer.end(), [](const LonLat& v) { return v.lon < -95 && v.lat < 50; });
  })) << "reaches Kenora";
  EXPECT_TRUE(std::holds_alternative<std::monostate>(sink.made.features[1].shape));
  EXPECT_EQ(sink.made.count_of("placed_by_geocode"), 1U);
  EXPECT_EQ(sink.made.count_of("no_geometry"), 1U);
}

}  // namespace
}  // namespace relevo::geo
