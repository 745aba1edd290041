// SPDX-License-Identifier: MIT
#include "geo/layer/cap_source.hpp"

#include "geo/ascii_text.hpp"
#include "geo/geodesic.hpp"
#include "geo/geometry_repair.hpp"
#include "geo/layer/gdal_session.hpp"
#include "geo/layer/geocode_area.hpp"
#include "geo/layer/source_file.hpp"
#include "geo/layer/time_text.hpp"
#include "geo/table_error.hpp"
#include "geo/text_encoding.hpp"

#include <nlohmann/json.hpp>
#include <ogr_geometry.h>
#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <set>
#include <string_view>

namespace relevo::geo {

namespace {

constexpr std::size_t kAlertHeadBytes = std::size_t{64} * 1024;
constexpr std::uintmax_t kMostBytes = std::uintmax_t{64} * 1024 * 1024;
constexpr int kCircleVertices = 96;
constexpr double kWidestRadiusKm = 10000.0;
constexpr std::string_view kNamespace = "urn:oasis:names:tc:emergency:cap:";
constexpr std::string_view kOldNamespace = "http://www.incident.com/cap/";

/// "cap:alert" -> "alert"
std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);
}

pugi::xml_node child_of(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& child : node.children()) {
    if (local_name(child) == name)
      return child;
  }
  return {};
}

std::vector<pugi::xml_node> children_of(const pugi::xml_node& node, std::string_view name) {
  std::vector<pugi::xml_node> found;
  for (const pugi::xml_node& child : node.children()) {
    if (local_name(child) == name)
      found.push_back(child);
  }
  return found;
}

std::string text_in(const pugi::xml_node& node, std::string_view name) {
  return std::string(trimmed(child_of(node, name).text().get()));
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = text.find_first_not_of(" \t\r\n"); at != std::string_view::npos;
       at = text.find_first_not_of(" \t\r\n", at)) {
    const std::size_t end = std::min(text.size(), text.find_first_of(" \t\r\n", at));
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

// ---------------------------------------------------------------------------------------------------------------------
// The document

pugi::xml_document parse(const LayerRequest& request) {
  const std::string bytes = text_of_file(request, kMostBytes);
  std::string text;
  try {
    text = decode_text(bytes, shown_name_of(request)).utf8;
  } catch (const TableError& error) {
    throw LayerError(shown_name_of(request), 0, "xml_broken", {{"detail", error.problem().reason}});
  }
  pugi::xml_document document;
  const pugi::xml_parse_result result =
      document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  const bool has_doctype = std::any_of(document.begin(), document.end(),
                                       [](const pugi::xml_node& node) { return node.type() == pugi::node_doctype; });
  if (has_doctype || result.status == pugi::status_bad_doctype)
    throw LayerError(shown_name_of(request), 0, "xml_entity");
  if (!result) {
    throw LayerError(shown_name_of(request), 0, "xml_broken",
                     {{"detail", result.description()}, {"byte", std::to_string(result.offset)}});
  }
  return document;
}

/// Collects every alert; pugixml walks without recursion.
class AlertFinder : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node& node) override {
    if (local_name(node) == "alert")
      alerts_.push_back(node);
    return true;
  }
  std::vector<pugi::xml_node> take() { return std::move(alerts_); }

 private:
  std::vector<pugi::xml_node> alerts_;
};

std::vector<pugi::xml_node> alerts_of(pugi::xml_document& document, const LayerRequest& request) {
  AlertFinder finder;
  document.traverse(finder);
  std::vector<pugi::xml_node> alerts = finder.take();
  if (alerts.empty())
    throw LayerError(shown_name_of(request), 0, "layer_empty");
  return alerts;
}

/// "1.2"
std::string version_of(const pugi::xml_node& alert) {
  for (pugi::xml_node node = alert; node; node = node.parent()) {
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      const std::string_view value = attribute.value();
      for (const std::string_view known : {kNamespace, kOldNamespace}) {
        if (value.starts_with(known))
          return std::string(value.substr(known.size()));
      }
    }
  }
  return {};
}

