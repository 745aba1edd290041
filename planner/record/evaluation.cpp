// SPDX-License-Identifier: MIT
#include "planner/record/evaluation.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace relevo::planner {

namespace {

/// One time away of one unit (or of identical ones): its stays, by day.
using Deployment = std::vector<const ActualAssignment*>;
using LineKey = std::pair<std::string, std::string>;  ///< request, lender

int value_on(const std::vector<int>& series, int column) {
  return column >= 0 && static_cast<std::size_t>(column) < series.size() ? series[static_cast<std::size_t>(column)] : 0;
}

bool is_lent(const ActualAssignment& actual) {
  return actual.agency != actual.borrower;
}

class Evaluator {
 public:
  Evaluator(const PlanRecord& plan, const std::vector<ActualAssignment>& actuals, const KindCatalogue& kinds)
      : plan_(plan), actuals_(actuals), planned_(as_happened(plan)) {
    for (const auto& kind : kinds.kinds)
      if (!kind.crewed || kind.relieved)
        without_tour_.insert(kind.id);
  }

  Evaluation evaluate() {
    count_rows();
    evaluate_lines();
    evaluate_reserve();
    evaluate_lenders();
    evaluate_arrivals();
    evaluate_payers();
    finish_lenders();
    return std::move(result_);
  }

 private:
  void count_rows() {
    result_.rows = static_cast<int>(actuals_.size());
    for (const auto& actual : actuals_) {
      result_.rows_assumed += actual.from.standing == Standing::Assumed ? 1 : 0;
      result_.rows_without_cost += actual.cost.empty() ? 1 : 0;
      lenders_[actual.agency].rows_with_cost += actual.cost.empty() ? 0 : 1;
    }
  }

  /// What was there of a line on each planning day, in its measure.
  std::vector<int> worked_on(const PlanRecord::Line& line) const {
    std::vector<int> worked(static_cast<std::size_t>(plan_.horizon.days), 0);
    for (const auto& actual : actuals_) {
      if (actual.request != line.request)
        continue;
      const int amount = actual.quantity * (line.measure == Measure::People ? actual.persons : 1);
      for (const Day day : actual.line_days)
        if (plan_.horizon.contains(day))
          worked[static_cast<std::size_t>(plan_.horizon.column(day))] += amount;
    }
    return worked;
  }

  void evaluate_lines() {
    std::map<std::pair<int, Measure>, FillFigures> sums;
    for (const auto& line : plan_.lines) {
      EvaluatedLine evaluated{
          .request = line.request, .kind = line.kind, .priority = line.priority, .measure = line.measure};
      const auto worked = worked_on(line);
      for (int t = 0; t < plan_.horizon.days; ++t) {
        const int wanted = value_on(line.wanted, t);
        evaluated.fill.wanted += wanted;
        evaluated.fill.planned += wanted - value_on(line.unmet, t);
        evaluated.fill.actual += std::min(wanted, value_on(worked, t));
      }
      auto& sum = sums[{line.priority, line.measure}];
      sum.wanted += evaluated.fill.wanted;
      sum.planned += evaluated.fill.planned;
      sum.actual += evaluated.fill.actual;
      result_.lines.push_back(std::move(evaluated));
    }
    for (const auto& [key, fill] : sums)
      result_.priorities.push_back({key.first, key.second, fill});
  }

  std::vector<int> away_of(const PlanRecord::Reserve& line) const {
    std::vector<int> away(static_cast<std::size_t>(plan_.horizon.days), 0);
    for (const auto& actual : actuals_) {
      if (actual.agency != line.agency || actual.kind != line.kind || !is_lent(actual) || !actual.escort.empty())
        continue;
      const Day last = std::min(actual.home, plan_.horizon.last() - Days{1});
      for (Day day = std::max(actual.depart, plan_.horizon.first); day <= last; day += Days{1})
        away[static_cast<std::size_t>(plan_.horizon.column(day))] += actual.quantity;
    }
    return away;
  }

