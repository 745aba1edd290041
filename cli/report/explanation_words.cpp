// SPDX-License-Identifier: MIT
#include "cli/report/explanation_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace relevo::cli {

namespace {

using planner::Change;
using planner::ChangeProof;
using planner::LineChanges;
using planner::LineFilling;
using planner::ListedReason;
using planner::OfferedChange;
using planner::RequestIndex;
using planner::RunnerUp;
using planner::UnitsOfRow;

int unit_days(const std::vector<int>& series) {
  return std::accumulate(series.begin(), series.end(), 0);
}

}  // namespace

std::string ExplanationWords::kind_name(planner::KindIndex kind) const {
  const auto& record = scenario_->kinds.kinds[kind];
  const auto it = record.names.find(std::string(locale_.code()));
  return it == record.names.end() ? record.id : it->second;
}

std::string ExplanationWords::money(double amount) const {
  return locale_.money(amount, scenario_->policy.currency);
}

std::string ExplanationWords::line(RequestIndex index) const {
  const auto& request = scenario_->requests[index];
  const auto& fill = plan_.requests.at(index.value());
  const std::string wanted = locale_.whole(unit_days(fill.wanted));
  return say("explain.line",
             {{"line", request.id},
              {"kind", kind_name(request.kind)},
              {"place", request.incident ? scenario_->incidents[*request.incident].name
                                         : scenario_->agencies[request.borrower].name},
              {"priority", std::to_string(request.priority)},
              {"unmet", locale_.whole(unit_days(fill.unmet))},
              {"wanted", wanted},
              {"measure", say(request.measure == planner::Measure::People ? "cli.person_days" : "cli.unit_days",
                              {{"count", wanted}})}});
}

std::string ExplanationWords::rows(const std::vector<UnitsOfRow>& rows, std::size_t most) const {
  std::string text;
  for (std::size_t i = 0; i < rows.size() && i < most; ++i) {
    text += (i == 0 ? "" : ", ") + scenario_->units[rows[i].unit].id;
    if (rows[i].count > 1)
      text += fmt::format(" × {}", rows[i].count);
  }
  if (rows.size() > most)
    text += fmt::format(" + {}", rows.size() - most);
  return text;
}

std::string ExplanationWords::reason(const ListedReason& reason, std::size_t most_rows) const {
  // Rules hand over days as the tables write them.
  text::Message shown = reason.reason.why;
  for (auto& [name, value] : shown.args)
    if (const auto day = planner::parse_day(value))
      value = locale_.day(*day);
  std::string text = text::render(shown, lang_);
  if (!reason.units.empty())
    text += " [" + rows(reason.units, most_rows) + "]";
  return text;
}

std::string ExplanationWords::change(const Change& change) const {
  text::Message message = planner::describe(scenario_, change);
  if (change.unit)
    message.args.emplace_back("kind", kind_name(scenario_->units[*change.unit].kind));
  else if (change.unit_kind)
    message.args.emplace_back("kind", kind_name(*change.unit_kind));
  return text::render(message, lang_);
}

std::string ExplanationWords::displaced(const LineFilling& filling) const {
  std::string lines;
  for (const auto& other : filling.displaced) {
    const auto& request = scenario_->requests[other.request];
    lines += lines.empty() ? "" : ", ";
    lines += say(
        "explain.displaced_line",
        {{"more", locale_.whole(other.more)}, {"line", request.id}, {"priority", std::to_string(request.priority)}});
  }
  return lines.empty() ? "" : say("explain.displaced", {{"lines", lines}});
}

std::string ExplanationWords::offer(const LineChanges& changes, const OfferedChange& offer) const {
  return say(offer.filling.cost < 0.0 ? "explain.offer_saves" : "explain.offer",
             {{"change", change(offer.change)},
              {"unmet", locale_.whole(offer.filling.unmet)},
              {"now", locale_.whole(changes.unmet)},
              {"displaced", displaced(offer.filling)},
              {"cost", money(std::abs(offer.filling.cost))}});
}

std::string ExplanationWords::reassigned(const LineChanges& changes) const {
  return say("explain.reassigned", {{"unmet", locale_.whole(changes.reassigned->unmet)},
                                    {"now", locale_.whole(changes.unmet)},
                                    {"displaced", displaced(*changes.reassigned)}});
}

