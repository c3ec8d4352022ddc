#include "tetrads/ranked_neighbours.hpp"

#include <algorithm>

namespace motifcount {
namespace {

constexpr std::size_t kTo = 0, kFrom = 1, kBoth = 2;  // links
static_assert(kTo + kBoth == kBoth && kTo < kFrom);   // in `merge`
constexpr std::size_t kRowsAhead = 8;                 // prefetched

}  // namespace

// Returns the rank of every row.
template <class Entry>
template <class Index>
LargeArray<Entry> RankedNeighbours<Entry>::rank_rows(const CsrView<Index>& out, Stop& stop) {
  PacedStop paced(stop);
  const auto n_rows = static_cast<std::size_t>(out.n_rows());
  LargeArray<Entry> arcs(n_rows);  // by row; replaced by ranks
  for_each_below(n_rows, paced,
                 [&](std::size_t u) { arcs[u] = static_cast<Entry>(out.degree(static_cast<std::int64_t>(u))); });
  for_each_paced(out.indices, paced, [&](Index v) { ++arcs[static_cast<std::size_t>(v)]; });

  std::size_t most = 0;
  for_each_paced(arcs, paced, [&](Entry d) { most = std::max<std::size_t>(most, d); });
  next_.assign(most + 2, 0);  // first rank of each number of arcs
  for_each_paced(arcs, paced, [&](Entry d) { ++next_[d]; });
  std::size_t rank = 0, begin = 0;
  nodes_.resize(n_rows - next_[0] + 1);
  for (std::size_t d = most; d > 0; --d) {
    const std::size_t n_equal = next_[d];
    next_[d] = rank;
    for_each_below(n_equal, paced, [&](std::size_t) {
      nodes_[rank++] = {begin, 0, {}};
      begin += d;
    });
  }
  next_[0] = rank;
  nodes_[n_nodes()] = {begin, 0, {}};
  row_of_rank_.resize(n_rows);
  for_each_below(n_rows, paced, [&](std::size_t row) {
    const std::size_t own = next_[arcs[row]]++;
    row_of_rank_[own] = static_cast<Entry>(row);
    arcs[row] = static_cast<Entry>(own);
  });
  return arcs;
}

template <class Entry>
template <class Index>
void RankedNeighbours<Entry>::build(const CsrView<Index>& out, Stop& stop) {
  {
    const LargeArray<Entry> rank_of_row = rank_rows(out, stop);
    entries_.resize(2 * out.indices.size());
    list_sources(out, rank_of_row, stop);
  }
  list_targets(stop);
  merge_rows(stop);
}

// The sources of the arcs to a node fill its row from the front, in ascending rank.
template <class Entry>
template <class Index>
void RankedNeighbours<Entry>::list_sources(const CsrView<Index>& out, std::span<const Entry> rank_of_row, Stop& stop) {
  PacedStop paced(stop);
  for (std::size_t u = 0; u < n_nodes(); ++u) {
    if (u + kRowsAhead < n_nodes())
      __builtin_prefetch(out.row(static_cast<std::int64_t>(row_of_rank_[u + kRowsAhead])).data());
    const auto row = out.row(static_cast<std::int64_t>(row_of_rank_[u]));
    for (const Index v : row) {
      Node& target = nodes_[rank_of_row[static_cast<std::size_t>(v)]];
      entries_[target.begin + target.degrees[kFrom]++] = static_cast<Entry>(u << kLinkBits | kFrom);
    }
    paced(1 + kScatterUnits * static_cast<std::int64_t>(row.size()));
  }
}

// The targets of the arcs from a node fill its row from the back, so that the last is the first in rank.
template <class Entry>
void RankedNeighbours<Entry>::list_targets(Stop& stop) {
  PacedStop paced(stop);
  for (std::size_t v = 0; v < n_nodes(); ++v) {
    const std::size_t n_sources = nodes_[v].degrees[kFrom];
    for (std::size_t k = 0; k < n_sources; ++k) {
      const std::size_t u = rank_of(entries_[nodes_[v].begin + k]);
      entries_[nodes_[u + 1].begin - ++nodes_[u].degrees[kTo]] = static_cast<Entry>(v << kLinkBits | kTo);
    }
    paced(1 + kScatterUnits * static_cast<std::int64_t>(n_sources));
  }
}

// Rows move together where mutual arcs become one entry.
template <class Entry>
void RankedNeighbours<Entry>::merge_rows(Stop& stop) {
  PacedStop paced(stop);
  std::size_t kept = 0;
  merged_.resize(n_nodes() == 0 ? 0 : nodes_[1].begin);  // the longest
  for (std::size_t u = 0; u < n_nodes(); ++u) {
    Node& node = nodes_[u];
    const std::size_t end = nodes_[u + 1].begin, n_merged = merge(node, end);
    const auto n_mutual = static_cast<Entry>(end - node.begin - n_merged);
    paced(1 + 2 * static_cast<std::int64_t>(end - node.begin));
    node.begin = kept;
    node.degrees[kTo] -= n_mutual;
    node.degrees[kFrom] -= n_mutual;
    node.degrees[kBoth] = n_mutual;
    const auto row = std::span(merged_).first(n_merged);
    node.n_above = static_cast<Entry>(std::ranges::lower_bound(row, u, {}, rank_of) - row.begin());
    std::ranges::copy(row, entries_.begin() + static_cast<std::ptrdiff_t>(kept));
    kept += n_merged;
  }
  nodes_[n_nodes()].begin = kept;
  n_edges_ = kept / 2;
}

// Sources and targets of a node by rank. Returns their number.
template <class Entry>
std::size_t RankedNeighbours<Entry>::merge(const Node& node, std::size_t end) {
  const Entry* source = entries_.data() + node.begin;
  const Entry* const sources_end = source + node.degrees[kFrom];
  const Entry* target = entries_.data() + end;  // behind the next
  Entry* next = merged_.data();
  while (source != sources_end && target != sources_end) {
    const Entry from = *source, to = target[-1];
    const bool has_source = rank_of(from) <= rank_of(to), has_target = rank_of(to) <= rank_of(from);
    *next++ = static_cast<Entry>(std::min(from, to) + kBoth * (has_source & has_target));  // without a branch
    source += has_source;
    target -= has_target;
  }
  while (source != sources_end) *next++ = *source++;
  while (target != sources_end) *next++ = *--target;
  return static_cast<std::size_t>(next - merged_.data());
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
