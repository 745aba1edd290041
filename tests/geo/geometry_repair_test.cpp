// SPDX-License-Identifier: MIT
#include "geo/geometry_repair.hpp"

#include "geo/geodesic.hpp"
#include "geo/polygon_area.hpp"
#include "geo/shape_wkb.hpp"
#include "tests/geo/planar_oracle.hpp"

#include <gtest/gtest.h>
#include <ogr_geometry.h>

#include <cmath>
#include <memory>
#include <numbers>
#include <random>
#include <string>

namespace relevo::geo {
namespace {

RepairedShape repair(const std::string& wkt) {
  OGRGeometry* made = nullptr;
  const OGRErr error = OGRGeometryFactory::createFromWkt(wkt.c_str(), nullptr, &made);
  const std::unique_ptr<OGRGeometry> geometry(made);
  EXPECT_EQ(error, OGRERR_NONE) << wkt;
  return geometry ? repair_shape(*geometry) : RepairedShape{};
}

std::unique_ptr<OGRGeometry> ogr_of(const Shape& shape) {
  const std::string bytes = to_wkb(shape);
  OGRGeometry* made = nullptr;
  OGRGeometryFactory::createFromWkb(bytes.data(), nullptr, &made, bytes.size(), wkbVariantIso);
  return std::unique_ptr<OGRGeometry>(made);
}

double planar_area(const Shape& shape) {
  const auto* polygons = std::get_if<Polygons>(&shape);
  return polygons == nullptr ? 0.0 : oracle::area(*polygons);
}

/// What every Shape promises, by code that is not the repair's.
void expect_sound(const Shape& shape, const std::string& from) {
  EXPECT_EQ(from_wkb(to_wkb(shape)), shape) << from;
  const auto* polygons = std::get_if<Polygons>(&shape);
  if (polygons == nullptr)
    return;
  EXPECT_TRUE(ogr_of(shape)->IsValid()) << from;
  EXPECT_FALSE(oracle::has_crossing(*polygons)) << from;
  for (const Polygon& polygon : *polygons) {
    EXPECT_GT(oracle::signed_area(polygon.outer), 0.0) << from;
    for (const Ring& hole : polygon.holes)
      EXPECT_LT(oracle::signed_area(hole), 0.0) << from;
  }
}

TEST(GeometryRepair, LeavesWhatIsValid) {
  const RepairedShape square = repair("POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1))");
  EXPECT_EQ(square.reason, "");
  EXPECT_EQ(square.shape,
            Shape(Polygons{{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}, {{{1, 1}, {1, 2}, {2, 2}, {2, 1}, {1, 1}}}}}));
  EXPECT_EQ(repair("POINT (1 2)").shape, Shape(Points{{1, 2}}));
  EXPECT_EQ(repair("LINESTRING (1 2, 3 4)").shape, Shape(Lines{{{1, 2}, {3, 4}}}));
  EXPECT_EQ(repair("MULTIPOINT ((1 2), (3 4))").reason, "");
}

TEST(GeometryRepair, OrientsFlattensAndDropsRepetitionsWithoutCallingItARepair) {
  const Shape square = Polygons{{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}, {}}};
  const RepairedShape clockwise = repair("POLYGON ZM ((0 0 7 8, 0 4 7 8, 4 4 7 8, 4 4 9 9, 4 0 7 8, 0 0 7 8))");
  EXPECT_EQ(clockwise.reason, "");
  expect_sound(clockwise.shape, "clockwise");
  EXPECT_DOUBLE_EQ(planar_area(clockwise.shape), planar_area(square));
}

TEST(GeometryRepair, CurvesBecomeChords) {
  const RepairedShape disk = repair("CURVEPOLYGON (CIRCULARSTRING (0 1, 1 2, 2 1, 1 0, 0 1))");
  EXPECT_EQ(disk.reason, "");
  EXPECT_NEAR(planar_area(disk.shape), std::numbers::pi, 0.005);
}

