// SPDX-License-Identifier: MIT
#include "geo/layer/record_mapper.hpp"

#include "geo/layer/value_text.hpp"
#include "geo/layer/wire_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <tuple>

namespace relevo::geo {

namespace {

/// Texts that programs write where there is no value. "NA" is none of them: it is a basin.
bool is_no_value(std::string_view text) noexcept {
  if (text.empty())
    return true;
  if (text.size() > 6 || text.find_first_of("nN-\\<") != 0)
    return false;
  constexpr std::array<std::string_view, 9> kWords = {"null", "NULL", "Null", "n/a", "N/A", "None", "--", "\\N", "-"};
  return std::find(kWords.begin(), kWords.end(), text) != kWords.end() || text == "<Null>";
}

bool is_not_finite(std::string_view text) {
  const std::string word = plain_word(text);
  return word == "inf" || word == "nan" || word == "infinity";
}

/// Fill values of every format.
bool is_fill(double value) noexcept {
  return value == -999.0 || value == -9999.0 || value == -99999.0 || std::abs(value) > 1e30;
}

bool is_in(const std::vector<double>& list, double value) noexcept {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// "94_contained" without the ending "contained" is "94".
std::optional<double> number_before(const std::string& word, const std::string& ending) {
  if (ending.empty() || !word.ends_with(ending))
    return std::nullopt;
  std::string text = word.substr(0, word.size() - ending.size());
  while (text.ends_with('_'))
    text.pop_back();
  std::replace(text.begin(), text.end(), '_', '.');
  const auto number = parse_number(text);
  return number ? std::optional(number->value) : std::nullopt;
}

std::string class_of(const std::vector<std::pair<double, std::string>>& classes, double value) {
  std::string word;
  for (const auto& [bound, name] : classes) {
    if (value >= bound)
      word = name;
  }
  return word;
}

std::string joined(const std::vector<SourceColumn>& columns, const std::vector<std::size_t>& indices) {
  std::string text;
  for (const std::size_t index : indices)
    text += (text.empty() ? "" : ", ") + columns[index].name;
  return text;
}

SourceShape shape_of(const SourceHead& head) {
  SourceShape shape;
  for (const auto& column : head.columns)
    shape.columns.push_back(column.name);
  shape.has_short_names = head.has_short_names;
  return shape;
}

/// One that the reading end takes: not too deep, no number beyond a double.
bool is_json_value(std::string_view text) {
  return is_json_object("{\"a\":" + std::string(text) + "}");
}

bool is_json_number(std::string_view text) noexcept {
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  return first < text.size() && text[first] >= '0' && text[first] <= '9';
}

}  // namespace

void append_json_string(std::string_view text, std::string& json) {
  constexpr std::string_view kHex = "0123456789abcdef";
  json.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      json.push_back('\\');
      json.push_back(c);
    } else if (c == '\n') {
      json.append("\\n");
    } else if (byte < 0x20) {
      json.append("\\u00");
      json.push_back(kHex[byte >> 4U]);
      json.push_back(kHex[byte & 15U]);
    } else {
      json.push_back(c);
    }
  }
  json.push_back('"');
}

