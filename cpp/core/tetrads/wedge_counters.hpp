// The counters of the wedges from one node u to the nodes w below it, by w and by the links of the wedge.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/tetrad_kernels.hpp"
#include "support/large_array.hpp"
#include "tetrads/lane_sums.hpp"
#include "tetrads/walk_plan.hpp"
#include "tetrads/walk_range.hpp"

namespace motifcount {

// Wedges u - v - w from one u by one v: the rest of the row of v behind u.
template <class Entry>
struct Segment {
  const Entry* begin;
  const Entry* end;
  std::size_t first_counter;  // 3 * the link from u
};

// Of one worker: sixteen counters for each w, in as many bits as its arcs need. All are 0 between one u and the next.
// Those of 8 bits are counted a block of ranks at a time, which bounds their memory.
template <class Entry>
class WedgeCounters {
 public:
  using Segments = std::span<const Segment<Entry>>;

  WedgeCounters(const WalkPlan<Entry>& plan, const WalkRange<Entry>& range, const TetradKernels& kernels)
      : plan_(plan),
        range_(range),
        kernels_(kernels),
        bytes_(kLanes * std::min(kBlock, range.last() - std::min(range.last(), plan.first_byte)), 0),
        shorts_(kLanes * plan.first_byte, 0),
        longs_(kLanes * plan.first_short, 0),
        cycles_(kernels, false) {}

  static constexpr std::size_t kBlock = std::size_t{1} << 18;

  // The ranks from `first` on, which is plan.first_byte or above, and their end.
  void start_block(std::size_t first) { first_of_block_ = first; }
  [[nodiscard]] std::size_t end_of_block() const { return std::min(first_of_block_ + kBlock, range_.last()); }

  // Those of a node of the block, of one before plan.first_byte, and of one before plan.first_short.
  [[nodiscard]] const std::uint8_t* bytes(std::size_t w) const { return &bytes_[kLanes * (w - first_of_block_)]; }
  [[nodiscard]] const std::uint16_t* shorts(std::size_t w) const { return shorts_.data() + kLanes * w; }
  [[nodiscard]] const Entry* longs(std::size_t w) const { return longs_.data() + kLanes * w; }

  // Count the wedges of segments that lie before plan.first_short, between it and plan.first_byte, in the block.
  void walk_long(Segments segments);
  void walk_short(Segments segments);
  void walk_bytes(Segments segments);
  // And where few nodes are reached twice: each wedge is paired with those there before it.
  void walk_pairing(Segments segments);

  // Add the pairs of wedges from u to the sums, and clear the counters.
  void take_long(std::size_t u, Segments segments, std::size_t n_wedges);
  void take_short(std::size_t u, Segments segments, std::size_t n_wedges);
  void take_bytes(std::size_t u, Segments segments, std::size_t n_wedges);
  // Clears those whose wedges were paired.
  void clear_bytes(Segments segments);

  void give(LaneSums& cycles);

 private:
  // Without counters before the `first`.
  template <class Counter>
  static void walk(Segments segments, Counter* counters, std::size_t first);
  // take(w) for the nodes before `end` that wedges lead to, or for all from `first` on.
  template <class Take>
  static void for_each_end(Segments segments, std::size_t n_wedges, std::size_t first, std::size_t end, Take take);

  // The counters of the node of an entry.
  [[nodiscard]] auto bytes_by_entry() {
    return [counters = bytes_.data(), shift = kLanes * first_of_block_](Entry entry) {
      return counters + (std::size_t{entry & ~Entry{15}} - shift);
    };
  }

  const WalkPlan<Entry>& plan_;
  const WalkRange<Entry>& range_;
  const TetradKernels& kernels_;
  std::size_t first_of_block_ = 0;
  LargeArray<std::uint8_t> bytes_;
  std::vector<std::uint16_t> shorts_;
  std::vector<Entry> longs_;
  LaneAdder cycles_;
  std::uint64_t pairs_[kWedges][kWedges] = {};  // by the links of both wedges
};

}  // namespace motifcount
