// The N:M null: how many arcs each group keeps, uniformity over all states, full blocks and biases, refusals.
#include <cstdint>
#include <map>
#include <vector>

#include "tools/check.hpp"
#include "tools/chi_square.hpp"
#include "tools/null_tools.hpp"

namespace test_n_of_m {

using namespace motifcount;
using test::ArcList;
using test::Layers;

const NullSpec kOneOfTwo("n_of_m", {.kept = 1, .group_size = 2});
const NullSpec kTwoOfThree("n_of_m", {.kept = 2, .group_size = 3});
const NullSpec kTwoOfFour("n_of_m");

// Every state of the arcs drawn over and over, of `n_states` in all.
template <class Index>
void hold_uniform(const GraphView<Index>& view, const NullSpec& null, std::size_t n_states) {
  std::map<test::ArcSet, std::int64_t> seen;
  const auto samples = test::repeats(200 * static_cast<std::int64_t>(n_states));
  for (std::int64_t k = 0; k < samples; ++k)
    ++seen[test::as_set(test::draw(view, null, static_cast<std::uint64_t>(k)))];
  CHECK_EQ(seen.size(), n_states);
  std::vector<std::int64_t> counts;
  for (const auto& [state, n] : seen) counts.push_back(n);
  CHECK(test::looks_uniform(counts));
}

void uniform() {
  const auto pairs = test::to_csr<std::int32_t>({{4, 5}, {}, {4}, {5}, {}, {}});
  hold_uniform(test::view(pairs, test::consecutive_layers(std::array{4, 2})), kOneOfTwo, 16);
  const auto triples = test::to_csr<std::int64_t>({{3, 4}, {3}, {4}, {}, {}});
  hold_uniform(test::view(triples, test::consecutive_layers(std::array{3, 2})), kTwoOfThree, 9);
  const auto fours = test::to_csr<std::int32_t>({{4, 5}, {4}, {}, {5}, {}, {}});
  hold_uniform(test::view(fours, test::consecutive_layers(std::array{4, 2})), kTwoOfFour, 36);
}

// Layers 0, 1 and 2 of 2, 2 and 1 units; the skip block is full, and node 5 is a bias of layer 1.
void full_blocks_and_biases_stay() {
  const Layers layers({0, 0, 1, 1, 2, 1}, 3);
  const std::vector<std::uint8_t> biases{0, 0, 0, 0, 0, 1};
  const auto csr = test::to_csr<std::int32_t>({{2, 4}, {3, 4}, {4}, {}, {}, {4}});
  auto view = test::view(csr, layers);
  view.groups.biases = biases;
  hold_uniform(view, kOneOfTwo, 8);
  for (std::uint64_t k = 0; k < 20; ++k) {
    const auto arcs = test::as_set(test::draw(view, kOneOfTwo, k));
    CHECK(arcs.contains({0, 4}) && arcs.contains({1, 4}) && arcs.contains({5, 4}));
  }
}

void refused() {
  const auto csr = test::to_csr<std::int32_t>({{4, 5}, {4}, {}, {5}, {}, {}});
  const Layers layers = test::consecutive_layers(std::array{4, 2});
  CHECK_THROWS(InvalidGraph, test::draw(test::view(csr), kTwoOfFour, 0));           // no layers
  CHECK_THROWS(InvalidGraph, test::draw(test::view(csr, layers), kOneOfTwo, 0));    // 2 of 2
  CHECK_THROWS(InvalidGraph, test::draw(test::view(csr, layers), kTwoOfThree, 0));  // 4 sources
  const auto lateral = test::to_csr<std::int32_t>({{1}, {2}, {3}, {0}});
  CHECK_THROWS(InvalidGraph, test::draw(test::view(lateral, Layers({0, 0, 0, 0}, 1)), kOneOfTwo, 0));
  CHECK_THROWS(NotSupported, test::draw(test::view(csr, layers), NullSpec("n_of_m", {.kept = 4}), 0));
  CHECK_THROWS(NotSupported, test::draw(test::view(csr, layers), NullSpec("n_of_m", {.kept = 0}), 0));
}

const check::Tests tests(__FILE__, [] {
  RUN(uniform);
  RUN(full_blocks_and_biases_stay);
  RUN(refused);
});

}  // namespace test_n_of_m
