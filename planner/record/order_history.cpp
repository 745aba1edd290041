// SPDX-License-Identifier: MIT
#include "planner/record/order_history.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

namespace relevo::planner {

namespace {

using State = OrderEntry::State;
using Origin = OrderEntry::Origin;

State state_of(RequestEvent::State state) {
  switch (state) {
    case RequestEvent::State::Created:
      return State::Created;
    case RequestEvent::State::Offered:
      return State::Offered;
    case RequestEvent::State::Accepted:
      return State::Accepted;
    case RequestEvent::State::Filled:
      return State::Filled;
    case RequestEvent::State::Declined:
      return State::Declined;
    case RequestEvent::State::UnableToFill:
      return State::UnableToFill;
    case RequestEvent::State::Cancelled:
      return State::Cancelled;
    case RequestEvent::State::Reassigned:
      return State::Reassigned;
    case RequestEvent::State::Released:
      break;
  }
  return State::Released;
}

State state_of(Response::Answer answer) {
  switch (answer) {
    case Response::Answer::Asked:
      return State::Asked;
    case Response::Answer::Accepted:
      return State::Accepted;
    case Response::Answer::Conditional:
      return State::Offered;
    case Response::Answer::Declined:
      return State::Declined;
    case Response::Answer::Recalled:
      break;
  }
  return State::Withdrawn;
}

State state_of_word(const std::string& word) {
  if (word == "filled")
    return State::Filled;
  if (word == "partial")
    return State::PartlyFilled;
  return word == "pending" ? State::Pending : State::UnableToFill;
}

int sum_of(const std::vector<int>& series) {
  return std::accumulate(series.begin(), series.end(), 0);
}

/// Collects the entries of all lines, then puts each line's in order.
class TimelineMaker {
 public:
  TimelineMaker(const Scenario& scenario, const std::vector<PlanEvent>& recorded, const PlanRecord* plan)
      : data_(scenario.data()), recorded_(recorded), plan_(plan) {
    for (const auto index : data_.requests.indices()) {
      timelines_.push_back({.request = index});
      by_id_.emplace(data_.requests[index].id, index);
    }
  }

  std::vector<OrderTimeline> make() {
    add_table();
    add_creations();
    add_responses();
    add_commitments();
    add_recorded();
    if (plan_ != nullptr)
      add_sent();
    for (auto& timeline : timelines_)
      finish(timeline);
    return std::move(timelines_);
  }

 private:
  std::vector<OrderEntry>& entries_of(RequestIndex request) { return timelines_[request.value()].entries; }
  bool is_later(const std::optional<Day>& day) const { return day && *day > data_.as_of; }

  void add_table() {
    for (const auto& event : data_.request_history)
      entries_of(event.request)
          .push_back({.state = state_of(event.state),
                      .origin = Origin::Table,
                      .when = event.when,
                      .expected = is_later(event.when),
                      .agency = event.agency ? data_.agencies[*event.agency].id : std::string{},
                      .unit = event.unit ? data_.units[*event.unit].id : std::string{},
                      .to_request = event.to ? data_.requests[*event.to].id : std::string{},
                      .quantity = event.quantity,
                      .reason_code = event.reason_code,
                      .reason = event.reason,
                      .source = event.from.source,
                      .remark = event.from.note});
  }

  /// A line is there, so it was created; when, only the table says.
  void add_creations() {
    for (const auto index : data_.requests.indices()) {
      auto& entries = entries_of(index);
      if (std::ranges::find(entries, State::Created, &OrderEntry::state) != entries.end())
        continue;
      const auto& request = data_.requests[index];
      entries.insert(entries.begin(), {.state = State::Created,
                                       .quantity = request.quantity,
                                       .source = request.from.source,
                                       .remark = request.from.note});
    }
  }

  /// Unless the centre's table says the same.
  void add_derived(RequestIndex request, OrderEntry entry) {
    auto& entries = entries_of(request);
    const bool is_known = std::ranges::any_of(entries, [&](const OrderEntry& other) {
      return other.origin == Origin::Table && other.state == entry.state && other.when == entry.when &&
             (other.agency.empty() || other.agency == entry.agency);
    });
    if (!is_known)
      entries.push_back(std::move(entry));
  }

  void add_responses() {
    for (const auto& response : data_.responses)
      add_derived(response.request, {.state = state_of(response.answer),
                                     .origin = Origin::Response,
                                     .when = response.when,
                                     .expected = is_later(response.when),
                                     .agency = data_.agencies[response.agency].id,
                                     .reason = response.reason,
                                     .source = response.from.source,
                                     .remark = response.from.note});
  }

  int amount(RequestIndex request, int units, int persons_each) const {
    return data_.requests[request].measure == Measure::People ? units * persons_each : units;
  }

  void add_commitments() {
    for (const auto& commitment : data_.commitments) {
      if (!commitment.request)
        continue;
      const auto& unit = data_.units[commitment.unit];
      OrderEntry entry{
          .state = State::Filled,
          .origin = Origin::Commitment,
          .when = commitment.first_line_day,
          .until = commitment.release - Days{1},
          .expected = is_later(commitment.first_line_day),
          .agency = data_.agencies[unit.agency].id,
          .unit = unit.id,
          .quantity = amount(*commitment.request, static_cast<int>(commitment.ordinals.size()), unit.persons),
          .name = commitment.id,
          .source = commitment.from.source,
          .remark = commitment.from.note};
      OrderEntry release = entry;
      release.state = State::Released;
      release.when = commitment.release;
      release.until.reset();
      release.expected = is_later(release.when);
      add_derived(*commitment.request, std::move(entry));
      add_derived(*commitment.request, std::move(release));
    }
  }

