// SPDX-License-Identifier: MIT
#include "planner/assess/map_layers.hpp"

#include "geo/geodesic.hpp"
#include "planner/model/scenario.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace relevo::planner {
namespace {

TEST(Simplified, StaysWithinItsTolerance) {
  std::vector<geo::LonLat> wave;
  for (int i = 0; i <= 1000; ++i)
    wave.push_back({i * 0.01, 0.2 * std::sin(i * 0.05)});
  const auto fewer = simplified(wave, 0.02);
  EXPECT_LT(fewer.size(), 120U);
  EXPECT_EQ(fewer.front(), wave.front());
  EXPECT_EQ(fewer.back(), wave.back());
  std::size_t next = 1;
  for (const auto& point : wave) {
    while (next + 1 < fewer.size() && fewer[next].lon < point.lon)
      ++next;
    const auto& a = fewer[next - 1];
    const auto& b = fewer[next];
    EXPECT_LT(std::abs(a.lat + (b.lat - a.lat) * (point.lon - a.lon) / (b.lon - a.lon) - point.lat), 0.04);
  }
}

TEST(Simplified, LeavesARingARing) {
  const std::vector<geo::LonLat> small{{0, 0}, {1e-4, 0}, {1e-4, 1e-4}, {0, 0}};
  EXPECT_EQ(simplified(small, 1), small);
  EXPECT_EQ(simplified({{0, 0}, {1, 1}}, 1).size(), 2U);
  EXPECT_TRUE(simplified({}, 1).empty());
}

TEST(MapLayers, ShowWhatIsNearAnIncidentAndCountTheRest) {
  LayerData layers;
  layers.imports.resize(2);
  layers.imports[0].theme = geo::LayerTheme::Hotspots;
  layers.imports[0].name = "viirs";
  layers.imports[1].theme = geo::LayerTheme::Alerts;
  const geo::LonLat point{179.5, 10};
  for (int i = 0; i < 5000; ++i)
    layers.detections.push_back({.point = {-179.9, 10.0 + i * 1e-4}, .frp_mw = -1.0F});
  layers.detections.push_back({.point = {0, 0}});
  HazardRecord alert;
  alert.import = 1;
  alert.shape = geo::Points{{100, 10}};
  layers.hazards = {alert};
  std::vector<IncidentExtent> incidents;
  incidents.push_back(extent_of({.point = point}));
  const auto made = map_layers_of(layers, incidents);
  ASSERT_EQ(made.size(), 2U);
  EXPECT_EQ(made[0].name, "viirs");
  EXPECT_EQ(made[0].total, 5001U);
  EXPECT_LE(made[0].features.size(), kMostMapFeatures);
  EXPECT_GT(made[0].features.size(), kMostMapFeatures / 2) << "over the antimeridian";
  EXPECT_EQ(made[0].features.front().strength, 0.0) << "not known is not negative";
  EXPECT_TRUE(made[1].features.empty());
  EXPECT_EQ(made[1].total, 1U);
}

}  // namespace
}  // namespace relevo::planner
