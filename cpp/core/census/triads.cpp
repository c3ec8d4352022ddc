#include "census/triads.hpp"

#include <algorithm>

#include "graph/csr.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kNodesPerTask = 1 << 11;

// Neighbours of one node in one layer, by dyad code.
struct NeighbourGroup {
  std::int32_t layer;
  std::array<std::int64_t, 4> count;
};

struct Worker {
  std::vector<DyadCounts> dyads;
  std::vector<TriadCounts> wedges;
  std::vector<std::array<std::int64_t, 4>> by_layer;  // zero between nodes
  std::vector<NeighbourGroup> groups;
};

template <class Index>
class TriadCounter {
 public:
  TriadCounter(const GraphView<Index>& graph, Shape shape, bool want_triads, bool by_block, int num_threads, Stop& stop)
      : graph_(graph),
        shape_(shape),
        want_triads_(want_triads),
        by_block_(by_block),
        num_threads_(std::max(num_threads, 1)),
        stop_(stop),
        tuples_(by_block ? static_cast<std::int64_t>(graph.groups.layer_sizes.size()) : 1) {}

  Census run() {
    const bool list_triangles = shape_ == Shape::kGeneral && want_triads_;
    if (shape_ == Shape::kStrict || list_triangles) in_degrees_ = in_degrees(graph_.out, num_threads_, stop_);
    if (list_triangles) list_closed();
    if (!by_totals()) in_ = transpose(graph_.out, stop_);
    visit_nodes();
    add_null_dyads();
    if (want_triads_) {
      for (std::size_t t = 0; t < closed_.counts.size(); ++t) subtract_closed(closed_.counts[t], result_.triads[t]);
      add_sparse_triads();
    }
    return std::move(result_);
  }

 private:
  std::int32_t layer_of(std::int64_t v) const {
    return by_block_ ? graph_.groups.layers[static_cast<std::size_t>(v)] : 0;
  }
  std::int64_t layer_size(std::int64_t layer) const {
    return by_block_ ? graph_.groups.layer_sizes[static_cast<std::size_t>(layer)] : graph_.n_nodes;
  }

  // Whether the numbers of a node's neighbours are known without looking at them.
  bool by_totals() const { return shape_ == Shape::kStrict || (!by_block_ && !closed_.mutual.empty()); }

  void list_closed() {
    const auto layers = by_block_ ? graph_.groups.layers : std::span<const std::int32_t>{};
    closed_ = closed_triads<Index>(graph_.out, in_degrees_, layers, tuples_, num_threads_, stop_);
  }

  void visit_nodes() {
    const std::int64_t n = graph_.out.n_rows();
    std::vector<Worker> workers(static_cast<std::size_t>(num_threads_));
    parallel_for((n + kNodesPerTask - 1) / kNodesPerTask, num_threads_, stop_, [&](std::int64_t task, int id) {
      Worker& worker = workers[static_cast<std::size_t>(id)];
      if (worker.dyads.empty()) {
        worker.dyads.assign(tuples_.pairs().size(), DyadCounts{});
        worker.wedges.assign(tuples_.triples().size(), TriadCounts{});
        worker.by_layer.assign(static_cast<std::size_t>(tuples_.n_layers()), {});
      }
      const std::int64_t last = std::min(n, (task + 1) * kNodesPerTask);
      for (std::int64_t u = task * kNodesPerTask; u < last; ++u) {
        group_neighbours(u, worker);
        add_dyads(u, worker);
        if (want_triads_) add_wedges(u, worker);
      }
    });
    result_.dyads.assign(tuples_.pairs().size(), DyadCounts{});
    result_.triads.assign(want_triads_ ? tuples_.triples().size() : 0, TriadCounts{});
    for (const Worker& worker : workers) {
      for (std::size_t p = 0; p < worker.dyads.size(); ++p)
        for (std::size_t k = 0; k < kDyads; ++k) result_.dyads[p][k] += worker.dyads[p][k];
      for (std::size_t t = 0; want_triads_ && t < worker.wedges.size(); ++t)
        for (std::size_t k = 0; k < kTriads; ++k) result_.triads[t][k] += worker.wedges[t][k];
    }
  }

