// SPDX-License-Identifier: MIT
#include "cli/import_summary.hpp"

#include "cli/layer_text.hpp"
#include "cli/report/locale.hpp"
#include "geo/table_error.hpp"
#include "planner/model/diagnostics.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <nlohmann/json.hpp>

#include <iostream>

namespace relevo::cli {

namespace {

using Json = nlohmann::ordered_json;

std::string errors_of(const planner::Diagnostics& diagnostics, text::Lang lang) {
  std::string all;
  for (const auto& d : diagnostics.all())
    if (d.severity == planner::Severity::Error)
      all += (all.empty() ? "" : "\n") + planner::format_diagnostic(d, lang);
  return all;
}

Json json_of(const planner::LayerImportResult& result, text::Lang lang) {
  auto reasons = Json::array();
  for (const auto& reason : result.counts.reasons)
    reasons.push_back({{"code", reason.code}, {"records", reason.count}, {"examples", reason.examples}});
  return {{"theme", geo::word_of(result.identity.theme)},
          {"profile", result.identity.profile},
          {"format", result.identity.format},
          {"crs", result.identity.crs},
          {"read", result.counts.read},
          {"kept", result.counts.kept},
          {"repaired", result.counts.repaired},
          {"refused", result.counts.refused},
          {"known", result.known},
          {"reasons", reasons},
          {"remarks", remarks_json(result.identity, lang)}};
}

}  // namespace

/// Errors of one file; anything else ends the program.
bool ImportSummary::guarded(Entry& entry, const std::function<void()>& work) {
  try {
    work();
    return true;
  } catch (const geo::LayerError& e) {
    entry.error = describe(e, options_.lang);
  } catch (const planner::WorkspaceError& e) {
    entry.error = text::render(e.message(), options_.lang) + " " + text::render(e.remedy(), options_.lang);
  } catch (const planner::InputError& e) {
    entry.error = errors_of(e.diagnostics(), options_.lang);
  } catch (const geo::TableError& e) {
    entry.error = e.what();
  }
  failed_ = true;
  return false;
}

void ImportSummary::add(const std::string& name, const std::function<planner::LayerImportResult()>& work) {
  Entry entry{.name = name};
  guarded(entry, [&] { entry.result = work(); });
  print(entry);
  entries_.push_back(std::move(entry));
}

void ImportSummary::add_table(const std::string& name, const std::string& table,
                              const std::function<std::size_t()>& work) {
  Entry entry{.name = name, .table = table};
  guarded(entry, [&] { entry.records = work(); });
  print(entry);
  entries_.push_back(std::move(entry));
}

void ImportSummary::print(const Entry& entry) const {
  if (!entry.error.empty())
    return fmt::print(std::cerr, "{}\n", entry.error);
  if (options_.quiet || options_.json)
    return;
  if (entry.table.empty())
    return print_layer(entry);
  fmt::print(std::cout, "{}\n",
             text::render({"workspace.table_imported",
                           {{"name", entry.name}, {"table", entry.table}, {"records", std::to_string(entry.records)}}},
                          options_.lang));
}

void ImportSummary::print_layer(const Entry& entry) const {
  const Locale locale(options_.lang);
  const auto number = [&](std::uint64_t count) { return locale.decimal(static_cast<double>(count), 0); };
  const auto& counts = entry.result.counts;
  fmt::print(std::cout, "{}\n",
             text::render({"workspace.layer_imported",
                           {{"name", entry.name},
                            {"theme", std::string(geo::word_of(entry.result.identity.theme))},
                            {"profile", entry.result.identity.profile.empty() ? "-" : entry.result.identity.profile},
                            {"read", number(counts.read)},
                            {"kept", number(counts.kept)},
                            {"repaired", number(counts.repaired)},
                            {"refused", number(counts.refused)}}},
                          options_.lang));
  if (entry.result.known > 0)
    fmt::print(std::cout, "  {}\n",
               text::render({"workspace.known", {{"count", number(entry.result.known)}}}, options_.lang));
  for (const auto& remark : described_remarks(entry.result.identity, options_.lang))
    fmt::print(std::cout, "  ! {}\n", remark);
  for (const auto& reason : counts.reasons)
    fmt::print(std::cout, "  {}: {}{}\n", number(reason.count), describe_reason(reason.code, options_.lang),
               reason.examples.empty() ? std::string() : fmt::format(" ({})", fmt::join(reason.examples, ", ")));
}

Json ImportSummary::json() const {
  auto list = Json::array();
  for (const auto& entry : entries_) {
    Json one{{"name", entry.name}};
    if (!entry.error.empty())
      one["error"] = entry.error;
    else if (entry.table.empty())
      one.update(json_of(entry.result, options_.lang));
    else
      one.update({{"table", entry.table}, {"records", entry.records}});
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace relevo::cli
