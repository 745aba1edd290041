// SPDX-License-Identifier: MIT
#include "planner/generate/season.hpp"

#include "planner/generate/content.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relevo::planner::generate {

namespace {

constexpr int kMostUnits = 200000;
constexpr int kMostRequests = 50000;
constexpr int kLeastDays = 7;
constexpr int kMostDays = 120;
/// How often a season whose demand is not as promised is drawn anew before the last one stands.
constexpr int kAttempts = 12;
/// Seasons begin on a day of this year, from 10 June on, within two months (assumed).
constexpr Day kSeasonBegins{std::chrono::year{2026} / 6 / 10};
constexpr int kSeasonWindow = 60;

/// Streams of a seed.
constexpr std::uint64_t kDates = 1;
constexpr std::uint64_t kRoster = 2;
constexpr std::uint64_t kDemand = 3;
constexpr std::uint64_t kQuantities = 4;
constexpr std::uint64_t kExtras = 5;
constexpr std::uint64_t kLayers = 6;
constexpr std::uint64_t kFirstAttempt = 1000;

struct Bound {
  const char* what;
  int value;
  int least;
  int most;
};

void check(const SeasonSize& size) {
  const Bound bounds[] = {{"--units", size.units, 1, kMostUnits},
                          {"--classes", size.classes, 1, kMostUnits},
                          {"--requests", size.requests, 1, kMostRequests},
                          {"--days", size.days, kLeastDays, kMostDays},
                          {"--agencies", size.agencies, 1, static_cast<int>(regions().size())},
                          {"--kinds", size.kinds, 1, static_cast<int>(kind_shares().size())}};
  for (const auto& bound : bounds)
    if (bound.value < bound.least || bound.value > bound.most)
      throw SizeError({"generate.out_of_range",
                       {{"option", bound.what},
                        {"value", std::to_string(bound.value)},
                        {"least", std::to_string(bound.least)},
                        {"most", std::to_string(bound.most)}}});
  const auto fewer = [](const char* what, int value, const char* than, int limit) {
    if (value > limit)
      throw SizeError(
          {"generate.too_many",
           {{"option", what}, {"value", std::to_string(value)}, {"than", than}, {"limit", std::to_string(limit)}}});
  };
  fewer("--classes", size.classes, "--units", size.units);
  fewer("--kinds", size.kinds, "--classes", size.classes);
  fewer("--kinds", size.kinds, "--requests", size.requests);
}

constexpr std::pair<Tier, std::string_view> kTiers[] = {
    {Tier::S, "s"}, {Tier::M, "m"}, {Tier::L, "l"}, {Tier::XL, "xl"}};

std::string id_of(const SeasonOptions& options) {
  const auto& size = options.size;
  std::string name =
      fmt::format("{}-{}-{}-{}-{}-{}", size.units, size.classes, size.requests, size.days, size.agencies, size.kinds);
  for (const auto& [tier, word] : kTiers)
    if (size_of(tier) == size)
      name = word;
  for (const auto extra : options.extras)
    name += fmt::format("-{}", word_of(extra));
  return fmt::format("season-{}-{}", name, options.seed);
}

/// Everything but the text, from one attempt of a seed.
PeakDemand draw(Content& content, std::uint64_t seed) {
  Random dates(seed, kDates);
  content.first_day = kSeasonBegins + Days{dates.pick(0, kSeasonWindow)};
  content.bases.clear();
  content.units.clear();
  content.incidents.clear();
  content.requests.clear();
  make_roster(content, Random(seed, kRoster));
  make_demand(content, Random(seed, kDemand));
  return make_quantities(content, Random(seed, kQuantities));
}

}  // namespace

SeasonSize size_of(Tier tier) {
  switch (tier) {
    case Tier::S:
      return {60, 20, 15, 21, 6, 4};
    case Tier::M:
      return {600, 150, 150, 30, 30, 12};
    case Tier::L:
      return {5000, 1500, 1000, 30, 30, 12};
    case Tier::XL:
      break;
  }
  return {20000, 5000, 4000, 45, 30, 12};
}

std::optional<Tier> tier_of(std::string_view word) {
  for (const auto& [tier, known] : kTiers)
    if (known == word)
      return tier;
  return std::nullopt;
}

Season generate_season(const SeasonOptions& options, const std::filesystem::path& data_dir) {
  check(options.size);
  Content content{.options = options, .reference = read_reference(data_dir, options.size.agencies)};
  Season season{.id = id_of(options), .size = options.size};
  std::uint64_t seed = options.seed;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    seed = Random(options.seed, kFirstAttempt + static_cast<std::uint64_t>(attempt)).next();
    season.peak = draw(content, seed);
    if (season.peak.is_as_promised())
      break;
  }
  add_extras(content, Random(seed, kExtras));
  season.incidents = static_cast<int>(content.incidents.size());
  season.files = files_of(content, season.id, Random(seed, kLayers));
  return season;
}

}  // namespace relevo::planner::generate
