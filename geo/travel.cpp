// SPDX-License-Identifier: MIT
#include "geo/travel.hpp"

#include "geo/flight_path.hpp"
#include "geo/geodesic.hpp"
#include "geo/journey_schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <stdexcept>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace relevo::geo {

namespace {

using detail::closed_hours;
using detail::is_on_road;
using detail::kHoursPerDay;
using detail::Step;
using detail::Stop;
using Steps = std::optional<std::vector<Step>>;

constexpr std::size_t kAirportsPerEnd = 4;
constexpr double kFreightRoadFactor = 3.0;
/// A ride shorter than this is no leg: the place is the airport.
constexpr Distance kAtTheAirport = Distance::from_metres(50.0);

void require(bool holds, const char* rule) {
  if (!holds)
    throw std::invalid_argument(fmt::format("travel rules: {}", rule));
}

bool is_hour_of_day(const std::optional<double>& hour) {
  return !hour || (*hour >= 0.0 && *hour <= kHoursPerDay);
}

void check_rules(const TravelRules& rules) {
  require(rules.ground_kmh > 0.0 && rules.airliner_kmh > 0.0, "speeds are above 0 km/h");
  require(rules.ground_detour >= 1.0, "a road is at least as long as the geodesic (ground_detour >= 1)");
  require(rules.max_driving_hours_per_day > 0.0 && rules.max_own_flight_hours_per_day > 0.0,
          "the hours at the wheel and at the controls per day are above 0");
  require(rules.flight_overhead_hours >= 0.0 && rules.check_in_hours >= 0.0 && rules.border_hours >= 0.0 &&
              rules.refuel_hours >= 0.0 && rules.same_day_shift_hours >= 0.0 && rules.rest_per_travel_hour >= 0.0,
          "hours are not negative");
  require(rules.min_rest_hours >= 0.0 && rules.min_rest_hours <= kHoursPerDay, "min_rest_hours lies in [0, 24]");
  require(rules.departure_hour >= 0.0 && rules.departure_hour < kHoursPerDay, "departure_hour lies in [0, 24)");
  require(rules.ground_only_km >= 0.0 && rules.max_road_km >= 0.0 && rules.airliner_range_km > 0.0,
          "distances are not negative");
  require(rules.no_travel_from_hour.has_value() == rules.no_travel_until_hour.has_value(),
          "the hours without travel have a beginning and an end");
  require(is_hour_of_day(rules.no_travel_from_hour) && is_hour_of_day(rules.no_travel_until_hour),
          "the hours without travel lie in [0, 24]");
  require(!rules.no_travel_from_hour || (closed_hours(rules) > 0.0 && closed_hours(rules) <= kHoursPerDay - 1.0),
          "the hours without travel leave at least one hour of the day open");
}

void check_traveller(const Traveller& traveller) {
  if (traveller.mode != TravelMode::Flies)
    return;
  if (!(traveller.cruise_kmh > 0.0) || !(traveller.range_km > 0.0)) {
    throw std::invalid_argument(fmt::format("an aircraft flies at {} km/h over {} km: both must be above 0",
                                            traveller.cruise_kmh, traveller.range_km));
  }
}

/// Keeps the best of the ways offered: earliest arrival, then shortest, then by the idents on the way.
class Choice {
 public:
  explicit Choice(const TravelRules& rules) : rules_(rules) {}

  void offer(std::vector<Step> steps) {
    Rank rank{detail::arrival_hour(steps, rules_), 0.0, {}};
    for (const Step& step : steps) {
      std::get<1>(rank) += step.geodesic.metres();
      if (step.to.airport != nullptr)
        std::get<2>(rank).push_back(step.to.airport->ident);
    }
    if (best_ && rank_ <= rank)
      return;
    rank_ = std::move(rank);
    best_ = std::move(steps);
  }

  Steps take() { return std::move(best_); }

 private:
  using Rank = std::tuple<double, double, std::vector<std::string_view>>;
  const TravelRules& rules_;
  Rank rank_;
  Steps best_;
};

/// The airports one end may use.
struct End {
  std::vector<NearAirport> hubs;        ///< an airliner that crosses the whole distance
  std::optional<NearAirport> airfield;  ///< nearer than all hubs, reached by a connecting flight
};

}  // namespace

/// What journeys have in common. The keys hold all that the answers depend on.
struct JourneyMaker::Memory {
  explicit Memory(const AirportIndex& index) : airports(index) {}

