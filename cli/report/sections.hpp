// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/boundaries.hpp"
#include "cli/report/page.hpp"

namespace relevo::cli {

// The sections of report.html, in their order; each writes itself into page.html.

void write_summary(Page& page);
void write_replan(Page& page);
void write_requests(Page& page);
void write_map(Page& page, const Boundaries& boundaries);
void write_hazards(Page& page);
void write_movements(Page& page);
void write_incidents(Page& page);
void write_drawdown(Page& page);
void write_worth(Page& page);
void write_escorts(Page& page);
void write_pools(Page& page);
void write_cost(Page& page);
void write_clauses(Page& page);
void write_baseline(Page& page);
void write_history(Page& page);
void write_conflicts(Page& page);
void write_sources(Page& page);
void write_findings(Page& page);

}  // namespace relevo::cli
