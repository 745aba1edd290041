// SPDX-License-Identifier: MIT
#include "geo/travel.hpp"

#include "geo/flight_path.hpp"
#include "geo/geodesic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace relevo::geo {
namespace {

using testing::StartsWith;

/// The defaults of the policy when these tests were written.
TravelRules usual_rules() {
  return {.ground_kmh = 70,
          .ground_detour = 1.3,
          .max_driving_hours_per_day = 10,
          .airliner_kmh = 750,
          .flight_overhead_hours = 0.5,
          .check_in_hours = 2,
          .border_hours = 1,
          .ground_only_km = 500,
          .passenger_runway_m = 1500,
          .departure_hour = 6,
          .same_day_shift_hours = 2};
}

TravelRules no_travel_at_night(double from, double until) {
  TravelRules rules = usual_rules();
  rules.no_travel_from_hour = from;
  rules.no_travel_until_hour = until;
  return rules;
}

const AirportIndex& airports() {
  using enum AirportSize;
  static const AirportIndex index({{"MMGL", "Guadalajara", "MX", {-103.3072, 20.5258}, 4000, Large},
                                   {"MMZP", "Zapopan", "MX", {-103.4650, 20.7558}, 2701, Small},
                                   {"CYMM", "Fort McMurray", "CA", {-111.2220, 56.6533}, 2287, Large},
                                   {"CYEG", "Edmonton", "CA", {-113.5797, 53.3097}, 3353, Large},
                                   {"CYYC", "Calgary", "CA", {-114.0203, 51.1139}, 4267, Large},
                                   {"CYVR", "Vancouver", "CA", {-123.1839, 49.1939}, 3505, Large},
                                   {"CYKA", "Kamloops", "CA", {-120.4444, 50.7022}, 2438, Medium},
                                   {"CYOJ", "High Level", "CA", {-117.1647, 58.6214}, 1525, Medium},
                                   {"CYWG", "Winnipeg", "CA", {-97.2399, 49.9100}, 3353, Large},
                                   {"CYQT", "Thunder Bay", "CA", {-89.3239, 48.3719}, 2225, Medium},
                                   {"CYUL", "Montreal", "CA", {-73.7408, 45.4706}, 3353, Large},
                                   {"CYQX", "Gander", "CA", {-54.5681, 48.9369}, 3109, Large},
                                   {"FAOR", "Johannesburg", "ZA", {28.2460, -26.1392}, 4418, Large},
                                   {"LPPT", "Lisbon", "PT", {-9.1359, 38.7813}, 3805, Large},
                                   {"KBOI", "Boise", "US", {-116.2229, 43.5644}, 3048, Large},
                                   {"CZZZ", "Short strip", "CA", {-111.5, 56.75}, 914, Small}});
  return index;
}

const Place kZapopan{"Zapopan", "MX", {-103.39, 20.72}, ""};
const Place kFortMcMurray{"Fort McMurray", "CA", {-111.38, 56.70}, ""};
const Place kEdmonton{"Edmonton", "CA", {-113.49, 53.55}, ""};
const Place kKamloops{"Kamloops", "CA", {-120.33, 50.67}, ""};
const Place kGander{"Gander", "CA", {-54.61, 48.95}, ""};
const Place kJohannesburg{"Johannesburg", "ZA", {28.05, -26.20}, ""};
const Place kHighLevel{"High Level", "CA", {-117.14, 58.52}, ""};

Itinerary plan(const Place& from, const Place& to, const Traveller& traveller = {},
               const TravelRules& rules = usual_rules()) {
  const auto journey = plan_journey(from, to, traveller, rules, airports());
  EXPECT_TRUE(journey.has_value()) << from.name << " - " << to.name;
  return journey.value_or(Itinerary{});
}

/// A place on the meridian of Fort McMurray, `km` to the south of it.
Place south_of_fort_mcmurray(double km) {
  return {"south", "CA", point_at(kFortMcMurray.point, 180, Distance::from_kilometres(km)), ""};
}

bool is_flight(const Leg& leg) {
  return leg.mode == LegMode::Flight || leg.mode == LegMode::OwnFlight;
}

/// What holds for every journey.
void expect_sound(const Itinerary& journey, const TravelRules& rules, const std::string& what) {
  SCOPED_TRACE(what);
  ASSERT_FALSE(journey.legs.empty());
  Distance ground;
  Distance air;
  for (std::size_t i = 0; i < journey.legs.size(); ++i) {
    const Leg& leg = journey.legs[i];
    EXPECT_GE(leg.arrive_hour, leg.depart_hour);
    EXPECT_GE(leg.distance.metres(), distance_between(leg.from_point, leg.to_point).metres() - 0.01);
    if (i > 0) {
      EXPECT_GE(leg.depart_hour, journey.legs[i - 1].arrive_hour);
      EXPECT_EQ(leg.from, journey.legs[i - 1].to);
      EXPECT_EQ(leg.from_point, journey.legs[i - 1].to_point);
    }
    (is_flight(leg) ? air : ground) = (is_flight(leg) ? air : ground) + leg.distance;
  }
  EXPECT_NEAR(journey.ground.metres(), ground.metres(), 1e-6);
  EXPECT_NEAR(journey.air.metres(), air.metres(), 1e-6);
  EXPECT_DOUBLE_EQ(journey.hours, journey.legs.back().arrive_hour - journey.legs.front().depart_hour);
  EXPECT_GE(journey.legs.front().depart_hour, rules.departure_hour);
  if (journey.days == 0) {
    EXPECT_LE(journey.hours, rules.same_day_shift_hours + 1e-6);
  } else {
    EXPECT_LE(journey.legs.back().arrive_hour, journey.days * 24.0 + 1e-6);
  }
}

/// The drivers' hours between two rests of at least min_rest_hours.
double longest_duty(const Itinerary& journey, const TravelRules& rules) {
  double longest = 0.0;
  double duty = 0.0;
  double rested_since = 0.0;
  for (const Leg& leg : journey.legs) {
    if (leg.depart_hour - rested_since >= rules.min_rest_hours - 1e-6 && !is_flight(leg))
      duty = 0.0;
    if (!is_flight(leg))
      duty += leg.distance.kilometres() / rules.ground_kmh;
    rested_since = leg.arrive_hour;
    longest = std::max(longest, duty);
  }
  return longest;
}

TEST(Travel, MexicanContingentArrivesOnTheDayItLeaves) {
  const Itinerary journey = plan(kZapopan, kFortMcMurray);
  EXPECT_EQ(journey.days, 1);
  ASSERT_EQ(journey.legs.size(), 3U);
  EXPECT_EQ(journey.legs[0].from, "Zapopan");
  EXPECT_THAT(journey.legs[0].to, StartsWith("MMGL ")) << "a border is crossed from large airports only";
  EXPECT_EQ(journey.legs[1].mode, LegMode::Flight);
  EXPECT_THAT(journey.legs[1].to, StartsWith("CYMM "));
  EXPECT_EQ(journey.legs[2].to, "Fort McMurray");
  const double first_road_hours = journey.legs[0].distance.kilometres() / 70;
  EXPECT_DOUBLE_EQ(journey.legs[0].depart_hour, 6.0);
  EXPECT_NEAR(journey.legs[1].depart_hour, 6.0 + first_road_hours + 2.0, 1e-9);
  EXPECT_NEAR(journey.legs[1].arrive_hour - journey.legs[1].depart_hour,
              journey.legs[1].distance.kilometres() / 750 + 0.5, 1e-9);
  EXPECT_NEAR(journey.legs[2].depart_hour, journey.legs[1].arrive_hour + 1.0, 1e-9) << "the border";
  EXPECT_EQ(plan(kZapopan, kEdmonton).days, 1) << "as on 4 June 2016";
}

TEST(Travel, KnownJourneysTakeTheirDays) {
  const Itinerary africa = plan(kJohannesburg, kEdmonton);
  EXPECT_GE(africa.days, 2);
  EXPECT_LE(africa.days, 3);
  EXPECT_EQ(africa.legs.size(), 4U) << "a stop for fuel: 15,600 km are beyond an airliner";
  EXPECT_EQ(plan(kKamloops, kFortMcMurray).days, 1);
  EXPECT_EQ(plan(kGander, kFortMcMurray).days, 1);
  EXPECT_EQ(plan(kFortMcMurray, south_of_fort_mcmurray(60)).days, 0);
  EXPECT_EQ(plan(kKamloops, kFortMcMurray, {TravelMode::Drives}).days, 2);
}

TEST(Travel, PassengersDriveUpToTheLimitAndFlyBeyond) {
  const Itinerary near = plan(kFortMcMurray, south_of_fort_mcmurray(384));
  ASSERT_EQ(near.legs.size(), 1U);
  EXPECT_NEAR(near.ground.kilometres(), 384 * 1.3, 1e-6);
  EXPECT_NEAR(near.hours, 384 * 1.3 / 70, 1e-9);
  EXPECT_GT(plan(kFortMcMurray, kKamloops).air.kilometres(), 0.0);
}

TEST(Travel, PassengersReachASmallerFieldByAConnectingFlight) {
  const Itinerary journey = plan(kZapopan, kHighLevel);
  ASSERT_EQ(journey.legs.size(), 4U);
  EXPECT_EQ(journey.legs[1].mode, LegMode::Flight);
  EXPECT_EQ(journey.legs[2].mode, LegMode::Flight);
  EXPECT_THAT(journey.legs[2].to, StartsWith("CYOJ "));
  EXPECT_NEAR(journey.legs[2].depart_hour, journey.legs[1].arrive_hour + 1.0 + 2.0, 1e-9) << "border and check-in";
}

TEST(Travel, ANamedAirportIsUsed) {
  Place base = kZapopan;
  base.airport = "MMZP";
  EXPECT_THAT(plan(base, kFortMcMurray).legs.at(0).to, StartsWith("MMZP "));
  base.airport = "XXXX";
  EXPECT_THROW(plan_journey(base, kFortMcMurray, {}, usual_rules(), airports()), std::invalid_argument);
}

TEST(Travel, APlaceThatIsItsAirportHasNoRide) {
  const Place at_gander{"CYQX", "CA", airports().find("CYQX")->point, ""};
  const Itinerary journey = plan(at_gander, kFortMcMurray);
  EXPECT_EQ(journey.legs.front().mode, LegMode::Flight);
  EXPECT_DOUBLE_EQ(journey.legs.front().depart_hour, 8.0);
}

TEST(Travel, DrivingStopsForTheNight) {
  const TravelRules rules = usual_rules();
  const Place boise{"Boise", "US", {-116.2, 43.6}, ""};
  const Itinerary journey = plan(boise, kFortMcMurray, {TravelMode::Drives});
  ASSERT_EQ(journey.legs.size(), 3U);
  EXPECT_EQ(journey.days, 3);
  EXPECT_DOUBLE_EQ(journey.legs[0].arrive_hour, 16.0);
  EXPECT_DOUBLE_EQ(journey.legs[1].depart_hour, 30.0);
  EXPECT_NEAR(journey.legs[0].distance.kilometres(), 700.0, 1e-9);
  EXPECT_EQ(journey.legs[0].to, "Boise - Fort McMurray, km 700");
  const double last_hours = journey.legs[2].distance.kilometres() / 70;
  EXPECT_NEAR(journey.legs[2].arrive_hour, journey.legs[2].depart_hour + last_hours + rules.border_hours, 1e-9);
}

TEST(Travel, ARestLastsLongEnough) {
  TravelRules rules = usual_rules();
  rules.departure_hour = 20;  // ten hours at the wheel end at 06:00; 20:00 of the same day is the next departure
  const Itinerary journey = plan(kKamloops, kFortMcMurray, {TravelMode::Drives}, rules);
  ASSERT_EQ(journey.legs.size(), 2U);
  EXPECT_DOUBLE_EQ(journey.legs[0].arrive_hour, 30.0);
  EXPECT_DOUBLE_EQ(journey.legs[1].depart_hour, 44.0);
  rules.departure_hour = 10;  // 20:00 to 10:00
  rules.min_rest_hours = 15;  // is too short
  EXPECT_DOUBLE_EQ(plan(kKamloops, kFortMcMurray, {TravelMode::Drives}, rules).legs.at(1).depart_hour, 58.0);
}

double overlap_with_window(const Leg& leg, double from, double until) {
  const double length = until > from ? until - from : until - from + 24;
  double sum = 0.0;
  for (int day = -1; day * 24 < leg.arrive_hour; ++day) {
    const double start = day * 24 + from;
    sum += std::max(0.0, std::min(leg.arrive_hour, start + length) - std::max(leg.depart_hour, start));
  }
  return sum;
}

TEST(Travel, NothingMovesInTheHoursWithoutTravel) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> hour(0, 24);
  const std::vector<Place> places = {kZapopan, kFortMcMurray, kKamloops, kGander, kJohannesburg, kHighLevel};
  for (int i = 0; i < 300; ++i) {
    const double from = hour(random);
    const double until = std::fmod(from + 1 + hour(random) * 20 / 24, 24.0);
    TravelRules rules = no_travel_at_night(from, until);
    rules.border_hours = 0;  // so that the last leg ends with travel
    rules.departure_hour = std::floor(hour(random) * 0.999);
    const Traveller traveller{i % 2 == 0 ? TravelMode::Passengers : TravelMode::Drives};
    const Place& start = places[static_cast<std::size_t>(i) % places.size()];
    const Place& end = places[static_cast<std::size_t>(i / 6) % places.size()];
    if (start.name == end.name)
      continue;
    const auto journey = plan_journey(start, end, traveller, rules, airports());
    if (!journey)
      continue;
    const std::string what =
        start.name + " - " + end.name + ", none from " + std::to_string(from) + " to " + std::to_string(until);
    expect_sound(*journey, rules, what);
    for (const Leg& leg : journey->legs) {
      const Leg checked =
          is_flight(leg) ? Leg{.depart_hour = leg.depart_hour, .arrive_hour = leg.depart_hour + 1e-4} : leg;
      ASSERT_LT(overlap_with_window(checked, from, until), 1e-6) << what << ": " << leg.from << " - " << leg.to;
    }
    ASSERT_LE(longest_duty(*journey, rules), rules.max_driving_hours_per_day + 1e-6) << what;
  }
}

