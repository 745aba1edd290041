// SPDX-License-Identifier: MIT
// Times the clustering of detections. Not a test: tests/bench/clusters.sh builds and runs it. Commands:
//   clusters globe N          N detections of a made-up season on the ellipsoid, 24 h window: seconds and clusters
//   clusters rtree N          the same by DBSCAN over a Boost R-tree, and whether the clusters are equal
//   clusters points N FILE    N planar points as CSV "id,x,y"
//   clusters plane FILE OUT METRES MIN   clusters them; writes "id,label" to OUT, prints its seconds, wall and
//   processor clusters compare A B      whether two files "id,label" (label empty or -1: noise) tell the same clusters
#include "geo/detection_clusters.hpp"
#include "geo/geodesic.hpp"

#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <sstream>
#include <string>

namespace relevo::geo {
namespace {

namespace bg = boost::geometry;
using Box = bg::model::box<bg::model::point<double, 3, bg::cs::cartesian>>;
using Point3 = bg::model::point<double, 3, bg::cs::cartesian>;

/// Wall time, and processor time, which tells the cost on a busy machine too.
class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }
  double processor_seconds() const {
    return static_cast<double>(std::clock() - processor_start_) / static_cast<double>(CLOCKS_PER_SEC);
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::clock_t processor_start_ = std::clock();
};

/// A season over northern North America: fires that burn for days and are seen at each overpass, and loners.
std::vector<DetectionPoint> season(std::size_t count) {
  std::mt19937 random(2023);
  std::uniform_real_distribution<double> lon(-165.0, -60.0);
  std::uniform_real_distribution<double> lat(30.0, 70.0);
  std::uniform_real_distribution<double> azimuth(0.0, 360.0);
  std::exponential_distribution<double> spread(1.0 / 4000.0);
  std::lognormal_distribution<double> size(4.0, 1.6);
  std::vector<DetectionPoint> points;
  points.reserve(count);
  while (points.size() < count) {
    const LonLat centre{lon(random), lat(random)};
    const auto start = std::chrono::hours{24 * 19'500 + static_cast<long>(random() % (24 * 180))};
    const auto detections = std::min(count - points.size(), static_cast<std::size_t>(1.0 + size(random)));
    for (std::size_t i = 0; i < detections; ++i)
      points.push_back({point_at(centre, azimuth(random), Distance::from_metres(spread(random))),
                        Instant{start + std::chrono::hours{6 * (i * 40 / (detections + 1))}}});
  }
  std::ranges::shuffle(points, random);
  return points;
}

/// The textbook: one R-tree of points on the unit sphere, a query for each point, a queue for each cluster.
std::vector<std::int32_t> cluster_with_rtree(const std::vector<DetectionPoint>& points, const ClusterRule& rule) {
  using Entry = std::pair<Point3, std::uint32_t>;
  std::vector<Entry> entries;
  entries.reserve(points.size());
  for (std::uint32_t i = 0; i < points.size(); ++i) {
    const auto u = unit_vector(points[i].point);
    entries.emplace_back(Point3(u.x, u.y, u.z), i);
  }
  const bg::index::rtree<Entry, bg::index::rstar<16>> tree(entries);
  const double reach = std::sqrt(squared_chord_of(rule.metres / 1000.0 * (1.0 + 2.0 * kSphereError)));
  const double near = squared_chord_of(rule.metres / 1000.0 * (1.0 - 2.0 * kSphereError));
  std::vector<Entry> found;
  const auto neighbours = [&](std::uint32_t i) {
    found.clear();
    const auto& p = entries[i].first;
    const Box box({p.get<0>() - reach, p.get<1>() - reach, p.get<2>() - reach},
                  {p.get<0>() + reach, p.get<1>() + reach, p.get<2>() + reach});
    tree.query(bg::index::intersects(box), std::back_inserter(found));
    std::vector<std::uint32_t> result;
    for (const auto& [q, j] : found) {
      if (std::abs((points[i].time - points[j].time).count()) > rule.seconds)
        continue;
      const double squared = bg::comparable_distance(p, q);
      if (squared <= near ||
          (squared <= reach * reach && distance_between(points[i].point, points[j].point).metres() <= rule.metres))
        result.push_back(j);
    }
    return result;
  };
  constexpr std::int32_t kUnseen = -2;
  std::vector<std::int32_t> labels(points.size(), kUnseen);
  std::int32_t cluster = 0;
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < points.size(); ++i) {
    if (labels[i] != kUnseen)
      continue;
    open = neighbours(i);
    if (open.size() < static_cast<std::size_t>(rule.min_points)) {
      labels[i] = kNoise;
      continue;
    }
    labels[i] = cluster;
    while (!open.empty()) {
      const auto j = open.back();
      open.pop_back();
      if (labels[j] == kNoise)
        labels[j] = cluster;
      if (labels[j] != kUnseen)
        continue;
      labels[j] = cluster;
      const auto more = neighbours(j);
      if (more.size() >= static_cast<std::size_t>(rule.min_points))
        open.insert(open.end(), more.begin(), more.end());
    }
    ++cluster;
  }
  return labels;
}

std::size_t clusters_in(const std::vector<std::int32_t>& labels) {
  return labels.empty() ? 0 : static_cast<std::size_t>(*std::ranges::max_element(labels) + 1);
}

struct Difference {
  std::size_t clusters = 0;  ///< of the first
  std::size_t noise = 0;     ///< points that are noise in one only
  std::size_t moved = 0;     ///< points outside the cluster that most of their fellows are in
  std::size_t merged = 0;    ///< clusters of the second that are the image of no or several clusters of the first
};

/// Border points may lie in either of two clusters; everything else must be the same.
Difference compare(const std::vector<std::int32_t>& a, const std::vector<std::int32_t>& b) {
  std::map<std::pair<std::int32_t, std::int32_t>, std::size_t> pairs;
  Difference difference;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if ((a[i] == kNoise) != (b[i] == kNoise))
      ++difference.noise;
    else if (a[i] != kNoise)
      ++pairs[{a[i], b[i]}];
  }
  std::map<std::int32_t, std::pair<std::int32_t, std::size_t>> image;
  for (const auto& [pair, count] : pairs)
    if (auto& best = image[pair.first]; count > best.second)
      best = {pair.second, count};
  std::map<std::int32_t, int> images;
  for (const auto& [label, best] : image)
    ++images[best.first];
  for (const auto& [pair, count] : pairs)
    if (image[pair.first].first != pair.second)
      difference.moved += count;
  for (const auto& [label, count] : images)
    difference.merged += count > 1 ? 1U : 0U;
  difference.merged += clusters_in(b) > images.size() ? clusters_in(b) - images.size() : 0U;
  difference.clusters = clusters_in(a);
  return difference;
}

