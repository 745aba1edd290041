// SPDX-License-Identifier: MIT
#include "cli/report/timeline.hpp"

#include "cli/report/html_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <utility>

namespace relevo::cli {

namespace {

using planner::Day;
using planner::Days;

constexpr double kLabelWidth = 210.0;
constexpr double kChartWidth = 910.0;
constexpr double kRowHeight = 30.0;
constexpr double kBarHeight = 18.0;
constexpr double kAxisHeight = 34.0;
constexpr std::size_t kLabelLetters = 32;
constexpr std::size_t kDetailLetters = 40;

std::string_view css_class(DayState state) {
  switch (state) {
    case DayState::TravelOut:
    case DayState::TravelHome:
      return "travel";
    case DayState::Orientation:
      return "orientation";
    case DayState::Line:
      return "line";
    case DayState::Shadow:
      return "shadow";
    case DayState::DaysOff:
      return "off";
    case DayState::Rest:
      return "rest";
    case DayState::Move:
      return "move";
    case DayState::Extension:
      return "extension";
  }
  return "";
}

std::string_view word_key(DayState state) {
  switch (state) {
    case DayState::TravelOut:
      return "report.state.travel_out";
    case DayState::TravelHome:
      return "report.state.travel_home";
    case DayState::Orientation:
      return "word.orientation";
    case DayState::Line:
      return "word.line_days";
    case DayState::Shadow:
      return "word.shadow";
    case DayState::DaysOff:
      return "word.days_off";
    case DayState::Rest:
      return "word.rest_at_home";
    case DayState::Move:
      return "word.move";
    case DayState::Extension:
      return "word.extension_days";
  }
  return "";
}

// Not colour alone: every bar carries a sign, and the bars that take days their number.
std::string sign_of(DayState state, int days) {
  switch (state) {
    case DayState::TravelOut:
      return "→";
    case DayState::TravelHome:
      return "←";
    case DayState::Orientation:
      return "i";
    case DayState::Shadow:
      return "⇄";
    case DayState::Rest:
      return "z";
    case DayState::Move:
      return "↷";
    case DayState::Extension:
      return "+" + std::to_string(days);
    case DayState::Line:
    case DayState::DaysOff:
      return std::to_string(days);
  }
  return "";
}

std::string shortened(const std::string& label, std::size_t most) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const bool begins_letter = (static_cast<unsigned char>(label[i]) & 0xC0U) != 0x80U;
    if (begins_letter && ++letters > most) {
      return label.substr(0, i) + "…";
    }
  }
  return label;
}

void mark(std::map<Day, std::pair<DayState, int>>& days, Day first, Day last, DayState state, int stint) {
  for (Day day = first; day <= last; day += Days{1}) {
    days[day] = {state, stint};
  }
}

using States = std::map<Day, std::pair<DayState, int>>;

bool is_duty(DayState state) {
  return state == DayState::Line || state == DayState::Shadow || state == DayState::Move;
}

// The last duty days of each tour are its extension: those beyond `tour_days` in a later tour, and what is left of the
// assignment's in the first, whose length its days worked before have shortened.
void mark_extensions(States& days, int extension_days, int tour_days) {
  std::vector<std::vector<DayState*>> tours;
  bool in_tour = false;
  for (auto& [day, what] : days) {
    if (is_duty(what.first)) {
      if (!in_tour) {
        tours.emplace_back();
      }
      tours.back().push_back(&what.first);
    }
    in_tour = is_duty(what.first);
  }
  int left = extension_days;
  for (std::size_t i = tours.size(); i-- > 0 && left > 0;) {
    const int length = static_cast<int>(tours[i].size());
    const int beyond = std::min({left, length, i == 0 ? left : std::max(0, length - tour_days)});
    left -= beyond;
    for (int n = 1; n <= beyond; ++n) {
      DayState& state = *tours[i][static_cast<std::size_t>(length - n)];
      state = state == DayState::Line ? DayState::Extension : state;
    }
  }
}

void write_segment(Page& page, const Segment& segment, double left, double top, double day_width) {
  const int days = static_cast<int>((segment.last - segment.first).count()) + 1;
  const double width = day_width * days;
  const auto group = page.html.in("g", {{"class", css_class(segment.state)}});
  page.html.element("title", page.say(word_key(segment.state)) + ": " + page.locale.range(segment.first, segment.last));
  page.html.empty("rect",
                  {{"x", px(left + 0.5)}, {"y", px(top)}, {"width", px(width - 1.0)}, {"height", px(kBarHeight)}});
  const std::string sign = sign_of(segment.state, days);
  if (width >= 8.0 * static_cast<double>(sign.size() > 2 ? 1 : sign.size())) {
    page.html.element("text", {{"x", px(left + width / 2.0)}, {"y", px(top + 13.0)}, {"class", "sign"}}, sign);
  }
}

}  // namespace

std::vector<Segment> segments_of(const planner::Assignment& assignment, int tour_days) {
  States days;
  mark(days, assignment.arrive + Days{1}, assignment.release - Days{1}, DayState::Orientation, 0);
  mark(days, assignment.depart, assignment.arrive, DayState::TravelOut, 0);
  mark(days, assignment.release, assignment.home, DayState::TravelHome, 0);
  mark(days, assignment.home + Days{1}, assignment.rested - Days{1}, DayState::Rest, 0);
  // Days at the request come last: where a journey takes no day of its own they win.
  int number = 0;
  for (const auto& stint : assignment.stints) {
    ++number;
    for (const auto& [list, state] : {std::pair{&stint.move_days, DayState::Move},
                                      {&stint.line_days, DayState::Line},
                                      {&stint.shadow_days, DayState::Shadow},
                                      {&stint.days_off, DayState::DaysOff}}) {
      for (const Day day : *list) {
        days[day] = {state, number};
      }
    }
  }
  mark_extensions(days, assignment.extension_days, tour_days);
  std::vector<Segment> segments;
  int previous = 0;
  for (const auto& [day, what] : days) {
    const auto& [state, stint] = what;
    const bool continues = !segments.empty() && segments.back().state == state && previous == stint &&
                           segments.back().last + Days{1} == day;
    if (continues) {
      segments.back().last = day;
    } else {
      segments.push_back({state, day, day});
    }
    previous = stint;
  }
  return segments;
}

