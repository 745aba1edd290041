// SPDX-License-Identifier: MIT
#include "planner/explain/ruled_out.hpp"

#include "planner/explain/least_open.hpp"

#include <utility>

namespace relevo::planner {

namespace {

constexpr int kMostTrials = 80;  // scenarios that are made and looked at, for one line

class Elimination {
 public:
  Elimination(const Scenario& scenario, int unmet, const std::function<bool()>& stop)
      : scenario_(scenario), unmet_(unmet), stop_(stop) {}

  std::size_t run(const std::vector<CatalogueEntry>& entries) {
    std::vector<Change> widening;
    for (const auto& entry : entries) {
      Change change = entry.change;
      change.size = entry.most;
      if (is_widening(change.kind))
        widening.push_back(std::move(change));
      else if (is_of_no_use_at_any_size(entry))
        ++ruled_out_;
    }
    eliminate(widening);
    return ruled_out_;
  }

 private:
  bool is_over() const { return trials_ >= kMostTrials || (stop_ && stop_()); }

  bool stays_open(const std::vector<Change>& changes) {
    ++trials_;
    const Scenario scenario(changed(scenario_, changes));
    const Problem problem = make_problem(scenario);
    return LeastOpen(problem).of(changes.front().line) >= unmet_;
  }

  bool is_of_no_use_at_any_size(const CatalogueEntry& entry) {
    for (int size = 1; size <= entry.most; ++size) {
      Change change = entry.change;
      change.size = size;
      if (is_over() || !stays_open({change}))
        return false;
    }
    return true;
  }

  void eliminate(const std::vector<Change>& changes) {
    if (changes.empty() || is_over())
      return;
    if (stays_open(changes)) {
      ruled_out_ += changes.size();
      return;
    }
    if (changes.size() == 1)
      return;
    const auto middle = changes.begin() + static_cast<std::ptrdiff_t>(changes.size() / 2);
    eliminate({changes.begin(), middle});
    eliminate({middle, changes.end()});
  }

  const Scenario& scenario_;
  int unmet_;
  const std::function<bool()>& stop_;
  int trials_ = 0;
  std::size_t ruled_out_ = 0;
};

}  // namespace

std::size_t count_ruled_out(const Scenario& scenario, const std::vector<CatalogueEntry>& entries, int unmet,
                            const std::function<bool()>& stop) {
  return Elimination(scenario, unmet, stop).run(entries);
}

}  // namespace relevo::planner