  using Where = std::tuple<double, double, std::string, std::string>;  // longitude, latitude, country, airport named
  static Where where(const Place& place) { return {place.point.lon, place.point.lat, place.country, place.airport}; }

  /// Across a border or not, runway, detour, speed and hours on the road.
  using EndKey = std::tuple<Where, bool, int, double, double, double>;
  using StopsKey = std::tuple<double, int, AirportSize>;  // range, runway, smallest

  const AirportIndex& airports;
  std::map<EndKey, End> ends;
  std::map<std::pair<Where, int>, const Airport*> own_fields;  ///< by runway; none: nowhere to land
  std::map<StopsKey, FuelStops> fuel_stops;
  std::map<std::pair<const Airport*, const Airport*>, Distance> flights;  ///< from one to the other
};

namespace {

/// Plans one direction; JourneyMaker joins the two.
class JourneyPlanner {
 public:
  JourneyPlanner(const Place& from, const Place& to, const Traveller& traveller, const TravelRules& rules,
                 JourneyMaker::Memory& memory)
      : from_(from),
        to_(to),
        traveller_(traveller),
        rules_(rules),
        memory_(memory),
        airports_(memory.airports),
        is_international_(from.country != to.country),
        geodesic_(distance_between(from.point, to.point)) {}

  std::optional<std::vector<Step>> best() const {
    switch (traveller_.mode) {
      case TravelMode::Drives:
        return by_road(LegMode::Ground);
      case TravelMode::Flies:
        return by_own_flight();
      case TravelMode::Freight:
        if (road_km() > kFreightRoadFactor * rules_.ground_only_km) {
          if (auto air = by_air(LegMode::Freight))
            return air;
        }
        return by_road(LegMode::Freight);
      case TravelMode::Passengers:
        break;
    }
    auto road = by_road(LegMode::Ground);
    if (road && road_km() <= rules_.ground_only_km)
      return road;
    Choice choice(rules_);
    if (auto air = by_air(LegMode::Ground))
      choice.offer(std::move(*air));
    if (road)
      choice.offer(std::move(*road));
    return choice.take();
  }

 private:
  double road_km() const { return geodesic_.kilometres() * rules_.ground_detour; }
  double border_hours() const { return is_international_ ? rules_.border_hours : 0.0; }

  Steps by_road(LegMode mode) const {
    if (road_km() > rules_.max_road_km)
      return std::nullopt;
    return std::vector<Step>{{.mode = mode,
                              .from = {&from_, nullptr},
                              .to = {&to_, nullptr},
                              .geodesic = geodesic_,
                              .wait_after_hours = border_hours()}};
  }

  const Airport* named_airport(const Place& place) const {
    if (place.airport.empty())
      return nullptr;
    const Airport* airport = airports_.find(place.airport);
    if (airport == nullptr) {
      throw std::invalid_argument(
          fmt::format("the airport '{}' of {} is not in the table of airports", place.airport, place.name));
    }
    return airport;
  }

  /// Where the aircraft stands at this end; neither place nor airport: nowhere.
  Stop own_field(const Place& place) const {
    if (traveller_.runway_m <= 0)
      return {&place, nullptr};
    const auto [known, is_new] =
        memory_.own_fields.try_emplace({JourneyMaker::Memory::where(place), traveller_.runway_m}, nullptr);
    if (is_new)
      known->second = nearest_field(place);
    return {nullptr, known->second};
  }

  const Airport* nearest_field(const Place& place) const {
    if (const Airport* named = named_airport(place))
      return named;
    for (const std::string& country : {place.country, std::string()}) {
      const auto near = airports_.nearest(place.point, 1, {.runway_m = traveller_.runway_m, .country = country});
      if (!near.empty())
        return near.front().airport;
    }
    return nullptr;
  }

  Steps by_own_flight() const {
    const Stop start = own_field(from_);
    const Stop end = own_field(to_);
    if ((start.place == nullptr && start.airport == nullptr) || (end.place == nullptr && end.airport == nullptr)) {
      return std::nullopt;
    }
    std::vector<Step> steps;
    if (start.airport != nullptr && start.airport == end.airport)
      return steps;
    const Step whole{.mode = LegMode::OwnFlight, .from = start, .to = end, .kmh = traveller_.cruise_kmh};
    if (!append_hops(steps, whole, traveller_.range_km, {.runway_m = traveller_.runway_m}))
      return std::nullopt;
    steps.back().wait_after_hours = border_hours();
    return steps;
  }

