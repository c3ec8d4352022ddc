// Which cells of a tile are taken: a bit matrix for groups of few nodes, the hash set of edge_sets.hpp for sparse ones.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "nulls/edge_sets.hpp"
#include "nulls/swaps.hpp"
#include "support/large_array.hpp"
#include "support/stop.hpp"

namespace motifcount {

// A square bit matrix. Rows and columns count by their low bits, so that a node's label serves as it is.
class TileBits {
 public:
  // Empties it, for 2^bits rows and columns.
  void reset(int bits, Stop& stop) {
    bits_ = bits;
    mask_ = (1u << bits) - 1;
    refill(words_, (std::size_t{1} << 2 * bits) / 64 + 1, 0, stop);
  }
  [[nodiscard]] int bits() const { return bits_; }

  [[nodiscard]] bool contains(std::uint32_t r, std::uint32_t c) const {
    const std::size_t k = place(r, c);
    return words_[k / 64] >> (k % 64) & 1;
  }
  void insert(std::uint32_t r, std::uint32_t c) {
    const std::size_t k = place(r, c);
    words_[k / 64] |= std::uint64_t{1} << (k % 64);
  }
  void erase(std::uint32_t r, std::uint32_t c) {
    const std::size_t k = place(r, c);
    words_[k / 64] &= ~(std::uint64_t{1} << (k % 64));
  }
  void flip(std::uint32_t r, std::uint32_t c, bool flipped) {
    const std::size_t k = place(r, c);
    words_[k / 64] ^= std::uint64_t{flipped} << (k % 64);
  }
  // Empties the word that holds a cell.
  void clear_near(std::uint32_t r, std::uint32_t c) { words_[place(r, c) / 64] = 0; }

 private:
  [[nodiscard]] std::size_t place(std::uint32_t r, std::uint32_t c) const {
    return std::size_t{r & mask_} << bits_ | (c & mask_);
  }

  int bits_ = -1;
  std::uint32_t mask_ = 0;
  LargeArray<std::uint64_t> words_;
};

// A set as seen from its columns.
template <class Set>
class Transposed {
 public:
  explicit Transposed(Set& set) : set_(set) {}

  [[nodiscard]] bool contains(std::uint32_t c, std::uint32_t r) const { return set_.contains(r, c); }
  void insert(std::uint32_t c, std::uint32_t r) { set_.insert(r, c); }
  void erase(std::uint32_t c, std::uint32_t r) { set_.erase(r, c); }
  void flip(std::uint32_t c, std::uint32_t r, bool flipped)
    requires requires(Set& set) { set.flip(r, c, flipped); }
  {
    set_.flip(r, c, flipped);
  }

 private:
  Set& set_;
};

// Unordered pairs of nodes. Where the nodes are of two sides, pairs of one side are always taken.
template <class Set>
class TakenPairs {
 public:
  // Nodes below n_first are of one side; 0 where all are alike.
  TakenPairs(Set& set, std::uint32_t n_first) : set_(set), n_first_(n_first) {}

  [[nodiscard]] bool contains(std::uint32_t u, std::uint32_t v) const {
    const auto [low, high] = ordered(u, v);
    return (n_first_ != 0 && (u < n_first_) == (v < n_first_)) || set_.contains(low, high);
  }
  void insert(std::uint32_t u, std::uint32_t v) {
    const auto [low, high] = ordered(u, v);
    set_.insert(low, high);
  }
  void erase(std::uint32_t u, std::uint32_t v) {
    const auto [low, high] = ordered(u, v);
    set_.erase(low, high);
  }
  void flip(std::uint32_t u, std::uint32_t v, bool flipped)
    requires requires(Set& set) { set.flip(u, v, flipped); }
  {
    const auto [low, high] = ordered(u, v);
    set_.flip(low, high, flipped);
  }

 private:
  // Without a branch, which nothing would predict.
  static std::pair<std::uint32_t, std::uint32_t> ordered(std::uint32_t u, std::uint32_t v) {
    const std::uint32_t low = std::min(u, v);
    return {low, low ^ u ^ v};
  }

  Set& set_;
  std::uint32_t n_first_;
};

// Swaps the targets of two edges if no cell is taken. Edges that share an end, or are one and the same, are refused:
// what they would become is taken. Without a branch where the set can do so: half of them would go the wrong way in
// dense graphs.
template <class Set>
bool exchange(Set& taken, Cell& x, Cell& y) {
  if constexpr (requires { taken.flip(x.source, x.target, true); }) {
    const bool free = int{taken.contains(x.source, y.target)} + int{taken.contains(y.source, x.target)} == 0;
    taken.flip(x.source, x.target, free);
    taken.flip(y.source, y.target, free);
    taken.flip(x.source, y.target, free);
    taken.flip(y.source, x.target, free);
    const std::uint32_t change = (x.target ^ y.target) & (0u - static_cast<std::uint32_t>(free));
    x.target ^= change;
    y.target ^= change;
    return free;
  } else {
    return try_swap(x, y, taken);
  }
}

// Makes n swaps, at most `kMost`, and returns how many were accepted. Places are drawn first, so that what lies there
// is read side by side.
template <std::size_t kMost, class Set>
std::int64_t swap_several(std::span<Cell> edges, Set& taken, std::size_t n, Rng& rng) {
  std::array<std::pair<std::uint32_t, std::uint32_t>, kMost> places;
  const auto some = std::span(places).first(n);
  for (auto& pair : some) pair = two_places(rng, edges.size());
  std::int64_t accepted = 0;
  for (const auto& [i, j] : some) accepted += exchange(taken, edges[i], edges[j]);
  return accepted;
}

}  // namespace motifcount
