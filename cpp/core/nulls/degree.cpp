#include <cmath>
#include <limits>
#include <set>
#include <span>
#include <type_traits>
#include <utility>
#include <variant>

#include "nulls/mutual_swaps.hpp"
#include "nulls/swap_chain.hpp"
#include "nulls/null_support.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kUnitsPerArc = 4;  // of a PacedStop
constexpr std::uint64_t kHiddenStart = std::numeric_limits<std::uint64_t>::max();

using Chain = std::variant<MutualSwapChain<BitMatrixSet>, MutualSwapChain<HashSet>, SwapChain>;

Chain make_chain(const Block& block, bool keep_mutual, Stop& stop) {
  if (!keep_mutual || !block.within_layer()) return SwapChain(block, stop);
  if (prefers_bits(block.rows.size(), block.cols.size(), block.edges.size()))
    return MutualSwapChain<BitMatrixSet>(block, stop);
  return MutualSwapChain<HashSet>(block, stop);
}

// Reuses the memory of `to` where it is a chain of the same kind.
void copy(const Chain& from, Chain& to, Stop& stop) {
  const auto run = [&]<class Kind>(const Kind& chain) {
    if constexpr (std::is_same_v<Kind, SwapChain>) {
      to = chain;
    } else {
      if (!std::holds_alternative<Kind>(to)) to.template emplace<Kind>();
      std::get<Kind>(to).copy_from(chain, stop);
    }
  };
  std::visit(run, from);
}

bool has_groups(const Chain& chain) {
  const auto* swaps = std::get_if<SwapChain>(&chain);
  return swaps && swaps->has_groups();
}

// Two blocks that lead back and forth between the same two layers can hold mutual edges across them.
bool face_each_other(const std::vector<Block>& blocks) {
  std::set<std::pair<std::int32_t, std::int32_t>> seen;
  for (const Block& block : blocks) {
    if (seen.contains({block.target_layer, block.source_layer})) return true;
    seen.emplace(block.source_layer, block.target_layer);
  }
  return false;
}

class DegreeNull final : public NullModel {
 public:
  template <class Index>
  DegreeNull(const GraphView<Index>& graph, const NullOptions& options, int num_threads, Stop& stop)
      : n_nodes_(graph.out.n_rows()), options_(options), blocks_(linked_blocks(graph, stop)) {
    if (options.keep_mutual && face_each_other(blocks_))
      throw NotSupported(
          "null=\"degree\" with keep_mutual does not take layers with arcs in both directions between them");
    for (const Block& block : blocks_)
      if (block.edges.size() > std::numeric_limits<std::uint32_t>::max())
        throw NotSupported(block_name(block) + " has " + std::to_string(block.edges.size()) +
                           " arcs; null=\"degree\" takes at most 4294967295 in a block");
    start_ = observed(stop);
    std::vector<SwapGroup> workspaces(static_cast<std::size_t>(num_threads));
    std::vector<SwapStats> stats(blocks_.size());
    parallel_for(static_cast<std::int64_t>(blocks_.size()), num_threads, stop, [&](std::int64_t b, int worker) {
      const auto i = static_cast<std::size_t>(b);
      if (has_groups(start_[i])) return;
      Rng rng = stream(kHiddenStart, i);
      stats[i] = advance(start_[i], rng, i, std::span(workspaces).subspan(static_cast<std::size_t>(worker), 1), stop);
    });
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (!has_groups(start_[i])) continue;
      Rng rng = stream(kHiddenStart, i);
      stats[i] = advance(start_[i], rng, i, workspaces, stop);
    }
    for (const SwapStats& block : stats) start_stats_ += block;
  }

  [[nodiscard]] std::unique_ptr<Drawer> drawer() const override;
  [[nodiscard]] std::unique_ptr<Drawer> walker(std::uint64_t chain, Stop& stop) const override;
  [[nodiscard]] std::int64_t n_nodes() const override { return n_nodes_; }

  [[nodiscard]] Rng stream(std::uint64_t sample, std::size_t block) const { return {options_.seed, sample, block}; }

  SwapStats advance(Chain& chain, Rng& rng, std::size_t block, std::span<SwapGroup> workspaces, Stop& stop) const {
    const double n_edges = static_cast<double>(blocks_[block].edges.size());
    const auto attempts = static_cast<std::int64_t>(std::ceil(options_.swaps_per_edge * n_edges));
    const auto run = [&](auto& c) -> SwapStats {
      if constexpr (std::is_same_v<std::decay_t<decltype(c)>, SwapChain>) return c.run(attempts, rng, workspaces, stop);
      else return c.run(attempts, rng, stop);
    };
    return std::visit(run, chain);
  }

  void collect(const std::vector<Chain>& chains, std::vector<Arc>& arcs, Stop& stop) const {
    std::size_t n_arcs = 0;
    for (const Block& block : blocks_) n_arcs += block.edges.size();
    arcs.clear();
    arcs.reserve(n_arcs);
    PacedStop pace(stop);
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      const Block& block = blocks_[b];
      const auto add = [&](std::uint32_t r, std::uint32_t c) {
        pace(kUnitsPerArc);
        arcs.push_back({block.rows[r], block.cols[c]});
      };
      std::visit([&](const auto& chain) { chain.for_each_edge(add); }, chains[b]);
    }
  }

  SwapStats one(std::vector<Arc>& arcs, Stop& stop) const override {
    collect(start_, arcs, stop);
    return start_stats_;
  }

  [[nodiscard]] std::vector<Chain> observed(Stop& stop) const {
    std::vector<Chain> chains;
    for (const Block& block : blocks_) chains.push_back(make_chain(block, options_.keep_mutual, stop));
    return chains;
  }
  [[nodiscard]] const std::vector<Chain>& start() const { return start_; }

 private:
  std::int64_t n_nodes_;
  NullOptions options_;
  std::vector<Block> blocks_;
  std::vector<Chain> start_;  // by block
  SwapStats start_stats_;
};

