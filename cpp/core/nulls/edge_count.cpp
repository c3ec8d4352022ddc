// Every block keeps its number of arcs; uniform. Pinned blocks stay as they are.
#include <map>
#include <utility>

#include "nulls/edge_sets.hpp"
#include "nulls/filled_blocks.hpp"
#include "nulls/registry.hpp"

namespace motifcount {
namespace {

// Filled with `n_edges` arcs, uniformly among its cells.
struct CellBlock : EmptyBlock {
  std::size_t n_edges = 0;

  [[nodiscard]] Count n_cells() const { return Count{n_rows} * n_cols - (within_layer ? n_rows : 0); }
  void fill(Rng& rng, Stop& stop, std::vector<Arc>& arcs) const;
};

// Distinct cells of independent uniform draws, until there are `wanted`: a uniform subset of that size.
template <class Set, class Visit>
void draw_cells(const CellBlock& block, std::size_t wanted, Set& set, Rng& rng, Stop& stop, Visit visit) {
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
void fill_by(const CellBlock& block, Rng& rng, Stop& stop, std::vector<Arc>& arcs) {
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

void CellBlock::fill(Rng& rng, Stop& stop, std::vector<Arc>& arcs) const {
  if (prefers_bits(n_rows, n_cols, n_edges)) fill_by<BitMatrixSet>(*this, rng, stop, arcs);
  else fill_by<HashSet>(*this, rng, stop, arcs);
}

class EdgeCountNull final : public FilledBlocks<CellBlock> {
 public:
  template <class Index>
  EdgeCountNull(const GraphView<Index>& graph, const NullOptions& /*options*/, std::uint64_t seed, int /*num_threads*/,
                Stop& stop)
      : FilledBlocks("edge_count", graph.n_nodes, seed) {
    const NodeGroups& groups = graph.groups;
    if (groups.layers.empty()) {
      add_block({}, {}, true, static_cast<std::size_t>(graph.out.n_edges()));
      return;
    }
    const auto units = units_by_layer(groups);
    for (const Block& observed : linked_blocks(graph, stop)) {
      if (observed.is_pinned) {
        pin(observed);
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

 private:
  void add_block(std::vector<std::uint32_t> rows, std::vector<std::uint32_t> cols, bool within_layer,
                 std::size_t n_edges) {
    if (n_edges > 0) add({empty_block(std::move(rows), std::move(cols), within_layer), n_edges});
  }
};

}  // namespace

NullEntry edge_count_null() { return null_entry<EdgeCountNull>("edge_count", {}); }

}  // namespace motifcount