RecordMapper::RecordMapper(const Profile& profile, const SourceHead& head, const LayerRequest& request,
                           ReasonCounter& reasons)
    : profile_(profile), head_(head), reasons_(reasons) {
  const ColumnFinder finder(shape_of(head), profile.match.prefixes);
  lat_ = finder.find(profile.coordinates.lat);
  lon_ = finder.find(profile.coordinates.lon);
  lat_parts_ = {finder.find(profile.coordinates.lat_minutes), finder.find(profile.coordinates.lat_seconds)};
  lon_parts_ = {finder.find(profile.coordinates.lon_minutes), finder.find(profile.coordinates.lon_seconds)};
  name_ = finder.find(profile.name);
  from_ = finder.find(profile.valid_from);
  to_ = finder.find(profile.valid_to);
  for (const auto& names : profile.key) {
    const auto column = finder.find(names);
    if (names == ColumnNames{"@time"})
      key_.push_back({KeyPart::Time, 0});
    else if (names == ColumnNames{"@year"})
      key_.push_back({KeyPart::Year, 0});
    else if (column)
      key_.push_back({KeyPart::Column, *column});
  }
  time_ = bind_times(profile.time, finder, "time");
  until_ = bind_times(profile.until, finder, "until");
  bind_fields(finder);
  bind_requested(finder, request);
  const auto note = [&](const char* field, const std::optional<std::size_t>& column) {
    if (column)
      field_of_[field] = head_.columns[*column].name;
  };
  const auto note_degrees = [&](const char* field, const std::optional<std::size_t>& column, const auto& parts) {
    note(field, column);
    for (const auto& part : parts) {
      if (column && part)
        field_of_[field] += ", " + head_.columns[*part].name;
    }
  };
  note_degrees("lat", lat_, lat_parts_);
  note_degrees("lon", lon_, lon_parts_);
  note("name", name_);
  std::vector<std::size_t> key_columns;
  for (const auto& part : key_) {
    if (part.kind == KeyPart::Column)
      key_columns.push_back(part.column);
  }
  if (!key_columns.empty())
    field_of_["key"] = joined(head_.columns, key_columns);
  prepare_attributes();
}

void RecordMapper::bind_fields(const ColumnFinder& finder) {
  for (const auto& field : fields_of(profile_.theme)) {
    BoundField bound{std::string(field.name), field.type, {}};
    for (const auto& rule : profile_.fields) {
      if (rule.field != field.name)
        continue;
      std::vector<std::size_t> columns;
      for (const auto& name : rule.columns) {
        const auto column = finder.find(name);
        if (column && std::find(columns.begin(), columns.end(), *column) == columns.end())
          columns.push_back(*column);
      }
      if (!columns.empty())
        bound.rules.push_back({std::move(columns), rule});
    }
    if (bound.rules.empty())
      continue;
    field_of_[bound.name] = head_.columns[bound.rules.front().columns.front()].name;
    fields_.push_back(std::move(bound));
  }
}

void RecordMapper::bind_requested(const ColumnFinder& finder, const LayerRequest& request) {
  for (const auto& [field, name] : request.fields) {
    const auto column = finder.find(plain_word(name));
    if (!column)
      throw LayerError(request.shown_name, 0, "column_missing", {{"column", name}, {"field", field}});
    if (field == "lat")
      std::tie(lat_, lat_parts_) = std::tuple(column, std::array<std::optional<std::size_t>, 2>());
    else if (field == "lon")
      std::tie(lon_, lon_parts_) = std::tuple(column, std::array<std::optional<std::size_t>, 2>());
    else if (field == "name")
      name_ = column;
    else if (field == "key")
      key_ = {{KeyPart::Column, *column}};
    else if (field == "time" || field == "until")
      (field == "time" ? time_ : until_).insert((field == "time" ? time_ : until_).begin(), {{*column}, {}, {}, {}});
    else if (field != "geometry")
      require_field(field, *column);
    field_of_[field] = head_.columns[*column].name;
  }
}

/// Puts a column in front of what the profile knows of the field; a field that the theme does not have is kept as text.
void RecordMapper::require_field(const std::string& field, std::size_t column) {
  auto it = std::find_if(fields_.begin(), fields_.end(), [&](const BoundField& bound) { return bound.name == field; });
  if (it == fields_.end()) {
    ThemeField::Type type = ThemeField::Type::Text;
    for (const auto& known : fields_of(profile_.theme)) {
      if (known.name == field)
        type = known.type;
    }
    it = fields_.insert(fields_.end(), {field, type, {}});
  }
  FieldRule rule;
  const auto known = std::find_if(profile_.fields.begin(), profile_.fields.end(),
                                  [&](const FieldRule& candidate) { return candidate.field == field; });
  if (known != profile_.fields.end())
    rule = *known;
  rule.factor = 1.0;
  it->rules.insert(it->rules.begin(), {{column}, std::move(rule)});
}

