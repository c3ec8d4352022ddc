// The lower ends w of the wedges and edges that are counted: the nodes of some consecutive ranks.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "support/large_array.hpp"
#include "support/stop.hpp"
#include "tetrads/ranked_neighbours.hpp"

namespace motifcount {

template <class Entry>
class WalkRange {
 public:
  using Graph = RankedNeighbours<Entry>;

  // All nodes, in no time.
  explicit WalkRange(const Graph& graph) : last_(graph.n_nodes()) {}

  // Ranks from `first` to `last` - 1; finds them in every row.
  WalkRange(const Graph& graph, std::size_t first, std::size_t last, Stop& stop)
      : first_(first), last_(last), parts_(graph.n_nodes()) {
    PacedStop pace(stop);
    for_each_below(graph.n_nodes(), pace, [&](std::size_t v) {
      const auto row = graph.row(v);
      const auto begin = std::ranges::lower_bound(row, first, {}, Graph::rank_of);
      const auto end = std::ranges::lower_bound(begin, row.end(), last, {}, Graph::rank_of);
      parts_[v] = {static_cast<Entry>(begin - row.begin()), static_cast<Entry>(end - row.begin())};
    });
  }

  [[nodiscard]] std::size_t first() const { return first_; }
  [[nodiscard]] std::size_t last() const { return last_; }
  [[nodiscard]] bool is_whole() const { return parts_.empty(); }
  [[nodiscard]] bool has(std::size_t w) const { return first_ <= w && w < last_; }

  // Positions in the row of v. Only where it is not whole.
  struct Part {
    Entry begin, end;
  };
  [[nodiscard]] Part part(std::size_t v) const { return parts_[v]; }
  void prefetch(std::size_t v) const { __builtin_prefetch(&parts_[v]); }

  // Of the neighbours below a node.
  [[nodiscard]] std::span<const Entry> within(std::span<const Entry> below) const {
    if (is_whole()) return below;
    const auto begin = std::ranges::lower_bound(below, first_, {}, Graph::rank_of);
    return {begin, std::ranges::lower_bound(begin, below.end(), last_, {}, Graph::rank_of)};
  }

 private:
  std::size_t first_ = 0, last_;
  LargeArray<Part> parts_;  // by rank
};

}  // namespace motifcount
