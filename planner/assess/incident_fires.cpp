// SPDX-License-Identifier: MIT
#include "planner/assess/incident_fires.hpp"

#include "geo/geodesic.hpp"
#include "geo/geojson.hpp"
#include "geo/polygon_area.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <tuple>

namespace relevo::planner::detail {

namespace {

/// Records of one id farther apart than this are a slip in one of them.
constexpr double kFarthestKeyKm = 100.0;
/// Agencies date the discovery of a fire differently by this much; between lists of layers by a day.
constexpr Days kTableDiscoveryDays{3};
constexpr Days kListDiscoveryDays{1};
/// A second candidate is as good as the first when it is less than twice as far, or half a kilometre more.
constexpr double kAmbiguityFactor = 2.0;
constexpr double kAmbiguityKm = 0.5;

/// One fire of one list: the versions of its record, oldest first.
struct Report {
  std::size_t import = 0;
  std::vector<const FireRecord*> versions;
  std::vector<FireId> ids;
  std::string agency;
  std::optional<Day> discovered;
  std::optional<Day> reported;
  geo::UnitVector direction;
  const FireRecord& latest() const { return *versions.back(); }
  double area() const { return latest().area_ha.value_or(0.0); }
};

std::vector<FireId> ids_of(const std::string& key, const std::string& name, const AgencyFinder& agencies) {
  std::vector<FireId> ids;
  const auto is_agency = [&](std::string_view word) { return agencies.is_word(word); };
  for (const auto& text : {key, is_id_like(name) ? name : std::string{}})
    if (auto id = parse_fire_id(text, is_agency); id && std::ranges::find(ids, *id) == ids.end())
      ids.push_back(std::move(*id));
  return ids;
}

int year_of(Day day) {
  return static_cast<int>(std::chrono::year_month_day{day}.year());
}

/// The year of the fire as far as ids or dates tell.
std::optional<int> year_of(const std::vector<FireId>& ids, const std::optional<Day>& discovered,
                           const std::optional<Day>& reported) {
  for (const auto& id : ids)
    if (id.year)
      return id.year;
  if (discovered)
    return year_of(*discovered);
  return reported ? std::optional(year_of(*reported)) : std::nullopt;
}

bool years_agree(const std::optional<int>& a, const std::optional<int>& b) {
  return !a || !b || *a == *b;
}

bool are_of_two_fires(const std::vector<FireId>& a, const std::vector<FireId>& b) {
  return std::ranges::any_of(a, [&](const FireId& x) {
    return std::ranges::any_of(b, [&](const FireId& y) { return detail::are_of_two_fires(x, y); });
  });
}

bool discoveries_agree(const Fire& fire, const std::optional<Day>& discovered, const std::optional<Day>& reported) {
  if (!fire.discovered)
    return true;
  const Days margin = fire.incident ? kTableDiscoveryDays : kListDiscoveryDays;
  if (discovered)
    return std::chrono::abs(*discovered - *fire.discovered) <= margin;
  return !reported || *reported >= *fire.discovered - margin;
}

const std::string& shown(const Fire& fire) {
  return fire.name.empty() ? fire.key : fire.name;
}

/// Gathers step by step: table, perimeters, then one list after another.
class Gatherer {
 public:
  Gatherer(const ScenarioDraft& draft, const LayerData& layers, const AgencyFinder& agencies)
      : draft_(draft), layers_(layers), agencies_(agencies) {}

  FireList gather() {
    take_table();
    take_perimeters();
    for (auto& reports : reports_by_import())
      take_list(reports);
    return std::move(list_);
  }

 private:
  const Policy::Assessment& policy() const { return draft_.data.policy.assessment; }
  bool is_later(const std::optional<Day>& day) const { return day && *day > draft_.data.as_of; }
  double reach_km(const Fire& fire) const {
    return fire.incident ? policy().match_km.value : policy().same_fire_km.value;
  }

