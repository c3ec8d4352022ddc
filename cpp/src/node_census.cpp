#include "motifcount/node_census.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

#include "motifcount/graph.hpp"
#include "motifcount/triangles.hpp"
#include "triangle_listing.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kNodesPerTask = 1 << 8;
constexpr std::size_t kFirstClosed = k030T;

using DyadNumbers = std::array<std::int64_t, 4>;  // of a node's neighbours, by dyad code

// The triangles found at one node u, at each node of its list. The counts that workers share are touched once a node.
template <class Index>
class TriangleSpreader {
 public:
  explicit TriangleSpreader(const OrientedGraph<Index>& graph) : position_(graph.n_nodes()) {}

  void add(const OrientedGraph<Index>& graph, std::size_t u, const Marks<Index>& marks,
           std::span<const Index> node_of, std::span<NodeTriads> counts, bool shared) {
    const auto row = graph.row(u);
    for (std::size_t k = 0; k < row.size(); ++k) position_[rank_of(row[k])] = static_cast<Index>(k);
    at_position_.assign(row.size(), {});
    Bins at_u{};
    for_each_triangle(graph, u, marks, [&](std::size_t v, std::size_t w, std::size_t code) {
      const std::size_t bin = kTriadOfCode[code] - kFirstClosed;
      ++at_u[bin];
      ++at_position_[static_cast<std::size_t>(position_[v])][bin];
      ++at_position_[static_cast<std::size_t>(position_[w])][bin];
    });
    if (at_u == Bins{}) return;
    const auto give = [&](std::size_t rank, const Bins& bins) {
      NodeTriads& to = counts[static_cast<std::size_t>(node_of[rank])];
      for (std::size_t bin = 0; bin < bins.size(); ++bin)
        if (bins[bin] != 0) fetch_add(to[kFirstClosed + bin], bins[bin], shared);
    };
    give(u, at_u);
    for (std::size_t k = 0; k < row.size(); ++k) give(rank_of(row[k]), at_position_[k]);
  }

 private:
  using Bins = std::array<std::int64_t, kTriads - kFirstClosed>;

  template <class Entry>
  static std::size_t rank_of(Entry entry) { return static_cast<std::size_t>(entry >> 2); }

  std::vector<Index> position_;  // by rank: where in the list of u
  std::vector<Bins> at_position_;
};

template <class Index>
class NodeCounter {
 public:
  NodeCounter(const GraphView<Index>& graph, bool want_triads, int num_threads, Stop& stop)
      : out_(graph.out),
        n_nodes_(graph.n_nodes),
        want_triads_(want_triads),
        num_threads_(std::max(num_threads, 1)),
        stop_(stop),
        n_rows_(graph.out.n_rows()) {}

  NodeCensus run(Shape shape) {
    const auto n_entries = static_cast<std::size_t>(n_rows_) + 1;
    if (want_triads_) result_.triads.assign(n_entries, NodeTriads{});
    if (want_triads_ && shape == Shape::kGeneral) add_triangles();
    in_ = transpose(out_, stop_);
    count_dyads();
    if (want_triads_) {
      for_each_row([&](std::int64_t v) { finish_triads(v); });
      finish_triads(n_rows_);
    }
    return std::move(result_);
  }

 private:
  template <class Body>
  void for_each_row(Body body) {
    parallel_for((n_rows_ + kNodesPerTask - 1) / kNodesPerTask, num_threads_, stop_, [&](std::int64_t task, int) {
      const std::int64_t last = std::min(n_rows_, (task + 1) * kNodesPerTask);
      for (std::int64_t v = task * kNodesPerTask; v < last; ++v) body(v);
    });
  }

  void add_triangles() {
    const OrientedGraph<Index> graph(out_, in_degrees(out_, num_threads_, stop_), num_threads_, stop_);
    std::vector<Index> node_of(graph.n_nodes());
    for (std::size_t v = 0; v < node_of.size(); ++v)
      node_of[static_cast<std::size_t>(graph.rank_of()[v])] = static_cast<Index>(v);
    std::vector<std::optional<TriangleSpreader<Index>>> spreaders(static_cast<std::size_t>(num_threads_));
    for_each_list(graph, num_threads_, stop_, [&](std::size_t u, const Marks<Index>& marks, std::size_t id) {
      if (!spreaders[id]) spreaders[id].emplace(graph);
      spreaders[id]->add(graph, u, marks, node_of, result_.triads, num_threads_ > 1);
    });
  }

  void count_dyads() {
    result_.dyads.assign(static_cast<std::size_t>(n_rows_) + 1, NodeDyads{});
    for_each_row([&](std::int64_t v) {
      NodeDyads& dyads = result_.dyads[static_cast<std::size_t>(v)];
      for_each_neighbour(out_.row(v), in_.view().row(v), [&](Index, unsigned code) {
        ++dyads[code == 3 ? kMutual : kAsymmetric];
      });
    });
    for (NodeDyads& dyads : result_.dyads) {
      dyads[kNull] = std::max<std::int64_t>(n_nodes_ - 1, 0) - dyads[kMutual] - dyads[kAsymmetric];
      mutual_ += dyads[kMutual];
      asymmetric_ += dyads[kAsymmetric];
    }
    mutual_ /= 2;  // each dyad was met at both of its nodes
    asymmetric_ /= 2;
  }

  DyadNumbers numbers_of(std::int64_t u) const {
    const std::int64_t mutual = result_.dyads[static_cast<std::size_t>(u)][kMutual];
    return {0, out_.degree(u) - mutual, in_.view().degree(u) - mutual, mutual};
  }

  // The wedges that `v` is in: as the centre, and as an end of those around each of its neighbours.
  NodeTriads wedges(std::int64_t v) const {
    NodeTriads found{};
    const DyadNumbers numbers = numbers_of(v);
    for (unsigned x = 1; x < 4; ++x)
      for (unsigned y = x; y < 4; ++y)
        found[kWedge[x][y]] += x == y ? numbers[x] * (numbers[x] - 1) / 2 : numbers[x] * numbers[y];
    for_each_neighbour(out_.row(v), in_.view().row(v), [&](Index u, unsigned code) {
      const unsigned back = (code & 1) << 1 | code >> 1;
      const DyadNumbers others = numbers_of(static_cast<std::int64_t>(u));
      for (unsigned y = 1; y < 4; ++y) found[kWedge[back][y]] += others[y] - (y == back);
    });
    return found;
  }

  // From the closed triads of a node to all. Row n_rows_ stands for a node without arcs.
  void finish_triads(std::int64_t v) {
    NodeTriads& triads = result_.triads[static_cast<std::size_t>(v)];
    const NodeDyads& dyads = result_.dyads[static_cast<std::size_t>(v)];
    if (v < n_rows_) {
      const NodeTriads closed = triads;
      const NodeTriads open = wedges(v);
      for (std::size_t k = 0; k < kTriads; ++k) {
        triads[k] += open[k];
        for (std::size_t j = kFirstClosed; j < kTriads; ++j) triads[k] -= closed[j] * kTriadTables.wedges[k][j];
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
  std::int64_t n_rows_;
  Csr<Index> in_;
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
