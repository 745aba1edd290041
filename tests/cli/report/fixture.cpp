// SPDX-License-Identifier: MIT
#include "tests/cli/report/fixture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

namespace relevo::cli::test {

namespace {

using planner::AgencyIndex;
using planner::Agreement;
using planner::AgreementIndex;
using planner::Assignment;
using planner::BaseIndex;
using planner::Contingent;
using planner::Day;
using planner::Days;
using planner::EscortTerms;
using planner::IncidentIndex;
using planner::KindIndex;
using planner::Money;
using planner::Payer;
using planner::Phase;
using planner::Plan;
using planner::Provenance;
using planner::RequestFill;
using planner::RequestIndex;
using planner::RequestStatus;
using planner::ScenarioData;
using planner::Standing;
using planner::UnitIndex;

Day day(std::string_view text) {
  return planner::parse_day(text).value();
}

Provenance stated(std::string clause, std::string source, std::string note = {}) {
  return {std::move(clause), std::move(source), Standing::Stated, std::move(note)};
}
Provenance assumed(std::string clause, std::string note = {}) {
  return {std::move(clause), "", Standing::Assumed, std::move(note)};
}

// Indices in the order in which make_scenario() fills the tables.
constexpr AgencyIndex kAlberta{0U};
constexpr AgencyIndex kConafor{1U};
constexpr AgencyIndex kJalisco{2U};
constexpr AgencyIndex kSouthAfrica{3U};
constexpr AgencyIndex kBritishColumbia{4U};
constexpr AgencyIndex kOntario{5U};
constexpr AgencyIndex kCanada{6U};
constexpr KindIndex kCrew{0U};
constexpr KindIndex kRepresentative{1U};
constexpr KindIndex kPump{2U};
constexpr BaseIndex kGuadalajara{0U};
constexpr BaseIndex kKamloops{1U};
constexpr BaseIndex kThunderBay{2U};
constexpr BaseIndex kNelspruit{3U};
constexpr BaseIndex kEdmonton{4U};
constexpr IncidentIndex kHorseRiver{0U};
constexpr UnitIndex kMexicanCrews{0U};
constexpr UnitIndex kMexicanRepresentative{1U};
constexpr UnitIndex kColumbianCrews{3U};
constexpr UnitIndex kOntarianCrews{4U};
constexpr UnitIndex kSouthAfricanCrews{5U};
constexpr AgreementIndex kCanadaMexico{0U};
constexpr AgreementIndex kMars{2U};
constexpr AgreementIndex kCanadaSouthAfrica{3U};
constexpr AgreementIndex kOwnForces{4U};
constexpr UnitIndex kAlbertanCrews{7U};

void add_kinds(ScenarioData& data) {
  data.kinds.kinds.push({.id = "crew",
                         .names = {{"en", "hand crew"}, {"es", "brigada"}, {"fr", "équipe terrestre"}},
                         .types = {{"1", 1, 20, {}}, {"2", 2, 20, {}}},
                         .from = stated("", "https://www.nwcg.gov/page/crews-typing-standard")});
  data.kinds.kinds.push({.id = "agency-representative",
                         .category = planner::Category::Overhead,
                         .names = {{"en", "agency representative"},
                                   {"es", "representante de la dependencia"},
                                   {"fr", "représentant de l'organisme"}},
                         .types = {{"1", 1, 1, {}}}});
  data.kinds.kinds.push({.id = "pump",
                         .category = planner::Category::Equipment,
                         .mobility = planner::Mobility::Freight,
                         .crewed = false,
                         .refurbish_days = 1,
                         .names = {{"en", "pump kit"}, {"es", "equipo de bombeo"}, {"fr", "trousse de pompage"}},
                         .types = {{"1", 1, 0, {}}}});
}

void add_agencies(ScenarioData& data) {
  const auto add = [&](const char* id, const char* name, const char* country, planner::Tier tier, geo::LonLat point) {
    data.agencies.push({.id = id, .name = name, .country = country, .tier = tier, .point = point});
  };
  add("CA-AB", "Alberta Wildfire", "CA", planner::Tier::Regional, {-113.49, 53.55});
  add("MX-CONAFOR", "Comisión Nacional Forestal", "MX", planner::Tier::National, {-103.39, 20.72});
  add("MX-JAL", "SEMADET Jalisco", "MX", planner::Tier::Regional, {-103.35, 20.67});
  add("ZA-WOF", "Working on Fire", "ZA", planner::Tier::National, {30.97, -25.47});
  add("CA-BC", "BC Wildfire Service", "CA", planner::Tier::Regional, {-120.33, 50.67});
  add("CA-ON", "Ontario Aviation, Forest Fire and Emergency Services", "CA", planner::Tier::Regional, {-89.25, 48.38});
  add("CA-CIFFC", "Canadian Interagency Forest Fire Centre", "CA", planner::Tier::National, {-97.14, 49.90});
  data.agencies[kAlberta].centre = kCanada;
  data.agencies[kAlberta].levels = {{day("2016-05-01"), 5}};
  data.agencies[kBritishColumbia].levels = {{day("2016-05-20"), 2}, {day("2016-06-12"), 3}};
  data.agencies[kConafor].levels = {{day("2016-05-01"), 2}};
}

void add_bases(ScenarioData& data) {
  data.bases.push({"GDL", "Zapopan", kConafor, {-103.39, 20.72}, "MMGL"});
  data.bases.push({"YKA", "Kamloops", kBritishColumbia, {-120.44, 50.70}, "CYKA"});
  data.bases.push({"YQT", "Thunder Bay", kOntario, {-89.32, 48.37}, "CYQT"});
  data.bases.push({"NLP", "Nelspruit", kSouthAfrica, {30.98, -25.46}, ""});
  data.bases.push({"YEG", "Edmonton", kAlberta, {-113.58, 53.31}, "CYEG"});
}

void add_units(ScenarioData& data) {
  data.pools.push({"JAL", {{57, planner::kAlways}}, stated("", "http://theguadalajarareporter.net/index.php/news")});
  const auto add = [&](const char* id, const char* name, AgencyIndex agency, KindIndex kind, int count, int persons,
                       BaseIndex base) {
    return data.units.push({.id = id,
                            .name = name,
                            .agency = agency,
                            .kind = kind,
                            .type = kind == kCrew ? "2" : "1",
                            .rank = kind == kCrew ? 2 : 1,
                            .count = count,
                            .persons = persons,
                            .base = base,
                            .languages = {"en", "es"}});
  };
  add("MX-BRIG", "Brigada CONAFOR", kConafor, kCrew, 4, 20, kGuadalajara);
  add("MX-REP", "Representante CONAFOR", kConafor, kRepresentative, 1, 1, kGuadalajara);
  add("JAL-BRIG", "Brigada Jalisco", kJalisco, kCrew, 3, 19, kGuadalajara);
  add("BC-UC", "Unit Crew", kBritishColumbia, kCrew, 8, 20, kKamloops);
  add("ON-CREW", "FireRanger crew block", kOntario, kCrew, 5, 20, kThunderBay);
  add("ZA-CREW", "Working on Fire crew", kSouthAfrica, kCrew, 15, 20, kNelspruit);
  add("AB-PUMP", "Mark-3 pump kit", kAlberta, kPump, 40, 0, kEdmonton);
  add("AB-WFC", "Sustained action crew", kAlberta, kCrew, 2, 25, kEdmonton);
  data.units[kMexicanCrews].pools = {{planner::PoolIndex{0U}, 9}};
  data.units[UnitIndex{2U}].pools = {{planner::PoolIndex{0U}, 19}};
  data.units[kMexicanCrews].from =
      stated("", "https://www.gob.mx/conafor/prensa/mexico-deploys-108-firefighters-to-canada");
}

// A ring of about `radius` degrees, GeoJSON.
std::string ring_around(geo::LonLat at, double radius) {
  const std::vector<std::pair<double, double>> corners = {{-1.0, -0.3}, {-0.4, -0.8}, {0.5, -0.6}, {1.1, -0.1},
                                                          {0.8, 0.7},   {0.1, 0.9},   {-0.8, 0.5}, {-1.0, -0.3}};
  std::string points;
  for (const auto& [x, y] : corners) {
    points +=
        fmt::format("{}[{:.4f},{:.4f}]", points.empty() ? "" : ",", at.lon + 1.7 * radius * x, at.lat + radius * y);
  }
  return R"({"type":"Polygon","coordinates":[[)" + points + "]]}";
}

void add_incidents(ScenarioData& data) {
  const auto add = [&](const char* id, const char* name, AgencyIndex agency, geo::LonLat at, double ha,
                       const char* stage) {
    data.incidents.push(
        {.id = id,
         .name = name,
         .agency = agency,
         .point = at,
         .discovered = day("2016-05-01"),
         .areas = {{day("2016-05-24"), geo::Area::from_hectares(ha), "https://thenwfireblog.com/2016/05/28/"}},
         .stage_of_control = stage,
         .from = stated("", "https://en.m.wikipedia.org/wiki/2016_Fort_McMurray_wildfire")});
  };
  add("MWF-009", "Horse River", kAlberta, {-111.383, 56.700}, 522895, "out of control");
  add("PWF-031", "Peace test fire", kAlberta, {-117.4, 56.3}, 12400, "being held");
  add("HWF-012", "High Level test fire", kAlberta, {-117.1, 58.4}, 820, "under control");
  add("SWF-044", "Slave Lake test fire", kAlberta, {-114.8, 55.3}, 4100, "out of control");
  add("CWF-003", "Cariboo test fire", kBritishColumbia, {-122.1, 52.4}, 260, "being held");
  data.incidents[kHorseRiver].geometry = ring_around(data.incidents[kHorseRiver].point, 0.42);
  data.incidents[kHorseRiver].schematic = true;
}

void add_requests(ScenarioData& data) {
  const auto add = [&](const char* id, std::optional<IncidentIndex> incident, AgencyIndex borrower, KindIndex kind,
                       int quantity, planner::Measure measure, const char* from, const char* to, int priority) {
    data.requests.push({.id = id,
                        .incident = incident,
                        .borrower = borrower,
                        .kind = kind,
                        .type = kind == kCrew ? "2" : "1",
                        .rank = kind == kCrew ? 2 : 1,
                        .quantity = quantity,
                        .measure = measure,
                        .need = {day(from), day(to) + Days{1}},
                        .priority = priority,
                        .from = stated("", "https://www.cbc.ca/news/canada/edmonton/")});
  };
  const auto units = planner::Measure::Units;
  const auto people = planner::Measure::People;
  add("C-1", kHorseRiver, kAlberta, kCrew, 15, units, "2016-06-02", "2016-06-30", 1);
  add("C-2", kHorseRiver, kAlberta, kCrew, 41, people, "2016-06-06", "2016-06-30", 1);
  add("C-3", kHorseRiver, kAlberta, kCrew, 59, people, "2016-06-01", "2016-06-30", 2);
  add("C-4", kHorseRiver, kAlberta, kCrew, 5, units, "2016-05-24", "2016-06-20", 1);
  add("C-5", IncidentIndex{1U}, kAlberta, kCrew, 4, units, "2016-05-26", "2016-06-18", 2);
  add("C-6", IncidentIndex{3U}, kAlberta, kCrew, 3, units, "2016-06-08", "2016-06-22", 3);
  add("C-7", IncidentIndex{2U}, kAlberta, kCrew, 2, units, "2016-06-10", "2016-06-15", 4);
  add("C-8", IncidentIndex{4U}, kBritishColumbia, kCrew, 2, units, "2016-05-28", "2016-06-12", 3);
  add("E-1", kHorseRiver, kAlberta, kPump, 30, units, "2016-05-24", "2016-06-30", 2);
  add("E-2", IncidentIndex{3U}, kAlberta, kPump, 20, units, "2016-06-08", "2016-06-22", 3);
  add("O-1", std::nullopt, kAlberta, kRepresentative, 1, units, "2016-05-26", "2016-06-22", 3);
  add("C-9", IncidentIndex{1U}, kAlberta, kCrew, 6, units, "2016-06-20", "2016-06-30", 5);
}

Agreement agreement(const char* id, const char* family, const char* title, int tier) {
  const std::string clause = std::string(id) + "/";
  Agreement a;
  a.id = id;
  a.family = family;
  a.title = title;
  a.from = stated(clause + "instrument", "http://wildlandfirefighter.ca/?p=135");
  a.channel_from =
      stated(clause + "channel", "https://riviera-maya-news.com/mexico-sends-brigade-of-103-to-ontario/2023.html");
  a.asking = "CA-CIFFC";
  a.answering = "MX-CONAFOR";
  a.kinds = {"crew", "agency-representative"};
  a.kinds_from = assumed(clause + "kinds");
  a.tour.max_line_days = {
      14,
      stated(clause + "tour", "https://mexiconewsdaily.com/news/mexicans-will-help-fight-huge-wildfire-in-canada/")};
  a.tour.days_off_in_place = {3, a.tour.max_line_days.from};
  a.tour.max_tours = {2, a.tour.max_line_days.from};
  a.tour.orientation_days = {1, assumed(clause + "orientation", "one day for briefing and kit")};
  a.tour.rest_days_home = {2, assumed(clause + "rest")};
  a.mobilization.notice_days = {1, assumed(clause + "notice")};
  a.mobilization.muster_days = {3, stated(clause + "muster", "https://www.cvbj.biz/2021/07/17/")};
  a.mobilization.documents = {
      {.document = "passport", .from = stated(clause + "documents", "https://www.settlementatwork.org/news/")}};
  a.escorts = {{.kind = "agency-representative",
                .threshold = 0,
                .per_persons = 100,
                .supply = EscortTerms::Supply::Roster,
                .from = assumed(clause + "representative")}};
  a.language.working = {"en", "es"};
  a.language.from = stated(clause + "language", "https://infotel.ca/newsitem/");
  a.cost.payer = {{"travel", {Payer::Borrower, stated(clause + "travel", "https://www.noticiasenfasis.com.mx/")}},
                  {"lodging", {Payer::Borrower, assumed(clause + "lodging")}},
                  {"wages", {Payer::Lender, assumed(clause + "wages")}}};
  a.precedence = {tier, assumed(clause + "precedence")};
  a.recall_notice_hours = {72, assumed(clause + "recall")};
  return a;
}

void add_agreements(ScenarioData& data) {
  data.agreements.push(agreement("ca-mx-2014-2016", "ca-mx-2014", "Canada – Mexico, operating plan 2016", 3));
  data.agreements.push(agreement("ab-jal-2005", "ab-jal-2005", "Alberta – Jalisco, 2005", 3));
  data.agreements.push(agreement("mars", "mars", "Canadian mutual aid (MARS)", 2));
  data.agreements.push(agreement("ca-za", "ca-za", "Canada – South Africa", 3));
  data.agreements[kCanadaSouthAfrica].cost.payer.erase("wages");
  data.agreements.push(agreement("own-forces", "own-forces", "Own forces", 0));
  data.agreements[kOwnForces].own_forces = true;
}

void add_context(ScenarioData& data) {
  data.inputs = {
      {"scenario.toml", std::string(64, 'a'), "2016-05-24", ""},
      {"units.csv", std::string(64, 'b'), "2016-05-24", "from press releases; see https://www.gob.mx/conafor"},
      {"requests.csv", std::string(64, 'c'), "", ""},
  };
  data.conflicts = {{"Imports from British Columbia, 27–28 May", "111",
                     "https://theogm.com/2016/05/28/20-alberta-wildfires-still-blazing/", "113",
                     "https://thenwfireblog.com/2016/05/28/some-albertafires-still-extreme-may-28-2016/"}};
  const std::string source = "http://theguadalajarareporter.net/index.php/news ; https://www.thenews.mx/mexico/";
  data.history = {{"persons", "ca-mx-2014", "MX-CONAFOR", "41", source},
                  {"depart", "ca-mx-2014", "MX-CONAFOR", "2016-06-04", source},
                  {"home", "ca-mx-2014", "MX-CONAFOR", "2016-06-20", source},
                  {"line_days", "ca-mx-2014", "MX-CONAFOR", "15", source},
                  {"Jalisco sent nobody in 2016", "ab-jal-2005", "MX-JAL", "59 asked, 0 sent", ""}};
  data.responses = {{RequestIndex{2U}, kJalisco, planner::Response::Answer::Declined, "critical season at home",
                     day("2016-05-23"), stated("", "https://eluniversal.com.mx/articulo/mundo/2016/06/23/")}};
}

ScenarioData make_scenario() {
  ScenarioData data;
  data.id = "alberta-2016-test";
  data.title = "Fort McMurray 2016: help from abroad";
  data.time_zone = "America/Edmonton";
  data.as_of = day("2016-06-01");
  data.horizon = {day("2016-05-24"), 38};
  add_kinds(data);
  add_agencies(data);
  add_bases(data);
  add_units(data);
  add_incidents(data);
  add_requests(data);
  add_agreements(data);
  add_context(data);
  return data;
}

/// Builds assignments and keeps the counts that a plan carries.
class PlanBuilder {
 public:
  explicit PlanBuilder(const ScenarioData& data) : data_(data) {}

