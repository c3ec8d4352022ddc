#include "nulls/chained_null.hpp"

#include <cmath>
#include <stdexcept>

#include "support/threads.hpp"

namespace motifcount {

BlockChains ChainedNull::observed(Stop& stop) const {
  BlockChains chains;
  for (const Block& block : plan_.blocks) chains.push_back(plan_.make(block, stop));
  return chains;
}

SwapStats ChainedNull::advance(BlockChain& chain, std::size_t block, double swaps_per_edge, Rng& rng,
                               Workspaces& workspaces, Stop& stop) const {
  const auto n_edges = static_cast<double>(plan_.blocks[block].edges.size());
  return chain.run(static_cast<std::int64_t>(std::ceil(swaps_per_edge * n_edges)), rng, workspaces, stop);
}

// Small blocks are run side by side, then large ones one after another, by all threads each. One alone tells its steps.
SwapStats ChainedNull::run_all(BlockChains& chains, std::uint64_t sample, int num_threads, Stop& stop) const {
  std::vector<SwapStats> stats(chains.size());
  const auto run = [&](std::size_t block, Workspaces& workspaces) {
    Rng rng = stream(sample, block);
    stats[block] = advance(*chains[block], block, rng, workspaces, stop);
  };
  const auto is_run_alone = [&](std::size_t block) { return chains.size() == 1 || chains[block]->is_parallel(); };
  std::vector<Workspaces> of_worker(static_cast<std::size_t>(num_threads));
  parallel_for(std::ssize(chains), num_threads, stop, [&](std::int64_t b, int worker) {
    const auto block = static_cast<std::size_t>(b);
    if (!is_run_alone(block)) run(block, of_worker[static_cast<std::size_t>(worker)]);
  });
  Workspaces shared(num_threads);
  SwapStats total;
  for (std::size_t block = 0; block < chains.size(); ++block) {
    if (is_run_alone(block)) run(block, shared);
    total += stats[block];
  }
  return total;
}

void ChainedNull::collect(const BlockChains& chains, std::vector<Arc>& arcs, Stop& stop) const {
  std::size_t n_arcs = 0;
  for (const Block& block : plan_.blocks) n_arcs += block.edges.size();
  arcs.clear();
  arcs.reserve(n_arcs);
  PacedStop pace(stop);
  for (std::size_t b = 0; b < chains.size(); ++b) chains[b]->append_arcs(plan_.blocks[b], arcs, pace);
}

void ChainedNull::prepare_drawers(int num_threads, Stop& stop) {
  start_ = observed(stop);
  run_all(start_, kHiddenStart, num_threads, stop);
}

SwapStats ChainedNull::single(std::vector<Arc>& arcs, int num_threads, Stop& stop) const {
  BlockChains chains = observed(stop);
  const SwapStats stats = run_all(chains, kSingle, num_threads, stop);
  collect(chains, arcs, stop);
  return stats;
}

class ChainedNull::FromStart final : public Drawer {
 public:
  explicit FromStart(const ChainedNull& null) : null_(null), chains_(null.start_.size()) {}

  SwapStats draw(std::uint64_t k, std::vector<Arc>& arcs, Stop& stop) override {
    SwapStats stats;
    for (std::size_t b = 0; b < chains_.size(); ++b) {
      null_.start_[b]->copy_to(chains_[b], stop);
      Rng rng = null_.stream(k, b);
      stats += null_.advance(*chains_[b], b, rng, workspaces_, stop);
    }
    null_.collect(chains_, arcs, stop);
    return stats;
  }

 private:
  const ChainedNull& null_;
  Workspaces workspaces_;
  BlockChains chains_;
};

class ChainedNull::Walk final : public Chain {
 public:
  Walk(const ChainedNull& null, BlockChains start, std::uint64_t stream) : null_(null), chains_(std::move(start)) {
    for (std::size_t b = 0; b < chains_.size(); ++b) {
      streams_.push_back(null.stream(stream, b));
      stats_.push_back({null.plan_.blocks[b].source_layer, null.plan_.blocks[b].target_layer});
    }
  }

  void advance(double swaps_per_edge, Stop& stop) override {
    for (std::size_t b = 0; b < chains_.size(); ++b)
      stats_[b].swaps += null_.advance(*chains_[b], b, swaps_per_edge, streams_[b], workspaces_, stop);
  }
  void collect(std::vector<Arc>& arcs, Stop& stop) const override { null_.collect(chains_, arcs, stop); }
  [[nodiscard]] const std::vector<BlockStats>& stats() const override { return stats_; }

 private:
  const ChainedNull& null_;
  Workspaces workspaces_;
  BlockChains chains_;
  std::vector<Rng> streams_;
  std::vector<BlockStats> stats_;
};

std::vector<std::uint8_t> ChainedNull::kinds(Stop& stop) const {
  std::vector<std::uint8_t> kinds;
  if (plan_.blocks.empty() || plan_.blocks.front().kinds.empty()) return kinds;
  for (const Block& block : plan_.blocks) plan_.make(block, stop)->append_kinds(block, kinds);
  return kinds;
}

void ChainedNull::check_prepared() const {
  if (start_.size() != plan_.blocks.size()) throw std::logic_error("a sample before prepare_drawers");
}

std::unique_ptr<Drawer> ChainedNull::drawer() const {
  check_prepared();
  return std::make_unique<FromStart>(*this);
}

std::unique_ptr<Chain> ChainedNull::chain(std::uint64_t number, Stop& stop) const {
  return std::make_unique<Walk>(*this, observed(stop), kHiddenStart - 1 - number);
}

std::unique_ptr<Chain> ChainedNull::chain_of_sample(std::uint64_t k, Stop& stop) const {
  check_prepared();
  BlockChains start(start_.size());
  for (std::size_t b = 0; b < start.size(); ++b) start_[b]->copy_to(start[b], stop);
  auto walk = std::make_unique<Walk>(*this, std::move(start), k);
  walk->advance(plan_.swaps_per_edge, stop);
  return walk;
}

}  // namespace motifcount
