// SPDX-License-Identifier: MIT
#include "cli/report/figures.hpp"
#include "cli/report/sections.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace relevo::cli {

namespace {

using planner::PlanStatus;

constexpr std::size_t kMostTold = 8;       // contingents that leave, or come home, one by one
constexpr std::size_t kMostBorrowers = 5;  // told by name, where there are more contingents

std::string proof_in_plain_words(const Page& page) {
  const auto& result = page.plan.result;
  const Page::Args args = {{"gap", page.locale.percent(result.gap)},
                           {"influenceable", page.locale.percent(result.influenceable_gap)}};
  switch (result.status) {
    case PlanStatus::Optimal:
      return page.say("report.proof.optimal");
    case PlanStatus::GapLimit:
      return page.say("report.proof.gap_limit", args);
    case PlanStatus::WorkLimit:
      return page.say("report.proof.work_limit", args);
    case PlanStatus::TimeLimit:
      return page.say("report.proof.time_limit", args);
    case PlanStatus::Interrupted:
      return page.say("report.proof.interrupted", args);
    case PlanStatus::Heuristic:
      return page.say("report.proof.heuristic");
  }
  return {};
}

std::string movement(const Page& page, const planner::Contingent& contingent, planner::Day day, std::string_view key) {
  return page.say_count(key, contingent.persons,
                        {{"day", page.locale.weekday_day(day)},
                         {"contingent", contingent.id},
                         {"lender", page.agency(contingent.lender)},
                         {"base", page.data.bases[contingent.muster].name},
                         {"borrower", page.agency(contingent.borrower)}});
}

/// What moves together, of one borrower or several.
struct Together {
  int persons = 0;
  int contingents = 0;
  planner::Day first = planner::kLastDay;
  planner::Day last = planner::kFirstDay;

