#include "tetrads/by_node.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "tetrads/node_cliques.hpp"
#include "tetrads/open_counts.hpp"

namespace motifcount {
namespace {

using Graph = RankedNeighbours<std::uint32_t>;
using Wedges = std::array<std::uint32_t, kWedges>;  // by links, at 3 x + y
constexpr std::size_t kNodesPerTask = 64;

std::int64_t pairs(std::int64_t n) { return n * (n - 1) / 2; }

class Counter {
 public:
  Counter(const Graph& graph, std::span<const std::size_t> row_of_rank, LargeArray<NodeTetrads>& counts,
          int num_threads, Stop& stop)
      : graph_(graph),
        row_(row_of_rank),
        counts_(counts),
        threads_(std::max(num_threads, 1)),
        stop_(stop),
        first_edge_(graph.n_nodes() + 1),
        around_(graph.n_nodes()) {
    for (std::size_t u = 0; u < graph.n_nodes(); ++u) first_edge_[u + 1] = first_edge_[u] + graph.above(u).size();
    shared_.assign(first_edge_.back(), Wedges{});
  }

  void run() {
    for_each_node<Marks>([&](Marks& marks, std::size_t u) { find_triangles(marks, u); });
    for_each_node<Cycles>([&](Cycles& cycles, std::size_t u) { add_cycles(cycles, u); });
    for_each_node<Cliques>([&](Cliques& cliques, std::size_t u) {
      add_wings(cliques.marks, u);
      cliques.cliques.visit(u, [&](std::size_t v, std::size_t c, std::int64_t n) { add(v, c, n); });
    });
    for_each_node<Idle>([&](Idle&, std::size_t u) { sum_around(u); });
    for_each_node<Idle>([&](Idle& idle, std::size_t u) {
      idle.pace(static_cast<std::int64_t>(200 * graph_.row(u).size()));
      add_around(u);
      make_induced(counts_[row_[u]]);
    });
  }

 private:
  struct Idle {
    explicit Idle(const Counter& c) : pace(c.stop_) {}
    PacedStop pace;
  };
  struct Marks {
    explicit Marks(const Counter& c) : pace(c.stop_), place(c.graph_.n_nodes(), 0) {}
    PacedStop pace;
    std::vector<std::uint32_t> place;  // among the nodes above u, and 1 more
  };
  struct Cliques {
    explicit Cliques(const Counter& c) : marks(c), cliques(c.graph_, c.classes_, c.stop_) {}
    Marks marks;
    NodeCliques cliques;
  };
  struct Cycles {
    explicit Cycles(const Counter& c) : pace(c.stop_), wedges(c.graph_.n_nodes(), Wedges{}) {}
    PacedStop pace;
    std::vector<Wedges> wedges;  // from u, by their far end
    std::vector<std::uint32_t> ends;
  };
  struct Around {
    std::array<std::int64_t, 9> beyond;      // [c][q]: over the neighbours by link c, of their neighbours by link q
    std::array<std::int64_t, 27> triangles;  // [x][y][z]: ordered pairs of neighbours by x and y, linked by z
  };

  template <class State, class Body>
  void for_each_node(Body body) {
    std::vector<std::optional<State>> states(static_cast<std::size_t>(threads_));
    const std::size_t n = graph_.n_nodes();
    parallel_for(static_cast<std::int64_t>((n + kNodesPerTask - 1) / kNodesPerTask), threads_, stop_,
                 [&](std::int64_t task, int worker) {
                   auto& state = states[static_cast<std::size_t>(worker)];
                   if (!state) state.emplace(*this);
                   const std::size_t begin = static_cast<std::size_t>(task) * kNodesPerTask;
                   for (std::size_t u = begin; u < std::min(begin + kNodesPerTask, n); ++u) body(*state, u);
                 });
  }

  void add(std::size_t u, std::size_t c, std::int64_t n) { fetch_add(counts_[row_[u]][c], n, threads_ > 1); }
  void see(std::size_t edge, std::size_t wedge) { fetch_add(shared_[edge][wedge], std::uint32_t{1}, threads_ > 1); }

