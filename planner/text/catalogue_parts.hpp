// SPDX-License-Identifier: MIT
#pragma once

#include "planner/text/message.hpp"

#include <span>

namespace relevo::text {

// The parts of the catalogue, one file each. catalogue() joins them in this order. A new sentence goes into the file of
// its subject; its key begins with the prefix given here.

/// Words of the field: "word.".
std::span<const Entry> vocabulary();
/// What is wrong with an input, and what to do about it: "input.", "remedy.".
std::span<const Entry> input_messages();
/// What became of fires, perimeters and detections of layers: "input.incidents.", "remedy.incidents.".
std::span<const Entry> incident_messages();
/// Why a request stays open: "reason.".
std::span<const Entry> reason_messages();
/// What would fill it, why a unit comes, and what more of something is worth: "change.", "explain.", "worth.".
std::span<const Entry> change_messages();
/// What check found: "violation.", "finding.".
std::span<const Entry> violation_messages();
/// Headings and sentences of the reports: "report.".
std::span<const Entry> report_messages();
/// Fires and hazards in the reports: "hazard.".
std::span<const Entry> hazard_messages();
/// Parts of the priority formula and inputs of the preparedness matrix, and remarks of the assessment: "assess.".
std::span<const Entry> assessment_messages();
/// What the command line says: "cli.".
std::span<const Entry> command_messages();
/// The workspace and its commands: "workspace.", "remedy.workspace.".
std::span<const Entry> workspace_messages();
/// Layers: what a file is, what keeps it from being read, what was found in it: "layer.", "remedy.layer.".
std::span<const Entry> layer_messages();
/// What differs between plans, what became of orders, and a plan against what happened: "compare.", "timeline.",
/// "evaluate.", and what is wrong with their tables.
std::span<const Entry> record_messages();
std::span<const Entry> replan_messages();

}  // namespace relevo::text
