// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/coupling.hpp"
#include "planner/solve/rows.hpp"

#include <cstddef>
#include <map>
#include <vector>

namespace relevo::planner {

/// The coupling, to be looked up by row.
class CouplingIndex {
 public:
  CouplingIndex(const RowTable& rows, const Coupling& coupling);
  const Coupling& coupling() const noexcept { return *coupling_; }
  const std::vector<Coupling::Link>& links_of(int table_row) const {
    return links_[static_cast<std::size_t>(table_row)];
  }
  const std::vector<Coupling::Link>& uses_of(int model_row) const { return uses_[static_cast<std::size_t>(model_row)]; }
  const std::vector<LinearModel::Term>& terms_of(int model_row) const {
    return terms_[static_cast<std::size_t>(model_row)];
  }
  const std::vector<LinearModel::Term>& terms_of_column(int column) const {
    return terms_of_column_[static_cast<std::size_t>(column)];
  }
  /// The row of the table whose use a column R of the model stands for, escorts of the roster present; -1: of none.
  int present_row(int column) const { return present_row_[static_cast<std::size_t>(column)]; }
  /// The column R that stands for the use of a row of the table; -1: none does.
  int present_column(int table_row) const;

 private:
  const Coupling* coupling_;
  std::vector<std::vector<Coupling::Link>> links_;     // by row of the table
  std::vector<std::vector<Coupling::Link>> uses_;      // by row of the model
  std::vector<std::vector<LinearModel::Term>> terms_;  // by row of the model
  std::vector<std::vector<LinearModel::Term>> terms_of_column_;
  std::vector<int> present_row_;      // by column of the model
  std::map<int, int> column_of_row_;  // present_row_ the other way round
};

}  // namespace relevo::planner
