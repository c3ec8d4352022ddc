// For every pair of linked nodes, how many third nodes there are by the dyad codes to both.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "graph/levels.hpp"
#include "motifs/codes.hpp"
#include "support/stop.hpp"
#include "support/threads.hpp"
#include "tetrads/ranked_neighbours.hpp"

namespace motifcount {

// Numbers of third nodes, by the code from either node of a pair to them, 0 included.
using ThirdNodes = std::array<std::array<std::int64_t, 4>, 4>;

// The third nodes of each pair of linked nodes. A worker has its own.
template <class Entry>
class AroundEdges {
 public:
  using Graph = RankedNeighbours<Entry>;

  AroundEdges(const Graph& graph, std::int64_t n_nodes, Shape shape, Stop& stop)
      : graph_(graph), n_nodes_(n_nodes), shape_(shape), paced_(stop), code_(graph.n_nodes()) {}

  // visit(v, code, thirds) for the neighbours v of u of higher rank, and so of no more arcs; `code` is that of the
  // dyad, seen from u.
  template <class Visit>
  void visit_pairs(std::size_t u, Visit visit) {
    for (const Entry entry : graph_.row(u)) code_[Graph::rank_of(entry)] = code_of(entry);
    for (const Entry below : graph_.below(u)) {
      const std::size_t v = Graph::rank_of(below);
      visit(v, code_of(below), thirds(u, v, code_of(below)));
    }
    for (const Entry entry : graph_.row(u)) code_[Graph::rank_of(entry)] = 0;
    paced_(2 * static_cast<std::int64_t>(graph_.row(u).size()));
  }

 private:
  static std::uint8_t code_of(Entry entry) { return static_cast<std::uint8_t>(Graph::link_of(entry) + 1); }

  ThirdNodes thirds(std::size_t u, std::size_t v, std::size_t code) {
    ThirdNodes found{};
    if (shape_ != Shape::kGeneral) {  // no triangles
      for (std::size_t b = 1; b < 4; ++b) found[0][b] = static_cast<std::int64_t>(graph_.degrees(v)[b - 1]);
    } else {
      for (const Entry entry : graph_.row(v)) ++found[code_[Graph::rank_of(entry)]][code_of(entry)];
      paced_(static_cast<std::int64_t>(graph_.row(v).size()));
    }
    --found[0][reversed_dyad(code)];  // u
    std::int64_t rest = n_nodes_ - 2;
    for (std::size_t a = 1; a < 4; ++a) {
      found[a][0] = static_cast<std::int64_t>(graph_.degrees(u)[a - 1]) - (a == code);
      for (std::size_t b = 1; b < 4; ++b) found[a][0] -= found[a][b];
    }
    for (const auto& row : found)
      for (const std::int64_t number : row) rest -= number;
    found[0][0] = rest;
    return found;
  }

  const Graph& graph_;
  std::int64_t n_nodes_;
  Shape shape_;
  PacedStop paced_;
  std::vector<std::uint8_t> code_;  // from u; 0 between nodes
};

// visit(u, v, code, thirds) for every pair of linked nodes, given as ranks, u the lower: one of at least as many arcs.
// Several workers call it at once. `shape` is what is known of the graph (kGeneral is always safe). O(m) time where it
// rules out triangles, else O(sum over pairs of the lower degree); a byte a node and thread.
template <class Entry, class Visit>
void for_each_edge(const RankedNeighbours<Entry>& graph, std::int64_t n_nodes, Shape shape, int num_threads, Stop& stop,
                   Visit visit) {
  constexpr std::size_t kNodesPerTask = 64;
  const std::size_t n = graph.n_nodes();
  std::vector<std::optional<AroundEdges<Entry>>> workers(static_cast<std::size_t>(std::max(num_threads, 1)));
  const auto n_tasks = static_cast<std::int64_t>((n + kNodesPerTask - 1) / kNodesPerTask);
  parallel_for(n_tasks, num_threads, stop, [&](std::int64_t task, int id) {
    auto& worker = workers[static_cast<std::size_t>(id)];
    if (!worker) worker.emplace(graph, n_nodes, shape, stop);
    const std::size_t first = static_cast<std::size_t>(task) * kNodesPerTask;
    for (std::size_t u = first; u < std::min(n, first + kNodesPerTask); ++u)
      worker->visit_pairs(
          u, [&](std::size_t v, std::size_t code, const ThirdNodes& thirds) { visit(u, v, code, thirds); });
  });
}

}  // namespace motifcount
