// 4-cycles by their nodes: pairs of wedges from their highest-ranked node u to the node opposite.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "support/stop.hpp"
#include "tetrads/edge_wedges.hpp"
#include "tetrads/node_classes.hpp"

namespace motifcount {

// Of one worker.
class NodeCycles {
 public:
  using Graph = RankedNeighbours<std::uint32_t>;

  NodeCycles(const Graph& graph, const NodeClasses& classes, Stop& stop)
      : graph_(graph), classes_(classes), pace_(stop), wedges_(graph.n_nodes(), Wedges{}) {}

  // add(node, class, n) for the cycles whose highest node is u, n of them at a time.
  template <class Add>
  void visit(std::size_t u, Add add) {
    for_each_wedge(u, [&](std::size_t, std::size_t w, std::size_t s) {
      Wedges& wedges = wedges_[w];
      pace_(1);
      if (std::ranges::all_of(wedges, [](std::uint32_t n) { return n == 0; }))
        ends_.push_back(static_cast<std::uint32_t>(w));
      ++wedges[s];
    });
    for_each_wedge(u, [&](std::size_t v, std::size_t w, std::size_t s) {
      const Wedges& wedges = wedges_[w];
      pace_(4);
      for (std::size_t t = 0; t < kWedges; ++t)
        if (const std::int64_t n = std::int64_t{wedges[t]} - (t == s); n > 0) add(v, classes_.cycle_side[9 * s + t], n);
    });
    for (const std::uint32_t w : ends_) {
      for_each_pair(wedges_[w], [&](std::size_t s, std::size_t t, std::int64_t n) {
        add(u, classes_.cycle[9 * s + t], n);
        add(w, classes_.cycle_opposite[9 * s + t], n);
      });
      wedges_[w] = {};
    }
    ends_.clear();
  }

 private:
  // visit(v, w, wedge) for u - v - w, v and w below u.
  template <class Visit>
  void for_each_wedge(std::size_t u, Visit visit) {
    for (const auto entry : graph_.below(u)) {
      const std::size_t v = Graph::rank_of(entry);
      const auto row = graph_.row(v);
      for (auto at = row.rbegin(); at != row.rend() && Graph::rank_of(*at) > u; ++at)
        visit(v, Graph::rank_of(*at), 3 * Graph::link_of(entry) + Graph::link_of(*at));
    }
  }

  const Graph& graph_;
  const NodeClasses& classes_;
  PacedStop pace_;
  std::vector<Wedges> wedges_;  // from u, by their far end: the links from u and to the far end
  std::vector<std::uint32_t> ends_;
};

}  // namespace motifcount
