// SPDX-License-Identifier: MIT
#include "planner/generate/content.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <utility>

namespace relevo::planner::generate {

namespace {

/// All of these are assumed; docs/generate.md says what they stand for.
constexpr int kLinesPerIncident = 4;
constexpr int kIncidentsPerCluster = 5;
constexpr int kClusterRadius = 60000;  // metres
constexpr int kLeastNeed = 5;          // days
constexpr int kMostNeed = 25;
constexpr int kLinesForTwoWaves = 8;
constexpr int kFirstMonth = 6;
const std::vector<int> kPriorities = {5, 17, 35, 28, 15};  // per cent of incidents, 1 to 5
const std::vector<std::string> kBehaviours = {"low", "moderate", "high"};
const std::vector<int> kBehaviourWeights = {30, 50, 20};

/// A wave of fires: it grows, stays at its peak, and declines. Columns; it may have begun before the first day.
struct Wave {
  int start = 0;
  int growth = 5;
  int peak = 5;
};

class DemandMaker {
 public:
  DemandMaker(Content& content, Random random) : content_(content), random_(random) {
    for (const auto& unit : content.units)
      if (unit.kind)
        held_.emplace(unit.agency, *unit.kind);
  }

  void make() {
    const auto& size = content_.options.size;
    const auto lines = apportion(size.requests, burdens(), size.requests >= size.agencies ? 1 : 0);
    deal_kinds();
    for (std::size_t agency = 0; agency < lines.size(); ++agency)
      if (lines[agency] > 0)
        make_region(agency, lines[agency]);
    number_requests();
  }

 private:
  /// What burns in the middle of the horizon, by agency: between two months in proportion.
  std::vector<std::int64_t> burdens() const {
    const std::chrono::year_month_day middle{content_.day(content_.options.size.days / 2)};
    const int month = static_cast<int>(static_cast<unsigned>(middle.month())) - kFirstMonth;
    const int day = static_cast<int>(static_cast<unsigned>(middle.day()));
    std::vector<std::int64_t> weights;
    for (const auto& territory : content_.reference.territories) {
      const auto& months = territory.region.months;
      const auto in = [&](int m) {
        return static_cast<std::int64_t>(months[static_cast<std::size_t>(std::clamp(m, 0, 3))]);
      };
      // The figure of a month is that of its middle.
      const int before = day < 15 ? month - 1 : month;
      const int after_share = day < 15 ? day + 15 : day - 15;
      weights.push_back(territory.region.fires *
                        (in(before) * (30 - std::min(after_share, 30)) + in(before + 1) * std::min(after_share, 30)));
    }
    return weights;
  }

  /// As many lines of each kind as its share asks for, in an order of chance.
  void deal_kinds() {
    const auto& size = content_.options.size;
    std::vector<std::int64_t> weights;
    for (const auto& kind : kind_shares().first(static_cast<std::size_t>(size.kinds)))
      weights.push_back(kind.requests);
    const auto counts = apportion(size.requests, weights, 1);
    for (std::size_t kind = 0; kind < counts.size(); ++kind)
      kinds_.insert(kinds_.end(), static_cast<std::size_t>(counts[kind]), kind);
    random_.shuffle(kinds_);
  }

  /// The first of three that the agency has units of, else the first: who asks has usually used up its own.
  std::size_t take_kind(std::size_t agency) {
    const auto most = std::min(kinds_.size(), next_kind_ + 3);
    for (std::size_t i = next_kind_; i < most; ++i) {
      if (!held_.contains({agency, kinds_[i]}))
        continue;
      std::swap(kinds_[i], kinds_[next_kind_]);
      break;
    }
    return kinds_[next_kind_++];
  }

  void make_region(std::size_t agency, int lines) {
    std::vector<Wave> waves = {wave(0)};
    if (lines >= kLinesForTwoWaves && random_.chance(40))
      waves.push_back(wave(content_.options.size.days / 3));
    std::vector<RequestRow> rows;
    rows.reserve(static_cast<std::size_t>(lines));
    for (int i = 0; i < lines; ++i)
      rows.push_back(line(agency, random_.one_of(waves)));
    std::ranges::stable_sort(rows, {}, &RequestRow::from);
    const auto first = content_.incidents.size();
    const int incidents = (lines + kLinesPerIncident - 1) / kLinesPerIncident;
    make_incidents(agency, incidents);
    for (int i = 0; i < lines; ++i) {
      auto& row = rows[static_cast<std::size_t>(i)];
      row.incident = first + static_cast<std::size_t>(i * incidents / lines);
      row.priority = priority_at(content_.incidents[row.incident]);
    }
    for (int i = 0; i < incidents; ++i)
      set_in_time(first + static_cast<std::size_t>(i), rows);
    content_.requests.insert(content_.requests.end(), rows.begin(), rows.end());
  }

