// SPDX-License-Identifier: MIT
#pragma once

#include "geo/instant.hpp"
#include "geo/layer/feature.hpp"
#include "geo/layer/reader.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the sources of a layer share: access to plain files, and counting.
namespace relevo::geo {

/// The name that errors give the file.
std::string shown_name_of(const LayerRequest& request);

/// \throws LayerError about the whole file
[[noreturn]] void refuse_layer(const LayerRequest& request, std::string code,
                               std::vector<std::pair<std::string, std::string>> args = {});

/// The first `bytes` of the file; less if it is shorter. \throws LayerError "path_refused" for a path of a virtual or
/// network file system, "file_missing" for what is no readable plain file.
std::string head_of_file(const LayerRequest& request, std::size_t bytes);

/// All of it. \throws LayerError as head_of_file, and "file_too_large" (args: bytes, limit) before reading.
std::string text_of_file(const LayerRequest& request, std::uintmax_t most_bytes);

/// "2016-05-03T04:05:06.789-07:00", "2016-05-03 04:05Z", "2016-05-03"; without a zone UTC. Fractions of a second are
/// cut off. Nothing for any other text, or a date that the calendar does not have.
std::optional<Instant> instant_of_iso(std::string_view text) noexcept;

/// A time as the CF conventions for netCDF write it: `value` in `units` ("hours since 1900-01-01 00:00:00"), in the
/// calendar of the real world. Nothing for units that are none, other calendars ("noleap") or values out of reason.
std::optional<Instant> instant_of_cf(double value, std::string_view units, std::string_view calendar) noexcept;

/// Counts records by what became of them.
class LayerTally {
 public:
  void keep(bool repaired);
  void refuse(std::uint64_t record, const std::string& code);
  /// A trap that was met in a record, whatever became of it.
  void note(std::uint64_t record, const std::string& code);
  const LayerCounts& counts() const noexcept { return counts_; }

 private:
  LayerCounts counts_;
};

}  // namespace relevo::geo
