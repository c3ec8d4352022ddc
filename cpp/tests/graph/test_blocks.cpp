// Cutting a graph into blocks: every arc in its block, numbered among the block's own rows and columns.
#include "graph/blocks.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "tools/check.hpp"
#include "tools/graphs.hpp"

namespace test_blocks {

using namespace motifcount;
using test::below;
using test::Layers;
using test::Random;
using Pairs = std::set<std::pair<std::uint32_t, std::uint32_t>>;
using ByLayers = std::map<std::pair<std::int32_t, std::int32_t>, Pairs>;

// Arcs by their layers, as the matrix has them.
ByLayers arcs_by_layers(const test::Digraph& graph, const Layers& layers) {
  ByLayers blocks;
  const auto layer = [&](int v) { return layers.of.empty() ? 0 : layers.of[static_cast<std::size_t>(v)]; };
  for (int u = 0; u < graph.n(); ++u)
    for (int v = 0; v < graph.n(); ++v)
      if (graph.arc(u, v)) blocks[{layer(u), layer(v)}].emplace(u, v);
  return blocks;
}

// Nodes with an arc out (or, as asked, in); those with either in a block within one layer.
std::vector<std::uint32_t> ends_of(const Pairs& arcs, bool sources, bool both) {
  std::set<std::uint32_t> nodes;
  for (const auto& [u, v] : arcs) {
    if (sources || both) nodes.insert(u);
    if (!sources || both) nodes.insert(v);
  }
  return {nodes.begin(), nodes.end()};
}

template <class Index>
void hold(const test::Digraph& graph, const Layers& layers) {
  const auto csr = test::to_csr<Index>(graph);
  const auto blocks = linked_blocks(layers.of.empty() ? test::view(csr) : test::view(csr, layers), test::never());
  const auto expected = arcs_by_layers(graph, layers);
  CHECK_EQ(blocks.size(), expected.size());
  auto at = expected.begin();
  for (std::size_t b = 0; b < std::min(blocks.size(), expected.size()); ++b, ++at) {
    const Block& block = blocks[b];
    CHECK_EQ((std::pair{block.source_layer, block.target_layer}), at->first);
    CHECK_EQ(block.rows, ends_of(at->second, true, block.within_layer()));
    CHECK_EQ(block.cols, ends_of(at->second, false, block.within_layer()));
    std::vector<std::pair<std::uint32_t, std::uint32_t>> named;
    for (const Cell& cell : block.edges) named.emplace_back(block.rows.at(cell.source), block.cols.at(cell.target));
    CHECK_EQ(named, std::vector(at->second.begin(), at->second.end()));  // in order: by source, then target
  }
  std::vector<std::int64_t> group(layers.of.begin(), layers.of.end());
  group.resize(static_cast<std::size_t>(graph.n()), 0);
  std::vector<GroupPair> pairs;
  for (const auto& [key, arcs] : expected) pairs.push_back({key.first, key.second});
  CHECK_EQ(linked_groups<Index>(csr.view(), group, test::never()), pairs);
}

template <class Index>
void random_graphs() {
  Random random(32);
  for (int round = 0; round < 60; ++round) {
    const int n = 1 + below(random, 25);
    const auto graph = test::random_digraph(n, 0.4 / (1 + below(random, 6)), random);
    hold<Index>(graph, Layers());
    hold<Index>(graph, test::random_layers(n, 1 + below(random, 5), random));
  }
}

// More pairs than one merge takes, most of them met again.
void many_groups() {
  constexpr std::int32_t n = 1200;
  Csr<std::int32_t> csr;
  for (std::int32_t u = 0; u < n; ++u) {
    for (std::int32_t v = 0; v < n; ++v)
      if (v != u) csr.indices.push_back(v);
    csr.indptr.push_back(static_cast<std::int32_t>(csr.indices.size()));
  }
  std::vector<std::int64_t> group(n);
  for (std::size_t v = 0; v < n; ++v) group[v] = static_cast<std::int64_t>(v % 1100);
  std::vector<GroupPair> expected;
  for (std::int64_t a = 0; a < 1100; ++a)
    for (std::int64_t b = 0; b < 1100; ++b)
      if (a != b || a < 100) expected.push_back({a, b});
  CHECK(linked_groups<std::int32_t>(csr.view(), group, test::never()) == expected);
}

void without_arcs() {
  hold<std::int32_t>(test::Digraph(0), Layers());
  hold<std::int32_t>(test::Digraph(4), Layers({0, 0, 1, 2}, 3));
}

const check::Tests tests(__FILE__, [] {
  RUN(random_graphs<std::int32_t>);
  RUN(random_graphs<std::int64_t>);
  RUN(many_groups);
  RUN(without_arcs);
});

}  // namespace test_blocks
