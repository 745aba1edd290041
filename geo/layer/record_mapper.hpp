// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/position.hpp"
#include "geo/layer/profile.hpp"
#include "geo/layer/reader.hpp"
#include "geo/layer/reason_counter.hpp"
#include "geo/layer/record_source.hpp"
#include "geo/layer/theme_fields.hpp"
#include "geo/layer/time_text.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relevo::geo {

/// Turns the cells of a record into key, name, times, fields and attributes, by a profile bound to the columns of one
/// source. Traps that it meets are counted. Geometry is not its business, but for coordinates in columns.
class RecordMapper {
 public:
  /// \throws LayerError "column_missing" where `request.fields` names a column that is not there
  RecordMapper(const Profile& profile, const SourceHead& head, const LayerRequest& request, ReasonCounter& reasons);

  /// All of the feature but its shape.
  void map(const SourceRecord& record, LayerFeature& feature);

  bool has_coordinates() const noexcept { return lon_ && lat_; }
  bool has_versions() const noexcept { return from_.has_value() || to_.has_value(); }
  /// The point that the columns give, as written: not yet settled, nor brought into another reference system.
  Position position(const SourceRecord& record) const;
  /// False for a row that was not yet or is no longer valid at `as_of`.
  bool is_valid_at(const SourceRecord& record, Instant as_of) const;
  /// When a versioned row begins to hold.
  std::optional<Instant> version_start(const SourceRecord& record) const;
  /// A row under the header that gives units instead of values.
  bool is_units_row(const SourceRecord& record) const;
  /// Our fields, and lat, lon, time, until, key and name -> the source's columns.
  const std::map<std::string, std::string>& field_of() const noexcept { return field_of_; }

 private:
  struct BoundRule {
    std::vector<std::size_t> columns;  ///< the first that has a value counts
    FieldRule rule;
  };
  struct BoundField {
    std::string name;
    ThemeField::Type type = ThemeField::Type::Text;
    std::vector<BoundRule> rules;
  };
  struct BoundTime {
    std::vector<std::size_t> columns;
    std::optional<std::size_t> zone;
    std::optional<std::size_t> year;
    DateOrder order = DateOrder::Unknown;
  };

  struct KeyPart {
    enum Kind { Column, Time, Year };
    Kind kind;
    std::size_t column;
  };

  void bind_fields(const ColumnFinder& finder);
  void bind_requested(const ColumnFinder& finder, const LayerRequest& request);
  void require_field(const std::string& field, std::size_t column);
  std::vector<BoundTime> bind_times(const std::vector<TimeRule>& rules, const ColumnFinder& finder,
                                    const std::string& field);
  void prepare_attributes();

  std::string_view cell(const SourceRecord& record, std::size_t column) const noexcept;
  std::optional<Instant> time_of(const SourceRecord& record, const std::vector<BoundTime>& rules);
  std::optional<Instant> time_by(const SourceRecord& record, const BoundTime& rule, bool& is_blank);
  std::optional<Instant> single_time(const SourceRecord& record, const BoundTime& rule, std::string_view text);
  std::optional<Instant> day_of(std::string_view text, const BoundTime& rule);
  Instant in_utc(const SourceRecord& record, const BoundTime& rule, ParsedInstant parsed);
  std::optional<FieldValue> value_of(const SourceRecord& record, const BoundField& field);
  std::optional<FieldValue> value_by(const BoundRule& rule, ThemeField::Type type, std::string_view text,
                                     std::uint64_t number);
  std::optional<FieldValue> number_by(const FieldRule& rule, std::string_view text, std::uint64_t number);
  std::optional<FieldValue> text_by(const FieldRule& rule, std::string_view text, std::uint64_t number);
  std::string key_of(const SourceRecord& record, const LayerFeature& feature) const;
  void write_attributes(const SourceRecord& record, std::string& json) const;

  const Profile& profile_;
  const SourceHead& head_;
  ReasonCounter& reasons_;
  /// What the column says, with the minutes and seconds beside it; a blank degree stays blank.
  std::string_view degrees(const SourceRecord& record, std::size_t column,
                           const std::array<std::optional<std::size_t>, 2>& parts, std::string& joined) const;

  std::optional<std::size_t> lat_, lon_, name_, from_, to_;
  std::array<std::optional<std::size_t>, 2> lat_parts_, lon_parts_;  ///< minutes, seconds
  std::vector<KeyPart> key_;
  std::vector<BoundTime> time_, until_;
  std::vector<BoundField> fields_;
  std::map<std::string, std::string> field_of_;
  std::vector<std::string> openings_;  ///< "\"name\":" of each column
  std::size_t attributes_size_ = 0;
  std::string last_day_text_;
  std::optional<Instant> last_day_;
};

/// Appends text as a JSON string with its quotes; bytes that are no UTF-8 must not be in it.
void append_json_string(std::string_view text, std::string& json);

}  // namespace relevo::geo
