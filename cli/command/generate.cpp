// SPDX-License-Identifier: MIT
#include "cli/command/commands.hpp"
#include "cli/data_dir.hpp"
#include "cli/output_folder.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <nlohmann/json.hpp>

#include <iostream>

namespace relevo::cli {

namespace {

using Json = nlohmann::ordered_json;
using planner::generate::generate_season;
using planner::generate::PeakDemand;
using planner::generate::Season;

int per_cent(int part, int whole) {
  return whole == 0 ? 0 : (part * 100 + whole / 2) / whole;
}

Json json_of(const PeakDemand& peak) {
  Json kinds = Json::array();
  for (const auto& kind : peak.kinds)
    kinds.push_back({{"kind", kind.kind}, {"demand", kind.demand}, {"available", kind.available}});
  return {{"day", peak.day},
          {"demand", peak.demand},
          {"available", peak.available},
          {"usable", peak.usable},
          {"is_as_promised", peak.is_as_promised()},
          {"kinds", kinds}};
}

void print_season_as_json(const Season& season, const std::filesystem::path& folder) {
  Json files = Json::array();
  for (const auto& file : season.files)
    files.push_back(file.name);
  const Json json = {{"id", season.id},
                     {"folder", folder.string()},
                     {"units", season.size.units},
                     {"classes", season.size.classes},
                     {"requests", season.size.requests},
                     {"days", season.size.days},
                     {"agencies", season.size.agencies},
                     {"kinds", season.size.kinds},
                     {"incidents", season.incidents},
                     {"peak", json_of(season.peak)},
                     {"files", files}};
  std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
}

void print_text(const Season& season, const std::filesystem::path& folder, text::Lang lang) {
  const auto& peak = season.peak;
  fmt::print(std::cout, "{}\n",
             text::render({"generate.made",
                           {{"folder", folder.string()},
                            {"units", std::to_string(season.size.units)},
                            {"classes", std::to_string(season.size.classes)},
                            {"requests", std::to_string(season.size.requests)},
                            {"incidents", std::to_string(season.incidents)},
                            {"agencies", std::to_string(season.size.agencies)},
                            {"kinds", std::to_string(season.size.kinds)},
                            {"days", std::to_string(season.size.days)}}},
                          lang));
  fmt::print(std::cout, "{}\n",
             text::render({"generate.peak",
                           {{"day", std::to_string(peak.day + 1)},
                            {"demand", std::to_string(peak.demand)},
                            {"available", std::to_string(peak.available)},
                            {"share", std::to_string(per_cent(peak.demand, peak.available))},
                            {"usable_share", std::to_string(per_cent(peak.demand, peak.usable))}}},
                          lang));
}

}  // namespace

ExitCode generate_scenario(const GenerateCommand& command, const CommonOptions& options) {
  OutputFolder out(command.out, kSeasonFolder);
  Season season = generate_season(command.season, data_dir());
  for (const auto& file : season.files)
    out.add(file.name, file.content);
  out.commit();
  if (options.json)
    print_season_as_json(season, command.out);
  else if (!options.quiet)
    print_text(season, command.out, options.lang);
  if (!season.peak.is_as_promised() && !options.quiet)
    fmt::print(std::cerr, "{}\n", text::render("generate.not_as_promised", options.lang));
  return ExitCode::Done;
}

}  // namespace relevo::cli