class DegreeDrawer final : public Drawer {
 public:
  explicit DegreeDrawer(const DegreeNull& null) : null_(null) {}

  SwapStats draw(std::uint64_t k, std::vector<Arc>& arcs, Stop& stop) override {
    chains_.resize(null_.start().size());
    SwapStats stats;
    for (std::size_t b = 0; b < chains_.size(); ++b) {
      copy(null_.start()[b], chains_[b], stop);
      Rng rng = null_.stream(k, b);
      stats += null_.advance(chains_[b], rng, b, {&workspace_, 1}, stop);
    }
    null_.collect(chains_, arcs, stop);
    return stats;
  }

 private:
  const DegreeNull& null_;
  SwapGroup workspace_;
  std::vector<Chain> chains_;
};

class DegreeWalker final : public Drawer {
 public:
  DegreeWalker(const DegreeNull& null, std::uint64_t chain, Stop& stop) : null_(null), chains_(null.observed(stop)) {
    for (std::size_t b = 0; b < chains_.size(); ++b) streams_.push_back(null.stream(kHiddenStart - 1 - chain, b));
  }

  SwapStats draw(std::uint64_t /*k*/, std::vector<Arc>& arcs, Stop& stop) override {
    SwapStats stats;
    for (std::size_t b = 0; b < chains_.size(); ++b)
      stats += null_.advance(chains_[b], streams_[b], b, {&workspace_, 1}, stop);
    null_.collect(chains_, arcs, stop);
    return stats;
  }

 private:
  const DegreeNull& null_;
  SwapGroup workspace_;
  std::vector<Chain> chains_;
  std::vector<Rng> streams_;
};

std::unique_ptr<Drawer> DegreeNull::walker(std::uint64_t chain, Stop& stop) const {
  return std::make_unique<DegreeWalker>(*this, chain, stop);
}

std::unique_ptr<Drawer> DegreeNull::drawer() const { return std::make_unique<DegreeDrawer>(*this); }

}  // namespace

template <class Index>
std::unique_ptr<NullModel> prepare_degree(const GraphView<Index>& graph, const NullOptions& options, int num_threads,
                                          Stop& stop) {
  return std::make_unique<DegreeNull>(graph, options, num_threads, stop);
}

template std::unique_ptr<NullModel> prepare_degree(const GraphView<std::int32_t>&, const NullOptions&, int, Stop&);
template std::unique_ptr<NullModel> prepare_degree(const GraphView<std::int64_t>&, const NullOptions&, int, Stop&);

}  // namespace motifcount
