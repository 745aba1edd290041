// SPDX-License-Identifier: MIT
#pragma once

#include <cassert>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace relevo::planner {

/// Dense position in one of a Scenario's tables. It says nothing outside that Scenario; the published identifier
/// stays in the record.
template <class Tag>
class Index {
 public:
  explicit constexpr Index(std::uint32_t value) noexcept : value_(value) {}
  explicit constexpr Index(std::size_t value) noexcept : value_(static_cast<std::uint32_t>(value)) {}
  constexpr std::uint32_t value() const noexcept { return value_; }
  friend constexpr auto operator<=>(Index, Index) = default;

 private:
  std::uint32_t value_;
};

using KindIndex = Index<struct KindTag>;
using AgencyIndex = Index<struct AgencyTag>;
using BaseIndex = Index<struct BaseTag>;
using UnitIndex = Index<struct UnitTag>;
using PoolIndex = Index<struct PoolTag>;
using IncidentIndex = Index<struct IncidentTag>;
using RequestIndex = Index<struct RequestTag>;
using AgreementIndex = Index<struct AgreementTag>;
using ClassIndex = Index<struct ClassTag>;

/// A vector addressed by one kind of index only.
template <class IndexType, class T>
class IndexedVector : public std::vector<T> {
 public:
  using std::vector<T>::vector;
  T& operator[](IndexType i) {
    assert(i.value() < this->size());
    return std::vector<T>::operator[](i.value());
  }
  const T& operator[](IndexType i) const {
    assert(i.value() < this->size());
    return std::vector<T>::operator[](i.value());
  }
  IndexType push(T value) {
    this->push_back(std::move(value));
    return IndexType(this->size() - 1);
  }
  /// All indices, in order: `for (auto u : units.indices())`.
  std::vector<IndexType> indices() const {
    std::vector<IndexType> all;
    all.reserve(this->size());
    for (std::size_t i = 0; i < this->size(); ++i)
      all.emplace_back(i);
    return all;
  }
};

}  // namespace relevo::planner

template <class Tag>
struct std::hash<relevo::planner::Index<Tag>> {
  std::size_t operator()(relevo::planner::Index<Tag> i) const noexcept { return i.value(); }
};