// ---------------------------------------------------------------------------------------------------------------------
// Keys

/// "sender,identifier,sent" with the time in UTC, so that two ways to write one moment are one key.
std::string key_text(const std::string& sender, const std::string& identifier, const std::string& sent) {
  const std::optional<Instant> instant = instant_of_iso(sent);
  return sender + "," + identifier + "," + (instant ? iso_text(*instant) : sent);
}

std::string key_of(const pugi::xml_node& alert) {
  return key_text(text_in(alert, "sender"), text_in(alert, "identifier"), text_in(alert, "sent"));
}

/// Keys of the alerts that this one refers to. Triplets that are none stay as they are.
std::vector<std::string> references_of(const pugi::xml_node& alert) {
  std::vector<std::string> keys;
  const std::string text = text_in(alert, "references");
  for (const std::string_view word : words_of(text)) {
    const std::size_t first = word.find(',');
    const std::size_t last = word.rfind(',');
    if (first == std::string_view::npos || first == last) {
      keys.emplace_back(word);
    } else {
      keys.push_back(key_text(std::string(word.substr(0, first)), std::string(word.substr(first + 1, last - first - 1)),
                              std::string(word.substr(last + 1))));
    }
  }
  return keys;
}

std::set<std::string> superseded_in(const std::vector<pugi::xml_node>& alerts) {
  std::set<std::string> keys;
  for (const pugi::xml_node& alert : alerts) {
    const std::string type = text_in(alert, "msgType");
    if (type == "Update" || type == "Cancel") {
      for (std::string& key : references_of(alert))
        keys.insert(std::move(key));
    }
  }
  return keys;
}

// ---------------------------------------------------------------------------------------------------------------------
// Areas

std::optional<double> number_of(std::string_view text) {
  if (text.starts_with('+'))
    text.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return {};
  return value;
}

/// "lat,lon", also with a comma at its end as some senders write it.
std::optional<LonLat> vertex_of(std::string_view word) {
  if (word.ends_with(','))
    word.remove_suffix(1);
  const std::size_t comma = word.find(',');
  if (comma == std::string_view::npos)
    return {};
  const std::optional<double> lat = number_of(word.substr(0, comma));
  const std::optional<double> lon = number_of(word.substr(comma + 1));
  if (!lat || !lon)
    return {};
  return LonLat{*lon, *lat};
}

/// What an area says about where it is.
struct AreaGeometry {
  OGRMultiPolygon polygons;
  Points centres;  ///< of circles without a radius
  bool is_broken = false;
};

void add_ring(AreaGeometry& geometry, const std::vector<LonLat>& vertices) {
  OGRLinearRing ring;
  for (const LonLat& v : vertices)
    ring.addPoint(v.lon, v.lat);
  OGRPolygon polygon;
  polygon.addRing(&ring);
  geometry.polygons.addGeometry(&polygon);
}

void add_polygon(AreaGeometry& geometry, std::string_view text) {
  std::vector<LonLat> vertices;
  for (const std::string_view word : words_of(text)) {
    const std::optional<LonLat> vertex = vertex_of(word);
    if (!vertex) {
      geometry.is_broken = true;
      return;
    }
    vertices.push_back(*vertex);
  }
  if (!vertices.empty())
    add_ring(geometry, vertices);
}