TEST(GeometryRepair, SurfacesOfSpatialModelsBecomePolygons) {
  const RepairedShape tin = repair("TIN Z (((0 0 1, 0 1 1, 1 1 1, 0 0 1)), ((0 0 1, 1 0 1, 1 1 1, 0 0 1)))");
  EXPECT_EQ(tin.reason, "self_intersection") << "the two triangles share an edge";
  EXPECT_DOUBLE_EQ(planar_area(tin.shape), 1.0);
}

TEST(GeometryRepair, BothHalvesOfAFigureOfEightStay) {
  const RepairedShape eight = repair("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))");
  EXPECT_EQ(eight.reason, "self_intersection");
  EXPECT_DOUBLE_EQ(planar_area(eight.shape), 2.0);
  expect_sound(eight.shape, "eight");
}

TEST(GeometryRepair, WhatIsCoveredTwiceCountsOnce) {
  const RepairedShape parts = repair("MULTIPOLYGON (((0 0,2 0,2 2,0 2,0 0)),((1 0,3 0,3 2,1 2,1 0)))");
  EXPECT_EQ(parts.reason, "self_intersection");
  EXPECT_DOUBLE_EQ(planar_area(parts.shape), 6.0);
}

TEST(GeometryRepair, AHoleApartIsAPartOfItsOwn) {
  const RepairedShape parts = repair("POLYGON ((0 0,4 0,4 4,0 4,0 0),(6 6,7 6,7 7,6 7,6 6),(1 1,2 1,2 2,1 2,1 1))");
  EXPECT_EQ(parts.reason, "hole_outside");
  EXPECT_DOUBLE_EQ(planar_area(parts.shape), 16.0 + 1.0 - 1.0);
}

TEST(GeometryRepair, NamesWhatWasWrong) {
  EXPECT_EQ(repair("POLYGON ((0 0, 4 0, 4 4, 2 4, 2 6, 2 4, 0 4, 0 0))").reason, "self_intersection") << "a spike";
  EXPECT_EQ(repair("POLYGON ((0 0, 4 0, 4 4, 0 4))").reason, "unclosed_ring");
  EXPECT_EQ(repair("POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (6 6, 7 6, 7 7, 6 6))").reason, "hole_outside");
  EXPECT_EQ(repair("MULTIPOLYGON (((0 0,4 0,4 4,0 4,0 0)),((1 1,2 1,2 2,1 2,1 1)))").reason, "nested_rings");
  EXPECT_EQ(repair("POLYGON EMPTY").reason, "empty");
  EXPECT_EQ(repair("GEOMETRYCOLLECTION EMPTY").reason, "empty");
  EXPECT_EQ(repair("POINT EMPTY").reason, "empty");
  EXPECT_EQ(repair("POLYGON ((1 1, 2 2, 3 3, 1 1))").reason, "self_intersection");
  EXPECT_EQ(repair("POLYGON ((1 1, 2 2, 1 1))").reason, "zero_area");
  EXPECT_EQ(repair("LINESTRING (1 1, 1 1)").reason, "zero_length");
  EXPECT_EQ(repair("POINT (1 91)").reason, "out_of_range");
  EXPECT_EQ(repair("POINT (541 1)").reason, "out_of_range");
  EXPECT_EQ(repair("POINT (250.5 1)").reason, "wrapped_longitude");
  for (const char* nothing : {"POLYGON ((1 1, 2 2, 3 3, 1 1))", "POLYGON ((1 1, 2 2, 1 1))", "LINESTRING (1 1, 1 1)",
                              "POINT (1 91)", "POLYGON EMPTY"})
    EXPECT_TRUE(std::holds_alternative<std::monostate>(repair(nothing).shape)) << nothing;
}

TEST(GeometryRepair, KeepsTheHighestDimension) {
  const RepairedShape mixed = repair(
      "GEOMETRYCOLLECTION (POINT (9 9), LINESTRING (0 0, 1 1), GEOMETRYCOLLECTION (POLYGON ((0 0,1 0,1 1,0 0))))");
  EXPECT_EQ(mixed.reason, "mixed_collection");
  EXPECT_DOUBLE_EQ(planar_area(mixed.shape), 0.5);
  EXPECT_EQ(repair("GEOMETRYCOLLECTION (POINT (9 9), LINESTRING (0 0, 1 1))").shape, Shape(Lines{{{0, 0}, {1, 1}}}));
}

