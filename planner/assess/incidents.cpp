// SPDX-License-Identifier: MIT
#include "planner/assess/incidents.hpp"

#include "geo/geodesic.hpp"
#include "planner/assess/incident_clusters.hpp"
#include "planner/assess/incident_fires.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace relevo::planner {

namespace {

using detail::DatedArea;
using detail::Fire;

/// A fire without a report for longer is no longer added.
constexpr Days kStaleDays{30};
/// Areas of two sources this much apart, and by more than a hectare, contradict each other.
constexpr double kConflictShare = 0.05;
constexpr double kConflictHectares = 1.0;
/// An unreported cluster is worth a warning from so many detections on, when it burnt within so many days.
constexpr std::uint64_t kUnreportedDetections = 5;
constexpr Days kRecentDays{3};
constexpr std::size_t kMostExamples = 5;

const std::string& source_of(const LayerImport& import) {
  if (!import.source.empty())
    return import.source;
  return import.name.empty() ? import.file : import.name;
}

const std::string& file_of(const LayerImport& import) {
  return import.file.empty() ? import.name : import.file;
}

/// The areas of one source, one a day.
using Series = std::map<Day, DatedArea>;

/// Of two areas of one source and day the later one holds.
void keep_later(Series& series, const DatedArea& area) {
  const auto [it, fresh] = series.emplace(area.day, area);
  if (!fresh && area.time >= it->second.time)
    it->second = area;
}

std::map<std::size_t, Series> series_of(const Fire& fire) {
  std::map<std::size_t, Series> by_import;
  for (const auto& area : fire.areas)
    keep_later(by_import[area.import], area);
  return by_import;
}

/// The area a day of layers has: a list's before a perimeter's, then the later one, then that of the later import.
Series best_of_layers(const std::map<std::size_t, Series>& by_import) {
  Series best;
  for (const auto& [import, series] : by_import)
    for (const auto& [day, area] : series) {
      const auto [it, fresh] = best.emplace(day, area);
      if (!fresh && std::pair(!area.is_perimeter, area.time) >= std::pair(!it->second.is_perimeter, it->second.time))
        it->second = area;
    }
  return best;
}

/// Hectares a day between the last two of some dated areas; none where there are not two up to the day. A fire that
/// shrinks was measured better: no growth.
struct Growth {
  Day last;
  double hectares_per_day = 0.0;
};

template <class DatedAreas, class DayOf, class HectaresOf>
std::optional<Growth> growth_of(const DatedAreas& areas, Day as_of, DayOf day_of, HectaresOf hectares_of) {
  std::optional<std::pair<Day, double>> before;
  std::optional<std::pair<Day, double>> last;
  for (const auto& area : areas) {
    if (day_of(area) > as_of)
      continue;
    if (last && last->first == day_of(area)) {
      last->second = hectares_of(area);
      continue;
    }
    before = last;
    last = {day_of(area), hectares_of(area)};
  }
  if (!before)
    return std::nullopt;
  const double days = static_cast<double>((last->first - before->first).count());
  return Growth{last->first, std::max(0.0, (last->second - before->second) / days)};
}

std::optional<Growth> growth_of(const std::vector<AreaReport>& areas, Day as_of) {
  return growth_of(
      areas, as_of, [](const AreaReport& a) { return a.day; }, [](const AreaReport& a) { return a.area.hectares(); });
}

std::optional<Growth> growth_of(const Series& series, Day as_of) {
  return growth_of(
      series, as_of, [](const auto& a) { return a.first; }, [](const auto& a) { return a.second.hectares; });
}

const AreaReport* latest_area(const Incident& incident, Day as_of) {
  const AreaReport* latest = nullptr;
  for (const auto& report : incident.areas)
    if (report.day <= as_of)
      latest = &report;
  return latest;
}

std::string figure(double hectares) {
  return hectares < 100.0 ? fmt::format("{:.1f} ha", hectares) : fmt::format("{:.0f} ha", hectares);
}

std::string examples_of(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kMostExamples; ++i)
    text += (text.empty() ? "" : ", ") + shorten_value(names[i]);
  return names.size() > kMostExamples ? text + ", ..." : text;
}

class Fusion {
 public:
  Fusion(ScenarioDraft& draft, const LayerData& layers, const std::vector<PlaceRecord>& places)
      : draft_(draft), data_(draft.data), layers_(layers), places_(places), agencies_(draft) {}

  void run() {
    if (data_.assessment.imports.empty())
      data_.assessment.imports = layers_.imports;
    auto list = detail::gather_fires(draft_, layers_, agencies_);
    add_incidents(list.fires);
    data_.assessment.incidents.resize(data_.incidents.size());
    for (const auto i : data_.incidents.indices())
      data_.assessment.incidents[i.value()].incident = i;
    for (const auto& fire : list.fires)
      if (fire.incident)
        settle(fire);
    for (const auto i : data_.incidents.indices())
      measure(i);
    const auto detections = take_clusters();
    report_apart(list.apart);
    if (list.after_planning_date + detections > 0)
      remark(Severity::Note, {}, format_day(data_.as_of), "incidents.later",
             {{"count", std::to_string(list.after_planning_date)}, {"detections", std::to_string(detections)}});
  }