/// "lat,lon radius" with the radius in kilometres.
void add_circle(AreaGeometry& geometry, std::string_view text) {
  const std::vector<std::string_view> words = words_of(text);
  if (words.empty())
    return;
  const std::optional<LonLat> centre = vertex_of(words.front());
  const double radius = words.size() == 2 ? number_of(words.back()).value_or(-1.0) : -1.0;
  if (!centre || !is_valid(*centre) || radius < 0.0 || radius > kWidestRadiusKm) {
    geometry.is_broken = true;
    return;
  }
  if (radius == 0.0) {
    geometry.centres.push_back(*centre);
    return;
  }
  std::vector<LonLat> ring;
  ring.reserve(kCircleVertices + 1);
  for (int i = 0; i < kCircleVertices; ++i)
    ring.push_back(point_at(*centre, -360.0 * i / kCircleVertices, Distance::from_kilometres(radius)));
  ring.push_back(ring.front());
  add_ring(geometry, ring);
}

RepairedShape shape_of(const pugi::xml_node& area) {
  const GdalSession quiet;
  AreaGeometry geometry;
  for (const pugi::xml_node& polygon : children_of(area, "polygon"))
    add_polygon(geometry, polygon.text().get());
  for (const pugi::xml_node& circle : children_of(area, "circle"))
    add_circle(geometry, circle.text().get());
  RepairedShape shape;
  if (!geometry.polygons.IsEmpty()) {
    shape = repair_shape(geometry.polygons);
  } else if (!geometry.centres.empty()) {
    shape.shape = std::move(geometry.centres);
  }
  if (geometry.is_broken)
    shape.reason = "coordinates_invalid";
  return shape;
}

// ---------------------------------------------------------------------------------------------------------------------
// Languages

std::string language_of(const pugi::xml_node& info) {
  const std::string language = text_in(info, "language");
  return language.empty() ? "en-US" : language;  // the default of the standard
}

bool fits_language(const std::string& language, const std::string& wanted) {
  const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
  return language.size() >= wanted.size() && std::equal(wanted.begin(), wanted.end(), language.begin(), same) &&
         (language.size() == wanted.size() || language[wanted.size()] == '-');
}

/// The infos of the wanted language, else those of the first one's.
std::vector<pugi::xml_node> chosen_infos(const pugi::xml_node& alert, const std::string& wanted) {
  const std::vector<pugi::xml_node> infos = children_of(alert, "info");
  const auto of_language = [&](const std::string& language) {
    std::vector<pugi::xml_node> fitting;
    std::copy_if(infos.begin(), infos.end(), std::back_inserter(fitting),
                 [&](const pugi::xml_node& info) { return fits_language(language_of(info), language); });
    return fitting;
  };
  std::vector<pugi::xml_node> chosen = of_language(wanted);
  if (chosen.empty() && !infos.empty())
    chosen = of_language(language_of(infos.front()));
  return chosen;
}

// ---------------------------------------------------------------------------------------------------------------------
// Features

/// The element's own texts, and its named values ("parameter", "eventCode", "geocode") as lists of "name=value".
nlohmann::ordered_json json_of(const pugi::xml_node& element, std::initializer_list<std::string_view> left_out) {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  for (const pugi::xml_node& child : element.children()) {
    const std::string name(local_name(child));
    if (child.type() != pugi::node_element || std::find(left_out.begin(), left_out.end(), name) != left_out.end())
      continue;
    const bool is_named = !child_of(child, "valueName").empty();
    const std::string text = is_named ? text_in(child, "valueName") + "=" + text_in(child, "value")
                                      : std::string(trimmed(child.text().get()));
    if (text.empty())
      continue;
    if (!object.contains(name)) {
      object[name] = is_named ? nlohmann::ordered_json::array({text}) : nlohmann::ordered_json(text);
    } else {
      if (!object[name].is_array())
        object[name] = nlohmann::ordered_json::array({object[name]});
      object[name].push_back(text);
    }
  }
  return object;
}

