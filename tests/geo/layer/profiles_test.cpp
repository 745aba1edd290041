// SPDX-License-Identifier: MIT
#include "geo/layer/profile.hpp"
#include "geo/layer/reader.hpp"
#include "geo/layer/theme_fields.hpp"
#include "geo/layer/time_text.hpp"
#include "tests/geo/layer/layer_record_sink.hpp"
#include "tests/geo/scratch_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace relevo::geo {
namespace {

const std::filesystem::path kShippedProfiles = std::filesystem::path(RELEVO_SOURCE_DIR) / "data" / "profiles";

/// One record of a source, as columns and cells; a polygon source is written as GeoJSON, others as CSV.
struct Sample {
  const char* profile;
  std::vector<std::pair<std::string, std::string>> cells;
  bool is_polygon = false;
};

const std::vector<Sample>& samples() {
  static const std::vector<Sample> kAll = {
      {"firms-viirs",
       {{"latitude", "56.7"},
        {"longitude", "-111.4"},
        {"bright_ti4", "367"},
        {"scan", "0.4"},
        {"track", "0.4"},
        {"acq_date", "2016-05-03"},
        {"acq_time", "2021"},
        {"satellite", "N"},
        {"instrument", "VIIRS"},
        {"confidence", "h"},
        {"version", "1"},
        {"bright_ti5", "340"},
        {"frp", "77.7"},
        {"type", "0"}}},
      {"firms-modis",
       {{"latitude", "56.7"},
        {"longitude", "-111.4"},
        {"brightness", "331"},
        {"acq_date", "2016-05-03"},
        {"acq_time", "35"},
        {"satellite", "A"},
        {"confidence", "74"},
        {"bright_t31", "300"},
        {"frp", "42"},
        {"daynight", "D"}}},
      {"firms-reduced",
       {{"latitude", "56.7"},
        {"longitude", "-111.4"},
        {"acq_time", "645"},
        {"acq_date", "2016-05-03"},
        {"bright", "289"}}},
      {"firms-kml",
       {{"Latitude", "56.7"},
        {"Longitude", "-111.4"},
        {"Detection Time", "2016-05-03 20:21 UTC"},
        {"Sensor", "VIIRS S-NPP"},
        {"Confidence", "nominal"},
        {"FRP", "77.7 MW"},
        {"Day/Night", "Day"}}},
      {"generic-hotspots",
       {{"lon", "-111.4"}, {"lat", "56.7"}, {"acq_datetime", "2016-05-03T20:21:00Z"}, {"frp", "77.7"}, {"conf", "h"}}},
      {"generic-fires",
       {{"Y", "56.7"},
        {"X", "-111.4"},
        {"When", "2016-05-03 20:21"},
        {"Acres", "100"},
        {"Status", "active"},
        {"Fire", "Horse River"}}},
      {"generic-fire-stages",
       {{"nom", "Horse River"},
        {"latitude", "56.7"},
        {"longitude", "-111.4"},
        {"date", "2016-05-03T20:21:00Z"},
        {"superficie_ha", "100"},
        {"statut", "Hors contr\xC3\xB4le"}}},
      {"generic-perimeters",
       {{"incidentname", "Horse River"}, {"gisacres", "100"}, {"perimeterdatetime", "2016-05-03T20:21:00Z"}},
       true},
      {"cwfis-hotspots",
       {{"lat", "56.7"},
        {"lon", "-111.4"},
        {"rep_date", "2016-05-03 20:21:00"},
        {"source", "NASA"},
        {"sensor", "VIIRS-I"},
        {"fwi", "30.1"},
        {"fuel", "C2"},
        {"ros", "8"},
        {"sfc", "2"},
        {"tfc", "3"},
        {"bfc", "2"},
        {"hfi", "12000"},
        {"estarea", "14"}}},
      {"cwfis-active-fires",
       {{"agency", "ab"},
        {"firename", "MWF-009"},
        {"lat", "56.7"},
        {"lon", "-111.4"},
        {"startdate", "2016-05-01 16:00"},
        {"hectares", "1250"},
        {"stage_of_control", "OC"},
        {"response_type", "FUL"},
        {"timezone", "MDT"}}},
      {"ciffc-fires",
       {{"field_agency_fire_id", "MWF009"},
        {"field_agency_code", "ab"},
        {"field_situation_report_date", "2016-05-03T16:41:35"},
        {"field_status_date", "2016-05-03T07:00:00"},
        {"field_stage_of_control_status", "OC"},
        {"field_system_fire_cause", "H"},
        {"field_response_type", "FUL"},
        {"field_fire_size", "1250"},
        {"field_latitude", "56.7"},
        {"field_longitude", "-111.4"}}},
      {"cwfif-active-fires",
       {{"national_fire_id", "2016_AB_MWF009"},
        {"agency_fire_id", "MWF009"},
        {"agency_code", "AB"},
        {"fire_size", "1250"},
        {"stage_of_control_status", "OC"},
        {"response_type", "FUL"},
        {"percent_contained", "-1"},
        {"national_fire_cause", "H"},
        {"fire_was_prescribed", "false"},
        {"status_date", "2016-05-03T07:00:00"},
        {"latitude", "56.7"},
        {"longitude", "-111.4"},
        {"record_start", "2016-05-03T08:00:00"},
        {"record_end", ""}}},
      {"wfigs-points",
       {{"IrwinID", "{6C6AB6A1-B2BF-4F40-A2E9-DD9A7B733919}"},
        {"IncidentName", "Blue 2"},
        {"IncidentTypeCategory", "WF"},
        {"IncidentSize", "100"},
        {"PercentContained", "92"},
        {"FireDiscoveryDateTime", "1716347235000"},
        {"POOState", "US-NM"},
        {"InitialLatitude", "33.4"},
        {"InitialLongitude", "-105.5"},
        {"ModifiedOnDateTime_dt", "1717707909820"}}},
      {"wfigs-perimeters",
       {{"poly_IncidentName", "Blue 2"},
        {"poly_GISAcres", "100"},
        {"poly_PolygonDateTime", "1716596100000"},
        {"attr_IrwinID", "{6C6AB6A1}"},
        {"attr_PercentContained", "92"},
        {"attr_GACC", "SWCC"}},
       true},
      {"nfdb-points",
       {{"SRC_AGENCY", "AB"},
        {"NFDBFIREID", "AB-2016-MWF009"},
        {"YEAR", "2016"},
        {"MONTH", "5"},
        {"DAY", "1"},
        {"REP_DATE", ""},
        {"LATITUDE", "56.7"},
        {"LONGITUDE", "-111.4"},
        {"SIZE_HA", "589552"},
        {"CAUSE", "H"},
        {"PRESCRIBED", ""}}},
      {"cwfis-m3",
       {{"UID", "17"}, {"HCOUNT", "120"}, {"FIRSTDATE", "2016-05-01"}, {"LASTDATE", "2016-05-03"}, {"AREA", "4800"}},
       true},
      {"dated-extents", {{"date", "2016-05-03"}, {"area_ha", "4792.5"}, {"n_parts", "1"}}, true},
      {"conafor-fires",
       {{"Clave del incendio", "24-14-0001"},
        {"Latitud", "20° 40' 12\""},
        {"Longitud", "103° 20' 24\""},
        {"Estado", "Jalisco"},
        {"Municipio", "Zapopan"},
        {"Fecha Inicio", "03/04/2024"},
        {"Hora inicio", "13:30"},
        {"Superficie total", "12,5"},
        {"Causa", "Intencional"}}},
      {"conabio-hotspots",
       {{"Satélite", "Aqua"},
        {"Fecha", "03/04/2024"},
        {"Hora", "1930"},
        {"Latitud", "20.67"},
        {"Longitud", "-103.34"},
        {"Estado", "Jalisco"},
        {"Municipio", "Zapopan"},
        {"Confianza", "alta"}}},
      {"hms-smoke",
       {{"Satellite", "GOES-EAST"}, {"Start", "2022096 1200"}, {"End", "2022096 1600"}, {"Density", "Medium"}},
       true},
      {"usgs-earthquakes",
       {{"time", "2022-04-04T05:57:16.769Z"},
        {"latitude", "61.7"},
        {"longitude", "-150.7"},
        {"depth", "56.3"},
        {"mag", "1.6"},
        {"magType", "ml"},
        {"nst", ""},
        {"gap", ""},
        {"net", "ak"},
        {"id", "ak0224bju1jx"},
        {"place", "27 km NNW of Susitna"},
        {"type", "earthquake"}}},
      {"ibtracs",
       {{"SID", "1992230N11325"},
        {"SEASON", "1992"},
        {"BASIN", "NA"},
        {"NAME", "ANDREW"},
        {"ISO_TIME", "1992-08-24 09:00:00"},
        {"NATURE", "TS"},
        {"LAT", "25.5"},
        {"LON", "-80.3"},
        {"WMO_WIND", "145"},
        {"WMO_PRES", "922"}}},
      {"ibtracs-derived",
       {{"ibtracsID", "1992230N11325"},
        {"isotime", "1992082409.0"},
        {"cgps_lat", "25.5"},
        {"cgps_lon", "-80.3"},
        {"gen_basin", "NA"},
        {"vmax", "145"},
        {"pcen", "922"}}},
      {"nhc-tracks",
       {{"STORMNAME", "ANDREW"},
        {"DTG", "1992082409"},
        {"INTENSITY", "145"},
        {"MSLP", "922"},
        {"BASIN", "AL"},
        {"LAT", "25.5"},
        {"LON", "-80.3"}}},
      {"gdacs-events",
       {{"eventtype", "FL"},
        {"eventid", "1102"},
        {"alertlevel", "Orange"},
        {"fromdate", "2023-06-05T10:00:00"},
        {"todate", "2023-06-09T10:00:00"},
        {"country", "Mexico"},
        {"latitude", "20"},
        {"longitude", "-100"}}},
      {"copernicus-flood",
       {{"event_type", "5-Flood"},
        {"obj_desc", "Riverine flood"},
        {"det_method", "Semi-automatic"},
        {"notation", "Flooded area"},
        {"dmg_src_id", "1"}},
       true},
      {"copernicus-flood-notation",
       {{"notation", "Flood trace"}, {"det_method", "Semi-automatic"}, {"or_src_id", "1"}},
       true},
      {"copernicus-fire",
       {{"event_type", "Wildfire"},
        {"obj_desc", "Forest fire"},
        {"det_method", "Semi-automatic"},
        {"notation", "Burnt area"},
        {"dmg_src_id", "1"},
        {"area", "120"}},
       true},
      {"geonames-places",
       {{"geonameid", "3979770"},
        {"name", "Zapopan"},
        {"latitude", "20.72"},
        {"longitude", "-103.38"},
        {"country code", "MX"},
        {"admin1 code", "14"},
        {"population", "987500"}}},
  };
  return kAll;
}

std::string csv_of(const std::vector<std::pair<std::string, std::string>>& cells) {
  std::string header;
  std::string row;
  for (const auto& [column, cell] : cells) {
    std::string quoted;
    for (const char c : cell)
      quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    header += (header.empty() ? "" : ",") + column;
    row += fmt::format("{}\"{}\"", row.empty() ? "" : ",", quoted);
  }
  return header + "\n" + row + "\n";
}

std::string geojson_of(const std::vector<std::pair<std::string, std::string>>& cells) {
  std::string properties;
  for (const auto& [column, cell] : cells)
    properties += fmt::format(R"({}"{}":"{}")", properties.empty() ? "" : ",", column, cell);
  return fmt::format(
      R"({{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{{}}},"geometry":{{"type":"Polygon",)"
      R"("coordinates":[[[-111,56],[-110,56],[-110,57],[-111,57],[-111,56]]]}}}}]}})",
      properties);
}

class Profiles : public testing::Test {
 protected:
  LayerRecords read(const std::string& bytes, const char* name = "unnamed") {
    write_file(folder_ / name, bytes);
    LayerRequest request;
    request.file = folder_ / name;
    request.profiles = kShippedProfiles;
    LayerRecordSink sink;
    read_layer(request, sink);
    return std::move(sink.got);
  }

