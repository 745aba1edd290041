// SPDX-License-Identifier: MIT
#include "planner/model/toml_document.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace relevo::planner {

namespace {

TomlValue convert(const toml::node& node);

TomlValue::Array convert_array(const toml::array& array) {
  TomlValue::Array values;
  values.reserve(array.size());
  for (const auto& element : array)
    values.push_back(convert(element));
  return values;
}

TomlValue::Table convert_table(const toml::table& table) {
  TomlValue::Table entries;
  for (const auto& [key, value] : table) {
    TomlEntry entry{std::string(key.str()), convert(value)};
    entry.value.line = key.source().begin.line;
    entries.push_back(std::move(entry));
  }
  std::ranges::stable_sort(entries, {}, [](const TomlEntry& entry) { return entry.value.line; });
  return entries;
}

Day convert_date(const toml::date& date) {
  return Day{std::chrono::year{date.year} / date.month / date.day};
}

template <class T>
std::string written(const T& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

TomlValue convert(const toml::node& node) {
  TomlValue value;
  value.line = node.source().begin.line;
  if (const auto* text = node.as_string())
    value.value = text->get();
  else if (const auto* integer = node.as_integer())
    value.value = integer->get();
  else if (const auto* number = node.as_floating_point())
    value.value = number->get();
  else if (const auto* boolean = node.as_boolean())
    value.value = boolean->get();
  else if (const auto* date = node.as_date())
    value.value = convert_date(date->get());
  else if (const auto* array = node.as_array())
    value.value = convert_array(*array);
  else if (const auto* table = node.as_table())
    value.value = convert_table(*table);
  else if (const auto* instant = node.as_date_time())
    value.value = written(instant->get());
  else if (const auto* time = node.as_time())
    value.value = written(time->get());
  return value;
}

template <class T>
const T* get(const TomlValue* value) {
  return value == nullptr ? nullptr : std::get_if<T>(&value->value);
}

}  // namespace

std::optional<TomlValue> parse_toml(std::string_view text, const std::string& shown_name, Diagnostics& diagnostics) {
  try {
    return convert(toml::parse(text, shown_name));
  } catch (const toml::parse_error& error) {
    diagnostics.add(make_diagnostic(Severity::Error, {shown_name, error.source().begin.line, ""}, "", "toml.syntax",
                                    {{"reason", std::string(error.description())}}));
    return std::nullopt;
  }
}

std::optional<double> number_of(const TomlValue& value) {
  if (const auto* integer = get<std::int64_t>(&value))
    return static_cast<double>(*integer);
  const auto* number = get<double>(&value);
  if (number == nullptr || !std::isfinite(*number))
    return std::nullopt;
  return *number;
}

std::optional<int> integer_of(const TomlValue& value) {
  const auto* integer = get<std::int64_t>(&value);
  constexpr std::int64_t kLargest = 1'000'000'000;
  if (integer == nullptr || *integer > kLargest || *integer < -kLargest)
    return std::nullopt;
  return static_cast<int>(*integer);
}

std::vector<double> numbers_of(const TomlValue& value) {
  std::vector<double> numbers;
  if (const auto* array = get<TomlValue::Array>(&value))
    for (const auto& element : *array)
      if (const auto number = number_of(element))
        numbers.push_back(*number);
  return numbers;
}

std::vector<std::string> texts_of(const TomlValue& value) {
  std::vector<std::string> texts;
  if (const auto* array = get<TomlValue::Array>(&value))
    for (const auto& element : *array)
      if (const auto* text = get<std::string>(&element))
        texts.push_back(*text);
  return texts;
}

TomlSection section_of(const TomlValue& value) {
  return {get<TomlValue::Table>(&value), value.line};
}

const TomlValue* TomlSection::find(std::string_view key) const {
  if (table_ == nullptr)
    return nullptr;
  const auto it = std::ranges::find(*table_, key, &TomlEntry::key);
  return it == table_->end() ? nullptr : &it->value;
}

std::vector<std::string> TomlSection::keys() const {
  std::vector<std::string> all;
  if (table_ != nullptr)
    for (const auto& entry : *table_)
      all.push_back(entry.key);
  return all;
}

std::string TomlSection::text(std::string_view key) const {
  const auto* text = get<std::string>(find(key));
  return text == nullptr ? std::string{} : *text;
}

std::optional<int> TomlSection::integer(std::string_view key) const {
  const auto* value = find(key);
  return value == nullptr ? std::nullopt : integer_of(*value);
}

std::optional<double> TomlSection::number(std::string_view key) const {
  const auto* value = find(key);
  return value == nullptr ? std::nullopt : number_of(*value);
}

std::optional<bool> TomlSection::boolean(std::string_view key) const {
  const auto* boolean = get<bool>(find(key));
  return boolean == nullptr ? std::nullopt : std::optional(*boolean);
}

std::optional<Day> TomlSection::day(std::string_view key) const {
  const auto* day = get<Day>(find(key));
  return day == nullptr ? std::nullopt : std::optional(*day);
}

std::string TomlSection::moment(std::string_view key) const {
  if (const auto date = day(key))
    return format_day(*date);
  return text(key);
}

std::vector<std::string> TomlSection::texts(std::string_view key) const {
  const auto* value = find(key);
  return value == nullptr ? std::vector<std::string>{} : texts_of(*value);
}

TomlSection TomlSection::section(std::string_view key) const {
  const auto* value = find(key);
  return value == nullptr ? TomlSection{} : section_of(*value);
}

std::vector<TomlSection> TomlSection::sections(std::string_view key) const {
  std::vector<TomlSection> all;
  if (const auto* array = get<TomlValue::Array>(find(key)))
    for (const auto& element : *array)
      if (const auto section = section_of(element); section.exists())
        all.push_back(section);
  return all;
}

}  // namespace relevo::planner
