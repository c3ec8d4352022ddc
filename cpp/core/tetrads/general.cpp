#include "tetrads/general.hpp"

#include <algorithm>
#include <optional>
#include <type_traits>
#include <vector>

namespace motifcount {
namespace {

constexpr std::size_t kEntriesPerTask = 1 << 12;

// The phases of one count; `Entry` is wide enough for the graph.
template <class Entry>
class TetradCounter {
 public:
  TetradCounter(RankedNeighbours<Entry>& graph, const TetradKernels& kernels, int num_threads, Stop& stop)
      : graph_(graph), kernels_(kernels), num_threads_(std::max(num_threads, 1)), stop_(stop) {
    cut_into_tasks();
  }

  AllTetrads run(Wide n_nodes) {
    UpperTriangles<Entry> triangles(graph_);
    const HubPlanes<Entry> hubs(graph_, stop_);
    const CliqueCounts cliques = find_cliques(kernels_.extract_row != nullptr ? &hubs : nullptr, triangles);
    DegreeSums degrees;
    const WalkSums walks = walk(hubs, triangles, degrees);
    return open_counts(cliques, walks, degrees, n_nodes);
  }

 private:
  void cut_into_tasks() {
    std::size_t entries = 0;
    for (std::size_t u = 0; u < graph_.n_nodes(); ++u) {
      if (entries == 0) starts_.push_back(u);
      entries += graph_.row(u).size();
      if (entries >= kEntriesPerTask) entries = 0;
    }
    starts_.push_back(graph_.n_nodes());
  }

  // body(state, u) for all nodes in ascending rank; every worker has a state of its own, made when it first needs it.
  template <class State, class Make, class Body>
  std::vector<std::optional<State>> for_each_node(Make make, Body body) {
    std::vector<std::optional<State>> states(static_cast<std::size_t>(num_threads_));
    const auto n_tasks = static_cast<std::int64_t>(starts_.size()) - 1;
    parallel_for(n_tasks, num_threads_, stop_, [&](std::int64_t task, int worker) {
      auto& state = states[static_cast<std::size_t>(worker)];
      if (!state) make(state);
      const auto t = static_cast<std::size_t>(task);
      for (std::size_t u = starts_[t]; u < starts_[t + 1]; ++u) body(*state, u);
    });
    return states;
  }

  CliqueCounts find_cliques(const HubPlanes<Entry>* hubs, UpperTriangles<Entry>& triangles) {
    using Matrix = LocalMatrix<Entry>;
    const auto matrices = for_each_node<Matrix>(
        [&](std::optional<Matrix>& matrix) { matrix.emplace(graph_, hubs, triangles, kernels_, stop_); },
        [](Matrix& matrix, std::size_t u) { matrix.add(u); });
    CliqueCounts cliques{};
    for (const auto& matrix : matrices)
      if (matrix) matrix->give(cliques);
    return cliques;
  }

  WalkSums walk(const HubPlanes<Entry>& hubs, const UpperTriangles<Entry>& triangles, DegreeSums& degrees) {
    const WalkPlan<Entry> plan(graph_, hubs, kernels_.batch_cost);
    struct State {
      explicit State(const WalkPlan<Entry>& p, const UpperTriangles<Entry>& t, const TetradKernels& k, Stop& s)
          : walk(p, t, k, s) {}
      WedgeWalk<Entry> walk;
      DegreeSums degrees{};
    };
    auto states =
        for_each_node<State>([&](std::optional<State>& state) { state.emplace(plan, triangles, kernels_, stop_); },
                             [&](State& state, std::size_t u) {
                               state.walk.add(u);
                               state.degrees.add(graph_.degrees(u));
                             });
    WalkSums walks;
    for (auto& state : states) {
      if (!state) continue;
      state->walk.give(walks);
      degrees.add(state->degrees);
    }
    return walks;
  }

  RankedNeighbours<Entry>& graph_;
  const TetradKernels& kernels_;
  int num_threads_;
  Stop& stop_;
  std::vector<std::size_t> starts_;
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
    ranked.build(graph.out, stop);
    return TetradCounter<Entry>(ranked, kernels, num_threads, stop).run(static_cast<Wide>(graph.n_nodes));
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
  constexpr std::int64_t most_narrow = std::int64_t{1} << (32 - RankedNeighbours<std::uint32_t>::kLinkBits);
  AllTetrads counts = graph.out.n_rows() <= most_narrow
                          ? memory_->template count<std::uint32_t>(graph, kernels_, num_threads, stop)
                          : memory_->template count<std::uint64_t>(graph, kernels_, num_threads, stop);
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
