// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"
#include "planner/store/workspace.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relevo::planner {

/// One digest for all inputs of a scenario: tables, documents, layers, reference data. Two results with the same one
/// were made from the same.
std::string input_digest(const ScenarioData& data);

/// Stores data.assessment with its spatial tables, which then hold this one alone, and returns its id. The same
/// assessment of the same inputs is not stored twice. \pre within Workspace::write
std::int64_t put_assessment(const Workspace& workspace, const ScenarioData& data);

/// A plan as it is stored.
struct StoredPlan {
  std::int64_t id = 0;  ///< 0 when it is to be stored
  std::string name;     ///< empty: "plan-<id>"
  std::string scenario;
  std::string created_for;  ///< as_of, ISO 8601
  std::string status;
  double objective = 0.0;
  std::string input_sha256;
  std::string sha256;
  std::string content;  ///< plan.json; empty in lists
};

/// Stores the plan and returns it with id and name; one of the same name is replaced. What it says of order lines is
/// kept where it is news (request_event_store.hpp). \pre within Workspace::write
StoredPlan put_plan(const Workspace& workspace, StoredPlan plan, std::int64_t assessment_id);

/// By id or name; without either the newest. Nothing where there is none.
std::optional<StoredPlan> find_plan(const Workspace& workspace, const std::string& id_or_name);
std::vector<StoredPlan> stored_plans(const Workspace& workspace);

struct StoredAssessment {
  std::int64_t id = 0;
  std::string input_sha256;
  std::int64_t incidents = 0;
  std::int64_t imports = 0;
};
std::vector<StoredAssessment> stored_assessments(const Workspace& workspace);

}  // namespace relevo::planner
