#include "census/triad_shards.hpp"

#include <algorithm>

#include "graph/csr.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kNodesPerStretch = 1 << 10;

}  // namespace

void TriadCensusSums::add(const TriadCensusSums& others) {
  asymmetric += others.asymmetric;
  mutual_ends += others.mutual_ends;
  for (std::size_t k = 0; k < kTriads; ++k) {
    wedges[k] += others.wedges[k];
    closed[k] += others.closed[k];
  }
}

template <class Index>
TriadShards<Index>::TriadShards(const GraphView<Index>& graph, int num_threads, Stop& stop)
    : out_(graph.out),
      in_degrees_(in_degrees(graph.out, num_threads, stop)),
      ranked_(graph.out, in_degrees_, num_threads, stop) {}

template <class Index>
TriadCensusSums TriadShards<Index>::sums(Part part, int num_threads, Stop& stop) const {
  TriadCensusSums sums;
  sums.closed = closed_triads(ranked_, part, num_threads, stop);
  add_open(part, sums, stop);
  return sums;
}

template <class Index>
void TriadShards<Index>::add_open(Part part, TriadCensusSums& sums, Stop& stop) const {
  const std::int64_t n = out_.n_rows();
  PacedStop pace(stop);
  for (std::int64_t k = 0; k < part.size((n + kNodesPerStretch - 1) / kNodesPerStretch); ++k) {
    const std::int64_t first = part.task(k) * kNodesPerStretch;
    pace(kScatterUnits * kNodesPerStretch);
    for (std::int64_t v = first; v < std::min(n, first + kNodesPerStretch); ++v) {
      const auto at = static_cast<std::size_t>(v);
      const std::int64_t mutual = ranked_.mutual(static_cast<std::size_t>(ranked_.rank_of()[at]));
      const std::array<std::int64_t, 4> by_code{0, out_.degree(v) - mutual, in_degrees_[at] - mutual, mutual};
      sums.asymmetric += by_code[1];
      sums.mutual_ends += mutual;
      for (unsigned x = 1; x < 4; ++x)
        for (unsigned y = x; y < 4; ++y)
          sums.wedges[kWedge[x][y]] += x == y ? choose2(by_code[x]) : Count{by_code[x]} * by_code[y];
    }
  }
}

Census census_of(const TriadCensusSums& sums, std::int64_t n_nodes) {
  DyadCounts dyads{};
  dyads[kAsymmetric] = sums.asymmetric;
  dyads[kMutual] = sums.mutual_ends / 2;
  dyads[kNull] = choose2(n_nodes) - dyads[kAsymmetric] - dyads[kMutual];
  TriadCounts triads = sums.wedges;
  subtract_closed(sums.closed, triads);
  const std::int64_t others = std::max<std::int64_t>(n_nodes - 2, 0);
  fill_sparse_triads(triads, dyads[kAsymmetric] * others, dyads[kMutual] * others, choose3(n_nodes));
  return {{dyads}, {triads}};
}

template class TriadShards<std::int32_t>;
template class TriadShards<std::int64_t>;

}  // namespace motifcount
