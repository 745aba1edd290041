// SPDX-License-Identifier: MIT
#include "planner/solve/row_guide.hpp"

#include "planner/solve/state_prices.hpp"

#include <utility>

namespace relevo::planner {

RowGuide::RowGuide(const PlanModel& model, const std::vector<RosterPricing>& pricing, std::vector<double> price_of_row)
    : price_of_row_(std::move(price_of_row)) {
  const PlanState nobody(model);
  RulePrices rules;
  rules.escorts = rules.min_fill = rules.packages = rules.movements = rules.pins = {0.0, 0.0};
  rules.guide = &price_of_row_;
  rules.guide_share = 1.0;
  StatePricer pricer;
  RosterPrices prices;
  RosterPricing::Workspace workspace;
  for (std::size_t c = 0; c < pricing.size(); ++c) {
    pricer.price(nobody, c, rules, prices);
    least_.push_back(pricing[c].least_price(prices, workspace));
  }
}

double price_of(const PlanModel& model, const RosterRecord& record, const std::vector<double>& price_of_row) {
  double price = record.points;
  for (const auto& run : record.runs)
    for (int t = run.first; t < run.last; ++t)
      price += price_of_row[static_cast<std::size_t>(model.rows().row(run.group, t))] * run.amount;
  return price;
}

double RowGuide::regret(const PlanModel& model, std::size_t unit_class, const RecordPtr& record) const {
  return (record ? price_of(model, *record, price_of_row_) : 0.0) - least_[unit_class];
}

}  // namespace relevo::planner
