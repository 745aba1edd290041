// SPDX-License-Identifier: MIT
#include "tests/planner/model/scenario_folder.hpp"

#include "planner/model/text_file.hpp"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace relevo::test {

namespace fs = std::filesystem;
using planner::Diagnostics;
using planner::Severity;

namespace {

constexpr std::string_view kScenario = R"([scenario]
id = "test"
title = "A test"
time_zone = "America/Edmonton"
as_of = 2016-05-28
days = 30
agreements = ["own-forces", "mars", "ca-mx-2014-2016"]
)";

constexpr std::string_view kBases = R"(base_id,name,agency,lon,lat
BC-KAM,Kamloops,CA-BC,-120.3,50.7
MX-ZAP,Zapopan,MX-CONAFOR,-103.4,20.7
)";

constexpr std::string_view kPools = R"(pool_id,people,from,to
JAL,62,,
)";

constexpr std::string_view kUnits =
    R"(unit_id,agency,kind,type,count,persons,base,available_from,available_to,languages,qualifications,documents,pools
BC-CR,CA-BC,crew,1,2,20,BC-KAM,,,en,,,
BC-PUMP,CA-BC,pump,light,1,,BC-KAM,,,,,,
MX-BR,MX-CONAFOR,brigada,,3,,MX-ZAP,2016-06-01,2016-07-15,es,interpreter,passport;visa-ca,JAL:18
)";

constexpr std::string_view kIncidents = R"(incident_id,name,agency,lon,lat,discovered,area_ha
MWF-009,Horse River,CA-AB,-111.4,56.7,2016-05-01,580000
)";

constexpr std::string_view kRequests = R"(request_id,incident,kind,type,quantity,from,to,priority,channel
C-1,MWF-009,crew,2,2,2016-06-05,2016-06-20,2,
C-2,MWF-009,crew,2,2,2016-06-05,2016-07-05,auto,ca-mx-2014
)";

fs::path new_folder() {
  static std::atomic<int> counter{0};
  const auto stamp = std::chrono::steady_clock::now().time_since_epoch().count();
  auto path = fs::temp_directory_path() / fmt::format("relevo-test-{}-{}", stamp, counter++);
  fs::create_directories(path);
  return path;
}

}  // namespace

ScenarioFolder::ScenarioFolder() : path_(new_folder()) {
  write("scenario.toml", kScenario);
  write("bases.csv", kBases);
  write("pools.csv", kPools);
  write("units.csv", kUnits);
  write("incidents.csv", kIncidents);
  write("requests.csv", kRequests);
}

ScenarioFolder::~ScenarioFolder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

void ScenarioFolder::write(const std::string& file, std::string_view content) const {
  fs::create_directories((path_ / file).parent_path());
  std::ofstream out(path_ / file, std::ios::binary);
  out << content;
}

void ScenarioFolder::remove(const std::string& file) const {
  fs::remove(path_ / file);
}

std::string ScenarioFolder::read(const std::string& file) const {
  std::ifstream in(path_ / file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void ScenarioFolder::replace(const std::string& file, std::string_view from, std::string_view to) const {
  auto text = read(file);
  const auto at = text.find(from);
  if (at == std::string::npos || text.find(from, at + 1) != std::string::npos)
    throw std::logic_error(fmt::format("{} has not exactly one '{}'", file, from));
  write(file, text.replace(at, from.size(), to));
}

planner::ScenarioDraft ScenarioFolder::load() const {
  return planner::load_scenario(path_, data_dir());
}

Diagnostics ScenarioFolder::diagnose() const {
  try {
    return load().diagnostics;
  } catch (const planner::InputError& error) {
    return error.diagnostics();
  }
}

fs::path data_dir() {
  return fs::path(RELEVO_SOURCE_DIR) / "data";
}

std::string shipped_text(const std::string& file) {
  Diagnostics diagnostics;
  return planner::read_text_file(data_dir() / file, file, diagnostics).value();
}

planner::Day day(const char* text) {
  return planner::parse_day(text).value();
}

std::vector<std::string> summaries(const Diagnostics& diagnostics) {
  return summaries(diagnostics, Severity::Note);
}

std::vector<std::string> summaries(const Diagnostics& diagnostics, Severity least) {
  std::vector<std::string> all;
  for (const auto& d : diagnostics.all())
    if (d.severity >= least)
      all.push_back(fmt::format("{}:{} {} {}", d.file, d.line, d.column, d.rule));
  return all;
}

std::string in_words(const Diagnostics& diagnostics) {
  std::string words;
  for (const auto& d : diagnostics.all())
    words += planner::format_diagnostic(d, text::Lang::En) + "\n";
  return words;
}

std::string sentence_of(const Diagnostics& diagnostics, const std::string& rule) {
  for (const auto& d : diagnostics.all())
    if (d.rule == rule)
      return planner::format_diagnostic(d, text::Lang::En);
  return {};
}

}  // namespace relevo::test