  void add_recorded() {
    for (const auto& event : recorded_) {
      const auto it = by_id_.find(event.request);
      // A line that an earlier state of the tables had and the present one has not.
      if (it == by_id_.end())
        continue;
      entries_of(it->second)
          .push_back({.state = state_of_word(event.state),
                      .origin = Origin::Plan,
                      .when = event.when,
                      .wanted = event.wanted,
                      .unmet = event.unmet,
                      .reason_code = event.reason_code == "none" ? std::string{} : event.reason_code,
                      .why = event.why,
                      .name = event.plan});
    }
  }

  /// Whom the plan sends, and moves from line to line: units of one roster row on the same days in one entry.
  void add_sent() {
    std::map<std::tuple<RequestIndex, Day, Day, std::string, std::string>, int> sent;
    std::map<std::tuple<RequestIndex, Day, std::string, std::string, std::string>, int> moved;
    for (const auto& assignment : plan_->assignments) {
      if (assignment.commitment)
        continue;
      const PlanRecord::Stay* before = nullptr;
      for (const auto& stay : assignment.stays) {
        const auto it = by_id_.find(stay.request);
        if (it == by_id_.end() || stay.line_days.empty())
          continue;
        const int units = amount(it->second, 1, assignment.persons);
        sent[{it->second, stay.line_days.front(), stay.line_days.back(), assignment.agency, assignment.unit}] += units;
        if (before != nullptr && before->request != stay.request) {
          const auto from = by_id_.at(before->request);
          moved[{from, stay.line_days.front(), assignment.agency, assignment.unit, stay.request}] +=
              amount(from, 1, assignment.persons);
        }
        before = &stay;
      }
    }
    for (const auto& [key, quantity] : sent) {
      const auto& [request, first, last, agency, unit] = key;
      entries_of(request).push_back({.state = State::Filled,
                                     .origin = Origin::Sent,
                                     .when = first,
                                     .until = last,
                                     .expected = true,
                                     .agency = agency,
                                     .unit = unit,
                                     .quantity = quantity,
                                     .name = plan_->name});
    }
    for (const auto& [key, quantity] : moved) {
      const auto& [request, day, agency, unit, to] = key;
      entries_of(request).push_back({.state = State::Reassigned,
                                     .origin = Origin::Sent,
                                     .when = day,
                                     .expected = true,
                                     .agency = agency,
                                     .unit = unit,
                                     .to_request = to,
                                     .quantity = quantity,
                                     .name = plan_->name});
    }
  }

  static void finish(OrderTimeline& timeline) {
    const auto created = std::ranges::find(timeline.entries, State::Created, &OrderEntry::state);
    const auto first = created == timeline.entries.end() ? std::nullopt : created->when;
    // Nothing happens to an order before it is there.
    const auto key = [first](const OrderEntry& entry) {
      return std::tuple(entry.when ? *entry.when : first.value_or(kFirstDay), entry.origin);
    };
    std::ranges::stable_sort(timeline.entries,
                             [&](const OrderEntry& a, const OrderEntry& b) { return key(a) < key(b); });
    for (const auto& entry : timeline.entries)
      if (!entry.expected)
        timeline.state = entry.state;
  }

  const ScenarioData& data_;
  const std::vector<PlanEvent>& recorded_;
  const PlanRecord* plan_;
  std::vector<OrderTimeline> timelines_;
  std::map<std::string, RequestIndex> by_id_;
};

}  // namespace

std::string_view word_of(State state) {
  constexpr std::array<std::string_view, 13> kWords{"created",    "asked",    "offered",  "accepted", "declined",
                                                    "withdrawn",  "filled",   "partial",  "pending",  "utf",
                                                    "reassigned", "released", "cancelled"};
  return kWords.at(static_cast<std::size_t>(state));
}

std::string_view word_of(Origin origin) {
  constexpr std::array<std::string_view, 6> kWords{"request", "table", "response", "commitment", "plan", "sent"};
  return kWords.at(static_cast<std::size_t>(origin));
}

std::vector<PlanEvent> plan_events(const PlanRecord& plan) {
  std::vector<PlanEvent> events;
  for (const auto& line : plan.lines) {
    const int wanted = sum_of(line.wanted);
    if (wanted == 0)
      continue;
    std::string code = line.reason_code.empty() ? "none" : line.reason_code;
    if (line.status == "utf" && code == "none")
      code = "unknown";
    events.push_back({.request = line.request,
                      .state = line.status,
                      .when = plan.as_of,
                      .wanted = wanted,
                      .unmet = sum_of(line.unmet),
                      .reason_code = std::move(code),
                      .why = line.reason,
                      .plan = plan.name});
  }
  return events;
}

std::vector<PlanEvent> news_of(const std::vector<PlanEvent>& now, const std::vector<PlanEvent>& recorded) {
  std::map<std::string_view, const PlanEvent*> latest;
  for (const auto& event : recorded)
    latest[event.request] = &event;
  std::vector<PlanEvent> news;
  for (const auto& event : now) {
    const auto it = latest.find(event.request);
    if (it == latest.end() || it->second->state != event.state || it->second->unmet != event.unmet ||
        it->second->reason_code != event.reason_code)
      news.push_back(event);
  }
  return news;
}

std::vector<OrderTimeline> order_timelines(const Scenario& scenario, const std::vector<PlanEvent>& recorded,
                                           const PlanRecord* plan) {
  return TimelineMaker(scenario, recorded, plan).make();
}

}  // namespace relevo::planner
