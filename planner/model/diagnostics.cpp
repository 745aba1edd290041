// SPDX-License-Identifier: MIT
#include "planner/model/diagnostics.hpp"

#include <fmt/format.h>

namespace relevo::planner {

namespace {

/// Arguments may be lists, such as the types of a kind.
constexpr std::size_t kShownInArguments = 240;

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::string severity_prefix(Severity severity, text::Lang lang) {
  switch (severity) {
    case Severity::Error:
      return {};
    case Severity::Warning:
      return text::render("word.warning", lang) + ": ";
    case Severity::Note:
      return text::render("word.note", lang) + ": ";
  }
  return {};
}

}  // namespace

std::string shorten_value(std::string_view value, std::size_t characters) {
  std::string shown;
  std::size_t count = 0;
  for (const char c : value) {
    if (!continues_character(c) && ++count > characters)
      return shown + "...";
    const auto byte = static_cast<unsigned char>(c);
    shown += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return shown;
}

Diagnostic make_diagnostic(Severity severity, Place place, std::string_view value, const std::string& rule,
                           MessageArgs args) {
  Diagnostic d;
  d.severity = severity;
  d.file = std::move(place.file);
  d.line = place.line;
  d.column = std::move(place.column);
  d.value = shorten_value(value);
  d.rule = rule;
  for (auto& arg : args)
    arg.second = shorten_value(arg.second, kShownInArguments);
  args.emplace_back("value", d.value);
  args.emplace_back("column", d.column);
  d.what = {"input." + rule, args};
  d.remedy = {"remedy." + rule, std::move(args)};
  return d;
}

Diagnostic make_diagnostic_with_suggestion(Severity severity, Place place, std::string_view value,
                                           const std::string& rule, const std::string& suggestion, MessageArgs args) {
  Diagnostic d = make_diagnostic(severity, std::move(place), value, rule, std::move(args));
  if (!suggestion.empty())
    d.remedy = {"remedy.did_you_mean", {{"suggestion", shorten_value(suggestion)}}};
  return d;
}

std::string format_diagnostic(const Diagnostic& diagnostic, text::Lang lang) {
  std::string out = diagnostic.file;
  if (diagnostic.line > 0)
    out += fmt::format(":{}", diagnostic.line);
  if (!out.empty())
    out += ": ";
  out += severity_prefix(diagnostic.severity, lang);
  if (!diagnostic.column.empty())
    out += shorten_value(diagnostic.column) + ": ";
  out += text::render(diagnostic.what, lang);
  if (!diagnostic.remedy.key.empty())
    out += " " + text::render(diagnostic.remedy, lang);
  if (!diagnostic.rule.empty())
    out += " [" + diagnostic.rule + "]";
  return out;
}

}  // namespace relevo::planner
