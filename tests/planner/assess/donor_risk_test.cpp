// SPDX-License-Identifier: MIT
#include "planner/assess/donor_risk.hpp"

#include "tests/planner/assess/policy.hpp"
#include "tests/support/mini_world.hpp"

#include <gtest/gtest.h>

namespace relevo::planner {
namespace {

using geo::LayerTheme;
using relevo::test::MiniWorld;

TEST(MatrixLevel, IsTheRoundedMeanOfWhatIsKnown) {
  const auto level = [](int danger, int load, int anticipated, int resources, int ability, int floor = 1) {
    return matrix_level({.danger = danger,
                         .fire_load = load,
                         .anticipated_load = anticipated,
                         .resource_level = resources,
                         .ability_to_respond = ability,
                         .hazard_floor = floor});
  };
  EXPECT_EQ(level(1, 1, 1, 1, 1), 1);
  EXPECT_EQ(level(5, 5, 5, 5, 5), 5);
  EXPECT_EQ(level(2, 1, 1, 1, 1), 2) << "rounded up";
  EXPECT_EQ(level(4, 0, 0, 0, 2), 3) << "what is not known does not count";
  EXPECT_EQ(level(1, 5, 5, 1, 1), 4) << "no less than the load less one";
  EXPECT_EQ(level(1, 1, 1, 1, 1, 3), 3) << "another hazard";
  EXPECT_EQ(level(0, 0, 0, 1, 1), 0) << "a roster alone says nothing of danger";
  EXPECT_EQ(level(0, 0, 0, 1, 1, 4), 4);
}

TEST(MatrixLevel, NeverFallsWhenAnInputRises) {
  for (int i = 0; i < 7776; ++i) {
    AgencyRisk risk{.danger = i % 6,
                    .fire_load = i / 6 % 6,
                    .anticipated_load = i / 36 % 6,
                    .resource_level = i / 216 % 6,
                    .ability_to_respond = i / 1296};
    const int before = matrix_level(risk);
    for (int* input :
         {&risk.danger, &risk.fire_load, &risk.anticipated_load, &risk.resource_level, &risk.ability_to_respond}) {
      if (*input == 0 || *input == 5)
        continue;
      ++*input;
      ASSERT_GE(matrix_level(risk), before) << i;
      --*input;
    }
  }
}

TEST(FireWeight, GrowsWithSizeAndFallsWithControl) {
  EXPECT_EQ(fire_weight(5, "OC"), 0.25);
  EXPECT_EQ(fire_weight(0, "OC"), 0.5) << "not known";
  EXPECT_EQ(fire_weight(50, ""), 0.5);
  EXPECT_EQ(fire_weight(500, "OC"), 1.0);
  EXPECT_EQ(fire_weight(5000, "OC"), 2.0);
  EXPECT_EQ(fire_weight(50000, "BH"), 2.0);
  EXPECT_EQ(fire_weight(50000, "UC"), 0.4);
  EXPECT_EQ(fire_weight(50000, "OUT"), 0.0);
}

TEST(Classes, AreCutAtTheirThresholds) {
  const auto policy = relevo::planner::test::shipped_policy().assessment;
  EXPECT_EQ(load_class_of(0.99, policy.fire_load_classes), 1);
  EXPECT_EQ(load_class_of(1, policy.fire_load_classes), 2);
  EXPECT_EQ(load_class_of(40, policy.fire_load_classes), 5);
  EXPECT_EQ(load_class_of(40, policy.fire_load_classes, 4), 3);
  EXPECT_EQ(share_class_of(0.8, policy.home_share_classes), 1);
  EXPECT_EQ(share_class_of(0.79, policy.home_share_classes), 2);
  EXPECT_EQ(share_class_of(0, policy.home_share_classes), 5);
}

/// Two lenders side by side, "w" west of longitude 0 and "e" east of it, each ten crews, and 4 days.
class DonorRisk : public testing::Test {
 protected:
  DonorRisk() : world_(4) {
    world_.policy() = relevo::planner::test::shipped_policy();
    world_.agency("w");
    world_.agency("e");
    world_.unit("ww", "w", "crew", 10);
    world_.unit("ee", "e", "crew", 10);
    territories_["w"] = {{{{-10, 40}, {0, 40}, {0, 50}, {-10, 50}, {-10, 40}}, {}}};
    territories_["e"] = {{{{0, 40}, {10, 40}, {10, 50}, {0, 50}, {0, 40}}, {}}};
  }

  /// 20 x 10 pixels of a degree, west half and east half.
  void add_raster(float west, float east, std::optional<int> day = {}) {
    RasterRecord record;
    record.theme = LayerTheme::Danger;
    record.header = {
        .variable = "fwi", .width = 20, .height = 10, .transform = {-10, 1, 0, 50, 0, -1}, .crs = "EPSG:4326"};
    if (day)
      record.header.time = world_.day(*day);
    record.read = [=](int column, int, int columns, int rows) {
      std::vector<float> values;
      for (int i = 0; i < rows * columns; ++i)
        values.push_back(column + i % columns < 10 ? west : east);
      return values;
    };
    layers_.rasters.push_back(record);
  }

  Incident& fire(const std::string& id, const std::string& agency, const geo::LonLat& point, double area_ha) {
    auto& incident = world_.incident(id, agency);
    incident.point = point;
    incident.stage_of_control = "OC";
    areas_.push_back(area_ha);
    return incident;
  }

  void assess() {
    data_ = world_.data();
    data_.assessment.incidents.clear();
    for (std::size_t i = 0; i < areas_.size(); ++i)
      data_.assessment.incidents.push_back({.incident = IncidentIndex(i), .area_ha = areas_[i]});
    data_.assessment.clusters = clusters_;
    Diagnostics diagnostics;
    const Rasters rasters(layers_, data_.as_of, data_.policy.assessment, diagnostics);
    const CurrentHazards hazards(layers_, data_.as_of);
    data_.assessment.risks = assess_donor_risk(data_, {layers_, rasters, hazards, territories_});
  }

