// SPDX-License-Identifier: MIT
#include "cli/report/sections.hpp"
#include "cli/report/sources.hpp"

namespace relevo::cli {

namespace {

void write_inputs(Page& page) {
  page.html.element("h3", page.say("report.sources.files"));
  if (page.data.inputs.empty()) {
    page.nothing("report.sources.no_files");
    return;
  }
  const auto region = page.scroll_region(page.say("report.sources.files"));
  const auto table = page.html.in("table");
  page.table_head(page.say("report.sources.files_caption"), {{"report.sources.file"},
                                                             {"report.sources.as_of", Column::Short},
                                                             {"report.sources.sha256"},
                                                             {"report.sources.note"}});
  const auto body = page.html.in("tbody");
  for (const auto& file : page.data.inputs) {
    const auto row = page.html.in("tr");
    page.row_heading(file.file);
    const auto day = planner::parse_day(file.as_of);
    page.short_cell(day                  ? page.locale.day(*day)
                    : file.as_of.empty() ? page.say("report.sources.not_given")
                                         : file.as_of);
    {
      const auto cell = page.html.in("td");
      page.html.element("code", {{"class", "hash"}}, file.sha256);
    }
    const auto cell = page.html.in("td", {{"class", "source"}});
    page.source(file.note);
  }
}

void write_citations(Page& page) {
  page.html.element("h3", page.say("report.sources.cited"));
  const auto cited = cited_sources(page.input);
  if (cited.empty()) {
    page.nothing("report.sources.no_citations");
    return;
  }
  const auto region = page.scroll_region(page.say("report.sources.cited"));
  const auto table = page.html.in("table");
  page.table_head(page.say("report.sources.cited_caption"), {{"word.source"}, {"report.sources.used_for"}});
  const auto body = page.html.in("tbody");
  for (const auto& [source, subjects] : cited) {
    const auto row = page.html.in("tr");
    {
      const auto cell = page.html.in("th", {{"scope", "row"}, {"class", "source"}});
      page.source(source);
    }
    std::string all;
    for (const auto& subject : subjects) {
      all += all.empty() ? subject : ", " + subject;
    }
    page.cell(all);
  }
}

}  // namespace

void write_conflicts(Page& page) {
  const auto section = page.section("conflicts", "report.conflicts.heading");
  if (page.data.conflicts.empty()) {
    page.nothing("report.conflicts.none");
    return;
  }
  page.paragraph(page.say("report.conflicts.intro"));
  const auto region = page.scroll_region(page.say("report.conflicts.heading"));
  const auto table = page.html.in("table");
  page.table_head(page.say("report.conflicts.caption"), {{"report.conflicts.subject"},
                                                         {"report.conflicts.used"},
                                                         {"report.conflicts.used_source"},
                                                         {"report.conflicts.other"},
                                                         {"report.conflicts.other_source"}});
  const auto body = page.html.in("tbody");
  for (const auto& conflict : page.data.conflicts) {
    const auto row = page.html.in("tr");
    page.row_heading(conflict.subject);
    page.cell(conflict.used);
    {
      const auto cell = page.html.in("td", {{"class", "source"}});
      page.source(conflict.used_source);
    }
    page.cell(conflict.other);
    const auto cell = page.html.in("td", {{"class", "source"}});
    page.source(conflict.other_source);
  }
}

void write_sources(Page& page) {
  const auto section = page.section("sources", "report.sources.heading");
  page.paragraph(page.say("report.sources.intro"));
  write_inputs(page);
  write_citations(page);
}

void write_findings(Page& page) {
  const auto section = page.section("findings", "report.findings.heading");
  page.paragraph(page.say("report.findings.intro"));
  if (page.plan.findings.empty()) {
    page.nothing("report.findings.none");
    return;
  }
  const auto region = page.scroll_region(page.say("report.findings.heading"));
  const auto table = page.html.in("table");
  page.table_head(page.say("report.findings.caption"), {{"report.findings.code"},
                                                        {"report.findings.subject"},
                                                        {"report.findings.day", Column::Short},
                                                        {"report.findings.amount", Column::Number},
                                                        {"report.findings.what"}});
  const auto body = page.html.in("tbody");
  for (const auto& finding : page.plan.findings) {
    const auto row = page.html.in("tr");
    {
      const auto cell = page.html.in("th", {{"scope", "row"}});
      page.html.element("code", finding.code);
    }
    page.cell(finding.subject);
    page.short_cell(finding.day ? page.locale.short_day(*finding.day) : "–");
    page.number_cell(page.locale.quantity(finding.amount));
    page.cell(page.say(finding.what));
  }
}

}  // namespace relevo::cli