  // visit(i, a, ua, k, b, ab, j, ub) for the triangles of u and two nodes above it, b above a: i and j are the places
  // of a and b above u, k that of b above a.
  template <class Visit>
  void for_each_triangle(Marks& marks, std::size_t u, Visit visit) {
    const auto above = graph_.above(u);
    if (above.size() < 2) return;
    for (std::size_t i = 0; i < above.size(); ++i)
      marks.place[Graph::rank_of(above[i])] = static_cast<std::uint32_t>(i + 1);
    for (std::size_t i = 0; i < above.size(); ++i) {
      const std::size_t a = Graph::rank_of(above[i]);
      const auto of_a = graph_.above(a);
      marks.pace(static_cast<std::int64_t>(1 + of_a.size()));
      for (std::size_t k = 0; k < of_a.size(); ++k) {
        const std::size_t b = Graph::rank_of(of_a[k]);
        if (marks.place[b] == 0) continue;
        const std::size_t j = marks.place[b] - 1;
        visit(i, a, Graph::link_of(above[i]), k, b, Graph::link_of(of_a[k]), j, Graph::link_of(above[j]));
      }
    }
    for (const auto entry : above) marks.place[Graph::rank_of(entry)] = 0;
  }

  void find_triangles(Marks& marks, std::size_t u) {
    for_each_triangle(marks, u,
                      [&](std::size_t i, std::size_t a, std::size_t ua, std::size_t k, std::size_t, std::size_t ab,
                          std::size_t j, std::size_t ub) {
                        see(first_edge_[a] + k, 3 * kReversedLink[ua] + kReversedLink[ub]);
                        see(first_edge_[u] + i, 3 * ub + ab);
                        see(first_edge_[u] + j, 3 * ua + kReversedLink[ab]);
                      });
  }

  // The wing v of the diamonds whose diagonal is an edge.
  void add_wing(std::size_t v, std::size_t edge, std::size_t link, std::size_t own) {
    const Wedges& others = shared_[edge];
    for (std::size_t t = 0; t < kWedges; ++t)
      if (const std::int64_t n = std::int64_t{others[t]} - (t == own); n > 0)
        add(v, classes_.diamond[(link * 9 + own) * 9 + t], n);
  }

  void add_wings(Marks& marks, std::size_t u) {
    for_each_triangle(marks, u,
                      [&](std::size_t i, std::size_t a, std::size_t ua, std::size_t k, std::size_t b, std::size_t ab,
                          std::size_t j, std::size_t ub) {
                        add_wing(u, first_edge_[a] + k, ab, 3 * kReversedLink[ua] + kReversedLink[ub]);
                        add_wing(b, first_edge_[u] + i, ua, 3 * ub + ab);
                        add_wing(a, first_edge_[u] + j, ub, 3 * ua + kReversedLink[ab]);
                      });
  }

  template <class Visit>
  void for_each_wedge(std::size_t u, Visit visit) {
    for (const auto entry : graph_.below(u)) {
      const std::size_t v = Graph::rank_of(entry);
      const auto row = graph_.row(v);
      for (auto at = row.rbegin(); at != row.rend() && Graph::rank_of(*at) > u; ++at)
        visit(v, Graph::rank_of(*at), 3 * Graph::link_of(entry) + Graph::link_of(*at));
    }
  }

  // Those whose highest node is u: pairs of wedges from u to the node opposite.
  void add_cycles(Cycles& cycles, std::size_t u) {
    for_each_wedge(u, [&](std::size_t, std::size_t w, std::size_t s) {
      Wedges& wedges = cycles.wedges[w];
      cycles.pace(1);
      if (std::ranges::all_of(wedges, [](std::uint32_t n) { return n == 0; }))
        cycles.ends.push_back(static_cast<std::uint32_t>(w));
      ++wedges[s];
    });
    for_each_wedge(u, [&](std::size_t v, std::size_t w, std::size_t s) {
      const Wedges& wedges = cycles.wedges[w];
      cycles.pace(4);
      for (std::size_t t = 0; t < kWedges; ++t)
        if (const std::int64_t n = std::int64_t{wedges[t]} - (t == s); n > 0) add(v, classes_.cycle[9 * s + t], n);
    });
    for (const std::uint32_t w : cycles.ends) {
      const Wedges wedges = cycles.wedges[w];
      cycles.wedges[w] = {};
      for_each_pair(wedges, [&](std::size_t s, std::size_t t, std::int64_t n) {
        add(u, classes_.cycle[9 * s + t], n);
        add(w, classes_.cycle[9 * s + t], n);
      });
    }
    cycles.ends.clear();
  }