  EvaluatedReserve::Side reserve_side(const PlanRecord::Reserve& line, const std::vector<int>& away) const {
    EvaluatedReserve::Side side;
    for (int t = 0; t < plan_.horizon.days; ++t) {
      const int home = value_on(line.available, t) - value_on(away, t);
      side.days_below += home < value_on(line.reserve, t) ? 1 : 0;
      if (t == 0 || home < side.least_home) {
        side.least_home = home;
        side.least_day = plan_.horizon.day(t);
      }
    }
    return side;
  }

  void evaluate_reserve() {
    for (const auto& line : plan_.reserve) {
      const EvaluatedReserve evaluated{.agency = line.agency,
                                       .kind = line.kind,
                                       .planned = reserve_side(line, line.away),
                                       .actual = reserve_side(line, away_of(line))};
      lenders_[line.agency].planned.reserve_below += evaluated.planned.days_below;
      lenders_[line.agency].actual.reserve_below += evaluated.actual.days_below;
      result_.reserve.push_back(evaluated);
    }
  }

  /// Duty days of one unit beyond its tours; nothing where the tour is not known.
  std::optional<int> over_tour(const Deployment& deployment) const {
    const auto& head = *deployment.front();
    const bool serves = std::ranges::any_of(deployment, [](const auto* row) { return !row->request.empty(); });
    if (!serves || without_tour_.contains(head.kind))
      return 0;
    const auto* agreement = plan_.find_agreement(head.agreement);
    if (agreement == nullptr || agreement->max_line_days <= 0)
      return std::nullopt;
    std::set<Day> duty;
    std::set<Day> off;
    for (const auto* row : deployment) {
      duty.insert(row->duty_days.begin(), row->duty_days.end());
      off.insert(row->days_off.begin(), row->days_off.end());
    }
    int over = 0;
    int run = 0;
    int runs = 1;
    std::optional<Day> before;
    for (const Day day : duty) {
      // A day off since the last day on duty ends a run.
      if (before && off.upper_bound(*before) != off.lower_bound(day)) {
        run = 0;
        ++runs;
      }
      ++run;
      over += run > agreement->max_line_days || runs > agreement->max_tours ? 1 : 0;
      before = day;
    }
    return over;
  }

  void add_deployment(const Deployment& deployment, LenderSide& side, int* without_tour) const {
    const auto& head = *deployment.front();
    side.units += head.quantity;
    side.persons += head.quantity * head.persons;
    for (const auto* row : deployment) {
      if (!row->request.empty())
        side.line_days += head.quantity * static_cast<int>(std::ranges::count_if(
                                              row->line_days, [&](Day day) { return plan_.horizon.contains(day); }));
      for (const auto& [payer, amount] : row->cost)
        side.cost += amount;
    }
    const auto over = over_tour(deployment);
    side.over_tour += head.quantity * over.value_or(0);
    if (!over && without_tour != nullptr)
      *without_tour += static_cast<int>(deployment.size());
  }

  /// Rows of one unit of which the later moved on from the earlier are one time away.
  std::vector<Deployment> actual_deployments() const {
    std::vector<const ActualAssignment*> rows;
    for (const auto& actual : actuals_)
      rows.push_back(&actual);
    std::ranges::stable_sort(rows, {}, [](const auto* row) { return std::tie(row->unit, row->depart); });
    std::vector<Deployment> all;
    for (const auto* row : rows) {
      const auto it = std::ranges::find_if(all, [&](const Deployment& earlier) {
        const auto& last = *earlier.back();
        return row->moved && last.agency == row->agency && last.unit == row->unit && last.ordinal == row->ordinal &&
               last.kind == row->kind && last.quantity == row->quantity && last.home + Days{1} == row->depart;
      });
      if (it == all.end())
        all.push_back({row});
      else
        it->push_back(row);
    }
    return all;
  }

