// SPDX-License-Identifier: MIT
#include "planner/generate/content.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace relevo::planner::generate {

namespace {

/// Share of the rows that are one unit alone, in per cent, and weights that make the others uneven (assumed).
constexpr int kSingles = 25;
/// Units that are escorts, in per cent, and lenders that have some, one for so many classes.
constexpr int kEscortShare = 7;
constexpr int kClassesPerEscortLender = 12;
constexpr int kLeastClassesForEscorts = 10;

/// Wages per person and day by country, CAD (assumed but for the 170 of policy/default.toml).
int wage_of(const std::string& country) {
  if (country == "US")
    return 230;
  return country == "MX" ? 90 : 170;
}

class RosterMaker {
 public:
  RosterMaker(Content& content, Random random) : content_(content), random_(random) {}

  void make() {
    const auto& size = content_.options.size;
    const int lenders = escort_lenders();
    const int escort_units = lenders == 0 ? 0 : std::max(2 * lenders, size.units * kEscortShare / 100);
    const bool can_escort = size.units - escort_units >= size.classes - lenders;
    make_rows(size.classes - (can_escort ? lenders : 0));
    choose_bases();
    for (auto& row : content_.units)
      fill_in(row);
    share_out(size.units - (can_escort ? escort_units : 0));
    if (can_escort && lenders > 0)
      make_escorts(lenders, escort_units);
    number_rows();
  }

 private:
  int escort_lenders() const {
    const auto& size = content_.options.size;
    std::set<std::string> countries;
    for (const auto& territory : content_.reference.territories)
      countries.insert(territory.country());
    if (countries.size() < 2 || size.classes < kLeastClassesForEscorts)
      return 0;
    const int most = (size.classes - size.kinds) / 2;
    return std::min({size.agencies, (size.classes + kClassesPerEscortLender / 2) / kClassesPerEscortLender, most});
  }

  std::vector<std::int64_t> forces() const {
    std::vector<std::int64_t> weights;
    for (const auto& territory : content_.reference.territories)
      weights.push_back(territory.region.forces);
    return weights;
  }

  /// Agency and kind of each row: as many of both as their shares ask for, shuffled together.
  void make_rows(int rows) {
    const auto& size = content_.options.size;
    const auto by_agency = apportion(rows, forces(), rows >= size.agencies ? 1 : 0);
    std::vector<std::int64_t> kind_weights;
    for (const auto& kind : kind_shares().first(static_cast<std::size_t>(size.kinds)))
      kind_weights.push_back(kind.units);
    const auto by_kind = apportion(rows, kind_weights, 1);
    std::vector<std::size_t> kinds;
    for (std::size_t kind = 0; kind < by_kind.size(); ++kind)
      kinds.insert(kinds.end(), static_cast<std::size_t>(by_kind[kind]), kind);
    random_.shuffle(kinds);
    std::size_t next = 0;
    for (std::size_t agency = 0; agency < by_agency.size(); ++agency)
      for (int i = 0; i < by_agency[agency]; ++i)
        content_.units.push_back({.agency = agency, .kind = kinds[next++]});
    std::ranges::stable_sort(content_.units, {}, [](const UnitRow& row) { return std::tuple(row.agency, row.kind); });
  }

  /// The base nearest to the seat, then others by chance; an agency of few rows has few.
  void choose_bases() {
    const auto& territories = content_.reference.territories;
    bases_of_.resize(territories.size());
    for (std::size_t agency = 0; agency < territories.size(); ++agency) {
      const auto rows = std::ranges::count(content_.units, agency, &UnitRow::agency);
      const auto wanted = std::max<std::int64_t>(1, std::min<std::int64_t>(territories[agency].region.bases, rows));
      auto fields = charter_fields(territories[agency]);
      for (int i = 0; i < wanted && !fields.empty(); ++i) {
        const auto chosen = i == 0 ? nearest(fields, territories[agency].seat)
                                   : static_cast<std::size_t>(random_.pick(0, static_cast<int>(fields.size()) - 1));
        bases_of_[agency].push_back(content_.bases.size());
        content_.bases.push_back(
            {fmt::format("{}-{}", territories[agency].region.agency, fields[chosen].ident), agency, fields[chosen]});
        fields.erase(fields.begin() + static_cast<std::ptrdiff_t>(chosen));
      }
    }
  }

  static std::vector<Field> charter_fields(const Territory& territory) {
    std::vector<Field> fields;
    std::ranges::copy_if(territory.fields, std::back_inserter(fields), &Field::takes_charters);
    return fields.empty() ? territory.fields : fields;
  }

  static std::size_t nearest(const std::vector<Field>& fields, Spot seat) {
    const auto found =
        std::ranges::min_element(fields, {}, [&](const Field& field) { return squared_distance(field.spot, seat); });
    return static_cast<std::size_t>(found - fields.begin());
  }

  void fill_in(UnitRow& row) {
    const KindShare& share = kind_shares()[*row.kind];
    std::vector<int> weights;
    for (const auto& type : share.types)
      weights.push_back(type.units);
    row.kind_id = share.kind;
    row.type = share.types[random_.weighted(weights)].type;
    row.persons = persons_of(row);
    row.base = random_.one_of(bases_of_[row.agency]);
    fill_in_availability(row);
    fill_in_people(row);
    row.daily_cost = row.persons * wage_of(content_.territory(row.agency).country()) + share.machine_cost;
    while (!keys_.insert(key_of(row)).second)
      row.daily_cost += 10;
  }

