// SPDX-License-Identifier: MIT
#include "cli/plan_table.hpp"

#include "cli/plan_table_ordinals.hpp"
#include "cli/report/plan_words.hpp"
#include "planner/check/parties.hpp"
#include "planner/check/restate.hpp"
#include "planner/model/spelling.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace relevo::cli {

namespace {

using planner::AgencyIndex;
using planner::Agreement;
using planner::AgreementIndex;
using planner::Assignment;
using planner::Day;
using planner::Days;
using planner::Destination;
using planner::Diagnostics;
using planner::EscortTerms;
using planner::InputError;
using planner::Kind;
using planner::Plan;
using planner::Record;
using planner::RequestIndex;
using planner::Scenario;
using planner::ScenarioData;
using planner::Severity;
using planner::Stint;
using planner::TourTerms;
using planner::Unit;
using planner::UnitIndex;

/// One row, understood.
struct Row {
  Record* record = nullptr;
  UnitIndex unit{0U};
  int ordinal = kOpenOrdinal;
  int quantity = 1;
  std::optional<RequestIndex> request;
  std::optional<EscortTerms::Role> escort;
  bool accompanies = false;  ///< an escort whose row names the line of those whom it accompanies
  AgencyIndex borrower{0U};
  AgreementIndex agreement{0U};
  Day depart;
  std::optional<Day> first_line_day;
};

template <class IndexType, class Table>
std::optional<IndexType> find_id(const Table& table, const std::string& id) {
  for (const IndexType index : table.indices())
    if (table[index].id == id)
      return index;
  return std::nullopt;
}

template <class Table>
std::vector<std::string> ids_of(const Table& table) {
  std::vector<std::string> ids;
  for (const auto& record : table)
    ids.push_back(record.id);
  return ids;
}

class TableReader {
 public:
  TableReader(const Scenario& scenario, Diagnostics& diagnostics) : data_(scenario.data()), diagnostics_(diagnostics) {}

  void read(std::vector<Record>& records, Plan& plan) {
    for (Record& record : records)
      if (record.text("commitment") != "yes")
        if (auto rows = rows_of(record); !rows.empty())
          append(std::move(rows));
    for (auto& rows : deployments_)
      add_deployment(rows, plan);
  }

 private:
  /// Stays of one deployment, or the beginning of another one. Without ordinal a row goes on with the deployment of its
  /// unit and day only where it says when: two rows alike are two units.
  void append(std::vector<Row> rows) {
    const Row& first = rows.front();
    const auto [it, is_new] = latest_.try_emplace({first.unit, first.ordinal, first.depart}, deployments_.size());
    if (!is_new && (first.ordinal != kOpenOrdinal || goes_on(first, deployments_[it->second]))) {
      auto& known = deployments_[it->second];
      known.insert(known.end(), rows.begin(), rows.end());
      return;
    }
    it->second = deployments_.size();
    deployments_.push_back(std::move(rows));
  }

  static bool goes_on(const Row& row, const std::vector<Row>& deployment) {
    return row.first_line_day && !row.record->has("stays") && !row.record->has("quantity") &&
           std::ranges::find(deployment, row.first_line_day, &Row::first_line_day) == deployment.end();
  }

  void fault(Record& record, std::string_view column, const std::string& rule, planner::MessageArgs args = {}) {
    record.report(diagnostics_, Severity::Error, column, rule, std::move(args));
  }

  template <class IndexType, class Table>
  std::optional<IndexType> reference(Record& record, std::string_view column, std::string_view name,
                                     const Table& table) {
    return reference<IndexType>(record, column, record.text(column), name, table);
  }

  template <class IndexType, class Table>
  std::optional<IndexType> reference(Record& record, std::string_view column, const std::string& id,
                                     std::string_view name, const Table& table) {
    const auto found = find_id<IndexType>(table, id);
    if (!found && !id.empty()) {
      diagnostics_.add(planner::make_diagnostic_with_suggestion(
          Severity::Error, record.place(column), id, "table.reference", planner::closest_word(id, ids_of(table)),
          {{"table", std::string(name)}}));
      record.invalidate();
    }
    return found;
  }