int print(const Difference& difference, std::size_t points) {
  std::cout << "clusters " << difference.clusters << ", points " << points << ": noise in one only " << difference.noise
            << ", border points in the other of two clusters " << difference.moved << ", clusters without a partner "
            << difference.merged << "\n";
  return difference.noise == 0 && difference.merged == 0 && difference.moved * 1000 <= points ? 0 : 1;
}

int time_globe(std::size_t count, bool with_rtree) {
  const auto points = season(count);
  const ClusterRule rule;
  const Stopwatch watch;
  const auto labels = cluster_detections(points, rule);
  const double grid = watch.seconds();
  const double grid_processor = watch.processor_seconds();
  std::cout << "grid: " << count << " detections, " << rule.metres << " m, " << rule.seconds << " s, min "
            << rule.min_points << ": " << grid << " s wall, " << grid_processor << " s processor, "
            << clusters_in(labels) << " clusters\n";
  if (!with_rtree)
    return 0;
  const Stopwatch other;
  const auto expected = cluster_with_rtree(points, rule);
  const double rtree = other.seconds();
  const double rtree_processor = other.processor_seconds();
  std::cout << "R-tree: " << rtree << " s wall, " << rtree_processor << " s processor, ratio " << rtree / grid
            << " wall, " << rtree_processor / grid_processor << " processor\n";
  return print(compare(labels, expected), count);
}

/// Clumps as of a season, in a projection of metres.
int write_points(std::size_t count, const std::string& file) {
  std::mt19937 random(15);
  std::uniform_real_distribution<double> place(0.0, 2'000'000.0);
  std::normal_distribution<double> spread(0.0, 3000.0);
  std::lognormal_distribution<double> size(4.0, 1.2);
  std::ofstream out(file);
  out.precision(3);
  out << std::fixed;
  std::size_t id = 0;
  while (id < count) {
    const double x = place(random);
    const double y = place(random);
    for (auto left = static_cast<std::size_t>(1.0 + size(random)); left > 0 && id < count; --left)
      out << id++ << ',' << x + spread(random) << ',' << y + spread(random) << '\n';
  }
  return out ? 0 : 1;
}

int cluster_file(const std::string& file, const std::string& out_file, double metres, int min_points) {
  std::vector<PlanarPoint> points;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::istringstream cells(line.substr(line.find(',') + 1));
    char comma = ',';
    PlanarPoint p;
    cells >> p.x >> comma >> p.y;
    points.push_back(p);
  }
  const Stopwatch watch;
  const auto labels = cluster_planar(points, {.metres = metres, .min_points = min_points});
  std::cout << watch.seconds() << " " << watch.processor_seconds() << "\n";
  std::ofstream out(out_file);
  for (std::size_t i = 0; i < labels.size(); ++i)
    out << i << ',' << labels[i] << '\n';
  return out ? 0 : 1;
}

std::vector<std::int32_t> read_labels(const std::string& file) {
  std::map<std::size_t, std::int32_t> by_id;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const auto comma = line.find(',');
    const auto label = line.substr(comma + 1);
    by_id[std::stoul(line.substr(0, comma))] = label.empty() ? kNoise : std::stoi(label);
  }
  std::vector<std::int32_t> labels;
  for (const auto& [id, label] : by_id)
    labels.push_back(label);
  return labels;
}

int run(const std::vector<std::string>& words) {
  if (words.size() == 2 && (words[0] == "globe" || words[0] == "rtree"))
    return time_globe(std::stoul(words[1]), words[0] == "rtree");
  if (words.size() == 3 && words[0] == "points")
    return write_points(std::stoul(words[1]), words[2]);
  if (words.size() == 5 && words[0] == "plane")
    return cluster_file(words[1], words[2], std::stod(words[3]), std::stoi(words[4]));
  if (words.size() == 3 && words[0] == "compare") {
    const auto a = read_labels(words[1]);
    const auto b = read_labels(words[2]);
    return a.size() == b.size() ? print(compare(a, b), a.size()) : 1;
  }
  std::cerr << "see the head of tests/bench/clusters.cpp\n";
  return 2;
}

}  // namespace
}  // namespace relevo::geo

int main(int argc, char** argv) {
  return relevo::geo::run({argv + 1, argv + argc});
}
