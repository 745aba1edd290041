// SPDX-License-Identifier: MIT
#include "geo/raster_window.hpp"

#include "geo/earth_point.hpp"

#include <cpl_error.h>
#include <fmt/format.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <string>
#include <utility>

namespace relevo::geo {

namespace {

constexpr int kRowsPerRead = 256;
constexpr double kLongestStepDegrees = 0.25;
/// A degree of latitude is nowhere shorter.
constexpr double kMetresPerDegree = 110574.0;

struct PixelPoint {
  double column = 0.0;
  double row = 0.0;
};

struct TransformationDeleter {
  void operator()(OGRCoordinateTransformation* t) const { OGRCoordinateTransformation::DestroyCT(t); }
};
using Transformation = std::unique_ptr<OGRCoordinateTransformation, TransformationDeleter>;

OGRSpatialReference spatial_reference(const std::string& text) {
  OGRSpatialReference reference;
  const char* const options[] = {"ALLOW_NETWORK_ACCESS=NO", "ALLOW_FILE_ACCESS=NO", nullptr};
  CPLPushErrorHandler(CPLQuietErrorHandler);
  const OGRErr outcome = reference.SetFromUserInput(text.c_str(), options);
  CPLPopErrorHandler();
  if (outcome != OGRERR_NONE)
    throw std::invalid_argument(fmt::format("unknown coordinate system '{}'", text.substr(0, 80)));
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return reference;
}

Transformation transformation(OGRSpatialReference& from, OGRSpatialReference& to, const std::string& text) {
  Transformation made(OGRCreateCoordinateTransformation(&from, &to));
  if (!made)
    throw std::invalid_argument(fmt::format("no way between '{}' and WGS 84", text.substr(0, 80)));
  return made;
}

std::array<double, 6> inverse_of(const std::array<double, 6>& t) {
  const double determinant = t[1] * t[5] - t[2] * t[4];
  if (!std::isfinite(determinant) || determinant == 0.0)
    throw std::invalid_argument("the raster's transform cannot be inverted");
  return {(t[2] * t[3] - t[0] * t[5]) / determinant, t[5] / determinant,  -t[2] / determinant,
          (t[0] * t[4] - t[1] * t[3]) / determinant, -t[4] / determinant, t[1] / determinant};
}

void add_steps(std::vector<LonLat>& line, const LonLat& from, const LonLat& to) {
  const double span = std::max(std::abs(to.lon - from.lon), std::abs(to.lat - from.lat));
  const int steps = std::max(1, static_cast<int>(std::ceil(span / kLongestStepDegrees)));
  for (int i = 1; i <= steps; ++i) {
    const double fraction = static_cast<double>(i) / steps;
    line.push_back({from.lon + (to.lon - from.lon) * fraction, from.lat + (to.lat - from.lat) * fraction});
  }
}

std::vector<LonLat> in_steps(const Ring& ring) {
  std::vector<LonLat> line;
  if (ring.empty())
    return line;
  line.push_back(ring.front());
  for (std::size_t i = 1; i < ring.size(); ++i)
    add_steps(line, ring[i - 1], ring[i]);
  return line;
}

/// Marks of the pixels of some rows.
class Mask {
 public:
  explicit Mask(PixelWindow window) : window_(window), marks_(size_of(window), 0) {}

  void mark(int column, int row) {
    if (column >= window_.column && column < window_.column + window_.columns && row >= window_.row &&
        row < window_.row + window_.rows)
      marks_[position(column, row)] = 1;
  }
  void mark_span(int first, int last, int row) {
    for (int column = std::max(first, window_.column); column <= std::min(last, window_.column + window_.columns - 1);
         ++column)
      marks_[position(column, row)] = 1;
  }
  bool is_marked(std::size_t i) const { return marks_[i] != 0; }
  std::size_t size() const { return marks_.size(); }
  const PixelWindow& window() const { return window_; }