TEST(GeometryRepair, StrayVerticesAtTheOriginAreDropped) {
  const RepairedShape fire = repair("POLYGON ((-120 38, -119 38, 0 0, -119 39, -120 39, -120 38))");
  EXPECT_EQ(fire.reason, "stray_vertex");
  EXPECT_DOUBLE_EQ(planar_area(fire.shape), 1.0);
  EXPECT_EQ(repair("POLYGON ((0 0, -119 38, -119 39, -120 39, -120 38, 0 0))").reason, "stray_vertex")
      << "where the ring closes";
  EXPECT_EQ(repair("LINESTRING (0 0, 100 10, 101 11)").shape, Shape(Lines{{{100, 10}, {101, 11}}}));
  EXPECT_EQ(repair("MULTIPOINT ((0 0), (100 10), (101 11))").shape, Shape(Points{{100, 10}, {101, 11}}));
  EXPECT_EQ(repair("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))").reason, "") << "the origin belongs to it";
  EXPECT_EQ(repair("POINT (0 0)").reason, "") << "nothing tells whether it is meant";
}

TEST(GeometryRepair, VerticesFarFromAllOthersAreDropped) {
  const std::string ring =
      "-120 38, -119.9 37.9, -119.8 38, -119.7 38.1, -119.8 38.2, -119.9 38.3, -120 38.2, -120.1 38.1";
  const RepairedShape far = repair("POLYGON ((" + ring + ", 60 -10, -120 38))");
  EXPECT_EQ(far.reason, "stray_vertex");
  EXPECT_EQ(far.shape, repair("POLYGON ((" + ring + ", -120 38))").shape);
  EXPECT_EQ(repair("POLYGON ((0 0, 0.01 0, 10 5, 0 0))").reason, "") << "too few vertices to tell";
}

TEST(GeometryRepair, VerticesThatAreNoNumbersAreDroppedWhereTheyAreFew) {
  const double nan = std::nan("");
  OGRLinearRing ring;
  for (int i = 0; i < 20; ++i)
    ring.addPoint(std::cos(i * 0.3), std::sin(i * 0.3));
  ring.addPoint(1.0, nan);
  ring.closeRings();
  OGRPolygon polygon;
  polygon.addRing(&ring);
  const RepairedShape few = repair_shape(polygon);
  EXPECT_EQ(few.reason, "not_finite");
  EXPECT_EQ(std::get<Polygons>(few.shape).front().outer.size(), 21U);
  const OGRPoint point(nan, HUGE_VAL);
  EXPECT_TRUE(point.IsEmpty() || repair_shape(point).reason == "not_finite");
  EXPECT_EQ(repair_shape(OGRPoint(HUGE_VAL, 0.0)).reason, "not_finite");
}

TEST(GeometryRepair, PolygonsAreCutAtTheAntimeridian) {
  const RepairedShape fiji = repair("POLYGON ((179 -17, -179 -17, -179 -16, 179 -16, 179 -17))");
  EXPECT_EQ(fiji.reason, "antimeridian");
  ASSERT_EQ(std::get<Polygons>(fiji.shape).size(), 2U);
  EXPECT_DOUBLE_EQ(planar_area(fiji.shape), 2.0);
  expect_sound(fiji.shape, "fiji");
  const RepairedShape positive = repair("POLYGON ((179 -17, 181 -17, 181 -16, 179 -16, 179 -17))");
  EXPECT_DOUBLE_EQ(planar_area(positive.shape), 2.0);
  EXPECT_EQ(std::get<Polygons>(positive.shape).size(), 2U);
  const RepairedShape holed =
      repair("POLYGON ((170 0, -170 0, -170 10, 170 10, 170 0), (178 4, 178 6, -178 6, -178 4, 178 4))");
  EXPECT_DOUBLE_EQ(planar_area(holed.shape), 200.0 - 8.0);
  expect_sound(holed.shape, "holed");
  const RepairedShape eight = repair("POLYGON ((179 0, -179 2, -179 0, 179 2, 179 0))");
  EXPECT_EQ(eight.reason, "self_intersection");
  EXPECT_NEAR(planar_area(eight.shape), 2.0, 1e-9);
  expect_sound(eight.shape, "eight");
}

