// SPDX-License-Identifier: MIT
#include "planner/model/spelling.hpp"

#include <gtest/gtest.h>

namespace relevo::planner {
namespace {

TEST(Spelling, FoldsCaseAccentsAndBlanks) {
  EXPECT_EQ(fold_word("Équipe Régionale"), "equipe_regionale");
  EXPECT_EQ(fold_word("AÑO-día"), "ano_dia");
  EXPECT_EQ(fold_word("\xC3"), "\xC3");              // half a character stays
  EXPECT_EQ(fold_word("a\xC3\x97z"), "a\xC3\x97z");  // the multiplication sign is no letter
}

TEST(Spelling, CountsEdits) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("crew", "crew"), 0U);
  EXPECT_EQ(edit_distance("crew", "craw"), 1U);
  EXPECT_EQ(edit_distance("crew", "cerw"), 1U);  // neighbours swapped
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Spelling, SuggestsTheNearest) {
  const std::vector<std::string> words{"priority", "quantity", "persons"};
  EXPECT_EQ(closest_word("Priorité", words), "priority");
  EXPECT_EQ(closest_word("quantty", words), "quantity");
  EXPECT_EQ(closest_word("helicopter", words), "");
  EXPECT_EQ(closest_word("", words), "");
  EXPECT_EQ(closest_word(std::string(100000, 'p'), words), "");
}

}  // namespace
}  // namespace relevo::planner
