// The dyad and triad census against every pair and triple: whole and by block, in every shape, for any number of
// threads.
#include "census/triads.hpp"

#include <vector>

#include "tools/brute_force.hpp"
#include "tools/check.hpp"
#include "tools/repeats.hpp"
#include "tools/wedge_oracle.hpp"

namespace test_triads {

using namespace motifcount;
using test::below;
using test::chance;
using test::Digraph;
using test::Layers;
using test::Random;

template <class Visit>
void for_both_widths(const Digraph& graph, Visit visit) {
  visit(test::to_csr<std::int32_t>(graph));
  visit(test::to_csr<std::int64_t>(graph));
}

template <class Index>
Census run(const GraphView<Index>& graph, Shape shape, bool by_block = false, int threads = 1) {
  Stop stop;
  return census(graph, shape, true, by_block, threads, stop);
}

template <class Table, class Key>
typename Table::mapped_type entry(const Table& table, const Key& key) {
  const auto at = table.find(key);
  return at == table.end() ? typename Table::mapped_type{} : at->second;
}

// In each of the shapes, for each number of threads.
void hold_against_brute_force(const Digraph& graph, const std::vector<Shape>& shapes,
                              const std::vector<int>& threads = {1}) {
  const auto dyads = entry(test::brute_dyads(graph), std::array<std::int32_t, 2>{});
  const auto triads = entry(test::brute_triads(graph), std::array<std::int32_t, 3>{});
  for_both_widths(graph, [&](const auto& csr) {
    for (const Shape shape : shapes)
      for (const int n : threads) {
        const Census found = run(test::view(csr), shape, false, n);
        CHECK_EQ(found.dyads.size(), 1);
        CHECK_EQ(found.triads.size(), 1);
        CHECK_EQ(found.dyads[0], dyads);
        CHECK_EQ(found.triads[0], triads);
      }
  });
}

void hold_blocks_against_brute_force(const Digraph& graph, const Layers& layers, const std::vector<Shape>& shapes,
                                     const std::vector<int>& threads = {1}) {
  const auto dyads = test::brute_dyads(graph, layers.of);
  const auto triads = test::brute_triads(graph, layers.of);
  const LayerTuples tuples(static_cast<std::int64_t>(layers.sizes.size()));
  for_both_widths(graph, [&](const auto& csr) {
    for (const Shape shape : shapes)
      for (const int n : threads) {
        const Census found = run(test::view(csr, layers), shape, true, n);
        CHECK_EQ(found.dyads.size(), tuples.pairs().size());
        CHECK_EQ(found.triads.size(), tuples.triples().size());
        for (std::size_t d = 0; d < found.dyads.size(); ++d) CHECK_EQ(found.dyads[d], entry(dyads, tuples.pairs()[d]));
        for (std::size_t t = 0; t < found.triads.size(); ++t)
          CHECK_EQ(found.triads[t], entry(triads, tuples.triples()[t]));
      }
  });
}

// Every shape that `graph` fits into must give the same counts.
std::vector<Shape> shapes_of(const Digraph& graph) {
  switch (find_levels(test::to_csr<std::int32_t>(graph).view(), test::never()).shape) {
    case Shape::kStrict: return {Shape::kStrict, Shape::kBipartite, Shape::kGeneral};
    case Shape::kBipartite: return {Shape::kBipartite, Shape::kGeneral};
    case Shape::kGeneral: break;
  }
  return {Shape::kGeneral};
}

void layer_tuples() {
  const LayerTuples tuples(5);
  CHECK_EQ(tuples.pairs().size(), 15);
  CHECK_EQ(tuples.triples().size(), 35);
  CHECK(std::ranges::is_sorted(tuples.pairs()));
  CHECK(std::ranges::is_sorted(tuples.triples()));
  for (std::int32_t a = 0; a < 5; ++a)
    for (std::int32_t b = 0; b < 5; ++b) {
      CHECK_EQ(tuples.pairs()[tuples.pair(a, b)], (std::array{std::min(a, b), std::max(a, b)}));
      for (std::int32_t c = 0; c < 5; ++c) {
        std::array key{a, b, c};
        std::ranges::sort(key);
        CHECK_EQ(tuples.triples()[tuples.triple(a, b, c)], key);
      }
    }
  CHECK_EQ(LayerTuples(kMaxBlockLayers).pairs().size(), kMaxBlockLayers * (kMaxBlockLayers + 1) / 2);
  CHECK_THROWS(NotSupported, LayerTuples(kMaxBlockLayers + 1));
}

void all_small_digraphs() {
  for (int n = 0; n <= 4; ++n)
    for (unsigned code = 0; code < 1u << (n * (n - 1)); code += n < 4 ? 1 : test::kNextGraph) {
      Digraph graph(n);
      std::vector<std::int32_t> layer_of;
      unsigned bit = 0;
      for (int u = 0; u < n; ++u) {
        layer_of.push_back(static_cast<std::int32_t>((code * 2654435761u >> (8 * u)) % 3));
        for (int v = 0; v < n; ++v)
          if (u != v && (code >> bit++ & 1)) graph.add(u, v);
      }
      hold_against_brute_force(graph, shapes_of(graph));
      if (n > 0) hold_blocks_against_brute_force(graph, Layers(layer_of, 3), {Shape::kGeneral});
    }
}

void random_digraphs() {
  Random random(6);
  for (const int n : {5, 13, 30, 61})
    for (const double p : {0.02, 0.1, 0.5, 0.95}) {
      const auto graph = test::random_digraph(n, p, random);
      const auto layers = test::random_layers(n, 1 + below(random, 5), random);
      hold_against_brute_force(graph, {Shape::kGeneral}, {1, 3});
      hold_blocks_against_brute_force(graph, layers, {Shape::kGeneral}, {1, 3});
    }
}

void shapes_agree() {
  Random random(7);
  for (std::int64_t round = test::repeats(40); round > 0; --round) {
    const int n = 2 + below(random, 24);
    const double p = 0.5 * (1 + below(random, 2));
    const auto sides = test::random_layers(n, 2, random);
    const auto bipartite = test::random_digraph(n, p / 2, random, [&](int u, int v) {
      return sides.of[static_cast<std::size_t>(u)] != sides.of[static_cast<std::size_t>(v)];
    });
    hold_against_brute_force(bipartite, {Shape::kBipartite, Shape::kGeneral});
    for (const Layers& layers : {sides, test::random_layers(n, 3, random)})
      hold_blocks_against_brute_force(bipartite, layers, {Shape::kBipartite, Shape::kGeneral});
    const auto levels = test::random_layers(n, 4, random);
    const auto strict = test::random_strict(levels, p, random);
    hold_against_brute_force(strict, {Shape::kStrict, Shape::kBipartite, Shape::kGeneral});
    hold_blocks_against_brute_force(strict, levels, {Shape::kStrict, Shape::kBipartite, Shape::kGeneral});
  }
}

void without_triads() {
  Random random(8);
  const auto graph = test::random_digraph(20, 0.2, random);
  const auto csr = test::to_csr<std::int32_t>(graph);
  Stop stop;
  const Census found = census(test::view(csr), Shape::kGeneral, false, false, 1, stop);
  CHECK(found.triads.empty());
  CHECK_EQ(found.dyads[0], entry(test::brute_dyads(graph), std::array<std::int32_t, 2>{}));
}

// Dense enough that the triangles fill many tasks.
void dense_for_any_threads() {
  Random random(9);
  const auto graph = test::random_digraph(220, 0.5, random);
  const auto layers = test::random_layers(220, 3, random);
  hold_against_brute_force(graph, {Shape::kGeneral}, test::kThreads);
  hold_blocks_against_brute_force(graph, layers, {Shape::kGeneral}, test::kThreads);
}

TriadCounts sum(const std::vector<TriadCounts>& parts) {
  TriadCounts total{};
  for (const auto& part : parts)
    for (std::size_t k = 0; k < kTriads; ++k) total[k] += part[k];
  return total;
}

// Enough nodes for several tasks, with hubs; the oracle looks at the wedges of each node.
void sparse_for_any_threads() {
  constexpr int n = 50000;
  Random random(10);
  std::vector<std::vector<int>> rows(n);
  for (int k = 0; k < 120000; ++k) {
    const int u = below(random, k % 8 == 0 ? 60 : n);
    const int v = below(random, k % 5 == 0 ? 300 : n);
    if (u != v) rows[static_cast<std::size_t>(u)].push_back(v);
  }
  const auto csr32 = test::to_csr<std::int32_t>(rows);
  const auto csr64 = test::to_csr<std::int64_t>(rows);
  const auto layers = test::random_layers(n, 4, random);
  const TriadCounts expected = test::triads_by_wedges(csr32);
  for (const int threads : test::kThreads) {
    CHECK_EQ(run(test::view(csr32), Shape::kGeneral, false, threads).triads[0], expected);
    CHECK_EQ(run(test::view(csr64), Shape::kGeneral, false, threads).triads[0], expected);
    CHECK_EQ(sum(run(test::view(csr32, layers), Shape::kGeneral, true, threads).triads), expected);
  }
}

// Lists that are all planes, all tail, and both; with hubs that fill some words of the planes, just or not quite.
void planes_and_tails() {
  Random random(11);
  for (const int n_hubs : {3, 63, 64, 65, 130, test::kSanitized ? 200 : 520}) {
    const int n = 4 * n_hubs + 200;
    std::vector<std::vector<int>> rows(static_cast<std::size_t>(n));
    for (int u = 0; u < n; ++u)
      for (int v = 0; v < n; ++v)
        if (u != v && chance(random, v < n_hubs ? (u < n_hubs ? 0.3 : 0.05) : 0.01))
          rows[static_cast<std::size_t>(u)].push_back(v);
    const auto csr = test::to_csr<std::int32_t>(rows);
    const TriadCounts expected = test::triads_by_wedges(csr);
    const auto layers = test::random_layers(n, 3, random);
    CHECK_EQ(run(test::view(csr), Shape::kGeneral, false, 2).triads[0], expected);
    CHECK_EQ(sum(run(test::view(csr, layers), Shape::kGeneral, true, 2).triads), expected);
  }
}

// Nodes without a row, and counts beyond 2^63.
void large_counts() {
  const auto triangle = test::to_csr<std::int32_t>({{1}, {2}, {0}});
  for (const std::int64_t n : {std::int64_t{1000000000}, kMaxNodes}) {
    const Census found = run(GraphView<std::int32_t>{triangle.view(), n}, Shape::kGeneral);
    CHECK_EQ(found.dyads[0], (DyadCounts{0, 3, Count{n} * (n - 1) / 2 - 3}));
    TriadCounts expected{};
    expected[k030C] = 1;
    expected[k012] = 3 * (Count{n} - 3);
    expected[k003] = Count{n} * (n - 1) / 2 * (n - 2) / 3 - 1 - expected[k012];
    CHECK_EQ(found.triads[0], expected);
  }
  constexpr std::int32_t leaves = 4000000;
  Csr<std::int32_t> star;
  for (std::int32_t v = 1; v <= leaves; ++v) star.indices.push_back(v);
  star.indptr.insert(star.indptr.end(), std::size_t{leaves} + 1, leaves);
  TriadCounts expected{};
  expected[k021D] = Count{leaves} * (leaves - 1) / 2;
  expected[k003] = Count{leaves} * (leaves - 1) / 2 * (leaves - 2) / 3;
  CHECK(expected[k003] > Count{std::numeric_limits<std::int64_t>::max()});
  for (const Shape shape : {Shape::kStrict, Shape::kBipartite, Shape::kGeneral})
    CHECK_EQ(run(test::view(star), shape, false, 2).triads[0], expected);
}

const check::Tests tests(__FILE__, [] {
  RUN(layer_tuples);
  RUN(all_small_digraphs);
  RUN(random_digraphs);
  RUN(shapes_agree);
  RUN(without_triads);
  RUN(dense_for_any_threads);
  RUN(sparse_for_any_threads);
  RUN(planes_and_tails);
  RUN(large_counts);
});

}  // namespace test_triads