  void take_table() {
    const auto& data = draft_.data;
    for (const auto i : data.incidents.indices()) {
      const auto& incident = data.incidents[i];
      if (incident.hazard != "wildfire")
        continue;
      Fire fire{.incident = i,
                .ids = ids_of(incident.id, incident.name, agencies_),
                .key = incident.id,
                .name = incident.name,
                .agency = data.agencies[incident.agency].id,
                .point = incident.point,
                .direction = geo::unit_vector(incident.point),
                .extent = Extent(geo::polygons_of_geojson(incident.geometry)),
                .discovered = incident.discovered,
                .stage_of_control = incident.stage_of_control};
      list_.fires.push_back(std::move(fire));
      index_ids(list_.fires.size() - 1);
    }
  }

  // ---- perimeters

  void take_perimeters() {
    std::vector<const PerimeterRecord*> order;
    for (const auto& record : layers_.perimeters)
      if (!record.polygons.empty())
        order.push_back(&record);
    std::ranges::stable_sort(order, {}, [&](const PerimeterRecord* r) {
      return std::tuple(r->time.value_or(geo::Instant::min()), r->import, r->key, r->name);
    });
    for (const auto* record : order)
      take_perimeter(*record);
  }

  void take_perimeter(const PerimeterRecord& record) {
    Extent extent(record.polygons);
    const auto centre = extent.centre();
    const auto day = day_of(record.time, centre, layers_.imports[record.import]);
    if (is_later(day)) {
      ++list_.after_planning_date;
      return;
    }
    const auto ids = ids_of(record.key, record.name, agencies_);
    const auto agency = agencies_.find(record.agency, centre);
    std::string rule;
    double distance = 0.0;
    auto fire = find_by_id(ids, agency, year_of(ids, std::nullopt, day), centre, record.key, record.import,
                           std::max(kFarthestKeyKm, 2.0 * extent_size_km(extent)));
    if (fire != kNone)
      rule = "key";
    else
      std::tie(fire, rule, distance) = find_by_place(record, extent, ids, agency, day);
    if (fire == kNone) {
      fire = list_.fires.size();
      list_.fires.push_back({.key = record.key,
                             .agency_word = record.agency,
                             .agency = agency,
                             .point = centre,
                             .direction = geo::unit_vector(centre),
                             .import = record.import});
      rule = "perimeter";
    }
    add_perimeter(list_.fires[fire], record, std::move(extent), ids, day, {record.import, record.key, rule, distance});
    index_ids(fire);
  }

  static double extent_size_km(const Extent& extent) {
    const auto centre = geo::unit_vector(extent.centre());
    double size = 0.0;
    for (const auto& polygon : extent.polygons())
      for (const auto& p : polygon.outer)
        size = std::max(size, geo::sphere_km(centre, geo::unit_vector(p)));
    return size;
  }

  void add_perimeter(Fire& fire, const PerimeterRecord& record, Extent extent, const std::vector<FireId>& ids,
                     const std::optional<Day>& day, RecordLink link) {
    learn(fire, record.key, record.name, ids);
    if (fire.agency.empty()) {
      fire.agency = agencies_.find(record.agency, fire.point);
      fire.agency_word = record.agency;
    }
    const double hectares =
        record.area_ha && *record.area_ha >= 0.0 ? *record.area_ha : geo::area_of(record.polygons).hectares();
    const auto time = record.time.value_or(geo::Instant{day.value_or(draft_.data.as_of)});
    const Day dated = day.value_or(draft_.data.as_of);
    // Parts of one extent are records of one import and moment without a key.
    const bool is_part = record.key.empty() && fire.extent_of_layer && fire.extent_import == record.import &&
                         !fire.areas.empty() && fire.areas.back().is_perimeter && fire.areas.back().time == time &&
                         fire.areas.back().import == record.import;
    if (is_part) {
      fire.areas.back().hectares += hectares;
      auto all = fire.extent.polygons();
      all.insert(all.end(), record.polygons.begin(), record.polygons.end());
      extent = Extent(std::move(all));
    } else {
      fire.areas.push_back({dated, time, hectares, record.import, true});
    }
    if (day && (!fire.reported || *day > *fire.reported))
      fire.reported = day;
    if (replaces_extent(fire, day)) {
      fire.extent = std::move(extent);
      fire.extent_day = day;
      fire.extent_import = record.import;
      fire.extent_of_layer = true;
    }
    fire.links.push_back(std::move(link));
  }

