#include "squares/vertex_priority.hpp"

#include <algorithm>

#include "support/arrival_counts.hpp"
#include "graph/degree_ranks.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kNodesPerTask = 1 << 10;
constexpr std::int64_t kCornersPerTask = 1 << 6;
constexpr std::int64_t kUnitsPerArc = 8;   // of a PacedStop, for an arc written to a random place
constexpr std::int64_t kUnitsPerPath = 2;
constexpr std::size_t kRowsAhead = 4;      // prefetched while walking

template <class Index>
std::int64_t degree(const LinkedLevels<Index>& graph, std::int64_t v) {
  return graph.out().degree(v) + graph.in_degree(v);
}

template <class Index>
class SquareCounter {
 public:
  SquareCounter(const LinkedLevels<Index>& graph, const WantedSquares& wanted, Stop& stop)
      : wanted_(wanted), stop_(stop) {
    rank_by_degree(graph);
    in_.indptr.assign(level_.size() + 1, 0);
    for (std::size_t r = 0; r < level_.size(); ++r)
      in_.indptr[r + 1] = static_cast<Index>(in_.indptr[r] + static_cast<Index>(graph.in_degree(node_at_[r])));
    in_.indices.resize(graph.out().indices.size());
    std::vector<Index> next(in_.indptr.begin(), in_.indptr.end() - 1);
    PacedStop pace(stop);
    for (std::size_t r = 0; r < level_.size(); ++r) {  // by rank, so that rows come out sorted
      pace(1 + kUnitsPerArc * graph.out().degree(node_at_[r]));
      for (const Index v : graph.out().row(node_at_[r]))
        in_.indices[static_cast<std::size_t>(next[rank(v)]++)] = static_cast<Index>(r);
    }
    out_ = transpose(in_.view(), stop);
  }

  void run(int num_threads, const AddPairs& add) const {
    std::vector<Ends> workers(static_cast<std::size_t>(std::max(num_threads, 1)));
    const std::int64_t n = out_.view().n_rows();
    // From the highest rank: these take longest.
    parallel_for((n + kCornersPerTask - 1) / kCornersPerTask, num_threads, stop_, [&](std::int64_t task, int id) {
      PacedStop pace(stop_);
      const std::int64_t last = n - task * kCornersPerTask;
      for (std::int64_t u = std::max<std::int64_t>(0, last - kCornersPerTask); u < last; ++u) {
        const auto add_here = [&](LayeredTetrad tetrad, std::int64_t base, std::uint64_t count) {
          if (count != 0) add(tetrad, base, static_cast<Count>(count), id);
        };
        walk(static_cast<Index>(u), workers[static_cast<std::size_t>(id)], pace, add_here);
      }
    });
  }

 private:
  // Ends of the paths that first go up, and of those that first go down.
  struct Ends {
    ArrivalCounts<std::uint32_t> above, below;
  };

  // Ascending, so that the lower corners come first in every row.
  void rank_by_degree(const LinkedLevels<Index>& graph) {
    const std::int64_t n = graph.out().n_rows();
    rank_ = degree_ranks<Index>(static_cast<std::size_t>(n), [&](std::size_t v) {
      return degree(graph, static_cast<std::int64_t>(v));
    });
    node_at_.resize(rank_.size());
    level_.resize(rank_.size());
    for (std::int64_t v = 0; v < n; ++v) {
      Index& r = rank_[static_cast<std::size_t>(v)];
      r = static_cast<Index>(n - 1) - r;
      node_at_[static_cast<std::size_t>(r)] = static_cast<Index>(v);
      level_[static_cast<std::size_t>(r)] = static_cast<std::int32_t>(graph.level_of(v));
    }
  }

  [[nodiscard]] std::size_t rank(Index v) const {
    return static_cast<std::size_t>(rank_[static_cast<std::size_t>(v)]);
  }

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
    if (wants(wanted_.biparallels, level)) add(kBiparallel, level, over(outs, out_, u, pace, at_above));
    if (wants(wanted_.biparallels, level - 2)) add(kBiparallel, level - 2, over(ins, in_, u, pace, at_above));
    const std::uint64_t up_down = fan_up || around ? over(outs, in_, u, pace, at_above) : 0;
    std::uint64_t crossing = 0;  // squares of one path over a node above and one over a node below
    const auto at_below = [&](Index w) {
      crossing += above.counted(static_cast<std::size_t>(w));
      return below.count(static_cast<std::size_t>(w));
    };
    const std::uint64_t down_up = fan_down || around ? over(ins, out_, u, pace, at_below) : 0;
    if (fan_up) add(kBifan, level, up_down);
    if (fan_down) add(kBifan, level - 1, down_up);
    if (around) add(kBiparallel, level - 1, crossing);
  }

  // Sum of visit(w) over the paths u - v - w with v among `middles`, w in v's row, both below u.
  template <class Visit>
  static std::uint64_t over(std::span<const Index> middles, const Csr<Index>& rows, Index u, PacedStop& pace, Visit visit) {
    std::uint64_t sum = 0;
    for (std::size_t k = 0; k < middles.size() && middles[k] < u; ++k) {
      if (k + kRowsAhead < middles.size())
        __builtin_prefetch(rows.view().row(static_cast<std::int64_t>(middles[k + kRowsAhead])).data());
      const auto row = rows.view().row(static_cast<std::int64_t>(middles[k]));
      std::size_t j = 0;
      for (; j < row.size() && row[j] < u; ++j) sum += visit(row[j]);
      pace(kUnitsPerPath * static_cast<std::int64_t>(j));
    }
    return sum;
  }

  const WantedSquares& wanted_;
  Stop& stop_;
  LargeArray<Index> rank_;
  std::vector<Index> node_at_;       // by rank
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
      pace(kUnitsPerArc * graph.out().degree(u));
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
