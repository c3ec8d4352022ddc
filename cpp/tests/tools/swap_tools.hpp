// What the tests of the swap chains share: running one, what it keeps, and whether it draws evenly.
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "nulls/swap_chain.hpp"
#include "nulls/tile_chain.hpp"
#include "tools/check.hpp"
#include "tools/chi_square.hpp"
#include "tools/graphs.hpp"
#include "tools/repeats.hpp"
#include "tools/states.hpp"

namespace test {

using motifcount::Block;
using motifcount::Cell;
using motifcount::Rng;
using motifcount::Stop;
using motifcount::SwapChain;
using motifcount::SwapStats;
using motifcount::TileChain;
using motifcount::Workspaces;

// A chain that cuts even the smallest block into groups: four rows of the greatest degree make one.
struct GroupedChain : SwapChain {
  GroupedChain(const Block& block, Stop& stop) : SwapChain(block, stop, 1) {}
};

// Tiles of the usual size, or with groups of at most so many nodes, by bit matrix or hash.
template <bool keep_mutual, std::uint32_t nodes = 0, bool uses_bits = true>
struct Tiles : TileChain {
  Tiles(const Block& block, Stop& stop)
      : TileChain(block, keep_mutual,
                  nodes == 0 ? motifcount::usual_tile_size(block.rows.size(), block.edges.size())
                             : motifcount::TileSize{nodes, uses_bits},
                  stop) {}
};

template <class Chain>
Chain make(const Block& block) {
  return Chain(block, never());
}

template <class Chain>
SwapStats advance(Chain& chain, std::int64_t attempts, Rng& rng, int threads = 1) {
  Workspaces workspaces(threads);
  return chain.run(attempts, rng, workspaces, never());
}

template <class Chain>
SwapStats run(Chain& chain, std::int64_t attempts, std::uint64_t sample = 0, int threads = 1) {
  Rng rng(18, sample, 0);
  return advance(chain, attempts, rng, threads);
}

template <class Chain>
std::vector<Cell> edges_of(const Chain& chain) {
  std::vector<Cell> edges;
  chain.for_each_edge([&](std::uint32_t r, std::uint32_t c) { edges.push_back({r, c}); });
  return edges;
}

// A random block, its rows and columns numbered from 0.
inline Block random_block(std::uint32_t n_rows, std::uint32_t n_cols, double p, bool within_layer, Random& random) {
  Block block;
  block.target_layer = within_layer ? 0 : 1;
  for (std::uint32_t r = 0; r < n_rows; ++r) block.rows.push_back(r);
  for (std::uint32_t c = 0; c < n_cols; ++c) block.cols.push_back(c);
  for (std::uint32_t r = 0; r < n_rows; ++r)
    for (std::uint32_t c = 0; c < n_cols; ++c)
      if (!(within_layer && r == c) && chance(random, p)) block.edges.push_back({r, c});
  return block;
}

struct Margins {
  std::vector<int> out, in, mutual;
  bool simple = true;
  friend bool operator==(const Margins&, const Margins&) = default;
};

inline Margins margins_of(const std::vector<Cell>& edges, const Block& block) {
  Margins margins{std::vector<int>(block.rows.size()), std::vector<int>(block.cols.size()),
                  std::vector<int>(block.rows.size()), true};
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  for (const auto& [r, c] : edges) {
    ++margins.out[r];
    ++margins.in[c];
    margins.simple &= seen.emplace(r, c).second && block.has_cell(r, c);
  }
  for (const auto& [r, c] : edges) margins.mutual[r] += seen.contains({c, r});
  return margins;
}

// Those of the states that a chain comes to, in steps of so many attempts: groups of few nodes do not connect all.
template <class Chain>
std::map<std::uint32_t, std::size_t> reached(const Matrix& start, const std::map<std::uint32_t, std::size_t>& states,
                                             std::int64_t attempts) {
  auto chain = make<Chain>(to_block(start));
  Rng rng(21, start.cells, 0);
  std::map<std::uint32_t, std::size_t> seen;
  for (std::size_t k = 0; k < 100 * states.size(); ++k) {
    advance(chain, attempts, rng);
    const std::uint32_t cells = cells_of(chain, start);
    CHECK(states.contains(cells));
    seen.emplace(cells, seen.size());
  }
  return seen;
}

// A chain visits all states that it ought to, and no others.
template <class Chain>
void hold_reached(const Matrix& start, const std::map<std::uint32_t, std::size_t>& states, int n_attempts) {
  constexpr int n_blind = 3;  // attempts between two looks
  auto chain = make<Chain>(to_block(start));
  Rng rng(20, start.cells, 0);
  std::set<std::uint32_t> seen{cells_of(chain, start)};
  for (int k = 0; k < n_attempts && seen.size() < states.size(); k += n_blind) {
    advance(chain, n_blind, rng);
    seen.insert(cells_of(chain, start));
  }
  CHECK_EQ(seen.size(), states.size());
  for (const std::uint32_t state : seen) CHECK(states.contains(state));
}

// All degree sequences of so many rows and columns: every block with these degrees is reached.
template <class Chain>
void hold_all_reached(int n_rows, int n_cols, bool within_layer) {
  std::set<std::uint32_t> done;
  for (std::uint32_t cells = 0; cells < 1u << n_rows * n_cols; ++cells) {
    const Matrix start{n_rows, n_cols, within_layer, cells};
    if (!start.allowed() || done.contains(cells)) continue;
    const auto states = states_like(start);
    for (const auto& [other, position] : states) done.insert(other);
    if (states.size() > 1) hold_reached<Chain>(start, states, 400 * static_cast<int>(states.size()));
  }
}

// Degrees stay, no edge repeats; the twin, which does the same in another way, makes the same edges in the same order.
template <class Chain, class Twin>
void hold_block(const Block& block, bool keeps_mutual, int threads = 1, std::int64_t most_more = 0) {
  Chain chain = make<Chain>(block);
  Twin twin = make<Twin>(block);
  Margins before = margins_of(block.edges, block);
  for (const std::int64_t attempts : {0, 1, 31, 33, 5000}) {
    const SwapStats stats = run(chain, attempts);
    const std::int64_t wanted = keeps_mutual ? attempts + attempts / 2 : attempts;
    CHECK(stats.attempts >= wanted && stats.attempts <= wanted + wanted / 4 + most_more);
    CHECK(stats.accepted >= 0 && stats.accepted <= stats.attempts);
    CHECK_EQ(run(twin, attempts, 0, threads).accepted, stats.accepted);
    CHECK(edges_of(chain) == edges_of(twin));
    Margins after = margins_of(edges_of(chain), block);
    if (!keeps_mutual) before.mutual = after.mutual = {};
    CHECK(after == before);
  }
}

// Independent samples after `attempts` each, over the states that the chain ought to reach.
template <class Chain>
void hold_uniform(const Matrix& start, const std::map<std::uint32_t, std::size_t>& states, std::int64_t attempts) {
  std::vector<std::int64_t> hits(states.size(), 0);
  const auto origin = make<Chain>(to_block(start));
  std::int64_t lost = 0;
  const auto n_samples = static_cast<std::size_t>(repeats(300 * std::ssize(states)));
  for (std::size_t sample = 0; sample < n_samples; ++sample) {
    Chain chain = origin;
    run(chain, attempts, sample);
    const auto at = states.find(cells_of(chain, start));
    if (at == states.end()) ++lost;
    else ++hits[at->second];
  }
  CHECK_EQ(lost, 0);
  CHECK(states.size() > 1);
  CHECK(looks_uniform(hits));
}

template <class Chain>
void hold_uniform(const Matrix& start, std::size_t n_states) {
  const auto states = states_like(start);
  CHECK_EQ(states.size(), n_states);
  hold_uniform<Chain>(start, states, 150);
}

}  // namespace test
