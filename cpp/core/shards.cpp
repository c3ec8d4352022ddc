#include "shards.hpp"

#include <type_traits>

namespace motifcount {

static_assert(std::is_trivially_copyable_v<CensusSums>);

template <class Index>
CensusShards<Index>::CensusShards(const GraphView<Index>& graph, FamilySet families, int num_threads, Stop& stop) {
  if (families.has(Family::kLayeredTetrad))
    throw NotSupported("the tetrads of strictly layered graphs are not counted in shards");
  if (families.has(Family::kDyad) || families.has(Family::kTriad)) triads_.emplace(graph, num_threads, stop);
  if (families.has(Family::kTetrad)) tetrads_.emplace(graph.out, num_threads, stop);
}

template <class Index>
CensusSums CensusShards<Index>::sums(Part part, int num_threads, Stop& stop) const {
  CensusSums sums;
  if (triads_) sums.triads = triads_->sums(part, num_threads, stop);
  if (tetrads_) sums.tetrads = tetrads_->sums(part, num_threads, stop);
  return sums;
}

template class CensusShards<std::int32_t>;
template class CensusShards<std::int64_t>;

}  // namespace motifcount
