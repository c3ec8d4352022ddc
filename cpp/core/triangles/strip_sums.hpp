// Triangles of a dense graph, from sums over lines of bits (bit_strips.hpp).
//
// The lines of the neighbours y of a node x are added up column by column: how many y have w as a neighbour, for 256 w
// or 512 at a time, in bit-sliced counters (carry-save adders, as in Mula, Kurz and Lemire 2018,
// doi:10.1093/comjnl/bxx046). The bits of x tell which w count. Lines lead to ranks below both x and y: over the y
// below x this meets each triangle once; over all y, once at either of its two upper nodes, and twice at w. O(n m)
// operations on bits.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/bit_kernels.hpp"
#include "support/threads.hpp"
#include "triangles/bit_strips.hpp"

namespace motifcount {

inline constexpr std::size_t kBlockNodes = kWordBits;  // that one task is about

// Ranks of the neighbours of each node of a block, ascending, by link: the dyad code less one.
class BlockNeighbours {
 public:
  // Of lower rank, and with `above` those of higher rank too.
  template <class Index>
  void collect(const BitStrips<Index>& strips, std::size_t block, bool above) {
    const std::size_t n = strips.n_nodes(), first = kBlockNodes * block, last = std::min(first + kBlockNodes, n);
    for (List& list : lists_) {
      list.ranks.resize(n + kLinesAtOnce);
      list.begin = list.end = 0;
    }
    for (std::size_t x = first; x < last; ++x)
      for (std::size_t k = 0; k <= block; ++k) {
        const auto [out, in] = strips.word(x, k);
        for_each_link(out, in, [&](std::size_t bit, std::size_t link) { add(x - first, link, kWordBits * k + bit); });
      }
    for (std::size_t y = first + 1; above && y < n; ++y) {
      const auto [out, in] = strips.word(y, block);
      for_each_link(in, out, [&](std::size_t bit, std::size_t link) { add(bit, link, y); });  // seen from the block
    }
  }

  // Sums over the neighbours of a node of the block that have a line in strip s; strips ascend. Returns their number.
  template <class Index>
  std::size_t sum(const BitStrips<Index>& strips, std::size_t s, std::size_t node, StripSums (&sums)[3]) {
    const auto first_row = static_cast<std::uint16_t>(strips.strip_nodes() * s);
    std::size_t n_lines = 0;
    for (std::size_t link = 0; link < 3; ++link) {
      List& list = lists_[3 * node + link];
      while (list.begin < list.end && list.ranks[list.begin] <= first_row) ++list.begin;
      const std::size_t n = list.end - list.begin;
      n_lines += n;
      sums[link].n_bits = 0;
      if (n == 0) continue;
      std::fill_n(list.ranks.begin() + static_cast<std::ptrdiff_t>(list.end), kLinesAtOnce,
                  first_row);  // its line is 0
      bit_kernels().strips.sum_lines(strips.strip(s), list.ranks.data() + list.begin, n, strips.linked(), sums[link]);
    }
    return n_lines;
  }

 private:
  struct List {
    std::vector<std::uint16_t> ranks;  // and room for kLinesAtOnce more
    std::size_t begin = 0, end = 0;    // of those that have lines
  };

  // visit(bit, link) for the neighbours in a word.
  template <class Visit>
  static void for_each_link(std::uint64_t out, std::uint64_t in, Visit visit) {
    const std::uint64_t of_link[3] = {out & ~in, in & ~out, out & in};
    for (std::size_t link = 0; link < 3; ++link)
      for (std::uint64_t bits = of_link[link]; bits != 0; bits &= bits - 1)
        visit(static_cast<std::size_t>(std::countr_zero(bits)), link);
  }
  void add(std::size_t node, std::size_t link, std::size_t rank) {
    List& list = lists_[3 * node + link];
    list.ranks[list.end++] = static_cast<std::uint16_t>(rank);
  }

  std::array<List, 3 * kBlockNodes> lists_;
};

// Pairs of a y and a w that make a triangle with x, by the links from x to y, from x to w and from y to w, in base 3.
using PairsByLinks = std::array<std::uint64_t, 27>;
inline void add_triangles(const StripLine& x, const StripSums (&sums)[3], Linked linked, PairsByLinks& counts) {
  for (std::size_t xy = 0; xy < 3; ++xy) {
    if (sums[xy].n_bits == 0) continue;
    std::uint64_t found[3][3] = {};  // where those of both arcs are among those of either
    bit_kernels().strips.count_shared(x, sums[xy], linked, found);
    for (auto& by_yw : found) {
      by_yw[0] -= by_yw[2];
      by_yw[1] -= by_yw[2];
    }
    for (std::size_t yw = 0; yw < 3; ++yw) {
      counts[9 * xy + yw] += found[0][yw] - found[2][yw];
      counts[9 * xy + 3 + yw] += found[1][yw] - found[2][yw];
      counts[9 * xy + 6 + yw] += found[2][yw];
    }
  }
}

// worker.add(x, line of x, sums) for each node x and each strip in which it has neighbours, and after each strip of a
// block of nodes worker.finish(its first column). There is a worker for each thread.
template <class Index, class Worker>
void for_each_strip_sum(const BitStrips<Index>& strips, bool above, std::vector<Worker>& workers, Stop& stop) {
  const std::size_t n = strips.n_nodes(), n_blocks = (n + kBlockNodes - 1) / kBlockNodes;
  std::vector<BlockNeighbours> neighbours(workers.size());
  const auto visit_block = [&](std::size_t block, std::size_t id) {
    PacedStop pace(stop);
    neighbours[id].collect(strips, block, above);
    StripSums sums[3];
    const std::size_t first = kBlockNodes * block, last = std::min(first + kBlockNodes, n);
    for (std::size_t s = 0; s <= first / strips.strip_nodes(); ++s) {
      for (std::size_t x = first; x < last; ++x) {
        const StripLine& line = strips.strip(s)[x];
        if (is_zero(line)) continue;
        pace(static_cast<std::int64_t>(neighbours[id].sum(strips, s, x - first, sums)));
        workers[id].add(x, line, sums);
      }
      workers[id].finish(strips.strip_nodes() * s);
    }
  };
  parallel_for(static_cast<std::int64_t>(n_blocks), static_cast<int>(workers.size()), stop,
               [&](std::int64_t task, int id) {  // the longest first
                 visit_block(n_blocks - 1 - static_cast<std::size_t>(task), static_cast<std::size_t>(id));
               });
}

}  // namespace motifcount
