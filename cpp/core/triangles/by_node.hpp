// Triangles at each of their nodes.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "kernels/bit_kernels.hpp"
#include "motifs/triads.hpp"
#include "support/threads.hpp"
#include "triangles/listing.hpp"
#include "triangles/ranked_lists.hpp"

namespace motifcount {

inline constexpr std::size_t kHubs = 1 << 12;  // ranks that workers count apart: these are in most lists

// By closed class.
struct TrianglesByClass {
  static constexpr std::size_t kNumbers = kClosedTriads;
  using OfNode = std::array<std::int64_t, kClosedLanes>;
  using AtPosition = ClosedCounts;

  // Of a node, by the dyad codes from it to two others and between these.
  static std::size_t place(std::size_t first, std::size_t second, std::size_t between) {
    return closed_index(first, second, between);
  }
  static void add_planes(const SparsePlanes& u, const RowsByCode& rows, AtPosition* by_position) {
    bit_kernels().add_triangles_by_node(u, rows, by_position);
  }
  static void add(AtPosition& at_v, AtPosition& at_w, std::size_t uv, std::size_t uw, std::size_t vw) {
    const std::size_t c = closed_index(uv, uw, vw);
    ++at_v.of[c];
    ++at_w.of[c];
  }

  // Of all nodes of a list, at u itself, where each triangle is met twice.
  OfNode twice_at_u{};
  const std::uint32_t (&take(const AtPosition& counts, std::size_t)) [kClosedLanes] {
    for (std::size_t c = 0; c < kClosedLanes; ++c) twice_at_u[c] += counts.of[c];
    return counts.of;
  } OfNode take_u() {
    OfNode at_u = std::exchange(twice_at_u, {});
    for (std::int64_t& count : at_u) count /= 2;
    return at_u;
  }
};

// The triangles found at one node u, at each node of its list. Counts that workers share are touched once a node.
template <class Index, class Way>
class NodeTriangles {
 public:
  using OfNode = typename Way::OfNode;

  NodeTriangles(const RankedLists<Index>& ranked, std::span<OfNode> by_rank, bool shared)
      : ranked_(ranked), by_rank_(by_rank), own_(shared ? std::min(kHubs, by_rank.size()) : 0) {}

  void add(std::size_t u, const NeighbourMarks<Index>& marks) {
    const auto row = ranked_.row(u);
    at_position_.assign(row.size(), {});
    lists_.for_each_batch(ranked_, u, [&] {
      for (const auto& tail : lists_.tails()) add_tail(row, tail, marks);
      lists_.sort_planes();
      Way::add_planes(marks.planes(), lists_.planes(), at_position_.data());
    });
    for (std::size_t k = 0; k < row.size(); ++k) {
      if (k + kAhead < row.size()) __builtin_prefetch(&by_rank_[static_cast<std::size_t>(row[k + kAhead] >> 2)], 1);
      give(static_cast<std::size_t>(row[k] >> 2), way_.take(at_position_[k], row[k] & 3));
    }
    give(u, way_.take_u());
  }

  // Once all lists are done, one worker after another.
  void give_hubs() {
    for (std::size_t rank = 0; rank < own_.size(); ++rank)
      for (std::size_t c = 0; c < own_[rank].size(); ++c) by_rank_[rank][c] += own_[rank][c];
  }

 private:
  using Entry = typename RankedLists<Index>::Entry;
  static constexpr std::size_t kAhead = 16;

  void add_tail(std::span<const Entry> row, const typename NeighbourLists<Index>::Tail& tail,
                const NeighbourMarks<Index>& marks) {
    for (const Entry entry : tail.entries) {
      const auto w = static_cast<std::size_t>(entry >> 2);
      if (!marks.has(w)) continue;
      const auto at_w = static_cast<std::size_t>(std::ranges::lower_bound(row, entry & ~Entry{3}) - row.begin());
      Way::add(at_position_[tail.position], at_position_[at_w], tail.uv, marks.code(w), entry & 3);
    }
  }

  template <class Counts>
  void give(std::size_t rank, const Counts& counts) {
    if (own_.empty() || rank < own_.size()) {
      OfNode& at = own_.empty() ? by_rank_[rank] : own_[rank];
      for (std::size_t c = 0; c < at.size(); ++c) at[c] += counts[c];
    } else {
      for (std::size_t c = 0; c < Way::kNumbers; ++c)
        if (counts[c] != 0) fetch_add(by_rank_[rank][c], std::int64_t{counts[c]}, true);
    }
  }

  const RankedLists<Index>& ranked_;
  std::span<OfNode> by_rank_;
  std::vector<OfNode> own_;  // of the first ranks; empty when there is no other worker
  std::vector<typename Way::AtPosition> at_position_;
  Way way_;
  NeighbourLists<Index> lists_;
};

}  // namespace motifcount
