// SPDX-License-Identifier: MIT
#include "planner/assess/incidents.hpp"

#include "geo/geodesic.hpp"
#include "geo/geojson.hpp"
#include "planner/assess/incident_extent.hpp"
#include "planner/text/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <set>

namespace relevo::planner {
namespace {

using geo::LonLat;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr Day kAsOf{std::chrono::year{2025} / 6 / 10};

geo::Instant at(int days_before, int hour = 18) {
  return kAsOf - Days{days_before} + std::chrono::hours{hour};
}

LonLat moved(const LonLat& from, double azimuth, double km) {
  return geo::point_at(from, azimuth, geo::Distance::from_kilometres(km));
}

geo::Polygons square_of_km(const LonLat& centre, double half_km) {
  const auto n = moved(centre, 0.0, half_km).lat - centre.lat;
  const auto e = moved(centre, 90.0, half_km).lon - centre.lon;
  return {{{{centre.lon - e, centre.lat - n},
            {centre.lon + e, centre.lat - n},
            {centre.lon + e, centre.lat + n},
            {centre.lon - e, centre.lat + n},
            {centre.lon - e, centre.lat - n}},
           {}}};
}

/// A scenario with fires of a table and layers, built call by call.
struct World {
  ScenarioDraft draft;
  LayerData layers;
  std::vector<PlaceRecord> places{{.name = "Clinton", .country = "CA", .point = {-121.6, 51.1}},
                                  {.name = "Kenora", .country = "CA", .point = {-94.5, 49.8}}};

  World() {
    draft.data.as_of = kAsOf;
    draft.data.agencies.push({.id = "CA-BC", .country = "CA", .point = {-120.0, 50.7}});
    for (const auto* id : {"CA-CIFFC", "CA-AB", "CA-ON", "CA-PC", "CA-QC", "US-NICC", "US-ONCC", "US-OSCC"})
      reference(id);
    for (auto& known : draft.reference_agencies) {
      if (known.agency.id == "US-ONCC")
        known.agency.point = {-122.4, 40.6};
      if (known.agency.id == "US-OSCC")
        known.agency.point = {-117.2, 33.9};
    }
    for (const auto& [word, agency] : std::vector<std::pair<const char*, const char*>>{{"bc", "CA-BC"},
                                                                                       {"ab", "CA-AB"},
                                                                                       {"on", "CA-ON"},
                                                                                       {"pc", "CA-PC"},
                                                                                       {"qc", "CA-QC"},
                                                                                       {"conus", "US-NICC"},
                                                                                       {"US-CA", "US-ONCC"},
                                                                                       {"US-CA", "US-OSCC"}})
      draft.agency_words.push_back({word, agency});
  }

  void reference(const std::string& id) {
    const bool is_centre = id == "CA-CIFFC" || id == "US-NICC";
    draft.reference_agencies.push_back(
        {{.id = id, .country = id.substr(0, 2)}, is_centre ? "" : (id.starts_with("CA") ? "CA-CIFFC" : "US-NICC")});
  }
  Incident& incident(const std::string& id, const LonLat& point, const std::string& name = {}) {
    const auto i = draft.data.incidents.push({.id = id, .name = name.empty() ? id : name, .point = point});
    return draft.data.incidents[i];
  }
  std::size_t import(const std::string& name, const std::string& as_of = "2025-06-10") {
    layers.imports.push_back({.id = static_cast<std::int64_t>(layers.imports.size()),
                              .name = name,
                              .file = name + ".csv",
                              .source = "https://example.org/" + name,
                              .as_of = as_of});
    return layers.imports.size() - 1;
  }
  FireRecord& fire(std::size_t import, const std::string& key, const std::string& agency, const LonLat& point,
                   double hectares = 10.0) {
    layers.fires.push_back({.import = import,
                            .key = key,
                            .agency = agency,
                            .point = point,
                            .time = at(0),
                            .discovered = at(5),
                            .area_ha = hectares,
                            .stage_of_control = "OC",
                            .response_type = "FUL"});
    return layers.fires.back();
  }
  PerimeterRecord& perimeter(std::size_t import, const std::string& key, int days_before, geo::Polygons polygons) {
    layers.perimeters.push_back(
        {.import = import, .key = key, .time = at(days_before), .polygons = std::move(polygons)});
    return layers.perimeters.back();
  }
  void detections(const LonLat& centre, int count, int days_before = 0, double apart_km = 0.3) {
    for (int i = 0; i < count; ++i)
      layers.detections.push_back(
          {.point = moved(centre, 90.0, apart_km * i), .time = at(days_before), .frp_mw = 2.5F});
  }
  World& fuse() {
    fuse_incidents(draft, layers, places);
    return *this;
  }

