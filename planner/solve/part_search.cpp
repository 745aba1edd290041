// SPDX-License-Identifier: MIT
#include "planner/solve/part_search.hpp"

#include "planner/solve/column_generation.hpp"
#include "planner/solve/master.hpp"
#include "planner/solve/mip.hpp"
#include "planner/solve/tolerances.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace relevo::planner {

namespace {

constexpr int kRounds = 25;               // of pricing in one part
constexpr std::size_t kFirstRosters = 6;  // of a class at the prices to begin with
constexpr double kPartGap = 1e-4;

/// splitmix64.
std::uint64_t mixed(std::uint64_t z) {
  z += 0x9E3779B97F4A7C15U;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

}  // namespace

PartSearch::PartSearch(const PlanModel& model, const Coupling& coupling, const RosterOracle& oracle)
    : model_(model), coupling_(coupling), oracle_(oracle) {
  const RowTable& rows = model.rows();
  const Problem& problem = model.problem();
  links_of_row_.resize(coupling.model.rows.size());
  terms_of_row_.resize(coupling.model.rows.size());
  terms_of_column_.resize(coupling.model.columns.size());
  rows_of_group_.resize(rows.groups().size());
  for (std::size_t i = 0; i < coupling.links.size(); ++i) {
    const auto& link = coupling.links[i];
    links_of_row_[static_cast<std::size_t>(link.model_row)].push_back(i);
    auto& of_group = rows_of_group_[rows.group_of(link.table_row)];
    if (of_group.empty() || of_group.back() != link.model_row)
      of_group.push_back(link.model_row);
  }
  for (std::size_t i = 0; i < coupling.model.terms.size(); ++i) {
    terms_of_row_[static_cast<std::size_t>(coupling.model.terms[i].row)].push_back(i);
    terms_of_column_[static_cast<std::size_t>(coupling.model.terms[i].column)].push_back(i);
  }
  std::map<AgencyIndex, std::vector<std::size_t>> by_lender;
  std::map<KindIndex, std::vector<std::size_t>> by_kind;
  for (std::size_t c = 0; c < problem.classes.size(); ++c) {
    const UnitClass& unit_class = problem.classes[c];
    std::set<std::size_t> groups;
    for (std::size_t d = 0; d < unit_class.duties.size(); ++d) {
      const DutyRows of_duty = rows.rows_of(unit_class, d);
      for (const auto* shares : {&of_duty.away, &of_duty.working, &of_duty.assigned, &of_duty.accompanied, &of_duty.out,
                                 &of_duty.home, &of_duty.come_home})
        for (const auto& share : *shares)
          groups.insert(share.group);
      const auto& request = unit_class.duties[d].request;
      for (int t = 0; request && t < rows.columns(); ++t)
        if (const int handover = rows.handover_row(request, t); handover >= 0)
          groups.insert(rows.group_of(handover));
    }
    for (const std::size_t pin : rows.pins_of(unit_class))
      groups.insert(pin);
    groups_of_class_.emplace_back(groups.begin(), groups.end());
    if (unit_class.duties.empty())
      continue;
    const Unit& unit = problem.data().units[unit_class.exemplar];
    by_lender[unit.agency].push_back(c);
    by_kind[unit.kind].push_back(c);
  }
  for (auto& [lender, classes] : by_lender)
    classes_of_lender_.push_back(std::move(classes));
  for (auto& [kind, classes] : by_kind)
    classes_of_kind_.push_back(std::move(classes));
}

/// Some classes with their rows: what is left of the coupling when all other units do what they do.
class PartSearch::Part {
 public:
  Part(const PartSearch& search, const PlanState& state, const std::vector<std::size_t>& classes)
      : s_(search), classes_(classes) {
    find_rows();
    fixed_use(state);
    const LinearModel& whole = s_.coupling_.model;
    std::vector<int> new_column(whole.columns.size(), -1);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const auto r = static_cast<std::size_t>(rows_[i]);
      LinearModel::Row row = whole.rows[r];
      double used = 0.0;
      for (const std::size_t l : s_.links_of_row_[r]) {
        const auto& link = s_.coupling_.links[l];
        used += link.factor * use_[static_cast<std::size_t>(link.table_row)];
        part_.links.push_back({static_cast<int>(i), link.table_row, link.factor});
      }
      row.lower -= used;
      row.upper -= used;
      part_.model.add_row(std::move(row));
      for (const std::size_t t : s_.terms_of_row_[r]) {
        const auto& term = whole.terms[t];
        int& column = new_column[static_cast<std::size_t>(term.column)];
        if (column < 0)
          column = part_.model.add_column(whole.columns[static_cast<std::size_t>(term.column)]);
        part_.model.add_term(static_cast<int>(i), column, term.value);
      }
    }
  }

