// SPDX-License-Identifier: MIT
// Packages (6) of docs/model.md: what is assigned to their lines when they are whole.
#include "planner/solve/rows.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace relevo::planner {

void RowTable::set_packages() {
  const ScenarioData& data = problem_->data();
  std::map<std::string, std::vector<RequestIndex>> packages;
  for (auto request : data.requests.indices())
    if (!data.requests[request].package.empty())
      packages[data.requests[request].package].push_back(request);
  for (const auto& [name, lines] : packages)
    set_package(lines);
}

// A package of which something was promised on a needed day of every line need only be as whole as it was promised.
void RowTable::set_package(const std::vector<RequestIndex>& lines) {
  const ScenarioData& data = problem_->data();
  std::vector<std::vector<double>> promised;  // by line, by column
  bool is_promised = true;
  for (const RequestIndex line : lines) {
    const DayInterval& need = data.requests[line].need;
    promised.push_back(promised_to(line));
    bool is_wanted = false;
    bool is_line_promised = false;
    for (int t = 0; t < data.horizon.days; ++t) {
      if (!need.contains(data.horizon.day(t)))
        continue;
      is_wanted = true;
      is_line_promised = is_line_promised || promised.back()[static_cast<std::size_t>(t)] > 0.0;
    }
    is_promised = is_promised && (is_line_promised || !is_wanted);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Request& request = data.requests[lines[i]];
    for (int t = 0; t < data.horizon.days; ++t) {
      if (!request.need.contains(data.horizon.day(t)))
        continue;
      const double told = promised[i][static_cast<std::size_t>(t)];
      wanted_[static_cast<std::size_t>(row(assigned_[lines[i].value()], t))] =
          is_promised ? std::min<double>(request.quantity, told) : request.quantity;
    }
  }
}

// By column: what commitments assign to a line, and what an earlier plan announced. What was to leave before the
// horizon begins and is no commitment has not come.
std::vector<double> RowTable::promised_to(RequestIndex request) const {
  const ScenarioData& data = problem_->data();
  const auto first = committed_.begin() + row(assigned_[request.value()], 0);
  std::vector<double> promised(first, first + columns_);
  for (const auto& a : data.announcements) {
    if (a.depart < data.horizon.first)
      continue;
    const int each = data.requests[request].measure == Measure::People ? data.units[a.unit].persons : 1;
    for (const auto& stay : a.stays) {
      if (stay.request != request)
        continue;
      const int last = std::min(columns_, data.horizon.column(stay.last));
      for (int t = std::max(0, data.horizon.column(stay.first)); t < last; ++t)
        promised[static_cast<std::size_t>(t)] += a.quantity * each;
    }
  }
  return promised;
}

}  // namespace relevo::planner
