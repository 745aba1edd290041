// SPDX-License-Identifier: MIT
#include "cli/layer_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace relevo::cli {

namespace {

bool is_known(const std::string& key) {
  const auto& all = text::catalogue();
  return std::any_of(all.begin(), all.end(), [&](const text::Entry& entry) { return entry.key == key; });
}

/// Readers add arguments as they know them; a sentence may ask for one that is not there.
text::Message sentence(const std::string& key, const std::string& otherwise, const geo::LayerError& error) {
  text::Message message{is_known(key) ? key : otherwise, error.args()};
  // What a library said becomes a sentence among sentences.
  for (auto& [name, value] : message.args) {
    if (name == "detail" && !value.empty() && std::string_view(".!?").find(value.back()) == std::string_view::npos)
      value += '.';
  }
  message.args.emplace_back("code", error.code());
  for (const char* name : {"detail",    "reason", "cause",   "kind",   "entries", "bytes",   "limit",     "looks_like",
                           "layers",    "layer",  "columns", "column", "field",   "profile", "value",     "crs",
                           "available", "width",  "height",  "row",    "storms",  "points",  "megabytes", "seconds"})
    message.args.emplace_back(name, "");
  return message;
}

std::string without_spaces_at_end(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

std::string describe(const geo::LayerError& error, text::Lang lang) {
  const std::string where = error.record() == 0 ? error.file() : fmt::format("{}:{}", error.file(), error.record());
  return fmt::format("{}: {} {}", where,
                     without_spaces_at_end(text::render(sentence("layer." + error.code(), "layer.other", error), lang)),
                     text::render(sentence("remedy.layer." + error.code(), "remedy.layer.other", error), lang));
}

std::string describe_reason(std::string_view code, text::Lang lang) {
  const std::string key = "layer.reason." + std::string(code);
  return is_known(key) ? text::render(key, lang) : std::string(code);
}

std::string inert(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; }, '?');
  return text;
}

std::string describe_remark(const std::string& code, const std::string& value, text::Lang lang) {
  const std::string key = "layer.remark." + code;
  return text::render({is_known(key) ? key : "layer.remark.other", {{"code", code}, {"value", value}}}, lang);
}

std::vector<std::string> described_remarks(const geo::LayerIdentity& identity, text::Lang lang) {
  std::vector<std::string> all;
  all.reserve(identity.remarks.size());
  for (const auto& [code, value] : identity.remarks)
    all.push_back(inert(describe_remark(code, value, lang)));
  return all;
}

nlohmann::ordered_json remarks_json(const geo::LayerIdentity& identity, text::Lang lang) {
  auto remarks = nlohmann::ordered_json::array();
  for (const auto& [code, value] : identity.remarks)
    remarks.push_back({{"code", code}, {"value", value}, {"message", describe_remark(code, value, lang)}});
  return remarks;
}

}  // namespace relevo::cli