  const Coupling& coupling() const { return part_; }

  std::vector<double> duals(const std::vector<double>& of_whole) const {
    std::vector<double> duals(rows_.size(), 0.0);
    for (std::size_t i = 0; i < rows_.size() && !of_whole.empty(); ++i)
      duals[i] = of_whole[static_cast<std::size_t>(rows_[i])];
    return duals;
  }

 private:
  /// The rows that the classes can use, and all that share an auxiliary column with them.
  void find_rows() {
    std::vector<char> is_in(s_.coupling_.model.rows.size(), 0);
    const auto take = [&](int row) {
      if (is_in[static_cast<std::size_t>(row)] != 0)
        return;
      is_in[static_cast<std::size_t>(row)] = 1;
      rows_.push_back(row);
    };
    for (const std::size_t c : classes_)
      for (const std::size_t group : s_.groups_of_class_[c])
        for (const int row : s_.rows_of_group_[group])
          take(row);
    std::size_t next = 0;
    while (next < rows_.size())  // it grows
      for (const std::size_t t : s_.terms_of_row_[static_cast<std::size_t>(rows_[next++])])
        for (const std::size_t other :
             s_.terms_of_column_[static_cast<std::size_t>(s_.coupling_.model.terms[t].column)])
          take(s_.coupling_.model.terms[other].row);
    std::sort(rows_.begin(), rows_.end());
  }

  void fixed_use(const PlanState& state) {
    const PlanModel& model = s_.model_;
    use_.resize(model.rows().size());
    for (std::size_t row = 0; row < use_.size(); ++row)
      use_[row] = state.use(static_cast<int>(row));
    for (const std::size_t c : classes_)
      for (std::size_t m = 0; m < model.problem().classes[c].members.size(); ++m)
        if (const auto& record = state.record(model.seat(c, m)))
          for (const auto& entry : uses_of(model.problem(), model.rows(), c, record->roster))
            use_[static_cast<std::size_t>(entry.row)] -= entry.amount;
  }

  const PartSearch& s_;
  const std::vector<std::size_t>& classes_;
  std::vector<int> rows_;    // of the whole, ascending
  std::vector<double> use_;  // of all others, by row of the table
  Coupling part_;
};

std::vector<std::size_t> PartSearch::lenders_part(std::uint64_t draw, std::size_t most) const {
  std::vector<std::size_t> classes;
  for (std::size_t i = 0; i < classes_of_lender_.size() && classes.size() < most; ++i) {
    draw = mixed(draw);
    const auto& of_lender = classes_of_lender_[draw % classes_of_lender_.size()];
    const std::size_t begin = of_lender.size() > most ? (draw >> 20U) % of_lender.size() : 0;
    for (std::size_t k = 0; k < of_lender.size() && classes.size() < most; ++k)
      classes.push_back(of_lender[(begin + k) % of_lender.size()]);
  }
  std::sort(classes.begin(), classes.end());
  classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
  return classes;
}

