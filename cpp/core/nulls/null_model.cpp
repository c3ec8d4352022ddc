#include "nulls/null_model.hpp"

#include "nulls/null_support.hpp"

namespace motifcount {

template <class Index>
std::unique_ptr<NullModel> prepare_null(const GraphView<Index>& graph, const NullOptions& options, int num_threads,
                                        Stop& stop) {
  switch (options.null) {
    case Null::kDegree: return prepare_degree(graph, options, num_threads, stop);
    case Null::kCover: return prepare_cover(graph, options, stop);
    case Null::kEdgeCount: break;
  }
  return prepare_edge_count(graph, options, stop);
}

#define MOTIFCOUNT_INSTANTIATE(Index)                                                                          \
  template std::unique_ptr<NullModel> prepare_null(const GraphView<Index>&, const NullOptions&, int, Stop&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)

}  // namespace motifcount
