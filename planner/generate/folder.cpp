// SPDX-License-Identifier: MIT
#include "planner/generate/content.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relevo::planner::generate {

namespace {

constexpr int kMaxMoveKm = 300;
constexpr int kMovementPoints = 5;

/// Rows of comma-separated cells; those with commas or quotes are put in quotes.
class CsvText {
 public:
  explicit CsvText(const std::vector<std::string>& columns) { add(columns); }

  void add(const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i)
      text_ += (i == 0 ? "" : ",") + cell(cells[i]);
    text_ += "\n";
  }
  std::string take() { return std::move(text_); }

 private:
  static std::string cell(const std::string& value) {
    if (value.find_first_of(",\"\n") == std::string::npos)
      return value;
    std::string quoted = "\"";
    for (const char c : value) {
      if (c == '"')
        quoted += '"';
      quoted += c;
    }
    return quoted + "\"";
  }

  std::string text_;
};

class FolderWriter {
 public:
  FolderWriter(const Content& content, const std::string& id) : content_(content), id_(id) {}

  std::string bases() const {
    CsvText csv({"base_id", "name", "agency", "lon", "lat", "airport", "source", "status"});
    for (const auto& base : content_.bases)
      csv.add({base.id, base.field.name, agency(base.agency), base.field.lon, base.field.lat, base.field.ident,
               "https://ourairports.com/data/", "stated"});
    return csv.take();
  }

  std::string units() const {
    CsvText csv({"unit_id", "agency", "kind", "type", "count", "persons", "base", "available_from", "available_to",
                 "days_worked", "languages", "qualifications", "documents", "pools", "daily_cost"});
    for (const auto& row : content_.units)
      csv.add({row.id, agency(row.agency), row.kind_id, row.type, number(row.count), number(row.persons),
               content_.bases[row.base].id, day(row.from), day(row.to), number(row.days_worked), row.languages,
               row.qualifications, row.documents, row.pools, number(row.daily_cost)});
    return csv.take();
  }

  std::string incidents() const {
    CsvText csv({"incident_id", "name", "agency", "hazard", "lon", "lat", "discovered", "area_ha", "stage_of_control",
                 "fire_behaviour", "note"});
    for (const auto& row : content_.incidents) {
      const bool burns = row.days_burning.has_value();
      csv.add({row.id, row.name, agency(row.agency), "wildfire", degrees_text(row.spot.lon), degrees_text(row.spot.lat),
               burns ? format_day(content_.day(-*row.days_burning)) : "", burns ? number(row.area_ha) : "", row.stage,
               row.fire_behaviour, burns ? "" : "expected, not burning yet"});
    }
    return csv.take();
  }

  std::string requests() const {
    CsvText csv({"request_id", "incident", "kind", "type", "quantity", "measure", "from", "to", "priority", "min_fill",
                 "package", "handover"});
    for (const auto& row : content_.requests) {
      const int factor = row.in_people ? row.persons_per_unit : 1;
      csv.add({row.id, content_.incidents[row.incident].id, std::string(kind_shares()[row.kind].kind), row.type,
               number(row.quantity * factor), row.in_people ? "people" : "units", day(row.from), day(row.to),
               number(row.priority), row.min_fill == 0 ? "" : number(row.min_fill * factor), row.package,
               row.handover ? "yes" : ""});
    }
    return csv.take();
  }

  std::string preparedness() const {
    CsvText csv({"agency_id", "date", "level"});
    for (const auto& row : content_.levels)
      csv.add({agency(row.agency), day(row.day), number(row.level)});
    return csv.take();
  }

  std::string pools() const {
    CsvText csv({"pool_id", "people", "from", "to"});
    for (const auto& row : content_.pools)
      csv.add({row.id, number(row.people), "", ""});
    return csv.take();
  }

  std::string lifts() const {
    CsvText csv({"lift_id", "from_airport", "to_airport", "from", "to", "seats", "max_uses", "cost"});
    for (const auto& row : content_.lifts)
      csv.add({row.id, row.from, row.to, "", "", number(row.seats), number(row.max_uses), number(row.cost)});
    return csv.take();
  }

  std::string scenario(const std::vector<LayerFile>& layers) const {
    const auto& size = content_.options.size;
    std::string text = fmt::format(
        "# A synthetic season, made by `relevo generate`: nothing in it happened. What it draws from: "
        "docs/generate.md.\n"
        "\n[scenario]\nid = \"{}\"\ntitle = \"Synthetic season, seed {}: {} units, {} lines\"\n"
        "time_zone = \"America/Winnipeg\"\nas_of = {}\nfirst_day = {}\ndays = {}\nagreements = [",
        id_, content_.options.seed, size.units, size.requests, format_day(content_.first_day),
        format_day(content_.first_day), size.days);
    const auto agreements = agreement_ids();
    for (std::size_t i = 0; i < agreements.size(); ++i)
      text += fmt::format("{}\"{}\"", i == 0 ? "" : ", ", agreements[i]);
    text += fmt::format(
        "]\n\n[policy]\nmovement_points = {{ value = {}, status = \"assumed\", note = \"{}\" }}\n"
        "\n[policy.travel]\nmax_move_km = {{ value = {}, status = \"assumed\", note = \"units move within a region\" "
        "}}\n",
        content_.has(Extra::Movements) ? kMovementPoints : 0,
        content_.has(Extra::Movements) ? "who leaves together costs less" : "who travels together is not priced",
        kMaxMoveKm);
    for (const auto& layer : layers)
      text += fmt::format("\n[[layer]]\nfile = \"{}\"\nas = \"{}\"\nas_of = {}T22:00:00Z\nnote = \"synthetic\"\n",
                          layer.file.name, layer.theme, format_day(content_.day(-1)));
    return text;
  }

 private:
  std::string agency(std::size_t index) const { return std::string(content_.territory(index).region.agency); }
  static std::string number(int value) { return std::to_string(value); }
  std::string day(int column) const { return format_day(content_.day(column)); }
  std::string day(const std::optional<int>& column) const { return column ? day(*column) : std::string{}; }

  const Content& content_;
  const std::string& id_;
};

}  // namespace

std::vector<SeasonFile> files_of(const Content& content, const std::string& id, Random random) {
  const FolderWriter writer(content, id);
  auto files = agreement_files(content);
  const auto layers = layer_files(content, random);
  for (const auto& layer : layers)
    files.push_back(layer.file);
  const auto add_table = [&files](const std::string& table, std::string text) {
    files.push_back({table + ".csv", std::move(text)});
  };
  add_table("bases", writer.bases());
  add_table("incidents", writer.incidents());
  add_table("preparedness", writer.preparedness());
  add_table("requests", writer.requests());
  add_table("units", writer.units());
  if (!content.pools.empty())
    add_table("pools", writer.pools());
  if (!content.lifts.empty())
    add_table("lifts", writer.lifts());
  files.push_back({"scenario.toml", writer.scenario(layers)});
  std::ranges::sort(files, {}, &SeasonFile::name);
  return files;
}

}  // namespace relevo::planner::generate
