// Dyads and triads of every arc, against every choice of a third node.
#include "census/by_arc.hpp"

#include <array>
#include <cstddef>

#include "tools/check.hpp"
#include "tools/graphs.hpp"

namespace test_by_arc {

using namespace motifcount;
using test::Digraph;
using test::never;
using test::Random;

std::size_t dyad(const Digraph& graph, int u, int v) {
  return static_cast<std::size_t>(graph.arc(u, v)) | static_cast<std::size_t>(graph.arc(v, u)) << 1;
}

// Of the arc u -> v, by looking at every subset of the arcs among three nodes that holds it.
ArcTriads brute(const Digraph& graph, int u, int v, bool induced) {
  ArcTriads found{};
  for (int w = 0; w < graph.n(); ++w) {
    if (w == u || w == v) continue;
    const auto code = static_cast<Code>(triad_code(dyad(graph, u, v), dyad(graph, u, w), dyad(graph, v, w)));
    for_each_subset(code, [&](Code subset) {
      if (induced ? subset == code : (subset & 1) != 0) ++found[kTriadOfCode[subset]];
    });
  }
  return found;
}

template <class Index>
void hold(const Digraph& graph, bool induced, int num_threads) {
  const auto csr = test::to_csr<Index>(graph);
  const ArcCensus found = arc_census(test::view(csr), true, induced, num_threads, never());
  CHECK_EQ(found.triads.size(), csr.indices.size());
  std::size_t arc = 0;
  for (int u = 0; u < graph.n(); ++u)
    for (int v = 0; v < graph.n(); ++v) {
      if (!graph.arc(u, v)) continue;
      const std::int64_t mutual = graph.arc(v, u);
      CHECK_EQ(found.dyads[arc], (ArcDyads{mutual, induced ? 1 - mutual : 1, 0}));
      CHECK_EQ(found.triads[arc++], brute(graph, u, v, induced));
    }
}

void random_graphs() {
  Random random(5);
  for (int k = 0; k < 24; ++k) {
    const Digraph graph = k < 4 ? Digraph(k) : test::mixed_digraph(random);
    hold<std::int32_t>(graph, k % 2 == 0, 1 + k % 3);
    if (k % 8 == 0) hold<std::int64_t>(graph, true, 2);
  }
  hold<std::int32_t>(test::random_digraph(70, 0.6, random), true, 3);  // large enough for several threads
}

void dyads_alone() {
  Random random(2);
  const auto csr = test::to_csr<std::int32_t>(test::random_digraph(9, 0.5, random));
  const ArcCensus found = arc_census(test::view(csr), false, true, 1, never());
  CHECK_EQ(found.dyads.size(), csr.indices.size());
  CHECK(found.triads.empty());
}

void interruption() {
  Random random(1);
  const auto csr = test::to_csr<std::int32_t>(test::random_digraph(300, 0.9, random));
  Stop stop;
  stop.request();
  CHECK_THROWS(Interrupted, arc_census(test::view(csr), true, true, 2, stop));
}

const check::Tests tests(__FILE__, [] {
  RUN(random_graphs);
  RUN(dyads_alone);
  RUN(interruption);
});

}  // namespace test_by_arc
