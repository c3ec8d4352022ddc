#include "tetrads/ranked_neighbours.hpp"

#include <algorithm>

namespace motifcount {

template <class Entry>
template <class Index>
void RankedNeighbours<Entry>::rank_rows(const CsrView<Index>& out, Stop& stop) {
  PacedStop paced(stop);
  const auto n_rows = static_cast<std::size_t>(out.n_rows());
  auto& arcs = rank_of_row_;  // by row; replaced by ranks
  arcs.assign(n_rows, 0);
  for (std::size_t u = 0; u < n_rows; ++u) arcs[u] = static_cast<std::size_t>(out.degree(static_cast<std::int64_t>(u)));
  for (const Index v : out.indices) ++arcs[static_cast<std::size_t>(v)];
  paced(static_cast<std::int64_t>(n_rows + out.indices.size()));

  const std::size_t most = arcs.empty() ? 0 : std::ranges::max(arcs);
  next_.assign(most + 2, 0);  // first rank of each number of arcs, and where its rows begin
  for (const std::size_t d : arcs) ++next_[d];
  std::size_t rank = 0, begin = 0;
  nodes_.resize(n_rows - next_[0] + 1);
  for (std::size_t d = most; d > 0; --d) {
    const std::size_t n_equal = next_[d];
    next_[d] = rank;
    for (std::size_t k = 0; k < n_equal; ++k, begin += d) nodes_[rank++].begin = begin;
  }
  next_[0] = rank;
  nodes_[n_nodes()].begin = begin;
  for (std::size_t& d : arcs) d = next_[d]++;
}

template <class Entry>
template <class Index>
void RankedNeighbours<Entry>::build(const CsrView<Index>& out, Stop& stop) {
  rank_rows(out, stop);
  PacedStop paced(stop);
  entries_.resize(2 * out.indices.size());
  scratch_.resize(2 * out.indices.size());
  const auto reset = [&] {
    next_.resize(n_nodes());
    for (std::size_t u = 0; u < n_nodes(); ++u) next_[u] = nodes_[u].begin;
  };
  reset();
  // The row of a node gets its neighbours with the dyad code that they see.
  for (std::size_t u = 0; u < rank_of_row_.size(); ++u) {
    const std::size_t ru = rank_of_row_[u];
    const auto row = out.row(static_cast<std::int64_t>(u));
    for (const Index v : row) {
      const std::size_t rv = rank_of_row_[static_cast<std::size_t>(v)];
      scratch_[next_[rv]++] = static_cast<Entry>(ru << kLinkBits | 1);
      scratch_[next_[ru]++] = static_cast<Entry>(rv << kLinkBits | 2);
    }
    paced(1 + 4 * static_cast<std::int64_t>(row.size()));
  }
  reset();
  sort_rows(stop);
  join_mutual(stop);
}

// Turned round, rows come out sorted, and with the dyad codes that their own node sees.
template <class Entry>
void RankedNeighbours<Entry>::sort_rows(Stop& stop) {
  PacedStop paced(stop);
  for (std::size_t v = 0; v < n_nodes(); ++v) {
    const auto row = std::span(scratch_).subspan(nodes_[v].begin, nodes_[v + 1].begin - nodes_[v].begin);
    for (const Entry entry : row)
      entries_[next_[rank_of(entry)]++] = static_cast<Entry>(v << kLinkBits | link_of(entry));
    paced(1 + 2 * static_cast<std::int64_t>(row.size()));
  }
}

// The two arcs of a mutual pair stand side by side; rows move together.
template <class Entry>
void RankedNeighbours<Entry>::join_mutual(Stop& stop) {
  PacedStop paced(stop);
  std::size_t kept = 0, begin = 0;
  for (std::size_t u = 0; u < n_nodes(); ++u) {
    Node& node = nodes_[u];
    const std::size_t end = nodes_[u + 1].begin;
    node.begin = kept;
    node.n_above = 0;
    node.degrees = {};
    for (std::size_t k = begin; k < end; ++k) {
      Entry entry = entries_[k];
      if (k + 1 < end && rank_of(entries_[k + 1]) == rank_of(entry))
        entry |= static_cast<Entry>(link_of(entries_[++k]));
      --entry;  // from dyad code to link
      ++node.degrees[link_of(entry)];
      node.n_above += rank_of(entry) < u;
      entries_[kept++] = entry;
    }
    paced(1 + static_cast<std::int64_t>(end - begin));
    begin = end;
  }
  nodes_[n_nodes()].begin = kept;
  n_edges_ = kept / 2;
}

template <class Entry>
std::size_t RankedNeighbours<Entry>::n_with_more(Entry arcs) const {
  const auto end = nodes_.end() - 1;
  const auto first = std::partition_point(nodes_.begin(), end, [&](const Node& node) {
    return n_arcs(static_cast<std::size_t>(&node - nodes_.data())) > arcs;
  });
  return static_cast<std::size_t>(first - nodes_.begin());
}

#define MOTIFCOUNT_INSTANTIATE(Entry)                                                \
  template class RankedNeighbours<Entry>;                                            \
  template void RankedNeighbours<Entry>::build(const CsrView<std::int32_t>&, Stop&); \
  template void RankedNeighbours<Entry>::build(const CsrView<std::int64_t>&, Stop&);
MOTIFCOUNT_INSTANTIATE(std::uint32_t)
MOTIFCOUNT_INSTANTIATE(std::uint64_t)

}  // namespace motifcount
