// SPDX-License-Identifier: MIT
#include "cli/report/evaluation_report.hpp"

#include "cli/report/assets.hpp"
#include "cli/report/figure_table.hpp"
#include "cli/report/kind_names.hpp"
#include "cli/report/locale.hpp"

#include <fmt/format.h>

#include <vector>

namespace relevo::cli {

namespace {

using planner::Days;
using planner::EvaluatedLender;
using planner::Evaluation;
using planner::FillFigures;
using planner::Measure;

using Args = std::vector<std::pair<std::string, std::string>>;

class EvaluationWords {
 public:
  explicit EvaluationWords(const EvaluationInput& input)
      : input_(input), evaluation_(input.evaluation), names_(input.kinds, input.lang), locale_(input.lang) {}

  std::string say(const char* key, Args args = {}) const { return text::render({key, std::move(args)}, input_.lang); }
  const Locale& locale() const noexcept { return locale_; }

  std::string title() const {
    return say("evaluate.title", {{"title", input_.plan.title.empty() ? input_.plan.scenario : input_.plan.title}});
  }

  /// What is set beside what.
  std::vector<std::string> remarks() const {
    const auto& horizon = input_.plan.horizon;
    std::vector<std::string> all{
        say("evaluate.plan", {{"name", input_.plan.name},
                              {"day", locale_.day(input_.plan.as_of)},
                              {"days", locale_.range(horizon.first, horizon.last() - Days{1})}}),
        say("evaluate.rows", {{"actuals", input_.actuals},
                              {"rows", std::to_string(evaluation_.rows)},
                              {"assumed", std::to_string(evaluation_.rows_assumed)}})};
    if (evaluation_.rows_without_cost > 0)
      all.push_back(say("evaluate.without_cost", {{"count", std::to_string(evaluation_.rows_without_cost)}}));
    if (evaluation_.rows_without_tour > 0)
      all.push_back(say("evaluate.without_tour", {{"count", std::to_string(evaluation_.rows_without_tour)}}));
    return all;
  }

  std::vector<FigureTable> tables() const {
    std::vector<FigureTable> all{priorities(), lines(), arrivals(), duty()};
    if (auto reserve = reserves(); !reserve.rows.empty())
      all.push_back(std::move(reserve));
    if (auto payers = costs(); !payers.rows.empty())
      all.push_back(std::move(payers));
    return all;
  }

 private:
  std::string measure(Measure of) const {
    return say(of == Measure::People ? "cli.person_days" : "cli.unit_days", {{"count", "2"}});
  }

  std::string share(int part, int whole) const {
    return whole == 0 ? std::string("–") : locale_.percent(static_cast<double>(part) / whole);
  }

  std::vector<std::string> fill_row(std::string name, const FillFigures& fill) const {
    return {std::move(name),
            locale_.whole(fill.wanted),
            locale_.whole(fill.planned),
            share(fill.planned, fill.wanted),
            locale_.whole(fill.actual),
            share(fill.actual, fill.wanted),
            with_sign(fill.actual - fill.planned)};
  }

  std::string with_sign(int value) const {
    return value == 0 ? std::string("0") : fmt::format("{}{}", value > 0 ? "+" : "−", locale_.whole(std::abs(value)));
  }

  std::vector<std::string> fill_headings(const char* first) const {
    return {say(first), say("evaluate.wanted"),    say("evaluate.planned"), "%", say("evaluate.there"),
            "%",        say("evaluate.difference")};
  }

  FigureTable priorities() const {
    FigureTable table{.caption = say("evaluate.priorities"), .headings = fill_headings("evaluate.priority")};
    for (const auto& sum : evaluation_.priorities)
      table.rows.push_back(fill_row(fmt::format("{}, {}", sum.priority, measure(sum.measure)), sum.fill));
    return table;
  }

  FigureTable lines() const {
    FigureTable table{.caption = say("evaluate.lines"), .headings = fill_headings("evaluate.line")};
    for (const auto& line : evaluation_.lines)
      table.rows.push_back(
          fill_row(fmt::format("{} {} ({})", line.request, names_.name(line.kind), line.priority), line.fill));
    return table;
  }

  /// "12 / 10": planned, then what was there.
  std::string both(const std::string& planned, const std::string& actual) const {
    return fmt::format("{} / {}", planned, actual);
  }
  std::string both(int planned, int actual) const { return both(locale_.whole(planned), locale_.whole(actual)); }

  template <class Row>
  void lender_rows(FigureTable& table, const Row& row) const {
    // Who neither was to send anybody nor did has nothing to show.
    for (const auto& lender : evaluation_.lenders)
      if (lender.planned.units + lender.actual.units + lender.planned.reserve_below + lender.actual.reserve_below > 0)
        table.rows.push_back(row(lender.agency, lender));
    table.rows.push_back(row(say("evaluate.season"), evaluation_.season));
  }

