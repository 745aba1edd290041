// SPDX-License-Identifier: MIT
#pragma once

#include "planner/text/message.hpp"

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace relevo::planner {

/// What keeps a workspace from being used: "workspace.<code>" and "remedy.workspace.<code>" of the catalogue, both with
/// the argument `file`. Bad input or environment, never a bug of ours.
class WorkspaceError : public std::runtime_error {
 public:
  WorkspaceError(const std::string& code, std::vector<std::pair<std::string, std::string>> args)
      : std::runtime_error("workspace." + code),
        code_(code),
        what_{"workspace." + code, args},
        remedy_{"remedy.workspace." + code, std::move(args)} {}
  const std::string& code() const noexcept { return code_; }
  const text::Message& message() const noexcept { return what_; }
  const text::Message& remedy() const noexcept { return remedy_; }

 private:
  std::string code_;
  text::Message what_;
  text::Message remedy_;
};

}  // namespace relevo::planner