  void evaluate_lenders() {
    // In the plan the rows of one assignment follow one another.
    const auto* row = planned_.data();
    for (const auto& assignment : plan_.assignments) {
      Deployment deployment;
      for (std::size_t k = 0; k < std::max<std::size_t>(1, assignment.stays.size()); ++k)
        deployment.push_back(row++);
      add_deployment(deployment, lenders_[assignment.agency].planned, nullptr);
    }
    for (const auto& deployment : actual_deployments())
      add_deployment(deployment, lenders_[deployment.front()->agency].actual, &result_.rows_without_tour);
  }

  static std::map<LineKey, std::vector<Day>> arrivals_of(const std::vector<ActualAssignment>& rows) {
    std::map<LineKey, std::vector<Day>> arrivals;
    for (const auto& row : rows)
      if (!row.request.empty() && !row.line_days.empty())
        arrivals[{row.request, row.agency}].insert(arrivals[{row.request, row.agency}].end(),
                                                   static_cast<std::size_t>(row.quantity), row.line_days.front());
    for (auto& [key, days] : arrivals)
      std::ranges::sort(days);
    return arrivals;
  }

  void evaluate_arrivals() {
    auto planned = arrivals_of(planned_);
    auto actual = arrivals_of(actuals_);
    for (const auto& [key, days] : actual)
      planned[key];
    for (const auto& [key, wanted] : planned) {
      const auto& came = actual[key];
      auto& sums = lenders_[key.second].arrivals;
      const std::size_t both = std::min(wanted.size(), came.size());
      for (std::size_t k = 0; k < both; ++k) {
        const int late = static_cast<int>((came[k] - wanted[k]).count());
        (late > 0 ? sums.days_late : sums.days_early) += late > 0 ? late : -late;
      }
      sums.missing += static_cast<int>(wanted.size() - both);
      sums.unplanned += static_cast<int>(came.size() - both);
    }
  }

  void evaluate_payers() {
    std::map<std::string, EvaluatedPayer> payers;
    for (const auto& row : planned_)
      for (const auto& [payer, amount] : row.cost)
        payers[payer].planned += amount;
    // Seats and representatives that no assignment carries are nobody's in particular.
    const auto items = cost_by_item(plan_);
    for (const char* item : {"lifts", "representatives"})
      if (const auto it = items.find(item); it != items.end())
        payers[""].planned += Money(it->second);
    for (const auto& row : actuals_)
      for (const auto& [payer, amount] : row.cost)
        payers[payer].actual += amount;
    for (auto& [payer, sums] : payers) {
      sums.payer = payer;
      if (!payer.empty())
        result_.payers.push_back(sums);
    }
    if (const auto it = payers.find(""); it != payers.end())
      result_.payers.push_back(it->second);
  }

  static void add(LenderSide& sum, const LenderSide& side) {
    sum.units += side.units;
    sum.persons += side.persons;
    sum.line_days += side.line_days;
    sum.over_tour += side.over_tour;
    sum.reserve_below += side.reserve_below;
    sum.cost += side.cost;
  }

  void finish_lenders() {
    for (auto& [agency, lender] : lenders_) {
      lender.agency = agency;
      add(result_.season.planned, lender.planned);
      add(result_.season.actual, lender.actual);
      result_.season.rows_with_cost += lender.rows_with_cost;
      auto& sum = result_.season.arrivals;
      sum.days_late += lender.arrivals.days_late;
      sum.days_early += lender.arrivals.days_early;
      sum.missing += lender.arrivals.missing;
      sum.unplanned += lender.arrivals.unplanned;
      result_.lenders.push_back(lender);
    }
  }

  const PlanRecord& plan_;
  const std::vector<ActualAssignment>& actuals_;
  std::vector<ActualAssignment> planned_;
  std::set<std::string> without_tour_;
  std::map<std::string, EvaluatedLender> lenders_;
  Evaluation result_;
};

}  // namespace

Evaluation evaluate_plan(const PlanRecord& plan, const std::vector<ActualAssignment>& actuals,
                         const KindCatalogue& kinds) {
  return Evaluator(plan, actuals, kinds).evaluate();
}

}  // namespace relevo::planner
