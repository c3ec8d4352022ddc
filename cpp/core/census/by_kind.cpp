#include "census/by_kind.hpp"

#include <algorithm>
#include <optional>

#include "census/triangles_by_states.hpp"
#include "graph/csr.hpp"
#include "support/large_array.hpp"
#include "triangles/kinded_lists.hpp"
#include "triangles/listing.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kNodesPerPart = 1 << 12;
constexpr std::int64_t kArcsPerCounter = 4;  // that make a worker's own counters worth while

template <class Index>
class KindedCounter {
 public:
  KindedCounter(const GraphView<Index>& graph, Shape shape, bool want_triads, int num_threads, Stop& stop)
      : graph_(graph),
        shape_(shape),
        want_triads_(want_triads),
        num_threads_(std::max(num_threads, 1)),
        stop_(stop),
        dyads_(kinded_family(Family::kDyad, graph.kinds.n_kinds)),
        triads_(kinded_family(Family::kTriad, graph.kinds.n_kinds)),
        n_states_(dyads_.states().size()),
        n_counters_(static_cast<std::size_t>(graph.out.n_rows()) * n_states_),
        shared_(num_threads_ > 1 && graph.out.n_edges() < kArcsPerCounter * static_cast<std::int64_t>(n_counters_)),
        at_node_(shared_ ? 1 : static_cast<std::size_t>(num_threads_)) {
    at_node_[0].assign(n_counters_, 0);
  }

  KindedCensus run() {
    result_.dyads.assign(dyads_.classes().size(), 0);
    if (want_triads_) result_.triads.assign(triads_.classes().size(), 0);
    if (shape_ == Shape::kStrict) add_arcs();
    else list_pairs();
    for (std::size_t p = 1; p < at_node_.size(); ++p)
      for (std::size_t k = 0; k < at_node_[p].size(); ++k) at_node_[0][k] += at_node_[p][k];
    visit_nodes();
    if (want_triads_) add_sparse_triads();
    return std::move(result_);
  }

 private:
  // Where no two arcs join the same nodes, each is a neighbour by itself.
  void add_arcs() {
    const std::int64_t n = graph_.out.n_rows();
    std::array<std::size_t, kMostKinds> state_in{};
    for (std::size_t kind = 0; kind < graph_.kinds.n_kinds; ++kind) state_in[kind] = dyads_.states().of(0, kind + 1);
    parallel_for((n + kNodesPerPart - 1) / kNodesPerPart, num_threads_, stop_, [&](std::int64_t task, int id) {
      PacedStop pace(stop_);
      LargeArray<Index>& counters = counters_of(id);
      const std::int64_t last = std::min(n, (task + 1) * kNodesPerPart);
      for (std::int64_t u = task * kNodesPerPart; u < last; ++u) {
        const auto first = static_cast<std::size_t>(graph_.out.indptr[static_cast<std::size_t>(u)]);
        const auto kinds = graph_.kinds.of_arc.subspan(first, static_cast<std::size_t>(graph_.out.degree(u)));
        const auto row = graph_.out.row(u);
        pace(kScatterUnits * graph_.out.degree(u));
        std::array<Index, kMostKinds> n_out{};
        for (std::size_t k = 0; k < row.size(); ++k) {
          ++n_out[kinds[k]];
          add_neighbours(counters, static_cast<std::size_t>(row[k]), state_in[kinds[k]], Index{1});
        }
        for (std::size_t kind = 0; kind < graph_.kinds.n_kinds; ++kind)
          if (n_out[kind] != 0)
            add_neighbours(counters, static_cast<std::size_t>(u), dyads_.states().of(kind + 1, 0), n_out[kind]);
      }
    });
  }

  // Every worker counts in an array of its own, if these are small beside the arcs.
  LargeArray<Index>& counters_of(int id) {
    LargeArray<Index>& counters = at_node_[shared_ ? 0 : static_cast<std::size_t>(id)];
    if (counters.empty()) counters.assign(n_counters_, 0);
    return counters;
  }

  void add_neighbours(LargeArray<Index>& counters, std::size_t u, std::size_t state, Index n) const {
    fetch_add(counters[u * n_states_ + state], n, shared_);
  }

  void list_pairs() {
    const std::vector<Index> degrees = in_degrees(graph_.out, num_threads_, stop_);
    const RankedLists<Index> ranked(graph_.out, degrees, num_threads_, stop_);
    const KindedLists<Index> kinds(ranked, graph_.out, graph_.kinds, num_threads_, stop_);
    std::array<std::size_t, kMostStates> reversed{};
    for (std::size_t state = 0; state < n_states_; ++state) reversed[state] = dyads_.states().reversed(state);
    for_each_of_runs(ranked.runs_of_entries(kEntriesPerTask), num_threads_, stop_, [&](std::size_t u, int id) {
      LargeArray<Index>& counters = counters_of(id);
      const auto row = ranked.row(u);
      const auto states = kinds.row(u);
      for (std::size_t k = 0; k < row.size(); ++k) {
        add_neighbours(counters, u, states[k], Index{1});
        add_neighbours(counters, static_cast<std::size_t>(row[k] >> 2), reversed[states[k]], Index{1});
      }
    });
    if (want_triads_ && shape_ == Shape::kGeneral) list_triangles(ranked, kinds);
  }

  void list_triangles(const RankedLists<Index>& ranked, const KindedLists<Index>& kinds) {
    std::vector<std::optional<TrianglesByStates<Index>>> workers(static_cast<std::size_t>(num_threads_));
    for_each_last_node(ranked, num_threads_, stop_, [&](std::size_t u, const auto& marks, std::size_t id) {
      if (!workers[id]) workers[id].emplace(ranked, kinds, dyads_.states());
      workers[id]->add(u, marks);
    });
    for (const auto& worker : workers)
      if (worker) subtract_closed(worker->counts());
  }

