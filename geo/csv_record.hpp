// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::geo {

/// What a delimited file may at most hold. A file beyond one of them is refused (rule table.limit), not cut.
struct CsvLimits {
  std::size_t file_bytes = std::size_t{256} << 20U;
  std::size_t field_bytes = std::size_t{1} << 20U;
  std::size_t columns = 4096;
  std::size_t cells = 20'000'000;  ///< rows x columns, padding included: bounds the memory
};

/// One record of delimited text. The views hold until the cutter is asked again or given other text.
struct CsvRecord {
  std::size_t line = 0;  ///< where it starts, from 1
  std::vector<std::string_view> cells;
};

/// True where every cell is empty or of spaces alone.
bool is_blank(const CsvRecord& record) noexcept;

/// Cuts text into records by the rules that read_csv documents: separators, quotes, line ends. Knows nothing of headers
/// and nothing of encodings but that the characters it looks for are ASCII. The text may come in pieces:
///
///     cutter.set_text(window, false);
///     while (cutter.next(record)) ...      // false: the window ends before the record does
///     drop cutter.position() bytes of the window, append more, set_text again; at last with true
///
/// \throws TableError (table.quote, table.limit)
class CsvRecordCutter {
 public:
  CsvRecordCutter(std::string file, const CsvLimits& limits);

  /// `text` begins where the last whole record ended; the first time it must reach beyond the header.
  void set_text(std::string_view text, bool is_last);
  /// The next record. False at the end of the text, or of what there is of it.
  bool next(CsvRecord& record);
  /// How much of the text has been cut into records.
  std::size_t position() const noexcept { return position_; }
  char separator() const noexcept { return separator_; }

 private:
  bool at_end() const noexcept { return position_ >= text_.size(); }
  char peek() const noexcept { return at_end() ? '\n' : text_[position_]; }
  bool at_cell_end() const noexcept;
  bool take_separator() noexcept;
  bool take_line_break() noexcept;
  void check_cell_size(std::size_t bytes, std::size_t line) const;
  std::string_view next_cell();
  std::string_view quoted_cell();
  std::string_view unwrap(std::size_t opened_on, std::size_t first);
  bool take_closing_quote(std::string& cell, std::size_t opened_on);
  void choose_separator();

  std::string file_;
  CsvLimits limits_;
  std::string_view text_;
  bool is_last_ = true;
  bool is_begun_ = false;
  std::size_t position_ = 0;
  std::size_t line_ = 1;
  char separator_ = ',';
  std::deque<std::string> unwrapped_;  ///< cells that differ from the text: doubled quotes, CRLF
};

}  // namespace relevo::geo
