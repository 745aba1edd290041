// SPDX-License-Identifier: MIT
#include "cli/report/figures.hpp"
#include "cli/report/html_writer.hpp"
#include "cli/report/sections.hpp"
#include "cli/report/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace relevo::cli {

namespace {

using planner::Day;
using planner::Days;
using planner::RequestFill;

constexpr double kFillLeft = 36.0;
constexpr double kFillTop = 34.0;
constexpr double kFillHeight = 64.0;
constexpr double kFillWidth = 620.0;

/// Columns of the horizon in which anything is wanted or present, both inclusive.
std::optional<Run> shown_columns(const RequestFill& fill) {
  std::optional<Run> run;
  for (int column = 0; column < static_cast<int>(fill.wanted.size()); ++column) {
    if (value_at(fill.wanted, column) > 0 || value_at(fill.assigned, column) > 0) {
      run = run ? Run{run->first, column} : Run{column, column};
    }
  }
  return run;
}

/// The line in parts, day by day from the first column of the horizon.
struct Parts {
  std::vector<int> wanted;
  std::vector<int> working;
  std::vector<int> resting;
  std::vector<int> open;
};

Parts parts_of(const RequestFill& fill, int last) {
  Parts parts;
  for (int column = 0; column <= last; ++column) {
    const LineDay day = line_day(fill, column);
    parts.wanted.push_back(day.wanted);
    parts.working.push_back(day.working);
    parts.resting.push_back(day.resting);
    parts.open.push_back(day.open);
  }
  return parts;
}

/// What a chart needs to place a bar.
struct Scale {
  double day_width;
  double per_unit;
  int first;
  double x(int column) const { return kFillLeft + day_width * (column - first); }
};

// One bar for all days with the same value: `series` standing on `below`.
void write_bars(Page& page, std::string_view css, const std::vector<int>& series, const std::vector<int>& below,
                const Scale& scale) {
  for (const Run& run : equal_runs({&series, &below})) {
    const int value = value_at(series, run.first);
    if (value == 0 || run.last < scale.first) {
      continue;
    }
    const int from = std::max(run.first, scale.first);
    const double top = kFillTop + kFillHeight - scale.per_unit * (value + value_at(below, run.first));
    page.html.empty("rect", {{"class", css},
                             {"x", px(scale.x(from))},
                             {"y", px(top)},
                             {"width", px(scale.day_width * (run.last - from + 1))},
                             {"height", px(scale.per_unit * value)}});
  }
}

void write_chart(Page& page, const RequestFill& fill, const Run& columns, const std::string& title,
                 const std::string& id) {
  const auto& horizon = page.data.horizon;
  const Parts parts = parts_of(fill, columns.last);
  const int days = columns.last - columns.first + 1;
  const double bottom = kFillTop + kFillHeight;
  int most = 1;
  for (int column = columns.first; column <= columns.last; ++column) {
    most = std::max(
        {most, value_at(parts.wanted, column), value_at(parts.working, column) + value_at(parts.resting, column)});
  }
  const Scale scale{std::min(18.0, (kFillWidth - kFillLeft) / days), kFillHeight / most, columns.first};
  const double width = scale.x(columns.last + 1) + 1.0;
  const auto region = page.scroll_region(title);
  const auto svg = page.html.in("svg", {{"class", "fill"},
                                        {"role", "img"},
                                        {"aria-labelledby", id},
                                        {"viewBox", fmt::format("0 0 {:.1f} {:.1f}", width, bottom + 2.0)},
                                        {"width", px(width)},
                                        {"height", px(bottom + 2.0)}});
  page.html.element("title", {{"id", id}}, title);
  write_day_axis(page, horizon.day(columns.first), horizon.day(columns.last), kFillLeft, scale.day_width, kFillTop,
                 bottom);
  page.html.element("text", {{"class", "scale"}, {"x", px(kFillLeft - 5.0)}, {"y", px(kFillTop + 9.0)}},
                    page.locale.whole(most));
  page.html.element("text", {{"class", "scale"}, {"x", px(kFillLeft - 5.0)}, {"y", px(bottom)}}, "0");
  const std::vector<int> ground;
  std::vector<int> present;
  for (std::size_t i = 0; i < parts.working.size(); ++i) {
    present.push_back(parts.working[i] + parts.resting[i]);
  }
  write_bars(page, "working", parts.working, ground, scale);
  write_bars(page, "resting", parts.resting, parts.working, scale);
  write_bars(page, "open", parts.open, present, scale);
  page.html.empty(
      "line", {{"class", "base"}, {"x1", px(kFillLeft)}, {"x2", px(width)}, {"y1", px(bottom)}, {"y2", px(bottom)}});
}

void write_days(Page& page, const RequestFill& fill, const Run& columns, const std::string& caption) {
  const Parts parts = parts_of(fill, columns.last);
  const auto region = page.scroll_region(caption);
  const auto table = page.html.in("table", {{"class", "runs"}});
  page.table_head(caption, {{"report.days", Column::Short},
                            {"report.fill.wanted", Column::Number},
                            {"report.fill.working", Column::Number},
                            {"report.fill.resting", Column::Number},
                            {"report.fill.open", Column::Number}});
  const auto body = page.html.in("tbody");
  for (const Run& run : equal_runs({&parts.wanted, &parts.working, &parts.resting, &parts.open})) {
    if (run.last < columns.first) {
      continue;
    }
    const Day first = page.data.horizon.day(std::max(run.first, columns.first));
    const auto row = page.html.in("tr");
    page.row_heading(page.locale.short_range(first, page.data.horizon.day(run.last)));
    page.number_cell(page.locale.whole(value_at(parts.wanted, run.first)));
    page.number_cell(page.locale.whole(value_at(parts.working, run.first)));
    page.number_cell(page.locale.whole(value_at(parts.resting, run.first)));
    page.number_cell(page.locale.whole(value_at(parts.open, run.first)));
  }
}

void write_request(Page& page, const RequestFill& fill) {
  const auto& request = page.data.requests[fill.request];
  const std::string caption =
      page.say("report.fill.caption",
               {{"request", request.id},
                {"kind", page.kind_and_type(request.kind, request.type)},
                {"measure", page.say(request.measure == planner::Measure::People ? "word.people" : "word.units")}});
  page.html.element("h4", fmt::format("{} · {}", request.id, page.kind_and_type(request.kind, request.type)));
  const auto columns = shown_columns(fill);
  if (!columns) {
    page.nothing("report.fill.outside");
    return;
  }
  const auto pair = page.html.in("div", {{"class", "fill-pair"}});
  write_chart(page, fill, *columns, caption, fmt::format("fill-{}", fill.request.value()));
  write_days(page, fill, *columns, caption);
}

std::string area_of(const Page& page, const planner::Incident& incident) {
  const planner::AreaReport* latest = nullptr;
  for (const auto& report : incident.areas) {
    if (report.day <= page.data.as_of) {
      latest = &report;
    }
  }
  if (latest == nullptr) {
    return page.say("report.fill.no_area");
  }
  return page.say("report.fill.area",
                  {{"area", page.locale.hectares(latest->area.hectares())}, {"day", page.locale.day(latest->day)}});
}

void write_fill_legend(Page& page) {
  const auto list = page.html.in("ul", {{"class", "legend"}});
  for (const auto& [css, key] : {std::pair{"working", "report.fill.working"},
                                 {"resting", "report.fill.resting"},
                                 {"open", "report.fill.open"}}) {
    const auto item = page.html.in("li");
    page.html.element("span", {{"class", fmt::format("swatch {}", css)}, {"aria-hidden", "true"}}, "");
    page.html.text(page.say(key));
  }
}

}  // namespace

void write_incidents(Page& page) {
  const auto section = page.section("fill", "report.fill.heading");
  page.paragraph(page.say("report.fill.intro"));
  write_fill_legend(page);
  // Lines without an incident stand under their borrower, after the incidents.
  std::map<std::pair<int, std::uint32_t>, std::vector<const RequestFill*>> groups;
  for (const auto& fill : page.plan.requests) {
    const auto& request = page.data.requests[fill.request];
    const auto key =
        request.incident ? std::pair{0, request.incident->value()} : std::pair{1, request.borrower.value()};
    groups[key].push_back(&fill);
  }
  for (const auto& [key, fills] : groups) {
    const auto& request = page.data.requests[fills.front()->request];
    const auto group = page.html.in("section", {{"class", "incident"}});
    page.html.element("h3", page.incident_or_borrower(request));
    if (request.incident) {
      const auto& incident = page.data.incidents[*request.incident];
      page.paragraph(fmt::format("{} · {}{}{}", page.agency(incident.agency), area_of(page, incident),
                                 incident.stage_of_control.empty() ? "" : " · ", incident.stage_of_control),
                     "facts-line");
    }
    for (const auto* fill : fills) {
      write_request(page, *fill);
    }
  }
}

}  // namespace relevo::cli
