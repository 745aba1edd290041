// SPDX-License-Identifier: MIT
#include "planner/assess/priority.hpp"

#include "planner/assess/rasters.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace relevo::planner {

namespace {

/// 0 at 0, 1 from 10^digits on, by the logarithm between.
double by_magnitude(double value, double digits) {
  return std::min(1.0, std::log10(1.0 + std::max(0.0, value)) / digits);
}

double linear(double value, double full) {
  return std::clamp(value / full, 0.0, 1.0);
}

constexpr double kPeopleDigits = 5.0;  // 100,000 people
constexpr double kGrowthDigits = 4.0;  // 10,000 ha a day
constexpr double kSizeDigits = 5.0;    // 100,000 ha
constexpr double kFullOverlaps = 3.0;
constexpr double kFullAccessKm = 500.0;
constexpr std::array<double, 4> kControlScores{0.0, 0.1, 0.4, 1.0};

double control_score(double control) {
  return kControlScores[static_cast<std::size_t>(std::clamp(control, 0.0, 3.0))];
}

class Formula {
 public:
  explicit Formula(const Policy::Assessment& policy) : policy_(policy) {}

  double weight_of(const std::string& part) const {
    const auto found = policy_.weights.find(part);
    return found == policy_.weights.end() ? 0.0 : found->second.value;
  }

  template <class Score>
  void add(const std::string& part, double weight, const std::optional<double>& value, Score score) {
    PriorityPart made{.part = part, .weight = weight};
    made.known = value.has_value();
    made.value = value.value_or(0.0);
    made.score = made.known ? score(made.value) : policy_.neutral_score.value;
    result_.parts.push_back(made);
  }

  Priority result() && {
    for (const auto& part : result_.parts)
      result_.score += part.weight * part.score;
    result_.score = std::clamp(result_.score, 0.0, 100.0);
    const auto& least = policy_.priority_scores;
    const auto reached = std::ranges::find_if(least, [&](const auto& score) { return result_.score >= score.value; });
    result_.priority = 1 + static_cast<int>(reached - least.begin());
    return std::move(result_);
  }

 private:
  const Policy::Assessment& policy_;
  Priority result_;
};

void add_fire_parts(Formula& formula, const PriorityFacts& facts, const Policy::Assessment& policy) {
  formula.add("growth", formula.weight_of("growth"), facts.growth_ha_day,
              [](double v) { return by_magnitude(v, kGrowthDigits); });
  const auto classes = policy.danger_classes.find(facts.danger_variable);
  const bool has_classes = classes != policy.danger_classes.end();
  formula.add("danger", formula.weight_of("danger"), has_classes ? facts.danger : std::nullopt,
              [&](double v) { return (danger_class_of(v, classes->second) - 1.0) / 5.0; });
  formula.add("control", formula.weight_of("control"), facts.control, control_score);
  formula.add("size", formula.weight_of("size"), facts.area_ha, [](double v) { return by_magnitude(v, kSizeDigits); });
}

}  // namespace

Priority prioritise(const PriorityFacts& facts, const Policy::Assessment& policy) {
  Formula formula(policy);
  formula.add("people", formula.weight_of("people"), facts.people,
              [](double v) { return by_magnitude(v, kPeopleDigits); });
  if (facts.wildfire)
    add_fire_parts(formula, facts, policy);
  else
    formula.add("severity",
                formula.weight_of("growth") + formula.weight_of("danger") + formula.weight_of("control") +
                    formula.weight_of("size"),
                facts.severity, [](double v) { return linear(v, 1.0); });
  formula.add("overlaps", formula.weight_of("overlaps"), facts.overlaps,
              [](double v) { return linear(v, kFullOverlaps); });
  formula.add("access", formula.weight_of("access"), facts.airport_road_km,
              [](double v) { return linear(v, kFullAccessKm); });
  return std::move(formula).result();
}

double weighted_people(const std::array<std::int64_t, 3>& people_within) {
  const auto near = static_cast<double>(people_within[0]);
  const auto middle = static_cast<double>(people_within[1] - people_within[0]);
  const auto far = static_cast<double>(people_within[2] - people_within[1]);
  return near + 0.5 * middle + 0.2 * far;
}

double flood_severity(double area_ha) {
  return by_magnitude(area_ha, kSizeDigits);
}

std::optional<double> control_of(const std::string& stage) {
  std::string word = stage;
  std::ranges::transform(word, word.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (word == "OC")
    return 3.0;
  if (word == "BH")
    return 2.0;
  if (word == "UC")
    return 1.0;
  if (word == "OUT" || word == "EX")
    return 0.0;
  return std::nullopt;
}

}  // namespace relevo::planner
