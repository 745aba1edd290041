// SPDX-License-Identifier: MIT
#include "cli/report/kind_names.hpp"

#include "cli/report/plan_words.hpp"

#include <fmt/format.h>

namespace relevo::cli {

namespace {

const char* code_of(text::Lang lang) {
  return lang == text::Lang::Es ? "es" : lang == text::Lang::Fr ? "fr" : "en";
}

}  // namespace

KindNames::KindNames(const planner::KindCatalogue& kinds, text::Lang lang) {
  for (const auto& kind : kinds.kinds)
    for (const char* code : {"en", code_of(lang)})
      if (const auto it = kind.names.find(code); it != kind.names.end())
        names_[kind.id] = it->second;
  using Role = planner::EscortTerms::Role;
  for (const auto role : {Role::Representative, Role::Lead, Role::Interpreter})
    names_[std::string(word_of(role))] = text::render(key_of(role), lang);
}

std::string KindNames::name(const std::string& kind_or_role) const {
  const auto it = names_.find(kind_or_role);
  return it == names_.end() ? kind_or_role : it->second;
}

std::string KindNames::list(const std::map<std::string, int>& counts) const {
  std::string words;
  for (const auto& [kind, count] : counts)
    words += fmt::format("{}{} {}", words.empty() ? "" : ", ", count, name(kind));
  return words;
}

}  // namespace relevo::cli
