// SPDX-License-Identifier: MIT
#include "planner/model/load_context.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relevo::planner::detail {

namespace {

bool is_language_code(const std::string& word) {
  return word.size() == 2 && std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

std::vector<std::string> type_ids(const Kind& kind) {
  std::vector<std::string> ids;
  for (const auto& type : kind.types)
    ids.push_back(type.id);
  return ids;
}

/// A kind id or another system's word for one.
struct KindWord {
  KindIndex kind;
  std::string type;
};

std::optional<KindWord> find_kind_word(const KindCatalogue& catalogue, const std::string& word) {
  const std::string folded = fold_word(word);
  for (const auto k : catalogue.kinds.indices())
    if (fold_word(catalogue.kinds[k].id) == folded)
      return KindWord{k, {}};
  for (const auto& alias : catalogue.aliases)
    if (fold_word(alias.id) == folded)
      if (const auto kind = catalogue.find(alias.kind))
        return KindWord{*kind, alias.type};
  return std::nullopt;
}

std::vector<std::string> all_kind_words(const KindCatalogue& catalogue) {
  std::vector<std::string> words;
  for (const auto& kind : catalogue.kinds)
    words.push_back(kind.id);
  for (const auto& alias : catalogue.aliases)
    words.push_back(alias.id);
  return words;
}

const KindType* find_type_folded(const Kind& kind, const std::string& word) {
  const std::string folded = fold_word(word);
  for (const auto& type : kind.types)
    if (fold_word(type.id) == folded)
      return &type;
  return nullptr;
}

const KindType* type_for_empty_cell(const Kind& kind, EmptyType empty_type) {
  if (kind.types.empty() || empty_type == EmptyType::Any)
    return nullptr;
  if (kind.types.size() == 1)
    return &kind.types.front();
  if (empty_type == EmptyType::OnlyOne)
    return nullptr;
  return &*std::ranges::max_element(kind.types, {}, &KindType::rank);
}

std::vector<std::string> channel_words(const ScenarioData& data) {
  std::vector<std::string> words;
  for (const auto& agreement : data.agreements) {
    words.push_back(agreement.id);
    if (!agreement.family.empty())
      words.push_back(agreement.family);
  }
  return words;
}

}  // namespace

void report_unknown_reference(LoadContext& context, Record& record, std::string_view column, std::string_view table,
                              const std::vector<std::string>& known) {
  context.diagnostics.add(
      make_diagnostic_with_suggestion(Severity::Error, record.place(column), record.written(column), "table.reference",
                                      closest_word(record.written(column), known), {{"table", std::string(table)}}));
  record.invalidate();
}

std::optional<KindAndType> resolve_kind(LoadContext& context, Record& record, EmptyType empty_type) {
  const auto word = record.text("kind");
  if (word.empty())
    return std::nullopt;
  const auto found = find_kind_word(context.data.kinds, word);
  if (!found) {
    context.diagnostics.add(make_diagnostic_with_suggestion(Severity::Error, record.place("kind"), word, "table.kind",
                                                            closest_word(word, all_kind_words(context.data.kinds))));
    record.invalidate();
    return std::nullopt;
  }
  const Kind& kind = context.data.kinds.kinds[found->kind];
  const auto written = record.text("type").empty() ? found->type : record.text("type");
  const KindType* type = written.empty() ? type_for_empty_cell(kind, empty_type) : find_type_folded(kind, written);
  if (type != nullptr)
    return KindAndType{found->kind, type->id, type->rank};
  const bool none_needed = written.empty() && (kind.types.empty() || empty_type == EmptyType::Any);
  if (none_needed)
    return KindAndType{found->kind, {}, 1};
  record.report(context.diagnostics, Severity::Error, "type",
                kind.types.empty() ? "table.no_types" : (written.empty() ? "table.type_missing" : "table.type"),
                {{"kind", kind.id}, {"types", fmt::format("{}", fmt::join(type_ids(kind), ", "))}});
  return std::nullopt;
}

std::optional<AgreementIndex> resolve_agreement(LoadContext& context, Record& record, std::string_view column,
                                                Day day) {
  const auto word = record.text(column);
  if (word.empty())
    return std::nullopt;
  const auto& agreements = context.data.agreements;
  for (const auto a : agreements.indices())
    if (agreements[a].id == word)
      return a;
  for (const auto a : agreements.indices())
    if (agreements[a].family == word && agreements[a].in_force.contains(day))
      return a;
  if (context.agreements_unreadable)
    record.invalidate();
  else
    report_unknown_reference(context, record, column, "agreements", channel_words(context.data));
  return std::nullopt;
}

std::string checked_channel(LoadContext& context, Record& record, std::string_view column) {
  auto word = record.text(column);
  const auto known = channel_words(context.data);
  if (word.empty() || context.agreements_unreadable || std::ranges::find(known, word) != known.end())
    return word;
  report_unknown_reference(context, record, column, "agreements", known);
  return {};
}

DayInterval interval_of(LoadContext& context, Record& record, std::string_view from, std::string_view to) {
  DayInterval interval = kAlways;
  if (const auto first = record.day(from))
    interval.first = *first;
  if (const auto last = record.day(to))
    interval.last = *last + Days{1};
  if (interval.empty())
    record.report(context.diagnostics, Severity::Error, to, "table.date_order",
                  {{"earlier", std::string(from)}, {"date", record.written(from)}});
  return interval;
}

std::optional<FireBehaviour> fire_behaviour_of(const std::string& word) {
  if (word.empty())
    return std::nullopt;
  if (word == "low")
    return FireBehaviour::Low;
  if (word == "moderate")
    return FireBehaviour::Moderate;
  return word == "high" ? FireBehaviour::High : FireBehaviour::Extreme;
}

std::optional<Money> money_of(LoadContext& context, Record& record, std::string_view amount_column,
                              std::string_view currency_column) {
  const auto amount = record.number(amount_column);
  if (!amount)
    return std::nullopt;
  const auto& policy = context.data.policy;
  const auto currency = record.text(currency_column);
  if (currency.empty() || currency == policy.currency)
    return Money{*amount};
  const auto rate = policy.exchange.find(currency);
  if (rate != policy.exchange.end())
    return Money{*amount * rate->second.to_currency};
  record.report(context.diagnostics, Severity::Error, currency_column, "unit.currency", {{"into", policy.currency}});
  return std::nullopt;
}

std::vector<std::string> sorted_words(std::vector<std::string> words) {
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::vector<std::string> checked_languages(LoadContext& context, Record& record, std::string_view column) {
  auto languages = record.list(column);
  for (auto& language : languages) {
    language = fold_word(language);
    if (!is_language_code(language))
      record.report(context.diagnostics, Severity::Error, column, "table.language", {{"word", language}});
  }
  return sorted_words(std::move(languages));
}

Provenance provenance_of(const Record& record) {
  Provenance from;
  from.source = record.text("source");
  from.note = record.text("note");
  const auto standing = record.standing();
  const bool stated = standing.empty() ? !from.source.empty() : standing == "stated";
  from.standing = stated ? Standing::Stated : Standing::Assumed;
  return from;
}

}  // namespace relevo::planner::detail
