// SPDX-License-Identifier: MIT
#include "planner/record/actuals.hpp"

#include "planner/model/spelling.hpp"

#include <algorithm>
#include <set>

namespace relevo::planner {

namespace {

/// What the plan knows of names.
class PlanNames {
 public:
  explicit PlanNames(const PlanRecord& plan) : plan_(plan) {
    for (const auto& assignment : plan.assignments) {
      units_.try_emplace(assignment.unit, &assignment);
      kinds_.try_emplace({assignment.agency, assignment.kind}, &assignment);
    }
  }

  const PlanRecord& plan() const noexcept { return plan_; }
  const PlanRecord::Assignment* of_unit(const std::string& unit) const {
    const auto it = units_.find(unit);
    return it == units_.end() ? nullptr : it->second;
  }
  const PlanRecord::Assignment* of_kind(const std::string& agency, const std::string& kind) const {
    const auto it = kinds_.find({agency, kind});
    return it == kinds_.end() ? nullptr : it->second;
  }
  std::vector<std::string> units() const {
    std::vector<std::string> names;
    for (const auto& [unit, assignment] : units_)
      names.push_back(unit);
    return names;
  }
  std::vector<std::string> requests() const {
    std::vector<std::string> names;
    for (const auto& line : plan_.lines)
      names.push_back(line.request);
    return names;
  }

 private:
  const PlanRecord& plan_;
  std::map<std::string, const PlanRecord::Assignment*> units_;
  std::map<std::pair<std::string, std::string>, const PlanRecord::Assignment*> kinds_;
};

class ActualsReader {
 public:
  ActualsReader(const PlanNames& names, Diagnostics& diagnostics) : names_(names), diagnostics_(diagnostics) {}

  ActualAssignment read(Record& record) {
    ActualAssignment actual{.unit = record.text("unit"),
                            .agency = record.text("agency"),
                            .kind = record.text("kind"),
                            .escort = record.text("escort"),
                            .agreement = record.text("agreement"),
                            .borrower = record.text("borrower"),
                            .request = record.text("request"),
                            .ordinal = record.integer("ordinal").value_or(0),
                            .moved = record.text("moved") == "yes",
                            .quantity = record.integer("quantity").value_or(1),
                            .persons = record.integer("persons").value_or(0),
                            .from = {.source = record.text("source"), .note = record.text("note")}};
    actual.from.standing = record.standing() == "stated" || (record.standing().empty() && !actual.from.source.empty())
                               ? Standing::Stated
                               : Standing::Assumed;
    complete_names(actual, record);
    set_days(actual, record);
    set_cost(actual, record);
    return actual;
  }

 private:
  void report(Record& record, std::string_view column, const std::string& rule, const std::string& suggestion = {},
              MessageArgs args = {}) {
    diagnostics_.add(make_diagnostic_with_suggestion(Severity::Error, record.place(column), record.written(column),
                                                     rule, suggestion, std::move(args)));
    record.invalidate();
  }

  void complete_names(ActualAssignment& actual, Record& record) {
    const auto* planned = actual.unit.empty() ? nullptr : names_.of_unit(actual.unit);
    if (planned != nullptr) {
      if (actual.agency.empty())
        actual.agency = planned->agency;
      if (actual.kind.empty())
        actual.kind = planned->kind;
    }
    if (actual.agency.empty() || actual.kind.empty())
      report(record, "unit", "actuals.unit",
             actual.unit.empty() ? std::string{} : closest_word(actual.unit, names_.units()));
    if (planned == nullptr)
      planned = names_.of_kind(actual.agency, actual.kind);
    if (planned != nullptr) {
      if (actual.persons == 0)
        actual.persons = planned->persons;
      if (actual.agreement.empty())
        actual.agreement = planned->agreement;
      if (actual.borrower.empty())
        actual.borrower = planned->borrower;
    }
    if (const auto* agreement = names_.plan().find_agreement(actual.agreement))
      actual.agreement = agreement->id;
    check_line(actual, record);
  }

