// SPDX-License-Identifier: MIT
#pragma once

#include "geo/itinerary.hpp"
#include "geo/lon_lat.hpp"
#include "geo/units.hpp"
#include "planner/model/agreement.hpp"
#include "planner/model/assessment.hpp"
#include "planner/model/day.hpp"
#include "planner/model/diagnostics.hpp"
#include "planner/model/index.hpp"
#include "planner/model/kind.hpp"
#include "planner/model/policy.hpp"
#include "planner/model/provenance.hpp"
#include "planner/model/quantities.hpp"
#include "planner/model/stint.hpp"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace relevo::planner {

enum class Tier { Local, Regional, National, International };

struct Agency {
  std::string id;
  std::string name;
  std::string country;  ///< ISO 3166 alpha-2
  Tier tier = Tier::Regional;
  std::optional<AgencyIndex> centre;  ///< the coordination centre it orders through
  geo::LonLat point;
  /// Preparedness level from a day on, ascending by day; before the first entry the policy default holds.
  std::vector<std::pair<Day, int>> levels;
  /// Units of a kind that it keeps home less than its level asks for (3); no table says so, only a change does
  /// (planner/explain/change.hpp).
  std::vector<std::pair<KindIndex, int>> kept_less;

  int kept_less_of(KindIndex kind) const noexcept {
    int units = 0;
    for (const auto& [of, less] : kept_less)
      units += of == kind ? less : 0;
    return units;
  }
};

struct Base {
  std::string id;
  std::string name;
  AgencyIndex agency{0U};
  geo::LonLat point;
  std::string airport;  ///< ICAO code where the table names one; empty: found by travel
};

/// People who belong to a pool, within one unit.
struct PoolShare {
  PoolIndex pool{0U};
  int persons = 0;
};

/// One roster row: `count` identical units. Ordinals run from 1 to count.
struct Unit {
  std::string id;
  std::string name;
  AgencyIndex agency{0U};
  KindIndex kind{0U};
  std::string type;  ///< a KindType id of `kind`
  int rank = 1;      ///< that type's rank
  int count = 1;
  int persons = 0;  ///< per unit
  BaseIndex base{0U};
  DayInterval available = kAlways;          ///< departs on or after `first`; is home before `last`
  std::vector<DayInterval> down;            ///< neither available nor away on these days; ascending, disjoint
  int days_worked = 0;                      ///< line days already used of the present tour
  std::vector<std::string> languages;       ///< sorted, ISO 639-1
  std::vector<std::string> qualifications;  ///< sorted
  std::vector<std::string> documents;       ///< sorted
  std::optional<Day> fitness_valid_to;      ///< last day on which the fitness result is valid
  std::vector<PoolShare> pools;             ///< sorted by pool
  std::optional<Money> daily_cost;          ///< per unit and day away; none: policy.person_daily_cost x persons
  Provenance from;
};

/// People in a pool on the days of `when`. A pool is the sum of its rows; days without a row have none.
struct Pool {
  std::string id;
  struct Row {
    int people = 0;
    DayInterval when = kAlways;
  };
  std::vector<Row> rows;
  Provenance from;
  int people_on(Day day) const noexcept {
    int sum = 0;
    for (const auto& r : rows)
      if (r.when.contains(day))
        sum += r.people;
    return sum;
  }
};

struct AreaReport {
  Day day;
  geo::Area area;
  std::string source;
};

struct Incident {
  std::string id;
  std::string name;
  AgencyIndex agency{0U};  ///< the agency that owns it
  std::string hazard = "wildfire";
  geo::LonLat point;
  std::optional<Day> discovered;
  std::vector<AreaReport> areas;  ///< ascending by day
  std::string stage_of_control;
  std::optional<int> capacity_persons;          ///< most people it can take on one day
  std::optional<FireBehaviour> fire_behaviour;  ///< what units there face
  std::string geometry;                         ///< GeoJSON geometry in WGS 84, empty: none
  bool schematic = false;  ///< the geometry shows reported area and position, not an observed perimeter
  Provenance from;
};

enum class Measure { Units, People };

