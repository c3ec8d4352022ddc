#include "census/by_arc.hpp"

#include <algorithm>

#include "census/around_edges.hpp"

namespace motifcount {
namespace {

constexpr Code kOwnArc = 1;  // of the first node to the second, in any code
static_assert(bit_of_arc(0, 1) == 0);

// By the code of three nodes, how many motifs of each class hold the arc from the first to the second.
using MotifsOfCode = std::array<std::array<std::uint8_t, kTriads>, kTriadCodes>;

constexpr MotifsOfCode motifs_of_code(bool induced) {
  MotifsOfCode table{};
  for (std::size_t code = 0; code < kTriadCodes; ++code) {
    if ((code & kOwnArc) == 0) continue;
    if (induced) ++table[code][kTriadOfCode[code]];
    else
      for_each_subset(static_cast<Code>(code), [&](Code subset) {
        if ((subset & kOwnArc) != 0) ++table[code][kTriadOfCode[subset]];
      });
  }
  return table;
}

constexpr MotifsOfCode kInduced = motifs_of_code(true), kSubgraphs = motifs_of_code(false);

ArcDyads dyads_of(std::size_t code, bool induced) {
  ArcDyads dyads{};
  dyads[kMutual] = code == 3;
  dyads[kAsymmetric] = code != 3 || !induced;
  return dyads;
}

template <class Index, class Entry>
class ArcCounter {
 public:
  ArcCounter(const GraphView<Index>& graph, bool induced, int num_threads, Stop& stop)
      : graph_(graph), induced_(induced), num_threads_(num_threads), stop_(stop) {
    ranked_.build(graph.out, stop);
  }

  ArcCensus run(bool want_triads) {
    ArcCensus found;
    found.dyads.resize(graph_.out.indices.size());
    if (want_triads) found.triads.resize(graph_.out.indices.size());
    const auto set = [&](std::size_t from, std::size_t to, std::size_t code, const ThirdNodes& thirds) {
      if ((code & kOwnArc) == 0) return;
      const std::size_t arc = arc_between(from, to);
      found.dyads[arc] = dyads_of(code, induced_);
      if (want_triads) found.triads[arc] = triads_of(code, thirds);
    };
    for_each_edge(ranked_, graph_.n_nodes, find_levels(graph_.out, stop_).shape, num_threads_, stop_,
                  [&](std::size_t u, std::size_t v, std::size_t code, const ThirdNodes& thirds) {
                    ThirdNodes from_v{};
                    for (std::size_t a = 0; a < 4; ++a)
                      for (std::size_t b = 0; b < 4; ++b) from_v[b][a] = thirds[a][b];
                    set(u, v, code, thirds);
                    set(v, u, reversed_dyad(code), from_v);
                  });
    return found;
  }

 private:
  [[nodiscard]] std::size_t arc_between(std::size_t from, std::size_t to) const {
    const auto rows = ranked_.row_of_rank();
    const auto row = graph_.out.row(static_cast<std::int64_t>(rows[from]));
    const auto at = std::ranges::lower_bound(row, static_cast<Index>(rows[to]));
    return static_cast<std::size_t>(&*at - graph_.out.indices.data());
  }

  [[nodiscard]] ArcTriads triads_of(std::size_t code, const ThirdNodes& thirds) const {
    ArcTriads triads{};
    for (std::size_t a = 0; a < 4; ++a)
      for (std::size_t b = 0; b < 4; ++b) {
        const auto& times = (induced_ ? kInduced : kSubgraphs)[triad_code(code, a, b)];
        for (std::size_t k = 0; k < kTriads; ++k) triads[k] += thirds[a][b] * times[k];
      }
    return triads;
  }

  const GraphView<Index>& graph_;
  bool induced_;
  int num_threads_;
  Stop& stop_;
  RankedNeighbours<Entry> ranked_;
};

}  // namespace

template <class Index>
ArcCensus arc_census(const GraphView<Index>& graph, bool want_triads, bool induced, int num_threads, Stop& stop) {
  return with_entry_for(graph.out.n_rows(), graph.out.indices.size(), [&]<class Entry>(Entry) {
    constexpr std::int64_t steps_of_arc = 4;
    const int n_threads = threads_for(steps_of_arc * graph.out.n_edges(), num_threads);
    return ArcCounter<Index, Entry>(graph, induced, n_threads, stop).run(want_triads);
  });
}

template ArcCensus arc_census(const GraphView<std::int32_t>&, bool, bool, int, Stop&);
template ArcCensus arc_census(const GraphView<std::int64_t>&, bool, bool, int, Stop&);

}  // namespace motifcount
