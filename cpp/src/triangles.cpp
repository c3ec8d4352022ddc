#include "motifcount/triangles.hpp"

#include <algorithm>
#include <numeric>

namespace motifcount {
namespace {

constexpr std::int64_t kWorkPerTask = 1 << 18;  // look-ups, about half a millisecond
constexpr std::size_t kNodesPerCheck = 1 << 10;  // between two looks at `stop`
constexpr std::size_t kLanes = 4;               // histograms side by side, so that equal bins do not wait

// Edges at their lower-ranked end: entry = rank of the other end << 2 | dyad code. Node ids are ranks.
template <class Index>
struct OrientedLists {
  std::vector<std::int64_t> indptr;
  std::vector<std::make_unsigned_t<Index>> entries;
  std::vector<std::int32_t> layer;  // of each rank; empty without layers

  [[nodiscard]] auto row(std::size_t u) const {
    return std::span(entries).subspan(static_cast<std::size_t>(indptr[u]),
                                      static_cast<std::size_t>(indptr[u + 1] - indptr[u]));
  }
};

// Nodes in ascending order of degree (counting sort, stable).
template <class Index>
std::vector<Index> by_degree(std::span<const Index> degrees) {
  const auto highest = degrees.empty() ? 0 : static_cast<std::size_t>(std::ranges::max(degrees));
  std::vector<Index> start(highest + 2, 0);
  for (const Index d : degrees) ++start[static_cast<std::size_t>(d) + 1];
  std::partial_sum(start.begin(), start.end(), start.begin());
  std::vector<Index> order(degrees.size());
  for (std::size_t v = 0; v < degrees.size(); ++v)
    order[static_cast<std::size_t>(start[static_cast<std::size_t>(degrees[v])]++)] = static_cast<Index>(v);
  return order;
}

template <class Index>
OrientedLists<Index> orient(const CsrView<Index>& out, const CsrView<Index>& in, std::span<const Index> degrees,
                            std::span<const std::int32_t> layers, Stop& stop) {
  using Entry = std::make_unsigned_t<Index>;
  const std::size_t n = degrees.size();
  const std::vector<Index> order = by_degree(degrees);
  std::vector<Index> rank(n);
  for (std::size_t r = 0; r < n; ++r) rank[static_cast<std::size_t>(order[r])] = static_cast<Index>(r);

  // Walking the nodes x by rank and pushing x to its lower-ranked neighbours leaves every list sorted.
  const auto for_each_lower = [&](std::size_t r, auto visit) {
    if (r % kNodesPerCheck == 0) stop.check();
    const auto x = static_cast<std::int64_t>(order[r]);
    for_each_neighbour(out.row(x), in.row(x), [&](Index y, unsigned code) {
      const auto s = static_cast<std::size_t>(rank[static_cast<std::size_t>(y)]);
      if (s < r) visit(s, code);
    });
  };
  OrientedLists<Index> lists;
  lists.indptr.assign(n + 1, 0);
  for (std::size_t r = 0; r < n; ++r) for_each_lower(r, [&](std::size_t s, unsigned) { ++lists.indptr[s + 1]; });
  std::partial_sum(lists.indptr.begin(), lists.indptr.end(), lists.indptr.begin());
  lists.entries.resize(static_cast<std::size_t>(lists.indptr[n]));
  std::vector<std::int64_t> cursor(lists.indptr.begin(), lists.indptr.end() - 1);
  for (std::size_t r = 0; r < n; ++r)
    for_each_lower(r, [&](std::size_t s, unsigned code) {
      const unsigned seen_from_s = (code & 1) << 1 | code >> 1;
      lists.entries[static_cast<std::size_t>(cursor[s]++)] = static_cast<Entry>(r) << 2 | seen_from_s;
    });
  if (!layers.empty()) {
    lists.layer.resize(n);
    for (std::size_t r = 0; r < n; ++r) lists.layer[r] = layers[static_cast<std::size_t>(order[r])];
  }
  return lists;
}

// Cuts the nodes into runs of about kWorkPerTask look-ups.
template <class Index>
std::vector<std::size_t> balanced_tasks(const OrientedLists<Index>& lists, Stop& stop) {
  const std::size_t n = lists.indptr.size() - 1;
  std::vector<std::size_t> starts{0};
  std::int64_t work = 0;
  for (std::size_t u = 0; u < n; ++u) {
    if (u % kNodesPerCheck == 0) stop.check();
    const auto row = lists.row(u);
    work += static_cast<std::int64_t>(row.size()) + 1;
    for (const auto entry : row) {
      const auto v = static_cast<std::size_t>(entry >> 2);
      work += lists.indptr[v + 1] - lists.indptr[v];
    }
    if (work >= kWorkPerTask) {
      starts.push_back(u + 1);
      work = 0;
    }
  }
  if (starts.back() != n) starts.push_back(n);
  return starts;
}

struct Worker {
  std::vector<std::uint8_t> code_of;  // dyad code towards each rank; 0 where there is none
  std::vector<std::uint64_t> bins;
};

template <class Index>
void count_by_code(const OrientedLists<Index>& lists, std::size_t u, Worker& worker) {
  for (const auto entry : lists.row(u)) {
    const unsigned uv = static_cast<unsigned>(entry) & 3;
    const auto row = lists.row(static_cast<std::size_t>(entry >> 2));
    const std::uint8_t* const code_of = worker.code_of.data();
    std::uint64_t* const bins = worker.bins.data() + uv;
    std::size_t k = 0;
    for (; k + kLanes <= row.size(); k += kLanes)
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const auto w = row[k + lane];
        ++bins[lane * kTriadCodes + (std::size_t{code_of[w >> 2]} << 2 | (w & 3) << 4)];
      }
    for (; k < row.size(); ++k) ++bins[std::size_t{code_of[row[k] >> 2]} << 2 | (row[k] & 3) << 4];
  }
}

template <class Index>
void count_by_layers(const OrientedLists<Index>& lists, std::size_t u, const LayerTuples& tuples, Worker& worker) {
  for (const auto entry : lists.row(u)) {
    const auto v = static_cast<std::size_t>(entry >> 2);
    const unsigned uv = static_cast<unsigned>(entry) & 3;
    for (const auto other : lists.row(v)) {
      const auto w = static_cast<std::size_t>(other >> 2);
      const unsigned code = uv | worker.code_of[w] * 4u | (static_cast<unsigned>(other) & 3) << 4;
      if (worker.code_of[w] != 0)
        ++worker.bins[tuples.triple(lists.layer[u], lists.layer[v], lists.layer[w]) * kTriads + kTriadOfCode[code]];
    }
  }
}

}  // namespace

