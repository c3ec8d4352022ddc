// Strict levels, bipartite and general shapes, longest-path levels.
#include "graph/levels.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "tools/check.hpp"
#include "tools/graphs.hpp"

namespace test_levels {

using namespace motifcount;
using test::below;
using test::Random;
using Rows = std::vector<std::vector<int>>;
using LevelList = std::vector<std::int32_t>;

Levels<std::int32_t> levels_of(const Rows& rows) {
  return find_levels(test::to_csr<std::int32_t>(rows).view(), test::never());
}

void drawn_cases() {
  CHECK(levels_of({}).shape == Shape::kStrict);
  CHECK_EQ(levels_of({{}, {}}).level, (LevelList{0, 0}));
  CHECK_EQ(levels_of({{1}, {2}, {}}).level, (LevelList{0, 1, 2}));
  CHECK_EQ(levels_of({{}, {0}, {1}}).level, (LevelList{2, 1, 0}));
  // Levels follow the arcs, not the depth: 2 has no arc in, and still lies on level 1.
  CHECK_EQ(levels_of({{1}, {3}, {3}, {}}).level, (LevelList{0, 1, 1, 2}));
  // Each component starts at 0.
  CHECK_EQ(levels_of({{1}, {2}, {}, {}, {3}, {4}}).level, (LevelList{0, 1, 2, 2, 1, 0}));

  CHECK(levels_of({{1, 3}, {2}, {3}, {}}).shape == Shape::kBipartite);  // a skip of three levels
  CHECK(levels_of({{1, 3}, {2}, {3}, {}}).level.empty());
  CHECK(levels_of({{1}, {0}}).shape == Shape::kBipartite);  // a mutual pair
  CHECK(levels_of({{1}, {2}, {3}, {0}}).shape == Shape::kBipartite);
  CHECK(levels_of({{1}, {2}, {0}}).shape == Shape::kGeneral);
  CHECK(levels_of({{1, 2}, {2}, {}}).shape == Shape::kGeneral);
  CHECK(levels_of({{1}, {}, {3, 4}, {4}, {}}).shape == Shape::kGeneral);  // only its second component is
}

// Shape and levels by walking each component with a stack.
Levels<std::int64_t> walk(const test::Digraph& graph) {
  const auto n = static_cast<std::size_t>(graph.n());
  constexpr std::int32_t unseen = std::numeric_limits<std::int32_t>::max();
  LevelList level(n, unseen);
  bool strict = true, bipartite = true;
  for (int start = 0; start < graph.n(); ++start) {
    if (level[static_cast<std::size_t>(start)] != unseen) continue;
    std::vector<int> component{start};
    level[static_cast<std::size_t>(start)] = 0;
    for (std::size_t k = 0; k < component.size(); ++k)
      for (int v = 0; v < graph.n(); ++v) {
        const int u = component[k];
        const std::int32_t here = level[static_cast<std::size_t>(u)];
        auto& there = level[static_cast<std::size_t>(v)];
        for (const auto& [linked, step] : {std::pair{graph.arc(u, v), 1}, std::pair{graph.arc(v, u), -1}}) {
          if (!linked) continue;
          if (there == unseen) {
            there = here + step;
            component.push_back(v);
          }
          strict &= there == here + step;
          bipartite &= (there - here) % 2 != 0;
        }
      }
    std::int32_t lowest = 0;
    for (const int v : component) lowest = std::min(lowest, level[static_cast<std::size_t>(v)]);
    for (const int v : component) level[static_cast<std::size_t>(v)] -= lowest;
  }
  if (strict) return {Shape::kStrict, level};
  return {bipartite ? Shape::kBipartite : Shape::kGeneral, {}};
}

// A permuted layered graph, sometimes spoilt by an arc across.
test::Digraph shuffled_layers(Random& random) {
  const int n = 2 + below(random, 14);
  std::vector<int> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), 0);
  for (int k = n - 1; k > 0; --k)
    std::swap(order[static_cast<std::size_t>(k)], order[static_cast<std::size_t>(below(random, k + 1))]);
  const auto layers = test::random_layers(n, 5, random);
  const auto plain = test::random_strict(layers, 0.4, random);
  test::Digraph graph(n);
  for (int u = 0; u < n; ++u)
    for (int v = 0; v < n; ++v)
      if (plain.arc(u, v)) graph.add(order[static_cast<std::size_t>(u)], order[static_cast<std::size_t>(v)]);
  for (int extra = below(random, 3); extra > 0; --extra)
    if (const int u = below(random, n), v = below(random, n); u != v) graph.add(u, v);
  return graph;
}

