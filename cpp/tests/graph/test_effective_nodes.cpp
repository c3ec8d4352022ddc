// The clean-up of networks against repeated sweeps over the adjacency matrix.
#include "graph/effective_nodes.hpp"

#include <vector>

#include "tools/check.hpp"
#include "tools/graphs.hpp"

namespace test_effective_nodes {

using namespace motifcount;
using test::below;
using test::Random;

// By repeated sweeps over the matrix, as the definition has it.
std::vector<std::uint8_t> sweep(const test::Digraph& graph, const std::vector<std::uint8_t>& roles) {
  const int n = graph.n();
  std::vector<std::uint8_t> stays(static_cast<std::size_t>(n), 1);
  const auto clean = [&](auto may_go, auto linked) {
    for (bool moved = true; moved;) {
      moved = false;
      for (int v = 0; v < n; ++v) {
        const auto at = static_cast<std::size_t>(v);
        if (!stays[at] || !may_go(static_cast<Role>(roles[at]))) continue;
        bool bare = true;
        for (int u = 0; u < n; ++u) bare &= !(stays[static_cast<std::size_t>(u)] && linked(v, u));
        if (!bare) continue;
        stays[at] = 0;
        moved = true;
      }
    }
  };
  clean([](Role role) { return role == Role::kHidden; }, [&](int v, int u) { return graph.arc(u, v); });
  clean([](Role role) { return role != Role::kFixed; }, [&](int v, int u) { return graph.arc(v, u); });
  return stays;
}

template <class Index>
void clean_ups() {
  Random random(3);
  for (int round = 0; round < 200; ++round) {
    const int n = 1 + below(random, 14);
    const auto graph = test::random_digraph(n, 0.12, random);
    std::vector<std::uint8_t> roles;
    for (int v = 0; v < n; ++v) roles.push_back(static_cast<std::uint8_t>(below(random, 3)));
    CHECK_EQ(effective_nodes<Index>(test::to_csr<Index>(graph).view(), roles, test::never()), sweep(graph, roles));
  }
}

const check::Tests tests(__FILE__, [] {
  RUN(clean_ups<std::int32_t>);
  RUN(clean_ups<std::int64_t>);
});

}  // namespace test_effective_nodes