  struct Sending {
    UnitIndex unit;
    int first_ordinal;
    int count;
    AgreementIndex agreement;
    std::optional<RequestIndex> request;
    const char* depart;
    int travel_days;
    int tour1;
    int off;
    int tour2;
    bool commitment = false;
    Phase phase = Phase::Outlook;
    const char* contingent;
  };

  void send(const Sending& s) {
    for (int i = 0; i < s.count; ++i) {
      plan_.assignments.push_back(assignment(s, s.first_ordinal + i));
    }
  }

  Plan finish() {
    make_contingents();
    make_requests();
    make_reserve();
    make_escorts();
    make_pools();
    return std::move(plan_);
  }

 private:
  static void append(std::vector<Day>& days, Day& next, int count) {
    for (int i = 0; i < count; ++i) {
      days.push_back(next);
      next += Days{1};
    }
  }

  Assignment assignment(const Sending& s, int ordinal) const {
    const auto& unit = data_.units[s.unit];
    Assignment a;
    a.id = fmt::format("A-{:04}", plan_.assignments.size() + 1);
    a.contingent_id = s.contingent;
    a.unit = s.unit;
    a.ordinal = ordinal;
    a.class_id = s.commitment ? -1 : static_cast<int>(s.unit.value());
    a.borrower = s.request ? data_.requests[*s.request].borrower : kAlberta;
    a.agreement = s.agreement;
    const std::string& id = data_.agreements[s.agreement].id;
    a.clauses = {id + "/channel", id + "/kinds", id + "/tour"};
    a.commitment = s.commitment;
    if (unit.kind == kRepresentative) {
      a.escort = EscortTerms::Role::Representative;
    }
    a.phase = s.phase;
    a.depart = day(s.depart);
    a.arrive = a.depart + Days{std::max(0, s.travel_days - 1)};
    planner::Stint stint;
    stint.request = a.escort ? std::nullopt : s.request;
    stint.incident = s.request ? data_.requests[*s.request].incident : std::nullopt;
    Day next = a.arrive + Days{s.travel_days == 0 ? 0 : 2};  // one day of orientation
    append(stint.line_days, next, s.tour1);
    append(stint.days_off, next, s.off);
    append(stint.line_days, next, s.tour2);
    if (!s.commitment && unit.kind == kCrew) {
      // The last day is a handover.
      stint.shadow_days = {stint.line_days.back()};
      stint.line_days.pop_back();
    }
    a.stints = {stint};
    a.release = next;
    a.home = next + Days{std::max(0, s.travel_days - 1)};
    a.rested = a.home + Days{3};
    a.persons = unit.persons;
    if (!s.commitment || s.unit == kSouthAfricanCrews) {
      a.outbound = journey(s);
    }
    const double person_days = a.persons * static_cast<double>((a.home - a.depart).count() + 1);
    a.cost = {{"wages", Money(170.0 * person_days)},
              {"travel", Money(a.outbound.air.kilometres() * 0.11 * 2 * a.persons)},
              {"lodging", Money(85.5 * person_days)}};
    return a;
  }