TEST(Travel, AWindowDelaysButDoesNotCancel) {
  const Itinerary free = plan(kKamloops, kFortMcMurray, {TravelMode::Drives});
  const Itinerary held = plan(kKamloops, kFortMcMurray, {TravelMode::Drives}, no_travel_at_night(12, 7));
  EXPECT_GT(held.hours, free.hours);
  EXPECT_DOUBLE_EQ(held.legs.front().depart_hour, 7.0);
  EXPECT_NEAR(held.ground.metres(), free.ground.metres(), 1e-6);
}

TEST(Travel, DaysHoldForBothDirections) {
  const std::vector<Place> places = {kZapopan, kFortMcMurray, kEdmonton, kKamloops, kGander, kJohannesburg, kHighLevel};
  for (const TravelRules& rules : {usual_rules(), no_travel_at_night(22, 5), no_travel_at_night(15, 8)}) {
    for (const Traveller& traveller : {Traveller{}, Traveller{TravelMode::Drives}, Traveller{TravelMode::Freight},
                                       Traveller{TravelMode::Flies, 220, 1700, 0}}) {
      for (const Place& a : places) {
        for (const Place& b : places) {
          const auto there = plan_journey(a, b, traveller, rules, airports());
          const auto back = plan_journey(b, a, traveller, rules, airports());
          ASSERT_EQ(there.has_value(), back.has_value()) << a.name << " - " << b.name;
          if (there) {
            ASSERT_EQ(there->days, back->days) << a.name << " - " << b.name;
          }
        }
      }
    }
  }
}

