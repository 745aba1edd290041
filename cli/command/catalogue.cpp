// SPDX-License-Identifier: MIT
#include "cli/command/commands.hpp"
#include "cli/data_dir.hpp"
#include "cli/json_output.hpp"
#include "cli/report/plan_words.hpp"
#include "cli/text_file.hpp"
#include "planner/model/load_agreement.hpp"
#include "planner/model/load_kinds.hpp"
#include "planner/model/spelling.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace relevo::cli {

namespace {

using planner::Agreement;
using planner::closest_word;
using planner::Day;
using planner::Days;
using planner::Diagnostics;
using planner::EscortTerms;
using planner::format_day;
using planner::InputError;
using planner::kFirstDay;
using planner::KindCatalogue;
using planner::kLastDay;
using planner::make_diagnostic_with_suggestion;
using planner::Party;
using planner::Payer;
using planner::Provenance;
using planner::read_agreements_folder;
using planner::read_kinds;
using planner::Severity;
using planner::Standing;
using Json = nlohmann::ordered_json;

std::string_view code_of(text::Lang lang) {
  return lang == text::Lang::Es ? "es" : lang == text::Lang::Fr ? "fr" : "en";
}

std::string name_in(const std::map<std::string, std::string>& names, text::Lang lang, const std::string& otherwise) {
  for (const std::string_view code : {code_of(lang), std::string_view("en")}) {
    const auto it = names.find(std::string(code));
    if (it != names.end())
      return it->second;
  }
  return otherwise;
}

KindCatalogue load_kinds() {
  Diagnostics diagnostics;
  auto kinds = read_kinds(read_text_file(data_dir() / "reference" / "kinds.toml"), "reference/kinds.toml", diagnostics);
  if (diagnostics.has_errors())
    throw InputError(std::move(diagnostics));
  return kinds;
}

std::vector<Agreement> load_agreements() {
  Diagnostics diagnostics;
  auto agreements = read_agreements_folder(data_dir() / "agreements", load_kinds(), diagnostics);
  if (diagnostics.has_errors())
    throw InputError(std::move(diagnostics));
  return agreements;
}

std::string words_of(const std::vector<Party>& parties) {
  std::string words;
  for (const auto& party : parties)
    words += (words.empty() ? "" : ", ") + (party.scope == Party::Scope::Anyone ? std::string("*") : party.id);
  return words;
}

std::string day_or_open(Day day) {
  return day == kFirstDay || day == kLastDay ? std::string("..") : format_day(day);
}

Json json_of(const Provenance& from) {
  return {{"clause", from.clause},
          {"status", from.standing == Standing::Stated ? "stated" : "assumed"},
          {"source", from.source},
          {"note", from.note}};
}

/// One provision as a line of `relevo agreements ID`.
struct Line {
  std::string what;
  std::string value;
  Provenance from;
};

/// The value with its standing and clause; alone where the file says nothing of it.
std::string value_and_clause(const Line& line) {
  if (line.from.clause.empty())
    return line.value;
  return fmt::format("{:<40} {} [{}]", line.value, line.from.standing == Standing::Stated ? "stated" : "assumed",
                     line.from.clause);
}

/// A document, and those that do instead.
std::string documents_of(const planner::DocumentRule& rule) {
  return rule.alternatives.empty() ? rule.document
                                   : fmt::format("{} or {}", rule.document, fmt::join(rule.alternatives, " or "));
}

std::vector<Line> provisions_of(const Agreement& a) {
  const auto number = [](const std::optional<int>& n) { return n ? std::to_string(*n) : std::string("-"); };
  std::vector<Line> lines = {
      {"in force", fmt::format("{} to {}", day_or_open(a.in_force.first), day_or_open(a.in_force.last - Days{1})),
       a.from},
      {"lenders", words_of(a.lenders), a.from},
      {"borrowers", words_of(a.borrowers), a.from},
      {"channel",
       fmt::format("{} asks, {} answers", a.asking.empty() ? "-" : a.asking, a.answering.empty() ? "-" : a.answering),
       a.channel_from},
      {"kinds", a.kinds.empty() ? std::string("all") : fmt::format("{}", fmt::join(a.kinds, ", ")), a.kinds_from},
      {"line days of a tour", std::to_string(a.tour.max_line_days.value), a.tour.max_line_days.from},
      {"days off in place", std::to_string(a.tour.days_off_in_place.value), a.tour.days_off_in_place.from},
      {"tours of a deployment", std::to_string(a.tour.max_tours.value), a.tour.max_tours.from},
      {"fewest line days", std::to_string(a.tour.min_line_days.value), a.tour.min_line_days.from},
      {"orientation days", std::to_string(a.tour.orientation_days.value), a.tour.orientation_days.from},
      {"rest days at home", std::to_string(a.tour.rest_days_home.value), a.tour.rest_days_home.from},
      {"longest deployment", number(a.tour.max_deployment_days.value), a.tour.max_deployment_days.from},
      {"notice days", std::to_string(a.mobilization.notice_days.value), a.mobilization.notice_days.from},
      {"muster days", std::to_string(a.mobilization.muster_days.value), a.mobilization.muster_days.from}};
  const auto add_if = [&](const char* what, const planner::Provision<int>& days) {
    if (days.value > 0)
      lines.push_back({what, std::to_string(days.value), days.from});
  };
  add_if("extension days of a tour", a.tour.extension_days);
  add_if("shadow days", a.tour.shadow_days);
  add_if("moves of a deployment", a.tour.max_moves);
  if (a.tour.move_between_borrowers.value)
    lines.push_back({"moves to other borrowers", "with the lender's consent", a.tour.move_between_borrowers.from});
  add_if("fewest people of a movement", a.contingent.min_persons);
  for (const auto& rule : a.mobilization.documents)
    lines.push_back({"document",
                     fmt::format("{} ({} to {})", documents_of(rule), day_or_open(rule.in_force.first),
                                 day_or_open(rule.in_force.last - Days{1})),
                     rule.from});
  for (const auto& term : a.escorts)
    lines.push_back({std::string(word_of(term.role)),
                     fmt::format("one {} per {} {} above {}, {}{}", term.kind, term.per_persons,
                                 term.counts == EscortTerms::Counts::Units ? "units" : "people", term.threshold,
                                 term.supply == EscortTerms::Supply::Roster ? "from the roster" : "implicit",
                                 term.ahead_days > 0 ? fmt::format(", ahead by days: {}", term.ahead_days) : ""),
                     term.from});
  if (!a.language.working.empty())
    lines.push_back({"languages", fmt::format("{}", fmt::join(a.language.working, ", ")), a.language.from});
  for (const auto& [item, payer] : a.cost.payer)
    lines.push_back({"pays " + item, payer.value == Payer::Borrower ? "borrower" : "lender", payer.from});
  lines.push_back({"tier", std::to_string(a.precedence.tier), a.precedence.from});
  lines.push_back({"recall notice (hours)", number(a.recall_notice_hours.value), a.recall_notice_hours.from});
  return lines;
}

}  // namespace

