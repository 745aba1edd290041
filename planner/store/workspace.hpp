// SPDX-License-Identifier: MIT
#pragma once

#include "planner/store/schema.hpp"
#include "planner/store/sqlite.hpp"
#include "planner/store/workspace_error.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

namespace relevo::planner {

/// "RELV": PRAGMA application_id of a workspace, which `file` and we tell it by.
inline constexpr std::int32_t kApplicationId = 0x52454C56;

/// A season's workspace: one SpatiaLite file with layers, tables, assessments and plans (docs/workspace.md).
///
/// Any number of processes may read it while none writes. Writers take turns: each waits for the other at most `wait`.
/// A killed writer leaves the file as it was before its transaction.
class Workspace {
 public:
  struct Options {
    std::chrono::milliseconds wait{10'000};  ///< for another process that holds the file
    std::span<const Migration> steps = migrations();
    /// Gone after use: no flush to the disk, no journal on it. A crash may leave it broken.
    bool temporary = false;
  };

  /// Makes the file, which must not exist; it appears whole or not at all. \throws WorkspaceError
  static Workspace create(const std::filesystem::path& file, const Options& options);
  static Workspace create(const std::filesystem::path& file) { return create(file, Options{}); }
  /// Opens it for reading and writing and brings an older version up to date. \throws WorkspaceError when it is
  /// missing, no workspace, of a newer version, damaged, or in use for longer than `wait`.
  static Workspace open(const std::filesystem::path& file, const Options& options);
  static Workspace open(const std::filesystem::path& file) { return open(file, Options{}); }

  const Connection& connection() const noexcept { return connection_; }
  /// As shown to people.
  const std::string& shown_name() const noexcept { return shown_name_; }
  int version() const;

  /// Does `work` in one transaction. What SQLite refuses - the file in use, a full disk, a damaged page - becomes a
  /// WorkspaceError; whatever else `work` throws passes through, and nothing of it is in the file.
  void write(const std::function<void()>& work) const;

  /// Does `work`, which only reads, and returns what it returns; errors of SQLite as above.
  template <class Work>
  auto read(Work work) const {
    try {
      return work();
    } catch (const SqliteError& e) {
      rethrow(e);
    }
  }

  /// Turns an error of SQLite into one that people understand.
  [[noreturn]] void rethrow(const SqliteError& error) const;

 private:
  Workspace(Connection connection, std::string shown_name);
  void migrate(const Options& options) const;

  Connection connection_;
  std::string shown_name_;
};

}  // namespace relevo::planner