void write_day_axis(Page& page, Day first, Day last, double left, double day_width, double top, double bottom) {
  const auto group = page.html.in("g", {{"class", "axis"}});
  for (Day day = first; day <= last; day += Days{1}) {
    const double x = left + day_width * static_cast<double>((day - first).count());
    const std::chrono::year_month_day date{day};
    const auto number = static_cast<unsigned>(date.day());
    const bool month_begins = number == 1 || day == first;
    // The name of a month of which only a day or two are left would run into the next one.
    const bool room_for_month =
        number == 1 ||
        static_cast<unsigned>(std::chrono::year_month_day_last{date.year() / date.month() / std::chrono::last}.day()) -
                number >
            90.0 / day_width;
    if (month_begins && room_for_month) {
      page.html.element("text", {{"x", px(x + 2.0)}, {"y", px(top - 20.0)}, {"class", "month"}},
                        page.locale.month(day));
    }
    const bool monday = std::chrono::weekday{day} == std::chrono::Monday;
    if (monday || number == 1) {
      page.html.empty(
          "line",
          {{"x1", px(x)}, {"x2", px(x)}, {"y1", px(number == 1 ? top - 30.0 : top - 14.0)}, {"y2", px(bottom)}});
    }
    if (day_width >= 15.0 || monday) {
      page.html.element("text",
                        {{"x", px(day_width >= 15.0 ? x + day_width / 2.0 : x + 2.0)},
                         {"y", px(top - 5.0)},
                         {"class", day_width >= 15.0 ? "day" : "week"}},
                        std::to_string(number));
    }
  }
}

std::vector<Segment> segments_of(const Page& page, const planner::Assignment& assignment) {
  return segments_of(assignment, page.data.agreements[assignment.agreement].tour.max_line_days.value);
}

void write_timeline(Page& page, const Timeline& timeline) {
  const double days = static_cast<double>((timeline.last - timeline.first).count()) + 1.0;
  const double day_width = std::min(26.0, kChartWidth / days);
  const double width = kLabelWidth + day_width * days + 1.0;
  const double bottom = kAxisHeight + kRowHeight * static_cast<double>(timeline.rows.size());
  const auto x_of = [&](Day day) {
    return kLabelWidth + day_width * static_cast<double>((day - timeline.first).count());
  };

  const std::string title_id = timeline.id + "-title";
  const auto region = page.scroll_region(timeline.title);
  const auto svg = page.html.in("svg", {{"class", "timeline"},
                                        {"role", "img"},
                                        {"aria-labelledby", title_id},
                                        {"viewBox", fmt::format("0 0 {:.1f} {:.1f}", width, bottom + 2.0)},
                                        {"width", px(width)},
                                        {"height", px(bottom + 2.0)}});
  page.html.element("title", {{"id", title_id}}, timeline.title);
  if (!timeline.firm.empty()) {
    const Day from = std::max(timeline.firm.first, timeline.first);
    const Day until = std::min(timeline.firm.last, timeline.last + Days{1});
    if (from < until) {
      page.html.empty("rect", {{"class", "firm-window"},
                               {"x", px(x_of(from))},
                               {"y", px(kAxisHeight)},
                               {"width", px(x_of(until) - x_of(from))},
                               {"height", px(bottom - kAxisHeight)}});
    }
  }
  write_day_axis(page, timeline.first, timeline.last, kLabelWidth, day_width, kAxisHeight, bottom);
  double top = kAxisHeight;
  for (const auto& row : timeline.rows) {
    const auto group = page.html.in("g", {{"class", "row"}});
    page.html.empty("line", {{"class", "rule"}, {"x1", "0"}, {"x2", px(width)}, {"y1", px(top)}, {"y2", px(top)}});
    page.html.element("text", {{"x", "0"}, {"y", px(top + (row.detail.empty() ? 19.0 : 13.0))}, {"class", "label"}},
                      shortened(row.label, kLabelLetters));
    if (!row.detail.empty()) {
      page.html.element("text", {{"x", "0"}, {"y", px(top + 25.0)}, {"class", "detail"}},
                        shortened(row.detail, kDetailLetters));
    }
    for (const auto& segment : row.segments) {
      write_segment(page, segment, x_of(segment.first), top + (kRowHeight - kBarHeight) / 2.0, day_width);
    }
    top += kRowHeight;
  }
}

void write_timeline_legend(Page& page) {
  const auto list = page.html.in("ul", {{"class", "legend"}});
  for (const auto& [state, sign] : std::array<std::pair<DayState, std::string_view>, 9>{{
           {DayState::TravelOut, "→"},
           {DayState::Orientation, "i"},
           {DayState::Line, "14"},
           {DayState::Extension, "+2"},
           {DayState::Move, "↷"},
           {DayState::DaysOff, "3"},
           {DayState::Shadow, "⇄"},
           {DayState::TravelHome, "←"},
           {DayState::Rest, "z"},
       }}) {
    const auto item = page.html.in("li");
    page.html.element("span", {{"class", fmt::format("swatch {}", css_class(state))}, {"aria-hidden", "true"}}, sign);
    page.html.text(capitalized(page.say(word_key(state))));
  }
}

}  // namespace relevo::cli
