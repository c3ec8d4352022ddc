// Edges that move with their kinds, and kinds that change alone (kind_cycles.hpp): what nodes keep of each kind, in
// every kind of graph, and counts by kind of what is drawn. That draws are uniform is tested by enumeration in
// tests/nulls/test_uniformity_by_kind.py.
#include "nulls/kind_chain.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "count.hpp"
#include "ensemble.hpp"
#include "tools/check.hpp"
#include "tools/kinded.hpp"

namespace test_kind_chain {

using namespace motifcount;
using test::below;
using test::Digraph;
using test::kinded_arcs;
using test::KindedArcs;
using test::Layers;
using test::Random;

NullSpec keeping_kinds(bool keep_mutual) {
  return NullSpec("degree", {.keep_mutual = keep_mutual, .keep_kinds = true});
}

const NullSpec kKeepWiring("degree", {.keep_kinds = true, .keep_wiring = true});

template <class Index>
void hold_kept(const GraphView<Index>& view, const Layers& layers) {
  const KindedArcs before = kinded_arcs(test::arcs_of(view), view.kinds.of_arc);
  for (const bool keep_mutual : {false, true}) {
    const NullSpec spec = keeping_kinds(keep_mutual);
    const auto kinds = test::prepare(view, spec)->kinds(test::never());
    const bool is_dense = 2 * std::ssize(before) > view.n_nodes * (view.n_nodes - 1);  // hardly a pair is free
    for (const auto& arcs : {test::draw(view, spec, 0), test::draw(view, spec, 5, 3), test::draw_single(view, spec)}) {
      const KindedArcs after = kinded_arcs(arcs, kinds);
      CHECK_EQ(after.size(), before.size());
      CHECK(after != before || (keep_mutual && is_dense));
      CHECK(test::kept_by_kind(after, layers, keep_mutual) == test::kept_by_kind(before, layers, keep_mutual));
    }
  }
}

template <class Index>
void hold_wiring(const GraphView<Index>& view, const Layers& layers) {
  const KindedArcs before = kinded_arcs(test::arcs_of(view), view.kinds.of_arc);
  const auto kinds = test::prepare(view, kKeepWiring)->kinds(test::never());
  for (const auto& arcs : {test::draw(view, kKeepWiring, 0), test::draw_single(view, kKeepWiring, 3)}) {
    CHECK(test::as_set(arcs) == test::as_set(test::arcs_of(view)));
    const KindedArcs after = kinded_arcs(arcs, kinds);
    CHECK(after != before || view.kinds.n_kinds == 1 || before.size() < 300);  // few arcs make no cycle
    CHECK(test::kept_by_kind(after, layers, false) == test::kept_by_kind(before, layers, false));
  }
}

void nodes_keep_arcs_of_each_kind() {
  test::for_each_kind([](const Digraph& graph, const Layers& layers) {
    const auto csr = test::to_csr<std::int32_t>(graph);
    auto view = test::view_of(csr, layers);
    for (const std::size_t n_kinds : {1u, 2u, 4u}) {
      const auto kinds = test::kinds_by_place(csr.indices.size(), n_kinds);
      view.kinds = {kinds, n_kinds};
      hold_kept(view, layers);
      hold_wiring(view, layers);
    }
  });
}

// So large and sparse that cells are hashed.
void large_graphs() {
  Random random(31);
  std::vector<std::vector<int>> rows(8000);
  for (int k = 0; k < 20000; ++k) {
    const int u = below(random, 8000), v = below(random, 8000);
    if (u == v) continue;
    rows[static_cast<std::size_t>(u)].push_back(v);
    if (k % 4 == 0) rows[static_cast<std::size_t>(v)].push_back(u);
  }
  const auto csr = test::to_csr<std::int64_t>(rows);
  auto view = test::view(csr);
  const auto kinds = test::kinds_by_place(csr.indices.size(), 3);
  view.kinds = {kinds, 3};
  hold_kept(view, {});
}

// Where all cells are taken, kinds alone can change.
void full_blocks_exchange_kinds() {
  const Layers layers = test::consecutive_layers(std::array{30, 20});
  std::vector<std::vector<int>> rows(50);
  for (int u = 0; u < 30; ++u)
    for (int v = 30; v < 50; ++v) rows[static_cast<std::size_t>(u)].push_back(v);
  const auto csr = test::to_csr<std::int32_t>(rows);
  auto view = test::view(csr, layers);
  const auto kinds = test::kinds_by_place(csr.indices.size(), 2);
  view.kinds = {kinds, 2};
  hold_kept(view, layers);
}

void counts_are_those_of_the_graphs_drawn() {
  Random random(32);
  const Digraph graph = test::random_digraph(25, 0.2, random);
  const auto csr = test::to_csr<std::int32_t>(graph);
  auto view = test::view(csr);
  const auto kinds = test::kinds_by_place(csr.indices.size(), 3);
  view.kinds = {kinds, 3};
  const FamilySet families{Family::kDyad, Family::kTriad};
  const NullSpec spec = keeping_kinds(false);
  const Ensemble one = sample_counts(view, spec, {families, 3}, {test::kSeed, 4, 3}, 1, test::never());
  CHECK_EQ(one.table, sample_counts(view, spec, {families, 3}, {test::kSeed, 4, 3}, 3, test::never()).table);
  const auto drawn_kinds = test::prepare(view, spec)->kinds(test::never());
  for (std::uint64_t k = 0; k < 3; ++k) {
    const KindedArcs arcs = kinded_arcs(test::draw(view, spec, 4 + k), drawn_kinds);  // by source and target
    std::vector<std::vector<int>> rows(25);
    std::vector<std::uint8_t> of_arc;
    for (const auto& [u, v, kind] : arcs) {
      rows[u].push_back(static_cast<int>(v));
      of_arc.push_back(kind);
    }
    const auto drawn = test::to_csr<std::int32_t>(rows);
    auto sample = test::view(drawn);
    sample.kinds = {of_arc, 3};
    const KindedCensus census = count_motifs_by_kind(sample, families, true, 1, test::never());
    std::vector<Count> row = census.dyads;
    row.insert(row.end(), census.triads.begin(), census.triads.end());
    CHECK_EQ(row.size(), one.n_classes);
    CHECK(std::ranges::equal(row, std::span(one.table).subspan(k * one.n_classes, one.n_classes)));
  }
  const TracePlan plan{test::kSeed, 3, 2, 1, {4}};
  const Ensemble traced = trace_counts(view, spec, {families, 3}, plan, 1, test::never());
  CHECK_EQ(traced.table.size(), 4 * one.n_classes);
  CHECK_EQ(traced.table, trace_counts(view, spec, {families, 3}, plan, 3, test::never()).table);
}

void refused() {
  const auto csr = test::to_csr<std::int32_t>({{1}, {2}, {0}});
  auto view = test::view(csr);
  CHECK_THROWS(NotSupported, test::prepare(view, keeping_kinds(false)));
  const std::vector<std::uint8_t> kinds{0, 1, 1};
  view.kinds = {kinds, 2};
  CHECK_EQ(test::draw(view, keeping_kinds(true), 0).size(), 3);
  const SampleClasses by_kind({Family::kDyad}, 2);
  CHECK_THROWS(NotSupported, sample_counts(view, test::kDegree, by_kind, {0, 0, 2}, 1, test::never()));
  const std::vector<double> seven(7, 1.0);
  const NullSpec with_triads("degree", {.triad_weights = seven, .triad_centres = seven, .keep_kinds = true});
  CHECK_THROWS(NotSupported, test::prepare(view, with_triads));
  CHECK_THROWS(NotSupported, test::prepare(view, NullSpec("degree", {.keep_wiring = true})));
  const NullSpec both("degree", {.keep_mutual = true, .keep_kinds = true, .keep_wiring = true});
  CHECK_THROWS(NotSupported, test::prepare(view, both));
}

const check::Tests tests(__FILE__, [] {
  RUN(nodes_keep_arcs_of_each_kind);
  RUN(large_graphs);
  RUN(full_blocks_exchange_kinds);
  RUN(counts_are_those_of_the_graphs_drawn);
  RUN(refused);
});

}  // namespace test_kind_chain
