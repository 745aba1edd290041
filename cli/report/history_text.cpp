// SPDX-License-Identifier: MIT
#include "cli/report/history_text.hpp"

#include "cli/report/kind_names.hpp"
#include "cli/report/locale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace relevo::cli {

namespace {

using planner::Day;
using planner::Days;
using planner::Measure;
using planner::OrderEntry;
using planner::OrderTimeline;
using planner::Request;
using planner::ScenarioData;

using Args = std::vector<std::pair<std::string, std::string>>;

bool is_key(const std::string& key) {
  return std::ranges::any_of(text::catalogue(), [&](const text::Entry& entry) { return entry.key == key; });
}

class HistoryWords {
 public:
  HistoryWords(const ScenarioData& data, text::Lang lang)
      : data_(data), names_(data.kinds, lang), locale_(lang), lang_(lang) {}

  std::string paragraph(const OrderTimeline& timeline) const {
    const auto& request = data_.requests[timeline.request];
    std::string out = heading(request, timeline) + "\n";
    for (const auto& entry : timeline.entries)
      out += fmt::format("  {}  {}\n", date(entry), sentence(request, entry));
    return out;
  }

 private:
  std::string say(const std::string& key, Args args = {}) const { return text::render({key, std::move(args)}, lang_); }

  std::string heading(const Request& request, const OrderTimeline& timeline) const {
    const bool in_people = request.measure == Measure::People;
    Args args{
        {"request", request.id},
        {"quantity", locale_.whole(request.quantity)},
        {"measure",
         say(in_people ? "timeline.people" : "timeline.units", {{"count", std::to_string(request.quantity)}})},
        {"kind", names_.name(data_.kinds.kinds[request.kind].id)},
        {"place", request.incident ? data_.incidents[*request.incident].name : data_.agencies[request.borrower].name},
        {"priority", std::to_string(request.priority)},
        {"state", state_key(timeline.state)}};
    if (request.need.empty())
      return say("timeline.cancelled", std::move(args));
    args.emplace_back("days", locale_.short_range(request.need.first, request.need.last - Days{1}));
    return say("timeline.order", std::move(args));
  }

  static std::string state_key(OrderEntry::State state) { return "timeline.state." + std::string(word_of(state)); }

  /// As wide as the widest date, so that the states stand below one another.
  std::string date(const OrderEntry& entry) const {
    constexpr std::size_t kWidth = 14;
    std::string text = entry.when ? locale_.short_day(*entry.when) : say("timeline.no_date");
    const auto characters =
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    text.append(kWidth - std::min(kWidth, static_cast<std::size_t>(characters)), ' ');
    return text;
  }

  std::string sentence(const Request& request, const OrderEntry& entry) const {
    std::string text = say(state_key(entry.state));
    if (entry.expected)
      text = say("timeline.expected", {{"state", text}});
    for (const auto& part : parts(request, entry))
      text += ", " + part;
    // A line that is filled has a sentence too, which says no more.
    for (const auto& reason : {entry.reason_code.empty() ? std::string{} : said(entry.why, lang_), entry.reason})
      if (!reason.empty())
        text = say("timeline.reason", {{"entry", text}, {"reason", reason}});
    const std::string source = entry.source.empty() ? std::string{} : "; " + entry.source;
    return fmt::format("{} [{}{}]", text,
                       say("timeline.origin." + std::string(word_of(entry.origin)), {{"name", entry.name}}), source);
  }

  std::vector<std::string> parts(const Request& request, const OrderEntry& entry) const {
    const bool in_people = request.measure == Measure::People;
    std::vector<std::string> all;
    if (!entry.agency.empty())
      all.push_back(entry.agency);
    if (entry.quantity > 0)
      all.push_back(fmt::format(
          "{} {}", entry.quantity,
          say(in_people ? "timeline.people" : "timeline.units", {{"count", std::to_string(entry.quantity)}})));
    if (!entry.unit.empty())
      all.push_back(entry.unit);
    if (!entry.to_request.empty())
      all.push_back(say("timeline.to", {{"request", entry.to_request}}));
    if (entry.until)
      all.push_back(say("timeline.until", {{"day", locale_.short_day(*entry.until)}}));
    // What a filled line leaves are days off in place.
    if (entry.wanted > 0 && entry.unmet > 0 && entry.state != OrderEntry::State::Filled)
      all.push_back(say("timeline.open", {{"unmet", locale_.whole(entry.unmet)},
                                          {"wanted", locale_.whole(entry.wanted)},
                                          {"measure", say(in_people ? "cli.person_days" : "cli.unit_days",
                                                          {{"count", std::to_string(entry.wanted)}})}}));
    if (!entry.reason_code.empty())
      all.push_back(code(entry.reason_code));
    return all;
  }

  /// In words where the code has some of its own; a plan's reason brings its sentence along.
  std::string code(const std::string& reason_code) const {
    const std::string key = "timeline.code." + reason_code;
    return is_key(key) ? say(key) : say("timeline.code", {{"code", reason_code}});
  }

  const ScenarioData& data_;
  KindNames names_;
  Locale locale_;
  text::Lang lang_;
};

}  // namespace

std::string said(const text::Message& message, text::Lang lang) {
  if (message.key.empty() || !is_key(message.key))
    return {};
  try {
    return text::render(message, lang);
  } catch (const std::logic_error&) {
    // A plan from elsewhere: the sentence is ours, its arguments are not.
    return {};
  }
}

std::string history_text(const planner::Scenario& scenario, const std::vector<OrderTimeline>& timelines,
                         text::Lang lang) {
  const HistoryWords words(scenario.data(), lang);
  std::string out;
  for (const auto& timeline : timelines)
    out += (out.empty() ? "" : "\n") + words.paragraph(timeline);
  return out;
}

}  // namespace relevo::cli
