// Null models that run one chain a block.
//
// Samples come by the parallel scheme of Besag and Clifford (1989, doi:10.1093/biomet/76.4.633): one chain from the
// observed graph to a hidden start, and as long a chain from there to each sample; observed graph and samples are then
// exchangeable under the null, whatever the length. The chains must be reversible.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "nulls/block_chain.hpp"
#include "nulls/null_model.hpp"

namespace motifcount {

using BlockChains = std::vector<std::unique_ptr<BlockChain>>;  // by block

struct ChainPlan {
  std::vector<Block> blocks;
  // The chain of a block, at the observed graph. Called again for every chain from there.
  std::function<std::unique_ptr<BlockChain>(const Block&, Stop&)> make;
  double swaps_per_edge = 0;
  std::uint64_t seed = 0;
};

class ChainedNull : public NullModel {
 public:
  static constexpr bool kHasChain = true;

  // Runs the chains to the hidden start.
  void prepare_drawers(int num_threads, Stop& stop) final;
  [[nodiscard]] std::unique_ptr<Drawer> drawer() const final;
  [[nodiscard]] std::unique_ptr<Chain> chain(std::uint64_t number, Stop& stop) const final;
  [[nodiscard]] std::unique_ptr<Chain> chain_of_sample(std::uint64_t k, Stop& stop) const final;
  SwapStats single(std::vector<Arc>& arcs, int num_threads, Stop& stop) const final;
  [[nodiscard]] std::int64_t n_nodes() const final { return n_nodes_; }
  [[nodiscard]] std::vector<std::uint8_t> kinds(Stop& stop) const final;

 protected:
  ChainedNull(std::int64_t n_nodes, ChainPlan plan) : n_nodes_(n_nodes), plan_(std::move(plan)) {}

 private:
  class FromStart;
  class Walk;

  [[nodiscard]] BlockChains observed(Stop& stop) const;
  [[nodiscard]] Rng stream(std::uint64_t sample, std::size_t block) const { return {plan_.seed, sample, block}; }
  // Goes on by swaps_per_edge attempts an edge, those of a sample if not told.
  SwapStats advance(BlockChain& chain, std::size_t block, Rng& rng, Workspaces& workspaces, Stop& stop) const {
    return advance(chain, block, plan_.swaps_per_edge, rng, workspaces, stop);
  }
  SwapStats advance(BlockChain& chain, std::size_t block, double swaps_per_edge, Rng& rng, Workspaces& workspaces,
                    Stop& stop) const;
  void check_prepared() const;
  SwapStats run_all(BlockChains& chains, std::uint64_t sample, int num_threads, Stop& stop) const;
  void collect(const BlockChains& chains, std::vector<Arc>& arcs, Stop& stop) const;

  std::int64_t n_nodes_;
  ChainPlan plan_;
  BlockChains start_;
};

}  // namespace motifcount