  void check_line(ActualAssignment& actual, Record& record) {
    if (actual.request.empty())
      return;
    const auto* line = names_.plan().find_line(actual.request);
    if (line == nullptr) {
      report(record, "request", "actuals.request", closest_word(actual.request, names_.requests()));
      return;
    }
    if (actual.borrower.empty())
      actual.borrower = line->borrower;
    if (line->measure == Measure::People && actual.persons == 0)
      report(record, "persons", "actuals.persons", {}, {{"request", line->request}});
  }

  void check_order(Record& record) {
    std::string_view earlier;
    for (const std::string_view column : {"depart", "first_line_day", "off_from", "off_to", "release", "home"}) {
      if (!record.day(column))
        continue;
      if (!earlier.empty() && *record.day(column) < *record.day(earlier))
        report(record, column, "table.date_order", {},
               {{"earlier", std::string(earlier)}, {"date", record.written(earlier)}});
      earlier = column;
    }
  }

  void set_days(ActualAssignment& actual, Record& record) {
    const auto first = record.day("first_line_day");
    const auto release = record.day("release");
    if (!actual.request.empty() && !first)
      report(record, "first_line_day", "actuals.days", {}, {{"column", "first_line_day"}});
    if (!release) {
      report(record, "release", "actuals.days", {}, {{"column", "release"}});
      return;
    }
    const auto off_from = record.day("off_from");
    const auto off_to = record.day("off_to");
    if (off_from.has_value() != off_to.has_value())
      report(record, off_from ? "off_to" : "off_from", "actuals.days", {},
             {{"column", off_from ? "off_to" : "off_from"}});
    check_order(record);
    actual.depart = record.day("depart").value_or(*release);
    actual.home = record.day("home").value_or(*release);
    if (!first || !record.valid())
      return;
    for (Day day = *first; day < *release; day += Days{1})
      (off_from && *off_from <= day && day <= *off_to ? actual.days_off : actual.line_days).push_back(day);
    actual.duty_days = actual.line_days;
  }

  void set_cost(ActualAssignment& actual, Record& record) {
    const auto amount = record.number("cost");
    if (!amount)
      return;
    const std::string currency = record.text("currency");
    if (!currency.empty() && currency != names_.plan().currency)
      report(record, "currency", "actuals.currency", {}, {{"into", names_.plan().currency}});
    std::string payer = record.text("payer");
    if (fold_word(payer) == "lender")
      payer = actual.agency;
    else if (fold_word(payer) == "borrower")
      payer = actual.borrower;
    actual.cost.emplace_back(payer, Money(*amount));
  }