  /// "QC-2:2023-06-28" is a stay at QC-2 whose first line day is 28 June.
  std::optional<Row> stay_of(Record& record, const std::string& part) {
    const auto colon = part.rfind(':');
    const auto first = colon == std::string::npos ? std::nullopt : planner::parse_day(part.substr(colon + 1));
    if (!first) {
      fault(record, "stays", "plan_table.stays", {{"part", part}});
      return std::nullopt;
    }
    Row row{.record = &record, .first_line_day = first};
    row.request = reference<RequestIndex>(record, "stays", part.substr(0, colon), "requests", data_.requests);
    return row;
  }

  /// One stay, or those that the row lists.
  std::vector<Row> rows_of(Record& record) {
    std::vector<std::optional<Row>> stays;
    for (const std::string& part : record.list("stays"))
      stays.push_back(stay_of(record, part));
    if (stays.empty()) {
      Row row{.record = &record, .first_line_day = record.day("first_line_day")};
      row.request = reference<RequestIndex>(record, "request_id", "requests", data_.requests);
      stays.emplace_back(row);
    }
    std::vector<Row> rows;
    for (const auto& stay : stays)
      if (const auto row = stay ? completed(*stay) : std::nullopt)
        rows.push_back(*row);
    return record.valid() ? rows : std::vector<Row>{};
  }

  std::optional<Row> completed(Row row) {
    Record& record = *row.record;
    const auto unit = reference<UnitIndex>(record, "unit_id", "units", data_.units);
    const auto borrower = reference<AgencyIndex>(record, "borrower", "agencies", data_.agencies);
    row.escort = enum_of<EscortTerms::Role>(record.text("escort"));
    row.ordinal = record.integer("ordinal").value_or(kOpenOrdinal);
    row.quantity = record.integer("quantity").value_or(1);
    const auto depart = record.day("depart");
    if (record.has("ordinal") && record.has("quantity"))
      fault(record, "quantity", "commitment.ordinal_and_quantity");
    if (!record.valid() || !unit || !depart)
      return std::nullopt;
    row.unit = *unit;
    row.depart = *depart;
    if (row.request && !row.escort)
      make_escort_where_meant(row);
    if (row.request.has_value() == row.escort.has_value()) {
      fault(record, "request_id", "plan_table.request");
      return std::nullopt;
    }
    if (row.request)
      row.borrower = data_.requests[*row.request].borrower;
    else if (borrower)
      row.borrower = *borrower;
    else if (!row.accompanies)
      fault(record, "borrower", "plan_table.borrower");
    if (const auto agreement = record.valid() ? agreement_of(row) : std::nullopt)
      row.agreement = *agreement;
    return record.valid() ? std::optional(row) : std::nullopt;
  }

  /// Whose kind is no resource of the line, but that of an escort under an agreement by which it could go, accompanies
  /// those who serve the line.
  void make_escort_where_meant(Row& row) const {
    const Unit& unit = data_.units[row.unit];
    const auto& request = data_.requests[*row.request];
    if (unit.kind == request.kind)
      return;
    for (const Agreement& agreement : data_.agreements)
      for (const EscortTerms& term : agreement.escorts)
        if (term.kind == data_.kinds.kinds[unit.kind].id && term.supply == EscortTerms::Supply::Roster &&
            planner::checking::may_lend(data_, agreement, unit.agency, request.borrower)) {
          row.escort = term.role;
          row.accompanies = true;
          row.borrower = request.borrower;
          row.request.reset();
          return;
        }
  }

  bool is_meant(const Agreement& agreement, const Row& row) const {
    const Unit& unit = data_.units[row.unit];
    const std::string& kind = data_.kinds.kinds[unit.kind].id;
    const bool is_covered =
        row.escort ? std::ranges::find(agreement.escorts, kind, &EscortTerms::kind) != agreement.escorts.end()
                   : agreement.kinds.empty() || std::ranges::find(agreement.kinds, kind) != agreement.kinds.end();
    return is_covered && agreement.own_forces == (unit.agency == row.borrower) &&
           agreement.in_force.contains(row.depart) &&
           planner::checking::may_lend(data_, agreement, unit.agency, row.borrower);
  }

