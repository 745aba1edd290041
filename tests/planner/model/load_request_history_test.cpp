// SPDX-License-Identifier: MIT
// The table request_history: what it means, and every way in which it can be wrong.
#include "planner/model/request_states.hpp"
#include "tests/planner/model/scenario_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relevo::planner {
namespace {

using test::in_words;
using test::ScenarioFolder;
using test::sentence_of;
using test::summaries;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using State = RequestEvent::State;

constexpr const char* kHeader = "request,state,when,agency,unit,quantity,to_request,reason_code,reason\n";

ScenarioDraft load(const std::string& rows) {
  const ScenarioFolder folder;
  folder.write("request_history.csv", kHeader + rows);
  return folder.load();
}

Diagnostics faults(const std::string& rows) {
  const ScenarioFolder folder;
  folder.write("request_history.csv", kHeader + rows);
  return folder.diagnose();
}

TEST(LoadRequestHistory, KeepsEventsByLineAndDayWithTheirQuantities) {
  const auto draft = load(
      "C-2,created,2016-05-20,,,,,,\n"
      "C-1,released,2016-06-12,,,,,,\n"
      "C-1,created,2016-05-21,,,,,,first order\n"
      "C-1,Offered,2016-05-22,CA-BC,,2,,,\n"
      "C-1,filled,2016-06-04,CA-BC,BC-CR,,,,\n"
      "C-1,reassigned,2016-06-10,CA-BC,BC-CR,1,C-2,,\n");
  ASSERT_EQ(draft.data.request_history.size(), 6U);
  std::vector<std::string> said;
  for (const auto& event : draft.data.request_history)
    said.push_back(draft.data.requests[event.request].id + " " + std::string(word_of(event.state)) + " " +
                   std::to_string(event.quantity));
  EXPECT_THAT(said, ElementsAre("C-1 created 0", "C-1 offered 2", "C-1 filled 2", "C-1 reassigned 1", "C-1 released 1",
                                "C-2 created 0"));
  EXPECT_EQ(draft.data.requests[*draft.data.request_history[3].to].id, "C-2");
}

TEST(LoadRequestHistory, ACancelledLineIsNotNeededFromItsDayOn) {
  const auto draft = load("C-1,cancelled,2016-06-11,,,,,need_gone,rain\nC-2,cancelled,2016-06-01,,,,,gave_up,\n");
  const auto& first = draft.data.requests[RequestIndex(0U)];
  EXPECT_EQ(first.need.last, parse_day("2016-06-11"));
  EXPECT_EQ(first.cancelled, parse_day("2016-06-11"));
  const auto& second = draft.data.requests[RequestIndex(1U)];
  EXPECT_TRUE(second.need.empty());
  EXPECT_EQ(second.need.first, parse_day("2016-06-05"));
  const auto later = load("C-1,cancelled,2016-08-01,,,,,duplicate,\n");
  EXPECT_EQ(later.data.requests[RequestIndex(0U)].need.last, parse_day("2016-06-21"));
  EXPECT_NO_THROW(Scenario{draft.data});
}

TEST(LoadRequestHistory, ALineThatIsUnableToFillIsStillNeededAndMayBeOrderedAgain) {
  const auto draft =
      load("C-1,utf,2016-05-23,,,,,no_answer,\nC-1,created,2016-05-24,,,,,,\nC-1,filled,2016-05-25,,,1,,,\n");
  EXPECT_EQ(draft.data.request_history.size(), 3U);
  EXPECT_FALSE(draft.data.requests[RequestIndex(0U)].cancelled);
}

TEST(LoadRequestHistory, EveryFaultNamesRowColumnAndRule) {
  const auto found = faults(
      "C-9,created,2016-05-20,,,,,,\n"             // 2: no such line
      "C-1,kancelled,2016-05-20,,,,,,\n"           // 3: no such state
      "C-1,utf,2016-05-21,,,,,,\n"                 // 4: no reason code
      "C-1,cancelled,2016-05-21,,,,,reserve,\n"    // 5: a reason of another state
      "C-1,declined,2016-05-21,,,,,resreve,\n"     // 6: no code at all
      "C-2,filled,2016-05-22,,,3,,,\n"             // 7: the line wants two
      "C-2,created,2016-05-23,,,,,,\n"             // 8: after something else
      "C-2,cancelled,2016-05-24,,,,,need_gone,\n"  // 9
      "C-2,filled,2016-05-25,,,,,,\n"              // 10: after its end
      "C-2,offered,,XX,,0,,,\n");                  // 11: no day, no agency, nothing
  EXPECT_THAT(summaries(found, Severity::Error),
              ElementsAre("request_history.csv:3 state table.word", "request_history.csv:6 reason_code table.word",
                          "request_history.csv:11 when table.empty_cell", "request_history.csv:11 quantity table.zero",
                          "request_history.csv:2 request table.reference",
                          "request_history.csv:4 reason_code request_history.no_reason",
                          "request_history.csv:5 reason_code request_history.reason",
                          "request_history.csv:11 agency table.reference",
                          "request_history.csv:7 quantity request_history.quantity",
                          "request_history.csv:8 state request_history.order",
                          "request_history.csv:10 state request_history.order"))
      << in_words(found);
  for (const char* meant : {"'C-1'", "'cancelled'", "'reserve'"})
    EXPECT_THAT(in_words(found), HasSubstr("Did you mean " + std::string(meant))) << meant;
  EXPECT_THAT(sentence_of(found, "request_history.no_reason"), HasSubstr("reserve"));
  EXPECT_THAT(sentence_of(found, "request_history.reason"), HasSubstr("need_gone"));
}

TEST(LoadRequestHistory, NobodyLeavesWhoIsNotThere) {
  EXPECT_THAT(summaries(faults("C-1,released,2016-06-20,,,,,,\n"), Severity::Error),
              ElementsAre("request_history.csv:2 state request_history.quantity"));
  EXPECT_THAT(summaries(faults("C-1,filled,2016-06-05,,,1,,,\nC-1,released,2016-06-20,,,2,,,\n"), Severity::Error),
              ElementsAre("request_history.csv:3 quantity request_history.quantity"));
}

/// Every pair of states, against the table of docs/history.md written down once more.
TEST(LoadRequestHistory, WhatMayFollowWhat) {
  Request request;
  request.quantity = 5;
  for (const auto& first_word : request_state_words())
    for (const auto& second_word : request_state_words()) {
      const auto first = *request_state_of(first_word);
      const auto second = *request_state_of(second_word);
      OrderProgress progress(request);
      RequestEvent event{.state = first, .quantity = 2};
      progress.take(event);
      bool allowed = true;
      if (first == State::Cancelled)
        allowed = takes_away(second);
      else if (first == State::UnableToFill)
        allowed = takes_away(second) || second == State::Created || second == State::Cancelled;
      else if (second == State::Created)
        allowed = false;
      EXPECT_EQ(!progress.obstacle(second), allowed) << first_word << " -> " << second_word;
    }
}

TEST(RequestStates, CodesAreThoseOfPlansAndTheirOwn) {
  EXPECT_THAT(utf_codes(), ::testing::IsSupersetOf({"reserve", "offer", "nobody", "declined", "no_answer"}));
  EXPECT_THAT(utf_codes(), ::testing::Not(::testing::Contains("none")));
  EXPECT_THAT(cancel_codes(), ::testing::IsSupersetOf({"need_gone", "gave_up"}));
  EXPECT_FALSE(request_state_of("gone"));
}

}  // namespace
}  // namespace relevo::planner
