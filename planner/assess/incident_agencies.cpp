// SPDX-License-Identifier: MIT
#include "planner/assess/incident_agencies.hpp"

#include "geo/geodesic.hpp"
#include "planner/model/spelling.hpp"

#include <algorithm>
#include <stdexcept>

namespace relevo::planner::detail {

namespace {

/// Centres order through centres, but no chain is longer.
constexpr int kLongestChain = 8;

}  // namespace

AgencyFinder::AgencyFinder(ScenarioDraft& draft) : draft_(draft) {
  const auto& agencies = draft.data.agencies;
  for (const auto& agency : agencies)
    agencies_[agency.id] = {agency.point, agency.centre ? agencies[*agency.centre].id : std::string{}};
  for (const auto& [agency, centre] : draft.reference_agencies)
    agencies_.emplace(agency.id, Known{agency.point, centre});
  for (const auto& [word, agency] : draft.agency_words)
    if (agencies_.contains(agency))
      of_word_[fold_word(word)].push_back(agency);
  for (const auto& [id, known] : agencies_)  // an id means itself, whatever else the table says
    of_word_[fold_word(id)] = {id};
}

std::string AgencyFinder::find(std::string_view word, const geo::LonLat& near) const {
  const auto it = of_word_.find(fold_word(word));
  if (it == of_word_.end())
    return {};
  const auto here = geo::unit_vector(near);
  return *std::ranges::min_element(it->second, {}, [&](const std::string& id) {
    return std::pair(geo::squared_chord(here, geo::unit_vector(agencies_.at(id).point)), id);
  });
}

bool AgencyFinder::is_word(std::string_view word) const {
  return of_word_.contains(fold_word(word));
}

bool AgencyFinder::agree(const std::string& a, const std::string& b) const {
  return a.empty() || b.empty() || a == b || orders_through(a, b) || orders_through(b, a);
}

bool AgencyFinder::orders_through(const std::string& agency, const std::string& centre) const {
  std::string above = agency;
  for (int step = 0; step < kLongestChain; ++step) {
    const auto it = agencies_.find(above);
    if (it == agencies_.end() || it->second.centre.empty())
      return false;
    above = it->second.centre;
    if (above == centre)
      return true;
  }
  return false;
}

AgencyIndex AgencyFinder::adopt(const std::string& id) {
  auto& agencies = draft_.data.agencies;
  for (const auto a : agencies.indices())
    if (agencies[a].id == id)
      return a;
  const auto it =
      std::ranges::find(draft_.reference_agencies, id, [](const ReferenceAgency& known) { return known.agency.id; });
  if (it == draft_.reference_agencies.end())
    throw std::logic_error("no agency has the id " + id);
  const auto index = agencies.push(it->agency);
  const std::string centre = it->centre;
  if (!centre.empty() && agencies_.contains(centre)) {
    const auto above = adopt(centre);
    agencies[index].centre = above;
  }
  return index;
}

}  // namespace relevo::planner::detail
