// SPDX-License-Identifier: MIT
#include "planner/solve/blocks.hpp"
#include "planner/solve/child_search.hpp"
#include "planner/solve/mip.hpp"
#include "planner/solve/seconds.hpp"

#include <CbcEventHandler.hpp>
#include <CbcModel.hpp>
#include <CbcSimpleInteger.hpp>
#include <CbcSolver.hpp>
#include <CoinPackedMatrix.hpp>
#include <OsiClpSolverInterface.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <memory>
#include <optional>
#include <string>

namespace relevo::planner {

namespace {

/// CBC reports "nothing yet" by objectives beyond this.
constexpr double kNoObjective = 1e40;
constexpr double kBetter = 5e-7;              ///< points
constexpr std::size_t kPerturbedFrom = 5000;  ///< columns
constexpr std::size_t kFewOfBlock = 1000;     ///< for which the linear programme costs less than to begin with CBC
constexpr double kWholeNumber = 1e-7;         ///< how near a whole number is to one

/// Relays progress and the wish to stop.
class Watcher : public CbcEventHandler {
 public:
  Watcher(CbcModel* model, const MipOptions* options, bool* stopped)
      : CbcEventHandler(model), options_(options), stopped_(stopped), start_(std::chrono::steady_clock::now()) {}

  CbcEventHandler* clone() const override { return new Watcher(*this); }

  CbcAction event(CbcEvent which) override {
    // The handler is also called for the sub-models of heuristics.
    if (model_ == nullptr || model_->parentModel() != nullptr)
      return noAction;
    if (options_->stop && options_->stop()) {
      *stopped_ = true;
      return stop;
    }
    if (options_->on_progress && (which == node || which == solution || which == heuristicSolution))
      report();
    return noAction;
  }

 private:
  void report() {
    Progress progress;
    progress.seconds = seconds_since(start_);
    progress.nodes = model_->getNodeCount();
    progress.bound = model_->getBestPossibleObjValue();
    if (model_->getObjValue() < kNoObjective)
      progress.incumbent = model_->getObjValue();
    options_->on_progress(progress);
  }

  const MipOptions* options_;
  bool* stopped_;
  std::chrono::steady_clock::time_point start_;
};

void load(const LinearModel& model, OsiClpSolverInterface& solver) {
  std::vector<int> rows;
  std::vector<int> columns;
  std::vector<double> values;
  for (const auto& term : model.terms) {
    rows.push_back(term.row);
    columns.push_back(term.column);
    values.push_back(term.value);
  }
  CoinPackedMatrix matrix(true, rows.data(), columns.data(), values.data(), static_cast<CoinBigIndex>(values.size()));
  matrix.setDimensions(static_cast<int>(model.rows.size()), static_cast<int>(model.columns.size()));
  const double infinity = solver.getInfinity();
  const auto finite = [&](double v) { return std::clamp(v, -infinity, infinity); };
  std::vector<double> lower;
  std::vector<double> upper;
  std::vector<double> cost;
  for (const auto& column : model.columns) {
    lower.push_back(finite(column.lower));
    upper.push_back(finite(column.upper));
    cost.push_back(column.cost);
  }
  std::vector<double> row_lower;
  std::vector<double> row_upper;
  for (const auto& row : model.rows) {
    row_lower.push_back(finite(row.lower));
    row_upper.push_back(finite(row.upper));
  }
  solver.loadProblem(matrix, lower.data(), upper.data(), cost.data(), row_lower.data(), row_upper.data());
  for (std::size_t j = 0; j < model.columns.size(); ++j)
    if (model.columns[j].integer)
      solver.setInteger(static_cast<int>(j));
}

/// CbcMain1 installs its own SIGINT handler; ours comes back when this goes.
class KeepSignalHandler {
 public:
  KeepSignalHandler() { sigaction(SIGINT, nullptr, &saved_); }
  ~KeepSignalHandler() { sigaction(SIGINT, &saved_, nullptr); }
  KeepSignalHandler(const KeepSignalHandler&) = delete;
  KeepSignalHandler& operator=(const KeepSignalHandler&) = delete;