  Wave wave(int later) {
    const int days = content_.options.size.days;
    return {later + random_.pick(-days / 4, days / 6), random_.pick(4, std::max(5, days / 3)),
            random_.pick(3, std::max(4, days / 4))};
  }

  /// Lines begin twice as often a day at the peak of their wave as in its growth, on average; their ends make the
  /// decline.
  RequestRow line(std::size_t agency, const Wave& wave) {
    const int days = content_.options.size.days;
    const int drawn = random_.pick(0, wave.growth + 2 * wave.peak);
    const int offset = drawn <= wave.growth ? drawn : wave.growth + (drawn - wave.growth) / 2;
    RequestRow row{.agency = agency, .kind = take_kind(agency)};
    row.from = std::clamp(wave.start + offset, 0, std::max(0, days - kLeastNeed));
    const int spread = (kMostNeed - kLeastNeed) / 2;
    const int length = kLeastNeed + random_.pick(0, spread) + random_.pick(0, spread);
    row.to = std::min(row.from + length, days) - 1;
    const KindShare& share = kind_shares()[row.kind];
    std::vector<int> weights;
    for (const auto& type : share.types)
      weights.push_back(type.requests);
    row.type = share.types[random_.weighted(weights)].type;
    row.weight = random_.pick(1, 6) + random_.pick(0, 6);
    return row;
  }

  /// In clusters about airports of the agency's land.
  void make_incidents(std::size_t agency, int count) {
    const auto& territory = content_.territory(agency);
    const int clusters = (count + kIncidentsPerCluster - 1) / kIncidentsPerCluster;
    std::vector<Field> centres;
    centres.reserve(static_cast<std::size_t>(clusters));
    for (int i = 0; i < clusters; ++i)
      centres.push_back(random_.one_of(territory.fields));
    for (int i = 0; i < count; ++i) {
      const auto cluster = static_cast<std::size_t>(i % clusters);
      const int number = static_cast<int>(content_.incidents.size());
      IncidentRow row{.agency = agency, .spot = scattered(territory, centres[cluster].spot)};
      row.id = fmt::format("{}-F{:03}", territory.region.agency, i + 1);
      row.name = fmt::format("{} {}", name_of(centres[cluster]), number + 1);
      row.base_priority = 1 + static_cast<int>(random_.weighted(kPriorities));
      if (random_.chance(30))
        row.fire_behaviour = kBehaviours[random_.weighted(kBehaviourWeights)];
      content_.incidents.push_back(std::move(row));
    }
  }

  /// "Kamloops" of "Kamloops John Moose Fulton Field Regional Airport": the first word that is long enough.
  static std::string name_of(const Field& field) {
    std::string name = field.name.substr(0, field.name.find(" Airport"));
    if (const auto end = name.find_first_of(" /,(-", 4); end != std::string::npos)
      name.resize(end);
    return name;
  }

  /// On the agency's own land; where chance finds none, at the airport.
  Spot scattered(const Territory& territory, Spot centre) {
    for (int attempt = 0; attempt < 20; ++attempt) {
      const Spot spot =
          moved(centre, random_.pick(-kClusterRadius, kClusterRadius), random_.pick(-kClusterRadius, kClusterRadius));
      if (is_inside(spot, territory.rings))
        return spot;
    }
    return centre;
  }

  int priority_at(const IncidentRow& incident) {
    const int step = random_.chance(60) ? 0 : random_.pick(0, 1) * 2 - 1;
    // Nothing becomes a 1 by chance: they stay few.
    return std::clamp(incident.base_priority + step, incident.base_priority == 1 ? 1 : 2, 5);
  }

  /// A fire whose first line begins by the third day burns on the planning date.
  void set_in_time(std::size_t index, const std::vector<RequestRow>& rows) {
    auto& incident = content_.incidents[index];
    int first = content_.options.size.days;
    for (const auto& row : rows)
      if (row.incident == index)
        first = std::min(first, row.from);
    incident.first_need = first;
    if (first > 2)
      return;
    incident.days_burning = random_.pick(1, 14);
    incident.area_ha = random_.pick(5, 60) * random_.pick(5, 60) * random_.pick(1, 12);
    incident.stage = random_.chance(65) ? "OC" : "BH";
  }

  void number_requests() {
    std::ranges::stable_sort(content_.requests, {}, &RequestRow::from);
    int number = 0;
    for (auto& row : content_.requests)
      row.id = fmt::format("{}-{}", kind_shares()[row.kind].prefix, ++number);
  }

  Content& content_;
  Random random_;
  std::set<std::pair<std::size_t, std::size_t>> held_;  ///< agency and kind of the roster
  std::vector<std::size_t> kinds_;                      ///< of lines still to be made, from next_kind_ on
  std::size_t next_kind_ = 0;
};

}  // namespace

void make_demand(Content& content, Random random) {
  DemandMaker(content, random).make();
}

}  // namespace relevo::planner::generate