  FigureTable arrivals() const {
    FigureTable table{.caption = say("evaluate.arrivals"),
                      .note = say("evaluate.both"),
                      .headings = {say("evaluate.lender"), say("evaluate.units"), say("evaluate.people"),
                                   say("evaluate.line_days"), say("evaluate.days_late"), say("evaluate.days_early"),
                                   say("evaluate.missing"), say("evaluate.unplanned")}};
    lender_rows(table, [&](const std::string& name, const EvaluatedLender& lender) {
      const auto& came = lender.arrivals;
      return std::vector<std::string>{name,
                                      both(lender.planned.units, lender.actual.units),
                                      both(lender.planned.persons, lender.actual.persons),
                                      both(lender.planned.line_days, lender.actual.line_days),
                                      locale_.whole(came.days_late),
                                      locale_.whole(came.days_early),
                                      locale_.whole(came.missing),
                                      locale_.whole(came.unplanned)};
    });
    return table;
  }

  FigureTable duty() const {
    FigureTable table{.caption = say("evaluate.duty"),
                      .note = say("evaluate.both"),
                      .headings = {say("evaluate.lender"), say("evaluate.over_tour"), say("evaluate.reserve_below"),
                                   say("evaluate.cost")}};
    lender_rows(table, [&](const std::string& name, const EvaluatedLender& lender) {
      return std::vector<std::string>{
          name, both(lender.planned.over_tour, lender.actual.over_tour),
          both(lender.planned.reserve_below, lender.actual.reserve_below),
          both(money(lender.planned.cost), lender.rows_with_cost == 0 ? std::string("–") : money(lender.actual.cost))};
    });
    return table;
  }

  FigureTable reserves() const {
    FigureTable table{.caption = say("evaluate.reserves"),
                      .note = say("evaluate.both"),
                      .headings = {say("evaluate.lender_kind"), say("evaluate.least_home"), say("evaluate.on_day"),
                                   say("evaluate.reserve_below")}};
    for (const auto& line : evaluation_.reserve)
      if (line.planned.days_below + line.actual.days_below > 0)
        table.rows.push_back({fmt::format("{}, {}", line.agency, names_.name(line.kind)),
                              both(line.planned.least_home, line.actual.least_home),
                              both(locale_.short_day(line.planned.least_day), locale_.short_day(line.actual.least_day)),
                              both(line.planned.days_below, line.actual.days_below)});
    return table;
  }

  FigureTable costs() const {
    FigureTable table{.caption = say("evaluate.payers"),
                      .note = say("evaluate.cost_note"),
                      .headings = {say("evaluate.payer"), say("evaluate.planned_new"), say("evaluate.there_rows")}};
    for (const auto& payer : evaluation_.payers)
      table.rows.push_back({payer.payer.empty() ? say("report.cost.not_stated") : payer.payer, money(payer.planned),
                            money(payer.actual)});
    return table;
  }

  std::string money(planner::Money amount) const { return locale_.money(amount.value(), input_.plan.currency); }

  const EvaluationInput& input_;
  const Evaluation& evaluation_;
  KindNames names_;
  Locale locale_;
};

constexpr std::string_view kEvaluationContentPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

void write_head(HtmlWriter& html, const std::string& title) {
  const auto head = html.in("head");
  html.empty("meta", {{"charset", "utf-8"}});
  html.empty("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", kEvaluationContentPolicy}});
  html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.empty("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  html.empty("meta", {{"name", "generator"}, {"content", "Relevo"}});
  html.element("title", title);
  const auto style = html.in("style");
  html.raw(assets::report_css());
}

void write_body(HtmlWriter& html, const EvaluationWords& words) {
  const auto body = html.in("body");
  {
    const auto header = html.in("header", {{"class", "page"}});
    html.element("p", {{"class", "eyebrow"}}, words.say("evaluate.eyebrow"));
    html.element("h1", words.title());
    for (const auto& remark : words.remarks())
      html.element("p", {{"class", "as-of"}}, remark);
  }
  const auto main = html.in("main", {{"id", "main"}});
  for (const auto& table : words.tables()) {
    const auto section = html.in("section");
    html.element("h2", table.caption);
    write_table(html, table);
  }
}

}  // namespace

std::string evaluation_text(const EvaluationInput& input) {
  const EvaluationWords words(input);
  std::string out = words.title() + "\n";
  for (const auto& remark : words.remarks())
    out += remark + "\n";
  for (const auto& table : words.tables())
    out += "\n" + text_of(table);
  return out;
}

std::string evaluation_html(const EvaluationInput& input) {
  const EvaluationWords words(input);
  HtmlWriter html;
  html.raw("<!DOCTYPE html>\n");
  {
    const auto page = html.in("html", {{"lang", words.locale().code()}});
    write_head(html, words.title());
    write_body(html, words);
  }
  return html.take();
}

}  // namespace relevo::cli
