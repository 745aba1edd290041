// SPDX-License-Identifier: MIT
#pragma once

#include "geo/instant.hpp"
#include "geo/lon_lat.hpp"

#include <cstdint>
#include <span>
#include <vector>

/// Density clustering (DBSCAN; Ester, Kriegel, Sander, Xu 1996) in space and time. docs/incidents.md, section 1, has
/// the mathematics.
namespace relevo::geo {

struct DetectionPoint {
  LonLat point;
  Instant time;
};

/// Two points are neighbours when they are at most `metres` apart and, in space-time, at most `seconds`. A point is
/// core when it has `min_points` neighbours, itself among them.
struct ClusterRule {
  double metres = 1500.0;         ///< above 0, at most 1,000,000
  std::int64_t seconds = 86'400;  ///< at least 0
  int min_points = 3;             ///< at least 1
};

/// Label of a point that belongs to no cluster.
inline constexpr std::int32_t kNoise = -1;

/// The cluster of each point, in the order of the points. Core points that are neighbours share a cluster; any other
/// point belongs to the cluster of its nearest core neighbour (of equally near ones: the earliest, then westernmost,
/// then southernmost), or is kNoise. Clusters are numbered from 0 by their first point: earliest, then westernmost,
/// then southernmost. So the clusters do not depend on the order of the points, and the numbers only where points
/// coincide in place and time. Distances are geodesics of WGS 84, right to 0.1 micrometres at the limit; longitudes 180
/// and -180 are one. Time and memory grow linearly with the points. \throws std::invalid_argument for a rule out of
/// range or a point that is not is_valid()
std::vector<std::int32_t> cluster_detections(std::span<const DetectionPoint> points, const ClusterRule& rule);

/// A place on a plane, in metres.
struct PlanarPoint {
  double x = 0.0;
  double y = 0.0;
};

/// The same in the plane and in space alone (rule.seconds is not used): the clusters of PostGIS's ST_ClusterDBSCAN, but
/// for points that are not core and have core neighbours in several clusters. Coordinates are finite and span less than
/// 1e9 times the distance of the rule.
std::vector<std::int32_t> cluster_planar(std::span<const PlanarPoint> points, const ClusterRule& rule);

}  // namespace relevo::geo
