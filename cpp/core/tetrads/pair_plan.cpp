#include "tetrads/pair_plan.hpp"

#include <algorithm>
#include <array>

namespace motifcount {
namespace {

// Costs in operations on a word of packed rows; no result depends on them. They are compromises: what a word costs
// depends on the kernel, all else on whether the graph fits a cache. On an Intel Xeon with a graph that does, in words
// of the kernels popcnt and avx512vpopcntdq: a row 0.4 and 8, a wedge 4 and 11, a path 4.5 and 12, a ranked arc 12 and
// 31; with 50 times the arcs, a ranked arc 50 to 90 words of avx512vpopcntdq. Measured by
//   cmake --preset dev && cmake --build --preset dev --target pair_costs && build/dev/cpp/tests/pair_costs
constexpr double kWordsPerRow = 4;         // to compare a pair of rows, whatever their length
constexpr double kWordsPerWedge = 4;       // to count a wedge
constexpr double kWordsPerPath = 8;        // to count a path of a square
constexpr double kWordsPerRankedArc = 64;  // to build adjacencies by rank, for each arc

constexpr std::int64_t kAlwaysPack = 1 << 14;  // words that are never too many to pack
constexpr double kNever = 1e300;

double compare_cost(std::int64_t n_starts, std::int64_t n_others, std::int64_t n_bits) {
  const std::int64_t words = (n_bits + 63) / 64;
  return static_cast<double>(n_starts) * static_cast<double>(n_others) * (static_cast<double>(words) + kWordsPerRow);
}

bool may_pack(std::int64_t n_rows, std::int64_t n_bits, std::int64_t n_arcs) {
  const std::int64_t words = (n_bits + 63) / 64;
  return words <= std::max(kAlwaysPack, n_arcs) / std::max<std::int64_t>(n_rows, 1);
}

// `a` and `b`: the levels of the sources and of the targets.
PairPlan plan_bifans(std::int64_t base, const LinkedLevel& a, const LinkedLevel& b) {
  const std::int64_t sources = a.sources();
  const std::int64_t targets = b.size();  // in-rows exist for all, so that positions are rows
  const std::array<double, 4> cost{
      may_pack(sources, b.size(), a.arcs_out) ? compare_cost(sources, sources, b.size()) / 2 : kNever,
      may_pack(targets, a.size(), a.arcs_out) ? compare_cost(targets, targets, a.size()) / 2 : kNever,
      kWordsPerWedge * (b.in_pairs + static_cast<double>(a.arcs_out)),
      kWordsPerWedge * (a.out_pairs + static_cast<double>(a.arcs_out))};
  const auto best = std::ranges::min_element(cost) - cost.begin();
  return {kBifan, base, best < 2, best % 2 == 1, cost[static_cast<std::size_t>(best)]};
}

PairPlan plan_biparallels(std::int64_t base, const LinkedLevel& a, const LinkedLevel& middle, const LinkedLevel& d) {
  const double wedges = kWordsPerWedge * (middle.paths + static_cast<double>(a.arcs_out));
  const bool packable =
      may_pack(a.sources(), middle.size(), a.arcs_out) && may_pack(d.size(), middle.size(), middle.arcs_out);
  const double bits = packable ? compare_cost(a.sources(), d.both + d.in_only, middle.both) : kNever;
  return {kBiparallel, base, bits <= wedges, false, std::min(bits, wedges)};
}

}  // namespace

template <class Index>
std::vector<PairPlan> plan_pairs(const LinkedLevels<Index>& graph) {
  std::vector<PairPlan> plans;
  for (std::int64_t l = 0; l + 1 < graph.n_levels(); ++l) {
    if (graph.level(l).arcs_out == 0) continue;
    plans.push_back(plan_bifans(l, graph.level(l), graph.level(l + 1)));
    if (l + 2 < graph.n_levels() && graph.level(l + 1).both > 0)
      plans.push_back(plan_biparallels(l, graph.level(l), graph.level(l + 1), graph.level(l + 2)));
  }
  return plans;
}

template <class Index>
WantedSquares take_squares(std::vector<PairPlan>& plans, const LinkedLevels<Index>& graph, int num_threads,
                           Stop& stop) {
  const double set_up = kWordsPerRankedArc * static_cast<double>(graph.out().n_edges());
  double work = 0;
  for (const PairPlan& plan : plans) work += plan.work;
  if (work < 2 * set_up) return {};  // not even worth counting the paths
  const std::vector<double> paths = square_paths(graph, num_threads, stop);
  // Half of the paths over an arc end on the level they started from, half two levels away.
  const auto saved = [&](const PairPlan& plan) {
    const auto l = static_cast<std::size_t>(plan.base);
    return plan.work - kWordsPerPath / 2 * (plan.tetrad == kBifan ? paths[l] : paths[l] + paths[l + 1]);
  };
  WantedSquares wanted{std::vector<bool>(paths.size()), std::vector<bool>(paths.size())};
  double gain = -set_up;
  for (const PairPlan& plan : plans) {
    if (saved(plan) <= 0) continue;
    gain += saved(plan);
    (plan.tetrad == kBifan ? wanted.bifans : wanted.biparallels)[static_cast<std::size_t>(plan.base)] = true;
  }
  if (gain <= 0) return {};
  std::erase_if(plans, [&](const PairPlan& plan) { return saved(plan) > 0; });
  return wanted;
}

#define MOTIFCOUNT_INSTANTIATE(Index)                                    \
  template std::vector<PairPlan> plan_pairs(const LinkedLevels<Index>&); \
  template WantedSquares take_squares(std::vector<PairPlan>&, const LinkedLevels<Index>&, int, Stop&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)
#undef MOTIFCOUNT_INSTANTIATE

}  // namespace motifcount
