// SPDX-License-Identifier: MIT
#include "cli/summary.hpp"

#include "cli/report/figures.hpp"
#include "cli/report/locale.hpp"
#include "cli/report/plan_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace relevo::cli {

namespace {

using planner::Assignment;
using planner::Contingent;
using planner::Kind;
using planner::KindIndex;
using planner::Measure;
using planner::PlanResult;
using planner::PlanStatus;
using planner::Request;
using planner::RequestFill;
using planner::RequestStatus;
using planner::ReserveLine;
using planner::Unit;

// Together with headings and the last line these keep the whole within 25 lines.
constexpr std::size_t kOpenLines = 4;
constexpr std::size_t kFirmLines = 2;
constexpr std::size_t kOutlookLines = 3;
constexpr std::size_t kLenderLines = 2;
constexpr std::size_t kWidth = 150;

/// At most `width` characters, cut at a blank.
std::string clipped(const std::string& line, std::size_t width) {
  std::size_t characters = 0;
  std::size_t cut = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if ((static_cast<unsigned char>(line[i]) & 0xC0U) == 0x80U)
      continue;
    if (line[i] == ' ' && characters < width)
      cut = i;
    if (++characters > width)
      return line.substr(0, cut) + " ...";
  }
  return line;
}

/// The reason with ids in place of the agencies' names, which are long.
std::string short_reason(text::Message why, text::Lang lang) {
  const auto ids =
      std::find_if(why.args.begin(), why.args.end(), [](const auto& a) { return a.first == "agency_ids"; });
  for (auto& [name, value] : why.args)
    if (name == "agencies" && ids != why.args.end())
      value = ids->second;
  return text::render(why, lang);
}

class Summary {
 public:
  Summary(const ReportInput& input, bool has_baseline)
      : input_(input), has_baseline_(has_baseline), locale_(input.lang) {}

  std::string text(const std::string& report) {
    const auto& data = input_.scenario.data();
    line(say("cli.heading",
             {{"title", data.title}, {"day", locale_.day(data.as_of)}, {"days", std::to_string(data.horizon.days)}}));
    proof();
    coverage();
    open_lines();
    movements();
    lenders();
    if (!report.empty())
      line(say("cli.report_at", {{"path", report}}));
    return std::move(out_);
  }

 private:
  using Args = std::vector<std::pair<std::string, std::string>>;
  std::string say(const char* key, Args args = {}) const { return text::render({key, std::move(args)}, input_.lang); }
  void line(const std::string& text) { out_ += clipped(text, kWidth) + "\n"; }
  void heading(const std::string& text) { line(text); }
  void item(const std::string& text) { line("  " + text); }
  void more(std::size_t all, std::size_t shown) {
    if (all > shown)
      item(say("cli.more", {{"count", std::to_string(all - shown)}}));
  }
  std::string name_of(KindIndex kind) const {
    const Kind& k = input_.scenario->kinds.kinds[kind];
    const auto it = k.names.find(std::string(locale_.code()));
    return it == k.names.end() ? k.id : it->second;
  }

  void proof() {
    const PlanResult& result = input_.plan.result;
    const std::string cost = locale_.money(result.vector.cost.value(), input_.scenario->policy.currency);
    const std::string need = locale_.whole(std::lround(result.vector.need.value()));
    if (result.status == PlanStatus::Interrupted)
      line(say("cli.interrupted"));
    if (result.status == PlanStatus::Optimal)
      line(say("cli.proof.optimal"));
    else
      line(say("cli.proof.gap", {{"gap", locale_.percent(result.gap)},
                                 {"status", "cli.proof.status." + std::string(word_of(result.status))}}));
    if (has_baseline_)
      line(say("cli.against_baseline",
               {{"need", need},
                {"cost", cost},
                {"baseline", locale_.whole(std::lround(input_.baseline.result.vector.need.value()))}}));
    else
      line(say("cli.against_nothing", {{"need", need}, {"cost", cost}}));
  }

  /// Shares per kind, since a pump is no crew: "Hand crew 88%, Helicopter 100%".
  void coverage() {
    const Coverage c = coverage_of(input_.plan, input_.scenario.data());
    std::string shares;
    for (const auto& [kind, days] : c.kinds)
      shares += fmt::format("{}{} {}", shares.empty() ? "" : ", ", name_of(kind), locale_.percent(days.share()));
    line(say(c.cancelled > 0 ? "cli.covered_cancelled" : "cli.covered", {{"filled", std::to_string(c.filled)},
                                                                         {"lines", std::to_string(c.lines())},
                                                                         {"partial", std::to_string(c.partial)},
                                                                         {"cancelled", std::to_string(c.cancelled)},
                                                                         {"shares", shares}}));
  }

  void open_lines() {
    std::vector<const RequestFill*> open;
    for (const auto& fill : input_.plan.requests)
      if (fill.status != RequestStatus::Filled)
        open.push_back(&fill);
    std::stable_sort(open.begin(), open.end(), [&](const auto* a, const auto* b) {
      return std::tuple(a->status == RequestStatus::Partial, input_.scenario->requests[a->request].priority) <
             std::tuple(b->status == RequestStatus::Partial, input_.scenario->requests[b->request].priority);
    });
    if (open.empty()) {
      line(say("cli.nothing_open"));
      return;
    }
    heading(say("cli.open"));
    for (std::size_t i = 0; i < open.size() && i < kOpenLines; ++i) {
      const Request& request = input_.scenario->requests[open[i]->request];
      const auto sum = [](const std::vector<int>& v) { return std::accumulate(v.begin(), v.end(), 0L); };
      item(say("cli.open.line",
               {{"request", request.id},
                {"kind", name_of(request.kind)},
                {"unmet", locale_.whole(sum(open[i]->unmet))},
                {"wanted", locale_.whole(sum(open[i]->wanted))},
                {"measure", say(request.measure == Measure::People ? "cli.person_days" : "cli.unit_days",
                                {{"count", locale_.whole(sum(open[i]->wanted))}})},
                {"reason", short_reason(open[i]->reason.why, input_.lang)}}));
    }
    more(open.size(), kOpenLines);
  }

