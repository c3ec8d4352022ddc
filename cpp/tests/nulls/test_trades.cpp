// Trades of rows of bits: what they keep, the same for any number of threads, and how evenly states are drawn.
#include "nulls/trade_chain.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "nulls/swap_chain.hpp"
#include "tools/chi_square.hpp"
#include "tools/mixing.hpp"
#include "tools/repeats.hpp"
#include "tools/swap_tools.hpp"

namespace test_trades {

using namespace motifcount;
using test::edges_of;
using test::hold_uniform;
using test::Margins;
using test::margins_of;
using test::Matrix;
using test::Random;
using test::run;

Block random_cells(std::uint32_t n_rows, std::uint32_t n_cols, std::uint32_t percent, std::uint64_t seed) {
  Rng rng(seed, 0, 0);
  Block block;
  block.target_layer = 1;
  for (std::uint32_t r = 0; r < n_rows; ++r) block.rows.push_back(r);
  for (std::uint32_t c = 0; c < n_cols; ++c) block.cols.push_back(n_rows + c);
  for (std::uint32_t r = 0; r < n_rows; ++r)
    for (std::uint32_t c = 0; c < n_cols; ++c)
      if (uniform_below(rng, 100) < percent || uniform_below(rng, n_rows) == r) block.edges.push_back({r, c});
  return block;
}

bool suits(const Block& block) { return TradeChain::where_faster(block, test::never()) != nullptr; }

void what_suits() {
  CHECK(suits(random_cells(200, 300, 50, 1)));
  CHECK(suits(random_cells(300, 200, 99, 1)));
  CHECK(!suits(random_cells(100, 100, 50, 1)));   // few edges
  CHECK(!suits(random_cells(3000, 3000, 0, 1)));  // many words for them
  Block full = random_cells(200, 300, 100, 1);
  CHECK(suits(full));
  TradeChain chain(full, test::never());
  CHECK_EQ(run(chain, 60000).accepted, 0);
  Block hub = random_cells(200, 300, 30, 1);
  for (std::uint32_t r = 0; r < 2; ++r)
    for (std::uint32_t c = 1; c < 300; ++c) hub.edges.push_back({r, c});
  std::ranges::sort(hub.edges, {}, [](const Cell& edge) { return std::pair(edge.source, edge.target); });
  hub.edges.erase(std::unique(hub.edges.begin(), hub.edges.end()), hub.edges.end());
  CHECK(suits(random_cells(200, 300, 30, 1)) && !suits(hub));  // rows that keep what they have for long
}

// Full rows trade nothing, so others need more rounds to mix as they do among themselves.
void full_rows_make_more_rounds() {
  constexpr std::uint32_t n_cols = 200;
  const Block half = random_cells(100, n_cols, 50, 3);
  for (const std::uint32_t n_full : {100u, 900u}) {
    Block block = half;
    for (std::uint32_t r = 100; r < 100 + n_full; ++r) {
      block.rows.push_back(r);
      for (std::uint32_t c = 0; c < n_cols; ++c) block.edges.push_back({r, c});
    }
    TradeChain chain(block, test::never());
    const auto attempts = 10 * static_cast<std::int64_t>(block.edges.size());
    const SwapStats stats = run(chain, attempts);
    // Of edges that can move, half or so would stay by chance: the rest of the beginning is below 1 in 100.
    std::set<std::pair<std::uint32_t, std::uint32_t>> before;
    for (const Cell& edge : half.edges) before.emplace(edge.source, edge.target);
    std::int64_t n_same = 0;
    for (const Cell& edge : edges_of(chain)) n_same += edge.source < 100 && before.contains({edge.source, edge.target});
    const double same = static_cast<double>(n_same) / static_cast<double>(half.edges.size());
    CHECK(std::abs(same - 0.5) < 0.03);
    CHECK(stats.attempts >= attempts);
  }
}

// Rows or columns as lines, of odd and even numbers, more than one task.
void margins_and_threads() {
  for (const auto& [n_rows, n_cols, percent] : std::vector<std::array<std::uint32_t, 3>>{
           {2, 100, 30}, {7, 64, 50}, {65, 7, 20}, {151, 700, 3}, {700, 151, 60}, {900, 8000, 2}, {40, 129, 97}}) {
    const Block block = random_cells(n_rows, n_cols, percent, n_rows);
    const Margins before = margins_of(block.edges, block);
    const TradeChain origin(block, test::never());
    CHECK(edges_of(origin).size() == block.edges.size());
    TradeChain first = origin;
    const auto attempts = 3 * static_cast<std::int64_t>(block.edges.size()) + 1;
    const SwapStats stats = run(first, attempts);
    CHECK(stats.attempts >= attempts && stats.attempts % static_cast<std::int64_t>(block.edges.size()) == 0);
    CHECK(stats.accepted > 0 && stats.accepted < stats.attempts);
    const Margins after = margins_of(edges_of(first), block);
    CHECK(after.simple && after.out == before.out && after.in == before.in);
    for (const int threads : {2, 3}) {
      TradeChain other = origin;
      CHECK_EQ(run(other, attempts, 0, threads).accepted, stats.accepted);
      CHECK(edges_of(other) == edges_of(first));
    }
    std::vector<Arc> arcs;
    PacedStop pace(test::never());
    first.append_arcs(block, arcs, pace);
    CHECK_EQ(arcs.size(), block.edges.size());
  }
}

// Edges that move are counted: two rows without a common column, where each keeps its edges, one after
// the other, with a probability of a half.
void moves_are_counted() {
  Block block = random_cells(2, 4000, 0, 1);
  block.edges.clear();
  for (std::uint32_t c = 0; c < 4000; ++c) block.edges.push_back({c % 2, c});
  TradeChain chain(block, test::never());
  const SwapStats stats = run(chain, 1);  // one round
  std::int64_t moved = 0;
  chain.for_each_edge([&](std::uint32_t r, std::uint32_t c) { moved += r == 0 && c % 2 == 1; });
  CHECK_EQ(stats.accepted, 2 * moved);
  CHECK(moved > 900 && moved < 1100);
}

// As many attempts as move nearly everything.
void uniform() {
  hold_uniform<TradeChain>({5, 5, false, 0b10000'01000'00100'00010'00001}, 120);
  hold_uniform<TradeChain>({5, 4, false, 0b1000'0100'0010'0001'0001}, 60);
  hold_uniform<TradeChain>({4, 5, false, 0b01000'00100'00010'10001}, 60);
  const Matrix uneven{5, 5, false, 0b00011'00110'01100'11000'10000};
  hold_uniform<TradeChain>(uneven, test::states_like(uneven), 60);
}

// Rows of several words and of unlike degrees: every column of two rows is as likely to be in either as their numbers
// say, whatever it was.
void even_over_words() {
  constexpr std::uint32_t n_cols = 300, n_first = 37;
  const auto n_rounds = test::repeats(40000);
  Block block = random_cells(2, n_cols, 0, 1);
  block.edges.clear();
  for (std::uint32_t c = 0; c < n_cols; ++c) block.edges.push_back({c >= n_first, c});
  TradeChain chain(block, test::never());
  Rng rng(5, 0, 0);
  Workspaces workspaces;
  std::vector<std::int64_t> of_first(n_cols, 0);
  for (std::int64_t round = 0; round < n_rounds; ++round) {
    chain.run(1, rng, workspaces, test::never());
    chain.for_each_edge([&](std::uint32_t r, std::uint32_t c) { of_first[c] += r == 0; });
  }
  const double expected = static_cast<double>(n_rounds) * n_first / n_cols;
  double chi_square = 0;
  for (const std::int64_t n : of_first)
    chi_square += (static_cast<double>(n) - expected) * (static_cast<double>(n) - expected) / expected;
  chi_square /= 1 - double{n_first} / n_cols;   // each round draws so many without repeats
  CHECK(chi_square > 200 && chi_square < 410);  // 299 degrees of freedom: 24 is one standard deviation
}

// Bits so rare that random places miss them: each of three is as likely to be the first row's.
void even_among_few() {
  Block block = random_cells(2, 4000, 0, 1);
  block.edges = {{0, 5}, {1, 1000}, {1, 3999}};
  TradeChain chain(block, test::never());
  Rng rng(6, 0, 0);
  Workspaces workspaces;
  std::map<std::uint32_t, std::int64_t> hits;
  for (std::int64_t round = 0; round < test::repeats(30000); ++round) {
    chain.run(1, rng, workspaces, test::never());
    chain.for_each_edge([&](std::uint32_t r, std::uint32_t c) { hits[c] += r == 0; });
  }
  CHECK_EQ(hits.size(), 3u);
  CHECK(test::looks_uniform({hits[5], hits[1000], hits[3999]}));
}

// Half of the rows share their columns at first, so too few rounds would show.
void as_swaps_do() {
  Block block = random_cells(20, 30, 0, 1);
  block.edges = test::alike_rows(block);
  test::hold_as_fast<TradeChain, SwapChain>(block);
}

const check::Tests tests(__FILE__, [] {
  RUN(what_suits);
  RUN(full_rows_make_more_rounds);
  RUN(margins_and_threads);
  RUN(moves_are_counted);
  RUN(uniform);
  RUN(even_over_words);
  RUN(even_among_few);
  RUN(as_swaps_do);
});

}  // namespace test_trades
