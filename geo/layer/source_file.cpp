// SPDX-License-Identifier: MIT
#include "geo/layer/source_file.hpp"

#include "geo/ascii_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <system_error>

namespace relevo::geo {

namespace {

constexpr std::size_t kMostExamples = 5;

/// Where GDAL or a library would look elsewhere than in the file system.
bool is_virtual(std::string_view path) {
  const std::string lowered = lower_ascii(path);
  const std::size_t name = lowered.find_first_not_of('/');
  return (name != std::string::npos && name > 0 && lowered.compare(name, 3, "vsi") == 0) ||
         lowered.find("://") != std::string::npos;
}

void require_plain_file(const LayerRequest& request) {
  if (is_virtual(request.file.string()) || is_virtual(request.file.lexically_normal().string()))
    throw LayerError(shown_name_of(request), 0, "path_refused");
  std::error_code error;
  if (!std::filesystem::is_regular_file(request.file, error))
    throw LayerError(shown_name_of(request), 0, "file_missing");
}

std::ifstream open(const LayerRequest& request) {
  require_plain_file(request);
  std::ifstream stream(request.file, std::ios::binary);
  if (!stream)
    throw LayerError(shown_name_of(request), 0, "file_missing");
  return stream;
}

/// Digits of a text that is read from its front.
class Digits {
 public:
  explicit Digits(std::string_view text) : text_(text) {}
  bool is_done() const noexcept { return text_.empty(); }
  bool take(char c) noexcept {
    if (text_.empty() || text_.front() != c)
      return false;
    text_.remove_prefix(1);
    return true;
  }
  std::optional<int> number(std::size_t digits) noexcept {
    int value = 0;
    if (text_.size() < digits)
      return {};
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + digits, value);
    if (error != std::errc() || end != text_.data() + digits || value < 0)
      return {};
    text_.remove_prefix(digits);
    return value;
  }
  void skip_fraction() noexcept {
    if (text_.empty() || (text_.front() != '.' && text_.front() != ','))
      return;
    text_.remove_prefix(std::min(text_.size(), text_.find_first_not_of("0123456789", 1)));
  }

 private:
  std::string_view text_;
};

std::optional<std::chrono::sys_days> date_of(Digits& digits) noexcept {
  const std::optional<int> year = digits.number(4);
  if (!year || !digits.take('-'))
    return {};
  const std::optional<int> month = digits.number(2);
  if (!month || !digits.take('-'))
    return {};
  const std::optional<int> day = digits.number(2);
  const std::chrono::year_month_day date(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(day.value_or(0))));
  if (!date.ok())
    return {};
  return std::chrono::sys_days{date};
}

std::optional<std::chrono::seconds> clock_of(Digits& digits) noexcept {
  const std::optional<int> hour = digits.number(2);
  if (!hour || !digits.take(':'))
    return {};
  const std::optional<int> minute = digits.number(2);
  const std::optional<int> second = digits.take(':') ? digits.number(2) : 0;
  if (!minute || !second || *hour > 24 || *minute > 59 || *second > 60)
    return {};
  digits.skip_fraction();
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

std::optional<std::chrono::minutes> zone_of(Digits& digits) noexcept {
  if (digits.is_done() || digits.take('Z'))
    return std::chrono::minutes(0);
  const bool is_west = digits.take('-');
  if (!is_west && !digits.take('+'))
    return {};
  const std::optional<int> hours = digits.number(2);
  digits.take(':');
  const std::optional<int> minutes = digits.is_done() ? 0 : digits.number(2);
  if (!hours || !minutes || *hours > 15 || *minutes > 59)
    return {};
  const std::chrono::minutes ahead = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return is_west ? -ahead : ahead;
}

bool is_real_calendar(std::string_view calendar) noexcept {
  return calendar.empty() || calendar == "standard" || calendar == "gregorian" || calendar == "proleptic_gregorian";
}

std::optional<double> seconds_of_unit(std::string_view unit) noexcept {
  if (unit.ends_with('s') && unit.size() > 1)
    unit.remove_suffix(1);
  if (unit == "s" || unit == "sec" || unit == "second")
    return 1.0;
  if (unit == "min" || unit == "minute")
    return 60.0;
  if (unit == "h" || unit == "hr" || unit == "hour")
    return 3600.0;
  if (unit == "d" || unit == "day")
    return 86400.0;
  return {};
}

}  // namespace

std::string shown_name_of(const LayerRequest& request) {
  return request.shown_name.empty() ? request.file.filename().string() : request.shown_name;
}

void refuse_layer(const LayerRequest& request, std::string code,
                  std::vector<std::pair<std::string, std::string>> args) {
  throw LayerError(shown_name_of(request), 0, std::move(code), std::move(args));
}

std::string head_of_file(const LayerRequest& request, std::size_t bytes) {
  std::ifstream stream = open(request);
  std::string head(bytes, '\0');
  stream.read(head.data(), static_cast<std::streamsize>(bytes));
  head.resize(static_cast<std::size_t>(stream.gcount()));
  return head;
}

std::string text_of_file(const LayerRequest& request, std::uintmax_t most_bytes) {
  require_plain_file(request);
  std::error_code error;
  const std::uintmax_t bytes = std::filesystem::file_size(request.file, error);
  if (bytes > most_bytes) {
    throw LayerError(shown_name_of(request), 0, "file_too_large",
                     {{"bytes", std::to_string(bytes)}, {"limit", std::to_string(most_bytes)}});
  }
  return head_of_file(request, static_cast<std::size_t>(bytes));
}

std::optional<Instant> instant_of_iso(std::string_view text) noexcept {
  Digits digits(text);
  const std::optional<std::chrono::sys_days> date = date_of(digits);
  if (!date)
    return {};
  if (digits.is_done())
    return Instant(*date);
  if (!digits.take('T') && !digits.take(' '))
    return {};
  const std::optional<std::chrono::seconds> clock = clock_of(digits);
  if (!clock)
    return {};
  digits.take(' ');
  const std::optional<std::chrono::minutes> ahead = zone_of(digits);
  if (!ahead || !digits.is_done())
    return {};
  return Instant(*date) + *clock - *ahead;
}

std::optional<Instant> instant_of_cf(double value, std::string_view units, std::string_view calendar) noexcept {
  constexpr double kMostSeconds = 1e11;  // three thousand years
  const std::size_t since = units.find(" since ");
  if (since == std::string_view::npos || !is_real_calendar(calendar))
    return {};
  const std::optional<double> unit = seconds_of_unit(units.substr(0, since));
  const std::optional<Instant> epoch = instant_of_iso(units.substr(since + 7, units.find(" UTC") - since - 7));
  if (!unit || !epoch || !(std::abs(value * *unit) < kMostSeconds))
    return {};
  return *epoch + std::chrono::seconds(std::llround(value * *unit));
}

void LayerTally::keep(bool repaired) {
  ++counts_.read;
  ++counts_.kept;
  counts_.repaired += repaired ? 1 : 0;
}

void LayerTally::refuse(std::uint64_t record, const std::string& code) {
  ++counts_.read;
  ++counts_.refused;
  note(record, code);
}

void LayerTally::note(std::uint64_t record, const std::string& code) {
  auto reason = std::find_if(counts_.reasons.begin(), counts_.reasons.end(),
                             [&](const LayerReason& known) { return known.code >= code; });
  if (reason == counts_.reasons.end() || reason->code != code)
    reason = counts_.reasons.insert(reason, LayerReason{code, 0, {}});
  ++reason->count;
  if (reason->examples.size() < kMostExamples)
    reason->examples.push_back(record);
}

}  // namespace relevo::geo
