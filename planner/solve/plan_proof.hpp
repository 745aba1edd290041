// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/solve/mip.hpp"

#include <string>

namespace relevo::planner {

PlanStatus status_of(MipResult::End end);

/// Sets what is proved of a plan whose objective is known: the bound, no less than `constant`, and the gaps to it
/// (docs/model.md, section 7). A search that ended with a proof has no gap, whatever the last digits of its bound say.
void set_proof(PlanResult& result, double bound, double constant, PlanStatus status, std::string proof);

/// What a search says that has proved that no plan obeys every rule and pin. \throws ContradictionError.
[[noreturn]] void throw_contradiction();

}  // namespace relevo::planner
