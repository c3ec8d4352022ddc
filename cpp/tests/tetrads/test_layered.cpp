// The ten layered tetrads against every quadruple of nodes, and the two that need pairs of rows against every pair.
#include "tetrads/layered.hpp"

#include <array>
#include <vector>

#include "graph/csr.hpp"
#include "tools/brute_force.hpp"
#include "tools/check.hpp"
#include "tools/repeats.hpp"
#include "tools/wedge_oracle.hpp"

namespace test_layered {

using namespace motifcount;
using test::below;
using test::Layers;
using test::Random;

template <class Index>
std::vector<LayeredTetradCounts> run(const Csr<Index>& csr, const Layers& layers, bool by_level, int threads = 1) {
  Stop stop;
  const auto n_levels = static_cast<std::int64_t>(layers.sizes.size());
  return layered_tetrads<Index>(csr.view(), layers.of, n_levels, by_level, threads, stop);
}

LayeredTetradCounts sum(const std::vector<LayeredTetradCounts>& parts) {
  LayeredTetradCounts total{};
  for (const auto& part : parts)
    for (std::size_t k = 0; k < kLayeredTetrads; ++k) total[k] += part[k];
  return total;
}

template <class Index>
void hold_against_brute_force(const test::Digraph& graph, const Layers& layers) {
  const auto csr = test::to_csr<Index>(graph);
  const auto expected = test::brute_tetrads(graph, layers.of);
  const auto by_level = run(csr, layers, true);
  CHECK_EQ(by_level.size(), layers.sizes.size());
  for (std::size_t l = 0; l < by_level.size(); ++l) {
    const auto at = expected.find(static_cast<std::int32_t>(l));
    CHECK_EQ(by_level[l], at == expected.end() ? LayeredTetradCounts{} : at->second);
  }
  const auto whole = run(csr, layers, false);
  CHECK_EQ(whole.size(), 1);
  CHECK_EQ(whole[0], sum(by_level));
}

template <class Index>
void random_strict_nets() {
  Random random(11);
  for (const double p : {0.1, 0.35, 0.7, 1.0})
    for (int round = 0; round < 12; ++round) {
      const int n = 4 + below(random, 17);
      const auto layers = test::random_layers(n, 1 + below(random, 5), random);
      hold_against_brute_force<Index>(test::random_strict(layers, p, random), layers);
    }
}

template <class Index>
void edge_cases() {
  CHECK_EQ(run(test::to_csr<Index>(test::Digraph(0)), Layers({}, 1), false)[0], LayeredTetradCounts{});
  CHECK_EQ(run(test::to_csr<Index>(test::Digraph(3)), Layers({0, 0, 0}, 1), true)[0], LayeredTetradCounts{});
  // Levels without nodes below and above, and nodes without arcs.
  test::Digraph fan(6);
  for (const int u : {1, 4})
    for (const int v : {0, 3, 5}) fan.add(u, v);
  hold_against_brute_force<Index>(fan, Layers({3, 2, 1, 3, 2, 3}, 6));
}

void out_of_many_leaves() {
  constexpr std::int32_t leaves = 4000000;
  Csr<std::int32_t> star;
  for (std::int32_t v = 1; v <= leaves; ++v) star.indices.push_back(v);
  star.indptr.insert(star.indptr.end(), std::size_t{leaves} + 1, leaves);
  std::vector<std::int32_t> level(std::size_t{leaves} + 1, 1);
  level[0] = 0;
  LayeredTetradCounts expected{};
  expected[kOutStar] = Count{leaves} * (leaves - 1) / 2 * (leaves - 2) / 3;
  CHECK(expected[kOutStar] > Count{std::numeric_limits<std::int64_t>::max()});
  CHECK_EQ(run(star, Layers(level, 2), false, 2)[0], expected);
}

// Counts of paths and fans follow from degrees; here they are looked up arc by arc.
LayeredTetradCounts sums_over_arcs(const Csr<std::int32_t>& out, const Csr<std::int32_t>& in) {
  LayeredTetradCounts counts{};
  const auto o = [&](std::int64_t v) { return Count{out.view().degree(v)}; };
  const auto i = [&](std::int64_t v) { return Count{in.view().degree(v)}; };
  for (std::int64_t v = 0; v < out.view().n_rows(); ++v) {
    counts[kOutStar] += o(v) * (o(v) - 1) * (o(v) - 2) / 6;
    counts[kInStar] += i(v) * (i(v) - 1) * (i(v) - 2) / 6;
    counts[kYOut] += i(v) * o(v) * (o(v) - 1) / 2;
    counts[kYIn] += o(v) * i(v) * (i(v) - 1) / 2;
    for (const std::int32_t w : out.view().row(v)) {
      counts[kChain4] += i(v) * o(w);
      counts[kChainThenIn] += i(v) * (i(w) - 1);
      counts[kOutThenChain] += (o(v) - 1) * o(w);
      counts[kZigzag] += (o(v) - 1) * (i(w) - 1);
    }
  }
  return counts;
}

template <class Index>
LayeredTetradCounts by_pairs(const Csr<Index>& out, const Csr<std::int32_t>& plain, const Layers& layers) {
  const auto in = transpose(plain.view(), test::never());
  LayeredTetradCounts expected = sums_over_arcs(plain, in);
  for (const auto& [bifan, biparallel] :
       test::pair_tetrads(plain, in, layers.of, static_cast<int>(layers.sizes.size()))) {
    expected[kBifan] += bifan;
    expected[kBiparallel] += biparallel;
  }
  expected[kZigzag] -= 4 * expected[kBifan];
  expected[kChainThenIn] -= 2 * expected[kBiparallel];
  expected[kOutThenChain] -= 2 * expected[kBiparallel];
  CHECK_EQ(out.view().n_edges(), plain.view().n_edges());
  return expected;
}

// `degree` arcs out of each node of a layer, to random nodes of the next.
std::vector<std::vector<int>> wide_net(std::span<const int> sizes, std::span<const int> degree, Random& random) {
  std::vector<std::vector<int>> rows;
  int next = 0;
  for (std::size_t l = 0; l < sizes.size(); ++l) {
    next += sizes[l];
    for (int u = 0; u < sizes[l]; ++u) {
      rows.emplace_back();
      for (int k = 0; l + 1 < sizes.size() && k < degree[l]; ++k)
        rows.back().push_back(next + below(random, sizes[l + 1]));
    }
  }
  return rows;
}

// Wide and sparse layers are counted along wedges, from the side with fewer of them; narrow or dense ones in rows
// of bits, again from either side.
void hold_wide_net(std::vector<int> sizes, std::vector<int> degree) {
  Random random(12);
  const auto rows = wide_net(sizes, degree, random);
  const auto layers = test::consecutive_layers(sizes);
  const auto csr32 = test::to_csr<std::int32_t>(rows);
  const auto csr64 = test::to_csr<std::int64_t>(rows);
  const LayeredTetradCounts expected = by_pairs(csr64, csr32, layers);
  for (const int threads : test::kThreads) {
    CHECK_EQ(run(csr32, layers, false, threads)[0], expected);
    CHECK_EQ(sum(run(csr64, layers, true, threads)), expected);
  }
}

// Hubs on both sides of two blocks, which are counted as squares, beside a dense block, which is not.
void hubs() {
  Random random(14);
  constexpr int width = 500;
  std::vector<std::vector<int>> rows;
  const int sizes[] = {width, width, width, 60};
  for (int u = 0; u < 3 * width; ++u) {
    const int next = (u / width + 1) * width;
    rows.emplace_back();
    if (u >= 2 * width)
      for (int v = 0; v < 60; ++v) {
        if (below(random, 3) == 0) rows.back().push_back(next + v);
      }
    else
      for (int k = 0; k < (u % width < 12 ? width : 12); ++k)
        rows.back().push_back(next + (k < 12 ? k : below(random, width)));
  }
  rows.resize(3 * width + 60);
  const auto layers = test::consecutive_layers({std::begin(sizes), std::end(sizes)});
  const auto csr = test::to_csr<std::int32_t>(rows);
  const LayeredTetradCounts expected = by_pairs(csr, csr, layers);
  for (const int threads : {1, 2, 5}) CHECK_EQ(sum(run(csr, layers, threads == 2, threads)), expected);
}

void wedges() {
  hold_wide_net({1500, 1500, 1500}, {3, 3});
  hold_wide_net({2500, 400, 1500}, {4, 9});
  hold_wide_net({400, 2500, 400}, {9, 2});
}
void bit_rows() {
  hold_wide_net({200, 300, 150}, {90, 60});
  hold_wide_net({130, 900, 65}, {200, 30});
  hold_wide_net({900, 130, 700}, {40, 200});
}
void bits_and_wedges() { hold_wide_net({1200, 90, 70, 1400, 1400}, {30, 20, 3, 3}); }

// Levels found along a path: as many as nodes.
void deep_net() {
  constexpr std::int32_t n = 100000;
  Csr<std::int32_t> path;
  std::vector<std::int32_t> level;
  for (std::int32_t v = 0; v < n; ++v) {
    level.push_back(v);
    if (v + 1 < n) path.indices.push_back(v + 1);
    path.indptr.push_back(static_cast<std::int32_t>(path.indices.size()));
  }
  LayeredTetradCounts expected{};
  expected[kChain4] = n - 3;
  CHECK_EQ(run(path, Layers(level, n), false)[0], expected);
}

const check::Tests tests(__FILE__, [] {
  RUN(random_strict_nets<std::int32_t>);
  RUN(random_strict_nets<std::int64_t>);
  RUN(hubs);
  RUN(edge_cases<std::int32_t>);
  RUN(edge_cases<std::int64_t>);
  RUN(out_of_many_leaves);
  RUN(wedges);
  RUN(bit_rows);
  RUN(bits_and_wedges);
  RUN(deep_net);
});

}  // namespace test_layered