std::vector<RecordMapper::BoundTime> RecordMapper::bind_times(const std::vector<TimeRule>& rules,
                                                              const ColumnFinder& finder, const std::string& field) {
  std::vector<BoundTime> bound;
  for (const auto& rule : rules) {
    BoundTime time{{}, finder.find(rule.zone), finder.find(rule.year), rule.order};
    for (const auto& names : rule.columns) {
      if (const auto column = finder.find(names))
        time.columns.push_back(*column);
    }
    const bool is_whole = time.columns.size() == rule.columns.size();
    if (!is_whole)
      continue;
    field_of_.emplace(field, joined(head_.columns, time.columns));
    bound.push_back(std::move(time));
  }
  return bound;
}

void RecordMapper::prepare_attributes() {
  for (const auto& column : head_.columns) {
    std::string opening;
    if (!column.name.starts_with('@')) {
      append_json_string(column.name, opening);
      opening.push_back(':');
    }
    openings_.push_back(std::move(opening));
  }
}

std::string_view RecordMapper::cell(const SourceRecord& record, std::size_t column) const noexcept {
  return column < record.cells.size() ? trim(record.cells[column]) : std::string_view();
}

void RecordMapper::map(const SourceRecord& record, LayerFeature& feature) {
  feature.record = record.number;
  feature.time = time_of(record, time_);
  feature.until = time_of(record, until_);
  if (name_) {
    const std::string_view name = cell(record, *name_);
    if (!is_no_value(name))
      feature.name.assign(name);
  }
  feature.key = key_of(record, feature);
  feature.fields.reserve(fields_.size());
  for (const BoundField& field : fields_) {
    if (auto value = value_of(record, field))
      feature.fields.emplace_back(field.name, *std::move(value));
  }
  feature.attributes.reserve(attributes_size_);
  write_attributes(record, feature.attributes);
  attributes_size_ = std::max(attributes_size_, std::min<std::size_t>(feature.attributes.size(), 4096));
}

std::string RecordMapper::key_of(const SourceRecord& record, const LayerFeature& feature) const {
  std::string key;
  for (const auto& [kind, column] : key_) {
    std::string part;
    if (kind == KeyPart::Column)
      part.assign(cell(record, column));
    else if (feature.time)
      part = iso_text(*feature.time).substr(0, kind == KeyPart::Year ? 4 : std::string::npos);
    if (is_no_value(part))
      return {};  // a key that is not whole would join different things
    key += (key.empty() ? "" : "/") + part;
  }
  return key;
}

void RecordMapper::write_attributes(const SourceRecord& record, std::string& json) const {
  json.push_back('{');
  bool is_first = true;
  for (std::size_t i = 0; i < openings_.size(); ++i) {
    if (openings_[i].empty())
      continue;
    if (!std::exchange(is_first, false))
      json.push_back(',');
    json.append(openings_[i]);
    const std::string_view text = i < record.cells.size() ? record.cells[i] : std::string_view();
    const CellKind kind = head_.columns[i].kind;
    const bool is_raw =
        (kind == CellKind::Number && is_json_number(text)) || (kind == CellKind::Json && is_json_value(text));
    if (text.data() == nullptr)
      json.append("null");
    else if (is_raw)
      json.append(text);
    else
      append_json_string(text, json);
  }
  for (std::size_t i = openings_.size(); i < record.cells.size(); ++i) {
    if (trim(record.cells[i]).empty())
      continue;
    json.append(json.size() > 1 ? ",\"column " : "\"column ").append(std::to_string(i + 1)).append("\":");
    append_json_string(record.cells[i], json);
  }
  json.push_back('}');
}

std::optional<Instant> RecordMapper::time_of(const SourceRecord& record, const std::vector<BoundTime>& rules) {
  bool is_blank = true;
  for (const BoundTime& rule : rules) {
    if (const auto time = time_by(record, rule, is_blank))
      return time;
  }
  if (!is_blank)
    reasons_.count("time_unreadable", record.number);
  return std::nullopt;
}

