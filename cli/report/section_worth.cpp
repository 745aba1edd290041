// SPDX-License-Identifier: MIT
#include "cli/report/sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace relevo::cli {

namespace {

using planner::Worth;
using planner::WorthStep;

// Pixels. Narrow, so that a telephone shows it without scrolling.
constexpr double kLabel = 16.0;   // height of what it is about
constexpr double kBar = 11.0;     // height of a bar
constexpr double kGap = 3.0;      // between bars
constexpr double kRow = 50.0;     // label, two bars and the space after them
constexpr double kLongest = 240;  // bar
constexpr double kFigure = 90.0;  // beside the longest bar

std::string subject_of(const Page& page, const Worth& worth) {
  const auto& subject = worth.subject;
  if (!subject.unit)
    return page.say("worth.reserve",
                    {{"agency", page.data.agencies[subject.agency].id}, {"kind", page.kind(subject.unit_kind)}});
  return page.data.units[*subject.unit].id + ", " + page.kind(subject.unit_kind);
}

/// What one more gains, or one less loses: never less than nothing.
double gain_of(const Worth& worth) {
  return worth.more.is_possible ? std::max(0.0, -worth.more.objective) : 0.0;
}
double loss_of(const Worth& worth) {
  return worth.less && worth.less->is_possible ? std::max(0.0, worth.less->objective) : 0.0;
}

void write_bar(Page& page, std::string_view css, double top, double points, double per_point, bool is_known) {
  const double width = per_point * points;
  if (width > 0.0)
    page.html.empty("rect", {{"class", css}, {"x", "0.5"}, {"y", px(top)}, {"width", px(width)}, {"height", px(kBar)}});
  page.html.element("text", {{"class", "figure"}, {"x", px(width + 6.0)}, {"y", px(top + kBar - 1.5)}},
                    is_known ? page.locale.decimal(points, points < 10.0 ? 1 : 0) : "–");
}

void write_worth_chart(Page& page) {
  const auto& worths = page.input.worths;
  double most = 1.0;
  for (const auto& worth : worths)
    most = std::max({most, gain_of(worth), loss_of(worth)});
  const double per_point = kLongest / most;
  const std::string title = page.say("report.worth.chart");
  const double width = kLongest + kFigure;
  const double height = kRow * static_cast<double>(worths.size());
  const auto region = page.scroll_region(title);
  const auto svg = page.html.in("svg", {{"class", "worth"},
                                        {"role", "img"},
                                        {"aria-labelledby", "worth-title"},
                                        {"viewBox", fmt::format("0 0 {:.1f} {:.1f}", width, height)},
                                        {"width", px(width)},
                                        {"height", px(height)}});
  page.html.element("title", {{"id", "worth-title"}}, title);
  double top = 0.0;
  for (const auto& worth : worths) {
    const auto group = page.html.in("g");
    page.html.element("text", {{"class", "label"}, {"x", "0"}, {"y", px(top + kLabel - 4.0)}}, subject_of(page, worth));
    write_bar(page, "gains", top + kLabel, gain_of(worth), per_point, worth.more.is_possible);
    write_bar(page, "loses", top + kLabel + kBar + kGap, loss_of(worth), per_point,
              worth.less && worth.less->is_possible);
    top += kRow;
  }
}

void write_worth_legend(Page& page) {
  const auto list = page.html.in("ul", {{"class", "legend"}});
  for (const auto& [css, key] : {std::pair{"gains", "report.worth.gains"}, {"loses", "report.worth.loses"}}) {
    const auto item = page.html.in("li");
    page.html.element("span", {{"class", fmt::format("swatch {}", css)}, {"aria-hidden", "true"}}, "");
    page.html.text(page.say(key));
  }
}

void write_step(Page& page, const WorthStep* step) {
  if (step == nullptr || !step->is_possible) {
    for (int i = 0; i < 3; ++i)
      page.number_cell("–");
    return;
  }
  std::string points = page.locale.decimal(step->objective, 1);
  if (!step->is_proved)
    points += step->bound ? fmt::format(" * ({})", page.locale.decimal(*step->bound, 1)) : " *";
  page.number_cell(points);
  page.number_cell(page.locale.decimal(step->need, 1));
  page.number_cell(page.locale.money(step->cost, page.data.policy.currency));
}

void write_worth_table(Page& page) {
  const std::string caption = page.say("report.worth.table");
  const auto region = page.scroll_region(caption);
  const auto table = page.html.in("table");
  page.table_head(caption, {{"report.worth.what"},
                            {"report.worth.more", Column::Number},
                            {"report.worth.need_more", Column::Number},
                            {"report.worth.cost_more", Column::Number},
                            {"report.worth.less", Column::Number},
                            {"report.worth.need_more", Column::Number},
                            {"report.worth.cost_more", Column::Number}});
  const auto body = page.html.in("tbody");
  for (const auto& worth : page.input.worths) {
    const auto row = page.html.in("tr");
    page.row_heading(subject_of(page, worth));
    write_step(page, &worth.more);
    write_step(page, worth.less ? &*worth.less : nullptr);
  }
}

}  // namespace

void write_worth(Page& page) {
  const auto& worths = page.input.worths;
  if (worths.empty())
    return;
  const auto section = page.section("worth", "report.worth.heading");
  page.paragraph(page.say("report.worth.intro"));
  write_worth_legend(page);
  write_worth_chart(page);
  write_worth_table(page);
  const bool is_proved = std::ranges::all_of(
      worths, [](const Worth& worth) { return worth.more.is_proved && (!worth.less || worth.less->is_proved); });
  if (!is_proved)
    page.paragraph(page.say("report.worth.not_proved"));
}

}  // namespace relevo::cli