  geo::Itinerary journey(const Sending& s) const {
    const auto& base = data_.bases[data_.units[s.unit].base];
    const geo::LonLat edmonton{-113.58, 53.31};
    const auto incident = s.request ? data_.requests[*s.request].incident : std::nullopt;
    const geo::LonLat to = incident ? data_.incidents[*incident].point : data_.agencies[kAlberta].point;
    const std::string to_name = incident ? data_.incidents[*incident].name : data_.agencies[kAlberta].name;
    const double arrive = s.travel_days > 1 ? 24.0 * (s.travel_days - 1) : 10.0;
    geo::Itinerary journey;
    journey.legs = {{geo::LegMode::Ground,
                     base.name,
                     "MMGL Guadalajara",
                     base.point,
                     {-103.31, 20.52},
                     geo::Distance::from_kilometres(31.4),
                     6.0,
                     6.75},
                    {geo::LegMode::Flight,
                     "MMGL Guadalajara",
                     "CYEG Edmonton",
                     {-103.31, 20.52},
                     edmonton,
                     geo::Distance::from_kilometres(3741.2),
                     9.75,
                     15.25},
                    {geo::LegMode::Ground, "CYEG Edmonton", to_name, edmonton, to,
                     geo::Distance::from_kilometres(489.0), arrive + 7.0, arrive + 13.9833}};
    if (s.unit != kMexicanCrews && s.unit != kMexicanRepresentative) {
      journey.legs[0] = {geo::LegMode::Ground,
                         base.name,
                         base.name + " airport",
                         base.point,
                         base.point,
                         geo::Distance::from_kilometres(9.0),
                         6.0,
                         6.25};
      journey.legs[1].from = base.name + " airport";
      journey.legs[1].from_point = base.point;
    }
    journey.days = s.travel_days;
    journey.ground = journey.legs.front().distance + journey.legs.back().distance;
    journey.air = journey.legs[1].distance;
    journey.hours = journey.legs.back().arrive_hour - 6.0;
    return journey;
  }

