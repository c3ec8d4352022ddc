// The census of all tetrads of one graph in shards.
//
// A shard is that of the nodes of consecutive ranks. The sums of its K4s, edges and wedges are over those whose lower
// end w is one of them: their triangles above both ends are found in the shard itself. So a shard walks from every node
// u above, but along parts of rows only. Beside what is shared out, O(n log n + m) time.
#pragma once

#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

#include "support/part.hpp"
#include "tetrads/tetrad_counter.hpp"

namespace motifcount {

// Keeps nothing of the graph. Several threads may count shards of it at a time.
class TetradShards {
 public:
  template <class Index>
  TetradShards(const CsrView<Index>& out, int num_threads, Stop& stop, const TetradKernels& kernels = tetrad_kernels());

  // Shard k of n, about as much work as any other. The same on every machine.
  [[nodiscard]] TetradSums sums(Part part, int num_threads, Stop& stop) const;

 private:
  template <class Entry>
  struct Prepared {
    Prepared(RankedNeighbours<Entry> ranked, const TetradKernels& kernels, int num_threads, Stop& stop);

    [[nodiscard]] std::size_t first_task(std::int64_t k, std::int64_t n) const;

    RankedNeighbours<Entry> graph;
    TetradCounter<Entry> counter;
    std::vector<std::uint64_t> work;  // of the tasks before each, and of all
  };

  std::variant<std::unique_ptr<Prepared<std::uint32_t>>, std::unique_ptr<Prepared<std::uint64_t>>> prepared_;
};

}  // namespace motifcount
