#include "graph/build.hpp"

#include <algorithm>
#include <numeric>

#include "graph/csr.hpp"

namespace motifcount {
namespace {

// Drops repeated entries from sorted rows, in place.
template <class Index>
void merge_duplicates(Csr<Index>& graph, PacedStop& pace) {
  std::size_t kept = 0;
  std::size_t begin = 0;
  for (std::size_t row = 0; row + 1 < graph.indptr.size(); ++row) {
    const auto end = static_cast<std::size_t>(graph.indptr[row + 1]);
    const std::size_t row_start = kept;
    pace(1 + static_cast<std::int64_t>(end - begin));
    for (std::size_t k = begin; k < end; ++k)
      if (kept == row_start || graph.indices[kept - 1] != graph.indices[k]) graph.indices[kept++] = graph.indices[k];
    begin = end;
    graph.indptr[row + 1] = static_cast<Index>(kept);
  }
  graph.indices.resize(kept);
}

template <class Node>
bool in_order_of_rows(std::span<const Edge<Node>> edges, PacedStop& pace) {
  constexpr std::size_t stretch = 1 << 12;
  for (std::size_t k = 1; k < edges.size(); ++k) {
    const Edge<Node>&before = edges[k - 1], &edge = edges[k];
    if (edge.source < before.source || (edge.source == before.source && edge.target < before.target)) return false;
    if (k % stretch == 0) pace(static_cast<std::int64_t>(stretch));
  }
  return true;
}

template <class Node>
std::vector<std::int64_t> endpoints(std::span<const Node> sources, std::span<const Node> targets) {
  std::vector<std::int64_t> ids(sources.begin(), sources.end());
  ids.insert(ids.end(), targets.begin(), targets.end());
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace

template <class Index, class Node>
void SortedRows<Index, Node>::build(std::span<const Edge<Node>> edges, std::int64_t n_rows, Csr<Index>& out,
                                    Stop& stop) {
  const auto n = static_cast<std::size_t>(n_rows);
  out.indptr.assign(n + 1, 0);
  out.indices.resize(edges.size());
  PacedStop pace(stop);
  if (in_order_of_rows(edges, pace)) {
    for_each_below(edges.size(), pace, [&](std::size_t k) {
      ++out.indptr[static_cast<std::size_t>(edges[k].source) + 1];
      out.indices[k] = static_cast<Index>(edges[k].target);
    });
    std::inclusive_scan(out.indptr.begin(), out.indptr.end(), out.indptr.begin());
    return;
  }

  // Counting sort by target, then by source.
  reversed_.indptr.assign(n + 1, 0);
  reversed_.indices.resize(edges.size());
  for_each_paced(edges, pace, [&](const Edge<Node>& edge) {
    ++reversed_.indptr[static_cast<std::size_t>(edge.target)];
    ++out.indptr[static_cast<std::size_t>(edge.source)];
  });
  for (std::vector<Index>* counts : {&reversed_.indptr, &out.indptr})
    std::exclusive_scan(counts->begin(), counts->end(), counts->begin(), Index{0});

  cursor_.assign(reversed_.indptr.begin(), reversed_.indptr.end());
  for_each_paced(edges, pace, [&](const Edge<Node>& edge) {
    reversed_.indices[static_cast<std::size_t>(cursor_[static_cast<std::size_t>(edge.target)]++)] =
        static_cast<Index>(edge.source);
  });
  cursor_.assign(out.indptr.begin(), out.indptr.end());
  for (std::size_t v = 0; v < n; ++v) {
    pace(kScatterUnits * reversed_.view().degree(static_cast<std::int64_t>(v)));
    for (const Index u : reversed_.view().row(static_cast<std::int64_t>(v)))
      out.indices[static_cast<std::size_t>(cursor_[static_cast<std::size_t>(u)]++)] = static_cast<Index>(v);
  }
}

template <class Index, class Node>
BuiltGraph<Index> build_graph(std::span<const Node> sources, std::span<const Node> targets, std::int64_t n_nodes,
                              bool keep_all_rows, Stop& stop) {
  if (sources.size() != targets.size())
    throw InvalidGraph("src and dst must have the same length, not " + std::to_string(sources.size()) + " and " +
                       std::to_string(targets.size()));
  PacedStop pace(stop);
  const auto check_range = [&](const char* name, std::span<const Node> ends) {
    for_each_paced(ends, pace, [&](Node v) {
      if (v < 0 || v >= n_nodes) throw_out_of_range(name, v, n_nodes);
    });
  };
  check_range("src", sources);
  check_range("dst", targets);

  BuiltGraph<Index> result;
  const bool leave_out = !keep_all_rows && isolated_nodes_dominate(n_nodes, std::ssize(sources));
  if (leave_out) result.node_ids = endpoints(sources, targets);
  const auto row_of = [&](Node v) {
    return leave_out ? std::ranges::lower_bound(result.node_ids, v) - result.node_ids.begin()
                     : static_cast<std::int64_t>(v);
  };

  std::vector<Edge<Index>> edges;
  edges.reserve(sources.size());
  for_each_below(sources.size(), pace, [&](std::size_t k) {
    if (sources[k] != targets[k])
      edges.push_back({static_cast<Index>(row_of(sources[k])), static_cast<Index>(row_of(targets[k]))});
  });
  result.n_loops = std::ssize(sources) - std::ssize(edges);
  const auto n_rows = leave_out ? static_cast<std::int64_t>(result.node_ids.size()) : n_nodes;
  SortedRows<Index, Index>{}.build(edges, n_rows, result.out, stop);
  merge_duplicates(result.out, pace);
  return result;
}

template <class Index>
BuiltGraph<Index> canonical_form(const CsrView<Index>& view, std::span<const std::uint8_t> keep, Stop& stop) {
  BuiltGraph<Index> result;
  std::vector<Edge<Index>> edges;
  edges.reserve(view.indices.size());
  std::size_t k = 0;
  PacedStop pace(stop);
  for (std::int64_t u = 0; u < view.n_rows(); ++u) {
    pace(view.degree(u));
    for (const Index v : view.row(u)) {
      if (keep.empty() || keep[k] != 0) {
        if (v == u) ++result.n_loops;
        else edges.push_back({static_cast<Index>(u), v});
      }
      ++k;
    }
  }
  SortedRows<Index, Index>{}.build(edges, view.n_rows(), result.out, stop);
  merge_duplicates(result.out, pace);
  return result;
}

#define MOTIFCOUNT_INSTANTIATE(Index)                                                                         \
  template class SortedRows<Index, std::uint32_t>;                                                            \
  template BuiltGraph<Index> build_graph<Index>(std::span<const std::int32_t>, std::span<const std::int32_t>, \
                                                std::int64_t, bool, Stop&);                                   \
  template BuiltGraph<Index> build_graph<Index>(std::span<const std::int64_t>, std::span<const std::int64_t>, \
                                                std::int64_t, bool, Stop&);                                   \
  template BuiltGraph<Index> canonical_form(const CsrView<Index>&, std::span<const std::uint8_t>, Stop&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)
#undef MOTIFCOUNT_INSTANTIATE

}  // namespace motifcount
