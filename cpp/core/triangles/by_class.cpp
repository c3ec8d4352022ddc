#include "triangles/by_class.hpp"

#include <algorithm>
#include <string>

#include "graph/csr.hpp"
#include "kernels/bit_kernels.hpp"
#include "triangles/listing.hpp"
#include "triangles/ranked_lists.hpp"
#include "triangles/strip_sums.hpp"

namespace motifcount {
namespace {

// Triangles by class, summed over many nodes u. Workers' counters lie side by side, so each has cache lines of its own.
template <class Index>
class alignas(kCacheLine) TriangleCounter {
 public:
  void add(const RankedLists<Index>& ranked, std::size_t u, const NeighbourMarks<Index>& marks) {
    lists_.for_each_batch(ranked, u, [&] {
      for (const auto& tail : lists_.tails()) add_tail(tail, marks);
      if (lists_.has_planes()) add_planes_(marks.planes(), lists_.planes(), counts_);
    });
  }

  void give(TriadCounts& counts) const {
    for (std::size_t k = 0; k < kClosedTriads; ++k) counts[kClosedTriad[k]] += counts_[k];
  }

 private:
  void add_tail(const typename NeighbourLists<Index>::Tail& tail, const NeighbourMarks<Index>& marks) {
    for (const auto w : tail.entries)
      if (const auto rank = static_cast<std::size_t>(w >> 2); marks.has(rank))
        ++counts_[closed_index(tail.uv, marks.code(rank), w & 3)];
  }

  AddTriangles add_planes_ = bit_kernels().add_triangles;
  NeighbourLists<Index> lists_;  // of one node
  std::uint64_t counts_[kClosedLanes] = {};
};

struct alignas(kCacheLine) StripCounter {
  Linked linked;
  PairsByLinks counts{};

