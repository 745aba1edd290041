// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::planner {

/// The words of the table request_history: "created", "utf", ...
std::string_view word_of(RequestEvent::State state);
std::optional<RequestEvent::State> request_state_of(std::string_view word);
/// All words, in the order in which an order usually goes through them.
const std::vector<std::string_view>& request_state_words();

/// Whether it takes units away from a line: reassigned, released.
bool takes_away(RequestEvent::State state);

/// Codes that say why a line is called unable to fill: the reasons of a plan (docs/plan-json.md), and `no_answer`.
const std::vector<std::string_view>& utf_codes();
/// Codes that say why a line is cancelled. Whether the need has gone or somebody gave up waiting is two codes.
const std::vector<std::string_view>& cancel_codes();

/// Where one order stands while its events are gone through in the order of their days.
class OrderProgress {
 public:
  explicit OrderProgress(const Request& request) : request_(&request) {}

  /// Nothing where the event may come next; else the state that keeps it from coming. Whether anybody is there to be
  /// taken away is left to take().
  std::optional<RequestEvent::State> obstacle(RequestEvent::State next) const;
  /// Takes the event. Without a quantity, `filled` fills what is open and `reassigned` and `released` take all who are
  /// there. False where there are not so many. \pre !obstacle(event.state)
  bool take(RequestEvent& event);
  /// Units (people) that serve it now.
  int present() const noexcept { return present_; }

 private:
  const Request* request_;
  std::optional<RequestEvent::State> last_;    ///< of the states that change what may follow
  std::optional<RequestEvent::State> closed_;  ///< UnableToFill or Cancelled
  int present_ = 0;
};

}  // namespace relevo::planner