 private:
  static std::size_t size_of(const PixelWindow& window) {
    return static_cast<std::size_t>(window.columns) * static_cast<std::size_t>(window.rows);
  }
  std::size_t position(int column, int row) const {
    return static_cast<std::size_t>(row - window_.row) * static_cast<std::size_t>(window_.columns) +
           static_cast<std::size_t>(column - window_.column);
  }
  PixelWindow window_;
  std::vector<char> marks_;
};

using PixelLines = std::vector<std::vector<PixelPoint>>;

/// Pixels whose centre lies inside the rings, by the even-odd rule.
void fill(const PixelLines& rings, Mask& mask) {
  std::vector<double> crossings;
  for (int row = mask.window().row; row < mask.window().row + mask.window().rows; ++row) {
    const double middle = row + 0.5;
    crossings.clear();
    for (const auto& ring : rings)
      for (std::size_t i = 1; i < ring.size(); ++i) {
        const auto& [from_column, from_row] = ring[i - 1];
        const auto& [to_column, to_row] = ring[i];
        if ((from_row > middle) != (to_row > middle))
          crossings.push_back(from_column + (to_column - from_column) * (middle - from_row) / (to_row - from_row));
      }
    std::sort(crossings.begin(), crossings.end());
    for (std::size_t i = 1; i < crossings.size(); i += 2) {
      const double first = std::clamp(std::ceil(crossings[i - 1] - 0.5), -1e9, 1e9);
      const double last = std::clamp(std::floor(crossings[i] - 0.5), -1e9, 1e9);
      mask.mark_span(static_cast<int>(first), static_cast<int>(last), row);
    }
  }
}

/// The pixel of a position, or one far outside any raster.
int pixel_of(double position) {
  return static_cast<int>(std::floor(std::clamp(position, -1e9, 1e9)));
}

/// Pixels that an edge runs through, row by row of the window.
void trace(const PixelPoint& from, const PixelPoint& to, Mask& mask) {
  const auto& window = mask.window();
  const PixelPoint& low = from.row <= to.row ? from : to;
  const PixelPoint& high = from.row <= to.row ? to : from;
  const int first_row = std::max(window.row, pixel_of(low.row));
  const int last_row = std::min(window.row + window.rows - 1, pixel_of(high.row));
  const double height = high.row - low.row;
  const auto column_at = [&](double at) {
    return height == 0.0 ? low.column : low.column + (high.column - low.column) * (at - low.row) / height;
  };
  for (int row = first_row; row <= last_row; ++row) {
    double enter = column_at(std::max<double>(row, low.row));
    double leave = height == 0.0 ? high.column : column_at(std::min(row + 1.0, high.row));
    if (enter > leave)
      std::swap(enter, leave);
    mask.mark_span(pixel_of(enter), pixel_of(leave), row);
  }
}

class StatisticsSum {
 public:
  void add(float value) {
    if (std::isnan(value))
      return;
    least_ = std::min(least_, double{value});
    most_ = std::max(most_, double{value});
    sum_ += value;
    ++count_;
  }
  std::optional<PixelStatistics> result() const {
    if (count_ == 0)
      return std::nullopt;
    return PixelStatistics{least_, sum_ / static_cast<double>(count_), most_, count_};
  }

 private:
  double least_ = std::numeric_limits<double>::max();
  double most_ = std::numeric_limits<double>::lowest();
  double sum_ = 0.0;
  std::uint64_t count_ = 0;
};

}  // namespace

struct RasterWindow::Impl {
  RasterHeader header;
  PixelReader read;
  std::array<double, 6> inverse{};
  Transformation from_wgs84;
  Transformation to_wgs84;

  /// Positions in pixels; points without an answer are left out.
  std::vector<PixelPoint> pixels_of(const std::vector<LonLat>& points) const {
    std::vector<double> x;
    std::vector<double> y;
    for (const auto& point : points) {
      x.push_back(point.lon);
      y.push_back(point.lat);
    }
    std::vector<int> success(points.size(), 0);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    from_wgs84->Transform(static_cast<int>(points.size()), x.data(), y.data(), nullptr, success.data());
    CPLPopErrorHandler();
    std::vector<PixelPoint> made;
    made.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (success[i] == 0 || !std::isfinite(x[i]) || !std::isfinite(y[i]))
        continue;
      made.push_back(
          {inverse[0] + x[i] * inverse[1] + y[i] * inverse[2], inverse[3] + x[i] * inverse[4] + y[i] * inverse[5]});
    }
    return made;
  }

  PixelLines lines_of(const Polygons& surfaces) const {
    PixelLines lines;
    for (const auto& surface : surfaces) {
      lines.push_back(pixels_of(in_steps(surface.outer)));
      for (const auto& hole : surface.holes)
        lines.push_back(pixels_of(in_steps(hole)));
    }
    return lines;
  }

