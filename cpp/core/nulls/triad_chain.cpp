#include "nulls/triad_chain.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <tuple>
#include <utility>

#include "nulls/dyads_of_block.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kTriadMovesPerCheck = 1 << 12;

}  // namespace

// By class. Ends have slots from the first of their node on, in this order.
void TriadChain::sort_edges(const Block& block, Stop& stop) {
  const auto layer = [&](std::uint32_t v) { return layers_.empty() ? 0 : layers_[v]; };
  using Key = std::tuple<bool, std::size_t, std::int32_t, std::int32_t>;  // whether they stay, code, layers
  std::map<Key, std::vector<Cell>> by_class;
  const auto add = [&](const Cell& edge, std::size_t code) {
    const std::int32_t from = layer(edge.source), to = layer(edge.target);
    const bool stays = block.is_pinned_layer(to) || (code == kMutual && block.is_pinned_layer(from));
    by_class[{stays, code, from, to}].push_back(edge);
  };
  for_each_dyad(
      block, stop, [&](const Cell& edge) { add(edge, kAsymmetric); },
      [&](Cell pair) {
        if (layer(pair.source) > layer(pair.target)) std::swap(pair.source, pair.target);
        add(pair, kMutual);
      });
  for (const auto& [key, edges] : by_class) {
    const auto [stays, code, from, to] = key;
    const EdgeClass found{static_cast<std::uint32_t>(edges_.size()), static_cast<std::uint32_t>(edges.size()), code,
                          from == to};
    class_of_.insert(class_of_.end(), edges.size(), static_cast<std::uint32_t>(classes_.size()));
    classes_.push_back(found);
    for (const auto& [source, target] : edges) edges_.push_back({{source, 0}, {target, 0}});
    if (!stays) n_moving_ = static_cast<std::uint32_t>(edges_.size());
  }
}

TriadChain::AnyGraph TriadChain::graph_of(const Block& block, bool uses_rows, Stop& stop) {
  sort_edges(block, stop);
  std::vector<std::uint32_t> n_neighbours(block.rows.size(), 0);
  for (Joined& edge : edges_)
    for (End* end : {&edge.source, &edge.target}) end->slot = n_neighbours[end->node]++;
  const auto filled = [&](auto graph) {
    PacedStop pace(stop);
    for (std::uint32_t place = 0; place < edges_.size(); ++place) {
      Joined& edge = edges_[place];
      pace(kScatterUnits * std::min(n_neighbours[edge.source.node], n_neighbours[edge.target.node]));
      for (End* end : {&edge.source, &edge.target}) end->slot += graph.first_slot(end->node);
      graph.put_in(edge, classes_[class_of_[place]].code, place);
    }
    return graph;
  };
  if (uses_rows) return filled(TriadGraph<DyadRows>(n_neighbours, edges_.size(), stop));
  return filled(TriadGraph<DyadHash>(n_neighbours, block.edges.size(), stop));
}

TriadChain::TriadChain(const Block& block, const TriadTarget& target, Stop& stop)
    : TriadChain(block, target, DyadRows::are_better(block.rows.size(), block.edges.size()), stop) {}

TriadChain::TriadChain(const Block& block, const TriadTarget& target, bool uses_rows, Stop& stop)
    : target_(target), layers_(block.layers), graph_(graph_of(block, uses_rows, stop)) {}

const ClosedTriadCounts& TriadChain::closed() const {
  return std::visit([](const auto& graph) -> const ClosedTriadCounts& { return graph.closed(); }, graph_);
}

SwapStats TriadChain::run(std::int64_t attempts, Rng& rng, Workspaces& /*workspaces*/, Stop& stop) {
  SwapStats stats{attempts, 0};
  if (n_moving_ < 2) return stats;
  std::visit(
      [&](auto& graph) {
        TriadMoves moves(graph, MovingEdges{edges_, n_moving_, class_of_, classes_, layers_}, target_);
        for (std::int64_t k = 0; k < attempts; ++k) {
          if (k % kTriadMovesPerCheck == 0) stop.check();
          stats.accepted += moves.attempt(rng);
        }
      },
      graph_);
  return stats;
}

void TriadChain::copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const {
  stop.check();
  copy_chain(*this, target);
}

void TriadChain::append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const {
  append_edges(*this, block, arcs, pace);
}

}  // namespace motifcount
