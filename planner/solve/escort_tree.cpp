// SPDX-License-Identifier: MIT
#include "planner/solve/escort_tree.hpp"

#include "planner/solve/coupling_index.hpp"
#include "planner/solve/roster_oracle.hpp"
#include "planner/solve/side_by_side.hpp"
#include "planner/solve/tolerances.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

namespace relevo::planner {

namespace {

constexpr std::size_t kAtOnce = 4;        ///< nodes worked on side by side
constexpr std::size_t kProbedFirst = 30;  ///< columns tried where nothing is known of any
constexpr std::size_t kProbedKnown = 5;   ///< the best of those tried before,
constexpr std::size_t kProbedNew = 3;     ///< and some of the others
constexpr int kSteps = 10;                ///< of the dual simplex in such a trial
constexpr int kRounds = 200;              ///< of pricing in a node
constexpr double kPartOfEscort = 1e-6;    ///< escorts: less is none
constexpr double kLeastRise = 1e-3;       ///< of the gap: a column that raises one side only is still worth something
constexpr double kLackOverGap = 100.0;    ///< an escort that is asked for and not there, in gaps
constexpr double kMostLack = 100.0;       ///< escorts

struct ColumnBound {
  int column = 0;
  double least = 0.0;
  double most = 0.0;
};

/// A node to be worked on: that of its parent with one more bound.
struct Node {
  std::vector<ColumnBound> bounds;
  double bound = -kInfinity;  // that of the parent, and what proves it
  MasterDuals duals;
  std::shared_ptr<const Master> parent;
  int id_of_parent = 0;
  std::size_t found_before = 0;  // rosters that all nodes had found when the parent was begun
};

/// What became of a node.
struct NodeOutcome {
  ColumnGenerationResult relaxed;
  std::shared_ptr<const Master> master;  // none: nothing in the node is better than the plan at hand
  std::vector<RosterColumn> found;
  std::vector<double> values;  // of the coupling's columns
  std::vector<int> probed;     // columns
  std::vector<Master::Rise> rises;
  std::optional<int> branch;  // column; none: all escorts are whole
};

/// What one escort more or less of a column usually costs: its pseudo-costs (Benichou et al. 1971).
struct UsualRise {
  double below = 0.0;
  double above = 0.0;
  int count = 0;

  Master::Rise of(double part) const { return {below / count * part, above / count * (1.0 - part)}; }
};

double part_of(double value) {
  return value - std::floor(value);
}

class Tree {
 public:
  Tree(const PlanModel& model, const Coupling& coupling, const ColumnGenerationResult& relaxed,
       const EscortTreeOptions& options)
      : problem_(model.problem()),
        rows_(model.rows()),
        options_(options),
        oracle_(model, 1),
        coupling_(coupling),
        usual_(coupling.model.columns.size()) {
    make_room(coupling, kLackOverGap * std::max(1.0, options.objective - relaxed.bound));
  }

  EscortTreeResult run(const std::vector<RosterColumn>& known, const ColumnGenerationResult& relaxed) {
    const auto root = std::make_shared<Master>(problem_, rows_, coupling_);
    root->add(known);
    open_.push_back({{}, relaxed.bound, relaxed.duals, root, 0, 0});
    while (!open_.empty() && result_.nodes < options_.nodes && !(options_.stop && options_.stop()))
      work_on(take_best());
    for (auto& node : open_)
      result_.leaves.push_back({node.bound, std::move(node.duals.rows)});
    result_.bound = bound();
    return std::move(result_);
  }

 private:
  /// Columns for escorts that bounds ask for and no roster brings, which cost far more than the gap: what they leave
  /// is a relaxation, so that its bounds hold.
  void make_room(const Coupling& whole, double points) {
    const CouplingIndex index(rows_, whole);
    for (std::size_t j = 0; j < whole.model.columns.size(); ++j) {
      const int table_row = index.present_row(static_cast<int>(j));
      if (table_row < 0)
        continue;
      escorts_.push_back(static_cast<int>(j));
      for (const auto& link : index.links_of(table_row))
        coupling_.model.add_term(link.model_row, coupling_.model.add_column({"lack", 0.0, kMostLack, points}),
                                 link.factor);
    }
  }

  double bound() const {
    double least = options_.objective;
    for (const auto& node : open_)
      least = std::min(least, node.bound);
    for (const auto& leaf : result_.leaves)
      least = std::min(least, leaf.bound);
    return least;
  }

  bool is_hopeless(double bound) const { return bound >= options_.objective - kProofTolerance; }

  /// The nodes with the least bounds, those made first before others.
  std::vector<Node> take_best() {
    const std::size_t count =
        std::min({kAtOnce, open_.size(), static_cast<std::size_t>(std::max(1, options_.nodes - result_.nodes))});
    std::stable_sort(open_.begin(), open_.end(), [](const Node& a, const Node& b) { return a.bound < b.bound; });
    const auto end = open_.begin() + static_cast<std::ptrdiff_t>(count);
    std::vector<Node> best(std::make_move_iterator(open_.begin()), std::make_move_iterator(end));
    open_.erase(open_.begin(), end);
    return best;
  }

  /// Each on its own; what they found is for those that come later.
  void work_on(std::vector<Node> nodes) {
    std::vector<NodeOutcome> outcomes(nodes.size());
    side_by_side(nodes.size(), options_.threads, [&](std::size_t i, std::size_t) { outcomes[i] = solve(nodes[i]); });
    const std::size_t found_before = found_.size();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      ++result_.nodes;
      NodeOutcome& outcome = outcomes[i];
      learn(outcome);
      for (auto& column : outcome.found)
        found_.emplace_back(result_.nodes, std::move(column));
      if (!outcome.master)
        continue;
      if (outcome.branch)
        branch(nodes[i], outcome, found_before);
      else
        result_.leaves.push_back({outcome.relaxed.bound, std::move(outcome.relaxed.duals.rows)});
    }
    if (options_.on_nodes)
      options_.on_nodes(result_.nodes, bound());
  }

