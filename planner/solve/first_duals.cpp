// SPDX-License-Identifier: MIT
#include "planner/solve/first_duals.hpp"

#include <algorithm>

namespace relevo::planner {

namespace {

/// What is left open on a day, by kind and column: worth of a unit, and how much.
class OpenNeed {
 public:
  explicit OpenNeed(const PlanState& plan) : model_(plan.model()), data_(model_.problem().data()) {
    const auto size = data_.kinds.kinds.size() * static_cast<std::size_t>(model_.columns());
    weight_.assign(size, 0.0);
    amount_.assign(size, 0.0);
    for (auto request : data_.requests.indices()) {
      const auto group = static_cast<GroupIndex>(model_.rows().coverage_group(request));
      for (int t = 0; t < model_.columns(); ++t) {
        const double open =
            (model_.rows().wanted(model_.rows().row(group, t)) - plan.uses_of(group)[t]) / per_unit(request);
        if (!(open > 0.0))
          continue;
        weight_[place(request, t)] += open * worth(request);
        amount_[place(request, t)] += open;
      }
    }
  }

  /// Points of a unit of the measure of the request.
  double price(RequestIndex request, int t) const {
    const std::size_t at = place(request, t);
    const double marginal = amount_[at] > 0.0 ? weight_[at] / amount_[at] : 0.0;
    return std::min(worth(request), marginal) / per_unit(request);
  }

 private:
  std::size_t place(RequestIndex request, int t) const {
    return data_.requests[request].kind.value() * static_cast<std::size_t>(model_.columns()) +
           static_cast<std::size_t>(t);
  }
  double per_unit(RequestIndex request) const {
    return data_.requests[request].measure == Measure::People ? data_.policy.people_per_unit.value : 1.0;
  }
  double worth(RequestIndex request) const {
    return need_weight(*model_.problem().scenario, data_.requests[request]) * per_unit(request);
  }

  const PlanModel& model_;
  const ScenarioData& data_;
  std::vector<double> weight_;
  std::vector<double> amount_;
};

}  // namespace

std::vector<double> duals_of_plan(const Coupling& coupling, const PlanState& plan) {
  const OpenNeed open(plan);
  const RowTable& rows = plan.model().rows();
  std::vector<double> duals(coupling.model.rows.size(), 0.0);
  for (const auto& link : coupling.links) {
    const RowGroup& group = rows.groups()[rows.group_of(link.table_row)];
    if (group.family == RowFamily::Coverage && rows.wanted(link.table_row) > 0.0)
      duals[static_cast<std::size_t>(link.model_row)] =
          open.price(RequestIndex(static_cast<std::uint32_t>(group.subject)), rows.column_of(link.table_row));
  }
  return duals;
}

}  // namespace relevo::planner
