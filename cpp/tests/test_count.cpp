// Counting as the user asks for it: sizes, subgraph counts, levels found, what is refused.
#include "counts.hpp"

#include <bit>
#include <vector>

#include "tools/brute_force.hpp"
#include "tools/check.hpp"

namespace {

using namespace motifcount;
using test::Arcs;
using test::below;
using test::Digraph;
using test::Layers;
using test::Random;

constexpr Sizes kAll{true, true, true};
constexpr Sizes kSmall{true, true, false};

template <class Index>
MotifCounts run(const GraphView<Index>& graph, const Sizes& sizes, bool induced = true, bool by_block = false) {
  Stop stop;
  return count_motifs(graph, sizes, induced, by_block, 2, stop);
}

// Every set of arcs on the same nodes is a subgraph; `classify` says of which class, or -1.
template <std::size_t Classes, class Classify>
void add_subgraphs(Arcs arcs, std::array<Count, Classes>& counts, Classify classify) {
  for (Arcs subset = arcs;; subset = (subset - 1) & arcs) {
    if (const int k = classify(subset); k >= 0) ++counts[static_cast<std::size_t>(k)];
    if (subset == 0) return;
  }
}

MotifCounts brute_subgraphs(const Digraph& graph) {
  MotifCounts counts{{DyadCounts{}}, {TriadCounts{}}, {LayeredTetradCounts{}}};
  const auto dyad_class = [](Arcs arcs) { return 2 - std::popcount(arcs); };
  for (int a = 0; a < graph.n(); ++a)
    for (int b = a + 1; b < graph.n(); ++b) {
      add_subgraphs(test::arcs_among<2>(graph, {a, b}), counts.dyads[0], dyad_class);
      for (int c = b + 1; c < graph.n(); ++c) {
        add_subgraphs(test::arcs_among<3>(graph, {a, b, c}), counts.triads[0], test::triad_class);
        for (int d = c + 1; d < graph.n(); ++d)
          add_subgraphs(test::arcs_among<4>(graph, {a, b, c, d}), counts.tetrads[0], test::tetrad_class);
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
    const MotifCounts expected = brute_subgraphs(graph);
    const MotifCounts found = run(test::view(csr), kSmall, false);
    CHECK_EQ(found.dyads, expected.dyads);
    CHECK_EQ(found.triads, expected.triads);
  }
  for (int round = 0; round < 20; ++round) {
    const auto graph = test::random_strict(test::random_layers(12, 3, random), 0.5, random);
    const auto csr = test::to_csr<Index>(graph);
    CHECK_EQ(run(test::view(csr), kAll, false).tetrads, brute_subgraphs(graph).tetrads);
  }
}

void sizes_asked_for() {
  Random random(24);
  const auto csr = test::to_csr<std::int32_t>(test::random_strict(test::random_layers(15, 3, random), 0.4, random));
  const MotifCounts all = run(test::view(csr), kAll);
  for (const bool dyads : {false, true})
    for (const bool triads : {false, true})
      for (const bool tetrads : {false, true}) {
        const Sizes sizes{dyads, triads, tetrads};
        const MotifCounts found = run(test::view(csr), sizes);
        CHECK_EQ(found.dyads, dyads ? all.dyads : std::vector<DyadCounts>{});
        CHECK_EQ(found.triads, triads ? all.triads : std::vector<TriadCounts>{});
        CHECK_EQ(found.tetrads, tetrads ? all.tetrads : std::vector<LayeredTetradCounts>{});
        CHECK_EQ(sizes.n_classes(), 3 * dyads + 16 * triads + 10 * tetrads);
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
      const MotifCounts found = run(test::view(csr, layers), kSmall, true, true);
      auto expected = test::brute_triads(graph, layers.of);
      for (std::size_t t = 0; t < found.triads.size(); ++t) CHECK_EQ(found.triads[t], expected[tuples.triples()[t]]);
      CHECK_EQ(run(test::view(csr, layers), kSmall).triads, run(test::view(csr), kSmall).triads);
    }
  }
}

void tetrads_need_strict_levels() {
  Random random(26);
  const auto own = test::random_layers(14, 4, random);
  const auto graph = test::random_strict(own, 0.5, random);
  const auto csr = test::to_csr<std::int32_t>(graph);
  auto expected = test::brute_tetrads(graph, own.of);
  const MotifCounts by_block = run(test::view(csr, own), kAll, true, true);
  CHECK_EQ(by_block.tetrads.size(), 4);
  for (std::size_t l = 0; l < 4; ++l) CHECK_EQ(by_block.tetrads[l], expected[static_cast<std::int32_t>(l)]);

  // Levels are found where no layers, or others, are given; but blocks have to be the graph's own.
  const Layers other(std::vector<std::int32_t>(14, 0), 1);
  CHECK_EQ(run(test::view(csr), kAll).tetrads, run(test::view(csr, own), kAll).tetrads);
  CHECK_EQ(run(test::view(csr, other), kAll).tetrads, run(test::view(csr, own), kAll).tetrads);
  CHECK_THROWS(NotSupported, run(test::view(csr, other), kAll, true, true));

  const auto skip = test::to_csr<std::int32_t>({{1, 2}, {2}, {}});
  CHECK_THROWS(NotSupported, run(test::view(skip), kAll));
  CHECK_THROWS(NotSupported, run(test::view(test::to_csr<std::int32_t>({{1, 3}, {2}, {3}, {}})), kAll));
  CHECK_EQ(run(test::view(skip), kSmall).triads[0][k030T], 1);
}

void small_and_empty() {
  for (const int n : {0, 1, 2}) {
    const auto csr = test::to_csr<std::int32_t>(Digraph(n));
    const MotifCounts found = run(test::view(csr), kAll);
    CHECK_EQ(found.dyads[0], (DyadCounts{0, 0, n * (n - 1) / 2}));
    CHECK_EQ(found.triads[0], TriadCounts{});
    CHECK_EQ(found.tetrads[0], LayeredTetradCounts{});
  }
  const auto none = test::to_csr<std::int64_t>(Digraph(0));
  const MotifCounts blocks = run(test::view(none, Layers()), kAll, true, true);  // layered, but without a layer
  CHECK_EQ(blocks.triads, (std::vector<TriadCounts>{TriadCounts{}}));
  CHECK_EQ(run(GraphView<std::int64_t>{none.view(), kMaxNodes}, kAll).triads[0][k003],
           Count{kMaxNodes} * (kMaxNodes - 1) / 2 * (kMaxNodes - 2) / 3);
}

}  // namespace

int main() {
  RUN(subgraph_counts<std::int32_t>);
  RUN(subgraph_counts<std::int64_t>);
  RUN(sizes_asked_for);
  RUN(any_layers);
  RUN(tetrads_need_strict_levels);
  RUN(small_and_empty);
  return check::summary();
}
