// SPDX-License-Identifier: MIT
#include "cli/report/page.hpp"

#include <algorithm>
#include <numeric>

namespace relevo::cli {

namespace {

bool is_web_address(std::string_view text) {
  return (text.starts_with("https://") || text.starts_with("http://")) &&
         text.find_first_of(" \t<>\"") == std::string_view::npos;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// Long addresses wrap and stay legible without the scheme.
std::string_view shown_address(std::string_view address) {
  address.remove_prefix(address.find("://") + 3);
  if (address.starts_with("www.")) {
    address.remove_prefix(4);
  }
  return address.ends_with('/') ? address.substr(0, address.size() - 1) : address;
}

const std::string& name_in(const std::map<std::string, std::string>& names, std::string_view lang,
                           const std::string& otherwise) {
  auto it = names.find(std::string(lang));
  if (it == names.end()) {
    it = names.find("en");
  }
  return it == names.end() ? otherwise : it->second;
}

}  // namespace

std::string Page::say(std::string_view key, Args args) const {
  return text::render(text::Message{std::string(key), {args.begin(), args.end()}}, input.lang);
}

std::string Page::say_count(std::string_view key, long long count, Args args) const {
  const bool one = text::is_one(std::to_string(count), input.lang);
  text::Message message{std::string(key) + (one ? ".one" : ".many"), {args.begin(), args.end()}};
  message.args.emplace_back("count", locale.whole(count));
  return text::render(message, input.lang);
}

std::string Page::say(const text::Message& message) const {
  if (message.key.empty()) {
    return {};
  }
  // Rules hand over days as the tables write them; people read them as their language does.
  text::Message shown = message;
  for (auto& [name, value] : shown.args) {
    if (const auto day = planner::parse_day(value)) {
      value = locale.day(*day);
    }
  }
  return text::render(shown, input.lang);
}

std::string Page::kind(planner::KindIndex kind) const {
  const auto& record = data.kinds.kinds[kind];
  return name_in(record.names, locale.code(), record.id);
}

std::string Page::kind_and_type(planner::KindIndex kind_index, const std::string& type) const {
  const auto& record = data.kinds.kinds[kind_index];
  if (type.empty() || record.types.size() < 2) {
    return kind(kind_index);
  }
  return say("report.kind_and_type", {{"kind", kind(kind_index)}, {"type", type}});
}

std::string Page::incident_or_borrower(const planner::Request& request) const {
  return request.incident ? data.incidents[*request.incident].name : agency(request.borrower);
}

HtmlWriter::Scope Page::section(std::string_view id, std::string_view heading_key) {
  const std::string heading_id = std::string(id) + "-heading";
  auto scope = html.in("section", {{"id", id}, {"aria-labelledby", heading_id}});
  html.element("h2", {{"id", heading_id}}, say(heading_key));
  return scope;
}

HtmlWriter::Scope Page::fold(std::string_view heading_tag, std::string_view heading, std::string_view note, bool open) {
  auto scope =
      open ? html.in("details", {{"class", "fold"}, {"open", "open"}}) : html.in("details", {{"class", "fold"}});
  const auto summary = html.in("summary");
  sentence(heading_tag, heading);
  html.text(" ");
  html.element("small", note);
  return scope;
}

void Page::sentence(std::string_view tag, std::string_view text) {
  const auto element = html.in(tag);
  text_with_ids(text);
}

// "K-013"
void Page::text_with_ids(std::string_view text) {
  const auto is_digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  std::size_t written = 0;
  for (std::size_t at = text.find("K-"); at != std::string_view::npos; at = text.find("K-", at + 1)) {
    std::size_t end = at + 2;
    while (is_digit(end))
      ++end;
    if (end == at + 2 || at < written)
      continue;
    html.text(text.substr(written, at - written));
    html.element("span", {{"class", "id"}}, text.substr(at, end - at));
    written = end;
  }
  html.text(text.substr(written));
}

void Page::paragraph(std::string_view text, std::string_view css_class) {
  if (css_class.empty()) {
    html.element("p", text);
  } else {
    html.element("p", {{"class", css_class}}, text);
  }
}

void Page::source(std::string_view citation) {
  while (!citation.empty()) {
    const auto end = citation.find(';');
    const std::string_view part = trim(citation.substr(0, end));
    citation = end == std::string_view::npos ? std::string_view() : citation.substr(end + 1);
    if (is_web_address(part)) {
      html.element("a", {{"href", part}, {"rel", "noopener noreferrer"}}, shown_address(part));
    } else {
      html.text(part);
    }
    if (!citation.empty()) {
      html.text("; ");
    }
  }
}

HtmlWriter::Scope Page::scroll_region(std::string_view label) {
  return html.in("div", {{"class", "scroll"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", label}});
}

void Page::table_head(std::string_view caption, const std::vector<Heading>& headings) {
  sentence("caption", caption);
  const auto head = html.in("thead");
  const auto row = html.in("tr");
  for (const auto& heading : headings) {
    const std::string_view css = heading.column == Column::Number  ? "num"
                                 : heading.column == Column::Short ? "short"
                                                                   : "";
    html.element("th", {{"scope", "col"}, {"class", css}}, capitalized(say(heading.key)));
  }
}

std::vector<Run> equal_runs(std::initializer_list<const std::vector<int>*> series) {
  std::size_t days = 0;
  for (const auto* one : series) {
    days = std::max(days, one->size());
  }
  std::vector<Run> runs;
  for (int column = 0; column < static_cast<int>(days); ++column) {
    const bool same = !runs.empty() && std::ranges::all_of(series, [&](const auto* one) {
      return value_at(*one, column) == value_at(*one, column - 1);
    });
    if (same) {
      runs.back().last = column;
    } else {
      runs.push_back({column, column});
    }
  }
  return runs;
}

int value_at(const std::vector<int>& series, int column) {
  return column >= 0 && static_cast<std::size_t>(column) < series.size() ? series[static_cast<std::size_t>(column)] : 0;
}

int sum_of(const std::vector<int>& series) {
  return std::accumulate(series.begin(), series.end(), 0);
}

}  // namespace relevo::cli
