// Triangles at each of their nodes.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/bit_kernels.hpp"
#include "motifs/triads.hpp"
#include "support/threads.hpp"
#include "triangles/listing.hpp"
#include "triangles/ranked_lists.hpp"

namespace motifcount {

inline constexpr std::size_t kHubs = 1 << 12;  // ranks that workers count apart: these are in most lists

using ClosedOfNode = std::array<std::int64_t, kClosedLanes>;

// The triangles found at one node u, at each node of its list. Counts that workers share are touched once a node.
template <class Index>
class NodeTriangles {
 public:
  NodeTriangles(const RankedLists<Index>& ranked, std::span<ClosedOfNode> by_rank, bool shared)
      : ranked_(ranked), by_rank_(by_rank), own_(shared ? std::min(kHubs, by_rank.size()) : 0) {}

  void add(std::size_t u, const NeighbourMarks<Index>& marks) {
    const auto row = ranked_.row(u);
    at_position_.assign(row.size(), {});
    lists_.for_each_batch(ranked_, u, [&] {
      for (const auto& tail : lists_.tails()) add_tail(row, tail, marks);
      lists_.sort_planes();
      bit_kernels().add_triangles_by_node(marks.planes(), lists_.planes(), at_position_.data());
    });
    ClosedOfNode at_u{};
    for (std::size_t k = 0; k < row.size(); ++k) {
      if (k + kAhead < row.size()) __builtin_prefetch(&by_rank_[static_cast<std::size_t>(row[k + kAhead] >> 2)], 1);
      for (std::size_t c = 0; c < kClosedLanes; ++c) at_u[c] += at_position_[k].of[c];
      give(static_cast<std::size_t>(row[k] >> 2), at_position_[k].of);
    }
    for (std::int64_t& count : at_u) count /= 2;  // each was met at its v and at its w
    give(u, at_u);
  }

  // Once all lists are done, one worker after another.
  void give_hubs() {
    for (std::size_t rank = 0; rank < own_.size(); ++rank)
      for (std::size_t c = 0; c < kClosedLanes; ++c) by_rank_[rank][c] += own_[rank][c];
  }

 private:
  using Entry = typename RankedLists<Index>::Entry;
  static constexpr std::size_t kAhead = 16;

  void add_tail(std::span<const Entry> row, const typename NeighbourLists<Index>::Tail& tail,
                const NeighbourMarks<Index>& marks) {
    for (const Entry entry : tail.entries) {
      const auto w = static_cast<std::size_t>(entry >> 2);
      if (!marks.has(w)) continue;
      const std::size_t c = closed_index(tail.uv, marks.code(w), entry & 3);
      ++at_position_[tail.position].of[c];
      ++at_position_[static_cast<std::size_t>(std::ranges::lower_bound(row, entry & ~Entry{3}) - row.begin())].of[c];
    }
  }

  template <class Counts>
  void give(std::size_t rank, const Counts& counts) {
    if (own_.empty() || rank < own_.size()) {
      ClosedOfNode& at = own_.empty() ? by_rank_[rank] : own_[rank];
      for (std::size_t c = 0; c < kClosedLanes; ++c) at[c] += counts[c];
    } else {
      for (std::size_t c = 0; c < kClosedTriads; ++c)
        if (counts[c] != 0) fetch_add(by_rank_[rank][c], std::int64_t{counts[c]}, true);
    }
  }

  const RankedLists<Index>& ranked_;
  std::span<ClosedOfNode> by_rank_;
  std::vector<ClosedOfNode> own_;  // of the first ranks; empty when there is no other worker
  std::vector<ClosedCounts> at_position_;
  NeighbourLists<Index> lists_;
};

}  // namespace motifcount