 private:
  struct sigaction saved_ {};
};

constexpr int kBeforeBranching = 3;  // CbcMain1 calls back there with what its preprocessing left
constexpr int kDecides = 100;
constexpr int kFollows = 1000;  // CBC's own, where nothing is said

/// Columns that decide are branched on before the others.
int set_priorities(CbcModel* model, int where) {
  const auto* linear = static_cast<const LinearModel*>(model->getApplicationData());
  const int* original = model->originalColumns();
  if (where != kBeforeBranching || linear == nullptr || original == nullptr)
    return 0;
  model->findIntegers(false);
  for (int i = 0; i < model->numberObjects(); ++i)
    if (auto* object = dynamic_cast<CbcSimpleInteger*>(model->modifiableObject(i))) {
      const int column = original[object->columnNumber()];
      const bool decides = column >= 0 && static_cast<std::size_t>(column) < linear->columns.size() &&
                           linear->columns[static_cast<std::size_t>(column)].decides;
      object->setPriority(decides ? kDecides : kFollows);
    }
  return 0;
}

/// `is_out_of_time`: the clock ran out while CBC was at it.
MipResult::End end_of(const CbcModel& model, const MipOptions& options, bool stopped, bool is_out_of_time) {
  if (stopped)
    return MipResult::End::Stopped;
  // Where the clock runs out before the first node, CBC calls the model infeasible without having proved it.
  if (model.isSecondsLimitReached() || (model.isProvenInfeasible() && is_out_of_time))
    return MipResult::End::TimeLimit;
  if (model.isProvenInfeasible())
    return MipResult::End::Infeasible;
  if (model.isNodeLimitReached())
    return MipResult::End::NodeLimit;
  const double objective = model.getObjValue();
  const double difference = objective - model.getBestPossibleObjValue();
  if (options.gap > 0.0 && difference > 1e-9 * std::max(1.0, std::abs(objective)))
    return MipResult::End::GapLimit;
  return model.isProvenOptimal() ? MipResult::End::Optimal : MipResult::End::NodeLimit;
}

/// A block without rows: each column stands at the bound that its cost prefers.
MipResult solve_loose(const LinearModel& model) {
  MipResult result;
  for (const auto& column : model.columns) {
    result.values.push_back(column.cost >= 0.0 ? column.lower : column.upper);
    result.objective += column.cost * result.values.back();
  }
  result.bound = result.objective;
  return result;
}

/// The least the objective can be whatever the rows say.
double trivial_bound(const LinearModel& model) {
  double bound = 0.0;
  for (const auto& column : model.columns)
    bound += column.cost >= 0.0 ? column.cost * column.lower : column.cost * column.upper;
  return bound;
}

double cost_of(const LinearModel& model, const std::vector<double>& values) {
  double cost = 0.0;
  for (std::size_t j = 0; j < values.size(); ++j)
    cost += model.columns[j].cost * values[j];
  return cost;
}

/// Where nothing better than the start was found, it is the result; where nothing better is, with proof.
void keep_start(const LinearModel& model, const std::vector<double>& start, MipResult& result) {
  const double cost = cost_of(model, start);
  if (!result.values.empty() && result.objective < cost)
    return;
  result.values = start;
  result.objective = cost;
  if (result.end == MipResult::End::Infeasible || result.end == MipResult::End::Optimal) {
    result.end = MipResult::End::Optimal;
    result.bound = cost;
  }
  result.bound = std::min(result.bound, cost);
}

/// What to leave out where the usual way ends in an assertion of Clp.
enum class Way { Usual, WithoutHeuristics, WithoutCutoff };

MipResult solve_here(const LinearModel& linear, const MipOptions& options, Way way) {
  OsiClpSolverInterface solver;
  solver.messageHandler()->setLogLevel(0);
  load(linear, solver);

  CbcModel model(solver);
  model.setLogLevel(0);
  model.messageHandler()->setLogLevel(0);
  CbcSolverUsefulData data;
  data.noPrinting_ = true;
  CbcMain0(model, data);
  model.setLogLevel(0);
  bool stopped = false;
  // CBC wants it without const and only hands it back.
  if (!options.start.empty())
    model.setApplicationData(const_cast<LinearModel*>(&linear));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  const Watcher watcher(&model, &options, &stopped);
  model.passInEventHandler(&watcher);

  std::vector<std::string> words = {
      "relevo", "-log", "0", "-maxNodes", std::to_string(options.nodes), "-ratioGap", fmt::format("{}", options.gap)};
  // With perturbation Clp now and then moves a bound past its other one, and an assertion ends the program. Small
  // models do as well without; large ones take many times longer (docs/solver-experiments.md).
  if (linear.columns.size() < kPerturbedFrom)
    words.insert(words.end(), {"-perturbation", "off"});
  if (way == Way::WithoutHeuristics || (options.start_is_good && !options.start.empty()))
    words.insert(words.end(), {"-heuristicsOnOff", "off"});
  if (options.without_cuts)
    words.insert(words.end(), {"-cuts", "off"});
  if (options.seconds) {
    words.insert(words.end(), {"-timeMode", "elapsed", "-seconds", fmt::format("{}", *options.seconds)});
  }
  if (!options.start.empty() && way != Way::WithoutCutoff)
    words.insert(words.end(), {"-cutoff", fmt::format("{}", cost_of(linear, options.start) - kBetter)});
  const auto start = std::chrono::steady_clock::now();
  words.insert(words.end(), {"-solve", "-quit"});
  std::vector<const char*> arguments;
  arguments.reserve(words.size());
  for (const auto& word : words)
    arguments.push_back(word.c_str());
  CbcMain1(static_cast<int>(arguments.size()), arguments.data(), model, set_priorities, data);

  MipResult result;
  result.end = end_of(model, options, stopped, options.seconds && seconds_since(start) >= *options.seconds);
  result.nodes = model.getNodeCount();
  if (model.bestSolution() != nullptr && model.getObjValue() < kNoObjective) {
    result.values.assign(model.bestSolution(), model.bestSolution() + linear.columns.size());
    result.objective = model.getObjValue();
  }
  result.bound = model.getBestPossibleObjValue();
  if (result.bound >= kNoObjective)  // it was stopped before it had one
    result.bound = trivial_bound(linear);
  if (result.end == MipResult::End::Optimal)
    result.bound = result.objective;
  if (!options.start.empty())
    keep_start(linear, options.start, result);
  return result;
}

/// The best solution, where already that of the linear programme is whole; most small blocks need no branching.
std::optional<MipResult> solve_relaxation(const LinearModel& linear, const MipOptions& options) {
  OsiClpSolverInterface solver;
  solver.messageHandler()->setLogLevel(0);
  load(linear, solver);
  solver.initialSolve();
  if (!solver.isProvenOptimal())
    return std::nullopt;
  MipResult result;
  result.values.assign(solver.getColSolution(), solver.getColSolution() + linear.columns.size());
  for (std::size_t j = 0; j < linear.columns.size(); ++j) {
    if (!linear.columns[j].integer)
      continue;
    const double whole = std::round(result.values[j]);
    if (std::abs(result.values[j] - whole) > kWholeNumber)
      return std::nullopt;
    result.values[j] = whole;
  }
  result.objective = result.bound = cost_of(linear, result.values);
  if (!options.start.empty())
    keep_start(linear, options.start, result);
  return result;
}

MipResult solve_block(const LinearModel& linear, const MipOptions& options, Way way) {
  if (linear.rows.empty())
    return solve_loose(linear);
  if (linear.columns.size() <= kFewOfBlock)
    if (auto result = solve_relaxation(linear, options))
      return *std::move(result);
  return solve_here(linear, options, way);
}

/// Solves block after block; nodes and seconds are one budget for all of them.
class BlockSearch {
 public:
  BlockSearch(const LinearModel& model, const MipOptions& options, Way way)
      : model_(model), options_(options), way_(way) {
    total_.values.assign(model.columns.size(), 0.0);
    total_.bound = 0.0;
  }

