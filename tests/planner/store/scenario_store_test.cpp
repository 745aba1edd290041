// SPDX-License-Identifier: MIT
#include "planner/store/scenario_store.hpp"

#include "planner/model/scenario_loader.hpp"
#include "planner/store/plan_store.hpp"
#include "planner/store/request_event_store.hpp"
#include "tests/geo/scratch_folder.hpp"
#include "tests/planner/model/scenario_folder.hpp"
#include "tests/planner/store/feature_making.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <stdexcept>

namespace relevo::planner {
namespace {

using ::testing::Contains;

class ScenarioStoreTest : public ::testing::Test {
 protected:
  /// Takes the folder over, as `relevo init --scenario` does.
  ScenarioDraft take_over() {
    FolderSource folder(folder_.path(), {});
    RecordingSource source(folder);
    auto draft = load_scenario(source, relevo::test::data_dir());
    workspace_.write([&] {
      for (const auto& [name, text] : source.documents())
        put_document(workspace_, name, text);
      for (const auto& [name, table] : source.tables())
        put_table(workspace_, name, table);
    });
    return draft;
  }
  ScenarioDraft load() const {
    WorkspaceSource source(workspace_);
    return load_scenario(source, relevo::test::data_dir());
  }

  relevo::test::ScenarioFolder folder_;
  geo::ScratchFolder scratch_;
  Workspace workspace_ = Workspace::create(scratch_.path() / "w.relevo");
};

TEST_F(ScenarioStoreTest, WorkspaceAndFolderGiveTheSameScenario) {
  const auto from_folder = take_over();
  const auto from_workspace = load();
  EXPECT_EQ(input_digest(from_workspace.data), input_digest(from_folder.data));
  EXPECT_EQ(from_workspace.data.title, from_folder.data.title);
  ASSERT_EQ(from_workspace.data.units.size(), from_folder.data.units.size());
  for (const auto u : from_folder.data.units.indices())
    EXPECT_EQ(from_workspace.data.units[u].id, from_folder.data.units[u].id);
  EXPECT_EQ(from_workspace.data.requests.size(), from_folder.data.requests.size());
  EXPECT_EQ(relevo::test::summaries(from_workspace.diagnostics), relevo::test::summaries(from_folder.diagnostics));
}

TEST_F(ScenarioStoreTest, ErrorsStillNameFileAndRow) {
  take_over();
  WorkspaceSource source(workspace_);
  Diagnostics diagnostics;
  auto units = source.table("units.csv", "units", diagnostics);
  ASSERT_TRUE(units);
  const auto column =
      static_cast<std::size_t>(std::ranges::find(units->table.columns, "persons") - units->table.columns.begin());
  ASSERT_LT(column, units->table.columns.size());
  units->table.rows.at(1).cells.at(column) = "tw3nty";
  units->table.rows.at(1).line = 12;
  workspace_.write([&] { put_table(workspace_, "units", *units); });
  try {
    load();
    FAIL() << "tw3nty is no number";
  } catch (const InputError& e) {
    EXPECT_THAT(relevo::test::summaries(e.diagnostics()), Contains("units.csv:12 persons table.integer"));
  }
}

TEST_F(ScenarioStoreTest, CellsAreKeptToTheByte) {
  SourceTable table{.table = {.file = "x.csv",
                              .columns = {"Name", "name", "line", "", "a\"b; DROP TABLE imports", "surplus"},
                              .rows = {{.line = 2, .cells = {" 007 ", "", "1e5", "=1+1", "Ñandú\n", "0"}},
                                       {.line = 5, .cells = {"a", "b", "c", "d", "e", "f"}, .surplus = {"g", ""}}},
                              .encoding = "UTF-8"},
                    .sha256 = std::string(64, 'a')};
  workspace_.write([&] { put_table(workspace_, "units", table); });
  WorkspaceSource source(workspace_);
  Diagnostics diagnostics;
  const auto read = source.table("x.csv", "units", diagnostics);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->table.columns, table.table.columns);
  ASSERT_EQ(read->table.rows.size(), 2U);
  EXPECT_EQ(read->table.rows[0].cells, table.table.rows[0].cells);
  EXPECT_EQ(read->table.rows[1].line, 5U);
  EXPECT_EQ(read->table.rows[1].surplus, table.table.rows[1].surplus);
  EXPECT_EQ(test::count(workspace_, "imports"), 0);
}

TEST_F(ScenarioStoreTest, WithoutScenarioTheErrorSaysHowToBringItIn) {
  try {
    load();
    FAIL() << "there is no scenario.toml";
  } catch (const InputError& e) {
    EXPECT_THAT(relevo::test::in_words(e.diagnostics()), ::testing::HasSubstr("relevo import"));
  }
}

/// A plan.json with further keys before those that must be there.
std::string plan_content(const std::string& more) {
  return "{" + more +
         R"("scenario": {"id": "s", "as_of": "2016-05-28", "first_day": "2016-05-28", "days": 2}, "assignments": []})";
}

TEST_F(ScenarioStoreTest, PlansAreFoundByNameIdAndAge) {
  StoredPlan plan{.scenario = "s",
                  .created_for = "2016-05-28",
                  .status = "optimal",
                  .objective = 1.5,
                  .input_sha256 = std::string(64, 'b'),
                  .content = plan_content("")};
  const auto data = take_over().data;
  std::int64_t assessment = 0;
  workspace_.write([&] {
    assessment = put_assessment(workspace_, data);
    EXPECT_EQ(put_plan(workspace_, plan, assessment).name, "plan-1");
    plan.name = "night";
    put_plan(workspace_, plan, assessment);
    plan.content = plan_content(R"("a": 1, )");
    EXPECT_EQ(put_plan(workspace_, plan, assessment).id, 3);
  });
  EXPECT_EQ(find_plan(workspace_, "")->name, "night");
  EXPECT_EQ(find_plan(workspace_, "1")->name, "plan-1");
  EXPECT_EQ(find_plan(workspace_, "night")->content, plan_content(R"("a": 1, )"));
  EXPECT_FALSE(find_plan(workspace_, "2")) << "replaced by its name";
  EXPECT_THAT(stored_plans(workspace_), ::testing::SizeIs(2));
}

/// The same with one line of two days.
std::string plan_of_line(const std::string& status, int unmet, const std::string& code) {
  return plan_content(fmt::format(
      R"("requests": [{{"request_id": "C-1", "status": "{}", "wanted": [2, 2], "unmet": [{}, 0], "reason_code": "{}",
                        "reason_message": {{"key": "reason.nobody", "args": {{"a": "b"}}}}}}], )",
      status, unmet, code));
}