void random_cases() {
  Random random(4);
  std::array<int, 3> seen{};
  for (int round = 0; round < 1500; ++round) {
    const auto graph = shuffled_layers(random);
    const auto expected = walk(graph);
    const auto csr = test::to_csr<std::int64_t>(graph);
    const auto found = find_levels(csr.view(), test::never());
    ++seen[static_cast<std::size_t>(expected.shape)];
    CHECK(found.shape == expected.shape);
    CHECK_EQ(found.level, expected.level);
    if (expected.shape == Shape::kStrict) CHECK(is_strict<std::int64_t>(csr.view(), found.level, 1, test::never()));
  }
  CHECK(std::ranges::min(seen) > 100);
}

void strictness_of_layers() {
  const auto csr = test::to_csr<std::int32_t>(Rows{{1, 2}, {3}, {3}, {}});
  const auto strict = [&](const LevelList& layers) {
    return is_strict<std::int32_t>(csr.view(), layers, 2, test::never());
  };
  CHECK(strict({0, 1, 1, 2}));
  CHECK(strict({4, 5, 5, 6}));
  CHECK(!strict({0, 1, 1, 3}));
  CHECK(!strict({0, 1, 0, 2}));
  CHECK(!strict({2, 1, 1, 0}));
}

// By the definition: the longest walk back, found by relaxing n times.
void longest_paths() {
  Random random(5);
  for (int round = 0; round < 200; ++round) {
    const int n = 1 + below(random, 12);
    const auto graph = test::random_digraph(n, 0.3, random, [](int u, int v) { return u < v; });
    LevelList level(static_cast<std::size_t>(n), 0);
    for (int k = 0; k < n; ++k)
      for (int u = 0; u < n; ++u)
        for (int v = 0; v < n; ++v)
          if (graph.arc(u, v))
            level[static_cast<std::size_t>(v)] =
                std::max(level[static_cast<std::size_t>(v)], level[static_cast<std::size_t>(u)] + 1);
    CHECK_EQ(longest_path_levels(test::to_csr<std::int32_t>(graph).view(), test::never()), level);
  }
  const auto cycle = test::to_csr<std::int64_t>(Rows{{1}, {2}, {3}, {1}});
  CHECK_THROWS(InvalidGraph, longest_path_levels(cycle.view(), test::never()));
  CHECK_THROWS(InvalidGraph, longest_path_levels(test::to_csr<std::int32_t>(Rows{{1}, {0}}).view(), test::never()));
  CHECK(longest_path_levels(test::to_csr<std::int32_t>(Rows{}).view(), test::never()).empty());
}

// Paths of a million nodes, in three numberings: deep trees must neither recurse nor take long.
void long_paths() {
  constexpr std::int32_t n = 1000000;
  for (const std::int64_t stride : {std::int64_t{1}, std::int64_t{n - 1}, std::int64_t{7919}}) {
    LevelList expected(n), at(n);
    for (std::int32_t k = 0; k < n; ++k) {
      at[static_cast<std::size_t>(k)] = static_cast<std::int32_t>(k * stride % n);
      expected[static_cast<std::size_t>(at[static_cast<std::size_t>(k)])] = k;
    }
    Csr<std::int32_t> csr;
    for (std::size_t v = 0; v < n; ++v) {
      if (const std::int32_t k = expected[v]; k + 1 < n) csr.indices.push_back(at[static_cast<std::size_t>(k) + 1]);
      csr.indptr.push_back(static_cast<std::int32_t>(csr.indices.size()));
    }
    CHECK(find_levels(csr.view(), test::never()).level == expected);
    CHECK(longest_path_levels(csr.view(), test::never()) == expected);
    CHECK(is_strict<std::int32_t>(csr.view(), expected, 3, test::never()));
  }
}

const check::Tests tests(__FILE__, [] {
  RUN(drawn_cases);
  RUN(random_cases);
  RUN(strictness_of_layers);
  RUN(longest_paths);
  RUN(long_paths);
});

}  // namespace test_levels
