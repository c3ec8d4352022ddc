#include "nulls/kind_cycles.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace motifcount {
namespace {

constexpr std::int64_t kAttemptsPerCheck = 1 << 12;
constexpr std::int64_t kUnits = 4;      // of a PacedStop, for an edge
constexpr std::uint64_t kShortest = 8;  // sources in a walk at most; twice as many half as often
constexpr std::uint32_t kNotSeen = 0xffffffff;

// Memory of a run.
struct CycleWorkspace {
  std::vector<std::uint32_t> seen;       // by source, its place in the walk
  std::vector<std::uint32_t> out, back;  // by place in the walk: the edge that leaves the source, and the next one
};

}  // namespace

KindedRows::KindedRows(const Block& block, std::uint32_t Cell::* node, std::size_t n_nodes, std::size_t n_kinds)
    : n_kinds_(n_kinds), first_(n_nodes * n_kinds + 2, 0), edges_(block.edges.size()), place_(block.edges.size()) {
  const auto slot = [&](std::size_t e) { return block.edges[e].*node * n_kinds_ + block.kinds[e]; };
  for (std::size_t e = 0; e < edges_.size(); ++e) ++first_[slot(e) + 2];
  for (std::size_t k = 2; k < first_.size(); ++k) first_[k] += first_[k - 1];
  for (std::size_t e = 0; e < edges_.size(); ++e) {
    place_[e] = first_[slot(e) + 1]++;
    edges_[place_[e]] = static_cast<std::uint32_t>(e);
  }
}

KindCycles::KindCycles(const Block& block, Stop& stop)
    : edges_(std::make_shared<const std::vector<Cell>>(block.edges)),
      n_rows_(block.rows.size()),
      n_kinds_(std::uint32_t{1} + *std::ranges::max_element(block.kinds)),
      rows_(block, &Cell::source, block.rows.size(), n_kinds_),
      cols_(block, &Cell::target, block.cols.size(), n_kinds_),
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
  SwapStats stats{attempts, 0};
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
    const std::uint64_t longest = kShortest << std::countr_zero(bits | std::uint64_t{1} << 40);
    std::uint32_t e = uniform_below(rng, static_cast<std::uint32_t>(edges.size()));
    const std::uint8_t x = kinds_[e];
    const auto y = static_cast<std::uint8_t>((x + 1 + uniform_below(rng, n_kinds_ - 1)) % n_kinds_);
    std::uint32_t row = edges[e].source;
    while (e != KindedRows::kNone && out.size() < longest) {
      seen[row] = static_cast<std::uint32_t>(out.size());
      const std::uint32_t f = cols_.draw(edges[e].target, y, rng);
      out.push_back(e);
      if (f == KindedRows::kNone) return false;
      back.push_back(f);
      row = edges[f].source;
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
      e = rows_.draw(row, x, rng);
    }
    return false;
  };
  for (std::int64_t k = 0; k < attempts; ++k) {
    if (k % kAttemptsPerCheck == 0) stop.check();
    stats.accepted += attempt();
    pace(kUnits * (std::ssize(out) + 1));
    for (const std::uint32_t edge : out) seen[edges[edge].source] = kNotSeen;
    out.clear();
    back.clear();
  }
  return stats;
}

}  // namespace motifcount
