#include "tetrads/wedge_walk.hpp"

#include <algorithm>
#include <cstring>

namespace motifcount {
namespace {

constexpr std::size_t kWalkRowsAhead = 4;  // rows that are fetched before they are looked at
constexpr std::size_t kShortRow = 4;       // entries that are looked through

}  // namespace

template <class Entry>
WedgeWalk<Entry>::WedgeWalk(const WalkPlan<Entry>& plan, const WalkRange<Entry>& range,
                            const UpperTriangles<Entry>& triangles, const TetradKernels& kernels, Stop& stop)
    : plan_(plan),
      graph_(plan.graph),
      range_(range),
      triangles_(triangles),
      stop_(stop),
      cursors_(graph_.n_with_more(kShortRow), 0),
      counters_(plan, range, kernels),
      edges_(graph_, kernels) {}

template <class Entry>
void WedgeWalk<Entry>::add(std::size_t u) {
  below_ = range_.within(graph_.below(u));
  if (u < plan_.n_hubs()) return add_hub(u);
  std::size_t n_wedges = gather_segments(u), k = 0;
  if (u < plan_.first_short) n_wedges -= walk_long(u, k);
  if (u < plan_.first_byte) {
    const std::size_t n_cut = cut_segments(plan_.first_byte);
    counters_.walk_short(cut_);
    k = add_edges(u, k, plan_.first_byte);
    counters_.take_short(u, cut_, n_cut);
    n_wedges -= n_cut;
  }
  walk_blocks(u, k, n_wedges);
  add_paths(u);
}

// Wedges to nodes of very many arcs: all others are counted by batches.
template <class Entry>
void WedgeWalk<Entry>::add_hub(std::size_t u) {
  std::size_t k = 0;
  if (u < plan_.first_short) {
    gather_segments(u);
    walk_long(u, k);
  }
  for (const Entry entry : below_.subspan(k)) add_middle(Graph::rank_of(entry), Graph::link_of(entry));
  add_paths(u);
}

// Wedges and edges to nodes before plan.first_short. Returns the number of wedges; k becomes that of the first edge
// left.
template <class Entry>
std::size_t WedgeWalk<Entry>::walk_long(std::size_t u, std::size_t& k) {
  const std::size_t n_cut = cut_segments(plan_.first_short);
  counters_.walk_long(cut_);
  k = add_edges(u, k, plan_.first_short);
  counters_.take_long(u, cut_, n_cut);
  return n_cut;
}

// The other wedges from u and its edges from the k-th below it on.
template <class Entry>
void WedgeWalk<Entry>::walk_blocks(std::size_t u, std::size_t k, std::size_t n_wedges) {
  const std::size_t first = std::max(plan_.first_byte, range_.first());
  const bool pairing = kSparse * n_wedges < range_.last() - std::max(u, range_.first());
  const bool whole = range_.last() <= first + WedgeCounters<Entry>::kBlock;
  while (k < below_.size() || n_wedges > 0) {
    counters_.start_block(whole ? first : first_left(k));
    const std::size_t end = counters_.end_of_block();
    const std::size_t n_here = whole ? n_wedges : cut_segments(end);
    const std::vector<Segment<Entry>>& segments = whole ? segments_ : cut_;
    if (pairing) counters_.walk_pairing(segments);
    else counters_.walk_bytes(segments);
    k = add_edges(u, k, end);
    if (pairing) counters_.clear_bytes(segments);
    else counters_.take_bytes(u, segments, n_here);
    n_wedges -= n_here;
  }
}

// The first node that a wedge or edge from the k-th on leads to.
template <class Entry>
std::size_t WedgeWalk<Entry>::first_left(std::size_t k) const {
  std::size_t first = k < below_.size() ? Graph::rank_of(below_[k]) : range_.last();
  for (const auto& segment : segments_)
    if (segment.begin != segment.end) first = std::min(first, Graph::rank_of(*segment.begin));
  return first;
}

// Takes what lies before `end` out of the segments. Returns the number of wedges there.
template <class Entry>
std::size_t WedgeWalk<Entry>::cut_segments(std::size_t end) {
  cut_.clear();
  std::size_t n_wedges = 0;
  for (auto& segment : segments_) {
    const Entry* cut = segment.begin;
    while (cut != segment.end && Graph::rank_of(*cut) < end) ++cut;
    if (cut == segment.begin) continue;
    cut_.push_back({segment.begin, cut, segment.first_counter});
    n_wedges += static_cast<std::size_t>(cut - segment.begin);
    segment.begin = cut;
  }
  return n_wedges;
}

// What follows u in the row of every v below it. Returns the number of wedges.
template <class Entry>
std::size_t WedgeWalk<Entry>::gather_segments(std::size_t u) {
  if (!range_.is_whole()) return gather_parts(u);
  segments_.clear();
  std::size_t n_wedges = 0;
  const auto below = graph_.below(u);
  if (positions_.size() < below.size()) positions_.resize(below.size());
  for (std::size_t k = 0; k < below.size(); ++k) {
    const std::size_t v = Graph::rank_of(below[k]);
    if (k + 2 * kWalkRowsAhead < below.size()) graph_.prefetch(Graph::rank_of(below[k + 2 * kWalkRowsAhead]));
    if (k + kWalkRowsAhead < below.size()) {
      const std::size_t ahead = Graph::rank_of(below[k + kWalkRowsAhead]);
      __builtin_prefetch(graph_.row(ahead).data() + (ahead < cursors_.size() ? cursors_[ahead] : 0));
    }
    const auto row = graph_.row(v);
    const Entry at = find_in_row(u, v);
    positions_[k] = at;
    if (at + 1 == row.size()) continue;
    segments_.push_back({row.data() + at + 1, row.data() + row.size(), 3 * Graph::link_of(below[k])});
    n_wedges += row.size() - at - 1;
  }
  stop_(static_cast<std::int64_t>(n_wedges + segments_.size()));
  return n_wedges;
}

// The same of a part of every row.
template <class Entry>
std::size_t WedgeWalk<Entry>::gather_parts(std::size_t u) {
  segments_.clear();
  positions_.clear();
  std::size_t n_wedges = 0;
  const auto below = graph_.below(u);
  for (std::size_t k = 0; k < below.size(); ++k) {
    if (k + 2 * kWalkRowsAhead < below.size()) range_.prefetch(Graph::rank_of(below[k + 2 * kWalkRowsAhead]));
    if (k + kWalkRowsAhead < below.size()) graph_.prefetch(Graph::rank_of(below[k + kWalkRowsAhead]));
    const std::size_t v = Graph::rank_of(below[k]);
    auto [begin, end] = range_.part(v);
    const bool is_end = range_.has(v);
    if (begin == end && !is_end) continue;
    if (is_end || u >= range_.first()) {
      if (!is_end && v < cursors_.size()) cursors_[v] = std::max(cursors_[v], begin);
      const Entry at = find_in_row(u, v);
      if (is_end) positions_.push_back(at);
      begin = std::max<Entry>(begin, at + 1);
    }
    if (begin >= end) continue;
    const Entry* const row = graph_.row(v).data();
    segments_.push_back({row + begin, row + end, 3 * Graph::link_of(below[k])});
    n_wedges += end - begin;
  }
  stop_(static_cast<std::int64_t>(n_wedges + below.size()));
  return n_wedges;
}

// Where u stands in the row of v.
template <class Entry>
Entry WedgeWalk<Entry>::find_in_row(std::size_t u, std::size_t v) {
  const Entry* const row = graph_.row(v).data();
  Entry at = v < cursors_.size() ? cursors_[v] : 0;
  while (Graph::rank_of(row[at]) < u) ++at;
  if (v < cursors_.size()) cursors_[v] = at;
  return at;
}

// Paths with an edge from u downwards in the middle.
template <class Entry>
void WedgeWalk<Entry>::add_paths(std::size_t u) {
  const auto degrees = graph_.degrees(u);
  for (std::size_t c = 0; c < kLinks; ++c) {
    const std::uint64_t n_edges = middles_.n[c];
    if (n_edges == 0) continue;
    for (std::size_t a = 0; a < kLinks; ++a)
      for (std::size_t b = 0; b < kLinks; ++b)
        sums_.paths[c][a][b] +=
            Wide{degrees[a] - (a == c)} * (middles_.beyond[c][b] - (b == kReversedLink[c] ? n_edges : 0));
  }
  middles_ = {};
}

// Triangles at the edges from u downwards to nodes before `end`, from the k-th on. Returns what k is then.
template <class Entry>
std::size_t WedgeWalk<Entry>::add_edges(std::size_t u, std::size_t k, std::size_t end) {
  for (const std::size_t n = below_.size(); k < n; ++k) {
    if (k + kWalkRowsAhead < n) triangles_.prefetch(Graph::rank_of(below_[k + kWalkRowsAhead]));
    if (k + 2 * kWalkRowsAhead < n) triangles_.prefetch_node(Graph::rank_of(below_[k + 2 * kWalkRowsAhead]));
    const std::size_t w = Graph::rank_of(below_[k]), link = Graph::link_of(below_[k]);
    if (w >= end) return k;
    add_middle(w, link);
    if (w < plan_.first_short) add_wide_edge(u, w, link, positions_[k]);
    else add_edge(u, w, link, positions_[k]);
  }
  return k;
}

template <class Entry>
void WedgeWalk<Entry>::add_edge(std::size_t u, std::size_t w, std::size_t link, std::size_t at) {
  std::uint16_t* const lanes = edges_.next(link);
  if (w < plan_.first_byte) {
    std::memcpy(lanes, counters_.shorts(w), kLanes * sizeof *lanes);
    triangles_.add_to(lanes, w, at);
  } else {
    std::uint8_t counters[kLanes];
    std::memcpy(counters, counters_.bytes(w), kLanes);
    if (!triangles_.add_bytes(counters, w, at)) return;
    for (std::size_t s = 0; s < kLanes; ++s) lanes[s] = counters[s];
  }
  edges_.push(u, w, link);
}

template <class Entry>
void WedgeWalk<Entry>::add_wide_edge(std::size_t u, std::size_t w, std::size_t link, std::size_t at) {
  std::array<std::uint64_t, kLanes> lanes{};
  for (std::size_t s = 0; s < kWedges; ++s) lanes[s] = counters_.longs(w)[s];
  triangles_.add_to(lanes.data(), w, at);
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
