// Null models through their front door: what they keep, how evenly they draw, and the same for any number of threads.
#include "motifcount/null_models.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "brute_force.hpp"
#include "check.hpp"
#include "chi_square.hpp"
#include "motifcount/counts.hpp"

namespace {

using namespace motifcount;
using test::below;
using test::Digraph;
using test::Layers;
using test::Random;
using Arcs = std::vector<Arc>;
using BlockKey = std::pair<std::int32_t, std::int32_t>;

constexpr NullOptions kDegreeOptions{.null = Null::kDegree, .swaps_per_edge = 10, .seed = 27};
constexpr NullOptions kMutualOptions{.null = Null::kDegree, .swaps_per_edge = 10, .keep_mutual = true, .seed = 27};
constexpr NullOptions kEdgeOptions{.null = Null::kEdgeCount, .seed = 27};

template <class Index>
Arcs draw(const GraphView<Index>& graph, const NullOptions& options, std::uint64_t sample, int threads = 1) {
  Stop stop;
  Arcs arcs{{7, 7}};  // left over from before: to be replaced
  prepare_null(graph, options, threads, stop)->drawer()->draw(sample, arcs, stop);
  return arcs;
}

template <class Index>
Arcs draw_one(const GraphView<Index>& graph, const NullOptions& options, int threads = 1) {
  Stop stop;
  Arcs arcs{{7, 7}};
  prepare_null(graph, options, threads, stop)->one(arcs, stop);
  return arcs;
}

template <class Index>
Arcs arcs_of(const GraphView<Index>& graph) {
  Arcs arcs;
  for (std::int64_t u = 0; u < graph.out.n_rows(); ++u)
    for (const Index v : graph.out.row(u)) arcs.push_back({static_cast<std::uint32_t>(u), static_cast<std::uint32_t>(v)});
  return arcs;
}

// What a null may keep of a graph, by block.
struct Kept {
  std::map<BlockKey, std::int64_t> edges;
  std::map<std::pair<std::uint32_t, std::int32_t>, std::int64_t> out, in;  // by node and layer of the other end
  std::map<std::uint32_t, std::int64_t> mutual;
  bool simple = true;
};

Kept kept_by(const Arcs& arcs, const Layers& layers) {
  Kept kept;
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  const auto layer = [&](std::uint32_t v) { return layers.of.empty() ? 0 : layers.of[v]; };
  for (const auto& [u, v] : arcs) {
    ++kept.edges[{layer(u), layer(v)}];
    ++kept.out[{u, layer(v)}];
    ++kept.in[{v, layer(u)}];
    kept.simple &= u != v && seen.emplace(u, v).second;
  }
  for (const auto& [u, v] : arcs) kept.mutual[u] += seen.contains({v, u});
  return kept;
}

std::set<std::pair<std::uint32_t, std::uint32_t>> as_set(const Arcs& arcs) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> set;
  for (const auto& [u, v] : arcs) set.emplace(u, v);
  return set;
}

template <class Index>
GraphView<Index> view_of(const Csr<Index>& csr, const Layers& layers) {
  return layers.of.empty() ? test::view(csr) : test::view(csr, layers);
}

// `visit(graph, layers)` for a strict net, layers with arcs anywhere between and within them, and plain digraphs.
template <class Visit>
void for_each_kind(Visit visit) {
  Random random(28);
  const auto strict = test::random_layers(45, 3, random);
  visit(test::random_strict(strict, 0.3, random), strict);
  const auto loose = test::random_layers(40, 3, random);
  visit(test::random_digraph(40, 0.15, random), loose);
  for (const double p : {0.05, 0.5, 0.9}) visit(test::random_digraph(30, p, random), Layers());
}

