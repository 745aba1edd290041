// SPDX-License-Identifier: MIT
#include "planner/model/toml_schema.hpp"

#include "planner/model/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relevo::planner {

namespace {

std::string_view word_for(KeyType type) {
  switch (type) {
    case KeyType::Text:
      return "toml.type_text";
    case KeyType::Integer:
      return "toml.type_integer";
    case KeyType::Number:
      return "toml.type_number";
    case KeyType::Boolean:
      return "toml.type_boolean";
    case KeyType::Date:
      return "toml.type_date";
    case KeyType::Moment:
      return "toml.type_moment";
    case KeyType::Texts:
      return "toml.type_texts";
    case KeyType::Numbers:
      return "toml.type_numbers";
    case KeyType::Section:
    case KeyType::NamedTexts:
    case KeyType::NamedSections:
      return "toml.type_section";
    case KeyType::Sections:
      return "toml.type_sections";
  }
  return {};
}

std::string shown(const TomlValue& value) {
  if (const auto* text = std::get_if<std::string>(&value.value))
    return *text;
  if (const auto* integer = std::get_if<std::int64_t>(&value.value))
    return std::to_string(*integer);
  if (const auto* number = std::get_if<double>(&value.value))
    return fmt::format("{}", *number);
  if (const auto* boolean = std::get_if<bool>(&value.value))
    return *boolean ? "true" : "false";
  if (const auto* day = std::get_if<Day>(&value.value))
    return format_day(*day);
  return std::holds_alternative<TomlValue::Array>(value.value) ? "[...]" : "{...}";
}

std::string joined(const std::vector<std::string_view>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

bool is_array_of_sections(const TomlValue& value) {
  const auto* array = std::get_if<TomlValue::Array>(&value.value);
  return array != nullptr &&
         std::ranges::all_of(*array, [](const TomlValue& element) { return section_of(element).exists(); });
}

template <class View>
bool is_array_of(const TomlValue& value, View view) {
  const auto* array = std::get_if<TomlValue::Array>(&value.value);
  return array != nullptr && view(value).size() == array->size();
}

bool has_type(const TomlValue& value, KeyType type) {
  switch (type) {
    case KeyType::Text:
      return std::holds_alternative<std::string>(value.value);
    case KeyType::Integer:
      return integer_of(value).has_value();
    case KeyType::Number:
      return number_of(value).has_value();
    case KeyType::Boolean:
      return std::holds_alternative<bool>(value.value);
    case KeyType::Date:
      return std::holds_alternative<Day>(value.value);
    case KeyType::Moment:
      return std::holds_alternative<Day>(value.value) || std::holds_alternative<std::string>(value.value);
    case KeyType::Texts:
      return is_array_of(value, texts_of);
    case KeyType::Numbers:
      return is_array_of(value, numbers_of);
    case KeyType::Section:
    case KeyType::NamedTexts:
    case KeyType::NamedSections:
      return section_of(value).exists();
    case KeyType::Sections:
      return is_array_of_sections(value);
  }
  return false;
}

/// Checks one document; faults are counted by the diagnostics they add.
class SectionChecker {
 public:
  SectionChecker(const std::string& shown_name, Diagnostics& diagnostics)
      : shown_name_(shown_name), diagnostics_(diagnostics) {}

  void check(const TomlSection& section, const std::vector<KeySpec>& keys, const std::string& path) {
    for (const auto& key : section.keys())
      check_known(section, key, keys, path);
    for (const auto& spec : keys) {
      const auto* value = section.find(spec.name);
      if (value != nullptr)
        check_provision(*value, spec, path + std::string(spec.name));
      else if (spec.required)
        fault(section.line(), path + std::string(spec.name), "", "toml.missing_key");
    }
  }

  std::size_t faults() const noexcept { return faults_; }

 private:
  void fault(std::size_t line, const std::string& key, std::string_view value, const std::string& rule,
             MessageArgs args = {}, const std::string& suggestion = {}) {
    ++faults_;
    diagnostics_.add(make_diagnostic_with_suggestion(Severity::Error, {shown_name_, line, key}, value, rule, suggestion,
                                                     std::move(args)));
  }

  void check_known(const TomlSection& section, const std::string& key, const std::vector<KeySpec>& keys,
                   const std::string& path) {
    std::vector<std::string> names;
    names.reserve(keys.size());
    for (const auto& spec : keys)
      names.emplace_back(spec.name);
    if (std::ranges::find(names, key) != names.end())
      return;
    fault(section.find(key)->line, path + key, key, "toml.unknown_key",
          {{"keys", fmt::format("{}", fmt::join(names, ", "))}}, closest_word(key, names));
  }

  void check_provision(const TomlValue& value, const KeySpec& spec, const std::string& path) {
    if (!spec.provision || !section_of(value).exists()) {
      check_value(value, spec, path);
      return;
    }
    KeySpec inner = spec;
    inner.name = "value";
    inner.required = true;
    inner.provision = false;
    check(section_of(value), with_provenance_keys({inner}), path + ".");
  }

  void check_value(const TomlValue& value, const KeySpec& spec, const std::string& path) {
    if (!has_type(value, spec.type)) {
      fault(value.line, path, shown(value), "toml.type", {{"expected", "input." + std::string(word_for(spec.type))}});
      return;
    }
    check_numbers(value, spec, path);
    check_words(value, spec, path);
    check_children(value, spec, path);
  }

  void check_numbers(const TomlValue& value, const KeySpec& spec, const std::string& path) {
    auto numbers = numbers_of(value);
    if (spec.type == KeyType::Numbers && spec.size > 0 && numbers.size() != spec.size)
      fault(value.line, path, fmt::format("{}", numbers.size()), "toml.size", {{"size", std::to_string(spec.size)}});
    if (const auto number = number_of(value))
      numbers.push_back(*number);
    for (const double number : numbers) {
      if (number < spec.least)
        fault(value.line, path, fmt::format("{}", number), "toml.too_small",
              {{"least", fmt::format("{}", spec.least)}});
      if (number > spec.most)
        fault(value.line, path, fmt::format("{}", number), "toml.too_large", {{"most", fmt::format("{}", spec.most)}});
    }
  }

  void check_words(const TomlValue& value, const KeySpec& spec, const std::string& path) {
    if (spec.words.empty())
      return;
    auto texts = texts_of(value);
    if (const auto* text = std::get_if<std::string>(&value.value))
      texts.push_back(*text);
    const std::vector<std::string> known(spec.words.begin(), spec.words.end());
    for (const auto& text : texts)
      if (std::ranges::find(known, text) == known.end())
        fault(value.line, path, text, "toml.word", {{"words", joined(spec.words)}}, closest_word(text, known));
  }

  void check_children(const TomlValue& value, const KeySpec& spec, const std::string& path) {
    const auto section = section_of(value);
    if (spec.type == KeyType::Section)
      check(section, spec.keys, path + ".");
    if (spec.type == KeyType::Sections)
      for (const auto& element : std::get<TomlValue::Array>(value.value))
        check(section_of(element), spec.keys, path + ".");
    if (spec.type == KeyType::NamedTexts)
      for (const auto& name : section.keys())
        check_value(*section.find(name), {.name = spec.name}, fmt::format("{}.{}", path, name));
    if (spec.type == KeyType::NamedSections)
      for (const auto& name : section.keys())
        check_value(*section.find(name), {.name = spec.name, .type = KeyType::Section, .keys = spec.keys},
                    fmt::format("{}.{}", path, name));
  }

  const std::string& shown_name_;
  Diagnostics& diagnostics_;
  std::size_t faults_ = 0;
};

}  // namespace

std::vector<KeySpec> with_provenance_keys(std::vector<KeySpec> keys) {
  keys.push_back({.name = "clause"});
  keys.push_back({.name = "source"});
  keys.push_back({.name = "status", .words = {"stated", "assumed"}});
  keys.push_back({.name = "note"});
  return keys;
}

bool check_section(const TomlSection& section, const std::vector<KeySpec>& keys, const std::string& shown_name,
                   Diagnostics& diagnostics, const std::string& path) {
  SectionChecker checker(shown_name, diagnostics);
  checker.check(section, keys, path);
  return checker.faults() == 0;
}

const TomlValue* provision_value(const TomlSection& section, std::string_view key) {
  const auto* value = section.find(key);
  if (value == nullptr)
    return nullptr;
  const auto own = section_of(*value);
  return own.exists() ? own.find("value") : value;
}

Provenance ProvenanceReader::of_section(const TomlSection& section, const std::string& clause) {
  return read(section, {}, clause, section.line(), clause);
}

Provenance ProvenanceReader::of_key(const TomlSection& section, std::string_view key, const std::string& clause) {
  const auto* value = section.find(key);
  if (value == nullptr)
    return {.clause = document_id_ + "/" + clause, .note = "default"};
  return read(section_of(*value), section, clause, value->line, fmt::format("{}.{}", clause, key));
}

Provenance ProvenanceReader::read(const TomlSection& own, const TomlSection& outer, const std::string& clause,
                                  std::size_t line, const std::string& path) {
  // A value that gives its own status speaks for itself: the source of the section is not its source.
  const bool speaks_for_itself = own.has("status");
  const auto text_of = [&](std::string_view key, bool inherited) {
    return own.has(key) || !inherited ? own.text(key) : outer.text(key);
  };
  Provenance from;
  const auto name = text_of("clause", true);
  from.clause = document_id_ + "/" + (name.empty() ? clause : name);
  from.source = text_of("source", !speaks_for_itself);
  from.note = text_of("note", !speaks_for_itself);
  const auto status = text_of("status", true);
  from.standing = status == "stated" ? Standing::Stated : Standing::Assumed;
  const auto report = [&](const char* rule) {
    diagnostics_.add(make_diagnostic(Severity::Error, {shown_name_, line, path}, "", rule));
  };
  if (status.empty())
    report("provenance.status");
  else if (status == "stated" && from.source.empty())
    report("provenance.source");
  else if (status == "assumed" && from.note.empty())
    report("provenance.note");
  return from;
}

}  // namespace relevo::planner
