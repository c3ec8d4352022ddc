// The chains of swaps: what they keep, what they reach, how evenly, in one group of rows and in many.
#include "motifcount/swap_chain.hpp"

#include <set>
#include <type_traits>
#include <vector>

#include "check.hpp"
#include "chi_square.hpp"
#include "graphs.hpp"
#include "motifcount/mutual_swaps.hpp"
#include "states.hpp"

namespace {

using namespace motifcount;
using test::below;
using test::Matrix;
using test::Random;

constexpr std::uint32_t kDirectedTriangle = 0b001'100'010;  // 0 -> 1 -> 2 -> 0
constexpr std::uint32_t kCycle4 = 0b0001'1000'0100'0010;    // 0 -> 1 -> 2 -> 3 -> 0

// A chain that cuts even the smallest block into groups: four rows of the greatest degree make one.
struct GroupedChain : SwapChain {
  explicit GroupedChain(const Block& block) : SwapChain(block, 1) {}
};

template <class Chain>
SwapStats advance(Chain& chain, std::int64_t attempts, Rng& rng, std::size_t threads = 1) {
  Stop stop;
  if constexpr (std::is_base_of_v<SwapChain, Chain>) {
    std::vector<SwapGroup> workspaces(threads);
    return chain.run(attempts, rng, workspaces, stop);
  } else {
    return chain.run(attempts, rng, stop);
  }
}

template <class Chain>
SwapStats run(Chain& chain, std::int64_t attempts, std::uint64_t sample = 0, std::size_t threads = 1) {
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
Block random_block(std::uint32_t n_rows, std::uint32_t n_cols, double p, bool within_layer, Random& random) {
  Block block;
  block.target_layer = within_layer ? 0 : 1;
  for (std::uint32_t r = 0; r < n_rows; ++r) block.rows.push_back(r);
  for (std::uint32_t c = 0; c < n_cols; ++c) block.cols.push_back(c);
  for (std::uint32_t r = 0; r < n_rows; ++r)
    for (std::uint32_t c = 0; c < n_cols; ++c)
      if (!(within_layer && r == c) && test::chance(random, p)) block.edges.push_back({r, c});
  return block;
}

struct Margins {
  std::vector<int> out, in, mutual;
  bool simple = true;
  friend bool operator==(const Margins&, const Margins&) = default;
};

Margins margins_of(const std::vector<Cell>& edges, const Block& block) {
  Margins margins{std::vector<int>(block.rows.size()), std::vector<int>(block.cols.size()),
                  std::vector<int>(block.rows.size()), true};
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  for (const auto& [r, c] : edges) {
    ++margins.out[r];
    ++margins.in[c];
    margins.simple &= seen.emplace(r, c).second && !(block.within_layer() && r == c);
  }
  for (const auto& [r, c] : edges) margins.mutual[r] += seen.contains({c, r});
  return margins;
}

// Degrees stay, no edge repeats; the twin, which does the same in another way, makes the same edges in the same order.
template <class Chain, class Twin>
void hold_block(const Block& block, bool keeps_mutual, std::size_t threads = 1) {
  Chain chain(block);
  Twin twin(block);
  Margins before = margins_of(block.edges, block);
  for (const std::int64_t attempts : {0, 1, 31, 33, 5000}) {
    const SwapStats stats = run(chain, attempts);
    CHECK(stats.attempts >= attempts && stats.attempts <= attempts + attempts / 4);
    CHECK(stats.accepted >= 0 && stats.accepted <= stats.attempts);
    CHECK_EQ(run(twin, attempts, 0, threads).accepted, stats.accepted);
    CHECK(edges_of(chain) == edges_of(twin));
    Margins after = margins_of(edges_of(chain), block);
    if (!keeps_mutual) before.mutual = after.mutual = {};
    CHECK(after == before);
  }
}

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
        hold_block<GroupedChain, GroupedChain>(block, false, 1 + static_cast<std::size_t>(below(random, 5)));
      }
      hold_block<MutualSwapChain<BitMatrixSet>, MutualSwapChain<HashSet>>(within, true);
    }
}

