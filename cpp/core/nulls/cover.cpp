// The random networks of Zahn, Daniel and Kutz (2024, arXiv:2403.00974): every sending node is covered. Not uniform.
//
// A block keeps its number of weights E between R sending sources and C sending nodes of the next layer (sending: with
// an arc out, or in the last layer). With E > R + C: E - R - C random cells, then for each row and for each column one
// more in a random empty cell of it (anywhere if it is full). Otherwise, before the last layer: min(R + C - E, E - R)
// random cells, one for each row, random cells up to E. Otherwise, into the last layer: an identity,
// extended by rows or columns with a single random one, random cells up to E, rows shuffled. The arcs of a bias node
// are spread uniformly over all nodes of the next layer but its bias.

#include <algorithm>
#include <utility>

#include "graph/levels.hpp"
#include "nulls/direct_null.hpp"
#include "nulls/edge_sets.hpp"
#include "nulls/registry.hpp"
#include "support/rng.hpp"
#include "support/shuffle.hpp"

namespace motifcount {
namespace {

struct CoverBlock {
  std::vector<std::uint32_t> rows, cols;
  std::size_t n_edges = 0;
  bool into_last = false;
};

struct BiasArcs {
  std::uint32_t node = 0;
  std::size_t layer = 0;
  std::size_t n_arcs = 0;
};

// Cells of one block while it is filled; each becomes an arc at once.
template <class Set>
class CoverFilling {
 public:
  CoverFilling(const CoverBlock& block, std::vector<std::uint32_t> rows, Rng& rng, std::vector<Arc>& arcs, Stop& stop)
      : n_rows(static_cast<std::uint32_t>(block.rows.size())),
        n_cols(static_cast<std::uint32_t>(block.cols.size())),
        n_edges(block.n_edges),
        rows_(std::move(rows)),
        cols_(block.cols),
        rng_(rng),
        arcs_(arcs),
        stop_(stop),
        taken_(n_rows, n_cols, block.n_edges, stop),
        in_row_(n_rows, 0),
        in_col_(n_cols, 0) {}

  const std::uint32_t n_rows, n_cols;
  const std::size_t n_edges;

  [[nodiscard]] std::size_t size() const { return size_; }

  void put(std::uint32_t r, std::uint32_t c) {
    if (size_ % 65536 == 0) stop_.check();
    taken_.insert(r, c);
    arcs_.push_back({rows_[r], cols_[c]});
    ++in_row_[r];
    ++in_col_[c];
    ++size_;
  }
  void put_anywhere(std::size_t n) {
    const PairDraw cell(n_rows, n_cols);
    while (n > 0) {
      const auto [r, c] = cell(rng_);
      if (taken_.contains(r, c)) continue;
      put(r, c);
      --n;
    }
  }
  void put_in_row(std::uint32_t r) {
    if (in_row_[r] == n_cols) return;
    std::uint32_t c;
    do c = uniform_below(rng_, n_cols);
    while (taken_.contains(r, c));
    put(r, c);
  }
  void put_in_col(std::uint32_t c) {
    if (in_col_[c] == n_rows) return;
    std::uint32_t r;
    do r = uniform_below(rng_, n_rows);
    while (taken_.contains(r, c));
    put(r, c);
  }

