// SPDX-License-Identifier: MIT
#include "geo/layer/frames.hpp"

#include "geo/layer/wire_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::geo::frames {
namespace {

constexpr std::size_t kHeadBytes = 12;

std::string_view payload_of(std::string_view frame) {
  return frame.substr(kHeadBytes);
}

LayerFeature full_feature() {
  return {.record = 12,
          .key = "G41234",
          .name = "Feu de forêt de Témiscamingue",
          .time = Instant{std::chrono::seconds{1'721'681'280}},
          .until = Instant{std::chrono::seconds{-86'400}},
          .shape = Polygons{{.outer = {{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}},
                             .holes = {{{1, 1}, {1, 2}, {2, 2}, {1, 1}}, {{3, 3}, {3, 3.5}, {3.5, 3.5}, {3, 3}}}},
                            {.outer = {{10, 0}, {11, 0}, {11, 1}, {10, 0}}}},
          .repaired = true,
          .fields = {{"area_ha", 1234.5}, {"stage", "out of control"}, {"empty", ""}},
          .attributes = R"({"SIZE_HA":1234.5,"nom":"Témiscamingue","list":[1,null,{"a":true}]})"};
}

void expect_same(const LayerFeature& a, const LayerFeature& b) {
  EXPECT_EQ(a.record, b.record);
  EXPECT_EQ(a.key, b.key);
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.time, b.time);
  EXPECT_EQ(a.until, b.until);
  EXPECT_EQ(a.shape, b.shape);
  EXPECT_EQ(a.repaired, b.repaired);
  EXPECT_EQ(a.fields, b.fields);
  EXPECT_EQ(a.attributes, b.attributes);
}

std::vector<LayerFeature> features_of(std::string_view payload) {
  std::vector<LayerFeature> features;
  decode_features(payload, [&](LayerFeature&& feature) { features.push_back(std::move(feature)); });
  return features;
}

std::string features_frame(const std::vector<LayerFeature>& features) {
  FeatureBatch batch;
  for (const auto& feature : features)
    batch.add(feature);
  return std::string(batch.frame());
}

LayerIdentity full_identity() {
  return {.theme = LayerTheme::Smoke,
          .profile = "hms-smoke",
          .format = "ESRI Shapefile",
          .layer = "hms_smoke20240722",
          .crs = "EPSG:4326",
          .raster = true,
          .columns = {"Satellite", "Start", "Densité"},
          .field_of = {{"density", "Densité"}, {"time", "Start"}},
          .remarks = {{"crs_assumed", "EPSG:4326"}, {"crs_assumed", "again"}}};
}

TEST(Frames, RequestComesBackWhole) {
  Request request{.task = Task::Identify};
  request.layer = {.file = "/data/caf\xe9.csv",  // a name of a file is bytes
                   .shown_name = "layers/café.csv",
                   .theme = LayerTheme::Alerts,
                   .profile = "p",
                   .layer = "l",
                   .crs = "EPSG:3978",
                   .fields = {{"time", "acq"}, {"frp_mw", "FRP"}},
                   .as_of = Instant{std::chrono::seconds{5}},
                   .archives = true,
                   .profiles = "/usr/share/relevo/profiles"};
  std::string frame;
  append_request(frame, request);
  const Request back = decode_request(payload_of(frame));
  EXPECT_EQ(back.task, Task::Identify);
  EXPECT_EQ(back.layer.file, request.layer.file);
  EXPECT_EQ(back.layer.shown_name, request.layer.shown_name);
  EXPECT_EQ(back.layer.theme, LayerTheme::Alerts);
  EXPECT_EQ(back.layer.profile, "p");
  EXPECT_EQ(back.layer.layer, "l");
  EXPECT_EQ(back.layer.crs, "EPSG:3978");
  EXPECT_EQ(back.layer.fields, request.layer.fields);
  EXPECT_EQ(back.layer.as_of, request.layer.as_of);
  EXPECT_TRUE(back.layer.archives);
  EXPECT_EQ(back.layer.profiles, request.layer.profiles);
}

TEST(Frames, IdentityComesBackWhole) {
  const LayerIdentity identity = full_identity();
  std::string frame;
  append_identity(frame, identity);
  const LayerIdentity back = decode_identity(payload_of(frame));
  EXPECT_EQ(back.theme, identity.theme);
  EXPECT_EQ(back.profile, identity.profile);
  EXPECT_EQ(back.format, identity.format);
  EXPECT_EQ(back.layer, identity.layer);
  EXPECT_EQ(back.crs, identity.crs);
  EXPECT_EQ(back.raster, identity.raster);
  EXPECT_EQ(back.columns, identity.columns);
  EXPECT_EQ(back.field_of, identity.field_of);
  EXPECT_EQ(back.remarks, identity.remarks);
}

TEST(Frames, EveryKindOfShapeComesBackWhole) {
  std::vector<LayerFeature> features;
  for (const Shape& shape : std::vector<Shape>{{},
                                               Points{{1, 2}},
                                               Points{{1, 2}, {-180, 90}, {180, -90}},
                                               Lines{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}, {9, 10}}},
                                               full_feature().shape}) {
    features.push_back(full_feature());
    features.back().shape = shape;
  }
  features.push_back({});
  const auto back = features_of(payload_of(features_frame(features)));
  ASSERT_EQ(back.size(), features.size());
  for (std::size_t i = 0; i < back.size(); ++i)
    expect_same(back[i], features[i]);
}

TEST(Frames, RasterAndRowsComeBackWhole) {
  const RasterHeader header{.variable = "fwi",
                            .width = 3,
                            .height = 5,
                            .transform = {-141.5, 0.25, 0, 60, 0.125, -0.25},
                            .crs = "GEOGCRS[]",
                            .time = Instant{}};
  std::string frame;
  append_raster(frame, header);
  const RasterHeader back = decode_raster(payload_of(frame));
  EXPECT_EQ(back.variable, "fwi");
  EXPECT_EQ(back.width, 3);
  EXPECT_EQ(back.height, 5);
  EXPECT_EQ(back.transform, header.transform);
  EXPECT_EQ(back.crs, header.crs);
  EXPECT_EQ(back.time, header.time);
  const RasterRows block{.first_row = 1, .rows = 3, .values = {1, 2, 3, 4, 5, 6, 7, 8, 9}};
  std::string rows;
  append_rows(rows, block, 3, 1, 2);
  const RasterRows part = decode_rows(payload_of(rows), header);
  EXPECT_EQ(part.first_row, 2);
  EXPECT_EQ(part.rows, 2);
  EXPECT_EQ(part.values, (std::vector<float>{4, 5, 6, 7, 8, 9}));
  EXPECT_THROW(append_rows(rows, block, 3, 2, 2), ProtocolError);
}

TEST(Frames, CountsAndErrorComeBackWhole) {
  const LayerCounts counts{.read = 10,
                           .kept = 7,
                           .repaired = 2,
                           .refused = 3,
                           .reasons = {{"coordinates_missing", 3, {4, 5, 9}}, {"self_intersection", 2, {}}}};
  std::string frame;
  append_counts(frame, counts);
  const LayerCounts back = decode_counts(payload_of(frame));
  EXPECT_EQ(back.read, 10U);
  EXPECT_EQ(back.kept, 7U);
  EXPECT_EQ(back.repaired, 2U);
  EXPECT_EQ(back.refused, 3U);
  ASSERT_EQ(back.reasons.size(), 2U);
  EXPECT_EQ(back.reasons[0].code, "coordinates_missing");
  EXPECT_EQ(back.reasons[0].count, 3U);
  EXPECT_THAT(back.reasons[0].examples, testing::ElementsAre(4, 5, 9));

  std::string error;
  append_error(error, LayerError("a.csv", 3, "layer_missing", {{"layer", "x\x07y"}, {"has", "ünd"}}));
  const LayerError again = decode_error(payload_of(error));
  EXPECT_EQ(again.file(), "a.csv");
  EXPECT_EQ(again.record(), 3U);
  EXPECT_EQ(again.code(), "layer_missing");
  EXPECT_THAT(again.args(), testing::ElementsAre(testing::Pair("layer", "x?y"), testing::Pair("has", "ünd")));
}

TEST(Frames, BufferGivesFramesHoweverTheBytesAreCut) {
  std::string stream;
  append_identity(stream, full_identity());
  stream += features_frame({full_feature(), full_feature()});
  append_mark(stream, FrameType::Heartbeat);
  for (std::size_t piece = 1; piece < stream.size(); piece += 7) {
    FrameBuffer buffer;
    std::vector<FrameType> types;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      const auto bytes = std::string_view(stream).substr(at, piece);
      std::copy(bytes.begin(), bytes.end(), buffer.room().begin());
      buffer.filled(bytes.size());
      while (const auto frame = buffer.next())
        types.push_back(frame->type);
    }
    ASSERT_THAT(types, testing::ElementsAre(FrameType::Identity, FrameType::Features, FrameType::Heartbeat)) << piece;
    ASSERT_TRUE(buffer.is_empty());
  }
}

TEST(Frames, BufferTakesAFrameLargerThanItself) {
  LayerFeature large = full_feature();
  large.shape = Points(500'000, LonLat{1, 2});
  const std::string stream = features_frame({large}) + features_frame({full_feature()});
  FrameBuffer buffer;
  std::size_t at = 0;
  std::vector<std::size_t> sizes;
  while (at < stream.size()) {
    const auto room = buffer.room();
    const std::size_t bytes = std::min(room.size(), stream.size() - at);
    std::memcpy(room.data(), stream.data() + at, bytes);
    buffer.filled(bytes);
    at += bytes;
    while (const auto frame = buffer.next())
      sizes.push_back(features_of(frame->payload).size());
  }
  EXPECT_THAT(sizes, testing::ElementsAre(1, 1));
}

TEST(Frames, RecordThatIsTooLargeLeavesTheBatchAsItWas) {
  FeatureBatch batch;
  batch.add(full_feature());
  LayerFeature huge;
  huge.name.assign(kMaxFeatureBytes, 'x');
  EXPECT_THROW(batch.add(huge), ProtocolError);
  EXPECT_EQ(features_of(payload_of(batch.frame())).size(), 1U);
}

// Every frame of every type, cut at every length and with every byte changed to several others: either it is refused,
// or what comes out keeps the promises of its type. Nothing else may happen; the sanitizer build watches.

void expect_promises(const LayerFeature& feature) {
  EXPECT_TRUE(is_utf8(feature.key) && is_utf8(feature.name));
  EXPECT_TRUE(feature.attributes.empty() || nlohmann::json::accept(feature.attributes));
  if (const auto* points = std::get_if<Points>(&feature.shape)) {
    EXPECT_TRUE(std::all_of(points->begin(), points->end(), is_valid));
  }
  if (const auto* polygons = std::get_if<Polygons>(&feature.shape)) {
    for (const auto& polygon : *polygons) {
      EXPECT_EQ(polygon.outer.front(), polygon.outer.back());
      EXPECT_TRUE(std::all_of(polygon.outer.begin(), polygon.outer.end(), is_valid));
    }
  }
}

void decode_any(FrameType type, std::string_view payload) {
  switch (type) {
    case FrameType::Request:
      decode_request(payload);
      break;
    case FrameType::Identity:
      decode_identity(payload);
      break;
    case FrameType::Features:
      decode_features(payload, [](LayerFeature&& feature) { expect_promises(feature); });
      break;
    case FrameType::Raster:
      EXPECT_GE(decode_raster(payload).width, 1);
      break;
    case FrameType::Rows: {
      const RasterHeader header{.width = 3, .height = 5};
      const RasterRows block = decode_rows(payload, header);
      EXPECT_EQ(block.values.size(), static_cast<std::size_t>(block.rows) * 3);
      break;
    }
    case FrameType::Counts: {
      const LayerCounts counts = decode_counts(payload);
      EXPECT_EQ(counts.read, counts.kept + counts.refused);
      break;
    }
    case FrameType::Error:
      EXPECT_FALSE(decode_error(payload).code().empty());
      break;
    default:
      break;
  }
}

bool is_refused(FrameType type, std::string_view payload) {
  try {
    decode_any(type, payload);
    return false;
  } catch (const ProtocolError&) {
    return true;
  }
}

std::vector<std::pair<FrameType, std::string>> all_payloads() {
  std::vector<std::pair<FrameType, std::string>> all;
  const auto add = [&](FrameType type, const std::string& frame) { all.emplace_back(type, payload_of(frame)); };
  std::string request;
  append_request(request, {.task = Task::Read, .layer = {.file = "/a", .shown_name = "a", .fields = {{"x", "y"}}}});
  add(FrameType::Request, request);
  std::string identity;
  append_identity(identity, full_identity());
  add(FrameType::Identity, identity);
  LayerFeature line = full_feature();
  line.shape = Lines{{{1, 2}, {3, 4}}};
  add(FrameType::Features, features_frame({full_feature(), line, {}}));
  std::string raster;
  append_raster(raster, {.variable = "fwi", .width = 3, .height = 5, .crs = "x"});
  add(FrameType::Raster, raster);
  std::string rows;
  append_rows(rows, {.first_row = 0, .rows = 2, .values = {1, 2, 3, 4, 5, 6}}, 3, 0, 2);
  add(FrameType::Rows, rows);
  std::string counts;
  append_counts(counts, {.read = 3, .kept = 2, .refused = 1, .reasons = {{"no_time", 1, {3}}}});
  add(FrameType::Counts, counts);
  std::string error;
  append_error(error, LayerError("a", 1, "no_time", {{"column", "t"}}));
  add(FrameType::Error, error);
  return all;
}

TEST(Frames, EveryCutIsRefused) {
  for (const auto& [type, payload] : all_payloads()) {
    EXPECT_FALSE(is_refused(type, payload)) << static_cast<int>(type);
    for (std::size_t size = 0; size < payload.size(); ++size)
      EXPECT_TRUE(is_refused(type, std::string_view(payload).substr(0, size))) << static_cast<int>(type) << " " << size;
    EXPECT_TRUE(is_refused(type, payload + '\0')) << static_cast<int>(type);
  }
}

TEST(Frames, NoChangedByteBreaksAPromise) {
  int refused = 0;
  for (const auto& [type, payload] : all_payloads()) {
    for (std::size_t i = 0; i < payload.size(); ++i) {
      for (const unsigned value : {0x00U, 0x01U, 0x7FU, 0x80U, 0xC3U, 0xFFU}) {
        std::string changed = payload;
        changed[i] = static_cast<char>(value);
        refused += is_refused(type, changed) ? 1 : 0;
      }
    }
  }
  EXPECT_GT(refused, 500);
}

TEST(Frames, RandomChangesBreakNoPromise) {
  std::mt19937 random(20240722);
  const auto payloads = all_payloads();
  for (int round = 0; round < 20'000; ++round) {
    auto [type, changed] = payloads[random() % payloads.size()];
    for (unsigned edits = 1 + random() % 4; edits > 0; --edits)
      changed[random() % changed.size()] = static_cast<char>(random() % 256);
    is_refused(type, changed);
  }
}

// --- Text ------------------------------------------------------------------------------------------------------------

/// Every scalar value by the definition of UTF-8, and no other sequence of up to three bytes.
TEST(WireText, Utf8IsWhatTheDefinitionSays) {
  const auto encode = [](std::uint32_t c) {
    std::string bytes;
    if (c < 0x80) {
      bytes += static_cast<char>(c);
    } else {
      const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
      const unsigned lead = more == 1 ? 0xC0U : more == 2 ? 0xE0U : 0xF0U;
      bytes += static_cast<char>(lead | (c >> (6 * more)));
      for (int i = more - 1; i >= 0; --i)
        bytes += static_cast<char>(0x80U | ((c >> (6 * i)) & 0x3FU));
    }
    return bytes;
  };
  std::size_t valid_short = 0;
  for (std::uint32_t c = 0; c <= 0x120000; ++c) {
    const bool is_scalar = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
    ASSERT_EQ(is_utf8(encode(c)), is_scalar) << c;
    valid_short += is_scalar && c >= 0x800 && c < 0x10000 ? 1 : 0;
  }
  std::size_t found = 0;
  for (std::uint32_t n = 0xE00000; n <= 0xFFFFFF; ++n) {
    const char bytes[] = {static_cast<char>(n >> 16U), static_cast<char>(n >> 8U), static_cast<char>(n)};
    found += is_utf8({bytes, 3}) ? 1 : 0;
  }
  EXPECT_EQ(found, valid_short);
  EXPECT_TRUE(is_utf8("twelve chars and é at the end of eight"));
  EXPECT_FALSE(is_utf8("cut at the end \xc3"));
}

bool parses(const std::string& text) {
  try {
    return nlohmann::json::parse(text).is_object();
  } catch (const nlohmann::json::exception&) {
    return false;
  }
}

TEST(WireText, JsonObjectsAreThoseThatParse) {
  for (const std::string text : {"{}",
                                 " {\n} ",
                                 "{\"a\":1}",
                                 "{\"a\":-0.5e+3}",
                                 "{\"a\":1e308}",
                                 "{\"a\":1e-999}",
                                 R"({"a":"\u00e9\ud83d\ude00"})",
                                 R"({"a":[1,[],{"b":null}],"c":true})",
                                 "",
                                 "[]",
                                 "1",
                                 "{",
                                 "{}}",
                                 "{\"a\"}",
                                 "{\"a\":}",
                                 "{\"a\":1,}",
                                 "{a:1}",
                                 "{\"a\":01}",
                                 "{\"a\":1.}",
                                 "{\"a\":.5}",
                                 "{\"a\":+1}",
                                 "{\"a\":1e}",
                                 "{\"a\":1e999}",
                                 "{\"a\":-1e999}",
                                 R"({"a":"\x"})",
                                 R"({"a":"\ud83d"})",
                                 R"({"a":"\ude00"})",
                                 R"({"a":"\u12g4"})",
                                 "{\"a\":\"\n\"}",
                                 "{\"a\":\"\xff\"}",
                                 "{\"a\":tru}",
                                 "{\"a\":nul}",
                                 "{\"a\":[1,]}",
                                 "{\"a\":[1 2]}",
                                 "{\"a\":\"",
                                 "{\"a\":NaN}",
                                 R"({"a":"\)",
                                 "{\"a\":-}",
                                 "{1:2}"})
    EXPECT_EQ(is_json_object(text), parses(text)) << text;
}

TEST(WireText, ChangedJsonIsTakenWhenItParses) {
  const std::string text = R"({"a":"\u00e9\ud83d\ude00 x","b":[-1.5e+30,0,{"c":null}],"d":true})";
  std::mt19937 random(7);
  const std::string letters = "{}[]\",:\\u0e1+-. ntf9\x01\xc3\xa9";
  int taken = 0;
  for (int round = 0; round < 50'000; ++round) {
    std::string changed = text;
    for (unsigned edits = 1 + random() % 2; edits > 0; --edits)
      changed[random() % changed.size()] = letters[random() % letters.size()];
    ASSERT_EQ(is_json_object(changed), parses(changed)) << changed;
    taken += is_json_object(changed) ? 1 : 0;
  }
  EXPECT_GT(taken, 1000);
}

TEST(WireText, DeepNestingIsRefusedBeforeItHurts) {
  const std::string deep = "{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  EXPECT_FALSE(is_json_object(deep));
}

TEST(WireText, PrintableShowsWhatIsSafeAndCutsBetweenCharacters) {
  EXPECT_EQ(printable("a\x1b[0mb\nc\xff"
                      "d\xc2\x85",
                      100),
            "a?[0mb?c?d?");
  EXPECT_EQ(printable("ééé", 5), "éé");
}

}  // namespace
}  // namespace relevo::geo::frames
