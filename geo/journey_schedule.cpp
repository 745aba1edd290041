// SPDX-License-Identifier: MIT
#include "geo/journey_schedule.hpp"

#include "geo/geodesic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace relevo::geo::detail {

namespace {

/// Hours closer than this are the same: a few microseconds.
constexpr double kSameHour = 1e-9;

/// Time on the way: advances with every movement and keeps the rules of rest and of hours without travel.
class Clock {
 public:
  explicit Clock(const TravelRules& rules)
      : rules_(rules),
        closed_hours_(closed_hours(rules)),
        now_(rules.departure_hour),
        rested_until_(rules.departure_hour) {}

  double now() const noexcept { return now_; }
  /// When whoever arrives now has had the time off that the way since the last rest asks for.
  double rested_hour() const noexcept { return now_ + (now_ - rested_until_) * rules_.rest_per_travel_hour; }
  void wait(double hours) { now_ += hours; }

  /// Moves out of the hours without travel.
  void await_open_hours() {
    if (closed_hours_ <= 0.0)
      return;
    const double into_window = hours_since(*rules_.no_travel_from_hour);
    if (into_window >= closed_hours_ - kSameHour)
      return;
    const double pause = closed_hours_ - into_window;
    now_ += pause;
    if (pause >= rules_.min_rest_hours)
      has_rested();
  }

  /// Hours at the wheel from now until the next stop, at most `wanted`; rests first where the day is used up.
  double drive_some(double wanted) {
    await_open_hours();
    if (rules_.max_driving_hours_per_day - worked_hours_ <= kSameHour) {
      rest();
      await_open_hours();
    }
    double hours = std::min(wanted, rules_.max_driving_hours_per_day - worked_hours_);
    if (closed_hours_ > 0.0)
      hours = std::min(hours, hours_until(*rules_.no_travel_from_hour));
    return hours;
  }

  /// Ready to take off: outside the hours without travel and, for a crew flying its own aircraft, within its day.
  void await_take_off(double own_flight_hours) {
    await_open_hours();
    if (own_flight_hours > 0.0 && worked_hours_ > 0.0 &&
        worked_hours_ + own_flight_hours > rules_.max_own_flight_hours_per_day + kSameHour) {
      rest();
      await_open_hours();
    }
  }

  void work(double hours) {
    now_ += hours;
    worked_hours_ += hours;
  }

 private:
  /// Until the first departure_hour that leaves min_rest_hours.
  void rest() {
    const double earliest = now_ + rules_.min_rest_hours;
    const double days = std::ceil((earliest - rules_.departure_hour) / kHoursPerDay - kSameHour);
    now_ = days * kHoursPerDay + rules_.departure_hour;
    has_rested();
  }

  void has_rested() {
    worked_hours_ = 0.0;
    rested_until_ = now_;
  }

  double hours_since(double hour_of_day) const {
    const double since = std::fmod(now_ - hour_of_day, kHoursPerDay);
    const double positive = since < 0.0 ? since + kHoursPerDay : since;
    return positive > kHoursPerDay - kSameHour ? 0.0 : positive;
  }
  double hours_until(double hour_of_day) const { return kHoursPerDay - hours_since(hour_of_day); }

  const TravelRules& rules_;
  double closed_hours_;
  double now_;
  double worked_hours_ = 0.0;  ///< at the wheel or the controls since the last rest
  double rested_until_;        ///< when the last rest was over
};

/// Runs steps against the clock; records legs only where they are wanted.
class Schedule {
 public:
  Schedule(const TravelRules& rules, std::vector<Leg>* legs) : rules_(rules), clock_(rules), legs_(legs) {}

  /// After run().
  double rested_hour() const noexcept { return clock_.rested_hour(); }

  /// The hour of arrival.
  double run(const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      clock_.wait(step.wait_before_hours);
      if (is_on_road(step)) {
        drive(step);
      } else {
        fly(step);
      }
      clock_.wait(step.wait_after_hours);
    }
    if (legs_ != nullptr && !legs_->empty())
      legs_->back().arrive_hour = clock_.now();
    return clock_.now();
  }

