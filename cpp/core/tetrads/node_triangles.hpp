// Triangles, each found at its lowest-ranked node, for what is counted by node.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "support/stop.hpp"
#include "tetrads/edge_wedges.hpp"
#include "tetrads/node_classes.hpp"

namespace motifcount {

// Of one worker.
class NodeTriangles {
 public:
  using Graph = RankedNeighbours<std::uint32_t>;

  NodeTriangles(const Graph& graph, const NodeClasses& classes, Stop& stop)
      : graph_(graph), classes_(classes), pace_(stop), place_(graph.n_nodes(), 0) {}

  // Counts the triangles of u and two nodes above it at their edges.
  void find(std::size_t u, EdgeWedges& wedges) {
    for_each_triangle(u, wedges, [&](const Triangle& t) {
      wedges.count(t.ab, t.wedge_of_u());
      wedges.count(t.ua, t.wedge_of_b());
      wedges.count(t.ub, t.wedge_of_a());
    });
  }

  // add(node, class, n) for the diamonds that have a node of such a triangle as a wing and its other two as diagonal.
  template <class Add>
  void visit_wings(std::size_t u, const EdgeWedges& wedges, Add add) {
    for_each_triangle(u, wedges, [&](const Triangle& t) {
      visit_wing(u, wedges[t.ab], t.link_ab, t.wedge_of_u(), add);
      visit_wing(t.b, wedges[t.ua], t.link_ua, t.wedge_of_b(), add);
      visit_wing(t.a, wedges[t.ub], t.link_ub, t.wedge_of_a(), add);
    });
  }

 private:
  struct Triangle {  // b ranks above a, a above u
    std::size_t a, b;
    std::size_t ua, ub, ab;  // edges
    std::size_t link_ua, link_ub, link_ab;

    // Of a node, by its links from the lower and the upper end of the edge opposite.
    [[nodiscard]] std::size_t wedge_of_u() const { return 3 * kReversedLink[link_ua] + kReversedLink[link_ub]; }
    [[nodiscard]] std::size_t wedge_of_a() const { return 3 * link_ua + kReversedLink[link_ab]; }
    [[nodiscard]] std::size_t wedge_of_b() const { return 3 * link_ub + link_ab; }
  };

  template <class Visit>
  void for_each_triangle(std::size_t u, const EdgeWedges& wedges, Visit visit) {
    const auto above = graph_.above(u);
    if (above.size() < 2) return;
    for (std::size_t i = 0; i < above.size(); ++i) place_[Graph::rank_of(above[i])] = static_cast<std::uint32_t>(i + 1);
    for (std::size_t i = 0; i < above.size(); ++i) {
      const std::size_t a = Graph::rank_of(above[i]);
      const auto of_a = graph_.above(a);
      pace_(static_cast<std::int64_t>(1 + of_a.size()));
      for (std::size_t k = 0; k < of_a.size(); ++k) {
        const std::size_t b = Graph::rank_of(of_a[k]);
        if (place_[b] == 0) continue;
        const std::size_t j = place_[b] - 1;
        visit(Triangle{a, b, wedges.edge(u, i), wedges.edge(u, j), wedges.edge(a, k), Graph::link_of(above[i]),
                       Graph::link_of(above[j]), Graph::link_of(of_a[k])});
      }
    }
    for (const auto entry : above) place_[Graph::rank_of(entry)] = 0;
  }

  template <class Add>
  void visit_wing(std::size_t v, const Wedges& others, std::size_t diagonal, std::size_t own, Add& add) {
    for (std::size_t t = 0; t < kWedges; ++t)
      if (const std::int64_t n = std::int64_t{others[t]} - (t == own); n > 0)
        add(v, classes_.diamond_wing[(diagonal * 9 + own) * 9 + t], n);
  }

  const Graph& graph_;
  const NodeClasses& classes_;
  PacedStop pace_;
  std::vector<std::uint32_t> place_;  // of a node among those above u, and 1 more; 0 for others
};

}  // namespace motifcount