std::string ExplanationWords::no_offer(const LineChanges& changes) const {
  const bool is_exact = changes.proof == ChangeProof::Exact;
  return say(is_exact                                 ? "explain.no_offer"
             : changes.ruled_out == changes.catalogue ? "explain.no_offer.ruled_out"
             : changes.ruled_out > 0                  ? "explain.no_offer.in_part"
                                                      : "explain.no_offer.not_found",
             {{"tried", locale_.whole(static_cast<long long>(changes.tried))},
              {"catalogue", locale_.whole(static_cast<long long>(changes.catalogue))},
              {"ruled_out", locale_.whole(static_cast<long long>(changes.ruled_out))},
              {"unmet", locale_.whole(changes.unmet)},
              {"least", locale_.whole(changes.least_unmet)}});
}

std::vector<std::string> ExplanationWords::remarks(const LineChanges& changes) const {
  std::vector<std::string> remarks;
  const int others_could = changes.unmet - changes.unavoidable;
  remarks.push_back(say(changes.unavoidable == 0 ? "explain.unavoidable.none"
                        : others_could == 0      ? "explain.unavoidable.all"
                                                 : "explain.unavoidable.some",
                        {{"unavoidable", locale_.whole(changes.unavoidable)},
                         {"others", locale_.whole(others_could)},
                         {"unmet", locale_.whole(changes.unmet)}}));
  if (changes.offers.empty() && changes.undecided.empty() && changes.is_complete)
    remarks.push_back(no_offer(changes));
  if (!changes.undecided.empty())
    remarks.push_back(say("explain.undecided", {{"count", std::to_string(changes.undecided.size())}}));
  if (!changes.is_complete)
    remarks.push_back(say("explain.more_changes"));
  if (changes.proof == ChangeProof::Exact)
    remarks.push_back(say("explain.proof.exact"));
  else if (changes.ruled_out < changes.catalogue)  // else what is said is proved of all plans
    remarks.push_back(say("explain.proof.part"));
  return remarks;
}

std::string ExplanationWords::unit(const planner::Assignment& assignment) const {
  const auto& unit = scenario_->units[assignment.unit];
  return say("explain.unit", {{"unit", unit.id},
                              {"ordinal", std::to_string(assignment.ordinal)},
                              {"agency", scenario_->agencies[unit.agency].name},
                              {"depart", locale_.short_day(assignment.depart)},
                              {"arrive", locale_.short_day(assignment.arrive)},
                              {"home", locale_.short_day(assignment.home)},
                              {"agreement", scenario_->agreements[assignment.agreement].id},
                              {"clauses", fmt::format("{}", fmt::join(assignment.clauses, ", "))}});
}

std::string ExplanationWords::runner_up(const RunnerUp& runner_up) const {
  const std::string& line = scenario_->requests[runner_up.line].id;
  const std::string& unit = scenario_->units[runner_up.unit].id;
  if (!runner_up.is_possible)
    return say("explain.pinned", {{"line", line}, {"unit", unit}});
  const std::string instead =
      runner_up.instead.empty() ? say("explain.nobody") : rows(runner_up.instead, runner_up.instead.size());
  std::string text = say("explain.runner_up", {{"line", line},
                                               {"unit", unit},
                                               {"points", locale_.decimal(runner_up.objective, 1)},
                                               {"need", locale_.decimal(runner_up.need, 1)},
                                               {"cost", money(runner_up.cost)},
                                               {"unmet", locale_.whole(runner_up.unmet)},
                                               {"instead", instead}});
  if (!runner_up.is_proved)
    text += " " + say("explain.not_proved");
  return text;
}

std::vector<std::string> ExplanationWords::why(const planner::ExplainedUnit& explained) const {
  const auto& assignment = plan_.assignments.at(explained.assignment);
  if (assignment.commitment)
    return {say("explain.commitment")};
  if (assignment.escort)
    return {say("explain.escort", {{"borrower", scenario_->agencies[assignment.borrower].name}})};
  std::vector<std::string> sentences;
  std::transform(explained.runner_ups.begin(), explained.runner_ups.end(), std::back_inserter(sentences),
                 [&](const RunnerUp& r) { return runner_up(r); });
  return sentences;
}

}  // namespace relevo::cli
