// SPDX-License-Identifier: MIT
#include "geo/csv_record.hpp"

#include "geo/ascii_text.hpp"
#include "geo/table_error.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relevo::geo {

namespace {

bool names_separator(std::string_view text) noexcept {
  constexpr std::string_view kWord = "sep=";
  if (text.size() <= kWord.size() || (text.size() > 5 && text[5] != '\r' && text[5] != '\n'))
    return false;
  return std::equal(kWord.begin(), kWord.end(), text.begin(), [](char word, char c) { return word == lower_ascii(c); });
}

}  // namespace

bool is_blank(const CsvRecord& record) noexcept {
  return std::all_of(record.cells.begin(), record.cells.end(), [](std::string_view cell) {
    return cell.find_first_not_of(" \t\n\r\f\v") == std::string_view::npos;
  });
}

CsvRecordCutter::CsvRecordCutter(std::string file, const CsvLimits& limits) : file_(std::move(file)), limits_(limits) {}

void CsvRecordCutter::set_text(std::string_view text, bool is_last) {
  text_ = text;
  is_last_ = is_last;
  position_ = 0;
  if (!std::exchange(is_begun_, true))
    choose_separator();
}

bool CsvRecordCutter::next(CsvRecord& record) {
  if (at_end())
    return false;
  const std::size_t start = position_;
  record.line = line_;
  record.cells.clear();
  unwrapped_.clear();
  do {
    if (record.cells.size() >= limits_.columns) {
      refuse_table(file_, record.line, "table.limit",
                   "the record has more than " + std::to_string(limits_.columns) + " cells",
                   "Check the separator, or split the table.");
    }
    record.cells.push_back(next_cell());
  } while (take_separator());
  take_line_break();
  if (at_end() && !is_last_) {
    // What follows could belong to it: the other half of CRLF or of a doubled quote.
    position_ = start;
    line_ = record.line;
    return false;
  }
  return true;
}

bool CsvRecordCutter::at_cell_end() const noexcept {
  return at_end() || peek() == separator_ || peek() == '\n' || peek() == '\r';
}

bool CsvRecordCutter::take_separator() noexcept {
  if (at_end() || peek() != separator_)
    return false;
  ++position_;
  return true;
}

/// LF, CRLF or CR, one line each. False where there is none.
bool CsvRecordCutter::take_line_break() noexcept {
  if (at_end() || (peek() != '\n' && peek() != '\r'))
    return false;
  const bool is_crlf = text_.substr(position_, 2) == "\r\n";
  position_ += is_crlf ? 2 : 1;
  ++line_;
  return true;
}

void CsvRecordCutter::check_cell_size(std::size_t bytes, std::size_t line) const {
  if (bytes <= limits_.field_bytes)
    return;
  refuse_table(file_, line, "table.limit",
               "a cell that starts here is longer than " + std::to_string(limits_.field_bytes) + " bytes",
               "Close the quote that opens it, or shorten the text.");
}

std::string_view CsvRecordCutter::next_cell() {
  const std::size_t start = position_;
  while (!at_end() && peek() == ' ')
    ++position_;
  if (!at_end() && peek() == '"')
    return quoted_cell();
  while (!at_cell_end())
    ++position_;
  check_cell_size(position_ - start, line_);
  return text_.substr(start, position_ - start);
}

std::string_view CsvRecordCutter::quoted_cell() {
  const std::size_t opened_on = line_;
  const std::size_t first = ++position_;
  const std::size_t stop = std::min(text_.find_first_of("\"\r\n", first), text_.size());
  const bool is_plain = stop + 1 < text_.size() && text_[stop] == '"' && text_[stop + 1] != '"';
  std::string_view cell = text_.substr(first, stop - first);
  if (is_plain) {
    check_cell_size(cell.size(), opened_on);
    position_ = stop + 1;
  } else {
    cell = unwrap(opened_on, first);
  }
  while (!at_end() && peek() == ' ')
    ++position_;
  if (!at_cell_end()) {
    refuse_table(file_, line_, "table.quote", "text follows the closing quote of a cell",
                 "Write a quote inside a quoted cell twice.", std::string(cell.substr(0, 60)));
  }
  return cell;
}

std::string_view CsvRecordCutter::unwrap(std::size_t opened_on, std::size_t first) {
  std::string& cell = unwrapped_.emplace_back();
  position_ = first;
  while (!take_closing_quote(cell, opened_on)) {
    if (take_line_break()) {
      cell.push_back('\n');
    } else {
      cell.push_back(text_[position_++]);
    }
    check_cell_size(cell.size(), opened_on);
  }
  return cell;
}

/// Consumes doubled quotes into the cell; true once the closing quote is consumed, or the text so far ends.
bool CsvRecordCutter::take_closing_quote(std::string& cell, std::size_t opened_on) {
  while (!at_end() && peek() == '"') {
    ++position_;
    if (at_end() || peek() != '"')
      return true;
    ++position_;
    cell.push_back('"');
  }
  if (at_end() && is_last_) {
    refuse_table(file_, opened_on, "table.quote", "the quote that opens a cell here is never closed",
                 "Close the quote, or double it where it is part of the text.", cell.substr(0, 60));
  }
  return at_end();
}

void CsvRecordCutter::choose_separator() {
  if (names_separator(text_)) {
    separator_ = text_[4];
    position_ = 5;
    take_line_break();
    return;
  }
  constexpr std::array<char, 3> kSeparators = {',', ';', '\t'};
  std::array<std::size_t, 3> count = {};
  bool in_quotes = false;
  const std::size_t header = std::min(text_.find_first_not_of(" ,;\t\r\n"), text_.size());
  for (std::size_t i = header; i < text_.size(); ++i) {
    const char c = text_[i];
    if (c == '"')
      in_quotes = !in_quotes;
    if (in_quotes)
      continue;
    if (c == '\n' || c == '\r')
      break;
    for (std::size_t k = 0; k < kSeparators.size(); ++k) {
      if (c == kSeparators[k])
        ++count[k];
    }
  }
  separator_ = kSeparators[static_cast<std::size_t>(std::max_element(count.begin(), count.end()) - count.begin())];
}

}  // namespace relevo::geo
