// SPDX-License-Identifier: MIT
// What became of order lines, as the centre recorded it.
#include "planner/model/load_context.hpp"
#include "planner/model/request_states.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relevo::planner::detail {

namespace {

using State = RequestEvent::State;

std::vector<std::string_view> all_codes() {
  std::vector<std::string_view> codes = cancel_codes();
  codes.insert(codes.end(), utf_codes().begin(), utf_codes().end());
  return codes;
}

/// Both must say why, each in its own words.
const std::vector<std::string_view>* codes_of(State state) {
  if (state == State::UnableToFill)
    return &utf_codes();
  return state == State::Cancelled ? &cancel_codes() : nullptr;
}

void check_reason(const RequestEvent& event, Record& record, LoadContext& context) {
  const auto* codes = codes_of(event.state);
  if (codes == nullptr || !record.valid())
    return;
  const MessageArgs args{{"state", std::string(word_of(event.state))},
                         {"codes", fmt::format("{}", fmt::join(*codes, ", "))}};
  if (event.reason_code.empty())
    record.report(context.diagnostics, Severity::Error, "reason_code", "request_history.no_reason", args);
  else if (std::ranges::find(*codes, event.reason_code) == codes->end())
    record.report(context.diagnostics, Severity::Error, "reason_code", "request_history.reason", args);
}

struct LoadedEvent {
  RequestEvent event;
  Record* record = nullptr;
};

std::optional<LoadedEvent> read_event(Record& record, LoadContext& context) {
  const auto request = resolve(context, record, "request", "requests", context.requests);
  RequestEvent event{.agency = resolve_agency(context, record, "agency"),
                     .unit = resolve(context, record, "unit", "units", context.units),
                     .to = resolve(context, record, "to_request", "requests", context.requests),
                     .quantity = record.integer("quantity").value_or(0),
                     .reason_code = record.text("reason_code"),
                     .reason = record.text("reason"),
                     .from = provenance_of(record)};
  if (!request || !record.valid())
    return std::nullopt;
  event.request = *request;
  event.state = request_state_of(record.text("state")).value_or(State::Created);
  event.when = record.day("when").value_or(kFirstDay);
  check_reason(event, record, context);
  return LoadedEvent{std::move(event), &record};
}

/// The remedy names what may come next.
std::string words_after(const OrderProgress& progress) {
  std::vector<std::string_view> words;
  for (const auto word : request_state_words()) {
    const auto state = *request_state_of(word);
    if (!progress.obstacle(state) && (progress.present() > 0 || !takes_away(state)))
      words.push_back(word);
  }
  return words.empty() ? std::string("-") : fmt::format("{}", fmt::join(words, ", "));
}

/// Goes through the events of one line by day; what cannot follow is reported on its row and left out.
void check_order(std::vector<LoadedEvent*>& events, const Request& request, LoadContext& context) {
  std::ranges::stable_sort(events, {}, [](const LoadedEvent* loaded) { return loaded->event.when; });
  OrderProgress progress(request);
  std::map<State, std::size_t> lines;
  for (auto* loaded : events) {
    auto& [event, record] = *loaded;
    if (!record->valid())
      continue;
    if (const auto before = progress.obstacle(event.state)) {
      record->report(context.diagnostics, Severity::Error, "state", "request_history.order",
                     {{"request", request.id},
                      {"before", std::string(word_of(*before))},
                      {"line", std::to_string(lines[*before])},
                      {"next", words_after(progress)}});
      continue;
    }
    const int present = progress.present();
    if (!progress.take(event))
      record->report(context.diagnostics, Severity::Error, record->has("quantity") ? "quantity" : "state",
                     "request_history.quantity",
                     {{"request", request.id},
                      {"wanted", std::to_string(request.quantity)},
                      {"present", std::to_string(present)}});
    lines[event.state] = record->line();
  }
}

/// From the day it is cancelled nobody is needed any more.
void end_need(Request& request, Day cancelled) {
  request.cancelled = cancelled;
  request.need.last = std::max(request.need.first, std::min(request.need.last, cancelled));
}

}  // namespace

const TableSpec& request_history_table() {
  static const TableSpec kTable{
      .name = "request_history",
      .about =
          "What became of order lines, day by day, as the centre recorded it. A cancelled line is not planned for "
          "from that day on.",
      .columns = with_provenance({
          {.name = "request",
           .type = CellType::Reference,
           .required = true,
           .about = "which line",
           .aliases = {"request_id", "solicitud", "demande"},
           .refers_to = "requests"},
          {.name = "state",
           .type = CellType::Word,
           .required = true,
           .about = "what it became",
           .words = request_state_words(),
           .aliases = {"estado", "etat"}},
          {.name = "when",
           .type = CellType::Date,
           .required = true,
           .about = "on which day",
           .aliases = {"date", "fecha"}},
          {.name = "agency",
           .type = CellType::Reference,
           .about = "the lender it is about",
           .default_value = "none",
           .aliases = {"agency_id", "lender"},
           .refers_to = "agencies"},
          {.name = "unit",
           .type = CellType::Reference,
           .about = "the roster row it is about",
           .default_value = "none",
           .aliases = {"unit_id"},
           .refers_to = "units"},
          {.name = "quantity",
           .type = CellType::Integer,
           .about = "how many, in the line's measure",
           .default_value = "filled: what is open; reassigned, released: all who are there",
           .least = 1,
           .most = 1000000,
           .aliases = {"cantidad", "quantite"}},
          {.name = "to_request",
           .type = CellType::Reference,
           .about = "reassigned: to which line",
           .default_value = "not said",
           .aliases = {"to"},
           .refers_to = "requests"},
          {.name = "reason_code",
           .type = CellType::Word,
           .about = "why; mandatory on utf and cancelled",
           .default_value = "none",
           .words = all_codes(),
           .aliases = {"code"}},
          {.name = "reason", .about = "why, in words", .default_value = "none", .aliases = {"motivo", "motif"}},
      })};
  return kTable;
}

void load_request_history(std::vector<Record>& records, LoadContext& context) {
  std::vector<LoadedEvent> loaded;
  for (auto& record : records)
    if (auto event = read_event(record, context))
      loaded.push_back(std::move(*event));
  std::map<RequestIndex, std::vector<LoadedEvent*>> by_request;
  for (auto& event : loaded)
    by_request[event.event.request].push_back(&event);
  for (auto& [request, events] : by_request) {
    check_order(events, context.data.requests[request], context);
    for (const auto* one : events) {
      if (!one->record->valid())
        continue;
      if (one->event.state == State::Cancelled)
        end_need(context.data.requests[request], one->event.when);
      context.data.request_history.push_back(one->event);
    }
  }
}

}  // namespace relevo::planner::detail
