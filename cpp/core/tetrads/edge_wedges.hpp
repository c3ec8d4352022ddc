// The common neighbours of the two ends of every edge, by their links.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "support/large_array.hpp"
#include "support/threads.hpp"
#include "tetrads/ranked_neighbours.hpp"
#include "tetrads/upper_triangles.hpp"

namespace motifcount {

// Nodes between two others, at 3 * x + y: x is the link from one of the two, y that to or from the other, as is said.
using Wedges = std::array<std::uint32_t, kWedges>;

constexpr std::int64_t n_pairs(std::int64_t n) { return n * (n - 1) / 2; }

// visit(s, t, n) for the n pairs of a node of wedge s and another of wedge t >= s.
template <class Visit>
void for_each_pair(const Wedges& wedges, Visit visit) {
  for (std::size_t s = 0; s < kWedges; ++s) {
    if (wedges[s] == 0) continue;
    if (wedges[s] > 1) visit(s, s, n_pairs(wedges[s]));
    for (std::size_t t = s + 1; t < kWedges; ++t)
      if (wedges[t] > 0) visit(s, t, std::int64_t{wedges[s]} * wedges[t]);
  }
}

// An edge is numbered at its lower end: its upper end is the k-th of the nodes above that.
class EdgeWedges {
 public:
  using Graph = RankedNeighbours<std::uint32_t>;

  EdgeWedges(const Graph& graph, bool several_workers)
      : graph_(graph), shared_(several_workers), first_(graph.n_nodes() + 1) {
    for (std::size_t u = 0; u < graph.n_nodes(); ++u) first_[u + 1] = first_[u] + graph.above(u).size();
    wedges_.assign(first_.back(), Wedges{});
  }

  [[nodiscard]] std::size_t edge(std::size_t u, std::size_t k) const { return first_[u] + k; }

  // By the links from the lower and from the upper end.
  [[nodiscard]] const Wedges& operator[](std::size_t edge) const { return wedges_[edge]; }
  void count(std::size_t edge, std::size_t wedge) { fetch_add(wedges_[edge][wedge], std::uint32_t{1}, shared_); }

  // By the links from x and from v, the k-th neighbour in the row of x.
  [[nodiscard]] Wedges seen_from(std::size_t x, std::size_t v, std::size_t k) const {
    if (v < x) return wedges_[edge(x, k)];
    const auto above = graph_.above(v);
    const auto at = std::ranges::lower_bound(above, x, {}, Graph::rank_of);
    const Wedges& found = wedges_[edge(v, static_cast<std::size_t>(at - above.begin()))];
    Wedges turned;
    for (std::size_t s = 0; s < kWedges; ++s) turned[s] = found[3 * (s % 3) + s / 3];
    return turned;
  }

 private:
  const Graph& graph_;
  bool shared_;  // between workers
  std::vector<std::size_t> first_;
  LargeArray<Wedges> wedges_;
};

}  // namespace motifcount
