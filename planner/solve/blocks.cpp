// SPDX-License-Identifier: MIT
#include "planner/solve/blocks.hpp"

#include "planner/solve/tolerances.hpp"

#include <numeric>

namespace relevo::planner {

namespace {

constexpr int kNoBlock = -1;

/// Union-find over the columns.
class Partition {
 public:
  explicit Partition(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0); }

  int root(int i) {
    while (parent_[static_cast<std::size_t>(i)] != i) {
      auto& parent = parent_[static_cast<std::size_t>(i)];
      parent = parent_[static_cast<std::size_t>(parent)];
      i = parent;
    }
    return i;
  }

  void join(int a, int b) { parent_[static_cast<std::size_t>(root(a))] = root(b); }

 private:
  std::vector<int> parent_;
};

}  // namespace

std::vector<ModelBlock> independent_blocks(const LinearModel& model) {
  Partition partition(model.columns.size());
  std::vector<int> a_column_of_row(model.rows.size(), kNoBlock);
  std::vector<bool> has_row(model.columns.size(), false);
  for (const auto& term : model.terms) {
    int& column = a_column_of_row[static_cast<std::size_t>(term.row)];
    if (column == kNoBlock)
      column = term.column;
    else
      partition.join(column, term.column);
    has_row[static_cast<std::size_t>(term.column)] = true;
  }

  std::vector<ModelBlock> blocks;
  std::vector<int> block_of_root(model.columns.size(), kNoBlock);
  std::vector<int> place(model.columns.size(), kNoBlock);  // column within its block
  int loose = kNoBlock;                                    // the block of columns without rows
  const auto block_of = [&](std::size_t column) -> int& {
    return has_row[column] ? block_of_root[static_cast<std::size_t>(partition.root(static_cast<int>(column)))] : loose;
  };
  for (std::size_t j = 0; j < model.columns.size(); ++j) {
    int& block = block_of(j);
    if (block == kNoBlock) {
      block = static_cast<int>(blocks.size());
      blocks.emplace_back();
    }
    auto& target = blocks[static_cast<std::size_t>(block)];
    place[j] = target.model.add_column(model.columns[j]);
    target.columns.push_back(static_cast<int>(j));
  }
  std::vector<int> row_in_block(model.rows.size(), kNoBlock);
  for (std::size_t i = 0; i < model.rows.size(); ++i)
    if (a_column_of_row[i] != kNoBlock)
      row_in_block[i] =
          blocks[static_cast<std::size_t>(block_of(static_cast<std::size_t>(a_column_of_row[i])))].model.add_row(
              model.rows[i]);
  for (const auto& term : model.terms)
    blocks[static_cast<std::size_t>(block_of(static_cast<std::size_t>(term.column)))].model.add_term(
        row_in_block[static_cast<std::size_t>(term.row)], place[static_cast<std::size_t>(term.column)], term.value);
  return blocks;
}

bool has_impossible_row(const LinearModel& model) {
  std::vector<bool> has_term(model.rows.size(), false);
  for (const auto& term : model.terms)
    has_term[static_cast<std::size_t>(term.row)] = true;
  for (std::size_t i = 0; i < model.rows.size(); ++i)
    if (!has_term[i] && (model.rows[i].lower > kAmountTolerance || model.rows[i].upper < -kAmountTolerance))
      return true;
  return false;
}

}  // namespace relevo::planner
