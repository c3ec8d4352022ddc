#include "tetrads/tetrad_shards.hpp"

#include <algorithm>
#include <utility>

namespace motifcount {
namespace {

// By node w: the wedges to it from above, and what its row takes, in operations. In integers and without a look at the
// kernels, since machines that share a graph out must agree.
template <class Entry>
LargeArray<std::uint64_t> work_of_nodes(const RankedNeighbours<Entry>& graph, Stop& stop) {
  constexpr std::uint64_t kPerEntry = 16, kPairsPerUnit = 4;
  LargeArray<std::uint64_t> work(graph.n_nodes(), 0);
  PacedStop pace(stop);
  for (std::size_t v = 0; v < graph.n_nodes(); ++v) {
    const auto row = graph.row(v);
    const std::size_t n_above = graph.above(v).size();
    pace(1 + kScatterUnits * static_cast<std::int64_t>(row.size()));
    work[v] += kPerEntry * row.size() + n_above * n_above / kPairsPerUnit;
    for (std::size_t k = 0; k < row.size(); ++k) work[RankedNeighbours<Entry>::rank_of(row[k])] += std::min(k, n_above);
  }
  return work;
}

template <class Entry>
std::vector<std::uint64_t> work_before_tasks(const RankedNeighbours<Entry>& graph,
                                             const std::vector<std::size_t>& starts, Stop& stop) {
  const LargeArray<std::uint64_t> of_nodes = work_of_nodes(graph, stop);
  std::vector<std::uint64_t> before{0};
  for (std::size_t t = 0; t + 1 < starts.size(); ++t) {
    std::uint64_t work = before.back();
    for (std::size_t u = starts[t]; u < starts[t + 1]; ++u) work += of_nodes[u];
    before.push_back(work);
  }
  return before;
}

}  // namespace

template <class Entry>
TetradShards::Prepared<Entry>::Prepared(RankedNeighbours<Entry> ranked, const TetradKernels& kernels, int num_threads,
                                        Stop& stop)
    : graph(std::move(ranked)),
      counter(graph, kernels, num_threads, stop),
      work(work_before_tasks(graph, counter.starts(), stop)) {}

template <class Entry>
std::size_t TetradShards::Prepared<Entry>::first_task(std::int64_t k, std::int64_t n) const {
  const auto part = static_cast<std::uint64_t>(k), parts = static_cast<std::uint64_t>(n);
  if (part == parts) return work.size() - 1;
  const std::uint64_t before = work.back() / parts * part + work.back() % parts * part / parts;
  return static_cast<std::size_t>(std::ranges::lower_bound(work, before) - work.begin());
}

template <class Index>
TetradShards::TetradShards(const CsrView<Index>& out, int num_threads, Stop& stop, const TetradKernels& kernels) {
  with_entry_for(out.n_rows(), out.indices.size(), [&]<class Entry>(Entry) {
    RankedNeighbours<Entry> ranked;
    ranked.build(out, stop, 2);
    ranked.forget_rows();
    prepared_ = std::make_unique<Prepared<Entry>>(std::move(ranked), kernels, num_threads, stop);
  });
}

TetradSums TetradShards::sums(Part part, int num_threads, Stop& stop) const {
  return std::visit(
      [&](const auto& prepared) {
        return prepared->counter.sums(prepared->first_task(part.k, part.n), prepared->first_task(part.k + 1, part.n),
                                      num_threads, stop);
      },
      prepared_);
}

template TetradShards::TetradShards(const CsrView<std::int32_t>&, int, Stop&, const TetradKernels&);
template TetradShards::TetradShards(const CsrView<std::int64_t>&, int, Stop&, const TetradKernels&);

}  // namespace motifcount