  const AgencyRisk& risk(const std::string& agency, int day) const {
    for (const auto& risk : data_.assessment.risks)
      if (data_.agencies[risk.agency].id == agency && risk.day == data_.horizon.day(day))
        return risk;
    throw std::logic_error("no risk of " + agency);
  }

  MiniWorld world_;
  LayerData layers_;
  std::map<std::string, geo::Polygons> territories_;
  std::vector<double> areas_;
  std::vector<DetectionCluster> clusters_;
  ScenarioData data_;
};

/// A raster that covers the west only, and a newer one of the east only, in both orders.
TEST_F(DonorRisk, ARasterOfOneTerritoryDoesNotHideThatOfAnother) {
  add_raster(40, 40, 0);
  add_raster(3, 3, 1);
  for (auto& raster : layers_.rasters)
    raster.header.width = 9;
  layers_.rasters[1].header.transform[0] = 1;
  for (int order = 0; order < 2; ++order) {
    std::swap(layers_.rasters[0], layers_.rasters[1]);
    assess();
    for (int day = 1; day < 4; ++day) {
      EXPECT_EQ(risk("w", day).danger, 5);
      EXPECT_EQ(risk("e", day).danger, 1);
    }
  }
}

TEST_F(DonorRisk, DangerIsThatOfTheOwnTerritoryOnTheDay) {
  add_raster(3, 25, 0);
  add_raster(40, 25, 2);
  assess();
  EXPECT_EQ(data_.assessment.risks.size(), data_.agencies.size() * 4);
  EXPECT_EQ(risk("w", 0).danger, 1);
  EXPECT_EQ(risk("w", 1).danger, 1);
  EXPECT_EQ(risk("w", 2).danger, 5);
  EXPECT_EQ(risk("w", 3).danger, 5) << "the last one stays";
  EXPECT_EQ(risk("w", 3).danger_value, 40);
  EXPECT_EQ(risk("e", 0).danger, 4);
  EXPECT_EQ(risk("e", 0).fire_load, 0) << "no list of fires: not known";
  EXPECT_EQ(risk("e", 0).resource_level, 1);
  EXPECT_EQ(risk("e", 0).level, 2) << "(4 + 1 + 1) / 3";
}

TEST_F(DonorRisk, FiresCountWhereTheyBurnAndForTheirOwner) {
  add_raster(3, 3);
  for (int i = 0; i < 5; ++i)
    fire("f" + std::to_string(i), "w", {5, 45}, 500);
  assess();
  EXPECT_EQ(risk("w", 0).fire_load_value, 5.0) << "its own, though elsewhere";
  EXPECT_EQ(risk("e", 0).fire_load_value, 5.0) << "in its territory, though another's";
  EXPECT_EQ(risk("e", 0).fire_load, 3);
}

TEST_F(DonorRisk, GrowthDangerAndUnreportedClustersRaiseWhatIsExpected) {
  add_raster(3, 40);
  fire("f", "e", {5, 45}, 900);
  clusters_.push_back({.id = "H-1", .centre = {5, 44}});
  assess();
  EXPECT_EQ(risk("e", 0).fire_load, 2);
  EXPECT_EQ(risk("e", 0).anticipated_load, 2) << "(1 + 0.5) x 1.5";
  for (int i = 0; i < 8; ++i)
    clusters_.push_back({.id = "H", .centre = {5, 44}});
  assess();
  EXPECT_EQ(risk("e", 0).anticipated_load, 3) << "(1 + 4.5) x 1.5";
  EXPECT_EQ(risk("w", 0).anticipated_load, 0);
}

TEST_F(DonorRisk, ResourcesFallWithWhatIsAwayAndWhatIsAsked) {
  add_raster(3, 3);
  fire("f", "e", {5, 45}, 900);
  world_.request("q", "f", "crew", ".4..");
  assess();
  EXPECT_EQ(risk("e", 0).resource_level, 1);
  EXPECT_EQ(risk("e", 1).resource_level, 4) << "asks for two fifths of its roster";
  EXPECT_EQ(risk("w", 1).resource_level, 1);
}

TEST_F(DonorRisk, AnotherHazardInTheTerritorySetsAFloor) {
  HazardRecord quake;
  quake.theme = LayerTheme::Earthquakes;
  quake.strength = 6.6;
  quake.shape = geo::Points{{5, 45}};
  layers_.hazards = {quake};
  assess();
  EXPECT_EQ(risk("e", 0).hazard_floor, 4);
  EXPECT_EQ(risk("e", 0).level, 4);
  EXPECT_EQ(risk("w", 0).hazard_floor, 1);
  EXPECT_EQ(risk("w", 0).level, 0);
}

TEST_F(DonorRisk, GivenLevelsStandAndOthersAreSet) {
  add_raster(3, 40, 0);
  add_raster(40, 40, 2);
  world_.agency("e").levels = {{world_.day(0), 2}};
  assess();
  EXPECT_TRUE(risk("e", 0).given);
  EXPECT_EQ(risk("e", 0).level, 3) << "shown beside";
  apply_levels(data_);
  for (const auto& agency : data_.agencies) {
    if (agency.id == "e") {
      EXPECT_EQ(agency.levels, (std::vector<std::pair<Day, int>>{{world_.day(0), 2}}));
    }
    if (agency.id == "w") {
      EXPECT_EQ(agency.levels, (std::vector<std::pair<Day, int>>{{world_.day(0), 1}, {world_.day(2), 3}}));
    }
  }
}

}  // namespace
}  // namespace relevo::planner
