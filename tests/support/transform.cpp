// SPDX-License-Identifier: MIT
#include "tests/support/transform.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

namespace relevo::test {

using namespace planner;  // NOLINT(google-build-using-namespace): a test helper made of the model's types

namespace {

void shift(Day& day, Days by) {
  if (day != kFirstDay && day != kLastDay)
    day += by;
}

void shift(std::optional<Day>& day, Days by) {
  if (day)
    shift(*day, by);
}

void shift(DayInterval& when, Days by) {
  shift(when.first, by);
  shift(when.last, by);
}

template <class Tag>
Index<Tag> mirrored(Index<Tag> index, std::size_t size) {
  return Index<Tag>(size - 1 - index.value());
}

/// New identifiers, the last row's first in the alphabet.
template <class Table>
std::map<std::string, std::string> new_names(const Table& table, const std::string& prefix) {
  std::map<std::string, std::string> names;
  for (std::size_t i = 0; i < table.size(); ++i)
    names[table.data()[i].id] = fmt::format("{}{:03}", prefix, table.size() - i);
  return names;
}

/// Renames and reverses one scenario; the tables are still in their old order while references are turned.
class Mirror {
 public:
  explicit Mirror(const ScenarioData& data) : data_(data), old_(data) {}
  ScenarioData turn();

 private:
  void turn(AgencyIndex& i) const { i = mirrored(i, old_.agencies.size()); }
  void turn(BaseIndex& i) const { i = mirrored(i, old_.bases.size()); }
  void turn(UnitIndex& i) const { i = mirrored(i, old_.units.size()); }
  void turn(PoolIndex& i) const { i = mirrored(i, old_.pools.size()); }
  void turn(IncidentIndex& i) const { i = mirrored(i, old_.incidents.size()); }
  void turn(RequestIndex& i) const { i = mirrored(i, old_.requests.size()); }
  void turn(AgreementIndex& i) const { i = mirrored(i, old_.agreements.size()); }
  template <class IndexType>
  void turn(std::optional<IndexType>& i) const {
    if (i)
      turn(*i);
  }
  void turn_places();
  void turn_units();
  void turn_requests();
  void turn_agreements();
  void turn_answers();
  void turn_travel();
  void reverse_all();

