// A null model that empties every block and fills it anew, each block from a stream of its own. Pinned blocks stay as
// they are.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "graph/blocks.hpp"
#include "nulls/direct_null.hpp"
#include "support/rng.hpp"

namespace motifcount {

struct EmptyBlock {
  std::vector<std::uint32_t> rows, cols;  // nodes; empty: all nodes of the graph, 0 .. n - 1
  std::uint32_t n_rows = 0, n_cols = 0;
  bool within_layer = false;

  [[nodiscard]] Arc arc(std::uint32_t r, std::uint32_t c) const {
    return {rows.empty() ? r : rows[r], cols.empty() ? c : cols[c]};
  }
};

// `SomeBlock` is an EmptyBlock that knows what it gets: fill(rng, stop, arcs).
template <class SomeBlock>
class FilledBlocks : public DirectNull {
 public:
  [[nodiscard]] std::int64_t n_nodes() const override { return n_nodes_; }

  void draw(std::uint64_t k, std::vector<Arc>& arcs, Stop& stop) const override {
    arcs = pinned_;
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      Rng rng(seed_, k, b);
      blocks_[b].fill(rng, stop, arcs);
    }
  }

 protected:
  FilledBlocks(const std::string& name, std::int64_t n_nodes, std::uint64_t seed) : n_nodes_(n_nodes), seed_(seed) {
    if (n_nodes > kMaxBlockNodes)
      throw NotSupported("null=\"" + name + "\" takes at most " + std::to_string(kMaxBlockNodes) +
                         " nodes; the graph has " + std::to_string(n_nodes));
  }

  void pin(const Block& block) {
    for (const Cell& edge : block.edges) pinned_.push_back({block.rows[edge.source], block.cols[edge.target]});
  }

  [[nodiscard]] EmptyBlock empty_block(std::vector<std::uint32_t> rows, std::vector<std::uint32_t> cols,
                                       bool within_layer) const {
    const auto side = [&](const std::vector<std::uint32_t>& nodes) {
      return static_cast<std::uint32_t>(nodes.empty() ? n_nodes_ : std::ssize(nodes));
    };
    const std::uint32_t n_rows = side(rows), n_cols = side(cols);
    return {std::move(rows), std::move(cols), n_rows, n_cols, within_layer};
  }

  void add(SomeBlock block) { blocks_.push_back(std::move(block)); }

 private:
  std::int64_t n_nodes_;
  std::uint64_t seed_;
  std::vector<SomeBlock> blocks_;
  std::vector<Arc> pinned_;  // arcs of every sample
};

}  // namespace motifcount
