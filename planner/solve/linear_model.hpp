// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <limits>
#include <string>
#include <vector>

namespace relevo::planner {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A mixed-integer linear programme to minimise, in no solver's terms.
struct LinearModel {
  struct Column {
    std::string name;
    double lower = 0.0;
    double upper = kInfinity;
    double cost = 0.0;
    bool integer = false;
    bool decides = false;      ///< integer, and others follow from it: to be branched on before them
    double need = 0.0;         ///< of the cost: points of unmet need
    double disturbance = 0.0;  ///< of the cost: points of drops, extension days and changes
  };
  struct Row {
    std::string name;
    double lower = -kInfinity;
    double upper = kInfinity;
  };
  struct Term {
    int row = 0;
    int column = 0;
    double value = 0.0;
  };
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::vector<Term> terms;  ///< at most one for each row and column

  int add_column(Column column) {
    columns.push_back(std::move(column));
    return static_cast<int>(columns.size()) - 1;
  }
  int add_row(Row row) {
    rows.push_back(std::move(row));
    return static_cast<int>(rows.size()) - 1;
  }
  void add_term(int row, int column, double value) { terms.push_back({row, column, value}); }
};

/// Free MPS, numbers in their shortest exact form. Every other solver reads it; names hold no blanks.
std::string to_mps(const LinearModel& model, const std::string& name);

/// CPLEX LP text, for people and for solvers that prefer it.
std::string to_lp(const LinearModel& model, const std::string& name);

/// Values by column from a solution file: lines "name value", as HiGHS writes them, or "index name value cost", as cbc
/// writes them; anything else is passed over, and columns that are not named are 0. \throws InputError when no line
/// names a column of the model.
std::vector<double> read_solution(const LinearModel& model, const std::string& text, const std::string& file);

}  // namespace relevo::planner