  ScratchFolder folder_;
};

TEST_F(Profiles, AreReadAndEachHasASample) {
  const ProfileSet set = load_profiles(kShippedProfiles);
  std::set<std::string> shipped;
  for (const auto& profile : set.profiles) {
    shipped.insert(profile.id);
    EXPECT_FALSE(profile.title.empty()) << profile.id;
    EXPECT_FALSE(profile.source.empty()) << profile.id;
  }
  std::set<std::string> sampled;
  for (const auto& sample : samples())
    sampled.insert(sample.profile);
  EXPECT_EQ(shipped, sampled);
}

TEST_F(Profiles, AreRecognisedWhateverTheOrderAndCaseOfColumns) {
  std::mt19937 random(20160503);
  for (const auto& sample : samples()) {
    for (int round = 0; round < 6; ++round) {
      auto cells = sample.cells;
      if (round > 0)
        std::shuffle(cells.begin(), cells.end(), random);
      for (auto& [column, cell] : cells) {
        if (round % 3 == 1)
          std::transform(column.begin(), column.end(), column.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
        if (round % 3 == 2)
          std::transform(column.begin(), column.end(), column.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      }
      cells.emplace_back("one_more", "x");
      const std::string bytes = sample.is_polygon ? geojson_of(cells) : csv_of(cells);
      const LayerRecords sink = read(bytes);
      ASSERT_EQ(sink.identity.profile, sample.profile) << bytes;
      ASSERT_EQ(sink.counts.kept, 1U) << bytes << "\n"
                                      << (sink.counts.reasons.empty() ? "" : sink.counts.reasons[0].code);
      const LayerFeature& feature = sink.features.front();
      EXPECT_TRUE(feature.time || sink.identity.theme == LayerTheme::Places ||
                  std::string(sample.profile).starts_with("copernicus"))
          << bytes;
      EXPECT_THAT(feature.attributes, testing::HasSubstr("one_more")) << "nothing of the source is lost";
      EXPECT_EQ(sink.count_of("word_unknown") + sink.count_of("number_unreadable") + sink.count_of("time_unreadable"),
                0U)
          << bytes;
    }
  }
}

TEST_F(Profiles, GiveOurFieldsInOurUnits) {
  const auto of = [&](std::string_view profile) {
    const auto it = std::find_if(samples().begin(), samples().end(),
                                 [&](const Sample& sample) { return sample.profile == profile; });
    return read(it->is_polygon ? geojson_of(it->cells) : csv_of(it->cells)).features.at(0);
  };
  const LayerFeature viirs = of("firms-viirs");
  EXPECT_EQ(number(viirs, "confidence"), 90.0);
  EXPECT_EQ(number(viirs, "frp_mw"), 77.7);
  EXPECT_EQ(text(viirs, "satellite"), "S-NPP");
  EXPECT_EQ(iso_text(*viirs.time), "2016-05-03T20:21:00Z");
  const LayerFeature modis = of("firms-modis");
  EXPECT_EQ(number(modis, "confidence"), 74.0);
  EXPECT_EQ(text(modis, "satellite"), "Aqua");
  EXPECT_EQ(iso_text(*modis.time), "2016-05-03T00:35:00Z");
  const LayerFeature cwfis = of("cwfis-active-fires");
  EXPECT_EQ(iso_text(*cwfis.time), "2016-05-01T22:00:00Z") << "16:00 in the zone of the column";
  EXPECT_EQ(cwfis.key, "ab/2016/MWF-009");
  const LayerFeature cwfif = of("cwfif-active-fires");
  EXPECT_EQ(field(cwfif, "percent_contained"), nullptr) << "-1 is unknown";
  EXPECT_EQ(number(cwfif, "prescribed"), 0.0);
  const LayerFeature wfigs = of("wfigs-points");
  EXPECT_NEAR(number(wfigs, "area_ha"), 40.468564224, 1e-9) << "acres";
  EXPECT_EQ(text(wfigs, "discovered"), "2024-05-22T03:07:15Z");
  const LayerFeature perimeter = of("wfigs-perimeters");
  EXPECT_NEAR(number(perimeter, "area_ha"), 40.468564224, 1e-9);
  EXPECT_EQ(perimeter.key, "{6C6AB6A1}");
  EXPECT_EQ(iso_text(*of("nfdb-points").time), "2016-05-01T00:00:00Z") << "from year, month and day";
  const LayerFeature conafor = of("conafor-fires");
  const LonLat zapopan = std::get<Points>(conafor.shape).at(0);
  EXPECT_NEAR(zapopan.lon, -103.34, 1e-9) << "no hemisphere: Mexico lies west";
  EXPECT_NEAR(zapopan.lat, 20.67, 1e-9);
  EXPECT_EQ(number(conafor, "area_ha"), 12.5);
  EXPECT_EQ(text(conafor, "cause"), "H");
  EXPECT_EQ(iso_text(*conafor.time), "2024-04-03T13:30:00Z") << "the day comes first";
  const LayerFeature smoke = of("hms-smoke");
  EXPECT_EQ(number(smoke, "density"), 2.0);
  EXPECT_EQ(iso_text(*smoke.until), "2022-04-06T16:00:00Z");
  const LayerFeature andrew = of("ibtracs");
  EXPECT_EQ(text(andrew, "basin"), "NA") << "the North Atlantic, not a missing value";
  EXPECT_EQ(andrew.key, "1992230N11325/1992-08-24T09:00:00Z");
  EXPECT_EQ(text(of("nhc-tracks"), "basin"), "NA");
  EXPECT_EQ(number(of("usgs-earthquakes"), "depth_km"), 56.3);
  EXPECT_EQ(text(of("gdacs-events"), "event"), "flood");
}

/// Tables and extents as people and states write them, without a profile of their own.
TEST_F(Profiles, OrdinaryFireTablesAreFires) {
  const auto spanish =
      read("Incendio;Latitud;Longitud;Fecha de inicio;Superficie\nLa Mesa;19.2;-99.1;03/04/2024;12,5\n");
  EXPECT_EQ(spanish.identity.profile, "conafor-fires");
  EXPECT_EQ(spanish.features.at(0).name, "La Mesa");
  EXPECT_EQ(number(spanish.features.at(0), "area_ha"), 12.5);
  // In a table of commas one before three digits groups thousands, also in Mexico; so it does among decimal points.
  EXPECT_EQ(number(read("Estado,Municipio,Latitud,Longitud,Superficie (ha),Fecha Inicio\n"
                        "Nayarit,Tepic,21.5,-104.9,\"1,200\",03/04/2024\n")
                       .features.at(0),
                   "area_ha"),
            1200.0);
  EXPECT_EQ(
      number(read("Estado;Latitud;Longitud;Superficie (ha)\nNayarit;21.5;-104.9;1,200\n").features.at(0), "area_ha"),
      1200.0);
  EXPECT_EQ(
      number(read("Estado;Latitud;Longitud;Superficie (ha)\nNayarit;21,5;-104,9;1,200\n").features.at(0), "area_ha"),
      1.2);
  const auto sexagesimal = read(
      "Estado,Grados Lat,Minutos Lat,Segundos Lat,Grados Lon,Minutos Lon,Segundos Lon,Superficie Total (ha)\n"
      "Jalisco,19,56,39,103,45,32.4,120.5\nJalisco,19,30,,-103,15,,1\nJalisco,,1,2,103,3,4,1\nJalisco,19,75,0,103,1,1,"
      "1\n");
  EXPECT_EQ(sexagesimal.identity.profile, "conafor-fires");
  EXPECT_EQ(sexagesimal.identity.field_of.at("lat"), "Grados Lat, Minutos Lat, Segundos Lat");
  ASSERT_EQ(sexagesimal.features.size(), 2U) << "without degrees, and with 75 minutes, there is no place";
  EXPECT_NEAR(std::get<Points>(sexagesimal.features[0].shape).at(0).lat, 19 + 56.0 / 60 + 39.0 / 3600, 1e-9);
  EXPECT_NEAR(std::get<Points>(sexagesimal.features[0].shape).at(0).lon, -(103 + 45.0 / 60 + 32.4 / 3600), 1e-9);
  EXPECT_EQ(std::get<Points>(sexagesimal.features[1].shape).at(0), (LonLat{-103.25, 19.5}));
  EXPECT_EQ(number(sexagesimal.features[0], "area_ha"), 120.5);
  const auto french = read(
      "nom;latitude;longitude;superficie_ha;date;statut\n"
      "Lac A;51,25;-75,75;1 250,5;2024-06-03;Hors contr\xC3\xB4le\n");
  EXPECT_EQ(french.identity.theme, LayerTheme::ActiveFires);
  EXPECT_EQ(french.features.at(0).name, "Lac A");
  EXPECT_EQ(number(french.features.at(0), "area_ha"), 1250.5);
  EXPECT_EQ(text(french.features.at(0), "stage_of_control"), "OC");
  const auto reported = read(geojson_of({{"fire_name", "A"}, {"area_ha", "120"}, {"report_date", "2024-06-03"}}));
  EXPECT_EQ(reported.identity.profile, "generic-perimeters");
  EXPECT_EQ(iso_text(reported.features.at(0).time.value()), "2024-06-03T00:00:00Z");
  const auto acres = read("Y,X,When,Acres,Status,Fire\n56.7,-111.4,2016-05-03 20:21,100,35% contained,Horse River\n");
  EXPECT_EQ(acres.identity.theme, LayerTheme::ActiveFires);
  EXPECT_NEAR(number(acres.features.at(0), "area_ha"), 40.468564224, 1e-9);
  EXPECT_EQ(number(acres.features.at(0), "percent_contained"), 35.0);
  EXPECT_EQ(text(acres.features.at(0), "stage_of_control"), "OC");
  const auto state = read(geojson_of({{"FIRE_NAME", "CAMP"}, {"GIS_ACRES", "153336"}, {"ALARM_DATE", "2018-11-08"}}));
  EXPECT_EQ(state.identity.profile, "generic-perimeters");
  EXPECT_EQ(state.features.at(0).name, "CAMP");
}

TEST_F(Profiles, WhatIsNoFireIsNotTakenForOne) {
  for (const char* const table :
       {"name,lat,lon,depth\nA,56.7,-111.4,3\n", "incident,status,lat,lon\n7,open,50,-100\n",
        "nom,statut,lat,lon\nA,ouvert,50,-100\n", "station,lat,lon,date,temp\nA,50,-100,2016-05-03,20\n"}) {
    const auto read_as = read(table);
    EXPECT_EQ(read_as.identity.theme, LayerTheme::Custom) << table;
    const auto& remarks = read_as.identity.remarks;
    EXPECT_TRUE(std::any_of(remarks.begin(), remarks.end(), [](const auto& r) { return r.first == "custom_unused"; }));
  }
}

/// A fire that has no perimeter yet.
TEST_F(Profiles, APerimeterWithoutGeometryIsPlacedByItsAttributes) {
  const auto sink = read(
      R"({"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[-111,56],)"
      R"([-110,56],[-110,57],[-111,56]]]},"properties":{"poly_IncidentName":"A","attr_IrwinID":"{1}","poly_GISAcres":5,)"
      R"("attr_InitialLatitude":56.2,"attr_InitialLongitude":-110.5}},{"type":"Feature","geometry":null,"properties":)"
      R"({"poly_IncidentName":"B","attr_IrwinID":"{2}","poly_GISAcres":5,"attr_InitialLatitude":40.5,)"
      R"("attr_InitialLongitude":-105.25}}]})");
  EXPECT_EQ(sink.identity.profile, "wfigs-perimeters");
  ASSERT_EQ(sink.counts.kept, 2U);
  EXPECT_TRUE(std::holds_alternative<Polygons>(sink.features[0].shape));
  EXPECT_EQ(std::get<Points>(sink.features[1].shape).at(0), (LonLat{-105.25, 40.5}));
  EXPECT_EQ(sink.count_of("coordinates_from_attributes"), 1U);
}

TEST_F(Profiles, NamesOfFilesDecideNothing) {
  const LayerRecords sink = read(csv_of(samples().at(0).cells), "earthquakes_perimeters.kml");
  EXPECT_EQ(sink.identity.profile, "firms-viirs");
}

TEST_F(Profiles, TheMostSpecificWins) {
  SourceShape shape;
  shape.columns = {"latitude", "longitude", "acq_date", "acq_time", "bright_ti4", "frp"};
  shape.geometry = GeometryKind::None;
  const ProfileSet set = load_profiles(kShippedProfiles);
  EXPECT_EQ(best_profile(set, shape, {})->id, "firms-viirs");
  shape.columns[4] = "power";
  EXPECT_EQ(best_profile(set, shape, {})->id, "firms-reduced");
  EXPECT_EQ(best_profile(set, shape, LayerTheme::Places), nullptr);
  shape.columns[2] = "when";
  EXPECT_EQ(best_profile(set, shape, {})->id, "generic-hotspots");
  shape.columns[5] = "value";
  EXPECT_EQ(best_profile(set, shape, {}), nullptr);
}

TEST_F(Profiles, FindColumnsThatAShapefileCut) {
  SourceShape shape;
  shape.columns = {"poly_Incid", "attr_Perce", "attr_IrwinI"};
  const ColumnFinder whole(shape, {"poly", "attr"});
  EXPECT_FALSE(whole.find("incidentname"));
  shape.has_short_names = true;
  const ColumnFinder cut(shape, {"poly", "attr"});
  EXPECT_EQ(cut.find("incidentname"), 0U);
  EXPECT_EQ(cut.find("percentcontained"), 1U);
  EXPECT_FALSE(cut.find("irwin"));
}

/// A profile is data: a folder of one's own with one more file.
class OwnProfiles : public testing::Test {
 protected:
  void SetUp() override {
    for (const auto& entry : std::filesystem::directory_iterator(kShippedProfiles))
      std::filesystem::copy(entry.path(), folder_ / entry.path().filename());
  }

  std::string refusal_of(const std::string& toml) {
    write_file(folder_ / "own.toml", toml);
    try {
      load_profiles(folder_.path());
    } catch (const ProfileError& error) {
      return error.what();
    }
    return "was read";
  }

  ScratchFolder folder_;
};

TEST_F(OwnProfiles, AddASourceWithoutCode) {
  write_file(folder_ / "own.toml", R"(
id = "state-fires"
theme = "active-fires"
title = "Fires of a state"
source = "by telephone"
status = "assumed"
key = ["folio"]
[match]
all = ["folio", "norte", "oeste"]
[coordinates]
lat = ["norte"]
lon = ["oeste"]
region = [-119, 13, -85, 34]
[[time]]
columns = ["dia"]
order = "dmy"
[[field]]
name = "area_ha"
columns = ["tamano_m2"]
factor = 0.0001
)");
  write_file(folder_ / "data", "folio;norte;oeste;dia;tamaño m2\n17;20,67;103,34;03/04/2024;125000\n");
  LayerRequest request;
  request.file = folder_ / "data";
  request.profiles = folder_.path();
  LayerRecordSink sink;
  read_layer(request, sink);
  ASSERT_EQ(sink.got.identity.profile, "state-fires");
  const LayerFeature& fire = sink.got.features.at(0);
  EXPECT_EQ(fire.key, "17");
  EXPECT_EQ(number(fire, "area_ha"), 12.5);
  EXPECT_EQ(std::get<Points>(fire.shape).at(0), (LonLat{-103.34, 20.67}));
  EXPECT_EQ(iso_text(*fire.time), "2024-04-03T00:00:00Z");
}

TEST_F(OwnProfiles, AreRefusedWithTheirFileAndReason) {
  const std::string head = "id = \"own\"\ntheme = \"flood\"\nstatus = \"assumed\"\n";
  const std::string match = "[match]\nall = [\"x\"]\n";
  EXPECT_EQ(refusal_of(head + match), "was read");
  EXPECT_THAT(refusal_of("id = "), testing::HasSubstr("own.toml"));
  EXPECT_THAT(refusal_of(head + "colour = 3\n" + match), testing::HasSubstr("'colour' is not known"));
  EXPECT_THAT(refusal_of(head), testing::HasSubstr("[match] needs 'all'"));
  EXPECT_THAT(refusal_of("id = \"own\"\ntheme = \"lava\"\nstatus = \"assumed\"\n" + match),
              testing::HasSubstr("a 'theme' that is known"));
  EXPECT_THAT(refusal_of(head + match + "[[field]]\nname = \"speed\"\ncolumns = [\"v\"]\n"),
              testing::HasSubstr("flood has no field 'speed'"));
  EXPECT_THAT(refusal_of(head + match + "[[field]]\nname = \"class\"\ncolumns = [\"v\"]\nwords = \"nowhere\"\n"),
              testing::HasSubstr("no list 'nowhere'"));
  EXPECT_THAT(refusal_of("id = \"ibtracs\"\ntheme = \"flood\"\nstatus = \"assumed\"\n" + match),
              testing::HasSubstr("two profiles are called 'ibtracs'"));
}

}  // namespace
}  // namespace relevo::geo
