// The chain of swaps between two layers: what it keeps, what it reaches, and how evenly.
#include "nulls/swap_chain.hpp"

#include "tools/swap_tools.hpp"

namespace test_swaps {

using namespace motifcount;
using test::below;
using test::GroupedChain;
using test::hold_block;
using test::hold_uniform;
using test::Matrix;
using test::Random;
using test::random_block;
using test::run;

void random_blocks() {
  Random random(19);
  for (const double p : {0.03, 0.2, 0.5, 0.9})
    for (int round = 0; round < 10; ++round) {
      const auto n = static_cast<std::uint32_t>(1 + below(random, 60));
      const auto k = static_cast<std::uint32_t>(1 + below(random, 60));
      const Block block = random_block(n, k, p, false, random);
      hold_block<SwapChain, SwapChain>(block, false);
      hold_block<GroupedChain, GroupedChain>(block, false, 1 + below(random, 5));
    }
}

void uniform() {
  hold_uniform<SwapChain>({2, 2, false, 0b01'10}, 2);
  hold_uniform<SwapChain>({4, 4, false, 0b1000'0100'0010'0001}, 24);
  hold_uniform<SwapChain>({3, 3, false, 0b110'011'001}, 5);
  hold_uniform<SwapChain>({3, 4, false, 0b0011'0110'0001}, 5);
  hold_uniform<SwapChain>({4, 4, false, 0b0011'1100'0110'1001}, 90);
}

void reaches_every_small_block() { test::hold_all_reached<SwapChain>(3, 3, false); }

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
}

void interrupted() {
  Random random(21);
  const Block block = random_block(50, 50, 0.2, false, random);
  Rng rng(22, 0, 0);
  Stop stop;
  Workspaces workspaces(2);
  stop.request();
  for (const std::uint32_t group_edges : {1u, SwapChain::kGroupEdges}) {
    SwapChain chain(block, test::never(), group_edges);
    CHECK_THROWS(Interrupted, chain.run(1000000, rng, workspaces, stop));
  }
  CHECK_THROWS(Interrupted, SwapChain(random_block(800, 800, 0.5, false, random), stop));
}

const check::Tests tests(__FILE__, [] {
  RUN(random_blocks);
  RUN(uniform);
  RUN(reaches_every_small_block);
  RUN(known_acceptance);
  RUN(interrupted);
});

}  // namespace test_swaps