  MipResult run() {
    if (has_impossible_row(model_)) {
      total_.end = MipResult::End::Infeasible;
      total_.values.clear();
      return std::move(total_);
    }
    auto blocks = independent_blocks(model_);
    // The small ones first: where the budget runs out, the fewest are left.
    std::stable_sort(blocks.begin(), blocks.end(),
                     [](const ModelBlock& a, const ModelBlock& b) { return a.columns.size() < b.columns.size(); });
    for (const auto& block : blocks) {
      rest_ += trivial_bound(block.model);
      rest_of_start_ += cost_of(block.model, start_of(block));
    }
    left_ = blocks.size();
    for (const auto& block : blocks) {
      --left_;
      rest_ -= trivial_bound(block.model);
      rest_of_start_ -= cost_of(block.model, start_of(block));
      add(block, ends_all() ? skipped(block) : solve_block(block.model, options_for(block), way_));
      if (total_.end == MipResult::End::Infeasible)
        break;
    }
    if (!complete_)
      total_.values.clear();
    return std::move(total_);
  }

 private:
  bool ends_all() const {
    return total_.end == MipResult::End::TimeLimit || total_.end == MipResult::End::Stopped ||
           total_.end == MipResult::End::NodeLimit;
  }

  MipResult skipped(const ModelBlock& block) const {
    MipResult result;
    result.end = MipResult::End::Optimal;  // says nothing new: the limit hit before stands
    result.bound = trivial_bound(block.model);
    result.values = start_of(block);
    result.objective = cost_of(block.model, result.values);
    return result;
  }

