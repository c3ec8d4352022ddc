#include "census/by_role.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "census/by_node.hpp"
#include "motifs/triads.hpp"
#include "tetrads/edge_wedges.hpp"

namespace motifcount {
namespace {

using Graph = RankedNeighbours<std::uint32_t>;
constexpr std::size_t kNodesPerTask = 64;

// The roles of a node in triads, by links in base 3.
struct TriadRoles {
  std::array<std::uint16_t, 9> centre;   // of an open triad, by the links to both ends
  std::array<std::uint16_t, 9> end;      // by the links from the centre to the node and to the other end
  std::array<std::uint16_t, 27> closed;  // by the links to two others, and from the first of these to the second
  std::array<std::uint16_t, kLinks> in_dyad, beside_dyad;
  std::uint16_t alone;

  TriadRoles() {
    const RolesOfFamily& roles = roles_of(Family::kTriad);
    const auto of = [&](std::size_t uv, std::size_t uw, std::size_t vw, std::size_t node) {
      return roles.of(static_cast<Code>(triad_code(uv, uw, vw)), node);
    };
    for (std::size_t k = 0; k < 9; ++k) {
      centre[k] = of(k / 3 + 1, k % 3 + 1, 0, 0);
      end[k] = of(k / 3 + 1, k % 3 + 1, 0, 1);
    }
    for (std::size_t k = 0; k < 27; ++k) closed[k] = of(k / 9 + 1, k / 3 % 3 + 1, k % 3 + 1, 0);
    for (std::size_t link = 0; link < kLinks; ++link) {
      in_dyad[link] = of(link + 1, 0, 0, 0);
      beside_dyad[link] = of(link + 1, 0, 0, 2);
    }
    alone = of(0, 0, 0, 0);
  }
};

// Triangles, each found at its lowest-ranked node. Of one worker.
class TriangleFinder {
 public:
  TriangleFinder(const Graph& graph, bool shared, Stop& stop)
      : graph_(graph), shared_(shared), pace_(stop), place_(graph.n_nodes(), 0) {}

  // Counts the triangles of u and two nodes above it at their edges.
  void find(std::size_t u, EdgeWedges& wedges) {
    const auto above = graph_.above(u);
    if (above.size() < 2) return;
    for (std::size_t i = 0; i < above.size(); ++i) place_[Graph::rank_of(above[i])] = static_cast<std::uint32_t>(i + 1);
    for (std::size_t i = 0; i < above.size(); ++i) {
      const std::size_t a = Graph::rank_of(above[i]), ua = Graph::link_of(above[i]);
      const auto of_a = graph_.above(a);
      pace_(static_cast<std::int64_t>(1 + of_a.size()));
      for (std::size_t k = 0; k < of_a.size(); ++k) {
        const std::size_t place = place_[Graph::rank_of(of_a[k])];
        if (place == 0) continue;
        const std::size_t j = place - 1, ub = Graph::link_of(above[j]), ab = Graph::link_of(of_a[k]);
        count(wedges[wedges.edge(a, k)][3 * kReversedLink[ua] + kReversedLink[ub]]);
        count(wedges[wedges.edge(u, i)][3 * ub + ab]);
        count(wedges[wedges.edge(u, j)][3 * ua + kReversedLink[ab]]);
      }
    }
    for (const auto entry : above) place_[Graph::rank_of(entry)] = 0;
  }

 private:
  void count(std::uint32_t& number) const { fetch_add(number, std::uint32_t{1}, shared_); }

  const Graph& graph_;
  bool shared_;  // the edges, between workers
  PacedStop pace_;
  std::vector<std::uint32_t> place_;  // of a node among those above u, and 1 more; 0 for others
};

class RoleCounter {
 public:
  RoleCounter(const Graph& graph, std::int64_t n_nodes, int num_threads, Stop& stop)
      : graph_(graph), n_nodes_(n_nodes), threads_(std::max(num_threads, 1)), stop_(stop) {
    for (std::size_t u = 0; u < graph.n_nodes(); ++u) {
      asymmetric_ += graph.degrees(u)[0];
      mutual_ += graph.degrees(u)[2];
    }
    mutual_ /= 2;  // met at both nodes
  }

  void count_dyads(LargeArray<NodeDyadRoles>& counts) const {
    const RolesOfFamily& roles = roles_of(Family::kDyad);
    const std::int64_t others = std::max<std::int64_t>(n_nodes_ - 1, 0);
    NodeDyadRoles none{};
    none[roles.of(0, 0)] = others;
    counts.assign(counts.size(), none);
    for (std::size_t u = 0; u < graph_.n_nodes(); ++u) {
      NodeDyadRoles& own = counts[graph_.row_of_rank()[u]];
      for (std::size_t link = 0; link < kLinks; ++link) {
        own[roles.of(static_cast<Code>(link + 1), 0)] += graph_.degrees(u)[link];
        own[roles.of(0, 0)] -= graph_.degrees(u)[link];
      }
    }
  }

