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
  LayeredTetradCounter(const CsrView<Index>& out, std::span<const std::int32_t> level_of, std::int64_t n_levels,
                       bool by_level, int num_threads, Stop& stop)
      : graph_(out, level_of, n_levels, num_threads, stop),
        by_level_(by_level),
        num_threads_(std::max(num_threads, 1)),
        stop_(stop),
        parts_(static_cast<std::size_t>(num_threads_),
               std::vector<LayeredTetradCounts>(by_level ? static_cast<std::size_t>(n_levels) : 1)) {}

  std::vector<LayeredTetradCounts> run() {
    sum_over_degrees();
    count_node_pairs(graph_, num_threads_, stop_,
                     [this](LayeredTetrad tetrad, std::int64_t base, Count count, int worker) {
                       parts_[static_cast<std::size_t>(worker)][result(base)][tetrad] += count;
                     });
    std::vector<LayeredTetradCounts> totals(parts_[0].size(), LayeredTetradCounts{});
    for (const auto& part : parts_)
      for (std::size_t r = 0; r < totals.size(); ++r)
        for (std::size_t k = 0; k < kLayeredTetrads; ++k) totals[r][k] += part[r][k];
    for (LayeredTetradCounts& counts : totals) {
      // The sums over degrees count subgraphs; take out those inside a bi-fan or a bi-parallel.
      const auto& contained = kLayeredTetradsContained;
      counts[kZigzag] -= contained[kZigzag][kBifan] * counts[kBifan];
      counts[kChainThenIn] -= contained[kChainThenIn][kBiparallel] * counts[kBiparallel];
      counts[kOutThenChain] -= contained[kOutThenChain][kBiparallel] * counts[kBiparallel];
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

  void add_node(std::int64_t u, std::vector<LayeredTetradCounts>& part) const {
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
      LayeredTetradCounts& here = part[result(at)];
      here[kOutStar] += choose3(o);
      here[kOutThenChain] += (o - 1) * next_out;
      here[kZigzag] += (o - 1) * next_in;
    }
    if (i > 0) {
      LayeredTetradCounts& below = part[result(at - 1)];
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
  std::vector<std::vector<LayeredTetradCounts>> parts_;  // by worker
};

}  // namespace

template <class Index>
std::vector<LayeredTetradCounts> layered_tetrads(const CsrView<Index>& out, std::span<const std::int32_t> levels,
                                                 std::int64_t n_levels, bool by_level, int num_threads, Stop& stop) {
  return LayeredTetradCounter<Index>(out, levels, n_levels, by_level, num_threads, stop).run();
}

template std::vector<LayeredTetradCounts> layered_tetrads(const CsrView<std::int32_t>&, std::span<const std::int32_t>,
                                                          std::int64_t, bool, int, Stop&);
template std::vector<LayeredTetradCounts> layered_tetrads(const CsrView<std::int64_t>&, std::span<const std::int32_t>,
                                                          std::int64_t, bool, int, Stop&);

}  // namespace motifcount