// Zapopan to Edmonton door to door is 0.43 + 2 + 3743.6 / v + 0.5 + 1 + 0.51 hours from 06:00 on: at 330 km/h until
// 21:47, at 300 km/h until 22:56. Two hours on the way ask for one off, and the first shift begins at 06:00: 22:00 is
// the latest.
TEST(Travel, WhoeverArrivesLateRestsADayBeforeTheFirstShift) {
  TravelRules rules = usual_rules();
  rules.airliner_kmh = 330;
  EXPECT_NEAR(plan(kZapopan, kEdmonton, {}, rules).legs.back().arrive_hour, 21.79, 0.01);
  EXPECT_EQ(plan(kZapopan, kEdmonton, {}, rules).days, 1);
  rules.airliner_kmh = 300;
  EXPECT_NEAR(plan(kZapopan, kEdmonton, {}, rules).legs.back().arrive_hour, 22.92, 0.01);
  EXPECT_EQ(plan(kZapopan, kEdmonton, {}, rules).days, 2);
  EXPECT_EQ(plan(kZapopan, kEdmonton, {TravelMode::Freight}, rules).days, 1) << "pumps do not rest";
  rules.rest_per_travel_hour = 0;
  EXPECT_EQ(plan(kZapopan, kEdmonton, {}, rules).days, 1);
}