  /// Appends `whole` cut into hops within range. The first hop keeps its wait_before_hours, the others refuel.
  bool append_hops(std::vector<Step>& steps, const Step& whole, double range_km, const AirportFilter& filter) const {
    const double stop_km = (rules_.refuel_hours + rules_.flight_overhead_hours) * whole.kmh;
    const auto stops = fuel_stops(range_km, filter).find(whole.from.point(), whole.to.point(), stop_km);
    if (!stops)
      return false;
    Step hop = whole;
    for (std::size_t i = 0; i <= stops->size(); ++i) {
      hop.to = i < stops->size() ? Stop{nullptr, (*stops)[i]} : whole.to;
      hop.geodesic = flown(hop.from, hop.to);
      steps.push_back(hop);
      hop.from = hop.to;
      hop.wait_before_hours = rules_.refuel_hours;
    }
    return true;
  }

  Distance flown(const Stop& from, const Stop& to) const {
    if (from.airport == nullptr || to.airport == nullptr)
      return distance_between(from.point(), to.point());
    const auto [known, is_new] = memory_.flights.try_emplace({from.airport, to.airport});
    if (is_new)
      known->second = distance_between(from.point(), to.point());
    return known->second;
  }

  /// \pre the filter accepts airports of any country
  FuelStops& fuel_stops(double range_km, const AirportFilter& filter) const {
    const JourneyMaker::Memory::StopsKey key{range_km, filter.runway_m, filter.smallest};
    return memory_.fuel_stops.try_emplace(key, airports_, range_km, filter).first->second;
  }

  /// A ride to or from an airport fits into one day at the wheel.
  bool is_reachable(const NearAirport& near) const {
    return near.distance.kilometres() * rules_.ground_detour <= rules_.ground_kmh * rules_.max_driving_hours_per_day;
  }

  std::vector<NearAirport> hubs(const Place& place) const {
    AirportFilter filter{.runway_m = rules_.passenger_runway_m, .country = place.country};
    for (const bool anywhere : {false, true}) {
      if (anywhere)
        filter.country.clear();
      for (const AirportSize size : {AirportSize::Large, AirportSize::Medium, AirportSize::Small}) {
        if (size == AirportSize::Large && !is_international_)
          continue;
        filter.smallest = size;
        auto near = airports_.nearest(place.point, kAirportsPerEnd, filter);
        std::erase_if(near, [this](const NearAirport& n) { return !is_reachable(n); });
        if (!near.empty())
          return near;
      }
    }
    return {};
  }

  const End& end_at(const Place& place) const {
    const JourneyMaker::Memory::EndKey key{JourneyMaker::Memory::where(place),
                                           is_international_,
                                           rules_.passenger_runway_m,
                                           rules_.ground_detour,
                                           rules_.ground_kmh,
                                           rules_.max_driving_hours_per_day};
    const auto known = memory_.ends.find(key);
    return known != memory_.ends.end() ? known->second : memory_.ends.emplace(key, find_end(place)).first->second;
  }

  End find_end(const Place& place) const {
    if (const Airport* named = named_airport(place))
      return {{{named, distance_between(place.point, named->point)}}, std::nullopt};
    End end{hubs(place), std::nullopt};
    if (end.hubs.empty())
      return end;
    const auto near =
        airports_.nearest(place.point, 1, {.runway_m = rules_.passenger_runway_m, .country = place.country});
    if (!near.empty() && near.front().distance < end.hubs.front().distance)
      end.airfield = near.front();
    return end;
  }

  /// An airliner from `a` to `b`, with stops for fuel at large airports.
  Steps flights(const Airport& a, const Airport& b, double border) const {
    std::vector<Step> steps;
    const Step whole{.mode = LegMode::Flight,
                     .from = {nullptr, &a},
                     .to = {nullptr, &b},
                     .kmh = rules_.airliner_kmh,
                     .wait_before_hours = rules_.check_in_hours};
    const AirportFilter filter{.runway_m = rules_.passenger_runway_m, .smallest = AirportSize::Large};
    if (!append_hops(steps, whole, rules_.airliner_range_km, filter))
      return std::nullopt;
    steps.back().wait_after_hours = border;
    return steps;
  }

  static Step ride(Stop from, Stop to, Distance geodesic, LegMode mode) {
    return {.mode = mode, .from = from, .to = to, .geodesic = geodesic};
  }

