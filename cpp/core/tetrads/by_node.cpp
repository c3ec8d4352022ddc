#include "tetrads/by_node.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "tetrads/node_cliques.hpp"
#include "tetrads/node_cycles.hpp"
#include "tetrads/node_sums.hpp"
#include "tetrads/node_triangles.hpp"
#include "tetrads/open_counts.hpp"

namespace motifcount {
namespace {

using Graph = RankedNeighbours<std::uint32_t>;
constexpr std::size_t kNodesPerTask = 64;
constexpr std::int64_t kSumUnits = 200;  // of a PacedStop, for an edge of a node that is summed around

// The passes over all nodes.
template <class Counts>
class NodeTetradCounter {
 public:
  NodeTetradCounter(const Graph& graph, LargeArray<Counts>& counts, int num_threads, Stop& stop)
      : graph_(graph), row_(graph.row_of_rank()), counts_(counts), threads_(std::max(num_threads, 1)), stop_(stop) {}

  void run() {
    EdgeWedges wedges(graph_, threads_ > 1);
    for_each_node<NodeTriangles>([&](NodeTriangles& triangles, std::size_t u) { triangles.find(u, wedges); });
    const auto add = [&](std::size_t v, std::size_t c, std::int64_t n) {
      fetch_add(counts_[row_[v]][c], n, threads_ > 1);
    };
    for_each_node<NodeTriangles>(
        [&](NodeTriangles& triangles, std::size_t u) { triangles.visit_wings(u, wedges, add); });
    for_each_node<NodeCycles>([&](NodeCycles& cycles, std::size_t u) { cycles.visit(u, add); });
    for_each_node<NodeCliques>([&](NodeCliques& cliques, std::size_t u) { cliques.visit(u, add); });
    NodeSums sums(graph_, classes_, wedges);
    for_each_node<Paced>([&](Paced& paced, std::size_t u) {
      paced.stop(static_cast<std::int64_t>(4 * graph_.row(u).size()));
      sums.sum(u);
    });
    for_each_node<Paced>([&](Paced& paced, std::size_t u) {
      paced.stop(kSumUnits * static_cast<std::int64_t>(graph_.row(u).size()));
      sums.add(u, counts_[row_[u]], paced.scratch);
      if constexpr (kByRole) make_roles_induced(Family::kTetrad, counts_[row_[u]]);
      else make_induced(counts_[row_[u]]);
    });
  }

 private:
  static constexpr bool kByRole = std::is_same_v<Counts, NodeTetradRoles>;

  struct Paced {
    Paced(const Graph&, const NodeClasses&, Stop& s) : stop(s) {}
    PacedStop stop;
    std::vector<std::int64_t> scratch{};
  };

  // body(worker, u) for all nodes; every worker is made when it first has something to do.
  template <class Worker, class Body>
  void for_each_node(Body body) {
    std::vector<std::optional<Worker>> workers(static_cast<std::size_t>(threads_));
    const std::size_t n = graph_.n_nodes();
    parallel_for(static_cast<std::int64_t>((n + kNodesPerTask - 1) / kNodesPerTask), threads_, stop_,
                 [&](std::int64_t task, int id) {
                   auto& worker = workers[static_cast<std::size_t>(id)];
                   if (!worker) worker.emplace(graph_, classes_, stop_);
                   const std::size_t begin = static_cast<std::size_t>(task) * kNodesPerTask;
                   for (std::size_t u = begin; u < std::min(begin + kNodesPerTask, n); ++u) body(*worker, u);
                 });
  }

  const Graph& graph_;
  std::span<const std::uint32_t> row_;
  LargeArray<Counts>& counts_;
  int threads_;
  Stop& stop_;
  NodeClasses classes_{kByRole ? ByPlace::kRole : ByPlace::kClass};
};

template <class Counts, class Index>
LargeArray<Counts> counts_by_node(const GraphView<Index>& graph, int num_threads, Stop& stop) {
  const auto n_rows = static_cast<std::size_t>(graph.out.n_rows());
  const auto refuse = [](std::size_t n) {
    throw NotSupported("by_node at size 4 counts graphs of at most " + std::to_string(kMaxNodeTetrads) +
                       " nodes with edges; this one has " + std::to_string(n));
  };
  if (n_rows > std::size_t{1} << 28) refuse(n_rows);
  Graph ranked;
  ranked.build(graph.out, stop);
  if (ranked.n_nodes() > static_cast<std::size_t>(kMaxNodeTetrads)) refuse(ranked.n_nodes());
  LargeArray<Counts> counts;
  counts.assign(n_rows + 1, Counts{});
  NodeTetradCounter<Counts>(ranked, counts, num_threads, stop).run();
  return counts;
}

}  // namespace

template <class Index>
LargeArray<NodeTetrads> tetrads_by_node(const GraphView<Index>& graph, int num_threads, Stop& stop) {
  return counts_by_node<NodeTetrads>(graph, num_threads, stop);
}

template <class Index>
LargeArray<NodeTetradRoles> tetrads_by_role(const GraphView<Index>& graph, int num_threads, Stop& stop) {
  return counts_by_node<NodeTetradRoles>(graph, num_threads, stop);
}

#define MOTIFCOUNT_INSTANTIATE(Index)                                                    \
  template LargeArray<NodeTetrads> tetrads_by_node(const GraphView<Index>&, int, Stop&); \
  template LargeArray<NodeTetradRoles> tetrads_by_role(const GraphView<Index>&, int, Stop&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)

}  // namespace motifcount
