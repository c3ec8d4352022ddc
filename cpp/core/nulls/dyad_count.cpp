// Every layer keeps its numbers of mutual and of asymmetric pairs; two layers keep the numbers of pairs that are
// mutual, that lead there, and that lead back. Uniform. Pinned blocks stay as they are.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "nulls/dyads_of_block.hpp"
#include "nulls/edge_sets.hpp"
#include "nulls/filled_blocks.hpp"
#include "nulls/registry.hpp"

namespace motifcount {
namespace {

// What joins the nodes of a pair; kThere leads from row to column, within a layer either way.
enum Dyad : std::uint8_t { kNull, kMutual, kThere, kBack, kDyadStates };

// So many of its pairs (row, column) are in each state.
struct PairBlock : EmptyBlock {
  std::array<std::uint64_t, kDyadStates> n_pairs{};

  [[nodiscard]] std::uint64_t size() const {
    return within_layer ? std::uint64_t{n_rows} * (n_rows - 1) / 2 : std::uint64_t{n_rows} * n_cols;
  }
  [[nodiscard]] Dyad most_frequent() const {
    return static_cast<Dyad>(std::ranges::max_element(n_pairs) - n_pairs.begin());
  }
  void fill(Rng& rng, Stop& stop, std::vector<Arc>& arcs) const;
};

class PairFilling {
 public:
  PairFilling(const PairBlock& block, Rng& rng, Stop& stop, std::vector<Arc>& arcs)
      : block_(block), rng_(rng), stop_(stop), arcs_(arcs) {}

  // Pairs of all states but the most frequent are drawn, each among those that are free, which at least a quarter are;
  // all others are of that state.
  void fill() {
    const std::size_t n_drawn = block_.size() - block_.n_pairs[block_.most_frequent()];
    if (prefers_bits(block_.n_rows, block_.n_cols, n_drawn)) fill<BitMatrixSet>(n_drawn);
    else fill<HashSet>(n_drawn);
  }

 private:
  template <class Set>
  void fill(std::size_t n_drawn) {
    const Dyad most = block_.most_frequent();
    Set taken(block_.n_rows, block_.n_cols, n_drawn, stop_);
    const PairDraw draw(block_.n_rows, block_.n_cols);
    for (const Dyad state : {kNull, kMutual, kThere, kBack}) {
      if (state == most) continue;
      for (std::uint64_t left = block_.n_pairs[state]; left > 0;) {
        if (left % 65536 == 0) stop_.check();
        const auto [first, second] = draw(rng_);
        if (block_.within_layer && first == second) continue;
        const bool is_turned = block_.within_layer && first > second;
        const auto [r, c] = is_turned ? std::pair{second, first} : std::pair{first, second};
        if (taken.contains(r, c)) continue;
        taken.insert(r, c);
        put(state, r, c, is_turned);
        --left;
      }
    }
    if (most == kNull) return;
    PacedStop pace(stop_);
    for (std::uint32_t r = 0; r < block_.n_rows; ++r) {
      pace(block_.n_cols);
      for (std::uint32_t c = block_.within_layer ? r + 1 : 0; c < block_.n_cols; ++c)
        if (!taken.contains(r, c)) put(most, r, c, block_.within_layer && most == kThere && rng_.next() >> 63 != 0);
    }
  }

  void put(Dyad state, std::uint32_t r, std::uint32_t c, bool is_turned) {
    const Arc there = block_.arc(r, c);
    const bool leads_back = state == kBack || (state == kThere && is_turned);
    if (state != kNull && !leads_back) arcs_.push_back(there);
    if (state == kMutual || leads_back) arcs_.push_back({there.target, there.source});
  }

  const PairBlock& block_;
  Rng& rng_;
  Stop& stop_;
  std::vector<Arc>& arcs_;
};

void PairBlock::fill(Rng& rng, Stop& stop, std::vector<Arc>& arcs) const { PairFilling(*this, rng, stop, arcs).fill(); }

class DyadCountNull final : public FilledBlocks<PairBlock> {
 public:
  template <class Index>
  DyadCountNull(const GraphView<Index>& graph, const NullOptions& /*options*/, std::uint64_t seed, int /*num_threads*/,
                Stop& stop)
      : FilledBlocks("dyad_count", graph.n_nodes, seed) {
    const NodeGroups& groups = graph.groups;
    const auto units = units_by_layer(groups);
    const auto units_of = [&](std::int32_t layer) {
      return units.empty() ? std::vector<std::uint32_t>{} : units[static_cast<std::size_t>(layer)];
    };
    std::vector<Block> observed = linked_blocks(graph, stop);
    join_facing(observed, stop);
    for (const Block& block : observed) {
      if (block.is_pinned) {
        pin(block);
        continue;
      }
      std::uint64_t mutual = 0, there = 0, back = 0;
      std::map<std::uint32_t, std::uint64_t> of_bias;  // a block of its own for each
      const auto count = [&](const Cell& edge) {
        const std::uint32_t source = block.rows[edge.source];
        if (!groups.layers.empty() && groups.is_bias(source)) ++of_bias[source];
        else ++(block.both_directions() && edge.source >= block.n_first ? back : there);
      };
      if (block.within_layer() || block.both_directions())
        for_each_dyad(block, stop, count, [&](const Cell&) { ++mutual; });
      else std::ranges::for_each(block.edges, count);
      add_block(units_of(block.source_layer), units_of(block.target_layer), block.within_layer(), mutual, there, back);
      for (const auto& [bias, n_arcs] : of_bias) {
        const bool leads_back = groups.layers[bias] != block.source_layer;
        add_block({bias}, units_of(leads_back ? block.source_layer : block.target_layer), false, 0, n_arcs, 0);
      }
    }
  }

 private:
  void add_block(std::vector<std::uint32_t> rows, std::vector<std::uint32_t> cols, bool within_layer,
                 std::uint64_t mutual, std::uint64_t there, std::uint64_t back) {
    if (mutual + there + back == 0) return;
    PairBlock block{empty_block(std::move(rows), std::move(cols), within_layer), {0, mutual, there, back}};
    block.n_pairs[kNull] = block.size() - mutual - there - back;
    add(std::move(block));
  }
};

}  // namespace

NullEntry dyad_count_null() { return null_entry<DyadCountNull>("dyad_count", {}); }

}  // namespace motifcount
