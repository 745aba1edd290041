// SPDX-License-Identifier: MIT
#include "geo/text_encoding.hpp"

#include "geo/table_error.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace relevo::geo {

namespace {

/// What windows-1252 puts on bytes 80-9F; 0 where it defines nothing.
constexpr std::array<char16_t, 32> kWindows1252High = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                       0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

unsigned byte_at(std::string_view bytes, std::size_t position) {
  return static_cast<unsigned char>(bytes[position]);
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | (code_point >> 6U));
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | (code_point >> 12U));
    put(0x80 | ((code_point >> 6U) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | (code_point >> 18U));
    put(0x80 | ((code_point >> 12U) & 0x3F));
    put(0x80 | ((code_point >> 6U) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
}

/// Length of the well-formed UTF-8 sequence at `position` (no overlong forms, no surrogates), 0 if there is none.
std::size_t utf8_sequence_length(std::string_view bytes, std::size_t position) {
  const unsigned lead = byte_at(bytes, position);
  if (lead < 0x80)
    return 1;
  if (lead < 0xC2 || lead > 0xF4)
    return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (position + length > bytes.size())
    return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(bytes, position + i) & 0xC0U) != 0x80U)
      return 0;
  }
  const unsigned second = byte_at(bytes, position + 1);
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F))
    return 0;
  if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F))
    return 0;
  return length;
}

struct Utf8Survey {
  std::size_t multibyte = 0;  ///< well-formed sequences of two bytes and more
  std::size_t broken = 0;     ///< bytes that belong to no sequence
  std::size_t first_broken = std::string_view::npos;
};

Utf8Survey survey_utf8(std::string_view bytes) {
  Utf8Survey survey;
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t length = utf8_sequence_length(bytes, i);
    if (length > 1)
      ++survey.multibyte;
    if (length == 0 && survey.broken++ == 0)
      survey.first_broken = i;
    i += std::max<std::size_t>(length, 1);
  }
  return survey;
}

std::size_t line_of(std::string_view bytes, std::size_t position) {
  std::size_t line = 1;
  for (std::size_t i = 0; i < position; ++i) {
    if (bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 >= bytes.size() || bytes[i + 1] != '\n')))
      ++line;
  }
  return line;
}

[[noreturn]] void refuse_encoding(const std::string& shown_name, std::size_t line, std::string reason) {
  throw TableError({shown_name, line, "table.encoding", "", std::move(reason),
                    "Save the table as CSV in UTF-8 from the program it was made with."});
}

/// Without a byte order mark: text of mostly Western letters has a zero in every other byte.
bool looks_like_utf16(std::string_view bytes, ByteOrder order) {
  const std::string_view sample = bytes.substr(0, std::min<std::size_t>(bytes.size(), 4096) & ~std::size_t{1});
  const std::size_t high = order == ByteOrder::Little ? 1 : 0;
  std::size_t zeros_high = 0;
  std::size_t zeros_low = 0;
  for (std::size_t i = 0; i + 1 < sample.size(); i += 2) {
    if (sample[i + high] == '\0')
      ++zeros_high;
    if (sample[i + 1 - high] == '\0')
      ++zeros_low;
  }
  return zeros_low == 0 && zeros_high > 1 && zeros_high * 4 > sample.size();
}

std::string utf16_to_utf8(std::string_view bytes, ByteOrder order, const std::string& shown_name) {
  std::string out;
  out.reserve(bytes.size() / 2 + bytes.size() / 8);
  Utf16Decoder decoder(order);
  const auto refuse = [&](const char* reason) { refuse_encoding(shown_name, line_of(out, out.size()), reason); };
  if (!decoder.decode(bytes, out) || decoder.has_half_pair())
    refuse("half a surrogate pair in UTF-16 text");
  if (decoder.has_half_unit())
    refuse("the UTF-16 text ends in the middle of a character");
  return out;
}

std::string utf8_checked(std::string_view bytes, const std::string& shown_name) {
  const Utf8Survey survey = survey_utf8(bytes);
  if (survey.broken > 0)
    refuse_encoding(shown_name, line_of(bytes, survey.first_broken), "a byte that is not UTF-8 in UTF-8 text");
  return std::string(bytes);
}

void refuse_zero_bytes(std::string_view bytes, const std::string& shown_name) {
  const std::size_t zero = bytes.find('\0');
  if (zero == std::string_view::npos)
    return;
  throw TableError({shown_name, line_of(bytes, zero), "table.binary", "", "there is a NUL byte",
                    "This is not a text table; export it as CSV."});
}

