// SPDX-License-Identifier: MIT
#include "cli/report/figures.hpp"
#include "cli/report/sections.hpp"

#include <fmt/format.h>

#include <array>
#include <string>

namespace relevo::cli {

namespace {

using planner::HistoryFact;
using planner::Plan;

int people_sent(const Plan& plan) {
  int persons = 0;
  for (const auto& assignment : plan.assignments) {
    persons += assignment.commitment ? 0 : assignment.persons;
  }
  return persons;
}

int new_assignments(const Plan& plan) {
  int count = 0;
  for (const auto& assignment : plan.assignments) {
    count += assignment.commitment ? 0 : 1;
  }
  return count;
}

void write_row(Page& page, const std::string& name, const std::string& plan, const std::string& baseline) {
  const auto row = page.html.in("tr");
  page.row_heading(capitalized(name));
  page.number_cell(plan);
  page.number_cell(baseline);
}

void write_figure(Page& page, std::string_view key, const std::string& plan, const std::string& baseline) {
  write_row(page, page.say(key), plan, baseline);
}

// "14", "14–15", a date, or a dash where the plan says nothing.
std::string planned_text(const Page& page, const HistoryFact& fact) {
  const PlannedFigure figure = planned_figure(page.input, fact);
  if (figure.day) {
    return page.locale.day(*figure.day);
  }
  if (!figure.first) {
    return "–";
  }
  return *figure.first == *figure.last ? page.locale.whole(*figure.first)
                                       : fmt::format("{}–{}", *figure.first, *figure.last);
}

std::string happened_text(const Page& page, const HistoryFact& fact) {
  const auto day = planner::parse_day(fact.happened);
  return day ? page.locale.day(*day) : fact.happened;
}

std::string fact_name(const Page& page, const std::string& what) {
  for (const std::string_view known : {"persons", "depart", "home", "line_days"}) {
    if (what == known) {
      return page.say("report.history." + what);
    }
  }
  return what;
}

std::string subject_of(const Page& page, const HistoryFact& fact) {
  std::string subject = fact.agency;
  for (const auto& agency : page.data.agencies) {
    if (agency.id == fact.agency) {
      subject = agency.name;
    }
  }
  if (!fact.agreement.empty()) {
    subject += subject.empty() ? fact.agreement : " · " + fact.agreement;
  }
  return subject;
}

}  // namespace

void write_baseline(Page& page) {
  const auto section = page.section("baseline", "report.baseline.heading");
  page.paragraph(page.say("report.baseline.intro"));
  const auto& plan = page.plan;
  const auto& usual = page.input.baseline;
  const Coverage covered = coverage_of(plan, page.data);
  const Coverage usually = coverage_of(usual, page.data);
  const auto& currency = page.data.policy.currency;
  const auto& locale = page.locale;
  const auto region = page.scroll_region(page.say("report.baseline.heading"));
  const auto table = page.html.in("table");
  page.table_head(page.say("report.baseline.caption"),
                  {{"report.baseline.figure"}, {"word.plan", Column::Number}, {"word.baseline", Column::Number}});
  const auto body = page.html.in("tbody");
  for (const auto& [kind, days] : covered.kinds) {
    const auto other = usually.kinds.find(kind);
    write_row(page, page.say("report.baseline.covered", {{"kind", page.kind(kind)}}), locale.percent(days.share()),
              other == usually.kinds.end() ? "–" : locale.percent(other->second.share()));
  }
  write_figure(page, "report.status.filled", locale.whole(covered.filled), locale.whole(usually.filled));
  write_figure(page, "report.status.partial", locale.whole(covered.partial), locale.whole(usually.partial));
  write_figure(page, "report.status.pending", locale.whole(covered.pending), locale.whole(usually.pending));
  write_figure(page, "report.status.utf", locale.whole(covered.unable_to_fill), locale.whole(usually.unable_to_fill));
  write_figure(page, "report.baseline.assignments", locale.whole(new_assignments(plan)),
               locale.whole(new_assignments(usual)));
  write_figure(page, "report.baseline.people", locale.whole(people_sent(plan)), locale.whole(people_sent(usual)));
  write_figure(page, "report.baseline.need", locale.decimal(plan.result.vector.need.value(), 1),
               locale.decimal(usual.result.vector.need.value(), 1));
  write_figure(page, "report.baseline.disturbance", locale.decimal(plan.result.vector.disturbance.value(), 1),
               locale.decimal(usual.result.vector.disturbance.value(), 1));
  write_figure(page, "word.cost", locale.money(plan.result.vector.cost.value(), currency),
               locale.money(usual.result.vector.cost.value(), currency));
  write_figure(page, "word.objective", locale.decimal(plan.result.objective, 1),
               locale.decimal(usual.result.objective, 1));
  write_figure(page, "word.bound", locale.decimal(plan.result.bound, 1), "–");
  write_figure(page, "word.gap", locale.percent(plan.result.gap), "–");
  write_figure(page, "report.baseline.influenceable_gap", locale.percent(plan.result.influenceable_gap), "–");
}

void write_history(Page& page) {
  if (page.data.history.empty()) {
    return;
  }
  const auto section = page.section("history", "report.history.heading");
  page.paragraph(page.say("report.history.intro"));
  const auto region = page.scroll_region(page.say("report.history.heading"));
  const auto table = page.html.in("table");
  page.table_head(page.say("report.history.caption"), {{"report.history.fact"},
                                                       {"report.history.about"},
                                                       {"report.history.plan"},
                                                       {"report.history.happened"},
                                                       {"word.source"}});
  const auto body = page.html.in("tbody");
  for (const auto& fact : page.data.history) {
    const auto row = page.html.in("tr");
    page.row_heading(fact_name(page, fact.what));
    page.cell(subject_of(page, fact));
    page.cell(planned_text(page, fact));
    page.cell(happened_text(page, fact));
    const auto cell = page.html.in("td", {{"class", "source"}});
    page.source(fact.source);
  }
}

}  // namespace relevo::cli