  void make_contingents() {
    std::map<std::string, Contingent> contingents;
    for (const auto& a : plan_.assignments) {
      if (a.contingent_id.empty()) {
        continue;
      }
      const auto& unit = data_.units[a.unit];
      auto& c = contingents[a.contingent_id];
      c.id = a.contingent_id;
      c.agreement = a.agreement;
      c.lender = unit.agency;
      c.borrower = a.borrower;
      c.muster = unit.base;
      c.depart = a.depart;
      c.release = a.release;
      c.home = a.home;
      c.persons += a.persons;
      c.commitment = a.commitment;
      if (a.escort) {
        c.representative = a.id;
      } else if (c.representative.empty() && unit.agency != kConafor) {
        c.representative = "implicit";
      }
    }
    for (const auto& [id, c] : contingents) {
      plan_.contingents.push_back(c);
    }
  }

  template <class Count>
  std::vector<int> per_day(Count count) const {
    std::vector<int> out;
    out.reserve(static_cast<std::size_t>(data_.horizon.days));
    for (int column = 0; column < data_.horizon.days; ++column) {
      out.push_back(count(data_.horizon.day(column)));
    }
    return out;
  }

  static bool has(const std::vector<Day>& days, Day d) { return std::ranges::find(days, d) != days.end(); }

  int present(RequestIndex request, Day d, bool working_only) const {
    int sum = 0;
    const bool people = data_.requests[request].measure == planner::Measure::People;
    for (const auto& a : plan_.assignments) {
      for (const auto& s : a.stints) {
        const bool there = has(s.line_days, d) || (!working_only && (has(s.shadow_days, d) || has(s.days_off, d)));
        if (s.request == request && there) {
          sum += people ? a.persons : 1;
        }
      }
    }
    return sum;
  }

  void make_requests() {
    for (const auto q : data_.requests.indices()) {
      const auto& request = data_.requests[q];
      RequestFill fill;
      fill.request = q;
      fill.wanted = per_day([&](Day d) { return request.need.contains(d) ? request.quantity : 0; });
      fill.working = per_day([&](Day d) { return present(q, d, true); });
      fill.assigned = per_day([&](Day d) { return present(q, d, false); });
      int wanted = 0;
      int unmet = 0;
      for (int column = 0; column < data_.horizon.days; ++column) {
        const auto i = static_cast<std::size_t>(column);
        fill.unmet.push_back(std::max(0, fill.wanted[i] - fill.working[i]));
        wanted += fill.wanted[i];
        unmet += fill.unmet[i];
      }
      fill.status = unmet == 0        ? RequestStatus::Filled
                    : unmet == wanted ? RequestStatus::UnableToFill
                                      : RequestStatus::Partial;
      fill.reason = {"none", {"reason.none", {}}};
      plan_.requests.push_back(fill);
    }
  }

