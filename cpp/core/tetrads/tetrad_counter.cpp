#include "tetrads/tetrad_counter.hpp"

#include <algorithm>
#include <climits>
#include <optional>

#include "tetrads/hub_wedges.hpp"
#include "tetrads/local_matrix.hpp"
#include "tetrads/wedge_walk.hpp"

namespace motifcount {
namespace {

constexpr std::size_t kEntriesPerTask = 1 << 12;
constexpr std::size_t kEntriesPerThread = 1 << 13;  // with fewer, starting a thread takes longer than it saves

template <class Entry>
std::vector<std::size_t> cut_into_tasks(const RankedNeighbours<Entry>& graph, Stop& stop) {
  std::vector<std::size_t> starts;
  PacedStop pace(stop);
  std::size_t entries = 0;
  for_each_below(graph.n_nodes(), pace, [&](std::size_t u) {
    if (entries == 0) starts.push_back(u);
    entries += graph.row(u).size();
    if (entries >= kEntriesPerTask) entries = 0;
  });
  starts.push_back(graph.n_nodes());
  return starts;
}

}  // namespace

template <class Entry>
TetradCounter<Entry>::TetradCounter(const RankedNeighbours<Entry>& graph, const TetradKernels& kernels, int num_threads,
                                    Stop& stop)
    : graph_(graph),
      kernels_(kernels),
      hubs_(graph, stop),
      plan_(graph, hubs_, kernels.batch_cost, stop),
      starts_(cut_into_tasks(graph, stop)) {
  if (plan_.n_batches > 0 || extracts_any(stop)) hubs_.fill(useful(num_threads), stop);
  else hubs_.clear();
}

template <class Entry>
TetradSums TetradCounter<Entry>::sums_once(int num_threads, Stop& stop) {
  const std::size_t n_tasks = starts_.size() - 1;
  TetradSums sums;
  UpperTriangles<Entry> triangles(graph_, useful(num_threads));
  find_cliques(0, n_tasks, triangles, sums, num_threads, stop);
  hubs_.clear();
  walk(n_tasks, WalkRange<Entry>(graph_), triangles, sums, num_threads, stop);
  return sums;
}

template <class Entry>
TetradSums TetradCounter<Entry>::sums(std::size_t first, std::size_t last, int num_threads, Stop& stop) const {
  TetradSums sums;
  if (first == last) return sums;
  UpperTriangles<Entry> triangles(graph_, useful(num_threads));
  find_cliques(first, last, triangles, sums, num_threads, stop);
  walk(last, WalkRange<Entry>(graph_, starts_[first], starts_[last], stop), triangles, sums, num_threads, stop);
  return sums;
}

template <class Entry>
bool TetradCounter<Entry>::extracts_any(Stop& stop) const {
  if (kernels_.extract_row == nullptr) return false;
  PacedStop pace(stop);
  for (std::size_t u = 0; u < hubs_.n_nodes(); ++u) {
    if (LocalMatrix<Entry>::n_extracted(hubs_, u) > 0) return true;
    pace(1 + kScatterUnits * static_cast<std::int64_t>(graph_.above(u).size()));
  }
  return false;
}

template <class Entry>
int TetradCounter<Entry>::useful(int num_threads) const {
  const auto most = static_cast<int>(std::min<std::size_t>(2 * graph_.n_edges() / kEntriesPerThread, INT_MAX));
  return std::max(std::min(num_threads, most), 1);
}

// body(state, u, worker) for the nodes of some tasks in ascending rank, then give(state): every worker has a state of
// its own, made when it first needs it.
template <class Entry>
template <class State, class Make, class Body, class Give>
void TetradCounter<Entry>::for_each_node(std::size_t first, std::size_t last, int num_threads, Stop& stop, Make make,
                                         Body body, Give give) const {
  const int n_workers = useful(num_threads);
  std::vector<std::optional<State>> states(static_cast<std::size_t>(n_workers));
  parallel_for(static_cast<std::int64_t>(last - first), n_workers, stop, [&](std::int64_t task, int worker) {
    auto& state = states[static_cast<std::size_t>(worker)];
    if (!state) make(state);
    const auto t = first + static_cast<std::size_t>(task);
    for (std::size_t u = starts_[t]; u < starts_[t + 1]; ++u) body(*state, u, worker);
  });
  for (auto& state : states)
    if (state) give(*state);
}

// Around the lower end of every edge: K4s, triangles, and the wedges from batches of hubs, which need these.
template <class Entry>
void TetradCounter<Entry>::find_cliques(std::size_t first, std::size_t last, UpperTriangles<Entry>& triangles,
                                        TetradSums& sums, int num_threads, Stop& stop) const {
  struct State {
    explicit State(const WalkPlan<Entry>& p, const TetradKernels& k, Stop& s)
        : matrix(p.graph, p.hubs.filled() && k.extract_row != nullptr ? &p.hubs : nullptr, k, s), hubs(p, k, s) {}
    LocalMatrix<Entry> matrix;
    HubWedges<Entry> hubs;
  };
  for_each_node<State>(
      first, last, num_threads, stop, [&](std::optional<State>& state) { state.emplace(plan_, kernels_, stop); },
      [&](State& state, std::size_t u, int worker) {
        state.matrix.add(u);
        const LowerEndTriangles& found = state.matrix.triangles();
        triangles.keep(u, found, state.hubs.add(u, found), worker);
      },
      [&](State& state) {
        state.matrix.give(sums.cliques);
        state.hubs.give(sums.walks);
      });
}

// Around the upper end of every edge to the range: the other wedges; and all that depends on degrees.
template <class Entry>
void TetradCounter<Entry>::walk(std::size_t last, const WalkRange<Entry>& range, const UpperTriangles<Entry>& triangles,
                                TetradSums& sums, int num_threads, Stop& stop) const {
  struct State {
    explicit State(const WalkPlan<Entry>& p, const WalkRange<Entry>& r, const UpperTriangles<Entry>& t,
                   const TetradKernels& k, Stop& s)
        : walk(p, r, t, k, s) {}
    WedgeWalk<Entry> walk;
    DegreeSums degrees{};
  };
  for_each_node<State>(
      0, last, num_threads, stop,
      [&](std::optional<State>& state) { state.emplace(plan_, range, triangles, kernels_, stop); },
      [&](State& state, std::size_t u, int) {
        state.walk.add(u);
        if (range.has(u)) state.degrees.add(graph_.degrees(u));
      },
      [&](State& state) {
        state.walk.give(sums.walks);
        sums.degrees.add(state.degrees);
      });
}

template class TetradCounter<std::uint32_t>;
template class TetradCounter<std::uint64_t>;

}  // namespace motifcount
