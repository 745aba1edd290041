// SPDX-License-Identifier: MIT
// Exposure of many perimeters against many places in three rings, for tests/bench/exposure.sh.
//
//   bench_exposure write PERIMETERS PLACES FOLDER   makes perimeters.csv (id, WKT) and places.csv (id, lon, lat)
//   bench_exposure run FOLDER                       reads both, answers into ours.csv (perimeter, place, ring in km)
//   bench_exposure compare FOLDER FILE              says where FILE's answers differ, and how far from a ring's border
#include "geo/place_index.hpp"
#include "geo/prepared_shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace relevo::geo;

constexpr std::array<Distance, 3> kRings{Distance::from_kilometres(10), Distance::from_kilometres(25),
                                         Distance::from_kilometres(50)};
constexpr unsigned kSeed = 2016;
constexpr double kPi = 3.14159265358979;

struct World {
  std::vector<Polygons> perimeters;
  std::vector<LonLat> places;
};

/// Where fires and people are: a box over North America, half of the places in 2,000 towns' surroundings.
class Maker {
 public:
  LonLat anywhere() { return {-140.0 + 80.0 * unit_(random_), 20.0 + 48.0 * unit_(random_)}; }

  std::vector<LonLat> places(std::size_t count) {
    std::vector<LonLat> towns(2000);
    std::generate(towns.begin(), towns.end(), [&] { return anywhere(); });
    std::normal_distribution<double> around(0.0, 0.3);
    std::vector<LonLat> made;
    for (std::size_t i = 0; i < count; ++i) {
      const LonLat town = towns[random_() % towns.size()];
      made.push_back(i % 2 == 0 ? anywhere() : LonLat{town.lon + around(random_), town.lat + around(random_)});
    }
    return made;
  }

  /// A ring of 40 to 400 vertices, 1 to 30 km from its middle, as ragged as a fire.
  Polygons perimeter() {
    const LonLat middle = anywhere();
    const int corners = 40 + static_cast<int>(random_() % 361);
    const double reach = std::pow(30.0, unit_(random_)) / 111.0;
    const double wide = std::cos(middle.lat * kPi / 180.0);
    Ring ring;
    for (int i = 0; i < corners; ++i) {
      const double angle = 2.0 * kPi * i / corners;
      const double radius = reach * (0.6 + 0.25 * std::sin(5.0 * angle) + 0.15 * unit_(random_));
      ring.push_back({middle.lon + radius * std::cos(angle) / wide, middle.lat + radius * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return {{ring, {}}};
  }

 private:
  std::mt19937 random_{kSeed};
  std::uniform_real_distribution<double> unit_{0.0, 1.0};
};

void write(std::size_t perimeters, std::size_t places, const std::string& folder) {
  Maker maker;
  std::ofstream place_file(folder + "/places.csv");
  const auto points = maker.places(places);
  for (std::size_t i = 0; i < points.size(); ++i)
    place_file << fmt::format("{},{:.17g},{:.17g}\n", i, points[i].lon, points[i].lat);
  std::ofstream perimeter_file(folder + "/perimeters.csv");
  for (std::size_t i = 0; i < perimeters; ++i) {
    std::string wkt;
    const Polygons perimeter = maker.perimeter();
    for (const auto& vertex : perimeter.front().outer)
      wkt += fmt::format("{}{:.17g} {:.17g}", wkt.empty() ? "" : ",", vertex.lon, vertex.lat);
    perimeter_file << fmt::format("{};POLYGON(({}))\n", i, wkt);
  }
}

World read(const std::string& folder) {
  World world;
  std::ifstream place_file(folder + "/places.csv");
  for (std::string line; std::getline(place_file, line);) {
    LonLat point;
    const auto first = line.find(',');
    const auto second = line.find(',', first + 1);
    point.lon = std::strtod(line.c_str() + first + 1, nullptr);
    point.lat = std::strtod(line.c_str() + second + 1, nullptr);
    world.places.push_back(point);
  }
  std::ifstream perimeter_file(folder + "/perimeters.csv");
  for (std::string line; std::getline(perimeter_file, line);) {
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == ',' || c == '(' || c == ')'; }, ' ');
    std::istringstream numbers(line.substr(line.find("POLYGON") + 7));
    Ring ring;
    for (LonLat vertex; numbers >> vertex.lon >> vertex.lat;)
      ring.push_back(vertex);
    world.perimeters.push_back({{ring, {}}});
  }
  return world;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void run(const std::string& folder) {
  const World world = read(folder);
  auto start = std::chrono::steady_clock::now();
  const PlaceIndex index(world.places);
  const double building = seconds_since(start);
  start = std::chrono::steady_clock::now();
  std::vector<std::vector<RingHit>> hits;
  for (const auto& perimeter : world.perimeters)
    hits.push_back(index.within(PreparedShape(perimeter), kRings));
  const double answering = seconds_since(start);
  std::ofstream file(folder + "/ours.csv");
  for (std::size_t i = 0; i < hits.size(); ++i)
    for (const auto& hit : hits[i])
      file << fmt::format("{},{},{:.0f}\n", i, hit.point, kRings[hit.ring].kilometres());
  fmt::print("{:.4f} {:.4f}\n", building, answering);
}

std::map<std::pair<std::size_t, std::size_t>, double> read_answers(const std::string& file) {
  std::map<std::pair<std::size_t, std::size_t>, double> answers;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    std::size_t perimeter = 0;
    std::size_t place = 0;
    double ring = 0.0;
    char comma = 0;
    std::istringstream(line) >> perimeter >> comma >> place >> comma >> ring;
    answers[{perimeter, place}] = ring;
  }
  return answers;
}

/// Both ways: an answer that one side lacks is a difference too.
void compare(const std::string& folder, const std::string& file) {
  const World world = read(folder);
  const auto ours = read_answers(folder + "/ours.csv");
  const auto theirs = read_answers(file);
  auto keys = ours;
  keys.insert(theirs.begin(), theirs.end());
  std::size_t differ = 0;
  double farthest = 0.0;
  for (const auto& [key, ring] : keys) {
    const auto a = ours.find(key);
    const auto b = theirs.find(key);
    if (a != ours.end() && b != theirs.end() && a->second == b->second)
      continue;
    ++differ;
    const double metres =
        PreparedShape(world.perimeters.at(key.first)).distance_to(world.places.at(key.second)).metres();
    double to_border = HUGE_VAL;
    for (const auto& radius : kRings)
      to_border = std::min(to_border, std::abs(metres - radius.metres()));
    farthest = std::max(farthest, to_border);
  }
  fmt::print("{} answers of ours, {} of theirs, {} differ", ours.size(), theirs.size(), differ);
  if (differ > 0)
    fmt::print(", the farthest {:.2f} m from a ring's border", farthest);
  fmt::print("\n");
}

}  // namespace

int main(int argc, char** argv) {
  try {
    std::vector<std::string> words;
    for (int i = 1; i < argc; ++i)
      words.emplace_back(argv[i]);
    if (words.size() == 4 && words[0] == "write")
      write(std::stoul(words[1]), std::stoul(words[2]), words[3]);
    else if (words.size() == 2 && words[0] == "run")
      run(words[1]);
    else if (words.size() == 3 && words[0] == "compare")
      compare(words[1], words[2]);
    else
      throw std::invalid_argument("see the head of exposure.cpp");
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_exposure: {}\n", error.what());
    return 2;
  }
  return 0;
}
