#include "triangles/kinded_lists.hpp"

#include <algorithm>

namespace motifcount {
namespace {

constexpr std::int64_t kRowsPerTask = 1 << 10;
constexpr std::int64_t kEntriesPerRun = 1 << 16;

}  // namespace

template <class Index>
KindedLists<Index>::KindedLists(const RankedLists<Index>& ranked, const CsrView<Index>& out, const ArcKinds& kinds,
                                int num_threads, Stop& stop)
    : ranked_(ranked), pair_states_(kinds.n_kinds) {
  fill_states(out, kinds, num_threads, stop);
  fill_planes(num_threads, stop);
}

// Every arc adds its part to the state of its pair, which is found in the list of its later-ranked end.
template <class Index>
void KindedLists<Index>::fill_states(const CsrView<Index>& out, const ArcKinds& kinds, int num_threads, Stop& stop) {
  using Entry = typename RankedLists<Index>::Entry;
  states_.assign(ranked_.first_entry(ranked_.n_nodes()), 0);
  const bool shared = num_threads > 1;
  const std::int64_t n = out.n_rows();
  parallel_for((n + kRowsPerTask - 1) / kRowsPerTask, num_threads, stop, [&](std::int64_t task, int) {
    PacedStop pace(stop);
    const std::int64_t last = std::min(n, (task + 1) * kRowsPerTask);
    for (std::int64_t u = task * kRowsPerTask; u < last; ++u) {
      auto arc = static_cast<std::size_t>(out.indptr[static_cast<std::size_t>(u)]);
      const Index ru = ranked_.rank_of()[static_cast<std::size_t>(u)];
      pace(4 * kScatterUnits * out.degree(u));
      for (const Index v : out.row(u)) {
        const Index rv = ranked_.rank_of()[static_cast<std::size_t>(v)];
        const auto holder = static_cast<std::size_t>(std::max(ru, rv));
        const auto list = ranked_.row(holder);
        const auto wanted = static_cast<Entry>(std::min(ru, rv)) << 2;
        const auto at = static_cast<std::size_t>(std::ranges::lower_bound(list, wanted) - list.begin());
        const std::size_t kind = kinds.of_arc[arc++] + std::size_t{1};
        const std::size_t part = ru > rv ? pair_states_.of(kind, 0) : pair_states_.of(0, kind);
        fetch_add(states_[ranked_.first_entry(holder) + at], static_cast<std::uint8_t>(part), shared);
      }
    }
  });
}

template <class Index>
void KindedLists<Index>::fill_planes(int num_threads, Stop& stop) {
  words_.assign(kKindPlanes * ranked_.first_word(ranked_.n_nodes()), 0);
  for_each_of_runs(ranked_.runs_of_entries(kEntriesPerRun), num_threads, stop, [&](std::size_t u, int) {
    std::uint64_t* const words = words_.data() + kKindPlanes * ranked_.first_word(u);
    const auto dense = ranked_.row(u).first(ranked_.row(u).size() - ranked_.tail(u).size());
    for (std::size_t k = 0; k < dense.size(); ++k) {
      const auto rank = static_cast<std::size_t>(dense[k] >> 2);
      const std::size_t state = row(u)[k];
      const auto set = [&](std::size_t plane, std::size_t kind) {
        const std::uint64_t value = kind == 0 ? 0 : kind - 1;
        std::uint64_t* const word = words + kKindPlanes * (rank / kWordBits) + plane;
        word[0] |= (value & 1) << rank % kWordBits;
        word[1] |= (value >> 1) << rank % kWordBits;
      };
      set(0, pair_states_.out(state));
      set(2, pair_states_.in(state));
    }
  });
}

template class KindedLists<std::int32_t>;
template class KindedLists<std::int64_t>;

}  // namespace motifcount
