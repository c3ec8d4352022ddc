#include "graph/csr.hpp"

#include <algorithm>
#include <atomic>
#include <string>

namespace motifcount {
namespace {

constexpr std::int64_t kRowsPerTask = 1 << 15;
constexpr std::int64_t kArcsPerTask = 1 << 18;
constexpr std::int64_t kArcsPerCounter = 4;  // that make a worker's own counter of a node worth while
constexpr std::int64_t kScatterUnits = 8;    // of a PacedStop, for an arc written to a random place

// visit(k) for all k below a large n.
template <class Visit>
void for_each_below(std::size_t n, PacedStop& pace, Visit visit) {
  constexpr std::size_t stretch = 1 << 12;
  for (std::size_t k = 0; k < n; ++k) {
    if (k % stretch == 0) pace(kScatterUnits * static_cast<std::int64_t>(stretch));
    visit(k);
  }
}

// visit(item) for all items of a long array.
template <class Items, class Visit>
void for_each_paced(const Items& items, PacedStop& pace, Visit visit) {
  for_each_below(items.size(), pace, [&](std::size_t k) { visit(items[k]); });
}

template <class Index>
void count_to_offsets(std::vector<Index>& indptr) {
  Index total = 0;
  for (auto& entry : indptr) {
    const Index count = entry;
    entry = total;
    total += count;
  }
}

template <class Index>
void check_indptr(const CsrView<Index>& view) {
  if (view.indptr.empty()) throw InvalidGraph("indptr: is empty; it needs n_rows + 1 entries");
  if (view.indptr[0] != 0)
    throw InvalidGraph("indptr: starts at " + std::to_string(view.indptr[0]) + "; it must start at 0");
  for (std::size_t i = 1; i < view.indptr.size(); ++i)
    if (view.indptr[i] < view.indptr[i - 1])
      throw InvalidGraph("indptr: falls from " + std::to_string(view.indptr[i - 1]) + " to " +
                         std::to_string(view.indptr[i]) + " at row " + std::to_string(i - 1) +
                         "; it must never fall");
  if (static_cast<std::int64_t>(view.indptr.back()) != view.n_edges())
    throw InvalidGraph("indptr: ends at " + std::to_string(view.indptr.back()) + " but there are " +
                       std::to_string(view.n_edges()) + " indices");
}

[[noreturn]] void throw_out_of_range(const char* what, std::int64_t value, std::int64_t n) {
  throw InvalidGraph(std::string(what) + ": " + std::to_string(value) + " is outside the range 0 to " +
                     std::to_string(n - 1) + " of a graph with " + std::to_string(n) + " nodes");
}

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
      if (kept == row_start || graph.indices[kept - 1] != graph.indices[k])
        graph.indices[kept++] = graph.indices[k];
    begin = end;
    graph.indptr[row + 1] = static_cast<Index>(kept);
  }
  graph.indices.resize(kept);
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

template <class Index>
bool is_canonical(const CsrView<Index>& view, std::int64_t n_cols, int num_threads, Stop& stop) {
  check_indptr(view);
  std::atomic<bool> canonical{true};
  const std::int64_t n_rows = view.n_rows();
  const std::int64_t n_tasks = (n_rows + kRowsPerTask - 1) / kRowsPerTask;
  parallel_for(n_tasks, num_threads, stop, [&](std::int64_t task, int) {
    bool good = true;
    const std::int64_t last = std::min(n_rows, (task + 1) * kRowsPerTask);
    for (std::int64_t u = task * kRowsPerTask; u < last; ++u) {
      std::int64_t previous = -1;
      std::int64_t lowest = 0;
      std::int64_t highest = -1;
      for (const Index v : view.row(u)) {
        good &= (v > previous) & (v != u);
        previous = v;
        lowest = std::min<std::int64_t>(lowest, v);
        highest = std::max<std::int64_t>(highest, v);
      }
      if (lowest < 0) throw_out_of_range("indices", lowest, n_cols);
      if (highest >= n_cols) throw_out_of_range("indices", highest, n_cols);
    }
    if (!good) canonical.store(false, std::memory_order_relaxed);
  });
  return canonical.load();
}

template <class Index>
Csr<Index> transpose(const CsrView<Index>& view, Stop& stop) {
  Csr<Index> result;
  const auto n = static_cast<std::size_t>(view.n_rows());
  result.indptr.assign(n + 1, 0);
  result.indices.resize(view.indices.size());
  PacedStop pace(stop);
  for_each_paced(view.indices, pace, [&](Index v) { ++result.indptr[static_cast<std::size_t>(v)]; });
  count_to_offsets(result.indptr);
  for (std::size_t u = 0; u < n; ++u) {
    pace(kScatterUnits * view.degree(static_cast<std::int64_t>(u)));
    for (const Index v : view.row(static_cast<std::int64_t>(u)))
      result.indices[static_cast<std::size_t>(result.indptr[static_cast<std::size_t>(v)]++)] =
          static_cast<Index>(u);
  }
  // The cursors have moved each offset to the next row's.
  std::shift_right(result.indptr.begin(), result.indptr.end(), 1);
  result.indptr[0] = 0;
  return result;
}

template <class Index>
std::vector<Index> in_degrees(const CsrView<Index>& view, int num_threads, Stop& stop) {
  // Every worker counts in an array of its own, if these are small beside the arcs.
  const std::int64_t most_workers = view.n_edges() / (kArcsPerCounter * std::max<std::int64_t>(view.n_rows(), 1));
  const auto n_workers = static_cast<int>(std::clamp<std::int64_t>(most_workers, 1, std::max(num_threads, 1)));
  std::vector<std::vector<Index>> parts(static_cast<std::size_t>(n_workers));
  const auto n = static_cast<std::size_t>(view.n_rows());
  parts[0].assign(n, 0);
  parallel_for((view.n_edges() + kArcsPerTask - 1) / kArcsPerTask, n_workers, stop, [&](std::int64_t task, int id) {
    std::vector<Index>& degrees = parts[static_cast<std::size_t>(id)];
    if (degrees.empty()) degrees.assign(n, 0);
    const std::int64_t begin = task * kArcsPerTask;
    const std::int64_t size = std::min(view.n_edges() - begin, kArcsPerTask);
    for (const Index v : view.indices.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(size)))
      ++degrees[static_cast<std::size_t>(v)];
  });
  for (std::size_t p = 1; p < parts.size(); ++p)
    for (std::size_t v = 0; v < parts[p].size(); ++v) parts[0][v] += parts[p][v];
  return std::move(parts[0]);
}