  void add(const Together& other) {
    persons += other.persons;
    contingents += other.contingents;
    first = std::min(first, other.first);
    last = std::max(last, other.last);
  }
};

struct SoonKeys {
  std::string_view each;
  std::string_view borrower;
  std::string_view others;
};

/// One sentence for each contingent; of many, one for each of the borrowers with most people, and one for the rest.
void write_contingents_soon(Page& page, const std::vector<const planner::Contingent*>& contingents,
                            planner::Day planner::Contingent::*day, const SoonKeys& keys) {
  if (contingents.size() <= kMostTold) {
    for (const auto* contingent : contingents) {
      page.sentence("li", movement(page, *contingent, contingent->*day, keys.each));
    }
    return;
  }
  std::map<planner::AgencyIndex, Together> by_borrower;
  for (const auto* contingent : contingents) {
    by_borrower[contingent->borrower].add({contingent->persons, 1, contingent->*day, contingent->*day});
  }
  std::vector<std::pair<planner::AgencyIndex, Together>> most_first(by_borrower.begin(), by_borrower.end());
  std::ranges::stable_sort(most_first, std::greater<>(), [](const auto& one) { return one.second.persons; });
  Together others;
  for (std::size_t i = 0; i < most_first.size(); ++i) {
    const auto& [borrower, sum] = most_first[i];
    if (i >= kMostBorrowers) {
      others.add(sum);
      continue;
    }
    page.sentence("li", page.say_count(keys.borrower, sum.persons,
                                       {{"days", page.locale.short_range(sum.first, sum.last)},
                                        {"borrower", page.agency(borrower)},
                                        {"contingents", std::to_string(sum.contingents)}}));
  }
  if (others.contingents > 0) {
    page.sentence("li", page.say_count(keys.others, others.persons,
                                       {{"days", page.locale.short_range(others.first, others.last)},
                                        {"agencies", std::to_string(most_first.size() - kMostBorrowers)},
                                        {"contingents", std::to_string(others.contingents)}}));
  }
}

void write_movements_soon(Page& page) {
  const auto movements = movements_within_firm_hours(page.input);
  const std::string hours = std::to_string(page.data.policy.firm_hours.value);
  const auto item = page.html.in("li");
  page.html.element("strong", page.say("report.summary.soon", {{"hours", hours}}));
  page.html.text(" ");
  std::vector<const planner::Assignment*> own;
  for (const auto* assignment : own_forces(page.plan)) {
    if (is_soon(page.data, assignment->depart)) {
      own.push_back(assignment);
    }
  }
  if (movements.departing.empty() && movements.returning.empty() && own.empty()) {
    page.html.text(page.say("report.summary.nobody_moves"));
    return;
  }
  const auto list = page.html.in("ul");
  write_contingents_soon(page, movements.departing, &planner::Contingent::depart,
                         {"report.summary.departs", "report.summary.departs_for", "report.summary.departs_others"});
  if (!own.empty()) {
    page.html.element("li", page.say_count("report.summary.own_departs", persons_of(own)));
  }
  write_contingents_soon(page, movements.returning, &planner::Contingent::release,
                         {"report.summary.returns", "report.summary.returns_from", "report.summary.returns_others"});
}

void write_tile(Page& page, std::string_view css, std::string_view sign, const std::string& figure,
                std::string_view label_key) {
  const auto tile = page.html.in("li", {{"class", css}});
  page.html.element("span", {{"class", "sign"}, {"aria-hidden", "true"}}, sign);
  page.html.element("strong", figure);
  page.html.text(" ");
  page.html.element("span", {{"class", "what"}}, page.say(label_key));
}

void write_statement(Page& page, std::string_view label_key, const std::string& sentence) {
  const auto item = page.html.in("li");
  page.html.element("strong", page.say(label_key));
  page.html.text(" " + sentence);
}

// "hand crew 67% (644 of 966 unit-days); pump kit 0% (0 of 1,440 unit-days)"
std::string coverage_in_words(const Page& page, const Coverage& coverage, std::string_view key) {
  std::string out;
  for (const auto& [kind, days] : coverage.kinds) {
    out += out.empty() ? "" : "; ";
    out += page.say(key, {{"kind", page.kind(kind)},
                          {"share", page.locale.percent(days.share())},
                          {"present", page.locale.quantity(days.present)},
                          {"wanted", page.locale.quantity(days.wanted)}});
  }
  return out.empty() ? "–" : out + ".";
}

std::string lead_sentence(const Page& page, const Coverage& covered) {
  int people = 0;
  int contingents = 0;
  for (const auto& contingent : page.plan.contingents) {
    people += contingent.commitment ? 0 : contingent.persons;
    contingents += contingent.commitment ? 0 : 1;
  }
  int own = 0;
  for (const auto* assignment : own_forces(page.plan)) {
    own += assignment->commitment ? 0 : assignment->persons;
  }
  const std::string sentence =
      page.say("report.summary.lead", {{"lines", page.say_count("report.quantity.lines", covered.lines())},
                                       {"people", page.say_count("report.quantity.people", people)},
                                       {"contingents", page.say_count("report.quantity.contingents", contingents)}});
  return own == 0 ? sentence : sentence + " " + page.say_count("report.summary.lead_own", own);
}

}  // namespace

void write_summary(Page& page) {
  const Coverage covered = coverage_of(page.plan, page.data);
  const Coverage usual = coverage_of(page.input.baseline, page.data);
  const auto section =
      page.html.in("section", {{"id", "summary"}, {"class", "summary"}, {"aria-labelledby", "summary-heading"}});
  page.html.element("h2", {{"id", "summary-heading"}}, page.say("report.summary.heading"));
  page.paragraph(lead_sentence(page, covered), "lead");
  {
    const auto tiles = page.html.in("ul", {{"class", "tiles"}});
    write_tile(page, "utf", "✕", page.locale.whole(covered.unable_to_fill), "report.status.utf");
    write_tile(page, "partial", "◐", page.locale.whole(covered.partial), "report.status.partial");
    write_tile(page, "pending", "…", page.locale.whole(covered.pending), "report.status.pending");
    write_tile(page, "filled", "●", page.locale.whole(covered.filled), "report.status.filled");
    if (covered.cancelled > 0)
      write_tile(page, "cancelled", "–", page.locale.whole(covered.cancelled), "report.status.cancelled");
  }
  const auto list = page.html.in("ul", {{"class", "statements"}});
  write_movements_soon(page);
  write_statement(page, "report.summary.proof", proof_in_plain_words(page));
  write_statement(page, "report.summary.coverage", coverage_in_words(page, covered, "report.summary.coverage_of_kind"));
  write_statement(page, "report.summary.baseline", coverage_in_words(page, usual, "report.summary.baseline_of_kind"));
}

}  // namespace relevo::cli
