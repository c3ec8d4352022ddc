// The underlying undirected graph with every edge kept at one end, laid out for intersecting its lists.
//
// Nodes are ranked by degree, hubs first, and an edge is kept at its later-ranked end: lists are short (at most
// sqrt(2m) long; Latapy 2008, doi:10.1016/j.tcs.2008.07.017) and point to hubs. Where the first ranks of a list are
// dense enough, they are also there as bit planes, one for arcs out and one for arcs in: a word of either stands for
// 64 ranks. Which prefix of a list that is, is decided list by list; what lies beyond is its tail.
#pragma once

#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "kernels/bit_kernels.hpp"
#include "support/large_array.hpp"
#include "support/part.hpp"
#include "support/threads.hpp"
#include "support/types.hpp"

namespace motifcount {

inline constexpr std::int64_t kEntriesPerWord = 2;  // of a list that make a word of the planes worth while

inline constexpr std::int64_t kEntriesPerTask = 1 << 12;

// body(k, worker) for every k of the runs [starts[t], starts[t + 1]), or of a part of them, in parallel.
template <class Body>
void for_each_of_runs(const std::vector<std::size_t>& starts, int num_threads, Stop& stop, Body body, Part part = {}) {
  const std::int64_t n_runs = part.size(static_cast<std::int64_t>(starts.size()) - 1);
  parallel_for(n_runs, num_threads, stop, [&](std::int64_t task, int worker) {
    const auto t = static_cast<std::size_t>(part.task(task));
    for (std::size_t k = starts[t]; k < starts[t + 1]; ++k) body(k, worker);
  });
}

// Nodes that 32-bit indices are enough for: two bits of an entry are the dyad code.
inline constexpr std::int64_t kMaxNodes32 = std::int64_t{1} << 30;

template <class Index>
class RankedLists {
 public:
  using Entry = std::make_unsigned_t<Index>;  // rank of the other end << 2 | dyad code seen from the list's node

  // Parallel; needs 4 bytes per arc and 16 per word of the planes (with 32-bit indices), and some per node.
  RankedLists(const CsrView<Index>& out, std::span<const Index> in_degrees, int num_threads, Stop& stop);

  [[nodiscard]] std::size_t n_nodes() const { return rank_of_.size(); }
  [[nodiscard]] std::span<const Index> rank_of() const { return rank_of_; }

  // Of the node of rank u. Entries ascend.
  [[nodiscard]] std::span<const Entry> row(std::size_t u) const {
    return {entries_.data() + lists_[u].begin, static_cast<std::size_t>(lists_[u].size)};
  }
  [[nodiscard]] std::span<const Entry> tail(std::size_t u) const {
    return row(u).subspan(static_cast<std::size_t>(lists_[u].n_dense));
  }
  // Bit b of word pair k stands for rank 64 k + b.
  [[nodiscard]] PlaneRow planes(std::size_t u) const {
    const auto begin = static_cast<std::size_t>(lists_[u].first_word);
    return {words_.data() + 2 * begin, static_cast<std::size_t>(lists_[u + 1].first_word) - begin, 0};
  }
  // Where entries and words of planes begin, of the node of rank u and, for u = n_nodes(), where all end: for arrays
  // that lie beside them.
  [[nodiscard]] std::size_t first_entry(std::size_t u) const { return static_cast<std::size_t>(lists_[u].begin); }
  [[nodiscard]] std::size_t first_word(std::size_t u) const { return static_cast<std::size_t>(lists_[u].first_word); }
  void prefetch(std::size_t u) const { __builtin_prefetch(&lists_[u]); }  // what row, tail and planes look at
  [[nodiscard]] std::size_t most_words() const { return most_words_; }    // of any list

  // Number of mutual neighbours of the node of rank u.
  [[nodiscard]] std::int64_t mutual(std::size_t u) const { return mutual_[u]; }
  [[nodiscard]] bool has_mutual() const { return has_mutual_; }  // whether any node has one
  // body(u, v) for every mutual pair of ranks v < u, in parallel.
  template <class Body>
  void for_each_mutual(int num_threads, Stop& stop, Body body) const {
    if (!has_mutual_) return;
    for_each_of_runs(runs_of_entries(kEntriesPerTask), num_threads, stop, [&](std::size_t u, int) {
      for (const Entry entry : row(u))
        if ((entry & 3) == 3) body(u, static_cast<std::size_t>(entry >> 2));
    });
  }

  // Runs of ranks with about `n` entries each: run t is [starts[t], starts[t + 1]).
  [[nodiscard]] std::vector<std::size_t> runs_of_entries(std::int64_t n) const;

 private:
  void gather(const CsrView<Index>& out, int num_threads, Stop& stop);
  template <class Body>
  void for_each_row(int num_threads, Stop& stop, Body body) const;
  void finish_lists(int num_threads, Stop& stop);
  void fill_planes(int num_threads, Stop& stop);

  LargeArray<Index> rank_of_;  // by node; everything else by rank
  struct List {
    Index begin, size;  // in the entries
    Index n_dense;      // entries that the planes hold
    Index first_word;   // of the planes
  };
  LargeArray<List> lists_;  // and one more, where the last ends
  std::vector<Index> mutual_;
  LargeArray<Entry> entries_;
  LargeArray<std::uint64_t> words_;
  std::size_t most_words_ = 0;
  bool has_mutual_ = false;
};

}  // namespace motifcount
