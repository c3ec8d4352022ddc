#include "nulls/holes.hpp"

#include <numeric>
#include <span>
#include <utility>

namespace motifcount {
namespace {

// visit(r, c) for the free cells of a block beside those taken, which are sorted.
template <class Visit>
void for_each_free(const Block& block, std::span<const Cell> taken, PacedStop& pace, Visit visit) {
  const auto n_rows = static_cast<std::uint32_t>(block.rows.size()),
             n_cols = static_cast<std::uint32_t>(block.cols.size());
  std::size_t k = 0;
  for (std::uint32_t r = 0; r < n_rows; ++r) {
    pace(n_cols);
    for (std::uint32_t c = 0; c < n_cols; ++c) {
      if (k < taken.size() && taken[k] == Cell{r, c}) ++k;
      else if (block.has_cell(r, c)) visit(r, c);
    }
  }
}

// As many attempts a hole as are asked for an edge.
std::int64_t attempts_on_holes(std::int64_t attempts, std::uint64_t n_holes, std::uint64_t n_edges) {
  const Count asked = Count{attempts} * static_cast<Count>(n_holes), all = static_cast<Count>(n_edges);
  return static_cast<std::int64_t>((asked + all - 1) / all);
}

// Sorted by row, then column.
std::vector<Cell> sorted(const std::vector<Arc>& cells, std::uint32_t n_rows, std::uint32_t n_cols, PacedStop& pace) {
  std::vector<Cell> by_column(cells.size()), by_row(cells.size());
  const auto place = [&](const auto& from, auto& to, std::uint32_t n, std::uint32_t Cell::* end) {
    std::vector<std::size_t> first(std::size_t{n} + 1, 0);
    for (const Cell& cell : from) ++first[cell.*end + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    for (const Cell& cell : from) {
      pace(4);
      to[first[cell.*end]++] = cell;
    }
  };
  place(cells, by_column, n_cols, &Cell::target);
  place(by_column, by_row, n_rows, &Cell::source);
  return by_row;
}

// The edges between some nodes of a block, as a block, and the other edges.
struct PartOfBlock {
  PartOfBlock(const Block& block, std::span<const std::uint32_t> nodes, Stop& stop) : n_nodes(block.rows.size()) {
    constexpr std::uint32_t none = 0xffffffff;
    std::vector<std::uint32_t> place(n_nodes, none);
    for (std::uint32_t k = 0; k < nodes.size(); ++k) place[nodes[k]] = k;
    inner = block;
    inner.edges.clear();
    inner.rows.resize(nodes.size());  // numbered, as those of the block
    inner.cols.resize(nodes.size());
    PacedStop pace(stop);
    for_each_paced(block.edges, pace, [&](const Cell& edge) {
      const Cell inside{place[edge.source], place[edge.target]};
      if (inside.source != none && inside.target != none) inner.edges.push_back(inside);
      else others.push_back({edge.source, edge.target});
    });
  }

  std::vector<Cell> all_edges(std::span<const std::uint32_t> nodes, Stop& stop) const {
    std::vector<Arc> cells = others;
    PacedStop pace(stop);
    for_each_paced(inner.edges, pace,
                   [&](const Cell& edge) { cells.push_back({nodes[edge.source], nodes[edge.target]}); });
    return sorted(cells, static_cast<std::uint32_t>(n_nodes), static_cast<std::uint32_t>(n_nodes), pace);
  }

  std::size_t n_nodes;
  Block inner;
  std::vector<Arc> others;
};

}  // namespace

Block holes_of(const Block& block, Stop& stop) {
  Block holes;
  holes.source_layer = block.source_layer;
  holes.target_layer = block.target_layer;
  holes.n_first = block.n_first;
  holes.rows.resize(block.rows.size());
  holes.cols.resize(block.cols.size());
  std::iota(holes.rows.begin(), holes.rows.end(), 0u);
  std::iota(holes.cols.begin(), holes.cols.end(), 0u);
  PacedStop pace(stop);
  for_each_free(block, block.edges, pace, [&](std::uint32_t r, std::uint32_t c) { holes.edges.push_back({r, c}); });
  return holes;
}

HolesChain::HolesChain(const Block& block, Block positions, std::unique_ptr<BlockChain> holes)
    : n_edges_(block.edges.size()), n_holes_(positions.edges.size()), holes_(std::move(holes)) {
  positions.edges = {};
  positions_ = std::make_shared<const Block>(std::move(positions));
}

HolesChain::HolesChain(const HolesChain& other, std::unique_ptr<BlockChain> holes)
    : n_edges_(other.n_edges_), n_holes_(other.n_holes_), positions_(other.positions_), holes_(std::move(holes)) {}

SwapStats HolesChain::run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) {
  return holes_->run(attempts_on_holes(attempts, n_holes_, n_edges_), rng, workspaces, stop);
}

void HolesChain::copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const {
  auto* const same = dynamic_cast<HolesChain*>(target.get());
  std::unique_ptr<BlockChain> holes = same ? std::move(same->holes_) : nullptr;
  holes_->copy_to(holes, stop);
  target = std::unique_ptr<BlockChain>(new HolesChain(*this, std::move(holes)));
}

void HolesChain::append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const {
  const auto n_rows = static_cast<std::uint32_t>(block.rows.size());
  const auto n_cols = static_cast<std::uint32_t>(block.cols.size());
  std::vector<Arc> holes;
  holes_->append_arcs(*positions_, holes, pace);
  for_each_free(block, sorted(holes, n_rows, n_cols, pace), pace,
                [&](std::uint32_t r, std::uint32_t c) { arcs.push_back({block.rows[r], block.cols[c]}); });
}

EdgesAndHolesChain::EdgesAndHolesChain(Block block, std::vector<std::uint32_t> part, Make make)
    : block_(std::move(block)), part_(std::move(part)), make_(std::move(make)) {
  std::iota(block_.rows.begin(), block_.rows.end(), 0u);
  std::iota(block_.cols.begin(), block_.cols.end(), 0u);
}

SwapStats EdgesAndHolesChain::run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) {
  SwapStats stats;
  const auto move = [&](Block& block, std::int64_t n) {
    const std::unique_ptr<BlockChain> chain = make_(block, stop);
    stats += chain->run(n, rng, workspaces, stop);
    PacedStop pace(stop);
    std::vector<Arc> cells;
    chain->append_arcs(block, cells, pace);
    block.edges = sorted(cells, static_cast<std::uint32_t>(block.rows.size()),
                         static_cast<std::uint32_t>(block.cols.size()), pace);
  };
  const std::int64_t half = (attempts + 1) / 2;
  Block block = block_;
  move(block, half);
  PartOfBlock part(block, part_, stop);
  Block holes = holes_of(part.inner, stop);
  if (!holes.edges.empty()) {
    move(holes, attempts_on_holes(attempts, holes.edges.size(), block.edges.size()));
    part.inner.edges = holes_of(holes, stop).edges;
    block.edges = part.all_edges(part_, stop);
  }
  move(block, half);
  block_ = std::move(block);
  return stats;
}

bool EdgesAndHolesChain::is_parallel() const {
  constexpr std::size_t many = 1 << 16;
  return block_.edges.size() >= many;
}

void EdgesAndHolesChain::copy_to(std::unique_ptr<BlockChain>& target, Stop& /*stop*/) const {
  copy_chain(*this, target);
}

void EdgesAndHolesChain::append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const {
  for_each_paced(block_.edges, pace,
                 [&](const Cell& edge) { arcs.push_back({block.rows[edge.source], block.cols[edge.target]}); });
}

}  // namespace motifcount