/// An order line: somebody wants `quantity` of a kind from a first to a last day.
struct Request {
  std::string id;                         ///< "C-12"
  std::optional<IncidentIndex> incident;  ///< none: a line of the borrowing agency as a whole
  AgencyIndex borrower{0U};
  KindIndex kind{0U};
  std::string type;  ///< lowest acceptable
  int rank = 1;      ///< of that type: units of rank <= this may fill it
  int quantity = 1;
  Measure measure = Measure::Units;
  DayInterval need;                             ///< days on which it is wanted
  int priority = 3;                             ///< 1 highest ... 5
  bool automatic_priority = false;              ///< the table says "auto": `priority` is the assessment's
  std::vector<std::string> languages;           ///< the unit speaks at least one of them; empty: no rule
  std::vector<std::string> qualifications;      ///< the unit has them all
  std::string channel;                          ///< agreement id or family; empty: any
  std::optional<UnitIndex> unit;                ///< a named request
  int min_fill = 1;                             ///< in `measure`, on each day it is filled at all
  std::string package;                          ///< lines with the same word are filled together or not at all
  std::optional<FireBehaviour> fire_behaviour;  ///< what its units face; none: as at the incident
  bool handover = false;  ///< who leaves it while it is needed should be relieved by a shadow (2b)
  /// The day it was cancelled: `need` ends before it, and has no day where it was cancelled before it began.
  std::optional<Day> cancelled;
  std::string note;
  Provenance from;
};

/// What a lender has said it can release: on each day of `when`, at most `quantity` of its units of the kind (and type,
/// where given) may be away on new assignments under `channel` (any, where empty). An agency with no offer row for a
/// kind is not limited by offers.
struct Offer {
  AgencyIndex agency{0U};
  KindIndex kind{0U};
  std::string type;  ///< empty: any
  int quantity = 0;
  DayInterval when = kAlways;
  std::string channel;
  std::string conditions;
  Provenance from;
};

/// A lender's answer to a line.
struct Response {
  enum class Answer { Asked, Accepted, Conditional, Declined, Recalled };
  RequestIndex request{0U};
  AgencyIndex agency{0U};
  Answer answer = Answer::Asked;
  std::string reason;
  std::optional<Day> when;
  Provenance from;
};

/// What became of a line on a day, as the centre recorded it (docs/history.md).
struct RequestEvent {
  enum class State { Created, Offered, Accepted, Filled, Declined, UnableToFill, Cancelled, Reassigned, Released };
  RequestIndex request{0U};
  State state = State::Created;
  Day when;
  std::optional<AgencyIndex> agency;
  std::optional<UnitIndex> unit;
  std::optional<RequestIndex> to;  ///< reassigned: to which line
  int quantity = 0;                ///< in the line's measure; 0: not said, or not counted (created, cancelled)
  std::string reason_code;         ///< always there on UnableToFill and Cancelled
  std::string reason;
  Provenance from;
};

/// A lender lets its units move on to another borrower of the agreement they are lent under.
struct Consent {
  AgencyIndex lender{0U};
  AgencyIndex borrower{0U};
  std::string channel;  ///< agreement id or family; empty: any
  Provenance from;
};

/// A lender calls its units back: none of them is on duty or off in place on or after `effective`.
struct Recall {
  AgencyIndex lender{0U};
  std::string channel;  ///< agreement id or family; empty: any but own forces
  Day day;              ///< when it was said
  Day effective;        ///< `day` and the notice; the loader takes the longest notice of the agreements meant
  std::string reason;
  Provenance from;
};

/// Whether a recall is about what `lender` lends under `agreement`.
inline bool is_recalled(const Recall& recall, AgencyIndex lender, const Agreement& agreement) {
  if (recall.lender != lender)
    return false;
  return recall.channel.empty() ? !agreement.own_forces
                                : recall.channel == agreement.id || recall.channel == agreement.family;
}

/// Seats between two airports that lenders share (row family 5).
struct Lift {
  std::string id;
  std::string from;  ///< ICAO code
  std::string to;
  DayInterval when = kAlways;
  int seats = 0;     ///< of one use
  int max_uses = 1;  ///< on one day
  Money cost;        ///< of one use, in the scenario's currency
  Provenance provenance;
};

