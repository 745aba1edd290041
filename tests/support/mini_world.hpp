// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace relevo::test {

/// The numbers of an agreement that tests vary; the rest is set on the Agreement that MiniWorld::agreement() returns.
struct Terms {
  int line = 3;         ///< L, most line days of a tour
  int off = 0;          ///< O, days off in place between tours
  int tours = 1;        ///< K
  int min_line = 1;     ///< m
  int orientation = 0;  ///< o
  int rest = 0;         ///< R, days at home
  int deployment = 0;   ///< D, 0: no limit
  bool travel_counts = true;
  int notice = 0;
  int muster = 0;
  int tier = 3;
  bool own_forces = false;
  bool reciprocal = false;
  std::string family = {};                  ///< empty: the id
  std::vector<std::string> kinds = {};      ///< empty: all
  std::vector<std::string> languages = {};  ///< working languages
  int extension = 0;                        ///< X
  int shadow = 0;                           ///< h
  int moves = 0;                            ///< M
  bool between_borrowers = false;           ///< moves to other borrowers, by consent
  int min_persons = 0;                      ///< of a movement out
};

/// Builds a scenario one can draw, in a few lines:
///
///     MiniWorld world(8);                                        // days 0..7, planning date day 0
///     world.agreement("mx-bc", "mx", "bc", {.line = 3, .off = 1, .tours = 2});
///     world.unit("brigade", "mx", "crew", 2);                    // two crews of 20
///     world.incident("fire", "bc");
///     world.request("q", "fire", "crew", "..2222..");            // two crews on days 2..5
///     world.journey("mx", "fire", 2);
///     const Scenario scenario(world.data());
///
/// Agencies are made when first named, each with one base of the same name. Journeys take one day unless said
/// otherwise; each is a flight from an airport called as the base to one called as the place. There are six kinds:
/// "crew" (types 1, 2, 3; 20 persons), "agency-representative", "contingent-lead" and "interpreter" (one person),
/// "pump" (no crew, refurbish 1 day), "helicopter" (two persons, relieved in place, refurbish 1 day); "crew:1" is type
/// 1, "crew" type 2. Unmet points are 500, 400, 300, 200, 100 by priority, money counts nothing until prices() is
/// called, every share of units may be lent. There are no moves but those of move(), and from a place to itself.
///
/// Functions that add a row return it for whatever else the test wants to set; the reference holds until data() for up
/// to kMostRows rows of a table. Days are columns: 0 is the first day of the horizon, -1 the day before.
class MiniWorld {
 public:
  static constexpr std::size_t kMostRows = 256;
  static constexpr planner::Day kFirst{std::chrono::year{2030} / 6 / 3};

  explicit MiniWorld(int days, planner::Day first = kFirst);

  planner::Day day(int column) const { return data_.horizon.day(column); }
  /// Columns from..to, both inclusive.
  planner::DayInterval days(int from, int to) const { return {day(from), day(to + 1)}; }
  planner::Policy& policy() { return data_.policy; }
  /// One money is `points` points; a person-day away costs 10, a night 1, a kilometre 0.01, an escort's day 30.
  MiniWorld& prices(double points = 0.01);
  /// The planning date; day 0 unless said otherwise.
  MiniWorld& as_of(int column);

