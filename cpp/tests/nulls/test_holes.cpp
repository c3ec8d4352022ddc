// Blocks that are more than half full, whose holes are swapped: what they keep, and how evenly they are drawn.
#include "nulls/holes.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include "nulls/dense_part.hpp"
#include "nulls/swap_chain.hpp"
#include "tools/chi_square.hpp"
#include "tools/repeats.hpp"
#include "tools/swap_tools.hpp"

namespace test_holes {

using namespace motifcount;
using test::Matrix;
using test::Random;

// A chain of a block with the interface of the chains of edges.
class Wrapped {
 public:
  Wrapped(const Block& block, std::unique_ptr<BlockChain> chain) : block_(block), chain_(std::move(chain)) {}
  Wrapped(const Wrapped& other) : block_(other.block_) { other.chain_->copy_to(chain_, test::never()); }

  SwapStats run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) {
    return chain_->run(attempts, rng, workspaces, stop);
  }
  template <class Visit>
  void for_each_edge(Visit visit) const {
    std::vector<Arc> arcs;
    PacedStop pace(test::never());
    chain_->append_arcs(block_, arcs, pace);
    for (const Arc& arc : arcs) visit(arc.source, arc.target);
  }

 private:
  Block block_;
  std::unique_ptr<BlockChain> chain_;
};

// Run on the holes.
template <class Chain>
struct Filled : Wrapped {
  Filled(const Block& block, Stop& stop) : Wrapped(block, on_holes(block, stop)) {}

  static std::unique_ptr<BlockChain> on_holes(const Block& block, Stop& stop) {
    Block holes = holes_of(block, stop);
    auto chain = std::make_unique<Chain>(holes, stop);
    return std::make_unique<HolesChain>(block, std::move(holes), std::move(chain));
  }
};

// Run on edges and on the holes between the first nodes in turn; 0 for all nodes.
template <std::uint32_t n_first = 0>
struct InTurn : Wrapped {
  InTurn(const Block& block, Stop& /*stop*/)
      : Wrapped(block, std::make_unique<EdgesAndHolesChain>(block, part_of(block), [](const Block& part, Stop& stop) {
                  return std::make_unique<TileChain>(part, true, stop);
                })) {}

  static std::vector<std::uint32_t> part_of(const Block& block) {
    std::vector<std::uint32_t> part(n_first == 0 ? block.rows.size() : n_first);
    std::iota(part.begin(), part.end(), 0u);
    return part;
  }
};

// All cells but some.
Matrix filled(Matrix holes) {
  for (int r = 0; r < holes.n_rows; ++r)
    for (int c = 0; c < holes.n_cols; ++c)
      if (!holes.within_layer || r != c) holes.cells ^= 1u << (r * holes.n_cols + c);
  return holes;
}

