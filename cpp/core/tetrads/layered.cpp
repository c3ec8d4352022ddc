#include "tetrads/layered.hpp"

#include <algorithm>

#include "graph/linked_levels.hpp"
#include "tetrads/shared_neighbours.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kNodesPerTask = 1 << 13;

template <class Index>
class LayeredTetradCounter {
 public:
  LayeredTetradCounter(const CsrView<Index>& out, std::span<const std::int32_t> level_of, std::int64_t n_levels, bool by_level,
          int num_threads, Stop& stop)
      : graph_(out, level_of, n_levels, num_threads, stop),
        by_level_(by_level),
        num_threads_(std::max(num_threads, 1)),
        stop_(stop),
        parts_(static_cast<std::size_t>(num_threads_),
               std::vector<TetradCounts>(by_level ? static_cast<std::size_t>(n_levels) : 1, TetradCounts{})) {}

  std::vector<TetradCounts> run() {
    sum_over_degrees();
    count_node_pairs(graph_, num_threads_, stop_, [this](Tetrad tetrad, std::int64_t base, Count count, int worker) {
      parts_[static_cast<std::size_t>(worker)][result(base)][tetrad] += count;
    });
    std::vector<TetradCounts> totals(parts_[0].size(), TetradCounts{});
    for (const auto& part : parts_)
      for (std::size_t r = 0; r < totals.size(); ++r)
        for (std::size_t k = 0; k < kTetrads; ++k) totals[r][k] += part[r][k];
    for (TetradCounts& counts : totals) {
      // The sums over degrees count subgraphs; take out those inside a bi-fan or a bi-parallel.
      counts[kZigzag] -= tetrad_contained(kZigzag, kBifan) * counts[kBifan];
      counts[kChainThenIn] -= tetrad_contained(kChainThenIn, kBiparallel) * counts[kBiparallel];
      counts[kOutThenChain] -= tetrad_contained(kOutThenChain, kBiparallel) * counts[kBiparallel];
    }
    return totals;
  }

 private:
  std::size_t result(std::int64_t base) const { return by_level_ ? static_cast<std::size_t>(base) : 0; }

  void sum_over_degrees() {
    const std::int64_t n = graph_.n_linked();
    parallel_for((n + kNodesPerTask - 1) / kNodesPerTask, num_threads_, stop_, [&](std::int64_t task, int id) {
      const std::int64_t last = std::min(n, (task + 1) * kNodesPerTask);
      for (std::int64_t k = task * kNodesPerTask; k < last; ++k)
        add_node(graph_.node_at(k), parts_[static_cast<std::size_t>(id)]);
    });
  }

  void add_node(std::int64_t u, std::vector<TetradCounts>& part) const {
    const Count o = graph_.out().degree(u);
    const Count i = graph_.in_degree(u);
    const std::int64_t at = graph_.level_of(u);
    Count next_out = 0;
    Count next_in = 0;  // other arcs into the targets
    for (const Index w : graph_.out().row(u)) {
      next_out += graph_.out().degree(static_cast<std::int64_t>(w));
      next_in += graph_.in_degree(static_cast<std::int64_t>(w)) - 1;
    }
    if (o > 0) {
      TetradCounts& here = part[result(at)];
      here[kOutStar] += choose3(o);
      here[kOutThenChain] += (o - 1) * next_out;
      here[kZigzag] += (o - 1) * next_in;
    }
    if (i > 0) {
      TetradCounts& below = part[result(at - 1)];
      below[kInStar] += choose3(i);
      below[kYOut] += i * choose2(o);
      below[kYIn] += choose2(i) * o;
      below[kChain4] += i * next_out;
      below[kChainThenIn] += i * next_in;
    }
  }

  LinkedLevels<Index> graph_;
  bool by_level_;
  int num_threads_;
  Stop& stop_;
  std::vector<std::vector<TetradCounts>> parts_;  // by worker
};

}  // namespace

template <class Index>
std::vector<TetradCounts> tetrads(const CsrView<Index>& out, std::span<const std::int32_t> levels,
                                  std::int64_t n_levels, bool by_level, int num_threads, Stop& stop) {
  return LayeredTetradCounter<Index>(out, levels, n_levels, by_level, num_threads, stop).run();
}

template std::vector<TetradCounts> tetrads(const CsrView<std::int32_t>&, std::span<const std::int32_t>, std::int64_t,
                                           bool, int, Stop&);
template std::vector<TetradCounts> tetrads(const CsrView<std::int64_t>&, std::span<const std::int32_t>, std::int64_t,
                                           bool, int, Stop&);

std::array<std::int32_t, 4> tetrad_layers(Tetrad tetrad) {
  switch (tetrad) {
    case kOutStar: return {0, 1, 1, 1};
    case kInStar: return {0, 0, 0, 1};
    case kChain4: return {0, 1, 2, 3};
    case kYOut: return {0, 1, 2, 2};
    case kYIn: return {0, 0, 1, 2};
    case kZigzag:
    case kBifan: return {0, 0, 1, 1};
    case kChainThenIn:
    case kOutThenChain:
    case kBiparallel: break;
  }
  return {0, 1, 1, 2};
}

int tetrad_contained(Tetrad k, Tetrad j) {
  if (k == j) return 1;
  if (j == kBifan && k == kZigzag) return 4;
  if (j == kBiparallel && (k == kChainThenIn || k == kOutThenChain)) return 2;
  return 0;
}

}  // namespace motifcount
