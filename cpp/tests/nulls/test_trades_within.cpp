// Trades of rows within a layer, where no node has an edge to itself and 3-cycles are reversed.
#include <cstdint>
#include <utility>
#include <vector>

#include "nulls/trade_chain.hpp"
#include "tools/mixing.hpp"
#include "tools/swap_tools.hpp"

namespace test_trades_within {

using namespace motifcount;
using test::edges_of;
using test::hold_uniform;
using test::Margins;
using test::margins_of;
using test::Matrix;
using test::Random;
using test::run;

constexpr std::uint32_t kDirectedTriangle = 0b001'100'010;  // 0 -> 1 -> 2 -> 0

Block random_digraph(std::uint32_t n_nodes, std::uint32_t percent, std::uint64_t seed) {
  Random random(seed);
  return test::random_block(n_nodes, n_nodes, percent / 100.0, true, random);
}

void what_suits() {
  CHECK(TradeChain::where_faster(random_digraph(200, 50, 1), test::never()));
  CHECK(!TradeChain::where_faster(random_digraph(100, 50, 1), test::never()));
  CHECK(!TradeChain::where_faster(random_digraph(2000, 1, 1), test::never()));
  Block full = random_digraph(200, 100, 1);
  CHECK(TradeChain::where_faster(full, test::never()));
  std::erase_if(full.edges, [](const Cell& edge) { return edge.source < 6 && edge.target == (edge.source ^ 1); });
  CHECK(!TradeChain::where_faster(full, test::never()));  // six rows among 200 that can move
}

// Nodes keep their degrees, and none gets an edge to itself, for any number of threads.
void margins_within_a_layer() {
  for (const auto& [n_nodes, percent] : {std::pair{5u, 60u}, {65u, 40u}, {500u, 10u}, {300u, 97u}}) {
    const Block block = random_digraph(n_nodes, percent, n_nodes);
    Margins before = margins_of(block.edges, block);
    const TradeChain origin(block, test::never());
    TradeChain first = origin;
    const auto attempts = 3 * std::ssize(block.edges) + 1;
    const SwapStats stats = run(first, attempts);
    CHECK(stats.attempts >= attempts && stats.accepted > 0 && stats.accepted < stats.attempts);
    Margins after = margins_of(edges_of(first), block);
    before.mutual = after.mutual = {};
    CHECK(after.simple && after == before);
    for (const int threads : {2, 3}) {
      TradeChain other = origin;
      CHECK_EQ(run(other, attempts, 0, threads).accepted, stats.accepted);
      CHECK(edges_of(other) == edges_of(first));
    }
  }
}

// As test_tile_moves.cpp does for swaps: 3-cycles are reversed too, and every graph of four nodes is reached.
void uniform_within_a_layer() {
  hold_uniform<TradeChain>({3, 3, true, kDirectedTriangle}, 2);  // by reversals alone
  hold_uniform<TradeChain>({4, 4, true, 0b0001'1000'0100'0010}, 9);
  hold_uniform<TradeChain>({4, 4, true, 0b0001'0010'1100'1100}, 8);
  for (const std::uint32_t cells : {0b00001'10000'01000'00100'00010u, 0b00101'10001'01010'00101'00010u}) {
    const Matrix start{5, 5, true, cells};
    hold_uniform<TradeChain>(start, test::states_like(start), 300);
  }
  test::hold_all_reached<TradeChain>(4, 4, true);
}

// Two cycles over one edge, one over its reverse: how many there are counts. Rounds are few, so trades do not hide it.
void reversals_keep_the_balance() {
  const Matrix start{4, 4, true, 0b0001'0001'1100'0010};
  const auto states = test::states_like(start);
  std::vector<std::int64_t> hits(states.size(), 0);
  auto chain = test::make<TradeChain>(to_block(start));
  Rng rng(3, 0, 0);
  for (std::int64_t k = 0; k < test::repeats(100'000); ++k) {
    test::advance(chain, 1, rng);
    ++hits[states.at(cells_of(chain, start))];
  }
  CHECK(test::looks_uniform(hits));
}

void as_swaps_do() {
  Block block = random_digraph(20, 0, 1);
  block.edges = test::alike_rows(block);
  test::hold_as_fast<TradeChain, test::Tiles<false>>(block);
}

const check::Tests tests(__FILE__, [] {
  RUN(what_suits);
  RUN(margins_within_a_layer);
  RUN(uniform_within_a_layer);
  RUN(reversals_keep_the_balance);
  RUN(as_swaps_do);
});

}  // namespace test_trades_within
