// Checking, transposing and cutting adjacency; every pass over a large graph can be stopped.
#include "graph/csr.hpp"

#include <vector>

#include "graph/blocks.hpp"
#include "graph/build.hpp"
#include "graph/effective_nodes.hpp"
#include "graph/levels.hpp"
#include "tools/check.hpp"
#include "tools/graphs.hpp"

namespace test_csr {

using namespace motifcount;
using test::Random;

template <class Index>
bool canonical(const std::vector<Index>& indptr, const std::vector<Index>& indices, std::int64_t n_cols,
               int threads = 1) {
  Stop stop;
  return is_canonical(CsrView<Index>{indptr, indices}, n_cols, threads, stop);
}

template <class Index>
void canonical_checks() {
  using V = std::vector<Index>;
  CHECK(canonical(V{0}, V{}, 0));
  CHECK(canonical(V{0, 0, 0}, V{}, 2));
  CHECK(canonical(V{0, 2, 3}, V{1, 2, 0}, 3));
  CHECK(!canonical(V{0, 2, 3}, V{2, 1, 0}, 3));  // unsorted
  CHECK(!canonical(V{0, 2, 3}, V{1, 1, 0}, 3));  // repeated
  CHECK(!canonical(V{0, 2, 3}, V{0, 1, 0}, 3));  // loop
  CHECK_THROWS(InvalidGraph, canonical(V{}, V{}, 0));
  CHECK_THROWS(InvalidGraph, canonical(V{1, 1}, V{0}, 1));
  CHECK_THROWS(InvalidGraph, canonical(V{0, 2, 1}, V{0, 1}, 2));
  CHECK_THROWS(InvalidGraph, canonical(V{0, -1, 1}, V{1}, 2));
  CHECK_THROWS(InvalidGraph, canonical(V{0, 1, 3}, V{1, 0}, 2));
  CHECK_THROWS(InvalidGraph, canonical(V{0, 1}, V{1, 0}, 2));  // an index that no row owns
  CHECK_THROWS(InvalidGraph, canonical(V{0, 1, 2}, V{1, 2}, 2));
  CHECK_THROWS(InvalidGraph, canonical(V{0, 1, 2}, V{-1, 0}, 2));
  CHECK_THROWS(InvalidGraph, canonical(V{0, 2}, V{5, -7}, 6));  // both a soft and a hard fault
}

// A fault in any part of a graph that several tasks look at.
void canonical_in_tasks() {
  constexpr std::int32_t n = 200000;
  std::vector<std::int32_t> indptr, indices;
  for (std::int32_t u = 0; u <= n; ++u) indptr.push_back(u);
  for (std::int32_t u = 0; u < n; ++u) indices.push_back((u + 1) % n);
  for (const int threads : {1, 3}) {
    CHECK(canonical(indptr, indices, n, threads));
    for (const std::size_t at : {std::size_t{0}, std::size_t{100001}, std::size_t{n - 1}}) {
      auto bad = indices;
      bad[at] = static_cast<std::int32_t>(at);
      CHECK(!canonical(indptr, bad, n, threads));
      bad[at] = n;
      CHECK_THROWS(InvalidGraph, canonical(indptr, bad, n, threads));
    }
  }
}

template <class Index>
void transposes() {
  Random random(2);
  for (const int n : {0, 1, 2, 9, 33}) {
    const auto graph = test::random_digraph(n, 0.3, random);
    test::Digraph turned(n);
    std::vector<Index> in_degree(static_cast<std::size_t>(n), 0);
    for (int u = 0; u < n; ++u)
      for (int v = 0; v < n; ++v)
        if (graph.arc(u, v)) {
          turned.add(v, u);
          ++in_degree[static_cast<std::size_t>(v)];
        }
    const auto csr = test::to_csr<Index>(graph);
    const auto result = transpose(csr.view(), test::never());
    CHECK_EQ(result.indptr, test::to_csr<Index>(turned).indptr);
    CHECK_EQ(result.indices, test::to_csr<Index>(turned).indices);
    for (const int threads : {1, 3}) CHECK_EQ(in_degrees(csr.view(), threads, test::never()), in_degree);
  }
}

template <class Index>
void induced_subgraphs() {
  Random random(3);
  for (const int n : {0, 1, 2, 9, 33}) {
    const auto graph = test::random_digraph(n, 0.3, random);
    std::vector<std::uint8_t> keep(static_cast<std::size_t>(n));
    std::vector<int> kept;
    for (int v = 0; v < n; ++v) {
      keep[static_cast<std::size_t>(v)] = test::chance(random, 0.7) ? 255 : 0;
      if (keep[static_cast<std::size_t>(v)] != 0) kept.push_back(v);
    }
    test::Digraph part(static_cast<int>(kept.size()));
    for (std::size_t i = 0; i < kept.size(); ++i)
      for (std::size_t j = 0; j < kept.size(); ++j)
        if (graph.arc(kept[i], kept[j])) part.add(static_cast<int>(i), static_cast<int>(j));
    const auto result = induced_subgraph<Index>(test::to_csr<Index>(graph).view(), keep, test::never());
    CHECK_EQ(result.indptr, test::to_csr<Index>(part).indptr);
    CHECK_EQ(result.indices, test::to_csr<Index>(part).indices);
  }
}

// Enough arcs for several workers with counters of their own.
void many_arcs_per_node() {
  Random random(24);
  const auto csr = test::to_csr<std::int32_t>(test::random_digraph(1200, 0.5, random));
  const auto expected = in_degrees(csr.view(), 1, test::never());
  for (const int threads : {2, 3, 7}) CHECK_EQ(in_degrees(csr.view(), threads, test::never()), expected);
  const auto turned = transpose(csr.view(), test::never());
  for (std::size_t v = 0; v < expected.size(); ++v)
    CHECK_EQ(expected[v], turned.view().degree(static_cast<std::int64_t>(v)));
}

// Every pass over a large graph ends soon after the user wants it to.
void passes_can_be_stopped() {
  constexpr std::int32_t side = 600;
  std::vector<std::int32_t> src, dst;
  for (std::int32_t u = 0; u < side; ++u)
    for (std::int32_t v = side; v < 2 * side; ++v) {
      src.push_back(u);
      dst.push_back(v);
    }
  const auto csr = build_graph<std::int32_t, std::int32_t>(src, dst, 2 * side, true, test::never()).out;
  const auto view = csr.view();
  const std::vector<std::uint8_t> roles(2 * side, static_cast<std::uint8_t>(Role::kHidden));
  Stop stop;
  stop.request();
  CHECK_THROWS(Interrupted, transpose(view, stop));
  CHECK_THROWS(Interrupted, in_degrees(view, 1, stop));
  CHECK_THROWS(Interrupted, build_graph<std::int32_t, std::int32_t>(src, dst, 2 * side, true, stop));
  CHECK_THROWS(Interrupted, canonical_form<std::int32_t>(view, {}, stop));
  CHECK_THROWS(Interrupted, induced_subgraph<std::int32_t>(view, std::vector<std::uint8_t>(2 * side, 1), stop));
  CHECK_THROWS(Interrupted, linked_groups<std::int32_t>(view, std::vector<std::int64_t>(2 * side, 0), stop));
  CHECK_THROWS(Interrupted, effective_nodes<std::int32_t>(view, roles, stop));
  CHECK_THROWS(Interrupted, find_levels(view, stop));
  CHECK_THROWS(Interrupted, longest_path_levels(view, stop));
  CHECK_THROWS(Interrupted, linked_blocks(GraphView<std::int32_t>{view, 2 * side}, stop));
}

const check::Tests tests(__FILE__, [] {
  RUN(canonical_checks<std::int32_t>);
  RUN(canonical_checks<std::int64_t>);
  RUN(canonical_in_tasks);
  RUN(transposes<std::int32_t>);
  RUN(transposes<std::int64_t>);
  RUN(induced_subgraphs<std::int32_t>);
  RUN(induced_subgraphs<std::int64_t>);
  RUN(many_arcs_per_node);
  RUN(passes_can_be_stopped);
});

}  // namespace test_csr
