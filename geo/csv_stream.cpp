// SPDX-License-Identifier: MIT
#include "geo/csv_stream.hpp"

#include "geo/ascii_text.hpp"
#include "geo/table_error.hpp"

#include <algorithm>
#include <utility>

namespace relevo::geo {

namespace {

constexpr std::size_t kChunk = std::size_t{1} << 18U;

struct ByteKinds {
  bool has_control = false;
  bool has_high = false;
};

ByteKinds kinds_of(std::string_view text) noexcept {
  unsigned high = 0;
  unsigned control = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    high |= byte & 0x80U;
    control |= static_cast<unsigned>(byte < 0x20 && (byte < 0x09 || byte > 0x0D)) | static_cast<unsigned>(byte == 0x7F);
  }
  return {control != 0, high != 0};
}

}  // namespace

CsvStream::CsvStream(Bytes bytes, std::string shown_name, const CsvLimits& limits)
    : bytes_(std::move(bytes)),
      shown_name_(std::move(shown_name)),
      limits_(limits),
      cutter_(shown_name_, limits_),
      chunk_(kChunk) {
  fill();
  read_header();
}

std::string CsvStream::encoding() const {
  if (!utf16_)
    return "UTF-8";
  return order_ == ByteOrder::Little ? "UTF-16LE" : "UTF-16BE";
}

void CsvStream::read_header() {
  CsvRecord record;
  if (!next(record))
    refuse_table(shown_name_, 0, "table.empty", "there is no header line",
                 "Begin the file with the names of its columns.");
  header_line_ = record.line;
  for (const std::string_view cell : record.cells)
    header_.emplace_back(trimmed(cell));
  while (!header_.empty() && header_.back().empty())
    header_.pop_back();
}

/// Drops what has been cut from the window and appends a chunk to it.
void CsvStream::fill() {
  const std::size_t largest_record = 2 * limits_.field_bytes + kChunk;
  window_.erase(0, cutter_.position());
  if (window_.size() > largest_record) {
    refuse_table(shown_name_, 0, "table.limit", "a record is longer than " + std::to_string(largest_record) + " bytes",
                 "Close the quote that opens it, or split the table.");
  }
  const std::size_t before = window_.size();
  while (!is_last_ && window_.size() == before) {
    const std::size_t got = bytes_(chunk_.data(), chunk_.size());
    is_last_ = got == 0;
    append_decoded({chunk_.data(), got});
  }
  if (is_last_ && window_.ends_with('\x1A'))
    window_.pop_back();  // a DOS end-of-file mark closes some old exports
  cutter_.set_text(window_, is_last_);
}

std::size_t CsvStream::append_decoded(std::string_view bytes) {
  if (!std::exchange(is_started_, true)) {
    if (bytes.starts_with("\xEF\xBB\xBF"))
      bytes.remove_prefix(3);
    if (const auto order = utf16_byte_order(bytes)) {
      order_ = *order;
      utf16_ = std::make_unique<Utf16Decoder>(order_);
    }
  }
  const std::size_t before = window_.size();
  if (!utf16_) {
    window_.append(bytes);
  } else if (!utf16_->decode(bytes, window_) || (is_last_ && (utf16_->has_half_pair() || utf16_->has_half_unit()))) {
    refuse_table(shown_name_, 0, "table.encoding", "half a character in UTF-16 text",
                 "Save the table as CSV in UTF-8 from the program it was made with.");
  }
  return window_.size() - before;
}

bool CsvStream::next(CsvRecord& record) {
  while (true) {
    if (cutter_.next(record)) {
      if (is_blank(record))
        continue;
      recode(record);
      return true;
    }
    if (is_last_)
      return false;
    fill();
  }
}

void CsvStream::recode(CsvRecord& record) {
  is_reencoded_ = false;
  has_utf8_letters_ = false;
  recoded_.clear();
  for (std::string_view& cell : record.cells) {
    const ByteKinds kinds = kinds_of(cell);
    if (kinds.has_control) {
      refuse_table(shown_name_, record.line, "table.binary", "there is a control character",
                   "This is not a text table; export it as CSV.");
    }
    if (!kinds.has_high)
      continue;
    if (is_utf8(cell)) {
      has_utf8_letters_ = true;
      continue;
    }
    is_reencoded_ = true;
    cell = recoded_.emplace_back(utf8_of_windows_1252(cell));
  }
}

}  // namespace relevo::geo
