// SPDX-License-Identifier: MIT
#include "planner/generate/content.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace relevo::planner::generate {

namespace {

/// Shares in per cent; assumed, as small as an extra can be and still bind.
constexpr int kPackages = 8;   // of incidents
constexpr int kMinFill = 10;   // of lines
constexpr int kHandover = 15;  // of lines of people
constexpr int kPeople = 25;    // of lines for crews
constexpr int kPooledRows = 12;
constexpr int kPoolSize = 60;  // per cent of the people who are counted on

bool is_crew(const RequestRow& row) {
  return kind_shares()[row.kind].prefix == "C";
}

class ExtraMaker {
 public:
  ExtraMaker(Content& content, Random random) : content_(content), random_(random) {}

  void add() {
    if (content_.has(Extra::Packages))
      add_packages();
    if (content_.has(Extra::MinFill))
      add_min_fill();
    if (content_.has(Extra::Handover))
      add_handover();
    if (content_.has(Extra::People))
      add_people();
    if (content_.has(Extra::Pools))
      add_pools();
    if (content_.has(Extra::Lifts))
      add_lifts();
  }

 private:
  /// Rows that `may` be chosen, as many per cent of them as asked for and at least one, by chance.
  template <class Row, class May>
  std::vector<Row*> chosen(std::vector<Row>& rows, int per_cent, May may) {
    std::vector<Row*> all;
    for (auto& row : rows)
      if (may(row))
        all.push_back(&row);
    random_.shuffle(all);
    all.resize(std::min(all.size(), std::max<std::size_t>(1, all.size() * static_cast<std::size_t>(per_cent) / 100)));
    return all;
  }

  /// Two or three lines of one fire that begin together; small ones, or nobody could ever fill them.
  void add_packages() {
    std::map<std::size_t, std::vector<RequestRow*>> by_incident;
    for (auto& row : content_.requests)
      by_incident[row.incident].push_back(&row);
    std::vector<std::vector<RequestRow*>> groups;
    for (auto& [incident, rows] : by_incident)
      if (rows.size() >= 2)
        groups.push_back(rows);
    random_.shuffle(groups);
    const std::size_t wanted = std::max<std::size_t>(1, by_incident.size() * kPackages / 100);
    for (std::size_t i = 0; i < std::min(wanted, groups.size()); ++i) {
      auto& rows = groups[i];
      rows.resize(std::min<std::size_t>(rows.size(), static_cast<std::size_t>(random_.pick(2, 3))));
      for (auto* row : rows)
        row->package = fmt::format("P{}", i + 1);
    }
  }

  void add_min_fill() {
    for (auto* row : chosen(content_.requests, kMinFill, [](const RequestRow& r) { return r.quantity >= 3; }))
      row->min_fill = std::max(2, row->quantity / random_.pick(2, 4));
  }

  void add_handover() {
    for (auto* row : chosen(content_.requests, kHandover, [](const RequestRow& r) {
           const auto prefix = kind_shares()[r.kind].prefix;
           return (prefix == "C" || prefix == "O") && r.to - r.from >= 9;
         }))
      row->handover = true;
  }

  /// "140 firefighters" for 7 crews: so many people as units of the usual size have.
  void add_people() {
    for (auto* row : chosen(content_.requests, kPeople, is_crew)) {
      const auto kind = content_.reference.kinds.find(std::string(kind_shares()[row->kind].kind));
      const auto* type = kind ? content_.reference.kinds.kinds[*kind].find_type(row->type) : nullptr;
      row->in_people = true;
      row->persons_per_unit = type == nullptr ? 1 : std::max(1, type->persons);
    }
  }

  /// Rows of one country in threes, whose units count on the same people.
  void add_pools() {
    const auto rows = chosen(content_.units, kPooledRows, [](const UnitRow& r) { return r.kind && r.persons >= 3; });
    std::map<std::string, std::vector<UnitRow*>> by_country;
    for (auto* row : rows)
      by_country[content_.territory(row->agency).country()].push_back(row);
    for (const auto& [country, members] : by_country) {
      for (std::size_t i = 0; i < members.size(); i += 3) {
        PoolRow pool{fmt::format("{}-POOL-{}", country, content_.pools.size() + 1), 0};
        for (std::size_t j = i; j < std::min(i + 3, members.size()); ++j) {
          const int shared = members[j]->persons - members[j]->persons / 4;
          members[j]->pools = fmt::format("{}:{}", pool.id, shared);
          pool.people += shared * members[j]->count;
        }
        pool.people = std::max(1, pool.people * kPoolSize / 100);
        content_.pools.push_back(std::move(pool));
      }
    }
  }

  /// Seats from the first base of some lenders to the airports about fires of other countries, all that a charter would
  /// choose among: without a row a route has no limit.
  void add_lifts() {
    for (std::size_t i = 0; i < content_.bases.size(); ++i) {
      const auto& base = content_.bases[i];
      if (i > 0 && content_.bases[i - 1].agency == base.agency)
        continue;
      const auto country = content_.territory(base.agency).country();
      for (const auto* incident : chosen(content_.incidents, 10, [&](const IncidentRow& row) {
             return content_.territory(row.agency).country() != country;
           }))
        for (const auto& field : nearest_fields(*incident))
          add_lift(base.field.ident, field.ident);
    }
  }

  /// One lift for a route, as long as there are not too many.
  void add_lift(const std::string& from, const std::string& to) {
    const bool is_known =
        std::ranges::any_of(content_.lifts, [&](const LiftRow& lift) { return lift.from == from && lift.to == to; });
    if (is_known || content_.lifts.size() >= kMostLifts)
      return;
    LiftRow lift{fmt::format("L-{}", content_.lifts.size() + 1), from, to};
    lift.seats = random_.pick(4, 10) * 10;
    lift.max_uses = random_.pick(1, 2);
    lift.cost = random_.pick(40, 90) * 1000;
    content_.lifts.push_back(std::move(lift));
  }

  std::vector<Field> nearest_fields(const IncidentRow& incident) const {
    std::vector<Field> fields;
    std::ranges::copy_if(content_.territory(incident.agency).fields, std::back_inserter(fields),
                         &Field::takes_charters);
    std::ranges::stable_sort(fields, {},
                             [&](const Field& field) { return squared_distance(field.spot, incident.spot); });
    fields.resize(std::min<std::size_t>(fields.size(), 4));
    return fields;
  }

  static constexpr std::size_t kMostLifts = 200;

  Content& content_;
  Random random_;
};

constexpr std::pair<Extra, std::string_view> kWords[] = {{Extra::Packages, "packages"},   {Extra::MinFill, "min-fill"},
                                                         {Extra::Movements, "movements"}, {Extra::Lifts, "lifts"},
                                                         {Extra::Handover, "handover"},   {Extra::Pools, "pools"},
                                                         {Extra::People, "people"}};

}  // namespace

std::string_view word_of(Extra extra) {
  return std::ranges::find(kWords, extra, &std::pair<Extra, std::string_view>::first)->second;
}

std::optional<Extra> extra_of(std::string_view word) {
  const auto* found = std::ranges::find(kWords, word, &std::pair<Extra, std::string_view>::second);
  return found == std::end(kWords) ? std::nullopt : std::optional(found->first);
}

const std::vector<Extra>& all_extras() {
  static const std::vector<Extra> all = [] {
    std::vector<Extra> extras;
    for (const auto& [extra, word] : kWords)
      extras.push_back(extra);
    return extras;
  }();
  return all;
}

void add_extras(Content& content, Random random) {
  ExtraMaker(content, random).add();
}

}  // namespace relevo::planner::generate
