// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/kind.hpp"
#include "planner/text/message.hpp"

#include <map>
#include <string>

namespace relevo::cli {

/// Names of kinds and of escorts' roles for plans that come without their scenario.
class KindNames {
 public:
  KindNames(const planner::KindCatalogue& kinds, text::Lang lang);

  /// A kind's id or a role's word; whatever nobody knows stays as it is.
  std::string name(const std::string& kind_or_role) const;
  /// "2 Hand crew, 1 contingent lead"
  std::string list(const std::map<std::string, int>& counts) const;

 private:
  std::map<std::string, std::string> names_;
};

}  // namespace relevo::cli
