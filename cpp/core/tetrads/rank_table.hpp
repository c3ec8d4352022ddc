// A number other than 0 for each of a few ranks: in an array for the first ranks, which are looked up most, and beyond
// them in a hash table with linear probing (Knuth 1998, section 6.4), since an array for all ranks takes too much
// memory.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace motifcount {

template <class Rank>
class RankTable {
  struct Slot {
    Rank rank = 0;
    std::uint32_t number = 0;
  };

 public:
  static constexpr std::size_t kDirect = 1 << 16;

  explicit RankTable(std::size_t n_ranks) : direct_(std::min(n_ranks, kDirect), 0) {}

  // For so many ranks beyond the first. Must be empty.
  void reserve(std::size_t n) {
    const std::size_t size = std::bit_ceil(kSlotsPerRank * n + 1);
    if (slots_.size() < size) slots_.resize(size);
    mask_ = size - 1;
  }
  void set(std::size_t rank, std::uint32_t number) {
    if (rank < direct_.size()) direct_[rank] = number;
    else slots_[find(slots_.data(), rank, mask_)] = {static_cast<Rank>(rank), number};
  }

  // To look up many ranks, of which nothing is set meanwhile.
  class View {
   public:
    explicit View(const RankTable& table)
        : direct_(table.direct_.data()),
          n_direct_(table.direct_.size()),
          slots_(table.slots_.data()),
          mask_(table.mask_) {}
    // 0 where none was set.
    std::uint32_t operator[](std::size_t rank) const {
      return rank < n_direct_ ? direct_[rank] : slots_[find(slots_, rank, mask_)].number;
    }

   private:
    const std::uint32_t* direct_;
    std::size_t n_direct_;
    const Slot* slots_;
    std::size_t mask_;
  };
  // Each rank that was set must be cleared before others are: what stands behind it goes with it.
  void clear(std::size_t rank) {
    if (rank < direct_.size()) direct_[rank] = 0;
    else
      for (std::size_t at = rank & mask_; slots_[at].number != 0; at = (at + 1) & mask_) slots_[at].number = 0;
  }

 private:
  static constexpr std::size_t kSlotsPerRank = 4;

  // Where a rank is or would be.
  static std::size_t find(const Slot* slots, std::size_t rank, std::size_t mask) {
    std::size_t at = rank & mask;
    while (slots[at].number != 0 && slots[at].rank != rank) at = (at + 1) & mask;
    return at;
  }

  std::vector<std::uint32_t> direct_;
  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
};

}  // namespace motifcount
