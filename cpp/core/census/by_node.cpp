#include "census/by_node.hpp"

#include <algorithm>
#include <memory>
#include <string>

#include "census/around_nodes.hpp"

namespace motifcount {
namespace {

template <class Index>
class NodeCounter {
 public:
  NodeCounter(const GraphView<Index>& graph, bool want_triads, int num_threads, Stop& stop)
      : out_(graph.out), n_nodes_(graph.n_nodes), want_triads_(want_triads), num_threads_(num_threads), stop_(stop) {}

  NodeCensus run(Shape shape) {
    const auto n_rows = static_cast<std::size_t>(out_.n_rows());
    if (want_triads_) result_.triads.assign(n_rows + 1, NodeTriads{});
    around_ = std::make_unique<Around>(out_, shape, want_triads_, num_threads_, stop_,
                                       [&](std::int64_t v, const auto& closed) {
                                         for (std::size_t c = 0; c < kClosedTriads; ++c)
                                           result_.triads[static_cast<std::size_t>(v)][kClosedTriad[c]] = closed[c];
                                       });
    count_dyads();
    if (want_triads_) {
      around_->for_each_row([&](std::int64_t v) { finish_triads(v); });
      finish_triads(out_.n_rows());
    }
    return std::move(result_);
  }

 private:
  using Around = AroundNodes<Index, TrianglesByClass>;

  void count_dyads() {
    const auto set = [&](NodeDyads& dyads, const typename Around::DyadNumbers& numbers) {
      dyads[kMutual] = numbers[3];
      dyads[kAsymmetric] = std::int64_t{numbers[1]} + numbers[2];
      dyads[kNull] = std::max<std::int64_t>(n_nodes_ - 1, 0) - dyads[kMutual] - dyads[kAsymmetric];
    };
    result_.dyads.resize(static_cast<std::size_t>(out_.n_rows()) + 1);
    around_->for_each_row(
        [&](std::int64_t v) { set(result_.dyads[static_cast<std::size_t>(v)], around_->numbers(v)); });
    set(result_.dyads.back(), {});
    for (const NodeDyads& dyads : result_.dyads) {
      mutual_ += dyads[kMutual];
      asymmetric_ += dyads[kAsymmetric];
    }
    mutual_ /= 2;  // each dyad was met at both of its nodes
    asymmetric_ /= 2;
  }

  // The wedges that `v` is in: as the centre, and as an end of those around each of its neighbours.
  NodeTriads wedges(std::int64_t v) const {
    NodeTriads found{};
    const auto& numbers = around_->numbers(v);
    const auto ends = around_->ends(v);
    for (unsigned x = 1; x < 4; ++x)
      for (unsigned y = 1; y < 4; ++y) {
        const std::int64_t number = numbers[x];
        if (x <= y) found[kWedge[x][y]] += x == y ? number * (number - 1) / 2 : number * numbers[y];
        found[kWedge[x][y]] += ends[x][y];
      }
    return found;
  }

  // From the closed triads of a node to all (see triads.hpp). The row behind the last stands for a node without arcs.
  void finish_triads(std::int64_t v) {
    NodeTriads& triads = result_.triads[static_cast<std::size_t>(v)];
    const NodeDyads& dyads = result_.dyads[static_cast<std::size_t>(v)];
    if (v < out_.n_rows()) {
      const NodeTriads open = wedges(v);
      for (std::size_t k = k021D; k <= k201; ++k) {
        if (kTriadTables.closed[k]) continue;
        triads[k] = open[k];
        for (const Triad j : kClosedTriad) triads[k] -= triads[j] * kTriadTables.wedges[k][j];
      }
    }
    const std::int64_t others = std::max<std::int64_t>(n_nodes_ - 2, 0);
    const auto meet = [&](Dyad dyad, std::int64_t total) {
      return dyads[dyad] * others + (n_nodes_ > 2 ? total - dyads[dyad] : 0);
    };
    fill_sparse_triads(triads, meet(kAsymmetric, asymmetric_), meet(kMutual, mutual_),
                       static_cast<std::int64_t>(choose2(n_nodes_ - 1)));
  }

  CsrView<Index> out_;
  std::int64_t n_nodes_;
  bool want_triads_;
  int num_threads_;
  Stop& stop_;
  std::unique_ptr<Around> around_;
  std::int64_t mutual_ = 0, asymmetric_ = 0;  // dyads of the graph
  NodeCensus result_;
};

}  // namespace

template <class Index>
NodeCensus node_census(const GraphView<Index>& graph, Shape shape, bool want_triads, int num_threads, Stop& stop) {
  if (graph.n_nodes > kMaxNodeCensus)
    throw NotSupported("by_node: the graph has " + std::to_string(graph.n_nodes) + " nodes; at most " +
                       std::to_string(kMaxNodeCensus) + " can be counted one by one");
  return NodeCounter<Index>(graph, want_triads, num_threads, stop).run(shape);
}

template NodeCensus node_census(const GraphView<std::int32_t>&, Shape, bool, int, Stop&);
template NodeCensus node_census(const GraphView<std::int64_t>&, Shape, bool, int, Stop&);

}  // namespace motifcount