void degrees_are_kept() {
  for_each_kind([](const Digraph& graph, const Layers& layers) {
    const auto csr = test::to_csr<std::int32_t>(graph);
    const auto view = view_of(csr, layers);
    const Kept before = kept_by(arcs_of(view), layers);
    const Arcs one = draw_one(view, kDegreeOptions);
    for (const Arcs& arcs : {one, draw(view, kDegreeOptions, 0), draw(view, kDegreeOptions, 1)}) {
      const Kept after = kept_by(arcs, layers);
      CHECK(after.simple);
      CHECK(after.out == before.out);
      CHECK(after.in == before.in);
      CHECK(as_set(arcs) != as_set(arcs_of(view)));
    }
    CHECK(as_set(one) != as_set(draw(view, kDegreeOptions, 0)));
    const auto wide = test::to_csr<std::int64_t>(graph);
    CHECK(draw(view_of(wide, layers), kDegreeOptions, 1) == draw(view, kDegreeOptions, 1));
  });
}

void mutual_edges_are_kept() {
  Random random(29);
  for (const double p : {0.1, 0.5}) {
    const auto csr = test::to_csr<std::int32_t>(test::random_digraph(30, p, random));
    const Kept before = kept_by(arcs_of(test::view(csr)), {});
    const Kept after = kept_by(draw(test::view(csr), kMutualOptions, 3), {});
    CHECK(after.simple);
    CHECK(after.out == before.out);
    CHECK(after.in == before.in);
    CHECK(after.mutual == before.mutual);
  }
}

void edge_counts_are_kept() {
  for_each_kind([](const Digraph& graph, const Layers& layers) {
    const auto csr = test::to_csr<std::int64_t>(graph);
    const auto view = view_of(csr, layers);
    const Kept before = kept_by(arcs_of(view), layers);
    for (std::uint64_t k = 0; k < 4; ++k) {
      const Kept after = kept_by(draw(view, kEdgeOptions, k), layers);
      CHECK(after.simple);
      CHECK(after.edges == before.edges);
    }
    CHECK(draw_one(view, kEdgeOptions) == draw(view, kEdgeOptions, 0));
  });
}

// So large and sparse that cells are hashed, and so large and full that the holes are.
void large_blocks() {
  Random random(30);
  const Layers layers = test::consecutive_layers(std::array{4000, 4000});
  std::vector<std::vector<int>> rows(8000);
  for (int k = 0; k < 20000; ++k) rows[static_cast<std::size_t>(below(random, 4000))].push_back(4000 + below(random, 4000));
  const auto csr = test::to_csr<std::int32_t>(rows);
  const Kept before = kept_by(arcs_of(test::view(csr)), layers);
  const Kept swapped = kept_by(draw(test::view(csr, layers), kDegreeOptions, 5), layers);
  CHECK(swapped.simple && swapped.out == before.out && swapped.in == before.in);
  const Kept drawn = kept_by(draw(test::view(csr, layers), kEdgeOptions, 5), layers);
  CHECK(drawn.simple && drawn.edges == before.edges);
}

// Independent samples of a graph with few possible outcomes.
void hold_uniform(const GraphView<std::int32_t>& graph, const NullOptions& options, std::size_t n_outcomes) {
  Stop stop;
  const auto null = prepare_null(graph, options, 1, stop);
  const auto drawer = null->drawer();
  std::map<std::set<std::pair<std::uint32_t, std::uint32_t>>, std::int64_t> hits;
  Arcs arcs;
  for (std::uint64_t k = 0; k < 300 * n_outcomes; ++k) {
    drawer->draw(k, arcs, stop);
    ++hits[as_set(arcs)];
  }
  std::vector<std::int64_t> counts;
  for (const auto& [outcome, count] : hits) counts.push_back(count);
  CHECK_EQ(counts.size(), n_outcomes);
  CHECK(test::looks_uniform(counts));
}

