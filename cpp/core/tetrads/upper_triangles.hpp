// For every edge, its triangles whose third node ranks above both ends, by the links to that node.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "tetrads/ranked_neighbours.hpp"

namespace motifcount {

// Common neighbours of the two ends of an edge, or ends of the two-step paths between two nodes, at 3 * x + y: x is the
// link from the upper node to the one between, y that from the one between to the lower node.
inline constexpr std::size_t kWedges = 9;

// Row k of a node w is about the edge to its k-th neighbour above it. No number exceeds that of the neighbours above w,
// so few nodes need more than a byte each.
template <class Entry>
class UpperTriangles {
 public:
  // All 0, in the graph's own scratch memory.
  explicit UpperTriangles(RankedNeighbours<Entry>& graph) : nodes_(graph.n_nodes()) {
    std::size_t size = 0;
    for (std::size_t w = 0; w < nodes_.size(); ++w) {
      const std::size_t n_above = graph.above(w).size();
      const std::size_t width = n_above <= std::numeric_limits<std::uint8_t>::max()    ? 1
                                : n_above <= std::numeric_limits<std::uint16_t>::max() ? 2
                                                                                       : sizeof(Entry);
      size = (size + width - 1) / width * width;
      nodes_[w] = {size, width};
      size += kWedges * width * n_above;
    }
    auto& scratch = graph.scratch();
    scratch.clear();
    scratch.resize(size / sizeof(Entry) + 8);  // loads reach beyond the last row
    std::memset(static_cast<void*>(scratch.data()), 0, scratch.size() * sizeof(Entry));
    bytes_ = reinterpret_cast<std::uint8_t*>(scratch.data());
  }

  void set(std::size_t w, std::size_t k, const std::uint32_t (&counts)[kWedges]) {
    switch (nodes_[w].width) {
      case 1: return write<std::uint8_t>(w, k, counts);
      case 2: return write<std::uint16_t>(w, k, counts);
      default: return write<Entry>(w, k, counts);
    }
  }

  void prefetch(std::size_t w, std::size_t k) const { __builtin_prefetch(at(w, k)); }

  // Adds row k of w to `lanes`.
  template <class Lane>
  void add_to(Lane* lanes, std::size_t w, std::size_t k) const {
    switch (nodes_[w].width) {
      case 1: return read<std::uint8_t>(lanes, w, k);
      case 2: return read<std::uint16_t>(lanes, w, k);
      default: return read<Entry>(lanes, w, k);
    }
  }

  // Where w has at most 255 neighbours: adds row k to sixteen counters, no sum above 255. False where all are 0.
  bool add_bytes(std::uint8_t* counters, std::size_t w, std::size_t k) const {
    std::uint64_t low, row;
    std::memcpy(&low, counters, sizeof low);
    std::memcpy(&row, at(w, k), sizeof row);
    low += row;  // byte by byte: none carries
    std::memcpy(counters, &low, sizeof low);
    counters[8] = static_cast<std::uint8_t>(counters[8] + at(w, k)[8]);
    return (low | counters[8]) != 0;
  }

 private:
  struct Node {
    std::size_t begin, width;  // in bytes
  };

  [[nodiscard]] std::uint8_t* at(std::size_t w, std::size_t k) const {
    return bytes_ + nodes_[w].begin + kWedges * nodes_[w].width * k;
  }

  template <class Number>
  void write(std::size_t w, std::size_t k, const std::uint32_t (&counts)[kWedges]) {
    Number row[kWedges];
    for (std::size_t s = 0; s < kWedges; ++s) row[s] = static_cast<Number>(counts[s]);
    std::memcpy(at(w, k), row, sizeof row);
  }

  template <class Number, class Lane>
  void read(Lane* lanes, std::size_t w, std::size_t k) const {
    Number row[kWedges];
    std::memcpy(row, at(w, k), sizeof row);
    for (std::size_t s = 0; s < kWedges; ++s) lanes[s] = static_cast<Lane>(lanes[s] + row[s]);
  }

  std::vector<Node> nodes_;
  std::uint8_t* bytes_ = nullptr;
};

}  // namespace motifcount