  ScenarioData data_;
  const ScenarioData& old_;
};

void Mirror::turn_places() {
  const auto agencies = new_names(old_.agencies, "agency-");
  for (auto& agency : data_.agencies) {
    turn(agency.centre);
    agency.id = agencies.at(agency.id);
  }
  const auto bases = new_names(old_.bases, "base-");
  for (auto& base : data_.bases) {
    turn(base.agency);
    base.id = bases.at(base.id);
  }
  const auto incidents = new_names(old_.incidents, "incident-");
  for (auto& incident : data_.incidents) {
    turn(incident.agency);
    incident.id = incidents.at(incident.id);
  }
  const auto pools = new_names(old_.pools, "pool-");
  for (auto& pool : data_.pools)
    pool.id = pools.at(pool.id);
}

void Mirror::turn_units() {
  const auto names = new_names(old_.units, "unit-");
  for (auto& unit : data_.units) {
    unit.id = names.at(unit.id);
    turn(unit.agency);
    turn(unit.base);
    for (auto& share : unit.pools)
      turn(share.pool);
    std::reverse(unit.pools.begin(), unit.pools.end());
  }
}

void Mirror::turn_requests() {
  const auto names = new_names(old_.requests, "line-");
  for (auto& request : data_.requests) {
    request.id = names.at(request.id);
    turn(request.incident);
    turn(request.borrower);
    turn(request.unit);
    if (!request.package.empty())
      request.package = "together-" + request.package;
  }
}

void Mirror::turn_agreements() {
  auto names = new_names(old_.agreements, "agreement-");
  for (const auto& agreement : old_.agreements)
    if (agreement.family != agreement.id)
      names.emplace(agreement.family, "family-" + agreement.family);
  const auto agencies = new_names(old_.agencies, "agency-");
  const auto rename = [&names](std::string& word) {
    if (!word.empty())
      word = names.contains(word) ? names.at(word) : "no-" + word;
  };
  for (auto& agreement : data_.agreements) {
    rename(agreement.id);
    rename(agreement.family);
    for (auto* parties : {&agreement.lenders, &agreement.borrowers})
      for (auto& party : *parties)
        if (party.scope == Party::Scope::Agency)
          party.id = agencies.at(party.id);
    std::reverse(agreement.escorts.begin(), agreement.escorts.end());
  }
  for (auto& request : data_.requests)
    rename(request.channel);
  for (auto& offer : data_.offers)
    rename(offer.channel);
  for (auto& consent : data_.consents)
    rename(consent.channel);
  for (auto& recall : data_.recalls)
    rename(recall.channel);
}

void Mirror::turn_answers() {
  for (auto& offer : data_.offers)
    turn(offer.agency);
  for (auto& response : data_.responses) {
    turn(response.request);
    turn(response.agency);
  }
  for (auto& decision : data_.decisions) {
    turn(decision.unit);
    turn(decision.agency);
    turn(decision.request);
  }
  for (auto& consent : data_.consents) {
    turn(consent.lender);
    turn(consent.borrower);
  }
  for (auto& recall : data_.recalls)
    turn(recall.lender);
  for (auto& lift : data_.lifts)
    lift.id = "flight-" + lift.id;
  for (auto& announcement : data_.announcements) {
    turn(announcement.unit);
    turn(announcement.agreement);
    turn(announcement.request);
    turn(announcement.last_request);
    turn(announcement.borrower);
    turn(announcement.last_borrower);
    for (auto& stay : announcement.stays)
      turn(stay.request);
  }
  for (auto& commitment : data_.commitments) {
    turn(commitment.unit);
    turn(commitment.agreement);
    turn(commitment.request);
    turn(commitment.borrower);
    turn(commitment.incident);
    commitment.id = "Z" + commitment.id;
  }
}

void Mirror::turn_travel() {
  data_.travel = {};
  const auto turned_place = [this](Destination to) {
    const std::size_t size = to.what == Destination::What::Incident ? old_.incidents.size() : old_.agencies.size();
    to.index = static_cast<std::uint32_t>(size) - 1 - to.index;
    return to;
  };
  for (const auto& [key, journey] : old_.travel.all()) {
    TravelTable::Key turned = key;
    turn(turned.base);
    turn(turned.agreement);
    turned.to = turned_place(key.to);
    data_.travel.share(turned, journey);
  }
  for (const auto& [key, move] : old_.travel.moves())
    data_.travel.set_move({turned_place(key.from), turned_place(key.to), key.kind}, move);
}

void Mirror::reverse_all() {
  std::reverse(data_.agencies.begin(), data_.agencies.end());
  std::reverse(data_.bases.begin(), data_.bases.end());
  std::reverse(data_.pools.begin(), data_.pools.end());
  std::reverse(data_.units.begin(), data_.units.end());
  std::reverse(data_.incidents.begin(), data_.incidents.end());
  std::reverse(data_.requests.begin(), data_.requests.end());
  std::reverse(data_.agreements.begin(), data_.agreements.end());
  std::reverse(data_.offers.begin(), data_.offers.end());
  // Responses stay in order: of two without a day the later row is the last answer (P5).
  std::reverse(data_.decisions.begin(), data_.decisions.end());
  std::reverse(data_.consents.begin(), data_.consents.end());
  std::reverse(data_.recalls.begin(), data_.recalls.end());
  std::reverse(data_.lifts.begin(), data_.lifts.end());
  std::reverse(data_.commitments.begin(), data_.commitments.end());
}

ScenarioData Mirror::turn() {
  turn_places();
  turn_units();
  turn_requests();
  turn_agreements();
  turn_answers();
  turn_travel();
  reverse_all();
  return std::move(data_);
}

}  // namespace

ScenarioData shifted(ScenarioData data, int days) {
  const Days by{days};
  shift(data.as_of, by);
  shift(data.horizon.first, by);
  for (auto& agency : data.agencies)
    for (auto& [from, level] : agency.levels)
      shift(from, by);
  for (auto& pool : data.pools)
    for (auto& row : pool.rows)
      shift(row.when, by);
  for (auto& unit : data.units) {
    shift(unit.available, by);
    shift(unit.fitness_valid_to, by);
    for (auto& period : unit.down)
      shift(period, by);
  }
  for (auto& incident : data.incidents) {
    shift(incident.discovered, by);
    for (auto& report : incident.areas)
      shift(report.day, by);
  }
  for (auto& request : data.requests)
    shift(request.need, by);
  for (auto& agreement : data.agreements) {
    shift(agreement.in_force, by);
    for (auto& rule : agreement.mobilization.documents)
      shift(rule.in_force, by);
  }
  for (auto& offer : data.offers)
    shift(offer.when, by);
  for (auto& response : data.responses)
    shift(response.when, by);
  for (auto& recall : data.recalls) {
    shift(recall.day, by);
    shift(recall.effective, by);
  }
  for (auto& lift : data.lifts)
    shift(lift.when, by);
  for (auto& announcement : data.announcements) {
    shift(announcement.depart, Days{days});
    shift(announcement.home, Days{days});
    for (auto& stay : announcement.stays)
      for (Day* day : {&stay.first, &stay.last})
        shift(*day, Days{days});
  }
  for (auto& commitment : data.commitments)
    for (Day* day : {&commitment.depart, &commitment.first_line_day, &commitment.release, &commitment.home})
      shift(*day, by);
  return data;
}

ScenarioData renamed_and_reversed(const ScenarioData& data) {
  return Mirror(data).turn();
}

}  // namespace relevo::test
