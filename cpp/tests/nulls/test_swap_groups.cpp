// Blocks in random groups of rows: the same for any number of threads, and as even as single attempts.
#include "nulls/swap_chain.hpp"

#include <set>
#include <vector>

#include "nulls/edge_sets.hpp"
#include "tools/swap_tools.hpp"

namespace test_swap_groups {

using namespace motifcount;
using test::below;
using test::edges_of;
using test::GroupedChain;
using test::hold_uniform;
using test::Margins;
using test::margins_of;
using test::Matrix;
using test::Random;
using test::random_block;
using test::run;

// Groups of the size that is used, on more threads than one. A bit matrix would fit no group of the last block.
void large_blocks() {
  Random random(23);
  for (const std::uint32_t n_cols : {400u, 3000u, 60000u}) {
    Block block = random_block(0, n_cols, 0, false, random);
    for (std::uint32_t r = 0; r < 3000; ++r) {
      block.rows.push_back(r);
      const auto n = r < 20 ? 150 : 2 + below(random, 30);  // some are long
      const auto first = static_cast<std::uint32_t>(below(random, static_cast<int>(n_cols)));
      std::set<std::uint32_t> row;
      for (int k = 0; k < n; ++k) row.insert((first + static_cast<std::uint32_t>(k * k)) % n_cols);
      for (const std::uint32_t c : row) block.edges.push_back({r, c});
    }
    const Margins before = margins_of(block.edges, block);
    SwapChain origin(block, test::never());
    CHECK(origin.is_parallel());
    SwapChain first = origin;
    const auto attempts = 3 * static_cast<std::int64_t>(block.edges.size()) + 7;
    const SwapStats stats = run(first, attempts);
    CHECK(stats.attempts >= attempts + 2 && stats.attempts <= attempts + attempts / 100);  // rounds, runs of one length
    Margins after = margins_of(edges_of(first), block);
    CHECK(after.simple && after.out == before.out && after.in == before.in);
    for (const int threads : {2, 3, 7}) {
      SwapChain other = origin;
      CHECK_EQ(run(other, attempts, 0, threads).accepted, stats.accepted);
      CHECK(edges_of(other) == edges_of(first));
    }
    // An edge stays where it was by chance only.
    std::size_t n_kept = 0;
    const auto edges = edges_of(first);
    for (std::size_t k = 0; k < edges.size(); ++k) n_kept += edges[k] == block.edges[k];
    CHECK(n_kept < edges.size() / 20);
  }
}

// A set that searches through short rows tells the same as one that does not, move after move.
void slots_as_a_set() {
  Random random(24);
  Rng rng(24, 0, 0);
  for (int round = 0; round < 5; ++round) {
    EdgeSlots slots;
    SlotSet cells;
    for (const int n : {0, 1, 5, 64, 128, 129, 200, 31, 300}) {
      std::set<std::uint32_t> row;
      while (row.size() < static_cast<std::size_t>(n)) row.insert(static_cast<std::uint32_t>(below(random, 400)));
      slots.add_row(std::vector(row.begin(), row.end()));
    }
    cells.reset(slots, test::never());
    BitMatrixSet bits(slots.n_rows(), 400, 0, test::never());
    for (const Cell& edge : slots.edges()) bits.insert(edge.source, edge.target);
    std::int64_t wrong = 0;
    for (int step = 0; step < 3000; ++step) {
      Cell& e = slots[uniform_below(rng, slots.size())];
      Cell& f = slots[uniform_below(rng, slots.size())];
      const std::vector<Cell> before{e, f};
      if (try_swap(e, f, cells)) {
        for (const Cell& cell : before) bits.erase(cell.source, cell.target);
        for (const Cell* cell : {&e, &f}) bits.insert(cell->source, cell->target);
      }
      const auto r = uniform_below(rng, slots.n_rows());
      const auto c = uniform_below(rng, 400);
      wrong += cells.contains(r, c) != bits.contains(r, c);
    }
    for (std::uint32_t r = 0; r < slots.n_rows(); ++r)
      for (std::uint32_t c = 0; c < 400; ++c) wrong += cells.contains(r, c) != bits.contains(r, c);
    CHECK_EQ(wrong, 0);
  }
}

// Four rows in one group, the fifth in another.
void uniform_in_groups() {
  hold_uniform<GroupedChain>({5, 5, false, 0b10000'01000'00100'00010'00001}, 120);
  hold_uniform<GroupedChain>({5, 4, false, 0b1000'0100'0010'0001'0001}, 60);
  const Matrix uneven{5, 5, false, 0b00011'00110'01100'11000'10000};  // eight edges in one group, the ninth's row alone
  hold_uniform<GroupedChain>(uneven, test::states_like(uneven), 60);
}

const check::Tests tests(__FILE__, [] {
  RUN(large_blocks);
  RUN(slots_as_a_set);
  RUN(uniform_in_groups);
});

}  // namespace test_swap_groups
