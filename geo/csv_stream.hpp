// SPDX-License-Identifier: MIT
#pragma once

#include "geo/csv_record.hpp"
#include "geo/text_encoding.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::geo {

/// Reads delimited text of any size in constant memory, by the record rules of read_csv. Unlike read_csv it judges
/// nothing but the form: the header is handed over as it stands, and the encoding is decided record by record: UTF-8
/// where a record is UTF-8, else windows-1252 (UTF-16 is decided once, at the start). So one record in another encoding
/// spoils neither itself nor the rest.
class CsvStream {
 public:
  /// Gives the next bytes of the file, at most `size`; 0 at its end.
  using Bytes = std::function<std::size_t(char* to, std::size_t size)>;

  /// \throws TableError, as do the others: table.quote, table.limit, table.encoding, table.binary, table.empty
  CsvStream(Bytes bytes, std::string shown_name, const CsvLimits& limits = {});

  /// The first record that is not blank, trimmed; blank names at its end are dropped.
  const std::vector<std::string>& header() const noexcept { return header_; }
  std::size_t header_line() const noexcept { return header_line_; }

  /// The next record that is not blank. The views hold until the next call.
  bool next(CsvRecord& record);

  /// True when the last record was not UTF-8 and has been taken for windows-1252.
  bool is_reencoded() const noexcept { return is_reencoded_; }
  /// True when the last record has letters beyond ASCII that were good UTF-8.
  bool has_utf8_letters() const noexcept { return has_utf8_letters_; }
  char separator() const noexcept { return cutter_.separator(); }
  /// "UTF-8", "UTF-16LE" or "UTF-16BE" at the start; records in windows-1252 are told one by one.
  std::string encoding() const;

 private:
  void fill();
  std::size_t append_decoded(std::string_view bytes);
  void read_header();
  void recode(CsvRecord& record);

  Bytes bytes_;
  std::string shown_name_;
  CsvLimits limits_;
  CsvRecordCutter cutter_;
  std::vector<char> chunk_;
  std::string window_;
  bool is_last_ = false;
  bool is_started_ = false;
  std::unique_ptr<Utf16Decoder> utf16_;
  ByteOrder order_ = ByteOrder::Little;
  std::vector<std::string> header_;
  std::size_t header_line_ = 0;
  bool is_reencoded_ = false;
  bool has_utf8_letters_ = false;
  std::deque<std::string> recoded_;
};

}  // namespace relevo::geo
