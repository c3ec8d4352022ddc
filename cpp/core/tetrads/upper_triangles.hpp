// For every edge, its triangles whose third node ranks above both ends, by the links to that node.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <mutex>
#include <vector>

#include "support/large_array.hpp"
#include "tetrads/ranked_neighbours.hpp"

namespace motifcount {

// Common neighbours of the two ends of an edge, or ends of the two-step paths between two nodes, at 3 * x + y: x is the
// link from the upper node to the one between, y that from the one between to the lower node.
inline constexpr std::size_t kWedges = 9;

// Those of the edges from one node w upwards: of the edge to its k-th neighbour above it.
class LowerEndTriangles {
 public:
  using Counts = std::array<std::uint32_t, kWedges>;

  void reset(std::size_t n_above) {
    if (counts_.size() < n_above) counts_.resize(n_above);
    any_.assign(n_above, 0);
  }
  [[nodiscard]] std::size_t size() const { return any_.size(); }
  void set(std::size_t k, const std::uint32_t (&counts)[kWedges]) {
    any_[k] = 1;
    std::memcpy(counts_[k].data(), counts, sizeof counts);
  }
  // Null where all are 0.
  [[nodiscard]] const Counts* at(std::size_t k) const { return any_[k] != 0 ? &counts_[k] : nullptr; }

 private:
  LargeArray<Counts> counts_;
  std::vector<std::uint8_t> any_;
};

// Those of all edges, in few bytes: no number exceeds that of the neighbours above w, and edges without triangles take
// the first byte or two only.
template <class Entry>
class UpperTriangles {
 public:
  UpperTriangles(const RankedNeighbours<Entry>& graph, int n_workers)
      : graph_(graph), units_(graph.n_nodes(), 0), arenas_(static_cast<std::size_t>(n_workers)) {}

  // Stores those of w from its edge `first` on, if there are any.
  void keep(std::size_t w, const LowerEndTriangles& triangles, std::size_t first, int worker) {
    std::size_t n_rows = 0;
    for (std::size_t k = first; k < triangles.size(); ++k) n_rows += triangles.at(k) != nullptr;
    if (n_rows == 0) return;
    with_number_for(triangles.size(),
                    [&]<class Number>(Number) { write<Number>(w, triangles, {first, n_rows}, worker); });
  }

  // Adds those of edge k of w to `lanes`.
  template <class Lane>
  void add_to(Lane* lanes, std::size_t w, std::size_t k) const {
    if (units_[w] == 0) return;
    const std::size_t size = graph_.above(w).size();
    with_number_for(size, [&]<class Number>(Number) { read<Number>(lanes, w, size, k); });
  }

  // Where w has at most 255 neighbours: adds those of edge k to sixteen counters, no sum above 255. False where all
  // are 0.
  bool add_bytes(std::uint8_t* counters, std::size_t w, std::size_t k) const {
    std::uint64_t low;
    std::memcpy(&low, counters, sizeof low);
    const std::uint8_t* const row = units_[w] == 0 ? nullptr : row_of<std::uint8_t>(w, graph_.above(w).size(), k);
    if (row == nullptr) return (low | counters[8]) != 0;
    std::uint64_t own;
    std::memcpy(&own, row, sizeof own);
    low += own;  // byte by byte: none carries
    std::memcpy(counters, &low, sizeof low);
    counters[8] = static_cast<std::uint8_t>(counters[8] + row[8]);
    return true;
  }

  void prefetch_node(std::size_t w) const { __builtin_prefetch(&units_[w]); }
  void prefetch(std::size_t w) const {
    if (units_[w] != 0) __builtin_prefetch(memory_of(w));
  }

 private:
  // In the memory of a node, all of them numbers of one width: the first edge, for every edge from there on one more
  // than its row or 0, and the rows.
  struct Extent {
    std::size_t first, n_rows;
  };
  struct Arena {  // of one worker: what is left of its last block, whose first unit has this number
    std::uint8_t* next = nullptr;
    std::size_t unit = 0, n_left = 0;
  };
  static constexpr std::size_t kUnit = 16, kUnitsPerBlock = 1 << 12;