std::optional<Instant> RecordMapper::time_by(const SourceRecord& record, const BoundTime& rule, bool& is_blank) {
  const std::string_view first = cell(record, rule.columns[0]);
  const bool is_nothing = is_no_value(first) || first == "0" || first == "-1" || first == "-999" || first == "-9999";
  if (is_nothing)
    return std::nullopt;
  is_blank = false;
  if (rule.columns.size() == 1)
    return single_time(record, rule, first);
  if (rule.columns.size() == 2) {
    const auto day = day_of(first, rule);
    if (!day)
      return std::nullopt;
    const std::string_view text = cell(record, rule.columns[1]);
    const auto clock = parse_clock(text);
    if (!clock && !is_no_value(text))
      reasons_.count("time_unreadable", record.number);
    return in_utc(record, rule, {*day + clock.value_or(std::chrono::seconds(0)), false, clock.has_value()});
  }
  std::string date;
  for (const std::size_t column : rule.columns) {
    const auto number = parse_number(cell(record, column));
    const bool is_part = number && number->value >= 0.0 && number->value < 10000.0;
    date += (date.empty() ? "" : "-") + (is_part ? std::to_string(static_cast<int>(number->value)) : std::string("x"));
  }
  const auto day = parse_instant(date);
  return day ? std::optional(in_utc(record, rule, *day)) : std::nullopt;
}

std::optional<Instant> RecordMapper::single_time(const SourceRecord& record, const BoundTime& rule,
                                                 std::string_view text) {
  std::optional<int> year;
  if (rule.year) {
    const auto number = parse_number(cell(record, *rule.year).substr(0, 4));
    year = number ? std::optional(static_cast<int>(number->value)) : std::nullopt;
  }
  const auto parsed = parse_instant(text, rule.order, year);
  if (parsed)
    return in_utc(record, rule, *parsed);
  if (parse_instant(text, DateOrder::DayMonthYear, year))
    reasons_.count("date_ambiguous", record.number);
  return std::nullopt;
}

/// Most records of a file are of the same few days.
std::optional<Instant> RecordMapper::day_of(std::string_view text, const BoundTime& rule) {
  if (text == last_day_text_ && last_day_)
    return last_day_;
  const auto parsed = parse_instant(text, rule.order);
  if (!parsed)
    return std::nullopt;
  last_day_text_.assign(text);
  last_day_ = std::chrono::floor<std::chrono::days>(parsed->at);
  return last_day_;
}

Instant RecordMapper::in_utc(const SourceRecord& record, const BoundTime& rule, ParsedInstant parsed) {
  if (parsed.has_zone || !parsed.has_time || !rule.zone)
    return parsed.at;
  const std::string_view zone = cell(record, *rule.zone);
  if (const auto offset = offset_to_utc(zone))
    return parsed.at + *offset;
  if (!is_no_value(zone))
    reasons_.count("zone_unknown", record.number);
  return parsed.at;
}

std::optional<FieldValue> RecordMapper::value_of(const SourceRecord& record, const BoundField& field) {
  for (const BoundRule& rule : field.rules) {
    for (const std::size_t column : rule.columns) {
      const std::string_view text = cell(record, column);
      if (is_no_value(text))
        continue;
      if (auto value = value_by(rule, field.type, text, record.number))
        return value;
    }
  }
  return std::nullopt;
}