std::vector<std::size_t> PartSearch::kind_part(std::uint64_t draw, std::size_t most) const {
  const auto& of_kind = classes_of_kind_[mixed(draw) % classes_of_kind_.size()];
  std::vector<std::size_t> classes = of_kind;
  for (std::size_t i = 0; i + 1 < classes.size(); ++i) {
    draw = mixed(draw);
    std::swap(classes[i], classes[i + draw % (classes.size() - i)]);
  }
  classes.resize(std::min(classes.size(), most));
  std::sort(classes.begin(), classes.end());
  return classes;
}

bool PartSearch::solve(PlanState& state, const std::vector<std::size_t>& classes, const std::vector<double>& row_duals,
                       const PartSearchOptions& options) const {
  const Problem& problem = model_.problem();
  const RowTable& rows = model_.rows();
  const Part part(*this, state, classes);
  Master master(problem, rows, part.coupling());
  std::vector<RosterColumn> columns;
  for (const std::size_t c : classes)
    for (std::size_t m = 0; m < problem.classes[c].members.size(); ++m)
      if (const auto& record = state.record(model_.seat(c, m)))
        columns.push_back(make_roster_column(problem, rows, c, record->roster));
  if (!row_duals.empty()) {
    const auto answers = oracle_.ask(master.prices(part.duals(row_duals)),
                                     std::vector<double>(problem.classes.size(), 0.0), kFirstRosters, classes);
    for (const std::size_t c : classes)
      for (const auto& roster : answers[c].rosters)
        columns.push_back(make_roster_column(problem, rows, c, roster.roster));
  }
  master.add(std::move(columns));
  ColumnGenerationOptions generation;
  generation.rounds = kRounds;
  generation.gap = kPartGap;
  generation.only = classes;
  generation.stop = options.stop;
  generate_columns(problem, rows, master, oracle_, generation);

  MipOptions mip;
  mip.in_child = true;
  mip.nodes = options.nodes;
  mip.gap = kPartGap;
  mip.stop = options.stop;
  const MipResult found = solve_mip(master.as_model(), mip);
  if (found.values.empty())
    return false;
  PlanState next = state;
  std::vector<std::size_t> member(problem.classes.size(), 0);
  for (const std::size_t c : classes)
    for (std::size_t m = 0; m < problem.classes[c].members.size(); ++m)
      next.set(model_.seat(c, m), nullptr);
  const std::size_t first = part.coupling().model.columns.size();
  for (std::size_t j = 0; j < master.columns().size(); ++j) {
    const RosterColumn& column = master.columns()[j];
    for (long n = std::lround(found.values[first + j]); n > 0; --n) {
      if (member[column.unit_class] == problem.classes[column.unit_class].members.size())
        return false;  // no solution, whatever the solver says
      next.set(model_.seat(column.unit_class, member[column.unit_class]++),
               model_.make_record(column.unit_class, column.roster));
    }
  }
  if (!next.is_feasible() || next.value().points >= state.value().points - kProofTolerance)
    return false;
  state = std::move(next);
  return true;
}

PlanState PartSearch::improve(PlanState start, const std::vector<double>& row_duals, const PartSearchOptions& options) {
  const auto begin = std::chrono::steady_clock::now();
  const auto is_over = [&] {
    return (options.stop && options.stop()) ||
           (options.seconds &&
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() >= *options.seconds);
  };
  PartSearchOptions of_part = options;
  of_part.stop = is_over;
  for (int i = 0; i < options.parts && !is_over(); ++i) {
    const std::uint64_t draw = mixed(options.seed * 1000003U + static_cast<std::uint64_t>(i));
    const auto classes = i % 2 == 0 ? lenders_part(draw, options.classes) : kind_part(draw, options.classes);
    if (solve(start, classes, row_duals, of_part) && options.on_better)
      options.on_better(start.value().points);
  }
  start.restart_sum();
  return start;
}

}  // namespace relevo::planner
