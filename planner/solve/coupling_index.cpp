// SPDX-License-Identifier: MIT
#include "planner/solve/coupling_index.hpp"

namespace relevo::planner {

CouplingIndex::CouplingIndex(const RowTable& rows, const Coupling& coupling)
    : coupling_(&coupling), links_(rows.size()), uses_(coupling.model.rows.size()), terms_(coupling.model.rows.size()) {
  for (const auto& link : coupling.links) {
    links_[static_cast<std::size_t>(link.table_row)].push_back(link);
    uses_[static_cast<std::size_t>(link.model_row)].push_back(link);
  }
  terms_of_column_.resize(coupling.model.columns.size());
  present_row_.assign(coupling.model.columns.size(), -1);
  for (const auto& term : coupling.model.terms) {
    terms_[static_cast<std::size_t>(term.row)].push_back(term);
    terms_of_column_[static_cast<std::size_t>(term.column)].push_back(term);
  }
  for (const auto& link : coupling.links) {
    if (rows.groups()[rows.group_of(link.table_row)].family != RowFamily::EscortsPresent)
      continue;
    const int column = terms_of(link.model_row).front().column;  // R = use of the row
    present_row_[static_cast<std::size_t>(column)] = link.table_row;
    column_of_row_[link.table_row] = column;
  }
}

int CouplingIndex::present_column(int table_row) const {
  const auto at = column_of_row_.find(table_row);
  return at == column_of_row_.end() ? -1 : at->second;
}

}  // namespace relevo::planner
