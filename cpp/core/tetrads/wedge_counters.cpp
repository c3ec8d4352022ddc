#include "tetrads/wedge_counters.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace motifcount {
namespace {

constexpr std::size_t kSegmentsAhead = 4;  // segments that are fetched before they are walked

// The sixteen counters of a node.
struct Counters {
  std::uint64_t low, high;

  explicit Counters(const std::uint8_t* at) {
    std::memcpy(&low, at, sizeof low);
    std::memcpy(&high, at + sizeof low, sizeof high);
  }
  [[nodiscard]] bool any() const { return (low | high) != 0; }
  [[nodiscard]] bool several() const {  // two wedges or more
    const bool one_lane = low == 0 || high == 0;
    return !one_lane || !std::has_single_bit(low | high) || ((low | high) & 0x0101010101010101) == 0;
  }
};

}  // namespace

template <class Entry>
template <class Counter>
void WedgeCounters<Entry>::walk(Segments segments, Counter* counters, std::size_t first) {
  for (std::size_t k = 0; k < segments.size(); ++k) {
    if (k + kSegmentsAhead < segments.size()) __builtin_prefetch(segments[k + kSegmentsAhead].begin);
    const Segment<Entry> segment = segments[k];
    const std::size_t shift = segment.first_counter - first;  // modulo 2^64
    for (const Entry* at = segment.begin; at != segment.end; ++at) ++counters[*at + shift];
  }
}

template <class Entry>
void WedgeCounters<Entry>::walk_long(Segments segments) {
  walk(segments, longs_.data(), 0);
}

template <class Entry>
void WedgeCounters<Entry>::walk_short(Segments segments) {
  walk(segments, shorts_.data(), 0);
}

template <class Entry>
void WedgeCounters<Entry>::walk_bytes(Segments segments) {
  walk(segments, bytes_.data(), kLanes * first_of_block_);
}

// Where few nodes are reached twice, each wedge is paired with those there before it.
template <class Entry>
void WedgeCounters<Entry>::walk_pairing(Segments segments) {
  const auto bytes_of = bytes_by_entry();
  for (std::size_t k = 0; k < segments.size(); ++k) {
    if (k + kSegmentsAhead < segments.size()) __builtin_prefetch(segments[k + kSegmentsAhead].begin);
    const Segment<Entry> segment = segments[k];
    for (const Entry* at = segment.begin; at != segment.end; ++at) {
      std::uint8_t* const counters = bytes_of(*at);
      const std::size_t wedge = segment.first_counter + RankedNeighbours<Entry>::link_of(*at);
      if (Counters(counters).any())
        for (std::size_t s = 0; s < kWedges; ++s) pairs_[wedge][s] += counters[s];
      ++counters[wedge];
    }
  }
}

template <class Entry>
void WedgeCounters<Entry>::clear_bytes(Segments segments) {
  const auto bytes_of = bytes_by_entry();
  for (const Segment<Entry>& segment : segments)
    for (const Entry* at = segment.begin; at != segment.end; ++at) std::memset(bytes_of(*at), 0, kLanes);
}

template <class Entry>
template <class Take>
void WedgeCounters<Entry>::for_each_end(Segments segments, std::size_t n_wedges, std::size_t first, std::size_t end,
                                        Take take) {
  if (first < end && kSparse * n_wedges > end - first) {
    for (std::size_t w = first; w < end; ++w) take(w);
  } else {
    for (const Segment<Entry>& segment : segments)
      for (const Entry* at = segment.begin; at != segment.end; ++at) take(RankedNeighbours<Entry>::rank_of(*at));
  }
}

template <class Entry>
void WedgeCounters<Entry>::take_long(std::size_t u, Segments segments, std::size_t n_wedges) {
  for_each_end(segments, n_wedges, u + 1, plan_.first_short, [&](std::size_t w) {
    std::array<std::uint64_t, kLanes> lanes{};
    for (std::size_t s = 0; s < kWedges; ++s) lanes[s] = longs_[kLanes * w + s];
    lanes[kOne] = 1;
    cycles_.add_wide(lanes);
    std::fill_n(longs_.begin() + static_cast<std::ptrdiff_t>(kLanes * w), kWedges, 0);
  });
}

template <class Entry>
void WedgeCounters<Entry>::take_short(std::size_t u, Segments segments, std::size_t n_wedges) {
  for_each_end(segments, n_wedges, std::max(u + 1, plan_.first_short), plan_.first_byte, [&](std::size_t w) {
    std::uint16_t* const counters = shorts_.data() + kLanes * w;
    std::uint16_t* const lanes = cycles_.next();
    std::memcpy(lanes, counters, kLanes * sizeof *lanes);
    lanes[kOne] = 1;
    cycles_.push();
    std::memset(counters, 0, kLanes * sizeof *counters);
  });
}

// All counters in turn, or those at the ends of the wedges again.
template <class Entry>
void WedgeCounters<Entry>::take_bytes(std::size_t u, Segments segments, std::size_t n_wedges) {
  const std::size_t first = std::max(u + 1, first_of_block_), end = end_of_block();
  if (first >= end) return;
  if (kSparse * n_wedges > end - first)
    return kernels_.take_counters(bytes_.data() + kLanes * (first - first_of_block_), end - first, cycles_.vectors(),
                                  cycles_.products());
  const auto bytes_of = bytes_by_entry();
  for (const Segment<Entry>& segment : segments)
    for (const Entry* at = segment.begin; at != segment.end; ++at) {
      std::uint8_t* const counters = bytes_of(*at);
      if (Counters(counters).several()) {
        std::uint16_t* const lanes = cycles_.next();
        for (std::size_t s = 0; s < kLanes; ++s) lanes[s] = counters[s];
        lanes[kOne] = 1;
        cycles_.push();
      }
      std::memset(counters, 0, kLanes);
    }
}

template <class Entry>
void WedgeCounters<Entry>::give(LaneSums& cycles) {
  add_to(cycles, cycles_.sums());
  for (std::size_t s = 0; s < kWedges; ++s) {
    cycles[s][s] += 2 * Wide{pairs_[s][s]};
    for (std::size_t t = s + 1; t < kWedges; ++t) cycles[s][t] += Wide{pairs_[s][t]} + pairs_[t][s];
  }
}

template class WedgeCounters<std::uint32_t>;
template class WedgeCounters<std::uint64_t>;

}  // namespace motifcount
