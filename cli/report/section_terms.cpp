// SPDX-License-Identifier: MIT
#include "cli/report/figures.hpp"
#include "cli/report/plan_words.hpp"
#include "cli/report/sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace relevo::cli {

namespace {

using planner::Agreement;
using planner::AgreementIndex;
using planner::Provenance;
using planner::Standing;

double item_of(const std::map<std::string, double>& items, const std::string& name) {
  const auto it = items.find(name);
  return it == items.end() ? 0.0 : it->second;
}

void write_cost_row(Page& page, const std::string& payer, const std::string& agreement,
                    const std::map<std::string, double>& items, double total) {
  const auto amount = [&](double value) { return value == 0.0 ? std::string("–") : page.locale.decimal(value, 0); };
  const auto row = page.html.in("tr");
  page.row_heading(payer);
  page.cell(agreement);
  for (const char* item : {"wages", "travel", "lodging"}) {
    page.number_cell(amount(item_of(items, item)));
  }
  page.number_cell(amount(total));
}

/// A term of an agreement in words, and where it stands.
struct Term {
  std::string name;
  std::string value;
  Provenance from;
};

class Terms {
 public:
  Terms(const Page& page, const Agreement& agreement) : page_(page), agreement_(agreement) {}

  std::vector<Term> all() {
    add("report.term.agreement", agreement_.instrument.empty() ? agreement_.title : agreement_.instrument,
        agreement_.from);
    add_channel();
    add_kinds();
    add_tour();
    add_mobilization();
    for (const auto& escort : agreement_.escorts) {
      add_escort(escort);
    }
    if (!agreement_.language.working.empty()) {
      add("report.term.language", joined(languages()), agreement_.language.from);
    }
    for (const auto& [item, payer] : agreement_.cost.payer) {
      add("report.term.payer",
          page_.say("report.term.pays." + std::string(payer.value == planner::Payer::Lender ? "lender" : "borrower"),
                    {{"item", item_name(item)}}),
          payer.from);
    }
    if (agreement_.recall_notice_hours.value) {
      add("report.term.recall", page_.say_count("report.hours", *agreement_.recall_notice_hours.value),
          agreement_.recall_notice_hours.from);
    }
    add("report.term.precedence",
        page_.say(fmt::format("report.tier.{}", std::clamp(agreement_.precedence.tier, 0, 3))),
        agreement_.precedence.from);
    return std::move(terms_);
  }

  std::string item_name(const std::string& item) const {
    static const std::set<std::string> known = {"wages", "travel", "lodging"};
    return known.contains(item) ? page_.say("word." + item) : item;
  }

 private:
  void add(std::string_view key, const std::string& value, const Provenance& from) {
    // A term without a clause of its own was not written in the agreement's file: it is a default that means "no rule".
    if (!from.clause.empty() || !from.source.empty()) {
      terms_.push_back({capitalized(page_.say(key)), value, from});
    }
  }
  void add_days(std::string_view key, const planner::Provision<int>& term) {
    add(key, page_.say_count("report.day_count", term.value), term.from);
  }
  static std::string joined(const std::vector<std::string>& items) {
    std::string out;
    for (const auto& item : items) {
      out += out.empty() ? item : ", " + item;
    }
    return out;
  }
  void add_channel() {
    if (agreement_.asking.empty() && agreement_.answering.empty()) {
      add("report.term.channel", page_.say("report.term.direct"), agreement_.channel_from);
    } else {
      add("report.term.channel",
          page_.say("report.term.channel_value",
                    {{"asking", agency_name(agreement_.asking)}, {"answering", agency_name(agreement_.answering)}}),
          agreement_.channel_from);
    }
  }
  std::string agency_name(const std::string& id) const {
    for (const auto& agency : page_.data.agencies) {
      if (agency.id == id) {
        return agency.name;
      }
    }
    return id.empty() ? page_.say("report.term.direct") : id;
  }
  // A language without a name in the catalogue keeps its code.
  std::vector<std::string> languages() const {
    static const std::set<std::string> named = {"en", "es", "fr", "pt"};
    std::vector<std::string> names;
    for (const auto& code : agreement_.language.working) {
      names.push_back(named.contains(code) ? page_.say("report.language." + code) : code);
    }
    return names;
  }
  void add_kinds() {
    std::vector<std::string> names;
    for (const auto& id : agreement_.kinds) {
      const auto index = page_.data.kinds.find(id);
      names.push_back(index ? page_.kind(*index) : id);
    }
    add("report.term.kinds", names.empty() ? page_.say("report.term.all_kinds") : joined(names), agreement_.kinds_from);
  }
  void add_tour() {
    const auto& tour = agreement_.tour;
    add_days("report.term.max_line_days", tour.max_line_days);
    add_days("report.term.days_off_in_place", tour.days_off_in_place);
    add("report.term.max_tours", page_.locale.whole(tour.max_tours.value), tour.max_tours.from);
    add_days("report.term.min_line_days", tour.min_line_days);
    add_days("report.term.orientation_days", tour.orientation_days);
    add_days("report.term.rest_days_home", tour.rest_days_home);
    add_if("report.term.extension_days", tour.extension_days);
    add_if("report.term.shadow_days", tour.shadow_days);
    add_if("report.term.max_moves", tour.max_moves);
    add_if("report.term.min_persons", agreement_.contingent.min_persons);
    if (tour.max_deployment_days.value) {
      add("report.term.max_deployment_days",
          page_.say(tour.travel_counts.value ? "report.term.with_travel" : "report.term.without_travel",
                    {{"days", page_.say_count("report.day_count", *tour.max_deployment_days.value)}}),
          tour.max_deployment_days.from);
    }
  }
  /// What most agreements do not have.
  void add_if(const char* key, const planner::Provision<int>& number) {
    if (number.value > 0) {
      add(key, page_.locale.whole(number.value), number.from);
    }
  }
  void add_mobilization() {
    const auto& mobilization = agreement_.mobilization;
    add_days("report.term.notice_days", mobilization.notice_days);
    add_days("report.term.muster_days", mobilization.muster_days);
    for (const auto& rule : mobilization.documents) {
      std::string documents = rule.document;
      for (const auto& other : rule.alternatives) {
        documents += " / " + other;
      }
      add("report.term.document", documents, rule.from);
    }
    if (mobilization.no_travel_from.value && mobilization.no_travel_until.value) {
      add("report.term.no_travel",
          fmt::format("{:02}:00–{:02}:00", *mobilization.no_travel_from.value, *mobilization.no_travel_until.value),
          mobilization.no_travel_from.from);
    }
  }
  void add_escort(const planner::EscortTerms& escort) {
    add(key_of(escort.role),
        page_.say(escort.threshold == 0 ? "report.term.escort_always" : "report.term.escort",
                  {{"persons", std::to_string(escort.per_persons)}, {"threshold", std::to_string(escort.threshold)}}),
        escort.from);
  }

