#include "census/by_node.hpp"

#include <algorithm>
#include <atomic>
#include <optional>
#include <span>
#include <string>

#include "graph/csr.hpp"
#include "triangles/by_class.hpp"
#include "triangles/by_node.hpp"
#include "triangles/listing.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kNodesPerTask = 1 << 8;
constexpr std::int64_t kArcsPerSum = 4;  // that make a worker's own sums at a node worth while

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
    if (want_triads_) clear_triads();
    {
      const std::vector<Index> in_degree = in_degrees(out_, num_threads_, stop_);
      if (shape == Shape::kStrict) number_neighbours(in_degree, [](std::int64_t) { return Index{0}; });
      else if (!want_triads_) number_by_transpose(in_degree);
      else use_lists(RankedLists<Index>(out_, in_degree, num_threads_, stop_), in_degree, shape);
    }
    count_dyads();
    if (want_triads_) {
      add_in_ends();
      for_each_row([&](std::int64_t v) { finish_triads(v); });
      finish_triads(n_rows_);
    }
    return std::move(result_);
  }

 private:
  using DyadNumbers = std::array<Index, 4>;  // of a node's neighbours, by dyad code; sums of them are at most m

  static void add(DyadNumbers& sums, const DyadNumbers& more) {
    for (std::size_t y = 0; y < 4; ++y) sums[y] += more[y];
  }

  template <class Body>
  void for_each_row(int num_threads, Body body) {
    parallel_for((n_rows_ + kNodesPerTask - 1) / kNodesPerTask, num_threads, stop_, [&](std::int64_t task, int id) {
      const std::int64_t last = std::min(n_rows_, (task + 1) * kNodesPerTask);
      for (std::int64_t v = task * kNodesPerTask; v < last; ++v) body(v, id);
    });
  }
  template <class Body>
  void for_each_row(Body body) {
    for_each_row(num_threads_, [&](std::int64_t v, int) { body(v); });
  }

  template <class Mutual>
  void number_neighbours(std::span<const Index> in_degree, Mutual mutual) {
    numbers_.resize(static_cast<std::size_t>(n_rows_));
    for_each_row([&](std::int64_t v) {
      const auto n_out = static_cast<Index>(out_.degree(v));
      const Index n_in = in_degree[static_cast<std::size_t>(v)], n_mutual = mutual(v);
      numbers_[static_cast<std::size_t>(v)] = {0, n_out - n_mutual, n_in - n_mutual, n_mutual};
    });
  }

  void number_by_transpose(std::span<const Index> in_degree) {
    const Csr<Index> in = transpose(out_, stop_);
    number_neighbours(in_degree, [&](std::int64_t v) {
      Index mutual = 0;
      for_each_neighbour(out_.row(v), in.view().row(v), [&](Index, unsigned code) { mutual += code == 3; });
      return mutual;
    });
  }

  void use_lists(const RankedLists<Index>& ranked, std::span<const Index> in_degree, Shape shape) {
    const auto rank = [&](std::int64_t v) {
      return static_cast<std::size_t>(ranked.rank_of()[static_cast<std::size_t>(v)]);
    };
    number_neighbours(in_degree, [&](std::int64_t v) { return static_cast<Index>(ranked.mutual(rank(v))); });
    add_mutual_ends(ranked, rank);
    if (shape == Shape::kGeneral) add_triangles(ranked, rank);
  }

  // At every node, the numbers of its mutual neighbours.
  template <class Rank>
  void add_mutual_ends(const RankedLists<Index>& ranked, Rank rank) {
    const std::size_t n = ranked.n_nodes();
    LargeArray<DyadNumbers> numbers(n), ends(n);
    std::atomic<bool> any{false};
    for_each_row([&](std::int64_t v) {
      numbers[rank(v)] = numbers_[static_cast<std::size_t>(v)];
      ends[rank(v)] = {};
      if (numbers[rank(v)][3] != 0 && !any.load(std::memory_order_relaxed)) any.store(true, std::memory_order_relaxed);
    });
    if (!any) return;
    const auto add_shared = [&](DyadNumbers& sums, const DyadNumbers& more) {
      for (std::size_t y = 0; y < 4; ++y)
        if (more[y] != 0) fetch_add(sums[y], more[y], num_threads_ > 1);
    };
    for_each_of_runs(ranked.runs_of_entries(kEntriesPerTask), num_threads_, stop_, [&](std::size_t u, int) {
      for (const auto entry : ranked.row(u))
        if (const auto v = static_cast<std::size_t>(entry >> 2); (entry & 3) == 3) {
          add_shared(ends[u], numbers[v]);
          add_shared(ends[v], numbers[u]);
        }
    });
    mutual_ends_.resize(n);
    for_each_row([&](std::int64_t v) { mutual_ends_[static_cast<std::size_t>(v)] = ends[rank(v)]; });
  }

  // At every node, the numbers of those with an arc to it. Workers add up apart, if their arrays are small beside the
  // arcs.
  void add_in_ends() {
    const auto n = static_cast<std::size_t>(n_rows_);
    const std::int64_t most_workers = out_.n_edges() / (kArcsPerSum * std::max<std::int64_t>(n_rows_, 1));
    const auto n_workers = static_cast<int>(std::clamp<std::int64_t>(most_workers, 1, num_threads_));
    std::vector<LargeArray<DyadNumbers>> parts(static_cast<std::size_t>(n_workers));
    parts[0].resize(n);
    for_each_row([&](std::int64_t v) { parts[0][static_cast<std::size_t>(v)] = {}; });
    for_each_row(n_workers, [&](std::int64_t u, int id) {
      auto& ends = parts[static_cast<std::size_t>(id)];
      if (ends.empty()) ends.assign(n, DyadNumbers{});
      for (const Index v : out_.row(u)) add(ends[static_cast<std::size_t>(v)], numbers_[static_cast<std::size_t>(u)]);
    });
    for (std::size_t p = 1; p < parts.size(); ++p)
      if (!parts[p].empty())
        for_each_row(
            [&](std::int64_t v) { add(parts[0][static_cast<std::size_t>(v)], parts[p][static_cast<std::size_t>(v)]); });
    in_ends_ = std::move(parts[0]);
  }

  template <class Rank>
  void add_triangles(const RankedLists<Index>& ranked, Rank rank) {
    LargeArray<ClosedOfNode> closed(ranked.n_nodes());
    for_each_row([&](std::int64_t v) { closed[static_cast<std::size_t>(v)] = {}; });
    std::vector<std::optional<NodeTriangles<Index>>> triangles(static_cast<std::size_t>(num_threads_));
    for_each_last_node(ranked, num_threads_, stop_, [&](std::size_t u, const auto& marks, std::size_t id) {
      if (!triangles[id]) triangles[id].emplace(ranked, closed, num_threads_ > 1);
      triangles[id]->add(u, marks);
    });
    for (auto& worker : triangles)
      if (worker) worker->give_hubs();
    for_each_row([&](std::int64_t v) {
      for (std::size_t c = 0; c < kClosedTriads; ++c)
        result_.triads[static_cast<std::size_t>(v)][kClosedTriad[c]] = closed[rank(v)][c];
    });
  }

  void clear_triads() {
    result_.triads.resize(static_cast<std::size_t>(n_rows_) + 1);
    for_each_row([&](std::int64_t v) { result_.triads[static_cast<std::size_t>(v)] = {}; });
    result_.triads.back() = {};
  }

  void count_dyads() {
    const auto set = [&](NodeDyads& dyads, const DyadNumbers& numbers) {
      dyads[kMutual] = numbers[3];
      dyads[kAsymmetric] = std::int64_t{numbers[1]} + numbers[2];
      dyads[kNull] = std::max<std::int64_t>(n_nodes_ - 1, 0) - dyads[kMutual] - dyads[kAsymmetric];
    };
    result_.dyads.resize(static_cast<std::size_t>(n_rows_) + 1);
    for_each_row([&](std::int64_t v) {
      set(result_.dyads[static_cast<std::size_t>(v)], numbers_[static_cast<std::size_t>(v)]);
    });
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
    const DyadNumbers& numbers = numbers_[static_cast<std::size_t>(v)];
    for (unsigned x = 1; x < 4; ++x)
      for (unsigned y = x; y < 4; ++y) {
        const std::int64_t number = numbers[x];
        found[kWedge[x][y]] += x == y ? number * (number - 1) / 2 : number * numbers[y];
      }
    // Neighbours' numbers, by the code that they see v with; those of mutual ones come by either arc.
    DyadNumbers others[4] = {{}, in_ends_[static_cast<std::size_t>(v)], {}, {}};
    for (const Index u : out_.row(v)) add(others[2], numbers_[static_cast<std::size_t>(u)]);
    if (!mutual_ends_.empty()) others[3] = mutual_ends_[static_cast<std::size_t>(v)];
    for (unsigned y = 1; y < 4; ++y) {
      found[kWedge[1][y]] += others[1][y] - others[3][y];
      found[kWedge[2][y]] += others[2][y] - others[3][y];
      found[kWedge[3][y]] += others[3][y];
    }
    for (unsigned x = 1; x < 4; ++x) found[kWedge[x][x]] -= numbers[(x & 1) << 1 | x >> 1];  // v itself
    return found;
  }

  // From the closed triads of a node to all (see triads.hpp). Row n_rows_ stands for a node without arcs.
  void finish_triads(std::int64_t v) {
    NodeTriads& triads = result_.triads[static_cast<std::size_t>(v)];
    const NodeDyads& dyads = result_.dyads[static_cast<std::size_t>(v)];
    if (v < n_rows_) {
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
  std::int64_t n_rows_;
  LargeArray<DyadNumbers> numbers_, in_ends_;
  LargeArray<DyadNumbers> mutual_ends_;       // empty when nothing is mutual
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
