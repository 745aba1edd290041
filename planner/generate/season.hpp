// SPDX-License-Identifier: MIT
#pragma once

#include "planner/text/message.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::planner::generate {

/// How large a synthetic season is (docs/generate.md). Every number is met exactly.
struct SeasonSize {
  int units = 0;     ///< escorts of the roster included
  int classes = 0;   ///< rows of the roster, no two alike: classes of the solver
  int requests = 0;  ///< order lines
  int days = 0;      ///< of the horizon
  int agencies = 0;  ///< that lend and borrow; national centres through which they order come on top
  int kinds = 0;     ///< that lines ask for; those of escorts come on top
  friend bool operator==(const SeasonSize&, const SeasonSize&) = default;
};

enum class Tier { S, M, L, XL };

SeasonSize size_of(Tier tier);
/// "s", "m", "l", "xl"; nothing for another word.
std::optional<Tier> tier_of(std::string_view word);

/// Families of rules that ordinary seasons leave out because they slow proofs. Each is added for a small share of
/// lines, rows or routes.
enum class Extra { Packages, MinFill, Movements, Lifts, Handover, Pools, People };

std::string_view word_of(Extra extra);
std::optional<Extra> extra_of(std::string_view word);
const std::vector<Extra>& all_extras();

struct SeasonOptions {
  SeasonSize size;
  std::uint64_t seed = 1;
  std::set<Extra> extras;
};

/// Demand on the day on which lines ask for most, in units of their kinds; escorts are not counted (docs/generate.md,
/// "Peak demand").
struct PeakDemand {
  int day = 0;  ///< column of the horizon
  int demand = 0;
  int available = 0;  ///< units available that day
  int usable = 0;     ///< of these, those that their agency can lend that day or its own lines ask for
  /// Demand and availability of each kind, in the order in which kinds are taken.
  struct OfKind {
    std::string kind;
    int demand = 0;
    int available = 0;
  };
  std::vector<OfKind> kinds;

  /// Both ratios lie between 1.10 and 1.50, and each kind is short.
  bool is_as_promised() const noexcept;
};

struct SeasonFile {
  std::string name;  ///< relative to the folder: "units.csv", "agreements/season-own.toml"
  std::string content;
};

/// An ordinary scenario folder, as files in memory.
struct Season {
  std::string id;
  SeasonSize size;
  int incidents = 0;
  PeakDemand peak;
  std::vector<SeasonFile> files;  ///< ascending by name
};

/// The sizes contradict each other, or lie outside what can be made.
class SizeError : public std::invalid_argument {
 public:
  explicit SizeError(text::Message message) : std::invalid_argument(message.key), message_(std::move(message)) {}
  const text::Message& message() const noexcept { return message_; }

 private:
  text::Message message_;
};

/// The same options give the same bytes on every machine, as long as the reference tables in `data_dir` are the same.
/// The demand of a size that is one of the tiers' is as promised; a size too small for that comes as near as it can.
/// \throws SizeError, InputError when a reference table cannot be read
Season generate_season(const SeasonOptions& options, const std::filesystem::path& data_dir);

}  // namespace relevo::planner::generate