  void make_reserve() {
    const auto line = [&](AgencyIndex agency, int available, int reserve, std::vector<int> level) {
      planner::ReserveLine out{agency, kCrew, {}, {}, {}, std::move(level)};
      out.available.assign(static_cast<std::size_t>(data_.horizon.days), available);
      out.reserve.assign(static_cast<std::size_t>(data_.horizon.days), reserve);
      out.away = per_day([&](Day d) {
        int away = 0;
        for (const auto& a : plan_.assignments) {
          away +=
              data_.units[a.unit].agency == agency && data_.units[a.unit].kind == kCrew && a.depart <= d && d <= a.home
                  ? 1
                  : 0;
        }
        return away;
      });
      return out;
    };
    const auto days = static_cast<std::size_t>(data_.horizon.days);
    std::vector<int> rising(days, 2);
    std::fill(rising.begin() + 19, rising.end(), 3);
    plan_.reserve = {line(kConafor, 4, 2, std::vector<int>(days, 2)), line(kJalisco, 3, 2, std::vector<int>(days, 3)),
                     line(kBritishColumbia, 8, 3, rising), line(kOntario, 5, 0, std::vector<int>(days, 1))};
    auto& columbia = plan_.reserve[2].reserve;
    std::fill(columbia.begin() + 19, columbia.end(), 4);
  }

  void make_escorts() {
    planner::EscortLine line{
        kCanadaMexico, kConafor, kAlberta, EscortTerms::Role::Representative, EscortTerms::Supply::Roster, {}, {}, {}};
    line.persons = per_day([&](Day d) { return present(RequestIndex{1U}, d, false); });
    for (const int persons : line.persons) {
      line.required.push_back(persons > 0 ? 1 : 0);
      line.present.push_back(persons > 0 ? 1 : 0);
    }
    plan_.escorts = {line};
  }

  void make_pools() {
    planner::PoolLine line{
        planner::PoolIndex{0U}, std::vector<int>(static_cast<std::size_t>(data_.horizon.days), 57), {}};
    line.away = per_day([&](Day d) {
      int away = 0;
      for (const auto& a : plan_.assignments) {
        away += a.unit == kMexicanCrews && a.depart <= d && d <= a.home ? 9 : 0;
      }
      return away;
    });
    plan_.pools = {line};
  }

