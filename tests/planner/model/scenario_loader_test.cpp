// SPDX-License-Identifier: MIT
#include "planner/model/scenario_loader.hpp"

#include "geo/csv_reader.hpp"
#include "planner/model/text_file.hpp"
#include "tests/planner/model/scenario_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace relevo::planner {
namespace {

using test::data_dir;
using test::day;
using test::in_words;
using test::ScenarioFolder;
using test::sentence_of;
using test::summaries;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

/// A journey of `days` from every base to every incident and agency, for every kind and agreement.
TravelTable journeys_of(const ScenarioData& data, int days) {
  TravelTable travel;
  for (const auto base : data.bases.indices())
    for (const auto kind : data.kinds.kinds.indices())
      for (const auto agreement : data.agreements.indices()) {
        for (const auto incident : data.incidents.indices())
          travel.set({base, Destination::incident(incident), kind, agreement}, {.days = days});
        for (const auto agency : data.agencies.indices())
          travel.set({base, Destination::agency(agency), kind, agreement}, {.days = days});
      }
  return travel;
}

TEST(LoadScenario, ReadsEveryTable) {
  const ScenarioFolder folder;
  folder.write("preparedness.csv", "agency_id,date,level\nCA-BC,2016-06-10,4\nCA-BC,2016-05-01,2\n");
  folder.write("incident_areas.csv", "incident_id,date,area_ha,source\nMWF-009,2016-05-05,85000,http://a.example\n");
  folder.write("offers.csv", "agency,kind,quantity,from,to,conditions\nMX-CONAFOR,brigada,3,2016-06-01,,go-ahead\n");
  folder.write("responses.csv", "request,agency,answer,reason\nC-2,MX-CONAFOR,conditional,waits\n");
  folder.write("decisions.csv", "action,unit,request,quantity,reason\npin,MX-BR,C-2,2,agreed by telephone\n");
  folder.write("conflicts.csv", "subject,used,used_source,other,other_source\npeople,298,a,301,b\n");
  folder.write("history.csv", "what,agreement,agency,happened,source\npersons,ca-mx-2014,MX-CONAFOR,41,c\n");
  const auto draft = folder.load();
  EXPECT_THAT(summaries(draft.diagnostics), IsEmpty()) << in_words(draft.diagnostics);
  const auto& data = draft.data;
  EXPECT_EQ(data.id, "test");
  EXPECT_EQ(data.horizon.days, 30);
  ASSERT_EQ(data.units.size(), 3U);
  const auto& brigade = data.units[UnitIndex{2U}];
  EXPECT_EQ(data.kinds.kinds[brigade.kind].id, "crew");
  EXPECT_EQ(brigade.type, "2");
  EXPECT_EQ(brigade.persons, 20);
  EXPECT_EQ(brigade.count, 3);
  EXPECT_EQ(brigade.available.first, day("2016-06-01"));
  EXPECT_EQ(brigade.available.last, day("2016-07-16"));  // home on or before 15 July
  EXPECT_THAT(brigade.documents, ElementsAre("passport", "visa-ca"));
  ASSERT_EQ(brigade.pools.size(), 1U);
  EXPECT_EQ(brigade.pools[0].persons, 18);
  EXPECT_EQ(data.units[UnitIndex{1U}].persons, 0);  // a pump
  ASSERT_EQ(data.requests.size(), 2U);
  const auto& request = data.requests[RequestIndex{1U}];
  EXPECT_EQ(request.need.last, day("2016-07-06"));
  EXPECT_EQ(request.channel, "ca-mx-2014");
  EXPECT_EQ(data.agencies[request.borrower].id, "CA-AB");
  EXPECT_THAT(draft.automatic_priorities, ElementsAre(RequestIndex{1U}));
  const auto& fire = data.incidents[IncidentIndex{0U}];
  ASSERT_EQ(fire.areas.size(), 2U);
  EXPECT_EQ(fire.areas[0].area.hectares(), 85000);
  EXPECT_EQ(fire.areas[1].day, data.as_of);
  EXPECT_EQ(data.offers.at(0).when.last, kLastDay);
  EXPECT_EQ(data.responses.at(0).answer, Response::Answer::Conditional);
  EXPECT_EQ(data.decisions.at(0).quantity, 2);
  EXPECT_EQ(data.conflicts.at(0).other, "301");
  EXPECT_EQ(data.history.at(0).happened, "41");
}

TEST(LoadScenario, TakesOnlyTheReferenceAgenciesItNeeds) {
  const ScenarioFolder folder;
  std::vector<std::string> ids;
  for (const auto& agency : folder.load().data.agencies)
    ids.push_back(agency.id);
  EXPECT_THAT(ids, ElementsAre("CA-BC", "CA-CIFFC", "MX-CONAFOR", "CA-AB"));
}

TEST(LoadScenario, AnOwnRowReplacesAReferenceAgency) {
  const ScenarioFolder folder;
  folder.write("agencies.csv",
               "agency_id,name,country,lon,lat,centre,level\nCA-AB,Ours,CA,-113,53,X-1,4\n"
               "X-1,Centre,CA,-100,50,,\n");
  const auto draft = folder.load();
  const auto& agency = draft.data.agencies[AgencyIndex{0U}];
  EXPECT_EQ(agency.name, "Ours");
  EXPECT_EQ(agency.levels.at(0).second, 4);
  EXPECT_EQ(agency.centre, AgencyIndex{1U});
  EXPECT_EQ(draft.data.requests[RequestIndex{0U}].borrower, AgencyIndex{0U});
}

TEST(LoadScenario, RecordsEveryFileWithItsHash) {
  const ScenarioFolder folder;
  folder.replace("scenario.toml", "[scenario]",
                 "[[input]]\nfile = \"units.csv\"\nas_of = 2016-05-27\nnote = \"by fax\"\n[scenario]");
  const auto draft = folder.load();
  const auto& inputs = draft.data.inputs;
  const auto units = std::ranges::find(inputs, "units.csv", &InputFile::file);
  ASSERT_NE(units, inputs.end());
  EXPECT_EQ(units->sha256.size(), 64U);
  EXPECT_EQ(units->as_of, "2016-05-27");
  EXPECT_EQ(units->note, "by fax");
  for (const char* file : {"scenario.toml", "reference/kinds.toml", "policy/default.toml", "agreements/mars.toml"})
    EXPECT_NE(std::ranges::find(inputs, file, &InputFile::file), inputs.end()) << file;
}

TEST(LoadScenario, ThirtyFaultsInOneRun) {
  const ScenarioFolder folder;
  folder.replace("scenario.toml", "America/Edmonton", "America/Edmontn");  // 1
  folder.replace("scenario.toml", "title", "titel");                       // 2, and 3: title is missing
  folder.write("bases.csv",
               "base_id,agency,lon,lat\n"
               "BC-KAM,CA-BC,-120.3,150.7\n"      // 4 latitude
               "MX-ZAP,MX-CONAFR,-103.4,20.7\n"   // 5 agency
               "MX-ZAP,MX-CONAFOR,-103.4,20.7\n"  // 6 twice
               "B-4,CA-BC,-120.3,50.7\n");
  folder.write("units.csv",
               "unit_id,agency,kind,type,count,persons,base,available_from,available_to,languages,pools,daily_cost,"
               "currency\n"
               "U-1,CA-BC,crew,1,0,20,B-4,,,en,,,\n"                      // 7 count 0
               "U-2,CA-BC,crew,9,1,20,B-4,,,en,,,\n"                      // 8 type
               "U-3,CA-BC,crw,1,1,20,B-4,,,en,,,\n"                       // 9 kind
               "U-4,CA-BC,crew,,1,20,B-4,,,en,,,\n"                       // 10 no type
               "U-5,CA-BC,crew,1,-2,20,B-4,,,en,,,\n"                     // 11 negative
               "U-6,CA-BC,crew,1,1,\"1,200\",B-4,,,en,,,\n"               // 12 thousands
               "U-7,CA-BC,crew,1,1,20,B-5,,,en,,,\n"                      // 13 base
               "U-8,CA-BC,crew,1,1,20,B-4,2016-07-01,2016-06-01,en,,,\n"  // 14 order
               "U-9,CA-BC,crew,1,1,20,B-4,1/7/2016,,en,,,\n"              // 15 date
               "U-10,CA-BC,crew,1,1,20,B-4,,,english,,,\n"                // 16 language
               "U-11,CA-BC,crew,1,1,20,B-4,,,en,JAL,,\n"                  // 17 pool without number
               "U-12,CA-BC,crew,1,1,20,B-4,,,en,JAL:25,,\n"               // 18 more than it has
               "U-13,CA-BC,crew,1,1,20,B-4,,,en,JAK:2,,\n"                // 19 pool
               "U-14,CA-BC,crew,1,1,20,B-4,,,en,,100,XYZ\n"               // 20 currency
               "U-15,CA-BC,crew,1,1,20,B-4,,,en,,,,surplus\n"             // 21 surplus
               ",CA-BC,crew,1,1,20,B-4,,,en,,,\n"                         // 22 no id
               "U-16,CA-BC,crew,1,2,20,B-4,,,en,,,\n");
  folder.write("incidents.csv",
               "incident_id,agency,lon,lat,area_ha\n"
               "F-1,CA-AB,-111.4,56.7,much\n"  // 23 number
               "F-2,CA-AB,-111.4,56.7,10\n");
  folder.write("requests.csv",
               "request_id,incident,kind,type,quantity,from,to,priority,channel,unit\n"
               "C-1,F-3,crew,2,2,2016-06-05,2016-06-20,2,,\n"            // 24 incident
               "C-2,,crew,2,2,2016-06-05,2016-06-20,2,,\n"               // 25 no place
               "C-3,F-2,crew,2,2,2016-06-20,2016-06-05,2,,\n"            // 26 order
               "C-4,F-2,crew,2,2,2016-06-05,2016-06-20,6,,\n"            // 27 priority
               "C-5,F-2,crew,2,2,2016-06-05,2016-06-20,2,ca-mx-2015,\n"  // 28 channel
               "C-6,F-2,crew,2,2,2016-06-05,2016-06-20,2,,U-16\n"        // 29 named, quantity 2
               "C-7,F-1,crew,2,2,2016-06-05,2016-06-20,2,,\n");          // F-1 is faulty: no fault here
  folder.write("decisions.csv", "action,unit,request\npin,U-16,\n");     // 30
  const auto found = folder.diagnose();
  EXPECT_THAT(
      summaries(found, Severity::Error),
      ElementsAre("scenario.toml:3 scenario.titel toml.unknown_key", "scenario.toml:1 scenario.title toml.missing_key",
                  "scenario.toml:4 scenario.time_zone scenario.time_zone", "bases.csv:2 lat table.too_large",
                  "bases.csv:4 base_id table.duplicate_id", "bases.csv:3 agency table.reference",
                  "units.csv:2 count table.zero", "units.csv:6 count table.too_small",
                  "units.csv:7 persons table.thousands", "units.csv:10 available_from table.date",
                  "units.csv:16  table.surplus_cells", "units.csv:17 unit_id table.empty_cell",
                  "units.csv:3 type table.type", "units.csv:4 kind table.kind", "units.csv:5 type table.type_missing",
                  "units.csv:8 base table.reference", "units.csv:9 available_to table.date_order",
                  "units.csv:11 languages table.language", "units.csv:12 pools unit.pools",
                  "units.csv:13 pools unit.pool_persons", "units.csv:14 pools table.reference",
                  "units.csv:15 currency unit.currency", "incidents.csv:2 area_ha table.number",
                  "requests.csv:5 priority table.word", "requests.csv:2 incident table.reference",
                  "requests.csv:3 incident request.place", "requests.csv:4 to table.date_order",
                  "requests.csv:6 channel table.reference", "requests.csv:7 quantity request.named_quantity",
                  "decisions.csv:2 request decision.pin_request"))
      << in_words(found);
  for (const char* meant : {"'title'", "'America/Edmonton'", "'MX-CONAFOR'", "'crew'", "'JAL'", "'B-4'", "'F-1'"})
    EXPECT_THAT(in_words(found), HasSubstr("Did you mean " + std::string(meant))) << meant;
}

TEST(LoadScenario, EveryDiagnosticReadsInEveryLanguage) {
  const ScenarioFolder folder;
  folder.write("units.csv", "unit_id,kind\nU 1,x\n");
  const auto found = folder.diagnose();
  ASSERT_FALSE(found.all().empty());
  for (const auto& d : found.all())
    for (const auto lang : {text::Lang::En, text::Lang::Es, text::Lang::Fr})
      EXPECT_THAT(format_diagnostic(d, lang), HasSubstr("[" + d.rule + "]"));
}

TEST(LoadScenario, ARequestForWhatNobodyHasIsNoFault) {
  const ScenarioFolder folder;
  folder.replace("requests.csv", "C-1,MWF-009,crew,2", "C-1,MWF-009,airtanker,1");
  EXPECT_THAT(summaries(folder.diagnose()), IsEmpty());
}

TEST(LoadScenario, MandatoryTables) {
  const ScenarioFolder folder;
  folder.remove("units.csv");
  folder.write("unit.csv", "unit_id\n");
  const auto found = folder.diagnose();
  EXPECT_THAT(summaries(found), ElementsAre("scenario.toml:0  file.table_missing", "unit.csv:0  file.unused"));
  EXPECT_THAT(in_words(found), HasSubstr("Did you mean 'units.csv'?"));
}

TEST(LoadScenario, TwoFilesOfOneTable) {
  const ScenarioFolder folder;
  folder.write("units.xlsx", "");
  EXPECT_THAT(sentence_of(folder.diagnose(), "file.two_candidates"), HasSubstr("units.csv, units.xlsx"));
}

TEST(LoadScenario, FilesUnderOtherNames) {
  const ScenarioFolder folder;
  folder.write("in/roster.csv", folder.read("units.csv"));
  folder.remove("units.csv");
  folder.replace("scenario.toml", "[scenario]", "[tables]\nunits = \"in/roster.csv\"\n[scenario]");
  const auto draft = folder.load();
  EXPECT_EQ(draft.data.units.size(), 3U);
  EXPECT_THAT(summaries(draft.diagnostics), IsEmpty());
}

TEST(LoadScenario, MissingFilesAreNamed) {
  const ScenarioFolder folder;
  folder.replace("scenario.toml", "[scenario]",
                 "[tables]\nunits = \"roster.csv\"\n[[layer]]\nfile = \"hot.csv\"\nas = \"hotspots\"\n[scenario]");
  EXPECT_THAT(summaries(folder.diagnose()),
              UnorderedElementsAre("roster.csv:0  file.missing", "scenario.toml:3 layer.file file.missing",
                                   "units.csv:0  file.unused"));
  folder.remove("scenario.toml");
  EXPECT_THAT(summaries(folder.diagnose()), ElementsAre("scenario.toml:0  file.missing"));
}

TEST(LoadScenario, OtherFormatsAreInjected) {
  const ScenarioFolder folder;
  const auto units = folder.read("units.csv");
  folder.write("units.XLSX", "not really");
  folder.remove("units.csv");
  EXPECT_THAT(summaries(folder.diagnose()), ElementsAre("units.XLSX:0  file.no_reader"));
  std::string asked;
  const auto draft = load_scenario(folder.path(), data_dir(), [&](const auto&, const auto& name, const auto& table) {
    asked = table;
    return geo::parse_csv(units, name);
  });
  EXPECT_EQ(asked, "units");
  EXPECT_EQ(draft.data.units.size(), 3U);
}

TEST(LoadScenario, AReadersErrorKeepsItsRule) {
  const ScenarioFolder folder;
  folder.write("units.csv", "unit_id,agency\n\"U-1,CA-BC\n");
  const auto found = folder.diagnose();
  EXPECT_THAT(summaries(found), ElementsAre(HasSubstr("table.quote"))) << in_words(found);
}

TEST(LoadScenario, LayersKeepWhatIsSaidOfThem) {
  const ScenarioFolder folder;
  folder.write("hot.csv", "latitude,longitude\n");
  folder.replace("scenario.toml", "[scenario]",
                 "[[layer]]\nfile = \"hot.csv\"\nas = \"hotspots\"\nas_of = 2016-05-27T12:00:00Z\n"
                 "fields = { latitude = \"lat\" }\n[scenario]");
  const auto draft = folder.load();
  ASSERT_EQ(draft.layers.size(), 1U);
  EXPECT_EQ(draft.layers[0].as, "hotspots");
  EXPECT_EQ(draft.layers[0].as_of, "2016-05-27T12:00:00Z");
  EXPECT_EQ(draft.layers[0].fields.at("latitude"), "lat");
  EXPECT_TRUE(std::filesystem::exists(draft.layers[0].path));
  EXPECT_THAT(summaries(draft.diagnostics), IsEmpty());
}

TEST(LoadScenario, UnknownAgreementsAreSuggested) {
  const ScenarioFolder folder;
  folder.replace("scenario.toml", "\"mars\"", R"("mras", "../mars", "own-forces")");
  const auto found = folder.diagnose();
  EXPECT_THAT(summaries(found), ElementsAre("scenario.toml:7 agreements agreement.unknown",
                                            "scenario.toml:7 agreements agreement.unknown",
                                            "scenario.toml:7 agreements agreement.twice"));
  EXPECT_THAT(in_words(found), HasSubstr("Did you mean 'mars'?"));
}

TEST(LoadScenario, AScenarioBringsItsOwnAgreement) {
  const ScenarioFolder folder;
  std::string mars;
  {
    Diagnostics none;
    mars = read_text_file(data_dir() / "agreements/mars.toml", "mars", none).value();
  }
  mars.replace(mars.find("id = \"mars\""), 11, "id = \"ours\"");
  folder.write("agreements/ours.toml", mars);
  folder.replace("scenario.toml", "\"mars\"", "\"ours\"");
  EXPECT_EQ(folder.load().data.agreements[AgreementIndex{1U}].id, "ours");
}

TEST(LoadScenario, AnAgreementOutOfForceIsAWarning) {
  const ScenarioFolder folder;
  folder.replace("scenario.toml", "ca-mx-2014-2016", "ca-mx-2014-2025");
  EXPECT_THAT(summaries(folder.diagnose()),
              ElementsAre("agreements/ca-mx-2014-2025.toml:0 in_force agreement.not_in_force"));
}

TEST(LoadScenario, PolicyOfTheScenario) {
  const ScenarioFolder folder;
  folder.replace("scenario.toml", "[scenario]", "[policy]\nfirm_hours = 24\n[scenario]");
  EXPECT_EQ(folder.load().data.policy.firm_hours.value, 24);
  folder.replace("scenario.toml", "firm_hours = 24", "firm_hour = 24");
  EXPECT_THAT(sentence_of(folder.diagnose(), "toml.unknown_key"), HasSubstr("Did you mean 'firm_hours'?"));
}

TEST(LoadScenario, DailyCostsAreConverted) {
  const ScenarioFolder folder;
  folder.write("units.csv", "unit_id,agency,kind,type,base,daily_cost,currency\nU-1,CA-BC,crew,1,BC-KAM,1000,USD\n");
  EXPECT_NEAR(folder.load().data.units[UnitIndex{0U}].daily_cost.value().value(), 1300.0, 1e-9);
}

TEST(LoadScenario, PerimetersBelongToIncidents) {
  const ScenarioFolder folder;
  const std::string square = R"({"type":"Polygon","coordinates":[[[-112,56],[-111,56],[-111,57],[-112,56]]]})";
  const auto feature = [](const std::string& properties, const std::string& geometry) {
    return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}";
  };
  folder.write("perimeters.geojson", R"({"type":"FeatureCollection","features":[)" +
                                         feature(R"({"incident_id":"MWF-009","schematic":true})", square) + "]}");
  const auto draft = folder.load();
  EXPECT_TRUE(draft.data.incidents[IncidentIndex{0U}].schematic);
  EXPECT_THAT(draft.data.incidents[IncidentIndex{0U}].geometry, HasSubstr("Polygon"));
  folder.write("perimeters.geojson",
               R"({"type":"FeatureCollection","features":[null,)" + feature("null", square) + "," +
                   feature(R"({"incident_id":"MWF-010"})", square) + "," +
                   feature(R"({"incident_id":"MWF-009"})", R"({"type":"Polygon","coordinates":[[[56,-112]]]})") + "," +
                   feature(R"({"incident_id":"MWF-009"})", "null") + "]}");
  const auto found = folder.diagnose();
  EXPECT_THAT(summaries(found), ElementsAre("perimeters.geojson:1 incident_id perimeters.incident_id",
                                            "perimeters.geojson:2 incident_id perimeters.incident_id",
                                            "perimeters.geojson:3 incident_id table.reference",
                                            "perimeters.geojson:4 geometry perimeters.geometry",
                                            "perimeters.geojson:5 geometry perimeters.geometry"))
      << in_words(found);
  folder.write("perimeters.geojson", std::string(100000, '['));
  EXPECT_THAT(summaries(folder.diagnose()), ElementsAre("perimeters.geojson:0  perimeters.json"));
}

