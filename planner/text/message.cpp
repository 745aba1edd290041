// SPDX-License-Identifier: MIT
#include "planner/text/message.hpp"

#include "planner/text/catalogue_parts.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <stdexcept>

namespace relevo::text {

namespace {

std::vector<Entry> join_parts() {
  std::vector<Entry> all;
  for (const auto part :
       {vocabulary(), input_messages(), incident_messages(), reason_messages(), change_messages(), violation_messages(),
        report_messages(), assessment_messages(), hazard_messages(), command_messages(), layer_messages(),
        workspace_messages(), record_messages(), replan_messages()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

const Entry& find_entry(std::string_view key) {
  static const auto by_key = [] {
    std::map<std::string_view, const Entry*> map;
    for (const auto& entry : catalogue())
      map.emplace(entry.key, &entry);
    return map;
  }();
  const auto it = by_key.find(key);
  if (it == by_key.end())
    throw std::logic_error("no text for the key '" + std::string(key) + "'");
  return *it->second;
}

std::string_view sentence_of(const Entry& entry, Lang lang) {
  switch (lang) {
    case Lang::En:
      return entry.en;
    case Lang::Es:
      return entry.es;
    case Lang::Fr:
      return entry.fr;
  }
  throw std::logic_error("unknown language");
}

const std::string& argument(const Message& message, std::string_view name) {
  const auto it = std::ranges::find_if(message.args, [&](const auto& arg) { return arg.first == name; });
  if (it == message.args.end())
    throw std::logic_error("the text '" + message.key + "' needs the argument '" + std::string(name) + "'");
  return it->second;
}

/// "count|day|days"
std::string choose(const Message& message, std::string_view choice, Lang lang) {
  const auto first = choice.find('|');
  const auto second = choice.find('|', first + 1);
  if (second == std::string_view::npos)
    throw std::logic_error("the text '" + message.key + "' has a choice that lacks a word");
  const auto word = is_one(argument(message, choice.substr(0, first)), lang)
                        ? choice.substr(first + 1, second - first - 1)
                        : choice.substr(second + 1);
  return std::string(word);
}

std::string substitute(const Message& message, std::string_view placeholder, Lang lang) {
  if (placeholder.find('|') != std::string_view::npos)
    return choose(message, placeholder, lang);
  if (!placeholder.starts_with('@'))
    return argument(message, placeholder);
  return render(argument(message, placeholder.substr(1)), lang);
}

}  // namespace

const std::vector<Entry>& catalogue() {
  static const std::vector<Entry> all = join_parts();
  return all;
}

bool is_one(std::string_view number, Lang lang) {
  return number == "1" || (number == "0" && lang == Lang::Fr);
}

std::string render(const Message& message, Lang lang) {
  const std::string_view sentence = sentence_of(find_entry(message.key), lang);
  std::string out;
  out.reserve(sentence.size() + 32);
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const char c = sentence[i];
    if (c != '{' && c != '}') {
      out += c;
      continue;
    }
    if (i + 1 < sentence.size() && sentence[i + 1] == c) {
      out += c;
      ++i;
      continue;
    }
    const auto end = c == '{' ? sentence.find('}', i) : std::string_view::npos;
    if (end == std::string_view::npos)
      throw std::logic_error("stray brace in the text '" + message.key + "'");
    out += substitute(message, sentence.substr(i + 1, end - i - 1), lang);
    i = end;
  }
  return out;
}

std::string render(std::string_view key, Lang lang) {
  return render(Message{std::string(key), {}}, lang);
}

}  // namespace relevo::text
