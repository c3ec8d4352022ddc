// The random networks of Zahn, Daniel and Kutz (2024, arXiv:2403.00974): every live node is covered. Not uniform.
//
// A block keeps its number of weights E between R live sources and C live nodes of the next layer (live: with an arc
// out, or in the last layer). With E > R + C: E - R - C random cells, then for each row and for each column one more
// in a random empty cell of it (anywhere if it is full). Otherwise, before the last layer: min(R + C - E, E - R)
// random cells, one for each row, random cells up to E. Otherwise, into the last layer: an identity,
// extended by rows or columns with a single random one, random cells up to E, rows shuffled. The arcs of a bias node
// are spread uniformly over the live nodes of the next layer.

#include <algorithm>
#include <numeric>
#include <utility>

#include "motifcount/levels.hpp"
#include "motifcount/rng.hpp"
#include "null_support.hpp"

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

// Cells of one block while it is filled.
class Filling {
 public:
  Filling(std::size_t n_rows, std::size_t n_cols, Rng& rng)
      : n_rows_(static_cast<std::uint32_t>(n_rows)),
        n_cols_(static_cast<std::uint32_t>(n_cols)),
        rng_(rng),
        taken_(n_rows * n_cols, 0),
        in_row_(n_rows, 0),
        in_col_(n_cols, 0) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool contains(std::uint32_t r, std::uint32_t c) const { return taken_[cell(r, c)] != 0; }

  void put(std::uint32_t r, std::uint32_t c) {
    taken_[cell(r, c)] = 1;
    ++in_row_[r];
    ++in_col_[c];
    ++size_;
  }
  void put_anywhere(std::size_t n) {
    for (; n > 0; --n) {
      std::uint32_t r, c;
      do {
        r = uniform_below(rng_, n_rows_);
        c = uniform_below(rng_, n_cols_);
      } while (contains(r, c));
      put(r, c);
    }
  }
  bool put_in_row(std::uint32_t r) {
    if (in_row_[r] == n_cols_) return false;
    std::uint32_t c;
    do c = uniform_below(rng_, n_cols_);
    while (contains(r, c));
    put(r, c);
    return true;
  }
  bool put_in_col(std::uint32_t c) {
    if (in_col_[c] == n_rows_) return false;
    std::uint32_t r;
    do r = uniform_below(rng_, n_rows_);
    while (contains(r, c));
    put(r, c);
    return true;
  }

 private:
  [[nodiscard]] std::size_t cell(std::uint32_t r, std::uint32_t c) const { return std::size_t{r} * n_cols_ + c; }

  std::uint32_t n_rows_, n_cols_;
  Rng& rng_;
  std::vector<std::uint8_t> taken_;
  std::vector<std::uint32_t> in_row_, in_col_;
  std::size_t size_ = 0;
};

void fill_amply(Filling& cells, std::uint32_t n_rows, std::uint32_t n_cols, std::size_t n_edges) {
  cells.put_anywhere(n_edges - n_rows - n_cols);
  for (std::uint32_t r = 0; r < n_rows; ++r) cells.put_in_row(r);
  for (std::uint32_t c = 0; c < n_cols; ++c) cells.put_in_col(c);
  cells.put_anywhere(n_edges - cells.size());
}

void fill_sparsely(Filling& cells, std::uint32_t n_rows, std::uint32_t n_cols, std::size_t n_edges) {
  cells.put_anywhere(std::min<std::size_t>(n_rows + n_cols - n_edges, n_edges - n_rows));
  for (std::uint32_t r = 0; r < n_rows; ++r) cells.put_in_row(r);
  cells.put_anywhere(n_edges - cells.size());
}

void fill_last(Filling& cells, std::uint32_t n_rows, std::uint32_t n_cols, std::size_t n_edges) {
  const std::uint32_t side = std::min(n_rows, n_cols);
  for (std::uint32_t k = 0; k < side; ++k) cells.put(k, k);
  for (std::uint32_t c = side; c < n_cols && cells.size() < n_edges; ++c) cells.put_in_col(c);
  for (std::uint32_t r = side; r < n_rows; ++r) cells.put_in_row(r);
  cells.put_anywhere(n_edges - cells.size());
}

void shuffle(std::vector<std::uint32_t>& values, Rng& rng) {
  for (std::size_t k = values.size(); k > 1; --k)
    std::swap(values[k - 1], values[uniform_below(rng, static_cast<std::uint32_t>(k))]);
}

