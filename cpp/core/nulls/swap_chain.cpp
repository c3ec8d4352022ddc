#include "nulls/swap_chain.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "support/shuffle.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kBatch = 32;                  // attempts, two random bits each
constexpr std::int64_t kAttemptsPerCheck = 1 << 16;  // a multiple of kBatch

// A longest row of a quarter of a group still meets enough others.
constexpr std::uint64_t kLongestPerGroup = 4;

}  // namespace

BlockRows::BlockRows(const Block& block, Stop& stop)
    : first(block.rows.size() + 1, 0), n_cols(static_cast<std::uint32_t>(block.cols.size())) {
  PacedStop pace(stop);
  for (const Cell& edge : block.edges) {
    pace(kEdgeUnits);
    ++first[edge.source + 1];
  }
  for (std::size_t r = 0; r + 1 < first.size(); ++r) {
    longest = std::max(longest, first[r + 1]);
    n_sources += first[r + 1] != 0;
    first[r + 1] += first[r];
  }
}

void SlotSet::reset(const EdgeSlots& slots, Stop& stop) {
  PacedStop pace(stop);
  slots_ = &slots;
  std::size_t n_cells = 0;
  for (std::uint32_t r = 0; r < slots.n_rows(); ++r)
    if (is_long(slots.row(r))) n_cells += slots.row(r).size();
  long_rows_.reset(n_cells, stop);
  for (std::uint32_t r = 0; r < slots.n_rows(); ++r)
    if (is_long(slots.row(r)))
      for (const Cell& cell : slots.row(r)) {
        pace(kEdgeUnits);
        long_rows_.insert(r, cell.target);
      }
}

SwapStats SwapGroup::run(const BlockRows& block, std::span<const std::uint32_t> rows,
                         std::vector<std::uint32_t>& targets, std::int64_t attempts, Rng& rng, Stop& stop) {
  PacedStop pace(stop);
  slots_.clear();
  for (const std::uint32_t r : rows) {
    const auto row = block.row(targets, r);
    slots_.add_row(row);
    pace(kEdgeUnits + static_cast<std::int64_t>(row.size()));
  }
  if (rows.size() < 2) return {attempts, 0};
  SwapStats stats;
  if (prefers_bits(rows.size(), block.n_cols, slots_.size())) {
    bits_.reset(slots_.n_rows(), block.n_cols, stop);
    for (const Cell& edge : slots_.edges()) bits_.insert(edge.source, edge.target);
    stats = swap(bits_, attempts, rng, stop);
  } else {
    cells_.reset(slots_, stop);
    stats = swap(cells_, attempts, rng, stop);
  }
  for (std::uint32_t k = 0; k < rows.size(); ++k)
    std::ranges::transform(slots_.row(k), block.row(targets, rows[k]).begin(), &Cell::target);
  return stats;
}

template <class Set>
SwapStats SwapGroup::swap(Set& taken, std::int64_t attempts, Rng& rng, Stop& stop) {
  SwapStats stats{attempts, 0};
  const PairDraw draw(slots_.size(), slots_.size());
  std::array<std::pair<std::uint32_t, std::uint32_t>, kBatch> batch;
  for (std::int64_t done = 0; done < attempts; done += kBatch) {
    if (done % kAttemptsPerCheck == 0) stop.check();
    const std::span some(batch.data(), static_cast<std::size_t>(std::min(attempts - done, kBatch)));
    for (auto& pair : some) pair = draw(rng);
    for (const auto& [i, j] : some) stats.accepted += try_swap(slots_[i], slots_[j], taken);
  }
  return stats;
}

SwapChain::SwapChain(const Block& block, Stop& stop, std::uint32_t group_edges)
    : block_(std::make_shared<const BlockRows>(block, stop)),
      group_edges_(std::max<std::uint64_t>(group_edges, kLongestPerGroup * block_->longest)) {
  targets_.reserve(block.edges.size());
  PacedStop pace(stop);
  for (const Cell& edge : block.edges) {
    pace(kEdgeUnits);
    targets_.push_back(edge.target);
  }
}

void SwapChain::copy_to(std::unique_ptr<BlockChain>& target, Stop& /*stop*/) const { copy_chain(*this, target); }

void SwapChain::append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const {
  append_edges(*this, block, arcs, pace);
}

SwapStats SwapChain::run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) {
  if (block_->n_sources < 2) return {attempts, 0};
  const std::span<SwapGroup> groups = workspaces.of<SwapGroup>();
  std::vector<std::uint32_t> order;  // of the rows that have edges
  order.reserve(block_->n_sources);
  for (std::uint32_t r = 0; r < block_->n_rows(); ++r)
    if (block_->first[r] != block_->first[r + 1]) order.push_back(r);
  if (!is_parallel()) return groups[0].run(*block_, order, targets_, attempts, rng, stop);
  // Rounds of one length: a chain of rounds is then the same backwards.
  const std::int64_t n_rounds = std::max<std::int64_t>(1, attempts / static_cast<std::int64_t>(targets_.size()));
  const std::int64_t length = (attempts + n_rounds - 1) / n_rounds;
  SwapStats stats;
  Steps steps(stop, n_rounds);
  for (std::int64_t round = 0; round < n_rounds; ++round, steps.add())
    stats += run_round(length, order, rng, groups, stop);
  return stats;
}

SwapStats SwapChain::run_round(std::int64_t attempts, std::vector<std::uint32_t>& order, Rng& rng,
                               std::span<SwapGroup> workspaces, Stop& stop) {
  PacedStop pace(stop);
  shuffle(order, rng, pace);
  struct Group {
    std::size_t first_row;  // in `order`
    std::uint64_t first_edge;
  };
  std::vector<Group> groups;
  std::uint64_t n_edges = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    pace(kEdgeUnits);
    if (groups.empty() || n_edges / group_edges_ != groups.back().first_edge / group_edges_)
      groups.push_back({k, n_edges});
    n_edges += block_->first[order[k] + 1] - block_->first[order[k]];
  }
  groups.push_back({order.size(), n_edges});
  const auto attempts_before = [&](const Group& group) {
    return static_cast<std::int64_t>(Count{attempts} * Count{group.first_edge} / Count{n_edges});
  };
  const std::uint64_t key = rng.next();
  std::vector<SwapStats> stats(groups.size() - 1);
  parallel_for(static_cast<std::int64_t>(stats.size()), static_cast<int>(workspaces.size()), stop,
               [&](std::int64_t task, int worker) {
                 const auto g = static_cast<std::size_t>(task);
                 const std::span rows(order.data() + groups[g].first_row, order.data() + groups[g + 1].first_row);
                 Rng own(key, g, 0);
                 stats[g] = workspaces[static_cast<std::size_t>(worker)].run(
                     *block_, rows, targets_, attempts_before(groups[g + 1]) - attempts_before(groups[g]), own, stop);
               });
  return std::accumulate(stats.begin(), stats.end(), SwapStats{},
                         [](SwapStats sum, const SwapStats& group) { return sum += group; });
}

}  // namespace motifcount
