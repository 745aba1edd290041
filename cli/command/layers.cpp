// SPDX-License-Identifier: MIT
#include "cli/command/commands.hpp"
#include "cli/data_dir.hpp"
#include "cli/json_output.hpp"
#include "cli/layer_text.hpp"
#include "geo/layer/isolated.hpp"
#include "geo/layer/profile.hpp"
#include "geo/layer/theme_fields.hpp"
#include "geo/layer/vector_drivers.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <set>

namespace relevo::cli {

namespace {

using Json = nlohmann::ordered_json;

geo::LayerRequest request_of(const LayersCommand& command, const std::filesystem::path& file) {
  geo::LayerRequest request;
  request.file = file;
  request.shown_name = file.string();
  request.theme = geo::theme_of(command.theme);
  request.profile = command.profile;
  request.layer = command.layer;
  request.crs = command.crs;
  request.fields = command.fields;
  request.archives = command.archives;
  request.profiles = data_dir() / "profiles";
  return request;
}

/// The columns that no field of ours comes from.
std::vector<std::string> unmapped_columns(const geo::LayerIdentity& identity) {
  std::string used;
  for (const auto& [field, columns] : identity.field_of)
    used += ", " + columns;
  used += ", ";
  std::vector<std::string> left;
  for (const auto& column : identity.columns) {
    if (used.find(", " + column + ", ") == std::string::npos)
      left.push_back(column);
  }
  return left;
}

Json json_of(const geo::LayerIdentity& identity, const std::string& file, text::Lang lang) {
  return {{"file", file},
          {"theme", std::string(geo::word_of(identity.theme))},
          {"profile", identity.profile},
          {"format", identity.format},
          {"layer", identity.layer},
          {"crs", identity.crs},
          {"raster", identity.raster},
          {"fields", identity.field_of},
          {"unmapped", unmapped_columns(identity)},
          {"remarks", remarks_json(identity, lang)}};
}

Json json_of(const geo::LayerError& error, text::Lang lang) {
  return {{"file", error.file()},
          {"error", {{"code", error.code()}, {"record", error.record()}, {"message", describe(error, lang)}}}};
}

std::string title_of(const std::string& profile, const std::vector<geo::Profile>& profiles) {
  const auto it = std::find_if(profiles.begin(), profiles.end(),
                               [&](const geo::Profile& candidate) { return candidate.id == profile; });
  return it == profiles.end() ? profile : it->title;
}

void print_identity(const geo::LayerIdentity& identity, const std::string& file,
                    const std::vector<geo::Profile>& profiles, text::Lang lang) {
  const auto say = [&](const char* key, std::vector<std::pair<std::string, std::string>> args) {
    fmt::print(std::cout, "{}\n", inert(text::render({key, std::move(args)}, lang)));
  };
  say("layer.what", {{"file", file},
                     {"theme", "layer.theme." + std::string(geo::word_of(identity.theme))},
                     {"format", identity.format}});
  if (!identity.profile.empty())
    say("layer.what.profile", {{"title", title_of(identity.profile, profiles)}, {"profile", identity.profile}});
  if (!identity.layer.empty())
    say("layer.what.layer", {{"layer", identity.layer}});
  if (!identity.crs.empty())
    say("layer.what.crs", {{"crs", identity.crs}});
  for (const auto& [field, column] : identity.field_of)
    say("layer.what.field", {{"field", field}, {"column", column}});
  if (identity.field_of.empty())
    say("layer.what.no_fields", {});
  if (const auto left = unmapped_columns(identity); !left.empty())
    say("layer.what.unmapped", {{"columns", fmt::format("{}", fmt::join(left, ", "))}});
  for (const auto& remark : described_remarks(identity, lang))
    fmt::print(std::cout, "  ! {}\n", remark);
}

}  // namespace

ExitCode list_layers(const LayersCommand& command, const CommonOptions& options) {
  const auto profiles = geo::load_profiles(data_dir() / "profiles").profiles;
  auto list = Json::array();
  bool has_failed = false;
  for (const auto& file : command.files) {
    try {
      const auto identity = geo::identify_layer_isolated(request_of(command, file), "/proc/self/exe");
      if (options.json)
        list.push_back(json_of(identity, file.string(), options.lang));
      else
        print_identity(identity, file.string(), profiles, options.lang);
    } catch (const geo::LayerError& error) {
      has_failed = true;
      if (options.json)
        list.push_back(json_of(error, options.lang));
      fmt::print(std::cerr, "{}\n", inert(describe(error, options.lang)));
    }
  }
  if (options.json)
    print_json(list);
  return has_failed ? ExitCode::BadInput : ExitCode::Done;
}

namespace {

constexpr geo::LayerTheme kThemes[] = {
    geo::LayerTheme::Hotspots, geo::LayerTheme::Perimeters,  geo::LayerTheme::ActiveFires, geo::LayerTheme::Danger,
    geo::LayerTheme::Smoke,    geo::LayerTheme::Earthquakes, geo::LayerTheme::Cyclones,    geo::LayerTheme::Flood,
    geo::LayerTheme::Alerts,   geo::LayerTheme::Places,      geo::LayerTheme::Population,  geo::LayerTheme::Custom};

std::vector<std::string> driver_names() {
  std::vector<std::string> names;
  for (const char* driver : geo::vector_drivers())
    names.emplace_back(driver);
  return names;
}

Json formats_as_json(const std::vector<geo::Profile>& profiles) {
  auto sources = Json::array();
  for (const auto& profile : profiles)
    sources.push_back({{"id", profile.id},
                       {"theme", std::string(geo::word_of(profile.theme))},
                       {"title", profile.title},
                       {"source", profile.source},
                       {"status", profile.is_stated ? "stated" : "assumed"},
                       {"note", profile.note}});
  auto themes = Json::array();
  for (const auto theme : kThemes) {
    auto fields = Json::array();
    for (const auto& field : geo::fields_of(theme))
      fields.push_back({{"name", std::string(field.name)}, {"unit", std::string(field.unit)}});
    themes.push_back({{"theme", std::string(geo::word_of(theme))}, {"fields", fields}});
  }
  return {{"profiles", sources}, {"themes", themes}, {"vector_drivers", driver_names()}};
}

}  // namespace

ExitCode list_formats(const CommonOptions& options) {
  const auto profiles = geo::load_profiles(data_dir() / "profiles").profiles;
  if (options.json) {
    print_json(formats_as_json(profiles));
    return ExitCode::Done;
  }
  fmt::print(std::cout, "{}\n", text::render("layer.formats.profiles", options.lang));
  for (const auto& profile : profiles)
    fmt::print(std::cout, "  {:<26} {:<13} {}\n", profile.id, geo::word_of(profile.theme), profile.title);
  fmt::print(std::cout, "{}\n", text::render("layer.formats.themes", options.lang));
  for (const auto theme : kThemes) {
    std::vector<std::string> fields;
    for (const auto& field : geo::fields_of(theme))
      fields.push_back(field.unit.empty() ? std::string(field.name) : fmt::format("{} ({})", field.name, field.unit));
    fmt::print(std::cout, "  {:<13} {}: {}\n", geo::word_of(theme),
               text::render("layer.theme." + std::string(geo::word_of(theme)), options.lang), fmt::join(fields, ", "));
  }
  fmt::print(std::cout, "{}\n",
             text::render({"layer.formats.drivers", {{"drivers", fmt::format("{}", fmt::join(driver_names(), ", "))}}},
                          options.lang));
  fmt::print(std::cout, "{}\n", text::render("layer.formats.rasters", options.lang));
  return ExitCode::Done;
}

}  // namespace relevo::cli
