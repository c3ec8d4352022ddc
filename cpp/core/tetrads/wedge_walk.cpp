#include "tetrads/wedge_walk.hpp"

#include <algorithm>
#include <cstring>

namespace motifcount {
namespace {

constexpr std::size_t kAhead = 4;  // rows that are fetched before they are looked at

}  // namespace

template <class Entry>
WedgeWalk<Entry>::WedgeWalk(const WalkPlan<Entry>& plan, const UpperTriangles& triangles, const TetradKernels& kernels,
                            Stop& stop)
    : plan_(plan),
      graph_(plan.graph),
      triangles_(triangles),
      stop_(stop),
      cursors_(plan.end),
      counters_(plan, kernels),
      edges_(graph_, kernels) {
  for (std::size_t v = 0; v < cursors_.size(); ++v) cursors_[v] = {0, plan_.row_ends[v]};
}

template <class Entry>
void WedgeWalk<Entry>::add(std::size_t u) {
  if (u < plan_.n_hubs()) return add_hub(u);
  std::size_t n_wedges = gather_segments(u);
  const bool is_hub = u < plan_.first_byte;
  if (is_hub) {
    counters_.walk_long(segments_);
    counters_.walk_short(segments_);
    n_wedges = 0;
    for (const auto& segment : segments_) n_wedges += static_cast<std::size_t>(segment.end - segment.begin);
  }
  const bool pairing = u < plan_.end && kSparse * n_wedges < plan_.end - u;
  if (pairing) counters_.walk_pairing(segments_);
  else counters_.walk_bytes(segments_);
  add_edges(u);
  if (is_hub) {
    counters_.take_long(u);
    counters_.take_short(u);
  }
  if (pairing) counters_.clear_bytes(segments_);
  else counters_.take_bytes(u, segments_, n_wedges);
}

// Wedges to nodes of very many arcs: all others are counted by batches.
template <class Entry>
void WedgeWalk<Entry>::add_hub(std::size_t u) {
  if (u < plan_.first_short) {
    gather_segments(u);
    counters_.walk_long(segments_);
  }
  add_edges(u);
  counters_.take_long(u);
}

// What follows u in the row of every v below it. Returns the number of wedges.
template <class Entry>
std::size_t WedgeWalk<Entry>::gather_segments(std::size_t u) {
  segments_.clear();
  if (u >= plan_.end) return 0;
  std::size_t n_wedges = 0;
  const auto below = graph_.row(u).first(plan_.row_ends[u]).subspan(graph_.above(u).size());
  for (std::size_t k = 0; k < below.size(); ++k) {
    const std::size_t v = Graph::rank_of(below[k]);
    if (k + 2 * kAhead < below.size()) __builtin_prefetch(&cursors_[Graph::rank_of(below[k + 2 * kAhead])]);
    if (k + kAhead < below.size()) {
      const std::size_t ahead = Graph::rank_of(below[k + kAhead]);
      __builtin_prefetch(graph_.row(ahead).data() + cursors_[ahead].at);
    }
    Cursor& cursor = cursors_[v];
    const Entry* const row = graph_.row(v).data();
    while (Graph::rank_of(row[cursor.at]) < u) ++cursor.at;
    if (cursor.at + 1 >= cursor.end) continue;
    segments_.push_back({row + cursor.at + 1, row + cursor.end, 3 * Graph::link_of(below[k])});
    n_wedges += cursor.end - cursor.at - 1;
  }
  stop_(static_cast<std::int64_t>(n_wedges + segments_.size()));
  return n_wedges;
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
      if (ahead < end) triangles_.prefetch(ahead);
    }
    if (k + 2 * kAhead < below.size()) {
      const std::size_t ahead = Graph::rank_of(below[k + 2 * kAhead]);
      if (ahead < end) triangles_.prefetch_node(ahead);
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
  for (std::size_t c = 0; c < kLinks; ++c) {
    if (n_edges[c] == 0) continue;
    for (std::size_t a = 0; a < kLinks; ++a)
      for (std::size_t b = 0; b < kLinks; ++b)
        sums_.paths[c][a][b] += Wide{degrees[a] - (a == c)} * (beyond[c][b] - (b == kReversedLink[c] ? n_edges[c] : 0));
  }
}

template <class Entry>
void WedgeWalk<Entry>::add_edge(std::size_t u, std::size_t w, std::size_t link) {
  std::uint16_t* const lanes = edges_.next(link);
  if (w < plan_.first_byte) {
    std::memcpy(lanes, counters_.shorts(w), kLanes * sizeof *lanes);
    triangles_.add_to(lanes, w, cursors_[w].at);
  } else {
    std::uint8_t counters[kLanes];
    std::memcpy(counters, counters_.bytes(w), kLanes);
    if (!triangles_.add_bytes(counters, w, cursors_[w].at)) return;
    for (std::size_t s = 0; s < kLanes; ++s) lanes[s] = counters[s];
  }
  edges_.push(u, w, link);
}

template <class Entry>
void WedgeWalk<Entry>::add_wide_edge(std::size_t u, std::size_t w, std::size_t link) {
  std::array<std::uint64_t, kLanes> lanes{};
  for (std::size_t s = 0; s < kWedges; ++s) lanes[s] = counters_.longs(w)[s];
  triangles_.add_to(lanes.data(), w, cursors_[w].at);
  edges_.add_wide(u, w, link, lanes);
}

template <class Entry>
void WedgeWalk<Entry>::give(WalkSums& sums) {
  counters_.give(sums.cycles);
  edges_.give(sums.edges);
  for (std::size_t c = 0; c < kLinks; ++c)
    for (std::size_t a = 0; a < kLinks; ++a)
      for (std::size_t b = 0; b < kLinks; ++b) sums.paths[c][a][b] += sums_.paths[c][a][b];
}

template class WedgeWalk<std::uint32_t>;
template class WedgeWalk<std::uint64_t>;

}  // namespace motifcount
