#include "tetrads/general.hpp"

#include <type_traits>

#include "tetrads/tetrad_counter.hpp"

namespace motifcount {
GeneralTetradCounts connected(const AllTetrads& all) {
  GeneralTetradCounts counts;
  for (std::size_t k = 0; k < counts.size(); ++k) counts[k] = static_cast<Count>(all[k]);
  return counts;
}

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
    TetradCounter<Entry> counter(ranked, kernels, num_threads, stop);
    return open_counts(counter.sums_once(num_threads, stop), static_cast<Wide>(graph.n_nodes),
                       static_cast<Wide>(graph.out.indices.size()));
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
  return connected(count_all(graph, num_threads, stop));
}

template class TetradCensus<std::int32_t>;
template class TetradCensus<std::int64_t>;

}  // namespace motifcount