  template <class Use>
  static void with_number_for(std::size_t n_above, Use use) {
    if (n_above <= std::numeric_limits<std::uint8_t>::max()) use(std::uint8_t{});
    else if (n_above <= std::numeric_limits<std::uint16_t>::max()) use(std::uint16_t{});
    else use(std::uint32_t{});
  }

  std::uint8_t* allocate(std::size_t w, std::size_t n_bytes, Arena& arena) {
    const std::size_t n_units = (n_bytes + kUnit - 1) / kUnit;
    if (n_units > arena.n_left) {
      const std::size_t n_blocks = (n_units + kUnitsPerBlock - 1) / kUnitsPerBlock;
      const std::scoped_lock lock(mutex_);
      arena = {nullptr, kUnitsPerBlock * blocks_.size(), kUnitsPerBlock * n_blocks};
      if (arena.unit + arena.n_left > std::numeric_limits<Entry>::max())
        throw NotSupported("four-node counts of a graph whose edges take more than 64 GiB for their triangles");
      blocks_.resize(blocks_.size() + n_blocks);  // the first of them has the memory of all
      LargeArray<std::uint8_t>& memory = blocks_[arena.unit / kUnitsPerBlock];
      memory.resize(kUnit * arena.n_left);
      arena.next = memory.data();
    }
    std::uint8_t* const memory = arena.next;
    units_[w] = static_cast<Entry>(arena.unit + 1);
    const bool large = n_units > kUnitsPerBlock;  // nothing else is in its blocks
    arena = {memory + kUnit * n_units, arena.unit + n_units, large ? 0 : arena.n_left - n_units};
    return memory;
  }

  template <class Number>
  void write(std::size_t w, const LowerEndTriangles& triangles, Extent extent, int worker) {
    const std::size_t n_indices = triangles.size() - extent.first;
    std::uint8_t* at = allocate(w, sizeof(Number) * (1 + n_indices + kWedges * extent.n_rows),
                                arenas_[static_cast<std::size_t>(worker)]);
    const auto put = [](std::uint8_t*& to, auto number) {
      const auto narrow = static_cast<Number>(number);
      std::memcpy(to, &narrow, sizeof narrow);
      to += sizeof narrow;
    };
    put(at, extent.first);
    std::uint8_t* row = at + sizeof(Number) * n_indices;
    std::size_t n_rows = 0;
    for (std::size_t k = extent.first; k < triangles.size(); ++k) {
      const LowerEndTriangles::Counts* const counts = triangles.at(k);
      put(at, counts != nullptr ? ++n_rows : 0);
      if (counts == nullptr) continue;
      for (const std::uint32_t number : *counts) put(row, number);
    }
  }

  [[nodiscard]] const std::uint8_t* memory_of(std::size_t w) const {
    const std::size_t unit = units_[w] - std::size_t{1};
    return blocks_[unit / kUnitsPerBlock].data() + kUnit * (unit % kUnitsPerBlock);
  }

  template <class Number>
  [[nodiscard]] const std::uint8_t* row_of(std::size_t w, std::size_t n_above, std::size_t k) const {
    const std::uint8_t* const memory = memory_of(w);
    const auto number_at = [&](std::size_t n) {
      Number number;
      std::memcpy(&number, memory + sizeof(Number) * n, sizeof number);
      return std::size_t{number};
    };
    const std::size_t first = number_at(0), index = number_at(1 + k - first);
    if (index == 0) return nullptr;
    return memory + sizeof(Number) * (1 + n_above - first + kWedges * (index - 1));
  }

  template <class Number, class Lane>
  void read(Lane* lanes, std::size_t w, std::size_t n_above, std::size_t k) const {
    const std::uint8_t* const at = row_of<Number>(w, n_above, k);
    if (at == nullptr) return;
    Number row[kWedges];
    std::memcpy(row, at, sizeof row);
    for (std::size_t s = 0; s < kWedges; ++s) lanes[s] = static_cast<Lane>(lanes[s] + row[s]);
  }

  const RankedNeighbours<Entry>& graph_;
  std::vector<Entry> units_;  // of nodes, where their memory begins, plus one; 0 without triangles
  std::vector<LargeArray<std::uint8_t>> blocks_;
  std::mutex mutex_;  // of the blocks
  std::vector<Arena> arenas_;
};

}  // namespace motifcount
