// SPDX-License-Identifier: MIT
#include "cli/report/html_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace relevo::cli {

namespace {

constexpr std::string_view kReplacement = "\uFFFD";

// Length of the UTF-8 character that begins at `at`, 0 when there is none (truncated, overlong, surrogate).
std::size_t character_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80U   ? 1
                             : lead < 0xC2U ? 0
                             : lead < 0xE0U ? 2
                             : lead < 0xF0U ? 3
                             : lead < 0xF5U ? 4
                                            : 0;
  if (length == 0 || at + length > text.size()) {
    return 0;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) {
      return 0;
    }
  }
  const bool overlong = (lead == 0xE0U && byte(1) < 0xA0U) || (lead == 0xF0U && byte(1) < 0x90U);
  const bool beyond = (lead == 0xEDU && byte(1) > 0x9FU) || (lead == 0xF4U && byte(1) > 0x8FU);
  return overlong || beyond ? 0 : length;
}

// After these a line may end without changing what is seen.
bool is_block(std::string_view tag) {
  constexpr std::array<std::string_view, 24> kBlocks = {
      "html", "head", "body", "title", "style", "script", "header", "main",  "footer", "nav",        "section", "div",
      "p",    "h1",   "h2",   "h3",    "h4",    "ul",     "li",     "table", "tr",     "figcaption", "g",       "svg"};
  return std::ranges::find(kBlocks, tag) != kBlocks.end();
}

bool is_forbidden_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20U && c != '\t' && c != '\n' && c != '\r') || byte == 0x7FU;
}

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '&':
      out += "&amp;";
      return;
    case '<':
      out += "&lt;";
      return;
    case '>':
      out += "&gt;";
      return;
    case '"':
      out += "&quot;";
      return;
    case '\'':
      out += "&#39;";
      return;
    default:
      break;
  }
  if (is_forbidden_control(c)) {
    out += kReplacement;
  } else {
    out += c;
  }
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t length = character_length(text, i);
    if (length == 1) {
      append_escaped(out, text[i]);
    } else if (length == 0) {
      out += kReplacement;
    } else {
      out += text.substr(i, length);
    }
    i += length == 0 ? 1 : length;
  }
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_escaped(out, text);
  return out;
}

std::string px(double value) {
  return fmt::format("{:.1f}", value);
}

std::string escape_json_for_script(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string_view rest = json.substr(i);
    if (rest.starts_with('<')) {
      out += "\\u003c";
    } else if (rest.starts_with("\u2028") || rest.starts_with("\u2029")) {
      out += rest.starts_with("\u2028") ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out += json[i];
    }
  }
  return out;
}

HtmlWriter::Scope HtmlWriter::in(std::string_view tag, Attributes attributes) {
  open(tag, attributes, ">");
  open_tags_.emplace_back(tag);
  return Scope(*this);
}

void HtmlWriter::element(std::string_view tag, Attributes attributes, std::string_view content) {
  const auto scope = in(tag, attributes);
  text(content);
}

void HtmlWriter::empty(std::string_view tag, Attributes attributes) {
  open(tag, attributes, " />");
}

void HtmlWriter::text(std::string_view content) {
  append_escaped(out_, content);
}

void HtmlWriter::open(std::string_view tag, Attributes attributes, std::string_view end) {
  out_ += '<';
  out_ += tag;
  for (const auto& [name, value] : attributes) {
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    append_escaped(out_, value);
    out_ += '"';
  }
  out_ += end;
}

void HtmlWriter::close() {
  out_ += "</";
  out_ += open_tags_.back();
  out_ += is_block(open_tags_.back()) ? ">\n" : ">";
  open_tags_.pop_back();
}

}  // namespace relevo::cli