/// What the coordinator has pinned or forbidden, and why. A pin asks that `quantity` units of the row serve the request
/// at some time of the plan; a forbid keeps the unit (or every unit of the agency) off the request (or off all).
struct Decision {
  enum class Action { Pin, Forbid };
  Action action = Action::Forbid;
  std::optional<UnitIndex> unit;
  std::optional<AgencyIndex> agency;
  std::optional<RequestIndex> request;  ///< a pin always names one
  int quantity = 1;
  std::string reason;
};

/// An assignment already made. The plan keeps it as it is. Days as in Assignment (plan.hpp).
struct Commitment {
  enum class Status { Planned, Mobilizing, OnIncident, Demobilizing };
  std::string id;
  UnitIndex unit{0U};
  std::vector<int> ordinals;  ///< which of the unit's count, ascending; the loader hands out free ones for a quantity
  AgreementIndex agreement{0U};
  std::optional<RequestIndex> request;
  AgencyIndex borrower{0U};
  std::optional<IncidentIndex> incident;
  Day depart;
  Day first_line_day;
  Day release;  ///< first day no longer at the incident: the day it leaves
  Day home;     ///< the day it arrives home; the loader adds the journey when the table gives none
  Status status = Status::OnIncident;
  bool recalled = false;  ///< `release` and `home` were brought forward by a recall
  /// Its days one by one, where a plan laid them out (docs/replan.md); empty: they follow from the dates above and the
  /// agreement. `request` and `incident` are then those of the first stint.
  std::vector<Stint> stints;
  Provenance from;
};

/// A stay that was announced: assigned to the line on each day of [first, last).
struct AnnouncedStay {
  RequestIndex request{0U};
  Day first;
  Day last;
  friend auto operator<=>(const AnnouncedStay&, const AnnouncedStay&) = default;
};

/// A deployment that an earlier plan announced and that has not begun (docs/model.md, section 5): so many units of the
/// row leave under the agreement for the line on `depart`, and come home from the last line on `home`. A plan may
/// differ, at a price.
struct Announcement {
  UnitIndex unit{0U};
  int quantity = 1;
  AgreementIndex agreement{0U};
  std::optional<RequestIndex> request;       ///< none: escorts of the borrower, whose change has no price
  std::optional<RequestIndex> last_request;  ///< from which it goes home
  AgencyIndex borrower{0U};                  ///< of `request`
  AgencyIndex last_borrower{0U};
  Day depart;
  Day home;
  bool firm = false;  ///< else it was announced as outlook
  /// As the earlier plan laid them out; none: a row of the table, which names no days at the lines.
  std::vector<AnnouncedStay> stays;
  Provenance from;
};

/// Where a journey ends: an incident, or an agency's own place for lines without one.
struct Destination {
  enum class What { Incident, Agency };
  What what = What::Incident;
  std::uint32_t index = 0;
  friend auto operator<=>(const Destination&, const Destination&) = default;
  static Destination incident(IncidentIndex i) { return {What::Incident, i.value()}; }
  static Destination agency(AgencyIndex a) { return {What::Agency, a.value()}; }
};

/// Journeys by (base, destination, kind, agreement), computed once by geo/ and kept with the scenario. Equal ones may
/// be one object: a season has more keys than journeys.
class TravelTable {
 public:
  struct Key {
    BaseIndex base{0U};
    Destination to;
    KindIndex kind{0U};
    AgreementIndex agreement{0U};
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  using Journey = std::shared_ptr<const geo::Itinerary>;  ///< never null in the table

  void set(const Key& key, geo::Itinerary itinerary) {
    share(key, std::make_shared<const geo::Itinerary>(std::move(itinerary)));
  }
  void share(const Key& key, Journey journey) { table_.insert_or_assign(key, std::move(journey)); }
  /// nullptr: there is no way, for example beyond the range of an aircraft.
  const geo::Itinerary* find(const Key& key) const noexcept {
    const auto it = table_.find(key);
    return it == table_.end() ? nullptr : it->second.get();
  }
  const std::map<Key, Journey>& all() const noexcept { return table_; }