  /// "2 Hand crew, 1 Contingent lead"
  std::string units_of(const std::string& contingent) const {
    std::map<KindIndex, int> counts;
    for (const auto& a : input_.plan.assignments)
      if (a.contingent_id == contingent)
        ++counts[input_.scenario->units[a.unit].kind];
    std::string text;
    for (const auto& [kind, count] : counts)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, name_of(kind));
    return text;
  }

  void contingents(const std::vector<const Contingent*>& list, std::size_t most) {
    if (list.empty())
      item(say("cli.nobody_moves"));
    for (std::size_t i = 0; i < list.size() && i < most; ++i) {
      const Contingent& c = *list[i];
      const auto& data = input_.scenario.data();
      item(say("cli.contingent", {{"depart", locale_.short_day(c.depart)},
                                  {"lender", data.agencies[c.lender].id},
                                  {"borrower", data.agencies[c.borrower].id},
                                  {"persons", std::to_string(c.persons)},
                                  {"units", units_of(c.id)},
                                  {"agreement", data.agreements[c.agreement].id},
                                  {"home", locale_.short_day(c.home)}}));
    }
    more(list.size(), most);
  }

  void movements() {
    heading(say("cli.firm", {{"hours", std::to_string(input_.scenario->policy.firm_hours.value)}}));
    const auto soon = movements_within_firm_hours(input_);
    contingents(soon.departing, kFirmLines);
    std::vector<const Contingent*> later;
    for (const auto& c : input_.plan.contingents)
      if (!c.commitment && std::find(soon.departing.begin(), soon.departing.end(), &c) == soon.departing.end())
        later.push_back(&c);
    if (later.empty())
      return;
    // Where not all can be shown, the largest are what a coordinator must know of.
    std::stable_sort(later.begin(), later.end(),
                     [](const Contingent* a, const Contingent* b) { return a->persons > b->persons; });
    heading(say("cli.outlook"));
    contingents(later, kOutlookLines);
  }

  struct Low {
    const ReserveLine* line = nullptr;
    std::size_t day = 0;
    int home = 0;
    double share = 1.0;
  };

  /// Whether this plan, not an earlier one, sends units of the line.
  bool sends_anew(const ReserveLine& line) const {
    const auto& data = input_.scenario.data();
    return std::any_of(input_.plan.assignments.begin(), input_.plan.assignments.end(), [&](const Assignment& a) {
      const Unit& unit = data.units[a.unit];
      return !a.commitment && !a.escort && unit.agency == line.agency && unit.kind == line.kind &&
             !data.agreements[a.agreement].own_forces;
    });
  }

  void lenders() {
    std::vector<Low> lows;
    for (const auto& line : input_.plan.reserve) {
      Low low{&line, 0, 0, 2.0};
      for (std::size_t t = 0; t < line.available.size(); ++t) {
        if (line.available[t] == 0)
          continue;
        const int home = std::max(0, line.available[t] - line.away[t]);
        const double share = static_cast<double>(home) / line.available[t];
        if (share < low.share)
          low = {&line, t, home, share};
      }
      if (sends_anew(line) && low.share <= 1.0)
        lows.push_back(low);
    }
    std::stable_sort(lows.begin(), lows.end(), [](const Low& a, const Low& b) { return a.share < b.share; });
    if (lows.empty())
      return;
    heading(say("cli.lenders"));
    const auto& data = input_.scenario.data();
    for (std::size_t i = 0; i < lows.size() && i < kLenderLines; ++i) {
      const Low& low = lows[i];
      item(say("cli.lender", {{"lender", data.agencies[low.line->agency].id},
                              {"kind", name_of(low.line->kind)},
                              {"home", std::to_string(low.home)},
                              {"available", std::to_string(low.line->available[low.day])},
                              {"day", locale_.short_day(data.horizon.day(static_cast<int>(low.day)))},
                              {"level", std::to_string(low.line->level[low.day])},
                              {"reserve", std::to_string(low.line->reserve[low.day])}}));
    }
    more(lows.size(), kLenderLines);
  }

  const ReportInput& input_;
  bool has_baseline_;
  Locale locale_;
  std::string out_;
};

}  // namespace

std::string summary_text(const ReportInput& input, bool has_baseline, const std::string& report) {
  return Summary(input, has_baseline).text(report);
}

std::string changes_text(const ReportInput& input) {
  if (!input.replan)
    return {};
  constexpr std::size_t kMost = 10;
  const auto say = [&](const text::Message& message) { return text::render(message, input.lang); };
  const auto& replan = *input.replan;
  std::string out =
      fmt::format("{}\n  {}\n", say({"replan.heading", {}}),
                  say({"replan.kept",
                       {{"kept", std::to_string(replan.disturbance.announced - replan.disturbance.changed)},
                        {"announced", std::to_string(replan.disturbance.announced)}}}));
  if (replan.changes.empty())
    out += fmt::format("  {}\n", say({"replan.none", {}}));
  for (std::size_t i = 0; i < replan.changes.size() && i < kMost; ++i)
    out += clipped(
               fmt::format("  {} {}", say(replan.changes[i].sentence), short_reason(replan.changes[i].why, input.lang)),
               kWidth) +
           "\n";
  if (replan.changes.size() > kMost)
    out += fmt::format("  {}\n", say({"replan.more", {{"count", std::to_string(replan.changes.size() - kMost)}}}));
  return out;
}

}  // namespace relevo::cli
