// The neighbours of every node, both ways, with nodes ranked by degree.
//
// Rank 0 has the most arcs. A row lists the neighbours of the node of a rank in ascending rank, so those *above* it (of
// more arcs) come first and those *below* it follow. Nodes without arcs are left out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "support/large_array.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

// Dyad codes that are not 0, less one: 0 for an arc to the neighbour, 1 for one from it, 2 for both.
inline constexpr std::size_t kLinks = 3;
inline constexpr std::array<std::size_t, kLinks> kReversedLink{1, 0, 2};  // seen from the other end

// `Entry` is an unsigned integer that holds 16 times the number of nodes.
template <class Entry>
class RankedNeighbours {
 public:
  static constexpr int kLinkBits = 4;  // a rank less its link is the first of 16 counters: see WedgeWalk

  static std::size_t rank_of(Entry entry) { return static_cast<std::size_t>(entry >> kLinkBits); }
  static std::size_t link_of(Entry entry) { return static_cast<std::size_t>(entry & 3); }

  // In O(n + m), with 8 bytes an arc (of 32-bit entries) and 32 a node, which later graphs use again.
  template <class Index>
  void build(const CsrView<Index>& out, Stop& stop);

  [[nodiscard]] std::size_t n_nodes() const { return nodes_.size() - 1; }  // with arcs
  [[nodiscard]] std::size_t n_edges() const { return n_edges_; }           // pairs of neighbours
  [[nodiscard]] std::span<const Entry> row(std::size_t u) const {
    return {entries_.data() + nodes_[u].begin, nodes_[u + 1].begin - nodes_[u].begin};
  }
  [[nodiscard]] std::span<const Entry> above(std::size_t u) const {
    return {entries_.data() + nodes_[u].begin, static_cast<std::size_t>(nodes_[u].n_above)};
  }
  [[nodiscard]] std::span<const Entry> below(std::size_t u) const {
    return row(u).subspan(static_cast<std::size_t>(nodes_[u].n_above));
  }
  // Numbers of neighbours by link.
  [[nodiscard]] const std::array<Entry, kLinks>& degrees(std::size_t u) const { return nodes_[u].degrees; }
  [[nodiscard]] Entry n_arcs(std::size_t u) const {
    const auto& d = nodes_[u].degrees;
    return d[0] + d[1] + 2 * d[2];
  }
  // Nodes of more than `arcs` arcs are those of rank below this.
  [[nodiscard]] std::size_t n_with_more(Entry arcs) const;

  // Rows of the graph that was given; those without arcs come last.
  [[nodiscard]] std::span<const Entry> row_of_rank() const { return row_of_rank_; }

 private:
  struct Node {
    std::size_t begin;  // of the row
    Entry n_above;
    std::array<Entry, kLinks> degrees;
  };

  template <class Index>
  LargeArray<Entry> rank_rows(const CsrView<Index>& out, Stop& stop);
  template <class Index>
  void list_sources(const CsrView<Index>& out, std::span<const Entry> rank_of_row, Stop& stop);
  void list_targets(Stop& stop);
  void merge_rows(Stop& stop);
  std::size_t merge(const Node& node, std::size_t end);

  LargeArray<Node> nodes_{Node{}};  // by rank, and one more
  LargeArray<Entry> row_of_rank_;
  std::vector<std::size_t> next_;  // by number of arcs
  std::vector<Entry> merged_;      // a row
  LargeArray<Entry> entries_;
  std::size_t n_edges_ = 0;
};

// use(Entry{}) with the narrower of the two types of entries, if it is wide enough for so many nodes.
template <class Use>
decltype(auto) with_entry_for(std::int64_t n_nodes, Use use) {
  constexpr std::int64_t most_narrow = std::int64_t{1} << (32 - RankedNeighbours<std::uint32_t>::kLinkBits);
  return n_nodes <= most_narrow ? use(std::uint32_t{}) : use(std::uint64_t{});
}

}  // namespace motifcount