  PixelWindow window_around(const PixelLines& lines) const {
    double west = HUGE_VAL;
    double north = HUGE_VAL;
    double east = -HUGE_VAL;
    double south = -HUGE_VAL;
    for (const auto& line : lines)
      for (const auto& point : line) {
        west = std::min(west, point.column);
        east = std::max(east, point.column);
        north = std::min(north, point.row);
        south = std::max(south, point.row);
      }
    if (!(west <= east))
      return {};
    const int first_column = static_cast<int>(std::clamp(std::floor(west), 0.0, static_cast<double>(header.width)));
    const int first_row = static_cast<int>(std::clamp(std::floor(north), 0.0, static_cast<double>(header.height)));
    const int last_column =
        static_cast<int>(std::clamp(std::floor(east) + 1.0, 0.0, static_cast<double>(header.width)));
    const int last_row = static_cast<int>(std::clamp(std::floor(south) + 1.0, 0.0, static_cast<double>(header.height)));
    return {first_column, first_row, last_column - first_column, last_row - first_row};
  }

  /// The window in blocks of whole rows.
  template <class Visitor>
  void for_blocks(const PixelWindow& window, Visitor visit) const {
    for (int row = window.row; row < window.row + window.rows; row += kRowsPerRead) {
      const PixelWindow block{window.column, row, window.columns,
                              std::min(kRowsPerRead, window.row + window.rows - row)};
      visit(block, read(block.column, block.row, block.columns, block.rows));
    }
  }

  /// Centres of the pixels of one row of a window; NaN where there is no answer.
  std::vector<LonLat> centres_of_row(const PixelWindow& window, int row) const {
    const auto count = static_cast<std::size_t>(window.columns);
    std::vector<double> x(count);
    std::vector<double> y(count);
    const auto& t = header.transform;
    for (std::size_t i = 0; i < count; ++i) {
      const double column = window.column + static_cast<double>(i) + 0.5;
      x[i] = t[0] + column * t[1] + (row + 0.5) * t[2];
      y[i] = t[3] + column * t[4] + (row + 0.5) * t[5];
    }
    std::vector<int> success(count, 0);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    to_wgs84->Transform(window.columns, x.data(), y.data(), nullptr, success.data());
    CPLPopErrorHandler();
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    std::vector<LonLat> centres(count);
    for (std::size_t i = 0; i < count; ++i) {
      centres[i] = success[i] != 0 ? LonLat{x[i], y[i]} : LonLat{kNone, kNone};
      // A raster of the whole globe may begin a hair beyond 180 degrees.
      if (centres[i].lon > 180.0 || centres[i].lon < -180.0)
        centres[i].lon = std::remainder(centres[i].lon, 360.0);
    }
    return centres;
  }
};

RasterWindow::RasterWindow(const RasterHeader& header, PixelReader read) : impl_(std::make_unique<Impl>()) {
  impl_->header = header;
  impl_->read = std::move(read);
  impl_->inverse = inverse_of(header.transform);
  auto raster = spatial_reference(header.crs);
  auto wgs84 = spatial_reference("EPSG:4326");
  impl_->from_wgs84 = transformation(wgs84, raster, header.crs);
  impl_->to_wgs84 = transformation(raster, wgs84, header.crs);
}

RasterWindow::~RasterWindow() = default;
RasterWindow::RasterWindow(RasterWindow&&) noexcept = default;
RasterWindow& RasterWindow::operator=(RasterWindow&&) noexcept = default;

std::optional<PixelStatistics> RasterWindow::touched_by(const Polygons& surfaces) const {
  const auto lines = impl_->lines_of(surfaces);
  const PixelWindow window = impl_->window_around(lines);
  StatisticsSum sum;
  if (window.empty())
    return std::nullopt;
  impl_->for_blocks(window, [&](const PixelWindow& block, const std::vector<float>& values) {
    Mask mask(block);
    fill(lines, mask);
    for (const auto& line : lines)
      for (std::size_t i = 1; i < line.size(); ++i)
        trace(line[i - 1], line[i], mask);
    for (std::size_t i = 0; i < mask.size(); ++i)
      if (mask.is_marked(i))
        sum.add(values[i]);
  });
  return sum.result();
}

