// SPDX-License-Identifier: MIT
#pragma once

#include "planner/text/message.hpp"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::planner {

enum class Severity { Note, Warning, Error };

/// What is wrong with an input, where, under which rule, and what to do about it.
struct Diagnostic {
  Severity severity = Severity::Error;
  std::string file;
  std::size_t line = 0;  ///< 0 when the whole file is meant
  std::string column;    ///< column or key, empty when the whole row is meant
  std::string value;     ///< the offending text, shortened to 60 characters
  std::string rule;      ///< stable code such as "table.number" (docs/formats.md lists them)
  text::Message what;
  text::Message remedy;
};

/// "units.csv:12: persons: 'tw3nty' is not a whole number. Write digits only, for example 20. [table.integer]", with
/// "warning: " or "note: " before the sentence where it is not an error.
std::string format_diagnostic(const Diagnostic& diagnostic, text::Lang lang);

/// A text as a diagnostic shows it: at most `characters`, control characters as blanks.
std::string shorten_value(std::string_view value, std::size_t characters = 60);

/// Where a diagnostic points to.
struct Place {
  std::string file;
  std::size_t line = 0;
  std::string column;
};

/// Named arguments of the messages of a diagnostic.
using MessageArgs = std::vector<std::pair<std::string, std::string>>;

/// A diagnostic under `rule`: its sentences are the catalogue's "input.<rule>" and "remedy.<rule>", both given `args`
/// and the arguments `value` and `column`.
Diagnostic make_diagnostic(Severity severity, Place place, std::string_view value, const std::string& rule,
                           MessageArgs args = {});

/// The same with the remedy "Did you mean '{suggestion}'?" where the suggestion is not empty.
Diagnostic make_diagnostic_with_suggestion(Severity severity, Place place, std::string_view value,
                                           const std::string& rule, const std::string& suggestion,
                                           MessageArgs args = {});

/// Everything found wrong so far; loaders add to it and go on, so that one run shows all errors.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic) { all_.push_back(std::move(diagnostic)); }
  bool has_errors() const noexcept {
    for (const auto& d : all_)
      if (d.severity == Severity::Error)
        return true;
    return false;
  }
  const std::vector<Diagnostic>& all() const noexcept { return all_; }

 private:
  std::vector<Diagnostic> all_;
};

/// Bad input: carries every diagnostic (exit code 2).
class InputError : public std::runtime_error {
 public:
  explicit InputError(Diagnostics diagnostics)
      : std::runtime_error("bad input"), diagnostics_(std::move(diagnostics)) {}
  const Diagnostics& diagnostics() const noexcept { return diagnostics_; }

 private:
  Diagnostics diagnostics_;
};

/// Commitments or decisions that contradict each other, so that no plan can exist (exit code 3).
class ContradictionError : public std::runtime_error {
 public:
  explicit ContradictionError(Diagnostics diagnostics)
      : std::runtime_error("contradictory input"), diagnostics_(std::move(diagnostics)) {}
  const Diagnostics& diagnostics() const noexcept { return diagnostics_; }

 private:
  Diagnostics diagnostics_;
};

}  // namespace relevo::planner
