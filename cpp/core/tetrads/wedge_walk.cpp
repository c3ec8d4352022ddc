#include "tetrads/wedge_walk.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace motifcount {
namespace {

constexpr std::size_t kAhead = 4;  // rows that are fetched before they are looked at

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
WedgeWalk<Entry>::WedgeWalk(const WalkPlan<Entry>& plan, const UpperTriangles<Entry>& triangles,
                            const TetradKernels& kernels, Stop& stop)
    : plan_(plan),
      graph_(plan.graph),
      triangles_(triangles),
      kernels_(kernels),
      stop_(stop),
      cursors_(graph_.n_nodes()),
      bytes_(kLanes * plan.end, 0),
      shorts_(kLanes * plan.first_byte, 0),
      longs_(kLanes * plan.first_short, 0),
      cycles_(kernels, false),
      edges_(graph_, kernels) {
  if (plan.n_batches > 0) hubs_.emplace(plan.hubs, triangles, edges_, kernels, stop);
  for (std::size_t v = 0; v < cursors_.size(); ++v) {
    const Entry* const row = graph_.row(v).data();
    cursors_[v] = {row, row + plan_.rows[v].end};
  }
}

template <class Entry>
void WedgeWalk<Entry>::add(std::size_t u) {
  if (hubs_ && u >= plan_.first_short && u < plan_.end) hubs_->add(u, plan_.n_batches, plan_.end);
  if (u < plan_.n_hubs()) return add_hub(u);
  std::size_t n_wedges = gather_segments(u);
  const bool is_hub = u < plan_.first_byte;
  if (is_hub) n_wedges = walk_wide();
  const bool pairing = u < plan_.end && kSparse * n_wedges < plan_.end - u;
  if (pairing) walk_pairing();
  else walk_bytes();
  add_edges(u);
  if (is_hub) {
    take_long(u);
    take_short(u);
  }
  if (pairing) clear_bytes();
  else take_bytes(u, n_wedges);
}

// Wedges to nodes of very many arcs: all others are counted by batches.
template <class Entry>
void WedgeWalk<Entry>::add_hub(std::size_t u) {
  if (u < plan_.first_short) {
    gather_segments(u);
    for (const Segment& segment : segments_) {
      const Entry* const end = graph_.row(segment.v).data() + plan_.rows[segment.v].first_short;
      for (const Entry* at = segment.begin; at < end; ++at) ++longs_[*at + segment.first_counter];
    }
  }
  add_edges(u);
  take_long(u);
}

// What follows u in the row of every v below it. Returns the number of wedges.
template <class Entry>
std::size_t WedgeWalk<Entry>::gather_segments(std::size_t u) {
  segments_.clear();
  std::size_t n_wedges = 0;
  const auto below = graph_.below(u);
  for (std::size_t k = 0; k < below.size(); ++k) {
    const std::size_t v = Graph::rank_of(below[k]);
    if (v >= plan_.end) break;
    if (k + 2 * kAhead < below.size()) __builtin_prefetch(&cursors_[Graph::rank_of(below[k + 2 * kAhead])]);
    if (k + kAhead < below.size()) __builtin_prefetch(cursors_[Graph::rank_of(below[k + kAhead])].at);
    Cursor& cursor = cursors_[v];
    while (Graph::rank_of(*cursor.at) < u) ++cursor.at;
    const Entry* const begin = cursor.at + 1;
    if (begin >= cursor.end) continue;
    segments_.push_back({begin, cursor.end, v, 3 * Graph::link_of(below[k])});
    n_wedges += static_cast<std::size_t>(cursor.end - begin);
  }
  stop_(static_cast<std::int64_t>(n_wedges + segments_.size()));
  return n_wedges;
}

// Counts the wedges to nodes of many arcs. Returns the number of the others, which are left in the segments.
template <class Entry>
std::size_t WedgeWalk<Entry>::walk_wide() {
  std::size_t n_left = 0;
  for (Segment& segment : segments_) {
    const Entry* const row = graph_.row(segment.v).data();
    const auto walk = [&](auto* counters, const Entry* end) {
      for (; segment.begin < end; ++segment.begin) ++counters[*segment.begin + segment.first_counter];
    };
    walk(longs_.data(), row + plan_.rows[segment.v].first_short);
    walk(shorts_.data(), row + plan_.rows[segment.v].first_byte);
    n_left += static_cast<std::size_t>(segment.end - segment.begin);
  }
  return n_left;
}

template <class Entry>
void WedgeWalk<Entry>::walk_bytes() {
  for (std::size_t k = 0; k < segments_.size(); ++k) {
    if (k + kAhead < segments_.size()) __builtin_prefetch(segments_[k + kAhead].begin);
    const Segment segment = segments_[k];
    std::uint8_t* const counters = bytes_.data() + segment.first_counter;
    for (const Entry* at = segment.begin; at != segment.end; ++at) ++counters[*at];
  }
}

// Where few nodes are reached twice, each wedge is paired with those there before it.
template <class Entry>
void WedgeWalk<Entry>::walk_pairing() {
  for (std::size_t k = 0; k < segments_.size(); ++k) {
    if (k + kAhead < segments_.size()) __builtin_prefetch(segments_[k + kAhead].begin);
    const Segment segment = segments_[k];
    for (const Entry* at = segment.begin; at != segment.end; ++at) {
      std::uint8_t* const counters = bytes_.data() + (*at & ~Entry{15});
      const std::size_t wedge = segment.first_counter + Graph::link_of(*at);
      if (Counters(counters).any())
        for (std::size_t s = 0; s < kWedges; ++s) pairs_[wedge][s] += counters[s];
      ++counters[wedge];
    }
  }
}

template <class Entry>
void WedgeWalk<Entry>::clear_bytes() {
  for (const Segment& segment : segments_)
    for (const Entry* at = segment.begin; at != segment.end; ++at)
      std::memset(bytes_.data() + (*at & ~Entry{15}), 0, kLanes);
}

// Triangles at the edges from u downwards, and paths with such an edge in the middle.
template <class Entry>
void WedgeWalk<Entry>::add_edges(std::size_t u) {
  const std::size_t end = u < plan_.n_hubs() ? plan_.first_short : plan_.end;
  std::array<std::array<std::uint64_t, kLinks>, kLinks> beyond{};  // by link to w, the degrees of w
  std::array<std::uint64_t, kLinks> n_edges{};
  const auto below = graph_.below(u);
  for (std::size_t k = 0; k < below.size(); ++k) {
    if (k + kAhead < below.size()) {
      const std::size_t ahead = Graph::rank_of(below[k + kAhead]);
      if (ahead < end) triangles_.prefetch(ahead, position_above(ahead));
    }
    const std::size_t w = Graph::rank_of(below[k]), link = Graph::link_of(below[k]);
    const auto& degrees = graph_.degrees(w);
    for (std::size_t b = 0; b < kLinks; ++b) beyond[link][b] += degrees[b];
    ++n_edges[link];
    if (w >= end) continue;
    if (w < plan_.first_short) add_wide_edge(u, w, link);
    else add_edge(u, w, link);
  }
  const auto& degrees = graph_.degrees(u);
  for (std::size_t c = 0; c < kLinks; ++c)
    for (std::size_t a = 0; a < kLinks; ++a)
      for (std::size_t b = 0; b < kLinks; ++b)
        sums_.paths[c][a][b] += Wide{degrees[a] - (a == c)} * (beyond[c][b] - (b == kReversedLink[c] ? n_edges[c] : 0));
}

template <class Entry>
void WedgeWalk<Entry>::add_edge(std::size_t u, std::size_t w, std::size_t link) {
  std::uint16_t* const lanes = edges_.next(link);
  if (w < plan_.first_byte) {
    std::memcpy(lanes, shorts_.data() + kLanes * w, kLanes * sizeof *lanes);
    triangles_.add_to(lanes, w, position_above(w));
  } else {
    std::uint8_t counters[kLanes];
    std::memcpy(counters, bytes_.data() + kLanes * w, kLanes);
    if (!triangles_.add_bytes(counters, w, position_above(w))) return;
    for (std::size_t s = 0; s < kLanes; ++s) lanes[s] = counters[s];
  }
  edges_.push(u, w, link);
}

template <class Entry>
void WedgeWalk<Entry>::add_wide_edge(std::size_t u, std::size_t w, std::size_t link) {
  std::array<std::uint64_t, kLanes> lanes{};
  for (std::size_t s = 0; s < kWedges; ++s) lanes[s] = longs_[kLanes * w + s];
  triangles_.add_to(lanes.data(), w, position_above(w));
  edges_.add_wide(u, w, link, lanes);
}

template <class Entry>
void WedgeWalk<Entry>::take_long(std::size_t u) {
  for (std::size_t w = u + 1; w < plan_.first_short; ++w) {
    std::array<std::uint64_t, kLanes> lanes{};
    for (std::size_t s = 0; s < kWedges; ++s) lanes[s] = longs_[kLanes * w + s];
    lanes[kOne] = 1;
    cycles_.add_wide(lanes);
    std::fill_n(longs_.begin() + static_cast<std::ptrdiff_t>(kLanes * w), kWedges, 0);
  }
}

template <class Entry>
void WedgeWalk<Entry>::take_short(std::size_t u) {
  for (std::size_t w = std::max(u + 1, plan_.first_short); w < plan_.first_byte; ++w) {
    std::uint16_t* const counters = shorts_.data() + kLanes * w;
    std::uint16_t* const lanes = cycles_.next();
    std::memcpy(lanes, counters, kLanes * sizeof *lanes);
    lanes[kOne] = 1;
    cycles_.push();
    std::memset(counters, 0, kLanes * sizeof *counters);
  }
}

// All counters in turn, or those at the ends of the wedges again.
template <class Entry>
void WedgeWalk<Entry>::take_bytes(std::size_t u, std::size_t n_wedges) {
  const std::size_t first = std::max(u + 1, plan_.first_byte);
  if (first >= plan_.end) return;
  if (kSparse * n_wedges > plan_.end - first)
    return kernels_.take_counters(bytes_.data() + kLanes * first, plan_.end - first, cycles_.vectors(),
                                  cycles_.products());
  for (const Segment& segment : segments_)
    for (const Entry* at = segment.begin; at != segment.end; ++at) {
      std::uint8_t* const counters = bytes_.data() + (*at & ~Entry{15});
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
void WedgeWalk<Entry>::give(WalkSums& sums) {
  LaneSums& cycles = cycles_.sums();
  for (std::size_t s = 0; s < kWedges; ++s) {
    cycles[s][s] += 2 * Wide{pairs_[s][s]};
    for (std::size_t t = s + 1; t < kWedges; ++t) cycles[s][t] += Wide{pairs_[s][t]} + pairs_[t][s];
  }
  add_to(sums.cycles, cycles);
  if (hubs_) hubs_->give(sums.cycles);
  edges_.give(sums.edges);
  for (std::size_t c = 0; c < kLinks; ++c)
    for (std::size_t a = 0; a < kLinks; ++a)
      for (std::size_t b = 0; b < kLinks; ++b) sums.paths[c][a][b] += sums_.paths[c][a][b];
}

template class WedgeWalk<std::uint32_t>;
template class WedgeWalk<std::uint64_t>;

}  // namespace motifcount
