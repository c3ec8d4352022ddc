// Sets of taken cells of a tile, and the swaps that they allow, against plain sets.
#include "nulls/tile_sets.hpp"

#include <set>
#include <utility>
#include <vector>

#include "tools/check.hpp"
#include "tools/graphs.hpp"

namespace test_tile_sets {

using namespace motifcount;
using test::below;
using test::Random;
using Pair = std::pair<std::uint32_t, std::uint32_t>;

std::uint32_t node(Random& random, std::uint32_t n) {
  return static_cast<std::uint32_t>(below(random, static_cast<int>(n)));
}

// Labels of two groups: a cell is told by their places within the groups.
void bits_of_labels() {
  Random random(51);
  for (const int bits : {1, 3, 6, 7}) {
    const std::uint32_t size = 1u << bits, row_group = 5u << bits, col_group = 9u << bits;
    TileBits tile;
    tile.reset(bits, test::never());
    std::set<Pair> plain;
    for (int step = 0; step < 4000; ++step) {
      const std::uint32_t r = node(random, size), c = node(random, size);
      CHECK_EQ(tile.contains(row_group + r, col_group + c), plain.contains({r, c}));
      if (step % 3 == 0) {
        tile.insert(row_group + r, col_group + c);
        plain.emplace(r, c);
      } else if (step % 3 == 1) {
        tile.erase(row_group + r, col_group + c);
        plain.erase({r, c});
      } else {
        tile.flip(row_group + r, col_group + c, false);
        tile.flip(row_group + r, col_group + c, true);
        if (plain.erase({r, c}) == 0) plain.emplace(r, c);
      }
    }
    for (const auto& [r, c] : plain) tile.clear_near(r, c);
    for (std::uint32_t r = 0; r < size; ++r)
      for (std::uint32_t c = 0; c < size; ++c) CHECK(!tile.contains(r, c));
    tile.insert(1, 1);
    tile.reset(bits, test::never());
    CHECK(!tile.contains(1, 1));
  }
}

template <class Set>
void hold_pairs(Set& set, std::uint32_t n, std::uint32_t n_first, Random& random) {
  TakenPairs<Set> pairs(set, n_first);
  std::set<Pair> plain;
  for (int step = 0; step < 2000; ++step) {
    const std::uint32_t u = node(random, n), v = node(random, n);
    const bool one_side = n_first != 0 && (u < n_first) == (v < n_first);
    const Pair pair = std::minmax(u, v);
    CHECK_EQ(pairs.contains(u, v), one_side || plain.contains(pair));
    if (one_side) continue;
    if (plain.emplace(pair).second) {
      pairs.insert(u, v);
    } else {
      pairs.erase(v, u);
      plain.erase(pair);
    }
  }
}

void pairs_have_no_order() {
  Random random(52);
  for (const std::uint32_t n_first : {0u, 1u, 12u}) {
    TileBits bits;
    bits.reset(5, test::never());
    hold_pairs(bits, 32, n_first, random);
    HashSet hash(32, 32, 1024, test::never());
    hold_pairs(hash, 32, n_first, random);
  }
}

// Without a branch or with one: the same swaps, and none that repeats a cell.
void exchanges() {
  Random random(53);
  for (const int n_edges : {2, 10, 60, 200}) {
    std::set<Pair> plain;
    std::vector<Cell> edges;
    while (std::ssize(edges) < n_edges) {
      const Cell edge{node(random, 16), node(random, 16)};
      if (plain.emplace(edge.source, edge.target).second) edges.push_back(edge);
    }
    TileBits bits, others;
    bits.reset(4, test::never());
    others.reset(4, test::never());
    Transposed<TileBits> back(others);
    for (std::size_t k = 0; k < edges.size(); ++k) {
      bits.insert(edges[k].source, edges[k].target);
      back.insert(edges[k].source, edges[k].target);
    }
    for (int step = 0; step < 2000; ++step) {
      const auto i = static_cast<std::size_t>(below(random, n_edges)),
                 j = static_cast<std::size_t>(below(random, n_edges));
      const Cell e = edges[i], f = edges[j];
      const bool free = !plain.contains({e.source, f.target}) && !plain.contains({f.source, e.target});
      std::vector<Cell> copy{e, f};
      CHECK_EQ(exchange(bits, edges[i], edges[j]), free);
      CHECK_EQ(exchange(back, copy[0], copy[1]), free);
      if (!free) {
        CHECK(edges[i] == e && edges[j] == f);
        continue;
      }
      plain.erase({e.source, e.target});
      plain.erase({f.source, f.target});
      CHECK(plain.emplace(edges[i].source, edges[i].target).second &&
            plain.emplace(edges[j].source, edges[j].target).second);
      CHECK(edges[i] == (Cell{e.source, f.target}) && edges[j] == (Cell{f.source, e.target}));
      CHECK(copy[0] == edges[i] && copy[1] == edges[j]);
    }
    for (std::uint32_t r = 0; r < 16; ++r)
      for (std::uint32_t c = 0; c < 16; ++c) {
        CHECK_EQ(bits.contains(r, c), plain.contains({r, c}));
        CHECK_EQ(others.contains(c, r), plain.contains({r, c}));
      }
  }
}

const check::Tests tests(__FILE__, [] {
  RUN(bits_of_labels);
  RUN(pairs_have_no_order);
  RUN(exchanges);
});

}  // namespace test_tile_sets
