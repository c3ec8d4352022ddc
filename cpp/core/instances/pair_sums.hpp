// Sums by pairs of nodes: a hash table with open addressing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>
#include <vector>

namespace motifcount {

class PairSums {
 public:
  // Throws std::bad_alloc where it would take more than `most_bytes`.
  explicit PairSums(std::size_t most_bytes) : most_bytes_(most_bytes), slots_(kFewest) {}

  void add(std::uint64_t first, std::uint64_t second, std::int64_t amount) {
    Slot* slot = &find(first, second);
    if (slot->sum == 0) {
      if (2 * ++n_pairs_ > slots_.size()) {
        grow();
        slot = &find(first, second);
      }
      slot->first = first;
      slot->second = second;
    }
    slot->sum += amount;
  }

  // visit(first, second, sum) in no order.
  template <class Visit>
  void for_each(Visit visit) const {
    for (const Slot& slot : slots_)
      if (slot.sum != 0) visit(slot.first, slot.second, slot.sum);
  }

 private:
  static constexpr std::size_t kFewest = 1 << 10;

  struct Slot {
    std::uint64_t first = 0, second = 0;
    std::int64_t sum = 0;  // 0 where the slot is free; amounts are positive
  };

  Slot& find(std::uint64_t first, std::uint64_t second) {
    std::uint64_t hash = (first * 0x9e3779b97f4a7c15 ^ second) * 0xd6e8feb86659fd93;
    std::size_t k = static_cast<std::size_t>(hash ^ hash >> 32) & (slots_.size() - 1);
    while (slots_[k].sum != 0 && (slots_[k].first != first || slots_[k].second != second))
      k = (k + 1) & (slots_.size() - 1);
    return slots_[k];
  }

  void grow() {
    if (3 * slots_.size() * sizeof(Slot) > most_bytes_) throw std::bad_alloc();  // old and new
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(2 * slots_.size()));
    for (const Slot& slot : old)
      if (slot.sum != 0) find(slot.first, slot.second) = slot;
  }

  std::size_t most_bytes_, n_pairs_ = 0;
  std::vector<Slot> slots_;
};

}  // namespace motifcount