  void count_triads(LargeArray<NodeTriadRoles>& counts) {
    NodeTriadRoles none{};
    add_sparse({}, none);
    make_roles_induced(Family::kTriad, none);
    for (NodeTriadRoles& own : counts) own = none;
    EdgeWedges wedges(graph_);
    std::vector<std::optional<TriangleFinder>> triangles(static_cast<std::size_t>(threads_));
    for_each_node([&](std::size_t u, std::size_t id) {
      if (!triangles[id]) triangles[id].emplace(graph_, threads_ > 1, stop_);
      triangles[id]->find(u, wedges);
    });
    std::vector<PacedStop> pace(static_cast<std::size_t>(threads_), PacedStop(stop_));
    for_each_node([&](std::size_t x, std::size_t id) {
      NodeTriadRoles& own = counts[graph_.row_of_rank()[x]];
      own = {};
      add_sparse(graph_.degrees(x), own);
      pace[id](32 * static_cast<std::int64_t>(graph_.row(x).size()));
      add_connected(x, wedges, own);
      make_roles_induced(Family::kTriad, own);
    });
  }

 private:
  template <class Body>
  void for_each_node(Body body) {
    const std::size_t n = graph_.n_nodes();
    parallel_for(static_cast<std::int64_t>((n + kNodesPerTask - 1) / kNodesPerTask), threads_, stop_,
                 [&](std::int64_t task, int id) {
                   const std::size_t begin = static_cast<std::size_t>(task) * kNodesPerTask;
                   for (std::size_t u = begin; u < std::min(begin + kNodesPerTask, n); ++u)
                     body(u, static_cast<std::size_t>(id));
                 });
  }

  // Open counts of the triads with a link or none, at a node of these degrees.
  void add_sparse(const std::array<std::uint32_t, kLinks>& degrees, NodeTriadRoles& own) const {
    if (n_nodes_ < 3) return;
    for (std::size_t link = 0; link < kLinks; ++link) own[roles_.in_dyad[link]] += degrees[link] * (n_nodes_ - 2);
    own[roles_.beside_dyad[0]] += asymmetric_ - degrees[0] - degrees[1];
    own[roles_.beside_dyad[2]] += mutual_ - degrees[2];
    own[roles_.alone] += static_cast<std::int64_t>(choose2(n_nodes_ - 1));
  }

  void add_connected(std::size_t x, const EdgeWedges& wedges, NodeTriadRoles& own) const {
    for (std::size_t a = 0; a < kLinks; ++a)
      for (std::size_t b = a; b < kLinks; ++b) {
        const std::int64_t p = graph_.degrees(x)[a], q = graph_.degrees(x)[b];
        own[roles_.centre[3 * a + b]] += a == b ? n_pairs(p) : p * q;
      }
    NodeTriadRoles twice{};  // each triangle is met by both of its edges at x
    const auto row = graph_.row(x);
    for (std::size_t k = 0; k < row.size(); ++k) {
      const std::size_t v = Graph::rank_of(row[k]), c = Graph::link_of(row[k]), r = kReversedLink[c];
      for (std::size_t q = 0; q < kLinks; ++q)
        own[roles_.end[3 * r + q]] += std::int64_t{graph_.degrees(v)[q]} - (q == r);
      const auto shared = wedges.seen_from(graph_, x, v, k);
      for (std::size_t s = 0; s < kWedges; ++s) twice[roles_.closed[9 * c + s]] += shared[s];
    }
    for (std::size_t role = 0; role < own.size(); ++role) own[role] += twice[role] / 2;
  }

  const Graph& graph_;
  std::int64_t n_nodes_;
  int threads_;
  Stop& stop_;
  TriadRoles roles_;
  std::int64_t asymmetric_ = 0, mutual_ = 0;  // dyads of the graph
};

}  // namespace

template <class Index>
RoleCensus role_census(const GraphView<Index>& graph, bool want_triads, int num_threads, Stop& stop) {
  constexpr std::int64_t most_rows = std::int64_t{1} << 28;
  if (graph.n_nodes > kMaxNodeCensus || graph.out.n_rows() >= most_rows)
    throw NotSupported("by_role: the graph has " + std::to_string(graph.n_nodes) + " nodes; at most " +
                       std::to_string(kMaxNodeCensus) + ", and " + std::to_string(most_rows - 1) +
                       " with edges, can be counted one by one");
  Graph ranked;
  ranked.build(graph.out, stop);
  RoleCounter counter(ranked, graph.n_nodes, num_threads, stop);
  RoleCensus census;
  const auto n_rows = static_cast<std::size_t>(graph.out.n_rows()) + 1;
  census.dyads.resize(n_rows);
  counter.count_dyads(census.dyads);
  if (want_triads) {
    census.triads.resize(n_rows);
    counter.count_triads(census.triads);
  }
  return census;
}

template RoleCensus role_census(const GraphView<std::int32_t>&, bool, int, Stop&);
template RoleCensus role_census(const GraphView<std::int64_t>&, bool, int, Stop&);

}  // namespace motifcount