class CoverNull final : public DirectNull {
 public:
  template <class Index>
  CoverNull(const GraphView<Index>& graph, const NullOptions& options)
      : n_nodes_(graph.out.n_rows()), seed_(options.seed) {
    if (graph.layers.empty() || !is_strict(graph.out, graph.layers))
      throw InvalidGraph("null=\"cover\" needs a strictly layered graph (every arc leads from one layer to the next)");
    const auto is_bias = [&](std::size_t v) { return !options.bias_nodes.empty() && options.bias_nodes[v] != 0; };
    const std::size_t n_layers = graph.layer_sizes.size();
    live_.resize(n_layers);
    blocks_.resize(n_layers == 0 ? 0 : n_layers - 1);
    for (std::size_t v = 0; v < graph.layers.size(); ++v) {
      const auto layer = static_cast<std::size_t>(graph.layers[v]);
      const auto degree = static_cast<std::size_t>(graph.out.degree(static_cast<std::int64_t>(v)));
      if (is_bias(v)) {
        if (degree > 0) biases_.push_back({static_cast<std::uint32_t>(v), layer, degree});
      } else {
        if (degree > 0) blocks_[layer].n_edges += degree;
        if (degree > 0 || layer + 1 == n_layers) live_[layer].push_back(static_cast<std::uint32_t>(v));
      }
    }
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      blocks_[b].rows = live_[b];
      blocks_[b].cols = live_[b + 1];
      blocks_[b].into_last = b + 1 == blocks_.size();
      check_room(b, blocks_[b].n_edges, live_[b].size() * live_[b + 1].size());
    }
    for (const BiasArcs& bias : biases_) check_room(bias.layer, bias.n_arcs, live_[bias.layer + 1].size());
  }

  [[nodiscard]] std::int64_t n_nodes() const override { return n_nodes_; }

  void draw(std::uint64_t k, std::vector<Arc>& arcs, Stop& stop) const override {
    arcs.clear();
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      stop.check();
      Rng rng(seed_, k, b);
      draw_block(blocks_[b], rng, arcs);
    }
    for (std::size_t i = 0; i < biases_.size(); ++i) {
      Rng rng(seed_, k, blocks_.size() + i);
      std::vector<std::uint32_t> targets = live_[biases_[i].layer + 1];
      shuffle(targets, rng);
      for (std::size_t t = 0; t < biases_[i].n_arcs; ++t) arcs.push_back({biases_[i].node, targets[t]});
    }
  }

 private:
  static void check_room(std::size_t layer, std::size_t n_edges, std::size_t n_cells) {
    if (n_edges > n_cells)
      throw InvalidGraph("null=\"cover\": " + std::to_string(n_edges) + " arcs leave layer " + std::to_string(layer) +
                         ", but its live nodes and those of the next layer have room for " + std::to_string(n_cells) +
                         "; take out ineffective nodes first");
  }

  static void draw_block(const CoverBlock& block, Rng& rng, std::vector<Arc>& arcs) {
    if (block.n_edges == 0) return;
    const auto n_rows = static_cast<std::uint32_t>(block.rows.size());
    const auto n_cols = static_cast<std::uint32_t>(block.cols.size());
    Filling cells(n_rows, n_cols, rng);
    std::vector<std::uint32_t> rows = block.rows;
    if (block.n_edges > std::size_t{n_rows} + n_cols) fill_amply(cells, n_rows, n_cols, block.n_edges);
    else if (!block.into_last) fill_sparsely(cells, n_rows, n_cols, block.n_edges);
    else {
      fill_last(cells, n_rows, n_cols, block.n_edges);
      shuffle(rows, rng);
    }
    for (std::uint32_t r = 0; r < n_rows; ++r)
      for (std::uint32_t c = 0; c < n_cols; ++c)
        if (cells.contains(r, c)) arcs.push_back({rows[r], block.cols[c]});
  }

  std::int64_t n_nodes_;
  std::uint64_t seed_;
  std::vector<std::vector<std::uint32_t>> live_;  // by layer, without bias nodes
  std::vector<CoverBlock> blocks_;                // by source layer
  std::vector<BiasArcs> biases_;
};

}  // namespace

template <class Index>
std::unique_ptr<NullModel> prepare_cover(const GraphView<Index>& graph, const NullOptions& options) {
  return std::make_unique<CoverNull>(graph, options);
}

template std::unique_ptr<NullModel> prepare_cover(const GraphView<std::int32_t>&, const NullOptions&);
template std::unique_ptr<NullModel> prepare_cover(const GraphView<std::int64_t>&, const NullOptions&);

}  // namespace motifcount
