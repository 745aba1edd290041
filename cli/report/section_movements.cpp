// SPDX-License-Identifier: MIT
#include "cli/report/figures.hpp"
#include "cli/report/plan_words.hpp"
#include "cli/report/sections.hpp"
#include "cli/report/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

namespace relevo::cli {

namespace {

using planner::Assignment;
using planner::Contingent;
using planner::Day;
using planner::Days;

constexpr std::size_t kMostOpen = 8;  // contingents that leave now, with all their details

/// Ordinals of one roster row that do the same on the same days.
struct Alike {
  std::vector<const Assignment*> assignments;
  std::vector<Segment> segments;
  const Assignment& first() const { return *assignments.front(); }
  int persons() const { return persons_of(assignments); }
};

bool do_the_same(const Assignment& a, const Assignment& b) {
  return a.unit == b.unit && a.stints == b.stints && a.depart == b.depart && a.arrive == b.arrive &&
         a.release == b.release && a.home == b.home && a.rested == b.rested && a.escort == b.escort;
}

std::vector<Alike> group_alike(const Page& page, const std::vector<const Assignment*>& assignments) {
  std::vector<Alike> groups;
  for (const auto* assignment : assignments) {
    const auto same =
        std::ranges::find_if(groups, [&](const Alike& group) { return do_the_same(group.first(), *assignment); });
    if (same == groups.end()) {
      groups.push_back({{assignment}, segments_of(page, *assignment)});
    } else {
      same->assignments.push_back(assignment);
    }
  }
  return groups;
}

std::string unit_label(const Page& page, const Alike& group) {
  const auto& unit = page.data.units[group.first().unit];
  const std::string name = unit.name.empty() ? unit.id : unit.name;
  return group.assignments.size() == 1 ? name : fmt::format("{} × {}", group.assignments.size(), name);
}

std::string requests_of(const Page& page, const Assignment& assignment) {
  if (assignment.escort) {
    return page.say(key_of(*assignment.escort));
  }
  std::string out;
  for (const auto& stint : assignment.stints) {
    const std::string id = stint.request    ? page.data.requests[*stint.request].id
                           : stint.incident ? page.data.incidents[*stint.incident].name
                                            : "";
    if (!id.empty() && (", " + out + ", ").find(", " + id + ", ") == std::string::npos) {
      out += out.empty() ? id : ", " + id;
    }
  }
  return out;
}

// "5–18 Jun, 22 Jun – 5 Jul": consecutive days as ranges.
std::string day_ranges(const Page& page, const Assignment& assignment, const std::vector<Day> planner::Stint::*list) {
  std::vector<Day> days;
  for (const auto& stint : assignment.stints) {
    days.insert(days.end(), (stint.*list).begin(), (stint.*list).end());
  }
  std::ranges::sort(days);
  std::string out;
  for (std::size_t i = 0; i < days.size();) {
    std::size_t j = i;
    while (j + 1 < days.size() && days[j + 1] == days[j] + Days{1}) {
      ++j;
    }
    out += (out.empty() ? "" : ", ") + page.locale.short_range(days[i], days[j]);
    i = j + 1;
  }
  return out.empty() ? "–" : out;
}

std::string counted_ranges(const Page& page, const Assignment& assignment,
                           const std::vector<Day> planner::Stint::*list) {
  std::size_t count = 0;
  for (const auto& stint : assignment.stints) {
    count += (stint.*list).size();
  }
  return count == 0 ? "–" : fmt::format("{} ({})", count, day_ranges(page, assignment, list));
}

double cost_of(const Alike& group) {
  double sum = 0.0;
  for (const auto* assignment : group.assignments) {
    for (const auto& [item, amount] : assignment->cost) {
      sum += amount.value();
    }
  }
  return sum;
}

void write_movement_fact(Page& page, std::string_view key, const std::string& value) {
  const auto group = page.html.in("div");
  page.html.element("dt", page.say(key));
  page.html.element("dd", value);
}

std::string escort_text(const Page& page, const std::string& id) {
  if (id.empty()) {
    return page.say("report.movements.no_escort");
  }
  if (id == "implicit") {
    return page.say("report.movements.implicit_escort");
  }
  for (const auto& assignment : page.plan.assignments) {
    if (assignment.id == id) {
      return fmt::format("{} ({})", page.data.units[assignment.unit].name, id);
    }
  }
  return id;
}

void write_facts(Page& page, const Contingent& contingent, const std::vector<Alike>& groups) {
  const auto list = page.html.in("dl", {{"class", "facts"}});
  const Day arrive = groups.empty() ? contingent.depart : groups.front().first().arrive;
  write_movement_fact(page, "report.movements.agreement", page.data.agreements[contingent.agreement].title);
  write_movement_fact(page, "report.movements.muster", page.data.bases[contingent.muster].name);
  write_movement_fact(page, "report.movements.depart", page.locale.weekday_day(contingent.depart));
  write_movement_fact(page, "report.movements.arrive", page.locale.weekday_day(arrive));
  write_movement_fact(page, "report.movements.release", page.locale.weekday_day(contingent.release));
  write_movement_fact(page, "report.movements.home", page.locale.weekday_day(contingent.home));
  write_movement_fact(page, "report.movements.lead", escort_text(page, contingent.lead));
  write_movement_fact(page, "report.movements.representative", escort_text(page, contingent.representative));
}

bool anybody_moves(const std::vector<Alike>& groups) {
  return std::ranges::any_of(groups, [](const Alike& group) { return group.first().stints.size() > 1; });
}

bool anybody_extends(const std::vector<Alike>& groups) {
  return std::ranges::any_of(groups, [](const Alike& group) { return group.first().extension_days > 0; });
}

// A contingent says once when it leaves and returns; units without one say it each.
enum class Dates { Common, Each };

void write_assignments(Page& page, const std::string& caption, const std::vector<Alike>& groups, Dates dates) {
  const auto region = page.scroll_region(caption);
  const auto table = page.html.in("table");
  std::vector<Heading> headings = {{"word.unit"},
                                   {"report.movements.assignment_ids"},
                                   {"report.movements.people", Column::Number},
                                   {"report.movements.request"}};
  if (dates == Dates::Each) {
    headings.insert(headings.end(),
                    {{"report.movements.depart", Column::Short}, {"report.movements.home", Column::Short}});
  }
  headings.insert(headings.end(), {{"word.line_days"}, {"word.days_off"}, {"word.shadow"}});
  // Columns that most tables would leave empty.
  const bool moves = anybody_moves(groups);
  const bool extends = anybody_extends(groups);
  if (moves) {
    headings.push_back({"word.move"});
  }
  if (extends) {
    headings.push_back({"word.extension_days", Column::Number});
  }
  headings.insert(headings.end(), {{"report.movements.rested", Column::Short}, {"word.cost", Column::Number}});
  page.table_head(caption, headings);
  const auto body = page.html.in("tbody");
  for (const auto& group : groups) {
    const auto& assignment = group.first();
    const auto row = page.html.in("tr");
    page.row_heading(unit_label(page, group));
    std::string ids = assignment.id;
    if (group.assignments.size() > 1) {
      ids += " … " + group.assignments.back()->id;
    }
    page.short_cell(ids);
    page.number_cell(page.locale.whole(group.persons()));
    page.cell(requests_of(page, assignment));
    if (dates == Dates::Each) {
      page.short_cell(page.locale.short_day(assignment.depart));
      page.short_cell(page.locale.short_day(assignment.home));
    }
    page.cell(counted_ranges(page, assignment, &planner::Stint::line_days));
    page.cell(counted_ranges(page, assignment, &planner::Stint::days_off));
    page.cell(counted_ranges(page, assignment, &planner::Stint::shadow_days));
    if (moves) {
      page.cell(counted_ranges(page, assignment, &planner::Stint::move_days));
    }
    if (extends) {
      page.number_cell(page.locale.whole(assignment.extension_days));
    }
    page.short_cell(page.locale.short_day(assignment.rested));
    page.number_cell(assignment.commitment ? "–" : page.locale.money(cost_of(group), page.data.policy.currency));
  }
}

std::string_view mode_key(geo::LegMode mode) {
  switch (mode) {
    case geo::LegMode::Ground:
      return "report.leg.ground";
    case geo::LegMode::Flight:
      return "report.leg.flight";
    case geo::LegMode::OwnFlight:
      return "report.leg.own_flight";
    case geo::LegMode::Freight:
      return "report.leg.freight";
  }
  return "";
}

void write_legs(Page& page, const Contingent& contingent, const Alike& group) {
  const auto& journey = group.first().outbound;
  const std::string caption = page.say("report.movements.journey", {{"contingent", contingent.id},
                                                                    {"place", journey.legs.back().to},
                                                                    {"duration", page.locale.duration(journey.hours)}});
  const auto region = page.scroll_region(caption);
  const auto table = page.html.in("table", {{"class", "legs"}});
  page.table_head(caption, {{"report.leg.how"},
                            {"report.leg.from"},
                            {"report.leg.to"},
                            {"report.leg.leaves", Column::Short},
                            {"report.leg.arrives", Column::Short},
                            {"report.leg.distance", Column::Number}});
  const auto body = page.html.in("tbody");
  for (const auto& leg : journey.legs) {
    const auto row = page.html.in("tr");
    page.row_heading(page.say(mode_key(leg.mode)));
    page.cell(leg.from);
    page.cell(leg.to);
    page.short_cell(page.locale.instant(group.first().depart, leg.depart_hour));
    page.short_cell(page.locale.instant(group.first().depart, leg.arrive_hour));
    page.number_cell(page.locale.kilometres(leg.distance.kilometres()));
  }
}

// One table per different way; most contingents have one.
void write_journeys(Page& page, const Contingent& contingent, const std::vector<Alike>& groups) {
  std::vector<const geo::Itinerary*> written;
  for (const auto& group : groups) {
    const auto& journey = group.first().outbound;
    const bool known = std::ranges::any_of(written, [&](const auto* other) { return *other == journey; });
    if (!known && !journey.legs.empty()) {
      written.push_back(&journey);
      write_legs(page, contingent, group);
    }
  }
  if (written.empty()) {
    page.nothing("report.movements.no_journey");
  }
}

planner::DayInterval firm_window(const Page& page) {
  const Days window{(page.data.policy.firm_hours.value + 23) / 24};
  return {page.data.as_of, page.data.as_of + window + Days{1}};
}

// One row for units that do the same; the days of the chart grow to take them in.
void add_rows(const Page& page, Timeline& timeline, const std::vector<Alike>& groups) {
  for (const auto& group : groups) {
    timeline.last = std::max(timeline.last, group.first().rested - Days{1});
    timeline.first = std::min(timeline.first, group.first().depart);
    timeline.rows.push_back({unit_label(page, group),
                             page.say_count("report.movements.people_for", group.persons(),
                                            {{"request", requests_of(page, group.first())}}),
                             group.segments});
  }
}

// What leaves now is open where it is not much; the rest is one line each until somebody wants to know more.
void write_contingent(Page& page, const Contingent& contingent, const std::vector<const Assignment*>& assignments,
                      bool open) {
  const auto groups = group_alike(page, assignments);
  const auto folded = page.fold("h4",
                                page.say_count("report.movements.contingent", contingent.persons,
                                               {{"contingent", contingent.id},
                                                {"lender", page.agency(contingent.lender)},
                                                {"borrower", page.agency(contingent.borrower)}}),
                                page.locale.short_range(contingent.depart, contingent.home), open);
  write_facts(page, contingent, groups);
  Timeline timeline;
  timeline.id = "timeline-" + std::to_string(&contingent - page.plan.contingents.data());
  timeline.title = page.say("report.movements.timeline", {{"contingent", contingent.id},
                                                          {"depart", page.locale.day(contingent.depart)},
                                                          {"home", page.locale.day(contingent.home)}});
  timeline.first = contingent.depart;
  timeline.last = contingent.home;
  add_rows(page, timeline, groups);
  write_timeline(page, timeline);
  write_assignments(page, page.say("report.movements.assignments", {{"contingent", contingent.id}}), groups,
                    Dates::Common);
  write_journeys(page, contingent, groups);
}

enum class Stage { Firm, Outlook, UnderWay };

Stage stage_of(const Contingent& contingent, const std::vector<const Assignment*>& assignments) {
  if (contingent.commitment) {
    return Stage::UnderWay;
  }
  const bool firm = std::ranges::any_of(assignments, [](const auto* a) { return a->phase == planner::Phase::Firm; });
  return firm ? Stage::Firm : Stage::Outlook;
}

using Members = std::map<std::string, std::vector<const Assignment*>>;

const std::vector<const Assignment*>& members_of(const Members& members, const Contingent& contingent) {
  static const std::vector<const Assignment*> nobody;
  const auto it = members.find(contingent.id);
  return it == members.end() ? nobody : it->second;
}

// All contingents in one picture: who is where when.
void write_overview(Page& page, const Members& members) {
  Timeline timeline;
  timeline.id = "timeline-all";
  timeline.title = page.say("report.movements.overview");
  timeline.first = page.data.horizon.first;
  timeline.last = page.data.horizon.last() - Days{1};
  timeline.firm = firm_window(page);
  for (const auto stage : {Stage::Firm, Stage::Outlook, Stage::UnderWay}) {
    for (const auto& contingent : page.plan.contingents) {
      const auto& assignments = members_of(members, contingent);
      if (assignments.empty() || stage_of(contingent, assignments) != stage) {
        continue;
      }
      const auto ordinary = std::ranges::find_if(assignments, [](const auto* a) { return !a->escort; });
      const Assignment& shown = ordinary == assignments.end() ? *assignments.front() : **ordinary;
      timeline.rows.push_back({fmt::format("{}  {} → {}", contingent.id, page.data.agencies[contingent.lender].id,
                                           page.data.agencies[contingent.borrower].id),
                               page.say_count(stage == Stage::Firm      ? "report.movements.row_firm"
                                              : stage == Stage::Outlook ? "report.movements.row_outlook"
                                                                        : "report.movements.row_under_way",
                                              contingent.persons),
                               segments_of(page, shown)});
      timeline.first = std::min(timeline.first, shown.depart);
      timeline.last = std::max(timeline.last, shown.rested - Days{1});
    }
  }
  if (!timeline.rows.empty()) {
    write_timeline(page, timeline);
    write_timeline_legend(page);
  }
}

void write_stage(Page& page, const Members& members, Stage stage, std::string_view heading_key,
                 std::string_view nothing_key) {
  page.html.element("h3", page.say(heading_key, {{"hours", std::to_string(page.data.policy.firm_hours.value)}}));
  std::vector<const Contingent*> contingents;
  for (const auto& contingent : page.plan.contingents) {
    if (stage_of(contingent, members_of(members, contingent)) == stage) {
      contingents.push_back(&contingent);
    }
  }
  for (const auto* contingent : contingents) {
    write_contingent(page, *contingent, members_of(members, *contingent),
                     stage == Stage::Firm && contingents.size() <= kMostOpen);
  }
  if (contingents.empty()) {
    page.nothing(nothing_key);
  }
}

// Who travels in no contingent: an agency's own units on its own incidents.
void write_own_forces(Page& page) {
  const auto own = own_forces(page.plan);
  if (own.empty()) {
    return;
  }
  page.html.element("h3", page.say("report.movements.own"));
  const auto groups = group_alike(page, own);
  Timeline timeline;
  timeline.id = "timeline-own";
  timeline.title = page.say("report.movements.own_timeline");
  timeline.first = own.front()->depart;
  timeline.last = own.front()->home;
  timeline.firm = firm_window(page);
  add_rows(page, timeline, groups);
  write_timeline(page, timeline);
  write_assignments(page, page.say("report.movements.own_assignments"), groups, Dates::Each);
}

// Seats that lenders share, where the plan uses any.
void write_lifts(Page& page) {
  if (page.plan.lifts.empty()) {
    return;
  }
  page.html.element("h3", page.say("report.movements.lifts"));
  const std::string caption = page.say("report.movements.lifts_caption");
  const auto region = page.scroll_region(caption);
  const auto table = page.html.in("table");
  page.table_head(caption, {{"report.movements.lift"},
                            {"report.leg.from"},
                            {"report.leg.to"},
                            {"report.movements.lift_day", Column::Short},
                            {"report.movements.lift_uses", Column::Number},
                            {"report.movements.lift_seats", Column::Number},
                            {"report.movements.lift_passengers", Column::Number},
                            {"word.cost", Column::Number}});
  const auto body = page.html.in("tbody");
  for (const auto& line : page.plan.lifts) {
    const auto& lift = page.data.lifts.at(line.lift);
    const auto row = page.html.in("tr");
    page.row_heading(lift.id);
    page.cell(lift.from);
    page.cell(lift.to);
    page.short_cell(page.locale.short_day(line.day));
    page.number_cell(page.locale.whole(line.uses));
    page.number_cell(page.locale.whole(static_cast<long>(lift.seats) * line.uses));
    page.number_cell(page.locale.whole(line.passengers));
    page.number_cell(page.locale.money(line.cost.value(), page.data.policy.currency));
  }
}

// Who leaves a line that asks for handover before anybody has taken over.
void write_drops(Page& page) {
  const auto has_drop = [](const planner::RequestFill& fill) {
    return std::ranges::any_of(fill.drops, [](int units) { return units > 0; });
  };
  if (std::ranges::none_of(page.plan.requests, has_drop)) {
    return;
  }
  page.html.element("h3", page.say("report.movements.drops"));
  const std::string caption = page.say("report.movements.drops_caption");
  const auto region = page.scroll_region(caption);
  const auto table = page.html.in("table");
  page.table_head(caption, {{"word.request"},
                            {"report.movements.drop_day", Column::Short},
                            {"report.movements.drop_units", Column::Number}});
  const auto body = page.html.in("tbody");
  for (const auto& fill : page.plan.requests) {
    for (std::size_t t = 0; t < fill.drops.size(); ++t) {
      if (fill.drops[t] <= 0) {
        continue;
      }
      const auto row = page.html.in("tr");
      page.row_heading(page.data.requests[fill.request].id);
      page.short_cell(page.locale.short_day(page.data.horizon.day(static_cast<int>(t))));
      page.number_cell(page.locale.whole(fill.drops[t]));
    }
  }
}

}  // namespace

void write_movements(Page& page) {
  const auto section = page.section("movements", "report.movements.heading");
  const Members members = by_contingent(page.plan);
  page.paragraph(page.say("report.movements.intro"));
  write_overview(page, members);
  write_stage(page, members, Stage::Firm, "report.movements.firm", "report.movements.no_firm");
  write_stage(page, members, Stage::Outlook, "report.movements.outlook", "report.movements.no_outlook");
  write_own_forces(page);
  write_stage(page, members, Stage::UnderWay, "report.movements.under_way", "report.movements.no_under_way");
  write_lifts(page);
  write_drops(page);
}

}  // namespace relevo::cli