class Commitments : public ::testing::Test {
 protected:
  Commitments() {
    folder_.write("commitments.csv",
                  "unit_id,quantity,ordinal,agreement,request_id,depart,first_line_day,release,home,status\n"
                  "MX-BR,2,,ca-mx-2014,C-2,2016-05-20,,2016-05-30,,on-incident\n");
  }
  void add(const std::string& row) { folder_.write("commitments.csv", folder_.read("commitments.csv") + row + "\n"); }
  ScenarioFolder folder_;
};

TEST_F(Commitments, OpenDaysComeFromTheJourney) {
  auto draft = folder_.load();
  EXPECT_THAT(summaries(draft.diagnostics), IsEmpty()) << in_words(draft.diagnostics);
  ASSERT_EQ(draft.data.commitments.size(), 1U);
  EXPECT_EQ(draft.data.commitments[0].id, "row-2");
  EXPECT_EQ(draft.data.agreements[draft.data.commitments[0].agreement].id, "ca-mx-2014-2016");
  complete_commitments(draft, journeys_of(draft.data, 2));
  const auto& c = draft.data.commitments[0];
  EXPECT_EQ(c.first_line_day, day("2016-05-22"));
  EXPECT_EQ(c.home, day("2016-05-31"));
  EXPECT_THAT(c.ordinals, ElementsAre(1, 2));
  EXPECT_EQ(draft.data.agencies[c.borrower].id, "CA-AB");
  EXPECT_EQ(c.incident, IncidentIndex{0U});
  EXPECT_NO_THROW(Scenario(std::move(draft.data)));
}