TEST(GeometryRepair, PositiveLongitudesAreWrapped) {
  const RepairedShape fire = repair("POLYGON ((240 38, 241 38, 241 39, 240 39, 240 38))");
  EXPECT_EQ(fire.reason, "wrapped_longitude");
  EXPECT_EQ(bounding_box_of(fire.shape), (BoundingBox{-120, 38, -119, 39}));
  const RepairedShape greenwich = repair("POLYGON ((359 50, 361 50, 361 51, 359 51, 359 50))");
  EXPECT_EQ(greenwich.reason, "wrapped_longitude");
  EXPECT_EQ(bounding_box_of(greenwich.shape), (BoundingBox{-1, 50, 1, 51}));
}

TEST(GeometryRepair, LinesAreCutAtTheAntimeridian) {
  const RepairedShape track = repair("LINESTRING (178 0, 182 4)");
  EXPECT_EQ(track.shape, Shape(Lines{{{178, 0}, {180, 2}}, {{-180, 2}, {-178, 4}}}));
}

TEST(GeometryRepair, TheWorldIsOnePolygon) {
  for (const char* wkt : {"POLYGON ((-180 -90, 180 -90, 180 90, -180 90, -180 -90))",
                          "POLYGON ((0 -90, 360 -90, 360 90, 0 90, 0 -90))"}) {
    const RepairedShape world = repair(wkt);
    EXPECT_NEAR(planar_area(world.shape), 360.0 * 180.0, 1e-6) << wkt;
    expect_sound(world.shape, wkt);
  }
}

TEST(GeometryRepair, RingsAroundAPoleAreClosedAlongIt) {
  const RepairedShape arctic = repair("POLYGON ((0 60, 90 60, 180 60, -90 60, 0 60))");
  EXPECT_EQ(arctic.reason, "antimeridian");
  EXPECT_NEAR(planar_area(arctic.shape), 360.0 * 30.0, 1e-9);
  EXPECT_NEAR(planar_area(repair("POLYGON ((0 -60, -120 -60, 120 -60, 0 -60))").shape), 360.0 * 30.0, 1e-9);
  const RepairedShape ring = repair("POLYGON ((0 60, 120 60, -120 60, 0 60), (40 80, 160 80, -80 80, 40 80))");
  EXPECT_NEAR(planar_area(ring.shape), 360.0 * 20.0, 1e-6);
  expect_sound(ring.shape, "ring");
}

// ---------------------------------------------------------------------------------------------------------------------

std::string ring_wkt(const Ring& ring) {
  std::string wkt;
  for (const LonLat& v : ring)
    wkt += (wkt.empty() ? "(" : ", ") + std::to_string(v.lon) + " " + std::to_string(v.lat);
  return wkt + ")";
}

std::string wkt_of(const Polygons& polygons) {
  std::string wkt = "MULTIPOLYGON (";
  for (const Polygon& polygon : polygons) {
    wkt += (&polygon == polygons.data() ? "((" : ", ((") + ring_wkt(polygon.outer).substr(1);
    for (const Ring& hole : polygon.holes)
      wkt += ", " + ring_wkt(hole);
    wkt += ")";
  }
  return wkt + ")";
}

/// Coordinates are sixteenths or, half of the time, whole numbers: full of coincidences.
Ring random_ring(std::mt19937& random) {
  const double step = random() % 2 == 0 ? 1.0 : 1.0 / 16.0;
  const auto cells = static_cast<std::uint32_t>(8.0 / step);
  Ring ring(3 + random() % 9);
  for (LonLat& v : ring)
    v = {1.0 + static_cast<double>(random() % (cells + 1)) * step,
         1.0 + static_cast<double>(random() % (cells + 1)) * step};
  ring.push_back(ring.front());
  return ring;
}

Polygons random_polygons(std::mt19937& random) {
  Polygons polygons(1 + random() % 3);
  for (Polygon& polygon : polygons) {
    polygon.outer = random_ring(random);
    polygon.holes.resize(random() % 3);
    for (Ring& hole : polygon.holes)
      hole = random_ring(random);
  }
  return polygons;
}

