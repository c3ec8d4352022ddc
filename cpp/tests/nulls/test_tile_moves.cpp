// What the chain of tiles reaches, and how evenly: every small graph, in one group and in groups of a few nodes.
#include "nulls/tile_chain.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "tools/swap_tools.hpp"

namespace test_tile_moves {

using namespace motifcount;
using test::hold_uniform;
using test::Matrix;
using test::run;
using test::Tiles;

constexpr std::uint32_t kDirectedTriangle = 0b001'100'010;  // 0 -> 1 -> 2 -> 0
constexpr std::uint32_t kCycle4 = 0b0001'1000'0100'0010;    // 0 -> 1 -> 2 -> 3 -> 0
constexpr std::uint32_t kCycle5 = 0b00001'10000'01000'00100'00010;

void uniform_in_one_group() {
  hold_uniform<Tiles<false>>({3, 3, true, kDirectedTriangle}, 2);  // by turns and reversals alone
  hold_uniform<Tiles<false>>({4, 4, true, kCycle4}, 9);
  hold_uniform<Tiles<false>>({4, 4, true, 0b0001'0010'1100'1100}, 8);
  hold_uniform<Tiles<false, 4, false>>({4, 4, true, kCycle4}, 9);
}

// Groups of two or three nodes: no tile holds the whole graph. Without larger ones, mutual edges leave some graphs
// apart.
template <class Chain>
void hold_uniform_on_reached(const Matrix& start, std::size_t at_least) {
  const auto states = test::reached<Chain>(start, test::states_like(start, true), 100);
  CHECK(states.size() >= at_least);
  hold_uniform<Chain>(start, states, 1000);
}

void uniform_in_tiles() {
  const Matrix cycle{5, 5, true, kCycle5};
  const auto states = test::states_like(cycle);
  CHECK_EQ(states.size(), 44u);
  hold_uniform<Tiles<false, 3, true>>(cycle, states, 300);
  hold_uniform<Tiles<false, 3, false>>(cycle, states, 300);
  const Matrix mixed{5, 5, true, 0b00101'10001'01010'00101'00010};
  hold_uniform<Tiles<false, 3, true>>(mixed, test::states_like(mixed), 300);
  for (const std::uint32_t cells :
       {0b00010'10101'10001'10001'01100u, 0b00110'00010'11000'01001'01110u, 0b01001'10010'11000'00001'00010u}) {
    hold_uniform_on_reached<Tiles<true, 3, true>>({5, 5, true, cells}, 8);
    hold_uniform_on_reached<Tiles<true, 3, false>>({5, 5, true, cells}, 8);
  }
  for (const std::uint32_t cells : {0b00001'00001'00010'11000'00100u, 0b00001'00010'00001'10100'01000u})
    hold_uniform_on_reached<Tiles<true, 2, true>>({5, 5, false, cells, 2}, 3);
  const Matrix swaps_do{4, 4, true, 0b0001'0001'1000'0100};  // of which groups of two reach all
  hold_uniform<Tiles<false, 2, true>>(swaps_do, test::states_like(swaps_do), 600);
}

// Only joint moves connect the second case, a 4-cycle around a mutual pair.
void uniform_with_mutual_edges() {
  for (const std::uint32_t cells : {0b0001'0010'1000'0100u, 0b0001'0010'1001'0110u, 0b0011'1001'1100'0110u}) {
    const Matrix start{4, 4, true, cells};
    const auto states = test::states_like(start, true);
    hold_uniform<Tiles<true>>(start, states, 2000);
    hold_uniform<Tiles<true, 4, false>>(start, states, 2000);
  }
}

void reaches_every_small_graph() { test::hold_all_reached<Tiles<false>>(4, 4, true); }

// Every graph of four nodes with the same three numbers at every node is reached, in all 464 classes.
void mutual_classes_reached() {
  std::set<std::uint32_t> done;
  int n_classes = 0;
  for (std::uint32_t cells = 0; cells < 1u << 16; ++cells) {
    const Matrix start{4, 4, true, cells};
    if (!start.allowed() || done.contains(cells)) continue;
    const auto states = test::states_like(start, true);
    for (const auto& [other, position] : states) done.insert(other);
    if (states.size() == 1) continue;
    test::hold_reached<Tiles<true>>(start, states, 10000);
    ++n_classes;
  }
  CHECK_EQ(n_classes, 464);
}

// All graphs of both directions between two nodes and three, by what they keep.
std::map<std::vector<int>, std::map<std::uint32_t, std::size_t>> facing_classes() {
  std::vector<std::uint32_t> bits;
  Matrix matrix{5, 5, false, 0, 2};
  for (std::uint32_t cell = 0; cell < 25; ++cell) {
    matrix.cells = 1u << cell;
    if (matrix.allowed()) bits.push_back(matrix.cells);
  }
  CHECK_EQ(bits.size(), 12u);
  std::map<std::vector<int>, std::map<std::uint32_t, std::size_t>> classes;
  for (std::uint32_t some = 0; some < 1u << 12; ++some) {
    matrix.cells = 0;
    for (std::size_t k = 0; k < 12; ++k)
      if (some >> k & 1) matrix.cells |= bits[k];
    auto& states = classes[test::degrees_of(matrix, true)];
    states.emplace(matrix.cells, states.size());
  }
  return classes;
}

void facing_layers() {
  int n_classes = 0;
  for (const auto& [degrees, states] : facing_classes()) {
    if (states.size() == 1) continue;
    const Matrix start{5, 5, false, states.begin()->first, 2};
    test::hold_reached<Tiles<true>>(start, states, 10000);
    if (n_classes++ % 40 != 0) continue;
    hold_uniform<Tiles<true>>(start, states, 2000);
  }
  CHECK(n_classes > 100);
}

// Three nodes that make a directed cycle and also lead to the same other nodes: the cycle is there, or its reverse.
Block cycle_among_hubs(std::uint32_t n_others) {
  Block block;
  for (std::uint32_t v = 0; v < 3 + n_others; ++v) block.rows.push_back(v);
  block.cols = block.rows;
  for (std::uint32_t v = 0; v < 3; ++v)
    for (std::uint32_t w = 0; w < 3 + n_others; ++w)
      if (w >= 3 || w == (v + 1) % 3) block.edges.push_back({v, w});
  return block;
}

template <class Chain>
void cycles_among_hubs_are_reversed() {
  for (const auto& [n_others, n_samples] : {std::pair{20u, 1000}, {300u, 400}, {3000u, 60}}) {
    const std::int64_t n = test::repeats(n_samples);
    const Block block = cycle_among_hubs(n_others);
    const auto origin = test::make<Chain>(block);
    std::int64_t reversed = 0;
    for (std::uint64_t sample = 0; sample < static_cast<std::uint64_t>(n); ++sample) {
      Chain chain = origin;
      run(chain, 40 * std::ssize(block.edges), sample);
      chain.for_each_edge([&](std::uint32_t r, std::uint32_t c) { reversed += r == 1 && c == 0; });
    }
    CHECK(test::looks_binomial(reversed, n, 0.5));
  }
}

// One cycle, 0 -> 1 -> 2 -> 0 or its reverse, beside the path 1 -> 3 -> 0, which closes a second cycle over 0 -> 1 and
// none over 1 -> 0: reversed with probability (1 / 2 + 1 + 1) / 5 either way.
void reversals_are_symmetric() {
  constexpr std::int64_t n = test::repeats(20000);
  const std::vector<std::vector<Cell>> cycles{{{0, 1}, {1, 2}, {2, 0}}, {{1, 0}, {0, 2}, {2, 1}}};
  for (const std::vector<Cell>& cycle : cycles) {
    std::vector<Cell> edges{{1, 3}, {3, 0}};
    edges.insert(edges.end(), cycle.begin(), cycle.end());
    Rng rng(41, cycle.front().source, 0);
    std::int64_t reversed = 0;
    for (std::int64_t k = 0; k < n; ++k) {
      EdgeSlots slots;
      slots.assign(edges, 4);
      BitMatrixSet taken(4, 4, edges.size(), test::never());
      for (const Cell& edge : edges) taken.insert(edge.source, edge.target);
      const auto arc = [&](std::uint32_t r, std::uint32_t c) { return taken.contains(r, c); };
      const std::uint32_t first = uniform_below(rng, slots.size());
      try_reversal(slots, slots[first], taken, rng, arc, std::not_fn(arc));
      reversed += taken.contains(cycle[0].target, cycle[0].source) &&
                  taken.contains(cycle[1].target, cycle[1].source) && taken.contains(cycle[2].target, cycle[2].source);
    }
    CHECK(test::looks_binomial(reversed, n, 0.5));
  }
}

const check::Tests tests(__FILE__, [] {
  RUN(uniform_in_one_group);
  RUN(uniform_in_tiles);
  RUN(uniform_with_mutual_edges);
  RUN(reaches_every_small_graph);
  RUN(mutual_classes_reached);
  RUN(facing_layers);
  RUN(cycles_among_hubs_are_reversed<Tiles<false>>);
  RUN(cycles_among_hubs_are_reversed<Tiles<true>>);
  RUN(reversals_are_symmetric);
});

}  // namespace test_tile_moves