// On every way: hours since the last rest, and half of them off, are over when the first shift begins.
TEST(Travel, NobodyBeginsTheFirstShiftTired) {
  for (const double kmh : {200.0, 300.0, 450.0, 750.0}) {
    TravelRules rules = usual_rules();
    rules.airliner_kmh = kmh;
    for (const Place& from : {kZapopan, kKamloops, kGander})
      for (int km = 100; km < 1500; km += 175) {
        const Itinerary journey = plan(from, south_of_fort_mcmurray(km), {}, rules);
        if (journey.days == 0)
          continue;
        double rested_until = rules.departure_hour;
        for (std::size_t i = 1; i < journey.legs.size(); ++i)
          if (journey.legs[i].depart_hour - journey.legs[i - 1].arrive_hour >= rules.min_rest_hours - 1e-6)
            rested_until = journey.legs[i].depart_hour;
        const double arrival = journey.legs.back().arrive_hour;
        const double first_shift = 24.0 * journey.days + rules.departure_hour;
        EXPECT_GE(first_shift - arrival, (arrival - rested_until) / 2 - 1e-6) << from.name << ' ' << km << " km";
      }
  }
}

TEST(Travel, AFartherPlaceIsNeverReachedEarlier) {
  for (const TravelRules& rules : {usual_rules(), no_travel_at_night(14, 7)}) {
    double previous_hours = 0.0;
    int previous_days = 0;
    for (int km = 5; km < 4000; km += 55) {
      const Itinerary journey = plan(kFortMcMurray, south_of_fort_mcmurray(km), {TravelMode::Drives}, rules);
      ASSERT_GE(journey.hours, previous_hours) << km;
      ASSERT_GE(journey.days, previous_days) << km;
      previous_hours = journey.hours;
      previous_days = journey.days;
    }
  }
}