  void add(std::size_t, const StripLine& line, const StripSums (&sums)[3]) {
    add_triangles(line, sums, linked, counts);
  }
  void finish(std::size_t) {}
};

template <class Index>
TriadCounts count_dense(const BitStrips<Index>& strips, int num_threads, Stop& stop) {
  std::vector<StripCounter> counters(static_cast<std::size_t>(std::max(num_threads, 1)), {strips.linked()});
  for_each_strip_sum(strips, false, counters, stop);
  TriadCounts counts{};
  for (const auto& counter : counters)
    for (std::size_t k = 0; k < counter.counts.size(); ++k)
      counts[kClosedTriad[closed_index(k / 9 + 1, k / 3 % 3 + 1, k % 3 + 1)]] += counter.counts[k];
  return counts;
}

template <class Index>
std::vector<TriadCounts> count_by_layers(const RankedLists<Index>& ranked, std::span<const std::int32_t> layers,
                                         const LayerTuples& tuples, int num_threads, Stop& stop) {
  std::vector<std::int32_t> layer(layers.size());
  for (std::size_t v = 0; v < layers.size(); ++v) layer[static_cast<std::size_t>(ranked.rank_of()[v])] = layers[v];
  using Bins = std::vector<std::array<std::uint64_t, kTriads>>;
  std::vector<Bins> bins(static_cast<std::size_t>(std::max(num_threads, 1)), Bins(tuples.triples().size()));
  for_each_last_node(ranked, num_threads, stop, [&](std::size_t u, const NeighbourMarks<Index>& marks, std::size_t id) {
    for_each_triangle(ranked, u, marks, [&](std::size_t v, std::size_t w, std::size_t code) {
      ++bins[id][tuples.triple(layer[u], layer[v], layer[w])][kTriadOfCode[code]];
    });
  });
  std::vector<TriadCounts> counts(tuples.triples().size(), TriadCounts{});
  for (const Bins& part : bins)
    for (std::size_t t = 0; t < part.size(); ++t)
      for (std::size_t k = 0; k < kTriads; ++k) counts[t][k] += part[t][k];
  return counts;
}

}  // namespace

template <class Index>
TriadCounts closed_triads(const RankedLists<Index>& ranked, Part part, int num_threads, Stop& stop) {
  std::vector<TriangleCounter<Index>> counters(static_cast<std::size_t>(std::max(num_threads, 1)));
  const auto count = [&](std::size_t u, const NeighbourMarks<Index>& marks, std::size_t id) {
    counters[id].add(ranked, u, marks);
  };
  for_each_last_node(ranked, num_threads, stop, count, part);
  TriadCounts counts{};
  for (const auto& counter : counters) counter.give(counts);
  return counts;
}

template <class Index>
ClosedTriads<Index> closed_triads(const CsrView<Index>& out, std::span<const Index> in_degrees,
                                  std::span<const std::int32_t> layers, const LayerTuples& tuples, int num_threads,
                                  Stop& stop) {
  ClosedTriads<Index> closed;
  const auto take_mutual = [&](const auto& graph) {
    closed.mutual.resize(graph.n_nodes());
    for (std::size_t v = 0; v < closed.mutual.size(); ++v)
      closed.mutual[v] = static_cast<Index>(graph.mutual(static_cast<std::size_t>(graph.rank_of()[v])));
  };
  if (layers.empty())
    if (const auto strips = BitStrips<Index>::of_dense(out, in_degrees, num_threads, stop)) {
      closed.counts = {count_dense(*strips, num_threads, stop)};
      take_mutual(*strips);
      return closed;
    }
  const RankedLists<Index> ranked(out, in_degrees, num_threads, stop);
  if (layers.empty()) closed.counts = {closed_triads(ranked, Part{}, num_threads, stop)};
  else closed.counts = count_by_layers(ranked, layers, tuples, num_threads, stop);
  take_mutual(ranked);
  return closed;
}

template <class Index>
std::vector<std::uint64_t> closed_codes_by_layers(const GraphView<Index>& graph, int num_threads, Stop& stop) {
  const std::size_t n_layers = graph.groups.layer_sizes.size();
  if (n_layers > kMostGroups)
    throw NotSupported("by_group: the graph has " + std::to_string(n_layers) + " groups of nodes; at most " +
                       std::to_string(kMostGroups) + " can be told apart");
  const std::vector<Index> degrees = in_degrees(graph.out, num_threads, stop);
  const RankedLists<Index> ranked(graph.out, degrees, num_threads, stop);
  std::vector<std::uint32_t> layer(ranked.n_nodes());
  for (std::size_t v = 0; v < layer.size(); ++v)
    layer[static_cast<std::size_t>(ranked.rank_of()[v])] = static_cast<std::uint32_t>(graph.groups.layers[v]);
  using Bins = std::vector<std::uint64_t>;
  constexpr std::size_t n_codes = 64;
  std::vector<Bins> bins(static_cast<std::size_t>(std::max(num_threads, 1)));
  for_each_last_node(ranked, num_threads, stop, [&](std::size_t u, const NeighbourMarks<Index>& marks, std::size_t id) {
    if (bins[id].empty()) bins[id].assign(n_layers * n_layers * n_layers * n_codes, 0);
    for_each_triangle(ranked, u, marks, [&](std::size_t v, std::size_t w, std::size_t code) {
      ++bins[id][((layer[u] * n_layers + layer[v]) * n_layers + layer[w]) * n_codes + code];
    });
  });
  Bins counts(n_layers * n_layers * n_layers * n_codes, 0);
  for (const Bins& part : bins)
    for (std::size_t k = 0; k < part.size(); ++k) counts[k] += part[k];
  return counts;
}

#define MOTIFCOUNT_INSTANTIATE(Index)                                                                        \
  template TriadCounts closed_triads(const RankedLists<Index>&, Part, int, Stop&);                           \
  template ClosedTriads<Index> closed_triads(const CsrView<Index>&, std::span<const Index>,                  \
                                             std::span<const std::int32_t>, const LayerTuples&, int, Stop&); \
  template std::vector<std::uint64_t> closed_codes_by_layers(const GraphView<Index>&, int, Stop&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)
#undef MOTIFCOUNT_INSTANTIATE

}  // namespace motifcount