template <class Index, class Node>
void SortedRows<Index, Node>::build(std::span<const Edge<Node>> edges, std::int64_t n_rows,
                                    Csr<Index>& out, Stop& stop) {
  // Counting sort by target, then by source.
  const auto n = static_cast<std::size_t>(n_rows);
  reversed_.indptr.assign(n + 1, 0);
  reversed_.indices.resize(edges.size());
  out.indptr.assign(n + 1, 0);
  out.indices.resize(edges.size());
  PacedStop pace(stop);
  for_each_paced(edges, pace, [&](const Edge<Node>& edge) {
    ++reversed_.indptr[static_cast<std::size_t>(edge.target)];
    ++out.indptr[static_cast<std::size_t>(edge.source)];
  });
  count_to_offsets(reversed_.indptr);
  count_to_offsets(out.indptr);

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
BuiltGraph<Index> build_graph(std::span<const Node> sources, std::span<const Node> targets,
                              std::int64_t n_nodes, bool keep_all_rows, Stop& stop) {
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
  const auto m = static_cast<std::int64_t>(sources.size());
  const bool leave_out = !keep_all_rows && n_nodes > 8 * m + (1 << 16);
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
  const auto n_rows = leave_out ? static_cast<std::int64_t>(result.node_ids.size()) : n_nodes;
  SortedRows<Index, Index>{}.build(edges, n_rows, result.out, stop);
  merge_duplicates(result.out, pace);
  return result;
}

template <class Index>
Csr<Index> canonical_form(const CsrView<Index>& view, std::span<const std::uint8_t> keep, Stop& stop) {
  std::vector<Edge<Index>> edges;
  edges.reserve(view.indices.size());
  std::size_t k = 0;
  PacedStop pace(stop);
  for (std::int64_t u = 0; u < view.n_rows(); ++u) {
    pace(view.degree(u));
    for (const Index v : view.row(u)) {
      if (v != u && (keep.empty() || keep[k] != 0)) edges.push_back({static_cast<Index>(u), v});
      ++k;
    }
  }
  Csr<Index> result;
  SortedRows<Index, Index>{}.build(edges, view.n_rows(), result, stop);
  merge_duplicates(result, pace);
  return result;
}

template <class Index>
Csr<Index> induced_subgraph(const CsrView<Index>& view, std::span<const std::uint8_t> keep, Stop& stop) {
  std::vector<Index> new_id(keep.size());
  std::ranges::transform(keep, new_id.begin(), [](std::uint8_t flag) { return Index{flag != 0}; });
  count_to_offsets(new_id);
  Csr<Index> result;
  result.indices.reserve(view.indices.size());
  PacedStop pace(stop);
  for (std::size_t u = 0; u < keep.size(); ++u) {
    if (keep[u] == 0) continue;
    const auto row = view.row(static_cast<std::int64_t>(u));
    pace(kScatterUnits * static_cast<std::int64_t>(row.size()));
    for (const Index v : row)
      if (keep[static_cast<std::size_t>(v)] != 0) result.indices.push_back(new_id[static_cast<std::size_t>(v)]);
    result.indptr.push_back(static_cast<Index>(result.indices.size()));
  }
  result.indices.shrink_to_fit();
  return result;
}

#define MOTIFCOUNT_INSTANTIATE(Index)                                                              \
  template bool is_canonical(const CsrView<Index>&, std::int64_t, int, Stop&);                     \
  template Csr<Index> transpose(const CsrView<Index>&, Stop&);                                     \
  template std::vector<Index> in_degrees(const CsrView<Index>&, int, Stop&);                       \
  template Csr<Index> canonical_form(const CsrView<Index>&, std::span<const std::uint8_t>, Stop&); \
  template Csr<Index> induced_subgraph(const CsrView<Index>&, std::span<const std::uint8_t>,       \
                                       Stop&);                                                     \
  template class SortedRows<Index, std::uint32_t>;                                                 \
  template BuiltGraph<Index> build_graph<Index, std::int32_t>(std::span<const std::int32_t>,       \
                                                              std::span<const std::int32_t>,       \
                                                              std::int64_t, bool, Stop&);          \
  template BuiltGraph<Index> build_graph<Index, std::int64_t>(std::span<const std::int64_t>,       \
                                                              std::span<const std::int64_t>,       \
                                                              std::int64_t, bool, Stop&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)

}  // namespace motifcount
