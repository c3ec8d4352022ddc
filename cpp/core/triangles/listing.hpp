// Triangles of the underlying undirected graph, each at its last-ranked node (see ranked_lists.hpp): what it takes to
// visit every one, or to count them by intersecting lists a batch at a time.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "kernels/bit_kernels.hpp"
#include "motifs/triads.hpp"
#include "support/threads.hpp"
#include "triangles/ranked_lists.hpp"

namespace motifcount {

inline constexpr std::size_t kCacheLine = 64;

// The list of one node u laid out for look-ups by rank: a bit and a dyad code per node, and bit planes.
template <class Index>
class NeighbourMarks {
 public:
  using Entry = typename RankedLists<Index>::Entry;

  explicit NeighbourMarks(const RankedLists<Index>& ranked)
      : n_dense_ranks_(kWordBits * ranked.most_words()),
        any_(ranked.n_nodes() / kWordBits + 1, 0),
        code_of_(ranked.n_nodes()) {
    for (auto& part : planes_) part.resize(ranked.most_words() + kWordPadding);
  }

  void set(std::span<const Entry> row) {
    std::size_t n_words = 0;
    for (const Entry entry : row) {
      const auto rank = static_cast<std::size_t>(entry >> 2);
      const std::uint64_t bit = std::uint64_t{1} << rank % kWordBits;
      any_[rank / kWordBits] |= bit;
      code_of_[rank] = static_cast<std::uint8_t>(entry & 3);
      if (rank >= n_dense_ranks_) continue;
      if (n_words == 0 || planes_[0][n_words - 1] != rank / kWordBits) {
        planes_[0][n_words] = rank / kWordBits;
        planes_[1][n_words] = planes_[2][n_words] = planes_[3][n_words] = 0;
        ++n_words;
      }
      planes_[entry & 3][n_words - 1] |= bit;
    }
    std::fill_n(planes_[0].begin() + static_cast<std::ptrdiff_t>(n_words), kWordPadding, kNoWord);
  }

  void clear(std::span<const Entry> row) {
    for (const Entry entry : row) any_[static_cast<std::size_t>(entry >> 2) / kWordBits] = 0;
  }

  [[nodiscard]] bool has(std::size_t rank) const { return any_[rank / kWordBits] >> rank % kWordBits & 1; }
  [[nodiscard]] std::size_t code(std::size_t rank) const { return code_of_[rank]; }  // if it has
  [[nodiscard]] std::uint64_t word(std::size_t k) const { return any_[k]; }
  [[nodiscard]] SparsePlanes planes() const {
    return {planes_[0].data(), {planes_[1].data(), planes_[2].data(), planes_[3].data()}};
  }

 private:
  std::size_t n_dense_ranks_;                         // that the bit planes reach
  std::vector<std::uint64_t> any_;                    // a bit per node
  std::vector<std::uint8_t> code_of_;                 // stale where the bit is not set
  std::array<std::vector<std::uint64_t>, 4> planes_;  // index, then by dyad code: see SparsePlanes
};

inline constexpr std::size_t kNeighbourBatch = 64;

// Where the lists of the next batch of neighbours are.
template <class Index, class Entry>
void prefetch_neighbours(const RankedLists<Index>& ranked, std::span<const Entry> row) {
  for (const Entry entry : row.first(std::min(row.size(), kNeighbourBatch)))
    ranked.prefetch(static_cast<std::size_t>(entry >> 2));
}

// The lists of a node's neighbours, a batch at a time: a whole batch is prefetched before it is read.
template <class Index>
class NeighbourLists {
 public:
  using Entry = typename RankedLists<Index>::Entry;

  struct Tail {
    std::span<const Entry> entries;
    std::size_t uv, position;  // of v in the list of u
  };

  // body() for every batch of the neighbours v of the node of rank u; the first has no w before it and is left out.
  template <class Body>
  void for_each_batch(const RankedLists<Index>& ranked, std::size_t u, Body body) {
    const auto row = ranked.row(u);
    has_mutual_ = ranked.has_mutual();
    for (std::size_t first = 1; first < row.size(); first += kNeighbourBatch) {
      collect(ranked, row, first, std::min(first + kNeighbourBatch, row.size()));
      body();
    }
  }

