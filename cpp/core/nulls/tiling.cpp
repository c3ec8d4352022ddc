#include "nulls/tiling.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

#include "support/shuffle.hpp"
#include "support/threads.hpp"

namespace motifcount {
namespace {

constexpr std::uint32_t kNone = 0xffffffff;

// Marks the hubs: of the nodes with more than twice the mean degree, the n of the highest, among equals those of the
// lowest numbers.
void mark_hubs(std::span<const std::uint32_t> degrees, std::size_t n, std::span<std::uint8_t> is_hub) {
  const auto sum = std::accumulate(degrees.begin(), degrees.end(), std::uint64_t{0});
  std::vector<std::uint32_t> order;
  for (std::uint32_t v = 0; v < degrees.size(); ++v)
    if (std::uint64_t{degrees[v]} * degrees.size() > 2 * sum) order.push_back(v);
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    return degrees[a] != degrees[b] ? degrees[a] > degrees[b] : a < b;
  };
  n = std::min(n, order.size());
  std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(n), order.end(), before);
  for (std::size_t k = 0; k < n; ++k) is_hub[order[k]] = 1;
}

}  // namespace

TileSize usual_tile_size(std::uint64_t n_nodes, std::uint64_t n_edges) {
  constexpr std::uint64_t min_edges = 64, edges_by_hash = 1 << 13;
  constexpr std::uint64_t most_nodes = std::uint64_t{1} << 31;  // their labels take up to twice as many numbers
  if (n_nodes <= kSmallBlock) return {kSmallBlock, true};
  if (n_nodes > most_nodes) return {static_cast<std::uint32_t>(n_nodes), false};
  for (const std::uint64_t nodes : {512, 1024, 2048}) {
    const std::uint64_t n_groups = (n_nodes + nodes - 1) / nodes;
    if (n_groups * n_groups * min_edges <= n_edges) return {static_cast<std::uint32_t>(nodes), true};
  }
  const double n_groups = std::sqrt(static_cast<double>(n_edges) / static_cast<double>(edges_by_hash));
  return {static_cast<std::uint32_t>(std::ceil(static_cast<double>(n_nodes) / std::max(1.0, n_groups))), false};
}

Groups::Groups(const Block& block, const TileSize& size, Stop& stop) : is_hub_(block.rows.size(), 0) {
  PacedStop pace(stop);
  const auto n = static_cast<std::uint32_t>(block.rows.size());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> parts{{0, n}};
  if (block.n_first != 0) parts = {{0, block.n_first}, {block.n_first, n}};
  std::vector<std::uint32_t> degrees(n, 0);
  for_each_paced(block.edges, pace, [&](const Cell& edge) {
    ++degrees[edge.source];
    ++degrees[edge.target];
  });
  std::uint32_t first_group = 0, most = 1;
  for (const auto& [first, last] : parts) {
    const std::uint32_t n_nodes = last - first;
    sides_.push_back({first, n_nodes, first_group, std::max(1u, (n_nodes + size.nodes - 1) / size.nodes)});
    first_group += sides_.back().n_groups;
    const std::uint32_t group_nodes = sides_.back().group_nodes();
    most = std::max(most, group_nodes);
    mark_hubs(std::span(degrees).subspan(first, n_nodes), (group_nodes + 3) / 4,
              std::span(is_hub_).subspan(first, n_nodes));
  }
  bits_ = static_cast<int>(std::bit_width(most - 1));
}

std::uint32_t Groups::partner(std::uint32_t group) const {
  if (sides_.size() == 1) return group;
  const Side &first = sides_[0], &second = sides_[1];
  return group < first.n_groups && group < second.n_groups ? second.first_group + group : kNone;
}

void TiledEdges::sort(EdgeArray& edges, std::span<const std::uint32_t> label_of, const Groups& groups, bool unordered,
                      int num_threads, Stop& stop) {
  n_groups_ = groups.n_groups();
  const int bits = groups.bits();
  const std::size_t n_groups = n_groups_, n_tiles = n_groups * n_groups,
                    n_pieces = static_cast<std::size_t>(num_threads);
  const auto tile_of = [bits, n_groups](const Cell& edge) {
    return (edge.source >> bits) * n_groups + (edge.target >> bits);
  };
  // visit(edge, numbers by tile of the piece). It has its own copies of all else, which the compiler can leave in
  // registers while numbers are written.
  const auto for_each_piece = [&](auto visit) {
    parallel_for(std::ssize(next_), num_threads, stop, [&](std::int64_t piece, int /*worker*/) {
      const auto p = static_cast<std::size_t>(piece);
      PacedStop pace(stop);
      const std::size_t first = edges.size() * p / n_pieces, last = edges.size() * (p + 1) / n_pieces;
      for_each_paced(std::span(edges).subspan(first, last - first), pace,
                     [visit, of_tiles = next_[p].data()](Cell& edge) { visit(edge, of_tiles); });
    });
  };
  next_.resize(n_pieces);
  for (auto& piece : next_) piece.assign(n_tiles, 0);
  for_each_piece([label_of, tile_of, bits, unordered](Cell& edge, std::uint32_t* n_edges) {
    Cell of_labels{label_of[edge.source], label_of[edge.target]};
    if (unordered && of_labels.source >> bits > of_labels.target >> bits) std::swap(of_labels.source, of_labels.target);
    edge = of_labels;
    ++n_edges[tile_of(of_labels)];
  });
  first_.resize(n_tiles + 1);
  std::uint32_t sum = 0;
  for (std::size_t t = 0; t < n_tiles; ++t) {
    first_[t] = sum;
    for (auto& piece : next_) sum += std::exchange(piece[t], sum);
  }
  first_[n_tiles] = sum;
  sorted_.resize(edges.size());
  for_each_piece([tile_of, sorted = sorted_.data()](const Cell& edge, std::uint32_t* next) {
    const Cell moved = edge;
    sorted[next[tile_of(moved)]++] = moved;
  });
  edges.swap(sorted_);
}

void Tiling::start(const Groups& groups, Stop& stop) {
  order_.resize(groups.n_nodes());
  std::iota(order_.begin(), order_.end(), 0u);
  stop.check();
  node_of_.assign(order_.begin(), order_.end());
}

void Tiling::cut(const Groups& groups, bool hubs_together, Rng& rng, Stop& stop) {
  PacedStop pace(stop);
  label_of_node_.resize(groups.n_nodes());
  for (const Groups::Side& side : groups.sides()) {
    const std::span nodes = std::span(order_).subspan(side.first_node, side.n_nodes);
    shuffle(nodes, rng, pace);
    std::size_t n_hubs = 0;
    if (hubs_together)
      for_each_below(nodes.size(), pace, [&](std::size_t k) {
        if (groups.is_hub(nodes[k])) std::swap(nodes[n_hubs++], nodes[k]);
      });
    const std::uint32_t size = side.group_nodes();
    for_each_below(nodes.size(), pace, [&](std::size_t k) {
      const auto place = static_cast<std::uint32_t>(k);
      label_of_node_[nodes[k]] = (side.first_group + place / size) << groups.bits() | place % size;
    });
  }
  label_of_.resize(node_of_.size());
  for_each_below(node_of_.size(), pace, [&](std::size_t label) {
    label_of_[label] = node_of_[label] == kNone ? kNone : label_of_node_[node_of_[label]];
  });
  node_of_.assign(groups.n_labels(), kNone);
  for_each_below(label_of_node_.size(), pace,
                 [&](std::size_t node) { node_of_[label_of_node_[node]] = static_cast<std::uint32_t>(node); });
}

}  // namespace motifcount
