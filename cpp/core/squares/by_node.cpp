#include "squares/by_node.hpp"

#include <utility>

#include "squares/vertex_priority.hpp"
#include "support/arrival_counts.hpp"

namespace motifcount {
namespace {

// Squares by rank.
template <class Index>
class NodeSquares {
 public:
  NodeSquares(CsrView<Index> rows, int num_threads)
      : rows_(rows), squares_(static_cast<std::size_t>(rows.n_rows()), 0), shared_(num_threads > 1) {}

  // Those whose first corner is u: any two paths from u to the same w are a square.
  void add(Index u, ArrivalCounts<std::uint32_t>& arrivals, std::vector<Index>& ends, PacedStop& pace) {
    const auto middles = rows_.row(static_cast<std::int64_t>(u));
    arrivals.next_start(squares_.size(), middles.size());
    ends.clear();
    // The k-th path to a w makes k - 1 squares with those before it.
    const std::uint64_t at_u = sum_over_paths(u, middles, rows_, pace, [&](Index w) {
      const std::uint32_t before = arrivals.count(static_cast<std::size_t>(w));
      if (before == 1) ends.push_back(w);
      return before;
    });
    if (at_u == 0) return;
    add_to(u, at_u);
    for (const Index w : ends) {
      const std::uint64_t paths = arrivals.counted(static_cast<std::size_t>(w));
      add_to(w, paths * (paths - 1) / 2);
    }
    std::uint64_t before_v = 0;
    sum_over_paths(  // a path makes a square with every other one to its w
        u, middles, rows_, pace, [&](Index w) { return arrivals.counted(static_cast<std::size_t>(w)) - 1; },
        [&](Index v, std::uint64_t sum) { add_to(v, sum - std::exchange(before_v, sum)); });
  }

  [[nodiscard]] std::int64_t at(std::size_t rank) const { return squares_[rank]; }

 private:
  void add_to(Index rank, std::uint64_t count) {
    if (count != 0) fetch_add(squares_[static_cast<std::size_t>(rank)], static_cast<std::int64_t>(count), shared_);
  }

  CsrView<Index> rows_;
  std::vector<std::int64_t> squares_;
  bool shared_;
};

}  // namespace

template <class Index>
std::vector<std::int64_t> node_squares(const CsrView<Index>& graph, int num_threads, Stop& stop) {
  const auto n = static_cast<std::size_t>(graph.n_rows());
  const auto degree = [&](auto v) { return graph.degree(static_cast<std::int64_t>(v)); };
  const Priorities<Index> priorities(n, degree);
  const Csr<Index> rows = transpose_by_rank(graph, priorities, degree, stop);  // the same as the graph, in ranks
  NodeSquares<Index> squares(rows.view(), num_threads);
  struct Scratch {
    ArrivalCounts<std::uint32_t> arrivals;
    std::vector<Index> ends;
  };
  std::vector<Scratch> workers(static_cast<std::size_t>(std::max(num_threads, 1)));
  for_each_first_corner<Index>(graph.n_rows(), num_threads, stop, [&](Index u, int worker, PacedStop& pace) {
    Scratch& scratch = workers[static_cast<std::size_t>(worker)];
    squares.add(u, scratch.arrivals, scratch.ends, pace);
  });
  std::vector<std::int64_t> by_node(n);
  for (std::size_t v = 0; v < n; ++v) by_node[v] = squares.at(priorities.rank_of(static_cast<Index>(v)));
  return by_node;
}

template std::vector<std::int64_t> node_squares(const CsrView<std::int32_t>&, int, Stop&);
template std::vector<std::int64_t> node_squares(const CsrView<std::int64_t>&, int, Stop&);

}  // namespace motifcount