template <class Index>
std::vector<TriadCounts> closed_triads(const CsrView<Index>& out, const CsrView<Index>& in,
                                       std::span<const Index> degrees, std::span<const std::int32_t> layers,
                                       const LayerTuples& tuples, int num_threads, Stop& stop) {
  const OrientedLists<Index> lists = orient(out, in, degrees, layers, stop);
  const std::vector<std::size_t> starts = balanced_tasks(lists, stop);
  const bool by_block = !layers.empty();
  const std::size_t n_triples = by_block ? tuples.triples().size() : 1;
  const std::size_t n_bins = by_block ? n_triples * kTriads : kLanes * kTriadCodes;

  std::vector<Worker> workers(static_cast<std::size_t>(std::max(num_threads, 1)));
  parallel_for(static_cast<std::int64_t>(starts.size()) - 1, num_threads, stop, [&](std::int64_t task, int id) {
    Worker& worker = workers[static_cast<std::size_t>(id)];
    if (worker.bins.empty()) {
      worker.code_of.assign(degrees.size(), 0);
      worker.bins.assign(n_bins, 0);
    }
    for (std::size_t u = starts[static_cast<std::size_t>(task)]; u < starts[static_cast<std::size_t>(task) + 1]; ++u) {
      if (lists.row(u).size() < 2) continue;
      for (const auto entry : lists.row(u)) worker.code_of[entry >> 2] = static_cast<std::uint8_t>(entry & 3);
      if (by_block) count_by_layers(lists, u, tuples, worker);
      else count_by_code(lists, u, worker);
      for (const auto entry : lists.row(u)) worker.code_of[entry >> 2] = 0;
    }
  });

  std::vector<TriadCounts> counts(n_triples, TriadCounts{});
  for (const Worker& worker : workers)
    for (std::size_t bin = 0; bin < worker.bins.size(); ++bin) {
      const std::size_t triad = by_block ? bin % kTriads : std::size_t{kTriadOfCode[bin % kTriadCodes]};
      if (kTriadTables.closed[triad]) counts[by_block ? bin / kTriads : 0][triad] += worker.bins[bin];
    }
  return counts;
}

#define MOTIFCOUNT_INSTANTIATE(Index)                                                                       \
  template std::vector<TriadCounts> closed_triads(const CsrView<Index>&, const CsrView<Index>&,             \
                                                  std::span<const Index>, std::span<const std::int32_t>,    \
                                                  const LayerTuples&, int, Stop&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)

}  // namespace motifcount