LonLat random_place(std::mt19937& random) {
  // Off the lattice of vertices.
  return {1.0137 + static_cast<double>(random() % 800) / 100.0, 1.0071 + static_cast<double>(random() % 800) / 100.0};
}

/// True when a place is found that both rings wind around.
bool is_overlap_found(const Ring& a, const Ring& b, std::mt19937& random) {
  for (int probe = 0; probe < 500; ++probe) {
    const LonLat place = random_place(random);
    if (oracle::winding(a, place) != 0 && oracle::winding(b, place) != 0)
      return true;
  }
  return false;
}

/// Drops the holes for which it is not sure that they overlap their polygon.
void keep_overlapping_holes(Polygons& wild, std::mt19937& random) {
  for (Polygon& polygon : wild)
    std::erase_if(polygon.holes, [&](const Ring& hole) { return !is_overlap_found(polygon.outer, hole, random); });
}

/// The rule of the header, applied to one place.
bool is_covered(const Polygons& wild, const LonLat& place) {
  return std::any_of(wild.begin(), wild.end(), [&](const Polygon& polygon) {
    return oracle::winding(polygon.outer, place) != 0 &&
           std::none_of(polygon.holes.begin(), polygon.holes.end(),
                        [&](const Ring& hole) { return oracle::winding(hole, place) != 0; });
  });
}

void expect_same_cover(const Shape& tame, const Polygons& wild, const LonLat& place) {
  if (oracle::distance_to_edges(wild, place) < 1e-7)
    return;
  const auto* polygons = std::get_if<Polygons>(&tame);
  EXPECT_EQ(polygons == nullptr ? 0 : oracle::times_covered(*polygons, place), is_covered(wild, place) ? 1 : 0)
      << wkt_of(wild) << " at " << place.lon << " " << place.lat;
}

TEST(GeometryRepair, RandomRingsBecomeValidAndCoverWhatTheyWindAround) {
  std::mt19937 random(20260602);
  int repaired = 0;
  for (int round = 0; round < 600 && !HasFailure(); ++round) {
    Polygons wild = random_polygons(random);
    keep_overlapping_holes(wild, random);
    const RepairedShape tame = repair(wkt_of(wild));
    repaired += tame.reason.empty() ? 0 : 1;
    expect_sound(tame.shape, wkt_of(wild));
    for (int probe = 0; probe < 40; ++probe)
      expect_same_cover(tame.shape, wild, random_place(random));
  }
  EXPECT_GT(repaired, 400);
}

TEST(GeometryRepair, ARepairedShapeNeedsNoRepair) {
  std::mt19937 random(20260603);
  for (int round = 0; round < 400; ++round) {
    Polygons wild = random_polygons(random);
    const double shift = static_cast<double>(random() % 3) * 176.0;
    for (Polygon& polygon : wild) {
      for (LonLat& v : polygon.outer)
        v.lon += shift;
      for (Ring& hole : polygon.holes) {
        for (LonLat& v : hole)
          v.lon += shift;
      }
    }
    const RepairedShape once = repair(wkt_of(wild));
    expect_sound(once.shape, wkt_of(wild));
    if (std::holds_alternative<std::monostate>(once.shape))
      continue;
    const RepairedShape twice = repair_shape(*ogr_of(once.shape));
    ASSERT_EQ(twice.reason, "") << wkt_of(wild);
    ASSERT_EQ(twice.shape, once.shape) << wkt_of(wild);
  }
}

/// Moving a geometry across the antimeridian changes neither what it covers nor how much.
TEST(GeometryRepair, AreaDoesNotDependOnTheAntimeridian) {
  std::mt19937 random(20260604);
  for (int round = 0; round < 300; ++round) {
    Polygons wild = random_polygons(random);
    const Shape here = repair(wkt_of(wild)).shape;
    for (Polygon& polygon : wild) {
      for (LonLat& v : polygon.outer)
        v.lon += 176.0;
      for (Ring& hole : polygon.holes) {
        for (LonLat& v : hole)
          v.lon += 176.0;
      }
    }
    const RepairedShape there = repair(wkt_of(wild));
    expect_sound(there.shape, wkt_of(wild));
    ASSERT_NEAR(planar_area(there.shape), planar_area(here), 1e-7) << wkt_of(wild);
  }
}

