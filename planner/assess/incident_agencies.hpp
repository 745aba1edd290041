// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario_loader.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::planner::detail {

/// Finds the agency a list means by its word: an agency of the scenario or of the reference list by id, else by
/// data/reference/agency_words.csv. Of several agencies of one word (California has two centres) the nearest is taken.
class AgencyFinder {
 public:
  explicit AgencyFinder(ScenarioDraft& draft);

  /// The agency_id; empty when nobody knows the word.
  std::string find(std::string_view word, const geo::LonLat& near) const;
  bool is_word(std::string_view word) const;
  /// One agency, or one orders through the other; an empty id says nothing and agrees with all.
  bool agree(const std::string& a, const std::string& b) const;
  /// Its position in the scenario, where it is taken over from the reference list if need be. \pre find() gave the id
  AgencyIndex adopt(const std::string& id);

 private:
  struct Known {
    geo::LonLat point;
    std::string centre;
  };
  bool orders_through(const std::string& agency, const std::string& centre) const;

  ScenarioDraft& draft_;
  std::map<std::string, Known> agencies_;                    ///< by agency_id
  std::map<std::string, std::vector<std::string>> of_word_;  ///< by folded word
};

}  // namespace relevo::planner::detail