TEST_F(ScenarioStoreTest, WhatPlansSayOfLinesIsKeptWhereItIsNews) {
  StoredPlan plan{.scenario = "s",
                  .created_for = "2016-05-28",
                  .status = "optimal",
                  .input_sha256 = std::string(64, 'b'),
                  .content = plan_of_line("utf", 2, "none")};
  const auto data = take_over().data;
  const auto store = [&](const std::string& content) {
    plan.content = content;
    plan.name = "night";
    workspace_.write([&] { put_plan(workspace_, plan, put_assessment(workspace_, data)); });
  };
  store(plan_of_line("utf", 2, "none"));
  store(plan_of_line("utf", 2, "none"));
  ASSERT_THAT(stored_plan_events(workspace_), ::testing::SizeIs(1)) << "the same again is no news";
  store(plan_of_line("partial", 1, "reserve"));
  store(plan_of_line("partial", 1, "offer"));
  store(plan_of_line("filled", 0, "none"));
  const auto events = stored_plan_events(workspace_);
  ASSERT_THAT(events, ::testing::SizeIs(4)) << "plans of a name replace each other, what they said stays";
  EXPECT_EQ(events[0].reason_code, "unknown") << "who is unable to fill has a reason";
  EXPECT_EQ(events[1].state, "partial");
  EXPECT_EQ(events[1].unmet, 1);
  EXPECT_EQ(events[1].wanted, 4);
  EXPECT_EQ(events[1].why, (text::Message{"reason.nobody", {{"a", "b"}}}));
  EXPECT_EQ(events[3].state, "filled");
  EXPECT_EQ(events[3].plan, "night");
  plan.content = plan_of_line("utf", 2, "reserve");
  EXPECT_THROW(workspace_.write([&] {
    put_plan(workspace_, plan, put_assessment(workspace_, data));
    throw std::runtime_error("killed before it ended");
  }),
               std::runtime_error);
  EXPECT_THAT(stored_plan_events(workspace_), ::testing::SizeIs(4)) << "a step that fails says nothing";
  EXPECT_THROW(workspace_.write([&] { workspace_.connection().execute("UPDATE request_events SET unmet = 0"); }),
               SqliteError);
}

}  // namespace
}  // namespace relevo::planner
