#include "graph/csr.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <string>

namespace motifcount {
namespace {

constexpr std::int64_t kRowsPerTask = 1 << 15;
constexpr std::int64_t kArcsPerTask = 1 << 15;
constexpr std::int64_t kArcsPerCounter = 4;  // that make a worker's own counter of a node worth while

template <class Index>
void check_indptr(const CsrView<Index>& view) {
  if (view.indptr.empty()) throw InvalidGraph("indptr: is empty; it needs n_rows + 1 entries");
  if (view.indptr[0] != 0)
    throw InvalidGraph("indptr: starts at " + std::to_string(view.indptr[0]) + "; it must start at 0");
  for (std::size_t i = 1; i < view.indptr.size(); ++i)
    if (view.indptr[i] < view.indptr[i - 1])
      throw InvalidGraph("indptr: falls from " + std::to_string(view.indptr[i - 1]) + " to " +
                         std::to_string(view.indptr[i]) + " at row " + std::to_string(i - 1) + "; it must never fall");
  if (static_cast<std::int64_t>(view.indptr.back()) != view.n_edges())
    throw InvalidGraph("indptr: ends at " + std::to_string(view.indptr.back()) + " but there are " +
                       std::to_string(view.n_edges()) + " indices");
}

}  // namespace

void throw_out_of_range(const char* what, std::int64_t value, std::int64_t n) {
  throw InvalidGraph(std::string(what) + ": " + std::to_string(value) + " is outside the range 0 to " +
                     std::to_string(n - 1) + " of a graph with " + std::to_string(n) + " nodes");
}

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
  std::exclusive_scan(result.indptr.begin(), result.indptr.end(), result.indptr.begin(), Index{0});
  for (std::size_t u = 0; u < n; ++u) {
    pace(kScatterUnits * view.degree(static_cast<std::int64_t>(u)));
    for (const Index v : view.row(static_cast<std::int64_t>(u)))
      result.indices[static_cast<std::size_t>(result.indptr[static_cast<std::size_t>(v)]++)] = static_cast<Index>(u);
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

template <class Index>
Csr<Index> induced_subgraph(const CsrView<Index>& view, std::span<const std::uint8_t> keep, Stop& stop) {
  std::vector<Index> new_id(keep.size());
  std::ranges::transform(keep, new_id.begin(), [](std::uint8_t flag) { return Index{flag != 0}; });
  std::exclusive_scan(new_id.begin(), new_id.end(), new_id.begin(), Index{0});
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

#define MOTIFCOUNT_INSTANTIATE(Index)                                          \
  template bool is_canonical(const CsrView<Index>&, std::int64_t, int, Stop&); \
  template Csr<Index> transpose(const CsrView<Index>&, Stop&);                 \
  template std::vector<Index> in_degrees(const CsrView<Index>&, int, Stop&);   \
  template Csr<Index> induced_subgraph(const CsrView<Index>&, std::span<const std::uint8_t>, Stop&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)
#undef MOTIFCOUNT_INSTANTIATE

}  // namespace motifcount
