#include "tetrads/by_node.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "support/zeros.hpp"
#include "tetrads/node_cliques.hpp"
#include "tetrads/node_cycles.hpp"
#include "tetrads/node_sums.hpp"
#include "tetrads/node_wings.hpp"

namespace motifcount {
namespace {

using Ranked = RankedNeighbours<std::uint32_t>;
constexpr std::size_t kCountedNodesPerTask = 64;
constexpr std::size_t kMaxNodeTetradArcs = std::numeric_limits<std::uint32_t>::max() / 2;  // see with_entry_for
constexpr std::int64_t kSumUnits = 64;          // of a PacedStop, for an edge of a node that is summed around
constexpr std::int64_t kFinishUnits = 1 << 11;  // for its counts

// The passes over all nodes.
class NodeTetradCounter {
 public:
  NodeTetradCounter(const Ranked& graph, const NodeClasses& classes, const NodeTable& table,
                    const TetradKernels& kernels, int num_threads, Stop& stop)
      : graph_(graph),
        classes_(classes),
        table_(table),
        kernels_(kernels),
        threads_(std::max(num_threads, 1)),
        stop_(stop) {}

  void run() {
    EdgeWedges wedges(graph_, threads_, stop_);
    for_each_node<NodeCycles>([&] { return std::make_unique<NodeCycles>(graph_, classes_, kernels_, stop_); },
                              [&](NodeCycles& cycles, std::size_t w) { cycles.visit(w, wedges, table_); },
                              [&](NodeCycles& cycles) { cycles.give(table_); });
    const CliqueColumns columns(classes_);
    for_each_node<NodeCliques>(
        [&] { return std::make_unique<NodeCliques>(graph_, classes_, columns, kernels_, stop_); },
        [&](NodeCliques& cliques, std::size_t u) { cliques.visit(u, wedges, table_); });
    LargeArray<Around> around(graph_.n_nodes());
    sum(wedges, around);
    finish(wedges, around);
  }

 private:
  struct Wings {
    Wings(const NodeTetradCounter& c, const EdgeWedges& wedges)
        : wings(c.graph_, c.classes_, c.stop_), sums(c.graph_, c.classes_, wedges, c.kernels_), pace(c.stop_) {}
    NodeWings wings;
    NodeSums sums;
    PacedStop pace;
  };

  void sum(const EdgeWedges& wedges, LargeArray<Around>& around) {
    const std::uint32_t most = wedges.most(stop_);
    for_each_node<Wings>([&] { return std::make_unique<Wings>(*this, wedges); },
                         [&](Wings& worker, std::size_t u) {
                           worker.wings.visit(u, wedges, most, table_);
                           worker.pace(static_cast<std::int64_t>(8 * graph_.row(u).size()));
                           around[u] = worker.sums.sum(u);
                         });
  }

  void finish(const EdgeWedges& wedges, const LargeArray<Around>& around) {
    struct Finish {
      Finish(const NodeTetradCounter& c, const EdgeWedges& wedges)
          : sums(c.graph_, c.classes_, wedges, c.kernels_), pace(c.stop_) {}
      NodeSums sums;
      PacedStop pace;
      std::array<std::int64_t*, kNodesAtOnce> rows{};
    };
    static_assert(kCountedNodesPerTask % kNodesAtOnce == 0);
    for_each_node<Finish>([&] { return std::make_unique<Finish>(*this, wedges); },
                          [&](Finish& worker, std::size_t u) {
                            worker.pace(kFinishUnits + kSumUnits * static_cast<std::int64_t>(graph_.row(u).size()));
                            const auto counts = table_.of(u);
                            if (u + 1 < graph_.n_nodes()) table_.prefetch(u + 1, 0, counts.size());
                            worker.sums.add(u, around, counts);
                            const std::size_t n = u % kNodesAtOnce + 1;
                            worker.rows[n - 1] = counts.data();
                            if (n == kNodesAtOnce || u + 1 == graph_.n_nodes())
                              classes_.finish(kernels_, std::span(worker.rows).first(n));
                          });
  }

