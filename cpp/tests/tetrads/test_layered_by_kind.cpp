// The layered tetrads by kind: in sum those without regard to kinds, and every four nodes of complete layers by hand.
// That kinds are those of the arcs is tested against every four nodes in tests/counting/test_by_kind.py.
#include "tetrads/layered_by_kind.hpp"

#include <numeric>

#include "count.hpp"
#include "tools/check.hpp"
#include "tools/graphs.hpp"
#include "tools/repeats.hpp"

namespace test_layered_by_kind {

using namespace motifcount;
using test::below;
using test::Random;

template <class Index>
void hold_sums(const test::Digraph& graph, const test::Layers& layers, std::size_t n_kinds, Random& random,
               int threads) {
  const auto csr = test::to_csr<Index>(graph);
  std::vector<std::uint8_t> of_arc(csr.indices.size());
  for (auto& kind : of_arc) kind = static_cast<std::uint8_t>(below(random, static_cast<int>(n_kinds)));
  GraphView<Index> view = test::view(csr, layers);
  view.kinds = {of_arc, n_kinds};
  for (const bool induced : {true, false}) {
    const auto found = layered_tetrads_by_kind(view, induced, threads, test::never());
    const auto plain = count_motifs(view, {FamilySet{Family::kLayeredTetrad}, induced}, 1, test::never());
    for (std::size_t k = 0; k < kLayeredTetrads; ++k) {
      for (const Count n : found[k]) CHECK(n >= 0);
      CHECK_EQ(std::accumulate(found[k].begin(), found[k].end(), Count{0}), plain[Family::kLayeredTetrad].row(0)[k]);
    }
    CHECK(found == layered_tetrads_by_kind(view, induced, 1, test::never()));
  }
}

void kinds_add_up() {
  Random random(21);
  for (int k = 0; k < test::repeats(40); ++k) {
    const std::vector<int> sizes{1 + below(random, 12), 1 + below(random, 12), 1 + below(random, 300),
                                 1 + below(random, 9)};
    const auto layers = test::consecutive_layers(sizes);
    const auto level = [&](int v) { return layers.of[static_cast<std::size_t>(v)]; };
    const int n = sizes[0] + sizes[1] + sizes[2] + sizes[3];
    const auto graph = test::random_digraph(n, 0.3, random, [&](int u, int v) { return level(v) == level(u) + 1; });
    hold_sums<std::int32_t>(graph, layers, 1 + static_cast<std::size_t>(k % 4), random, 1 + k % 3);
    hold_sums<std::int64_t>(graph, layers, 1 + static_cast<std::size_t>(k % 4), random, 1 + k % 3);
  }
}

const check::Tests tests(__FILE__, [] { RUN(kinds_add_up); });

}  // namespace test_layered_by_kind