TEST_F(Commitments, WithoutAJourneyTheReleaseStandsIn) {
  auto draft = folder_.load();
  complete_commitments(draft, {});
  EXPECT_EQ(draft.data.commitments[0].home, day("2016-05-30"));
  EXPECT_THAT(summaries(draft.diagnostics), ElementsAre("commitments.csv:2 home commitment.home_unknown"));
}

TEST_F(Commitments, FreeOrdinalsLeaveRoomForNamedOnes) {
  add("MX-BR,,2,ca-mx-2014-2016,C-2,2016-05-25,2016-05-26,2016-06-01,2016-06-01,planned");
  auto draft = folder_.load();
  complete_commitments(draft, journeys_of(draft.data, 1));
  EXPECT_THAT(draft.data.commitments[0].ordinals, ElementsAre(1, 3));
  EXPECT_THAT(draft.data.commitments[1].ordinals, ElementsAre(2));
  EXPECT_NO_THROW(Scenario(std::move(draft.data)));
}

TEST_F(Commitments, TooManyForTheRowAreInTwoPlaces) {
  add("MX-BR,2,,ca-mx-2014,C-2,2016-05-25,2016-05-26,2016-06-01,2016-06-01,planned");
  auto draft = folder_.load();
  complete_commitments(draft, journeys_of(draft.data, 1));
  try {
    const Scenario scenario(std::move(draft.data));
    FAIL() << "no contradiction found";
  } catch (const ContradictionError& error) {
    EXPECT_THAT(in_words(error.diagnostics()), HasSubstr("by row-2 and by row-3"));
  }
}

