// SPDX-License-Identifier: MIT
#include "cli/report/comparison_text.hpp"

#include "cli/report/kind_names.hpp"
#include "cli/report/locale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace relevo::cli {

namespace {

using planner::Day;
using planner::Days;
using planner::GroupChange;
using planner::LineChange;
using planner::Measure;
using planner::PlanComparison;
using planner::ReserveChange;
using planner::TravelGroup;

using Args = std::vector<std::pair<std::string, std::string>>;

std::string joined(const std::vector<std::string>& parts, const char* between) {
  return fmt::format("{}", fmt::join(parts, between));
}

bool differs(double a, double b) {
  return std::abs(a - b) > 0.005;
}

/// The sentences about one contingent.
class GroupWords {
 public:
  GroupWords(const planner::KindCatalogue& kinds, text::Lang lang) : names_(kinds, lang), locale_(lang), lang_(lang) {}

  std::string sentence(const GroupChange& change) const {
    const auto& group = change.before ? *change.before : *change.after;
    std::string who = say("compare.group", {{"lender", group.lender},
                                            {"borrower", group.borrower},
                                            {"persons", std::to_string(group.persons)},
                                            {"units", names_.list(group.kinds)},
                                            {"agreement", group.agreement},
                                            {"days", locale_.short_range(group.depart, group.home)}});
    if (change.is_added() || change.is_dropped() || change.is_kept())
      return who;
    return say("compare.group_change", {{"group", who}, {"changes", joined(changes(change), "; ")}});
  }

 private:
  std::string say(const char* key, Args args = {}) const { return text::render({key, std::move(args)}, lang_); }

  void say_days(std::vector<std::string>& out, int later, Day day, const char* key_later,
                const char* key_earlier) const {
    if (later != 0)
      out.push_back(say(later > 0 ? key_later : key_earlier,
                        {{"days", std::to_string(std::abs(later))}, {"day", locale_.short_day(day)}}));
  }

  std::vector<std::string> changes(const GroupChange& change) const {
    const auto& before = *change.before;
    const auto& after = *change.after;
    std::vector<std::string> out;
    if (change.other_borrower())
      out.push_back(say("compare.borrower", {{"before", before.borrower}, {"after", after.borrower}}));
    if (change.other_agreement())
      out.push_back(say("compare.agreement", {{"before", before.agreement}, {"after", after.agreement}}));
    if (change.other_muster() && !before.muster.empty() && !after.muster.empty())
      out.push_back(say("compare.muster", {{"before", before.muster}, {"after", after.muster}}));
    say_days(out, change.days_later(), after.depart, "compare.leaves_later", "compare.leaves_earlier");
    say_days(out, change.home_later(), after.home, "compare.home_later", "compare.home_earlier");
    say_size(out, change);
    if (change.other_units())
      out.push_back(say("compare.units", {{"before", rows(before, after)}, {"after", rows(after, before)}}));
    for (const auto& [request, more] : change.line_days_more())
      out.push_back(say(more > 0 ? "compare.line_more" : "compare.line_fewer",
                        {{"request", request}, {"days", std::to_string(std::abs(more))}}));
    if (out.empty())
      out.push_back(say("compare.other_days"));
    return out;
  }

  void say_size(std::vector<std::string>& out, const GroupChange& change) const {
    const int persons = change.persons_more();
    if (persons != 0)
      out.push_back(
          say(persons > 0 ? "compare.larger" : "compare.smaller", {{"persons", std::to_string(std::abs(persons))}}));
    for (const auto& [kind, more] : change.kinds_more())
      out.push_back(say(more > 0 ? "compare.kind_more" : "compare.kind_fewer",
                        {{"count", std::to_string(std::abs(more))}, {"kind", names_.name(kind)}}));
  }

  /// The roster rows of which the one group has more than the other.
  static std::string rows(const TravelGroup& of, const TravelGroup& other) {
    std::vector<std::string> names;
    for (const auto& [unit, count] : of.units) {
      const auto it = other.units.find(unit);
      if (it == other.units.end() || it->second < count)
        names.push_back(unit);
    }
    return joined(names, ", ");
  }

  KindNames names_;
  Locale locale_;
  text::Lang lang_;
};

class ComparisonWords {
 public:
  ComparisonWords(const PlanComparison& comparison, const planner::KindCatalogue& kinds, text::Lang lang)
      : comparison_(comparison), groups_(kinds, lang), names_(kinds, lang), locale_(lang), lang_(lang) {}

