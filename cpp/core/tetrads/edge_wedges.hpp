// The common neighbours of the two ends of every edge, by their links.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "support/large_array.hpp"
#include "support/zeros.hpp"
#include "tetrads/ranked_neighbours.hpp"
#include "tetrads/upper_triangles.hpp"

namespace motifcount {

// For each edge nine numbers, at 3 * x + y: x is the link from the lower end of the edge to a common neighbour, y that
// from the upper end. An edge is numbered at its lower end: its upper end is the k-th of the nodes above that.
class EdgeWedges {
 public:
  using Graph = RankedNeighbours<std::uint32_t>;
  static constexpr std::size_t kReadable = 12;  // numbers of an edge that can be read: the last belong to the next

  EdgeWedges(const Graph& graph, int num_threads, Stop& stop) : first_(graph.n_nodes() + 1) {
    for (std::size_t u = 0; u < graph.n_nodes(); ++u) first_[u + 1] = first_[u] + graph.above(u).size();
    assign_zeros(numbers_, kWedges * first_.back() + kReadable - kWedges, num_threads, stop);
  }

  [[nodiscard]] std::size_t edge(std::size_t u, std::size_t k) const { return first_[u] + k; }
  [[nodiscard]] const std::uint32_t* operator[](std::size_t edge) const { return numbers_.data() + kWedges * edge; }
  [[nodiscard]] std::uint32_t* operator[](std::size_t edge) { return numbers_.data() + kWedges * edge; }
  [[nodiscard]] std::uint32_t most(Stop& stop) const {
    PacedStop pace(stop);
    std::uint32_t most = 0;
    for_each_paced(numbers_, pace, [&](std::uint32_t n) { most = std::max(most, n); });
    return most;
  }

 private:
  std::vector<std::size_t> first_;
  LargeArray<std::uint32_t> numbers_;
};

}  // namespace motifcount
