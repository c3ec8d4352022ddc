#include "tetrads/node_cycles.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "tetrads/lane_sums.hpp"

namespace motifcount {
namespace {

constexpr std::size_t kMostHubs = 512;
constexpr std::size_t kEdgesPerHub = 256;  // with fewer a node is not worth the memory of a hub
constexpr std::uint32_t kMostInCycleLane = 2047;
constexpr std::size_t kCycleRowsAhead = 4;  // rows that are fetched before they are looked at

using Entries = std::span<const std::uint32_t>;

void sum(const TetradKernels& kernels, const std::uint8_t* counters, Entries entries, std::uint16_t (&sums)[3][16]) {
  kernels.sum_bytes(counters, entries.data(), entries.size(), sums);
}
void sum(const TetradKernels& kernels, const std::uint16_t* counters, Entries entries, std::uint32_t (&sums)[3][16]) {
  kernels.sum_shorts(counters, entries.data(), entries.size(), sums);
}
void sum(const TetradKernels&, const std::uint32_t* counters, Entries entries, std::uint64_t (&sums)[3][16]) {
  std::memset(sums, 0, sizeof sums);
  for (const std::uint32_t entry : entries)
    for (std::size_t t = 0; t < kLanes; ++t)
      sums[NodeCycles::Graph::link_of(entry)][t] += counters[kLanes * NodeCycles::Graph::rank_of(entry) + t];
}

// Whether there are two wedges or more, or any, in sixteen counters.
template <class Counter>
struct Found {
  bool any = false, several = false;

