#include "triangles/bit_strips.hpp"

#include <atomic>
#include <utility>

#include "graph/degree_ranks.hpp"
#include "support/zeros.hpp"

namespace motifcount {
namespace {

// Positions of the nodes in an order that all arcs follow; empty if there is none.
template <class Index>
LargeArray<Index> ranks_along_arcs(const CsrView<Index>& out, std::span<const Index> in_degrees, Stop& stop) {
  const std::size_t n = in_degrees.size();
  std::vector<Index> waiting(in_degrees.begin(), in_degrees.end()), order;
  order.reserve(n);
  for (std::size_t v = 0; v < n; ++v)
    if (waiting[v] == 0) order.push_back(static_cast<Index>(v));
  LargeArray<Index> ranks(n);
  PacedStop pace(stop);
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    ranks[static_cast<std::size_t>(order[rank])] = static_cast<Index>(rank);
    const auto row = out.row(static_cast<std::int64_t>(order[rank]));
    pace(static_cast<std::int64_t>(row.size()));
    for (const Index v : row)
      if (--waiting[static_cast<std::size_t>(v)] == 0) order.push_back(v);
  }
  if (order.size() < n) ranks.clear();
  return ranks;
}

}  // namespace

template <class Index>
std::optional<BitStrips<Index>> BitStrips<Index>::of_dense(const CsrView<Index>& out, std::span<const Index> in_degrees,
                                                           int num_threads, Stop& stop) {
  constexpr std::int64_t most_nodes = std::int64_t{1} << kSumBits, least_arcs = 1 << 14;
  const std::int64_t n = out.n_rows(), m = out.n_edges();
  if (n > most_nodes || m < std::max(least_arcs, n * n / 16)) return {};
  LargeArray<Index> ranks = ranks_along_arcs(out, in_degrees, stop);
  if (!ranks.empty()) return BitStrips(out, Linked::kOneWay, std::move(ranks), num_threads, stop);
  if (m < n * n / 8) return {};
  ranks = degree_ranks<Index>(in_degrees.size(), [&](std::size_t v) {
    return out.degree(static_cast<std::int64_t>(v)) + std::int64_t{in_degrees[v]};
  });
  return BitStrips(out, Linked::kEither, std::move(ranks), num_threads, stop);
}

template <class Index>
BitStrips<Index>::BitStrips(const CsrView<Index>& out, Linked linked, LargeArray<Index> rank_of, int num_threads,
                            Stop& stop)
    : linked_(linked), rank_of_(std::move(rank_of)), mutual_(rank_of_.size(), 0) {
  const std::size_t n = n_nodes(), n_strips = (n + strip_nodes() - 1) / strip_nodes();
  assign_zeros(lines_, line_zero(n_strips - 1) + n, num_threads, stop);
  fill(out, num_threads, stop);
  if (linked_ == Linked::kEither && any_mutual(num_threads, stop)) linked_ = Linked::kMutual;
  for_each_mutual(num_threads, stop, [&](std::size_t u, std::size_t v) {
    for (const std::size_t node : {u, v}) fetch_add(mutual_[node], Index{1}, num_threads > 1);
  });
}

// The arcs of node u set bits of its own line, or of its column: no two tasks write to the same word.
template <class Index>
void BitStrips<Index>::fill(const CsrView<Index>& out, int num_threads, Stop& stop) {
  std::vector<Index> node_at(n_nodes());
  for (std::size_t v = 0; v < node_at.size(); ++v)
    node_at[static_cast<std::size_t>(rank_of_[v])] = static_cast<Index>(v);
  for_each_row(num_threads, stop, [&](std::size_t u) {
    for (const Index node : out.row(static_cast<std::int64_t>(node_at[u]))) {
      const auto v = static_cast<std::size_t>(rank_of_[static_cast<std::size_t>(node)]);
      const std::size_t row = std::max(u, v), column = std::min(u, v), at = column % strip_nodes();
      StripLine& line = lines_[line_zero(column / strip_nodes()) + row];
      const std::size_t half = linked_ == Linked::kOneWay ? at / kHalfNodes : v > u;
      line.half[half][at % kHalfNodes / kWordBits] |= std::uint64_t{1} << at % kWordBits;
    }
  });
}

template <class Index>
bool BitStrips<Index>::any_mutual(int num_threads, Stop& stop) const {
  std::atomic<bool> any{false};
  for_each_row(num_threads, stop, [&](std::size_t u) {
    std::uint64_t both = 0;
    for (std::size_t s = 0; s <= u / strip_nodes(); ++s)
      for (std::size_t k = 0; k < kHalfWords; ++k) both |= strip(s)[u].half[0][k] & strip(s)[u].half[1][k];
    if (both != 0) any.store(true, std::memory_order_relaxed);
  });
  return any.load();
}

template class BitStrips<std::int32_t>;
template class BitStrips<std::int64_t>;

}  // namespace motifcount
