// SPDX-License-Identifier: MIT
#pragma once

#include "cli/common_options.hpp"
#include "cli/exit_code.hpp"

#include <memory>
#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): the name that CLI11 has
class App;
}

namespace relevo::cli {

/// The words of the commands on a workspace: init, import, status, assess, plan, report.
class WorkspaceCommands {
 public:
  /// Adds them to `app`; both arguments must outlive this.
  WorkspaceCommands(CLI::App& app, CommonOptions& options);
  ~WorkspaceCommands();
  WorkspaceCommands(const WorkspaceCommands&) = delete;
  WorkspaceCommands& operator=(const WorkspaceCommands&) = delete;

  void set_command_line(const std::string& line);
  /// After parsing: whether one of them was asked for.
  bool is_given() const;
  /// \pre is_given()
  ExitCode run() const;

 private:
  struct Choices;
  CommonOptions& options_;
  std::unique_ptr<Choices> choices_;
};

}  // namespace relevo::cli