// ---------------------------------------------------------------------------------------------------------------------

/// Area of the authalic-latitude strip between the equator and `lat`, for one degree of longitude: the closed formula
/// of the ellipsoid (Snyder, Map Projections, 3-12).
double strip_square_metres(double lat) {
  const double e = std::sqrt(0.00669437999014131699614);
  const double s = std::sin(lat * std::numbers::pi / 180.0);
  const double semi_minor_squared = std::pow(6356752.314245179497563967, 2.0);
  const double q = s / (1.0 - e * e * s * s) + std::log((1.0 + e * s) / (1.0 - e * s)) / (2.0 * e);
  return semi_minor_squared / 2.0 * q * std::numbers::pi / 180.0;
}

/// A band between parallels, with vertices so close that geodesic and parallel agree.
Ring band(double west, double east, double south, double north) {
  Ring ring;
  const int steps = 20000;
  for (int i = 0; i <= steps; ++i)
    ring.push_back({west + (east - west) * i / steps, south});
  for (int i = 0; i <= steps; ++i)
    ring.push_back({east - (east - west) * i / steps, north});
  ring.push_back(ring.front());
  return ring;
}

TEST(AreaOfPolygons, AgreesWithTheClosedFormulaOfTheEllipsoid) {
  for (const double south : {-60.0, 0.0, 37.0, 55.0}) {
    const double expected = 10.0 * (strip_square_metres(south + 3.0) - strip_square_metres(south));
    const double measured = area_of({{band(-125.0, -115.0, south, south + 3.0), {}}}).square_metres();
    EXPECT_NEAR(measured / expected, 1.0, 1e-8) << south;
  }
}

TEST(AreaOfPolygons, TheWholeEarth) {
  const Shape world = repair("POLYGON ((-180 -90, 180 -90, 180 90, -180 90, -180 -90))").shape;
  const double earth = 510065621724088.44;
  EXPECT_NEAR(2.0 * 360.0 * strip_square_metres(90.0) / earth, 1.0, 1e-9);
  EXPECT_NEAR(area_of({{{{0, 0}, {120, 0}, {-120, 0}, {0, 0}}, {}}}).square_metres() * 2.0 / earth, 1.0, 1e-12);
  EXPECT_NEAR(area_of(std::get<Polygons>(world)).square_metres() / earth, 1.0, 1e-9);
}

TEST(AreaOfPolygons, HolesAreTakenOffAndPartsAdded) {
  const Ring outer = {{-120, 38}, {-119, 38}, {-119, 39}, {-120, 39}, {-120, 38}};
  const Ring hole = {{-119.8, 38.2}, {-119.8, 38.4}, {-119.6, 38.4}, {-119.6, 38.2}, {-119.8, 38.2}};
  const Ring turned(hole.rbegin(), hole.rend());
  const double whole = area_of({{outer, {}}}).hectares();
  const double part = area_of({{turned, {}}}).hectares();
  EXPECT_NEAR(area_of({{outer, {hole}}}).hectares(), whole - part, whole * 1e-12);
  EXPECT_NEAR(area_of({{outer, {}}, {turned, {}}}).hectares(), whole + part, whole * 1e-12);
}

/// A small polygon against the flat formula on the tangent plane.
TEST(AreaOfPolygons, ASmallOneIsFlat) {
  const LonLat centre{-118.0, 37.0};
  Ring ring;
  for (int i = 0; i < 360; ++i)
    ring.push_back(point_at(centre, -i, Distance::from_metres(1000.0)));
  ring.push_back(ring.front());
  const double expected = 360.0 / 2.0 * 1e6 * std::sin(std::numbers::pi / 180.0);
  EXPECT_NEAR(area_of({{ring, {}}}).square_metres() / expected, 1.0, 1e-7);
}

}  // namespace
}  // namespace relevo::geo