  template <class Visit>
  static void for_each_pair(const Wedges& wedges, Visit visit) {
    for (std::size_t s = 0; s < kWedges; ++s) {
      if (wedges[s] == 0) continue;
      if (wedges[s] > 1) visit(s, s, pairs(wedges[s]));
      for (std::size_t t = s + 1; t < kWedges; ++t)
        if (wedges[t] > 0) visit(s, t, std::int64_t{wedges[s]} * wedges[t]);
    }
  }

  // Common neighbours of x and its neighbour v, by the links from x and from v.
  Wedges common(std::size_t x, std::size_t v, std::size_t place) const {
    if (v < x) return shared_[first_edge_[x] + place];
    const auto above = graph_.above(v);
    const auto at = std::ranges::lower_bound(above, x, {}, Graph::rank_of);
    const Wedges& seen = shared_[first_edge_[v] + static_cast<std::size_t>(at - above.begin())];
    Wedges turned;
    for (std::size_t s = 0; s < kWedges; ++s) turned[s] = seen[3 * (s % 3) + s / 3];
    return turned;
  }

  void sum_around(std::size_t u) {
    Around sums{};
    const auto row = graph_.row(u);
    for (std::size_t k = 0; k < row.size(); ++k) {
      const std::size_t v = Graph::rank_of(row[k]), c = Graph::link_of(row[k]);
      for (std::size_t q = 0; q < kLinks; ++q) sums.beyond[3 * c + q] += graph_.degrees(v)[q];
      const Wedges shared = common(u, v, k);
      for (std::size_t s = 0; s < kWedges; ++s) sums.triangles[9 * c + s] += shared[s];
    }
    around_[u] = sums;
  }

  void add_around(std::size_t x);
  void add_star_centres(std::size_t x, NodeTetrads& own);
  void add_edge(std::size_t x, std::size_t v, std::size_t c, const Wedges& shared, NodeTetrads& own,
                NodeTetrads& twice);

  std::int64_t degree(std::size_t u, std::size_t q) const { return graph_.degrees(u)[q]; }