  explicit Found(const Counter* counters) {
    constexpr std::size_t n_words = kLanes * sizeof(Counter) / 8;
    std::uint64_t words[n_words], all = 0;
    std::memcpy(words, counters, sizeof words);
    words[n_words - 1] &= ~std::uint64_t{0} >> 8 * sizeof(Counter);  // without the last
    int n_used = 0;
    for (const std::uint64_t word : words) {
      all |= word;
      n_used += word != 0;
    }
    constexpr std::uint64_t ones = ~std::uint64_t{0} / std::numeric_limits<Counter>::max();
    any = all != 0;
    several = n_used > 1 || (all & (all - 1)) != 0 || (all & ones) == 0;
  }
};

template <class Counter>
void clear(Counter* counters) {
  constexpr Counter none[kLanes] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  std::memcpy(counters, none, sizeof none);
}

// Makes room for the nodes of ranks below n.
template <class Counter>
Counter* ready(LargeArray<Counter>& counters, std::size_t n) {
  const std::size_t ready = counters.size() / kLanes;
  if (ready < n) {
    counters.resize(kLanes * n);
    for (std::size_t u = ready; u < n; ++u) clear(counters.data() + kLanes * u);
  }
  return counters.data();
}

}  // namespace

NodeCycles::NodeCycles(const Graph& graph, const NodeClasses& classes, const TetradKernels& kernels, Stop& stop)
    : graph_(graph),
      classes_(classes),
      kernels_(kernels),
      pace_(stop),
      cursors_(graph.n_nodes(), 0),
      hubs_(std::min({kMostHubs, graph.n_nodes(), graph.n_edges() / kEdgesPerHub})) {}

void NodeCycles::visit(std::size_t w, EdgeWedges& wedges, const NodeTable& table) {
  const std::size_t n_wedges = gather(w);
  pace_(static_cast<std::int64_t>(graph_.row(w).size() + 4 * n_wedges));
  if (n_wedges == 0) return;
  const std::size_t most = graph_.row(w).size();
  if (most <= std::numeric_limits<std::uint8_t>::max()) count<std::uint8_t, std::uint16_t>(w, bytes_, wedges, table);
  else if (most <= std::numeric_limits<std::uint16_t>::max())
    count<std::uint16_t, std::uint32_t>(w, shorts_, wedges, table);
  else count<std::uint32_t, std::uint64_t>(w, longs_, wedges, table);
  const NodeTable::Row row = table.row(w);
  for (std::size_t s = 0; s < kWedges; ++s) {
    row.add(classes_.cycle[kWedges * s + s], twice_[s][s] / 2);
    for (std::size_t t = s + 1; t < kWedges; ++t) row.add(classes_.cycle[kWedges * s + t], twice_[s][t]);
  }
  twice_ = {};
}

// The nodes above both w and v, for each neighbour v of w. Returns the number of wedges.
std::size_t NodeCycles::gather(std::size_t w) {
  segments_.clear();
  std::size_t n_wedges = 0;
  const auto row = graph_.row(w);
  for (std::size_t k = 0; k < row.size(); ++k) {
    const std::size_t v = Graph::rank_of(row[k]);
    const auto above = graph_.above(v);
    std::size_t n = above.size();
    if (v > w) {
      std::uint32_t& cursor = cursors_[v];
      while (Graph::rank_of(above[cursor]) < w) ++cursor;
      n = cursor;
    }
    if (n == 0) continue;
    segments_.push_back({above.data(), above.data() + n, v, kLinks * Graph::link_of(row[k])});
    n_wedges += n;
  }
  return n_wedges;
}

template <class Counter, class Sum>
void NodeCycles::count(std::size_t w, LargeArray<Counter>& array, EdgeWedges& wedges, const NodeTable& table) {
  Counter* const counters = ready(array, w);
  for (std::size_t k = 0; k < segments_.size(); ++k) {
    if (k + kCycleRowsAhead < segments_.size()) __builtin_prefetch(segments_[k + kCycleRowsAhead].begin);
    const Segment segment = segments_[k];
    Counter* const of_wedge = counters + segment.first_wedge;
    for (const std::uint32_t* at = segment.begin; at != segment.end; ++at) ++of_wedge[*at];
  }
  const auto above = graph_.above(w);
  for (std::size_t k = 0; k < above.size(); ++k) {
    std::uint32_t* const of_edge = wedges[wedges.edge(w, k)];
    const Counter* const of_node = counters + kLanes * Graph::rank_of(above[k]);
    for (std::size_t s = 0; s < kWedges; ++s) of_edge[kLinks * (s / kLinks) + kReversedLink[s % kLinks]] = of_node[s];
  }
  add_sides<Counter, Sum>(counters, table);
  std::size_t n_wedges = 0;
  for (const Segment& segment : segments_) n_wedges += static_cast<std::size_t>(segment.end - segment.begin);
  const std::size_t n_in_turn = 2 * n_wedges < hubs_.size() ? 0 : std::min(w, hubs_.size());
  take_in_turn(n_in_turn, counters, table);
  for (const Segment segment : segments_)
    for (const std::uint32_t* at = segment.end; at != segment.begin && Graph::rank_of(at[-1]) >= n_in_turn; --at)
      take(Graph::rank_of(at[-1]), counters + kLanes * Graph::rank_of(at[-1]), table);
}

// At the nodes v between: each wedge with all others between the same two nodes.
template <class Counter, class Sum>
void NodeCycles::add_sides(const Counter* counters, const NodeTable& table) {
  for (std::size_t k = 0; k < segments_.size(); ++k) {
    const Segment& segment = segments_[k];
    if (k + kCycleRowsAhead < segments_.size()) {
      table.prefetch(segments_[k + kCycleRowsAhead].v, classes_.cycle_side[0], classes_.cycle_side[0] + 8);
    }
    const NodeTable::Row row = table.row(segment.v);
    for (const std::uint32_t* at = segment.begin; at != segment.end;) {
      const auto n = std::min(kMostSummed, static_cast<std::size_t>(segment.end - at));
      Sum sums[kLinks][kLanes];
      sum(kernels_, counters, {at, n}, sums);
      at += n;
      for (std::size_t z = 0; z < kLinks; ++z) {
        if (sums[z][kOne] == 0) continue;
        const std::size_t s = segment.first_wedge + z;
        sums[z][s] = static_cast<Sum>(sums[z][s] - sums[z][kOne]);  // with itself
        for (std::size_t t = 0; t < kWedges; ++t) {
          const auto n_others = static_cast<std::int64_t>(sums[z][t]);
          row.add(classes_.cycle_side[kWedges * s + t], n_others);
          twice_[s][t] += n_others;
        }
      }
    }
  }
}

// Those of the first n nodes u.
template <class Counter>
void NodeCycles::take_in_turn(std::size_t n, Counter* counters, const NodeTable& table) {
  std::array<std::uint32_t, kMostHubs + 1> several;
  std::size_t n_several = 0;  // without a branch, which would be mispredicted
  for (std::size_t u = 0; u < n; ++u) {
    several[n_several] = static_cast<std::uint32_t>(u);
    n_several += Found<Counter>(counters + kLanes * u).several;
  }
  for (std::size_t k = 0; k < n_several; ++k) add_pairs(several[k], counters + kLanes * several[k], table);
  for (std::size_t u = 0; u < n; ++u) clear(counters + kLanes * u);
}

template <class Counter>
void NodeCycles::take(std::size_t u, Counter* counters, const NodeTable& table) {
  const Found<Counter> found(counters);
  if (!found.any) return;
  if (found.several) add_pairs(u, counters, table);
  clear(counters);
}

// Pairs of wedges between the last w and u, at u.
template <class Counter>
void NodeCycles::add_pairs(std::size_t u, const Counter* counters, const NodeTable& table) {
  if (u < hubs_.size() &&
      (sizeof(Counter) == 1 || *std::max_element(counters, counters + kWedges) <= kMostInCycleLane)) {
    Hub& hub = hubs_[u];
    std::uint16_t* const lanes = hub.vectors[hub.size];
    for (std::size_t s = 0; s < kLanes; ++s) lanes[s] = static_cast<std::uint16_t>(counters[s]);
    if (++hub.size == kKept) empty(hub);
    return;
  }
  std::array<std::uint8_t, kWedges> used;
  std::size_t n_used = 0;
  for (std::size_t s = 0; s < kWedges; ++s) {
    used[n_used] = static_cast<std::uint8_t>(s);
    n_used += counters[s] != 0;
  }
  const NodeTable::Row row = table.row(u);
  for (std::size_t k = 0; k < n_used; ++k) {
    const std::size_t s = used[k];
    row.add(classes_.cycle_opposite[kWedges * s + s], n_pairs<std::int64_t>(counters[s]));
    for (std::size_t l = k + 1; l < n_used; ++l)
      row.add(classes_.cycle_opposite[kWedges * s + used[l]], std::int64_t{counters[s]} * counters[used[l]]);
  }
}

void NodeCycles::empty(Hub& hub) {
  std::memcpy(vectors_.of, hub.vectors, hub.size * sizeof hub.vectors[0]);
  vectors_.size = hub.size;
  kernels_.add_products(vectors_, hub.products);
  hub.size = 0;
}

void NodeCycles::give(const NodeTable& table) {
  for (std::size_t u = 0; u < hubs_.size(); ++u) {
    empty(hubs_[u]);
    const NodeTable::Row row = table.row(u);
    for (std::size_t s = 0; s < kWedges; ++s) {
      const auto of = [&](std::size_t t) { return static_cast<std::int64_t>(hubs_[u].products.of[s][t]); };
      row.add(classes_.cycle_opposite[kWedges * s + s], (of(s) - of(kOne)) / 2);
      for (std::size_t t = s + 1; t < kWedges; ++t) row.add(classes_.cycle_opposite[kWedges * s + t], of(t));
    }
  }
}

}  // namespace motifcount
