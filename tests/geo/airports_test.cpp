// SPDX-License-Identifier: MIT
#include "geo/airports.hpp"

#include "geo/table_error.hpp"
#include "tests/geo/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>

namespace relevo::geo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> idents(const std::vector<NearAirport>& near) {
  std::vector<std::string> found;
  found.reserve(near.size());
  for (const NearAirport& n : near)
    found.push_back(n.airport->ident);
  return found;
}

/// Half of them crowd around the pole and the antimeridian.
std::vector<Airport> random_airports(std::size_t count, std::mt19937& random) {
  std::uniform_real_distribution<double> unit(0, 1);
  std::vector<Airport> made;
  for (std::size_t i = 0; i < count; ++i) {
    LonLat point{unit(random) * 360 - 180, unit(random) * 180 - 90};
    if (i % 4 == 1)
      point = {unit(random) < 0.5 ? 179.0 + unit(random) : -180.0 + unit(random), unit(random) * 10};
    if (i % 4 == 3)
      point.lat = 88.0 + 2.0 * unit(random);
    made.push_back({.ident = "A" + std::to_string(1000 + i),
                    .name = "n",
                    .country = i % 3 == 0 ? "CA" : "US",
                    .point = point,
                    .runway_m = static_cast<int>(random() % 4000),
                    .size = static_cast<AirportSize>(random() % 3)});
  }
  return made;
}

std::vector<std::string> nearest_by_scan(const AirportIndex& index, const LonLat& point, std::size_t count,
                                         const AirportFilter& filter) {
  std::vector<std::pair<double, std::string>> all;
  for (const Airport& airport : index.all()) {
    if (filter.accepts(airport))
      all.emplace_back(distance_between(point, airport.point).metres(), airport.ident);
  }
  std::sort(all.begin(), all.end());
  std::vector<std::string> found;
  for (std::size_t i = 0; i < std::min(count, all.size()); ++i)
    found.push_back(all[i].second);
  return found;
}

TEST(AirportIndex, FindsWhatALinearScanFinds) {
  std::mt19937 random(1871);
  std::uniform_real_distribution<double> unit(0, 1);
  for (const std::size_t size : {1U, 7U, 60U, 900U}) {
    const AirportIndex index(random_airports(size, random));
    for (int i = 0; i < 60; ++i) {
      LonLat point{unit(random) * 360 - 180, unit(random) * 180 - 90};
      if (i % 3 == 1)
        point = {i % 2 == 0 ? 180.0 : -180.0, unit(random) * 10};
      if (i == 2)
        point = {0, 90};
      const std::size_t count = random() % 9;
      AirportFilter filter;
      if (i % 2 == 0)
        filter.runway_m = static_cast<int>(random() % 3500);
      if (i % 5 == 0)
        filter.smallest = AirportSize::Medium;
      if (i % 7 == 0)
        filter.country = "CA";
      ASSERT_EQ(idents(index.nearest(point, count, filter)), nearest_by_scan(index, point, count, filter))
          << size << " airports, " << count << " nearest to " << point.lon << ' ' << point.lat;
    }
  }
}

TEST(AirportIndex, EndsTiesInTheIdent) {
  const AirportIndex index(
      {{.ident = "C", .point = {1, 1}}, {.ident = "A", .point = {1, 1}}, {.ident = "B", .point = {1, 1}}});
  EXPECT_THAT(idents(index.nearest({1, 1}, 2)), ElementsAre("A", "B"));
}

TEST(AirportIndex, FindsByIdent) {
  const AirportIndex index({{.ident = "CYMM", .name = "Fort McMurray"}, {.ident = "CYEG", .name = "Edmonton"}});
  ASSERT_NE(index.find("CYEG"), nullptr);
  EXPECT_EQ(index.find("CYEG")->name, "Edmonton");
  EXPECT_EQ(index.find("CYE"), nullptr);
  EXPECT_EQ(index.find(""), nullptr);
  EXPECT_EQ(index.all().front().ident, "CYEG") << "ascending by ident";
  EXPECT_TRUE(AirportIndex({}).nearest({0, 0}, 3).empty());
}

TEST(AirportIndex, RefusesWhatIsNoTable) {
  EXPECT_THROW(AirportIndex({{.ident = "A"}, {.ident = "A"}}), std::invalid_argument);
  EXPECT_THROW(AirportIndex({{.ident = ""}}), std::invalid_argument);
  EXPECT_THROW(AirportIndex({{.ident = "A", .point = {200, 0}}}), std::invalid_argument);
}

class AirportFile : public testing::Test {
 protected:
  AirportIndex load(const std::string& text) {
    std::ofstream(path_, std::ios::binary) << text;
    return AirportIndex::load(path_, "airports.csv");
  }

  TableProblem problem_of(const std::string& text) {
    try {
      load(text);
    } catch (const TableError& error) {
      return error.problem();
    }
    ADD_FAILURE() << "was read: " << text;
    return {};
  }

  const std::string header_ = "ident,iata,name,country,region,lon,lat,elevation_m,size,runway_m,surface\n";

 private:
  ScratchFolder folder_;
  std::filesystem::path path_ = folder_ / "airports.csv";
};

TEST_F(AirportFile, IsRead) {
  const AirportIndex index =
      load(header_ +
           "CYMM,YMM,Fort McMurray,CA,CA-AB,-111.222,56.653,369,large,2287,asphalt\n"
           "KHUF,HUF,\"Terre Haute, Hulman\",US,US-IN,-87.3076,39.4515,180,medium,2750,unknown\n");
  ASSERT_EQ(index.all().size(), 2U);
  EXPECT_EQ(*index.find("CYMM"), (Airport{.ident = "CYMM",
                                          .name = "Fort McMurray",
                                          .country = "CA",
                                          .point = {-111.222, 56.653},
                                          .runway_m = 2287,
                                          .size = AirportSize::Large}));
  EXPECT_EQ(index.find("KHUF")->name, "Terre Haute, Hulman");
}

TEST_F(AirportFile, ErrorsNameFileLineAndRule) {
  const std::string good = "CYMM,,n,CA,,-111.2,56.6,369,large,2287,\n";
  const auto expect = [&](const std::string& text, const char* rule, std::size_t line, const char* part) {
    const TableProblem problem = problem_of(text);
    EXPECT_EQ(problem.file, "airports.csv");
    EXPECT_EQ(problem.rule, rule);
    EXPECT_EQ(problem.line, line);
    EXPECT_THAT(problem.reason, HasSubstr(part));
  };
  expect("ident,name\n", "table.column", 0, "'country'");
  expect(header_ + good + "X,,n,CA,,12x,56.6,1,large,2000,\n", "table.number", 3, "lon: '12x'");
  expect(header_ + "X,,n,CA,,12,56.6,1,large,2000.5,\n", "table.number", 2, "runway_m");
  expect(header_ + "X,,n,CA,,12,56.6,1,huge,2000,\n", "table.value", 2, "'huge'");
  expect(header_ + ",,n,CA,,12,56.6,1,large,2000,\n", "table.value", 2, "ident");
  expect(header_ + "X,,n,CA,,12,-96.6,1,large,2000,\n", "table.coordinate", 2, "latitude -96.6");
  expect(header_ + "X,,n,CA,,nan,9,1,large,2000,\n", "table.coordinate", 2, "nan");
  expect(header_ + good + good, "table.duplicate", 3, "line 2");
}

}  // namespace
}  // namespace relevo::geo