  const ScenarioData& data_;
  Plan plan_;
};

void give_result(Plan& plan, planner::PlanStatus status, double need, double extra_cost) {
  double cost = extra_cost;
  for (const auto& a : plan.assignments) {
    for (const auto& [item, amount] : a.cost) {
      cost += a.commitment ? 0.0 : amount.value();
    }
  }
  auto& result = plan.result;
  result.status = status;
  result.vector = {planner::Points(need), planner::Points(0.0), Money(cost)};
  result.objective = need + cost * 0.0005;
  result.bound = status == planner::PlanStatus::Heuristic ? 0.0 : result.objective * 0.9953;
  result.gap = status == planner::PlanStatus::Heuristic ? 1.0 : 0.0047;
  result.influenceable_gap = 0.0123;
  result.constant = 21400.0;
  result.proof = "branch and bound, 4 812 nodes";
}

void give_reasons(Plan& plan) {
  const planner::Reason reserve = {"reserve", {"reason.reserve", {{"units", "3"}, {"agencies", "CA-BC"}}}};
  const planner::Reason declined = {
      "declined", {"reason.declined", {{"units", "3"}, {"agencies", "MX-JAL"}, {"why", "critical season at home"}}}};
  const planner::Reason late = {"too_late",
                                {"reason.too_late", {{"units", "2"}, {"agencies", "CA-ON"}, {"day", "2016-06-19"}}}};
  for (auto& fill : plan.requests) {
    fill.reason = {"none", {"reason.none", {}}};
    if (fill.status != RequestStatus::Filled) {
      fill.reason = reserve;
      fill.further = {declined, late};
    }
  }
  plan.requests[2].reason = declined;
  plan.requests[2].further.clear();
  plan.requests[11].status = RequestStatus::Pending;
  plan.requests[11].reason = late;
}

Plan make_plan(const ScenarioData& data) {
  PlanBuilder builder(data);
  builder.send({.unit = kMexicanCrews,
                .first_ordinal = 1,
                .count = 2,
                .agreement = kCanadaMexico,
                .request = RequestIndex{1U},
                .depart = "2016-06-04",
                .travel_days = 2,
                .tour1 = 14,
                .off = 3,
                .tour2 = 7,
                .phase = Phase::Firm,
                .contingent = "K-003"});
  builder.send({.unit = kMexicanRepresentative,
                .first_ordinal = 1,
                .count = 1,
                .agreement = kCanadaMexico,
                .request = std::nullopt,
                .depart = "2016-06-04",
                .travel_days = 2,
                .tour1 = 24,
                .off = 0,
                .tour2 = 0,
                .phase = Phase::Firm,
                .contingent = "K-003"});
  builder.send({.unit = kColumbianCrews,
                .first_ordinal = 1,
                .count = 3,
                .agreement = kMars,
                .request = RequestIndex{4U},
                .depart = "2016-05-22",
                .travel_days = 1,
                .tour1 = 14,
                .off = 2,
                .tour2 = 8,
                .commitment = true,
                .contingent = "K-001"});
  builder.send({.unit = kOntarianCrews,
                .first_ordinal = 1,
                .count = 5,
                .agreement = kMars,
                .request = RequestIndex{3U},
                .depart = "2016-05-20",
                .travel_days = 2,
                .tour1 = 14,
                .off = 0,
                .tour2 = 0,
                .commitment = true,
                .contingent = "K-002"});
  builder.send({.unit = kColumbianCrews,
                .first_ordinal = 4,
                .count = 2,
                .agreement = kMars,
                .request = RequestIndex{5U},
                .depart = "2016-06-09",
                .travel_days = 1,
                .tour1 = 12,
                .off = 0,
                .tour2 = 0,
                .contingent = "K-004"});
  builder.send({.unit = kColumbianCrews,
                .first_ordinal = 6,
                .count = 1,
                .agreement = kMars,
                .request = RequestIndex{6U},
                .depart = "2016-06-09",
                .travel_days = 0,
                .tour1 = 7,
                .off = 0,
                .tour2 = 0,
                .contingent = "K-005"});
  builder.send({.unit = kSouthAfricanCrews,
                .first_ordinal = 1,
                .count = 15,
                .agreement = kCanadaSouthAfrica,
                .request = RequestIndex{0U},
                .depart = "2016-05-28",
                .travel_days = 3,
                .tour1 = 14,
                .off = 3,
                .tour2 = 14,
                .commitment = true,
                .contingent = "K-006"});
  builder.send({.unit = kAlbertanCrews,
                .first_ordinal = 1,
                .count = 1,
                .agreement = kOwnForces,
                .request = RequestIndex{5U},
                .depart = "2016-06-03",
                .travel_days = 0,
                .tour1 = 8,
                .off = 0,
                .tour2 = 0,
                .phase = Phase::Firm,
                .contingent = ""});
  Plan plan = builder.finish();
  plan.name = "plan";
  give_reasons(plan);
  give_result(plan, planner::PlanStatus::WorkLimit, 48210.5, 12600.0);
  plan.findings = {{"tour_length",
                    "A-0012",
                    day("2016-06-14"),
                    2.0,
                    {"violation.unit_in_two_places", {{"unit", "ZA-CREW"}, {"ordinal", "4"}, {"day", "2016-06-14"}}}},
                   {"precedence", "C-2", std::nullopt, 1.0, {"reason.none", {}}}};
  return plan;
}

Plan make_baseline(const ScenarioData& data) {
  PlanBuilder builder(data);
  builder.send({.unit = kColumbianCrews,
                .first_ordinal = 1,
                .count = 3,
                .agreement = kMars,
                .request = RequestIndex{4U},
                .depart = "2016-05-22",
                .travel_days = 1,
                .tour1 = 14,
                .off = 2,
                .tour2 = 8,
                .commitment = true,
                .contingent = "K-001"});
  builder.send({.unit = kMexicanCrews,
                .first_ordinal = 1,
                .count = 1,
                .agreement = kCanadaMexico,
                .request = RequestIndex{1U},
                .depart = "2016-06-05",
                .travel_days = 2,
                .tour1 = 14,
                .off = 0,
                .tour2 = 0,
                .contingent = "K-002"});
  Plan plan = builder.finish();
  plan.name = "baseline";
  give_reasons(plan);
  give_result(plan, planner::PlanStatus::Heuristic, 61877.0, 6300.0);
  return plan;
}

geo::Instant instant(std::string_view date, int hour) {
  return day(date) + std::chrono::hours{hour};
}

geo::Polygons polygon_around(geo::LonLat at, double radius) {
  geo::Ring ring;
  for (const auto& [x, y] : {std::pair{-1.0, -0.3},
                             {-0.4, -0.8},
                             {0.5, -0.6},
                             {1.1, -0.1},
                             {0.8, 0.7},
                             {0.1, 0.9},
                             {-0.8, 0.5},
                             {-1.0, -0.3}}) {
    ring.push_back({at.lon + 1.7 * radius * x, at.lat + radius * y});
  }
  return {{ring, {}}};
}

planner::LayerImport layer(const char* name, const char* file, geo::LayerTheme theme, const char* as_of,
                           geo::LayerCounts counts) {
  planner::LayerImport out;
  out.name = name;
  out.file = file;
  out.sha256 = std::string(64, 'd');
  out.source = "https://example.org/layers/";
  out.as_of = as_of;
  out.theme = theme;
  out.profile = "viirs";
  out.format = "CSV";
  out.crs = "EPSG:4326";
  out.counts = std::move(counts);
  return out;
}

void add_imports(planner::Assessment& assessment) {
  assessment.imports = {
      layer("VIIRS detections", "fires.csv", geo::LayerTheme::Hotspots, "2016-05-31",
            {4210, 4188, 0, 22, {{"coordinates_missing", 20, {7, 9}}, {"out_of_range", 2, {11}}}}),
      layer("Fire weather", "fwi.tif", geo::LayerTheme::Danger, "2016-05-31", {1, 1, 0, 0, {}}),
      layer("Smoke", "smoke.kml", geo::LayerTheme::Smoke, "2016-06-01", {9, 9, 3, 0, {{"self_intersection", 3, {2}}}}),
      layer("Perimeters", "perimeters.shp", geo::LayerTheme::Perimeters, "", {3, 3, 1, 0, {}}),
      layer("Alerts", "alerts.cap", geo::LayerTheme::Alerts, "2016-06-01T06:00:00Z", {2, 2, 0, 0, {}}),
  };
}

planner::IncidentAssessment assessed(IncidentIndex index, double ha, double growth, int priority, double score) {
  planner::IncidentAssessment out;
  out.incident = index;
  out.links = {{3, "AB-2016-009", "key", 0.0}, {0, "H-3", "perimeter", 0.0}, {0, "H-4", "distance", 2.4}};
  out.area_ha = ha;
  out.area_source = "https://thenwfireblog.com/2016/05/28/";
  out.growth_ha_per_day = growth;
  out.people_within = {0, 61374, 66573};
  out.people_source = "GeoNames";
  out.places = {{"Fort McMurray", 61374, 12.4, 84.0}, {"Anzac", 585, 31.7, 141.0}, {"Fort MacKay", 562, 47.25, 352.0}};
  out.danger = {{1, "air_quality", 1.0, 2.0, 3.0, 4}, {1, "fwi", 11.5, 23.75, 38.0, 164}};
  out.overlaps = {{2, geo::LayerTheme::Smoke, "HMS smoke", "Heavy", 0.0},
                  {4, geo::LayerTheme::Alerts, "Air quality", "Severe", 18.5}};
  out.airport = "CYMM";
  out.airport_km = 22.6;
  out.parts = {{"people", 61374, 0.8, 30, true},
               {"growth", growth, 0.6, 20, true},
               {"danger", 23.75, 0.55, 20, true},
               {"size", ha, 0.9, 15, true},
               {"control", 0, 0.5, 15, false}};
  out.score = score;
  out.priority = priority;
  return out;
}

void add_incident_assessments(ScenarioData& data) {
  auto& incidents = data.assessment.incidents;
  incidents = {assessed(kHorseRiver, 522895, 12500, 1, 68.0), assessed(IncidentIndex{1U}, 12400, 250, 2, 47.5),
               assessed(IncidentIndex{2U}, 820, 0, 4, 21.25), assessed(IncidentIndex{3U}, 4100, 90.5, 3, 39.0),
               assessed(IncidentIndex{4U}, 260, 0, 5, 12.0)};
  incidents[4].from_layer = true;
  incidents[4].danger.clear();
  incidents[4].overlaps.clear();
  incidents[4].places.clear();
  incidents[2].places.front().distance_km = 0.0;
  data.assessment.clusters = {{"H-1",
                               {-118.2, 57.3},
                               instant("2016-05-29", 9),
                               instant("2016-05-31", 21),
                               48,
                               1830.4,
                               polygon_around({-118.2, 57.3}, 0.05),
                               std::nullopt,
                               "",
                               102.5,
                               "Manning"},
                              {"H-2",
                               {-111.2, 56.8},
                               instant("2016-05-28", 9),
                               instant("2016-05-31", 21),
                               512,
                               20310.0,
                               polygon_around({-111.2, 56.8}, 0.3),
                               kHorseRiver,
                               "perimeter",
                               0.0,
                               "Fort McMurray"},
                              {"H-3",
                               {-115.9, 54.2},
                               instant("2016-05-31", 20),
                               instant("2016-05-31", 20),
                               2,
                               12.0,
                               polygon_around({-115.9, 54.2}, 0.01),
                               std::nullopt,
                               "",
                               142.0,
                               ""}};
}

void add_risks(ScenarioData& data) {
  for (int column = 0; column < data.horizon.days; ++column) {
    const Day on = data.horizon.day(column);
    data.assessment.risks.push_back({kAlberta, on, 4, 5, 4, 2, 1, 26.4, 9.5, 1, 5, true});
    data.assessment.risks.push_back(
        {kOntario, on, column < 10 ? 2 : 3, 1, 0, 4, 4, 9.0, 0.0, 1, column < 10 ? 1 : 2, false});
  }
}

void add_map_layers(ScenarioData& data) {
  planner::MapLayer hotspots{geo::LayerTheme::Hotspots, "VIIRS detections", "fires.csv", "2016-05-31", 4188, {}};
  for (int i = 0; i < 120; ++i) {
    const double along = i / 120.0;
    const geo::LonLat at{-111.9 + 1.2 * along, 56.5 + 0.5 * std::sin(9.0 * along)};
    hotspots.features.push_back({geo::Points{at}, "VIIRS", "FRP 12 MW", 12.0,
                                 instant("2016-05-29", 9) + std::chrono::hours{24 * (i % 3)}, std::nullopt});
  }
  planner::MapLayer smoke{geo::LayerTheme::Smoke, "Smoke", "smoke.kml", "2016-06-01", 9, {}};
  smoke.features.push_back({polygon_around({-109.0, 57.4}, 1.6), "HMS smoke", "Heavy", 3.0, instant("2016-05-31", 15),
                            instant("2016-06-02", 3)});
  smoke.features.push_back({polygon_around({-113.2, 55.4}, 1.2), "HMS smoke", "Light", 1.0, instant("2016-06-02", 15),
                            instant("2016-06-02", 23)});
  planner::MapLayer perimeters{geo::LayerTheme::Perimeters, "Perimeters", "perimeters.shp", "", 3, {}};
  for (const auto& [date, radius] : {std::pair{"2016-05-24", 0.30}, {"2016-05-28", 0.36}, {"2016-06-01", 0.42}}) {
    perimeters.features.push_back({polygon_around(data.incidents[kHorseRiver].point, radius), "Horse River",
                                   "522,895 ha", 0.0, instant(date, 18), std::nullopt});
  }
  planner::MapLayer alerts{geo::LayerTheme::Alerts, "Alerts", "alerts.cap", "2016-06-01", 2, {}};
  alerts.features.push_back({polygon_around({-114.0, 58.6}, 0.9), "Air quality", "Severe", 3.0,
                             instant("2016-05-30", 0), instant("2016-06-03", 0)});
  planner::MapLayer quakes{geo::LayerTheme::Earthquakes, "Earthquakes", "quakes.json", "", 1, {}};
  quakes.features.push_back(
      {geo::Points{{-122.9, 56.9}}, "M 4.5", "Depth 10 km", 4.5, instant("2016-05-27", 4), std::nullopt});
  planner::MapLayer track{geo::LayerTheme::Cyclones, "Track", "track.csv", "", 1, {}};
  track.features.push_back({geo::Lines{{{-106.0, 19.0}, {-107.5, 20.5}, {-109.0, 23.0}}}, "AMANDA", "40 kt", 40.0,
                            std::nullopt, std::nullopt});
  data.assessment.map_layers = {hotspots, smoke, perimeters, alerts, quakes, track};
}

void add_assessment(ScenarioData& data) {
  add_imports(data.assessment);
  add_incident_assessments(data);
  add_risks(data);
  add_map_layers(data);
  data.requests[RequestIndex{0U}].automatic_priority = true;
  data.requests[RequestIndex{0U}].priority = 1;
}

// Circles good enough for a picture; what plan.gpkg holds comes from cli/gpkg.
std::vector<ExposureRing> picture_rings(const ScenarioData& data) {
  std::vector<ExposureRing> rings;
  for (const auto& incident : data.assessment.incidents) {
    const geo::LonLat at = data.incidents[incident.incident].point;
    for (std::size_t i = 0; i < 3; ++i) {
      const int km = std::array{10, 25, 50}.at(i);
      geo::Ring ring;
      for (int step = 0; step <= 36; ++step) {
        const double angle = step % 36 * std::numbers::pi / 18.0;
        ring.push_back({at.lon + km / 111.2 / std::cos(at.lat * std::numbers::pi / 180.0) * std::cos(angle),
                        at.lat + km / 111.2 * std::sin(angle)});
      }
      rings.push_back({incident.incident, km, incident.people_within.at(i), {{ring, {}}}});
    }
  }
  return rings;
}

ReportWorld make_world(ScenarioData data) {
  Plan plan = make_plan(data);
  Plan baseline = make_baseline(data);
  return {planner::Scenario(std::move(data)), std::move(plan), std::move(baseline)};
}

}  // namespace

namespace {

/// Of the first roster rows, and of a reserve; made up.
std::vector<planner::Worth> worths_of_world(const planner::ScenarioData& data) {
  using planner::Worth;
  using planner::WorthKind;
  std::vector<Worth> worths;
  for (const auto index : data.units.indices()) {
    const planner::Unit& unit = data.units[index];
    const double points = 12'000.0 / static_cast<double>(worths.size() + 1);
    Worth worth;
    worth.subject = {WorthKind::Unit, unit.agency, unit.kind, index};
    worth.more = {.objective = -points, .need = -points - 40.0, .cost = 40'000.0};
    if (worths.size() % 3 != 2)
      worth.less = planner::WorthStep{.is_proved = worths.size() % 2 == 0, .objective = points / 2, .need = points / 2};
    if (worth.less && !worth.less->is_proved)
      worth.less->bound = points / 4;
    worths.push_back(worth);
    if (worths.size() == 4)
      break;
  }
  if (!worths.empty()) {
    Worth reserve = worths.front();
    reserve.subject.kind = WorthKind::Reserve;
    reserve.subject.unit.reset();
    reserve.more = {};
    reserve.less = planner::WorthStep{.is_possible = false};
    worths.push_back(reserve);
  }
  return worths;
}

}  // namespace

ReportInput ReportWorld::input(text::Lang lang) const {
  return {
      scenario,
      plan,
      baseline,
      lang,
      {{"gap", "0.005"}, {"nodes", "200000"}, {"threads", "2"}},
      {"0.1.0", 12.5, 2, 96.0, "2016-06-01 05:00", "relevo run data/scenarios/test --out out", "data/scenarios/test"},
      nullptr,
      {},
      std::nullopt,
      worths_of_world(scenario.data()),
      picture_rings(scenario.data())};
}

ReportWorld alberta_2016() {
  return make_world(make_scenario());
}

ReportWorld assessed_world() {
  ScenarioData data = make_scenario();
  add_assessment(data);
  return make_world(std::move(data));
}

ReportWorld with_moves_and_lifts() {
  ReportWorld world = alberta_2016();
  planner::ScenarioData data = world.scenario.data();
  data.lifts = {{.id = "CHARTER", .from = "MMGL", .to = "CYMM", .seats = 110, .cost = planner::Money{90000.0}}};
  world.scenario = planner::Scenario(std::move(data));
  planner::Assignment& moved = world.plan.assignments.front();
  planner::Stint next = moved.stints.back();
  const planner::Day first = next.line_days.back() + planner::Days{1};
  next.line_days = {first + planner::Days{1}};
  next.move_days = {first};
  next.shadow_days.clear();
  next.days_off.clear();
  moved.stints.push_back(next);
  moved.extension_days = 1;
  moved.reliefs = 1;
  moved.cost["relief"] = planner::Money{1234.0};
  for (auto& leg : moved.outbound.legs)
    if (leg.mode == geo::LegMode::Flight) {
      leg.from_airport = "MMGL";
      leg.to_airport = "CYMM";
    }
  world.plan.requests.front().drops.assign(world.plan.requests.front().wanted.size(), 0);
  world.plan.requests.front().drops[3] = 2;
  world.plan.escorts.front().role = planner::EscortTerms::Role::Interpreter;
  world.plan.lifts = {{0, moved.depart, 1, 41, planner::Money{90000.0}}};
  return world;
}

ReportWorld hostile() {
  ScenarioData data = make_scenario();
  add_assessment(data);
  const std::string attack = "</script><script>window.attacked = 1</script><img src=x onerror=alert(1)>";
  auto& assessment = data.assessment;
  assessment.imports[0].name = assessment.map_layers[0].name = attack;
  assessment.imports[0].source = "javascript:alert(1)";
  assessment.imports[0].counts.reasons[0].code = "<b>reason";
  assessment.map_layers[1].features[0].label = attack;
  assessment.map_layers[1].features[0].detail = "\" onclick=\"window.attacked = 1";
  assessment.incidents[0].places[0].name = attack;
  assessment.incidents[0].parts[0].part = "<svg onload=alert(1)>";
  assessment.incidents[0].links[0].key = "=HYPERLINK(1)";
  assessment.incidents[0].area_source = "=1+1";
  assessment.incidents[1].airport = "=cmd";
  assessment.clusters[0].nearest_place = "<b>\xFF";
  data.title = "</title><script>alert('title')</script>";
  data.incidents[kHorseRiver].name = "</script><script>window.attacked = 1</script><img src=x onerror=alert(1)>";
  data.incidents[kHorseRiver].stage_of_control = "\" onmouseover=\"window.attacked = 1";
  data.agencies[kConafor].name = R"(=HYPERLINK("http://example.org","x"))";
  data.units[kMexicanCrews].id = "=1+1";
  data.units[kMexicanCrews].name = "@SUM(A1)\"quoted\", and, commas\nand a new line";
  data.units[kColumbianCrews].name = "bad bytes \xFF\xC3( and \x01 control";
  data.bases[kGuadalajara].name = "<b>Zapopan</b> \u2028 <!-- ";
  data.requests[RequestIndex{0U}].id = "-2+3";
  data.requests[RequestIndex{2U}].id = "C-3\"><svg onload=alert(1)>";
  data.history[0].source = "javascript:alert(1)";
  data.history[1].source = "https://example.org/\" onclick=\"x";
  data.conflicts[0].used_source = "<a href=x>";
  return make_world(std::move(data));
}

ReportWorld empty_world() {
  ScenarioData data;
  data.id = "empty";
  data.title = "Empty";
  data.as_of = day("2016-06-01");
  data.horizon = {day("2016-06-01"), 10};
  return {planner::Scenario(std::move(data)), {}, {}};
}

}  // namespace relevo::cli::test