std::optional<FieldValue> RecordMapper::value_by(const BoundRule& rule, ThemeField::Type type, std::string_view text,
                                                 std::uint64_t number) {
  switch (type) {
    case ThemeField::Type::Number:
      return number_by(rule.rule, text, number);
    case ThemeField::Type::Text:
      return text_by(rule.rule, text, number);
    case ThemeField::Type::Moment: {
      const auto parsed = parse_instant(text);
      if (parsed)
        return iso_text(parsed->at);
      reasons_.count("time_unreadable", number);
      return std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<FieldValue> RecordMapper::number_by(const FieldRule& rule, std::string_view text, std::uint64_t number) {
  auto parsed = parse_number(text, profile_.comma_is_decimal || head_.comma_is_decimal);
  if (!rule.words.empty()) {
    // Codes may be numbers too: "5.0" is the word "5".
    const bool is_code = parsed && parsed->value == std::floor(parsed->value) && std::abs(parsed->value) < 1e6;
    const auto it = rule.words.find(is_code ? std::to_string(static_cast<int>(parsed->value)) : plain_word(text));
    if (it != rule.words.end())
      parsed = parse_number(it->second);
  }
  if (!parsed && !rule.ending.empty()) {
    if (const auto before = number_before(plain_word(text), rule.ending))
      parsed = ParsedNumber{*before, false};
  }
  if (!parsed) {
    if (is_not_finite(text))
      reasons_.count("number_not_finite", number);
    else if (!rule.is_quiet)
      reasons_.count("number_unreadable", number);
    return std::nullopt;
  }
  if (parsed->has_decimal_comma)
    reasons_.count("decimal_comma", number);
  if (is_fill(parsed->value) || is_in(rule.unknown, parsed->value)) {
    reasons_.count("unknown_value", number);
    return std::nullopt;
  }
  const double value = parsed->value * rule.factor;
  if ((rule.least && value < *rule.least) || (rule.most && value > *rule.most)) {
    reasons_.count("value_out_of_range", number);
    return std::nullopt;
  }
  return value;
}

std::optional<FieldValue> RecordMapper::text_by(const FieldRule& rule, std::string_view text, std::uint64_t number) {
  if (rule.words.empty() && rule.ending.empty() && rule.classes.empty())
    return std::string(text);
  const std::string word = plain_word(text);
  const auto it = rule.words.find(word);
  if (it != rule.words.end())
    return it->second.empty() ? std::nullopt : std::optional<FieldValue>(it->second);
  if (!rule.classes.empty()) {
    auto value = number_before(word, rule.ending);
    if (!value && rule.ending.empty()) {
      const auto parsed = parse_number(text);
      value = parsed ? std::optional(parsed->value) : std::nullopt;
    }
    if (value && !is_in(rule.unknown, *value))
      return class_of(rule.classes, *value);
  }
  if (!rule.is_quiet)
    reasons_.count("word_unknown", number);
  return std::nullopt;
}

Position RecordMapper::position(const SourceRecord& record) const {
  std::string lon;
  std::string lat;
  return position_of_texts(degrees(record, *lon_, lon_parts_, lon), degrees(record, *lat_, lat_parts_, lat),
                           profile_.coordinates.region);
}

std::string_view RecordMapper::degrees(const SourceRecord& record, std::size_t column,
                                       const std::array<std::optional<std::size_t>, 2>& parts,
                                       std::string& joined) const {
  const std::string_view whole = cell(record, column);
  if (!parts[0] || is_no_value(whole))
    return whole;
  joined.assign(whole);
  for (const auto& part : parts) {
    if (part && !is_no_value(cell(record, *part)))
      joined.append(" ").append(cell(record, *part));
  }
  return joined;
}

std::optional<Instant> RecordMapper::version_start(const SourceRecord& record) const {
  const auto parsed = from_ ? parse_instant(cell(record, *from_)) : std::nullopt;
  return parsed ? std::optional(parsed->at) : std::nullopt;
}

bool RecordMapper::is_valid_at(const SourceRecord& record, Instant as_of) const {
  const auto start = version_start(record);
  const auto end = to_ ? parse_instant(cell(record, *to_)) : std::nullopt;
  return (!start || *start <= as_of) && (!end || as_of < end->at);
}

bool RecordMapper::is_units_row(const SourceRecord& record) const {
  if (!has_coordinates())
    return false;
  const auto is_unit = [&](std::size_t column) {
    const std::string word = plain_word(cell(record, column));
    return word.starts_with("deg") || word.starts_with("grado") || word.starts_with("decimal_deg");
  };
  return is_unit(*lat_) && is_unit(*lon_);
}

}  // namespace relevo::geo