  /// The one named; else the only one under which the unit could go that day.
  std::optional<AgreementIndex> agreement_of(Row& row) {
    if (row.record->has("agreement"))
      return reference<AgreementIndex>(*row.record, "agreement", "agreements", data_.agreements);
    std::vector<AgreementIndex> meant;
    std::vector<std::string> names;
    for (const AgreementIndex index : data_.agreements.indices())
      if (is_meant(data_.agreements[index], row)) {
        meant.push_back(index);
        names.push_back(data_.agreements[index].id);
      }
    if (meant.size() == 1)
      return meant.front();
    fault(*row.record, "agreement", meant.empty() ? "plan_table.no_agreement" : "plan_table.agreements",
          {{"known", fmt::format("{}", fmt::join(names, ", "))}, {"unit", data_.units[row.unit].id}});
    return std::nullopt;
  }

  Destination destination_of(const Row& row) const {
    if (row.request && data_.requests[*row.request].incident)
      return Destination::incident(*data_.requests[*row.request].incident);
    return Destination::agency(row.borrower);
  }

  const geo::Itinerary* journey_of(const Row& row, AgreementIndex agreement) const {
    const Unit& unit = data_.units[row.unit];
    return data_.travel.find({unit.base, destination_of(row), unit.kind, agreement});
  }

  int move_days(const Row& from, const Row& to) const {
    const auto* move = data_.travel.find_move({destination_of(from), destination_of(to), data_.units[from.unit].kind});
    return move == nullptr || from.request == to.request ? 0 : move->days;
  }

  void add_range(Record& record, const std::string& part, std::set<Day>& off) {
    const auto dots = part.find("..");
    const auto first = planner::parse_day(part.substr(0, dots));
    const auto last = dots == std::string::npos ? first : planner::parse_day(part.substr(dots + 2));
    if (!first || !last || *last < *first) {
      fault(record, "days_off_on", "plan_table.days_off");
      return;
    }
    for (Day day = *first; day <= *last; day += Days{1})
      off.insert(day);
  }

  /// Days that rows list, one by one or as "2016-06-19..2016-06-21"; nothing where all leave it to the agreement.
  std::optional<std::set<Day>> listed_days_off(std::vector<Row>& rows) {
    std::optional<std::set<Day>> off;
    for (Row& row : rows)
      for (const std::string& part : row.record->list("days_off_on")) {
        if (!off)
          off.emplace();
        if (part != "none")
          add_range(*row.record, part, *off);
      }
    return off;
  }

  /// After as many duty days as a tour has, the days off of the agreement, while it allows another tour.
  std::set<Day> days_off_by_agreement(const Row& row, Day first, Day last) const {
    const TourTerms& tour = data_.agreements[row.agreement].tour;
    const Kind& kind = data_.kinds.kinds[data_.units[row.unit].kind];
    std::set<Day> off;
    if (!kind.crewed || kind.relieved || tour.days_off_in_place.value <= 0)
      return off;
    Day next = first + Days{tour.max_line_days.value};
    for (int number = 1; number < tour.max_tours.value && next <= last; ++number) {
      for (int i = 0; i < tour.days_off_in_place.value && next <= last; ++i, next += Days{1})
        off.insert(next);
      next += Days{tour.max_line_days.value};
    }
    return off;
  }

  /// First line day of every stay; false where a later one leaves it open or they are not in order.
  bool set_first_days(std::vector<Row>& rows, int shadow) {
    Row& first = rows.front();
    if (!first.first_line_day) {
      const auto* out = journey_of(first, first.agreement);
      const Kind& kind = data_.kinds.kinds[data_.units[first.unit].kind];
      const int orientation = kind.crewed ? data_.agreements[first.agreement].tour.orientation_days.value : 0;
      first.first_line_day = first.depart + Days{(out == nullptr ? 0 : out->days) + orientation + shadow};
    }
    for (std::size_t i = 1; i < rows.size(); ++i)
      if (!rows[i].first_line_day || *rows[i].first_line_day <= *rows[i - 1].first_line_day) {
        fault(*rows[i].record, "first_line_day", "plan_table.stay");
        return false;
      }
    return true;
  }

