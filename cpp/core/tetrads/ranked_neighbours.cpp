#include "tetrads/ranked_neighbours.hpp"

#include <algorithm>
#include <type_traits>

namespace motifcount {
namespace {

constexpr std::size_t kTo = 0, kFrom = 1, kBoth = 2;  // links
static_assert(kTo + kBoth == kBoth && kTo < kFrom);   // in `merge`
constexpr std::size_t kMergedRowsAhead = 8;           // prefetched

}  // namespace

// Returns the rank of every row.
template <class Entry>
template <class Index>
LargeArray<Entry> RankedNeighbours<Entry>::rank_rows(const CsrView<Index>& out, std::size_t least_arcs, Stop& stop) {
  PacedStop paced(stop);
  const auto n_rows = static_cast<std::size_t>(out.n_rows());
  LargeArray<Entry> arcs(n_rows);  // by row; replaced by ranks
  for_each_below(n_rows, paced,
                 [&](std::size_t u) { arcs[u] = static_cast<Entry>(out.degree(static_cast<std::int64_t>(u))); });
  for_each_paced(out.indices, paced, [&](Index v) { ++arcs[static_cast<std::size_t>(v)]; });

  std::size_t most = 0;
  for_each_paced(arcs, paced, [&](Entry d) { most = std::max<std::size_t>(most, d); });
  ends_.assign(most + 2, 0);
  for_each_paced(arcs, paced, [&](Entry d) { ++ends_[d]; });
  std::size_t n_left_out = 0, rank = 0, begin = 0;
  for (std::size_t d = 0; d < least_arcs; ++d) n_left_out += ends_[d];
  nodes_.resize(n_rows - n_left_out + 1);
  for (std::size_t d = most + 1; d-- > 0;) {
    const std::size_t n_equal = ends_[d];
    ends_[d] = static_cast<Entry>(rank);  // where these nodes begin
    rank += n_equal;
    if (d < least_arcs) continue;
    for_each_below(n_equal, paced, [&](std::size_t k) {
      nodes_[ends_[d] + k].begin = static_cast<Entry>(begin);
      begin += d;
    });
  }
  entries_.resize(begin);
  row_of_rank_.resize(n_rows);
  for_each_below(n_rows, paced, [&](std::size_t row) {
    const Entry own = ends_[arcs[row]]++;
    row_of_rank_[own] = static_cast<Entry>(row);
    arcs[row] = own;
  });
  n_large_ = n_with_more(kMostSmall);
  large_.resize(n_large_);
  return arcs;
}

// Until the rows are merged, `begin` of a node is behind what is in its row.
template <class Entry>
template <class Index>
void RankedNeighbours<Entry>::build(const CsrView<Index>& out, Stop& stop, std::size_t least_arcs) {
  list_sources(out, rank_rows(out, least_arcs, stop), stop);
  list_targets(stop);
  merge_rows(out, stop);
}

// The sources of the arcs to a node come first in its row, in ascending rank.
template <class Entry>
template <class Index>
void RankedNeighbours<Entry>::list_sources(const CsrView<Index>& out, std::span<const Entry> rank_of_row, Stop& stop) {
  PacedStop paced(stop);
  const std::size_t n = n_nodes();
  Node* const nodes = nodes_.data();
  Entry* const entries = entries_.data();
  for (std::size_t u = 0; u < n; ++u) {
    if (u + kMergedRowsAhead < n)
      __builtin_prefetch(out.row(static_cast<std::int64_t>(row_of_rank_[u + kMergedRowsAhead])).data());
    const auto row = out.row(static_cast<std::int64_t>(row_of_rank_[u]));
    for (const Index v : row)
      if (const std::size_t target = rank_of_row[static_cast<std::size_t>(v)]; target < n)
        entries[nodes[target].begin++] = static_cast<Entry>(u << kLinkBits | kFrom);
    paced(1 + kScatterUnits * static_cast<std::int64_t>(row.size()));
  }
}

// visit(u, its arcs, where its row begins) for all nodes.
template <class Entry>
template <class Visit>
void RankedNeighbours<Entry>::for_each_unmerged(Visit visit) {
  std::size_t arcs = ends_.size() - 1, begin = 0;
  for (std::size_t u = 0; u < n_nodes(); ++u) {
    while (u >= ends_[arcs]) --arcs;
    visit(u, arcs, begin);
    begin += arcs;
  }
}

// The targets of the arcs from a node follow, in ascending rank. Counts the sources.
template <class Entry>
void RankedNeighbours<Entry>::list_targets(Stop& stop) {
  PacedStop paced(stop);
  for_each_unmerged([&](std::size_t v, std::size_t, std::size_t begin) {
    const std::size_t end = nodes_[v].begin;
    std::size_t k = begin;
    for (; k < end && link_of(entries_[k]) == kFrom; ++k)
      entries_[nodes_[rank_of(entries_[k])].begin++] = static_cast<Entry>(v << kLinkBits | kTo);
    if (v < n_large_) large_[v].degrees[kFrom] = static_cast<Entry>(k - begin);
    else nodes_[v].degrees[kFrom] = static_cast<std::uint8_t>(k - begin);
    paced(1 + kScatterUnits * static_cast<std::int64_t>(k - begin));
  });
}

// Rows move together where mutual arcs become one entry, and where neighbours are left out.
template <class Entry>
template <class Index>
void RankedNeighbours<Entry>::merge_rows(const CsrView<Index>& out, Stop& stop) {
  PacedStop paced(stop);
  std::size_t kept = 0;
  for_each_unmerged([&](std::size_t u, std::size_t n_arcs, std::size_t begin) {
    const std::span<const Entry> both(entries_.data() + begin, nodes_[u].begin - begin);
    if (merged_.size() < both.size()) merged_.resize(both.size());
    const std::size_t n_sources = degrees(u)[kFrom], n_merged = merge(both.first(n_sources), both.subspan(n_sources));
    const std::size_t n_mutual = both.size() - n_merged;
    const std::size_t n_targets =
        both.size() == n_arcs ? both.size() - n_sources
                              : static_cast<std::size_t>(out.degree(static_cast<std::int64_t>(row_of_rank_[u])));
    paced(1 + 2 * static_cast<std::int64_t>(both.size()));
    const auto row = std::span(merged_).first(n_merged);
    const auto n_above = std::ranges::lower_bound(row, u, {}, rank_of) - row.begin();
    std::ranges::copy(row, entries_.begin() + static_cast<std::ptrdiff_t>(kept));
    const auto set = [&](auto& n, auto& degrees) {
      using Number = std::remove_reference_t<decltype(n)>;
      n = static_cast<Number>(n_above);
      degrees[kTo] = static_cast<Number>(n_targets - n_mutual);
      degrees[kFrom] = static_cast<Number>(n_arcs - n_targets - n_mutual);
      degrees[kBoth] = static_cast<Number>(n_mutual);
    };
    nodes_[u].begin = static_cast<Entry>(kept);
    if (u < n_large_) set(large_[u].n_above, large_[u].degrees);
    else set(nodes_[u].n_above, nodes_[u].degrees);
    kept += n_merged;
  });
  nodes_[n_nodes()].begin = static_cast<Entry>(kept);
  n_edges_ = kept / 2;
}

// Sources and targets of a node by rank. Returns their number.
template <class Entry>
std::size_t RankedNeighbours<Entry>::merge(std::span<const Entry> sources, std::span<const Entry> targets) {
  const Entry* source = sources.data();
  const Entry* target = targets.data();
  const Entry* const sources_end = source + sources.size();
  const Entry* const targets_end = target + targets.size();
  Entry* next = merged_.data();
  while (source != sources_end && target != targets_end) {
    const Entry from = *source, to = *target;
    const bool has_source = rank_of(from) <= rank_of(to), has_target = rank_of(to) <= rank_of(from);
    *next++ = static_cast<Entry>(std::min(from, to) + kBoth * (has_source & has_target));  // without a branch
    source += has_source;
    target += has_target;
  }
  next = std::copy(source, sources_end, next);
  next = std::copy(target, targets_end, next);
  return static_cast<std::size_t>(next - merged_.data());
}

#define MOTIFCOUNT_INSTANTIATE(Entry)                                                             \
  template class RankedNeighbours<Entry>;                                                         \
  template void RankedNeighbours<Entry>::build(const CsrView<std::int32_t>&, Stop&, std::size_t); \
  template void RankedNeighbours<Entry>::build(const CsrView<std::int64_t>&, Stop&, std::size_t);
MOTIFCOUNT_INSTANTIATE(std::uint32_t)
MOTIFCOUNT_INSTANTIATE(std::uint64_t)
#undef MOTIFCOUNT_INSTANTIATE

}  // namespace motifcount
