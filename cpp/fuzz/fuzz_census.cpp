// Every way to count, against all pairs, triples and quadruples of nodes; for larger graphs against each other.
#include <vector>

#include "count.hpp"
#include "fuzz.hpp"
#include "squares/layered.hpp"
#include "tools/brute_force.hpp"
#include "tools/counts.hpp"
#include "tools/wedge_oracle.hpp"

namespace {

using namespace motifcount;
using fuzz::Bytes;
using fuzz::Input;
using test::Arcs;
using test::dyads_of;
using test::kDyadsAndTriads;
using test::layered_tetrads_of;
using test::never;
using test::triads_of;

// By class, the arc subsets of `arcs` that form it, all of them or the whole only.
template <std::size_t N>
void add_motifs(Arcs arcs, int n, bool induced, const std::array<test::Drawing, N>& drawings,
                std::array<Count, N>& counts) {
  for (Arcs subset = arcs;; subset = (subset - 1) & arcs) {
    const int k = test::class_of(subset, n, drawings);
    if (k >= 0) ++counts[static_cast<std::size_t>(k)];
    if (induced || subset == 0) return;
  }
}

// Slow counts of all sorts, by the sorted layers of the nodes, tetrads by the lowest; in one entry if not `by_block`.
struct Expected {
  std::map<std::array<std::int32_t, 2>, DyadCounts> dyads;
  std::map<std::array<std::int32_t, 3>, TriadCounts> triads;
  std::map<std::int32_t, LayeredTetradCounts> tetrads;
  std::vector<NodeDyads> node_dyads;
  std::vector<NodeTriads> node_triads;
};

template <std::size_t N, std::size_t M>
void add(std::array<Count, N>& to, const std::array<Count, N>& counts,
         std::vector<std::array<std::int64_t, N>>& by_node, const std::array<int, M>& nodes) {
  for (std::size_t k = 0; k < N; ++k) {
    to[k] += counts[k];
    for (const int v : nodes) by_node[static_cast<std::size_t>(v)][k] += static_cast<std::int64_t>(counts[k]);
  }
}

Expected brute_force(const test::Digraph& graph, const std::vector<std::int32_t>& layers, bool induced,
                     bool want_tetrads) {
  Expected expected;
  const int n = graph.n();
  expected.node_dyads.resize(static_cast<std::size_t>(n));
  expected.node_triads.resize(static_cast<std::size_t>(n));
  for (int a = 0; a < n; ++a)
    for (int b = a + 1; b < n; ++b) {
      const int arcs = graph.arc(a, b) + graph.arc(b, a);
      DyadCounts dyads{};
      dyads[static_cast<std::size_t>(2 - arcs)] = 1;
      if (!induced) dyads = {arcs == 2, arcs, 1};
      add(expected.dyads[test::sorted_layers<2>(layers, {a, b})], dyads, expected.node_dyads, std::array{a, b});
      for (int c = b + 1; c < n; ++c) {
        TriadCounts triads{};
        const std::array three{a, b, c};
        add_motifs(test::arcs_among(graph, three), 3, induced, test::kTriadDrawings, triads);
        add(expected.triads[test::sorted_layers(layers, three)], triads, expected.node_triads, three);
        for (int d = c + 1; want_tetrads && d < n; ++d) {
          const std::array four{a, b, c, d};
          add_motifs(test::arcs_among(graph, four), 4, induced, test::kTetradDrawings,
                     expected.tetrads[test::sorted_layers(layers, four)[0]]);
        }
      }
    }
  return expected;
}

template <class Index>
void hold_against_brute_force(const Input& input, bool induced, bool by_block, int n_isolated, int threads) {
  const auto csr = test::to_csr<Index>(input.graph);
  auto view = input.layers.of.empty() ? test::view(csr) : test::view(csr, input.layers);
  test::Digraph whole(input.graph.n() + (view.groups.layers.empty() ? n_isolated : 0));
  for (int u = 0; u < input.graph.n(); ++u)
    for (int v = 0; v < input.graph.n(); ++v)
      if (input.graph.arc(u, v)) whole.add(u, v);
  view.n_nodes = whole.n();
  const auto& layers = input.layers.of;
  const bool blocks = by_block && !layers.empty();
  const bool strict = find_levels(csr.view(), never()).shape == Shape::kStrict;
  const Expected expected = brute_force(whole, blocks ? layers : std::vector<std::int32_t>{}, induced, strict);

  const MotifCounts found = count_motifs(view, {kDyadsAndTriads, induced, by_block}, threads, never());
  const auto dyads = dyads_of(found);
  const auto triads = triads_of(found);
  const LayerTuples tuples(blocks ? static_cast<std::int64_t>(input.layers.sizes.size()) : 1);
  REQUIRE(dyads.size() == tuples.pairs().size() && triads.size() == tuples.triples().size());
  REQUIRE(layered_tetrads_of(found).empty());
  for (std::size_t k = 0; k < dyads.size(); ++k) {
    const auto at = expected.dyads.find(tuples.pairs()[k]);
    REQUIRE(dyads[k] == (at == expected.dyads.end() ? DyadCounts{} : at->second));
  }
  for (std::size_t k = 0; k < triads.size(); ++k) {
    const auto at = expected.triads.find(tuples.triples()[k]);
    REQUIRE(triads[k] == (at == expected.triads.end() ? TriadCounts{} : at->second));
  }

  try {
    const auto four =
        layered_tetrads_of(count_motifs(view, {{Family::kLayeredTetrad}, induced, by_block}, threads, never()));
    REQUIRE(!four.empty());
    for (std::size_t k = 0; k < four.size(); ++k) {
      const auto at = expected.tetrads.find(static_cast<std::int32_t>(k));
      REQUIRE(four[k] == (at == expected.tetrads.end() ? LayeredTetradCounts{} : at->second));
    }
  } catch (const NotSupported&) {
    REQUIRE(!strict || (blocks && !is_strict(csr.view(), layers, 1, never())));
  }

  const NodeCensus nodes = count_motifs_by_node(view, kDyadsAndTriads, induced, threads, never()).small;
  const auto n_rows = static_cast<std::size_t>(input.graph.n());
  REQUIRE(nodes.dyads.size() == n_rows + 1 && nodes.triads.size() == n_rows + 1);
  for (std::size_t v = 0; v < expected.node_dyads.size(); ++v) {
    REQUIRE(nodes.dyads[std::min(v, n_rows)] == expected.node_dyads[v]);
    REQUIRE(nodes.triads[std::min(v, n_rows)] == expected.node_triads[v]);
  }
}

template <class Counts>
Counts sum_of(const std::vector<Counts>& parts) {
  Counts sum{};
  for (const Counts& part : parts)
    for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += part[k];
  return sum;
}

// Bi-fans and bi-parallels by pairs of nodes and as squares; the tetrads may have been counted in other ways.
template <class Index>
void hold_squares(const Csr<Index>& csr, const std::vector<std::int32_t>& levels, const LayeredTetradCounts& tetrads) {
  const auto n_levels = static_cast<std::size_t>(1 + (levels.empty() ? 0 : std::ranges::max(levels)));
  const auto in = transpose(csr.view(), never());
  const auto expected = test::pair_tetrads(csr, in, levels, static_cast<int>(n_levels));
  const LinkedLevels<Index> graph(csr.view(), levels, static_cast<std::int64_t>(n_levels), 1, never());
  const WantedSquares all{std::vector<bool>(n_levels, true), std::vector<bool>(n_levels, true)};
  std::vector<std::array<Count, 2>> found(n_levels);
  count_squares<Index>(graph, all, 1, never(), [&](LayeredTetrad tetrad, std::int64_t base, Count count, int) {
    found[static_cast<std::size_t>(base)][tetrad == kBiparallel] += count;
  });
  REQUIRE(found == expected);
  Count bifans = 0, biparallels = 0;
  for (const auto& [fans, parallels] : expected) {
    bifans += fans;
    biparallels += parallels;
  }
  REQUIRE(tetrads[kBifan] == bifans && tetrads[kBiparallel] == biparallels);
}

// Whole, by block and by node, with one thread and with three.
template <class Index>
void hold_against_each_other(const Input& input) {
  const auto csr = test::to_csr<Index>(input.graph);
  const auto view = input.layers.of.empty() ? test::view(csr) : test::view(csr, input.layers);
  FamilySet families = kDyadsAndTriads;
  const auto levels = find_levels(csr.view(), never());
  if (levels.shape == Shape::kStrict) families.add(Family::kLayeredTetrad);
  const MotifCounts whole = count_motifs(view, {families}, 1, never());
  const MotifCounts again = count_motifs(view, {families}, 3, never());
  REQUIRE(whole.tables == again.tables);
  if (families.has(Family::kLayeredTetrad)) hold_squares(csr, levels.level, layered_tetrads_of(whole).at(0));
  const MotifCounts blocks = count_motifs(view, {kDyadsAndTriads, true, true}, 3, never());
  const DyadCounts dyads = dyads_of(whole).at(0);
  const TriadCounts triads = triads_of(whole).at(0);
  REQUIRE(sum_of(dyads_of(blocks)) == dyads && sum_of(triads_of(blocks)) == triads);

  Count pairs = 0, triples = 0;
  for (const Count count : dyads) pairs += count;
  for (const Count count : triads) triples += count;
  REQUIRE(pairs == choose2(input.graph.n()) && triples == choose3(input.graph.n()));

  const NodeCensus nodes = count_motifs_by_node(view, kDyadsAndTriads, true, 3, never()).small;
  TriadCounts at_nodes{};
  for (std::size_t v = 0; v + 1 < nodes.triads.size(); ++v)
    for (std::size_t k = 0; k < kTriads; ++k) at_nodes[k] += nodes.triads[v][k];
  for (std::size_t k = 0; k < kTriads; ++k) REQUIRE(at_nodes[k] == 3 * triads[k]);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const std::uint8_t options = bytes.byte();
  const int n_isolated = bytes.below(4);
  if (options % 8 == 7) {
    const Input input = fuzz::read_graph(bytes, 200);
    if (options & 8) hold_against_each_other<std::int32_t>(input);
    else hold_against_each_other<std::int64_t>(input);
    return 0;
  }
  const Input input = fuzz::read_graph(bytes, 12);
  const bool induced = options & 1, by_block = options & 2;
  const int threads = options & 32 ? 3 : 1;
  if (options & 8) hold_against_brute_force<std::int32_t>(input, induced, by_block, n_isolated, threads);
  else hold_against_brute_force<std::int64_t>(input, induced, by_block, n_isolated, threads);
  return 0;
}