  // body(worker, u) for all nodes, then give(worker); every worker is made when it first has something to do.
  template <class Worker, class Make, class Body, class Give>
  void for_each_node(Make make, Body body, Give give) {
    std::vector<std::unique_ptr<Worker>> workers(static_cast<std::size_t>(threads_));
    const std::size_t n = graph_.n_nodes();
    parallel_for(static_cast<std::int64_t>((n + kCountedNodesPerTask - 1) / kCountedNodesPerTask), threads_, stop_,
                 [&](std::int64_t task, int id) {
                   auto& worker = workers[static_cast<std::size_t>(id)];
                   if (!worker) worker = make();
                   const std::size_t begin = static_cast<std::size_t>(task) * kCountedNodesPerTask;
                   for (std::size_t u = begin; u < std::min(begin + kCountedNodesPerTask, n); ++u) body(*worker, u);
                 });
    for (const auto& worker : workers)
      if (worker) give(*worker);
  }
  template <class Worker, class Make, class Body>
  void for_each_node(Make make, Body body) {
    for_each_node<Worker>(make, body, [](Worker&) {});
  }

  const Ranked& graph_;
  const NodeClasses& classes_;
  const NodeTable& table_;
  const TetradKernels& kernels_;
  int threads_;
  Stop& stop_;
};

template <class Counts, class Index>
LargeArray<Counts> counts_by_node(const GraphView<Index>& graph, int num_threads, Stop& stop,
                                  const TetradKernels& kernels) {
  const auto n_rows = static_cast<std::size_t>(graph.out.n_rows());
  const auto refuse = [](std::size_t n) {
    throw NotSupported("size 4 by node or role counts graphs of at most " + std::to_string(kMaxNodeTetrads) +
                       " nodes with edges; this one has " + std::to_string(n));
  };
  if (n_rows > std::size_t{1} << 28) refuse(n_rows);
  if (graph.out.indices.size() > kMaxNodeTetradArcs)
    throw NotSupported("size 4 by node or role counts graphs of at most " + std::to_string(kMaxNodeTetradArcs) +
                       " edges; this one has " + std::to_string(graph.out.indices.size()));
  Ranked ranked;
  ranked.build(graph.out, stop);
  if (ranked.n_nodes() > static_cast<std::size_t>(kMaxNodeTetrads)) refuse(ranked.n_nodes());
  LargeArray<Counts> counts;
  assign_zeros(counts, n_rows + 1, num_threads, stop);
  const auto& classes = NodeClasses::of(std::is_same_v<Counts, NodeTetradRoles> ? ByPlace::kRole : ByPlace::kClass);
  const NodeTable table(counts.front().data(), std::tuple_size_v<Counts>, ranked.row_of_rank(), num_threads > 1);
  NodeTetradCounter(ranked, classes, table, kernels, num_threads, stop).run();
  return counts;
}

}  // namespace

template <class Index>
LargeArray<NodeTetrads> tetrads_by_node(const GraphView<Index>& graph, int num_threads, Stop& stop,
                                        const TetradKernels& kernels) {
  return counts_by_node<NodeTetrads>(graph, num_threads, stop, kernels);
}

template <class Index>
LargeArray<NodeTetradRoles> tetrads_by_role(const GraphView<Index>& graph, int num_threads, Stop& stop,
                                            const TetradKernels& kernels) {
  return counts_by_node<NodeTetradRoles>(graph, num_threads, stop, kernels);
}

#define MOTIFCOUNT_INSTANTIATE(Index)                                                                          \
  template LargeArray<NodeTetrads> tetrads_by_node(const GraphView<Index>&, int, Stop&, const TetradKernels&); \
  template LargeArray<NodeTetradRoles> tetrads_by_role(const GraphView<Index>&, int, Stop&, const TetradKernels&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)
#undef MOTIFCOUNT_INSTANTIATE

}  // namespace motifcount
