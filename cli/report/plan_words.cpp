// SPDX-License-Identifier: MIT
#include "cli/report/plan_words.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace relevo::cli {

namespace {

using planner::EscortTerms;
using planner::Measure;
using planner::Phase;
using planner::PlanStatus;
using planner::RequestStatus;

template <class Enum>
struct Words;

template <>
struct Words<PlanStatus> {
  static constexpr std::array<std::pair<PlanStatus, std::string_view>, 6> kAll{{
      {PlanStatus::Optimal, "optimal"},
      {PlanStatus::GapLimit, "gap_limit"},
      {PlanStatus::WorkLimit, "work_limit"},
      {PlanStatus::TimeLimit, "time_limit"},
      {PlanStatus::Interrupted, "interrupted"},
      {PlanStatus::Heuristic, "heuristic"},
  }};
};

template <>
struct Words<RequestStatus> {
  static constexpr std::array<std::pair<RequestStatus, std::string_view>, 4> kAll{{
      {RequestStatus::Filled, "filled"},
      {RequestStatus::Partial, "partial"},
      {RequestStatus::Pending, "pending"},
      {RequestStatus::UnableToFill, "utf"},
  }};
};

template <>
struct Words<Phase> {
  static constexpr std::array<std::pair<Phase, std::string_view>, 2> kAll{{
      {Phase::Firm, "firm"},
      {Phase::Outlook, "outlook"},
  }};
};

template <>
struct Words<EscortTerms::Role> {
  static constexpr std::array<std::pair<EscortTerms::Role, std::string_view>, 3> kAll{{
      {EscortTerms::Role::Representative, "representative"},
      {EscortTerms::Role::Lead, "lead"},
      {EscortTerms::Role::Interpreter, "interpreter"},
  }};
};

template <>
struct Words<EscortTerms::Supply> {
  static constexpr std::array<std::pair<EscortTerms::Supply, std::string_view>, 2> kAll{{
      {EscortTerms::Supply::Roster, "roster"},
      {EscortTerms::Supply::Implicit, "implicit"},
  }};
};

template <>
struct Words<Measure> {
  static constexpr std::array<std::pair<Measure, std::string_view>, 2> kAll{{
      {Measure::Units, "units"},
      {Measure::People, "people"},
  }};
};

template <>
struct Words<geo::LegMode> {
  static constexpr std::array<std::pair<geo::LegMode, std::string_view>, 4> kAll{{
      {geo::LegMode::Ground, "ground"},
      {geo::LegMode::Flight, "flight"},
      {geo::LegMode::OwnFlight, "own_flight"},
      {geo::LegMode::Freight, "freight"},
  }};
};

template <class Enum>
std::string_view find_word(Enum value) {
  for (const auto& [enumerator, word] : Words<Enum>::kAll) {
    if (enumerator == value) {
      return word;
    }
  }
  throw std::logic_error("an enumerator without a word in plan_words.cpp");
}

}  // namespace

std::string_view word_of(PlanStatus status) {
  return find_word(status);
}
std::string_view word_of(RequestStatus status) {
  return find_word(status);
}
std::string_view word_of(Phase phase) {
  return find_word(phase);
}
std::string_view word_of(EscortTerms::Role role) {
  return find_word(role);
}
std::string_view word_of(EscortTerms::Supply supply) {
  return find_word(supply);
}
std::string_view word_of(Measure measure) {
  return find_word(measure);
}
std::string_view word_of(geo::LegMode mode) {
  return find_word(mode);
}

std::string_view key_of(EscortTerms::Role role) {
  switch (role) {
    case EscortTerms::Role::Representative:
      return "word.representative";
    case EscortTerms::Role::Lead:
      return "word.lead";
    case EscortTerms::Role::Interpreter:
      return "word.interpreter";
  }
  return "";
}

template <class Enum>
std::optional<Enum> enum_of(std::string_view word) {
  for (const auto& [enumerator, known] : Words<Enum>::kAll) {
    if (known == word) {
      return enumerator;
    }
  }
  return std::nullopt;
}

template std::optional<PlanStatus> enum_of(std::string_view word);
template std::optional<RequestStatus> enum_of(std::string_view word);
template std::optional<Phase> enum_of(std::string_view word);
template std::optional<EscortTerms::Role> enum_of(std::string_view word);
template std::optional<EscortTerms::Supply> enum_of(std::string_view word);
template std::optional<Measure> enum_of(std::string_view word);
template std::optional<geo::LegMode> enum_of(std::string_view word);

}  // namespace relevo::cli