  void branch(const Node& node, const NodeOutcome& outcome, std::size_t found_before) {
    const int column = *outcome.branch;
    const double value = outcome.values[static_cast<std::size_t>(column)];
    const auto& own = coupling_.model.columns[static_cast<std::size_t>(column)];
    ColumnBound all{column, own.lower, own.upper};
    for (const auto& bound : node.bounds)
      if (bound.column == column)
        all = bound;
    Node below{node.bounds, outcome.relaxed.bound, outcome.relaxed.duals, outcome.master, result_.nodes, found_before};
    Node above = below;
    below.bounds.push_back({column, all.least, std::floor(value)});
    above.bounds.push_back({column, std::ceil(value), all.most});
    open_.push_back(std::move(below));
    open_.push_back(std::move(above));
  }

  void learn(const NodeOutcome& outcome) {
    const double gap = options_.objective - outcome.relaxed.bound;
    for (std::size_t k = 0; k < outcome.probed.size(); ++k) {
      const auto j = static_cast<std::size_t>(outcome.probed[k]);
      const double part = part_of(outcome.values[j]);
      UsualRise& usual = usual_[j];
      usual.below += std::min(outcome.rises[k].below, gap) / part;
      usual.above += std::min(outcome.rises[k].above, gap) / (1.0 - part);
      ++usual.count;
    }
  }

  NodeOutcome solve(const Node& node) const {
    auto master = std::make_shared<Master>(*node.parent);
    for (const auto& bound : node.bounds)
      master->bound_auxiliary(bound.column, bound.least, bound.most);
    std::vector<RosterColumn> others;
    for (std::size_t i = node.found_before; i < found_.size(); ++i)
      if (found_[i].first != node.id_of_parent)
        others.push_back(found_[i].second);
    if (!others.empty())
      master->add(std::move(others));
    const std::size_t had = master->columns().size();

    ColumnGenerationOptions generation;
    generation.rounds = kRounds;
    generation.start = {node.bound, node.duals.rows, node.duals.classes};
    double bound = node.bound;
    generation.on_round = [&](int, double, double so_far) { bound = so_far; };
    generation.stop = [&] { return is_hopeless(bound) || (options_.stop && options_.stop()); };
    NodeOutcome outcome;
    outcome.relaxed = generate_columns(problem_, rows_, *master, oracle_, generation);
    const auto& columns = master->columns();
    outcome.found.assign(columns.begin() + static_cast<std::ptrdiff_t>(had), columns.end());
    if (is_hopeless(outcome.relaxed.bound))
      return outcome;
    choose(*master, outcome);
    outcome.master = std::move(master);
    return outcome;
  }

  /// A column that raises the bound on both sides, by strong branching on a few that pseudo-costs speak for
  /// (Achterberg, Koch and Martin 2005).
  void choose(Master& master, NodeOutcome& outcome) const {
    outcome.values = master.auxiliary();
    const double gap = options_.objective - outcome.relaxed.bound;
    const auto worth = [gap](const Master::Rise& rise) {
      return std::clamp(rise.below, kLeastRise * gap, gap) * std::clamp(rise.above, kLeastRise * gap, gap);
    };
    std::vector<std::pair<double, int>> known;
    std::vector<std::pair<double, int>> fresh;
    for (const int column : escorts_) {
      const double part = part_of(outcome.values[static_cast<std::size_t>(column)]);
      const double from_whole = std::min(part, 1.0 - part);
      if (from_whole < kPartOfEscort)
        continue;
      const UsualRise& usual = usual_[static_cast<std::size_t>(column)];
      if (usual.count > 0)
        known.emplace_back(worth(usual.of(part)), column);
      else
        fresh.emplace_back(from_whole, column);
    }
    const std::size_t most_fresh = known.empty() ? kProbedFirst : kProbedNew;
    probe_best(std::move(known), kProbedKnown, outcome.probed);
    probe_best(std::move(fresh), most_fresh, outcome.probed);
    if (outcome.probed.empty())
      return;
    outcome.rises = master.rises(outcome.probed, kSteps);
    double best = -kInfinity;
    for (std::size_t k = 0; k < outcome.probed.size(); ++k)
      if (const double value = worth(outcome.rises[k]); !outcome.branch || value > best) {
        best = value;
        outcome.branch = outcome.probed[k];
      }
  }

  /// Adds those that are worth most, the first of equals before others.
  static void probe_best(std::vector<std::pair<double, int>> candidates, std::size_t most, std::vector<int>& probed) {
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (std::size_t k = 0; k < std::min(most, candidates.size()); ++k)
      probed.push_back(candidates[k].second);
  }

  const Problem& problem_;
  const RowTable& rows_;
  const EscortTreeOptions& options_;
  RosterOracle oracle_;
  Coupling coupling_;                                // with room for escorts that are not there
  std::vector<int> escorts_;                         // columns R, ascending
  std::vector<UsualRise> usual_;                     // by column of the coupling
  std::vector<std::pair<int, RosterColumn>> found_;  // by which node
  std::vector<Node> open_;
  EscortTreeResult result_;
};

}  // namespace

EscortTreeResult branch_on_escorts(const PlanModel& model, const Coupling& coupling,
                                   const std::vector<RosterColumn>& known, const ColumnGenerationResult& relaxed,
                                   const EscortTreeOptions& options) {
  return Tree(model, coupling, relaxed, options).run(known, relaxed);
}

}  // namespace relevo::planner