 private:
  void remark(Severity severity, const std::string& file, std::string_view value, const std::string& rule,
              MessageArgs args = {}) {
    draft_.diagnostics.add(
        make_diagnostic(severity, {file.empty() ? "layers" : file, 0, {}}, value, rule, std::move(args)));
  }

  // ---- fires that only layers know

  void add_incidents(std::vector<Fire>& fires) {
    std::vector<Fire*> added;
    std::size_t out = 0;
    std::size_t prescribed = 0;
    std::size_t stale = 0;
    std::map<std::string, std::vector<std::string>> unknown;  // by the agency's word
    for (auto& fire : fires) {
      if (fire.incident)
        continue;
      if (detail::is_prescribed(fire.stage_of_control, fire.response_type, fire.name))
        ++prescribed;
      else if (detail::is_out(fire.stage_of_control))
        ++out;
      else if (is_stale(fire))
        ++stale;
      else if (fire.agency.empty())
        unknown[fire.agency_word].push_back(label_of(fire));
      else
        added.push_back(&fire);
    }
    add_in_order(added);
    if (out + prescribed + stale > 0)
      remark(Severity::Note, {}, {}, "incidents.not_added",
             {{"count", std::to_string(out + prescribed + stale)},
              {"out", std::to_string(out)},
              {"prescribed", std::to_string(prescribed)},
              {"stale", std::to_string(stale)},
              {"days", std::to_string(kStaleDays.count())}});
    for (auto& [word, names] : unknown) {
      std::ranges::sort(names);
      remark(Severity::Warning, {}, word, "incidents.agency_unknown",
             {{"count", std::to_string(names.size())}, {"names", examples_of(names)}});
    }
  }

  /// Reported long ago, or, where no record has a date, in a list as old.
  bool is_stale(const Fire& fire) const {
    const auto last = fire.reported ? fire.reported : fire.discovered;
    return last && *last < data_.as_of - kStaleDays;
  }

  static std::string label_of(const Fire& fire) { return fire.key.empty() ? fire.name : fire.key; }

  void add_in_order(std::vector<Fire*>& fires) {
    if (fires.empty())
      return;
    std::ranges::stable_sort(fires, {}, [](const Fire* fire) {
      return std::tuple(fire->agency, label_of(*fire), fire->name, fire->point.lon, fire->point.lat);
    });
    std::set<std::string> ids;
    for (const auto& incident : data_.incidents)
      ids.insert(incident.id);
    std::vector<std::string> names;
    for (auto* fire : fires) {
      fire->incident = data_.incidents.push(incident_of(*fire, ids));
      names.push_back(data_.incidents[*fire->incident].id);
    }
    remark(Severity::Note, {}, {}, "incidents.added",
           {{"count", std::to_string(names.size())}, {"names", examples_of(names)}});
  }

  Incident incident_of(const Fire& fire, std::set<std::string>& ids) {
    const auto& import = layers_.imports[fire.import];
    const auto wanted = detail::make_identifier(label_of(fire));
    auto id = wanted;
    for (int n = 2; !ids.insert(id).second; ++n)
      id = fmt::format("{}-{}", wanted.substr(0, 74), n);
    Incident incident;
    incident.id = id;
    incident.name = fire.name.empty() ? id : fire.name;
    incident.agency = agencies_.adopt(fire.agency);
    incident.point = fire.point;
    incident.discovered = fire.discovered;
    incident.stage_of_control = fire.stage_of_control;
    incident.from = {.source = source_of(import), .standing = Standing::Stated, .note = import.name};
    return incident;
  }

  // ---- what records say of an incident

  void settle(const Fire& fire) {
    auto& incident = data_.incidents[*fire.incident];
    auto& assessed = data_.assessment.incidents[fire.incident->value()];
    assessed.from_layer = fire.incident->value() >= table_incidents_;
    for (const auto& link : fire.links)
      assessed.links.push_back({link.import, link.key, link.rule, link.distance_km});
    const auto by_import = series_of(fire);
    const auto own_growth = growth_of(incident.areas, data_.as_of);
    const auto own = latest_area(incident, data_.as_of);
    const auto own_area = own != nullptr ? std::optional(*own) : std::nullopt;
    merge_areas(incident, best_of_layers(by_import));
    growth_[fire.incident->value()] = best_growth(own_growth, by_import);
    report_conflicts(incident, own_area, by_import);
    replace_perimeter(incident, fire);
  }

  /// A day on which the table has an area keeps it.
  void merge_areas(Incident& incident, const Series& best) const {
    for (const auto& [day, area] : best)
      if (std::ranges::find(incident.areas, day, &AreaReport::day) == incident.areas.end())
        incident.areas.push_back(
            {day, geo::Area::from_hectares(area.hectares), source_of(layers_.imports[area.import])});
    std::ranges::stable_sort(incident.areas, {}, &AreaReport::day);
  }

