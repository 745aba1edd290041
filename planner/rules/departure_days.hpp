// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <vector>

namespace relevo::planner {

/// Columns of the horizon on which a unit may depart, ascending, each with the duty days of tour 1 that are then left
/// to it without extension (L - w). Held as runs of columns with the same number: large seasons have millions of
/// options.
class DepartureDays {
 public:
  struct Departure {
    int day = 0;
    int first_tour_cap = 0;
    friend bool operator==(const Departure&, const Departure&) = default;
  };
  /// Columns [first, last].
  struct Run {
    int first = 0;
    int last = 0;
    int first_tour_cap = 0;
    friend bool operator==(const Run&, const Run&) = default;
  };

  /// One after the other.
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Departure;
    using difference_type = std::ptrdiff_t;
    using pointer = const Departure*;
    using reference = Departure;

    Departure operator*() const { return {run_->first + at_, run_->first_tour_cap}; }
    Iterator& operator++() {
      if (run_->first + ++at_ > run_->last) {
        ++run_;
        at_ = 0;
      }
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    friend class DepartureDays;
    explicit Iterator(std::vector<Run>::const_iterator run) : run_(run) {}
    std::vector<Run>::const_iterator run_;
    int at_ = 0;  ///< within the run
  };

  /// \pre the day comes after those that are there
  void add(int day, int first_tour_cap);
  /// What holds them takes no more memory than it needs.
  void shrink() { runs_.shrink_to_fit(); }

  bool empty() const noexcept { return runs_.empty(); }
  std::size_t size() const noexcept;
  int front() const { return runs_.front().first; }
  int back() const { return runs_.back().last; }
  Iterator begin() const { return Iterator(runs_.begin()); }
  Iterator end() const { return Iterator(runs_.end()); }

  bool contains(int day) const { return first_tour_cap_on(day).has_value(); }
  /// None: there is no departure on that day.
  std::optional<int> first_tour_cap_on(int day) const;
  /// The last one on or before the day.
  std::optional<Departure> latest_by(int day) const;
  std::vector<int> days() const;
  const std::vector<Run>& runs() const noexcept { return runs_; }

  friend bool operator==(const DepartureDays&, const DepartureDays&) = default;

 private:
  std::vector<Run> runs_;
};

}  // namespace relevo::planner
