// The underlying undirected graph as bits, for graphs that are dense.
//
// Row y has a bit for each neighbour w of lower rank. Nodes are ranked in an order that all arcs follow, if there is
// one: one plane of bits is enough then. Else hubs come first, and arcs out and arcs in have a plane each. Columns w
// are cut into strips of 512 or 256: a strip has a line of 64 bytes for each row that reaches it, one after another,
// and stays in the cache while lines of many rows are added up (strip_sums.hpp).
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "kernels/bit_kernels.hpp"
#include "support/large_array.hpp"
#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

inline bool is_zero(const StripLine& line) {
  std::uint64_t any = 0;
  for (std::size_t k = 0; k < kHalfWords; ++k) any |= line.half[0][k] | line.half[1][k];
  return any == 0;
}

template <class Index>
class BitStrips {
 public:
  // Where bits take less time than lists: at most 2^16 nodes, and an arc for 16 ordered pairs of nodes if arcs have an
  // order, for 8 otherwise. Parallel; needs n^2 / 16 or n^2 / 8 bytes, half of what the arcs take, and some per node.
  static std::optional<BitStrips> of_dense(const CsrView<Index>& out, std::span<const Index> in_degrees,
                                           int num_threads, Stop& stop);

  [[nodiscard]] std::size_t n_nodes() const { return rank_of_.size(); }
  [[nodiscard]] std::span<const Index> rank_of() const { return rank_of_; }
  [[nodiscard]] Linked linked() const { return linked_; }

  [[nodiscard]] std::size_t strip_nodes() const { return linked_ == Linked::kOneWay ? 2 * kHalfNodes : kHalfNodes; }
  // The line of row y is at [y], from y = strip_nodes() * s on; that of the first is 0.
  [[nodiscard]] const StripLine* strip(std::size_t s) const { return lines_.data() + line_zero(s); }

  // Neighbours of row y in a word of columns by an arc to them and by an arc from them.
  struct Word {
    std::uint64_t out, in;
  };
  [[nodiscard]] Word word(std::size_t y, std::size_t column_word) const {
    const std::size_t words = strip_nodes() / kWordBits, k = column_word % words;
    const StripLine& line = strip(column_word / words)[y];
    if (linked_ == Linked::kOneWay) return {0, line.half[k / kHalfWords][k % kHalfWords]};
    return {line.half[0][k], line.half[1][k]};
  }

  // Number of mutual neighbours of the node of rank u.
  [[nodiscard]] std::int64_t mutual(std::size_t u) const { return mutual_[u]; }
  // body(u, v) for every mutual pair of ranks v < u, in parallel.
  template <class Body>
  void for_each_mutual(int num_threads, Stop& stop, Body body) const {
    if (linked_ != Linked::kMutual) return;
    for_each_row(num_threads, stop, [&](std::size_t u) {
      for (std::size_t k = 0; k <= u / kWordBits; ++k) {
        const auto [out, in] = word(u, k);
        for (std::uint64_t both = out & in; both != 0; both &= both - 1)
          body(u, kWordBits * k + static_cast<std::size_t>(std::countr_zero(both)));
      }
    });
  }

 private:
  BitStrips(const CsrView<Index>& out, Linked linked, LargeArray<Index> rank_of, int num_threads, Stop& stop);

  // Where line 0 of strip s of width d would be: it has those from s d on, and each strip t before it n - t d lines.
  [[nodiscard]] std::size_t line_zero(std::size_t s) const { return s * n_nodes() - strip_nodes() * s * (s + 1) / 2; }
  // body(u) in parallel; those of a word of columns come in the same task.
  template <class Body>
  void for_each_row(int num_threads, Stop& stop, Body body) const {
    const auto n_tasks = static_cast<std::int64_t>((n_nodes() + kWordBits - 1) / kWordBits);
    parallel_for(n_tasks, num_threads, stop, [&](std::int64_t task, int) {
      const std::size_t first = kWordBits * static_cast<std::size_t>(task);
      for (std::size_t u = first; u < std::min(first + kWordBits, n_nodes()); ++u) body(u);
    });
  }
  void fill(const CsrView<Index>& out, int num_threads, Stop& stop);
  [[nodiscard]] bool any_mutual(int num_threads, Stop& stop) const;

  Linked linked_;
  LargeArray<Index> rank_of_;  // by node
  LargeArray<StripLine> lines_;
  std::vector<Index> mutual_;  // by rank
};

}  // namespace motifcount
