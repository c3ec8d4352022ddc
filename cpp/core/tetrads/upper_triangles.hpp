// For every edge, its triangles whose third node ranks above both ends, by the links to that node.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
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
class UpperTriangles {
 public:
  // Of nodes of ranks below `n_nodes`: those of a single arc have none.
  UpperTriangles(std::size_t n_nodes, int n_workers)
      : nodes_(n_nodes, nullptr), arenas_(static_cast<std::size_t>(n_workers)) {}

  // Stores those of w from its edge `first` on, if there are any.
  void keep(std::size_t w, const LowerEndTriangles& triangles, std::size_t first, int worker) {
    const std::size_t size = triangles.size();
    std::size_t n_rows = 0;
    for (std::size_t k = first; k < size; ++k) n_rows += triangles.at(k) != nullptr;
    if (n_rows == 0) return;
    if (size <= std::numeric_limits<std::uint8_t>::max())
      write<std::uint8_t>(w, triangles, {first, size, n_rows}, worker);
    else if (size <= std::numeric_limits<std::uint16_t>::max())
      write<std::uint16_t>(w, triangles, {first, size, n_rows}, worker);
    else write<std::uint32_t>(w, triangles, {first, size, n_rows}, worker);
  }

  // Adds those of edge k of w to `lanes`.
  template <class Lane>
  void add_to(Lane* lanes, std::size_t w, std::size_t k) const {
    if (nodes_[w] == nullptr) return;
    const Header header = header_of(w);
    switch (header.width) {
      case 1: return read<std::uint8_t>(lanes, w, header, k);
      case 2: return read<std::uint16_t>(lanes, w, header, k);
      default: return read<std::uint32_t>(lanes, w, header, k);
    }
  }

  // Where w has at most 255 neighbours: adds those of edge k to sixteen counters, no sum above 255. False where all
  // are 0.
  bool add_bytes(std::uint8_t* counters, std::size_t w, std::size_t k) const {
    std::uint64_t low;
    std::memcpy(&low, counters, sizeof low);
    const std::uint8_t* const row = nodes_[w] == nullptr ? nullptr : row_of<std::uint8_t>(w, header_of(w), k);
    if (row == nullptr) return (low | counters[8]) != 0;
    std::uint64_t own;
    std::memcpy(&own, row, sizeof own);
    low += own;  // byte by byte: none carries
    std::memcpy(counters, &low, sizeof low);
    counters[8] = static_cast<std::uint8_t>(counters[8] + row[8]);
    return true;
  }

  void prefetch_node(std::size_t w) const { __builtin_prefetch(static_cast<const void*>(&nodes_[w])); }
  void prefetch(std::size_t w) const { __builtin_prefetch(nodes_[w]); }

 private:
  // Of a node: a header, for every edge from `first` on one more than its row or 0, and the rows.
  struct Header {
    std::uint32_t first, n_indices, width;
  };
  struct Extent {
    std::size_t first, size, n_rows;
  };
  struct Arena {  // memory of one worker
    std::vector<LargeArray<std::uint8_t>> blocks;
    std::size_t used = 0;  // of the last
  };
  static constexpr std::size_t kBlock = std::size_t{1} << 16;

  std::uint8_t* allocate(Arena& arena, std::size_t size) {
    if (arena.blocks.empty() || arena.used + size > arena.blocks.back().size()) {
      arena.blocks.emplace_back();
      arena.blocks.back().resize(size > kBlock ? size : kBlock);
      arena.used = 0;
    }
    arena.used += size;
    return arena.blocks.back().data() + arena.used - size;
  }

  template <class Number>
  void write(std::size_t w, const LowerEndTriangles& triangles, Extent extent, int worker) {
    const std::size_t n_indices = extent.size - extent.first;
    const std::size_t n_numbers = n_indices + kWedges * extent.n_rows;
    std::uint8_t* at = allocate(arenas_[static_cast<std::size_t>(worker)], sizeof(Header) + sizeof(Number) * n_numbers);
    nodes_[w] = at;
    const Header header{static_cast<std::uint32_t>(extent.first), static_cast<std::uint32_t>(n_indices),
                        sizeof(Number)};
    std::memcpy(at, &header, sizeof header);
    at += sizeof header;
    std::uint8_t* row = at + sizeof(Number) * n_indices;
    Number n_rows = 0;
    for (std::size_t k = extent.first; k < extent.size; ++k, at += sizeof(Number)) {
      const LowerEndTriangles::Counts* const counts = triangles.at(k);
      const Number index = counts != nullptr ? ++n_rows : Number{0};
      std::memcpy(at, &index, sizeof index);
      if (counts == nullptr) continue;
      Number numbers[kWedges];
      for (std::size_t s = 0; s < kWedges; ++s) numbers[s] = static_cast<Number>((*counts)[s]);
      std::memcpy(row, numbers, sizeof numbers);
      row += sizeof numbers;
    }
  }

  [[nodiscard]] Header header_of(std::size_t w) const {
    Header header;
    std::memcpy(&header, nodes_[w], sizeof header);
    return header;
  }

  template <class Number>
  [[nodiscard]] const std::uint8_t* row_of(std::size_t w, const Header& header, std::size_t k) const {
    const std::uint8_t* const indices = nodes_[w] + sizeof(Header);
    Number index;
    std::memcpy(&index, indices + sizeof(Number) * (k - header.first), sizeof index);
    if (index == 0) return nullptr;
    return indices + sizeof(Number) * (header.n_indices + kWedges * (index - std::size_t{1}));
  }

  template <class Number, class Lane>
  void read(Lane* lanes, std::size_t w, const Header& header, std::size_t k) const {
    const std::uint8_t* const at = row_of<Number>(w, header, k);
    if (at == nullptr) return;
    Number row[kWedges];
    std::memcpy(row, at, sizeof row);
    for (std::size_t s = 0; s < kWedges; ++s) lanes[s] = static_cast<Lane>(lanes[s] + row[s]);
  }

  std::vector<std::uint8_t*> nodes_;
  std::vector<Arena> arenas_;
};

}  // namespace motifcount
