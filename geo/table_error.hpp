// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>

namespace relevo::geo {

/// What keeps a file from being read as a table, in parts, so that a caller can translate or sort it. `rule` is a
/// stable code; the codes in use:
///
///   table.open      cannot be opened or read, or is not a file
///   table.path      a path that is refused unseen (network or virtual file system)
///   table.driver    not one of the formats that are accepted
///   table.sheet     no such sheet or layer, or none was named and there are several
///   table.empty     no header line
///   table.header    two columns with the same name
///   table.encoding  bytes that are no text in the encoding found
///   table.binary    NUL bytes or control characters: not a text file
///   table.quote     a quoted cell that is not closed, or text right after its closing quote
///   table.limit     larger than the limits allow
///   table.geometry  a geometry that cannot be brought to WGS 84
struct TableProblem {
  std::string file;      ///< as shown to people
  std::size_t line = 0;  ///< 1-based line or row; 0 when the whole file is meant
  std::string rule;
  std::string value;   ///< the offending text, may be empty
  std::string reason;  ///< one English sentence without its full stop
  std::string remedy;  ///< one English sentence with its full stop
};

/// Thrown for the first TableProblem of a file. What a single cell means is not judged here.
/// what() is "units.csv:12: <reason>. <remedy>".
class TableError : public std::runtime_error {
 public:
  explicit TableError(TableProblem problem)
      : std::runtime_error(problem.file + (problem.line == 0 ? "" : ":" + std::to_string(problem.line)) + ": " +
                           problem.reason + ". " + problem.remedy),
        problem_(std::move(problem)) {}
  const TableProblem& problem() const noexcept { return problem_; }

 private:
  TableProblem problem_;
};

[[noreturn]] inline void refuse_table(const std::string& file, std::size_t line, std::string rule, std::string reason,
                                      std::string remedy, std::string value = {}) {
  throw TableError({file, line, std::move(rule), std::move(value), std::move(reason), std::move(remedy)});
}

}  // namespace relevo::geo