  const PlanNames& names_;
  Diagnostics& diagnostics_;
};

/// By payer, as the agreement says; what it does not say nobody is named for.
std::vector<std::pair<std::string, Money>> cost_of(const PlanRecord& plan, const PlanRecord::Assignment& assignment) {
  std::vector<std::pair<std::string, Money>> cost;
  const auto* agreement = plan.find_agreement(assignment.agreement);
  for (const auto& [item, amount] : assignment.cost) {
    std::string payer;
    if (agreement != nullptr)
      if (const auto it = agreement->payer.find(item); it != agreement->payer.end())
        payer = it->second == Payer::Lender ? assignment.agency : assignment.borrower;
    cost.emplace_back(payer, amount);
  }
  return cost;
}

ActualAssignment without_stay(const PlanRecord::Assignment& assignment) {
  return {.unit = assignment.unit,
          .agency = assignment.agency,
          .kind = assignment.kind,
          .escort = assignment.escort,
          .agreement = assignment.agreement,
          .borrower = assignment.borrower,
          .ordinal = assignment.ordinal,
          .persons = assignment.persons,
          .depart = assignment.depart,
          .home = assignment.home};
}

std::vector<Day> merged(std::vector<Day> days, const std::vector<Day>& more) {
  days.insert(days.end(), more.begin(), more.end());
  std::ranges::sort(days);
  return days;
}

}  // namespace

const TableSpec& actuals_table() {
  static const TableSpec kTable{
      .name = "actuals",
      .about = "What really happened: one row for units that were at one line (or at none) on the same days.",
      .columns = with_provenance({
          {.name = "unit", .about = "roster row", .default_value = "not said: agency and kind", .aliases = {"unit_id"}},
          {.name = "ordinal",
           .type = CellType::Integer,
           .about = "which of the row's identical units; needed only to tell apart those who move on",
           .default_value = "not said",
           .least = 1},
          {.name = "agency",
           .about = "the lender",
           .default_value = "that of the unit",
           .aliases = {"agency_id", "lender"}},
          {.name = "kind", .about = "kind of resource", .default_value = "that of the unit", .aliases = {"clase"}},
          {.name = "quantity",
           .type = CellType::Integer,
           .about = "identical units",
           .default_value = "1",
           .least = 1,
           .most = 100000},
          {.name = "persons",
           .type = CellType::Integer,
           .about = "people of one unit",
           .default_value = "as the plan has it",
           .least = 0,
           .most = 100000},
          {.name = "escort",
           .type = CellType::Word,
           .about = "role of those who accompany others",
           .default_value = "an ordinary resource",
           .words = {"representative", "lead", "interpreter"}},
          {.name = "agreement",
           .about = "agreement id or family",
           .default_value = "as the plan has it",
           .aliases = {"agreement_id", "channel"}},
          {.name = "borrower", .about = "the borrowing agency", .default_value = "as the plan has it"},
          {.name = "request",
           .about = "the line they served",
           .default_value = "none",
           .aliases = {"request_id", "solicitud", "demande"}},
          {.name = "depart",
           .type = CellType::Date,
           .required = true,
           .about = "day they left home, or the line before"},
          {.name = "moved",
           .type = CellType::Word,
           .about = "whether they came from another line: from the row of the same unit that ends the day before",
           .default_value = "no",
           .words = {"yes", "no"}},
          {.name = "first_line_day",
           .type = CellType::Date,
           .about = "first day at work; mandatory with a request",
           .default_value = "never at work"},
          {.name = "off_from",
           .type = CellType::Date,
           .about = "first day off in place",
           .default_value = "none",
           .aliases = {"days_off_from"}},
          {.name = "off_to", .type = CellType::Date, .about = "last day off in place", .default_value = "none"},
          {.name = "release", .type = CellType::Date, .required = true, .about = "first day no longer at work"},
          {.name = "home",
           .type = CellType::Date,
           .about = "last day away; for who moved on to another line, the day before",
           .default_value = "the day of release"},
          {.name = "cost",
           .type = CellType::Number,
           .about = "what all of them cost",
           .default_value = "not known",
           .least = 0},
          {.name = "currency", .about = "of the cost: that of the plan", .default_value = "that of the plan"},
          {.name = "payer",
           .about = "who paid: agency id, lender or borrower",
           .default_value = "not said",
           .aliases = {"pagador", "payeur"}},
      })};
  return kTable;
}

std::vector<ActualAssignment> read_actuals(const geo::Table& table, const PlanRecord& plan, Diagnostics& diagnostics) {
  const PlanNames names(plan);
  ActualsReader reader(names, diagnostics);
  std::vector<ActualAssignment> all;
  for (auto& record : read_records(table, actuals_table(), diagnostics)) {
    auto actual = reader.read(record);
    if (record.valid())
      all.push_back(std::move(actual));
  }
  return all;
}

std::vector<ActualAssignment> as_happened(const PlanRecord& plan) {
  std::vector<ActualAssignment> all;
  for (const auto& assignment : plan.assignments) {
    auto actual = without_stay(assignment);
    if (!assignment.commitment)
      actual.cost = cost_of(plan, assignment);
    const std::size_t first = all.size();
    for (const auto& stay : assignment.stays) {
      actual.request = stay.request;
      actual.line_days = stay.line_days;
      actual.duty_days = merged(stay.line_days, stay.shadow_days);
      actual.days_off = stay.days_off;
      all.push_back(actual);
      actual.cost.clear();
      actual.moved = true;
    }
    if (assignment.stays.empty())
      all.push_back(actual);
    // Away once, not once for each line.
    for (std::size_t i = first + 1; i < all.size(); ++i) {
      const auto& here = all[i];
      const auto begins = std::min({here.duty_days.empty() ? here.home : here.duty_days.front(),
                                    here.days_off.empty() ? here.home : here.days_off.front()});
      all[i].depart = std::max(begins, all[i - 1].depart);
      all[i - 1].home = all[i].depart - Days{1};
    }
  }
  return all;
}

}  // namespace relevo::planner
