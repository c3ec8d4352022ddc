// Every block keeps its number of arcs; uniform. Pinned blocks stay as they are.
#include <map>
#include <utility>

#include "nulls/direct_null.hpp"
#include "nulls/edge_sets.hpp"
#include "nulls/registry.hpp"
#include "support/rng.hpp"

namespace motifcount {
namespace {

// A block to be filled with `n_edges` arcs, uniformly among its cells.
struct EmptyBlock {
  std::vector<std::uint32_t> rows, cols;  // nodes; empty: all nodes of the graph, 0 .. n - 1
  std::uint32_t n_rows = 0, n_cols = 0;
  bool within_layer = false;
  std::size_t n_edges = 0;

  [[nodiscard]] Count n_cells() const { return Count{n_rows} * n_cols - (within_layer ? n_rows : 0); }
  [[nodiscard]] Arc arc(std::uint32_t r, std::uint32_t c) const {
    return {rows.empty() ? r : rows[r], cols.empty() ? c : cols[c]};
  }
};

// Distinct cells of independent uniform draws, until there are `wanted`: a uniform subset of that size.
template <class Set, class Visit>
void draw_cells(const EmptyBlock& block, std::size_t wanted, Set& set, Rng& rng, Stop& stop, Visit visit) {
  const PairDraw draw(block.n_rows, block.n_cols);
  for (std::size_t drawn = 0; drawn < wanted;) {
    if (drawn % 65536 == 0) stop.check();
    const auto [r, c] = draw(rng);
    if ((block.within_layer && r == c) || set.contains(r, c)) continue;
    set.insert(r, c);
    visit(r, c);
    ++drawn;
  }
}

template <class Set>
void fill(const EmptyBlock& block, Rng& rng, Stop& stop, std::vector<Arc>& arcs) {
  const Count cells = block.n_cells();
  if (2 * Count{static_cast<std::int64_t>(block.n_edges)} <= cells) {
    Set set(block.n_rows, block.n_cols, block.n_edges, stop);
    draw_cells(block, block.n_edges, set, rng, stop,
               [&](std::uint32_t r, std::uint32_t c) { arcs.push_back(block.arc(r, c)); });
    return;
  }
  // More than half full: draw the holes. At most twice n_edges cells are walked.
  const auto holes = static_cast<std::size_t>(cells) - block.n_edges;
  Set set(block.n_rows, block.n_cols, holes, stop);
  draw_cells(block, holes, set, rng, stop, [](std::uint32_t, std::uint32_t) {});
  for (std::uint32_t r = 0; r < block.n_rows; ++r) {
    if (arcs.size() % 65536 < block.n_cols) stop.check();
    for (std::uint32_t c = 0; c < block.n_cols; ++c)
      if (!(block.within_layer && r == c) && !set.contains(r, c)) arcs.push_back(block.arc(r, c));
  }
}

class EdgeCountNull final : public DirectNull {
 public:
  template <class Index>
  EdgeCountNull(const GraphView<Index>& graph, const NullOptions& /*options*/, std::uint64_t seed, int /*num_threads*/,
                Stop& stop)
      : n_nodes_(graph.n_nodes), seed_(seed) {
    if (n_nodes_ > kMaxBlockNodes)
      throw NotSupported("null=\"edge_count\" takes at most " + std::to_string(kMaxBlockNodes) +
                         " nodes; the graph has " + std::to_string(n_nodes_));
    const NodeGroups& groups = graph.groups;
    if (groups.layers.empty()) {
      add_block({}, {}, true, static_cast<std::size_t>(graph.out.n_edges()));
      return;
    }
    const auto units = units_by_layer(groups);
    for (const Block& observed : linked_blocks(graph, stop)) {
      if (observed.is_pinned) {
        for (const Cell& edge : observed.edges)
          pinned_.push_back({observed.rows[edge.source], observed.cols[edge.target]});
        continue;
      }
      std::size_t n_edges = 0;
      std::map<std::uint32_t, std::size_t> of_bias;  // a block of its own for each
      for (const Cell& edge : observed.edges) {
        const std::uint32_t source = observed.rows[edge.source];
        ++(groups.is_bias(source) ? of_bias[source] : n_edges);
      }
      const auto& targets = units[static_cast<std::size_t>(observed.target_layer)];
      add_block(units[static_cast<std::size_t>(observed.source_layer)], targets, observed.within_layer(), n_edges);
      for (const auto& [bias, n_arcs] : of_bias) add_block({bias}, targets, false, n_arcs);
    }
  }

  [[nodiscard]] std::int64_t n_nodes() const override { return n_nodes_; }

  void draw(std::uint64_t k, std::vector<Arc>& arcs, Stop& stop) const override {
    arcs = pinned_;
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      Rng rng(seed_, k, b);
      const EmptyBlock& block = blocks_[b];
      if (prefers_bits(block.n_rows, block.n_cols, block.n_edges)) fill<BitMatrixSet>(block, rng, stop, arcs);
      else fill<HashSet>(block, rng, stop, arcs);
    }
  }

 private:
  void add_block(std::vector<std::uint32_t> rows, std::vector<std::uint32_t> cols, bool within_layer,
                 std::size_t n_edges) {
    if (n_edges == 0) return;
    const auto side = [&](const std::vector<std::uint32_t>& nodes) {
      return static_cast<std::uint32_t>(nodes.empty() ? n_nodes_ : std::ssize(nodes));
    };
    const std::uint32_t n_rows = side(rows), n_cols = side(cols);
    blocks_.push_back({std::move(rows), std::move(cols), n_rows, n_cols, within_layer, n_edges});
  }

  std::int64_t n_nodes_;
  std::uint64_t seed_;
  std::vector<EmptyBlock> blocks_;
  std::vector<Arc> pinned_;  // arcs of every sample
};

}  // namespace

NullEntry edge_count_null() { return null_entry<EdgeCountNull>("edge_count", {}); }

}  // namespace motifcount