TEST_F(Commitments, Faults) {
  add("MX-BR,4,,ca-mx-2014,C-2,2016-05-20,,2016-05-30,,");            // the row has 3
  add("MX-BR,1,1,ca-mx-2014,C-2,2016-05-20,,2016-05-30,,");           // both
  add("MX-BR,1,,ca-mx-2013,C-2,2016-05-20,,2016-05-30,,");            // agreement
  add("MX-BR,1,,ca-mx-2014,C-2,2016-05-20,2016-05-19,2016-05-18,,");  // order
  add("MX-BR,1,,ca-mx-2014,,2016-05-20,,2016-05-30,,");               // nobody borrows
  add("MX-BX,1,,ca-mx-2014,C-2,2016-05-20,,2016-05-30,,");            // unit
  add("MX-BR,1,,ca-mx-2014,C-2,2016-05-20,,,,");                      // no release
  const auto found = folder_.diagnose();
  EXPECT_THAT(
      summaries(found),
      ElementsAre("commitments.csv:9 release table.empty_cell", "commitments.csv:3 quantity commitment.count",
                  "commitments.csv:4 quantity commitment.ordinal_and_quantity",
                  "commitments.csv:5 agreement table.reference", "commitments.csv:6 first_line_day table.date_order",
                  "commitments.csv:6 release table.date_order", "commitments.csv:7 borrower commitment.borrower",
                  "commitments.csv:8 unit_id table.reference"))
      << in_words(found);
}

TEST(LoadScenario, TheOrderOfTheTablesIsKept) {
  const ScenarioFolder folder;
  folder.write("requests.csv",
               "request_id,incident,kind,quantity,from,to\nZ,MWF-009,crew,1,2016-06-05,2016-06-06\n"
               "A,MWF-009,crew,1,2016-06-05,2016-06-06\n");
  const auto draft = folder.load();
  EXPECT_EQ(draft.data.requests[RequestIndex{0U}].id, "Z");
  EXPECT_EQ(draft.data.requests[RequestIndex{1U}].id, "A");
  EXPECT_EQ(draft.data.requests[RequestIndex{0U}].type, "3");  // the least capable type of a crew
}

}  // namespace
}  // namespace relevo::planner