 private:
  std::vector<std::uint32_t> rows_;
  const std::vector<std::uint32_t>& cols_;
  Rng& rng_;
  std::vector<Arc>& arcs_;
  Stop& stop_;
  Set taken_;
  std::vector<std::uint32_t> in_row_, in_col_;
  std::size_t size_ = 0;
};

template <class Set>
void fill_amply(CoverFilling<Set>& cells) {
  cells.put_anywhere(cells.n_edges - cells.n_rows - cells.n_cols);
  for (std::uint32_t r = 0; r < cells.n_rows; ++r) cells.put_in_row(r);
  for (std::uint32_t c = 0; c < cells.n_cols; ++c) cells.put_in_col(c);
  cells.put_anywhere(cells.n_edges - cells.size());
}

template <class Set>
void fill_sparsely(CoverFilling<Set>& cells) {
  cells.put_anywhere(std::min(std::size_t{cells.n_rows} + cells.n_cols - cells.n_edges, cells.n_edges - cells.n_rows));
  for (std::uint32_t r = 0; r < cells.n_rows; ++r) cells.put_in_row(r);
  cells.put_anywhere(cells.n_edges - cells.size());
}

template <class Set>
void fill_last(CoverFilling<Set>& cells) {
  const std::uint32_t side = std::min(cells.n_rows, cells.n_cols);
  for (std::uint32_t k = 0; k < side; ++k) cells.put(k, k);
  for (std::uint32_t c = side; c < cells.n_cols && cells.size() < cells.n_edges; ++c) cells.put_in_col(c);
  for (std::uint32_t r = side; r < cells.n_rows; ++r) cells.put_in_row(r);
  cells.put_anywhere(cells.n_edges - cells.size());
}

class CoverNull final : public DirectNull {
 public:
  template <class Index>
  CoverNull(const GraphView<Index>& graph, const NullOptions& /*options*/, std::uint64_t seed, int num_threads,
            Stop& stop)
      : n_nodes_(graph.out.n_rows()), seed_(seed) {
    const NodeGroups& groups = graph.groups;
    if ((groups.layers.empty() && n_nodes_ > 0) || !is_strict(graph.out, groups.layers, num_threads, stop))
      throw InvalidGraph("null=\"cover\" needs a strictly layered graph (every edge leads from one layer to the next)");
    const std::size_t n_layers = groups.layer_sizes.size();
    std::vector<std::vector<std::uint32_t>> sending(n_layers);
    if (std::ranges::any_of(groups.pinned, [](std::uint8_t pinned) { return pinned != 0; }))
      throw NotSupported("null=\"cover\" takes no layers whose incoming arcs stay in place (sums)");
    units_.resize(n_layers);
    blocks_.resize(n_layers == 0 ? 0 : n_layers - 1);
    for (std::size_t v = 0; v < groups.layers.size(); ++v) {
      const auto layer = static_cast<std::size_t>(groups.layers[v]);
      const auto degree = static_cast<std::size_t>(graph.out.degree(static_cast<std::int64_t>(v)));
      const auto node = static_cast<std::uint32_t>(v);
      if (groups.is_bias(v)) {
        if (degree > 0) biases_.push_back({node, layer, degree});
        continue;
      }
      units_[layer].push_back(node);
      if (degree > 0) blocks_[layer].n_edges += degree;
      if (degree > 0 || layer + 1 == n_layers) sending[layer].push_back(node);
    }
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      blocks_[b].rows = sending[b];
      blocks_[b].cols = sending[b + 1];
      blocks_[b].into_last = b + 1 == blocks_.size();
      check_room(b, blocks_[b]);
    }
  }

  [[nodiscard]] std::int64_t n_nodes() const override { return n_nodes_; }

  void draw(std::uint64_t k, std::vector<Arc>& arcs, Stop& stop) const override {
    arcs.clear();
    PacedStop pace(stop);
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      Rng rng(seed_, k, b);
      draw_block(blocks_[b], rng, arcs, stop);
    }
    for (std::size_t i = 0; i < biases_.size(); ++i) {
      Rng rng(seed_, k, blocks_.size() + i);
      std::vector<std::uint32_t> targets = units_[biases_[i].layer + 1];
      shuffle(targets, rng, pace);
      for (std::size_t t = 0; t < biases_[i].n_arcs; ++t) arcs.push_back({biases_[i].node, targets[t]});
    }
  }

 private:
  static void check_room(std::size_t layer, const CoverBlock& block) {
    const std::size_t n_cells = block.rows.size() * block.cols.size();
    if (block.n_edges > n_cells)
      throw InvalidGraph("null=\"cover\": " + std::to_string(block.n_edges) + " arcs leave layer " +
                         std::to_string(layer) + ", but its sending nodes and those of the next layer have room for " +
                         std::to_string(n_cells) + "; take out ineffective nodes first");
  }

  static void draw_block(const CoverBlock& block, Rng& rng, std::vector<Arc>& arcs, Stop& stop) {
    if (block.n_edges == 0) return;
    if (prefers_bits(block.rows.size(), block.cols.size(), block.n_edges)) fill<BitMatrixSet>(block, rng, arcs, stop);
    else fill<HashSet>(block, rng, arcs, stop);
  }

  template <class Set>
  static void fill(const CoverBlock& block, Rng& rng, std::vector<Arc>& arcs, Stop& stop) {
    const bool ample = block.n_edges > block.rows.size() + block.cols.size();
    std::vector<std::uint32_t> rows = block.rows;
    if (!ample && block.into_last) {
      PacedStop pace(stop);
      shuffle(rows, rng, pace);
    }
    CoverFilling<Set> cells(block, std::move(rows), rng, arcs, stop);
    if (ample) fill_amply(cells);
    else if (block.into_last) fill_last(cells);
    else fill_sparsely(cells);
  }

  std::int64_t n_nodes_;
  std::uint64_t seed_;
  std::vector<std::vector<std::uint32_t>> units_;  // by layer, the nodes that are no bias
  std::vector<CoverBlock> blocks_;                 // by source layer
  std::vector<BiasArcs> biases_;
};

}  // namespace

NullEntry cover_null() { return null_entry<CoverNull>("cover", {}); }

}  // namespace motifcount
