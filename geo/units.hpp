// SPDX-License-Identifier: MIT
#pragma once

#include <compare>

namespace relevo::geo {

/// A length on the ground. Stored in metres; every construction names its unit.
class Distance {
 public:
  constexpr Distance() noexcept = default;
  static constexpr Distance from_metres(double metres) noexcept { return Distance(metres); }
  static constexpr Distance from_kilometres(double kilometres) noexcept { return Distance(kilometres * 1000.0); }
  constexpr double metres() const noexcept { return metres_; }
  constexpr double kilometres() const noexcept { return metres_ / 1000.0; }

  friend constexpr auto operator<=>(Distance, Distance) = default;
  friend constexpr Distance operator+(Distance a, Distance b) noexcept { return Distance(a.metres_ + b.metres_); }
  friend constexpr Distance operator*(Distance a, double factor) noexcept { return Distance(a.metres_ * factor); }

 private:
  explicit constexpr Distance(double metres) noexcept : metres_(metres) {}
  double metres_ = 0.0;
};

/// A burned or affected area. Stored in hectares. One international acre is 0.40468564224 ha exactly.
class Area {
 public:
  constexpr Area() noexcept = default;
  static constexpr Area from_hectares(double hectares) noexcept { return Area(hectares); }
  static constexpr Area from_acres(double acres) noexcept { return Area(acres * 0.40468564224); }
  constexpr double hectares() const noexcept { return hectares_; }
  constexpr double square_metres() const noexcept { return hectares_ * 10000.0; }

  friend constexpr auto operator<=>(Area, Area) = default;

 private:
  explicit constexpr Area(double hectares) noexcept : hectares_(hectares) {}
  double hectares_ = 0.0;
};

}  // namespace relevo::geo
