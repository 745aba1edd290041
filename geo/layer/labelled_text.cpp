// SPDX-License-Identifier: MIT
#include "geo/layer/labelled_text.hpp"

#include "geo/ascii_text.hpp"
#include "geo/layer/value_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace relevo::geo {

namespace {

constexpr std::size_t kLongestText = std::size_t{256} * 1024;
constexpr std::size_t kLongestLabel = 40;

/// Of any script; in UTF-8 each byte of those beyond ASCII.
bool is_any_letter(char c) noexcept {
  return is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool is_one_of(std::string_view word, const auto& words) noexcept {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// "<br />" is "br", "</TD>" is "/td".
std::string tag_name(std::string_view inside) {
  std::string name;
  for (const char c : inside.substr(0, 16)) {
    const bool is_part = is_any_letter(c) || (c == '/' && name.empty());
    if (!is_part)
      break;
    name.push_back(lower_ascii(c));
  }
  return name;
}

/// Cells of rows: a table has its own, other text one row of one cell for each line.
class Rows {
 public:
  explicit Rows(std::string_view text) : text_(text), is_table_(holds_table(text)) {}

  std::vector<std::vector<std::string>> read() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '<')
        take_tag();
      else if (c == '&')
        take_entity();
      else
        take_plain(c);
    }
    end_row();
    return std::move(rows_);
  }

 private:
  static bool holds_table(std::string_view text) {
    for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
      if (tag_name(text.substr(at + 1)) == "td")
        return true;
    }
    return false;
  }

  void take_plain(char c) {
    ++at_;
    const bool is_end = (c == '\n' || c == '\r') && !is_table_;
    if (is_end)
      end_row();
    else
      cell_.push_back(c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
  }

  void take_tag() {
    constexpr std::array<std::string_view, 8> kLines = {"br", "div", "/div", "p", "/p", "li", "/li", "hr"};
    constexpr std::array<std::string_view, 4> kRows = {"tr", "/tr", "table", "/table"};
    constexpr std::array<std::string_view, 2> kOpened = {"td", "th"};
    constexpr std::array<std::string_view, 2> kClosed = {"/td", "/th"};
    constexpr std::array<std::string_view, 2> kHidden = {"style", "script"};
    const std::size_t end = text_.find('>', at_);
    const std::string name = tag_name(text_.substr(at_ + 1));
    if (end == std::string_view::npos || name.empty()) {
      cell_.push_back(text_[at_++]);  // "< 10 ha" is no tag
      return;
    }
    at_ = end + 1;
    if (is_one_of(name, kHidden))
      skip_to_end_of(name);
    else if (is_one_of(name, kRows))
      end_row();
    else if (is_table_ && is_one_of(name, kOpened))
      cell_.clear();
    else if (is_table_ && is_one_of(name, kClosed))
      end_cell();
    else if (is_one_of(name, kLines))
      is_table_ ? cell_.push_back(' ') : end_row();
  }

  void skip_to_end_of(const std::string& name) {
    const std::size_t end = text_.find("</", at_);
    at_ = end == std::string_view::npos ? text_.size() : end;
    if (at_ < text_.size() && tag_name(text_.substr(at_ + 1)) != "/" + name)
      at_ = text_.size();
  }

  void take_entity() {
    constexpr std::array<std::pair<std::string_view, char>, 7> kEntities = {{{"&amp;", '&'},
                                                                             {"&lt;", '<'},
                                                                             {"&gt;", '>'},
                                                                             {"&quot;", '"'},
                                                                             {"&apos;", '\''},
                                                                             {"&#39;", '\''},
                                                                             {"&nbsp;", ' '}}};
    for (const auto& [entity, c] : kEntities) {
      if (text_.substr(at_).starts_with(entity)) {
        cell_.push_back(c);
        at_ += entity.size();
        return;
      }
    }
    cell_.push_back(text_[at_++]);
  }

  void end_cell() {
    row_.emplace_back(trim(cell_));
    cell_.clear();
  }

  void end_row() {
    if (!trim(cell_).empty())
      end_cell();
    cell_.clear();
    if (!row_.empty())
      rows_.push_back(std::exchange(row_, {}));
  }

  std::string_view text_;
  bool is_table_;
  std::size_t at_ = 0;
  std::string cell_;
  std::vector<std::string> row_;
  std::vector<std::vector<std::string>> rows_;
};

bool is_label(std::string_view text) noexcept {
  return !text.empty() && text.size() <= kLongestLabel && is_any_letter(text.front());
}

}  // namespace

std::vector<std::pair<std::string, std::string>> labelled_values(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> values;
  for (auto& row : Rows(text.substr(0, kLongestText)).read()) {
    if (row.size() == 2 && is_label(row[0])) {
      std::string_view label = row[0];
      while (label.ends_with(':') || label.ends_with(' '))
        label.remove_suffix(1);
      values.emplace_back(label, std::move(row[1]));
    }
    if (row.size() != 1)
      continue;
    const std::string_view line = row[0];
    const std::size_t colon = line.find(':');
    const std::string_view label = trim(line.substr(0, colon));
    const bool is_link = colon != std::string_view::npos && line.substr(colon + 1).starts_with("//");
    if (colon != std::string_view::npos && is_label(label) && !is_link)
      values.emplace_back(label, trim(line.substr(colon + 1)));
  }
  return values;
}

}  // namespace relevo::geo
