// Null models through their public interface: what they keep, how evenly they draw, what they refuse.
#include "nulls/registry.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "tools/check.hpp"
#include "tools/chi_square.hpp"
#include "tools/null_tools.hpp"

namespace test_null_model {

using namespace motifcount;
using test::ArcList;
using test::arcs_of;
using test::as_set;
using test::below;
using test::Digraph;
using test::draw;
using test::draw_single;
using test::for_each_kind;
using test::kDegree;
using test::kDegreeAndMutual;
using test::kDyadCount;
using test::kEdgeCount;
using test::Kept;
using test::kept_by;
using test::Layers;
using test::Random;
using test::view_of;

void degrees_are_kept() {
  for_each_kind([](const Digraph& graph, const Layers& layers) {
    const auto csr = test::to_csr<std::int32_t>(graph);
    const auto view = view_of(csr, layers);
    const Kept before = kept_by(arcs_of(view), layers);
    const ArcList one = draw_single(view, kDegree);
    for (const ArcList& arcs : {one, draw(view, kDegree, 0), draw(view, kDegree, 1)}) {
      const Kept after = kept_by(arcs, layers);
      CHECK(after.simple);
      CHECK(after.out == before.out);
      CHECK(after.in == before.in);
      CHECK(as_set(arcs) != as_set(arcs_of(view)));
    }
    CHECK(as_set(one) != as_set(draw(view, kDegree, 0)));
    const auto wide = test::to_csr<std::int64_t>(graph);
    CHECK(draw(view_of(wide, layers), kDegree, 1) == draw(view, kDegree, 1));
  });
}

void mutual_edges_are_kept() {
  Random random(29);
  for (const double p : {0.1, 0.5}) {
    const auto csr = test::to_csr<std::int32_t>(test::random_digraph(30, p, random));
    const Kept before = kept_by(arcs_of(test::view(csr)), {});
    const Kept after = kept_by(draw(test::view(csr), kDegreeAndMutual, 3), {});
    CHECK(after.simple);
    CHECK(after.out == before.out);
    CHECK(after.in == before.in);
    CHECK(after.mutual == before.mutual);
  }
}

std::int64_t mutual_arcs(const Kept& kept) {
  std::int64_t total = 0;
  for (const auto& [ends, n] : kept.mutual) total += n;
  return total;
}

// require_same(before, after), of samples and of the single graph.
template <class RequireSame>
void sums_are_kept(const NullSpec& null, RequireSame require_same) {
  for_each_kind([&](const Digraph& graph, const Layers& layers) {
    const auto csr = test::to_csr<std::int64_t>(graph);
    const auto view = view_of(csr, layers);
    const Kept before = kept_by(arcs_of(view), layers);
    std::vector<Kept> found{kept_by(draw_single(view, null), layers)};
    for (std::uint64_t k = 0; k < 4; ++k) found.push_back(kept_by(draw(view, null, k), layers));
    for (const Kept& after : found) {
      CHECK(after.simple);
      CHECK(after.edges == before.edges);
      require_same(before, after);
    }
  });
}

void edge_counts_are_kept() {
  sums_are_kept(kEdgeCount, [](const Kept&, const Kept&) {});
}

void dyad_counts_are_kept() {
  sums_are_kept(kDyadCount,
                [](const Kept& before, const Kept& after) { CHECK_EQ(mutual_arcs(after), mutual_arcs(before)); });
}

// So large and sparse that cells are hashed, and so large and full that the holes are.
void large_blocks() {
  Random random(30);
  const Layers layers = test::consecutive_layers(std::array{4000, 4000});
  std::vector<std::vector<int>> rows(8000);
  for (int k = 0; k < 20000; ++k)
    rows[static_cast<std::size_t>(below(random, 4000))].push_back(4000 + below(random, 4000));
  const auto csr = test::to_csr<std::int32_t>(rows);
  const Kept before = kept_by(arcs_of(test::view(csr)), layers);
  const Kept swapped = kept_by(draw(test::view(csr, layers), kDegree, 5), layers);
  CHECK(swapped.simple && swapped.out == before.out && swapped.in == before.in);
  for (const NullSpec& spec : {kEdgeCount, kDyadCount}) {
    const Kept drawn = kept_by(draw(test::view(csr, layers), spec, 5), layers);
    CHECK(drawn.simple && drawn.edges == before.edges);
  }
}

// Independent samples of a graph with few possible outcomes.
void hold_uniform(const GraphView<std::int32_t>& graph, const NullSpec& spec, std::size_t n_outcomes) {
  Stop stop;
  const auto null = test::prepare(graph, spec);
  null->prepare_drawers(1, stop);
  const auto drawer = null->drawer();
  std::map<test::ArcSet, std::int64_t> hits;
  ArcList arcs;
  const auto n_samples = static_cast<std::uint64_t>(test::repeats(300 * static_cast<std::int64_t>(n_outcomes)));
  for (std::uint64_t k = 0; k < n_samples; ++k) {
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
  hold_uniform(test::view(sparse, two), kEdgeCount, 15);  // C(6, 2): cells drawn
  hold_uniform(test::view(dense, two), kEdgeCount, 15);   // C(6, 4): holes drawn
  const Layers one(std::vector<std::int32_t>(3, 0), 1);
  const auto full = test::to_csr<std::int32_t>({{1, 2}, {0, 2}, {}});
  hold_uniform(test::view(full, one), kEdgeCount, 15);  // of the six cells off the diagonal
  hold_uniform(test::view(full), kEdgeCount, 15);
  hold_uniform(test::view(full), kDyadCount, 3 * 2 * 2);  // which pair is mutual; both others lead either way

  // Two blocks of two matrices each, drawn apart: permutations of 2, and of 3.
  const NullSpec many("degree", {.swaps_per_edge = 40});
  const Layers three = test::consecutive_layers(std::array{2, 3, 3});
  const auto chains = test::to_csr<std::int32_t>({{2}, {3}, {5}, {6}, {7}, {}, {}, {}});
  hold_uniform(test::view(chains, three), many, 2 * 6);
  const Layers twins = test::consecutive_layers(std::array{2, 2, 2});  // equal blocks: one must not mirror the other
  const auto ladder = test::to_csr<std::int32_t>({{2}, {3}, {4}, {5}, {}, {}});
  hold_uniform(test::view(ladder, twins), many, 2 * 2);
  hold_uniform(test::view(ladder, twins), kEdgeCount, 6 * 6);
  const auto cycle = test::to_csr<std::int32_t>({{1}, {2}, {3}, {0}});
  hold_uniform(test::view(cycle), many, 9);
}

// A bias is a block of its own: 0 and 3 are biases, 1 and 2 are units that feed 4 and 5.
void biases_stay_sources() {
  const Layers layers = test::consecutive_layers(std::array{3, 3, 1});
  const std::vector<std::uint8_t> bias_nodes{1, 0, 0, 1, 0, 0, 0};
  const auto csr = test::to_csr<std::int32_t>({{4}, {4, 5}, {}, {6}, {}, {6}, {}});
  auto view = test::view(csr, layers);
  view.groups.biases = bias_nodes;
  hold_uniform(view, kEdgeCount, 2 * 6 * 1 * 2);
  hold_uniform(view, kDyadCount, 2 * 6 * 1 * 2);

  // Of two layers with edges both ways, the bias 3 of the second leads to the first.
  const Layers two = test::consecutive_layers(std::array{2, 2});
  const auto facing = test::to_csr<std::int32_t>({{2}, {2}, {0}, {0}});
  auto both_ways = test::view(facing, two);
  const std::vector<std::uint8_t> last{0, 0, 0, 1};
  both_ways.groups.biases = last;
  hold_uniform(both_ways, kDyadCount, 2 * 2);
}

// Layers with edges within them and in both directions between them: mutual edges stay so.
void mutual_edges_across_layers() {
  Random random(30);
  for (const double p : {0.1, 0.3, 0.7}) {
    const auto csr = test::to_csr<std::int32_t>(test::random_digraph(40, p, random));
    const Layers layers = test::random_layers(40, 3, random);
    const auto view = test::view(csr, layers);
    const ArcList arcs = draw(view, kDegreeAndMutual, 0);
    const Kept before = kept_by(arcs_of(view), layers), after = kept_by(arcs, layers);
    CHECK(after.simple);
    CHECK(after.out == before.out && after.in == before.in && after.mutual == before.mutual);
    CHECK(as_set(arcs) != as_set(arcs_of(view)));
  }
}

void refused() {
  const auto pair = test::to_csr<std::int32_t>({{1}, {0}});
  const Layers layers({0, 1}, 2);
  auto view = test::view(pair, layers);
  CHECK_EQ(draw(view, kDegreeAndMutual, 0).size(), 2);
  const std::vector<std::uint8_t> pinned{0, 1};
  view.groups.pinned = pinned;
  CHECK_THROWS(NotSupported, draw(view, kDegreeAndMutual, 0));  // of two directions one is pinned
  for (const NullSpec& spec : {kEdgeCount, kDyadCount})
    CHECK_THROWS(NotSupported, draw(GraphView<std::int32_t>{pair.view(), kMaxBlockNodes + 1}, spec, 0));
}

// What an entry of the registry says of its null model is true.
void registry() {
  const auto csr = test::to_csr<std::int32_t>({{4, 5}, {4, 5}, {}, {}, {}, {}});
  const Layers layers = test::consecutive_layers(std::array{4, 2});
  const auto view = test::view(csr, layers);
  std::set<std::string_view> names;
  for (const NullEntry& entry : null_entries()) {
    CHECK(names.insert(entry.name).second);
    const NullSpec spec(entry.name);
    CHECK_EQ(spec.entry, &entry);
    const auto null = test::prepare(view, spec);
    CHECK_EQ(null->chain(0, test::never()) != nullptr, entry.has_chain);
    CHECK_EQ(draw(view, spec, 0).size(), 4);
  }
  CHECK(names.contains("degree"));
  CHECK_THROWS(NotSupported, NullSpec("unheard of"));
}

const check::Tests tests(__FILE__, [] {
  RUN(degrees_are_kept);
  RUN(mutual_edges_are_kept);
  RUN(edge_counts_are_kept);
  RUN(dyad_counts_are_kept);
  RUN(large_blocks);
  RUN(uniform_draws);
  RUN(biases_stay_sources);
  RUN(mutual_edges_across_layers);
  RUN(refused);
  RUN(registry);
});

}  // namespace test_null_model