  double elapsed() const { return seconds_since(start_); }

  MipOptions options_for(const ModelBlock& block) {
    MipOptions options = options_;
    options.nodes = std::max(1, options_.nodes - total_.nodes);
    if (options_.seconds)
      options.seconds = std::max(0.01, *options_.seconds - elapsed());
    options.start = start_of(block);
    if (options_.on_progress)
      options.on_progress = [this](const Progress& progress) { relay(progress); };
    return options;
  }

  std::vector<double> start_of(const ModelBlock& block) const {
    std::vector<double> start;
    for (const int column : block.columns)
      if (!options_.start.empty())
        start.push_back(options_.start[static_cast<std::size_t>(column)]);
    return start;
  }

  /// The whole's progress: what is done, what the block says, and the least that is left. An incumbent of the whole
  /// there is where the blocks to come have a start, or none is to come.
  void relay(Progress progress) const {
    progress.seconds = elapsed();
    progress.nodes += total_.nodes;
    progress.bound += total_.bound + rest_;
    if (!complete_ || (left_ > 0 && options_.start.empty()))
      progress.incumbent.reset();
    if (progress.incumbent)
      *progress.incumbent += total_.objective + rest_of_start_;
    options_.on_progress(progress);
  }

  void add(const ModelBlock& block, const MipResult& part) {
    if (part.end != MipResult::End::Optimal)
      total_.end = part.end;
    total_.nodes += part.nodes;
    total_.bound += part.bound;
    total_.objective += part.objective;
    complete_ = complete_ && !part.values.empty();
    for (std::size_t j = 0; j < part.values.size(); ++j)
      total_.values[static_cast<std::size_t>(block.columns[j])] = part.values[j];
  }

  const LinearModel& model_;
  const MipOptions& options_;
  Way way_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  MipResult total_;
  std::size_t left_ = 0;        ///< blocks to come
  double rest_ = 0.0;           ///< the least of these
  double rest_of_start_ = 0.0;  ///< their part of the start
  bool complete_ = true;
};

/// How a child solves one in this way.
ChildTask child_task(const MipTask& task, Way way) {
  const auto search = [task, way](const std::function<void(const Progress&)>& tell,
                                  const std::function<bool()>& is_stopped) {
    const KeepSignalHandler keep;
    MipOptions inside = *task.options;
    if (inside.on_progress)
      inside.on_progress = tell;
    inside.stop = is_stopped;
    return BlockSearch(*task.model, inside, way).run();
  };
  return {search, task.options->on_progress, task.options->stop};
}

/// Where every way ended in an assertion.
MipResult nothing_found(const MipTask& task) {
  MipResult nothing;
  nothing.end = MipResult::End::NodeLimit;
  nothing.bound = trivial_bound(*task.model);
  if (!task.options->start.empty())
    keep_start(*task.model, task.options->start, nothing);
  return nothing;
}

}  // namespace

MipResult solve_mip(const LinearModel& model, const MipOptions& options) {
  if (options.in_child)
    return std::move(solve_mips({{&model, &options}}, 1).front());
  const KeepSignalHandler keep;
  return BlockSearch(model, options, Way::Usual).run();
}

// In children, so that an assertion in a library ends a search and not the program.
std::vector<MipResult> solve_mips(const std::vector<MipTask>& tasks, int at_once) {
  std::vector<std::optional<MipResult>> results(tasks.size());
  for (const Way way : {Way::Usual, Way::WithoutHeuristics, Way::WithoutCutoff}) {
    std::vector<std::size_t> open;
    std::vector<ChildTask> children;
    for (std::size_t i = 0; i < tasks.size(); ++i)
      if (!results[i] && (way != Way::WithoutCutoff || !tasks[i].options->start.empty())) {
        open.push_back(i);
        children.push_back(child_task(tasks[i], way));
      }
    auto found = search_in_children(children, at_once);
    for (std::size_t i = 0; i < open.size(); ++i)
      results[open[i]] = std::move(found[i]);
  }
  std::vector<MipResult> all;
  all.reserve(tasks.size());
  for (std::size_t i = 0; i < tasks.size(); ++i)
    all.push_back(results[i] ? *std::move(results[i]) : nothing_found(tasks[i]));
  return all;
}

}  // namespace relevo::planner