void uniform_draws() {
  const Layers two = test::consecutive_layers(std::array{2, 3});
  const auto sparse = test::to_csr<std::int32_t>({{2, 3}, {}, {}, {}, {}});
  const auto dense = test::to_csr<std::int32_t>({{2, 3, 4}, {2}, {}, {}, {}});
  hold_uniform(test::view(sparse, two), kEdgeOptions, 15);  // C(6, 2): cells drawn
  hold_uniform(test::view(dense, two), kEdgeOptions, 15);   // C(6, 4): holes drawn
  const Layers one(std::vector<std::int32_t>(3, 0), 1);
  const auto full = test::to_csr<std::int32_t>({{1, 2}, {0, 2}, {}});
  hold_uniform(test::view(full, one), kEdgeOptions, 15);  // of the six cells off the diagonal
  hold_uniform(test::view(full), kEdgeOptions, 15);

  // Two blocks of two matrices each, drawn apart: permutations of 2, and of 3.
  NullOptions many = kDegreeOptions;
  many.swaps_per_edge = 40;
  const Layers three = test::consecutive_layers(std::array{2, 3, 3});
  const auto chains = test::to_csr<std::int32_t>({{2}, {3}, {5}, {6}, {7}, {}, {}, {}});
  hold_uniform(test::view(chains, three), many, 2 * 6);
  const auto cycle = test::to_csr<std::int32_t>({{1}, {2}, {3}, {0}});
  hold_uniform(test::view(cycle), many, 9);
}

template <class Index>
Ensemble ensemble(const GraphView<Index>& graph, const NullOptions& options, const Sizes& sizes, std::uint64_t first,
                  std::int64_t n, int threads) {
  Stop stop;
  return sample_counts(graph, options, sizes, first, n, threads, stop);
}

void same_for_any_threads() {
  for_each_kind([](const Digraph& graph, const Layers& layers) {
    const auto csr = test::to_csr<std::int32_t>(graph);
    const auto view = view_of(csr, layers);
    for (const NullOptions& options : {kDegreeOptions, kEdgeOptions}) {
      const Ensemble whole = ensemble(view, options, Sizes{}, 0, 9, 1);
      CHECK_EQ(whole.table.size(), 9 * 19);
      for (const int threads : {2, 3, 7}) {
        const Ensemble other = ensemble(view, options, Sizes{}, 0, 9, threads);
        CHECK_EQ(other.table, whole.table);
        CHECK_EQ(other.stats.accepted, whole.stats.accepted);
        CHECK(draw_one(view, options, threads) == draw_one(view, options, 1));
      }
      // A sample alone, and a shard.
      const auto row = [&](std::ptrdiff_t k) { return whole.table.begin() + 19 * k; };
      CHECK_EQ(ensemble(view, options, Sizes{}, 5, 1, 1).table, std::vector(row(5), row(6)));
      CHECK_EQ(ensemble(view, options, Sizes{}, 2, 4, 3).table, std::vector(row(2), row(6)));
      CHECK(ensemble(view, options, Sizes{}, 0, 0, 3).table.empty());
    }
  });
}

// Each row is the count of the graph that the drawer draws.
void counts_of_samples() {
  for_each_kind([](const Digraph& graph, const Layers& layers) {
    const auto csr = test::to_csr<std::int64_t>(graph);
    const auto view = view_of(csr, layers);
    const bool strict = find_levels(csr.view()).shape == Shape::kStrict;
    const Sizes sizes{true, true, strict};
    for (const NullOptions& options : {kDegreeOptions, kEdgeOptions}) {
      const auto table = ensemble(view, options, sizes, 11, 2, 1).table;
      for (std::size_t s = 0; s < 2; ++s) {
        Digraph drawn(graph.n());
        for (const auto& [u, v] : draw(view, options, 11 + s)) drawn.add(static_cast<int>(u), static_cast<int>(v));
        std::vector<Count> expected(sizes.n_classes(), 0);
        std::ranges::copy(test::brute_dyads(drawn)[{0, 0}], expected.begin());
        std::ranges::copy(test::brute_triads(drawn)[{0, 0, 0}], expected.begin() + 3);
        if (strict) std::ranges::copy(test::brute_tetrads(drawn)[0], expected.begin() + 19);
        const auto begin = table.begin() + static_cast<std::ptrdiff_t>(s * sizes.n_classes());
        CHECK_EQ(std::vector(begin, begin + static_cast<std::ptrdiff_t>(sizes.n_classes())), expected);
      }
    }
  });
}