// Groups of the size that is used, on more threads than one. A bit matrix would fit no group of the last block.
void large_blocks() {
  Random random(23);
  for (const std::uint32_t n_cols : {400u, 3000u, 60000u}) {
    const bool within_layer = n_cols == 3000;
    Block block = random_block(0, n_cols, 0, within_layer, random);
    for (std::uint32_t r = 0; r < 3000; ++r) {
      block.rows.push_back(r);
      const auto n = r < 20 ? 150 : 2 + below(random, 30);  // some are long
      const auto first = static_cast<std::uint32_t>(below(random, static_cast<int>(n_cols)));
      std::set<std::uint32_t> row;
      for (int k = 0; k < n; ++k) row.insert((first + static_cast<std::uint32_t>(k * k)) % n_cols);
      if (within_layer) row.erase(r);
      for (const std::uint32_t c : row) block.edges.push_back({r, c});
    }
    const Margins before = margins_of(block.edges, block);
    SwapChain origin(block);
    CHECK(origin.has_groups());
    SwapChain first = origin;
    const auto attempts = 3 * static_cast<std::int64_t>(block.edges.size()) + 7;
    const SwapStats stats = run(first, attempts);
    CHECK_EQ(stats.attempts, attempts + 2);  // three rounds of one length
    Margins after = margins_of(edges_of(first), block);
    CHECK(after.simple && after.out == before.out && after.in == before.in);
    for (const std::size_t threads : {2u, 3u, 7u}) {
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
    Stop stop;
    Pace pace(stop);
    cells.reset(slots, pace);
    BitMatrixSet bits(slots.n_rows(), 400, 0);
    for (const Cell& edge : slots.edges()) bits.insert(edge.source, edge.target);
    std::int64_t wrong = 0;
    for (int step = 0; step < 3000; ++step) {
      Cell& e = slots[uniform_below(rng, slots.size())];
      Cell& f = slots[uniform_below(rng, slots.size())];
      Cell& g = slots[uniform_below(rng, slots.size())];
      const std::vector<Cell> before{e, f, g};
      const bool moved = step % 2 ? try_swap(e, f, cells) : try_rotate(e, f, g, cells);
      if (moved) {
        for (std::size_t k = 0; k < (step % 2 ? 2 : 3); ++k) bits.erase(before[k].source, before[k].target);
        for (const Cell* cell : {&e, &f, &g}) bits.insert(cell->source, cell->target);
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

// Independent samples after `attempts` each, over the states that the chain ought to reach.
template <class Chain>
void hold_uniform(const Matrix& start, const std::map<std::uint32_t, std::size_t>& states, std::int64_t attempts) {
  std::vector<std::int64_t> hits(states.size(), 0);
  const Chain origin(test::to_block(start));
  std::int64_t lost = 0;
  for (std::size_t sample = 0; sample < 300 * states.size(); ++sample) {
    Chain chain = origin;
    run(chain, attempts, sample);
    const auto at = states.find(test::cells_of(chain, start));
    if (at == states.end()) ++lost;
    else ++hits[at->second];
  }
  CHECK_EQ(lost, 0);
  CHECK(states.size() > 1);
  CHECK(test::looks_uniform(hits));
}

template <class Chain>
void hold_uniform(const Matrix& start, std::size_t n_states) {
  const auto states = test::states_like(start);
  CHECK_EQ(states.size(), n_states);
  hold_uniform<Chain>(start, states, 150);
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

// Four rows in one group, the fifth in another.
void uniform_in_groups() {
  hold_uniform<GroupedChain>({5, 5, false, 0b10000'01000'00100'00010'00001}, 120);
  hold_uniform<GroupedChain>({5, 4, false, 0b1000'0100'0010'0001'0001}, 60);
  hold_uniform<GroupedChain>({5, 5, true, 0b00001'10000'01000'00100'00010}, 44);
  const Matrix uneven{5, 5, false, 0b00011'00110'01100'11000'10000};  // eight edges in one group, the ninth's row alone
  hold_uniform<GroupedChain>(uneven, test::states_like(uneven), 60);
}

// What a chain of single attempts visits.
template <class Chain>
std::set<std::uint32_t> visited(const Matrix& start, int n_attempts) {
  Chain chain(test::to_block(start));
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

void known_acceptance() {
  constexpr std::int64_t n = 200000;
  SwapChain matching(test::to_block({2, 2, false, 0b10'01}));
  CHECK(test::looks_binomial(run(matching, n).accepted, n, 0.5));  // refused: an edge with itself
  SwapChain fan(test::to_block({1, 3, false, 0b111}));
  CHECK_EQ(run(fan, n).accepted, 0);
  SwapChain full(test::to_block({3, 3, false, 0b111'111'111}));
  CHECK_EQ(run(full, n).accepted, 0);
  SwapChain single(test::to_block({2, 2, false, 0b01}));
  CHECK_EQ(run(single, n).accepted, 0);
  SwapChain triangle(test::to_block({3, 3, true, kDirectedTriangle}));
  CHECK(test::looks_binomial(run(triangle, n).accepted, n, 0.25));  // every turn, no swap
}

void interrupted() {
  Random random(21);
  const Block block = random_block(50, 50, 0.2, true, random);
  Rng rng(22, 0, 0);
  Stop stop;
  stop.request();
  for (const std::uint32_t group_edges : {1u, SwapChain::kGroupEdges}) {
    SwapChain chain(block, group_edges);
    std::vector<SwapGroup> workspaces(2);
    CHECK_THROWS(Interrupted, chain.run(1000000, rng, workspaces, stop));
  }
  MutualSwapChain<HashSet> mutual(block);
  CHECK_THROWS(Interrupted, mutual.run(1000000, rng, stop));
}

}  // namespace

int main() {
  RUN(random_blocks);
  RUN(large_blocks);
  RUN(slots_as_a_set);
  RUN(uniform_between_layers);
  RUN(uniform_within_a_layer);
  RUN(uniform_in_groups);
  RUN(reaches_every_small_graph);
  RUN(uniform_with_mutual_edges);
  RUN(mutual_classes_reached);
  RUN(known_acceptance);
  RUN(interrupted);
  return check::summary();
}