ExitCode list_agreements(const CommonOptions& options) {
  const auto agreements = load_agreements();
  if (options.json) {
    auto list = Json::array();
    for (const auto& a : agreements)
      list.push_back({{"id", a.id},
                      {"family", a.family},
                      {"title", a.title},
                      {"lenders", words_of(a.lenders)},
                      {"borrowers", words_of(a.borrowers)},
                      {"in_force_from", day_or_open(a.in_force.first)},
                      {"in_force_to", day_or_open(a.in_force.last - Days{1})}});
    print_json(list);
    return ExitCode::Done;
  }
  for (const auto& a : agreements)
    fmt::print(std::cout, "{:<17} {:<10} to {:<10}  {}\n", a.id, day_or_open(a.in_force.first),
               day_or_open(a.in_force.last - Days{1}), a.title);
  return ExitCode::Done;
}

ExitCode show_agreement(const std::string& id, const CommonOptions& options) {
  const auto agreements = load_agreements();
  std::vector<std::string> ids;
  ids.reserve(agreements.size());
  for (const auto& a : agreements)
    ids.push_back(a.id);
  const auto it = std::find_if(agreements.begin(), agreements.end(), [&](const auto& a) { return a.id == id; });
  if (it == agreements.end()) {
    Diagnostics diagnostics;
    diagnostics.add(make_diagnostic_with_suggestion(Severity::Error, {"relevo agreements", 0, ""}, id,
                                                    "agreement.unknown", closest_word(id, ids), {}));
    throw InputError(std::move(diagnostics));
  }
  const auto lines = provisions_of(*it);
  if (options.json) {
    auto list = Json::array();
    for (const auto& line : lines) {
      Json entry{{"provision", line.what}, {"value", line.value}};
      entry.update(json_of(line.from));
      list.push_back(std::move(entry));
    }
    print_json({{"id", it->id}, {"title", it->title}, {"provisions", list}});
    return ExitCode::Done;
  }
  fmt::print(std::cout, "{}: {}\n{}\n", it->id, it->title, it->instrument);
  for (const auto& line : lines)
    fmt::print(std::cout, "  {:<22} {}\n", line.what, value_and_clause(line));
  return ExitCode::Done;
}

ExitCode list_kinds(const CommonOptions& options) {
  const auto catalogue = load_kinds();
  if (options.json) {
    auto list = Json::array();
    for (const auto& kind : catalogue.kinds) {
      auto types = Json::array();
      for (const auto& type : kind.types)
        types.push_back({{"id", type.id},
                         {"rank", type.rank},
                         {"persons", type.persons},
                         {"name", name_in(type.names, options.lang, type.id)}});
      list.push_back({{"id", kind.id}, {"name", name_in(kind.names, options.lang, kind.id)}, {"types", types}});
    }
    print_json(list);
    return ExitCode::Done;
  }
  for (const auto& kind : catalogue.kinds) {
    fmt::print(std::cout, "{} - {}\n", kind.id, name_in(kind.names, options.lang, kind.id));
    for (const auto& type : kind.types) {
      std::string words;
      for (const auto& alias : catalogue.aliases)
        if (alias.kind == kind.id && alias.type == type.id)
          words += (words.empty() ? "  = " : ", ") + alias.id;
      fmt::print(std::cout, "  {:<9} {:>3} people  {}{}\n", type.id, type.persons,
                 name_in(type.names, options.lang, type.id), words);
    }
  }
  return ExitCode::Done;
}

}  // namespace relevo::cli