// Isolated nodes without a row take part in edge_count, and are counted in every sample.
void nodes_without_rows() {
  const auto csr = test::to_csr<std::int32_t>({{1}, {2}, {}});
  const GraphView<std::int32_t> graph{csr.view(), 1000000};
  for (const NullOptions& options : {kDegreeOptions, kEdgeOptions}) {
    const auto table = ensemble(graph, options, Sizes{}, 0, 3, 2).table;
    for (std::size_t s = 0; s < 3; ++s) {
      Count triples = 0;
      for (std::size_t k = 0; k < kTriads; ++k) triples += table[19 * s + 3 + k];
      CHECK_EQ(table[19 * s + kAsymmetric], 2);
      CHECK_EQ(triples, Count{1000000} * 999999 / 2 * 999998 / 3);
    }
  }
  std::uint32_t highest = 0;
  for (std::uint64_t k = 0; k < 20; ++k)
    for (const auto& [u, v] : draw(graph, kEdgeOptions, k)) highest = std::max({highest, u, v});
  CHECK(highest > 900000 && highest < 1000000);
}

void attempts_are_counted() {
  const auto csr = test::to_csr<std::int32_t>({{3, 4}, {4}, {3, 5}, {}, {}, {}});
  NullOptions options = kDegreeOptions;
  options.swaps_per_edge = 2.5;
  Stop stop;
  Arcs arcs;
  CHECK_EQ(prepare_null(test::view(csr), options, 1, stop)->one(arcs, stop).attempts, 13);  // 2.5 * 5, rounded up
  const SwapStats stats = ensemble(test::view(csr), options, Sizes{}, 0, 4, 2).stats;
  CHECK_EQ(stats.attempts, 4 * 13);
  CHECK(stats.accepted > 0 && stats.accepted <= stats.attempts);
  options.swaps_per_edge = 0;
  CHECK(as_set(draw(test::view(csr), options, 3)) == as_set(arcs_of(test::view(csr))));
  CHECK_EQ(ensemble(test::view(csr), kEdgeOptions, Sizes{}, 0, 4, 2).stats.attempts, 0);
}

void refused() {
  const auto pair = test::to_csr<std::int32_t>({{1}, {0}});
  CHECK_THROWS(NotSupported, draw(test::view(pair, Layers({0, 1}, 2)), kMutualOptions, 0));  // mutual across layers
  CHECK_THROWS(NotSupported, draw(GraphView<std::int32_t>{pair.view(), kMaxBlockNodes + 1}, kEdgeOptions, 0));
  const auto cycle = test::to_csr<std::int32_t>({{1}, {2}, {0}});
  CHECK_THROWS(NotSupported, ensemble(test::view(cycle), kDegreeOptions, Sizes{true, true, true}, 0, 5, 3));
}

void long_chains_are_interrupted() {
  NullOptions endless = kDegreeOptions;
  endless.swaps_per_edge = 1e12;
  Random random(31);
  const auto csr = test::to_csr<std::int32_t>(test::random_digraph(30, 0.3, random));
  for (const bool keep_mutual : {false, true})
    for (const int threads : {1, 2}) {
      endless.keep_mutual = keep_mutual;
      Stop stop([](std::int64_t) { return true; });
      CHECK_THROWS(Interrupted, sample_counts(test::view(csr), endless, Sizes{}, 0, 4, threads, stop));
    }
}

}  // namespace

int main() {
  RUN(degrees_are_kept);
  RUN(mutual_edges_are_kept);
  RUN(edge_counts_are_kept);
  RUN(large_blocks);
  RUN(uniform_draws);
  RUN(same_for_any_threads);
  RUN(counts_of_samples);
  RUN(nodes_without_rows);
  RUN(attempts_are_counted);
  RUN(refused);
  RUN(long_chains_are_interrupted);
  return check::summary();
}
