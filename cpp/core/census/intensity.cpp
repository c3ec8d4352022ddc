#include "census/intensity.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <vector>

#include "census/weighted_neighbours.hpp"
#include "support/threads.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kTasks = 1 << 12;              // at most
constexpr std::int64_t kFewestNodesPerTask = 1 << 4;  // at least
constexpr std::int64_t kUnitsPerNeighbour = 2;        // of a PacedStop

// The neighbours of one node at a time, looked up by node.
template <class Index>
class Marks {
 public:
  explicit Marks(std::size_t n_nodes) : place_(n_nodes, 0) {}

  void set(std::span<const WeightedNeighbour<Index>> row) {
    row_ = row;
    for (std::size_t k = 0; k < row.size(); ++k)
      place_[static_cast<std::size_t>(row[k].node)] = static_cast<Index>(k + 1);
  }
  void clear() {
    for (const auto& neighbour : row_) place_[static_cast<std::size_t>(neighbour.node)] = 0;
  }
  // Null for a node that is none of them.
  [[nodiscard]] const WeightedNeighbour<Index>* find(Index node) const {
    const Index place = place_[static_cast<std::size_t>(node)];
    return place == 0 ? nullptr : &row_[static_cast<std::size_t>(place - 1)];
  }

 private:
  std::span<const WeightedNeighbour<Index>> row_;
  std::vector<Index> place_;
};

// Adds up triads around one node after another.
template <class Index>
class IntensityAdder {
 public:
  using Neighbour = WeightedNeighbour<Index>;

  IntensityAdder(const WeightedNeighbours<Index>& graph, std::size_t n_nodes, Stop& stop)
      : graph_(graph), pace_(stop), of_u_(n_nodes) {}

  // The triads that are taken at u: open ones whose lower end it is, closed ones whose lowest node it is.
  void add_lowest(Index u, TriadSums& sums) {
    visit(u, sums, [u](Index w) { return w > u; }, [u](Index v, Index w) { return u < v && v < w; });
  }

  // All triads that contain u.
  void add_all(Index u, TriadSums& sums) {
    visit(u, sums, [u](Index w) { return w != u; }, [](Index v, Index w) { return v < w; });
    if (!of_v_) of_v_.emplace(of_u_);
    Marks<Index>& of_v = *of_v_;
    const auto row = graph_.row(static_cast<std::size_t>(u));
    for (const Neighbour& v : row) {
      of_v.set(graph_.row(static_cast<std::size_t>(v.node)));
      for (std::size_t code = 1; code < 4; ++code)
        add_open(sums, v, v.code, graph_.row(static_cast<std::size_t>(u), code), code,
                 [&](const Neighbour& w) { return w.node > v.node && of_v.find(w.node) == nullptr; });
      of_v.clear();
    }
  }

 private:
  // The triads u, v, w with v a neighbour of u and w one of v: open ones where is_end(w), closed where is_last(v, w).
  template <class IsEnd, class IsLast>
  void visit(Index u, TriadSums& sums, IsEnd is_end, IsLast is_last) {
    of_u_.set(graph_.row(static_cast<std::size_t>(u)));
    for (const Neighbour& v : graph_.row(static_cast<std::size_t>(u)))
      for (std::size_t code = 1; code < 4; ++code)
        add_open(sums, v, reversed_dyad(v.code), graph_.row(static_cast<std::size_t>(v.node), code), code,
                 [&](const Neighbour& w) {
                   if (!is_end(w.node)) return false;
                   const Neighbour* const uw = of_u_.find(w.node);
                   if (uw != nullptr && is_last(v.node, w.node)) add_closed(sums, v, *uw, w);
                   return uw == nullptr;
                 });
    of_u_.clear();
  }

  // The open triads of the pair `first`, whose code is that seen from the centre, with each of a row that is_open.
  template <class IsOpen>
  void add_open(TriadSums& sums, const Neighbour& first, std::size_t first_code, std::span<const Neighbour> row,
                std::size_t code, IsOpen is_open) {
    pace_(kUnitsPerNeighbour * std::ssize(row));
    const std::size_t n_first = arcs_of_dyad(first_code), n_second = arcs_of_dyad(code);
    const double root = first.root[n_second - 1];
    const auto n_arcs = static_cast<double>(n_first + n_second);
    double intensity = 0, coherence = 0;
    for (const Neighbour& second : row)
      if (is_open(second)) {
        const double geometric = root * second.root[n_first - 1];
        intensity += geometric;
        coherence += geometric / (first.sum + second.sum);
      }
    const Triad triad = kWedge[first_code][code];
    sums[kIntensity][triad] += intensity;
    sums[kCoherence][triad] += n_arcs * coherence;
  }

