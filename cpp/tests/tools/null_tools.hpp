// What the tests of the null models share: drawing, what a draw keeps, graphs of every kind.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "tools/graphs.hpp"
#include "nulls/null_model.hpp"

namespace test {

using motifcount::Arc;
using motifcount::Null;
using motifcount::NullOptions;
using motifcount::Stop;
using ArcList = std::vector<Arc>;

inline constexpr NullOptions kDegreeOptions{.null = Null::kDegree, .swaps_per_edge = 10, .seed = 27};
inline constexpr NullOptions kMutualOptions{
    .null = Null::kDegree, .swaps_per_edge = 10, .keep_mutual = true, .seed = 27};
inline constexpr NullOptions kEdgeOptions{.null = Null::kEdgeCount, .seed = 27};

template <class Index>
ArcList draw(const GraphView<Index>& graph, const NullOptions& options, std::uint64_t sample, int threads = 1) {
  Stop stop;
  ArcList arcs{{7, 7}};  // left over from before: to be replaced
  prepare_null(graph, options, threads, stop)->drawer()->draw(sample, arcs, stop);
  return arcs;
}

template <class Index>
ArcList draw_one(const GraphView<Index>& graph, const NullOptions& options, int threads = 1) {
  Stop stop;
  ArcList arcs{{7, 7}};
  prepare_null(graph, options, threads, stop)->one(arcs, stop);
  return arcs;
}

template <class Index>
ArcList arcs_of(const GraphView<Index>& graph) {
  ArcList arcs;
  for (std::int64_t u = 0; u < graph.out.n_rows(); ++u)
    for (const Index v : graph.out.row(u))
      arcs.push_back({static_cast<std::uint32_t>(u), static_cast<std::uint32_t>(v)});
  return arcs;
}

using ArcSet = std::set<std::pair<std::uint32_t, std::uint32_t>>;

// What a null may keep of a graph, by block.
struct Kept {
  std::map<std::pair<std::int32_t, std::int32_t>, std::int64_t> edges;
  std::map<std::pair<std::uint32_t, std::int32_t>, std::int64_t> out, in;  // by node and layer of the other end
  std::map<std::uint32_t, std::int64_t> mutual;
  bool simple = true;
};

inline Kept kept_by(const ArcList& arcs, const Layers& layers) {
  Kept kept;
  ArcSet seen;
  const auto layer = [&](std::uint32_t v) { return layers.of.empty() ? 0 : layers.of[v]; };
  for (const auto& [u, v] : arcs) {
    ++kept.edges[{layer(u), layer(v)}];
    ++kept.out[{u, layer(v)}];
    ++kept.in[{v, layer(u)}];
    kept.simple &= u != v && seen.emplace(u, v).second;
  }
  for (const auto& [u, v] : arcs) kept.mutual[u] += seen.contains({v, u});
  return kept;
}

inline ArcSet as_set(const ArcList& arcs) {
  ArcSet set;
  for (const auto& [u, v] : arcs) set.emplace(u, v);
  return set;
}

template <class Index>
GraphView<Index> view_of(const Csr<Index>& csr, const Layers& layers) {
  return layers.of.empty() ? view(csr) : view(csr, layers);
}

// `visit(graph, layers)` for a strict net, layers with arcs anywhere between and within them, and plain digraphs.
template <class Visit>
void for_each_kind(Visit visit) {
  Random random(28);
  const auto strict = random_layers(45, 3, random);
  visit(random_strict(strict, 0.3, random), strict);
  const auto loose = random_layers(40, 3, random);
  visit(random_digraph(40, 0.15, random), loose);
  for (const double p : {0.05, 0.5, 0.9}) visit(random_digraph(30, p, random), Layers());
}

}  // namespace test