  /// Records come in the order of their dates, so that among layers the later one is newer.
  bool replaces_extent(const Fire& fire, const std::optional<Day>& day) const {
    if (fire.extent.empty() || fire.extent_of_layer)
      return true;
    const auto& incident = draft_.data.incidents[*fire.incident];
    if (incident.schematic)
      return true;
    const auto& inputs = draft_.data.inputs;
    const auto table = std::ranges::find(inputs, "perimeters.geojson", &InputFile::file);
    const auto drawn = table == inputs.end() ? std::nullopt : parse_day(table->as_of.substr(0, 10));
    return day && drawn && *drawn < *day;
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  using Found = std::tuple<std::size_t, std::string, double>;

  bool may_join(const Fire& fire, const std::vector<FireId>& ids, const std::string& agency) const {
    return agencies_.agree(fire.agency, agency) && !are_of_two_fires(fire.ids, ids);
  }

  /// A perimeter and the fire it is of: the fire's point lies inside, it overlaps the fire's extent, or it is near.
  Found find_by_place(const PerimeterRecord& record, const Extent& extent, const std::vector<FireId>& ids,
                      const std::string& agency, const std::optional<Day>& day) {
    struct CandidateFire {
      std::size_t fire = kNone;
      bool same_name = false;
      bool inside = false;
      std::size_t shared = 0;
      double area = 0.0;
      double km = 0.0;
    };
    std::vector<CandidateFire> candidates;
    for (std::size_t f = 0; f < list_.fires.size(); ++f) {
      const Fire& fire = list_.fires[f];
      const auto names = match_names(fire.name, record.name);
      if (names == NameMatch::Different || !may_join(fire, ids, agency) || !discoveries_agree(fire, std::nullopt, day))
        continue;
      const double reach = reach_km(fire);
      // A point that a perimeter gave is its middle and proves nothing; the extent does.
      const double km = fire.incident ? extent.distance_km(fire.point, reach) : Extent::kFar;
      const auto shared = fire.extent.empty() ? 0U : fire.extent.shared_vertices(extent);
      if (km <= reach || shared > 0)
        candidates.push_back(
            {f, names == NameMatch::Same, km == 0.0 || shared > 0, shared, area_known(fire), shared > 0 ? 0.0 : km});
    }
    std::ranges::stable_sort(candidates, {}, [](const CandidateFire& c) {
      return std::tuple(!c.same_name, !c.inside, -static_cast<double>(c.shared), -c.area, c.km);
    });
    if (candidates.empty())
      return {kNone, {}, 0.0};
    const auto& best = candidates.front();
    if (candidates.size() > 1) {
      const auto& next = candidates[1];
      const bool decided =
          best.same_name != next.same_name || best.inside != next.inside ||
          (best.inside ? best.shared != next.shared || best.area != next.area : !is_as_good(best.km, next.km));
      if (!decided) {
        list_.apart.push_back({ApartRecord::Why::Ambiguous, record.name.empty() ? record.key : record.name,
                               shown(list_.fires[best.fire]), shown(list_.fires[next.fire]), best.km, record.import});
        return {kNone, {}, 0.0};
      }
    }
    return {best.fire, best.inside ? "perimeter" : "distance", best.km};
  }

  double area_known(const Fire& fire) const {
    if (!fire.areas.empty())
      return fire.areas.back().hectares;
    if (!fire.incident || draft_.data.incidents[*fire.incident].areas.empty())
      return 0.0;
    return draft_.data.incidents[*fire.incident].areas.back().area.hectares();
  }

  static bool is_as_good(double best_km, double km) {
    return km < kAmbiguityFactor * best_km || km < best_km + kAmbiguityKm;
  }

  // ---- ids

  void learn(Fire& fire, const std::string& key, const std::string& name, const std::vector<FireId>& ids) {
    for (const auto& id : ids)
      if (std::ranges::find(fire.ids, id) == fire.ids.end())
        fire.ids.push_back(id);
    if (fire.key.empty())
      fire.key = key.empty() && is_id_like(name) ? name : key;
    if (fire.name.empty() || (!fire.incident && is_id_like(fire.name) && !is_id_like(name) && !name.empty()))
      fire.name = name;
  }

  void index_ids(std::size_t fire) {
    for (const auto& id : list_.fires[fire].ids) {
      auto& fires = fires_of_body_[id.body];
      if (std::ranges::find(fires, fire) == fires.end())
        fires.push_back(fire);
    }
  }

  /// The first fire with one of the ids, where agency, year and place allow it.
  std::size_t find_by_id(const std::vector<FireId>& ids, const std::string& agency, const std::optional<int>& year,
                         const geo::LonLat& point, const std::string& key, std::size_t import, double farthest_km) {
    for (const auto& id : ids) {
      const auto it = fires_of_body_.find(id.body);
      if (it == fires_of_body_.end())
        continue;
      for (const auto f : it->second) {
        const Fire& fire = list_.fires[f];
        if (id.is_guid)
          return f;
        if (!agencies_.agree(agency, fire.agency) ||
            !years_agree(year, year_of(fire.ids, fire.discovered, fire.reported)))
          continue;
        const double km = geo::sphere_km(geo::unit_vector(point), fire.direction);
        if (km <= farthest_km)
          return f;
        list_.apart.push_back({ApartRecord::Why::FarKey, key, shown(fire), {}, km, import});
      }
    }
    return kNone;
  }

  // ---- lists of fires

  std::vector<std::vector<Report>> reports_by_import() {
    std::vector<const FireRecord*> order;
    for (const auto& record : layers_.fires)
      order.push_back(&record);
    std::ranges::stable_sort(order, {}, [](const FireRecord* r) {
      return std::tuple(r->import, r->key, r->name, r->time.value_or(geo::Instant::min()), r->point.lon, r->point.lat);
    });
    std::vector<std::vector<Report>> by_import(layers_.imports.size());
    std::map<std::tuple<std::size_t, std::string, std::string, std::string>, std::size_t> position_of;
    for (const auto* record : order)
      add_version(by_import[record->import], position_of, *record);
    for (auto& reports : by_import)
      for (auto& report : reports) {
        std::ranges::stable_sort(report.versions, {},
                                 [](const FireRecord* r) { return r->time.value_or(geo::Instant::min()); });
        report.direction = geo::unit_vector(report.latest().point);
      }
    return by_import;
  }

  void add_version(std::vector<Report>& reports,
                   std::map<std::tuple<std::size_t, std::string, std::string, std::string>, std::size_t>& position_of,
                   const FireRecord& record) {
    const auto reported = day_of(record.time, record.point, layers_.imports[record.import]);
    if (is_later(reported)) {
      ++list_.after_planning_date;
      return;
    }
    const auto ids = ids_of(record.key, record.name, agencies_);
    const auto discovered =
        record.discovered ? std::optional(day_at(*record.discovered, record.point)) : std::optional<Day>();
    const auto agency = agencies_.find(record.agency, record.point);
    const auto year = year_of(ids, discovered, reported);
    const bool has_identity = !ids.empty() || !record.name.empty();
    const auto [it, fresh] = position_of.emplace(
        std::tuple(record.import, ids.empty() ? record.name : ids.front().body, agency + "/" + record.agency,
                   has_identity ? std::to_string(year.value_or(0)) : std::to_string(reports.size()) + "#"),
        reports.size());
    if (fresh)
      reports.push_back({.import = record.import});
    Report& report = reports[it->second];
    report.versions.push_back(&record);
    for (const auto& id : ids)
      if (std::ranges::find(report.ids, id) == report.ids.end())
        report.ids.push_back(id);
    report.agency = agency;
    if (discovered && (!report.discovered || *discovered < *report.discovered))
      report.discovered = discovered;
    if (reported && (!report.reported || *reported > *report.reported))
      report.reported = reported;
  }

  struct Pair {
    std::size_t report = kNone;
    std::size_t fire = kNone;
    bool same_name = false;
    bool inside = false;
    double km = 0.0;
    double area = 0.0;
  };

  /// One list after another: its fires are different fires, so that none of ours takes two of them.
  void take_list(std::vector<Report>& reports) {
    const std::size_t known = list_.fires.size();
    std::vector<std::size_t> fire_of(reports.size(), kNone);
    for (std::size_t r = 0; r < reports.size(); ++r) {
      const auto& report = reports[r];
      const auto fire = find_by_id(report.ids, report.agency, year_of(report.ids, report.discovered, report.reported),
                                   report.latest().point, report.latest().key, report.import, kFarthestKeyKm);
      if (fire != kNone && !list_.fires[fire].lists.contains(report.import)) {
        fire_of[r] = fire;
        add_report(list_.fires[fire], report, "key");
        index_ids(fire);
      }
    }
    match_by_place(reports, known, fire_of);
    for (std::size_t r = 0; r < reports.size(); ++r)
      if (fire_of[r] == kNone)
        add_new(reports[r]);
  }

  std::vector<Pair> pairs_by_place(const std::vector<Report>& reports, std::size_t known,
                                   const std::vector<std::size_t>& fire_of) const {
    std::vector<Pair> pairs;
    for (std::size_t r = 0; r < reports.size(); ++r)
      for (std::size_t f = 0; f < known && fire_of[r] == kNone; ++f)
        if (auto pair = pair_of(reports[r], list_.fires[f])) {
          pair->report = r;
          pair->fire = f;
          pairs.push_back(*pair);
        }
    std::ranges::stable_sort(pairs, {}, [](const Pair& p) {
      return std::tuple(!p.same_name, !p.inside, p.inside ? -p.area : 0.0, p.km, p.fire, p.report);
    });
    return pairs;
  }

  std::optional<Pair> pair_of(const Report& report, const Fire& fire) const {
    constexpr double kWidestExtentKm = 150.0;
    const double reach = reach_km(fire);
    const double rough = reach * (1.0 + 2.0 * geo::kSphereError) + (fire.extent.empty() ? 0.0 : kWidestExtentKm);
    // Kilometres on the globe are more than through it.
    constexpr double kEarthKm = 6371.0088;
    if (geo::squared_chord(report.direction, fire.direction) > rough * rough / (kEarthKm * kEarthKm))
      return std::nullopt;
    if (fire.lists.contains(report.import) || !may_join(fire, report.ids, report.agency))
      return std::nullopt;
    const auto names = match_names(fire.name, report.latest().name);
    if (names == NameMatch::Different || !discoveries_agree(fire, report.discovered, report.reported))
      return std::nullopt;
    const auto& point = report.latest().point;
    const double to_point = geo::distance_between(point, fire.point).kilometres();
    const bool inside = fire.extent.contains(point);
    // The middle of a perimeter is no point of a fire.
    const bool has_point = fire.incident || !fire.lists.empty();
    const double km =
        inside ? 0.0 : std::min(has_point ? to_point : Extent::kFar, fire.extent.distance_km(point, reach));
    if (km > reach)
      return std::nullopt;
    return Pair{.same_name = names == NameMatch::Same, .inside = inside, .km = km, .area = report.area()};
  }

  void match_by_place(const std::vector<Report>& reports, std::size_t known, std::vector<std::size_t>& fire_of) {
    const auto pairs = pairs_by_place(reports, known, fire_of);
    std::set<std::size_t> doubtful;
    for (std::size_t p = 0; p < pairs.size(); ++p) {
      const Pair& pair = pairs[p];
      if (fire_of[pair.report] != kNone || doubtful.contains(pair.report) ||
          list_.fires[pair.fire].lists.contains(reports[pair.report].import))
        continue;
      if (const Pair* rival = rival_of(pairs, p, reports, fire_of)) {
        const auto& latest = reports[pair.report].latest();
        list_.apart.push_back(
            {ApartRecord::Why::Ambiguous, latest.name.empty() ? latest.key : latest.name, shown(list_.fires[pair.fire]),
             rival->fire == pair.fire ? reports[rival->report].latest().key : shown(list_.fires[rival->fire]), pair.km,
             reports[pair.report].import});
        doubtful.insert(pair.report);
        if (rival->fire == pair.fire)
          doubtful.insert(rival->report);
        continue;
      }
      fire_of[pair.report] = pair.fire;
      add_report(list_.fires[pair.fire], reports[pair.report], pair.inside ? "perimeter" : "distance", pair.km);
      index_ids(pair.fire);
    }
  }

  /// A pair with the same record or the same fire that is as good; names and, inside a perimeter, sizes decide.
  const Pair* rival_of(const std::vector<Pair>& pairs, std::size_t p, const std::vector<Report>& reports,
                       const std::vector<std::size_t>& fire_of) const {
    const Pair& pair = pairs[p];
    for (std::size_t q = p + 1; q < pairs.size(); ++q) {
      const Pair& other = pairs[q];
      if (other.same_name != pair.same_name || other.inside != pair.inside)
        break;  // sorted: nothing as good follows
      if ((other.report == pair.report) == (other.fire == pair.fire))
        continue;
      if (fire_of[other.report] != kNone || list_.fires[other.fire].lists.contains(reports[other.report].import))
        continue;
      if (pair.inside ? other.report == pair.report || other.area == pair.area : is_as_good(pair.km, other.km))
        return &other;
    }
    return nullptr;
  }

  void add_new(const Report& report) {
    const auto& latest = report.latest();
    Fire fire{.agency_word = latest.agency,
              .agency = report.agency,
              .point = latest.point,
              .direction = report.direction,
              .import = report.import};
    add_report(fire, report, "list");
    list_.fires.push_back(std::move(fire));
    index_ids(list_.fires.size() - 1);
  }

  void add_report(Fire& fire, const Report& report, const std::string& rule, double km = 0.0) {
    const auto& latest = report.latest();
    learn(fire, latest.key, latest.name, report.ids);
    if (!fire.incident && fire.lists.empty()) {  // a list knows the point better than the middle of a perimeter
      fire.point = latest.point;
      fire.direction = report.direction;
      fire.import = report.import;
    }
    if (fire.agency.empty()) {
      fire.agency = report.agency;
      fire.agency_word = latest.agency;
    }
    if (!fire.discovered || (!fire.incident && report.discovered && *report.discovered < *fire.discovered))
      fire.discovered = report.discovered;
    const bool is_newer = !fire.reported || !report.reported || *report.reported >= *fire.reported;
    if (!fire.incident && (fire.stage_of_control.empty() || (is_newer && !latest.stage_of_control.empty()))) {
      fire.stage_of_control = latest.stage_of_control;
      fire.response_type = latest.response_type;
    }
    if (report.reported && is_newer)
      fire.reported = report.reported;
    for (const auto* version : report.versions) {
      const auto day =
          day_of(version->time, version->point, layers_.imports[report.import]).value_or(draft_.data.as_of);
      if (version->area_ha && *version->area_ha >= 0.0)
        fire.areas.push_back({day, version->time.value_or(geo::Instant{day}), *version->area_ha, report.import, false});
    }
    if (rule == "key")
      km = geo::distance_between(fire.point, latest.point).kilometres();
    fire.links.push_back({report.import, latest.key.empty() ? latest.name : latest.key, rule, km});
    fire.lists.insert(report.import);
  }

  const ScenarioDraft& draft_;
  const LayerData& layers_;
  const AgencyFinder& agencies_;
  FireList list_;
  std::map<std::string, std::vector<std::size_t>> fires_of_body_;
};

}  // namespace

std::optional<Day> day_of(const std::optional<geo::Instant>& time, const geo::LonLat& place,
                          const LayerImport& import) {
  if (time)
    return day_at(*time, place);
  const std::string_view as_of = import.as_of;
  return parse_day(as_of.substr(0, 10));
}

FireList gather_fires(const ScenarioDraft& draft, const LayerData& layers, const AgencyFinder& agencies) {
  return Gatherer(draft, layers, agencies).gather();
}

}  // namespace relevo::planner::detail