 private:
  void fly(const Step& step) {
    const double hours = step.geodesic.kilometres() / step.kmh + rules_.flight_overhead_hours;
    const bool is_own = step.mode == LegMode::OwnFlight;
    clock_.await_take_off(is_own ? hours : 0.0);
    const double depart = clock_.now();
    if (is_own) {
      clock_.work(hours);
    } else {
      clock_.wait(hours);
    }
    record(step, 0.0, 1.0, depart, step.geodesic);
  }

  void drive(const Step& step) {
    const Distance road = step.geodesic * rules_.ground_detour;
    const double hours = road.kilometres() / rules_.ground_kmh;
    if (hours <= kSameHour) {
      record(step, 0.0, 1.0, clock_.now(), road);
      return;
    }
    double driven = 0.0;
    while (hours - driven > kSameHour) {
      double stage = clock_.drive_some(hours - driven);
      if (hours - driven - stage <= kSameHour)
        stage = hours - driven;
      const double depart = clock_.now();
      clock_.work(stage);
      record(step, driven / hours, (driven + stage) / hours, depart, road * (stage / hours));
      driven += stage;
    }
  }

  /// The part of a step between two fractions of its way.
  void record(const Step& step, double begin, double end, double depart, Distance distance) {
    if (legs_ == nullptr)
      return;
    const auto name_at = [&](double fraction) {
      if (fraction <= 0.0)
        return step.from.name();
      if (fraction >= 1.0)
        return step.to.name();
      const double road_km = step.geodesic.kilometres() * rules_.ground_detour * fraction;
      return fmt::format("{} - {}, km {:.0f}", step.from.name(), step.to.name(), road_km);
    };
    const auto point_of = [&](double fraction) {
      if (fraction <= 0.0)
        return step.from.point();
      return fraction >= 1.0 ? step.to.point() : point_along(step.from.point(), step.to.point(), fraction);
    };
    const auto airport_of = [&](const Stop& stop) {
      const bool flies = step.mode == LegMode::Flight && stop.airport != nullptr;
      return flies ? stop.airport->ident : std::string{};
    };
    legs_->push_back({step.mode, name_at(begin), name_at(end), point_of(begin), point_of(end), distance, depart,
                      clock_.now(), airport_of(step.from), airport_of(step.to)});
  }

  const TravelRules& rules_;
  Clock clock_;
  std::vector<Leg>* legs_;
};

}  // namespace

double closed_hours(const TravelRules& rules) {
  if (!rules.no_travel_from_hour)
    return 0.0;
  const double span = *rules.no_travel_until_hour - *rules.no_travel_from_hour;
  return span < 0.0 ? span + kHoursPerDay : span;
}

double arrival_hour(const std::vector<Step>& steps, const TravelRules& rules) {
  return Schedule(rules, nullptr).run(steps);
}

Itinerary schedule(const std::vector<Step>& steps, const TravelRules& rules) {
  Itinerary made;
  Schedule clock(rules, &made.legs);
  const double arrival = clock.run(steps);
  for (const Leg& leg : made.legs) {
    const bool is_air = leg.mode == LegMode::Flight || leg.mode == LegMode::OwnFlight;
    (is_air ? made.air : made.ground) = (is_air ? made.air : made.ground) + leg.distance;
  }
  made.hours = made.legs.empty() ? 0.0 : made.legs.back().arrive_hour - made.legs.front().depart_hour;
  // The first shift begins at departure_hour of the day after the journey, when the time off is over.
  const double until_arrival = std::ceil(arrival / kHoursPerDay - kSameHour);
  const double until_rested = std::ceil((clock.rested_hour() - rules.departure_hour) / kHoursPerDay - kSameHour);
  const double days = std::max({1.0, until_arrival, until_rested});
  made.days = made.hours <= rules.same_day_shift_hours + kSameHour ? 0 : static_cast<int>(days);
  return made;
}

}  // namespace relevo::geo::detail