  const IncidentAssessment& assessed(const std::string& id) const {
    const auto& incidents = draft.data.incidents;
    const auto it = std::ranges::find(incidents, id, &Incident::id);
    EXPECT_NE(it, incidents.end()) << id;
    return draft.data.assessment.incidents.at(static_cast<std::size_t>(it - incidents.begin()));
  }
  std::vector<std::string> ids() const {
    std::vector<std::string> all;
    for (const auto& incident : draft.data.incidents)
      all.push_back(incident.id);
    return all;
  }
  /// "import rule key" of each record.
  std::vector<std::string> links(const std::string& id) const {
    std::vector<std::string> all;
    for (const auto& link : assessed(id).links)
      all.push_back(layers.imports[link.import].name + " " + link.rule + " " + link.key);
    return all;
  }
  std::vector<std::string> rules() const {
    std::vector<std::string> all;
    for (const auto& d : draft.diagnostics.all())
      all.push_back(d.rule);
    return all;
  }
  std::string words() const {
    std::string all;
    for (const auto& d : draft.diagnostics.all())
      for (const auto lang : {text::Lang::En, text::Lang::Es, text::Lang::Fr})
        all += format_diagnostic(d, lang) + "\n";
    return all;
  }
};

const LonLat kClinton{-121.5, 51.2};

TEST(FuseIncidents, WithoutLayersOnlyTheTableIsMeasured) {
  World world;
  auto& incident = world.incident("K52125", kClinton);
  incident.areas = {{kAsOf - Days{4}, geo::Area::from_hectares(100), "table"},
                    {kAsOf - Days{2}, geo::Area::from_hectares(160), "table"},
                    {kAsOf + Days{2}, geo::Area::from_hectares(900), "hindsight"}};
  world.incident("QUAKE", {-122.0, 48.0}).hazard = "earthquake";
  world.fuse();
  ASSERT_EQ(world.draft.data.assessment.incidents.size(), 2U);
  EXPECT_EQ(world.assessed("K52125").area_ha, 160.0);
  EXPECT_EQ(world.assessed("K52125").growth_ha_per_day, 30.0);
  EXPECT_EQ(world.assessed("QUAKE").incident, IncidentIndex{1U});
  EXPECT_THAT(world.rules(), IsEmpty());
}

TEST(FuseIncidents, OneFireOfThreeListsIsOneIncident) {
  World world;
  world.incident("K52125", kClinton);
  const auto cwfis = world.import("CWFIS");
  const auto ciffc = world.import("CIFFC");
  const auto cwfif = world.import("CWFIF");
  world.fire(cwfis, "", "bc", moved(kClinton, 20.0, 0.4)).name = "K52125";
  world.fire(ciffc, "2025-K52125", "bc", moved(kClinton, 90.0, 0.7));
  world.fire(cwfif, "2025_BC_K52125", "CA-BC", moved(kClinton, 200.0, 12.0));
  world.fuse();
  EXPECT_THAT(world.ids(), ElementsAre("K52125"));
  EXPECT_THAT(world.links("K52125"),
              ElementsAre("CWFIS key K52125", "CIFFC key 2025-K52125", "CWFIF key 2025_BC_K52125"));
  EXPECT_NEAR(world.assessed("K52125").links[2].distance_km, 12.0, 1e-6);
  EXPECT_FALSE(world.assessed("K52125").from_layer);
}

TEST(FuseIncidents, TheSameFireOfListsAloneIsAddedOnce) {
  World world;
  const auto cwfis = world.import("CWFIS");
  const auto ciffc = world.import("CIFFC");
  const auto wfigs = world.import("WFIGS");
  world.fire(cwfis, "2025_BC_K52125", "bc", kClinton);
  world.fire(ciffc, "2025-K52125", "bc", kClinton);
  // Names are all that these two share; the word of one agency is a centre, that of the other a state of two centres.
  const LonLat shasta{-122.3, 40.8};
  world.fire(cwfis, "", "conus", shasta).name = "2025-Route 13-CASHU - CASHU";
  world.fire(wfigs, "{6C6AB6A1-B2BF-4F40-A2E9-DD9A7B733919}", "US-CA", moved(shasta, 45.0, 1.5)).name = "ROUTE 13";
  world.fuse();
  EXPECT_THAT(world.ids(), ElementsAre("2025_BC_K52125", "6C6AB6A1-B2BF-4F40-A2E9-DD9A7B733919"));
  EXPECT_THAT(world.links("2025_BC_K52125"), ElementsAre("CWFIS list 2025_BC_K52125", "CIFFC key 2025-K52125"));
  EXPECT_THAT(
      world.links("6C6AB6A1-B2BF-4F40-A2E9-DD9A7B733919"),
      ElementsAre("CWFIS list 2025-Route 13-CASHU - CASHU", "WFIGS distance {6C6AB6A1-B2BF-4F40-A2E9-DD9A7B733919}"));
  EXPECT_TRUE(world.assessed("2025_BC_K52125").from_layer);
  EXPECT_THAT(world.rules(), ElementsAre("incidents.added"));
}

TEST(FuseIncidents, AgenciesAreFoundByTheWordsOfListsNearestFirst) {
  World world;
  const auto list = world.import("WFIGS");
  world.fire(list, "A1", "US-CA", {-122.0, 40.0});
  world.fire(list, "B1", "us_ca", {-118.0, 34.0});
  world.fire(list, "C1", "conus", {-105.0, 45.0});
  world.fire(list, "D1", "ca-qc", {-70.0, 50.0});
  world.fuse();
  const auto& data = world.draft.data;
  std::map<std::string, std::string> agency_of;
  for (const auto& incident : data.incidents)
    agency_of[incident.id] = data.agencies[incident.agency].id;
  EXPECT_EQ(agency_of, (std::map<std::string, std::string>{
                           {"A1", "US-ONCC"}, {"B1", "US-OSCC"}, {"C1", "US-NICC"}, {"D1", "CA-QC"}}));
  for (const auto& agency : data.agencies)
    if (agency.id == "US-OSCC") {
      ASSERT_TRUE(agency.centre);
      EXPECT_EQ(data.agencies[*agency.centre].id, "US-NICC");
    }
}

TEST(FuseIncidents, AFireOfAnUnknownAgencyIsARemark) {
  World world;
  world.fire(world.import("list"), "X9", "narnia", kClinton);
  world.fuse();
  EXPECT_THAT(world.ids(), IsEmpty());
  EXPECT_THAT(world.rules(), ElementsAre("incidents.agency_unknown"));
  EXPECT_THAT(world.words(), HasSubstr("narnia"));
}

TEST(FuseIncidents, OutPrescribedAndForgottenFiresAreNotAdded) {
  World world;
  const auto list = world.import("list");
  world.fire(list, "A1", "bc", {-121.0, 52.0}).stage_of_control = "OUT";
  world.fire(list, "A2", "bc", {-121.0, 53.0}).stage_of_control = "EX";
  world.fire(list, "A3", "bc", {-121.0, 54.0}).stage_of_control = "Prescribed";
  world.fire(list, "A4", "bc", {-121.0, 55.0}).time = at(31);
  world.fire(list, "A5", "bc", {-121.0, 56.0}).time = at(29);
  world.fire(list, "A6", "bc", {-121.0, 57.0}).time = at(-2);
  world.fuse();
  EXPECT_THAT(world.ids(), ElementsAre("A5"));
  EXPECT_THAT(world.rules(), UnorderedElementsAre("incidents.added", "incidents.not_added", "incidents.later"));
  EXPECT_THAT(world.words(), HasSubstr("2 out, 1 prescribed, 1 without"));
}

TEST(FuseIncidents, AFireThatIsOutStillBelongsToItsIncident) {
  World world;
  world.incident("K52125", kClinton);
  world.fire(world.import("list"), "K52125", "bc", kClinton, 12.0).stage_of_control = "OUT";
  world.fuse();
  EXPECT_THAT(world.links("K52125"), ElementsAre("list key K52125"));
  EXPECT_THAT(world.rules(), IsEmpty());
}

TEST(FuseIncidents, NumbersOfAnotherYearOrAgencyAreOtherFires) {
  World world;
  world.incident("102", kClinton).discovered = kAsOf - Days{3};
  const auto list = world.import("list");
  world.fire(list, "102", "on", moved(kClinton, 0.0, 50.0));
  auto& old = world.fire(list, "102", "bc", moved(kClinton, 0.0, 30.0));
  old.discovered = at(400);
  world.fuse();
  EXPECT_THAT(world.links("102"), IsEmpty());
  EXPECT_THAT(world.ids(), ElementsAre("102", "102-2", "102-3"));
}

TEST(FuseIncidents, AnIdFarAwayIsKeptApartWithAWarning) {
  World world;
  world.incident("K52125", kClinton);
  world.fire(world.import("list"), "K52125", "bc", moved(kClinton, 0.0, 300.0));
  world.fuse();
  EXPECT_THAT(world.ids(), ElementsAre("K52125", "K52125-2"));
  EXPECT_THAT(world.rules(), Contains("incidents.far_key"));
}

TEST(FuseIncidents, TheNeighbourOfOneNumberingIsAnotherFire) {
  World world;
  world.incident("MWF-009", kClinton);
  world.fire(world.import("list"), "MWF-010-2025", "bc", moved(kClinton, 0.0, 1.0));
  world.fuse();
  EXPECT_THAT(world.links("MWF-009"), IsEmpty());
  EXPECT_THAT(world.ids(), ElementsAre("MWF-009", "MWF-010-2025"));
}

TEST(FuseIncidents, DistanceJoinsTheOnlyRecordNear) {
  World world;
  world.incident("own-number", kClinton).discovered = kAsOf - Days{4};
  const auto list = world.import("list");
  world.fire(list, "K52125", "bc", moved(kClinton, 0.0, 4.0));
  world.fire(list, "K52199", "bc", moved(kClinton, 0.0, 30.0));
  world.fuse();
  EXPECT_THAT(world.links("own-number"), ElementsAre("list distance K52125"));
  EXPECT_THAT(world.ids(), ElementsAre("own-number", "K52199"));
}

TEST(FuseIncidents, ARecordBetweenTwoIncidentsIsAmbiguous) {
  World world;
  world.incident("one", kClinton);
  world.incident("two", moved(kClinton, 90.0, 4.0));
  world.fire(world.import("list"), "K52125", "bc", moved(kClinton, 90.0, 1.8));
  world.fuse();
  EXPECT_THAT(world.ids(), ElementsAre("one", "two", "K52125"));
  EXPECT_THAT(world.links("one"), IsEmpty());
  EXPECT_THAT(world.rules(), Contains("incidents.ambiguous"));
  EXPECT_THAT(world.words(), HasSubstr("'K52125' may be one as well as two"));
}

TEST(FuseIncidents, ANameDecidesWhatDistanceCannot) {
  World world;
  world.incident("one", kClinton, "Bonaparte Lake");
  world.incident("two", moved(kClinton, 90.0, 4.0), "Green Timber");
  world.fire(world.import("list"), "K52125", "bc", moved(kClinton, 90.0, 1.8)).name = "Green Timber Fire";
  world.fuse();
  EXPECT_THAT(world.links("two"), ElementsAre("list distance K52125"));
  EXPECT_THAT(world.ids(), ElementsAre("one", "two"));
}

TEST(FuseIncidents, TwoRecordsOfOneListNearOneIncidentAreAmbiguous) {
  World world;
  world.incident("one", kClinton);
  const auto list = world.import("list");
  world.fire(list, "K52125", "bc", moved(kClinton, 90.0, 2.0));
  world.fire(list, "K52126", "bc", moved(kClinton, 270.0, 2.1));
  world.fuse();
  EXPECT_THAT(world.links("one"), IsEmpty());
  EXPECT_THAT(world.ids(), ElementsAre("one", "K52125", "K52126"));
}

TEST(FuseIncidents, DiscoveryDaysMustAgree) {
  World world;
  world.incident("one", kClinton).discovered = kAsOf - Days{20};
  world.fire(world.import("list"), "K52125", "bc", moved(kClinton, 90.0, 1.0));
  world.fuse();
  EXPECT_THAT(world.links("one"), IsEmpty());
}

TEST(FuseIncidents, PerimetersVanishAndReturnAndGrowthGoesByTheirDates) {
  World world;
  world.incident("one", kClinton);
  const auto m3 = world.import("M3");
  for (const int days : {9, 8, 3, 1})  // none on the days between
    world.perimeter(m3, "", days, square_of_km(kClinton, 10.0 - days));
  world.fuse();
  EXPECT_THAT(world.ids(), ElementsAre("one"));
  EXPECT_EQ(world.links("one").size(), 4U);
  const auto& incident = world.draft.data.incidents.front();
  ASSERT_EQ(incident.areas.size(), 4U);
  EXPECT_NEAR(incident.areas[0].area.hectares(), 400.0, 1.0);
  const double last = incident.areas[3].area.hectares();
  EXPECT_NEAR(last, 18.0 * 18.0 * 100.0, 20.0);
  EXPECT_EQ(world.assessed("one").area_ha, last);
  EXPECT_NEAR(world.assessed("one").growth_ha_per_day, (18.0 * 18.0 - 14.0 * 14.0) * 100.0 / 2.0, 20.0);
  EXPECT_EQ(geo::polygons_of_geojson(incident.geometry), square_of_km(kClinton, 9.0));
}

TEST(FuseIncidents, PartsOfOneSnapshotAddUp) {
  World world;
  world.incident("one", kClinton);
  const auto m3 = world.import("M3");
  world.perimeter(m3, "", 1, square_of_km(kClinton, 2.0)).area_ha = 1600.0;
  auto second = square_of_km(kClinton, 1.0);
  for (auto& p : second[0].outer)
    p.lon += 0.02;  // overlaps the first, as pixels at an edge do
  world.perimeter(m3, "", 1, second).area_ha = 400.0;
  world.fuse();
  EXPECT_EQ(world.assessed("one").area_ha, 2000.0);
  EXPECT_EQ(geo::polygons_of_geojson(world.draft.data.incidents.front().geometry).size(), 2U);
}

TEST(FuseIncidents, ALayersPerimeterReplacesASchematicOrAnOlderOne) {
  const auto drawn = detail::geojson_of(square_of_km(kClinton, 1.0));
  const auto fused = [&](bool schematic, const std::string& drawn_on) {
    World world;
    auto& incident = world.incident("one", kClinton);
    incident.geometry = drawn;
    incident.schematic = schematic;
    world.draft.data.inputs.push_back({.file = "perimeters.geojson", .as_of = drawn_on});
    world.perimeter(world.import("M3"), "", 2, square_of_km(kClinton, 3.0));
    world.fuse();
    EXPECT_EQ(world.draft.data.incidents.front().areas.size(), 1U);
    return world.draft.data.incidents.front();
  };
  EXPECT_NE(fused(true, "").geometry, drawn);
  EXPECT_FALSE(fused(true, "").schematic);
  EXPECT_NE(fused(false, "2025-06-01").geometry, drawn);
  EXPECT_EQ(fused(false, "2025-06-09").geometry, drawn);
  EXPECT_EQ(fused(false, "").geometry, drawn);
}

TEST(FuseIncidents, PerimeterAndPointOfOneGuidAreOneFire) {
  World world;
  const std::string guid = "{21BF1C83-FDCA-40E7-A735-F164733FEAF1}";
  const LonLat fire{-118.0, 34.2};
  auto& perimeter = world.perimeter(world.import("perimeters"), guid, 1, square_of_km(fire, 2.0));
  perimeter.name = "Indios";
  perimeter.agency = "US-CA";
  world.fire(world.import("points"), "21bf1c83-fdca-40e7-a735-f164733feaf1", "US-CA", moved(fire, 0.0, 9.0)).name =
      "INDIOS";
  world.fuse();
  ASSERT_EQ(world.ids().size(), 1U);
  const auto& incident = world.draft.data.incidents.front();
  EXPECT_EQ(incident.name, "Indios");
  EXPECT_NEAR(geo::distance_between(incident.point, moved(fire, 0.0, 9.0)).metres(), 0.0, 1e-6);
  EXPECT_FALSE(incident.geometry.empty());
  EXPECT_EQ(incident.from.standing, Standing::Stated);
}

TEST(FuseIncidents, OfTheFiresInsideAPerimeterTheLargestOwnsIt) {
  World world;
  world.perimeter(world.import("M3"), "", 1, square_of_km(kClinton, 6.0));
  const auto list = world.import("list");
  world.fire(list, "K1", "bc", moved(kClinton, 10.0, 2.0), 5.0);
  world.fire(list, "K2", "bc", moved(kClinton, 100.0, 4.0), 9000.0);
  world.fuse();
  EXPECT_THAT(world.links("K2"), ElementsAre("M3 perimeter ", "list perimeter K2"));
  EXPECT_THAT(world.links("K1"), ElementsAre("list list K1"));
}

TEST(FuseIncidents, AreasThatDisagreeAreConflicts) {
  World world;
  auto& incident = world.incident("K52125", kClinton);
  incident.areas = {{kAsOf, geo::Area::from_hectares(1000), "table"}};
  world.fire(world.import("near"), "K52125", "bc", kClinton, 1040.0);
  world.fire(world.import("far"), "K52125", "bc", kClinton, 1500.0);
  world.fuse();
  EXPECT_EQ(world.assessed("K52125").area_ha, 1000.0);
  EXPECT_EQ(world.assessed("K52125").area_source, "table");
  ASSERT_EQ(world.draft.data.conflicts.size(), 1U);
  const auto& conflict = world.draft.data.conflicts.front();
  EXPECT_EQ(conflict.subject, "K52125: area_ha");
  EXPECT_EQ(conflict.used, "1000 ha (2025-06-10)");
  EXPECT_EQ(conflict.other, "1500 ha (2025-06-10)");
  EXPECT_EQ(conflict.other_source, "https://example.org/far");
}

TEST(FuseIncidents, TheNewerOfTheLayersAreaIsUsed) {
  World world;
  auto& incident = world.incident("K52125", kClinton);
  incident.areas = {{kAsOf - Days{5}, geo::Area::from_hectares(1000), "table"}};
  world.fire(world.import("list"), "K52125", "bc", kClinton, 1500.0);
  world.fuse();
  EXPECT_EQ(world.assessed("K52125").area_ha, 1500.0);
  EXPECT_EQ(world.assessed("K52125").growth_ha_per_day, 100.0);
  EXPECT_THAT(world.draft.data.conflicts, IsEmpty());
}

TEST(FuseIncidents, VersionsOfOneRecordAreOneFire) {
  World world;
  const auto list = world.import("CWFIF");
  for (const int days : {3, 2, 0})
    world.fire(list, "2025_ON_KEN_FIRE_032", "on", {-94.0, 50.0}, 700.0 - 100.0 * days).time = at(days);
  world.layers.fires.back().stage_of_control = "BH";
  world.fuse();
  EXPECT_THAT(world.ids(), ElementsAre("2025_ON_KEN_FIRE_032"));
  EXPECT_EQ(world.draft.data.incidents.front().stage_of_control, "BH");
  EXPECT_EQ(world.draft.data.incidents.front().areas.size(), 3U);
  EXPECT_EQ(world.assessed("2025_ON_KEN_FIRE_032").growth_ha_per_day, 100.0);
  EXPECT_EQ(world.links("2025_ON_KEN_FIRE_032").size(), 1U);
}

TEST(FuseIncidents, ClustersFindTheirIncidentOrAreUnreported) {
  World world;
  world.incident("inside", kClinton).geometry = detail::geojson_of(square_of_km(kClinton, 3.0));
  world.incident("near", {-94.0, 50.0});
  world.import("VIIRS");
  world.detections(kClinton, 6, 2);
  world.detections(moved({-94.0, 50.0}, 0.0, 3.0), 4, 1);
  world.detections({-94.6, 49.7}, 7, 0);
  world.detections({-100.0, 60.0}, 2, 0);  // too few to be a cluster
  world.fuse();
  const auto& clusters = world.draft.data.assessment.clusters;
  ASSERT_EQ(clusters.size(), 3U);
  EXPECT_EQ(clusters[0].id, "H-1");
  EXPECT_EQ(clusters[0].incident, IncidentIndex{0U});
  EXPECT_EQ(clusters[0].rule, "perimeter");
  EXPECT_EQ(clusters[0].detections, 6U);
  EXPECT_EQ(clusters[0].frp_mw, 15.0);
  EXPECT_EQ(clusters[0].first, at(2));
  EXPECT_EQ(clusters[1].incident, IncidentIndex{1U});
  EXPECT_EQ(clusters[1].rule, "distance");
  EXPECT_NEAR(clusters[1].distance_km, 3.0, 1e-6);
  EXPECT_FALSE(clusters[2].incident);
  EXPECT_EQ(clusters[2].nearest_place, "Kenora");
  for (const auto& detection : world.layers.detections)
    EXPECT_LE(std::ranges::count_if(clusters,
                                    [&](const DetectionCluster& cluster) {
                                      return detail::Extent(cluster.footprint).contains(detection.point);
                                    }),
              1);
  EXPECT_THAT(world.links("inside"), ElementsAre("VIIRS cluster H-1"));
  EXPECT_THAT(world.rules(), ElementsAre("incidents.unreported"));
  EXPECT_THAT(world.words(), HasSubstr("H-3 (7 detections), is near Kenora"));
}

TEST(FuseIncidents, AClusterInTwoPerimetersIsOfTheOneWithMoreOfIt) {
  World world;
  world.incident("west", kClinton).geometry = detail::geojson_of(square_of_km(kClinton, 2.0));
  const auto east = moved(kClinton, 90.0, 4.0);
  world.incident("east", east).geometry = detail::geojson_of(square_of_km(east, 2.0));
  world.import("VIIRS");
  world.detections(moved(kClinton, 90.0, 1.0), 12, 0, 0.4);  // 1.0 ... 5.4 km east: 3 in the west, 9 in the east
  world.fuse();
  ASSERT_EQ(world.draft.data.assessment.clusters.size(), 1U);
  EXPECT_EQ(world.draft.data.assessment.clusters[0].incident, IncidentIndex{1U});
}

TEST(FuseIncidents, AnIncidentWithoutAPerimeterIsACircleOfItsArea) {
  for (const double hectares : {100.0, 40'000.0}) {
    World world;
    world.incident("one", kClinton).areas = {{kAsOf, geo::Area::from_hectares(hectares), "table"}};
    world.import("VIIRS");
    world.detections(moved(kClinton, 90.0, 13.0), 5);
    world.fuse();
    EXPECT_EQ(world.draft.data.assessment.clusters.at(0).incident.has_value(), hectares > 1000.0);
  }
}

TEST(FuseIncidents, AClusterThatEndedBeforeTheDiscoveryIsOfAnotherFire) {
  World world;
  world.incident("one", kClinton).discovered = kAsOf - Days{2};
  world.import("VIIRS");
  world.detections(kClinton, 5, 6);
  world.fuse();
  EXPECT_FALSE(world.draft.data.assessment.clusters.at(0).incident);
  EXPECT_THAT(world.rules(), IsEmpty());  // and it is too old for a warning
}

TEST(FuseIncidents, DetectionsAfterThePlanningDateAreNotKnown) {
  World world;
  world.import("VIIRS");
  world.detections(kClinton, 5, -1);
  world.fuse();
  EXPECT_THAT(world.draft.data.assessment.clusters, IsEmpty());
  EXPECT_THAT(world.words(), HasSubstr("5 detections are later than the planning date 2025-06-10"));
}

/// Everything at once, in any order of the records.
World crowded(std::mt19937* random) {
  World world;
  world.incident("K52125", kClinton);
  world.incident("own", {-94.0, 50.0});
  const auto cwfis = world.import("CWFIS");
  const auto ciffc = world.import("CIFFC");
  const auto m3 = world.import("M3");
  for (int i = 0; i < 30; ++i) {
    const LonLat place{-125.0 + i % 6 * 0.5, 50.0 + i / 6 * 0.4};
    world.fire(cwfis, "K5" + std::to_string(100 + i), "bc", place, 10.0 * i);
    if (i % 2 == 0)
      world.fire(ciffc, "2025-K5" + std::to_string(100 + i), "bc", moved(place, 40.0, 0.5), 11.0 * i);
    if (i % 3 == 0)
      world.perimeter(m3, "", i % 4, square_of_km(place, 1.0));
    world.detections(moved(place, 200.0, 1.0), i % 5, i % 3);
  }
  if (random != nullptr) {
    std::ranges::shuffle(world.layers.fires, *random);
    std::ranges::shuffle(world.layers.perimeters, *random);
    std::ranges::shuffle(world.layers.detections, *random);
  }
  world.fuse();
  return world;
}

TEST(FuseIncidents, TheOrderOfRecordsChangesNothing) {
  const World expected = crowded(nullptr);
  EXPECT_EQ(expected.ids().size(), 32U);  // two of the table, thirty that only layers know
  std::mt19937 random(3);
  for (int round = 0; round < 5; ++round) {
    const World world = crowded(&random);
    EXPECT_EQ(world.ids(), expected.ids());
    for (const auto& id : expected.ids())
      EXPECT_EQ(world.links(id), expected.links(id));
    const auto& a = world.draft.data.assessment.clusters;
    const auto& b = expected.draft.data.assessment.clusters;
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t c = 0; c < a.size(); ++c) {
      EXPECT_EQ(a[c].incident, b[c].incident);
      EXPECT_EQ(a[c].detections, b[c].detections);
    }
    EXPECT_EQ(world.words(), expected.words());
  }
}

}  // namespace
}  // namespace relevo::planner
