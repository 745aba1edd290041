// SPDX-License-Identifier: MIT
#include "planner/solve/row_guide.hpp"

#include "planner/solve/side_by_side.hpp"
#include "planner/solve/state_prices.hpp"

#include <utility>

namespace relevo::planner {

RowGuide::RowGuide(const PlanModel& model, const std::vector<RosterPricing>& pricing, std::vector<double> price_of_row,
                   int threads)
    : price_of_row_(std::move(price_of_row)), least_(pricing.size()) {
  const PlanState nobody(model);
  RulePrices rules;
  rules.escorts = rules.min_fill = rules.packages = rules.movements = rules.pins = {0.0, 0.0};
  rules.guide = &price_of_row_;
  rules.guide_share = 1.0;
  struct Desk {
    StatePricer pricer;
    RosterPrices prices;
    RosterPricing::Workspace workspace;
  };
  std::vector<Desk> desks(workers_for(pricing.size(), threads));
  side_by_side(pricing.size(), threads, [&](std::size_t c, std::size_t worker) {
    auto& [pricer, prices, workspace] = desks[worker];
    pricer.price(nobody, c, rules, prices);
    least_[c] = pricing[c].least_price(prices, workspace);
  });
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
