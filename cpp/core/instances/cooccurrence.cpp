#include "instances/cooccurrence.hpp"

#include "instances/plan.hpp"
#include "instances/shared_by_search.hpp"
#include "instances/shared_triads.hpp"
#include "instances/wanted_roles.hpp"

namespace motifcount {

template <class Index>
PairCounts<Index> cooccurrence(const GraphView<Index>& graph, int size, Code code, std::optional<RolePair> roles,
                               std::size_t most_bytes, int num_threads, Stop& stop) {
  const WantedRoles wanted(size, code, roles);
  return with_entry_for(graph.out.n_rows(), graph.out.indices.size(), [&]<class Entry>(Entry) {
    if (size == 3) return SharedTriads<Index, Entry>(graph, wanted, num_threads, stop).count(most_bytes);
    const Plan plan = plan_for(size, code);
    return SharedBySearch<Index, Entry>(graph, plan, code, wanted, num_threads, stop).count(most_bytes);
  });
}

template PairCounts<std::int32_t> cooccurrence(const GraphView<std::int32_t>&, int, Code, std::optional<RolePair>,
                                               std::size_t, int, Stop&);
template PairCounts<std::int64_t> cooccurrence(const GraphView<std::int64_t>&, int, Code, std::optional<RolePair>,
                                               std::size_t, int, Stop&);

}  // namespace motifcount
