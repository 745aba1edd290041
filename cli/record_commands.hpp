// SPDX-License-Identifier: MIT
#pragma once

#include "cli/common_options.hpp"
#include "cli/exit_code.hpp"

#include <memory>

namespace CLI {  // NOLINT(readability-identifier-naming): the name that CLI11 has
class App;
}

namespace relevo::cli {

/// The commands about what became of plans and orders, as the command line gives them.
class RecordCommands {
 public:
  /// Adds them to `app`. Both arguments must live as long as this.
  RecordCommands(CLI::App& app, CommonOptions& options);
  ~RecordCommands();
  RecordCommands(const RecordCommands&) = delete;
  RecordCommands& operator=(const RecordCommands&) = delete;

  bool is_given() const;
  ExitCode run() const;

 private:
  struct Choices;
  CommonOptions& options_;
  std::unique_ptr<Choices> choices_;
};

}  // namespace relevo::cli
