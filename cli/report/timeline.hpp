// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/page.hpp"

#include <string>
#include <vector>

namespace relevo::cli {

/// What a person or crew does on a day, as the charts show it.
/// An extension day is a line day beyond what the tour has without extension.
enum class DayState { TravelOut, Orientation, Line, Shadow, DaysOff, TravelHome, Rest, Move, Extension };

/// Consecutive days in one state, both inclusive. Stays at two requests are two segments.
struct Segment {
  DayState state = DayState::Line;
  planner::Day first;
  planner::Day last;
};

/// `tour_days` is the most duty days of a tour without extension, by the agreement; what the assignment has beyond is
/// at the end of its tours.
std::vector<Segment> segments_of(const planner::Assignment& assignment, int tour_days);
/// The same under the assignment's own agreement.
std::vector<Segment> segments_of(const Page& page, const planner::Assignment& assignment);

struct TimelineRow {
  std::string label;
  std::string detail;  ///< second line, may be empty
  std::vector<Segment> segments;
};

/// A chart with a row per deployment over the days from `first` to `last` (both inclusive).
struct Timeline {
  std::string id;     ///< of the element, unique on the page
  std::string title;  ///< what a screen reader says instead of the picture
  planner::Day first;
  planner::Day last;
  planner::DayInterval firm;  ///< shaded: departures in it are firm
  std::vector<TimelineRow> rows;
};

void write_timeline(Page& page, const Timeline& timeline);
/// What colours, patterns and signs mean; once on the page.
void write_timeline_legend(Page& page);

/// The scale of days above a chart: month names, a tick per week, a number per day where there is room. `left` and
/// `day_width` in the units of the drawing.
void write_day_axis(Page& page, planner::Day first, planner::Day last, double left, double day_width, double top,
                    double bottom);

}  // namespace relevo::cli
