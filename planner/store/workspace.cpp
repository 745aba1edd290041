// SPDX-License-Identifier: MIT
#include "planner/store/workspace.hpp"

#include "planner/store/layer_styles.hpp"
#include "relevo_version.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <fstream>
#include <system_error>

namespace relevo::planner {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& code, const std::string& file, const std::string& why = {}) {
  throw WorkspaceError(code, {{"file", file}, {"why", why}});
}

[[noreturn]] void translate(const SqliteError& error, const std::string& file) {
  switch (error.code() & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      fail("busy", file);
    case SQLITE_FULL:
      fail("full", file, error.what());
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      fail("damaged", file, error.what());
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
      fail("not_writable", file, error.what());
    case SQLITE_IOERR:
      fail("io", file, error.what());
    default:
      throw;
  }
}

/// Bytes 68..71 of an SQLite file are its application_id: read without opening it as a database.
bool has_our_mark(const fs::path& file) {
  std::array<char, 72> head{};
  std::ifstream in(file, std::ios::binary);
  in.read(head.data(), head.size());
  if (in.gcount() != static_cast<std::streamsize>(head.size()) || std::memcmp(head.data(), "SQLite format 3", 16) != 0)
    return false;
  std::uint32_t id = 0;
  for (std::size_t i = 68; i < 72; ++i)
    id = (id << 8U) | static_cast<unsigned char>(head[i]);
  return id == static_cast<std::uint32_t>(kApplicationId);
}

void set_up(const Connection& connection, const Workspace::Options& options) {
  connection.execute(fmt::format("PRAGMA busy_timeout = {}", options.wait.count()));
  connection.execute("PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = OFF");
  // 32 MB of pages: enough for the upper levels of every tree, and independent of the size of the file.
  connection.execute("PRAGMA cache_size = -32768; PRAGMA temp_store = FILE");
  if (options.temporary)
    connection.execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE");
  else
    connection.execute("PRAGMA synchronous = FULL");
}

void set_version(const Connection& connection, int version) {
  connection.prepare("INSERT INTO schema_version (version, program) VALUES (?, ?)")
      .bind(1, version)
      .bind(2, kVersion)
      .run();
  connection.execute(fmt::format("PRAGMA user_version = {}", version));
}

int version_of(const Connection& connection) {
  return static_cast<int>(connection.integer("PRAGMA user_version").value_or(0));
}

void apply(const Connection& connection, std::span<const Migration> steps) {
  for (const auto& step : steps) {
    if (step.version <= version_of(connection))
      continue;
    connection.execute(std::string(step.sql));
    set_version(connection, step.version);
  }
}

void make_schema(const Connection& connection, const Workspace::Options& options) {
  Transaction transaction(connection);
  connection.execute(fmt::format("PRAGMA application_id = {}", kApplicationId));
  if (connection.integer("SELECT InitSpatialMetaData(0, 'WGS84')") != 1)
    throw SqliteError(SQLITE_ERROR, "SpatiaLite could not make its metadata");
  connection.execute(std::string(base_schema()));
  set_version(connection, 1);
  apply(connection, options.steps);
  write_layer_styles(connection);
  transaction.commit();
}

}  // namespace

Workspace::Workspace(Connection connection, std::string shown_name)
    : connection_(std::move(connection)), shown_name_(std::move(shown_name)) {}

Workspace Workspace::create(const fs::path& file, const Options& options) {
  const std::string shown = file.string();
  std::error_code error;
  if (fs::exists(file, error))
    fail(has_our_mark(file) ? "exists" : "exists_other", shown);
  const fs::path beside =
      fs::absolute(file).parent_path() / fmt::format(".{}.{}", file.filename().string(), ::getpid());
  try {
    {
      const Connection connection(beside, Connection::Mode::Create);
      set_up(connection, options);
      make_schema(connection, options);
    }
    // A hard link, for it fails where somebody else has made the file meanwhile; a rename would replace it.
    fs::create_hard_link(beside, file, error);
    if (error && error != std::errc::file_exists)
      fs::rename(beside, file);
    fs::remove(beside);
    if (error == std::errc::file_exists)
      fail("exists", shown);
  } catch (const SqliteError& e) {
    fs::remove(beside, error);
    translate(e, shown);
  } catch (const fs::filesystem_error& e) {
    fs::remove(beside, error);
    fail("not_writable", shown, e.code().message());
  }
  return open(file, options);
}

Workspace Workspace::open(const fs::path& file, const Options& options) {
  const std::string shown = file.string();
  std::error_code error;
  if (!fs::exists(file, error))
    fail("missing", shown);
  if (!fs::is_regular_file(file, error) || !has_our_mark(file))
    fail("not_one", shown);
  try {
    Workspace workspace(Connection(file, Connection::Mode::ReadWrite), shown);
    set_up(workspace.connection_, options);
    workspace.migrate(options);
    return workspace;
  } catch (const SqliteError& e) {
    translate(e, shown);
  }
}

void Workspace::migrate(const Options& options) const {
  const int newest = options.steps.empty() ? 1 : options.steps.back().version;
  const int found = version_of(connection_);
  if (found > newest)
    throw WorkspaceError("newer",
                         {{"file", shown_name_}, {"found", std::to_string(found)}, {"known", std::to_string(newest)}});
  if (found == newest)
    return;
  Transaction transaction(connection_);
  // Another process may have done it while this one waited for the lock.
  apply(connection_, options.steps);
  write_layer_styles(connection_);
  transaction.commit();
}

int Workspace::version() const {
  return version_of(connection_);
}

void Workspace::write(const std::function<void()>& work) const {
  try {
    Transaction transaction(connection_);
    work();
    transaction.commit();
  } catch (const SqliteError& e) {
    rethrow(e);
  }
}

void Workspace::rethrow(const SqliteError& error) const {
  translate(error, shown_name_);
}

}  // namespace relevo::planner
