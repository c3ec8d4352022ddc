#include "triangles/by_edge.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

#include "support/threads.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kNodesPerTask = 1 << 6;

template <class Index>
class EdgeTriangles {
 public:
  explicit EdgeTriangles(const CsrView<Index>& graph) : graph_(graph), triangles_(graph.indices.size()) {}

  // Of the edges whose end of higher degree is u. `marks` are 0, before and after.
  void add(Index u, std::span<std::uint8_t> marks, PacedStop& pace) {
    const auto row = graph_.row(u);
    for (const Index v : row) marks[static_cast<std::size_t>(v)] = 1;
    for (std::size_t k = 0; k < row.size(); ++k) {
      const Index v = row[k];
      if (!before(u, v)) continue;
      const auto other = graph_.row(v);
      pace(static_cast<std::int64_t>(other.size()));
      Index found = 0;
      for (const Index w : other) found += static_cast<Index>(marks[static_cast<std::size_t>(w)]);
      const auto back = static_cast<std::size_t>(std::ranges::lower_bound(other, u) - other.begin());
      triangles_[first_entry(u) + k] = triangles_[first_entry(v) + back] = found;
    }
    for (const Index v : row) marks[static_cast<std::size_t>(v)] = 0;
  }

  std::vector<Index> take() { return std::move(triangles_); }

 private:
  [[nodiscard]] std::size_t first_entry(Index v) const {
    return static_cast<std::size_t>(graph_.indptr[static_cast<std::size_t>(v)]);
  }

  // By falling degree, then by number.
  [[nodiscard]] bool before(Index v, Index w) const {
    const std::int64_t dv = graph_.degree(v);
    const std::int64_t dw = graph_.degree(w);
    return dv > dw || (dv == dw && v < w);
  }

  CsrView<Index> graph_;
  std::vector<Index> triangles_;  // by entry
};

}  // namespace

template <class Index>
std::vector<Index> edge_triangles(const CsrView<Index>& graph, int num_threads, Stop& stop) {
  EdgeTriangles<Index> triangles(graph);
  const std::int64_t n = graph.n_rows();
  std::vector<std::vector<std::uint8_t>> marks(static_cast<std::size_t>(std::max(num_threads, 1)));
  parallel_for((n + kNodesPerTask - 1) / kNodesPerTask, num_threads, stop, [&](std::int64_t task, int id) {
    auto& mine = marks[static_cast<std::size_t>(id)];
    mine.resize(static_cast<std::size_t>(n), 0);
    PacedStop pace(stop);
    const std::int64_t last = std::min(n, (task + 1) * kNodesPerTask);
    for (std::int64_t u = task * kNodesPerTask; u < last; ++u) triangles.add(static_cast<Index>(u), mine, pace);
  });
  return triangles.take();
}

template std::vector<std::int32_t> edge_triangles(const CsrView<std::int32_t>&, int, Stop&);
template std::vector<std::int64_t> edge_triangles(const CsrView<std::int64_t>&, int, Stop&);

}  // namespace motifcount
