#include "squares/layered.hpp"

#include <algorithm>
#include <span>

#include "graph/csr.hpp"
#include "squares/vertex_priority.hpp"
#include "support/arrival_counts.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kNodesPerTask = 1 << 10;

template <class Index>
std::int64_t degree(const LinkedLevels<Index>& graph, std::int64_t v) {
  return graph.out().degree(v) + graph.in_degree(v);
}

template <class Index>
class SquareCounter {
 public:
  SquareCounter(const LinkedLevels<Index>& graph, const WantedSquares& wanted, Stop& stop)
      : wanted_(wanted), stop_(stop) {
    const auto n = static_cast<std::size_t>(graph.out().n_rows());
    const Priorities<Index> priorities(n, [&](std::size_t v) { return degree(graph, static_cast<std::int64_t>(v)); });
    level_.resize(n);
    for (std::size_t r = 0; r < n; ++r) level_[r] = static_cast<std::int32_t>(graph.level_of(priorities.node_at(r)));
    in_ = transpose_by_rank(graph.out(), priorities, [&](Index v) { return graph.in_degree(v); }, stop);
    out_ = transpose(in_.view(), stop);
  }

  void run(int num_threads, const AddPairs& add) const {
    std::vector<Ends> workers(static_cast<std::size_t>(std::max(num_threads, 1)));
    for_each_first_corner<Index>(out_.view().n_rows(), num_threads, stop_, [&](Index u, int id, PacedStop& pace) {
      const auto add_here = [&](LayeredTetrad tetrad, std::int64_t base, std::uint64_t count) {
        if (count != 0) add(tetrad, base, static_cast<Count>(count), id);
      };
      walk(u, workers[static_cast<std::size_t>(id)], pace, add_here);
    });
  }

 private:
  // Ends of the paths that first go up, and of those that first go down.
  struct Ends {
    ArrivalCounts<std::uint32_t> above, below;
  };

  static bool wants(const std::vector<bool>& tetrads, std::int64_t base) {
    return base >= 0 && tetrads[static_cast<std::size_t>(base)];
  }

  // The k-th path to the same end makes k - 1 squares with those before it.
  template <class Add>
  void walk(Index u, Ends& ends, PacedStop& pace, Add add) const {
    const std::int64_t level = level_[static_cast<std::size_t>(u)];
    const bool fan_up = wants(wanted_.bifans, level);
    const bool fan_down = wants(wanted_.bifans, level - 1);
    const bool around = wants(wanted_.biparallels, level - 1);
    const auto outs = out_.view().row(static_cast<std::int64_t>(u));
    const auto ins = in_.view().row(static_cast<std::int64_t>(u));
    ArrivalCounts<std::uint32_t>& above = ends.above;
    ArrivalCounts<std::uint32_t>& below = ends.below;
    for (ArrivalCounts<std::uint32_t>* arrivals : {&above, &below})
      arrivals->next_start(level_.size(), outs.size() + ins.size());
    const auto at_above = [&above](Index w) { return above.count(static_cast<std::size_t>(w)); };
    // Ends two levels away and ends on u's own level are different nodes: one set of numbers serves both.
    if (wants(wanted_.biparallels, level))
      add(kBiparallel, level, sum_over_paths(u, outs, out_.view(), pace, at_above));
    if (wants(wanted_.biparallels, level - 2))
      add(kBiparallel, level - 2, sum_over_paths(u, ins, in_.view(), pace, at_above));
    const std::uint64_t up_down = fan_up || around ? sum_over_paths(u, outs, in_.view(), pace, at_above) : 0;
    std::uint64_t crossing = 0;  // squares of one path over a node above and one over a node below
    const auto at_below = [&](Index w) {
      crossing += above.counted(static_cast<std::size_t>(w));
      return below.count(static_cast<std::size_t>(w));
    };
    const std::uint64_t down_up = fan_down || around ? sum_over_paths(u, ins, out_.view(), pace, at_below) : 0;
    if (fan_up) add(kBifan, level, up_down);
    if (fan_down) add(kBifan, level - 1, down_up);
    if (around) add(kBiparallel, level - 1, crossing);
  }

  const WantedSquares& wanted_;
  Stop& stop_;
  std::vector<std::int32_t> level_;  // by rank
  Csr<Index> out_, in_;              // of ranks
};

}  // namespace

template <class Index>
std::vector<double> square_paths(const LinkedLevels<Index>& graph, int num_threads, Stop& stop) {
  const auto n_levels = static_cast<std::size_t>(graph.n_levels());
  std::vector<std::vector<double>> parts(static_cast<std::size_t>(std::max(num_threads, 1)),
                                         std::vector<double>(n_levels, 0.0));
  const std::int64_t n = graph.n_linked();
  parallel_for((n + kNodesPerTask - 1) / kNodesPerTask, num_threads, stop, [&](std::int64_t task, int id) {
    std::vector<double>& sums = parts[static_cast<std::size_t>(id)];
    PacedStop pace(stop);
    const std::int64_t last = std::min(n, (task + 1) * kNodesPerTask);
    for (std::int64_t k = task * kNodesPerTask; k < last; ++k) {
      const std::int64_t u = graph.node_at(k);
      const std::int64_t own = degree(graph, u);
      std::int64_t sum = 0;
      for (const Index v : graph.out().row(u)) sum += std::min(own, degree(graph, static_cast<std::int64_t>(v)));
      pace(kScatterUnits * graph.out().degree(u));
      sums[static_cast<std::size_t>(graph.level_of(u))] += static_cast<double>(sum);
    }
  });
  for (std::size_t p = 1; p < parts.size(); ++p)
    for (std::size_t l = 0; l < n_levels; ++l) parts[0][l] += parts[p][l];
  return parts[0];
}

template <class Index>
void count_squares(const LinkedLevels<Index>& graph, const WantedSquares& wanted, int num_threads, Stop& stop,
                   const AddPairs& add) {
  SquareCounter<Index>(graph, wanted, stop).run(num_threads, add);
}

template std::vector<double> square_paths(const LinkedLevels<std::int32_t>&, int, Stop&);
template std::vector<double> square_paths(const LinkedLevels<std::int64_t>&, int, Stop&);
template void count_squares(const LinkedLevels<std::int32_t>&, const WantedSquares&, int, Stop&, const AddPairs&);
template void count_squares(const LinkedLevels<std::int64_t>&, const WantedSquares&, int, Stop&, const AddPairs&);

}  // namespace motifcount