  /// Ways from the place `from_` to `hub`: the ride, and a connecting flight where there is an airfield for it.
  std::vector<std::vector<Step>> ways_to(const NearAirport& hub, const End& end, LegMode mode) const {
    const Stop start{&from_, nullptr};
    std::vector<std::vector<Step>> found = {{ride(start, {nullptr, hub.airport}, hub.distance, mode)}};
    if (!end.airfield)
      return found;
    const Airport& airfield = *end.airfield->airport;
    if (auto connection = flights(airfield, *hub.airport, 0.0)) {
      connection->insert(connection->begin(), ride(start, {nullptr, &airfield}, end.airfield->distance, mode));
      found.push_back(std::move(*connection));
    }
    return found;
  }

  /// Ways from `hub` to the place `to_`, likewise.
  std::vector<std::vector<Step>> ways_from(const NearAirport& hub, const End& end, LegMode mode) const {
    const Stop goal{&to_, nullptr};
    std::vector<std::vector<Step>> found = {{ride({nullptr, hub.airport}, goal, hub.distance, mode)}};
    if (!end.airfield)
      return found;
    const Airport& airfield = *end.airfield->airport;
    if (auto connection = flights(*hub.airport, airfield, 0.0)) {
      connection->push_back(ride({nullptr, &airfield}, goal, end.airfield->distance, mode));
      found.push_back(std::move(*connection));
    }
    return found;
  }

  Steps by_air(LegMode mode) const {
    const End& start = end_at(from_);
    const End& end = end_at(to_);
    std::vector<std::vector<std::vector<Step>>> last_ways;
    for (const NearAirport& hub : end.hubs)
      last_ways.push_back(ways_from(hub, end, mode));
    Choice choice(rules_);
    for (const NearAirport& hub : start.hubs) {
      const auto first_ways = ways_to(hub, start, mode);
      for (std::size_t i = 0; i < end.hubs.size(); ++i) {
        if (hub.airport == end.hubs[i].airport)
          continue;
        const Steps middle = flights(*hub.airport, *end.hubs[i].airport, border_hours());
        if (!middle)
          continue;
        for (const auto& first : first_ways) {
          for (const auto& last : last_ways[i])
            choice.offer(joined(first, *middle, last));
        }
      }
    }
    return choice.take();
  }

  /// Leaves out the ride of a place that is its airport.
  static std::vector<Step> joined(const std::vector<Step>& first, const std::vector<Step>& middle,
                                  const std::vector<Step>& last) {
    std::vector<Step> steps;
    steps.reserve(first.size() + middle.size() + last.size());
    for (const auto* part : {&first, &middle, &last}) {
      for (const Step& step : *part) {
        if (is_on_road(step) && step.geodesic < kAtTheAirport)
          continue;
        steps.push_back(step);
      }
    }
    return steps;
  }

  const Place& from_;
  const Place& to_;
  const Traveller& traveller_;
  const TravelRules& rules_;
  JourneyMaker::Memory& memory_;
  const AirportIndex& airports_;
  bool is_international_;
  Distance geodesic_;
};

}  // namespace

JourneyMaker::JourneyMaker(const AirportIndex& airports) : memory_(std::make_unique<Memory>(airports)) {}
JourneyMaker::~JourneyMaker() = default;
JourneyMaker::JourneyMaker(JourneyMaker&&) noexcept = default;
JourneyMaker& JourneyMaker::operator=(JourneyMaker&&) noexcept = default;

std::optional<Itinerary> JourneyMaker::plan(const Place& from, const Place& to, const Traveller& traveller,
                                            const TravelRules& rules) {
  check_rules(rules);
  check_traveller(traveller);
  const auto there = JourneyPlanner(from, to, traveller, rules, *memory_).best();
  const auto back = JourneyPlanner(to, from, traveller, rules, *memory_).best();
  if (!there || !back)
    return std::nullopt;
  TravelRules of_days = rules;
  if (traveller.mode == TravelMode::Freight)
    of_days.rest_per_travel_hour = 0.0;
  Itinerary journey = detail::schedule(*there, of_days);
  journey.days = std::max(journey.days, detail::schedule(*back, of_days).days);
  return journey;
}

std::optional<Itinerary> plan_journey(const Place& from, const Place& to, const Traveller& traveller,
                                      const TravelRules& rules, const AirportIndex& airports) {
  return JourneyMaker(airports).plan(from, to, traveller, rules);
}

}  // namespace relevo::geo