TEST(Travel, SameInputGivesTheSameJourney) {
  for (const Traveller& traveller : {Traveller{}, Traveller{TravelMode::Flies, 220, 1700, 0}}) {
    const Itinerary first = plan(kGander, kFortMcMurray, traveller);
    std::vector<Airport> reversed(airports().all().rbegin(), airports().all().rend());
    const AirportIndex other_order(std::move(reversed));
    EXPECT_EQ(plan_journey(kGander, kFortMcMurray, traveller, usual_rules(), other_order), first);
  }
}

TEST(Travel, HelicoptersFlyStraightWithinTheirRange) {
  const Itinerary journey = plan(kEdmonton, kFortMcMurray, {TravelMode::Flies, 220, 600, 0});
  ASSERT_EQ(journey.legs.size(), 1U);
  EXPECT_EQ(journey.legs[0].mode, LegMode::OwnFlight);
  EXPECT_EQ(journey.legs[0].from, "Edmonton");
  EXPECT_NEAR(journey.hours, distance_between(kEdmonton.point, kFortMcMurray.point).kilometres() / 220 + 0.5, 1e-9);
}

TEST(Travel, OwnFlightsKeepWithinRangeAndHours) {
  const TravelRules rules = usual_rules();
  for (const double range_km : {1550.0, 1700.0, 2200.0, 3000.0}) {
    const Itinerary journey = plan(kGander, kFortMcMurray, {TravelMode::Flies, 330, range_km, 0});
    EXPECT_GT(journey.legs.size(), 1U);
    double day_hours = 0.0;
    for (std::size_t i = 0; i < journey.legs.size(); ++i) {
      const Leg& leg = journey.legs[i];
      ASSERT_LE(leg.distance.kilometres(), range_km);
      const double pause = i == 0 ? 0.0 : leg.depart_hour - journey.legs[i - 1].arrive_hour;
      if (i > 0) {
        ASSERT_GE(pause, rules.refuel_hours - 1e-9);
      }
      const double hours = leg.arrive_hour - leg.depart_hour;
      day_hours = pause >= rules.min_rest_hours ? hours : day_hours + hours;
      ASSERT_LE(day_hours, std::max(rules.max_own_flight_hours_per_day, hours) + 1e-9);
    }
  }
  EXPECT_FALSE(plan_journey(kJohannesburg, kFortMcMurray, {TravelMode::Flies, 220, 600, 0}, rules, airports()));
}

