// Different rows of nodes, in the order in which they came.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "support/stop.hpp"

namespace motifcount {

// A hash table with open addressing, of places in a list: a large one is given back at once when work is interrupted.
class RowSet {
 public:
  RowSet(std::size_t width, PacedStop& pace) : width_(width), pace_(pace), slots_(kFewest, kFree) {}

  [[nodiscard]] std::size_t size() const { return rows_.size() / width_; }

  // False if the row is there.
  bool insert(std::span<const std::int64_t> row) {
    if (2 * (size() + 1) > slots_.size()) grow();
    std::size_t& slot = slot_of(row);
    if (slot != kFree) return false;
    slot = size();
    rows_.insert(rows_.end(), row.begin(), row.end());
    return true;
  }

  std::vector<std::int64_t> take() { return std::move(rows_); }

 private:
  static constexpr std::size_t kFewest = 1 << 10;
  static constexpr std::size_t kFree = ~std::size_t{0};

  [[nodiscard]] std::span<const std::int64_t> row(std::size_t k) const {
    return std::span(rows_).subspan(k * width_, width_);
  }

  // That which holds the row, or is free for it.
  std::size_t& slot_of(std::span<const std::int64_t> wanted) {
    pace_(kScatterUnits);
    std::uint64_t hash = 0;
    for (const std::int64_t node : wanted) hash = (hash ^ static_cast<std::uint64_t>(node)) * 0x9e3779b97f4a7c15;
    std::size_t k = static_cast<std::size_t>(hash ^ hash >> 32) & (slots_.size() - 1);
    while (slots_[k] != kFree && !std::ranges::equal(row(slots_[k]), wanted)) k = (k + 1) & (slots_.size() - 1);
    return slots_[k];
  }

  void grow() {
    slots_.assign(2 * slots_.size(), kFree);
    for (std::size_t k = 0; k < size(); ++k) slot_of(row(k)) = k;
  }

  std::size_t width_;
  PacedStop& pace_;
  std::vector<std::int64_t> rows_;
  std::vector<std::size_t> slots_;  // numbers of rows
};

}  // namespace motifcount
