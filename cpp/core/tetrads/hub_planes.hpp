// The nodes of the first ranks, the *hubs*, that each node is a neighbour of, as bits.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/tetrad_kernels.hpp"
#include "support/large_array.hpp"
#include "support/zeros.hpp"
#include "tetrads/ranked_neighbours.hpp"

namespace motifcount {

// Of every node the hubs above it, of a hub all others: those that arcs lead to in the first plane, those that they
// come from in the second. 256 bytes for a node with a hub above it.
template <class Entry>
class HubPlanes {
 public:
  static constexpr std::size_t kHubs = 1024;
  static constexpr std::size_t kWords = kHubs / 64;

  HubPlanes(const RankedNeighbours<Entry>& graph, Stop& stop) : graph_(graph), n_above_(graph.n_nodes()) {
    PacedStop pace(stop);
    for (std::size_t v = 0; v < n_nodes(); ++v) {
      n_above_[v] = count_hubs(graph.above(v));
      pace(4 + std::int64_t{n_above_[v]});
    }
  }

  // Before this only n_above is known.
  void fill(int num_threads, Stop& stop) {
    PacedStop paced(stop);
    row_.resize(n_nodes());
    std::uint32_t n_rows = 0;  // 2^32 would take a TiB
    for (std::size_t v = 0; v < n_nodes(); ++v) row_[v] = v < kHubs || n_above_[v] > 0 ? n_rows++ : kNoRow;
    assign_zeros(words_, 2 * kWords * std::size_t{n_rows}, num_threads, stop);
    for (std::size_t v = 0; v < n_nodes(); ++v) {
      if (row_[v] == kNoRow) continue;
      std::uint64_t* const words = words_.data() + 2 * kWords * row_[v];
      for (const Entry entry : graph_.row(v)) {
        const std::size_t hub = graph_.rank_of(entry);
        if (hub >= kHubs || (v >= kHubs && hub >= v)) break;
        const std::size_t code = graph_.link_of(entry) + 1;
        words[plane_word(hub)] |= std::uint64_t{code & 1} << hub % 64;
        words[plane_word(hub) + kSecondPlane] |= std::uint64_t{code >> 1} << hub % 64;
      }
      paced(4 + static_cast<std::int64_t>(n_above_[v]));
    }
    keep_those_above();
  }
  [[nodiscard]] bool filled() const { return !row_.empty(); }
  // Gives the memory back.
  void clear() {
    std::vector<std::uint16_t>().swap(n_above_);
    std::vector<std::uint32_t>().swap(row_);
    LargeArray<std::uint64_t>().swap(words_);
    LargeArray<std::uint64_t>().swap(above_);
  }

  [[nodiscard]] const RankedNeighbours<Entry>& graph() const { return graph_; }
  [[nodiscard]] std::size_t n_nodes() const { return graph_.n_nodes(); }

  // Null without any.
  [[nodiscard]] const std::uint64_t* row(std::size_t v) const {
    return row_[v] == kNoRow ? nullptr : words_.data() + 2 * kWords * row_[v];
  }
  void prefetch(std::size_t v, std::size_t last_hub) const {
    if (row_[v] == kNoRow) return;
    const std::uint64_t* const words = words_.data() + 2 * kWords * row_[v];
    for (std::size_t word = 0; word <= plane_word(last_hub); word += 2 * kSecondPlane) __builtin_prefetch(words + word);
  }
  // The same of the hubs above v only.
  [[nodiscard]] const std::uint64_t* row_above(std::size_t v) const {
    return v < kHubs ? above_.data() + 2 * kWords * v : row(v);
  }
  // Hubs, the first of the nodes above v.
  [[nodiscard]] std::size_t n_above(std::size_t v) const { return n_above_[v]; }

 private:
  static constexpr std::uint32_t kNoRow = ~std::uint32_t{0};

  static std::uint16_t count_hubs(std::span<const Entry> above) {
    std::uint16_t n = 0;
    while (n < above.size() && RankedNeighbours<Entry>::rank_of(above[n]) < kHubs) ++n;
    return n;
  }

  void keep_those_above() {
    const std::size_t n = std::min(kHubs, row_.size());
    above_.assign(words_.begin(), words_.begin() + static_cast<std::ptrdiff_t>(2 * kWords * n));
    for (std::size_t v = 0; v < n; ++v)
      for (std::size_t hub = v / 64 * 64; hub < kHubs; hub += 64) {
        std::uint64_t* const word = above_.data() + 2 * kWords * v + plane_word(hub);
        const std::uint64_t kept = hub < v ? (std::uint64_t{1} << v % 64) - 1 : 0;
        word[0] &= kept;
        word[kSecondPlane] &= kept;
      }
  }

  const RankedNeighbours<Entry>& graph_;
  std::vector<std::uint16_t> n_above_;
  std::vector<std::uint32_t> row_;
  LargeArray<std::uint64_t> words_, above_;
};

}  // namespace motifcount