TEST(Travel, AircraftThatNeedARunwayWorkFromAirports) {
  const Itinerary journey = plan(kKamloops, kFortMcMurray, {TravelMode::Flies, 330, 2400, 1200});
  ASSERT_EQ(journey.legs.size(), 1U);
  EXPECT_THAT(journey.legs[0].from, StartsWith("CYKA "));
  EXPECT_THAT(journey.legs[0].to, StartsWith("CYMM ")) << "not the nearer strip of 914 m";
  const Itinerary none = plan(kFortMcMurray, south_of_fort_mcmurray(20), {TravelMode::Flies, 330, 2400, 1200});
  EXPECT_TRUE(none.legs.empty());
  EXPECT_EQ(none.days, 0);
}

TEST(Travel, FreightTakesTheRoadThenTheAir) {
  const Itinerary lorry = plan(kKamloops, kFortMcMurray, {TravelMode::Freight});
  EXPECT_EQ(lorry.legs.front().mode, LegMode::Freight);
  EXPECT_EQ(lorry.air.metres(), 0.0);
  const Itinerary air = plan(kGander, kFortMcMurray, {TravelMode::Freight});
  EXPECT_EQ(air.legs.at(0).mode, LegMode::Freight);
  EXPECT_EQ(air.legs.at(1).mode, LegMode::Flight);
}

TEST(Travel, WithoutAirportsThereIsTheRoadOrNothing) {
  const AirportIndex none({});
  const auto road = plan_journey(kKamloops, kFortMcMurray, {}, usual_rules(), none);
  ASSERT_TRUE(road);
  EXPECT_EQ(road->days, 2);
  EXPECT_FALSE(plan_journey(kJohannesburg, kFortMcMurray, {}, usual_rules(), none));
  EXPECT_FALSE(plan_journey(kJohannesburg, kFortMcMurray, {TravelMode::Drives}, usual_rules(), airports()));
}

TEST(Travel, ARideToAnAirportFitsIntoADay) {
  // 1,000 km of road to the only airport, in a country of its own: it drives the whole way instead.
  const AirportIndex far({{"KBOI", "Boise", "US", {-116.2229, 43.5644}, 3048, AirportSize::Large},
                          {"CYVR", "Vancouver", "CA", {-123.1839, 49.1939}, 3505, AirportSize::Large}});
  const Place boise{"Boise", "US", {-116.2, 43.6}, ""};
  const auto journey = plan_journey(boise, kEdmonton, {}, usual_rules(), far);
  ASSERT_TRUE(journey);
  EXPECT_EQ(journey->air.metres(), 0.0);
}