  // Of the batch, at most kNeighbourBatch of each.
  [[nodiscard]] std::span<const Tail> tails() const { return tails_; }
  [[nodiscard]] RowsByCode planes() const {
    const auto rows = [&](std::size_t uv) { return PlaneRows{planes_[uv].data(), planes_[uv].size()}; };
    return {{{}, rows(1), rows(2), rows(3)}, has_mutual_};
  }

  [[nodiscard]] bool has_planes() const { return !(planes_[1].empty() && planes_[2].empty() && planes_[3].empty()); }

  void sort_planes() {  // those with the most words first
    for (auto& rows : planes_) std::ranges::sort(rows, std::greater{}, &PlaneRow::n_words);
  }

 private:
  static_assert(kNeighbourBatch <= kMostRows);

  void collect(const RankedLists<Index>& ranked, std::span<const Entry> row, std::size_t first, std::size_t last) {
    prefetch_neighbours(ranked, row.subspan(last));  // the first batch was, while the node before was counted
    tails_.clear();
    for (auto& rows : planes_) rows.clear();
    for (std::size_t k = first; k < last; ++k) {
      const auto v = static_cast<std::size_t>(row[k] >> 2);
      const std::size_t uv = row[k] & 3;
      if (const auto tail = ranked.tail(v); !tail.empty()) {
        prefetch_lines<2>(tail.data());
        tails_.push_back({tail, uv, k});
      }
      if (const PlaneRow planes = ranked.planes(v); planes.n_words > 0) {
        prefetch_lines<4>(planes.words);
        planes_[uv].push_back({planes.words, planes.n_words, k});
      }
    }
  }

  // Most lists are no longer than this; of the others the processor sees the pattern.
  template <std::size_t Lines>
  static void prefetch_lines(const void* memory) {
    for (std::size_t k = 0; k < Lines; ++k) __builtin_prefetch(static_cast<const char*>(memory) + k * kCacheLine);
  }

  std::vector<Tail> tails_;
  std::array<std::vector<PlaneRow>, 4> planes_;
  bool has_mutual_ = true;  // whether the graph has a mutual pair
};

// visit(v, w, code) for every triangle whose last-ranked node is the u that `marks` hold.
template <class Index, class Visit>
void for_each_triangle(const RankedLists<Index>& ranked, std::size_t u, const NeighbourMarks<Index>& marks,
                       Visit visit) {
  for (const auto entry : ranked.row(u)) {
    const auto v = static_cast<std::size_t>(entry >> 2);
    const auto found = [&](std::size_t w, std::size_t vw) { visit(v, w, triad_code(entry & 3, marks.code(w), vw)); };
    const PlaneRow planes = ranked.planes(v);
    for (std::size_t k = 0; k < planes.n_words; ++k) {
      const std::uint64_t out = planes.words[2 * k];
      const std::uint64_t in = planes.words[2 * k + 1];
      for (std::uint64_t bits = marks.word(k) & (out | in); bits != 0; bits &= bits - 1) {
        const int bit = std::countr_zero(bits);
        found(k * kWordBits + static_cast<std::size_t>(bit), (out >> bit & 1) | (in >> bit & 1) << 1);
      }
    }
    for (const auto other : ranked.tail(v))
      if (marks.has(static_cast<std::size_t>(other >> 2))) found(static_cast<std::size_t>(other >> 2), other & 3);
  }
}

// body(u, marks, worker) for every rank u, or those of a part, that may be the last of a triangle.
template <class Index, class Body>
void for_each_last_node(const RankedLists<Index>& ranked, int num_threads, Stop& stop, Body body, Part part = {}) {
  const std::vector<std::size_t> starts = ranked.runs_of_entries(kEntriesPerTask);
  std::vector<std::optional<NeighbourMarks<Index>>> marks(static_cast<std::size_t>(std::max(num_threads, 1)));
  const auto visit = [&](std::size_t u, int id) {
    const auto row = ranked.row(u);
    if (row.size() < 2) return;
    auto& mine = marks[static_cast<std::size_t>(id)];
    if (!mine) mine.emplace(ranked);
    mine->set(row);
    if (u + 1 < ranked.n_nodes()) prefetch_neighbours(ranked, ranked.row(u + 1));
    body(u, *mine, static_cast<std::size_t>(id));
    mine->clear(row);
  };
  for_each_of_runs(starts, num_threads, stop, visit, part);
}

}  // namespace motifcount
