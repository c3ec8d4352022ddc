#include "squares.hpp"

#include <algorithm>

#include "arrivals.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kNodesPerTask = 1 << 10;
constexpr std::int64_t kCornersPerTask = 1 << 6;
constexpr std::int64_t kUnitsPerPath = 2;  // of a Pace
constexpr std::size_t kRowsAhead = 4;      // that are asked of memory while walking

template <class Index>
std::int64_t degree(const LiveLevels<Index>& live, std::int64_t v) {
  return live.out().degree(v) + live.in_degree(v);
}

template <class Index>
class SquareCounter {
 public:
  SquareCounter(const LiveLevels<Index>& live, Stop& stop) : stop_(stop) {
    const std::vector<Index> rank = rank_by_degree(live);
    std::vector<Edge<Index>> arcs;
    arcs.reserve(live.out().indices.size());
    level_.resize(rank.size());
    Pace pace(stop);
    for (std::int64_t u = 0; u < live.out().n_rows(); ++u) {
      level_[static_cast<std::size_t>(rank[static_cast<std::size_t>(u)])] = live.level_of(u);
      pace(1 + live.out().degree(u));
      for (const Index v : live.out().row(u))
        arcs.push_back({rank[static_cast<std::size_t>(u)], rank[static_cast<std::size_t>(v)]});
    }
    SortedRows<Index, Index>{}.build(arcs, static_cast<std::int64_t>(rank.size()), out_, stop);
    in_ = transpose(out_.view(), stop);
  }

  void run(int num_threads, const AddPairs& add) const {
    struct Worker {
      Arrivals<std::uint32_t> above, below;  // ends of paths that first go up, or down
    };
    std::vector<Worker> workers(static_cast<std::size_t>(std::max(num_threads, 1)));
    const std::int64_t n = out_.view().n_rows();
    // From the highest rank: these take longest.
    parallel_for((n + kCornersPerTask - 1) / kCornersPerTask, num_threads, stop_, [&](std::int64_t task, int id) {
      Worker& worker = workers[static_cast<std::size_t>(id)];
      Pace pace(stop_);
      const std::int64_t last = n - task * kCornersPerTask;
      for (std::int64_t u = std::max<std::int64_t>(0, last - kCornersPerTask); u < last; ++u) {
        const auto add_here = [&](Tetrad tetrad, std::int64_t base, std::uint64_t count) {
          if (count != 0) add(tetrad, base, static_cast<Count>(count), id);
        };
        walk(static_cast<Index>(u), worker.above, worker.below, pace, add_here);
      }
    });
  }

 private:
  // Ascending, so that the lower corners come first in every row.
  static std::vector<Index> rank_by_degree(const LiveLevels<Index>& live) {
    const std::int64_t n = live.out().n_rows();
    std::vector<Index> next;
    for (std::int64_t v = 0; v < n; ++v) {
      const auto d = static_cast<std::size_t>(degree(live, v));
      if (d + 1 >= next.size()) next.resize(d + 2, 0);
      ++next[d + 1];
    }
    for (std::size_t d = 1; d < next.size(); ++d) next[d] += next[d - 1];
    std::vector<Index> rank(static_cast<std::size_t>(n));
    for (std::int64_t v = 0; v < n; ++v)
      rank[static_cast<std::size_t>(v)] = next[static_cast<std::size_t>(degree(live, v))]++;
    return rank;
  }

  // The k-th path to the same end makes k - 1 squares with those before it.
  template <class Add>
  void walk(Index u, Arrivals<std::uint32_t>& above, Arrivals<std::uint32_t>& below, Pace& pace, Add add) const {
    const auto outs = out_.view().row(static_cast<std::int64_t>(u));
    const auto ins = in_.view().row(static_cast<std::int64_t>(u));
    for (Arrivals<std::uint32_t>* arrivals : {&above, &below}) arrivals->next_start(level_.size(), outs.size() + ins.size());
    const std::int64_t level = level_[static_cast<std::size_t>(u)];
    const auto count = [](Arrivals<std::uint32_t>& ends) {
      return [&ends](Index w) { return ends.count(static_cast<std::size_t>(w)); };
    };
    // Ends two levels away and ends on u's own level are different nodes: one set of numbers serves both.
    const std::uint64_t up_up = over(outs, out_, u, pace, count(above));
    const std::uint64_t up_down = over(outs, in_, u, pace, count(above));
    const std::uint64_t down_down = over(ins, in_, u, pace, count(above));
    const std::uint64_t down_up = over(ins, out_, u, pace, count(below));
    const std::uint64_t around =  // over a node above and a node below
        over(ins, out_, u, pace, [&](Index w) { return above.counted(static_cast<std::size_t>(w)); });
    add(kBifan, level, up_down);
    add(kBifan, level - 1, down_up);
    add(kBiparallel, level, up_up);
    add(kBiparallel, level - 1, around);
    add(kBiparallel, level - 2, down_down);
  }

  // Sum of visit(w) over the paths u - v - w with v among `middles`, w in v's row, both below u.
  template <class Visit>
  static std::uint64_t over(std::span<const Index> middles, const Csr<Index>& rows, Index u, Pace& pace, Visit visit) {
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

  Stop& stop_;
  Csr<Index> out_, in_;               // nodes are ranks
  std::vector<std::int64_t> level_;  // by rank
};

}  // namespace

template <class Index>
double square_paths(const LiveLevels<Index>& live, int num_threads, Stop& stop) {
  const std::int64_t n = live.out().n_rows();
  std::vector<double> sums(static_cast<std::size_t>(std::max(num_threads, 1)), 0.0);
  parallel_for((n + kNodesPerTask - 1) / kNodesPerTask, num_threads, stop, [&](std::int64_t task, int id) {
    std::int64_t sum = 0;
    const std::int64_t last = std::min(n, (task + 1) * kNodesPerTask);
    for (std::int64_t u = task * kNodesPerTask; u < last; ++u)
      for (const Index v : live.out().row(u)) sum += std::min(degree(live, u), degree(live, static_cast<std::int64_t>(v)));
    sums[static_cast<std::size_t>(id)] += static_cast<double>(sum);
  });
  double total = 0;
  for (const double sum : sums) total += sum;
  return total;
}

template <class Index>
void count_squares(const LiveLevels<Index>& live, int num_threads, Stop& stop, const AddPairs& add) {
  SquareCounter<Index>(live, stop).run(num_threads, add);
}

template double square_paths(const LiveLevels<std::int32_t>&, int, Stop&);
template double square_paths(const LiveLevels<std::int64_t>&, int, Stop&);
template void count_squares(const LiveLevels<std::int32_t>&, int, Stop&, const AddPairs&);
template void count_squares(const LiveLevels<std::int64_t>&, int, Stop&, const AddPairs&);

}  // namespace motifcount
