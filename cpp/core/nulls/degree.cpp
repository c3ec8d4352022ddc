// Every node keeps its in- and out-degree, in a layered graph per block; with keep_mutual also its number of mutual
// arcs, with keep_kinds those of every kind, and with keep_wiring besides all arcs; with triad_weights the closed
// triads stay near the observed ones, in a chain of the whole graph.
#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "nulls/chained_null.hpp"
#include "nulls/dense_part.hpp"
#include "nulls/holes.hpp"
#include "nulls/kind_chain.hpp"
#include "nulls/kind_cycles.hpp"
#include "nulls/registry.hpp"
#include "nulls/swap_chain.hpp"
#include "nulls/tile_chain.hpp"
#include "nulls/trade_chain.hpp"
#include "nulls/triad_chain.hpp"

namespace motifcount {
namespace {

std::unique_ptr<BlockChain> chain_of_edges(const Block& block, const NullOptions& options, Stop& stop) {
  if (block.within_layer() || block.both_directions())
    return std::make_unique<TileChain>(block, options.keep_mutual, stop);
  return std::make_unique<SwapChain>(block, stop);
}

// The one state of a block whose arcs stay in place.
class PinnedBlock final : public BlockChain {
 public:
  SwapStats run(std::int64_t /*attempts*/, Rng& /*rng*/, Workspaces& /*workspaces*/, Stop& /*stop*/) override {
    return {};
  }
  void copy_to(std::unique_ptr<BlockChain>& target, Stop& /*stop*/) const override {
    if (!target) target = std::make_unique<PinnedBlock>();
  }
  void append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const override {
    constexpr std::int64_t units_per_arc = 4;
    for (const Cell& edge : block.edges) {
      pace(units_per_arc);
      arcs.push_back({block.rows[edge.source], block.cols[edge.target]});
    }
  }
  void append_kinds(const Block& block, std::vector<std::uint8_t>& kinds) const override {
    kinds.insert(kinds.end(), block.kinds.begin(), block.kinds.end());
  }
};

std::unique_ptr<BlockChain> make_chain(const Block& block, const NullOptions& options, Stop& stop) {
  if (block.is_pinned) return std::make_unique<PinnedBlock>();
  if (options.keep_wiring) return std::make_unique<KindCycles>(block, stop);
  if (options.keep_kinds) return std::make_unique<KindChain>(block, options.keep_mutual, stop);
  if (!options.triad_weights.empty()) {
    TriadTarget target;
    std::ranges::copy(options.triad_weights, target.weights.begin());
    std::ranges::copy(options.triad_centres, target.centres.begin());
    return std::make_unique<TriadChain>(block, target, stop);
  }
  if (options.keep_mutual && (block.within_layer() || block.both_directions())) {
    std::vector<std::uint32_t> part = dense_part(block, stop);
    if (part.empty()) return chain_of_edges(block, options, stop);
    return std::make_unique<EdgesAndHolesChain>(
        block, std::move(part), [options](const Block& some, Stop& s) { return chain_of_edges(some, options, s); });
  }
  // Before the holes: to trades, edges and holes are the same bits.
  if (!block.both_directions())
    if (auto trades = TradeChain::where_faster(block, stop)) return trades;
  if (!is_mostly_full(block)) return chain_of_edges(block, options, stop);
  Block holes = holes_of(block, stop);
  auto chain = chain_of_edges(holes, options, stop);
  return std::make_unique<HolesChain>(block, std::move(holes), std::move(chain));
}

void check_triads(const NullOptions& options) {
  for (const auto* const numbers : {&options.triad_weights, &options.triad_centres})
    if (!numbers->empty() && numbers->size() != kClosedTriads)
      throw NotSupported("triad_weights and triad_centres must be " + std::to_string(kClosedTriads) +
                         " numbers each, not " + std::to_string(numbers->size()));
  if (options.keep_kinds && !options.triad_weights.empty())
    throw NotSupported("triad_weights and keep_kinds do not go together");
}

template <class Index>
std::vector<Block> checked_blocks(const GraphView<Index>& graph, const NullOptions& options, Stop& stop) {
  check_triads(options);
  std::vector<Block> blocks = linked_blocks(graph, stop);
  if (options.keep_wiring && (!options.keep_kinds || options.keep_mutual))
    throw NotSupported("keep_wiring goes with keep_kinds, and not with keep_mutual");
  if (options.keep_kinds) {
    if (graph.kinds.n_kinds == 0) throw NotSupported("keep_kinds needs a graph whose arcs have kinds");
    add_kinds(blocks, graph, stop);
  }
  if (options.keep_mutual) join_facing(blocks, stop);
  if (!options.triad_weights.empty() && !blocks.empty()) blocks = {whole_block(graph, stop)};
  for (const Block& block : blocks)
    if (block.edges.size() > std::numeric_limits<std::uint32_t>::max())
      throw NotSupported(block_name(block) + " has " + std::to_string(block.edges.size()) +
                         " arcs; null=\"degree\" takes at most 4294967295 in a block");
  return blocks;
}

class DegreeNull final : public ChainedNull {
 public:
  template <class Index>
  DegreeNull(const GraphView<Index>& graph, const NullOptions& options, std::uint64_t seed, int /*num_threads*/,
             Stop& stop)
      : ChainedNull(graph.out.n_rows(),
                    {checked_blocks(graph, options, stop),
                     [options](const Block& block, Stop& s) { return make_chain(block, options, s); },
                     options.swaps_per_edge, seed}) {}
};

}  // namespace

NullEntry degree_null() {
  return null_entry<DegreeNull>("degree", {{"swaps_per_edge", &NullOptions::swaps_per_edge},
                                           {"keep_mutual", &NullOptions::keep_mutual},
                                           {"keep_kinds", &NullOptions::keep_kinds},
                                           {"keep_wiring", &NullOptions::keep_wiring},
                                           {"triad_weights", &NullOptions::triad_weights},
                                           {"triad_centres", &NullOptions::triad_centres}});
}

}  // namespace motifcount
