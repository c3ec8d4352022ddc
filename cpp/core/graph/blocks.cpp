#include "graph/blocks.hpp"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <map>
#include <string>
#include <utility>

namespace motifcount {
namespace {

using Ends = std::initializer_list<std::uint32_t Cell::*>;

constexpr std::uint32_t kUnseen = 0xffffffff;
constexpr std::int64_t kUnitsPerArc = 4;  // of a PacedStop

// Sorted distinct nodes at some ends of the edges; these ends become positions among them. `position` is scratch,
// kUnseen for every node before and after.
std::vector<std::uint32_t> number_nodes(std::vector<Cell>& edges, Ends ends, std::vector<std::uint32_t>& position,
                                        Stop& stop) {
  PacedStop pace(stop);
  std::vector<std::uint32_t> nodes;
  for (const auto end : ends)
    for (const Cell& edge : edges) {
      pace(kUnitsPerArc);
      if (position[edge.*end] == kUnseen) {
        position[edge.*end] = 0;
        nodes.push_back(edge.*end);
      }
    }
  std::ranges::sort(nodes);
  for (std::size_t k = 0; k < nodes.size(); ++k) position[nodes[k]] = static_cast<std::uint32_t>(k);
  for (const auto end : ends)
    for (Cell& edge : edges) {
      pace(kUnitsPerArc);
      edge.*end = position[edge.*end];
    }
  for (const std::uint32_t v : nodes) position[v] = kUnseen;
  return nodes;
}

struct LayerPair {
  std::size_t n_edges = 0;
  std::vector<Cell> edges;
};
template <class Part>
using ByLayers = std::map<std::pair<std::int32_t, std::int32_t>, Part>;

// visit(part, source, target) for every arc, with the part of the layers of its ends.
template <class Index, class Part, class Visit>
void for_each_arc(const GraphView<Index>& graph, ByLayers<Part>& parts, Stop& stop, Visit visit) {
  const auto layer = [&](std::int64_t v) {
    return graph.groups.layers.empty() ? 0 : graph.groups.layers[static_cast<std::size_t>(v)];
  };
  auto at = parts.end();
  PacedStop pace(stop);
  for (std::int64_t u = 0; u < graph.out.n_rows(); ++u) {
    pace(kUnitsPerArc * graph.out.degree(u));
    for (const Index v : graph.out.row(u)) {
      const std::pair key{layer(u), layer(static_cast<std::int64_t>(v))};
      if (at == parts.end() || at->first != key) at = parts.try_emplace(key).first;
      visit(at->second, static_cast<std::uint32_t>(u), static_cast<std::uint32_t>(v));
    }
  }
}

// The arcs by the layers of their source and target: counted, then placed.
template <class Index>
ByLayers<LayerPair> arcs_by_layers(const GraphView<Index>& graph, Stop& stop) {
  ByLayers<LayerPair> pairs;
  for_each_arc(graph, pairs, stop, [](LayerPair& pair, std::uint32_t, std::uint32_t) { ++pair.n_edges; });
  for (auto& [layers, pair] : pairs) pair.edges.reserve(pair.n_edges);
  for_each_arc(graph, pairs, stop,
               [](LayerPair& pair, std::uint32_t u, std::uint32_t v) { pair.edges.push_back({u, v}); });
  return pairs;
}

}  // namespace

template <class Index>
std::vector<Block> linked_blocks(const GraphView<Index>& graph, Stop& stop) {
  const std::int64_t n = graph.out.n_rows();
  if (n > kMaxBlockNodes)
    throw NotSupported("a null model takes at most " + std::to_string(kMaxBlockNodes) +
                       " nodes with arcs; the graph has " + std::to_string(n));
  std::vector<Block> blocks;
  std::vector<std::uint32_t> position(static_cast<std::size_t>(n), kUnseen);
  ByLayers<LayerPair> pairs = arcs_by_layers(graph, stop);
  for (auto& [layers, pair] : pairs) {
    stop.check();
    Block block;
    block.source_layer = layers.first;
    block.target_layer = layers.second;
    block.is_pinned = graph.groups.is_pinned(layers.second);
    block.edges = std::move(pair.edges);
    if (block.within_layer()) {
      block.rows = block.cols = number_nodes(block.edges, {&Cell::source, &Cell::target}, position, stop);
    } else {
      block.rows = number_nodes(block.edges, {&Cell::source}, position, stop);
      block.cols = number_nodes(block.edges, {&Cell::target}, position, stop);
    }
    blocks.push_back(std::move(block));
  }
  return blocks;
}

template <class Index>
Block whole_block(const GraphView<Index>& graph, Stop& stop) {
  Block whole;
  PacedStop pace(stop);
  whole.edges.reserve(static_cast<std::size_t>(graph.out.n_edges()));
  for (std::int64_t u = 0; u < graph.out.n_rows(); ++u) {
    pace(kUnitsPerArc * graph.out.degree(u));
    for (const Index v : graph.out.row(u))
      whole.edges.push_back({static_cast<std::uint32_t>(u), static_cast<std::uint32_t>(v)});
  }
  std::vector<std::uint32_t> position(static_cast<std::size_t>(graph.out.n_rows()), kUnseen);
  whole.rows = whole.cols = number_nodes(whole.edges, {&Cell::source, &Cell::target}, position, stop);
  if (graph.groups.layers.empty()) return whole;
  for (const std::uint32_t v : whole.rows) whole.layers.push_back(graph.groups.layers[v]);
  whole.pinned.assign(graph.groups.pinned.begin(), graph.groups.pinned.end());
  return whole;
}

template <class Index>
void add_kinds(std::vector<Block>& blocks, const GraphView<Index>& graph, Stop& stop) {
  ByLayers<Block*> by_layers;
  for (Block& block : blocks) by_layers[{block.source_layer, block.target_layer}] = &block;
  const std::uint8_t* kind = graph.kinds.of_arc.data();
  for_each_arc(graph, by_layers, stop,
               [&](Block* block, std::uint32_t, std::uint32_t) { block->kinds.push_back(*kind++); });
}

namespace {

// The edges of a block between the nodes of both: `nodes` holds those of the first layer, ascending, then of the other.
void add_edges(Block& joined, const Block& block, bool forward, PacedStop& pace) {
  const auto first = joined.rows.begin() + joined.n_first;
  const auto number = [&](std::uint32_t node, bool in_first) {
    const auto from = in_first ? joined.rows.begin() : first, to = in_first ? first : joined.rows.end();
    return static_cast<std::uint32_t>(std::lower_bound(from, to, node) - joined.rows.begin());
  };
  for_each_paced(block.edges, pace, [&](const Cell& edge) {
    joined.edges.push_back({number(block.rows[edge.source], forward), number(block.cols[edge.target], !forward)});
  });
  joined.kinds.insert(joined.kinds.end(), block.kinds.begin(), block.kinds.end());
}

Block joined(const Block& there, const Block& back, Stop& stop) {
  if (there.is_pinned != back.is_pinned)
    throw NotSupported(
        "a null model that keeps mutual edges takes no edges in both directions between two layers, one direction of "
        "them pinned: layers " +
        std::to_string(there.source_layer) + " and " + std::to_string(there.target_layer));
  Block both;
  both.source_layer = there.source_layer;
  both.target_layer = there.target_layer;
  both.is_pinned = there.is_pinned;
  std::ranges::set_union(there.rows, back.cols, std::back_inserter(both.rows));
  both.n_first = static_cast<std::uint32_t>(both.rows.size());
  std::ranges::set_union(there.cols, back.rows, std::back_inserter(both.rows));
  both.cols = both.rows;
  PacedStop pace(stop);
  add_edges(both, there, true, pace);
  add_edges(both, back, false, pace);
  return both;
}

}  // namespace

void join_facing(std::vector<Block>& blocks, Stop& stop) {
  std::map<std::pair<std::int32_t, std::int32_t>, std::size_t> place;
  for (std::size_t b = 0; b < blocks.size(); ++b) place[{blocks[b].source_layer, blocks[b].target_layer}] = b;
  std::vector<Block> result;
  for (Block& block : blocks) {
    const auto facing = place.find({block.target_layer, block.source_layer});
    if (block.within_layer() || facing == place.end()) result.push_back(std::move(block));
    else if (block.source_layer < block.target_layer) result.push_back(joined(block, blocks[facing->second], stop));
  }
  blocks = std::move(result);
}

std::vector<std::vector<std::uint32_t>> units_by_layer(const NodeGroups& groups) {
  std::vector<std::vector<std::uint32_t>> units(groups.layer_sizes.size());
  for (std::size_t v = 0; v < groups.layers.size(); ++v)
    if (!groups.is_bias(v)) units[static_cast<std::size_t>(groups.layers[v])].push_back(static_cast<std::uint32_t>(v));
  return units;
}

template <class Index>
std::vector<GroupPair> linked_groups(const CsrView<Index>& out, std::span<const std::int64_t> group, Stop& stop) {
  constexpr std::size_t most_fresh = 1 << 20;
  constexpr int slot_bits = 16;
  std::vector<GroupPair> found, fresh;
  std::vector<GroupPair> recent(std::size_t{1} << slot_bits, {-1, -1});
  const auto merge = [&] {
    std::ranges::sort(fresh);
    fresh.erase(std::unique(fresh.begin(), fresh.end()), fresh.end());
    std::vector<GroupPair> all;
    std::ranges::set_union(found, fresh, std::back_inserter(all));
    found = std::move(all);
    fresh.clear();
    stop.check();
  };
  PacedStop pace(stop);
  for (std::int64_t u = 0; u < out.n_rows(); ++u) {
    pace(kUnitsPerArc * out.degree(u));
    for (const Index v : out.row(u)) {
      const GroupPair pair{group[static_cast<std::size_t>(u)], group[static_cast<std::size_t>(v)]};
      const std::uint64_t mixed =
          (static_cast<std::uint64_t>(pair[0]) * 0x9e3779b97f4a7c15 + static_cast<std::uint64_t>(pair[1])) *
          0xff51afd7ed558ccd;
      GroupPair& last = recent[mixed >> (64 - slot_bits)];
      if (last == pair) continue;
      last = pair;
      fresh.push_back(pair);
      if (fresh.size() == most_fresh) merge();
    }
  }
  merge();
  return found;
}

#define MOTIFCOUNT_INSTANTIATE(Index)                                           \
  template std::vector<Block> linked_blocks(const GraphView<Index>&, Stop&);    \
  template Block whole_block(const GraphView<Index>&, Stop&);                   \
  template void add_kinds(std::vector<Block>&, const GraphView<Index>&, Stop&); \
  template std::vector<GroupPair> linked_groups(const CsrView<Index>&, std::span<const std::int64_t>, Stop&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)
#undef MOTIFCOUNT_INSTANTIATE

}  // namespace motifcount
