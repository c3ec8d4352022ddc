// What the tests of the null models share: drawing, what a draw keeps, graphs of every kind.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "nulls/registry.hpp"
#include "tools/graphs.hpp"

namespace test {

using motifcount::Arc;
using motifcount::NullOptions;
using motifcount::NullSpec;
using motifcount::Stop;
using ArcList = std::vector<Arc>;

constexpr std::uint64_t kSeed = 27;

inline const NullSpec kDegree("degree");
inline const NullSpec kDegreeAndMutual("degree", {.keep_mutual = true});
inline const NullSpec kEdgeCount("edge_count");
inline const NullSpec kDyadCount("dyad_count");
inline const NullSpec kCover("cover");

template <class Index>
std::unique_ptr<motifcount::NullModel> prepare(const GraphView<Index>& graph, const NullSpec& null, int threads = 1) {
  return prepare_null(graph, null, kSeed, threads, never());
}

template <class Index>
ArcList draw(const GraphView<Index>& graph, const NullSpec& null, std::uint64_t sample, int threads = 1) {
  ArcList arcs{{7, 7}};  // left over from before: to be replaced
  const auto prepared = prepare(graph, null, threads);
  prepared->prepare_drawers(threads, never());
  prepared->drawer()->draw(sample, arcs, never());
  return arcs;
}

template <class Index>
ArcList draw_single(const GraphView<Index>& graph, const NullSpec& null, int threads = 1) {
  ArcList arcs{{7, 7}};
  prepare(graph, null, threads)->single(arcs, threads, never());
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
  std::map<std::pair<std::uint32_t, std::int32_t>, std::int64_t> out, in, mutual;  // by node and layer of the other end
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
  for (const auto& [u, v] : arcs) kept.mutual[{u, layer(v)}] += seen.contains({v, u});
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
