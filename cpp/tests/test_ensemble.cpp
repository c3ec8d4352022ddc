// Ensembles and traces: counts of the graphs that a null model draws, the same for any number of threads.
#include <algorithm>
#include <numeric>
#include <vector>

#include "ensemble.hpp"
#include "graph/levels.hpp"
#include "tools/brute_force.hpp"
#include "tools/check.hpp"
#include "tools/counts.hpp"
#include "tools/null_tools.hpp"

namespace test_ensemble {

using namespace motifcount;
using test::ArcList;
using test::arcs_of;
using test::as_set;
using test::Digraph;
using test::draw;
using test::draw_single;
using test::for_each_kind;
using test::kDegree;
using test::kDyadsAndTriads;
using test::kEdgeCount;
using test::kLayeredFamilies;
using test::Layers;
using test::Random;
using test::view_of;

constexpr double kStride = 2.5;

// Counts of a drawn graph, in class order.
std::vector<Count> brute_counts(const ArcList& arcs, int n, FamilySet families) {
  Digraph drawn(n);
  for (const auto& [u, v] : arcs) drawn.add(static_cast<int>(u), static_cast<int>(v));
  std::vector<Count> counts(families.n_classes(), 0);
  std::ranges::copy(test::brute_dyads(drawn)[{0, 0}], counts.begin());
  std::ranges::copy(test::brute_triads(drawn)[{0, 0, 0}], counts.begin() + 3);
  if (families.has(Family::kLayeredTetrad)) std::ranges::copy(test::brute_tetrads(drawn)[0], counts.begin() + 19);
  return counts;
}

template <class Index>
Ensemble ensemble(const GraphView<Index>& graph, const NullSpec& null, FamilySet families, std::uint64_t first,
                  std::int64_t n, int threads) {
  return sample_counts(graph, null, families, {test::kSeed, first, n}, threads, test::never());
}

void same_for_any_threads() {
  for_each_kind([](const Digraph& graph, const Layers& layers) {
    const auto csr = test::to_csr<std::int32_t>(graph);
    const auto view = view_of(csr, layers);
    for (const NullSpec& spec : {kDegree, kEdgeCount}) {
      const Ensemble whole = ensemble(view, spec, kDyadsAndTriads, 0, 9, 1);
      CHECK_EQ(whole.table.size(), 9 * 19);
      for (const int threads : {2, 3, 7}) {
        const Ensemble other = ensemble(view, spec, kDyadsAndTriads, 0, 9, threads);
        CHECK_EQ(other.table, whole.table);
        CHECK_EQ(other.stats.accepted, whole.stats.accepted);
        CHECK(draw_single(view, spec, threads) == draw_single(view, spec, 1));
      }
      // A sample alone, and a shard.
      const auto row = [&](std::ptrdiff_t k) { return whole.table.begin() + 19 * k; };
      CHECK_EQ(ensemble(view, spec, kDyadsAndTriads, 5, 1, 1).table, std::vector(row(5), row(6)));
      CHECK_EQ(ensemble(view, spec, kDyadsAndTriads, 2, 4, 3).table, std::vector(row(2), row(6)));
      CHECK(ensemble(view, spec, kDyadsAndTriads, 0, 0, 3).table.empty());
    }
  });
}

// Counts by node, or by role, of the same samples: they add up to those of the whole.
void counts_by_node() {
  for_each_kind([](const Digraph& graph, const Layers& layers) {
    const auto csr = test::to_csr<std::int32_t>(graph);
    const auto view = view_of(csr, layers);
    const auto sum = [](auto begin, std::size_t n_rows, std::size_t n_columns) {
      Count total = 0;
      for (std::size_t k = 0; k < n_rows * n_columns; ++k) total += begin[static_cast<std::ptrdiff_t>(k)];
      return total;
    };
    for (const NullSpec& spec : {kDegree, kEdgeCount})
      for (const bool by_role : {false, true}) {
        const auto found =
            sample_node_counts(view, spec, kDyadsAndTriads, by_role, {test::kSeed, 3, 4}, 2, test::never());
        const auto whole = ensemble(view, spec, kDyadsAndTriads, 3, 4, 1).table;
        const auto n_rows = static_cast<std::size_t>(found.n_rows);
        CHECK_EQ(found.tables.size(), std::size_t{2});
        for (std::size_t s = 0; s < 4; ++s)
          for (std::size_t f = 0; f < 2; ++f) {
            const std::size_t n_numbers = found.tables[f].size() / 4, n_columns = n_numbers / n_rows;
            const auto table = found.tables[f].begin() + static_cast<std::ptrdiff_t>(s * n_numbers);
            const auto row = whole.begin() + static_cast<std::ptrdiff_t>(19 * s + 3 * f);
            const Count n_motifs = std::accumulate(row, row + (f == 0 ? 3 : 16), Count{0});
            CHECK(sum(table, n_rows - 1, n_columns) == n_motifs * (f == 0 ? 2 : 3));
          }
      }
  });
}

// Each row is the count of the graph that the drawer draws.
void counts_of_samples() {
  for_each_kind([](const Digraph& graph, const Layers& layers) {
    const auto csr = test::to_csr<std::int64_t>(graph);
    const auto view = view_of(csr, layers);
    const bool strict = find_levels(csr.view(), test::never()).shape == Shape::kStrict;
    const FamilySet families = strict ? kLayeredFamilies : kDyadsAndTriads;
    for (const NullSpec& spec : {kDegree, kEdgeCount}) {
      const auto table = ensemble(view, spec, families, 11, 2, 1).table;
      for (std::size_t s = 0; s < 2; ++s) {
        const auto expected = brute_counts(draw(view, spec, 11 + s), graph.n(), families);
        const auto begin = table.begin() + static_cast<std::ptrdiff_t>(s * families.n_classes());
        CHECK_EQ(std::vector(begin, begin + static_cast<std::ptrdiff_t>(families.n_classes())), expected);
      }
    }
  });
}

// Isolated nodes without a row take part in edge_count, and are counted in every sample.
template <class Index>
void nodes_without_rows() {
  const auto csr = test::to_csr<Index>({{1}, {2}, {}});
  constexpr std::int64_t n = 1000000000;
  const GraphView<Index> graph{csr.view(), n};
  for (const NullSpec& spec : {kDegree, kEdgeCount}) {
    const auto table = ensemble(graph, spec, kDyadsAndTriads, 0, 3, 2).table;
    for (std::size_t s = 0; s < 3; ++s) {
      Count triples = 0;
      for (std::size_t k = 0; k < kTriads; ++k) triples += table[19 * s + 3 + k];
      CHECK_EQ(table[19 * s + kAsymmetric], 2);
      CHECK_EQ(triples, Count{n} * (n - 1) / 2 * (n - 2) / 3);
    }
  }
  std::uint32_t highest = 0;
  for (std::uint64_t k = 0; k < 20; ++k)
    for (const auto& [u, v] : draw(graph, kEdgeCount, k)) highest = std::max({highest, u, v});
  CHECK(highest > 900000000 && highest < n);
}

void attempts_are_counted() {
  const auto csr = test::to_csr<std::int32_t>({{3, 4}, {4}, {3, 5}, {}, {}, {}});
  const NullSpec short_chain("degree", {.swaps_per_edge = 2.5});
  ArcList arcs;
  const auto null = test::prepare(test::view(csr), short_chain);
  CHECK_EQ(null->single(arcs, 1, test::never()).attempts, 13);  // 2.5 * 5, rounded up
  const SwapStats stats = ensemble(test::view(csr), short_chain, kDyadsAndTriads, 0, 4, 2).stats;
  CHECK_EQ(stats.attempts, 4 * 13);
  CHECK(stats.accepted > 0 && stats.accepted <= stats.attempts);
  const NullSpec still("degree", {.swaps_per_edge = 0});
  CHECK(as_set(draw(test::view(csr), still, 3)) == as_set(arcs_of(test::view(csr))));
  CHECK_EQ(ensemble(test::view(csr), kEdgeCount, kDyadsAndTriads, 0, 4, 2).stats.attempts, 0);
}

// Counts along chains from the observed graph: what a chain collects, chain by chain.
template <class Index>
void traces() {
  for_each_kind([](const Digraph& graph, const Layers& layers) {
    const auto csr = test::to_csr<Index>(graph);
    const auto view = view_of(csr, layers);
    const auto trace = [&](const NullSpec& spec, std::int64_t chains, std::int64_t records, int threads,
                           std::vector<std::uint64_t> samples = {}, std::uint64_t first_chain = 0) {
      const TracePlan plan{test::kSeed, kStride, records, chains, std::move(samples), first_chain};
      return trace_counts(view, spec, kDyadsAndTriads, plan, threads, test::never());
    };
    const Ensemble traced = trace(kDegree, 3, 4, 1);
    const auto whole = traced.table;
    CHECK_EQ(whole.size(), 3 * 4 * 19);
    const std::int64_t attempts = traced.stats.attempts;  // fewer where holes are swapped
    CHECK(attempts % (3 * 4) == 0 && attempts > 0 && attempts < 3 * 4 * 11 * csr.view().n_edges());
    SwapStats sum;
    for (const BlockStats& block : traced.by_block) sum += block.swaps;
    CHECK(sum.attempts == attempts && sum.accepted == traced.stats.accepted);
    for (const int threads : {2, 3, 7}) CHECK_EQ(trace(kDegree, 3, 4, threads).table, whole);
    CHECK_EQ(trace(kDegree, 1, 4, 2).table, std::vector(whole.begin(), whole.begin() + 4 * 19));
    CHECK_EQ(trace(kDegree, 2, 4, 2, {}, 1).table, std::vector(whole.begin() + 4 * 19, whole.end()));
    const auto of_samples = trace(kDegree, 1, 3, 3, {5, 2}).table;
    CHECK_EQ(of_samples.size(), 3 * 3 * 19);
    CHECK_EQ(std::vector(of_samples.begin(), of_samples.begin() + 3 * 19),
             std::vector(whole.begin(), whole.begin() + 3 * 19));

    const auto null = test::prepare(view, kDegree);
    const auto chain = null->chain(1, test::never());
    ArcList arcs;
    for (std::ptrdiff_t k = 0; k < 4; ++k) {
      chain->advance(kStride, test::never());
      chain->collect(arcs, test::never());
      const auto row = whole.begin() + (4 + k) * 19;
      CHECK_EQ(std::vector(row, row + 19), brute_counts(arcs, graph.n(), kDyadsAndTriads));
    }
    null->prepare_drawers(1, test::never());
    for (std::ptrdiff_t c = 0; c < 2; ++c) {  // goes on from where the sample is
      const std::uint64_t sample = c == 0 ? 5 : 2;
      const auto going_on = null->chain_of_sample(sample, test::never());
      going_on->collect(arcs, test::never());
      CHECK(as_set(arcs) == as_set(draw(view, kDegree, sample)));
      for (std::ptrdiff_t k = 0; k < 3; ++k) {
        going_on->advance(kStride, test::never());
        going_on->collect(arcs, test::never());
        const auto row = of_samples.begin() + (3 * (c + 1) + k) * 19;
        CHECK_EQ(std::vector(row, row + 19), brute_counts(arcs, graph.n(), kDyadsAndTriads));
      }
    }
    CHECK_THROWS(NotSupported, trace(kEdgeCount, 3, 4, 1));
  });
}

void refused_in_a_sample() {
  const auto cycle = test::to_csr<std::int32_t>({{1}, {2}, {0}});
  for (const int threads : {1, 3})
    CHECK_THROWS(NotSupported, ensemble(test::view(cycle), kDegree, kLayeredFamilies, 0, 5, threads));
}

void long_chains_are_interrupted() {
  Random random(31);
  const auto csr = test::to_csr<std::int32_t>(test::random_digraph(30, 0.3, random));
  for (const bool keep_mutual : {false, true})
    for (const int threads : {1, 2}) {
      const NullSpec endless("degree", {.swaps_per_edge = 1e12, .keep_mutual = keep_mutual});
      Stop stop([](std::int64_t, std::int64_t) { return true; });
      CHECK_THROWS(Interrupted, sample_counts(test::view(csr), endless, kDyadsAndTriads, {0, 0, 4}, threads, stop));
    }
}

const check::Tests tests(__FILE__, [] {
  RUN(same_for_any_threads);
  RUN(counts_of_samples);
  RUN(counts_by_node);
  RUN(nodes_without_rows<std::int32_t>);
  RUN(nodes_without_rows<std::int64_t>);
  RUN(attempts_are_counted);
  RUN(traces<std::int32_t>);
  RUN(traces<std::int64_t>);
  RUN(refused_in_a_sample);
  RUN(long_chains_are_interrupted);
});

}  // namespace test_ensemble
