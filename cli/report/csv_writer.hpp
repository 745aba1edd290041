// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace relevo::cli {

/// Writes one table cell by cell; tables.hpp says how cells are quoted and made inert.
class CsvWriter {
 public:
  CsvWriter& text(std::string_view value);
  CsvWriter& number(int value);
  CsvWriter& whole(std::int64_t value);
  CsvWriter& real(double value);   ///< shortest form that reads back to the same value; empty where not finite
  CsvWriter& money(double value);  ///< two decimals
  void end_row();
  std::string take() { return std::move(out_); }

 private:
  void raw(std::string_view value);
  std::string out_;
  bool first_in_row_ = true;
};

}  // namespace relevo::cli
