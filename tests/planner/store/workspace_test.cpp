// SPDX-License-Identifier: MIT
#include "planner/store/workspace.hpp"

#include "tests/geo/scratch_folder.hpp"
#include "tests/planner/store/feature_making.hpp"

#include <gmock/gmock.h>

#include <array>
#include <fstream>

namespace relevo::planner {
namespace {

using test::count;

std::string code_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const WorkspaceError& e) {
    return e.code();
  }
  return "none";
}

class WorkspaceTest : public ::testing::Test {
 protected:
  std::filesystem::path file(const std::string& name = "w.relevo") const { return scratch_.path() / name; }
  geo::ScratchFolder scratch_;
};

TEST_F(WorkspaceTest, IsMadeWholeAndOpensAgain) {
  EXPECT_EQ(Workspace::create(file()).version(), 2);
  EXPECT_EQ(Workspace::open(file()).version(), 2);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(scratch_.path()), {}), 1) << "nothing is left beside it";
}

TEST_F(WorkspaceTest, SaysWhyItCannotBeUsed) {
  EXPECT_EQ(code_of([&] { Workspace::open(file()); }), "missing");
  std::ofstream(file("text")) << std::string(200, 'x');
  EXPECT_EQ(code_of([&] { Workspace::open(file("text")); }), "not_one");
  EXPECT_EQ(code_of([&] { Workspace::create(file("text")); }), "exists_other");
  {
    const Connection other(file("other"), Connection::Mode::Create);
    other.execute("CREATE TABLE t (a)");
  }
  EXPECT_EQ(code_of([&] { Workspace::open(file("other")); }), "not_one");
  Workspace::create(file());
  EXPECT_EQ(code_of([&] { Workspace::create(file()); }), "exists");
  EXPECT_EQ(code_of([&] { Workspace::create(file("no/such/folder/w")); }), "not_writable");
}

/// As a Relevo made files that knew schema.sql and nothing else.
Workspace::Options first_version() {
  Workspace::Options options;
  options.steps = {};
  return options;
}

TEST_F(WorkspaceTest, OlderFilesAreMigratedAndNewerOnesRefused) {
  Workspace::create(file(), first_version());
  constexpr std::array<Migration, 2> kSteps{{{2, "CREATE TABLE second (a INTEGER); INSERT INTO second VALUES (2)"},
                                             {3, "ALTER TABLE second ADD COLUMN b TEXT NOT NULL DEFAULT 'x'"}}};
  Workspace::Options options;
  options.steps = kSteps;
  EXPECT_EQ(Workspace::open(file(), options).version(), 3);
  const auto again = Workspace::open(file(), options);
  EXPECT_EQ(count(again, "second WHERE a = 2 AND b = 'x'"), 1);
  EXPECT_EQ(count(again, "schema_version"), 3);
  EXPECT_EQ(code_of([&] { Workspace::open(file()); }), "newer");
  EXPECT_EQ(Workspace::create(file("fresh"), options).version(), 3) << "a new file gets every step";
}

TEST_F(WorkspaceTest, MigrationThatFailsLeavesTheFileAsItWas) {
  Workspace::create(file(), first_version());
  constexpr std::array<Migration, 2> kSteps{
      {{2, "CREATE TABLE second (a INTEGER)"}, {3, "INSERT INTO no_table VALUES (1)"}}};
  Workspace::Options options;
  options.steps = kSteps;
  EXPECT_THROW(Workspace::open(file(), options), SqliteError);
  const auto workspace = Workspace::open(file(), first_version());
  EXPECT_EQ(workspace.version(), 1);
  EXPECT_EQ(count(workspace, "sqlite_master WHERE name = 'second'"), 0);
}

TEST_F(WorkspaceTest, SecondWriterWaitsThenSaysSo) {
  Workspace::Options options;
  options.wait = std::chrono::milliseconds{50};
  const auto first = Workspace::create(file());
  const auto second = Workspace::open(file(), options);
  first.write([&] {
    EXPECT_EQ(code_of([&] { second.write([] {}); }), "busy");
    EXPECT_EQ(count(second, "imports"), 0) << "reading goes on";
  });
  second.write([] {});
}

TEST_F(WorkspaceTest, WhatWorkThrowsIsUndone) {
  const auto workspace = Workspace::create(file());
  EXPECT_THROW(workspace.write([&] {
    workspace.connection().execute(
        "INSERT INTO imports (name, theme, profile, is_raster) VALUES ('a', 'custom', '', 0)");
    throw std::runtime_error("stop");
  }),
               std::runtime_error);
  EXPECT_EQ(count(workspace, "imports"), 0);
}

TEST_F(WorkspaceTest, EveryGeometryTableHasIndexAndStyle) {
  const auto workspace = Workspace::create(file());
  EXPECT_EQ(count(workspace, "geometry_columns WHERE spatial_index_enabled = 1 AND srid = 4326"), 10);
  EXPECT_EQ(count(workspace,
                  "layer_styles s JOIN geometry_columns g ON g.f_table_name = s.f_table_name AND "
                  "g.f_geometry_column = s.f_geometry_column WHERE useAsDefault = 1 AND f_table_schema = ''"),
            10);
}

}  // namespace
}  // namespace relevo::planner