  // Triangles were, or will be, counted as the three open triads around their nodes.
  void subtract_closed(std::span<const std::uint64_t> counts) {
    for (std::size_t code = 0; code < counts.size(); ++code) {
      if (counts[code] == 0) continue;
      const std::size_t uv = code % n_states_;
      const std::size_t uw = code / n_states_ % n_states_;
      const std::size_t vw = code / n_states_ / n_states_;
      result_.triads[triads_.class_of(uv, uw, vw)] += counts[code];
      result_.triads[triads_.class_of(0, uw, vw)] -= counts[code];
      result_.triads[triads_.class_of(uv, 0, vw)] -= counts[code];
      result_.triads[triads_.class_of(uv, uw, 0)] -= counts[code];
    }
  }

  struct Worker {
    std::array<Count, kMostStates> neighbours{};
    std::array<std::array<Count, kMostStates>, kMostStates> wedges{};
  };

  void visit_nodes() {
    const std::int64_t n = graph_.out.n_rows();
    std::vector<Worker> workers(static_cast<std::size_t>(num_threads_));
    parallel_for((n + kNodesPerPart - 1) / kNodesPerPart, num_threads_, stop_, [&](std::int64_t task, int id) {
      const std::int64_t last = std::min(n, (task + 1) * kNodesPerPart);
      for (std::int64_t u = task * kNodesPerPart; u < last; ++u)
        add_wedges(static_cast<std::size_t>(u), workers[static_cast<std::size_t>(id)]);
    });
    for (const Worker& worker : workers)
      for (std::size_t x = 1; x < n_states_; ++x) {
        add_dyads(x, worker.neighbours[x]);
        for (std::size_t y = x; want_triads_ && y < n_states_; ++y)
          result_.triads[triads_.class_of(x, y)] += worker.wedges[x][y];
      }
    Count others = choose2(graph_.n_nodes);
    for (std::size_t x = 1; x < n_states_; ++x) {
      // Either end of a pair saw it: in the class of a state that is its own reverse twice, in others once each way.
      Count& count = result_.dyads[dyads_.class_of(x)];
      if (dyads_.states().reversed(x) == x) count /= 2;
    }
    for (const Count count : result_.dyads) others -= count;
    result_.dyads[dyads_.class_of(0)] = others;
  }

  void add_dyads(std::size_t state, Count neighbours) {
    if (state <= dyads_.states().reversed(state)) result_.dyads[dyads_.class_of(state)] += neighbours;
  }

  void add_wedges(std::size_t u, Worker& worker) {
    std::array<std::size_t, kMostStates> present;
    std::size_t n_present = 0;
    const Index* const at = at_node_[0].data() + u * n_states_;
    for (std::size_t x = 1; x < n_states_; ++x)
      if (at[x] != 0) present[n_present++] = x;
    for (std::size_t g = 0; g < n_present; ++g) {
      const std::size_t x = present[g];
      worker.neighbours[x] += at[x];
      worker.wedges[x][x] += choose2(at[x]);
      for (std::size_t h = g + 1; h < n_present; ++h) worker.wedges[x][present[h]] += Count{at[x]} * at[present[h]];
    }
  }

  // Triads with one linked pair: what the others do not use up of all ways to put a third node to a dyad.
  void add_sparse_triads() {
    std::vector<Count> left(result_.dyads);
    for (Count& count : left) count *= std::max<std::int64_t>(graph_.n_nodes - 2, 0);
    Count connected = 0;
    for (std::size_t k = 0; k < result_.triads.size(); ++k) {
      if (result_.triads[k] == 0) continue;
      connected += result_.triads[k];
      for (const std::size_t state : triads_.pairs(k)) left[dyads_.class_of(state)] -= result_.triads[k];
    }
    Count sparse = 0;
    for (std::size_t x = 1; x < n_states_; ++x) {
      if (x > dyads_.states().reversed(x)) continue;
      const Count count = left[dyads_.class_of(x)];
      result_.triads[triads_.class_of(x)] = count;
      sparse += count;
    }
    result_.triads[triads_.class_of(0)] = choose3(graph_.n_nodes) - connected - sparse;
  }

  const GraphView<Index>& graph_;
  Shape shape_;
  bool want_triads_;
  int num_threads_;
  Stop& stop_;
  const KindedFamily& dyads_;
  const KindedFamily& triads_;
  std::size_t n_states_;
  std::size_t n_counters_;
  bool shared_;                             // by workers
  std::vector<LargeArray<Index>> at_node_;  // by node and state, its number of neighbours
  KindedCensus result_;
};

}  // namespace

template <class Index>
KindedCensus census_by_kind(const GraphView<Index>& graph, Shape shape, bool want_triads, int num_threads, Stop& stop) {
  return KindedCounter<Index>(graph, shape, want_triads, num_threads, stop).run();
}

void to_subgraph_counts(const KindedFamily& family, std::vector<Count>& counts) {
  std::vector<Count> found(counts.size(), 0);
  for (std::size_t k = 0; k < counts.size(); ++k)
    if (counts[k] != 0)
      for (const std::size_t j : family.contained_in(k)) found[j] += counts[k];
  counts = std::move(found);
}

template KindedCensus census_by_kind(const GraphView<std::int32_t>&, Shape, bool, int, Stop&);
template KindedCensus census_by_kind(const GraphView<std::int64_t>&, Shape, bool, int, Stop&);

}  // namespace motifcount
