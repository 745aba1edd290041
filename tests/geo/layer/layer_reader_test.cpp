// SPDX-License-Identifier: MIT
// The traps of real files, each in a file written on the spot, and files that are none.
#include "geo/layer/reader.hpp"
#include "geo/layer/time_text.hpp"
#include "tests/geo/layer/layer_record_sink.hpp"
#include "tests/geo/scratch_folder.hpp"

#include <fmt/format.h>
#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace relevo::geo {
namespace {

using namespace std::string_literals;
using testing::Contains;
using testing::HasSubstr;
using testing::Pair;

const std::filesystem::path kProfiles = std::filesystem::path(RELEVO_SOURCE_DIR) / "data" / "profiles";

class LayerReader : public testing::Test {
 protected:
  LayerRequest request(const std::string& name = "unnamed") const {
    LayerRequest request;
    request.file = folder_ / name;
    request.profiles = kProfiles;
    return request;
  }

  static LayerRecords read(const LayerRequest& request) {
    LayerRecordSink sink;
    read_layer(request, sink);
    EXPECT_EQ(sink.got.counts.read, sink.got.counts.kept + sink.got.counts.refused);
    EXPECT_EQ(sink.got.counts.kept, sink.got.features.size());
    return std::move(sink.got);
  }

  LayerRecords read(std::string_view bytes, const std::string& name = "unnamed") {
    write_file(folder_ / name, bytes);
    return read(request(name));
  }

  /// The code of the error that must keep the file from being read.
  std::string refusal(const LayerRequest& request) {
    try {
      read(request);
    } catch (const LayerError& error) {
      args_ = error.args();
      return error.code();
    }
    return "was read";
  }

  std::string refusal(std::string_view bytes, const std::string& name = "unnamed") {
    write_file(folder_ / name, bytes);
    return refusal(request(name));
  }

  static LonLat point(const LayerFeature& feature) { return std::get<Points>(feature.shape).at(0); }

