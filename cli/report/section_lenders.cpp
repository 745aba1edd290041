// SPDX-License-Identifier: MIT
#include "cli/report/html_writer.hpp"
#include "cli/report/plan_words.hpp"
#include "cli/report/sections.hpp"
#include "cli/report/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace relevo::cli {

namespace {

using planner::ReserveLine;

constexpr double kReserveLeft = 36.0;
constexpr double kReserveTop = 34.0;
constexpr double kReserveHeight = 72.0;
constexpr double kReserveWidth = 620.0;

std::string run_text(const Page& page, const Run& run) {
  return page.locale.short_range(page.data.horizon.day(run.first), page.data.horizon.day(run.last));
}

// A line that steps from day to day.
std::string step_path(const std::vector<int>& series, double day_width, double bottom, double per_unit) {
  std::string path;
  for (std::size_t column = 0; column < series.size(); ++column) {
    const double y = bottom - per_unit * series[column];
    const double x = kReserveLeft + day_width * static_cast<double>(column);
    path += fmt::format("{}{:.1f} {:.1f}H{:.1f}", column == 0 ? "M" : "L", x, y, x + day_width);
  }
  return path;
}

std::vector<int> may_leave(const ReserveLine& line) {
  std::vector<int> out;
  out.reserve(line.available.size());
  for (int column = 0; column < static_cast<int>(line.available.size()); ++column) {
    out.push_back(std::max(0, value_at(line.available, column) - value_at(line.reserve, column)));
  }
  return out;
}

void write_chart(Page& page, const ReserveLine& line, const std::string& title, const std::string& id) {
  const auto& horizon = page.data.horizon;
  const int days = std::max(1, static_cast<int>(line.available.size()));
  const double day_width = std::min(18.0, (kReserveWidth - kReserveLeft) / days);
  const double bottom = kReserveTop + kReserveHeight;
  const double width = kReserveLeft + day_width * days + 1.0;
  int most = 1;
  for (const auto* series : {&line.available, &line.away}) {
    for (const int value : *series) {
      most = std::max(most, value);
    }
  }
  const double per_unit = kReserveHeight / most;
  const auto region = page.scroll_region(title);
  const auto svg = page.html.in("svg", {{"class", "drawdown"},
                                        {"role", "img"},
                                        {"aria-labelledby", id},
                                        {"viewBox", fmt::format("0 0 {:.1f} {:.1f}", width, bottom + 4.0)},
                                        {"width", px(width)},
                                        {"height", px(bottom + 4.0)}});
  page.html.element("title", {{"id", id}}, title);
  write_day_axis(page, horizon.first, horizon.day(days - 1), kReserveLeft, day_width, kReserveTop, bottom);
  page.html.element("text", {{"class", "scale"}, {"x", px(kReserveLeft - 5.0)}, {"y", px(kReserveTop + 9.0)}},
                    page.locale.whole(most));
  page.html.element("text", {{"class", "scale"}, {"x", px(kReserveLeft - 5.0)}, {"y", px(bottom)}}, "0");
  for (const Run& run : equal_runs({&line.away})) {
    if (const int away = value_at(line.away, run.first); away > 0) {
      page.html.empty("rect", {{"class", "away"},
                               {"x", px(kReserveLeft + day_width * run.first)},
                               {"y", px(bottom - per_unit * away)},
                               {"width", px(day_width * (run.last - run.first + 1))},
                               {"height", px(per_unit * away)}});
    }
  }
  page.html.empty("path", {{"class", "available"}, {"d", step_path(line.available, day_width, bottom, per_unit)}});
  page.html.empty("path", {{"class", "may-leave"}, {"d", step_path(may_leave(line), day_width, bottom, per_unit)}});
}

void write_days(Page& page, const ReserveLine& line, const std::string& caption) {
  const auto region = page.scroll_region(caption);
  const auto table = page.html.in("table", {{"class", "runs"}});
  page.table_head(caption, {{"report.days", Column::Short},
                            {"report.drawdown.available", Column::Number},
                            {"word.reserve", Column::Number},
                            {"report.drawdown.may_leave", Column::Number},
                            {"report.drawdown.away", Column::Number},
                            {"report.drawdown.level", Column::Number}});
  const auto body = page.html.in("tbody");
  const auto limit = may_leave(line);
  for (const Run& run : equal_runs({&line.available, &line.reserve, &line.away, &line.level})) {
    const auto row = page.html.in("tr");
    page.row_heading(run_text(page, run));
    for (const auto* series : {&line.available, &line.reserve, &limit, &line.away, &line.level}) {
      page.number_cell(page.locale.whole(value_at(*series, run.first)));
    }
  }
}

void write_reserve_legend(Page& page) {
  const auto list = page.html.in("ul", {{"class", "legend"}});
  for (const auto& [css, key] : {std::pair{"available", "report.drawdown.available"},
                                 {"may-leave", "report.drawdown.may_leave"},
                                 {"away", "report.drawdown.away"}}) {
    const auto item = page.html.in("li");
    page.html.element("span", {{"class", fmt::format("swatch {}", css)}, {"aria-hidden", "true"}}, "");
    page.html.text(page.say(key));
  }
}

bool anybody_away(const ReserveLine& line) {
  return sum_of(line.away) > 0;
}

int largest(const std::vector<int>& series) {
  return series.empty() ? 0 : *std::ranges::max_element(series);
}

// Nothing more may leave on some day on which something is away.
bool at_its_limit(const ReserveLine& line) {
  const auto limit = may_leave(line);
  for (int column = 0; column < static_cast<int>(limit.size()); ++column) {
    if (value_at(line.away, column) > 0 && value_at(line.away, column) >= value_at(limit, column)) {
      return true;
    }
  }
  return false;
}

bool sends_anew(const Page& page, const ReserveLine& line) {
  return std::ranges::any_of(page.plan.assignments, [&](const auto& assignment) {
    const auto& unit = page.data.units[assignment.unit];
    return !assignment.commitment && unit.agency == line.agency && unit.kind == line.kind;
  });
}

void write_stay_home(Page& page) {
  std::string names;
  for (const auto& line : page.plan.reserve) {
    if (!anybody_away(line)) {
      names += (names.empty() ? "" : "; ") + fmt::format("{} ({})", page.agency(line.agency), page.kind(line.kind));
    }
  }
  if (!names.empty()) {
    page.paragraph(page.say("report.drawdown.nobody_away", {{"names", names}}));
  }
}

}  // namespace

