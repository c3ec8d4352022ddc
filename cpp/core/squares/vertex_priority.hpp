// Squares (cycles of four nodes) by vertex priority.
//
// A square is met once, at its corner u of highest priority (the node with most arcs), as two paths u - v - w over
// corners of lower priority that end in the same w. No edge is walked more often than its end of lower degree has
// arcs, so O(m^1.5) time, and hubs on both sides of an edge do no harm (the ranking of Chiba and Nishizeki 1985,
// doi:10.1137/0214017; as vertex priority for butterflies, Wang et al. 2019, doi:10.14778/3339490.3339497).
//
// Nodes are renumbered by ascending priority, so that those below u come first in every row. Two users walk over the
// paths of each u and count their arrivals at every w: layered.hpp and by_node.hpp. The census of all tetrads, for
// which the arcs of every path matter, has a walk of its own (tetrads/wedge_walk.hpp). The slow counts to hold them
// against are pair_tetrads in cpp/tests/tools/wedge_oracle.hpp and brute_node_squares in
// cpp/tests/tools/brute_force.hpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/degree_ranks.hpp"
#include "support/large_array.hpp"
#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

// Nodes numbered by ascending degree(node), of equal ones the last first.
template <class Index>
class Priorities {
 public:
  template <class Degree>
  Priorities(std::size_t n, Degree degree) : rank_of_(degree_ranks<Index>(n, degree)), node_at_(n) {
    for (std::size_t v = 0; v < n; ++v) {
      rank_of_[v] = static_cast<Index>(n - 1) - rank_of_[v];
      node_at_[static_cast<std::size_t>(rank_of_[v])] = static_cast<Index>(v);
    }
  }

  [[nodiscard]] std::size_t n_nodes() const { return node_at_.size(); }
  [[nodiscard]] std::size_t rank_of(Index v) const {
    return static_cast<std::size_t>(rank_of_[static_cast<std::size_t>(v)]);
  }
  [[nodiscard]] Index node_at(std::size_t rank) const { return node_at_[rank]; }

 private:
  LargeArray<Index> rank_of_;
  std::vector<Index> node_at_;
};

// The transpose in ranks: row r lists, in ascending order, the ranks of the nodes with an arc to the node of rank r.
template <class Index, class InDegree>
Csr<Index> transpose_by_rank(const CsrView<Index>& out, const Priorities<Index>& priorities, InDegree in_degree,
                             Stop& stop) {
  const std::size_t n = priorities.n_nodes();
  Csr<Index> in;
  in.indptr.assign(n + 1, 0);
  for (std::size_t r = 0; r < n; ++r)
    in.indptr[r + 1] = static_cast<Index>(in.indptr[r] + static_cast<Index>(in_degree(priorities.node_at(r))));
  in.indices.resize(out.indices.size());
  std::vector<Index> next(in.indptr.begin(), in.indptr.end() - 1);
  PacedStop pace(stop);
  for (std::size_t r = 0; r < n; ++r) {  // by rank, so that rows come out sorted
    const auto row = out.row(static_cast<std::int64_t>(priorities.node_at(r)));
    pace(1 + kScatterUnits * static_cast<std::int64_t>(row.size()));
    for (const Index v : row)
      in.indices[static_cast<std::size_t>(next[priorities.rank_of(v)]++)] = static_cast<Index>(r);
  }
  return in;
}

// body(u, worker, pace) for all ranks u, in parallel; from the highest on, which take longest.
template <class Index, class Body>
void for_each_first_corner(std::int64_t n, int num_threads, Stop& stop, Body body) {
  constexpr std::int64_t corners_per_task = 1 << 6;
  parallel_for((n + corners_per_task - 1) / corners_per_task, num_threads, stop, [&](std::int64_t task, int worker) {
    PacedStop pace(stop);
    const std::int64_t last = n - task * corners_per_task;
    for (std::int64_t u = std::max<std::int64_t>(0, last - corners_per_task); u < last; ++u)
      body(static_cast<Index>(u), worker, pace);
  });
}

// Sum of visit(w) over the paths u - v - w with v among the sorted `middles` and w in v's row, both below u. After the
// paths over one v, leave(v, sum so far).
template <class Index, class Visit, class Leave>
std::uint64_t sum_over_paths(Index u, std::span<const Index> middles, const CsrView<Index>& rows, PacedStop& pace,
                             Visit visit, Leave leave) {
  constexpr std::int64_t units_per_path = 2;  // of a PacedStop
  constexpr std::size_t rows_ahead = 4;       // prefetched while walking
  std::uint64_t sum = 0;
  for (std::size_t k = 0; k < middles.size() && middles[k] < u; ++k) {
    if (k + rows_ahead < middles.size())
      __builtin_prefetch(rows.row(static_cast<std::int64_t>(middles[k + rows_ahead])).data());
    const auto row = rows.row(static_cast<std::int64_t>(middles[k]));
    std::size_t j = 0;
    for (; j < row.size() && row[j] < u; ++j) sum += visit(row[j]);
    pace(units_per_path * static_cast<std::int64_t>(j));
    leave(middles[k], sum);
  }
  return sum;
}
template <class Index, class Visit>
std::uint64_t sum_over_paths(Index u, std::span<const Index> middles, const CsrView<Index>& rows, PacedStop& pace,
                             Visit visit) {
  return sum_over_paths(u, middles, rows, pace, visit, [](Index, std::uint64_t) {});
}

}  // namespace motifcount
