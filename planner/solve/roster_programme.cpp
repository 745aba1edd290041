// SPDX-License-Identifier: MIT
#include "planner/solve/roster_programme.hpp"

#include "planner/solve/row_guide.hpp"

#include <ClpEventHandler.hpp>
#include <ClpSimplex.hpp>

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace relevo::planner {

namespace {

constexpr double kPromise = 1e-6;  ///< points: a roster must promise more than this
/// Of the guide in the prices at which rosters are looked for, one share after the other until some are found. Found by
/// trial on kinds of tier L (docs/solver-experiments.md).
constexpr double kGuided[] = {0.98, 0.5, 0.0};

double no_less(double value) {
  return std::max(value, -COIN_DBL_MAX);
}

double no_more(double value) {
  return std::min(value, COIN_DBL_MAX);
}

}  // namespace

namespace {

/// Ends the simplex method between two steps.
class StopsSimplex final : public ClpEventHandler {
 public:
  explicit StopsSimplex(std::function<bool()> stop) : stop_(std::move(stop)) {}
  int event(Event which) override { return which == endOfIteration && stop_ && stop_() ? kStopped : kGoOn; }
  ClpEventHandler* clone() const override { return new StopsSimplex(*this); }

 private:
  static constexpr int kGoOn = -1;
  static constexpr int kStopped = 3;
  std::function<bool()> stop_;
};

}  // namespace

struct RosterProgramme::Parts {
  struct Roster {
    std::size_t unit_class = 0;
    RecordPtr record;
    int column = -1;  // of Clp; none before the next solve()
  };
  /// A column of the coupling that stands in one row.
  struct Auxiliary {
    double lower = 0.0;
    double upper = 0.0;
    double cost = 0.0;
    int row = 0;
    double value = 0.0;
  };

  Parts(const PlanModel& plan_model, const CouplingIndex& coupling_index, const PlanState& state, bool has_escorts)
      : model(plan_model), index(coupling_index), others(state), escorts_too(has_escorts) {
    clp.setLogLevel(0);
    for (int i = 0; i < static_cast<int>(index.coupling().model.rows.size()); ++i)
      points_without_rows += points_of_nobody(i);
  }

  const PlanModel& model;
  const CouplingIndex& index;
  const PlanState& others;
  bool escorts_too;
  ClpSimplex clp;
  std::vector<Roster> rosters;
  std::unordered_map<std::size_t, std::vector<std::size_t>> of_class;
  std::unordered_map<std::size_t, int> row_of_class;
  std::map<int, int> row_of_model;  // Clp's, by row of the coupling
  std::map<int, int> row_of_room;   // by row of the table
  std::vector<std::pair<double, double>> new_rows;
  std::vector<Auxiliary> new_auxiliaries;
  double points_without_rows = 0.0;  // what is lacking in rows that no roster uses costs all the same
  int next_row = 0;
  std::size_t loaded = 0;  // rosters
  bool is_new = true;
  bool is_tightened = false;  // by bounds, since the last solve()
  bool is_widened = false;    // by bounds or rosters, since then
  bool keeps_values = true;   // no bound was changed since then

  int new_row(double lower, double upper) {
    new_rows.emplace_back(no_less(lower), no_more(upper));
    return next_row++;
  }

  int coupling_row(int model_row) {
    const auto [at, is_missing] = row_of_model.try_emplace(model_row, next_row);
    if (!is_missing)
      return at->second;
    const LinearModel& whole = index.coupling().model;
    const auto& row = whole.rows[static_cast<std::size_t>(model_row)];
    const double used = used_of(model_row);
    points_without_rows -= points_of_nobody(model_row);
    const int made = new_row(row.lower - used, row.upper - used);
    for (const auto& term : index.terms_of(model_row)) {
      if (index.present_row(term.column) >= 0)
        continue;
      const auto& column = whole.columns[static_cast<std::size_t>(term.column)];
      new_auxiliaries.push_back({column.lower, no_more(column.upper), column.cost, made, term.value});
    }
    return made;
  }

  /// Of a row of the coupling: what the others use of it, their escorts included.
  double used_of(int model_row) const {
    double used = 0.0;
    for (const auto& link : index.uses_of(model_row))
      used += link.factor * others.use(link.table_row);
    for (const auto& term : index.terms_of(model_row))
      if (const int present = index.present_row(term.column); present >= 0)
        used += term.value * others.use(present);
    return used;
  }

  /// Whether the escorts of a group are rosters of the programme.
  bool has_escorts_of(std::size_t escort_group) const {
    return escorts_too && model.escorts()[escort_group].term->threshold == 0;
  }

  /// Of a row that no roster uses yet: what it costs to lack one more there, where something is lacking.
  double dual_of_nobody(int model_row) const {
    const LinearModel& whole = index.coupling().model;
    const auto& row = whole.rows[static_cast<std::size_t>(model_row)];
    if (row.lower == -kInfinity)
      return 0.0;
    const double used = used_of(model_row);
    double dual = kInfinity;
    for (const auto& term : index.terms_of(model_row))
      if (term.value > 0.0)
        dual = std::min(dual, whole.columns[static_cast<std::size_t>(term.column)].cost / term.value);
    return used < row.lower && dual < kInfinity ? dual : 0.0;
  }

  /// And what all that is lacking there costs.
  double points_of_nobody(int model_row) const {
    const double dual = dual_of_nobody(model_row);
    return dual == 0.0
               ? 0.0
               : dual * (index.coupling().model.rows[static_cast<std::size_t>(model_row)].lower - used_of(model_row));
  }

  /// People whom the escorts there have room for, beside the others.
  int room_row(int table_row, std::size_t escort_group) {
    const auto [at, is_missing] = row_of_room.try_emplace(table_row, next_row);
    if (!is_missing)
      return at->second;
    const auto& escorts = model.escorts()[escort_group];
    const int day = model.rows().column_of(table_row);
    double room = kInfinity;
    for (int t = std::max(0, day - escorts.term->ahead_days); t <= day; ++t) {
      const int there =
          escorts.there[static_cast<std::size_t>(t)] + static_cast<int>(others.uses_of(escorts.present)[t]);
      room = std::min(room, static_cast<double>(std::max(escorts.term->threshold, escorts.term->per_persons * there)));
    }
    room -= model.rows().committed(table_row) + others.use(table_row);
    return new_row(-kInfinity, std::max(0.0, room));
  }

  void use(int table_row, double amount, std::map<int, double>& sums) {
    const RowGroup& group = model.rows().groups()[model.rows().group_of(table_row)];
    switch (group.family) {
      case RowFamily::Coverage:
      case RowFamily::Handover:
      case RowFamily::Reserve:
      case RowFamily::Offer:
      case RowFamily::Capacity:
      case RowFamily::Pool:
      case RowFamily::Lift:
      case RowFamily::Announced:
        for (const auto& link : index.links_of(table_row))
          sums[coupling_row(link.model_row)] += link.factor * amount;
        break;
      case RowFamily::EscortPersons:
        if (has_escorts_of(group.subject) && !model.escorts()[group.subject].is_implicit)
          for (const auto& link : index.links_of(table_row))
            sums[coupling_row(link.model_row)] += link.factor * amount;
        else if (!model.escorts()[group.subject].is_implicit)
          sums[room_row(table_row, group.subject)] += amount;
        break;
      case RowFamily::EscortsPresent:
        if (const int column = index.present_column(table_row); column >= 0 && has_escorts_of(group.subject))
          for (const auto& term : index.terms_of_column(column))
            if (index.uses_of(term.row).empty() || index.uses_of(term.row).front().table_row != table_row)
              sums[coupling_row(term.row)] += term.value * amount;
        break;
      default:
        break;
    }
  }

  /// Gives Clp the rows, then the columns that were added since it was last asked.
  void load() {
    if (loaded == rosters.size())
      return;
    is_widened = true;
    const std::size_t before = loaded;
    std::vector<std::map<int, double>> coefficients;
    for (std::size_t j = loaded; j < rosters.size(); ++j) {
      auto& sums = coefficients.emplace_back();
      sums[row_of_class.at(rosters[j].unit_class)] = 1.0;
      for (const auto& run : rosters[j].record->runs)
        for (int t = run.first; t < run.last; ++t)
          use(model.rows().row(run.group, t), run.amount, sums);
    }
    add_rows();
    const int first = clp.numberColumns() + static_cast<int>(new_auxiliaries.size());
    std::vector<double> lower;
    std::vector<double> upper;
    std::vector<double> costs;
    std::vector<CoinBigIndex> starts = {0};
    std::vector<int> rows;
    std::vector<double> values;
    for (const auto& one : new_auxiliaries) {
      lower.push_back(one.lower);
      upper.push_back(one.upper);
      costs.push_back(one.cost);
      rows.push_back(one.row);
      values.push_back(one.value);
      starts.push_back(static_cast<CoinBigIndex>(rows.size()));
    }
    new_auxiliaries.clear();
    for (const auto& sums : coefficients) {
      for (const auto& [row, value] : sums) {
        rows.push_back(row);
        values.push_back(value);
      }
      starts.push_back(static_cast<CoinBigIndex>(rows.size()));
      lower.push_back(0.0);
      upper.push_back(COIN_DBL_MAX);
      costs.push_back(rosters[loaded].record->points);
      rosters[loaded].column = first + static_cast<int>(loaded - before);
      ++loaded;
    }
    clp.addColumns(static_cast<int>(costs.size()), lower.data(), upper.data(), costs.data(), starts.data(), rows.data(),
                   values.data());
  }

  void add_rows() {
    std::vector<double> lower;
    std::vector<double> upper;
    for (const auto& [least, most] : new_rows) {
      lower.push_back(least);
      upper.push_back(most);
    }
    const std::vector<CoinBigIndex> starts(new_rows.size() + 1, 0);
    const int no_column = 0;
    const double no_value = 0.0;
    if (!new_rows.empty())
      clp.addRows(static_cast<int>(new_rows.size()), lower.data(), upper.data(), starts.data(), &no_column, &no_value);
    new_rows.clear();
  }
};

RosterProgramme::RosterProgramme(const PlanModel& model, const CouplingIndex& index, const PlanState& others,
                                 const std::vector<std::size_t>& classes, const std::vector<double>& units,
                                 bool escorts_too)
    : parts_(std::make_unique<Parts>(model, index, others, escorts_too)) {
  for (std::size_t i = 0; i < classes.size(); ++i)
    parts_->row_of_class[classes[i]] = parts_->new_row(-kInfinity, units[i]);
}

RosterProgramme::~RosterProgramme() = default;

bool RosterProgramme::takes(const PlanModel& model, const RosterRecord& record, bool escorts_too) {
  return std::none_of(record.runs.begin(), record.runs.end(), [&](const RowRun& run) {
    const PlanModel::Group& group = model.group(run.group);
    return group.family == RowFamily::Assigned || (escorts_too && group.family == RowFamily::EscortsPresent &&
                                                   model.escorts()[group.subject].term->threshold > 0);
  });
}

bool RosterProgramme::add(std::size_t unit_class, RecordPtr record) {
  if (!takes(parts_->model, *record, parts_->escorts_too) || find(unit_class, record))
    return false;
  parts_->of_class[unit_class].push_back(parts_->rosters.size());
  parts_->rosters.push_back({unit_class, std::move(record)});
  return true;
}

std::optional<std::size_t> RosterProgramme::find(std::size_t unit_class, const RecordPtr& record) const {
  const auto of_class = parts_->of_class.find(unit_class);
  if (of_class == parts_->of_class.end())
    return std::nullopt;
  for (const std::size_t j : of_class->second)
    if (is_same_roster(parts_->rosters[j].record, record))
      return j;
  return std::nullopt;
}

std::size_t RosterProgramme::rosters() const noexcept {
  return parts_->rosters.size();
}

std::size_t RosterProgramme::class_of(std::size_t roster) const {
  return parts_->rosters[roster].unit_class;
}

const RecordPtr& RosterProgramme::record(std::size_t roster) const {
  return parts_->rosters[roster].record;
}

void RosterProgramme::stop_when(std::function<bool()> stop) {
  const StopsSimplex handler(std::move(stop));
  parts_->clp.passInEventHandler(&handler);  // which Clp copies
}

void RosterProgramme::solve() {
  Parts& parts = *parts_;
  if (parts.rosters.empty())
    return;  // Clp does not survive a model without columns
  parts.load();
  // Its prices still stand where there is only less to choose from; its values where no bound was changed.
  if (parts.is_tightened && !parts.is_widened)
    parts.clp.dual();
  else
    parts.clp.primal(parts.keeps_values && !parts.is_new ? 1 : 0);
  parts.is_new = parts.is_tightened = parts.is_widened = false;
  parts.keeps_values = true;
}

double RosterProgramme::objective() const {
  return parts_->clp.objectiveValue() + parts_->points_without_rows;
}

int RosterProgramme::rows() const {
  return parts_->clp.numberRows();
}

double RosterProgramme::units(std::size_t roster) const {
  return parts_->clp.getColSolution()[parts_->rosters[roster].column];
}

void RosterProgramme::bound(std::size_t roster, double least, double most) {
  Parts& parts = *parts_;
  parts.load();
  const int column = parts.rosters[roster].column;
  most = no_more(most);
  parts.is_tightened =
      parts.is_tightened || least > parts.clp.getColLower()[column] || most < parts.clp.getColUpper()[column];
  parts.is_widened =
      parts.is_widened || least < parts.clp.getColLower()[column] || most > parts.clp.getColUpper()[column];
  parts.keeps_values =
      parts.keeps_values && least == parts.clp.getColLower()[column] && most == parts.clp.getColUpper()[column];
  parts.clp.setColumnBounds(column, least, most);
}

LinearModel RosterProgramme::as_model(std::vector<int>& roster_columns) const {
  const ClpSimplex& clp = parts_->clp;
  LinearModel model;
  const auto bound = [](double value) {
    return value <= -COIN_DBL_MAX ? -kInfinity : value >= COIN_DBL_MAX ? kInfinity : value;
  };
  for (int i = 0; i < clp.numberRows(); ++i)
    model.add_row({"", bound(clp.getRowLower()[i]), bound(clp.getRowUpper()[i])});
  for (int j = 0; j < clp.numberColumns(); ++j)
    model.add_column({"", bound(clp.getColLower()[j]), bound(clp.getColUpper()[j]), clp.getObjCoefficients()[j]});
  const CoinPackedMatrix& matrix = *clp.matrix();
  for (int j = 0; j < clp.numberColumns(); ++j)
    for (CoinBigIndex at = matrix.getVectorFirst(j); at < matrix.getVectorLast(j); ++at)
      model.add_term(matrix.getIndices()[at], j, matrix.getElements()[at]);
  roster_columns.clear();
  for (const auto& roster : parts_->rosters) {
    roster_columns.push_back(roster.column);
    model.columns[static_cast<std::size_t>(roster.column)].integer = true;
  }
  return model;
}

std::vector<double> RosterProgramme::values() const {
  const ClpSimplex& clp = parts_->clp;
  return {clp.getColSolution(), clp.getColSolution() + clp.numberColumns()};
}

std::vector<double> RosterProgramme::prices() const {
  const Parts& parts = *parts_;
  std::vector<double> prices(parts.model.rows().size(), 0.0);
  const double* duals = parts.clp.getRowPrice();
  for (int i = 0; i < static_cast<int>(parts.index.coupling().model.rows.size()); ++i) {
    const auto at = parts.row_of_model.find(i);
    const double dual = at == parts.row_of_model.end() ? parts.dual_of_nobody(i) : duals[at->second];
    if (dual == 0.0)
      continue;
    for (const auto& link : parts.index.uses_of(i))
      prices[static_cast<std::size_t>(link.table_row)] -= link.factor * dual;
    for (const auto& term : parts.index.terms_of(i))
      if (const int present = parts.index.present_row(term.column); present >= 0)
        prices[static_cast<std::size_t>(present)] -= term.value * dual;
  }
  for (const auto& [table_row, row] : parts.row_of_room)
    prices[static_cast<std::size_t>(table_row)] -= duals[row];
  return prices;
}

double RosterProgramme::class_dual(std::size_t unit_class) const {
  return parts_->is_new ? 0.0 : std::min(0.0, parts_->clp.getRowPrice()[parts_->row_of_class.at(unit_class)]);
}

std::vector<std::pair<std::size_t, RecordPtr>> RosterProgramme::promising(const RosterOracle& oracle,
                                                                          const std::vector<std::size_t>& classes,
                                                                          std::size_t most,
                                                                          const std::vector<double>& guide) const {
  const PlanModel& model = parts_->model;
  const auto own = prices();
  std::vector<std::pair<std::size_t, RecordPtr>> found;
  for (const double share : kGuided) {
    if (share > 0.0 && guide.empty())
      continue;
    auto mixed = own;
    for (std::size_t i = 0; share > 0.0 && i < mixed.size(); ++i)
      mixed[i] += share * (guide[i] - own[i]);
    const auto answers = oracle.ask(mixed, std::vector<double>(model.problem().classes.size(), 0.0), most, classes);
    for (const std::size_t c : classes)
      for (const auto& roster : answers[c].rosters) {
        RecordPtr record = model.make_record(c, roster.roster);
        if (price_of(model, *record, own) < class_dual(c) - kPromise && takes(model, *record, parts_->escorts_too) &&
            !find(c, record))
          found.emplace_back(c, std::move(record));
      }
    if (!found.empty())
      break;
  }
  return found;
}

}  // namespace relevo::planner
