// SPDX-License-Identifier: MIT
#include "cli/data_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace relevo::cli {
namespace {

// Sets RELEVO_DATA for one test and leaves it unset behind.
class DataDirTest : public testing::Test {
 protected:
  void SetUp() override { unsetenv("RELEVO_DATA"); }
  void TearDown() override { unsetenv("RELEVO_DATA"); }
};

TEST_F(DataDirTest, WithoutEnvironmentIsTheSourceTree) {
  EXPECT_EQ(data_dir(), std::filesystem::path(RELEVO_SOURCE_DIR) / "data");
}

TEST_F(DataDirTest, EnvironmentComesFirst) {
  const std::string elsewhere = testing::TempDir();
  setenv("RELEVO_DATA", elsewhere.c_str(), 1);
  EXPECT_EQ(data_dir(), std::filesystem::path(elsewhere));
}

TEST_F(DataDirTest, EmptyEnvironmentCountsAsUnset) {
  setenv("RELEVO_DATA", "", 1);
  EXPECT_EQ(data_dir(), std::filesystem::path(RELEVO_SOURCE_DIR) / "data");
}

TEST_F(DataDirTest, EnvironmentNamingNothingIsAnErrorThatNamesIt) {
  setenv("RELEVO_DATA", "/nowhere/at/all", 1);
  EXPECT_THAT([] { data_dir(); }, testing::ThrowsMessage<std::runtime_error>(testing::HasSubstr("/nowhere/at/all")));
}

}  // namespace
}  // namespace relevo::cli
