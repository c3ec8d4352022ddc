#include "nulls/kind_cycles.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>

namespace motifcount {
namespace {

constexpr std::int64_t kWalksPerCheck = 1 << 12;
constexpr std::uint64_t kShortest = 8;
constexpr double kSourcesPerAttempt = 4;
constexpr std::uint32_t kNotSeen = 0xffffffff;

// Memory of a run.
struct CycleWorkspace {
  std::vector<std::uint32_t> seen;       // by source, its place in the walk
  std::vector<std::uint32_t> out, back;  // by place in the walk: the edge that leaves the source, and the next one
};

// Over the edges and all other kinds, the share of nodes at one side without an edge of such a kind.
double dead_ends(const Block& block, const KindedRows& rows, std::uint32_t Cell::* node, std::uint32_t n_kinds) {
  std::int64_t dead = 0;
  for (std::size_t e = 0; e < block.edges.size(); ++e)
    for (std::uint32_t kind = 0; kind < n_kinds; ++kind) dead += !rows.has(block.edges[e].*node, kind);
  return static_cast<double>(dead) / (static_cast<double>(block.edges.size()) * std::max(n_kinds - 1, 1u));
}

// Walks of so many sources mix as far as that many attempts to swap, or farther.
std::int64_t attempts_of_walk(std::size_t n_rows, double dead_rows, double dead_cols) {
  const double ends = 1 - (1 - dead_rows) * (1 - dead_cols);  // of a step to the next source
  return std::max<std::int64_t>(
      1, std::llround(std::min(std::sqrt(n_rows), 1 / std::max(ends, 1e-9)) / kSourcesPerAttempt));
}

}  // namespace

KindedRows::KindedRows(const Block& block, std::uint32_t Cell::* node, std::uint32_t Cell::* end, std::size_t n_nodes,
                       std::size_t n_kinds)
    : n_kinds_(n_kinds), first_(n_nodes * n_kinds + 2, 0), steps_(block.edges.size()), place_(block.edges.size()) {
  const auto slot = [&](std::size_t e) { return block.edges[e].*node * n_kinds_ + block.kinds[e]; };
  for (std::size_t e = 0; e < steps_.size(); ++e) ++first_[slot(e) + 2];
  for (std::size_t k = 2; k < first_.size(); ++k) first_[k] += first_[k - 1];
  for (std::size_t e = 0; e < steps_.size(); ++e) {
    place_[e] = first_[slot(e) + 1]++;
    steps_[place_[e]] = {static_cast<std::uint32_t>(e), block.edges[e].*end};
  }
}

KindCycles::KindCycles(const Block& block, Stop& stop)
    : edges_(std::make_shared<const std::vector<Cell>>(block.edges)),
      n_rows_(block.rows.size()),
      n_kinds_(std::uint32_t{1} + *std::ranges::max_element(block.kinds)),
      shortest_(std::max(kShortest, std::bit_ceil(static_cast<std::uint64_t>(2 * std::sqrt(block.rows.size()))))),
      rows_(block, &Cell::source, &Cell::target, block.rows.size(), n_kinds_),
      cols_(block, &Cell::target, &Cell::source, block.cols.size(), n_kinds_),
      attempts_per_walk_(attempts_of_walk(n_rows_, dead_ends(block, rows_, &Cell::source, n_kinds_),
                                          dead_ends(block, cols_, &Cell::target, n_kinds_))),
      kinds_(block.kinds) {
  stop.check();
}

void KindCycles::copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const {
  stop.check();
  copy_chain(*this, target);
}

// Kind by kind, so that the kind of each place is the same in every state.
void KindCycles::append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const {
  for (std::uint32_t kind = 0; kind < n_kinds_; ++kind)
    for (std::size_t e = 0; e < kinds_.size(); ++e) {
      pace(1);
      if (kinds_[e] != kind) continue;
      const Cell& edge = (*edges_)[e];
      arcs.push_back({block.rows[edge.source], block.cols[edge.target]});
    }
}

void KindCycles::append_kinds(const Block& /*block*/, std::vector<std::uint8_t>& kinds) const {
  for (std::uint32_t k = 0; k < n_kinds_; ++k) {
    const auto kind = static_cast<std::uint8_t>(k);
    kinds.insert(kinds.end(), static_cast<std::size_t>(std::ranges::count(kinds_, kind)), kind);
  }
}

SwapStats KindCycles::run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) {
  const std::int64_t walks = (attempts + attempts_per_walk_ - 1) / attempts_per_walk_;
  SwapStats stats{walks, 0};
  if (n_kinds_ < 2) return stats;
  const std::vector<Cell>& edges = *edges_;
  CycleWorkspace& workspace = workspaces.of<CycleWorkspace>()[0];
  std::vector<std::uint32_t>&seen = workspace.seen, &out = workspace.out, &back = workspace.back;
  PacedStop pace(stop);
  seen.assign(n_rows_, kNotSeen);
  // Returns whether kinds have changed.
  const auto attempt = [&] {
    const std::uint64_t bits = rng.next();
    if (bits >> 61 == 0) return false;  // where all others succeed, as around one cycle, two would lead back
    const std::uint64_t longest = shortest_ << std::countr_zero(bits | std::uint64_t{1} << 40);
    std::uint32_t e = uniform_below(rng, static_cast<std::uint32_t>(edges.size()));
    const std::uint8_t x = kinds_[e];
    const auto y = static_cast<std::uint8_t>((x + 1 + uniform_below(rng, n_kinds_ - 1)) % n_kinds_);
    std::uint32_t row = edges[e].source, col = edges[e].target;
    while (e != KindedRows::kNone && out.size() < longest) {
      seen[row] = static_cast<std::uint32_t>(out.size());
      const auto [f, source] = cols_.draw(col, y, rng);
      out.push_back(e);
      if (f == KindedRows::kNone) return false;
      back.push_back(f);
      row = source;
      if (const std::uint32_t first = seen[row]; first != kNotSeen) {
        if (first > 0 && back[first - 1] == f) return false;
        for (std::size_t k = first; k < out.size(); ++k) {
          cols_.exchange(out[k], back[k]);
          rows_.exchange(out[k], k == first ? f : back[k - 1]);
          kinds_[out[k]] = y;
          kinds_[back[k]] = x;
        }
        return true;
      }
      const KindedRows::Step step = rows_.draw(row, x, rng);
      e = step.edge;
      col = step.end;
    }
    return false;
  };
  Steps steps(stop, walks / kWalksPerCheck);
  for (std::int64_t k = 0; k < walks; ++k) {
    if (k % kWalksPerCheck == 0) stop.check();
    stats.accepted += attempt();
    if (k % kWalksPerCheck == kWalksPerCheck - 1) steps.add();
    pace(kEdgeUnits * (std::ssize(out) + 1));
    for (const std::uint32_t edge : out) seen[edges[edge].source] = kNotSeen;
    out.clear();
    back.clear();
  }
  return stats;
}

}  // namespace motifcount
