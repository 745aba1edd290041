// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include "planner/text/message.hpp"

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

/// "units.csv:12: persons: 'tw3nty' is not a whole number. Write digits only, for example 20."
std::string format_diagnostic(const Diagnostic& diagnostic, text::Lang lang);

/// Everything found wrong so far; loaders add to it and go on, so that one run shows all errors.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic) { all_.push_back(std::move(diagnostic)); }
  bool has_errors() const noexcept {
    for (const auto& d : all_)
      if (d.severity == Severity::Error) return true;
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
