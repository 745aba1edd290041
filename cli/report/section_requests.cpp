// SPDX-License-Identifier: MIT
#include "cli/report/explanation_words.hpp"
#include "cli/report/figures.hpp"
#include "cli/report/plan_words.hpp"
#include "cli/report/sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace relevo::cli {

namespace {

using planner::RequestFill;
using planner::RequestStatus;

// What needs a decision stands first.
int urgency(RequestStatus status) {
  switch (status) {
    case RequestStatus::UnableToFill:
      return 0;
    case RequestStatus::Partial:
      return 1;
    case RequestStatus::Pending:
      return 2;
    case RequestStatus::Filled:
      return 3;
  }
  return 3;
}

std::string_view sign_of(RequestStatus status) {
  constexpr std::array<std::string_view, 4> kSigns = {"✕", "◐", "…", "●"};
  return kSigns.at(static_cast<std::size_t>(urgency(status)));
}

std::string status_key(RequestStatus status) {
  return fmt::format("report.status.{}", word_of(status));
}

std::vector<const RequestFill*> most_urgent_first(const Page& page) {
  std::vector<const RequestFill*> lines;
  for (const auto& fill : page.plan.requests) {
    lines.push_back(&fill);
  }
  std::ranges::stable_sort(lines, [&](const auto* a, const auto* b) {
    const auto key = [&](const RequestFill& fill) {
      return std::pair{urgency(shown_status(fill)), page.data.requests[fill.request].priority};
    };
    return key(*a) < key(*b);
  });
  return lines;
}

// "5 Jun – 20 Jun", and since when the line is cancelled; only that where no day of the need is left.
std::string need_text(const Page& page, const planner::Request& request) {
  std::string days = request.need.empty()
                         ? std::string{}
                         : page.locale.short_range(request.need.first, request.need.last - planner::Days{1});
  if (!request.cancelled) {
    return days;
  }
  const std::string cancelled =
      page.say("report.requests.cancelled", {{"day", page.locale.short_day(*request.cancelled)}});
  return days.empty() ? cancelled : days + "; " + cancelled;
}

// "5 units", "100 people"
std::string wanted_text(const Page& page, const planner::Request& request) {
  return page.say_count(
      request.measure == planner::Measure::People ? "report.quantity.people" : "report.quantity.units",
      request.quantity);
}

void write_status(Page& page, RequestStatus status) {
  const auto cell =
      page.html.in("td", {{"class", "status"}, {"role", "cell"}, {"data-label", page.say("report.requests.status")}});
  const auto chip = page.html.in(
      "span", {{"class", fmt::format("chip {}", word_of(status))}, {"title", page.say(status_key(status))}});
  page.html.element("span", {{"aria-hidden", "true"}}, sign_of(status));
  page.html.text(" " + page.say(fmt::format("report.chip.{}", word_of(status))));
}

/// What would fill the line, where that was asked for.
void write_changes(Page& page, const RequestFill& fill) {
  if (page.input.explanation == nullptr) {
    return;
  }
  const auto& lines = page.input.explanation->lines;
  const auto line = std::ranges::find_if(lines, [&](const auto& l) { return l.line == fill.request; });
  if (line == lines.end() || !line->changes) {
    return;
  }
  const ExplanationWords words(page.input.scenario, page.plan, page.input.lang);
  const auto details = page.html.in("details", {{"class", "changes"}});
  page.html.element("summary", page.say("explain.offers"));
  const auto list = page.html.in("ul");
  if (line->changes->reassigned) {
    page.html.element("li", words.reassigned(*line->changes));
  }
  for (const auto& offer : line->changes->offers) {
    const auto item = page.html.in("li");
    page.html.text(words.offer(*line->changes, offer) + " ");
    page.html.element("code", code_of(offer.change.kind));
  }
  for (const auto& remark : words.remarks(*line->changes)) {
    page.html.element("li", remark);
  }
}

void write_reason(Page& page, const RequestFill& fill) {
  const auto cell =
      page.html.in("td", {{"class", "why"}, {"role", "cell"}, {"data-label", page.say("report.requests.why")}});
  const std::string sentence = page.say(fill.reason.why);
  if (shown_status(fill) == RequestStatus::Filled) {
    page.html.text(fill.status == RequestStatus::Filled ? "–" : page.say("report.requests.only_days_off"));
    return;
  }
  page.html.text(sentence.empty() ? page.say("report.requests.no_reason") : sentence);
  page.html.text(" ");
  page.html.element("code", fill.reason.code);
  if (!fill.further.empty()) {
    const auto details = page.html.in("details");
    page.html.element("summary",
                      page.say_count("report.requests.further", static_cast<long long>(fill.further.size())));
    const auto list = page.html.in("ul");
    for (const auto& reason : fill.further) {
      const auto item = page.html.in("li");
      page.html.text(page.say(reason.why) + " ");
      page.html.element("code", reason.code);
    }
  }
  write_changes(page, fill);
}

// With the score it follows from, where the line leaves its priority to the assessment.
std::string priority_text(const Page& page, const planner::Request& request) {
  std::string priority = page.say("report.requests.priority", {{"priority", std::to_string(request.priority)}});
  const auto& assessed = page.data.assessment.incidents;
  if (!request.automatic_priority || !request.incident || request.incident->value() >= assessed.size()) {
    return priority;
  }
  const double score = assessed[request.incident->value()].score;
  return priority + ", " + page.say("hazard.request.auto", {{"score", page.locale.decimal(score, 1)}});
}

void write_line(Page& page, const RequestFill& fill) {
  const auto& request = page.data.requests[fill.request];
  double wanted = 0.0;
  double open = 0.0;
  for (int column = 0; column < static_cast<int>(fill.wanted.size()); ++column) {
    const LineDay day = line_day(fill, column);
    wanted += day.wanted;
    open += day.open;
  }
  const RequestStatus status = shown_status(fill);
  const std::string incident = request.incident ? std::to_string(request.incident->value()) : "";
  const auto row = page.html.in("tr", {{"role", "row"},
                                       {"class", word_of(status)},
                                       {"data-status", word_of(status)},
                                       {"data-borrower", page.data.agencies[request.borrower].id},
                                       {"data-kind", page.data.kinds.kinds[request.kind].id},
                                       {"data-incident", incident}});
  const auto label = [&](std::string_view key) { return page.say(key); };
  write_status(page, status);
  page.html.element("th", {{"scope", "row"}, {"role", "rowheader"}, {"class", "short"}}, request.id);
  {
    const auto cell =
        page.html.in("td", {{"role", "cell"}, {"class", "place"}, {"data-label", label("report.requests.for")}});
    page.html.element("span", {{"class", "place-name"}}, page.incident_or_borrower(request));
    page.html.text(" ");
    page.html.element("small", priority_text(page, request));
  }
  page.html.element("td", {{"role", "cell"}, {"data-label", label("report.requests.kind")}},
                    page.kind_and_type(request.kind, request.type));
  {
    const auto cell = page.html.in("td", {{"role", "cell"}, {"data-label", label("report.requests.wanted")}});
    page.html.text(wanted_text(page, request));
    page.html.text(" ");
    page.html.element("small", need_text(page, request));
  }
  page.html.element("td", {{"role", "cell"}, {"class", "num"}, {"data-label", label("report.requests.covered")}},
                    page.locale.percent(wanted > 0.0 ? (wanted - open) / wanted : 1.0));
  page.html.element("td", {{"role", "cell"}, {"class", "num"}, {"data-label", label("report.requests.open")}},
                    open == 0.0 ? "0"
                                : page.say("report.requests.open_of", {{"open", page.locale.quantity(open)},
                                                                       {"wanted", page.locale.quantity(wanted)}}));
  write_reason(page, fill);
}

void write_choice(Page& page, std::string_view id, std::string_view label_key,
                  const std::set<std::pair<std::string, std::string>>& names_and_ids) {
  const auto label = page.html.in("label");
  page.html.text(page.say(label_key) + " ");
  const auto select = page.html.in("select", {{"id", id}});
  page.html.element("option", {{"value", ""}}, page.say("report.filter.all"));
  for (const auto& [name, value] : names_and_ids) {
    page.html.element("option", {{"value", value}}, name);
  }
}

// Without script there is nothing to filter with, so the form stays hidden until the script shows it.
void write_filters(Page& page) {
  std::set<std::pair<std::string, std::string>> borrowers;
  std::set<std::pair<std::string, std::string>> kinds;
  for (const auto& fill : page.plan.requests) {
    const auto& request = page.data.requests[fill.request];
    borrowers.emplace(page.agency(request.borrower), page.data.agencies[request.borrower].id);
    kinds.emplace(page.kind(request.kind), page.data.kinds.kinds[request.kind].id);
  }
  const auto form = page.html.in(
      "form",
      {{"id", "filters"}, {"class", "filters"}, {"hidden", "hidden"}, {"aria-label", page.say("report.filter.label")}});
  {
    const auto group = page.html.in("fieldset");
    page.html.element("legend", page.say("report.requests.status"));
    for (const auto status :
         {RequestStatus::UnableToFill, RequestStatus::Partial, RequestStatus::Pending, RequestStatus::Filled}) {
      const auto label = page.html.in("label");
      page.html.empty("input",
                      {{"type", "checkbox"}, {"name", "status"}, {"value", word_of(status)}, {"checked", "checked"}});
      page.html.text(" " + page.say(status_key(status)));
    }
  }
  write_choice(page, "filter-borrower", "report.filter.borrower", borrowers);
  write_choice(page, "filter-kind", "report.filter.kind", kinds);
  {
    const auto label = page.html.in("label");
    page.html.text(page.say("report.filter.text") + " ");
    page.html.empty("input", {{"type", "search"}, {"id", "filter-text"}});
  }
  page.html.element("output", {{"id", "filter-count"}, {"aria-live", "polite"}}, "");
}

}  // namespace