std::string attributes_of(const pugi::xml_node& alert, const pugi::xml_node& info, const pugi::xml_node& area) {
  nlohmann::ordered_json object = json_of(alert, {"info", "Signature"});
  object["info"] = json_of(info, {"area", "resource"});
  object["area"] = json_of(area, {"polygon", "circle"});
  for (const pugi::xml_node& other : children_of(alert, "info")) {
    if (!fits_language(language_of(other), language_of(info)))
      object["other_languages"].push_back(json_of(other, {"area", "resource", "parameter", "eventCode"}));
  }
  return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void add_field(LayerFeature& feature, const char* name, std::string value) {
  if (!value.empty())
    feature.fields.emplace_back(name, std::move(value));
}

LayerFeature feature_of(const pugi::xml_node& alert, const pugi::xml_node& info, const pugi::xml_node& area) {
  LayerFeature feature;
  const std::string headline = text_in(info, "headline");
  feature.name = headline.empty() ? text_in(info, "event") : headline;
  feature.time = instant_of_iso(text_in(info, "effective"));
  if (!feature.time)
    feature.time = instant_of_iso(text_in(alert, "sent"));
  feature.until = instant_of_iso(text_in(info, "expires"));
  for (const char* const name : {"event", "severity", "urgency", "certainty"})
    add_field(feature, name, text_in(info, name));
  add_field(feature, "msg_type", text_in(alert, "msgType"));
  add_field(feature, "area", text_in(area, "areaDesc"));
  std::string references;
  for (const std::string& key : references_of(alert))
    references += (references.empty() ? "" : " ") + key;
  add_field(feature, "references", std::move(references));
  feature.attributes = attributes_of(alert, info, area);
  return feature;
}

class CapReader {
 public:
  CapReader(const LayerRequest& request, LayerSink& sink, std::set<std::string> superseded)
      : sink_(sink),
        superseded_(std::move(superseded)),
        regions_(request.profiles.parent_path() / "reference" / "boundaries.geojson") {
    const auto language = request.fields.find("language");
    language_ = language == request.fields.end() ? "en" : language->second;
    const auto status = request.fields.find("status");
    takes_any_status_ = status != request.fields.end() && status->second == "any";
  }

  void read(const pugi::xml_node& alert) {
    const std::string key = key_of(alert);
    const std::string refusal = refusal_of(alert, key);
    if (!refusal.empty()) {
      tally_.refuse(++record_, refusal);
      return;
    }
    const std::vector<pugi::xml_node> infos = chosen_infos(alert, language_);
    std::size_t areas = 0;
    for (std::size_t i = 0; i < infos.size(); ++i)
      areas += read_info(alert, infos[i], key + (i == 0 ? "#" : "#" + std::to_string(i + 1) + "."));
    if (areas == 0)
      keep(feature_of(alert, infos.empty() ? pugi::xml_node() : infos.front(), {}), {}, key);
  }

  const LayerCounts& counts() const noexcept { return tally_.counts(); }

 private:
  std::string refusal_of(const pugi::xml_node& alert, const std::string& key) const {
    const std::string type = text_in(alert, "msgType");
    if (text_in(alert, "identifier").empty())
      return "identifier_missing";
    if (!takes_any_status_ && text_in(alert, "status") != "Actual")
      return "not_actual";
    if (type == "Ack" || type == "Error")
      return "not_an_alert";
    return superseded_.contains(key) ? "superseded" : "";
  }

  std::size_t read_info(const pugi::xml_node& alert, const pugi::xml_node& info, const std::string& key) {
    const std::vector<pugi::xml_node> areas = children_of(info, "area");
    for (std::size_t i = 0; i < areas.size(); ++i)
      keep(feature_of(alert, info, areas[i]), place(areas[i]), key + std::to_string(i + 1));
    return areas.size();
  }

  /// The area's own geometry, else the provinces and states that its geocodes lie in.
  RepairedShape place(const pugi::xml_node& area) {
    RepairedShape shape = shape_of(area);
    if (!std::holds_alternative<std::monostate>(shape.shape))
      return shape;
    std::set<std::string> regions;
    for (const pugi::xml_node& geocode : children_of(area, "geocode"))
      regions.insert(region_of_geocode(text_in(geocode, "valueName"), text_in(geocode, "value")));
    Polygons polygons;
    for (const std::string& region : regions) {
      const Polygons& parts = regions_.of(region);
      polygons.insert(polygons.end(), parts.begin(), parts.end());
    }
    if (polygons.empty())
      return shape;
    tally_.note(record_ + 1, "placed_by_geocode");
    shape.shape = std::move(polygons);
    return shape;
  }

  void keep(LayerFeature feature, RepairedShape shape, std::string key) {
    feature.record = ++record_;
    feature.key = std::move(key);
    const bool is_located = !std::holds_alternative<std::monostate>(shape.shape);
    feature.repaired = is_located && !shape.reason.empty();
    if (!shape.reason.empty())
      tally_.note(record_, shape.reason);
    if (!is_located)
      tally_.note(record_, "no_geometry");
    feature.shape = std::move(shape.shape);
    tally_.keep(feature.repaired);
    sink_.feature(std::move(feature));
  }

  LayerSink& sink_;
  std::set<std::string> superseded_;
  RegionShapes regions_;
  std::string language_;
  bool takes_any_status_ = false;
  LayerTally tally_;
  std::uint64_t record_ = 0;
};

LayerIdentity identity_of(const std::vector<pugi::xml_node>& alerts, const LayerRequest& request) {
  LayerIdentity identity;
  identity.theme = request.theme.value_or(LayerTheme::Alerts);
  identity.profile = "cap";
  identity.format = "CAP";
  identity.layer = "alert";
  identity.crs = "EPSG:4326";
  identity.columns = {"identifier", "sender",    "sent",     "status",   "msgType",
                      "references", "effective", "expires",  "event",    "urgency",
                      "severity",   "certainty", "headline", "areaDesc", "geocode"};
  identity.field_of = {{"event", "event"},         {"severity", "severity"}, {"urgency", "urgency"},
                       {"certainty", "certainty"}, {"msg_type", "msgType"},  {"references", "references"},
                       {"area", "areaDesc"}};
  identity.remarks.emplace_back("cap_version", version_of(alerts.front()));
  std::set<std::string> languages;
  for (const pugi::xml_node& alert : alerts) {
    for (const pugi::xml_node& info : children_of(alert, "info"))
      languages.insert(language_of(info));
  }
  std::string list;
  for (const std::string& language : languages)
    list += (list.empty() ? "" : " ") + language;
  identity.remarks.emplace_back("languages", list);
  return identity;
}

}  // namespace