DecodedText single_byte_to_utf8(std::string_view bytes, const std::string& shown_name) {
  DecodedText text{{}, "ISO-8859-1"};
  text.utf8.reserve(bytes.size() + bytes.size() / 8);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const unsigned byte = byte_at(bytes, i);
    if (byte < 0x80 || byte > 0x9F) {
      append_utf8(text.utf8, byte);
      continue;
    }
    const char16_t code_point = kWindows1252High.at(byte - 0x80);
    if (code_point == 0)
      refuse_encoding(shown_name, line_of(bytes, i), "a byte that is neither UTF-8 nor a windows-1252 letter");
    text.encoding = "windows-1252";
    append_utf8(text.utf8, code_point);
  }
  return text;
}

}  // namespace

bool is_utf8(std::string_view bytes) noexcept {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  for (std::size_t i = 0; i < bytes.size();) {
    std::uint64_t eight = kHighBits;
    if (bytes.size() - i >= sizeof eight)
      std::memcpy(&eight, bytes.data() + i, sizeof eight);
    const bool is_ascii = (eight & kHighBits) == 0;
    const std::size_t length = is_ascii ? sizeof eight : utf8_sequence_length(bytes, i);
    if (length == 0)
      return false;
    i += length;
  }
  return true;
}

std::string utf8_of_windows_1252(std::string_view bytes) {
  constexpr char32_t kReplacement = 0xFFFD;
  std::string utf8;
  utf8.reserve(bytes.size() + bytes.size() / 8);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const unsigned byte = byte_at(bytes, i);
    const bool is_high = byte >= 0x80 && byte <= 0x9F;
    const char32_t code_point = is_high ? char32_t{kWindows1252High.at(byte - 0x80)} : char32_t{byte};
    append_utf8(utf8, is_high && code_point == 0 ? kReplacement : code_point);
  }
  return utf8;
}

std::optional<ByteOrder> utf16_byte_order(std::string_view head) noexcept {
  using namespace std::string_view_literals;
  if (head.starts_with("\xFF\xFE"sv) && !head.starts_with("\xFF\xFE\0\0"sv))
    return ByteOrder::Little;
  if (head.starts_with("\xFE\xFF"sv))
    return ByteOrder::Big;
  if (looks_like_utf16(head, ByteOrder::Little))
    return ByteOrder::Little;
  if (looks_like_utf16(head, ByteOrder::Big))
    return ByteOrder::Big;
  return std::nullopt;
}

bool Utf16Decoder::decode(std::string_view bytes, std::string& utf8) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (!has_first_) {
      first_ = byte;
      has_first_ = true;
      continue;
    }
    has_first_ = false;
    const unsigned low = order_ == ByteOrder::Little ? first_ : byte;
    const unsigned high = order_ == ByteOrder::Little ? byte : first_;
    if (!take_unit((high << 8U) | low, utf8))
      return false;
  }
  return true;
}

bool Utf16Decoder::take_unit(char32_t unit, std::string& utf8) {
  const bool is_mark = is_at_start_ && unit == 0xFEFF;
  is_at_start_ = false;
  if (is_mark)
    return true;
  const bool is_low_half = unit >= 0xDC00 && unit < 0xE000;
  if (high_ != 0) {
    if (!is_low_half)
      return false;
    append_utf8(utf8, 0x10000 + ((high_ - 0xD800) << 10U) + (unit - 0xDC00));
    high_ = 0;
    return true;
  }
  if (is_low_half)
    return false;
  if (unit >= 0xD800 && unit < 0xDC00)
    high_ = unit;
  else
    append_utf8(utf8, unit);
  return true;
}

DecodedText decode_text(std::string_view bytes, const std::string& shown_name) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xEF\xBB\xBF"sv))
    return {utf8_checked(bytes.substr(3), shown_name), "UTF-8"};
  if (bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("\0\0\xFE\xFF"sv))
    refuse_encoding(shown_name, 1, "the text is UTF-32");
  if (bytes.starts_with("\xFF\xFE"sv))
    return {utf16_to_utf8(bytes.substr(2), ByteOrder::Little, shown_name), "UTF-16LE"};
  if (bytes.starts_with("\xFE\xFF"sv))
    return {utf16_to_utf8(bytes.substr(2), ByteOrder::Big, shown_name), "UTF-16BE"};
  if (looks_like_utf16(bytes, ByteOrder::Little))
    return {utf16_to_utf8(bytes, ByteOrder::Little, shown_name), "UTF-16LE"};
  if (looks_like_utf16(bytes, ByteOrder::Big))
    return {utf16_to_utf8(bytes, ByteOrder::Big, shown_name), "UTF-16BE"};

  refuse_zero_bytes(bytes, shown_name);
  const Utf8Survey survey = survey_utf8(bytes);
  // Western text in a single-byte encoding forms a valid UTF-8 sequence only by rare accident.
  if (survey.multibyte >= survey.broken)
    return {utf8_checked(bytes, shown_name), "UTF-8"};
  return single_byte_to_utf8(bytes, shown_name);
}

}  // namespace relevo::geo
