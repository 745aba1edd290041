// SPDX-License-Identifier: MIT
#include "cli/report/html.hpp"

#include "cli/report/assets.hpp"
#include "cli/report/boundaries.hpp"
#include "cli/report/sections.hpp"

#include <array>
#include <utility>

namespace relevo::cli {

namespace {

constexpr std::string_view kContentPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'";

// The map library names a source map that the report does not have.
std::string_view without_source_map(std::string_view script) {
  return script.substr(0, script.find("//# sourceMappingURL"));
}

void write_head(Page& page) {
  const auto head = page.html.in("head");
  page.html.empty("meta", {{"charset", "utf-8"}});
  page.html.empty("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", kContentPolicy}});
  page.html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  page.html.empty("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  page.html.empty("meta", {{"name", "generator"}, {"content", "Relevo"}});
  page.html.element("title", page.data.title + " – " + page.say("report.title"));
  const auto style = page.html.in("style");
  page.html.raw(assets::leaflet_css());
  page.html.raw(assets::report_css());
}

void write_title(Page& page) {
  const auto header = page.html.in("header", {{"class", "page"}});
  page.paragraph(page.say("report.title"), "eyebrow");
  page.html.element("h1", page.data.title.empty() ? page.data.id : page.data.title);
  page.paragraph(
      page.say("report.as_of",
               {{"day", page.locale.weekday_day(page.data.as_of)},
                {"horizon", page.locale.range(page.data.horizon.first, page.data.horizon.last() - planner::Days{1})},
                {"zone", page.data.time_zone}}),
      "as-of");
}

void write_contents(Page& page) {
  const auto nav = page.html.in("nav", {{"class", "contents"}, {"aria-label", page.say("report.contents")}});
  page.html.element("button", {{"type", "button"}, {"id", "unfold"}, {"hidden", "hidden"}, {"aria-pressed", "false"}},
                    page.say("report.unfold"));
  const auto list = page.html.in("ul");
  for (const auto& [id, key] : std::array<std::pair<std::string_view, std::string_view>, 17>{{
           {"replan", "replan.heading"},
           {"lines", "report.requests.heading"},
           {"map", "report.map.heading"},
           {"hazards", "hazard.heading"},
           {"movements", "report.movements.heading"},
           {"fill", "report.fill.heading"},
           {"drawdown", "report.drawdown.heading"},
           {"worth", "report.worth.heading"},
           {"escorts", "report.escorts.heading"},
           {"pools", "report.pools.heading"},
           {"cost", "report.cost.heading"},
           {"clauses", "report.clauses.heading"},
           {"baseline", "report.baseline.heading"},
           {"history", "report.history.heading"},
           {"conflicts", "report.conflicts.heading"},
           {"sources", "report.sources.heading"},
           {"findings", "report.findings.heading"},
       }}) {
    if ((id == "pools" && page.plan.pools.empty()) || (id == "history" && page.data.history.empty()) ||
        (id == "replan" && !page.input.replan) || (id == "worth" && page.input.worths.empty()) ||
        (id == "hazards" && page.data.assessment.empty())) {
      continue;
    }
    const auto item = page.html.in("li");
    page.html.element("a", {{"href", "#" + std::string(id)}}, page.say(key));
  }
}

void write_main(Page& page, const Boundaries& boundaries) {
  const auto main = page.html.in("main", {{"id", "main"}});
  write_summary(page);
  write_contents(page);
  write_replan(page);
  write_requests(page);
  write_map(page, boundaries);
  write_hazards(page);
  write_movements(page);
  write_incidents(page);
  write_drawdown(page);
  write_worth(page);
  write_escorts(page);
  write_pools(page);
  write_cost(page);
  write_clauses(page);
  write_baseline(page);
  write_history(page);
  write_conflicts(page);
  write_sources(page);
  write_findings(page);
}

// Hatchings that the charts share: what rests and what stands open differ from what works by more than colour.
void write_patterns(Page& page) {
  const auto svg = page.html.in(
      "svg", {{"class", "patterns"}, {"width", "0"}, {"height", "0"}, {"aria-hidden", "true"}, {"focusable", "false"}});
  const auto defs = page.html.in("defs");
  for (const std::string_view name : {"resting", "open"}) {
    const auto pattern = page.html.in("pattern", {{"id", "hatch-" + std::string(name)},
                                                  {"class", name},
                                                  {"width", "6"},
                                                  {"height", "6"},
                                                  {"patternUnits", "userSpaceOnUse"},
                                                  {"patternTransform", name == "open" ? "rotate(-45)" : "rotate(45)"}});
    page.html.empty("rect", {{"width", "6"}, {"height", "6"}});
    page.html.empty("line", {{"x1", "0"}, {"y1", "0"}, {"x2", "0"}, {"y2", "6"}});
  }
}

// The only line that may differ between two runs over the same input.
void write_foot(Page& page) {
  const auto& run = page.input.run;
  const auto footer = page.html.in("footer", {{"class", "page"}});
  page.paragraph(page.say("report.foot.made", {{"version", run.version},
                                               {"seconds", page.locale.decimal(run.seconds, run.seconds < 1.0 ? 2 : 1)},
                                               {"date", run.date.empty() ? "–" : run.date}}));
  if (!run.command.empty()) {
    const auto line = page.html.in("p");
    page.html.element("code", run.command);
  }
  page.paragraph(page.say("report.foot.credits"));
}

}  // namespace

std::string report_html(const ReportInput& input, const std::filesystem::path& data_dir) {
  Page page(input);
  const Boundaries boundaries = load_boundaries(data_dir);
  page.html.raw("<!DOCTYPE html>\n");
  {
    const auto html = page.html.in("html", {{"lang", page.locale.code()}});
    write_head(page);
    const auto body = page.html.in("body");
    page.html.element("a", {{"class", "skip"}, {"href", "#main"}}, page.say("report.skip"));
    write_patterns(page);
    write_title(page);
    write_main(page, boundaries);
    write_foot(page);
    {
      const auto script = page.html.in("script");
      page.html.raw(without_source_map(assets::leaflet_js()));
    }
    const auto script = page.html.in("script");
    page.html.raw(assets::report_js());
  }
  return page.html.take();
}

}  // namespace relevo::cli
