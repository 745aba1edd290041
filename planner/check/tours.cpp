// SPDX-License-Identifier: MIT
// (D2) and (D7) of docs/model.md: what the days of one deployment are, tour by tour and block by block.
#include "planner/check/tours.hpp"

#include <algorithm>

namespace relevo::planner::checking {

namespace {

bool has_commitment(const ScenarioData& data, const Timeline& timeline) {
  return std::ranges::any_of(data.commitments, [&](const Commitment& commitment) {
    return commitment.unit == timeline.assignment->unit &&
           std::ranges::find(commitment.ordinals, timeline.assignment->ordinal) != commitment.ordinals.end();
  });
}

// w: whoever has rested at home starts afresh, and so does whoever comes from a commitment.
int days_worked_before(const ScenarioData& data, const Timeline& timeline) {
  if (!timeline.has_tours() || has_commitment(data, timeline))
    return 0;
  const Day fresh = std::max(timeline.unit->available.first, data.as_of) + Days{timeline.rules.rest};
  return timeline.away_first() < fresh ? timeline.unit->days_worked : 0;
}

}  // namespace

std::vector<Block> blocks_of(const Timeline& timeline) {
  std::vector<Block> blocks;
  int off = 0;
  for (const DutyDay& duty : timeline.duties) {
    if (duty.duty == Duty::Off) {
      ++off;
      continue;
    }
    const auto& request = timeline.stint_of(duty).request;
    if (blocks.empty() || off > 0 || blocks.back().request != request)
      blocks.push_back({.request = request, .first = duty.day, .last_line = std::nullopt, .off_before = off});
    off = 0;
    Block& block = blocks.back();
    ++block.duty_days;
    if (duty.duty == Duty::Line) {
      ++block.line_days;
      block.last_line = duty.day;
    }
  }
  return blocks;
}

TourSequence tours_of(const ScenarioData& data, const Timeline& timeline) {
  const TourRules& rules = timeline.rules;
  TourSequence sequence;
  for (const Block& block : blocks_of(timeline)) {
    if (sequence.tours.empty())
      sequence.off_before = block.off_before;
    if (sequence.tours.empty() || block.off_before > 0)
      sequence.tours.push_back({.first = block.first, .most = rules.most_duty_days, .off_before = block.off_before});
    sequence.tours.back().duty_days += block.duty_days;
  }
  const auto is_off = [](const DutyDay& duty) { return duty.duty == Duty::Off; };
  const auto last_duty = std::find_if_not(timeline.duties.rbegin(), timeline.duties.rend(), is_off);
  sequence.off_after = static_cast<int>(last_duty - timeline.duties.rbegin());
  if (sequence.tours.empty())
    return sequence;
  sequence.tours.front().most -= days_worked_before(data, timeline);
  if (rules.days_off == 0) {
    int left = sequence.tours.front().most + (rules.most_tours - 1) * rules.most_duty_days;
    for (Tour& tour : sequence.tours) {
      tour.most = left;
      left -= tour.duty_days;
    }
  }
  return sequence;
}

int extension_days(const TourSequence& sequence) {
  int days = 0;
  for (const Tour& tour : sequence.tours)
    days += std::clamp(tour.beyond(), 0, tour.duty_days);
  return days;
}

int reliefs_of(const Timeline& timeline) {
  if (!timeline.kind->relieved || timeline.duties.empty() || timeline.outward == nullptr)
    return 0;
  const Day first = timeline.away_first() + Days{timeline.outward->days};
  const int present = days_between(first, timeline.duties.back().day) + 1;
  return present <= 0 ? 0 : (present - 1) / std::max(timeline.agreement->tour.max_line_days.value, 1);
}

}  // namespace relevo::planner::checking