  void group_neighbours(std::int64_t u, Worker& worker) {
    worker.groups.clear();
    if (by_totals()) {
      const std::int64_t n_out = graph_.out.degree(u);
      const std::int64_t n_in = in_degrees_[static_cast<std::size_t>(u)];
      if (!by_block_) {
        const std::int64_t mutual = closed_.mutual.empty() ? 0 : closed_.mutual[static_cast<std::size_t>(u)];
        worker.groups.push_back({0, {0, n_out - mutual, n_in - mutual, mutual}});
      } else {
        if (n_in > 0) worker.groups.push_back({layer_of(u) - 1, {0, 0, n_in, 0}});
        if (n_out > 0) worker.groups.push_back({layer_of(u) + 1, {0, n_out, 0, 0}});
      }
      return;
    }
    for_each_neighbour(graph_.out.row(u), in_.view().row(u), [&](Index v, unsigned code) {
      const std::int32_t layer = layer_of(static_cast<std::int64_t>(v));
      auto& count = worker.by_layer[static_cast<std::size_t>(layer)];
      if (count[1] + count[2] + count[3] == 0) worker.groups.push_back({layer, {}});
      ++count[code];
    });
    for (auto& group : worker.groups) {
      auto& count = worker.by_layer[static_cast<std::size_t>(group.layer)];
      group.count = count;
      count = {};
    }
  }

  // An asymmetric dyad is counted at its tail; a mutual one twice, once from either end, and halved at the end.
  void add_dyads(std::int64_t u, Worker& worker) {
    for (const NeighbourGroup& group : worker.groups) {
      auto& dyads = worker.dyads[tuples_.pair(layer_of(u), group.layer)];
      dyads[kAsymmetric] += group.count[1];
      dyads[kMutual] += group.count[3];
    }
  }

  void add_wedges(std::int64_t u, Worker& worker) {
    for (std::size_t g = 0; g < worker.groups.size(); ++g)
      for (std::size_t h = g; h < worker.groups.size(); ++h) {
        const NeighbourGroup& a = worker.groups[g];
        const NeighbourGroup& b = worker.groups[h];
        auto& wedges = worker.wedges[tuples_.triple(layer_of(u), a.layer, b.layer)];
        for (unsigned x = 1; x < 4; ++x) {
          if (a.count[x] == 0) continue;
          for (unsigned y = g == h ? x : 1; y < 4; ++y)
            wedges[kWedge[x][y]] += g == h && x == y ? choose2(a.count[x]) : Count{a.count[x]} * b.count[y];
        }
      }
  }

  void add_null_dyads() {
    for (std::size_t p = 0; p < result_.dyads.size(); ++p) {
      const auto [a, b] = tuples_.pairs()[p];
      auto& dyads = result_.dyads[p];
      dyads[kMutual] /= 2;
      const Count pairs = a == b ? choose2(layer_size(a)) : Count{layer_size(a)} * layer_size(b);
      dyads[kNull] = pairs - dyads[kMutual] - dyads[kAsymmetric];
    }
  }

  void add_sparse_triads() {
    for (std::size_t t = 0; t < result_.triads.size(); ++t) {
      const auto [a, b, c] = tuples_.triples()[t];
      auto& triads = result_.triads[t];
      Count asymmetric = 0;
      Count mutual = 0;
      const auto meet = [&](std::int32_t x, std::int32_t y, std::int32_t third) {
        const Count others = layer_size(third) - (x == third) - (y == third);
        if (others <= 0) return;
        const auto& dyads = result_.dyads[tuples_.pair(x, y)];
        asymmetric += dyads[kAsymmetric] * others;
        mutual += dyads[kMutual] * others;
      };
      meet(a, b, c);
      if (b != c) meet(a, c, b);
      if (a != b) meet(b, c, a);
      fill_sparse_triads(triads, asymmetric, mutual, n_triples(a, b, c));
    }
  }

  Count n_triples(std::int64_t a, std::int64_t b, std::int64_t c) const {
    if (a == c) return choose3(layer_size(a));
    if (a == b) return choose2(layer_size(a)) * layer_size(c);
    if (b == c) return choose2(layer_size(b)) * layer_size(a);
    return Count{layer_size(a)} * layer_size(b) * layer_size(c);
  }

  const GraphView<Index>& graph_;
  Shape shape_;
  bool want_triads_, by_block_;
  int num_threads_;
  Stop& stop_;
  LayerTuples tuples_;
  std::vector<Index> in_degrees_;
  ClosedTriads<Index> closed_;  // if triangles are to be listed
  Csr<Index> in_;               // unless by_totals
  Census result_;
};

}  // namespace

void subtract_closed(const TriadCounts& closed, TriadCounts& triads) {
  for (std::size_t j = 0; j < kTriads; ++j) {
    if (closed[j] == 0) continue;
    for (std::size_t k = 0; k < kTriads; ++k) triads[k] -= closed[j] * kTriadTables.wedges[k][j];
    triads[j] += closed[j];
  }
}

template <class Index>
Census census(const GraphView<Index>& graph, Shape shape, bool want_triads, bool by_block, int num_threads,
              Stop& stop) {
  return TriadCounter<Index>(graph, shape, want_triads, by_block, num_threads, stop).run();
}

template Census census(const GraphView<std::int32_t>&, Shape, bool, bool, int, Stop&);
template Census census(const GraphView<std::int64_t>&, Shape, bool, bool, int, Stop&);

}  // namespace motifcount
