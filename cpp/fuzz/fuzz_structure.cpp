// Levels, nodes without effect, triangles and squares, against their definitions.
#include <algorithm>
#include <optional>
#include <vector>

#include "fuzz.hpp"
#include "graph/csr.hpp"
#include "graph/effective_nodes.hpp"
#include "graph/levels.hpp"
#include "squares/by_node.hpp"
#include "triangles/by_edge.hpp"

namespace {

using namespace motifcount;
using fuzz::Bytes;
using test::Digraph;
using test::never;

template <class Visit>
void for_each_arc(const Digraph& graph, Visit visit) {
  for (int u = 0; u < graph.n(); ++u)
    for (int v = 0; v < graph.n(); ++v)
      if (graph.arc(u, v)) visit(static_cast<std::size_t>(u), static_cast<std::size_t>(v));
}

// Distances in the underlying graph, an arc counting `forth` along and `back` against it, modulo `modulus` if that is
// not 0; nothing where two ways differ. The lowest of each component is 0.
std::optional<std::vector<int>> levels_of(const Digraph& graph, int back, int modulus) {
  const auto n = static_cast<std::size_t>(graph.n());
  std::vector<int> level(n, 0);
  std::vector<std::uint8_t> seen(n, 0);
  bool consistent = true;
  for (std::size_t start = 0; start < n; ++start) {
    if (seen[start]) continue;
    std::vector<std::size_t> component{start};
    seen[start] = 1;
    for (std::size_t k = 0; k < component.size(); ++k) {
      const std::size_t u = component[k];
      const auto look = [&](std::size_t v, int step) {
        const int found = modulus == 0 ? level[u] + step : (level[u] + step) % modulus;
        if (!seen[v]) {
          seen[v] = 1;
          level[v] = found;
          component.push_back(v);
        } else {
          consistent = consistent && level[v] == found;
        }
      };
      for (std::size_t v = 0; v < n; ++v) {
        if (graph.arc(static_cast<int>(u), static_cast<int>(v))) look(v, 1);
        if (graph.arc(static_cast<int>(v), static_cast<int>(u))) look(v, back);
      }
    }
    int lowest = 0;
    for (const std::size_t v : component) lowest = std::min(lowest, level[v]);
    for (const std::size_t v : component) level[v] -= lowest;
  }
  if (!consistent) return {};
  return level;
}

// By rounds: after n of them nothing grows unless there is a cycle.
std::optional<std::vector<int>> longest_paths(const Digraph& graph) {
  std::vector<int> level(static_cast<std::size_t>(graph.n()), 0);
  for (int round = 0; round <= graph.n(); ++round) {
    bool grown = false;
    for_each_arc(graph, [&](std::size_t u, std::size_t v) {
      if (level[v] > level[u]) return;
      level[v] = level[u] + 1;
      grown = true;
    });
    if (!grown) return level;
  }
  return {};
}

std::vector<std::uint8_t> staying(const Digraph& graph, const std::vector<std::uint8_t>& roles) {
  std::vector<std::uint8_t> stays(static_cast<std::size_t>(graph.n()), 1);
  const auto peel = [&](bool incoming, auto may_go) {
    for (bool changed = true; std::exchange(changed, false);) {
      std::vector<int> degree(stays.size(), 0);
      for_each_arc(graph, [&](std::size_t u, std::size_t v) {
        if (stays[u] && stays[v]) ++degree[incoming ? v : u];
      });
      for (std::size_t v = 0; v < stays.size(); ++v)
        if (stays[v] && degree[v] == 0 && may_go(static_cast<Role>(roles[v]))) {
          stays[v] = 0;
          changed = true;
        }
    }
  };
  peel(true, [](Role role) { return role == Role::kHidden; });
  peel(false, [](Role role) { return role != Role::kFixed; });
  return stays;
}

template <class Index>
void undirected(const Digraph& graph, int threads) {
  Digraph both(graph.n());
  for (int u = 0; u < graph.n(); ++u)
    for (int v = 0; v < graph.n(); ++v)
      if (graph.arc(u, v)) {
        both.add(u, v);
        both.add(v, u);
      }
  const auto csr = test::to_csr<Index>(both);
  const auto triangles = edge_triangles(csr.view(), threads, never());
  const auto squares = node_squares(csr.view(), threads, never());
  std::size_t entry = 0;
  std::vector<std::int64_t> expected(static_cast<std::size_t>(both.n()), 0);
  for (int u = 0; u < both.n(); ++u)
    for (int v = 0; v < both.n(); ++v) {
      int common = 0;
      for (int w = 0; w < both.n(); ++w) common += both.arc(u, w) && both.arc(w, v);
      if (u != v) expected[static_cast<std::size_t>(u)] += common * (common - 1) / 2;
      if (both.arc(u, v)) REQUIRE(triangles[entry++] == common);
    }
  REQUIRE(squares == expected);
}

template <class Index>
void run(const fuzz::Input& input, const std::vector<std::uint8_t>& roles, int threads) {
  const Digraph& graph = input.graph;
  const auto csr = test::to_csr<Index>(graph);
  const auto levels = find_levels(csr.view(), never());
  const auto strict = levels_of(graph, -1, 0);
  const bool bipartite = levels_of(graph, 1, 2).has_value();
  REQUIRE(levels.shape == (strict ? Shape::kStrict : bipartite ? Shape::kBipartite : Shape::kGeneral));
  if (strict) REQUIRE(std::ranges::equal(levels.level, *strict));

  const auto paths = longest_paths(graph);
  try {
    const auto found = longest_path_levels(csr.view(), never());
    REQUIRE(paths && std::ranges::equal(found, *paths));
  } catch (const InvalidGraph&) {
    REQUIRE(!paths);
  }
  if (!input.layers.of.empty()) {
    bool climbs = true;
    for_each_arc(graph, [&](std::size_t u, std::size_t v) { climbs &= input.layers.of[v] == input.layers.of[u] + 1; });
    REQUIRE(is_strict(csr.view(), input.layers.of, threads, never()) == climbs);
  }
  REQUIRE(effective_nodes(csr.view(), roles, never()) == staying(graph, roles));
  undirected<Index>(graph, threads);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const std::uint8_t options = bytes.byte();
  const std::uint8_t role = bytes.byte();
  const fuzz::Input input = fuzz::read_graph(bytes, options & 1 ? 80 : 16);
  std::vector<std::uint8_t> roles(static_cast<std::size_t>(input.graph.n()));
  for (std::size_t v = 0; v < roles.size(); ++v) roles[v] = static_cast<std::uint8_t>((v * (role % 8) + role / 8) % 3);
  if (options & 2) run<std::int32_t>(input, roles, options & 4 ? 3 : 1);
  else run<std::int64_t>(input, roles, options & 4 ? 3 : 1);
  return 0;
}
