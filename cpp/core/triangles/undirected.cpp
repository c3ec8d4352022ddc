#include "triangles/undirected.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace motifcount {
namespace {

constexpr std::int64_t kNodesPerTask = 1 << 6;

// Whether v comes before w: by falling degree, then by number.
template <class Index>
bool before(const CsrView<Index>& graph, Index v, Index w) {
  const std::int64_t dv = graph.degree(v);
  const std::int64_t dw = graph.degree(w);
  return dv > dw || (dv == dw && v < w);
}

// body(node, worker's array of n zeros, pace); the body leaves zeros behind.
template <class Index, class Body>
void for_each_node(const CsrView<Index>& graph, int num_threads, Stop& stop, Body body) {
  const std::int64_t n = graph.n_rows();
  std::vector<std::vector<std::uint32_t>> zeros(static_cast<std::size_t>(std::max(num_threads, 1)));
  parallel_for((n + kNodesPerTask - 1) / kNodesPerTask, num_threads, stop, [&](std::int64_t task, int id) {
    auto& mine = zeros[static_cast<std::size_t>(id)];
    if (mine.empty()) mine.assign(static_cast<std::size_t>(n), 0);
    PacedStop pace(stop);
    const std::int64_t last = std::min(n, (task + 1) * kNodesPerTask);
    for (std::int64_t v = task * kNodesPerTask; v < last; ++v) body(static_cast<Index>(v), std::span(mine), pace);
  });
}

}  // namespace

template <class Index>
std::vector<Index> edge_triangles(const CsrView<Index>& graph, int num_threads, Stop& stop) {
  std::vector<Index> triangles(graph.indices.size());
  const auto first_entry = [&](Index v) { return static_cast<std::size_t>(graph.indptr[static_cast<std::size_t>(v)]); };
  for_each_node(graph, num_threads, stop, [&](Index u, std::span<std::uint32_t> marks, PacedStop& pace) {
    const auto row = graph.row(u);
    for (const Index v : row) marks[static_cast<std::size_t>(v)] = 1;
    for (std::size_t k = 0; k < row.size(); ++k) {
      const Index v = row[k];
      if (!before(graph, u, v)) continue;
      const auto other = graph.row(v);
      pace(static_cast<std::int64_t>(other.size()));
      Index found = 0;
      for (const Index w : other) found += static_cast<Index>(marks[static_cast<std::size_t>(w)]);
      const auto back = static_cast<std::size_t>(std::ranges::lower_bound(other, u) - other.begin());
      triangles[first_entry(u) + k] = triangles[first_entry(v) + back] = found;
    }
    for (const Index v : row) marks[static_cast<std::size_t>(v)] = 0;
  });
  return triangles;
}

// A square is found at its first node u: paths u - v - w by their end w, of which any two make a square.
template <class Index>
std::vector<std::int64_t> node_squares(const CsrView<Index>& graph, int num_threads, Stop& stop) {
  std::vector<std::int64_t> squares(static_cast<std::size_t>(graph.n_rows()), 0);
  const auto add = [&](Index v, std::int64_t count) {
    if (count != 0) fetch_add(squares[static_cast<std::size_t>(v)], count, num_threads > 1);
  };
  for_each_node(graph, num_threads, stop, [&](Index u, std::span<std::uint32_t> paths, PacedStop& pace) {
    const auto for_each_path = [&](auto visit, auto leave) {
      for (const Index v : graph.row(u)) {
        if (!before(graph, u, v)) continue;
        pace(graph.degree(v));
        for (const Index w : graph.row(v))
          if (before(graph, u, w)) visit(w, paths[static_cast<std::size_t>(w)]);
        leave(v);
      }
    };
    for_each_path([](Index, std::uint32_t& count) { ++count; }, [](Index) {});
    std::int64_t of_v = 0;
    for_each_path([&](Index, std::uint32_t count) { of_v += count - 1; },
                  [&](Index v) { add(v, std::exchange(of_v, 0)); });
    std::int64_t of_u = 0;
    for_each_path(
        [&](Index w, std::uint32_t& count) {
          const std::int64_t pairs = std::int64_t{count} * (std::int64_t{count} - 1) / 2;
          of_u += pairs;
          if (count > 0) add(w, pairs);
          count = 0;
        },
        [](Index) {});
    add(u, of_u);
  });
  return squares;
}

template std::vector<std::int32_t> edge_triangles(const CsrView<std::int32_t>&, int, Stop&);
template std::vector<std::int64_t> edge_triangles(const CsrView<std::int64_t>&, int, Stop&);
template std::vector<std::int64_t> node_squares(const CsrView<std::int32_t>&, int, Stop&);
template std::vector<std::int64_t> node_squares(const CsrView<std::int64_t>&, int, Stop&);

}  // namespace motifcount