  void fill_stints(const std::vector<Row>& rows, const std::set<Day>& off, Day last, int shadow, Assignment& a) {
    a.stints.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Row& row = rows[i];
      Stint& stint = a.stints[i];
      stint.request = row.request;
      if (row.request)
        stint.incident = data_.requests[*row.request].incident;
      Day end = last;
      if (i + 1 < rows.size()) {
        end = *rows[i + 1].first_line_day - Days{1};
        const int days = off.contains(end) ? 0 : move_days(row, rows[i + 1]);
        for (int n = days; n > 0; --n)
          a.stints[i + 1].move_days.push_back(end - Days{n - 1});
        end -= Days{days};
      }
      for (Day day = *row.first_line_day; day <= end; day += Days{1})
        (off.contains(day) ? stint.days_off : stint.line_days).push_back(day);
    }
    if (shadow > 0)
      a.stints.front().shadow_days.push_back(*rows.front().first_line_day - Days{1});
  }

  /// Only the first row of a deployment needs its release, and its return where it is not that of the journey.
  void add_deployment(std::vector<Row>& rows, Plan& plan) {
    const auto by_first_day = [](const Row& row) { return row.first_line_day.value_or(row.depart); };
    std::ranges::stable_sort(rows, {}, by_first_day);
    Row& first = rows.front();
    Record& record = *first.record;
    const auto release = record.day("release");
    const int shadow = record.integer("shadow_days").value_or(0);
    if (!release || !set_first_days(rows, shadow))
      return;
    Assignment a{.id = record.text("assignment_id"), .unit = first.unit, .ordinal = first.ordinal, .class_id = -1};
    a.borrower = first.borrower;
    a.agreement = first.agreement;
    a.escort = first.escort;
    a.depart = a.arrive = first.depart;
    const auto* back = journey_of(rows.back(), first.agreement);
    const int days_home = back == nullptr ? 1 : back->days;
    const Day last = *release - Days{days_home == 0 ? 0 : 1};
    a.release = *release;
    a.home = record.day("home").value_or(*release + Days{std::max(days_home, 1) - 1});
    if (last < *rows.back().first_line_day || a.home < a.release || *first.first_line_day < first.depart) {
      fault(record, a.home < a.release ? "home" : "release", "plan_table.date_order");
      return;
    }
    auto off = listed_days_off(rows);
    if (!off)
      off = days_off_by_agreement(first, *first.first_line_day - Days{shadow}, last);
    fill_stints(rows, *off, last, shadow, a);
    plan.assignments.insert(plan.assignments.end(), static_cast<std::size_t>(first.quantity), a);
    for (int i = 1; i < first.quantity; ++i)
      plan.assignments[plan.assignments.size() - static_cast<std::size_t>(i)].id.clear();
  }

  const ScenarioData& data_;
  Diagnostics& diagnostics_;
  std::vector<std::vector<Row>> deployments_;                      ///< rows, in the order of the table
  std::map<std::tuple<UnitIndex, int, Day>, std::size_t> latest_;  ///< in deployments_
};

}  // namespace

Plan read_plan_table(const geo::Table& table, const Scenario& scenario) {
  Diagnostics diagnostics;
  std::vector<Record> records = planner::read_records(table, plan_table(), diagnostics);
  Plan plan;
  plan.name = "plan";
  TableReader(scenario, diagnostics).read(records, plan);
  if (diagnostics.has_errors())
    throw InputError(std::move(diagnostics));
  add_commitments(scenario, plan);
  set_open_ordinals(scenario.data(), plan.assignments);
  restate(scenario, plan);
  return plan;
}

}  // namespace relevo::cli
