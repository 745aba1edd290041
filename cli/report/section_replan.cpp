// SPDX-License-Identifier: MIT
#include "cli/report/sections.hpp"

#include <string>

namespace relevo::cli {

void write_replan(Page& page) {
  if (!page.input.replan)
    return;
  const ReplanReport& replan = *page.input.replan;
  const auto section = page.section("replan", "replan.heading");
  page.paragraph(page.say("replan.intro"));
  page.paragraph(page.say({"replan.kept",
                           {{"kept", std::to_string(replan.disturbance.announced - replan.disturbance.changed)},
                            {"announced", std::to_string(replan.disturbance.announced)}}}));
  if (replan.changes.empty() && replan.lost.empty()) {
    page.nothing("replan.none");
    return;
  }
  const auto region = page.scroll_region(page.say("replan.heading"));
  const auto table = page.html.in("table");
  page.table_head(page.say("replan.caption"), {{"replan.column.what"}, {"replan.column.why"}});
  const auto body = page.html.in("tbody");
  for (const auto& change : replan.changes) {
    const auto row = page.html.in("tr");
    page.row_heading(page.say(change.sentence) + (change.firm ? " (" + page.say("replan.firm") + ")" : std::string{}));
    page.cell(page.say(change.why));
  }
  for (const auto& lost : replan.lost) {
    const auto row = page.html.in("tr");
    page.row_heading(lost.assignment + " " + lost.unit);
    page.cell(page.say(
        {"cli.replan.lost." + lost.code, {{"assignment", lost.assignment}, {"unit", lost.unit}, {"what", lost.what}}}));
  }
}

}  // namespace relevo::cli