  ScratchFolder folder_;
  std::vector<std::pair<std::string, std::string>> args_;
};

const std::string kCwfis = "agency,firename,lat,lon,startdate,hectares,stage_of_control,response_type\n";

std::string feature_collection(const std::string& geometry, const std::string& properties = "{}",
                               const std::string& more = "") {
  return fmt::format(
      R"({{"type":"FeatureCollection",{}"features":[{{"type":"Feature","properties":{},"geometry":{}}}]}})", more,
      properties, geometry);
}

// ---------------------------------------------------------------------------------------------------------------------
// Coordinates

TEST_F(LayerReader, PutsMinusBeforeWesternLongitudesOfASourceThatLiesThere) {
  const auto sink = read(kCwfis + "ab,A,56.7,111.4,2016-05-01,10,OC,FUL\nab,B,56.8,-111.5,2016-05-01,10,OC,FUL\n");
  EXPECT_EQ(point(sink.features.at(0)), (LonLat{-111.4, 56.7}));
  EXPECT_EQ(point(sink.features.at(1)), (LonLat{-111.5, 56.8}));
  EXPECT_EQ(sink.count_of("longitude_sign"), 1U);
}

TEST_F(LayerReader, OnlyRemarksOnPositiveLongitudesOfASourceThatMayLieAnywhere) {
  const auto sink = read("lat,lon,state\n56.7,111.4,AB\n");
  EXPECT_EQ(point(sink.features.at(0)), (LonLat{111.4, 56.7}));
  EXPECT_THAT(sink.identity.remarks, Contains(Pair("longitudes_positive", "")));
  EXPECT_THAT(read("lat,lon\n48.1,11.5\n").identity.remarks, testing::Not(Contains(Pair("longitudes_positive", ""))));
}

TEST_F(LayerReader, SwapsAxes) {
  const auto sink = read("lat,lon\n-111.4,56.7\n56.7,-111.4\n");
  EXPECT_EQ(point(sink.features.at(0)), (LonLat{-111.4, 56.7}));
  EXPECT_EQ(point(sink.features.at(1)), (LonLat{-111.4, 56.7}));
  EXPECT_EQ(sink.count_of("axes_swapped"), 1U);
  const auto quebec = read(kCwfis + "qc,A,-69.1,48.9,2016-05-01,10,OC,FUL\n");
  EXPECT_EQ(point(quebec.features.at(0)), (LonLat{-69.1, 48.9})) << "both would be latitudes, but the region tells";
  const auto polygon =
      read(feature_collection(R"({"type":"Polygon","coordinates":[[[56,-111],[57,-111],[57,-110],[56,-111]]]})"));
  EXPECT_EQ(polygon.count_of("axes_swapped"), 1U);
  EXPECT_EQ(std::get<Polygons>(polygon.features.at(0).shape).at(0).outer.at(0).lat, 56.0);
}

TEST_F(LayerReader, FollowsTheAxisOrderOfTheReferenceSystem) {
  const auto sink = read(R"(<?xml version="1.0"?><ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/"
    xmlns:gml="http://www.opengis.net/gml/3.2"><ogr:featureMember><ogr:fire gml:id="f.1"><ogr:geometryProperty>
    <gml:Point srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>56.7 -111.4</gml:pos></gml:Point></ogr:geometryProperty>
    <ogr:name>A</ogr:name></ogr:fire></ogr:featureMember></ogr:FeatureCollection>)");
  EXPECT_EQ(sink.identity.format, "GML");
  EXPECT_EQ(point(sink.features.at(0)), (LonLat{-111.4, 56.7})) << "EPSG:4326 in GML has the latitude first";
}

TEST_F(LayerReader, RefusesPositionsThatAreNone) {
  const auto sink = read("lat,lon\n-999,-999\n56.7,-9999\n0,0\n0.0,0.0\n,\ninf,-111\nnan,-111\n56.7,-111.4\n95,200\n");
  EXPECT_EQ(sink.counts.kept, 1U);
  EXPECT_EQ(sink.count_of("coordinates_missing"), 2U) << "a blank record counts as none at all";
  EXPECT_EQ(sink.count_of("null_island"), 2U);
  EXPECT_EQ(sink.count_of("coordinates_not_finite"), 2U);
  EXPECT_EQ(sink.count_of("coordinates_out_of_range"), 1U);
  const auto quakes = read("time,latitude,longitude,mag,magType,place,rms\n2022-04-04T05:57:16Z,0,0,5.1,mb,ridge,1\n");
  EXPECT_EQ(quakes.counts.kept, 1U) << "an earthquake may be at (0,0)";
}

TEST_F(LayerReader, ReadsDegreesAndMinutes) {
  const auto sink = read("lat;lon\n20 40 12 N;103 20 24 W\n20 40 12 N;103 75 24 W\n20 40 12;103 20 24\n");
  EXPECT_EQ(sink.counts.kept, 1U);
  EXPECT_NEAR(point(sink.features.at(0)).lon, -103.34, 1e-12);
  EXPECT_EQ(sink.count_of("degrees_unreadable"), 1U) << "75 minutes";
  EXPECT_EQ(sink.count_of("hemisphere_unknown"), 1U) << "without a region nobody knows";
}

TEST_F(LayerReader, WrapsLongitudesBeyond180) {
  const auto sink =
      read("SID,ISO_TIME,BASIN,LAT,LON\n ,,,degrees_north,degrees_east\n1A,2018-03-23 12:00,SP,-13.5,181\n");
  EXPECT_EQ(point(sink.features.at(0)), (LonLat{-179.0, -13.5}));
  EXPECT_EQ(sink.count_of("wrapped_longitude"), 1U);
  EXPECT_EQ(sink.count_of("units_row"), 1U);
  EXPECT_EQ(sink.counts.read, 1U) << "the row of units is no record";
}

TEST_F(LayerReader, TakesCoordinatesFromAttributesWhereTheGeometryIsNull) {
  const auto sink = read(feature_collection("null", R"({"latitude":"56.7","longitude":"-111.4","name":"A"})"));
  EXPECT_EQ(point(sink.features.at(0)), (LonLat{-111.4, 56.7}));
  EXPECT_EQ(sink.counts.kept, 1U);
}

TEST_F(LayerReader, PrefersTheColumnsOfCiffcWhoseGeometryIsWrong) {
  const auto sink = read(feature_collection(
      R"({"type":"Point","coordinates":[56.7,56.7]})",
      R"({"field_agency_fire_id":"1","field_agency_code":"ab","field_stage_of_control_status":"OC","field_fire_size":"7",)"
      R"("field_status_date":"2024-05-01T00:00:00","field_latitude":"56.7","field_longitude":"-111.4"})"));
  EXPECT_EQ(sink.identity.profile, "ciffc-fires");
  EXPECT_EQ(point(sink.features.at(0)), (LonLat{-111.4, 56.7}));
  EXPECT_EQ(number(sink.features.at(0), "area_ha"), 7.0) << "all properties are texts";
}

TEST_F(LayerReader, TransformsTheSystemThatTheFileNames) {
  // 56.7 N 111.4 W in EPSG:3978, by PROJ: cs2cs EPSG:4326 EPSG:3978
  const std::string crs = R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3978"}},)";
  const std::string at = R"({"type":"Point","coordinates":[-985017.77,976340.52]})";
  const auto sink = read(feature_collection(at, "{}", crs));
  EXPECT_EQ(sink.identity.crs, "EPSG:3978");
  OGRSpatialReference canada;
  OGRSpatialReference wgs84;
  canada.importFromEPSG(3978);
  wgs84.importFromEPSG(4326);
  wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  double x = -985017.77;
  double y = 976340.52;
  const std::unique_ptr<OGRCoordinateTransformation> degrees(OGRCreateCoordinateTransformation(&canada, &wgs84));
  ASSERT_NE(degrees, nullptr);
  ASSERT_TRUE(degrees->Transform(1, &x, &y));
  EXPECT_NEAR(point(sink.features.at(0)).lon, x, 1e-9);
  EXPECT_NEAR(point(sink.features.at(0)).lat, y, 1e-9);
  EXPECT_LT(x, -100.0);
}

TEST_F(LayerReader, AsksForTheSystemWhereNoNumberIsADegree) {
  const std::string bytes = feature_collection(R"({"type":"Point","coordinates":[-985017.77,976340.52]})");
  EXPECT_EQ(refusal(bytes), "crs_unknown");
  LayerRequest with_crs = request();
  with_crs.crs = "EPSG:3978";
  EXPECT_NEAR(point(read(with_crs).features.at(0)).lat, 56.9, 1.0);
  with_crs.crs = "EPSG:nonsense";
  EXPECT_EQ(refusal(with_crs), "crs_unreadable");
  EXPECT_EQ(refusal("x,y,name\n-985017.77,976340.52,A\n"), "crs_unknown");
  with_crs.crs = "EPSG:3978";
  EXPECT_NEAR(point(read(with_crs).features.at(0)).lat, 56.9, 1.0) << "a table too";
}

TEST_F(LayerReader, ReadsGeometryFromAColumnOfText) {
  const auto wkt = read("name,geometry\nA,POINT (-111.4 56.7)\nB,\"POLYGON ((0 1,1 1,1 2,0 1))\"\nC,POINT(\n");
  EXPECT_EQ(point(wkt.features.at(0)), (LonLat{-111.4, 56.7}));
  EXPECT_TRUE(std::holds_alternative<Polygons>(wkt.features.at(1).shape));
  EXPECT_EQ(wkt.count_of("geometry_unreadable"), 1U);
  const auto json = read("name;geojson\nA;{\"type\":\"Point\",\"coordinates\":[-111.4,56.7]}\n");
  EXPECT_EQ(point(json.features.at(0)), (LonLat{-111.4, 56.7}));
}

// ---------------------------------------------------------------------------------------------------------------------
// Attributes

TEST_F(LayerReader, TakesClocksThatLostTheirZeros) {
  const auto sink = read(
      "latitude,longitude,acq_date,acq_time\n1,1,2018-07-06,14\n1,1,2018-07-06,0014\n1,1,2018-07-06,645\n"
      "1,1,2018-07-06,06:45\n1,1,2018-07-06,2575\n1,1,,645\n");
  std::vector<std::string> times;
  for (const auto& feature : sink.features)
    times.push_back(feature.time ? iso_text(*feature.time) : "-");
  EXPECT_THAT(times, testing::ElementsAre("2018-07-06T00:14:00Z", "2018-07-06T00:14:00Z", "2018-07-06T06:45:00Z",
                                          "2018-07-06T06:45:00Z", "2018-07-06T00:00:00Z", "-"));
  EXPECT_EQ(sink.count_of("time_unreadable"), 1U);
}

TEST_F(LayerReader, TakesConfidenceAsLetterWordAndNumber) {
  const auto sink = read(
      "latitude,longitude,acq_date,acq_time,bright_ti4,confidence\n1,1,2018-07-06,14,300,l\n1,1,2018-07-06,14,300,"
      "Nominal\n1,1,2018-07-06,14,300,H\n1,1,2018-07-06,14,300,73\n1,1,2018-07-06,14,300,999\n1,1,2018-07-06,14,300,"
      "sure\n");
  std::vector<double> confidence;
  for (const auto& feature : sink.features)
    confidence.push_back(number(feature, "confidence"));
  EXPECT_THAT(confidence, testing::ElementsAre(20.0, 50.0, 90.0, 73.0, testing::IsNan(), testing::IsNan()));
  EXPECT_EQ(sink.count_of("value_out_of_range"), 1U);
  EXPECT_EQ(sink.count_of("number_unreadable"), 1U);
}

TEST_F(LayerReader, TurnsAcresIntoHectaresByTheNameOfTheColumn) {
  LayerRequest as_perimeters = request();
  as_perimeters.theme = LayerTheme::Perimeters;
  write_file(as_perimeters.file, "name,wkt,acres\nA,\"POLYGON((0 1,1 1,1 2,0 1))\",100\n");
  EXPECT_NEAR(number(read(as_perimeters).features.at(0), "area_ha"), 40.468564224, 1e-9);
  write_file(as_perimeters.file, "name,wkt,hectares\nA,\"POLYGON((0 1,1 1,1 2,0 1))\",100\n");
  EXPECT_EQ(number(read(as_perimeters).features.at(0), "area_ha"), 100.0);
}

TEST_F(LayerReader, DropsWhatStandsForUnknown) {
  const auto sink = read(kCwfis +
                         "ab,A,56.7,-111.4,2016-05-01,-1,OC,FUL\nab,B,56.7,-111.4,2016-05-01,-999,OC,FUL\n"
                         "ab,C,56.7,-111.4,2016-05-01,inf,OC,FUL\nab,D,56.7,-111.4,2016-05-01,,OC,FUL\n"
                         "ab,E,56.7,-111.4,2016-05-01,\"1,234.5\",OC,FUL\n");
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_EQ(field(sink.features.at(i), "area_ha"), nullptr) << i;
  EXPECT_EQ(number(sink.features.at(4), "area_ha"), 1234.5);
  EXPECT_EQ(sink.count_of("unknown_value"), 2U);
  EXPECT_EQ(sink.count_of("number_not_finite"), 1U);
}

TEST_F(LayerReader, KnowsTheWordsOfAgencies) {
  std::string bytes = kCwfis;
  const std::vector<std::pair<std::string, std::string>> words = {{"OC", "OC"},
                                                                  {"Out of Control", "OC"},
                                                                  {"Hors-Ctrl", "OC"},
                                                                  {"Hors contrôle", "OC"},
                                                                  {"Being Observed", "BH"},
                                                                  {"Being Held", "BH"},
                                                                  {"Contenu", "BH"},
                                                                  {"Under Control", "UC"},
                                                                  {"100% contained", "UC"},
                                                                  {"94% contained", "BH"},
                                                                  {"0% contained", "OC"},
                                                                  {"EX", "OUT"},
                                                                  {"Liquidado", "OUT"},
                                                                  {"Bajo control", "UC"},
                                                                  {"Prescribed", ""},
                                                                  {"sleepy", ""}};
  for (const auto& [word, stage] : words)
    bytes += "xx," + word + ",56.7,-111.4,2016-05-01,10," + word + ",\n";
  const auto sink = read(bytes);
  for (std::size_t i = 0; i < words.size(); ++i)
    EXPECT_EQ(text(sink.features.at(i), "stage_of_control"), words[i].second) << words[i].first;
  EXPECT_EQ(number(sink.features.at(9), "percent_contained"), 94.0);
  EXPECT_EQ(number(sink.features.at(14), "prescribed"), 1.0);
  EXPECT_EQ(sink.count_of("word_unknown"), 1U) << "sleepy";
}

TEST_F(LayerReader, KeepsTheVersionThatIsValid) {
  const std::string bytes =
      "national_fire_id,agency_code,fire_size,stage_of_control_status,latitude,longitude,record_start,record_end\n"
      "F1,AB,1,OC,56.7,-111.4,2016-05-01T00:00:00,2016-05-02T00:00:00\n"
      "F1,AB,2,OC,56.7,-111.4,2016-05-02T00:00:00,2016-05-03T00:00:00\n"
      "F1,AB,3,BH,56.7,-111.4,2016-05-03T00:00:00,\n"
      "F2,AB,9,OUT,56.7,-111.4,2016-05-01T00:00:00,9999-12-31T00:00:00\n";
  const auto newest = read(bytes);
  ASSERT_EQ(newest.counts.kept, 2U);
  EXPECT_EQ(number(newest.features.at(0), "area_ha"), 3.0);
  EXPECT_EQ(newest.count_of("superseded"), 2U);
  LayerRequest earlier = request();
  earlier.as_of = parse_instant("2016-05-02T00:00:00Z")->at;
  const auto then = read(earlier);
  ASSERT_EQ(then.counts.kept, 2U);
  EXPECT_EQ(number(then.features.at(0), "area_ha"), 2.0) << "from its start on, until its end";
}

TEST_F(LayerReader, GivesEveryColumnANameOfItsOwn) {
  const auto sink = read("lat,lon,name,Name,,name\n1,2,A,B,C,D,E\n");
  EXPECT_THAT(sink.identity.columns, testing::ElementsAre("lat", "lon", "name", "Name (2)", "column 5", "name (3)"));
  const std::string all =
      R"x({"lat":"1","lon":"2","name":"A","Name (2)":"B","column 5":"C","name (3)":"D","column 7":"E"})x";
  EXPECT_EQ(sink.features.at(0).attributes, all);
  EXPECT_THAT(sink.identity.remarks, Contains(Pair("column_duplicate", "Name")));
}

TEST_F(LayerReader, DecidesTheEncodingRecordByRecord) {
  const auto mixed = read("lat,lon,name\n1,2,M\xC3\xA9xico\n1,2,M\xE9xico\n1,2,Mexico\n");
  EXPECT_EQ(mixed.features.at(0).name, "México");
  EXPECT_EQ(mixed.features.at(1).name, "México");
  EXPECT_EQ(mixed.count_of("mixed_encoding"), 1U);
  std::string wide = "\xFF\xFE";
  for (const char c : "lat;lon;name\r\n1,5;2;\xE9\r\n"s) {
    wide += c;
    wide += '\0';
  }
  const auto utf16 = read(wide);
  EXPECT_EQ(utf16.features.at(0).name, "é");
  EXPECT_EQ(point(utf16.features.at(0)), (LonLat{2.0, 1.5}));
  EXPECT_EQ(utf16.count_of("decimal_comma"), 1U);
  EXPECT_EQ(read("\xEF\xBB\xBFlat,lon\n1,2\n").identity.columns.at(0), "lat");
}

TEST_F(LayerReader, TakesColumnsThatTheRequestNames) {
  LayerRequest named = request();
  named.theme = LayerTheme::Hotspots;
  named.fields = {{"lat", "Breite"}, {"lon", "Länge"}, {"frp_mw", "Leistung"}, {"time", "wann"}};
  write_file(named.file, "Breite,Länge,Leistung,wann\n48.1,11.5,3.5,2020-01-02T03:04:05Z\n");
  const auto sink = read(named);
  EXPECT_EQ(point(sink.features.at(0)), (LonLat{11.5, 48.1}));
  EXPECT_EQ(number(sink.features.at(0), "frp_mw"), 3.5);
  EXPECT_EQ(iso_text(*sink.features.at(0).time), "2020-01-02T03:04:05Z");
  named.fields["frp_mw"] = "Kraft";
  EXPECT_EQ(refusal(named), "column_missing");
}

// ---------------------------------------------------------------------------------------------------------------------
// Formats

TEST_F(LayerReader, ReadsAShapefileThatLostItsParts) {
  GDALAllRegister();
  const std::string shp = (folder_ / "fires.shp").string();
  {
    const GDALDatasetUniquePtr dataset(
        GetGDALDriverManager()->GetDriverByName("ESRI Shapefile")->Create(shp.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRLayer* layer = dataset->CreateLayer("fires", nullptr, wkbPoint, nullptr);
    OGRFieldDefn name("name", OFTString);
    layer->CreateField(&name);
    for (int i = 1; i <= 3; ++i) {
      OGRFeature feature(layer->GetLayerDefn());
      feature.SetField("name", fmt::format("fire {}", i).c_str());
      OGRPoint at(-111.0 - i, 56.0);
      feature.SetGeometry(&at);
      ASSERT_EQ(layer->CreateFeature(&feature), OGRERR_NONE);
    }
  }
  EXPECT_EQ(read(request("fires.shp")).features.at(2).name, "fire 3");
  std::filesystem::remove(folder_ / "fires.shx");
  const auto without_index = read(request("fires.shp"));
  ASSERT_EQ(without_index.counts.kept, 3U);
  EXPECT_EQ(without_index.features.at(2).name, "fire 3");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "fires.shx")) << "nothing is written beside the file";
  std::filesystem::remove(folder_ / "fires.dbf");
  const auto shapes_alone = read(request("fires.shp"));
  ASSERT_EQ(shapes_alone.counts.kept, 3U);
  EXPECT_EQ(point(shapes_alone.features.at(1)), (LonLat{-113.0, 56.0}));
  std::filesystem::rename(folder_ / "fires.shp", folder_ / "renamed.bin");
  EXPECT_EQ(read(request("renamed.bin")).counts.kept, 3U) << "by content, not by name";
}

TEST_F(LayerReader, RefusesWhatIsNoLayerWithAReason) {
  EXPECT_EQ(refusal(""), "empty_file");
  EXPECT_EQ(refusal("\n \n"), "empty_file");
  EXPECT_EQ(refusal("{'type': 'FeatureCollection', 'features': []}"), "not_json");
  EXPECT_THAT(args_, Contains(Pair("looks_like", "Python")));
  EXPECT_EQ(refusal("{\"type\":\"FeatureCollection\",\"features\":[{"), "json_unreadable");
  EXPECT_EQ(refusal("<!DOCTYPE html><html><body>503</body></html>"), "web_page");
  EXPECT_EQ(refusal("PK\x03\x04rest"), "archive_refused");
  EXPECT_EQ(refusal("\x1F\x8Brest"), "archive_refused");
  EXPECT_EQ(refusal("name,colour\nA,red\n"), "no_coordinates");
  EXPECT_EQ(refusal("lat,lon\n1,2\n\"1,2\n"), "csv_quote");
  EXPECT_EQ(refusal("lat,lon\n1,\x01\n"), "not_text");
  LayerRequest wrong = request("nowhere");
  EXPECT_EQ(refusal(wrong), "file_missing");
  for (const char* path : {"/vsicurl/http://example.org/a.csv", "//vsizip/a.zip", "https://example.org/a.csv"}) {
    wrong.file = path;
    EXPECT_EQ(refusal(wrong), "path_refused") << path;
  }
  wrong.file = folder_.path();
  EXPECT_EQ(refusal(wrong), "folder_refused");
  write_file(folder_ / "a.csv", "lat,lon\n1,2\n");
  wrong = request("a.csv");
  wrong.profile = "nobody";
  EXPECT_EQ(refusal(wrong), "profile_unknown");
}

TEST_F(LayerReader, RefusesXmlThatDeclaresEntities) {
  const std::string kml =
      "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Placemark><name>A</name>"
      "<Point><coordinates>-111.4,56.7</coordinates></Point></Placemark></kml>";
  EXPECT_EQ(read("<?xml version=\"1.0\"?><!-- no <!DOCTYPE --> " + kml).counts.kept, 1U);
  EXPECT_EQ(refusal("<?xml version=\"1.0\"?><!DOCTYPE kml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + kml),
            "xml_entity");
  EXPECT_EQ(refusal("<!-- " + std::string(100'000, 'x') + " -->\n<!DOCTYPE kml SYSTEM \"x\">" + kml), "xml_entity");
  EXPECT_EQ(refusal("<!-- " + std::string(2'000'000, 'x')), "xml_prolog");
  std::string wide = "\xFF\xFE";
  for (const char c : "<!DOCTYPE kml [<!ENTITY x \"y\">]>" + kml) {
    wide += c;
    wide += '\0';
  }
  EXPECT_EQ(refusal(wide), "xml_entity") << "in UTF-16 too";
}

TEST_F(LayerReader, LooksIntoArchivesOnlyWhenAsked) {
  GDALAllRegister();
  const std::string zip = (folder_ / "fires.zip").string();
  VSILFILE* file = VSIFOpenL(("/vsizip/" + zip + "/fires.csv").c_str(), "wb");
  ASSERT_NE(file, nullptr);
  const std::string bytes = "lat,lon\n56.7,-111.4\n";
  VSIFWriteL(bytes.data(), 1, bytes.size(), file);
  VSIFCloseL(file);
  LayerRequest asked = request("fires.zip");
  EXPECT_EQ(refusal(asked), "archive_refused");
  asked.archives = true;
  EXPECT_EQ(point(read(asked).features.at(0)), (LonLat{-111.4, 56.7}));
}

void add_to_zip(const std::string& zip, const char* name, const std::string& bytes) {
  VSILFILE* file = VSIFOpenL(("/vsizip/" + zip + "/" + name).c_str(), "wb");
  ASSERT_NE(file, nullptr);
  VSIFWriteL(bytes.data(), 1, bytes.size(), file);
  VSIFCloseL(file);
}

TEST_F(LayerReader, AReadmeBesideTheOneLayerOfAnArchiveIsNoChoice) {
  GDALAllRegister();
  const std::string zip = (folder_ / "fires.zip").string();
  add_to_zip(zip, "readme.txt", "lat,lon\n1,2\n");
  add_to_zip(zip, "fires.csv", "lat,lon\n56.7,-111.4\n");
  add_to_zip(zip, "fires.csv.xml", "<metadata/>");
  LayerRequest asked = request("fires.zip");
  asked.archives = true;
  EXPECT_EQ(point(read(asked).features.at(0)), (LonLat{-111.4, 56.7}));
  add_to_zip(zip, "more.kml", "<kml/>");
  EXPECT_EQ(refusal(asked), "archive_ambiguous");
}

/// Spreadsheets are zip archives, and are read for all that, under any name.
TEST_F(LayerReader, SpreadsheetsAreTables) {
  GDALAllRegister();
  for (const char* const driver : {"XLSX", "ODS"}) {
    const std::string file = (folder_ / (std::string("book.") + (driver[0] == 'X' ? "xlsx" : "ods"))).string();
    {
      const GDALDatasetUniquePtr book(
          GetGDALDriverManager()->GetDriverByName(driver)->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
      OGRLayer* sheet = book->CreateLayer("Fires");
      const std::vector<std::pair<const char*, const char*>> cells = {
          {"Fire", "Horse River"}, {"Latitude", "56.7"}, {"Longitude", "-111.4"}, {"Acres", "100"}};
      for (const auto& [name, cell] : cells) {
        OGRFieldDefn column(name, OFTString);
        sheet->CreateField(&column);
      }
      OGRFeature row(sheet->GetLayerDefn());
      for (const auto& [name, cell] : cells)
        row.SetField(name, cell);
      EXPECT_EQ(sheet->CreateFeature(&row), OGRERR_NONE);
    }
    std::filesystem::rename(file, folder_ / "renamed.bin");
    const LayerRecords sink = read(request("renamed.bin"));
    EXPECT_EQ(sink.identity.format, driver);
    EXPECT_EQ(sink.identity.layer, "Fires");
    EXPECT_EQ(sink.identity.profile, "generic-fires");
    ASSERT_EQ(sink.features.size(), 1U) << driver;
    EXPECT_EQ(point(sink.features[0]), (LonLat{-111.4, 56.7}));
    EXPECT_EQ(sink.features[0].name, "Horse River");
    EXPECT_NEAR(number(sink.features[0], "area_ha"), 40.468564224, 1e-9);
  }
}

TEST_F(LayerReader, IdentifiesWithoutReadingAll) {
  write_file(folder_ / "unnamed", kCwfis + "ab,A,56.7,-111.4,2016-05-01,10,OC,FUL\n");
  const LayerIdentity identity = identify_layer(request());
  EXPECT_EQ(identity.theme, LayerTheme::ActiveFires);
  EXPECT_EQ(identity.profile, "cwfis-active-fires");
  EXPECT_EQ(identity.format, "CSV");
  EXPECT_EQ(identity.field_of.at("area_ha"), "hectares");
  EXPECT_THAT(identity.remarks, Contains(Pair("first_times", "2016-05-01T00:00:00Z .. 2016-05-01T00:00:00Z")));
}

// ---------------------------------------------------------------------------------------------------------------------
// Hostile files

/// Reads whatever it is; anything but a LayerError is a failure.
void survive(const LayerRequest& request) {
  LayerRecordSink sink;
  try {
    read_layer(request, sink);
    EXPECT_TRUE(sink.got.is_ended);
    for (const auto& feature : sink.got.features) {
      if (const auto* points = std::get_if<Points>(&feature.shape)) {
        for (const auto& at : *points)
          EXPECT_TRUE(is_valid(at));
      }
    }
  } catch (const LayerError&) {
    // A refusal is an answer.
  }
}

TEST_F(LayerReader, SurvivesTruncatedAndMutatedFiles) {
  const std::vector<std::string> seeds = {
      kCwfis + "ab,\"A, \"\"quoted\"\"\",56.7,-111.4,2016-05-01T00:00:00Z,\"1,5\",94% contained,FUL\n",
      feature_collection(R"({"type":"Polygon","coordinates":[[[0,1],[1,1],[1,2],[0,1]]]})",
                         R"({"Density":5.0,"Start":"2022096 1200","End":"2022096 1600"})"),
      "lat;lon;wkt\n20 40 12 N;103 20 24 W;POINT (1 2)\n",
      "<?xml version=\"1.0\"?><gpx version=\"1.1\" creator=\"x\"><wpt lat=\"56.7\" lon=\"-111.4\"><name>A</name></wpt>"
      "</gpx>"};
  std::mt19937 random(7);
  const auto below = [&random](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  for (const auto& seed : seeds) {
    for (int round = 0; round < 150; ++round) {
      std::string bytes = seed.substr(0, round % 3 == 0 ? below(seed.size() + 1) : seed.size());
      for (std::size_t change = below(4); change > 0 && !bytes.empty(); --change)
        bytes[below(bytes.size())] = static_cast<char>(static_cast<unsigned char>(random() % 256));
      SCOPED_TRACE(testing::PrintToString(bytes));
      write_file(folder_ / "hostile", bytes);
      survive(request("hostile"));
    }
  }
}

TEST_F(LayerReader, SurvivesRandomBytes) {
  std::mt19937 random(11);
  for (int round = 0; round < 200; ++round) {
    std::string bytes(random() % 400, '\0');
    for (char& c : bytes)
      c = static_cast<char>(static_cast<unsigned char>(random() % 256));
    SCOPED_TRACE(testing::PrintToString(bytes));
    write_file(folder_ / "hostile", bytes);
    survive(request("hostile"));
  }
}

TEST_F(LayerReader, ReadsTheSameWhateverPiecesATableComesIn) {
  // Records that straddle the pieces of 256 KiB in which a file is read, with quotes and CRLF right there.
  std::string bytes = "lat,lon,name\r\n";
  std::size_t records = 0;
  while (bytes.size() < 700'000) {
    bytes += fmt::format("{},{},\"{}\r\n\"\"{}\"\"\"\r\n", 10 + records % 50, records % 100,
                         std::string(1 + records % 41, 'x'), records);
    ++records;
  }
  const auto sink = read(bytes);
  ASSERT_EQ(sink.counts.kept, records);
  for (std::size_t i = 0; i < records; i += 997)
    EXPECT_EQ(sink.features[i].name, fmt::format("{}\n\"{}\"", std::string(1 + i % 41, 'x'), i));
}

TEST_F(LayerReader, HeadsOfRastersAreNoTables) {
  EXPECT_EQ(refusal("ENVI\ndescription = {dc}\nsamples = 4\n"), "raster_head");
  EXPECT_EQ(refusal("ENVI\r\nsamples = 4\r\n"), "raster_head");
  EXPECT_EQ(refusal("NAME\t= dc\nDATAFORMAT\t= FLOAT\n"), "raster_head");
  EXPECT_EQ(read("ENVI;lat;lon\n1;50;-110\n").counts.kept, 1U);
}

// ---------------------------------------------------------------------------------------------------------------------
// Titles above the names of columns

TEST_F(LayerReader, ATitleAboveTheColumnsIsPassedOver) {
  const auto sink = read(
      "Fires of the week\r\nAs of "
      "30/04/2024\r\n\r\nFire,Latitude,Longitude,Acres\r\nA,56.7,-111.4,100\r\nTotal,,,100\r\n");
  EXPECT_EQ(sink.identity.profile, "generic-fires");
  EXPECT_THAT(sink.identity.remarks, Contains(Pair("title_rows", "4")));
  ASSERT_EQ(sink.features.size(), 1U);
  EXPECT_EQ(sink.features[0].record, 5U) << "lines are those of the file";
  EXPECT_EQ(sink.count_of("coordinates_missing"), 1U);
  const auto semicolons = read("Fires, of the week;\nFire;Latitude;Longitude;Acres\nA;56,7;-111,4;100\n");
  EXPECT_EQ(semicolons.features.at(0).name, "A");
  EXPECT_EQ(refusal("A title\nFire,Latitude,Longitude,Acres\nA,\"56.7,-111.4,100\n"), "csv_quote");
}

TEST_F(LayerReader, WhatLooksLikeATitleAndIsNone) {
  // Rows with surplus fields below a short header, data without any header, and a header over cells that go on.
  for (const char* table : {"lat,lon\n56.7,-111.4,x,y,z\n", "lat,lon,a\n56.7,-111.4,1\nx,y,z,v,w,u,t\n",
                            "note,lat,lon\n\"one\ntwo\",56.7,-111.4\n"}) {
    const auto sink = read(table);
    EXPECT_EQ(point(sink.features.at(0)), (LonLat{-111.4, 56.7})) << table;
    EXPECT_THAT(sink.identity.remarks, testing::Not(Contains(Pair("title_rows", testing::_)))) << table;
  }
  EXPECT_EQ(read("sep=;\nlat;lon;a;b\n56.7;-111.4;1;2\n").features.size(), 1U);
}

TEST_F(LayerReader, ATitleOfASheetIsPassedOver) {
  GDALAllRegister();
  for (const std::string driver : {"XLSX", "ODS"}) {
    const std::string file = (folder_ / ("book." + std::string(driver == "XLSX" ? "xlsx" : "ods"))).string();
    {
      const GDALDatasetUniquePtr book(
          GetGDALDriverManager()->GetDriverByName(driver.c_str())->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
      OGRLayer* sheet = book->CreateLayer("Fires");
      // The first row is the title, with an empty name for every other column.
      for (const char* name : {"Fires of the week", " ", "  ", "   "}) {
        OGRFieldDefn column(name, OFTString);
        sheet->CreateField(&column);
      }
      const std::vector<std::vector<const char*>> rows = {
          {"As of", "today"}, {"Fire", "Latitude", "Longitude", "Acres"}, {"Horse River", "56.7", "-111.4", "100"}};
      for (const auto& cells : rows) {
        OGRFeature row(sheet->GetLayerDefn());
        for (std::size_t i = 0; i < cells.size(); ++i)
          row.SetField(static_cast<int>(i), cells[i]);
        ASSERT_EQ(sheet->CreateFeature(&row), OGRERR_NONE);
      }
    }
    const LayerRecords sink = read(request(std::filesystem::path(file).filename()));
    EXPECT_EQ(sink.identity.profile, "generic-fires") << driver;
    EXPECT_THAT(sink.identity.remarks, Contains(Pair("title_rows", "3"))) << driver;
    ASSERT_EQ(sink.features.size(), 1U) << driver;
    EXPECT_EQ(sink.features[0].name, "Horse River");
    EXPECT_EQ(point(sink.features[0]), (LonLat{-111.4, 56.7}));
    EXPECT_NEAR(number(sink.features[0], "area_ha"), 40.468564224, 1e-9);
  }
}

TEST_F(LayerReader, KmzIsReadAsWhatItHolds) {
  GDALAllRegister();
  const std::string kml =
      "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Placemark><name>A</name>"
      "<Point><coordinates>-111.4,56.7</coordinates></Point></Placemark></kml>";
  const std::string kmz = (folder_ / "fires.zip").string();
  add_to_zip(kmz, "doc.kml", kml);
  add_to_zip(kmz, "files/icon.png", "x");
  add_to_zip(kmz, "files/more.kml", kml);
  EXPECT_EQ(point(read(request("fires.zip")).features.at(0)), (LonLat{-111.4, 56.7}));
  add_to_zip(kmz, "fires.csv", "lat,lon\n1,2\n");
  EXPECT_EQ(refusal(request("fires.zip")), "archive_refused") << "a choice is no KMZ";
  const std::string hostile = (folder_ / "hostile.kmz").string();
  add_to_zip(hostile, "doc.kml", "<!DOCTYPE kml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + kml);
  EXPECT_EQ(refusal(request("hostile.kmz")), "xml_entity");
}

TEST_F(LayerReader, NotesBesideTheFeatures) {
  GDALAllRegister();
  const std::string file = (folder_ / "notes.gdb").string();
  {
    const GDALDatasetUniquePtr made(
        GetGDALDriverManager()->GetDriverByName("OpenFileGDB")->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRSpatialReference wgs84;
    wgs84.importFromEPSG(4326);
    OGRLayer* notes = made->CreateLayer("notes", nullptr, wkbNone);
    OGRFeature note(notes->GetLayerDefn());
    ASSERT_EQ(notes->CreateFeature(&note), OGRERR_NONE);
    OGRLayer* fires = made->CreateLayer("fires", &wgs84, wkbPoint);
    OGRFeature fire(fires->GetLayerDefn());
    const OGRPoint place(-111.4, 56.7);
    fire.SetGeometry(&place);
    ASSERT_EQ(fires->CreateFeature(&fire), OGRERR_NONE);
  }
  const auto sink = read(request("notes.gdb"));
  EXPECT_EQ(sink.identity.layer, "fires");
  EXPECT_THAT(sink.identity.remarks, Contains(Pair("other_layers", "notes, fires")));
  LayerRequest asked = request("notes.gdb");
  asked.layer = "notes";
  EXPECT_EQ(refusal(asked), "no_coordinates");
}

TEST_F(LayerReader, ASheetWithoutCoordinatesBesideOthers) {
  GDALAllRegister();
  const std::string file = (folder_ / "two.xlsx").string();
  {
    const GDALDatasetUniquePtr book(
        GetGDALDriverManager()->GetDriverByName("XLSX")->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    for (const auto& [name, columns] : {std::pair<const char*, std::vector<const char*>>{"Read me", {"Note", "By"}},
                                        {"Fires", {"Latitude", "Longitude"}}}) {
      OGRLayer* sheet = book->CreateLayer(name);
      for (const char* column : columns) {
        OGRFieldDefn field(column, OFTString);
        sheet->CreateField(&field);
      }
      OGRFeature row(sheet->GetLayerDefn());
      row.SetField(0, "51.2");
      row.SetField(1, "-115.5");
      ASSERT_EQ(sheet->CreateFeature(&row), OGRERR_NONE);
    }
  }
  LayerRequest asked = request("two.xlsx");
  EXPECT_EQ(refusal(asked), "no_coordinates_here");
  EXPECT_THAT(args_, Contains(Pair("layers", "Read me, Fires")));
  asked.layer = "Fires";
  EXPECT_EQ(point(read(asked).features.at(0)), (LonLat{-115.5, 51.2}));
}

TEST_F(LayerReader, AnArchiveWithoutALayer) {
  GDALAllRegister();
  add_to_zip((folder_ / "rasters.zip").string(), "fwi.tif", "II*");
  LayerRequest asked = request("rasters.zip");
  asked.archives = true;
  EXPECT_EQ(refusal(asked), "archive_without_layer");
}

TEST_F(LayerReader, SaysWhatItDoesNotRead) {
  EXPECT_EQ(refusal("PAR1\x15\x04\x15 and so on PAR1"), "parquet");
  EXPECT_EQ(refusal("GEOGCS[\"GCS_North_American_1983\",DATUM[\"D_North_American_1983\"]]"), "shapefile_part");
}

}  // namespace
}  // namespace relevo::geo