  /// As usual for the type; one crew in four is two short.
  int persons_of(const UnitRow& row) {
    const auto kind = content_.reference.kinds.find(row.kind_id);
    const auto* type = kind ? content_.reference.kinds.kinds[*kind].find_type(row.type) : nullptr;
    const int usual = type == nullptr ? 1 : std::max(type->persons, 1);
    return usual == 20 && random_.chance(25) ? 18 : usual;
  }

  /// One row in five comes late, one leaves early, and one in twelve has worked already (assumed).
  void fill_in_availability(UnitRow& row) {
    const int days = content_.options.size.days;
    if (random_.chance(20))
      row.from = random_.pick(2, std::max(2, days / 2));
    if (random_.chance(20))
      row.to = random_.pick(std::max(days / 2, row.from.value_or(0) + 4), days + 5);
    if (!row.from && random_.chance(8))
      row.days_worked = random_.pick(1, 9);
  }

  /// Languages, interpreters and papers (assumed; that Mexican crews bring interpreters is stated).
  void fill_in_people(UnitRow& row) {
    const auto& territory = content_.territory(row.agency);
    const auto country = territory.country();
    const auto agency = territory.region.agency;
    row.languages = "en";
    if (agency == "CA-QC")
      row.languages = random_.chance(60) ? "en;fr" : "fr";
    else if (agency == "CA-NB")
      row.languages = "en;fr";
    else if (country == "US" && random_.chance(10))
      row.languages = "en;es";
    if (country == "MX") {
      row.languages = random_.chance(15) ? "en;es" : "es";
      if (row.languages == "es" && random_.chance(70))
        row.qualifications = "interpreter";
    }
    if (random_.chance(country == "MX" ? 75 : 85))
      row.documents = "passport";
  }

  std::string key_of(const UnitRow& row) const {
    return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", row.agency, row.kind_id, row.type, row.persons, row.base,
                       row.from.value_or(-1), row.to.value_or(-1), row.days_worked, row.languages, row.qualifications,
                       row.documents, row.daily_cost);
  }

  /// Counts: a quarter of the rows are single units, the others uneven about what their kind's share asks for.
  void share_out(int units) {
    auto& rows = content_.units;
    std::map<std::size_t, int> rows_of_kind;
    for (const auto& row : rows)
      ++rows_of_kind[*row.kind];
    std::vector<std::int64_t> weights;
    for (const auto& row : rows) {
      const int uneven = random_.pick(1, 10) * random_.pick(1, 10) * random_.pick(1, 10);
      const std::int64_t fair = kind_shares()[*row.kind].units * 1000 / rows_of_kind[*row.kind];
      weights.push_back(random_.chance(kSingles) ? 0 : std::max<std::int64_t>(1, fair * uneven));
    }
    if (std::ranges::all_of(weights, [](std::int64_t weight) { return weight == 0; }))
      weights.front() = 1;
    const auto counts = apportion(units, weights, 1);
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i].count = counts[i];
  }

  /// Representatives of the lenders with most forces, each country before any has a second.
  void make_escorts(int lenders, int units) {
    const auto chosen = escorting_agencies(lenders);
    std::vector<std::int64_t> weights;
    weights.reserve(chosen.size());
    for (const auto agency : chosen)
      weights.push_back(content_.territory(agency).region.forces);
    const auto representatives = apportion(units, weights, 1);
    for (std::size_t i = 0; i < chosen.size(); ++i)
      add_escorts(chosen[i], kRepresentative, representatives[i]);
  }

  std::vector<std::size_t> escorting_agencies(int lenders) const {
    const auto& territories = content_.reference.territories;
    std::map<std::string, int> taken;
    std::vector<std::size_t> order(territories.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater{},
                             [&](std::size_t agency) { return territories[agency].region.forces; });
    std::vector<std::pair<int, std::size_t>> ranked;
    ranked.reserve(order.size());
    for (const auto agency : order)
      ranked.emplace_back(taken[territories[agency].country()]++, agency);
    std::ranges::stable_sort(ranked, {}, &std::pair<int, std::size_t>::first);
    std::vector<std::size_t> chosen;
    chosen.reserve(static_cast<std::size_t>(lenders));
    for (int i = 0; i < lenders; ++i)
      chosen.push_back(ranked[static_cast<std::size_t>(i)].second);
    std::ranges::sort(chosen);
    return chosen;
  }

  void add_escorts(std::size_t agency, std::string_view kind, int count) {
    UnitRow row{.agency = agency, .kind_id = std::string(kind), .type = "1", .count = count};
    row.base = bases_of_[agency].front();
    row.languages = content_.territory(agency).country() == "MX" ? "en;es" : "en";
    row.documents = "passport";
    row.daily_cost = 450;
    content_.units.push_back(std::move(row));
  }

  void number_rows() {
    std::ranges::stable_sort(content_.units, {}, &UnitRow::agency);
    std::map<std::pair<std::size_t, std::string>, int> numbers;
    for (auto& row : content_.units) {
      const std::string code = row.kind ? std::string(kind_shares()[*row.kind].code) : std::string("REP");
      const int number = ++numbers[{row.agency, code}];
      row.id = fmt::format("{}-{}-{:02}", content_.territory(row.agency).region.agency, code, number);
    }
  }

  Content& content_;
  Random random_;
  std::vector<std::vector<std::size_t>> bases_of_;  ///< by agency
  std::set<std::string> keys_;
};

}  // namespace

void make_roster(Content& content, Random random) {
  RosterMaker(content, random).make();
}

}  // namespace relevo::planner::generate
