// SPDX-License-Identifier: MIT
#include "planner/store/sqlite.hpp"

#include <fmt/format.h>
// spatialite.h needs sqlite3.h before it.
// clang-format off
#include <sqlite3.h>
#include <spatialite.h>
// clang-format on

namespace relevo::planner {

namespace {

[[noreturn]] void fail(sqlite3* connection, int result) {
  const int code = connection != nullptr ? sqlite3_extended_errcode(connection) : result;
  throw SqliteError(code == SQLITE_OK ? result : code,
                    connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(result));
}

int flags_of(Connection::Mode mode) {
  switch (mode) {
    case Connection::Mode::ReadOnly:
      return SQLITE_OPEN_READONLY;
    case Connection::Mode::ReadWrite:
      return SQLITE_OPEN_READWRITE;
    case Connection::Mode::Create:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  }
  return SQLITE_OPEN_READONLY;
}

}  // namespace

bool SqliteError::is_busy() const noexcept {
  const int primary = code_ & 0xff;
  return primary == SQLITE_BUSY || primary == SQLITE_LOCKED;
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

Statement::Statement(sqlite3* connection, std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v2(connection, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  statement_.reset(statement);
  if (result != SQLITE_OK)
    fail(connection, result);
}

void Statement::check(int result) const {
  if (result != SQLITE_OK)
    fail(sqlite3_db_handle(statement_.get()), result);
}

Statement& Statement::bind(int parameter, std::int64_t value) {
  check(sqlite3_bind_int64(statement_.get(), parameter, value));
  return *this;
}

Statement& Statement::bind(int parameter, double value) {
  check(sqlite3_bind_double(statement_.get(), parameter, value));
  return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
  // A null pointer would be bound as NULL.
  const char* start = text.data() == nullptr ? "" : text.data();
  check(sqlite3_bind_text64(statement_.get(), parameter, start, text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind_blob(int parameter, std::string_view bytes) {
  const char* start = bytes.data() == nullptr ? "" : bytes.data();
  check(sqlite3_bind_blob64(statement_.get(), parameter, start, bytes.size(), SQLITE_STATIC));
  return *this;
}

Statement& Statement::bind_null(int parameter) {
  check(sqlite3_bind_null(statement_.get(), parameter));
  return *this;
}

bool Statement::step() {
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW)
    return true;
  if (result == SQLITE_DONE)
    return false;
  try {
    fail(sqlite3_db_handle(statement_.get()), result);
  } catch (...) {
    sqlite3_reset(statement_.get());
    throw;
  }
}

void Statement::run() {
  while (step()) {
  }
  reset();
}

void Statement::reset() noexcept {
  sqlite3_reset(statement_.get());
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}

std::string Statement::text(int column) const {
  const auto* start = sqlite3_column_text(statement_.get(), column);
  if (start == nullptr)
    return {};
  // SQLite's text is unsigned char, ours is char.
  return {reinterpret_cast<const char*>(start),  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
          static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::string_view Statement::bytes(int column) const {
  const void* start = sqlite3_column_blob(statement_.get(), column);
  if (start == nullptr)
    return {};
  return {static_cast<const char*>(start), static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::optional<double> Statement::optional_real(int column) const {
  return is_null(column) ? std::nullopt : std::optional(real(column));
}

/// The order of ending is SpatiaLite's: first the connection, then its cache.
struct Connection::Handles {
  Handles() : cache(spatialite_alloc_connection()) {}
  Handles(const Handles&) = delete;
  Handles& operator=(const Handles&) = delete;
  ~Handles() {
    sqlite3_close_v2(db);
    spatialite_cleanup_ex(cache);
  }
  void* cache;
  sqlite3* db = nullptr;
};

Connection::Connection(const std::filesystem::path& file, Mode mode) : handles_(std::make_shared<Handles>()) {
  const int result = sqlite3_open_v2(file.c_str(), &handles_->db, flags_of(mode), nullptr);
  if (result != SQLITE_OK)
    fail(handles_->db, result);
  sqlite3_extended_result_codes(handles_->db, 1);
  spatialite_init_ex(handles_->db, handles_->cache, 0);
}

sqlite3* Connection::handle() const noexcept {
  return handles_->db;
}

void Connection::execute(const std::string& sql) const {
  const int result = sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr);
  if (result != SQLITE_OK)
    fail(handle(), result);
}

std::optional<std::int64_t> Connection::integer(std::string_view sql) const {
  auto statement = prepare(sql);
  if (!statement.step() || statement.is_null(0))
    return std::nullopt;
  return statement.integer(0);
}

std::int64_t Connection::last_insert_id() const noexcept {
  return sqlite3_last_insert_rowid(handle());
}

std::int64_t Connection::changes() const noexcept {
  return sqlite3_changes64(handle());
}

Transaction::Transaction(const Connection& connection) : connection_(connection) {
  connection_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  // SQLite has rolled back by itself after some errors; then there is nothing to undo.
  if (open_ && sqlite3_get_autocommit(connection_.handle()) == 0)
    sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  connection_.execute("COMMIT");
  open_ = false;
}

std::string quoted_identifier(std::string_view name) {
  if (name.empty() || name.find('\0') != std::string_view::npos)
    throw SqliteError(SQLITE_MISUSE, fmt::format("'{}' is no name for a table or column", name));
  std::string quoted = "\"";
  for (const char c : name)
    quoted.append(c == '"' ? 2U : 1U, c);
  return quoted + "\"";
}

}  // namespace relevo::planner
