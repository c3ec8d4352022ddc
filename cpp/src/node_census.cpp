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

using ClosedTriads = std::array<std::int64_t, kTriads - kFirstClosed>;

// The triangles found at one node u, at each node of its list. The counts that workers share are touched once a node,
// and lie by rank: those of hubs, which are in most lists, side by side.
template <class Index>
class TriangleSpreader {
 public:
  explicit TriangleSpreader(const OrientedGraph<Index>& graph)
      : position_(graph.n_nodes()), columns_(kColumnsPerWord * graph.most_words()) {}

  void add(const OrientedGraph<Index>& graph, std::size_t u, const Marks<Index>& marks,
           std::span<ClosedTriads> counts, bool shared) {
    const auto row = graph.row(u);
    for (std::size_t k = 0; k < row.size(); ++k) position_[rank_of(row[k])] = static_cast<Index>(k);
    at_position_.assign(row.size(), {});
    lists_.for_each_batch(graph, u, [&] {
      for (const auto& tail : lists_.tails()) add_tail(tail, marks);
      for (std::size_t uv = 1; uv < 4; ++uv)
        if (!lists_.planes(uv).empty()) add_planes(row, marks, uv);
    });
    const auto give = [&](std::size_t rank, const ClosedTriads& found) {
      for (std::size_t bin = 0; bin < found.size(); ++bin)
        if (found[bin] != 0) fetch_add(counts[rank][bin], found[bin], shared);
    };
    ClosedTriads at_u{};
    for (std::size_t k = 0; k < row.size(); ++k) {
      for (std::size_t bin = 0; bin < at_u.size(); ++bin) at_u[bin] += at_position_[k][bin];
      give(rank_of(row[k]), at_position_[k]);
    }
    for (std::int64_t& count : at_u) count /= 2;  // each was met at its v and at its w
    give(u, at_u);
  }

 private:
  using Entry = typename OrientedGraph<Index>::Entry;

  static std::size_t rank_of(Entry entry) { return static_cast<std::size_t>(entry >> 2); }
  static std::size_t bin_of(std::size_t uv, std::size_t uw, std::size_t vw) {
    return kTriadOfCode[triad_code(uv, uw, vw)] - kFirstClosed;
  }

  void add_tail(const typename NeighbourLists<Index>::Tail& tail, const Marks<Index>& marks) {
    for (const Entry entry : tail.entries) {
      const std::size_t w = rank_of(entry);
      if (!marks.has(w)) continue;
      const std::size_t bin = bin_of(tail.uv, marks.code(w), entry & 3);
      ++at_position_[tail.position][bin];
      ++at_position_[static_cast<std::size_t>(position_[w])][bin];
    }
  }

  // At every v how many w there are, at every w how many v: sums over rows of bits and over their columns.
  void add_planes(std::span<const Entry> row, const Marks<Index>& marks, std::size_t uv) {
    const auto rows = lists_.planes(uv);
    std::size_t n_words = 0;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      PlaneSums products{};
      bit_kernels().plane_products(marks.planes(), &rows[r], 1, products);
      ClosedTriads& at_v = at_position_[lists_.positions(uv)[r]];
      for_each_code(products, [&](std::size_t uw, std::size_t vw, std::uint64_t count) {
        at_v[bin_of(uv, uw, vw)] += static_cast<std::int64_t>(count);
      });
      n_words = std::max(n_words, rows[r].n_words);
    }
    bit_kernels().plane_columns(marks.planes(), rows.data(), rows.size(), columns_.data());
    std::size_t word = 0;
    for (std::size_t k = 0; k < row.size() && rank_of(row[k]) < n_words * kWordBits; ++k) {
      while (marks.planes().index[word] != rank_of(row[k]) / kWordBits) ++word;
      const std::uint8_t* const column = columns_.data() + kColumnsPerWord * word + rank_of(row[k]) % kWordBits;
      const int out = column[0], in = column[kWordBits], both = column[2 * kWordBits];
      ClosedTriads& at_w = at_position_[k];
      at_w[bin_of(uv, row[k] & 3, 1)] += out - both;
      at_w[bin_of(uv, row[k] & 3, 2)] += in - both;
      at_w[bin_of(uv, row[k] & 3, 3)] += both;
    }
  }

  std::vector<Index> position_;  // by rank: where in the list of u
  std::vector<ClosedTriads> at_position_;
  NeighbourLists<Index> lists_;
  std::vector<std::uint8_t> columns_;
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
    LargeArray<ClosedTriads> closed(graph.n_nodes());
    for_each_row([&](std::int64_t v) { closed[static_cast<std::size_t>(v)] = {}; });
    std::vector<std::optional<TriangleSpreader<Index>>> spreaders(static_cast<std::size_t>(num_threads_));
    for_each_list(graph, num_threads_, stop_, [&](std::size_t u, const Marks<Index>& marks, std::size_t id) {
      if (!spreaders[id]) spreaders[id].emplace(graph);
      spreaders[id]->add(graph, u, marks, closed, num_threads_ > 1);
    });
    for_each_row([&](std::int64_t v) {
      const auto rank = static_cast<std::size_t>(graph.rank_of()[static_cast<std::size_t>(v)]);
      std::ranges::copy(closed[rank], result_.triads[static_cast<std::size_t>(v)].begin() + kFirstClosed);
    });
  }

  void count_dyads() {
    result_.dyads.assign(static_cast<std::size_t>(n_rows_) + 1, NodeDyads{});
    numbers_.resize(static_cast<std::size_t>(n_rows_));
    for_each_row([&](std::int64_t v) {
      DyadNumbers& numbers = numbers_[static_cast<std::size_t>(v)];
      numbers = {};
      for_each_neighbour(out_.row(v), in_.view().row(v), [&](Index, unsigned code) { ++numbers[code]; });
      NodeDyads& dyads = result_.dyads[static_cast<std::size_t>(v)];
      dyads[kMutual] = numbers[3];
      dyads[kAsymmetric] = std::int64_t{numbers[1]} + numbers[2];
    });
    for (NodeDyads& dyads : result_.dyads) {
      dyads[kNull] = std::max<std::int64_t>(n_nodes_ - 1, 0) - dyads[kMutual] - dyads[kAsymmetric];
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
    std::array<std::array<std::int64_t, 4>, 4> others{};  // neighbours' numbers, by the code that they see v with
    for_each_neighbour(out_.row(v), in_.view().row(v), [&](Index u, unsigned code) {
      const unsigned back = (code & 1) << 1 | code >> 1;
      for (unsigned y = 1; y < 4; ++y) others[back][y] += numbers_[static_cast<std::size_t>(u)][y];
      --others[back][back];  // v itself
    });
    for (unsigned x = 1; x < 4; ++x)
      for (unsigned y = 1; y < 4; ++y) found[kWedge[x][y]] += others[x][y];
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

  using DyadNumbers = std::array<Index, 4>;  // of a node's neighbours, by dyad code

  CsrView<Index> out_;
  std::int64_t n_nodes_;
  bool want_triads_;
  int num_threads_;
  Stop& stop_;
  std::int64_t n_rows_;
  Csr<Index> in_;
  LargeArray<DyadNumbers> numbers_;
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