std::optional<PixelStatistics> RasterWindow::around(const LonLat& point, Distance radius) const {
  DegreeBox box;
  box.add(point);
  const PreparedShape shape(Points{point});
  const PixelWindow window = window_of(box, radius);
  if (window.empty())
    return std::nullopt;
  const auto own = impl_->pixels_of({point});
  StatisticsSum sum;
  impl_->for_blocks(window, [&](const PixelWindow& block, const std::vector<float>& values) {
    std::size_t i = 0;
    for (int row = block.row; row < block.row + block.rows; ++row) {
      const auto centres = impl_->centres_of_row(block, row);
      for (int column = 0; column < block.columns; ++column, ++i) {
        const bool is_own =
            !own.empty() && std::floor(own[0].column) == block.column + column && std::floor(own[0].row) == row;
        const LonLat& centre = centres[static_cast<std::size_t>(column)];
        if (is_own || (is_valid(centre) && shape.distance_to(centre) <= radius))
          sum.add(values[i]);
      }
    }
  });
  return sum.result();
}

std::optional<double> RasterWindow::percentile_within(const Polygons& surfaces, double share) const {
  const auto lines = impl_->lines_of(surfaces);
  const PixelWindow window = impl_->window_around(lines);
  std::vector<float> inside;
  if (!window.empty()) {
    impl_->for_blocks(window, [&](const PixelWindow& block, const std::vector<float>& values) {
      Mask mask(block);
      fill(lines, mask);
      for (std::size_t i = 0; i < mask.size(); ++i)
        if (mask.is_marked(i) && !std::isnan(values[i]))
          inside.push_back(values[i]);
    });
  }
  if (inside.empty())
    return std::nullopt;
  const double rank = std::ceil(share * static_cast<double>(inside.size())) - 1.0;
  const auto position = static_cast<std::ptrdiff_t>(std::clamp(rank, 0.0, static_cast<double>(inside.size() - 1)));
  std::nth_element(inside.begin(), inside.begin() + position, inside.end());
  return inside[static_cast<std::size_t>(position)];
}

std::optional<std::vector<double>> RasterWindow::sums_within(const PreparedShape& shape, const DegreeBox& extent,
                                                             std::span<const Distance> radii) const {
  const PixelWindow window = window_of(extent, radii.back());
  if (window.empty())
    return std::nullopt;
  std::vector<double> sums(radii.size(), 0.0);
  bool any = false;
  const auto add = [&](const LonLat& centre, float value) {
    const auto bounds = shape.bounds_to(centre, earth_point(centre), radii.back());
    if (bounds.least_metres > radii.back().metres())
      return;
    any = true;
    for (std::size_t r = 0; r < radii.size(); ++r) {
      const double radius = radii[r].metres();
      const bool reached = bounds.most_metres <= radius ||
                           (bounds.least_metres <= radius && shape.distance_to(centre).metres() <= radius);
      if (reached)
        sums[r] += value;
    }
  };
  impl_->for_blocks(window, [&](const PixelWindow& block, const std::vector<float>& values) {
    std::size_t i = 0;
    for (int row = block.row; row < block.row + block.rows; ++row) {
      const auto centres = impl_->centres_of_row(block, row);
      for (std::size_t column = 0; column < centres.size(); ++column, ++i)
        if (!std::isnan(values[i]) && is_valid(centres[column]))
          add(centres[column], values[i]);
    }
  });
  return any ? std::optional(sums) : std::nullopt;
}

std::optional<LonLat> RasterWindow::centre_of(int column, int row) const {
  const auto centre = impl_->centres_of_row({column, row, 1, 1}, row).front();
  return is_valid(centre) ? std::optional(centre) : std::nullopt;
}

/// The grown box, cut at the antimeridian, is carried into the raster along its border. A box that holds a pole reaches
/// all longitudes.
PixelWindow RasterWindow::window_of(const DegreeBox& box, Distance margin) const {
  if (box.empty())
    return {};
  const double up = margin.metres() / kMetresPerDegree;
  const double south = std::max(-90.0, box.south - up);
  const double north = std::min(90.0, box.north + up);
  const double steepest = std::max(std::abs(south), std::abs(north));
  const double cosine = std::cos(steepest * std::numbers::pi / 180.0);
  const double aside = steepest >= 89.9 ? 360.0 : up / cosine * 1.01;
  const double west = box.west - aside;
  const double east = box.east + aside;
  std::vector<std::pair<double, double>> spans;
  if (east - west >= 360.0 || west < -180.0 || east > 180.0)
    spans = {{-180.0, 180.0}};
  else
    spans = {{west, east}};
  PixelLines lines;
  for (const auto& [from, to] : spans)
    lines.push_back(
        impl_->pixels_of(in_steps({{from, south}, {to, south}, {to, north}, {from, north}, {from, south}})));
  return impl_->window_around(lines);
}

}  // namespace relevo::geo