  const Graph& graph_;
  std::span<const std::size_t> row_;
  LargeArray<NodeTetrads>& counts_;
  int threads_;
  Stop& stop_;
  NodeClasses classes_;
  std::vector<std::size_t> first_edge_;  // of a node, to those above it
  LargeArray<Wedges> shared_;            // by edge: common neighbours, by the links from its lower and its upper end
  LargeArray<Around> around_;
};

void Counter::add_star_centres(std::size_t x, NodeTetrads& own) {
  for (std::size_t a = 0; a < kLinks; ++a)
    for (std::size_t b = a; b < kLinks; ++b)
      for (std::size_t c = b; c < kLinks; ++c) {
        const std::int64_t p = degree(x, a), q = degree(x, b), r = degree(x, c);
        own[classes_.star[9 * a + 3 * b + c]] += a == b && b == c ? static_cast<std::int64_t>(choose3(p))
                                                 : a == b         ? pairs(p) * r
                                                 : b == c         ? p * pairs(q)
                                                                  : p * q * r;
      }
}

// Motifs in which x and its neighbour v are next to each other: x as a leaf, an end or a middle of a path, a node or
// the tail of a triangle with a tail, an end of a diagonal. Each triangle at a node is met in both orders.
void Counter::add_edge(std::size_t x, std::size_t v, std::size_t c, const Wedges& shared, NodeTetrads& own,
                       NodeTetrads& twice) {
  const std::size_t r = kReversedLink[c];
  const auto others = [&](std::size_t q) { return degree(v, q) - (q == r); };
  for (std::size_t a = 0; a < kLinks; ++a)
    for (std::size_t b = a; b < kLinks; ++b)
      own[classes_.star[9 * r + 3 * a + b]] += a == b ? pairs(others(a)) : others(a) * others(b);
  for (std::size_t p = 0; p < kLinks; ++p)
    for (std::size_t q = 0; q < kLinks; ++q) {
      own[classes_.path[9 * c + 3 * p + q]] += (degree(x, p) - (p == c)) * others(q) - shared[3 * p + q];
      const std::int64_t far = around_[v].beyond[3 * p + q] - (p == r ? degree(x, q) : 0);
      const std::int64_t back = q == kReversedLink[p] ? others(p) : 0;
      own[classes_.path[9 * p + 3 * r + q]] += far - back - shared[3 * kReversedLink[q] + p];
    }
  for (std::size_t k = 0; k < 27; ++k) twice[classes_.tailed[3 * k + r]] += around_[v].triangles[k];
  for (std::size_t s = 0; s < kWedges; ++s) {
    const std::int64_t n = shared[s];
    if (n == 0) continue;
    const std::size_t y = s / 3, z = s % 3;  // x to the third node, v to it
    for (std::size_t q = 0; q < kLinks; ++q) {
      own[classes_.tailed[27 * r + 9 * z + 3 * y + q]] += n * (others(q) - (q == z));
      twice[classes_.tailed[27 * c + 9 * y + 3 * z + q]] += n * (degree(x, q) - (q == c) - (q == y));
    }
    twice[classes_.tailed[27 * r + 9 * z + 3 * y + r]] -= n;
    twice[classes_.tailed[27 * z + 9 * r + 3 * kReversedLink[y] + r]] -= n;
  }
  for_each_pair(shared,
                [&](std::size_t s, std::size_t t, std::int64_t n) { own[classes_.diamond[(c * 9 + s) * 9 + t]] += n; });
}

void Counter::add_around(std::size_t x) {
  NodeTetrads& own = counts_[row_[x]];
  NodeTetrads twice{};
  add_star_centres(x, own);
  const auto row = graph_.row(x);
  for (std::size_t k = 0; k < row.size(); ++k) {
    const std::size_t v = Graph::rank_of(row[k]);
    add_edge(x, v, Graph::link_of(row[k]), common(x, v, k), own, twice);
  }
  for (std::size_t k = 0; k < kTetrads; ++k) own[k] += twice[k] / 2;
}

}  // namespace

template <class Index>
LargeArray<NodeTetrads> tetrads_by_node(const GraphView<Index>& graph, int num_threads, Stop& stop) {
  const auto n_rows = static_cast<std::size_t>(graph.out.n_rows());
  const auto refuse = [](std::size_t n) {
    throw NotSupported("by_node at size 4 counts graphs of at most " + std::to_string(kMaxNodeTetrads) +
                       " nodes with edges; this one has " + std::to_string(n));
  };
  if (n_rows > std::size_t{1} << 28) refuse(n_rows);
  Graph ranked;
  ranked.build(graph.out, stop);
  if (ranked.n_nodes() > static_cast<std::size_t>(kMaxNodeTetrads)) refuse(ranked.n_nodes());
  std::vector<std::size_t> row_of_rank(n_rows);
  for (std::size_t row = 0; row < n_rows; ++row) row_of_rank[ranked.rank_of_row()[row]] = row;
  LargeArray<NodeTetrads> counts;
  counts.assign(n_rows + 1, NodeTetrads{});
  Counter(ranked, row_of_rank, counts, num_threads, stop).run();
  return counts;
}

#define MOTIFCOUNT_INSTANTIATE(Index) \
  template LargeArray<NodeTetrads> tetrads_by_node(const GraphView<Index>&, int, Stop&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)

}  // namespace motifcount