  std::string text() {
    plans();
    if (comparison_.identical())
      line(say("compare.identical"));
    else {
      groups();
      lines();
      priorities();
      reserves();
    }
    figures();
    return std::move(out_);
  }

 private:
  std::string say(const char* key, Args args = {}) const { return text::render({key, std::move(args)}, lang_); }
  void line(const std::string& text) { out_ += text + "\n"; }
  void item(const std::string& text) { line("  " + text); }

  void plan(const char* letter, const PlanComparison::Side& side) {
    line(say("compare.plan", {{"letter", letter},
                              {"name", side.name},
                              {"title", side.title.empty() ? side.scenario : side.title},
                              {"day", locale_.day(side.as_of)},
                              {"days", std::to_string(side.horizon.days)}}));
  }

  void plans() {
    plan("A", comparison_.before);
    plan("B", comparison_.after);
    if (!comparison_.same_scenario())
      line(say("compare.other_scenario",
               {{"before", comparison_.before.scenario}, {"after", comparison_.after.scenario}}));
    const auto& shared = comparison_.shared;
    const auto is_whole = [&](const planner::Horizon& h) { return h.first == shared.first && h.last() == shared.last; };
    if (shared.empty())
      line(say("compare.no_shared_days"));
    else if (!is_whole(comparison_.before.horizon) || !is_whole(comparison_.after.horizon))
      line(say("compare.shared_days", {{"days", locale_.short_range(shared.first, shared.last - Days{1})}}));
    if (comparison_.groups_outside_before + comparison_.groups_outside_after > 0)
      line(say("compare.outside", {{"before", std::to_string(comparison_.groups_outside_before)},
                                   {"after", std::to_string(comparison_.groups_outside_after)}}));
    only("A", comparison_.lines_only_before);
    only("B", comparison_.lines_only_after);
  }

  void only(const char* letter, const std::vector<std::string>& requests) {
    if (!requests.empty())
      line(say("compare.lines_only", {{"letter", letter}, {"requests", joined(requests, ", ")}}));
  }

  void groups() {
    const auto is_changed = [](const GroupChange& g) { return !g.is_kept() && !g.is_added() && !g.is_dropped(); };
    const auto count = [&](bool (*is)(const GroupChange&)) { return std::to_string(comparison_.count_groups(is)); };
    line(say("compare.groups", {{"kept", count([](const GroupChange& g) { return g.is_kept(); })},
                                {"changed", count(is_changed)},
                                {"added", count([](const GroupChange& g) { return g.is_added(); })},
                                {"dropped", count([](const GroupChange& g) { return g.is_dropped(); })}}));
    list_groups("compare.changed", is_changed);
    list_groups("compare.added", [](const GroupChange& g) { return g.is_added(); });
    list_groups("compare.dropped", [](const GroupChange& g) { return g.is_dropped(); });
  }

  void list_groups(const char* heading, bool (*is)(const GroupChange&)) {
    if (comparison_.count_groups(is) == 0)
      return;
    line(say(heading));
    for (const auto& group : comparison_.groups)
      if (is(group))
        item(groups_.sentence(group));
  }

  std::string measure(Measure of, int count) const {
    return say(of == Measure::People ? "cli.person_days" : "cli.unit_days", {{"count", std::to_string(count)}});
  }

  void lines() {
    if (std::ranges::all_of(comparison_.lines, [](const LineChange& change) { return change.is_kept(); }))
      return;
    line(say("compare.lines"));
    for (const auto& change : comparison_.lines)
      if (!change.is_kept())
        item(line_sentence(change));
  }

  std::string line_sentence(const LineChange& change) const {
    std::string text = say("compare.line", {{"request", change.request},
                                            {"kind", names_.name(change.kind)},
                                            {"priority", std::to_string(change.after.priority)},
                                            {"before", locale_.whole(change.before.unmet)},
                                            {"wanted", locale_.whole(change.before.wanted)},
                                            {"measure", measure(change.measure, change.before.wanted)},
                                            {"after", locale_.whole(change.after.unmet)},
                                            {"wanted_after", locale_.whole(change.after.wanted)}});
    if (!change.filled_more.empty()) {
      const Day first = change.filled_more.front().first;
      const Day last = change.filled_more.back().first;
      text += say("compare.line_days",
                  {{"days", first == last ? locale_.short_day(first) : locale_.short_range(first, last)}});
    }
    const auto has_reason = [](const LineChange::Side& side) {
      return !side.reason_code.empty() && side.reason_code != "none";
    };
    if (change.before.reason_code != change.after.reason_code && has_reason(change.before) && has_reason(change.after))
      text += say("compare.line_reason", {{"before", change.before.reason_code}, {"after", change.after.reason_code}});
    return text;
  }

