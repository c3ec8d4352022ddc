#include "tetrads/walk_plan.hpp"

#include <algorithm>
#include <array>

namespace motifcount {
namespace {

template <class Entry>
Entry position_of(std::span<const Entry> row, std::size_t rank) {
  const auto at = std::ranges::lower_bound(row, rank, {}, RankedNeighbours<Entry>::rank_of);
  return static_cast<Entry>(at - row.begin());
}

}  // namespace

template <class Entry>
WalkPlan<Entry>::WalkPlan(const RankedNeighbours<Entry>& ranked, const HubPlanes<Entry>& planes, std::size_t batch_cost,
                          Stop& stop)
    : graph(ranked),
      hubs(planes),
      first_short(ranked.n_with_more(kMostShorts)),
      first_byte(ranked.n_with_more(kMostBytes)) {
  PacedStop pace(stop);
  while (n_hubs() < HubPlanes<Entry>::kHubs && batch_is_faster(n_hubs(), batch_cost, pace)) ++n_batches;
}

// Compares what a batch takes with what it saves, in nanoseconds as measured on one machine with the fastest kernel.
template <class Entry>
bool WalkPlan<Entry>::batch_is_faster(std::size_t first_hub, std::size_t cost, PacedStop& pace) const {
  std::array<std::size_t, kBatch> n_wedges{};  // of each hub
  std::size_t taken = 0, saved = 0;
  for (std::size_t v = first_hub + 1; v < graph.n_nodes(); ++v) {
    const auto above = graph.above(v).first(hubs.n_above(v));
    const std::size_t row_end = graph.row(v).size(),
                      first_end = first_short > 0 ? position_of(graph.row(v), first_short) : 0;
    const std::size_t begin = position_of(above, first_hub), stop = position_of(above, first_hub + kBatch);
    for (std::size_t k = begin; k < stop; ++k)
      n_wedges[RankedNeighbours<Entry>::rank_of(above[k]) - first_hub] +=
          row_end - std::min(row_end, std::max(k + 1, first_end));
    pace(kScatterUnits + static_cast<std::int64_t>(stop - begin));
    if (v < first_short) continue;
    taken += cost * (60 + 20 * std::min<std::size_t>(row_end, 12) + 4 * row_end);
    saved += 10 * (stop - begin);
  }
  for (std::size_t hub = 0; hub < kBatch; ++hub) {
    const std::size_t n_ends = graph.n_nodes() - std::min(graph.n_nodes(), first_hub + hub);
    saved += kSparse * n_wedges[hub] < n_ends ? 3 * n_wedges[hub] : n_wedges[hub] + n_ends / 2;
  }
  return saved > taken;
}

template struct WalkPlan<std::uint32_t>;
template struct WalkPlan<std::uint64_t>;

}  // namespace motifcount