  const Page& page_;
  const Agreement& agreement_;
  std::vector<Term> terms_;
};

/// Agreements that the plan uses and the clauses its assignments cite.
std::map<AgreementIndex, std::set<std::string>> cited_clauses(const planner::Plan& plan) {
  std::map<AgreementIndex, std::set<std::string>> cited;
  for (const auto& assignment : plan.assignments) {
    cited[assignment.agreement].insert(assignment.clauses.begin(), assignment.clauses.end());
  }
  return cited;
}

void write_term(Page& page, const Term& term, bool is_cited) {
  const auto row = page.html.in("tr");
  {
    const auto heading = page.html.in("th", {{"scope", "row"}});
    page.html.element("code", term.from.clause.empty() ? "–" : term.from.clause);
  }
  page.cell(term.name);
  page.cell(term.value);
  page.short_cell(page.say(term.from.standing == Standing::Stated ? "word.stated" : "word.assumed"));
  page.short_cell(page.say(is_cited ? "report.clauses.cited" : "report.clauses.applies"));
  const auto cell = page.html.in("td", {{"class", "source"}});
  page.source(term.from.source);
  if (!term.from.note.empty()) {
    page.html.text(term.from.source.empty() ? "" : " ");
    page.html.element("small", term.from.note);
  }
}

}  // namespace

void write_cost(Page& page) {
  const auto section = page.section("cost", "report.cost.heading");
  page.paragraph(page.say("report.cost.intro", {{"currency", page.data.policy.currency}}));
  const auto lines = cost_by_payer(page.input);
  const double implicit = cost_of_implicit_escorts(page.plan);
  if (lines.empty() && implicit == 0.0) {
    page.nothing("report.cost.none");
    return;
  }
  const auto region = page.scroll_region(page.say("report.cost.heading"));
  const auto table = page.html.in("table", {{"class", "cost"}});
  page.table_head(page.say("report.cost.caption", {{"currency", page.data.policy.currency}}),
                  {{"report.cost.payer"},
                   {"word.agreement"},
                   {"word.wages", Column::Number},
                   {"word.travel", Column::Number},
                   {"word.lodging", Column::Number},
                   {"report.cost.total", Column::Number}});
  std::map<std::string, double> sums;
  double total = 0.0;
  {
    const auto body = page.html.in("tbody");
    for (const auto& line : lines) {
      write_cost_row(page, line.payer ? page.agency(*line.payer) : page.say("report.cost.not_stated"),
                     page.data.agreements[line.agreement].title, line.items, line.total());
      for (const auto& [item, amount] : line.items) {
        sums[item] += amount;
      }
      total += line.total();
    }
    if (implicit > 0.0) {
      write_cost_row(page, page.say("report.cost.not_stated"), page.say("report.cost.implicit_escorts"),
                     {{"wages", implicit}}, implicit);
      sums["wages"] += implicit;
      total += implicit;
    }
  }
  const auto foot = page.html.in("tfoot");
  write_cost_row(page, page.say("report.cost.total"), "", sums, total);
}

void write_clauses(Page& page) {
  const auto section = page.section("clauses", "report.clauses.heading");
  page.paragraph(page.say("report.clauses.intro"));
  const auto cited = cited_clauses(page.plan);
  if (cited.empty()) {
    page.nothing("report.clauses.none");
  }
  for (const auto& [index, clauses] : cited) {
    const auto& agreement = page.data.agreements[index];
    page.html.element("h3", agreement.title);
    const std::string caption = page.say("report.clauses.caption", {{"agreement", agreement.id}});
    const auto region = page.scroll_region(caption);
    const auto table = page.html.in("table", {{"class", "clauses"}});
    page.table_head(caption, {{"word.clause"},
                              {"report.clauses.term"},
                              {"report.clauses.value"},
                              {"report.clauses.standing", Column::Short},
                              {"report.clauses.use", Column::Short},
                              {"word.source"}});
    const auto body = page.html.in("tbody");
    for (const auto& term : Terms(page, agreement).all()) {
      write_term(page, term, clauses.contains(term.from.clause));
    }
  }
}

}  // namespace relevo::cli
