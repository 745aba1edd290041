// SPDX-License-Identifier: MIT
#pragma once

#include <compare>

namespace relevo::planner {

/// An additive amount of one meaning: it adds, subtracts, scales and compares with its own kind only.
template <class Tag>
class Amount {
 public:
  constexpr Amount() noexcept = default;
  explicit constexpr Amount(double value) noexcept : value_(value) {}
  constexpr double value() const noexcept { return value_; }
  friend constexpr auto operator<=>(Amount, Amount) = default;
  friend constexpr Amount operator+(Amount a, Amount b) noexcept { return Amount(a.value_ + b.value_); }
  friend constexpr Amount operator-(Amount a, Amount b) noexcept { return Amount(a.value_ - b.value_); }
  friend constexpr Amount operator*(Amount a, double factor) noexcept { return Amount(a.value_ * factor); }
  constexpr Amount& operator+=(Amount other) noexcept {
    value_ += other.value_;
    return *this;
  }

 private:
  double value_ = 0.0;
};

/// Points of the merged objective (docs/model.md, section 5).
using Points = Amount<struct PointsTag>;
/// Money in the scenario's currency (Policy::currency), converted at the dated rates of the policy.
using Money = Amount<struct MoneyTag>;

}  // namespace relevo::planner
