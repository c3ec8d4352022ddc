// The neighbours of every node, both ways, with nodes ranked by degree.
//
// Rank 0 has the most arcs. A row lists the neighbours of the node of a rank in ascending rank, so those *above* it (of
// more arcs) come first and those *below* it follow. Nodes without arcs are left out, those of a single arc on demand:
// then they have no row and are in none, but count in the degrees of their neighbours.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "support/large_array.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

// Dyad codes that are not 0, less one: 0 for an arc to the neighbour, 1 for one from it, 2 for both.
inline constexpr std::size_t kLinks = 3;
inline constexpr std::array<std::size_t, kLinks> kReversedLink{1, 0, 2};  // seen from the other end

// `Entry` is an unsigned integer that holds 16 times the number of nodes, and twice that of arcs.
template <class Entry>
class RankedNeighbours {
 public:
  static constexpr int kLinkBits = 4;  // a rank less its link is the first of 16 counters: see WedgeWalk

  static std::size_t rank_of(Entry entry) { return static_cast<std::size_t>(entry >> kLinkBits); }
  static std::size_t link_of(Entry entry) { return static_cast<std::size_t>(entry & 3); }

  // Without the nodes of fewer than `least_arcs`, 1 or 2. In O(n + m), with 8 bytes an arc (of 32-bit entries), 8 a
  // node and 4 a row of the graph, which later graphs use again.
  template <class Index>
  void build(const CsrView<Index>& out, Stop& stop, std::size_t least_arcs = 1);

  [[nodiscard]] std::size_t n_nodes() const { return nodes_.size() - 1; }  // with a row
  [[nodiscard]] std::size_t n_edges() const { return n_edges_; }           // pairs of neighbours in the rows
  [[nodiscard]] std::span<const Entry> row(std::size_t u) const {
    return {entries_.data() + nodes_[u].begin, std::size_t{nodes_[u + 1].begin - nodes_[u].begin}};
  }
  [[nodiscard]] std::span<const Entry> above(std::size_t u) const {
    const std::size_t n = u < n_large_ ? large_[u].n_above : nodes_[u].n_above;
    return {entries_.data() + nodes_[u].begin, n};
  }
  [[nodiscard]] std::span<const Entry> below(std::size_t u) const { return row(u).subspan(above(u).size()); }
  // Numbers of neighbours by link.
  [[nodiscard]] std::array<Entry, kLinks> degrees(std::size_t u) const {
    if (u < n_large_) return large_[u].degrees;
    const auto& d = nodes_[u].degrees;
    return {d[0], d[1], d[2]};
  }
  // Nodes of more than `arcs` arcs are those of rank below this.
  [[nodiscard]] std::size_t n_with_more(std::size_t arcs) const {
    return arcs + 1 < ends_.size() ? ends_[arcs + 1] : 0;
  }
  void prefetch(std::size_t u) const { __builtin_prefetch(&nodes_[u]); }

  // Rows of the graph that was given; those that are left out come last.
  [[nodiscard]] std::span<const Entry> row_of_rank() const { return row_of_rank_; }
  // Gives its memory back.
  void forget_rows() { LargeArray<Entry>().swap(row_of_rank_); }

 private:
  struct Node {
    Entry begin;  // of the row
    std::uint8_t n_above;
    std::array<std::uint8_t, kLinks> degrees;
  };
  struct LargeNode {  // of more arcs than fit above
    Entry n_above;
    std::array<Entry, kLinks> degrees;
  };
  static constexpr std::size_t kMostSmall = std::numeric_limits<std::uint8_t>::max();

  template <class Index>
  LargeArray<Entry> rank_rows(const CsrView<Index>& out, std::size_t least_arcs, Stop& stop);
  template <class Index>
  void list_sources(const CsrView<Index>& out, std::span<const Entry> rank_of_row, Stop& stop);
  void list_targets(Stop& stop);
  template <class Index>
  void merge_rows(const CsrView<Index>& out, Stop& stop);
  std::size_t merge(std::span<const Entry> sources, std::span<const Entry> targets);
  template <class Visit>
  void for_each_unmerged(Visit visit);

  LargeArray<Node> nodes_{Node{}};  // by rank, and one more
  std::vector<LargeNode> large_;    // the first of them
  std::size_t n_large_ = 0;
  LargeArray<Entry> row_of_rank_;
  std::vector<Entry> ends_;    // by number of arcs: behind the nodes of so many
  std::vector<Entry> merged_;  // a row
  LargeArray<Entry> entries_;
  std::size_t n_edges_ = 0;
};

// use(Entry{}) with the narrower of the two types of entries, if it is wide enough for so many nodes and arcs.
template <class Use>
decltype(auto) with_entry_for(std::int64_t n_nodes, std::size_t n_arcs, Use use) {
  constexpr std::int64_t most_nodes = std::int64_t{1} << (32 - RankedNeighbours<std::uint32_t>::kLinkBits);
  const bool narrow = n_nodes <= most_nodes && n_arcs <= std::numeric_limits<std::uint32_t>::max() / 2;
  return narrow ? use(std::uint32_t{}) : use(std::uint64_t{});
}

}  // namespace motifcount
