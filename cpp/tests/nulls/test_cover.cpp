// The cover null: arcs per block, sending nodes and biases as it promises, in each of its three ways to fill a block.
#include <algorithm>
#include <set>
#include <vector>

#include "tools/check.hpp"
#include "tools/chi_square.hpp"
#include "tools/null_tools.hpp"

namespace test_cover {

using namespace motifcount;
using test::ArcList;
using test::below;
using test::kCover;
using test::kept_by;
using test::Layers;
using test::Random;

// Every node but those of the last layer gets an arc, then random ones up to `n_arcs[l]` out of layer l.
std::vector<std::vector<int>> net(const Layers& layers, std::vector<int> n_arcs, Random& random) {
  std::vector<std::vector<int>> rows(layers.of.size());
  std::vector<int> first{0};
  for (const std::int64_t size : layers.sizes) first.push_back(first.back() + static_cast<int>(size));
  for (std::size_t l = 0; l + 1 < layers.sizes.size(); ++l) {
    const auto add = [&, l](int u) {
      auto& row = rows[static_cast<std::size_t>(u)];
      const int v = first[l + 1] + below(random, static_cast<int>(layers.sizes[l + 1]));
      if (std::ranges::find(row, v) != row.end()) return;
      row.push_back(v);
      --n_arcs[l];
    };
    for (int u = first[l]; u < first[l + 1]; ++u) add(u);
    while (n_arcs[l] > 0) add(first[l] + below(random, static_cast<int>(layers.sizes[l])));
  }
  return rows;
}

std::set<std::uint32_t> ends(const ArcList& arcs, std::uint32_t Arc::* end) {
  std::set<std::uint32_t> nodes;
  for (const Arc& arc : arcs) nodes.insert(arc.*end);
  return nodes;
}

// Amply filled blocks cover their columns too; sparse ones only their rows.
void hold(std::vector<int> sizes, std::vector<int> n_arcs, bool covers_columns) {
  Random random(34);
  const Layers layers = test::consecutive_layers(sizes);
  const auto csr = test::to_csr<std::int32_t>(net(layers, n_arcs, random));
  const auto observed = test::arcs_of(test::view(csr));
  const auto before = kept_by(observed, layers);
  for (std::uint64_t k = 0; k < 30; ++k) {
    const ArcList arcs = test::draw(test::view(csr, layers), kCover, k);
    const auto after = kept_by(arcs, layers);
    CHECK(after.simple);
    CHECK(after.edges == before.edges);
    CHECK(ends(arcs, &Arc::source) == ends(observed, &Arc::source));
    const auto targets = static_cast<std::int64_t>(ends(arcs, &Arc::target).size());
    if (covers_columns) CHECK_EQ(targets, static_cast<std::int64_t>(layers.of.size()) - layers.sizes[0]);
  }
  CHECK(test::as_set(test::draw(test::view(csr, layers), kCover, 0)) != test::as_set(observed));
  CHECK(kept_by(test::draw_single(test::view(csr, layers), kCover), layers).edges == before.edges);
  const auto wide = test::to_csr<std::int64_t>(net(layers, n_arcs, random));
  CHECK(kept_by(test::draw(test::view(wide, layers), kCover, 0), layers).edges == before.edges);
}

void amply_filled() {
  hold({12, 10, 6}, {60, 40}, true);
  hold({12, 10, 6}, {23, 17}, true);  // one arc more than needed
  hold({5, 5}, {24}, true);
  hold({5, 5, 3}, {25, 14}, true);   // the first one is full
  hold({4000, 4000}, {9000}, true);  // so large and sparse that cells are hashed
}
void sparsely_filled() {
  hold({12, 10, 6}, {15, 40}, false);
  hold({6, 9, 4}, {15, 20}, false);
  hold({6, 9, 4}, {6, 20}, false);
}
void into_the_last_layer() {
  hold({4, 9}, {10}, true);
  hold({4, 9}, {9}, true);
  hold({9, 4}, {11}, true);
  hold({9, 4}, {9}, true);
  hold({4, 9}, {5}, false);  // too few for every column
}

// Node 0 is a bias: its arcs stay its own, and go to every node of the next layer equally often.
void biases() {
  const Layers layers = test::consecutive_layers(std::array{4, 5, 2});
  const auto csr = test::to_csr<std::int32_t>(
      {{4, 5}, {4, 6}, {5, 7}, {6}, {9, 10}, {9}, {10}, {9}, {}, {}, {}});  // node 8 is not sending, but takes biases
  const std::vector<std::uint8_t> bias_nodes{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  auto view = test::view(csr, layers);
  view.groups.biases = bias_nodes;
  std::vector<std::int64_t> hits(5, 0);
  constexpr std::int64_t n = test::repeats(2000);
  for (std::uint64_t k = 0; k < n; ++k) {
    std::int64_t of_bias = 0;
    for (const auto& [u, v] : test::draw(view, kCover, k)) {
      if (u != 0) continue;
      ++of_bias;
      ++hits.at(v - 4);
    }
    if (of_bias != 2) CHECK_EQ(of_bias, 2);
  }
  CHECK_EQ(hits[0] + hits[1] + hits[2] + hits[3] + hits[4], 2 * n);
  for (const std::int64_t hit : hits) CHECK(test::looks_binomial(hit, n, 0.4));
}

void refused() {
  const auto skip = test::to_csr<std::int32_t>({{1, 2}, {2}, {}});
  CHECK_THROWS(InvalidGraph, test::draw(test::view(skip), kCover, 0));
  CHECK_THROWS(InvalidGraph, test::draw(test::view(skip, Layers({0, 1, 2}, 3)), kCover, 0));
  // Two arcs into a dead node: among sending nodes there is room for one only.
  const auto crowded = test::to_csr<std::int32_t>({{1, 2}, {3}, {}, {}});
  CHECK_THROWS(InvalidGraph, test::draw(test::view(crowded, Layers({0, 1, 1, 2}, 3)), kCover, 0));
}

const check::Tests tests(__FILE__, [] {
  RUN(amply_filled);
  RUN(sparsely_filled);
  RUN(into_the_last_layer);
  RUN(biases);
  RUN(refused);
});

}  // namespace test_cover
