// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace relevo::planner {

/// What SQLite refused, with its own words. `code()` is SQLite's extended result code.
class SqliteError : public std::runtime_error {
 public:
  SqliteError(int code, const std::string& what) : std::runtime_error(what), code_(code) {}
  int code() const noexcept { return code_; }
  /// Another process holds the lock (SQLITE_BUSY and its kin).
  bool is_busy() const noexcept;

 private:
  int code_;
};

/// One prepared statement. Parameters and columns count from 1 and 0, as in SQLite. Values are always bound, never put
/// into the text.
class Statement {
 public:
  /// \throws SqliteError
  Statement(sqlite3* connection, std::string_view sql);

  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, int value) { return bind(parameter, static_cast<std::int64_t>(value)); }
  Statement& bind(int parameter, double value);
  /// The bytes must live until the next step().
  Statement& bind(int parameter, std::string_view text);
  Statement& bind(int parameter, const std::string& text) { return bind(parameter, std::string_view{text}); }
  Statement& bind(int parameter, std::string&& text) = delete;
  Statement& bind(int parameter, const char* text) { return bind(parameter, std::string_view{text}); }
  Statement& bind_blob(int parameter, std::string_view bytes);
  Statement& bind_null(int parameter);
  template <class T>
  Statement& bind(int parameter, const std::optional<T>& value) {
    return value ? bind(parameter, *value) : bind_null(parameter);
  }
  /// Empty text becomes NULL.
  Statement& bind_text_or_null(int parameter, std::string_view text) {
    return text.empty() ? bind_null(parameter) : bind(parameter, text);
  }

  /// True while there is a row. \throws SqliteError
  bool step();
  /// Runs to the end and makes it ready for the next values.
  void run();
  void reset() noexcept;

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;
  /// Valid until the next step().
  std::string_view bytes(int column) const;
  std::optional<double> optional_real(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  void check(int result) const;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// One open database with SpatiaLite's functions. Not copied; statements must not outlive it.
class Connection {
 public:
  enum class Mode { ReadOnly, ReadWrite, Create };
  /// \throws SqliteError
  Connection(const std::filesystem::path& file, Mode mode);

  sqlite3* handle() const noexcept;
  Statement prepare(std::string_view sql) const { return {handle(), sql}; }
  /// Several statements without parameters or results. \throws SqliteError
  void execute(const std::string& sql) const;
  /// The first column of the first row; nothing without a row or for NULL.
  std::optional<std::int64_t> integer(std::string_view sql) const;
  std::int64_t last_insert_id() const noexcept;
  /// Rows that the last INSERT, UPDATE or DELETE touched.
  std::int64_t changes() const noexcept;

 private:
  struct Handles;
  std::shared_ptr<Handles> handles_;
};

/// Everything between its making and commit() happens or nothing does. Takes the write lock at once, so that a second
/// writer waits here and nowhere later.
class Transaction {
 public:
  /// \throws SqliteError, is_busy() when another writer has not finished within the busy timeout.
  explicit Transaction(const Connection& connection);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  const Connection& connection_;
  bool open_ = true;
};

/// "name" with its quotes doubled: an identifier whatever it holds. \throws SqliteError for an empty one or one with
/// NUL.
std::string quoted_identifier(std::string_view name);

}  // namespace relevo::planner
