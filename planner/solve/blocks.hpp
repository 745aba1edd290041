// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/linear_model.hpp"

#include <vector>

namespace relevo::planner {

/// A part of a model that shares no row with the rest, and which columns of the whole it holds.
struct ModelBlock {
  LinearModel model;
  std::vector<int> columns;  ///< of the whole model, by column of the block
};

/// The model taken apart into its independent blocks, in the order of their first column. Lines of different kinds are
/// coupled by few rows (pools, incident capacity, packages), so that most models are several small ones: their optima
/// add up, while one search over all of them would multiply. Columns without a row are blocks of their own kind: they
/// are collected in one block without rows.
/// Rows without a term are in no block: has_impossible_row() judges them.
std::vector<ModelBlock> independent_blocks(const LinearModel& model);

/// True when a row without a term asks for something other than 0, such as a pin that nobody can meet; for more than
/// sums of shares are off by.
bool has_impossible_row(const LinearModel& model);

}  // namespace relevo::planner
