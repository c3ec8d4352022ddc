// Closed triads by the layers of their nodes and their arcs, against every triple.
#include <algorithm>
#include <array>
#include <map>

#include "tools/check.hpp"
#include "tools/graphs.hpp"
#include "triangles/by_class.hpp"

namespace test_closed_codes {

using namespace motifcount;
using test::Digraph;
using test::Layers;
using test::Random;

using Form = std::array<std::size_t, 6>;  // the layers of three nodes, and the dyad codes of ab, ac, bc

// The first of all ways to write a triad, given its layers and the dyad code of any two of its nodes.
template <class Layer, class Dyad>
Form first_form(Layer layer, Dyad dyad) {
  std::array<std::size_t, 3> order{0, 1, 2};
  Form best;
  best.fill(99);
  do {
    const auto [a, b, c] = order;
    best = std::min(best, Form{layer(a), layer(b), layer(c), dyad(a, b), dyad(a, c), dyad(b, c)});
  } while (std::ranges::next_permutation(order).found);
  return best;
}

std::map<Form, std::uint64_t> by_trying(const Digraph& graph, const Layers& layers) {
  std::map<Form, std::uint64_t> found;
  for (int u = 0; u < graph.n(); ++u)
    for (int v = u + 1; v < graph.n(); ++v)
      for (int w = v + 1; w < graph.n(); ++w) {
        const std::array<int, 3> nodes{u, v, w};
        const auto dyad = [&](std::size_t a, std::size_t b) {
          return static_cast<std::size_t>(graph.arc(nodes[a], nodes[b]) + 2 * graph.arc(nodes[b], nodes[a]));
        };
        if (dyad(0, 1) == 0 || dyad(0, 2) == 0 || dyad(1, 2) == 0) continue;
        const auto layer = [&](std::size_t a) {
          return static_cast<std::size_t>(layers.of[static_cast<std::size_t>(nodes[a])]);
        };
        ++found[first_form(layer, dyad)];
      }
  return found;
}

std::map<Form, std::uint64_t> by_form(const std::vector<std::uint64_t>& counts, std::size_t n_layers) {
  std::map<Form, std::uint64_t> found;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    if (counts[k] == 0) continue;
    const std::size_t code = k % 64, three = k / 64;
    const std::array<std::size_t, 3> layer{three / n_layers / n_layers, three / n_layers % n_layers, three % n_layers};
    const auto dyad = [&](std::size_t a, std::size_t b) {
      const std::size_t of_pair = code >> 2 * (std::min(a, b) + std::max(a, b) - 1) & 3;  // ab, ac, bc
      return a < b ? of_pair : of_pair >> 1 | (of_pair & 1) << 1;
    };
    found[first_form([&](std::size_t a) { return layer[a]; }, dyad)] += counts[k];
  }
  return found;
}

void equal_brute_force() {
  Random random(41);
  for (const double p : {0.1, 0.4, 0.9})
    for (const int n_layers : {1, 2, 4}) {
      const Digraph graph = test::random_digraph(25, p, random);
      const Layers layers = test::random_layers(25, n_layers, random);
      const auto wanted = by_trying(graph, layers);
      const auto csr = test::to_csr<std::int32_t>(graph);
      const auto wide = test::to_csr<std::int64_t>(graph);
      const auto n = static_cast<std::size_t>(n_layers);
      const auto found = closed_codes_by_layers(test::view(csr, layers), 1, test::never());
      CHECK(by_form(found, n) == wanted);
      CHECK(by_form(closed_codes_by_layers(test::view(csr, layers), 3, test::never()), n) == wanted);
      CHECK(closed_codes_by_layers(test::view(wide, layers), 1, test::never()) == found);
    }
}

void refused() {
  Random random(42);
  const Layers layers = test::random_layers(40, kMostGroups + 1, random);
  const auto csr = test::to_csr<std::int32_t>(Digraph(40));
  CHECK_THROWS(NotSupported, closed_codes_by_layers(test::view(csr, layers), 1, test::never()));
}

const check::Tests tests(__FILE__, [] {
  RUN(equal_brute_force);
  RUN(refused);
});

}  // namespace test_closed_codes
