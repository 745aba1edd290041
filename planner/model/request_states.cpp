// SPDX-License-Identifier: MIT
#include "planner/model/request_states.hpp"

#include "planner/text/message.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relevo::planner {

namespace {

using State = RequestEvent::State;

constexpr std::array<std::pair<State, std::string_view>, 9> kWords{{
    {State::Created, "created"},
    {State::Offered, "offered"},
    {State::Accepted, "accepted"},
    {State::Declined, "declined"},
    {State::Filled, "filled"},
    {State::UnableToFill, "utf"},
    {State::Reassigned, "reassigned"},
    {State::Released, "released"},
    {State::Cancelled, "cancelled"},
}};

}  // namespace

bool takes_away(State state) {
  return state == State::Reassigned || state == State::Released;
}

std::string_view word_of(State state) {
  return std::ranges::find(kWords, state, &std::pair<State, std::string_view>::first)->second;
}

std::optional<State> request_state_of(std::string_view word) {
  const auto* const it = std::ranges::find(kWords, word, &std::pair<State, std::string_view>::second);
  return it == kWords.end() ? std::nullopt : std::optional(it->first);
}

const std::vector<std::string_view>& request_state_words() {
  static const auto words = [] {
    std::vector<std::string_view> all;
    all.reserve(kWords.size());
    for (const auto& [state, word] : kWords)
      all.push_back(word);
    return all;
  }();
  return words;
}

const std::vector<std::string_view>& utf_codes() {
  static const auto codes = [] {
    constexpr std::string_view kReason = "reason.";
    std::vector<std::string_view> all;
    for (const auto& entry : text::catalogue())
      if (entry.key.starts_with(kReason)) {
        const auto code = entry.key.substr(kReason.size());
        if (code != "none" && code.find('.') == std::string_view::npos)
          all.push_back(code);
      }
    all.emplace_back("no_answer");
    return all;
  }();
  return codes;
}

const std::vector<std::string_view>& cancel_codes() {
  static const std::vector<std::string_view> codes{"need_gone", "gave_up",  "filled_elsewhere",
                                                   "duplicate", "replaced", "entered_in_error"};
  return codes;
}

std::optional<State> OrderProgress::obstacle(State next) const {
  // A line that was called unable to fill may be ordered again.
  if (next == State::Created)
    return closed_ == State::UnableToFill ? std::nullopt : last_;
  if (takes_away(next))
    return std::nullopt;
  if (closed_ == State::UnableToFill && next == State::Cancelled)
    return std::nullopt;
  return closed_;
}

bool OrderProgress::take(RequestEvent& event) {
  last_ = event.state;
  if (event.state == State::Created)
    closed_.reset();
  if (event.state == State::UnableToFill || event.state == State::Cancelled)
    closed_ = event.state;
  if (event.state == State::Filled) {
    if (event.quantity == 0)
      event.quantity = std::max(0, request_->quantity - present_);
    present_ += event.quantity;
    // Crews are not cut to size: a line counted in people may get a few more.
    return event.quantity > 0 && (request_->measure == Measure::People || present_ <= request_->quantity);
  }
  if (takes_away(event.state)) {
    if (event.quantity == 0)
      event.quantity = present_;
    if (event.quantity == 0 || event.quantity > present_)
      return false;
    present_ -= event.quantity;
  }
  return true;
}

}  // namespace relevo::planner
