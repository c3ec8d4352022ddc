// The chains of swaps: what they keep, what they reach, and how evenly.
#include "nulls/swap_chain.hpp"

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <memory>
#include <set>
#include <vector>

#include "nulls/mutual_swaps.hpp"
#include "tools/swap_tools.hpp"

namespace {

using namespace motifcount;
using test::advance;
using test::below;
using test::GroupedChain;
using test::hold_block;
using test::hold_uniform;
using test::Matrix;
using test::Random;
using test::random_block;
using test::run;

constexpr std::uint32_t kDirectedTriangle = 0b001'100'010;  // 0 -> 1 -> 2 -> 0
constexpr std::uint32_t kCycle4 = 0b0001'1000'0100'0010;    // 0 -> 1 -> 2 -> 3 -> 0

void random_blocks() {
  Random random(19);
  for (const double p : {0.03, 0.2, 0.5, 0.9})
    for (int round = 0; round < 10; ++round) {
      const auto n = static_cast<std::uint32_t>(1 + below(random, 60));
      const auto k = static_cast<std::uint32_t>(1 + below(random, 60));
      const Block across = random_block(n, k, p, false, random);
      const Block within = random_block(n, n, p, true, random);
      for (const Block& block : {across, within}) {
        hold_block<SwapChain, SwapChain>(block, false);
        hold_block<GroupedChain, GroupedChain>(block, false, 1 + below(random, 5));
      }
      hold_block<MutualSwapChain<BitMatrixSet>, MutualSwapChain<HashSet>>(within, true);
    }
}

void uniform_between_layers() {
  hold_uniform<SwapChain>({2, 2, false, 0b01'10}, 2);
  hold_uniform<SwapChain>({4, 4, false, 0b1000'0100'0010'0001}, 24);
  hold_uniform<SwapChain>({3, 3, false, 0b110'011'001}, 5);
  hold_uniform<SwapChain>({3, 4, false, 0b0011'0110'0001}, 5);
  hold_uniform<SwapChain>({4, 4, false, 0b0011'1100'0110'1001}, 90);
}

void uniform_within_a_layer() {
  hold_uniform<SwapChain>({3, 3, true, kDirectedTriangle}, 2);  // by turns alone
  hold_uniform<SwapChain>({4, 4, true, kCycle4}, 9);
  hold_uniform<SwapChain>({4, 4, true, 0b0001'0010'1100'1100}, 8);
}

// A copy goes on as the chain does, whatever it was copied over.
void copies() {
  Random random(25);
  const Block block = random_block(40, 40, 0.2, true, random);
  const Block other = random_block(25, 60, 0.3, false, random);
  const auto arcs_of = [&](const BlockChain& chain) {
    std::vector<Arc> arcs;
    PacedStop pace(test::never());
    chain.append_arcs(block, arcs, pace);
    return arcs;
  };
  SwapChain swaps(block, test::never());
  MutualSwapChain<BitMatrixSet> bits(block, test::never());
  MutualSwapChain<HashSet> hashed(block, test::never());
  std::unique_ptr<BlockChain> copy = std::make_unique<SwapChain>(other, test::never());
  for (BlockChain* chain : std::initializer_list<BlockChain*>{&swaps, &bits, &hashed, &bits, &swaps}) {
    run(*chain, 500, 1);
    for (int round = 0; round < 2; ++round) {
      chain->copy_to(copy, test::never());
      CHECK(arcs_of(*copy) == arcs_of(*chain));
      const auto before = arcs_of(*chain);
      run(*copy, 500, 2);
      CHECK(arcs_of(*chain) == before);
      run(*chain, 500, 2);
      CHECK(arcs_of(*copy) == arcs_of(*chain));
      CHECK(arcs_of(*chain) != before);
    }
  }
}

// What a chain of single attempts visits.
template <class Chain>
std::set<std::uint32_t> visited(const Matrix& start, int n_attempts) {
  auto chain = test::make<Chain>(test::to_block(start));
  Rng rng(20, start.cells, 0);
  std::set<std::uint32_t> seen{test::cells_of(chain, start)};
  for (int k = 0; k < n_attempts; ++k) {
    advance(chain, 1, rng);
    seen.insert(test::cells_of(chain, start));
  }
  return seen;
}

// Every degree sequence of four nodes, with and without loops forbidden: all its graphs are reached.
void reaches_every_small_graph() {
  for (const bool within_layer : {false, true}) {
    std::set<std::uint32_t> done;
    for (std::uint32_t cells = 0; cells < 1u << (within_layer ? 16 : 9); ++cells) {
      const Matrix start{within_layer ? 4 : 3, within_layer ? 4 : 3, within_layer, cells};
      if (!start.allowed() || done.contains(cells)) continue;
      const auto states = test::states_like(start);
      for (const auto& [other, position] : states) done.insert(other);
      if (states.size() == 1) continue;
      const auto seen = visited<SwapChain>(start, 400 * static_cast<int>(states.size()));
      CHECK_EQ(seen.size(), states.size());
      for (const std::uint32_t state : seen) CHECK(states.contains(state));
    }
  }
}

// Mutual edges kept. Only joint moves connect the second case, a 4-cycle around a mutual pair.
void uniform_with_mutual_edges() {
  for (const std::uint32_t cells : {0b0001'0010'1000'0100u, 0b0001'0010'1001'0110u, 0b0011'1001'1100'0110u}) {
    const Matrix start{4, 4, true, cells};
    const auto states = test::states_like(start, true);
    hold_uniform<MutualSwapChain<BitMatrixSet>>(start, states, 2000);
    hold_uniform<MutualSwapChain<HashSet>>(start, states, 2000);
  }
}

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
    const auto seen = visited<MutualSwapChain<BitMatrixSet>>(start, 10000);
    for (const std::uint32_t state : seen) CHECK(states.contains(state));
    CHECK_EQ(seen.size(), states.size());
    ++n_classes;
  }
  CHECK_EQ(n_classes, 464);
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
  for (const std::uint32_t n_others : {20u, 300u}) {
    const Block block = cycle_among_hubs(n_others);
    const auto origin = test::make<Chain>(block);
    constexpr std::int64_t n = 1000;
    std::int64_t reversed = 0;
    for (std::uint64_t sample = 0; sample < n; ++sample) {
      Chain chain = origin;
      run(chain, 20 * std::ssize(block.edges), sample);
      chain.for_each_edge([&](std::uint32_t r, std::uint32_t c) { reversed += r == 1 && c == 0; });
    }
    CHECK(test::looks_binomial(reversed, n, 0.5));
  }
}

// One cycle, 0 -> 1 -> 2 -> 0 or its reverse, beside the path 1 -> 3 -> 0, which closes a second cycle over 0 -> 1 and
// none over 1 -> 0: reversed with probability (1 / 2 + 1 + 1) / 5 either way.
void reversals_are_symmetric() {
  constexpr std::int64_t n = 20000;
  const std::vector<Cell> rest{{1, 3}, {3, 0}};
  const std::vector<std::vector<Cell>> cycles{{{0, 1}, {1, 2}, {2, 0}}, {{1, 0}, {0, 2}, {2, 1}}};
  for (const std::vector<Cell>& cycle : cycles) {
    std::vector<Cell> edges = rest;
    edges.insert(edges.end(), cycle.begin(), cycle.end());
    std::ranges::sort(edges, {}, &Cell::source);
    Rng rng(41, cycle.front().source, 0);
    std::int64_t reversed = 0;
    for (std::int64_t k = 0; k < n; ++k) {
      EdgeSlots slots(edges, 4);
      BitMatrixSet taken(4, 4, edges.size(), test::never());
      for (const Cell& edge : edges) taken.insert(edge.source, edge.target);
      const auto arc = [&](std::uint32_t r, std::uint32_t c) { return taken.contains(r, c); };
      const std::uint32_t first = uniform_below(rng, slots.size());
      try_reversal(slots, slots[first], taken, rng, arc, std::identity{}, std::identity{});
      reversed += taken.contains(cycle[0].target, cycle[0].source) &&
                  taken.contains(cycle[1].target, cycle[1].source) && taken.contains(cycle[2].target, cycle[2].source);
    }
    CHECK(test::looks_binomial(reversed, n, 0.5));
  }
}

void known_acceptance() {
  constexpr std::int64_t n = 200000;
  SwapChain matching(test::to_block({2, 2, false, 0b10'01}), test::never());
  CHECK(test::looks_binomial(run(matching, n).accepted, n, 0.5));  // refused: an edge with itself
  SwapChain fan(test::to_block({1, 3, false, 0b111}), test::never());
  CHECK_EQ(run(fan, n).accepted, 0);
  SwapChain full(test::to_block({3, 3, false, 0b111'111'111}), test::never());
  CHECK_EQ(run(full, n).accepted, 0);
  SwapChain single(test::to_block({2, 2, false, 0b01}), test::never());
  CHECK_EQ(run(single, n).accepted, 0);
  SwapChain triangle(test::to_block({3, 3, true, kDirectedTriangle}), test::never());
  CHECK(test::looks_binomial(run(triangle, n / 16).accepted, n / 16, 0.125));  // every turn and reversal, no swap
}

void interrupted() {
  Random random(21);
  const Block block = random_block(50, 50, 0.2, true, random);
  Rng rng(22, 0, 0);
  Stop stop;
  MutualSwapChain<HashSet> mutual(block, stop);
  Workspaces workspaces(2);
  stop.request();
  for (const std::uint32_t group_edges : {1u, SwapChain::kGroupEdges}) {
    SwapChain chain(block, test::never(), group_edges);
    CHECK_THROWS(Interrupted, chain.run(1000000, rng, workspaces, stop));
  }
  CHECK_THROWS(Interrupted, mutual.run(1000000, rng, workspaces, stop));
  const Block large = random_block(800, 800, 0.5, true, random);
  CHECK_THROWS(Interrupted, SwapChain(large, stop));
  CHECK_THROWS(Interrupted, (MutualSwapChain<HashSet>(large, stop)));
}

}  // namespace

int main() {
  RUN(random_blocks);
  RUN(uniform_between_layers);
  RUN(uniform_within_a_layer);
  RUN(reaches_every_small_graph);
  RUN(uniform_with_mutual_edges);
  RUN(mutual_classes_reached);
  RUN(cycles_among_hubs_are_reversed<SwapChain>);
  RUN(cycles_among_hubs_are_reversed<MutualSwapChain<HashSet>>);
  RUN(reversals_are_symmetric);
  RUN(known_acceptance);
  RUN(copies);
  RUN(interrupted);
  return check::summary();
}
