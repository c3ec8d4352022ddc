// Counting as the user asks for it: families, subgraph counts, levels found, what is refused.
#include "count.hpp"

#include <algorithm>
#include <bit>
#include <vector>

#include "tools/brute_force.hpp"
#include "tools/check.hpp"
#include "tools/counts.hpp"
#include "tools/every_four.hpp"

namespace test_count {

using namespace motifcount;
using test::Arcs;
using test::below;
using test::Digraph;
using test::dyads_of;
using test::kDyadsAndTriads;
using test::kLayeredFamilies;
using test::layered_tetrads_of;
using test::Layers;
using test::Random;
using test::triads_of;

template <class Index>
MotifCounts run(const GraphView<Index>& graph, FamilySet families, bool induced = true, bool by_block = false) {
  return count_motifs(graph, {families, induced, by_block}, 2, test::never());
}

// Every set of arcs on the same nodes is a subgraph; `classify` says of which class, or -1.
template <std::size_t Classes, class Classify>
void add_subgraphs(Arcs arcs, std::array<Count, Classes>& counts, Classify classify) {
  for (Arcs subset = arcs;; subset = (subset - 1) & arcs) {
    if (const int k = classify(subset); k >= 0) ++counts.at(static_cast<std::size_t>(k));
    if (subset == 0) return;
  }
}

struct Subgraphs {
  DyadCounts dyads{};
  TriadCounts triads{};
  LayeredTetradCounts tetrads{};
};

Subgraphs brute_subgraphs(const Digraph& graph) {
  Subgraphs counts;
  const auto dyad_class = [](Arcs arcs) { return 2 - std::popcount(arcs); };
  for (int a = 0; a < graph.n(); ++a)
    for (int b = a + 1; b < graph.n(); ++b) {
      add_subgraphs(test::arcs_among<2>(graph, {a, b}), counts.dyads, dyad_class);
      for (int c = b + 1; c < graph.n(); ++c) {
        add_subgraphs(test::arcs_among<3>(graph, {a, b, c}), counts.triads, test::triad_class);
        for (int d = c + 1; d < graph.n(); ++d)
          add_subgraphs(test::arcs_among<4>(graph, {a, b, c, d}), counts.tetrads, test::tetrad_class);
      }
    }
  return counts;
}

template <class Index>
void subgraph_counts() {
  Random random(23);
  for (int round = 0; round < 20; ++round) {
    const int n = 4 + below(random, 9);
    const auto graph = test::random_digraph(n, 0.3, random);
    const auto csr = test::to_csr<Index>(graph);
    const Subgraphs expected = brute_subgraphs(graph);
    const MotifCounts found = run(test::view(csr), kDyadsAndTriads, false);
    CHECK_EQ(dyads_of(found).at(0), expected.dyads);
    CHECK_EQ(triads_of(found).at(0), expected.triads);
  }
  for (int round = 0; round < 20; ++round) {
    const auto graph = test::random_strict(test::random_layers(12, 3, random), 0.5, random);
    const auto csr = test::to_csr<Index>(graph);
    CHECK_EQ(layered_tetrads_of(run(test::view(csr), kLayeredFamilies, false)).at(0), brute_subgraphs(graph).tetrads);
  }
}

void families_asked_for() {
  Random random(24);
  const auto csr = test::to_csr<std::int32_t>(test::random_strict(test::random_layers(15, 3, random), 0.4, random));
  constexpr std::array<std::size_t, kFamilies> sizes{3, 16, 10, 199};
  FamilySet every;
  for (std::size_t f = 0; f < kFamilies; ++f) every.add(static_cast<Family>(f));
  const MotifCounts all = run(test::view(csr), every);
  for (unsigned wanted = 0; wanted < 1u << kFamilies; ++wanted) {
    FamilySet families;
    std::size_t n_classes = 0;
    for (std::size_t f = 0; f < kFamilies; ++f)
      if (wanted >> f & 1) {
        families.add(static_cast<Family>(f));
        n_classes += sizes[f];
      }
    CHECK_EQ(families.n_classes(), n_classes);
    const MotifCounts found = run(test::view(csr), families);
    for (std::size_t f = 0; f < kFamilies; ++f) {
      const auto family = static_cast<Family>(f);
      CHECK_EQ(families.has(family), (wanted >> f & 1) != 0);
      CHECK_EQ(found[family].counts, families.has(family) ? all[family].counts : std::vector<Count>{});
    }
  }
}

// Of any digraph, one graph after another with the same counter; where a graph is strictly layered, the ten are among
// the 199.
template <class Index>
void tetrads_of_any_digraph() {
  Random random(27);
  MotifCounter<Index> counter;
  for (int round = 0; round < 40; ++round) {
    const auto layers = test::random_layers(13, 3, random);
    const double p = (1 + below(random, 9)) / 10.0;
    const auto graph = round % 2 ? test::random_strict(layers, p, random) : test::random_digraph(7, p, random);
    const auto csr = test::to_csr<Index>(graph);
    const auto found = counter.count(test::view(csr), {{Family::kTetrad}}, 2, test::never())[Family::kTetrad];
    auto expected = test::every_four(graph);
    for (std::size_t k = 0; k < kTetrads; ++k) CHECK_EQ(found.counts[k], expected[kTetradNumbers[k]]);
    const auto subsets = run(test::view(csr), {Family::kTetrad}, false)[Family::kTetrad];
    auto expected_subsets = test::every_subset_of_four(graph);
    for (std::size_t k = 0; k < kTetrads; ++k) CHECK_EQ(subsets.counts[k], expected_subsets[kTetradNumbers[k]]);
    if (round % 2 == 0) continue;
    const MotifCounts both = run(test::view(csr), {Family::kLayeredTetrad, Family::kTetrad}, false);
    for (std::size_t k = 0; k < kLayeredTetrads; ++k) {
      const auto same = std::ranges::find(kTetradClasses, kLayeredTetradClasses[k].name, &MotifClass::name);
      CHECK_EQ(both[Family::kTetrad].counts[static_cast<std::size_t>(same - kTetradClasses.begin())],
               both[Family::kLayeredTetrad].counts[k]);
    }
    CHECK_THROWS(NotSupported, run(test::view(csr, layers), {Family::kTetrad}, true, true));
  }
}

// Layers of any kind: counts by block are right whether the layers, other levels, or none are strict.
void any_layers() {
  Random random(25);
  for (int round = 0; round < 60; ++round) {
    const int n = 3 + below(random, 14);
    const auto own = test::random_layers(n, 3, random);
    const auto other = test::random_layers(n, 4, random);
    const auto graph = round % 3 == 0 ? test::random_digraph(n, 0.2, random) : test::random_strict(own, 0.6, random);
    const auto csr = test::to_csr<std::int64_t>(graph);
    const LayerTuples tuples(4);
    for (const auto& layers : {Layers(own.of, 4), other}) {
      const MotifCounts found = run(test::view(csr, layers), kDyadsAndTriads, true, true);
      auto expected = test::brute_triads(graph, layers.of);
      const auto triads = triads_of(found);
      CHECK_EQ(triads.size(), tuples.triples().size());
      for (std::size_t t = 0; t < triads.size(); ++t) CHECK_EQ(triads[t], expected[tuples.triples()[t]]);
      CHECK_EQ(triads_of(run(test::view(csr, layers), kDyadsAndTriads)),
               triads_of(run(test::view(csr), kDyadsAndTriads)));
    }
  }
}

void tetrads_need_strict_levels() {
  Random random(26);
  const auto own = test::random_layers(14, 4, random);
  const auto graph = test::random_strict(own, 0.5, random);
  const auto csr = test::to_csr<std::int32_t>(graph);
  auto expected = test::brute_tetrads(graph, own.of);
  const auto by_block = layered_tetrads_of(run(test::view(csr, own), kLayeredFamilies, true, true));
  CHECK_EQ(by_block.size(), 4);
  for (std::size_t l = 0; l < 4; ++l) CHECK_EQ(by_block[l], expected[static_cast<std::int32_t>(l)]);

  // Levels are found where no layers, or others, are given; but blocks have to be the graph's own.
  const Layers other(std::vector<std::int32_t>(14, 0), 1);
  CHECK_EQ(layered_tetrads_of(run(test::view(csr), kLayeredFamilies)),
           layered_tetrads_of(run(test::view(csr, own), kLayeredFamilies)));
  CHECK_EQ(layered_tetrads_of(run(test::view(csr, other), kLayeredFamilies)),
           layered_tetrads_of(run(test::view(csr, own), kLayeredFamilies)));
  CHECK_THROWS(NotSupported, run(test::view(csr, other), kLayeredFamilies, true, true));

  const auto skip = test::to_csr<std::int32_t>({{1, 2}, {2}, {}});
  CHECK_THROWS(NotSupported, run(test::view(skip), kLayeredFamilies));
  CHECK_THROWS(NotSupported, run(test::view(test::to_csr<std::int32_t>({{1, 3}, {2}, {3}, {}})), kLayeredFamilies));
  CHECK_EQ(triads_of(run(test::view(skip), kDyadsAndTriads)).at(0)[k030T], 1);
}

void small_and_empty() {
  for (const int n : {0, 1, 2}) {
    const auto csr = test::to_csr<std::int32_t>(Digraph(n));
    const MotifCounts found = run(test::view(csr), kLayeredFamilies);
    CHECK_EQ(dyads_of(found).at(0), (DyadCounts{0, 0, n * (n - 1) / 2}));
    CHECK_EQ(triads_of(found).at(0), TriadCounts{});
    CHECK_EQ(layered_tetrads_of(found).at(0), LayeredTetradCounts{});
  }
  const auto none = test::to_csr<std::int64_t>(Digraph(0));
  const MotifCounts blocks =
      run(test::view(none, Layers()), kLayeredFamilies, true, true);  // layered, but without a layer
  CHECK_EQ(triads_of(blocks), (std::vector<TriadCounts>{TriadCounts{}}));
  CHECK_EQ(triads_of(run(GraphView<std::int64_t>{none.view(), kMaxNodes}, kLayeredFamilies)).at(0)[k003],
           Count{kMaxNodes} * (kMaxNodes - 1) / 2 * (kMaxNodes - 2) / 3);
}

const check::Tests tests(__FILE__, [] {
  RUN(subgraph_counts<std::int32_t>);
  RUN(subgraph_counts<std::int64_t>);
  RUN(families_asked_for);
  RUN(tetrads_of_any_digraph<std::int32_t>);
  RUN(tetrads_of_any_digraph<std::int64_t>);
  RUN(any_layers);
  RUN(tetrads_need_strict_levels);
  RUN(small_and_empty);
});

}  // namespace test_count
