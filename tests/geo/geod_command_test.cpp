// SPDX-License-Identifier: MIT
#include "geo/geodesic.hpp"
#include "tests/geo/random_shapes.hpp"
#include "tests/geo/scratch_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace relevo::geo {
namespace {

/// What PROJ's own program says, a line for each line of its input.
std::vector<std::vector<double>> ask(const std::string& program, const std::string& input) {
  const ScratchFolder folder;
  const auto question = (folder / "question").string();
  const auto answer = (folder / "answer").string();
  std::ofstream(question) << input;
  const auto command = fmt::format("{} < '{}' > '{}'", program, question, answer);
  EXPECT_EQ(std::system(command.c_str()), 0) << command << ": install what cli/packages.txt lists under [test]";
  std::ifstream file(answer);
  std::vector<std::vector<double>> rows;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    auto& row = rows.emplace_back();
    for (double number = 0; words >> number;)
      row.push_back(number);
  }
  return rows;
}

TEST(GeodCommand, GivesTheSameDistancesToAMillimetre) {
  std::mt19937 random(41);
  std::uniform_real_distribution<double> lon(-180, 180);
  std::uniform_real_distribution<double> lat(-90, 90);
  std::vector<std::pair<LonLat, LonLat>> pairs;
  std::string input;
  for (int i = 0; i < 2000; ++i) {
    const LonLat from{lon(random), lat(random)};
    const LonLat to = i % 2 == 0 ? LonLat{lon(random), lat(random)}
                                 : point_at(from, i % 360, Distance::from_metres(std::pow(10.0, i % 7)));
    pairs.emplace_back(from, to);
    input += fmt::format("{:.17g} {:.17g} {:.17g} {:.17g}\n", from.lat, from.lon, to.lat, to.lon);
  }
  const auto rows = ask("geod +ellps=WGS84 -I -f %.9f -F %.6f +units=m", input);
  ASSERT_EQ(rows.size(), pairs.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ASSERT_EQ(rows[i].size(), 3U);
    ASSERT_NEAR(distance_between(pairs[i].first, pairs[i].second).metres(), rows[i][2], 0.001);
  }
}

}  // namespace
}  // namespace relevo::geo