  /// Of the sources with two dated areas the one whose last is the latest; the table, then earlier imports, of equals.
  std::optional<Growth> best_growth(std::optional<Growth> best, const std::map<std::size_t, Series>& by_import) const {
    for (const auto& [import, series] : by_import)
      if (const auto growth = growth_of(series, data_.as_of); growth && (!best || growth->last > best->last))
        best = growth;
    return best;
  }

  /// The area in use against the last of every other source of the same day, or of a day before or after.
  void report_conflicts(const Incident& incident, const std::optional<AreaReport>& own,
                        const std::map<std::size_t, Series>& by_import) {
    const auto* used = latest_area(incident, data_.as_of);
    if (used == nullptr)
      return;
    const auto compare = [&](Day day, double hectares, const std::string& source) {
      const double difference = std::abs(hectares - used->area.hectares());
      if (source == used->source || std::chrono::abs(day - used->day) > Days{1} ||
          difference <= std::max(kConflictHectares, kConflictShare * used->area.hectares()))
        return;
      data_.conflicts.push_back({.subject = fmt::format("{}: area_ha", incident.id),
                                 .used = fmt::format("{} ({})", figure(used->area.hectares()), format_day(used->day)),
                                 .used_source = used->source,
                                 .other = fmt::format("{} ({})", figure(hectares), format_day(day)),
                                 .other_source = source});
    };
    if (own)
      compare(own->day, own->area.hectares(), own->source);
    for (const auto& [import, series] : by_import)
      compare(series.rbegin()->first, series.rbegin()->second.hectares, source_of(layers_.imports[import]));
  }

  void replace_perimeter(Incident& incident, const Fire& fire) {
    if (!fire.extent_of_layer)
      return;
    const bool had_one = !incident.geometry.empty();
    incident.geometry = detail::geojson_of(fire.extent.polygons());
    incident.schematic = false;
    const auto& import = layers_.imports[fire.extent_import];
    if (had_one)
      remark(Severity::Note, file_of(import), incident.id, "incidents.perimeter",
             {{"day", fire.extent_day ? format_day(*fire.extent_day) : import.as_of}, {"layer", source_of(import)}});
  }

  void measure(IncidentIndex i) {
    const auto& incident = data_.incidents[i];
    auto& assessed = data_.assessment.incidents[i.value()];
    if (const auto* area = latest_area(incident, data_.as_of)) {
      assessed.area_ha = area->area.hectares();
      assessed.area_source = area->source;
    }
    auto growth = growth_[i.value()];
    if (!growth)
      growth = growth_of(incident.areas, data_.as_of);
    assessed.growth_ha_per_day = growth ? growth->hectares_per_day : 0.0;
  }

  // ---- detections

  /// The number of detections that are later than the planning date.
  std::size_t take_clusters() {
    auto found = detail::cluster_and_match(data_, layers_, places_);
    const DetectionCluster* largest = nullptr;
    std::size_t unreported = 0;
    for (std::size_t c = 0; c < found.clusters.size(); ++c) {
      const auto& cluster = found.clusters[c];
      if (cluster.incident) {
        data_.assessment.incidents[cluster.incident->value()].links.push_back(
            {found.import_of[c], cluster.id, "cluster", cluster.distance_km});
        continue;
      }
      const bool recent = detail::day_at(cluster.last, cluster.centre) >= data_.as_of - kRecentDays;
      if (!recent || cluster.detections < kUnreportedDetections)
        continue;
      ++unreported;
      if (largest == nullptr || cluster.detections > largest->detections)
        largest = &cluster;
    }
    if (largest != nullptr)
      remark(Severity::Warning, {}, largest->id, "incidents.unreported",
             {{"count", std::to_string(unreported)},
              {"detections", std::to_string(largest->detections)},
              {"place", largest->nearest_place.empty()
                            ? fmt::format("{:.3f}, {:.3f}", largest->centre.lon, largest->centre.lat)
                            : largest->nearest_place}});
    data_.assessment.clusters = std::move(found.clusters);
    return found.after_planning_date;
  }

  void report_apart(const std::vector<detail::ApartRecord>& apart) {
    for (const auto& record : apart) {
      const bool far = record.why == detail::ApartRecord::Why::FarKey;
      remark(Severity::Warning, file_of(layers_.imports[record.import]), record.record,
             far ? "incidents.far_key" : "incidents.ambiguous",
             {{"first", record.first},
              {"second", record.second},
              {"distance", fmt::format("{:.0f}", record.distance_km)}});
    }
  }

  ScenarioDraft& draft_;
  ScenarioData& data_;
  const LayerData& layers_;
  const std::vector<PlaceRecord>& places_;
  detail::AgencyFinder agencies_;
  std::size_t table_incidents_ = data_.incidents.size();
  std::map<std::size_t, std::optional<Growth>> growth_;
};

}  // namespace

void fuse_incidents(ScenarioDraft& draft, const LayerData& layers, const std::vector<PlaceRecord>& places) {
  Fusion(draft, layers, places).run();
}

}  // namespace relevo::planner
