// SPDX-License-Identifier: MIT
#pragma once

/// The ellipsoid of WGS 84 (NGA.STND.0036, table 3.1).
namespace relevo::geo::wgs84 {

inline constexpr double kSemiMajorAxisMetres = 6378137.0;
inline constexpr double kFlattening = 1.0 / 298.257223563;
inline constexpr double kEccentricitySquared = kFlattening * (2.0 - kFlattening);

/// Least and largest radius of curvature in any direction (meridian at the equator, any at the poles), rounded
/// outwards.
inline constexpr double kLeastRadiusMetres = 6335439.0;
inline constexpr double kLargestRadiusMetres = 6399594.0;

}  // namespace relevo::geo::wgs84
