#include "nulls/chained_null.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "support/threads.hpp"

namespace motifcount {
namespace {

// Samples of the streams that are not a user's: of the hidden start, and below it those of the chains.
constexpr std::uint64_t kHiddenStart = std::numeric_limits<std::uint64_t>::max();

}  // namespace

ChainedNull::ChainedNull(std::int64_t n_nodes, ChainPlan plan, int num_threads, Stop& stop)
    : n_nodes_(n_nodes),
      plan_(std::move(plan)),
      start_(observed(stop)),
      start_stats_(run_to_start(num_threads, stop)) {}

BlockChains ChainedNull::observed(Stop& stop) const {
  BlockChains chains;
  for (const Block& block : plan_.blocks) chains.push_back(plan_.make(block, stop));
  return chains;
}

SwapStats ChainedNull::advance(BlockChain& chain, std::size_t block, Rng& rng, Workspaces& workspaces,
                               Stop& stop) const {
  const auto n_edges = static_cast<double>(plan_.blocks[block].edges.size());
  return chain.run(static_cast<std::int64_t>(std::ceil(plan_.swaps_per_edge * n_edges)), rng, workspaces, stop);
}

// Small blocks are run side by side, then large ones one after another, by all threads each.
SwapStats ChainedNull::run_to_start(int num_threads, Stop& stop) {
  std::vector<SwapStats> stats(start_.size());
  const auto run = [&](std::size_t block, Workspaces& workspaces) {
    Rng rng = stream(kHiddenStart, block);
    stats[block] = advance(*start_[block], block, rng, workspaces, stop);
  };
  std::vector<Workspaces> of_worker(static_cast<std::size_t>(num_threads));
  parallel_for(std::ssize(start_), num_threads, stop, [&](std::int64_t b, int worker) {
    const auto block = static_cast<std::size_t>(b);
    if (!start_[block]->is_parallel()) run(block, of_worker[static_cast<std::size_t>(worker)]);
  });
  Workspaces shared(num_threads);
  SwapStats total;
  for (std::size_t block = 0; block < start_.size(); ++block) {
    if (start_[block]->is_parallel()) run(block, shared);
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

SwapStats ChainedNull::single(std::vector<Arc>& arcs, Stop& stop) const {
  collect(start_, arcs, stop);
  return start_stats_;
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

class ChainedNull::FromObserved final : public Chain {
 public:
  FromObserved(const ChainedNull& null, std::uint64_t number, Stop& stop) : null_(null), chains_(null.observed(stop)) {
    for (std::size_t b = 0; b < chains_.size(); ++b) streams_.push_back(null.stream(kHiddenStart - 1 - number, b));
  }

  SwapStats advance(Stop& stop) override {
    SwapStats stats;
    for (std::size_t b = 0; b < chains_.size(); ++b)
      stats += null_.advance(*chains_[b], b, streams_[b], workspaces_, stop);
    return stats;
  }
  void collect(std::vector<Arc>& arcs, Stop& stop) const override { null_.collect(chains_, arcs, stop); }

 private:
  const ChainedNull& null_;
  Workspaces workspaces_;
  BlockChains chains_;
  std::vector<Rng> streams_;
};

std::unique_ptr<Drawer> ChainedNull::drawer() const { return std::make_unique<FromStart>(*this); }

std::unique_ptr<Chain> ChainedNull::chain(std::uint64_t number, Stop& stop) const {
  return std::make_unique<FromObserved>(*this, number, stop);
}

}  // namespace motifcount