/// docs/travel.md shows these figures.
TEST(Travel, WorkedExampleOfTheDocumentation) {
  const AirportIndex real = AirportIndex::load(RELEVO_SOURCE_DIR "/data/reference/airports.csv", "airports.csv");
  const auto direct = plan_journey(kZapopan, kFortMcMurray, {}, usual_rules(), real);
  ASSERT_TRUE(direct);
  EXPECT_EQ(direct->days, 1);
  EXPECT_NEAR(direct->air.kilometres(), 4064.0, 0.05);
  EXPECT_NEAR(direct->hours, 9.56, 0.005);
  const auto staging = plan_journey(kZapopan, kEdmonton, {}, usual_rules(), real);
  ASSERT_TRUE(staging);
  ASSERT_EQ(staging->legs.size(), 3U);
  EXPECT_EQ(staging->legs[1].to, "CYEG Edmonton International Airport");
  EXPECT_NEAR(staging->legs[0].distance.kilometres(), 30.3, 0.05);
  EXPECT_NEAR(staging->legs[1].distance.kilometres(), 3743.6, 0.05);
  EXPECT_NEAR(staging->legs[2].distance.kilometres(), 35.6, 0.05);
  EXPECT_NEAR(staging->legs[2].arrive_hour, 15.43, 0.005);
  const auto onward = plan_journey(kEdmonton, kFortMcMurray, {}, usual_rules(), real);
  ASSERT_TRUE(onward);
  EXPECT_NEAR(onward->ground.kilometres(), 488.3, 0.05);
  EXPECT_NEAR(onward->hours, 6.98, 0.005);
}

TEST(Travel, RefusesImpossibleRules) {
  const auto with = [](const std::function<void(TravelRules&)>& change) {
    TravelRules rules = usual_rules();
    change(rules);
    return rules;
  };
  const std::vector<TravelRules> impossible = {
      TravelRules{},
      with([](TravelRules& r) { r.ground_kmh = 0; }),
      with([](TravelRules& r) { r.ground_detour = 0.9; }),
      with([](TravelRules& r) { r.departure_hour = 24; }),
      with([](TravelRules& r) { r.check_in_hours = -1; }),
      with([](TravelRules& r) { r.max_driving_hours_per_day = std::nan(""); }),
      with([](TravelRules& r) { r.no_travel_from_hour = 22; }),
      no_travel_at_night(22, 25),
      no_travel_at_night(6, 6),
      no_travel_at_night(0, 24),
  };
  for (std::size_t i = 0; i < impossible.size(); ++i)
    EXPECT_THROW(plan_journey(kKamloops, kFortMcMurray, {}, impossible[i], airports()), std::invalid_argument) << i;
  EXPECT_THROW(plan_journey(kKamloops, kFortMcMurray, {TravelMode::Flies, 220, 0, 0}, usual_rules(), airports()),
               std::invalid_argument);
  EXPECT_THROW(plan_journey({"nowhere", "CA", {-999, -999}, ""}, kFortMcMurray, {}, usual_rules(), airports()),
               std::invalid_argument);
}

