// Sets of cells (row, column) of a block: a bit matrix where it is small, a hash set of packed cells elsewhere.
// Both have the same interface, and an algorithm gives the same result with either. (SlotSet in swap_chain.hpp is a
// third, for edges that are laid out by row.)
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "support/large_array.hpp"
#include "support/threads.hpp"

namespace motifcount {

// Replaces all by `size` times a word, a piece at a time: new memory can take seconds to come.
inline void refill(LargeArray<std::uint64_t>& words, std::size_t size, std::uint64_t word, Stop& stop) {
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  words.clear();
  words.reserve(size);
  while (words.size() < size) {
    if (!words.empty()) stop.check();
    words.resize(std::min(size, words.size() + kPiece), word);
  }
}

class BitMatrixSet {
 public:
  BitMatrixSet() = default;
  BitMatrixSet(std::uint32_t n_rows, std::uint32_t n_cols, std::size_t /*capacity*/, Stop& stop) {
    reset(n_rows, n_cols, stop);
  }

  // Empties the set and keeps its memory.
  void reset(std::uint32_t n_rows, std::uint32_t n_cols, Stop& stop) {
    stride_ = (std::size_t{n_cols} + 63) / 64;
    refill(words_, stride_ * n_rows, 0, stop);
  }

  static std::size_t bytes(std::uint64_t n_rows, std::uint64_t n_cols) { return (n_cols + 63) / 64 * 8 * n_rows; }

  [[nodiscard]] bool contains(std::uint32_t r, std::uint32_t c) const { return words_[word(r, c)] >> (c % 64) & 1; }
  void insert(std::uint32_t r, std::uint32_t c) { words_[word(r, c)] |= std::uint64_t{1} << (c % 64); }
  void erase(std::uint32_t r, std::uint32_t c) { words_[word(r, c)] &= ~(std::uint64_t{1} << (c % 64)); }

 private:
  [[nodiscard]] std::size_t word(std::uint32_t r, std::uint32_t c) const { return r * stride_ + c / 64; }

  std::size_t stride_ = 0;
  LargeArray<std::uint64_t> words_;
};

// Linear probing at load 1/2 or less; erase shifts the run back, so there are no tombstones.
class HashSet {
 public:
  HashSet() : shift_(60), slots_(16, kEmpty) {}  // as of reset(0)
  HashSet(std::uint32_t /*n_rows*/, std::uint32_t /*n_cols*/, std::size_t capacity, Stop& stop) {
    reset(capacity, stop);
  }

  // Empties the set and keeps its memory.
  void reset(std::size_t capacity, Stop& stop) {
    shift_ = 64 - static_cast<int>(std::bit_width(2 * capacity | 15));
    refill(slots_, std::size_t{1} << (64 - shift_), kEmpty, stop);
  }

  static std::size_t bytes(std::uint64_t capacity) { return std::bit_ceil(2 * capacity | 15) * 8; }

  [[nodiscard]] bool contains(std::uint32_t r, std::uint32_t c) const {
    const std::uint64_t key = pack(r, c);
    for (std::size_t i = home(key);; i = next(i)) {
      if (slots_[i] == key) return true;
      if (slots_[i] == kEmpty) return false;
    }
  }
  void insert(std::uint32_t r, std::uint32_t c) {
    const std::uint64_t key = pack(r, c);
    std::size_t i = home(key);
    while (slots_[i] != kEmpty && slots_[i] != key) i = next(i);
    slots_[i] = key;
  }
  void erase(std::uint32_t r, std::uint32_t c) {
    const std::uint64_t key = pack(r, c);
    std::size_t hole = home(key);
    while (slots_[hole] != key) hole = next(hole);
    for (std::size_t i = next(hole); slots_[i] != kEmpty; i = next(i)) {
      // An entry may move back only if its home is not after the hole.
      if (((i - home(slots_[i])) & mask()) < ((i - hole) & mask())) continue;
      slots_[hole] = slots_[i];
      hole = i;
    }
    slots_[hole] = kEmpty;
  }

 private:
  static constexpr std::uint64_t kEmpty = ~std::uint64_t{0};  // never a cell: sides stay below 2^32 - 1

  static std::uint64_t pack(std::uint32_t r, std::uint32_t c) { return std::uint64_t{r} << 32 | c; }
  [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }
  [[nodiscard]] std::size_t next(std::size_t i) const { return (i + 1) & mask(); }
  [[nodiscard]] std::size_t home(std::uint64_t key) const {
    key ^= key >> 32;
    return key * 0x9e3779b97f4a7c15 >> shift_;
  }

  int shift_;
  LargeArray<std::uint64_t> slots_;
};

// The bit matrix while it fits a core's cache or is no larger than the hash set would be.
inline bool prefers_bits(std::uint64_t n_rows, std::uint64_t n_cols, std::uint64_t n_edges) {
  constexpr std::size_t kCache = std::size_t{1} << 20;
  const std::size_t bits = BitMatrixSet::bytes(n_rows, n_cols);
  return bits <= kCache || bits <= HashSet::bytes(n_edges);
}

}  // namespace motifcount