  void add_closed(TriadSums& sums, const Neighbour& uv, const Neighbour& uw, const Neighbour& vw) {
    const auto n_arcs = static_cast<double>(arcs_of_dyad(uv.code) + arcs_of_dyad(uw.code) + arcs_of_dyad(vw.code));
    const double geometric = std::exp((uv.log_product + uw.log_product + vw.log_product) / n_arcs);
    const Triad triad = kTriadOfCode[triad_code(uv.code, uw.code, vw.code)];
    sums[kIntensity][triad] += geometric;
    sums[kCoherence][triad] += n_arcs * geometric / (uv.sum + uw.sum + vw.sum);
  }

  const WeightedNeighbours<Index>& graph_;
  PacedStop pace_;
  Marks<Index> of_u_;
  std::optional<Marks<Index>> of_v_;
};

// body(u, adder, task) for every row u.
template <class Index, class Body>
void for_each_node(const CsrView<Index>& graph, std::span<const double> weights, std::int64_t nodes_per_task,
                   int num_threads, Stop& stop, Body body) {
  if (weights.size() != graph.indices.size()) throw InvalidGraph("weights: need an entry for every arc");
  const std::int64_t n = graph.n_rows();
  const WeightedNeighbours<Index> neighbours(graph, weights, stop);
  std::vector<std::optional<IntensityAdder<Index>>> adders(static_cast<std::size_t>(std::max(num_threads, 1)));
  parallel_for((n + nodes_per_task - 1) / nodes_per_task, num_threads, stop, [&](std::int64_t task, int id) {
    auto& adder = adders[static_cast<std::size_t>(id)];
    if (!adder) adder.emplace(neighbours, static_cast<std::size_t>(n), stop);
    for (std::int64_t u = task * nodes_per_task; u < std::min(n, (task + 1) * nodes_per_task); ++u)
      body(static_cast<Index>(u), *adder, static_cast<std::size_t>(task));
  });
}

}  // namespace

template <class Index>
TriadSums triad_intensities(const CsrView<Index>& graph, std::span<const double> weights, int num_threads, Stop& stop) {
  const std::int64_t n = graph.n_rows();
  const std::int64_t nodes_per_task = std::max(kFewestNodesPerTask, n / kTasks + 1);
  std::vector<TriadSums> by_task(static_cast<std::size_t>((n + nodes_per_task - 1) / nodes_per_task));
  for_each_node(graph, weights, nodes_per_task, num_threads, stop,
                [&](Index u, auto& adder, std::size_t task) { adder.add_lowest(u, by_task[task]); });
  TriadSums total{};
  for (const TriadSums& sums : by_task)
    for (std::size_t m = 0; m < kMeasures; ++m)
      for (std::size_t k = 0; k < kTriads; ++k) total[m][k] += sums[m][k];
  return total;
}

template <class Index>
LargeArray<TriadSums> triad_intensities_by_node(const CsrView<Index>& graph, std::span<const double> weights,
                                                int num_threads, Stop& stop) {
  LargeArray<TriadSums> by_node(static_cast<std::size_t>(graph.n_rows()));
  for_each_node(graph, weights, kFewestNodesPerTask, num_threads, stop, [&](Index u, auto& adder, std::size_t) {
    TriadSums sums{};
    adder.add_all(u, sums);
    by_node[static_cast<std::size_t>(u)] = sums;
  });
  return by_node;
}

#define MOTIFCOUNT_INSTANTIATE(Index)                                                               \
  template TriadSums triad_intensities(const CsrView<Index>&, std::span<const double>, int, Stop&); \
  template LargeArray<TriadSums> triad_intensities_by_node(const CsrView<Index>&, std::span<const double>, int, Stop&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)
#undef MOTIFCOUNT_INSTANTIATE

}  // namespace motifcount
