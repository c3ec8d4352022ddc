// How often each node was reached, from one start after another.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

namespace motifcount {

// Numbers of earlier starts lie below `floor_`, so nothing is cleared between two starts until `Number` is exhausted.
template <class Number>
class ArrivalCounts {
 public:
  // At most `n_arrivals` at any node will be counted from the next start.
  void next_start(std::size_t n_nodes, std::size_t n_arrivals) {
    if (numbers_.size() < n_nodes || n_arrivals > std::size_t{std::numeric_limits<Number>::max()} - ceiling_) {
      numbers_.assign(n_nodes, 0);
      ceiling_ = 0;
    }
    floor_ = ceiling_;
    ceiling_ += static_cast<Number>(n_arrivals);
  }

  [[nodiscard]] Number counted(std::size_t node) const {
    return static_cast<Number>(std::max(numbers_[node], floor_) - floor_);
  }

  // Counts one more at a node and returns how many there were.
  Number count(std::size_t node) {
    const Number number = std::max(numbers_[node], floor_);
    numbers_[node] = static_cast<Number>(number + 1);
    return static_cast<Number>(number - floor_);
  }

 private:
  std::vector<Number> numbers_;
  Number floor_ = 0, ceiling_ = 0;
};

}  // namespace motifcount
