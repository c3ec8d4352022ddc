#include "tetrads/general.hpp"

#include <algorithm>
#include <climits>
#include <optional>
#include <type_traits>
#include <vector>

#include "tetrads/hub_wedges.hpp"

namespace motifcount {
namespace {

constexpr std::size_t kEntriesPerTask = 1 << 12;
constexpr std::size_t kEntriesPerThread = 1 << 13;  // with fewer, starting a thread takes longer than it saves

// The phases of one count; `Entry` is wide enough for the graph.
template <class Entry>
class TetradCounter {
 public:
  TetradCounter(const RankedNeighbours<Entry>& graph, const TetradKernels& kernels, int num_threads, Stop& stop)
      : graph_(graph), kernels_(kernels), stop_(stop) {
    const auto most = static_cast<int>(std::min<std::size_t>(2 * graph.n_edges() / kEntriesPerThread, INT_MAX));
    num_threads_ = std::max(std::min(num_threads, most), 1);
    cut_into_tasks();
  }

  AllTetrads run(Wide n_nodes, Wide n_arcs) {
    HubPlanes<Entry> hubs(graph_, stop_);
    const WalkPlan<Entry> plan(graph_, hubs, kernels_.batch_cost, stop_);
    if (plan.n_batches > 0 || extracts_any(hubs)) hubs.fill(num_threads_, stop_);
    else hubs.clear();
    UpperTriangles<Entry> triangles(graph_, num_threads_);
    find_cliques(plan, triangles);
    hubs.clear();
    walk(plan, triangles);
    return open_counts(cliques_, walks_, degrees_, n_nodes, n_arcs);
  }

 private:
  bool extracts_any(const HubPlanes<Entry>& hubs) const {
    if (kernels_.extract_row == nullptr) return false;
    PacedStop pace(stop_);
    for (std::size_t u = 0; u < hubs.n_nodes(); ++u) {
      if (LocalMatrix<Entry>::n_extracted(hubs, u) > 0) return true;
      pace(1 + kScatterUnits * static_cast<std::int64_t>(graph_.above(u).size()));
    }
    return false;
  }

  void cut_into_tasks() {
    PacedStop pace(stop_);
    std::size_t entries = 0;
    for_each_below(graph_.n_nodes(), pace, [&](std::size_t u) {
      if (entries == 0) starts_.push_back(u);
      entries += graph_.row(u).size();
      if (entries >= kEntriesPerTask) entries = 0;
    });
    starts_.push_back(graph_.n_nodes());
  }

  // body(state, u, worker) for all nodes in ascending rank, then give(state): every worker has a state of its own,
  // made when it first needs it.
  template <class State, class Make, class Body, class Give>
  void for_each_node(Make make, Body body, Give give) {
    std::vector<std::optional<State>> states(static_cast<std::size_t>(num_threads_));
    const auto n_tasks = static_cast<std::int64_t>(starts_.size()) - 1;
    parallel_for(n_tasks, num_threads_, stop_, [&](std::int64_t task, int worker) {
      auto& state = states[static_cast<std::size_t>(worker)];
      if (!state) make(state);
      const auto t = static_cast<std::size_t>(task);
      for (std::size_t u = starts_[t]; u < starts_[t + 1]; ++u) body(*state, u, worker);
    });
    for (auto& state : states)
      if (state) give(*state);
  }

  // Around the lower end of every edge: K4s, triangles, and the wedges from batches of hubs, which need these.
  void find_cliques(const WalkPlan<Entry>& plan, UpperTriangles<Entry>& triangles) {
    struct State {
      explicit State(const WalkPlan<Entry>& p, const TetradKernels& k, Stop& s)
          : matrix(p.graph, p.hubs.filled() && k.extract_row != nullptr ? &p.hubs : nullptr, k, s), hubs(p, k, s) {}
      LocalMatrix<Entry> matrix;
      HubWedges<Entry> hubs;
    };
    for_each_node<State>([&](std::optional<State>& state) { state.emplace(plan, kernels_, stop_); },
                         [&](State& state, std::size_t u, int worker) {
                           state.matrix.add(u);
                           const LowerEndTriangles& found = state.matrix.triangles();
                           triangles.keep(u, found, state.hubs.add(u, found), worker);
                         },
                         [&](State& state) {
                           state.matrix.give(cliques_);
                           state.hubs.give(walks_);
                         });
  }

  // Around the upper end of every edge: the other wedges, and all that depends on degrees.
  void walk(const WalkPlan<Entry>& plan, const UpperTriangles<Entry>& triangles) {
    struct State {
      explicit State(const WalkPlan<Entry>& p, const UpperTriangles<Entry>& t, const TetradKernels& k, Stop& s)
          : walk(p, t, k, s) {}
      WedgeWalk<Entry> walk;
      DegreeSums degrees{};
    };
    for_each_node<State>([&](std::optional<State>& state) { state.emplace(plan, triangles, kernels_, stop_); },
                         [&](State& state, std::size_t u, int) {
                           state.walk.add(u);
                           state.degrees.add(graph_.degrees(u));
                         },
                         [&](State& state) {
                           state.walk.give(walks_);
                           degrees_.add(state.degrees);
                         });
  }

  const RankedNeighbours<Entry>& graph_;
  const TetradKernels& kernels_;
  int num_threads_ = 1;
  Stop& stop_;
  std::vector<std::size_t> starts_;
  CliqueCounts cliques_{};
  WalkSums walks_;
  DegreeSums degrees_;
};

}  // namespace

template <class Index>
class TetradCensus<Index>::Memory {
 public:
  template <class Entry>
  AllTetrads count(const GraphView<Index>& graph, const TetradKernels& kernels, int num_threads, Stop& stop) {
    auto& ranked = [this]() -> auto& {
      if constexpr (std::is_same_v<Entry, std::uint32_t>) return narrow_;
      else return wide_;
    }();
    ranked.build(graph.out, stop, 2);  // the others are in claws and paths only, which degrees decide
    ranked.forget_rows();
    return TetradCounter<Entry>(ranked, kernels, num_threads, stop)
        .run(static_cast<Wide>(graph.n_nodes), static_cast<Wide>(graph.out.indices.size()));
  }

 private:
  RankedNeighbours<std::uint32_t> narrow_;
  RankedNeighbours<std::uint64_t> wide_;
};

template <class Index>
TetradCensus<Index>::TetradCensus(const TetradKernels& kernels)
    : kernels_(kernels), memory_(std::make_unique<Memory>()) {}

template <class Index>
TetradCensus<Index>::~TetradCensus() = default;

template <class Index>
AllTetrads TetradCensus<Index>::count_all(const GraphView<Index>& graph, int num_threads, Stop& stop) {
  AllTetrads counts = with_entry_for(graph.out.n_rows(), graph.out.indices.size(), [&]<class Entry>(Entry) {
    return memory_->template count<Entry>(graph, kernels_, num_threads, stop);
  });
  make_induced(counts);
  return counts;
}

template <class Index>
GeneralTetradCounts TetradCensus<Index>::count(const GraphView<Index>& graph, int num_threads, Stop& stop) {
  const AllTetrads all = count_all(graph, num_threads, stop);
  GeneralTetradCounts counts;
  for (std::size_t k = 0; k < counts.size(); ++k) counts[k] = static_cast<Count>(all[k]);
  return counts;
}

template class TetradCensus<std::int32_t>;
template class TetradCensus<std::int64_t>;

}  // namespace motifcount