bool is_cap(const LayerRequest& request) {
  std::string head = head_of_file(request, kAlertHeadBytes);
  std::erase(head, '\0');  // UTF-16
  if (head.find('<') == std::string::npos || head.find_first_not_of("\xef\xbb\xbf\xff\xfe \t\r\n") != head.find('<'))
    return false;
  if (head.find(kNamespace) == std::string::npos && head.find(kOldNamespace) == std::string::npos)
    return false;
  for (std::size_t at = head.find("alert"); at != std::string::npos; at = head.find("alert", at + 1)) {
    const char before = at == 0 ? ' ' : head[at - 1];
    const char after = at + 5 < head.size() ? head[at + 5] : ' ';
    if ((before == '<' || before == ':') && std::strchr(" \t\r\n>", after) != nullptr)
      return true;
  }
  return false;
}

LayerIdentity identify_cap(const LayerRequest& request) {
  pugi::xml_document document = parse(request);
  return identity_of(alerts_of(document, request), request);
}

void read_cap(const LayerRequest& request, LayerSink& sink) {
  pugi::xml_document document = parse(request);
  const std::vector<pugi::xml_node> alerts = alerts_of(document, request);
  sink.begin(identity_of(alerts, request));
  CapReader reader(request, sink, superseded_in(alerts));
  for (const pugi::xml_node& alert : alerts)
    reader.read(alert);
  sink.end(reader.counts());
}

}  // namespace relevo::geo