  planner::Kind& kind(const std::string& id) { return data_.kinds.kinds[kind_index(id)]; }
  planner::Agency& agency(const std::string& id, const std::string& country = "");
  planner::Base& base(const std::string& id, const std::string& agency);
  planner::Incident& incident(const std::string& id, const std::string& agency);
  /// Parties are agency ids separated by blanks; "country:MX" and "*" (anyone) work too.
  planner::Agreement& agreement(const std::string& id, const std::string& lenders, const std::string& borrowers,
                                const Terms& terms = {});
  /// An agreement made before.
  planner::Agreement& agreement_row(const std::string& id) { return data_.agreements[agreement_index(id)]; }
  /// The representative or lead that an agreement asks for, one per `per_persons` above `threshold`.
  planner::EscortTerms& escort(const std::string& agreement, planner::EscortTerms::Role role, int per_persons,
                               planner::EscortTerms::Supply supply, int threshold = 0);
  planner::Unit& unit(const std::string& id, const std::string& agency, const std::string& kind, int count = 1);
  planner::Pool& pool(const std::string& id, int people);
  MiniWorld& pool_share(const std::string& unit, const std::string& pool, int persons);
  /// `place` is an incident, or an agency for a line of the agency as a whole. In the strip a digit is the quantity of
  /// that day and '.' no need; days with need are contiguous and alike.
  planner::Request& request(const std::string& id, const std::string& place, const std::string& kind,
                            const std::string& strip);
  /// A line counted in people: '#' marks the days.
  planner::Request& people(const std::string& id, const std::string& place, const std::string& kind, int persons,
                           const std::string& strip);
  planner::Offer& offer(const std::string& agency, const std::string& kind, int quantity);
  planner::Response& response(const std::string& request, const std::string& agency, planner::Response::Answer answer);
  planner::Decision& pin(const std::string& unit, const std::string& request, int quantity = 1);
  /// Empty `request`: off all.
  planner::Decision& forbid_unit(const std::string& unit, const std::string& request = "");
  planner::Decision& forbid_agency(const std::string& agency, const std::string& request = "");
  planner::Consent& consent(const std::string& lender, const std::string& borrower, const std::string& channel = "");
  /// No duty from column `effective` on. Commitments are brought forward by data(), as the loader does.
  planner::Recall& recall(const std::string& lender, int effective, const std::string& channel = "");
  planner::Lift& lift(const std::string& id, const std::string& from, const std::string& to, int seats, int uses = 1);
  /// The strip starts on column `start`: 't' travel out, 'o' orientation, 'L' present at the line (days off in place
  /// follow from the agreement), 'h' travel home, at least one. `place` is a request, or a borrowing agency for an
  /// escort.
  planner::Commitment& commitment(const std::string& unit, std::vector<int> ordinals, const std::string& agreement,
                                  const std::string& place, int start, const std::string& strip);
  /// `quantity` units of the row leave on column `depart` for `place` (as in commitment()) and are home from
  /// `last_place` on column `home`.
  planner::Announcement& announcement(const std::string& unit, int quantity, const std::string& agreement,
                                      const std::string& place, const std::string& last_place, int depart, int home,
                                      bool firm = true);
  /// Days from a base to an incident or agency, for one kind or (empty) for all.
  MiniWorld& journey(const std::string& base, const std::string& to, int days, const std::string& kind = "");
  MiniWorld& no_way(const std::string& base, const std::string& to, const std::string& kind = "");

  /// The flight of the journey begins so many hours after 00:00 of the day of departure; 6 unless said otherwise.
  MiniWorld& flight_hour(const std::string& base, const std::string& to, double hour);
  /// A move (D8), there and back: 100 km on the ground.
  MiniWorld& move(const std::string& from, const std::string& to, int days);

  planner::UnitIndex unit_index(const std::string& id) const;
  planner::RequestIndex request_index(const std::string& id) const;
  planner::AgencyIndex agency_index(const std::string& id) const;
  planner::AgreementIndex agreement_index(const std::string& id) const;

  /// The scenario with journeys for all bases, places, kinds and agreements.
  planner::ScenarioData data() const;

 private:
  planner::AgencyIndex find_or_add_agency(const std::string& id);
  planner::KindIndex kind_index(const std::string& kind) const;
  planner::Destination destination(const std::string& place) const;

  planner::ScenarioData data_;
  std::map<std::tuple<std::string, std::string, std::string>, int> journeys_;  ///< (base, to, kind); -1: no way
  std::map<std::pair<std::string, std::string>, double> flight_hours_;         ///< (base, to)
};

/// A journey of this length for tests: 50 km on the ground, and 500 km of flight for each day it takes.
geo::Itinerary simple_journey(int days, const std::string& from = "base", const std::string& to = "place",
                              double flight_hour = 6);

/// (D9): commitments that a recall meets leave on its effective day at the latest, as the loader has them.
void bring_forward_commitments(planner::ScenarioData& data);

/// The scenario as the MiniWorld statements that build it again, with what differs from the defaults only; for messages
/// of failed tests. Names, points on the map and provenance are left out.
std::string to_text(const planner::ScenarioData& data);

}  // namespace relevo::test