void uniform() {
  for (const auto& [holes, n_states] : std::vector<std::pair<Matrix, std::size_t>>{
           {{2, 2, false, 0b01'10}, 2},
           {{3, 3, false, 0b100'010'001}, 6},
           {{3, 4, false, 0b0001'0010'0100}, 6},
           {{3, 3, true, 0b001'100'010}, 2},  // a directed triangle, on which no swap is possible
           {{4, 4, true, 0b0001'1000'0100'0010}, 9}}) {
    const Matrix start = filled(holes);
    if (start.within_layer) test::hold_uniform<Filled<test::Tiles<false>>>(start, n_states);
    else test::hold_uniform<Filled<SwapChain>>(start, n_states);
  }
}

void uniform_in_turn() {
  for (const std::uint32_t cells : {0b0001'0010'1000'0100u, 0b0001'0010'1001'0110u, 0b0011'1001'1100'0110u}) {
    const Matrix start{4, 4, true, cells};
    test::hold_uniform<InTurn<>>(start, test::states_like(start, true), 2000);
    test::hold_uniform<InTurn<>>(filled(start), test::states_like(filled(start), true), 2000);
    test::hold_uniform<InTurn<3>>(start, test::states_like(start, true), 2000);
    test::hold_uniform<InTurn<2>>(filled(start), test::states_like(filled(start), true), 2000);
  }
}

// A directed ring beside nodes that are all joined both ways: edges of the ring can swap as edges alone.
void sparse_beside_dense() {
  for (const std::uint32_t n_dense : {30u, 40u, 80u}) {
    Block block;
    const std::uint32_t n_ring = 12, n = n_dense + n_ring;
    for (std::uint32_t v = 0; v < n; ++v) block.rows.push_back(v);
    block.cols = block.rows;
    for (std::uint32_t u = 0; u < n_dense; ++u)
      for (std::uint32_t v = 0; v < n_dense; ++v)
        if (u != v) block.edges.push_back({u, v});
    const auto next = [&](std::uint32_t k) { return n_dense + (k + 1) % n_ring; };
    for (std::uint32_t k = 0; k < n_ring; ++k) block.edges.push_back({n_dense + k, next(k)});
    const InTurn<> origin(block, test::never());
    std::int64_t n_left = 0;
    const std::int64_t n_samples = test::repeats(40);
    for (std::int64_t sample = 0; sample < n_samples; ++sample) {
      InTurn<> chain = origin;
      test::run(chain, 10 * std::ssize(block.edges), static_cast<std::uint64_t>(sample));
      chain.for_each_edge([&](std::uint32_t u, std::uint32_t v) { n_left += u >= n_dense && v == next(u - n_dense); });
    }
    CHECK(n_left < 3 * n_samples);  // 1.1 of the twelve in the mean
  }
}

// Nodes that are all joined both ways but for some pairs, one after the other, beside a directed ring.
Block community(std::uint32_t n_dense, std::uint32_t n_ring, std::uint32_t n_missing) {
  Block block;
  for (std::uint32_t v = 0; v < n_ring + n_dense; ++v) block.rows.push_back(v);
  block.cols = block.rows;
  for (std::uint32_t k = 0; k < n_ring; ++k) block.edges.push_back({k, (k + 1) % n_ring});
  const auto missing = [&](std::uint32_t u, std::uint32_t v) { return u / 2 == v / 2 && u / 2 < n_missing; };
  for (std::uint32_t u = 0; u < n_dense; ++u)
    for (std::uint32_t v = 0; v < n_dense; ++v)
      if (u != v && !missing(u, v)) block.edges.push_back({n_ring + u, n_ring + v});
  return block;
}

void finds_the_dense_part() {
  const auto found = [](std::uint32_t n_dense, std::uint32_t n_ring, std::uint32_t n_missing) {
    return dense_part(community(n_dense, n_ring, n_missing), test::never());
  };
  std::vector<std::uint32_t> ten(10);
  std::iota(ten.begin(), ten.end(), 100u);
  CHECK(found(10, 100, 0) == ten);
  CHECK(found(10, 100, 4) == ten);
  CHECK(found(6, 100, 0).empty());
  CHECK_EQ(found(10, 5, 0).size(), 15u);  // a quarter full
  Block several = community(10, 200, 0);  // the same number of mutual edges could lie between the two
  for (std::uint32_t u = 0; u < 10; ++u)
    for (std::uint32_t v = 0; v < 10; ++v)
      if (u != v) several.edges.push_back({u, v});
  std::ranges::sort(several.edges, [](const Cell& a, const Cell& b) {
    return a.source != b.source ? a.source < b.source : a.target < b.target;
  });
  several.edges.erase(std::unique(several.edges.begin(), several.edges.end()), several.edges.end());
  CHECK(dense_part(several, test::never()).empty());
}

// Two missing pairs of forty nodes become each of the three pairings of their ends as often as the others.
void a_community_in_a_sparse_block() {
  const Block block = community(40, 300, 2);
  const Wrapped origin(block, std::make_unique<EdgesAndHolesChain>(
                                  block, dense_part(block, test::never()), [](const Block& part, Stop& stop) {
                                    return std::make_unique<TileChain>(part, true, stop);
                                  }));
  constexpr std::int64_t n_samples = test::repeats(600);
  std::vector<std::int64_t> hits(3, 0);
  for (std::int64_t sample = 0; sample < n_samples; ++sample) {
    Wrapped chain = origin;
    test::run(chain, 10 * std::ssize(block.edges), static_cast<std::uint64_t>(sample));
    std::vector<bool> joined(4, false);
    chain.for_each_edge([&](std::uint32_t u, std::uint32_t v) {
      if (u == 300 && v < 304) joined[v - 300] = true;
    });
    for (std::size_t v = 1; v < 4; ++v) hits[v - 1] += !joined[v];
  }
  CHECK_EQ(hits[0] + hits[1] + hits[2], n_samples);
  CHECK(test::looks_uniform(hits));
}

void uniform_with_mutual_edges() {
  const Matrix start = filled({4, 4, true, 0b0001'0010'1000'0100u});  // two mutual pairs of holes
  const auto states = test::states_like(start, true);
  CHECK(states.size() > 1);
  test::hold_uniform<Filled<test::Tiles<true>>>(start, states, 2000);
}

template <class Chain>
void hold_margins(const Block& block, bool is_full) {
  Filled<Chain> chain(block, test::never());
  const auto before = test::margins_of(block.edges, block);
  const SwapStats stats = test::run(chain, 2000);
  auto after = test::margins_of(test::edges_of(chain), block);
  CHECK(after.simple && after.out == before.out && after.in == before.in);
  CHECK_EQ(stats.accepted > 0, !is_full);
  CHECK(stats.attempts <= 2000);
}

void keeps_margins() {
  Random random(31);
  for (const double p : {0.6, 0.9, 1.0}) {
    hold_margins<SwapChain>(test::random_block(30, 20, p, false, random), p == 1);
    hold_margins<test::Tiles<false>>(test::random_block(30, 30, p, true, random), p == 1);
  }
}

void counts_cells() {
  const Block across = test::to_block({2, 3, false, 0b111'111}), within = test::to_block({3, 3, true, 0b011'101'110});
  CHECK_EQ(n_cells(across), 6u);
  CHECK_EQ(n_cells(within), 6u);
  CHECK(is_mostly_full(within) && holes_of(within, test::never()).edges.empty());
  CHECK(!is_mostly_full(test::to_block({2, 2, false, 0b01'10})));
}

const check::Tests tests(__FILE__, [] {
  RUN(counts_cells);
  RUN(keeps_margins);
  RUN(uniform);
  RUN(uniform_with_mutual_edges);
  RUN(uniform_in_turn);
  RUN(sparse_beside_dense);
  RUN(finds_the_dense_part);
  RUN(a_community_in_a_sparse_block);
});

}  // namespace test_holes