void write_requests(Page& page) {
  const auto section = page.section("lines", "report.requests.heading");
  if (page.plan.requests.empty()) {
    page.nothing("report.requests.none");
    return;
  }
  write_filters(page);
  const auto region = page.scroll_region(page.say("report.requests.heading"));
  const auto table = page.html.in("table", {{"id", "lines-table"}, {"class", "lines"}, {"role", "table"}});
  page.html.element("caption", page.say("report.requests.caption"));
  {
    const auto head = page.html.in("thead", {{"role", "rowgroup"}});
    const auto row = page.html.in("tr", {{"role", "row"}});
    for (const auto& [key, css] : std::array<std::pair<std::string_view, std::string_view>, 8>{{
             {"report.requests.status", ""},
             {"report.requests.line", ""},
             {"report.requests.for", ""},
             {"report.requests.kind", ""},
             {"report.requests.wanted", ""},
             {"report.requests.covered", "num"},
             {"report.requests.open", "num"},
             {"report.requests.why", ""},
         }}) {
      page.html.element("th", {{"scope", "col"}, {"role", "columnheader"}, {"class", css}}, page.say(key));
    }
  }
  const auto body = page.html.in("tbody", {{"role", "rowgroup"}});
  for (const auto* fill : most_urgent_first(page)) {
    write_line(page, *fill);
  }
}

}  // namespace relevo::cli
