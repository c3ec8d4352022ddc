// A graph as instances are looked for in it, and the nodes and arcs that they shall contain.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "instances/plan.hpp"
#include "support/stop.hpp"
#include "tetrads/ranked_neighbours.hpp"

namespace motifcount {

// Nodes are ranks; those without arcs come last, and have neither row nor neighbours. In a graph of which not all nodes
// have a row, a class that is connected is looked for among those that have one.
template <class Entry>
class SearchedGraph {
 public:
  using Ranked = RankedNeighbours<Entry>;

  template <class Index>
  SearchedGraph(const CsrView<Index>& out, std::int64_t n_nodes, Stop& stop)
      : n_nodes_(static_cast<std::size_t>(n_nodes)) {
    ranked_.build(out, stop);
  }

  [[nodiscard]] std::size_t n_nodes() const { return n_nodes_; }
  [[nodiscard]] std::size_t n_linked() const { return ranked_.n_nodes(); }
  [[nodiscard]] std::span<const Entry> row(std::size_t u) const {
    return u < n_linked() ? ranked_.row(u) : std::span<const Entry>{};
  }
  // Neighbours by a dyad code that is not 0.
  [[nodiscard]] std::size_t degree(std::size_t u, unsigned code) const { return ranked_.degrees(u)[code - 1]; }
  // The row of the graph that was given, or a number from n_rows on: nodes without rows are numbered in their order.
  [[nodiscard]] std::int64_t number(std::size_t rank) const {
    const auto rows = ranked_.row_of_rank();
    return static_cast<std::int64_t>(rank < rows.size() ? rows[rank] : rank);
  }
  [[nodiscard]] std::vector<Entry> rank_of_number() const {
    std::vector<Entry> ranks(n_nodes_);
    for (std::size_t rank = 0; rank < n_nodes_; ++rank)
      ranks[static_cast<std::size_t>(number(rank))] = static_cast<Entry>(rank);
    return ranks;
  }

  // The dyad code of two nodes.
  [[nodiscard]] unsigned code(std::size_t u, std::size_t v) const {
    const auto of_u = row(u);
    const auto at = std::ranges::lower_bound(of_u, v, {}, rank_of);
    return at != of_u.end() && rank_of(*at) == v ? code_of(*at) : 0;
  }

  static std::size_t rank_of(Entry entry) { return Ranked::rank_of(entry); }
  static unsigned code_of(Entry entry) { return static_cast<unsigned>(Ranked::link_of(entry)) + 1; }

 private:
  Ranked ranked_;
  std::size_t n_nodes_;
};

// Instances that contain one of some nodes, or one of some arcs, or both, as far as these are given.
template <class Entry>
class Wanted {
 public:
  struct Arc {
    std::size_t source, target;
    friend auto operator<=>(const Arc&, const Arc&) = default;
  };

  Wanted() = default;

  // The nodes and arcs are numbers (see SearchedGraph::number). Arcs lie one after the other.
  Wanted(const SearchedGraph<Entry>& graph, const Plan& plan, const std::optional<std::span<const std::int64_t>>& nodes,
         const std::optional<std::span<const std::int64_t>>& arcs, Stop& stop) {
    if (!nodes && !arcs) return;
    const std::vector<Entry> rank = graph.rank_of_number();
    const auto of = [&](std::int64_t number) {
      return static_cast<std::size_t>(rank[static_cast<std::size_t>(number)]);
    };
    if (nodes) {
      node_.assign(graph.n_nodes(), 0);
      for (const std::int64_t v : *nodes)
        if (static_cast<std::size_t>(v) < graph.n_nodes()) node_[of(v)] = 1;
    }
    if (arcs) {
      by_arc_ = true;
      end_.assign(graph.n_nodes(), 0);
      for (std::size_t k = 0; k < arcs->size(); k += 2) {
        arcs_.push_back({of((*arcs)[k]), of((*arcs)[k + 1])});
        end_[arcs_.back().source] = end_[arcs_.back().target] = 1;
      }
      std::ranges::sort(arcs_);
    }
    if (plan.is_connected()) find_roots(graph, plan.reach, stop);
  }

  [[nodiscard]] bool everything() const { return node_.empty() && !by_arc_; }

  // Whether an instance can have u at its place 0.
  [[nodiscard]] bool root(std::size_t u) const { return root_.empty() || root_[u] != 0; }

  // Whether u helps: an instance without a node that does is not wanted.
  [[nodiscard]] bool has(std::size_t u) const { return everything() || touched()[u] != 0; }

  // By place, the ranks of a whole instance.
  [[nodiscard]] bool holds(const Plan& plan, const std::array<std::size_t, kMostNodes>& at) const {
    if (everything()) return true;
    const auto places = std::span(at).first(static_cast<std::size_t>(plan.size));
    if (!node_.empty() && std::ranges::none_of(places, [&](std::size_t u) { return node_[u] != 0; })) return false;
    if (!by_arc_) return true;
    for (std::size_t p = 0; p < places.size(); ++p)
      for (std::size_t q = 0; q < places.size(); ++q)
        if (p != q && (plan.at(p, q) & 1) != 0 && std::ranges::binary_search(arcs_, Arc{at[p], at[q]})) return true;
    return false;
  }

 private:
  [[nodiscard]] const std::vector<std::uint8_t>& touched() const { return by_arc_ ? end_ : node_; }

  // Those within `reach` links of a node that helps.
  void find_roots(const SearchedGraph<Entry>& graph, int reach, Stop& stop) {
    PacedStop pace(stop);
    root_ = touched();
    std::vector<std::size_t> last, next;
    for (std::size_t u = 0; u < root_.size(); ++u)
      if (root_[u] != 0) last.push_back(u);
    for (int step = 0; step < reach; ++step, last.swap(next), next.clear())
      for (const std::size_t u : last) {
        pace(1 + static_cast<std::int64_t>(graph.row(u).size()));
        for (const Entry entry : graph.row(u))
          if (const std::size_t v = graph.rank_of(entry); root_[v] == 0) {
            root_[v] = 1;
            next.push_back(v);
          }
      }
  }

  std::vector<std::uint8_t> node_, end_, root_;  // by rank
  std::vector<Arc> arcs_;
  bool by_arc_ = false;
};

}  // namespace motifcount