  /// A move between two places of work (D8).
  struct Move {
    int days = 0;  ///< whole days; 0: within a day's shift
    geo::Distance ground;
    geo::Distance air;
    friend bool operator==(const Move&, const Move&) = default;
  };
  struct MoveKey {
    Destination from;
    Destination to;
    KindIndex kind{0U};
    friend auto operator<=>(const MoveKey&, const MoveKey&) = default;
  };
  void set_move(const MoveKey& key, const Move& move) { moves_[key] = move; }
  /// nullptr: there is no move. From a place to itself it takes no day and no distance, whether set or not.
  const Move* find_move(const MoveKey& key) const noexcept {
    static const Move kStay;
    if (key.from == key.to)
      return &kStay;
    const auto it = moves_.find(key);
    return it == moves_.end() ? nullptr : &it->second;
  }
  const std::map<MoveKey, Move>& moves() const noexcept { return moves_; }

 private:
  std::map<Key, Journey> table_;
  std::map<MoveKey, Move> moves_;
};

/// One file the scenario was made from.
struct InputFile {
  std::string file;  ///< relative to the scenario folder or the data directory
  std::string sha256;
  std::string as_of;  ///< as the scenario says, empty: not given
  std::string note;
};

/// A figure that another source gives differently; both stay, and the report says which was used.
struct SourceConflict {
  std::string subject;
  std::string used;
  std::string used_source;
  std::string other;
  std::string other_source;
};

/// What really happened, to set beside the plan in the report (history.csv of a scenario; optional).
struct HistoryFact {
  std::string what;       ///< key of a row that can be compared: "persons", "depart", "home", "line_days", or free text
  std::string agreement;  ///< agreement id or family the comparison is about
  std::string agency;     ///< lending agency_id
  std::string happened;
  std::string source;
};

/// All tables of a scenario, as plain data. Tests build one directly; loaders fill it from files.
struct ScenarioData {
  std::string id;
  std::string title;
  std::string time_zone = "UTC";
  Day as_of;  ///< the planning date: what the coordinator knows on this day
  Horizon horizon;
  KindCatalogue kinds;
  IndexedVector<AgencyIndex, Agency> agencies;
  IndexedVector<BaseIndex, Base> bases;
  IndexedVector<PoolIndex, Pool> pools;
  IndexedVector<UnitIndex, Unit> units;
  IndexedVector<IncidentIndex, Incident> incidents;
  IndexedVector<RequestIndex, Request> requests;
  IndexedVector<AgreementIndex, Agreement> agreements;
  std::vector<Offer> offers;
  std::vector<Response> responses;
  std::vector<RequestEvent> request_history;  ///< by request, then day, then as listed
  std::vector<Decision> decisions;
  std::vector<Consent> consents;
  std::vector<Recall> recalls;
  std::vector<Lift> lifts;
  std::vector<Commitment> commitments;
  std::vector<Announcement> announcements;
  Policy policy;
  TravelTable travel;
  std::vector<InputFile> inputs;
  std::vector<SourceConflict> conflicts;
  std::vector<HistoryFact> history;
  Assessment assessment;  ///< of the layers; empty where there are none
};

/// The checked, immutable problem. Everything downstream takes it by const reference.
class Scenario {
 public:
  /// Checks what no single table can: indices in range, ordinals within counts, horizons not empty. \throws InputError
  /// with every fault found; ContradictionError when one unit is committed to two places on one day.
  explicit Scenario(ScenarioData data);

  const ScenarioData& data() const noexcept { return data_; }
  const ScenarioData* operator->() const noexcept { return &data_; }

  /// Preparedness level of an agency on a day: its table, else the policy default.
  int level_on(AgencyIndex agency, Day day) const;
  /// Where the units of a request go.
  Destination destination_of(const Request& request) const;
  geo::LonLat point_of(Destination destination) const;
  /// Announcements about one roster row, ascending by agreement, line, borrower and day of departure.
  std::span<const Announcement> announcements_of(UnitIndex unit) const;
  /// Daily cost of one unit while away, in the scenario's currency.
  Money daily_cost_of(const Unit& unit) const;

 private:
  ScenarioData data_;
};

}  // namespace relevo::planner
