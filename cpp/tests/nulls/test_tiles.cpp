// The chain of tiles within a layer, and of both directions between two: what it keeps, the same for any threads.
#include "nulls/tile_chain.hpp"

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "tools/swap_tools.hpp"

namespace test_tiles {

using namespace motifcount;
using test::below;
using test::edges_of;
using test::hold_block;
using test::Margins;
using test::margins_of;
using test::Random;
using test::random_block;
using test::run;
using test::Tiles;

// Both directions between the first nodes and the others.
Block facing_block(std::uint32_t n_first, std::uint32_t n_second, double p, Random& random) {
  Block block;
  block.target_layer = 1;
  block.n_first = n_first;
  for (std::uint32_t v = 0; v < n_first + n_second; ++v) block.rows.push_back(v);
  block.cols = block.rows;
  for (const std::uint32_t r : block.rows)
    for (const std::uint32_t c : block.cols)
      if (block.has_cell(r, c) && test::chance(random, p)) block.edges.push_back({r, c});
  return block;
}

// Bit matrices and hash sets make the same moves, in one group and in groups of 2, 3 and 17 nodes.
template <bool keep_mutual>
void hold_tiles(const Block& block, int threads) {
  // A tile makes whole batches.
  const auto most_more =
      8 * std::ssize(block.rows) * std::ssize(block.rows) * (2 + 5000 / (1 + std::ssize(block.edges)));
  hold_block<Tiles<keep_mutual>, Tiles<keep_mutual, 1000, false>>(block, keep_mutual, threads, 16);
  hold_block<Tiles<keep_mutual, 2, true>, Tiles<keep_mutual, 2, false>>(block, keep_mutual, threads, most_more);
  hold_block<Tiles<keep_mutual, 3, true>, Tiles<keep_mutual, 3, false>>(block, keep_mutual, threads, most_more);
  hold_block<Tiles<keep_mutual, 17, true>, Tiles<keep_mutual, 17, false>>(block, keep_mutual, threads, most_more);
}

void random_blocks() {
  Random random(19);
  for (const double p : {0.0, 0.03, 0.2, 0.5, 0.9})
    for (int round = 0; round < 4; ++round) {
      const auto n = static_cast<std::uint32_t>(1 + below(random, 50));
      const int threads = 1 + below(random, 5);
      const Block within = random_block(n, n, p, true, random);
      hold_tiles<false>(within, threads);
      hold_tiles<true>(within, threads);
      hold_tiles<true>(facing_block(n, static_cast<std::uint32_t>(1 + below(random, 30)), p, random), threads);
    }
}

// The same for any number of threads, and an edge stays where it was by chance only.
template <bool keep_mutual>
void large_block() {
  Random random(23);
  Block block = random_block(0, 0, 0, true, random);
  for (std::uint32_t r = 0; r < 5000; ++r) {
    std::set<std::uint32_t> row;
    const int n = r < 20 ? 400 : 2 + below(random, 40);
    for (int k = 0; k < n; ++k) row.insert(static_cast<std::uint32_t>(below(random, 5000)));
    row.erase(r);
    for (const std::uint32_t c : row) block.edges.push_back({r, c});
    block.rows.push_back(r);
  }
  block.cols = block.rows;
  const Tiles<keep_mutual> origin(block, test::never());
  CHECK(origin.is_parallel());
  Tiles<keep_mutual> first = origin;
  const auto attempts = 3 * std::ssize(block.edges) + 7;
  const SwapStats stats = run(first, attempts);
  const auto wanted = keep_mutual ? attempts + attempts / 2 : attempts;
  CHECK(stats.attempts >= wanted && stats.attempts <= wanted + wanted / 40);
  CHECK(stats.accepted > wanted / 2);
  Margins before = margins_of(block.edges, block), after = margins_of(edges_of(first), block);
  if (!keep_mutual) before.mutual = after.mutual = {};
  CHECK(after == before);
  for (const int threads : {2, 3, 7}) {
    Tiles<keep_mutual> other = origin;
    CHECK_EQ(run(other, attempts, 0, threads).accepted, stats.accepted);
    CHECK(edges_of(other) == edges_of(first));
  }
  std::set<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (const auto& [r, c] : edges_of(first)) edges.emplace(r, c);
  CHECK(std::ranges::count_if(block.edges, [&](const Cell& e) { return edges.contains({e.source, e.target}); }) <
        std::ssize(block.edges) / 10);
}

void sizes_of_tiles() {
  CHECK_EQ(usual_tile_size(1000, 100).nodes, kSmallBlock);
  CHECK(usual_tile_size(2000, 20000).uses_bits);
  CHECK(!usual_tile_size(1000000, 3000000).uses_bits);
  const Block block = test::to_block({5, 5, true, 0b00001'10000'01000'00100'00010});
  const Groups groups(block, {2, true}, test::never());
  CHECK_EQ(groups.n_groups(), 3u);
  CHECK_EQ(groups.partner(2), 2u);
  CHECK(!groups.is_hub(0));  // all have one degree
  Block star;
  for (std::uint32_t v = 0; v < 20; ++v) star.rows.push_back(v);
  star.cols = star.rows;
  for (std::uint32_t v = 0; v < 20; ++v)
    if (v != 7) star.edges.push_back({7, v});
  const Groups of_star(star, {5, true}, test::never());
  for (std::uint32_t v = 0; v < 20; ++v) CHECK_EQ(of_star.is_hub(v), v == 7);
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
  Tiles<false> one(block, test::never());
  Tiles<true, 9> many(block, test::never());
  std::unique_ptr<BlockChain> copy = std::make_unique<SwapChain>(other, test::never());
  for (BlockChain* chain : std::initializer_list<BlockChain*>{&swaps, &one, &many, &one, &swaps}) {
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

void interrupted() {
  Random random(21);
  const Block block = random_block(50, 50, 0.2, true, random);
  Rng rng(22, 0, 0);
  Stop stop;
  Workspaces workspaces(2);
  Tiles<false> one(block, stop);
  Tiles<true, 7> many(block, stop);
  stop.request();
  CHECK_THROWS(Interrupted, one.run(1000000, rng, workspaces, stop));
  CHECK_THROWS(Interrupted, many.run(1000000, rng, workspaces, stop));
  CHECK_THROWS(Interrupted, Tiles<true>(random_block(1500, 1500, 0.5, true, random), stop));
}

const check::Tests tests(__FILE__, [] {
  RUN(random_blocks);
  RUN(large_block<false>);
  RUN(large_block<true>);
  RUN(sizes_of_tiles);
  RUN(copies);
  RUN(interrupted);
});

}  // namespace test_tiles
