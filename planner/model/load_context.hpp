// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"
#include "planner/model/spelling.hpp"
#include "planner/model/table_schema.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace relevo::planner {

/// A commitment whose row leaves something for later: the journey tells its days, and free ordinals are handed out when
/// the days of all commitments are known.
struct OpenCommitment {
  std::size_t index = 0;  ///< in ScenarioData::commitments
  int quantity = 0;       ///< ordinals to hand out; 0: the row names its ordinal
  bool first_line_day_open = false;
  bool home_open = false;
  Place place;
};

/// An agency of data/reference/agencies.csv and the centre it orders through, by id.
struct ReferenceAgency {
  Agency agency;
  std::string centre;
};

}  // namespace relevo::planner

/// What the loaders of planner/model share; not for anybody else.
namespace relevo::planner::detail {

/// The published ids of one table and the records they stand for.
template <class IndexType>
class IdRegistry {
 public:
  /// Nothing as index: the record is there but faulty, so that references to it are no further fault.
  void add(const std::string& id, std::optional<IndexType> index) {
    if (index_of_.insert_or_assign(id, index).second)
      ids_.push_back(id);
  }
  bool knows(const std::string& id) const { return index_of_.contains(id); }
  std::optional<IndexType> find(const std::string& id) const {
    const auto it = index_of_.find(id);
    return it == index_of_.end() ? std::nullopt : it->second;
  }
  const std::vector<std::string>& ids() const noexcept { return ids_; }

  /// The table itself could not be read: nothing is known about its ids, and no reference is a fault.
  bool unreadable = false;

 private:
  std::map<std::string, std::optional<IndexType>> index_of_;
  std::vector<std::string> ids_;
};

/// Everything a loader reads from and writes to.
struct LoadContext {
  ScenarioData& data;
  Diagnostics& diagnostics;
  IdRegistry<AgencyIndex> agencies;
  IdRegistry<BaseIndex> bases;
  IdRegistry<PoolIndex> pools;
  IdRegistry<UnitIndex> units;
  IdRegistry<IncidentIndex> incidents;
  IdRegistry<RequestIndex> requests;
  /// Rows of data/reference/agencies.csv, taken over when something refers to them.
  std::map<std::string, Record> reference_agencies;
  std::vector<RequestIndex> automatic_priorities;
  std::vector<OpenCommitment> open_commitments;
  bool agreements_unreadable = false;
};

/// A reference of `table` that leads nowhere: reported, with the id it probably means.
void report_unknown_reference(LoadContext& context, Record& record, std::string_view column, std::string_view table,
                              const std::vector<std::string>& known);

/// The record a reference cell means. Nothing for an empty cell, and for an unknown id, which is reported.
template <class IndexType>
std::optional<IndexType> resolve(LoadContext& context, Record& record, std::string_view column, std::string_view table,
                                 const IdRegistry<IndexType>& registry) {
  const auto id = record.text(column);
  if (id.empty())
    return std::nullopt;
  if (const auto index = registry.find(id))
    return index;
  if (registry.knows(id) || registry.unreadable)
    record.invalidate();
  else
    report_unknown_reference(context, record, column, table, registry.ids());
  return std::nullopt;
}

/// The same for agencies, which may come from the reference list.
std::optional<AgencyIndex> resolve_agency(LoadContext& context, Record& record, std::string_view column);
/// By id, for agreements; nothing when nobody knows it.
std::optional<AgencyIndex> find_agency(LoadContext& context, const std::string& id);

/// A kind and type as a row names them, aliases understood.
struct KindAndType {
  KindIndex kind{0U};
  std::string type;
  int rank = 1;
};

/// What an empty type cell means: the only type there is and nothing else; the least capable one; any.
enum class EmptyType { OnlyOne, Lowest, Any };
std::optional<KindAndType> resolve_kind(LoadContext& context, Record& record, EmptyType empty_type);

/// "low" ... "extreme"; nothing for an empty cell.
std::optional<FireBehaviour> fire_behaviour_of(const std::string& word);

/// The agreement with the id, or of the family in force on the day.
std::optional<AgreementIndex> resolve_agreement(LoadContext& context, Record& record, std::string_view column, Day day);
/// The channel a row restricts itself to; an unknown one is reported.
std::string checked_channel(LoadContext& context, Record& record, std::string_view column);

/// The days from `from` to `to`, both inclusive in the table; an empty cell leaves that end open. Reported when `to` is
/// before `from`.
DayInterval interval_of(LoadContext& context, Record& record, std::string_view from, std::string_view to);

/// An amount in the policy's currency; nothing for an empty cell, and for a currency without a rate, which is reported.
std::optional<Money> money_of(LoadContext& context, Record& record, std::string_view amount_column,
                              std::string_view currency_column);

/// Sorted, without repetitions.
std::vector<std::string> sorted_words(std::vector<std::string> words);
/// The same, each a language code of two small letters; others are reported.
std::vector<std::string> checked_languages(LoadContext& context, Record& record, std::string_view column);

Provenance provenance_of(const Record& record);

// One table each: its columns, and what its records become.
const TableSpec& agencies_table();
std::vector<ReferenceAgency> reference_agencies(const std::vector<Record>& records, LoadContext& context);
void index_reference_agencies(std::vector<Record>& records, LoadContext& context);
void load_agencies(std::vector<Record>& records, LoadContext& context);
const TableSpec& preparedness_table();
void load_preparedness(std::vector<Record>& records, LoadContext& context);
const TableSpec& bases_table();
void load_bases(std::vector<Record>& records, LoadContext& context);
const TableSpec& pools_table();
void load_pools(std::vector<Record>& records, LoadContext& context);
const TableSpec& units_table();
void load_units(std::vector<Record>& records, LoadContext& context);
const TableSpec& incidents_table();
void load_incidents(std::vector<Record>& records, LoadContext& context);
const TableSpec& incident_areas_table();
void load_incident_areas(std::vector<Record>& records, LoadContext& context);
const TableSpec& requests_table();
void load_requests(std::vector<Record>& records, LoadContext& context);
const TableSpec& offers_table();
void load_offers(std::vector<Record>& records, LoadContext& context);
const TableSpec& responses_table();
void load_responses(std::vector<Record>& records, LoadContext& context);
const TableSpec& request_history_table();
void load_request_history(std::vector<Record>& records, LoadContext& context);
const TableSpec& decisions_table();
void load_decisions(std::vector<Record>& records, LoadContext& context);
const TableSpec& unavailable_table();
void load_unavailable(std::vector<Record>& records, LoadContext& context);
const TableSpec& consents_table();
void load_consents(std::vector<Record>& records, LoadContext& context);
const TableSpec& recalls_table();
void load_recalls(std::vector<Record>& records, LoadContext& context);
const TableSpec& lifts_table();
void load_lifts(std::vector<Record>& records, LoadContext& context);
const TableSpec& commitments_table();
void load_commitments(std::vector<Record>& records, LoadContext& context);
const TableSpec& announcements_table();
void load_announcements(std::vector<Record>& records, LoadContext& context);
const TableSpec& conflicts_table();
void load_conflicts(std::vector<Record>& records, LoadContext& context);
const TableSpec& history_table();
void load_history(std::vector<Record>& records, LoadContext& context);

/// Geometries of perimeters.geojson, by the property incident_id.
void load_perimeters(const std::string& text, const std::string& shown_name, LoadContext& context);

}  // namespace relevo::planner::detail
