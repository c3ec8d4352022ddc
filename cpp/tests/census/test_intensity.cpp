// Intensity and coherence against every three nodes, whole and by node; and the weights of arcs that move.
#include "census/intensity.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "tools/check.hpp"
#include "tools/graphs.hpp"
#include "tools/null_tools.hpp"
#include "tools/repeats.hpp"
#include "weighted_ensemble.hpp"

namespace test_intensity {

using namespace motifcount;
using test::below;
using test::Digraph;
using test::Layers;
using test::Random;

std::vector<double> random_weights(std::size_t n, Random& random) {
  std::vector<double> weights(n);
  for (double& weight : weights) weight = std::exp2(below(random, 400) / 40.0 - 9.975);
  return weights;
}

// Whole, and by node.
std::vector<TriadSums> by_force(const Digraph& graph, const std::vector<double>& weights) {
  const int n = graph.n();
  std::map<std::pair<int, int>, double> weight_of;
  for (int u = 0; u < n; ++u)
    for (int v = 0; v < n; ++v)
      if (graph.arc(u, v)) weight_of[{u, v}] = weights[weight_of.size()];
  std::vector<TriadSums> sums(static_cast<std::size_t>(n) + 1);
  for (int u = 0; u < n; ++u)
    for (int v = u + 1; v < n; ++v)
      for (int w = v + 1; w < n; ++w) {
        double log_product = 0, sum = 0, arcs = 0;
        const auto dyad = [&](int a, int b) {
          std::size_t code = 0;
          for (const auto& [arc, bit] : {std::pair(std::pair(a, b), 1u), {{b, a}, 2u}})
            if (const auto found = weight_of.find(arc); found != weight_of.end()) {
              code |= bit;
              log_product += std::log(found->second);
              sum += found->second;
              ++arcs;
            }
          return code;
        };
        const std::size_t uv = dyad(u, v), uw = dyad(u, w), vw = dyad(v, w);
        const Triad triad = kTriadOfCode[triad_code(uv, uw, vw)];
        if (triad < k021D) continue;
        const double intensity = std::exp(log_product / arcs);
        for (const int k : {0, u + 1, v + 1, w + 1}) {
          sums[static_cast<std::size_t>(k)][kIntensity][triad] += intensity;
          sums[static_cast<std::size_t>(k)][kCoherence][triad] += intensity * arcs / sum;
        }
      }
  return sums;
}

void check_close(const TriadSums& found, const TriadSums& expected) {
  for (std::size_t m = 0; m < kMeasures; ++m)
    for (std::size_t k = 0; k < kTriads; ++k) CHECK(std::abs(found[m][k] - expected[m][k]) <= 1e-12 * expected[m][k]);
}

template <class Index>
void hold_against_brute_force(const Digraph& graph, const std::vector<double>& weights, int threads) {
  const auto csr = test::to_csr<Index>(graph);
  const auto expected = by_force(graph, weights);
  const TriadSums whole = triad_intensities(csr.view(), std::span(weights), threads, test::never());
  check_close(whole, expected[0]);
  CHECK(whole == triad_intensities(csr.view(), std::span(weights), 1, test::never()));
  const auto by_node = triad_intensities_by_node(csr.view(), std::span(weights), threads, test::never());
  CHECK_EQ(by_node.size(), expected.size() - 1);
  for (std::size_t v = 0; v < by_node.size(); ++v) check_close(by_node[v], expected[v + 1]);
}

void equal_to_brute_force() {
  Random random(11);
  for (int k = 0; k < test::repeats(60); ++k) {
    const Digraph graph = test::random_digraph(below(random, 40), (1 + below(random, 9)) / 10.0, random);
    const auto weights = random_weights(test::to_csr<std::int32_t>(graph).indices.size(), random);
    hold_against_brute_force<std::int32_t>(graph, weights, 1 + k % 3);
    hold_against_brute_force<std::int64_t>(graph, weights, 1 + k % 3);
  }
  const Csr<std::int32_t> arc{{0, 1, 1}, {1}};
  CHECK_THROWS(InvalidGraph, triad_intensities(arc.view(), std::span<const double>{}, 1, test::never()));
}

void nodes_keep_the_weights_of_their_arcs() {
  Random random(12);
  const Digraph graph = test::random_digraph(60, 0.1, random);
  const auto csr = test::to_csr<std::int32_t>(graph);
  const auto weights = random_weights(csr.indices.size(), random);
  const Layers layers = test::random_layers(60, 2, random);
  const GraphView<std::int32_t> view = test::view(csr, layers);
  const auto hands = [&](const CsrView<std::int32_t>& out, std::span<const double> of_arcs) {
    std::map<std::pair<std::int64_t, std::int32_t>, std::vector<double>> found;
    std::size_t arc = 0;
    for (std::int64_t u = 0; u < out.n_rows(); ++u)
      for (const auto v : out.row(u)) found[{u, layers.of[static_cast<std::size_t>(v)]}].push_back(of_arcs[arc++]);
    for (auto& [where, hand] : found) std::ranges::sort(hand);
    return found;
  };
  for (const NullSpec& spec : {test::kDegree, test::kDegreeAndMutual}) {
    auto arcs = test::draw_single(view, spec);
    const auto found = weights_of_sample(view, std::span(weights), spec, 1, 7, arcs, {}, test::never());
    std::ranges::sort(arcs, {}, [](const Arc& arc) { return std::pair(arc.source, arc.target); });
    Csr<std::int32_t> drawn;
    for (std::uint32_t u = 0; u < 60; ++u) {
      for (const Arc& arc : arcs)
        if (arc.source == u) drawn.indices.push_back(static_cast<std::int32_t>(arc.target));
      drawn.indptr.push_back(static_cast<std::int32_t>(drawn.indices.size()));
    }
    CHECK(hands(drawn.view(), found) == hands(csr.view(), weights));
    CHECK(found != weights);
  }
  CHECK_THROWS(NotSupported, weights_of_sample(view, std::span(weights), test::kEdgeCount, 1, 7,
                                               test::draw_single(view, test::kEdgeCount), {}, test::never()));
}

void samples_are_the_same_for_any_number_of_threads() {
  Random random(13);
  const auto csr = test::to_csr<std::int32_t>(test::random_digraph(50, 0.1, random));
  const auto weights = random_weights(csr.indices.size(), random);
  const auto sample = [&](SampleRange range, int threads) {
    return sample_intensities(test::view(csr), std::span(weights), test::kDegree, range, threads, test::never());
  };
  const auto all = sample({5, 0, 12}, 1);
  CHECK(all == sample({5, 0, 12}, 3));
  const auto some = sample({5, 4, 3}, 2);
  CHECK(std::equal(some.begin(), some.end(), all.begin() + 4));
  CHECK(all[0] != all[1]);
}

const check::Tests tests(__FILE__, [] {
  RUN(equal_to_brute_force);
  RUN(nodes_keep_the_weights_of_their_arcs);
  RUN(samples_are_the_same_for_any_number_of_threads);
});

}  // namespace test_intensity