/// What is kept between journeys changes none of them, in whatever order they are asked for.
TEST(Journeys, AreTheSameFromOneMakerAsOneByOne) {
  const auto real = AirportIndex::load(std::string(RELEVO_SOURCE_DIR) + "/data/reference/airports.csv", "airports.csv");
  std::mt19937 random(17);
  std::uniform_real_distribution<double> lon(-150, -60);
  std::uniform_real_distribution<double> lat(18, 68);
  std::vector<Place> bases;
  std::vector<Place> fires;
  for (int i = 0; i < 5; ++i) {
    const Airport& airport = real.all()[random() % real.all().size()];
    bases.push_back({"base", airport.country, airport.point, i % 2 == 0 ? airport.ident : std::string()});
    fires.push_back({"fire", i % 2 == 0 ? "CA" : "US", {lon(random), lat(random)}, ""});
  }
  const std::vector<Traveller> travellers = {{TravelMode::Passengers},
                                             {TravelMode::Drives},
                                             {TravelMode::Freight},
                                             {TravelMode::Flies, 220, 600, 0},
                                             {TravelMode::Flies, 500, 1500, 1500}};
  auto by_day = usual_rules();
  by_day.no_travel_from_hour = 22;
  by_day.no_travel_until_hour = 5;
  JourneyMaker maker(real);
  int made = 0;
  for (const int round : {1, 2})
    for (const auto& base : bases)
      for (const auto& fire : fires)
        for (const auto& traveller : travellers)
          for (const auto& rules : {usual_rules(), by_day}) {
            const auto& from = round == 1 ? base : fire;
            const auto& to = round == 1 ? fire : base;
            const auto journey = maker.plan(from, to, traveller, rules);
            ASSERT_EQ(journey, plan_journey(from, to, traveller, rules, real));
            made += journey ? 1 : 0;
          }
  EXPECT_GT(made, 300);
}

/// Small random worlds: the stops cost as much as the best over all paths (Bellman-Ford over the same graph).
TEST(FlightPath, CostsWhatTheBestOfAllPathsCosts) {
  std::mt19937 random(31);
  std::uniform_real_distribution<double> lon(-130, -60);
  std::uniform_real_distribution<double> lat(20, 65);
  int with_stops = 0;
  for (int world = 0; world < 200; ++world) {
    std::vector<Airport> made;
    made.reserve(25);
    for (int i = 0; i < 25; ++i)
      made.push_back({.ident = "A" + std::to_string(100 + i),
                      .point = {lon(random), lat(random)},
                      .runway_m = static_cast<int>(random() % 2000)});
    const AirportIndex index(std::move(made));
    const LonLat from{lon(random), lat(random)};
    const LonLat to{lon(random), lat(random)};
    const double range_km = 600 + static_cast<double>(random() % 1200);
    const auto stop_km = static_cast<double>(random() % 400);
    const AirportFilter filter{.runway_m = 500};

    std::vector<LonLat> nodes = {from, to};
    for (const Airport& a : index.all())
      if (filter.accepts(a))
        nodes.push_back(a.point);
    std::vector<double> best(nodes.size(), 1e18);
    best[0] = 0;
    for (std::size_t round = 0; round < nodes.size(); ++round)
      for (std::size_t a = 0; a < nodes.size(); ++a)
        for (std::size_t b = 0; b < nodes.size(); ++b)
          if (a != b && a != 1 && distance_between(nodes[a], nodes[b]).kilometres() <= range_km)
            best[b] = std::min(
                best[b], best[a] + (a == 0 ? 0 : stop_km) + sphere_km(unit_vector(nodes[a]), unit_vector(nodes[b])));

    const auto stops = find_fuel_stops(from, to, range_km, stop_km, filter, index);
    FuelStops kept(index, range_km, filter);
    kept.find(to, from, stop_km);
    kept.find({lon(random), lat(random)}, to, stop_km + 1.0);
    ASSERT_EQ(kept.find(from, to, stop_km), stops);
    ASSERT_EQ(stops.has_value(), best[1] < 1e18);
    if (!stops)
      continue;
    double cost = 0.0;
    LonLat here = from;
    for (const Airport* stop : *stops) {
      ASSERT_TRUE(filter.accepts(*stop));
      ASSERT_LE(distance_between(here, stop->point).kilometres(), range_km);
      cost += stop_km + sphere_km(unit_vector(here), unit_vector(stop->point));
      here = stop->point;
    }
    ASSERT_LE(distance_between(here, to).kilometres(), range_km);
    ASSERT_NEAR(cost + sphere_km(unit_vector(here), unit_vector(to)), best[1], 1e-6);
    with_stops += stops->empty() ? 0 : 1;
  }
  EXPECT_GT(with_stops, 50);
}

}  // namespace
}  // namespace relevo::geo