void write_drawdown(Page& page) {
  const auto section = page.section("drawdown", "report.drawdown.heading");
  page.paragraph(page.say("report.drawdown.intro"));
  if (std::ranges::any_of(page.plan.reserve, anybody_away)) {
    write_reserve_legend(page);
  }
  int number = 0;
  for (const auto& line : page.plan.reserve) {
    if (!anybody_away(line)) {
      continue;
    }
    const std::string title =
        page.say("report.drawdown.caption", {{"agency", page.agency(line.agency)}, {"kind", page.kind(line.kind)}});
    const auto folded =
        page.fold("h3", title,
                  page.say("report.drawdown.summary", {{"away", page.locale.whole(largest(line.away))},
                                                       {"available", page.locale.whole(largest(line.available))}}),
                  sends_anew(page, line) && at_its_limit(line));
    const auto pair = page.html.in("div", {{"class", "fill-pair"}});
    write_chart(page, line, title, fmt::format("drawdown-{}", number++));
    write_days(page, line, title);
  }
  write_stay_home(page);
}

void write_escorts(Page& page) {
  const auto section = page.section("escorts", "report.escorts.heading");
  if (page.plan.escorts.empty()) {
    page.nothing("report.escorts.none");
    return;
  }
  const auto region = page.scroll_region(page.say("report.escorts.heading"));
  const auto table = page.html.in("table", {{"class", "runs"}});
  page.table_head(page.say("report.escorts.caption"), {{"report.escorts.role"},
                                                       {"report.escorts.lender"},
                                                       {"report.escorts.borrower"},
                                                       {"report.escorts.supply"},
                                                       {"report.days", Column::Short},
                                                       {"report.escorts.persons", Column::Number},
                                                       {"report.escorts.required", Column::Number},
                                                       {"report.escorts.present", Column::Number}});
  const auto body = page.html.in("tbody");
  for (const auto& line : page.plan.escorts) {
    for (const Run& run : equal_runs({&line.persons, &line.required, &line.present})) {
      if (value_at(line.persons, run.first) == 0 && value_at(line.present, run.first) == 0) {
        continue;
      }
      const auto row = page.html.in("tr");
      page.row_heading(capitalized(page.say(key_of(line.role))));
      page.cell(page.agency(line.lender));
      page.cell(page.agency(line.borrower));
      page.cell(page.say(line.supply == planner::EscortTerms::Supply::Roster ? "report.escorts.roster"
                                                                             : "report.escorts.implicit"));
      page.short_cell(run_text(page, run));
      page.number_cell(page.locale.whole(value_at(line.persons, run.first)));
      page.number_cell(page.locale.whole(value_at(line.required, run.first)));
      page.number_cell(page.locale.whole(value_at(line.present, run.first)));
    }
  }
}

void write_pools(Page& page) {
  if (page.plan.pools.empty()) {
    return;
  }
  const auto section = page.section("pools", "report.pools.heading");
  page.paragraph(page.say("report.pools.intro"));
  const auto region = page.scroll_region(page.say("report.pools.heading"));
  const auto table = page.html.in("table", {{"class", "runs"}});
  page.table_head(page.say("report.pools.caption"), {{"word.pool"},
                                                     {"report.days", Column::Short},
                                                     {"report.pools.people", Column::Number},
                                                     {"report.pools.away", Column::Number},
                                                     {"report.pools.left", Column::Number}});
  const auto body = page.html.in("tbody");
  for (const auto& line : page.plan.pools) {
    for (const Run& run : equal_runs({&line.people, &line.away})) {
      const int people = value_at(line.people, run.first);
      const int away = value_at(line.away, run.first);
      const auto row = page.html.in("tr");
      page.row_heading(page.data.pools[line.pool].id);
      page.short_cell(run_text(page, run));
      page.number_cell(page.locale.whole(people));
      page.number_cell(page.locale.whole(away));
      page.number_cell(page.locale.whole(people - away));
    }
  }
}

}  // namespace relevo::cli
