// SPDX-License-Identifier: MIT
#pragma once

#include "geo/lon_lat.hpp"
#include "geo/units.hpp"

#include <vector>

/// Shortest lines on the WGS 84 ellipsoid, by Karney's method as PROJ implements it (geodesic.h): distances are right
/// to about 15 nanometres. Every function throws std::invalid_argument naming the coordinates when a point is not
/// is_valid().
namespace relevo::geo {

/// The shortest line between two points. Azimuths are degrees clockwise from north in [0, 360). For equal points the
/// azimuths mean nothing.
struct Geodesic {
  Distance length;
  double azimuth_deg = 0.0;          ///< on leaving the first point
  double arrival_azimuth_deg = 0.0;  ///< on reaching the second
};

Geodesic measure_geodesic(const LonLat& from, const LonLat& to);

/// Same as measure_geodesic(from, to).length.
Distance distance_between(const LonLat& from, const LonLat& to);

/// The point at `fraction` of the way (0: from, 1: to). Between antipodal points one of the shortest lines is taken.
LonLat point_along(const LonLat& from, const LonLat& to, double fraction);

/// The point reached from `from` after `distance` on the geodesic that leaves with `azimuth_deg`.
LonLat point_at(const LonLat& from, double azimuth_deg, Distance distance);

/// The shortest line as vertices at equal steps of at most `step`, both ends included exactly as given.
/// \pre step > 0; no more than 10,000 vertices are made, then the steps are longer.
std::vector<LonLat> geodesic_polyline(const LonLat& from, const LonLat& to, Distance step);

/// Cuts a polyline where it crosses longitude 180, so that each piece can be drawn on a map from -180 to 180 (the rule
/// of RFC 7946, section 3.1.9). A segment that spans more than 180 degrees of longitude is taken to cross. The latitude
/// of the cut is interpolated linearly between its vertices: exact enough for drawing on polylines of short steps.
/// Pieces of a single vertex are left out.
std::vector<std::vector<LonLat>> split_at_antimeridian(const std::vector<LonLat>& line);

/// A direction from the centre of a sphere, for quick comparisons of many points.
struct UnitVector {
  double x = 0.0;
  double y = 0.0;
  double z = 0.0;
};

UnitVector unit_vector(const LonLat& point);

/// Distance on a sphere of radius 6371.0088 km through geodetic latitudes: within kSphereError of the ellipsoidal one.
double sphere_km(const UnitVector& a, const UnitVector& b) noexcept;

/// The square of the straight line through the sphere (radius 1): grows with the distance and is quicker to have.
inline double squared_chord(const UnitVector& a, const UnitVector& b) noexcept {
  const double dx = a.x - b.x;
  const double dy = a.y - b.y;
  const double dz = a.z - b.z;
  return dx * dx + dy * dy + dz * dz;
}

/// squared_chord of points `km` apart by sphere_km, 4 beyond half the circumference.
double squared_chord_of(double km) noexcept;

/// Largest relative error of sphere_km, rounded up (0.56 % along a meridian at the poles or the equator).
inline constexpr double kSphereError = 0.006;

}  // namespace relevo::geo
