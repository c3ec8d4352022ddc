// Dense graphs as strips of bits: every arc once, in an order of the nodes that serves; and what sums over lines count.
#include "triangles/bit_strips.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "census/by_node.hpp"
#include "census/triads.hpp"
#include "graph/csr.hpp"
#include "tools/check.hpp"
#include "tools/graphs.hpp"
#include "tools/repeats.hpp"
#include "tools/wedge_oracle.hpp"
#include "triangles/strip_sums.hpp"

namespace test_bit_strips {

using namespace motifcount;
using test::Digraph;
using test::Random;

// Arcs along a random order of the nodes, or one way between two nodes, or any; the first nodes have the most.
Digraph linked(Linked links, int n, double p, Random& random) {
  std::vector<int> order(static_cast<std::size_t>(n));
  for (int v = 0; v < n; ++v) order[static_cast<std::size_t>(v)] = v;
  for (int v = n; v > 1; --v)
    std::swap(order[static_cast<std::size_t>(v - 1)], order[static_cast<std::size_t>(test::below(random, v))]);
  return test::random_digraph(n, p, random, [&](int u, int v) {
    if (u > n / 2 && v > n / 2 && (u + v) % 3 == 0) return false;
    if (links == Linked::kMutual) return true;
    if (links == Linked::kEither) return (u < v) == ((u * v) % 7 < 3);
    return order[static_cast<std::size_t>(u)] < order[static_cast<std::size_t>(v)];
  });
}

template <class Index>
std::optional<BitStrips<Index>> strips_of(const Csr<Index>& csr, int threads, Stop& stop = test::never()) {
  return BitStrips<Index>::of_dense(csr.view(), in_degrees(csr.view(), threads, test::never()), threads, stop);
}

template <class Index>
void hold_bits(const Csr<Index>& csr, Linked links, int threads) {
  const auto found_dense = strips_of(csr, threads);
  CHECK(found_dense.has_value());
  const auto& strips = found_dense.value();
  CHECK(strips.linked() == links);
  const std::size_t n = strips.n_nodes();
  std::vector<std::uint8_t> arcs(n * n), found(n * n);  // by ranks
  std::vector<std::int64_t> degree(n), mutual(n), visited(n);
  bool along = true;
  for (std::size_t u = 0; u < n; ++u)
    for (const Index v : csr.view().row(static_cast<std::int64_t>(u))) {
      const auto a = static_cast<std::size_t>(strips.rank_of()[u]);
      const auto b = static_cast<std::size_t>(strips.rank_of()[static_cast<std::size_t>(v)]);
      arcs[n * a + b] = 1;
      along = along && a < b;
      for (const std::size_t node : {a, b}) ++degree[node];
    }
  CHECK(links == Linked::kOneWay ? along : std::ranges::is_sorted(degree, std::greater{}));
  for (std::size_t y = 0; y < n; ++y)
    for (std::size_t w = 0; w < y; ++w) {
      const auto [out, in] = strips.word(y, w / 64);
      found[n * y + w] = out >> w % 64 & 1;
      found[n * w + y] = in >> w % 64 & 1;
      if (arcs[n * y + w] != 0 && arcs[n * w + y] != 0) ++mutual[y], ++mutual[w];
    }
  CHECK(found == arcs);
  for (std::size_t s = 0; s * strips.strip_nodes() < n; ++s) CHECK(is_zero(strips.strip(s)[s * strips.strip_nodes()]));
  for (std::size_t u = 0; u < n; ++u) CHECK_EQ(strips.mutual(u), mutual[u]);
  if (threads == 1)
    strips.for_each_mutual(1, test::never(), [&](std::size_t u, std::size_t v) { ++visited[u], ++visited[v]; });
  CHECK(threads > 1 || visited == mutual);
}

template <class Index>
void bits_of_all_kinds() {
  Random random(31);
  for (const Linked links : {Linked::kOneWay, Linked::kEither, Linked::kMutual})
    for (const int n : {256, 257, 600}) {
      const double p = links == Linked::kMutual ? 0.3 : 0.7;
      for (const int threads : {1, 3}) hold_bits(test::to_csr<Index>(linked(links, n, p, random)), links, threads);
    }
}

// With strips of both widths.
void triads_of_dense_graphs() {
  Random random(32);
  for (const Linked links : {Linked::kOneWay, Linked::kEither, Linked::kMutual}) {
    const auto csr = test::to_csr<std::int32_t>(linked(links, 530, links == Linked::kMutual ? 0.16 : 0.35, random));
    CHECK(strips_of(csr, 1).has_value());
    const auto expected = test::triads_by_wedges(csr);
    for (const int threads : test::kThreads)
      CHECK_EQ(census(test::view(csr), Shape::kGeneral, true, false, threads, test::never()).triads.at(0), expected);
  }
}

// tests/counting/test_dense.py has the oracle.
void nodes_of_dense_graphs() {
  Random random(33);
  for (const Linked links : {Linked::kOneWay, Linked::kEither, Linked::kMutual}) {
    const auto csr = test::to_csr<std::int32_t>(linked(links, 530, 0.35, random));
    const auto totals = census(test::view(csr), Shape::kGeneral, true, false, 1, test::never()).triads.at(0);
    const NodeCensus one = node_census(test::view(csr), Shape::kGeneral, true, 1, test::never());
    for (std::size_t k = 0; k < kTriads; ++k) {
      Count sum = 0;
      for (std::size_t v = 0; v < 530; ++v) sum += one.triads[v][k];
      CHECK_EQ(sum, 3 * totals[k]);
    }
    for (const int threads : test::kThreads) {
      const NodeCensus found = node_census(test::view(csr), Shape::kGeneral, true, threads, test::never());
      CHECK(found.triads == one.triads && found.dyads == one.dyads);
    }
  }
}

// Arcs from each node to the next ones of a circle of n, or of a line.
Csr<std::int32_t> regular(int n, int degree, bool circle) {
  std::vector<std::vector<int>> rows(static_cast<std::size_t>(n));
  for (int u = 0; u < n; ++u)
    for (int v = u + 1; v <= u + degree && (circle || v < n); ++v) rows[static_cast<std::size_t>(u)].push_back(v % n);
  return test::to_csr<std::int32_t>(rows);
}

void which_graphs_are_dense() {
  CHECK(!strips_of(regular(512, 63, true), 1));
  CHECK(strips_of(regular(512, 64, true), 1));
  CHECK(!strips_of(regular(512, 32, false), 1));
  CHECK(strips_of(regular(512, 40, false), 1));
  CHECK(!strips_of(regular(128, 127, true), 1));  // few arcs
}

void interruption() {
  Random random(34);
  const auto csr = test::to_csr<std::int32_t>(linked(Linked::kMutual, 600, 0.2, random));
  const auto strips = strips_of(csr, 1).value();
  struct Worker {
    void add(std::size_t, const StripLine&, const StripSums (&)[3]) {}
    void finish(std::size_t) {}
  };
  for (const int threads : {1, 2}) {
    std::vector<Worker> workers(static_cast<std::size_t>(threads));
    Stop stop;
    stop.request();
    CHECK_THROWS(Interrupted, for_each_strip_sum(strips, true, workers, stop));
    CHECK_THROWS(Interrupted, strips_of(csr, threads, stop));
  }
}

const check::Tests tests(__FILE__, [] {
  RUN(bits_of_all_kinds<std::int32_t>);
  RUN(bits_of_all_kinds<std::int64_t>);
  RUN(triads_of_dense_graphs);
  RUN(nodes_of_dense_graphs);
  RUN(which_graphs_are_dense);
  RUN(interruption);
});

}  // namespace test_bit_strips
