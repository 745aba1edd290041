// SPDX-License-Identifier: MIT
#include "planner/assess/incident_identity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relevo::planner::detail {
namespace {

FireId id_of(std::string_view text) {
  return parse_fire_id(text, [](std::string_view word) { return word == "BC" || word == "ON" || word == "PC"; })
      .value_or(FireId{});
}

TEST(FireIds, OfOneFireHaveOneBodyHoweverListsWriteThem) {
  for (const auto* text : {"K52125", "k52125", "2025-K52125", "2025_BC_K52125", "2025K52125", "K52125-2025"})
    EXPECT_EQ(id_of(text).body, "K52125") << text;
  EXPECT_EQ(id_of("2026_ON_NIP_FIRE_109").body, id_of("NIP_FIRE_109").body);
  EXPECT_EQ(id_of("2025_PC_2025WB5").body, "WB5");
  EXPECT_EQ(id_of("MWF-009-2016"), (FireId{"MWF-009", 2016, false}));
  EXPECT_EQ(id_of("2024-AKCRS-414044"), (FireId{"AKCRS-414044", 2024, false}));
  EXPECT_EQ(id_of("{6C6AB6A1-B2BF-4F40-A2E9-DD9A7B733919}"), id_of("6c6ab6a1-b2bf-4f40-a2e9-dd9a7b733919"));
  EXPECT_TRUE(id_of("6c6ab6a1-b2bf-4f40-a2e9-dd9a7b733919").is_guid);
}

TEST(FireIds, AYearAloneOrANumberStays) {
  EXPECT_EQ(id_of("2016"), (FireId{"2016", std::nullopt, false}));
  EXPECT_EQ(id_of("433").body, "433");
  EXPECT_EQ(id_of("20161").body, "20161");
  EXPECT_EQ(id_of("BC").body, "BC");
  EXPECT_FALSE(parse_fire_id(" - {} ", [](std::string_view) { return false; }));
  EXPECT_FALSE(parse_fire_id("", [](std::string_view) { return false; }));
}

TEST(FireIds, OfOneNumberingAreOfTwoFiresWhenTheyDiffer) {
  EXPECT_TRUE(are_of_two_fires(id_of("MWF-009"), id_of("MWF-010-2016")));
  EXPECT_TRUE(are_of_two_fires(id_of("433"), id_of("434")));
  EXPECT_FALSE(are_of_two_fires(id_of("MWF-009"), id_of("MWF-009-2016")));
  EXPECT_FALSE(are_of_two_fires(id_of("FIRE-1"), id_of("K52125")));
  EXPECT_FALSE(are_of_two_fires(id_of("K52125"), id_of("{6C6AB6A1-B2BF-4F40-A2E9-DD9A7B733919}")));
  EXPECT_TRUE(are_of_two_fires(id_of("{6C6AB6A1-B2BF-4F40-A2E9-DD9A7B733918}"),
                               id_of("{6C6AB6A1-B2BF-4F40-A2E9-DD9A7B733919}")));
}

TEST(FireNames, AreComparedByTheirWords) {
  EXPECT_EQ(match_names("Route 13", "2025-Route 13-SDCRA - SDCRA"), NameMatch::Same);
  EXPECT_EQ(match_names("BLUE 2", "Blue 2 Fire"), NameMatch::Same);
  EXPECT_EQ(match_names("BLUE 2", "Blue"), NameMatch::Different);
  EXPECT_EQ(match_names("Soberanes", "Sobranes"), NameMatch::Same);
  EXPECT_EQ(match_names("Indios", "Icy Bay"), NameMatch::Different);
  EXPECT_EQ(match_names("Río Azul", "RIO AZUL"), NameMatch::Same);
  EXPECT_EQ(match_names("LWF-060-2025", "Battle"), NameMatch::Unknown);
  EXPECT_EQ(match_names("", "Battle"), NameMatch::Unknown);
  EXPECT_EQ(match_names("Fire 2016", "Battle"), NameMatch::Unknown);
}

TEST(FireStages, AreReadInTheWordsOfTheLists) {
  for (const auto* out : {"OUT", "out", "EX", "Extinguished", "Éteint"})
    EXPECT_TRUE(is_out(out)) << out;
  for (const auto* burning : {"", "OC", "BH", "UC", "100% contained", "Hors-Ctrl"})
    EXPECT_FALSE(is_out(burning)) << burning;
  EXPECT_TRUE(is_prescribed("Prescribed", "", ""));
  EXPECT_TRUE(is_prescribed("", "RX", ""));
  EXPECT_TRUE(is_prescribed("OC", "", "3 Cent 301-3 Prescribed Burn -"));
  EXPECT_FALSE(is_prescribed("OC", "FUL", "Rx Creek"));
}

TEST(FireIdentifiers, AreMadeOfAnyText) {
  EXPECT_EQ(make_identifier("2025 Hwy 12 MM 176 - NDSRA - N"), "2025-Hwy-12-MM-176-NDSRA-N");
  EXPECT_EQ(make_identifier("{6C6AB6A1}"), "6C6AB6A1");
  EXPECT_EQ(make_identifier("Río <b>"), "R-o-b");
  EXPECT_EQ(make_identifier("==="), "fire");
  EXPECT_EQ(make_identifier(std::string(200, 'x')).size(), 80U);
}

}  // namespace
}  // namespace relevo::planner::detail