  void priorities() {
    line(say("compare.priorities"));
    for (const auto& sum : comparison_.priorities)
      item(say("compare.priority", {{"priority", std::to_string(sum.priority)},
                                    {"before", locale_.whole(sum.before.unmet)},
                                    {"wanted", locale_.whole(sum.before.wanted)},
                                    {"measure", measure(sum.measure, sum.before.wanted)},
                                    {"after", locale_.whole(sum.after.unmet)},
                                    {"wanted_after", locale_.whole(sum.after.wanted)}}));
  }

  void reserves() {
    if (comparison_.reserves.empty())
      return;
    line(say("compare.reserves"));
    for (const auto& change : comparison_.reserves)
      item(reserve_sentence(change));
  }

  std::string reserve_sentence(const ReserveChange& change) const {
    const auto& before = change.before;
    const auto& after = change.after;
    const std::string kind = names_.name(change.kind);
    if (before.least_home == after.least_home && before.days_below == after.days_below)
      return say("compare.reserve_away", {{"lender", change.agency},
                                          {"kind", kind},
                                          {"before", std::to_string(before.away_days)},
                                          {"after", std::to_string(after.away_days)}});
    std::string text = say("compare.reserve", {{"lender", change.agency},
                                               {"kind", kind},
                                               {"before", std::to_string(before.least_home)},
                                               {"day", locale_.short_day(before.least_day)},
                                               {"after", std::to_string(after.least_home)},
                                               {"day_after", locale_.short_day(after.least_day)}});
    if (before.days_below + after.days_below > 0)
      text += say("compare.reserve_below",
                  {{"before", std::to_string(before.days_below)}, {"after", std::to_string(after.days_below)}});
    return text;
  }

  void figures() {
    line(say("compare.figures"));
    const auto points = [this](double value) { return locale_.decimal(value, 1); };
    const auto& before = comparison_.before;
    const auto& after = comparison_.after;
    figure("compare.need", before.vector.need.value(), after.vector.need.value(), points, points);
    if (differs(before.vector.disturbance.value(), 0) || differs(after.vector.disturbance.value(), 0))
      figure("compare.disturbance", before.vector.disturbance.value(), after.vector.disturbance.value(), points,
             points);
    const auto money_before = [&](double value) { return locale_.money(value, before.currency); };
    const auto money_after = [&](double value) { return locale_.money(value, after.currency); };
    figure("compare.cost", before.vector.cost.value(), after.vector.cost.value(), money_before, money_after);
    for (const auto& [name, amounts] : comparison_.cost)
      if (differs(amounts.first, amounts.second))
        figure(key_of_item(name), amounts.first, amounts.second, money_before, money_after);
    figure("compare.objective", before.objective, after.objective, points, points);
    figure("compare.bound", before.bound, after.bound, points, points);
  }

  /// A key of the catalogue, or the item itself where there is none.
  static std::string key_of_item(const std::string& name) {
    if (name == "wages" || name == "lodging")
      return "word." + name;
    if (name == "travel" || name == "relief" || name == "lifts" || name == "representatives")
      return "compare.item." + name;
    return name;
  }

  template <class Before, class After>
  void figure(const std::string& key, double before, double after, const Before& say_before, const After& say_after) {
    const std::string name = key.find('.') == std::string::npos ? key : say(key.c_str());
    Args args{{"figure", name}, {"before", say_before(before)}, {"after", say_after(after)}};
    // Amounts in two currencies are not subtracted.
    const bool comparable = comparison_.before.currency == comparison_.after.currency;
    if (!differs(before, after) || !comparable) {
      item(say("compare.figure", std::move(args)));
      return;
    }
    args.emplace_back("by", say_after(std::abs(after - before)));
    item(say(after > before ? "compare.figure_more" : "compare.figure_less", std::move(args)));
  }

  const PlanComparison& comparison_;
  GroupWords groups_;
  KindNames names_;
  Locale locale_;
  text::Lang lang_;
  std::string out_;
};

}  // namespace

std::string comparison_text(const PlanComparison& comparison, const planner::KindCatalogue& kinds, text::Lang lang) {
  return ComparisonWords(comparison, kinds, lang).text();
}

std::string group_sentence(const GroupChange& change, const planner::KindCatalogue& kinds, text::Lang lang) {
  return GroupWords(kinds, lang).sentence(change);
}

}  // namespace relevo::cli
